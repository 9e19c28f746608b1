//! Cases about cells of a row that contradict each other.

use super::desk::{self, Desk};
use super::{Case, case};
use crate::list::Key;
use crate::records::values::{Accepted, Proposed, Status};

const HEADER: &str = " | 任务名称 | 目标值 | 累计完成 | 完成率 | 进展状态 | 进展情况 | 下一步计划 | 完成时限\n";

fn desk(rows: &str) -> Desk {
    Desk::new().files("北岙街道", &format!("{HEADER}{rows}"))
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = rates();
    cases.extend(figures());
    cases.extend(words());
    cases.extend(tentative());
    cases.extend(told_otherwise());
    cases.extend(dates());
    cases.extend(accepted());
    cases.extend(forms());
    cases
}

/// A task with two indicators in the standard form: its status stands in the first row for both.
fn forms() -> Vec<Case> {
    let code = "status-contradiction";
    let form = |status: &str, first: &str, second: &str| {
        let table = format!(
            "{HEADER} 12.0 | 粮食 | {first} | 100% | {status} | 全部种下。\n =12.1 | 粮食 | {second} | | | | |"
        );
        let mut filed = desk::submission("北岙街道.xlsx", Some("北岙街道"), &table, "2024Q1");
        let (plan, period) = (desk::plan().fingerprint(), "2024Q1".parse().unwrap());
        let own = Key { plan, period, township: "北岙街道".into(), task: Some(12), indicator: None };
        for (record, position) in filed.submission.records.iter_mut().zip(0..) {
            record.key = Some(Key { indicator: Some(position), ..own.clone() });
        }
        Desk::new().with(filed)
    };
    let (all, none) = ("980亩 | 980亩", "980亩 | 0亩");
    vec![
        case(code, "done, and the second is half done", form("已完成", all, "20万斤 | 10万斤"), &["北岙街道 E4"]),
        case(code, "done, and both are", form("已完成", all, "20万斤 | 20万斤"), &[]),
        case(code, "done, and of the second nothing is told", form("已完成", all, "20万斤 | "), &[]),
        case(code, "under way, and the second is half done", form("推进中", all, "20万斤 | 10万斤"), &[]),
        case(code, "under way, and both are done", form("推进中", all, "20万斤 | 20万斤"), &["北岙街道 E4"]),
        case(
            code,
            "not begun, and something of the second is done",
            form("未启动", none, "20万斤 | 10万斤"),
            &["北岙街道 E4"],
        ),
    ]
}

/// A row whose status the township agreed to have changed, or not.
fn accepted() -> Vec<Case> {
    let run = |accepted: bool| {
        let table = format!("{HEADER} 12 | 粮食 | 980亩 | 260亩 | 26.5% | 已完成 | 种下260亩。");
        let mut filed = desk::submission("北岙街道.xlsx", Some("北岙街道"), &table, "2024Q1");
        if accepted {
            let values = &mut filed.submission.records[0].values;
            values.status = Some(Status::UnderWay);
            let value = Proposed::Status(Status::UnderWay);
            values.accepted.push(Accepted { value, written: "已完成".to_owned() });
        }
        Desk::new().with(filed)
    };
    vec![
        case("accepted-value", "under way was agreed on", run(true), &["北岙街道 E4"]),
        case("accepted-value", "nothing was agreed on", run(false), &[]),
        case("status-contradiction", "agreed on since", run(true), &[]),
    ]
}

fn rates() -> Vec<Case> {
    vec![
        case(
            "rate-mismatch",
            "50 % for 40 %",
            desk(" 21 | 庭院 | 420户 | 168户 | 50% | 推进中 | 一。\n 50 | 体育 | 420户 | 168户 | 50% | 推进中 | 一。"),
            &["北岙街道 D4", "北岙街道 D5"],
        ),
        case(
            "rate-mismatch",
            "just over a point",
            desk(" 50 | 体育 | 1000个 | 400个 | 41.1% | 推进中 | 一。"),
            &["北岙街道 D4"],
        ),
        case("rate-mismatch", "a point exactly", desk(" 50 | 体育 | 1000个 | 400个 | 41% | 推进中 | 一。"), &[]),
        case("rate-mismatch", "as a fraction", desk(" 50 | 体育 | 1000个 | 400个 | 0.4 | 推进中 | 一。"), &[]),
        case("rate-mismatch", "in two units", desk(" 1 | 项目 | 8.6亿元 | 19400万元 | 22.6% | 推进中 | 一。"), &[]),
        case(
            "rate-mismatch",
            "smaller is better",
            desk(" 5 | 城乡居民收入倍差 | 1.54 | 1.58 | 97% | 推进中 | 一。"),
            &[],
        ),
        case(
            "rate-mismatch",
            "不低于 sets no upper limit",
            desk(" 38 | 审查率不低于90% | 90% | 45% | 80% | 推进中 | 一。"),
            &["北岙街道 D4"],
        ),
        case("rate-mismatch", "capped at 100 %", desk(" 50 | 体育 | 12个 | 15个 | 100% | 已完成 | 一。"), &[]),
        case("rate-mismatch", "an approximate number", desk(" 50 | 体育 | 40个 | 约30个 | 78% | 推进中 | 一。"), &[]),
    ]
}

