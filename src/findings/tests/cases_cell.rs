//! Cases about single cells.

use super::desk::Desk;
use super::{Case, case};

const HEADER: &str =
    " | 任务名称 | 目标值 | 计量单位 | 累计完成 | 完成率 | 进展状态 | 进展情况 | 存在问题 | 完成时限\n";

fn desk(rows: &str) -> Desk {
    Desk::new().files("北岙街道", &format!("{HEADER}{rows}"))
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = blanks();
    cases.extend(readings());
    cases.extend(units());
    cases.extend(ranges());
    cases
}

fn blanks() -> Vec<Case> {
    vec![
        case(
            "placeholder-text",
            "behind, and no problem",
            desk(" 50 | 体育 | 12 | 个 | 3 | | 滞后 | 建成3个。 | 暂无问题"),
            &["北岙街道 H4"],
        ),
        case(
            "placeholder-text",
            "under way, and no problem",
            desk(" 50 | 体育 | 12 | 个 | 3 | | 推进中 | 建成3个。 | 暂无问题"),
            &[],
        ),
        case(
            "unit-mismatch",
            "people for households",
            desk(" 50 | 体育 | 12 | 户 | 5个人 | | 推进中 | 一。 | "),
            &["北岙街道 D4"],
        ),
        case("blank-field", "no status", desk(" 38 | 审查 | | | | | | 审查3个。"), &["北岙街道 F4"]),
        case("blank-field", "no narrative", desk(" 38 | 审查 | | | | | 推进中 | "), &["北岙街道 G4"]),
        case(
            "blank-field",
            "a target, and nothing done",
            desk(" 50 | 体育 | 12 | 个 | | | 推进中 | 建设中，选址2处。"),
            &["北岙街道 D4"],
        ),
        case(
            "blank-field",
            "a dash is blank, not zero",
            desk(" 50 | 体育 | 12 | 个 | — | | 推进中 | 选址2处。"),
            &["北岙街道 D4"],
        ),
        case(
            "blank-field",
            "late, and no problem named",
            desk(" 38 | 审查 | | | | | 滞后 | 审查3个。"),
            &["北岙街道 H4"],
        ),
        case("blank-field", "zero is filled in", desk(" 50 | 体育 | 12 | 个 | 0 | 0 | 推进中 | 选址2处。"), &[]),
        case("blank-field", "no target, nothing done", desk(" 38 | 审查 | | | | | 推进中 | 审查3个。"), &[]),
        case("blank-field", "the narrative is a filler", desk(" 38 | 审查 | | | | | 推进中 | 无"), &[]),
        case(
            "blank-field",
            "only the first row of the task tells",
            desk(" 20 | 人居 | 12 | 个 | 5 | | 推进中 | 覆盖5村。\n =20 | | 18 | 个 | 9 | | | "),
            &[],
        ),
        case(
            "blank-field",
            "one of three rows of the task does not",
            desk(
                " 20 | 人居 | 12 | 个 | 5 | | 推进中 | 一。\n =20 | | 18 | 个 | 9 | | 推进中 | 二。\n =20 | | 98 | % | 97 | | 推进中 | ",
            ),
            &["北岙街道 G6"],
        ),
        case("blank-field", "an extra row", desk(" x | 征兵 | | | | | | "), &[]),
        case(
            "blank-field",
            "an extra row whose state is told and whose progress is not",
            desk(" x | 征兵 | | | | | 推进中 | "),
            &["北岙街道 G4"],
        ),
        case("placeholder-text", "同上", desk(" 38 | 审查 | | | | | 推进中 | 同上"), &["北岙街道 G4"]),
        case("placeholder-text", "无", desk(" 38 | 审查 | | | | | 推进中 | 无"), &["北岙街道 G4"]),
        case("placeholder-text", "按计划推进", desk(" 38 | 审查 | | | | | 推进中 | 按计划推进。"), &["北岙街道 G4"]),
        case(
            "placeholder-text",
            "late, and the problem is 无",
            desk(" 38 | 审查 | | | | | 滞后 | 审查3个。 | 无"),
            &["北岙街道 H4"],
        ),
        case(
            "placeholder-text",
            "无 is an answer to problems",
            desk(" 38 | 审查 | | | | | 推进中 | 审查3个。 | 无"),
            &[],
        ),
        case("placeholder-text", "short but telling", desk(" 38 | 审查 | | | | | 推进中 | 已上报区里"), &[]),
    ]
}

