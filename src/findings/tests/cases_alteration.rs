//! Cases about changed official text.

use std::fmt::Write as _;

use super::desk::{Desk, plan};
use super::{Case, case};

/// A table in which the given tasks stand to the letter, except for what the case changes in one of them.
fn copy(change: impl Fn(u32, &mut [String; 3])) -> Desk {
    let mut table = " | 任务名称 | 主要内容 | 责任单位 | 进展状态 | 进展情况\n".to_owned();
    for task in plan().tasks {
        let mut cells = [task.name.clone(), task.content.clone(), task.agencies()];
        change(task.number, &mut cells);
        writeln!(table, " {} | {} | 推进中 | 一。", task.number, cells.join(" | ")).unwrap();
    }
    Desk::new().files("北岙街道", &table)
}

/// One cell of one task changed: column 0 name, 1 content, 2 agencies.
pub(super) fn changed(task: u32, column: usize, from: &str, to: &str) -> Desk {
    assert!(plan().tasks.iter().any(|one| {
        one.number == task && [one.name.clone(), one.content.clone(), one.agencies()][column].contains(from)
    }));
    copy(|number, cells| {
        if number == task {
            cells[column] = cells[column].replace(from, to);
        }
    })
}

/// One task of the list with another content, and what the clerk made of it; all else to the letter.
pub(super) fn of_list(official: &str, told: &str) -> Desk {
    let copied = copy(|number, cells| {
        if number == 47 {
            told.clone_into(&mut cells[1]);
        }
    });
    copied.plan(|plan| {
        let task = plan.tasks.iter_mut().find(|task| task.number == 47).unwrap();
        official.clone_into(&mut task.content);
    })
}

/// The official agencies behind a column in which the township names its own offices, one of them changed.
fn behind_own_offices(task: u32, from: &str, to: &str) -> Desk {
    let mut table = " | 任务名称 | 主要内容 | 责任单位 | 责任单位 | 进展状态 | 进展情况\n".to_owned();
    for one in plan().tasks {
        let agencies = if one.number == task { one.agencies().replace(from, to) } else { one.agencies() };
        writeln!(table, " {} | {} | {} | 村镇办 | {agencies} | 推进中 | 一。", one.number, one.name, one.content)
            .unwrap();
    }
    Desk::new().files("北岙街道", &table)
}

/// A clerk who writes everything in their own words.
fn own(rows: &str) -> Desk {
    let header = " | 任务名称 | 主要内容 | 责任单位 | 进展状态 | 进展情况\n";
    let others = " 33 | 促就业 | 灵活就业、失业登记好办 | 社会事务办 | 推进中 | 一。\n 38 | 项目审批 | 审批少跑腿 | 村镇办 | 推进中 | 二。\n \
                  60 | 5G和宽带 | 信号好一点 | 党政办 | 推进中 | 三。\n";
    Desk::new().files("北岙街道", &format!("{header}{others}{rows}"))
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = texts();
    cases.extend(single_changes());
    cases.extend(single_rows());
    cases.extend(targets());
    cases.extend(agencies());
    cases
}

