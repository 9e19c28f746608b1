//! Cases about tasks without rows and rows without tasks.

use super::desk::{Desk, submission};
use super::{Case, case};
use crate::list::Plan;
use crate::location::CellRef;
use crate::records::Superseding;

fn desk(rows: &str) -> Desk {
    let header = " | 序号 | 任务名称 | 主要内容 | 目标值 | 累计完成 | 进展状态 | 进展情况\n";
    Desk::new().files("北岙街道", &format!("{header}{rows}"))
}

/// A table with a column for places that the township added.
fn desk_with_places(rows: &str) -> Desk {
    let header = " | 村居 | 任务名称 | 目标值 | 累计完成\n 38 |";
    Desk::new().files("北岙街道", &format!("{header}{rows}"))
}

/// Two rows of one task, name and content with remarks of their own.
fn with_remarks(one: &str, other: &str) -> Desk {
    let header = " | 任务名称 | 主要内容 | 目标值 | 累计完成 | 备注\n";
    let row = |target: &str, remark: &str| format!(" 34 | 增加财产性收入 | 盘活资产 | {target} | 5宗 | {remark}\n");
    Desk::new().files("北岙街道", &format!("{header}{}{}", row("14宗", one), row("14宗", other)))
}

/// The plan has a task about halls.
fn with_halls(plan: &mut Plan) {
    let mut task = plan.tasks[0].clone();
    (task.number, task.name) = (22, "文化礼堂夯基提效".into());
    task.content = "落实“礼堂十条”,累计建成20家五星级农村文化礼堂。".into();
    plan.tasks.push(task);
}

/// The plan holds the given tasks only.
fn only(desk: Desk, tasks: &'static [u32]) -> Desk {
    desk.plan(|plan| plan.tasks.retain(|task| tasks.contains(&task.number)))
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = coverage();
    cases.extend(duplicates());
    cases.extend(parts());
    cases.extend(told_again());
    cases.extend(told_in_short());
    cases.extend(numbers());
    cases
}

fn coverage() -> Vec<Case> {
    let two: &[u32] = &[38, 39];
    vec![
        case("missing-task", "39 has no row", only(desk(" 38 | 38 | 审查机制"), two), &["北岙街道 – 39"]),
        case("missing-task", "39 is merged into another row", only(desk(" 38+39 | 38 | 审查与农房"), two), &[]),
        case("missing-task", "39 is under review", only(desk(" 38 | 38 | 审查\n ?39 | | 农房"), two), &[]),
        case(
            "missing-task",
            "39 is struck through",
            only(desk(" 38 | 38 | 审查\n ~39 | | 农房"), two),
            &["北岙街道 – 39"],
        ),
        case("missing-task", "nothing was filed at all", only(Desk::new(), two), &[]),
        case(
            "missing-task",
            "39 is another township's",
            only(desk(" 38 | 38 | 审查机制"), two).plan(|plan| plan.tasks[1].townships = Some(vec!["大门镇".into()])),
            &[],
        ),
        case(
            "missing-task",
            "no township reports 39",
            only(desk(" 38 | 38 | 审查机制"), two).plan(|plan| plan.tasks[1].townships = Some(Vec::new())),
            &[],
        ),
        case("extra-row", "a task of its own", desk(" x | 6 | 征兵及民兵整组"), &["北岙街道 B4"]),
        case("extra-row", "a row under review", desk(" ?60 | 6 | 配合做好数字化相关工作"), &[]),
        case("uncertain-match", "a row under review", desk(" ?60 | 6 | 配合做好数字化相关工作"), &["北岙街道 B4"]),
        case("uncertain-match", "a sure row", desk(" 60 | 6 | 乡村数字化新基建工程"), &[]),
    ]
}