fn readings() -> Vec<Case> {
    vec![
        case("bad-number", "正在统计", desk(" 50 | 体育 | 15 | 个 | 正在统计 | | 推进中 | 一。"), &["北岙街道 D4"]),
        case(
            "bad-number",
            "a word in the rate",
            desk(" 50 | 体育 | 15 | 个 | 3 | 差不多 | 推进中 | 一。"),
            &["北岙街道 E4"],
        ),
        case(
            "bad-number",
            "about, over, from to",
            desk(" 50 | 体育 | 15个 | | 约3个 | 两成 | 推进中 | 一。\n 57 | 养老 | 十余家 | | 3-5家 | | 推进中 | 二。"),
            &[],
        ),
        case(
            "bad-number",
            "a saying that is made of numerals",
            desk(" 50 | 体育 | 15 | 个 | 七七八八 | | 推进中 | 一。"),
            &["北岙街道 D4"],
        ),
        case(
            "bad-number",
            "a lot of a target of people",
            desk(" 24 | 培训 | 20人次 | | 一批 | | 推进中 | 一。"),
            &["北岙街道 D4"],
        ),
        case("bad-number", "a lot of a target of lots", desk(" 24 | 培训 | 2批 | | 一批 | | 推进中 | 一。"), &[]),
        case("bad-number", "a dash", desk(" 50 | 体育 | — | | / | 无 | 推进中 | 一。"), &[]),
        case("bad-date", "30 February", desk(" 50 | 体育 | | | | | 推进中 | 一。 | | 2024年2月30日"), &["北岙街道 I4"]),
        case("bad-date", "年内某时", desk(" 50 | 体育 | | | | | 推进中 | 一。 | | 年内某时"), &["北岙街道 I4"]),
        case("bad-date", "尽快", desk(" 50 | 体育 | | | | | 推进中 | 一。 | | 尽快"), &["北岙街道 I4"]),
        case(
            "bad-date",
            "dates in many forms",
            desk(" 50 | 体育 | | | | | 推进中 | 一。 | | 三季度末\n 57 | 养老 | | | | | 推进中 | 二。 | | 长期坚持"),
            &[],
        ),
        case(
            "bad-status",
            "neither word nor sentence tells, or all four were left standing",
            desk(
                " 50 | 体育 | | | | | 见附件 | 一。\n 57 | 养老 | | | | | 推进中 | 二。\n 38 | 审查 | | | | | 未启动/推进中/已完成/滞后 | 三。\n \
                 39 | 农房 | | | | | 在做 | 四。\n 47 | 宅基地 | | | | | 已办结 | 五。",
            ),
            &["北岙街道 F4", "北岙街道 F6"],
        ),
        case(
            "bad-status",
            "one word of the clerk's own in many rows is told once",
            desk(
                " 50 | 体育 | | | | | 绿 | 一。\n 57 | 养老 | | | | | 推进中 | 二。\n 38 | 审查 | | | | | 绿 | 三。\n \
                 39 | 农房 | | | | | 绿 | 四。\n 47 | 宅基地 | | | | | 已办妥 | 五。\n 60 | 网络 | | | | | 尚未破题 | 六。\n \
                 12 | 粮食 | | | | | 圆满收官 | 七。",
            ),
            &["北岙街道 F4"],
        ),
        case(
            "bad-status",
            "words of the township's own, a blank, and a dash",
            desk(
                " 50 | 体育 | | | | | 正在搞 | 一。\n 57 | 养老 | | | | | | 二。\n 38 | 审查 | | | | | — | 三。\n 39 | 农房 | | | | | 推进中 | 四。",
            ),
            &[],
        ),
        case(
            "bad-status",
            "a column of narratives that we took for statuses",
            desk(
                " 50 | 体育 | | | | | 场地已选三处 | 一。\n 57 | 养老 | | | | | 两家投用 | 二。\n 38 | 审查 | | | | | 推进中 | 三。",
            ),
            &[],
        ),
        case("formula-error", "#DIV/0!", desk(" 50 | 体育 | | 个 | 0 | #DIV/0! | 推进中 | 一。"), &["北岙街道 E4"]),
        case(
            "formula-error",
            "a number sign in a text",
            desk(" 50 | 体育 | | 个 | 0 | | 推进中 | 1#地块已签约。"),
            &[],
        ),
        case(
            "formula-not-calculated",
            "no stored result",
            desk(" 50 | 体育 | 12 | 个 | 3 | =? | 推进中 | 一。"),
            &["北岙街道 E4"],
        ),
        case("formula-not-calculated", "a stored result", desk(" 50 | 体育 | 12 | 个 | 3 | 25% | 推进中 | 一。"), &[]),
        case(
            "blank-field",
            "a formula without result is not blank",
            desk(" 50 | 体育 | 12 | 个 | =? | | 推进中 | 一。"),
            &[],
        ),
    ]
}