fn figures() -> Vec<Case> {
    let code = "status-contradiction";
    vec![
        case(
            code,
            "done below the target",
            desk(" 12 | 粮食 | 980亩 | 260亩 | 26.5% | 已完成 | 种下260亩。"),
            &["北岙街道 E4"],
        ),
        case(code, "done with a rate of 60 %", desk(" 38 | 审查 | | | 60% | 已完成 | 一。"), &["北岙街道 E4"]),
        case(code, "not begun with a value", desk(" 50 | 体育 | 12个 | 3个 | | 未启动 | 一。"), &["北岙街道 E4"]),
        case(code, "100 % but under way", desk(" 50 | 体育 | 12个 | 12个 | 100% | 推进中 | 一。"), &["北岙街道 E4"]),
        case(
            code,
            "the target is reached but under way",
            desk(" 50 | 体育 | 1个 | 1个 | | 在做 | 牌子拿到了。"),
            &["北岙街道 E4"],
        ),
        case(
            code,
            "the target is reached, of one thing by two dates",
            desk(" 23 | 文明村镇 | 2个 | 2个 | | 推进中 | 牌子挂上了。"),
            &["北岙街道 E4"],
        ),
        case(
            code,
            "half the target is reached, of one thing by two dates",
            desk(" 23 | 文明村镇 | 2个 | 1个 | | 推进中 | 牌子挂上了。"),
            &[],
        ),
        case(
            code,
            "smaller is better, not reached",
            desk(" 5 | 城乡居民收入倍差 | 1.54 | 1.58 | | 已完成 | 一。"),
            &["北岙街道 E4"],
        ),
        case(
            code,
            "smaller is better, reached",
            desk(" 5 | 城乡居民收入倍差 | 1.54以内 | 1.50 | | 已完成 | 一。"),
            &[],
        ),
        case(code, "reached in two units", desk(" 1 | 项目 | 1.2亿元 | 12000万元 | | 已完成 | 一。"), &[]),
        case(
            code,
            "one of several indicators is reached",
            desk(" 20 | 人居 | 12个 | 12个 | | 推进中 | 覆盖12村。"),
            &[],
        ),
        case(code, "not begun, nothing done", desk(" 50 | 体育 | 12个 | 0个 | 0 | 未启动 | 还在选址。"), &[]),
        case(
            code,
            "a share that is rounded to 100 % and not there yet",
            desk(" 51 | 供电可靠率 | 99.98% | 99.97% | 0.9999 | 推进中 | 一。"),
            &[],
        ),
        case(code, "done and reached", desk(" 49 | 供水 | 100% | 100% | 100% | 已完成 | 全部纳入统管。"), &[]),
    ]
}