fn duplicates() -> Vec<Case> {
    let centre = "57 | 33 | 居家养老照料中心 | | 2家 | 1家 | 推进中 | 装修收尾。";
    let corrected = |by_row: bool| {
        let table = " | 任务名称 | 进展状态 | 进展情况\n 38 | 审查机制 | 推进中 | 审查3个。";
        let mut old = submission("一报.xlsx", Some("北岙街道"), table, "2024Q1");
        let new = submission("更正.xlsx", Some("北岙街道"), table, "2024Q1");
        old.submission.records[0].counted = false;
        let by_row = by_row.then(|| ("填报表".to_owned(), CellRef::new(3, 0)));
        let why = "更正".to_owned();
        old.submission.replaced.insert(0, Superseding { by_file: "更正.xlsx".into(), by_row, why });
        Desk::new().with(old).with(new)
    };
    vec![
        case(
            "duplicate-row",
            "the same in other words, with other figures",
            desk(&format!(" {centre}\n 57 | 40 | 村级养老服务(照料中心) | | 2家 | 2家 | 已完成 | 两家都开了。")),
            &["北岙街道 B5"],
        ),
        case(
            "duplicate-row",
            "three times",
            desk(&format!(" {centre}\n {centre}\n {centre}")),
            &["北岙街道 B5", "北岙街道 B6"],
        ),
        case(
            "duplicate-row",
            "told again in the next row, as it says",
            desk(" 14 | 1 | 网上卖东西 | | 700万元 | 245万元\n 14 | 2 | 网络卖货(再报) | | 700万元 | 260万元"),
            &["北岙街道 B5"],
        ),
        case(
            "duplicate-row",
            "indicators of one task",
            desk(" 20.1 | 20 | 农村人居环境提升 | | 12个 | 5个\n 20.2 | 20 | 农村人居环境提升 | | 18个 | 9个"),
            &[],
        ),
        case(
            "duplicate-row",
            "a row for each target without a word of which",
            desk(
                " 20 | 20 | 农村人居环境提升 | | 12个 | 5个\n 20 | 20 | 农村人居环境提升 | | 98% | 90%\n \
                 20 | 20 | 农村人居环境提升 | | 98% | 95%",
            ),
            &[],
        ),
        case(
            "duplicate-row",
            "one target, and the same again",
            desk(" 20 | 20 | 农村人居环境提升 | | 12个 | 5个\n 20 | 20 | 农村人居环境提升 | | 12个 | 6个"),
            &["北岙街道 B5"],
        ),
        case(
            "duplicate-row",
            "one indicator twice",
            desk(" 20.1 | 20 | 农村人居环境提升 | | 12个 | 5个\n 20.1 | 20 | 农村人居环境提升 | | 12个 | 6个"),
            &["北岙街道 B5"],
        ),
        case(
            "duplicate-row",
            "rows under one task cell",
            desk(" 20 | 20 | 人居环境 | | 12个 | 5个\n =20 | | | | 18个 | 9个"),
            &[],
        ),
        case(
            "duplicate-row",
            "villages without the word and without a number, each with figures of its own",
            desk(
                " 4 | 4 | 村集体收入——桐岙 | | 420万元 | 218万元\n 4 | | 布袋岙 | | 310万元 | 141万元\n \
                 4 | | 正岙 | | 260万元 | 133万元",
            ),
            &[],
        ),
        case(
            "duplicate-row",
            "the same task with another number and another figure",
            desk(" 4 | 4 | 村集体收入 | | 420万元 | 218万元\n 4 | 9 | 村里集体收入 | | 420万元 | 141万元"),
            &["北岙街道 B5"],
        ),
        case("duplicate-row", "a struck-through row", desk(&format!(" ~{centre}\n {centre}")), &[]),
        case("duplicate-row", "a row that a correction replaced", corrected(true), &["北岙街道 A4"]),
    ]
}