/// One row that was copied, whatever the clerk does in the others.
fn single_rows() -> Vec<Case> {
    let code = "altered-text";
    let told = |text: &str| {
        let others = " 33 | 促就业 | 推进中 | 一。\n 38 | 项目审批少跑腿 | 推进中 | 二。\n 60 | 5G和宽带信号好一点 | 推进中 | 三。\n";
        Desk::new().files("北岙街道", &format!(" | 任务名称 | 进展状态 | 进展情况\n{others} {text} | 推进中 | 四。"))
    };
    vec![
        case(
            code,
            "one stretch changed, the last clauses left out",
            own(
                " 33 | 就业 | 落实农村劳动力与城镇职工平等就业制度,限制“知识经济”“零工经济”“自由职业”等灵活就业,城镇调查失业率控制在5%以内。",
            ),
            &["北岙街道 B7"],
        ),
        case(
            code,
            "what was to be done is tried, the last clauses left out",
            own(" 33 | 就业 | 试行农村劳动力与城镇职工平等就业制度,支持“知识经济”“零工经济”“自由职业”等灵活就业。"),
            &["北岙街道 B7"],
        ),
        case(
            code,
            "what was asked as a whole is done bit by bit",
            of_list("推进要素市场化配置改革。全面落实营商环境工程。", "推进要素市场化配置改革。逐步落实营商环境工程。"),
            &["北岙街道 B14"],
        ),
        case(
            code,
            "what was asked is only piloted",
            of_list(
                "加强基层微权力监督,推进“无检举控告村居”和清廉村居建设。坚持和发展“枫桥经验”,建立健全联动机制。",
                "加强基层微权力监督,试点清廉村居建设。坚持和发展“枫桥经验”,建立健全联动机制。",
            ),
            &["北岙街道 B14"],
        ),
        case(
            code,
            "clauses left out and nothing changed",
            own(" 33 | 就业 | 落实农村劳动力与城镇职工平等就业制度,支持“知识经济”“零工经济”“自由职业”等灵活就业。"),
            &[],
        ),
        case(
            code,
            "the content in the only cell of the row",
            told("47 | 暂停推进农村宅基地制度改革试点,开展农村闲置宅基地和闲置农房基础信息调查。"),
            &["北岙街道 A7"],
        ),
        case(
            code,
            "the content behind the name",
            told("47 | 农村宅基地制度改革:稳慎推进农村宅基地流转放开试点,开展农村闲置宅基地和闲置农房基础信息调查。"),
            &["北岙街道 A7"],
        ),
        case(
            code,
            "the content behind the name, to the letter",
            told("47 | 农村宅基地制度改革:稳慎推进农村宅基地制度改革试点,开展农村闲置宅基地和闲置农房基础信息调查。"),
            &[],
        ),
        case(code, "stopped in few words", own(" 60 | 补盲 | 缓建海岛等偏远地区基础网络补盲"), &["北岙街道 B7"]),
        case(code, "told in few words", own(" 60 | 补盲 | 海岛等偏远地区基础网络补盲要跟上"), &[]),
        case(
            code,
            "another beginning before the list's own figure",
            own(" 57 | 养老 | 取消发展农村普惠性养老和互助养老服务,建设村级居家养老服务照料中心10家。"),
            &["北岙街道 B7"],
        ),
        case(code, "a limit turned round", changed(5, 1, "以内", "以上"), &["北岙街道 B5"]),
        case(code, "one after the other for side by side", changed(39, 1, "并联", "串联"), &["北岙街道 B13"]),
    ]
}

/// One change in a content that is otherwise to the letter: what it is, and what it only seems to be.
fn single_changes() -> Vec<Case> {
    vec![
        case(
            "altered-text",
            "other words on both sides of a character that both have",
            of_list(
                "探索进城落户农民“三权”依法自愿有偿退出、转让机制和农民市民化后权益退出与城镇住房等保障衔接机制。",
                "探索进城落户农民“三权”依法有序无偿退出、转让机制和农民市民化后权益退出与城镇住房等保障衔接机制。",
            ),
            &["北岙街道 B14"],
        ),
        case(
            "altered-text",
            "denied behind words that were put in",
            of_list("推进土地承包经营权纳入不动产统一登记。", "推进土地承包经营权单独登记,不纳入不动产统一登记。"),
            &["北岙街道 B14"],
        ),
        case(
            "altered-text",
            "the words of another place taken to the front",
            of_list(
                "确定15个左右中心村作为重点培育对象,严格按照“多规合一”村庄规划实施村庄建设,完善基础设施和公共服务。",
                "重点培育15个左右中心村,严格按照“多规合一”村庄规划实施村庄建设,完善基础设施和公共服务。",
            ),
            &[],
        ),
        case(
            "altered-text",
            "plain verbs for plain verbs around a character of both",
            of_list(
                "深化农村“三位一体”改革,坚持合作与联合,持续深化合作社规范提升行动,健全联农带农支农惠农机制。",
                "持续深化农村“三位一体”改革,坚持合作与联合,深入开展合作社规范提升行动,健全联农带农支农惠农机制。",
            ),
            &[],
        ),
        case(
            "altered-text",
            "a word left out that the name says",
            of_list(
                "建设农村宅基地集中管理站点1.8万个,清理楼道飞线充电和违规停放。",
                "建设集中管理站点1.8万个,清理楼道飞线充电和违规停放。",
            ),
            &[],
        ),
        case("altered-text", "what the list builds is built", changed(20, 1, "打造和美乡村", "建成和美乡村"), &[]),
    ]
}

