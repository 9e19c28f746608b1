//! Cases about the period before.

use super::desk::Desk;
use super::{Case, case};
use crate::findings::{Previous, PreviousFinding, PreviousRow};
use crate::records::values::{Quantity, Status, quantity};

const PROGRESS: &str = "累计盘活闲置资产57宗，通过产权交易平台成交18宗。";

/// What the period before said of task 34, or of the task given.
fn before(period: &str, change: impl FnOnce(&mut PreviousRow)) -> Previous {
    let mut row = PreviousRow {
        township: "北岙街道".into(),
        tasks: vec![34],
        target: stated("150宗"),
        done: stated("39宗"),
        status: Some(Status::UnderWay),
        progress: "盘活39宗。".into(),
        ..PreviousRow::default()
    };
    change(&mut row);
    Previous { period: period.parse().ok(), rows: vec![row], findings: Vec::new() }
}

fn stated(text: &str) -> Option<Quantity> {
    quantity::read_text(text)
}

fn desk(row: &str) -> Desk {
    let header = " | 任务名称 | 目标值 | 累计完成 | 进展状态 | 进展情况\n";
    Desk::new().period("2024Q2").files("北岙街道", &format!("{header} {row}"))
}

fn now() -> Desk {
    desk(&format!("34 | 财产性收入 | 150宗 | 57宗 | 推进中 | {PROGRESS}"))
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = figures();
    cases.extend(statuses());
    cases.extend(texts());
    cases
}

fn figures() -> Vec<Case> {
    let farmed = |done: &str| desk(&format!("12 | 粮食 | 1350亩 | {done} | 推进中 | 播种。"));
    let grain = |period: &str| {
        before(period, |row| {
            row.tasks = vec![12];
            row.indicator = Some("粮食".into());
            (row.target, row.done) = (stated("1350亩"), stated("1340亩"));
        })
    };
    vec![
        case(
            "decreased",
            "57 after 60",
            now().before(before("2024Q1", |row| row.done = stated("60宗"))),
            &["北岙街道 C4"],
        ),
        case("decreased", "in another unit", farmed("0.12万亩").before(grain("2024Q1")), &["北岙街道 C4"]),
        case("decreased", "more than before", now().before(before("2024Q1", |_| ())), &[]),
        case("decreased", "a yearly target across a January", farmed("420亩").before(grain("2023Q4")), &[]),
        case(
            "decreased",
            "a plan's target across a January",
            now().before(before("2023Q4", |row| row.done = stated("60宗"))),
            &["北岙街道 C4"],
        ),
        case(
            "decreased",
            "a share that went down",
            desk("49 | 供水 | 100% | 98% | 推进中 | 一。").before(before("2024Q1", |row| {
                row.tasks = vec![49];
                row.done = stated("99%");
            })),
            &[],
        ),
        case(
            "decreased",
            "an approximate number",
            now().before(before("2024Q1", |row| row.done = stated("约60宗"))),
            &[],
        ),
        case(
            "altered-target",
            "another target than before",
            now().before(before("2024Q1", |row| row.target = stated("180宗"))),
            &["北岙街道 B4"],
        ),
        case("altered-target", "the target as before", now().before(before("2024Q1", |_| ())), &[]),
        case("altered-target", "a new year's target", farmed("420亩").before(grain("2023Q4")), &[]),
    ]
}

fn statuses() -> Vec<Case> {
    let status = |status: Status| before("2024Q1", |row| row.status = Some(status));
    vec![
        case("status-regressed", "done, then under way", now().before(status(Status::Completed)), &["北岙街道 D4"]),
        case(
            "status-regressed",
            "under way, then not begun",
            desk("34 | 财产 | 150宗 | 57宗 | 未启动 | 一。").before(status(Status::UnderWay)),
            &["北岙街道 D4"],
        ),
        case(
            "status-regressed",
            "under way, then late",
            desk("34 | 财产 | 150宗 | 57宗 | 滞后 | 一。").before(status(Status::UnderWay)),
            &[],
        ),
        case("status-regressed", "late, then under way", now().before(status(Status::Behind)), &[]),
    ]
}

fn texts() -> Vec<Case> {
    let said = |text: &str| {
        let text = text.to_owned();
        before("2024Q1", |row| row.progress = text)
    };
    let open = |explained: Option<&str>| {
        let mut previous = before("2024Q1", |_| ());
        previous.findings.push(PreviousFinding {
            code: "blank-field".into(),
            severity: "error".into(),
            township: Some("北岙街道".into()),
            task: Some(34),
            explained: explained.map(str::to_owned),
            ..PreviousFinding::default()
        });
        previous
    };
    let blank = || desk("34 | 财产 | 150宗 | | 推进中 | 摸排资产。");
    vec![
        case("repeated-text", "word for word", now().before(said(PROGRESS)), &["北岙街道 E4"]),
        case(
            "repeated-text",
            "nearly",
            now().before(said(&PROGRESS.replace("成交18宗。", "成交17宗"))),
            &["北岙街道 E4"],
        ),
        case("repeated-text", "another text", now().before(said("摸排资产，平台挂牌6宗。")), &[]),
        case(
            "repeated-text",
            "a filler is another finding",
            desk("34 | 财产 | 150宗 | 57宗 | 推进中 | 按计划推进").before(said("按计划推进")),
            &[],
        ),
        case("unrepaired", "still blank", blank().before(open(None)), &["北岙街道 –"]),
        case("unrepaired", "explained", blank().before(open(Some("数据未反馈"))), &[]),
        case("unrepaired", "repaired", now().before(open(None)), &[]),
    ]
}