/// Rows that are parts of a task, and one that looks like it.
fn parts() -> Vec<Case> {
    vec![
        case(
            "duplicate-row",
            "villages under their task",
            desk(
                " 34 | 15 | 增加农民财产性收入 | | 80宗 | 33宗\n 34 | | 西浪村 | | 20宗 | 8宗\n 34 | | 沙岩村 | | 20宗 | 6宗",
            ),
            &[],
        ),
        case(
            "duplicate-row",
            "a task split by its clauses",
            desk(
                " 20 | 13 | 农污治理 | 污水终端新改建 | 8座 | 3座\n 20 | 14 | 环境卫生长效保洁 | 垃圾分类、示范区 | 6个 | 2个",
            ),
            &[],
        ),
        case(
            "duplicate-row",
            "places named after one beginning",
            desk(" 3 | 3 | 整治村 东岙 | | 1个 | 0个\n 3 | | 整治村 岙仔头 | | 1个 | 1个"),
            &[],
        ),
        case(
            "duplicate-row",
            "places named after a mark, over one content",
            desk(
                " 57 | 1 | 农村养老服务·上社照料中心 | 居家养老照料中心 | 1家 | 1家\n 57 | 2 | 农村养老服务·田岙照料中心 | 居家养老照料中心 | 1家 | 0家",
            ),
            &[],
        ),
        case(
            "duplicate-row",
            "places in brackets behind one content",
            desk(
                " 34 | 34 | 增加农民财产性收入 | 盘活资产(口筐村)。 | 14宗 | 14宗
 34 | 34 | 增加农民财产性收入 | 盘活资产(山坪村)。 | 9宗 | 5宗",
            ),
            &[],
        ),
        case(
            "duplicate-row",
            "one place in brackets behind one content",
            desk(
                " 34 | 34 | 增加农民财产性收入 | 盘活资产(口筐村)。 | 14宗 | 14宗
 34 | 34 | 增加农民财产性收入 | 盘活资产(口筐村)。 | 14宗 | 5宗",
            ),
            &["北岙街道 B5"],
        ),
        case("duplicate-row", "a place as the remark of each", with_remarks("口筐村", "山坪村"), &[]),
        case("duplicate-row", "other remarks", with_remarks("已核实", "口筐村"), &["北岙街道 A5"]),
        case(
            "duplicate-row",
            "one large target under two names of one beginning",
            desk(" 12 | 1 | 粮食生产功能区 | | 2600亩 | 380亩\n 12 | 2 | 粮食安全和稳产保供 | | 2600亩 | 395亩"),
            &["北岙街道 B5"],
        ),
        case(
            "duplicate-row",
            "steps of a task under one name",
            desk(" 20 | 1 | 污水终端 | 摸底溯源 | 37个 | 37个\n 20 | 2 | 污水终端 | 分类整治 | 37个 | 28个"),
            &[],
        ),
    ]
}