fn texts() -> Vec<Case> {
    vec![
        case("altered-text", "稳慎 became 加快", changed(47, 1, "稳慎推进", "加快推进"), &["北岙街道 B14"]),
        case("altered-text", "a limit turned round", changed(57, 1, "支持利用", "禁止利用"), &["北岙街道 B17"]),
        case("altered-text", "深化 became 弱化", changed(34, 1, "深化", "弱化"), &["北岙街道 B11"]),
        case("altered-text", "a name changed", changed(33, 0, "平等就业", "灵活用工"), &["北岙街道 A10"]),
        case(
            "altered-text",
            "a word put in",
            changed(47, 1, "开展农村闲置", "择机开展农村部分闲置"),
            &["北岙街道 B14"],
        ),
        case(
            "altered-text",
            "another thing amid the official words",
            changed(47, 1, "农村闲置宅基地和闲置农房", "集体林地、林木"),
            &["北岙街道 B14"],
        ),
        case(
            "altered-text",
            "the opposite, by a clerk who rewords everything",
            own(
                " 57 | 养老 | 停止发展农村普惠性养老和互助养老服务,建设村级居家养老服务照料中心10家。禁止利用集体建设用地发展养老服务。",
            ),
            &["北岙街道 B7"],
        ),
        case(
            "altered-text",
            "a limit in other words, a plain verb for a plain verb",
            changed(5, 1, "1.54以内", "1.54以下"),
            &[],
        ),
        case(
            "altered-text",
            "a demand let go at the end of its clause",
            changed(47, 1, "信息调查。", "信息调查不再进行。"),
            &["北岙街道 B14"],
        ),
        case(
            "altered-text",
            "an obligation put in",
            changed(47, 1, "开展农村闲置", "一律开展农村闲置"),
            &["北岙街道 B14"],
        ),
        case("altered-text", "one manner for another", changed(38, 1, "全面建立", "积极建立"), &[]),
        case(
            "altered-text",
            "a word at another place",
            changed(47, 1, "开展农村闲置宅基地", "农村开展闲置宅基地"),
            &[],
        ),
        case("altered-text", "one slogan for another", changed(38, 1, "全面建立", "落实"), &[]),
        case("altered-text", "保持在 for 稳定在", changed(12, 1, "稳定在", "保持在"), &[]),
        case("altered-text", "words left out", changed(12, 1, "斤以上", "斤"), &[]),
        case(
            "altered-text",
            "the village for the county in a name, by a clerk with names of their own",
            own(" 49 | 农村供水村级自管机制 | 完善农村供水县级统管机制 | 水务 | 推进中 | 一。"),
            &["北岙街道 A7"],
        ),
        case(
            "altered-text",
            "a name of the clerk's own",
            own(" 49 | 农村供水统管 | 完善农村供水县级统管机制 | 水务 | 推进中 | 一。"),
            &[],
        ),
        case("altered-text", "to the letter", copy(|_, _| ()), &[]),
        case("altered-text", "spaces, width and punctuation", changed(47, 1, "试点,开展", "试点，\u{3000}开展"), &[]),
        case("altered-text", "a slip of one character", changed(47, 1, "宅基地制度", "宅基地置度"), &[]),
        case(
            "altered-text",
            "only the first clause",
            changed(47, 1, ",开展农村闲置宅基地和闲置农房基础信息调查。", ""),
            &[],
        ),
        case("altered-text", "a remark behind the name", changed(38, 0, "审查机制", "审查机制（区住建局牵头）"), &[]),
        case(
            "altered-text",
            "reworded by a clerk who rewords everything",
            own(" 47 | 宅基地改革 | 稳步推进农村宅基地改革，摸清闲置农房"),
            &[],
        ),
        case("altered-text", "the township's own part", changed(47, 1, "稳慎推进", "本街道加快推进"), &[]),
    ]
}