fn words() -> Vec<Case> {
    let code = "status-contradiction";
    let told =
        |status: &str, progress: &str, plan: &str| desk(&format!(" 38 | 审查 | | | | {status} | {progress} | {plan}"));
    vec![
        case(
            code,
            "not begun, and visitors are received",
            told("未启动", "已建成投用，累计接待群众1200人次。", ""),
            &["北岙街道 E4"],
        ),
        case(code, "not begun, and waiting", told("未启动", "区级平台已建成，待上级下达计划后实施。", ""), &[]),
        case(
            code,
            "done, and the next step is to begin",
            told("已完成", "方案已印发。", "下一步将启动项目建设"),
            &["北岙街道 E4"],
        ),
        case(
            code,
            "done, and still being built",
            told("已完成", "主体工程正在施工，预计6月封顶。", ""),
            &["北岙街道 E4"],
        ),
        case(
            code,
            "not begun, and something was taken over",
            told("未启动", "合作社已收了两块礁滩的经营权。", ""),
            &["北岙街道 E4"],
        ),
        case(
            code,
            "not begun, and something finished at the end of a clause",
            told("未启动", "结构加固完,电梯井砌筑,三层粉刷。", ""),
            &["北岙街道 E4"],
        ),
        case(
            code,
            "not begun, and people counted",
            told("未启动", "乡贤联谊会换届，返乡青年八人建档。", ""),
            &["北岙街道 E4"],
        ),
        case(code, "not begun, and only reported", told("未启动", "名单已报了，材料已送区里。", ""), &[]),
        case(
            code,
            "not begun, and work is told",
            told("未启动", "花岗村装了4个消火栓，换安全阀73户。", ""),
            &["北岙街道 E4"],
        ),
        case(
            code,
            "not begun, and things are counted in Chinese numerals",
            told("未启动", "变压器换了一台，线杆立了十一根。", ""),
            &["北岙街道 E4"],
        ),
        case(
            code,
            "not begun, and several counts of work",
            told("未启动", "督考平台挂单71条，上半年调度二十五次。", ""),
            &["北岙街道 E4"],
        ),
        case(
            code,
            "not begun, and something is on the air and has sold",
            told("未启动", "直播基地已开播，带货二百六十余万，展馆选址并装修。", ""),
            &["北岙街道 E4"],
        ),
        case(code, "not begun, and what there is", told("未启动", "辖区现有老屋1200户，涉及3个村。", ""), &[]),
        case(
            code,
            "done, and papers are lacking",
            told("已完成", "试点方案尚未报批，光伏工程只付了首款。", ""),
            &["北岙街道 E4"],
        ),
        case(code, "under way, and nothing was begun", told("推进中", "尚未启动。", ""), &["北岙街道 E4"]),
        case(
            code,
            "not begun, and what was taken in",
            told("未启动", "收进老房12间、沙滩一段，定金付了。", ""),
            &["北岙街道 E4"],
        ),
        case(code, "not begun, and what is wanted", told("未启动", "找了两处山塘想收，镇里资金没批。", ""), &[]),
        case(code, "done, and firms lack hands", told("已完成", "企业招工缺口大，失业登记半年47人。", ""), &[]),
        case(code, "done, and money lacks", told("已完成", "资金缺口大。", ""), &["北岙街道 E4"]),
        case(code, "done, and kept up", told("已完成", "12个村全部纳入统管。", "继续做好日常管护"), &[]),
        case(code, "done, and the next lot begins", told("已完成", "一期已竣工验收。", "谋划启动二期建设"), &[]),
        case(
            code,
            "done by its figures, and something goes on",
            desk(" 49 | 供水 | 100% | 100% | 100% | 已完成 | 全部纳入统管，末梢水检测正在开展。"),
            &[],
        ),
        case(code, "not begun, and told so", told("未启动", "节庆放在10月，一季度没有安排活动。", ""), &[]),
        case(code, "not begun, preparing", told("未启动", "完成前期调研2次。", ""), &[]),
        case(code, "not begun, waiting", told("未启动", "待区里下发通知后组织。", ""), &[]),
        case(code, "under way with a part done", told("推进中", "已完成3公里，剩余1公里施工中。", ""), &[]),
    ]
}

/// The states of the first eight rows.
const EIGHT: &[&str] = &[
    "北岙街道 E4",
    "北岙街道 E5",
    "北岙街道 E6",
    "北岙街道 E7",
    "北岙街道 E8",
    "北岙街道 E9",
    "北岙街道 E10",
    "北岙街道 E11",
];