fn told_again() -> Vec<Case> {
    vec![
        case(
            "duplicate-row",
            "the same part of the same target, in other words",
            desk(" 34 | 1 | 盘活资产 | 老仓库出租 | 170宗 | 57宗 | 推进中 | 一。\n 34 | 2 | 财产性收入 | 完善农村产权交易平台 | 170宗 | 57宗 | 推进中 | 二。"),
            &["北岙街道 B5"],
        ),
        case(
            "duplicate-row",
            "the same few of the same target in one story",
            desk(" 57 | 1 | 农村养老服务 | 村里老人有饭吃 | 2家 | 1家 | 推进中 | 鹿西村照料中心天天开饭,口筐村在刷墙。
 57 | 2 | 居家养老 | 照料中心建起来 | 2家 | 1家 | 推进中 | 鹿西村老人食堂每餐30人,口筐村装修。"),
            &["北岙街道 B5"],
        ),
        case(
            "duplicate-row",
            "the same few of the same target in two stories",
            desk(" 57 | 1 | 农村养老服务 | 村里老人有饭吃 | 2家 | 1家 | 推进中 | 鹿西村天天开饭。
 57 | 2 | 居家养老 | 照料中心建起来 | 2家 | 1家 | 推进中 | 山坪装修。"),
            &[],
        ),
        case(
            "duplicate-row",
            "some of the same target, and the narratives count alike",
            desk(" 34 | 1 | 盘活资产 | 老仓库出租 | 17宗 | 7宗 | 推进中 | 签了7宗,10宗在谈。\n 34 | 2 | 财产性收入 | 完善农村产权交易平台 | 17宗 | 7宗 | 推进中 | 7宗到账,还有10宗。"),
            &["北岙街道 B5"],
        ),
        case(
            "duplicate-row",
            "some of the same target, and each narrative counts its own",
            desk(" 34 | 1 | 盘活资产 | 老仓库出租 | 17宗 | 7宗 | 推进中 | 签了7宗,10宗在谈。\n 34 | 2 | 财产性收入 | 完善农村产权交易平台 | 17宗 | 7宗 | 推进中 | 平台上架24件。"),
            &[],
        ),
        case(
            "duplicate-row",
            "said to be told above",
            desk(" 39 | 1 | 农房 | 浙建事 | | | 推进中 | 一。\n 47 | 2 | 宅基地 | 调查 | | | 推进中 | 二。\n 39 | 3 | 许可 | 流程优化 | | | 推进中 | 跟前面那条是同一桩。"),
            &["北岙街道 B6"],
        ),
        case(
            "duplicate-row",
            "as good as the one above",
            desk(" 39 | 1 | 农房 | 浙建事 | | | 推进中 | 一。\n 47 | 2 | 宅基地 | 调查 | | | 推进中 | 二。\n 39 | 3 | 许可 | 流程优化 | | | 推进中 | 两头都办得快。"),
            &[],
        ),

        case(
            "duplicate-row",
            "told again elsewhere, with another target",
            desk(
                " 22 | 1 | 文化礼堂 | 礼堂十条要落实 | 1家 | 1家\n 57 | 2 | 照料中心\n 22 | 3 | 文化礼堂再报 | 五星礼堂 | 2家 | 1家",
            )
            .plan(with_halls),
            &["北岙街道 B6"],
        ),
        case(
            "duplicate-row",
            "told again in words that a person must confirm",
            desk(" 38 | 1 | 造屋审查 | 批地造屋 | | | 推进中 | 石子岙两户规划卡在林地线。\n 57 | 2 | 照料中心\n ?38 | 3 | 造屋批文 | 批地的批文 | | | 推进中 | 石子岙还卡在林地线。"),
            &["北岙街道 B6"],
        ),
        case(
            "duplicate-row",
            "one thing under two names, one below the other",
            desk(" 60 | 1 | 每周调度、每月通报 |\n 60 | 2 | 一周一调度、一月一通报那套 |"),
            &["北岙街道 B5"],
        ),
        case(
            "duplicate-row",
            "another clause of the task elsewhere",
            desk(" 20 | 1 | 农污治理 | 建设改造农村生活污水处理设施\n 57 | 2 | 照料中心\n 20 | 3 | 长效保洁 | 健全农村人居环境整治提升长效管理机制"),
            &[],
        ),
        case(
            "duplicate-row",
            "two places that a column of the township's own names",
            desk_with_places(" 下社 | 查老屋 | 386栋 | 386栋\n 57 | 全镇 | 照料中心\n 38 | 石子岙 | 查老屋 | 386栋 | 260栋"),
            &[],
        ),
    ]
}

/// Two rows that stand together and state a target and how far it is reached, but not how much was done.
fn with_rates(rate: &str) -> Desk {
    let header = " | 任务名称 | 主要内容 | 目标值 | 完成率 | 进展状态 | 进展情况 | 下一步计划\n";
    let first =
        format!(" 39 | 喊年轻人回岛 | 大学生能人都喊回来 | 12人 | {rate} | 推进中 | 回来九个。 | 开归岛青年茶话会\n");
    let again = format!(" 39 | 两进两回 | 返乡的企业家 | 12人 | {rate} | 推进中 | 暑期归岛青年九个,三个当网格员。 |");
    Desk::new().files("北岙街道", &format!("{header}{first}{again}"))
}

/// Rows without figures that tell in few words what was told, or only a part of it.
fn told_in_short() -> Vec<Case> {
    vec![
        case(
            "duplicate-row",
            "the same in few words, without figures",
            desk(
                " 39 | 1 | 农房改革 | 实行宅基地审批、规划许可证核发、施工许可证核发一次申请、并联审批。 | | | 推进中 | 一窗受理常态开展,代办帮办12件。\n 39 | 2 | 造房子 | 一次申请、并联审批 | | | 推进中 | 一窗受理,代办帮办都有。",
            ),
            &["北岙街道 B5"],
        ),
        case(
            "duplicate-row",
            "a clause of it with a story of its own",
            desk(
                " 39 | 1 | 农房改革 | 实行宅基地审批、规划许可证核发、施工许可证核发一次申请、并联审批。 | | | 推进中 | 一窗受理常态开展,代办帮办12件。\n 39 | 2 | 造房子 | 一次申请、并联审批 | | | 推进中 | 系统接口调试。",
            ),
            &[],
        ),
        case(
            "duplicate-row",
            "reported by another office besides",
            desk(
                " 57 | 1 | 照料中心 | 老人有饭吃 | | | 推进中 | 寨楼投用。\n 57 | 2 | 农村养老 | 发展互助养老 | | | 推进中 | 民政助理另报:补助已拨。",
            ),
            &["北岙街道 B5"],
        ),
        case(
            "duplicate-row",
            "papers that are sent besides",
            desk(
                " 57 | 1 | 照料中心 | 老人有饭吃 | | | 推进中 | 寨楼投用。\n 57 | 2 | 农村养老 | 发展互助养老 | | | 推进中 | 补助名单另报。",
            ),
            &[],
        ),
        case(
            "duplicate-row",
            "a part of the content, as it says in brackets",
            desk(
                " 38 | 1 | 自建房安全 | 推进自建房全面排查,依法整治危房。 | | | 推进中 | 一。\n 38 | 2 | 自建房排查 | 推进自建房全面排查(经营性部分) | | | 已完成 | 二。",
            ),
            &[],
        ),
        case(
            "duplicate-row",
            "all of the content, as far as it says",
            desk(
                " 38 | 1 | 自建房安全 | 推进自建房全面排查,依法整治危房。 | | | 推进中 | 一。\n 38 | 2 | 自建房排查 | 推进自建房全面排查 | | | 已完成 | 二。",
            ),
            &["北岙街道 B5"],
        ),
        case("duplicate-row", "one target reached as far, and one story", with_rates("75%"), &["北岙街道 A5"]),
        case("duplicate-row", "all of a target, as parts may have it", with_rates("100%"), &[]),
    ]
}

fn numbers() -> Vec<Case> {
    let rows = " 33 | 33 | 平等就业\n 34 | 34 | 财产性收入\n 38 | 38 | 审查机制\n";
    vec![
        case("number-mismatch", "one number is wrong", desk(&format!("{rows} 39 | 37 | 农房")), &["北岙街道 A7"]),
        case(
            "number-mismatch",
            "the clerk's own numbers",
            desk(" 33 | 1 | 平等就业\n 34 | 2 | 财产性收入\n 38 | 3 | 审查机制\n 39 | 4 | 农房"),
            &[],
        ),
        case(
            "number-mismatch",
            "own numbers that agree at first",
            desk(" 33 | 33 | 平等就业\n 34 | 34 | 财产\n 34 | 35 | 村\n 38 | 36 | 审查机制"),
            &[],
        ),
        case("number-mismatch", "two tasks in one row", desk(&format!("{rows} 39+47 | 39 | 农房和宅基地")), &[]),
        case("number-mismatch", "numbers of villages", desk(&format!("{rows} 39 | 39-1 | 西浪村")), &[]),
    ]
}