fn targets() -> Vec<Case> {
    vec![
        case(
            "altered-target",
            "the same number in another measure",
            changed(12, 1, "万亩", "万公顷"),
            &["北岙街道 B7"],
        ),
        case("altered-target", "the number in the measure of the list", changed(50, 1, "50个", "50处"), &[]),
        case("altered-target", "50 became 40", changed(50, 1, "设施50个", "设施40个"), &["北岙街道 B16"]),
        case("altered-target", "1.18 became 1.81", changed(12, 1, "1.18万亩", "1.81万亩"), &["北岙街道 B7"]),
        case(
            "altered-target",
            "a clause alone, larger than the district's",
            own(" 50 | 体育 | 累计建设基础体育场地设施60个"),
            &["北岙街道 B7"],
        ),
        case("altered-target", "the same figure in another unit", changed(12, 1, "1.18万亩", "11800亩"), &[]),
        case("altered-target", "full width", changed(50, 1, "设施50个", "设施５０个"), &[]),
        case(
            "altered-target",
            "the township's own share",
            changed(50, 1, "累计建设基础体育场地设施50个", "本街道建设基础体育场地设施12个"),
            &[],
        ),
        case("altered-target", "its own share in a clause of its own", own(" 50 | 体育 | 建设体育场地设施12个"), &[]),
        case(
            "altered-target",
            "a clause of its own that the list has too",
            changed(20, 1, "打造和美乡村连片提升示范区4个、覆盖行政村44个", "覆盖行政村44个"),
            &[],
        ),
        case("altered-target", "the figure left out", changed(50, 1, "设施50个", "设施"), &[]),
        case("altered-target", "this year's figure beside", changed(50, 1, "50个,", "50个,2024年新建3个,"), &[]),
    ]
}

fn agencies() -> Vec<Case> {
    vec![
        case("altered-agencies", "a lone short name without its mark", changed(33, 2, "*区人力社保局", "人力社保局"), &[]),

        case(
            "altered-agencies",
            "another lead, behind a column of the clerk's own offices",
            behind_own_offices(38, "*区住建局", "*区发改局"),
            &["北岙街道 D12"],
        ),
        case(
            "altered-agencies",
            "nobody of the list any more, behind a column of the clerk's own offices",
            behind_own_offices(38, "*区住建局", "区气象局"),
            &["北岙街道 D12"],
        ),
        case("altered-agencies", "the list's agencies behind own offices", behind_own_offices(38, "", ""), &[]),
        case("altered-agencies", "the stars are gone", changed(39, 2, "*", ""), &["北岙街道 C13"]),
        case("altered-agencies", "another lead", changed(38, 2, "*区住建局", "*区发改局"), &["北岙街道 C12"]),
        case(
            "altered-agencies",
            "the lead is marked at another agency",
            changed(33, 2, "*区人力社保局、", "*区教育局、区人力社保局、"),
            &["北岙街道 C10"],
        ),
        case("altered-agencies", "a supporting agency left out", changed(60, 2, "区经信局、", ""), &["北岙街道 C18"]),
        case(
            "altered-agencies",
            "only the first of two leads, in every row",
            copy(|_, cells| cells[2] = cells[2].split(['、', ',']).next().unwrap_or_default().replace('*', "")),
            &[],
        ),
        case(
            "altered-agencies",
            "only the first of two leads, and in one row another",
            copy(|number, cells| {
                let first = cells[2].split(['、', ',']).next().unwrap_or_default().replace('*', "");
                cells[2] = if number == 38 { "区教育局".into() } else { first };
            }),
            &["北岙街道 C12"],
        ),
        case(
            "altered-agencies",
            "stars as it comes",
            copy(|number, cells| {
                if number % 4 == 0 {
                    cells[2] = cells[2].replace('*', "");
                }
            }),
            &[],
        ),
        case(
            "altered-agencies",
            "each part of a task names the lead of its own",
            copy(|_, _| ()).files(
                "东屏街道",
                &format!(
                    "{} 39 | 农房 | 建房审批 | 区住建局 | 推进中 | 一。\n 39 | 农房 | 宅基地 | 区农业农村局 | 推进中 | 二。",
                    plan().tasks.iter().filter(|task| task.number != 39).fold(
                        " | 任务名称 | 主要内容 | 责任单位 | 进展状态 | 进展情况\n".to_owned(),
                        |table, task| format!(
                            "{table} {} | {} | {} | {} | 推进中 | 一。\n",
                            task.number,
                            task.name,
                            task.content,
                            task.agencies().replace('*', "")
                        ),
                    )
                ),
            ),
            &[],
        ),
        case("altered-agencies", "short names", changed(39, 2, "区住建局、*区农业农村局", "住建局、*农业农村局"), &[]),
        case(
            "altered-agencies",
            "another order",
            changed(60, 2, "区经信局、区农业农村局", "区农业农村局、区经信局"),
            &[],
        ),
        case("altered-agencies", "own offices in the column", own(" 47 | 宅基地改革 | 摸底 | 村镇建设办"), &[]),
        case("altered-agencies", "the township itself for 各街道乡镇", changed(38, 2, "各街道乡镇", "北岙街道"), &[]),
    ]
}
