//! Cases about columns and totals.

use super::desk::Desk;
use super::{Case, case};

fn desk(table: &str) -> Desk {
    Desk::new().files("北岙街道", table)
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = columns();
    cases.extend(totals());
    cases
}

fn columns() -> Vec<Case> {
    vec![
        case(
            "missing-column",
            "no status, for many rows once",
            desk(" | 任务名称 | 进展情况\n 38 | 审查机制 | 审查3个。\n 39 | 农房 | 受理11件。"),
            &["北岙街道 A3"],
        ),
        case(
            "missing-column",
            "late, and no column for problems",
            desk(" | 任务名称 | 进展状态 | 进展情况\n 38 | 审查机制 | 滞后 | 审查3个。"),
            &["北岙街道 A3"],
        ),
        case(
            "missing-column",
            "a target, and no column for what is done",
            desk(" | 任务名称 | 目标值 | 进展状态 | 进展情况\n 50 | 体育设施 | 12个 | 推进中 | 建了3个。"),
            &["北岙街道 A3"],
        ),
        case(
            "missing-column",
            "nobody is late, nobody has a target",
            desk(" | 任务名称 | 进展状态 | 进展情况\n 38 | 审查机制 | 推进中 | 审查3个。"),
            &[],
        ),
        case(
            "blank-field",
            "a missing column is no blank cell",
            desk(" | 任务名称 | 进展情况\n 38 | 审查机制 | 审查3个。"),
            &[],
        ),
    ]
}

const VILLAGES: &str = " | 任务名称 | 目标值(宗) | 累计完成(宗) | 进展状态 | 进展情况
 34 | 增加农民财产性收入 | 80 | 33 | 推进中 | 四个村分头摸排。
 =34 | 岙面村 | 25 | 14 | 推进中 | 出租厂房。
 =34 | 西浪村 | 20 | 8 | 推进中 | 开咖啡店。
 =34 | 沙岩村 | 20 | 6 | 推进中 | 出租山地。
 =34 | 潭头村 | 15 | 5 | 推进中 | 旧粮仓改造。
";

fn totals() -> Vec<Case> {
    let villages = |total: &str| desk(&format!("{VILLAGES} {total}"));
    let rows = " | 任务名称 | 累计完成 | 进展状态 | 进展情况
 50 | 体育设施 | 1.25万元 | 推进中 | 一。
 57 | 照料中心 | 1.25万元 | 推进中 | 二。
";
    vec![
        case(
            "total-mismatch",
            "a subtotal of the villages is wrong",
            villages("Σ5-8 | 小计 | 80 | 36"),
            &["北岙街道 C9"],
        ),
        case(
            "total-mismatch",
            "the same, its range with the parent row",
            villages("Σ4-8 | 小计 | 80 | 36"),
            &["北岙街道 C9"],
        ),
        case("total-mismatch", "a right subtotal of the villages", villages("Σ5-8 | 小计 | 80 | 33"), &[]),
        case(
            "total-mismatch",
            "a right subtotal, its range with the parent row",
            villages("Σ4-8 | 小计 | 80 | 33"),
            &[],
        ),
        case("total-mismatch", "a right total in another unit", desk(&format!("{rows} Σ4-5 | 合计 | 25000元")), &[]),
        case(
            "total-mismatch",
            "a wrong total in another unit",
            desk(&format!("{rows} Σ4-5 | 合计 | 2500元")),
            &["北岙街道 B6"],
        ),
        case("total-mismatch", "rounded", desk(&format!("{rows} Σ4-5 | 合计 | 2.5万元")), &[]),
        case(
            "total-mismatch",
            "rows that do not go together",
            desk(
                " | 任务名称 | 累计完成 | 进展情况\n 50 | 体育 | 3个 | 一。\n 12 | 粮食 | 40亩 | 二。\n Σ4-5 | 合计 | 2",
            ),
            &[],
        ),
        case(
            "total-mismatch",
            "a total amid the rows that closes those above it",
            desk(&format!("{VILLAGES} Σ4-8 | 合计 | 80 | 36\n 50 | 体育 | 12 | 3 | 推进中 | 一。")),
            &["北岙街道 C9"],
        ),
        case(
            "total-mismatch",
            "a right total amid the rows, with other rows in its range",
            desk(
                " | 任务名称 | 累计完成(宗) | 进展状态 | 进展情况\n 50 | 体育 | 3 | 推进中 | 一。\n 34 | 岙面村 | 14 | 推进中 | 二。\n \
                 34 | 西浪村 | 8 | 推进中 | 三。\n Σ4-6 | 两村合计 | 22\n 57 | 养老 | 1 | 推进中 | 四。",
            ),
            &[],
        ),
        case(
            "total-mismatch",
            "the targets tell which rows a total amid the rows closes",
            desk(
                " | 任务名称 | 目标值(个) | 累计完成(个) | 进展状态 | 进展情况\n 50 | 体育 | 2 | 1 | 推进中 | 一。\n 20 | 布袋岙 | 3 | 3 | 推进中 | 二。\n \
                 20 | 正岙 | 5 | 2 | 推进中 | 三。\n Σ4-6 | 合计 | 8 | 6\n 57 | 养老 | 1 | 1 | 推进中 | 四。",
            ),
            &["北岙街道 C7"],
        ),
        case(
            "total-mismatch",
            "a subtotal named after the rows of the last task",
            desk(
                " | 任务名称 | 目标值(家) | 累计完成(家) | 进展状态 | 进展情况\n 56 | 服务中心 | 1 | 1 | 推进中 | 一。\n \
                 57 | 九厅照料中心 | 1 | 1 | 推进中 | 二。\n 57 | 小三盘照料中心 | 1 | 0 | 推进中 | 三。\n Σ4-6 | 照料中心小计 | 2 | 2\n \
                 50 | 体育 | 1 | 1 | 推进中 | 四。",
            ),
            &["北岙街道 C7"],
        ),
        case("total-mismatch", "a column that the form does not know", desk(&invested("1151")), &["北岙街道 B7"]),
        case("total-mismatch", "a right total of it", desk(&invested("156")), &[]),
        case("total-mismatch", "means are no sums", villages("Σ4-8 | 平均 | 20 | 8.25"), &[]),
        case(
            "total-mismatch",
            "a subtotal above its rows",
            desk(
                " | 任务名称 | 累计完成(户) | 进展状态 | 进展情况\n 50 | 体育 | 30 | 推进中 | 一。\n 12 | 粮食 | 20 | 推进中 | 二。\n \
                 Σ4-5 | 小计 | 14\n 34 | 岙面村 | 14 | 推进中 | 三。",
            ),
            &[],
        ),
        case("total-mismatch", "a count of rows", desk(&format!("{rows} Σ4-5 | 合计2项 | ")), &[]),
    ]
}

/// Three rows with what was invested, and its total.
fn invested(total: &str) -> String {
    format!(
        " | 任务名称 | 年内投资(万元) | 进展状态 | 进展情况\n 50 | 体育 | 28 | 推进中 | 一。\n 57 | 养老 | 45 | 推进中 | 二。\n \
         60 | 基站 | 83 | 推进中 | 三。\n Σ4-6 | 合计 | {total}"
    )
}