/// 已完成 beside what other clerks write of work that is not done, and beside what they write of work that is.
fn tentative() -> Vec<Case> {
    let code = "status-contradiction";
    let told = |texts: &[&str]| {
        let rows = texts.iter().map(|text| format!(" 38 | 审查 | | | | 已完成 | {text} |\n"));
        desk(&rows.collect::<String>())
    };
    let open = told(&[
        "剩余3户下季度签约。",
        "路面浇了一半。",
        "图纸还没出。",
        "8户里签了5户。",
        "刚开工。",
        "场地还在谈。",
        "预计9月完工。",
        "主体封顶，内装未做。",
    ]);
    let done = told(&[
        "全部建成投用，下一步加强日常管护。",
        "没有发生一起事故，任务完成。",
        "工程竣工，结算审计正在进行。",
        "今年的两个村都建成了，明年的还没定。",
        "无一户漏报，全部登记。",
        "春防没出火。",
        "宣传册发完，村民知晓。",
        "三座桥都修好通车了。",
    ]);
    let other = told(&[
        "2024年度计划3月印发，2025年度计划正在征求意见。",
        "年度计划已印发，这条算完成，计划里的事情还要一件一件做。",
        "节后27家企业复工，都上了课，有一家补课到2月20日才完成。",
        "全乡调查完，闲置宅基地71宗(去年报69宗)。",
    ]);
    let same = told(&[
        "还差一段，预计2025年工作完成。",
        "方案印发了，验收才算完成，事情还要一件一件做。",
        "停工的两处正准备复工。",
    ]);
    let plan = |text: &str| desk(&format!(" 38 | 审查 | | | | 已完成 | 线路定了 | {text}"));
    let reached = |text: &str| desk(&format!(" 38 | 审查 | 38户 | 38户 | 100% | 已完成 | {text}"));
    vec![
        case(code, "done, in tentative words", open, EIGHT),
        case(code, "done, in words of work that is done", done, &[]),
        case(code, "done, and other work goes on", other, &[]),
        case(code, "done, and the same work goes on", same, &EIGHT[..3]),
        case(
            code,
            "done to the last one by its figures, but for one in words",
            reached("隐患清零。唯有林氏老宅至今无人签字，脚手架尚未搭起。"),
            &["北岙街道 E4"],
        ),
        case(code, "done by its figures, and something else was not", reached("38户拆完，新图纸没出。"), &[]),
        case(code, "done, and the plan dates the beginning", plan("7月开工"), &["北岙街道 E4"]),
        case(code, "done, and the plan speaks of what is left", plan("继续完成剩余2户签约"), &["北岙街道 E4"]),
        case(code, "done, and the plan is care", plan("迎接市级复核，每月巡查"), &[]),
    ]
}

/// The other states beside narratives that say something else.
fn told_otherwise() -> Vec<Case> {
    let code = "status-contradiction";
    let told = |status: &str, texts: &[&str]| {
        let rows = texts.iter().map(|text| format!(" 38 | 审查 | | | | {status} | {text} |\n"));
        desk(&rows.collect::<String>())
    };
    let begun = ["路基做完，等铺面。", "主体封顶。", "拆除旧房12户。", "3月份动工，墙砌好了。"];
    let further = ["已核完两个村的数据并提交不动产中心。", "改革试点已在东沙推开。"];
    let idle = ["前期调研，走访了3个村。", "方案初稿在写。", "开过一次协调会。", "入秋收完粮再干。"];
    let put_off = ["书记说等口筐验收了再讲。", "低碳村没评上，今年再看。", "已开完碰头会。", "推开试点要看上级。"];
    let over = ["12户全部完成。", "已于5月全部完工并投入使用。", "尚未动工，等图纸。", "一直没动。"];
    let going = ["已完成阶段性任务。", "部分村尚未启动，其余在建。", "上半年任务全部完成。", "全部开工。"];
    vec![
        case(code, "not begun, and work that can be seen", told("未启动", &begun), &EIGHT[..4]),
        case(code, "not begun, and the work of which something was done", told("未启动", &further), &EIGHT[..2]),
        case(code, "not begun, and preparing", told("未启动", &idle), &[]),
        case(code, "not begun, and put off or refused", told("未启动", &put_off), &[]),
        case(code, "under way, and all or nothing is done", told("推进中", &over), &EIGHT[..4]),
        case(code, "under way, and a part is done", told("推进中", &going), &[]),
        case(code, "behind, and ahead of its time", told("滞后", &["进展顺利，超序时进度。"]), &["北岙街道 E4"]),
        case(code, "behind, and told so", told("滞后", &["只完成2个，比计划晚两个月。"]), &[]),
    ]
}

fn dates() -> Vec<Case> {
    let due = |status: &str, when: &str| desk(&format!(" 38 | 审查 | | | | {status} | 一。 | | {when}"));
    vec![
        case("overdue", "due last year", due("推进中", "2023年12月"), &["北岙街道 H4"]),
        case("overdue", "due at the end of last year", due("推进中", "去年底"), &["北岙街道 H4"]),
        case("overdue", "due before a feast to come", due("推进中", "五一前"), &[]),
        case("date-out-of-plan", "a century off", due("推进中", "2204年12月"), &["北岙街道 H4"]),
        case("overdue", "due in February", due("滞后", "2024.2"), &["北岙街道 H4"]),
        case("overdue", "due on the last day of the period", due("推进中", "3月底"), &[]),
        case("overdue", "done in time", due("已完成", "2023年12月"), &[]),
        case("overdue", "due at the year's end", due("推进中", "年底"), &[]),
        case("date-out-of-plan", "2032", due("推进中", "2032年底"), &["北岙街道 H4"]),
        case("date-out-of-plan", "before the plan", due("已完成", "2022年6月"), &["北岙街道 H4"]),
        case("date-out-of-plan", "the plan's last year", due("推进中", "2027年12月"), &[]),
    ]
}