fn units() -> Vec<Case> {
    vec![
        case(
            "unit-mismatch",
            "万元 for 亿元",
            desk(" 1 | 项目 | 8.6亿元 | | 19400万元 | | 推进中 | 一。"),
            &["北岙街道 D4"],
        ),
        case("unit-mismatch", "个 for %", desk(" 49 | 供水 | 100% | | 12个 | | 推进中 | 一。"), &["北岙街道 D4"]),
        case(
            "unit-mismatch",
            "a count where the list has a share",
            desk(" 49 | 供水 | | | 12个 | | 推进中 | 一。"),
            &[],
        ),
        case(
            "unit-mismatch",
            "亩 for 万亩",
            desk(" 12 | 粮食 | 0.135万亩 | | 420亩 | | 推进中 | 一。"),
            &["北岙街道 D4"],
        ),
        case("unit-mismatch", "个 and 家 count the same", desk(" 57 | 养老 | 3家 | | 2个 | | 推进中 | 一。"), &[]),
        case("unit-mismatch", "公里 and km", desk(" 34 | 路 | 4公里 | | 1.9km | | 推进中 | 一。"), &[]),
        case(
            "unit-mismatch",
            "own unit for target and value",
            desk(" 1 | 项目 | 6000万元 | | 1150万元 | | 推进中 | 一。"),
            &[],
        ),
        case("unit-mismatch", "the value has no unit", desk(" 1 | 项目 | 8.6亿元 | | 1.94 | | 推进中 | 一。"), &[]),
    ]
}

fn ranges() -> Vec<Case> {
    vec![
        case(
            "out-of-range",
            "a coverage of 103 %",
            desk(" 49 | 供水 | 100% | | 103% | | 推进中 | 一。"),
            &["北岙街道 D4"],
        ),
        case(
            "out-of-range",
            "a negative count",
            desk(" 50 | 体育 | 12个 | | -3个 | | 推进中 | 一。"),
            &["北岙街道 D4"],
        ),
        case(
            "out-of-range",
            "a rate over 100 % below the target",
            desk(" 50 | 体育 | 12 | 个 | 9 | 175% | 推进中 | 一。"),
            &["北岙街道 E4"],
        ),
        case(
            "out-of-range",
            "more than all are content",
            desk(" x | 群众满意率 | 95% | | 105% | | 推进中 | 一。"),
            &["北岙街道 D4"],
        ),
        case("out-of-range", "a rate of growth", desk(" x | 用电增长率 | 95% | | 105% | | 已完成 | 一。"), &[]),
        case("out-of-range", "a rate of 7530 %", desk(" 38 | 审查 | | | | 7530% | 推进中 | 一。"), &["北岙街道 E4"]),
        case(
            "out-of-range",
            "a negative rate",
            desk(" 50 | 体育 | 12 | 个 | 9 | -75% | 推进中 | 一。"),
            &["北岙街道 E4"],
        ),
        case("out-of-range", "more done than asked", desk(" 50 | 体育 | 12 | 个 | 15 | 125% | 已完成 | 一。"), &[]),
        case(
            "out-of-range",
            "growth below zero",
            desk(" 7 | 农村居民人均可支配收入年均增长 | 7% | | -1.2% | | 推进中 | 一。"),
            &[],
        ),
        case(
            "out-of-range",
            "fewer than none, of a task whose name speaks of increase",
            desk(" 34 | 增加农民财产性收入 | 150宗 | | -78宗 | | 推进中 | 一。"),
            &["北岙街道 D4"],
        ),
        case(
            "out-of-range",
            "more people out of work than there are",
            desk(" 33 | 城镇调查失业率 | 5% | | 103% | | 推进中 | 一。"),
            &["北岙街道 D4"],
        ),
        case(
            "status-contradiction",
            "a value that cannot be right reaches no target",
            desk(" 49 | 供水 | 95% | | 103% | 108.4% | 推进中 | 一。"),
            &[],
        ),
        case("out-of-range", "exactly 100 %", desk(" 49 | 供水 | 100% | | 100% | 100% | 已完成 | 一。"), &[]),
    ]
}
