//! Does a row agree with what was reported in the period before?

use std::collections::BTreeMap;

use super::context::{Context, Row, Run, cite_numbers, percent, quote, say, shorten, title_of};
use super::finding::{Finding, Kind, Severity};
use super::previous::{Previous, PreviousRow};
use super::rules::REPEATED_SIMILARITY;
use super::wording::{fold, likeness};
use crate::findings::alteration::ALTERED_TARGET;
use crate::list::Field;
use crate::matches::Outcome;
use crate::records::values::unit::convert;
use crate::records::values::{Precision, Proposed, Quantity, Status};

pub(super) static STATUS_REGRESSED: Kind = Kind {
    code: "status-regressed",
    title: "状态倒退",
    severity: Severity::Warning,
    reports: "进展状态比上期退了一步：上期已完成，本期又在推进；上期在推进，本期未启动。",
    matters: "两期中至少有一期报错了。",
    remedy: "请核对；确有反复的，请写明原因。",
    example: "上期写“已完成”，本期写“推进中”：改正状态后消除。",
};

pub(super) static DECREASED: Kind = Kind {
    code: "decreased",
    title: "累计数减少",
    severity: Severity::Error,
    reports: "累计完成比上期少。每年重新起算的指标跨年时不比。",
    matters: "累计数只会增加，减少说明有一期报错了。",
    remedy: "请核对两期的数；上期报多了的，请写明更正。",
    example: "上期累计57宗，本期累计52宗：改正后消除。",
};

pub(super) static REPEATED_TEXT: Kind = Kind {
    code: "repeated-text",
    title: "照抄上期",
    severity: Severity::Warning,
    reports: "进展情况与上期一字不差或者几乎一样。",
    matters: "看不出本期做了什么。",
    remedy: "请写本期的进展；确无变化的，请写明原因。",
    example: "两期都写同一段话：改写本期进展后消除。",
};

pub(super) static UNREPAIRED: Kind = Kind {
    code: "unrepaired",
    title: "上期问题未改",
    severity: Severity::Info,
    reports: "上期指出的问题，本期在同一任务上又出现，也没有说明。",
    matters: "退回的问题没有改，需要提醒。",
    remedy: "请改正，或者在“说明”栏写明原因。",
    example: "上期第9项累计完成未填，本期仍未填：补填后消除。",
};

/// The rows of the previous period, by township and tasks.
#[derive(Debug)]
pub(super) struct Before<'a> {
    previous: &'a Previous,
    rows: BTreeMap<(&'a str, &'a [u32]), Vec<&'a PreviousRow>>,
}

impl<'a> Before<'a> {
    /// What was reported in a period.
    pub(super) fn of(previous: &'a Previous) -> Self {
        let mut rows: BTreeMap<(&str, &[u32]), Vec<&PreviousRow>> = BTreeMap::new();
        for row in &previous.rows {
            rows.entry((&row.township, &row.tasks)).or_default().push(row);
        }
        Self { previous, rows }
    }
}

/// Compares with the previous period, task by task, whatever the order of the rows.
pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(Before { previous, rows: before }) = &context.prepared.before else { return };
    let mut now: BTreeMap<(&str, &[u32]), Vec<Row<'_>>> = BTreeMap::new();
    for row in context.rows().filter(|row| row.matched.outcome == Outcome::Matched) {
        if let Some(township) = row.township() {
            now.entry((township, &row.matched.tasks)).or_default().push(row);
        }
    }
    for (key, rows) in now {
        let Some(before) = before.get(&key) else { continue };
        for row in &rows {
            if let Some(earlier) = counterpart(row, &rows, before) {
                compare(context, previous, row, earlier, findings);
            }
        }
    }
}

/// The row of the previous period that a row goes on from; `None` where that is not sure.
fn counterpart<'a>(row: &Row<'_>, rows: &[Row<'_>], before: &[&'a PreviousRow]) -> Option<&'a PreviousRow> {
    if let ([earlier], 1) = (before, rows.len()) {
        return Some(earlier);
    }
    let name = row.indicator().map(|indicator| indicator.name.as_str())?;
    let mut same = before.iter().filter(|earlier| earlier.indicator.as_deref() == Some(name));
    let only = same.next()?;
    let alone = rows.iter().filter(|other| other.indicator().is_some_and(|other| other.name == name)).count() == 1;
    (same.next().is_none() && alone).then_some(only)
}

fn compare(
    context: &Context<'_>,
    previous: &Previous,
    row: &Row<'_>,
    earlier: &PreviousRow,
    findings: &mut Vec<Finding>,
) {
    let values = &row.record.values;
    let anew = starts_anew(context, previous, row);
    if let (Some(now), Some(then)) = (values.status, earlier.status)
        && !anew
        && step(now) < step(then)
    {
        let message = format!(
            "“{}”上期是“{}”，本期是“{}”，退了一步，请核对后改正，或者写明反复的原因。",
            title_of(row, Field::Status),
            then.word(),
            now.word()
        );
        let finding = row.at_field(&STATUS_REGRESSED, Field::Status, message).found(now.word()).expected(then.word());
        let finding = finding.proposes(Proposed::Status(then));
        findings.push(finding.fix("改正状态，或者写明反复的原因"));
    }
    if let (Some(now), Some(then)) = (&values.done, &earlier.done)
        && !anew
        && let Some((now_value, then_value)) = comparable(now, then)
        && now_value < then_value * (1.0 - 1e-9) - 1e-9
        && cumulates(row)
    {
        let title = title_of(row, Field::Done);
        let message = format!("“{title}”上期是{}，本期是{}，累计数不应减少，请核对。", say(then), say(now));
        let finding =
            row.at_field(&DECREASED, Field::Done, message).found(say(now)).expected(format!("不少于{}", say(then)));
        findings.push(finding.fix("核对两期的数，改正写错的一个"));
    }
    if let (Some(now), Some(then)) = (&values.target, &earlier.target)
        && !anew
        && let Some((now_value, then_value)) = comparable(now, then)
        && (now_value - then_value).abs() > 1e-6 * then_value.abs().max(1e-6)
    {
        let title = title_of(row, Field::Target);
        let message = format!("“{title}”上期是{}，本期是{}，请改回，或者写明调整的依据。", say(then), say(now));
        let finding = row.at_field(&ALTERED_TARGET, Field::Target, message).found(say(now)).expected(say(then));
        let exact = then.precision.is_exact().then(|| Proposed::Target(then.clone()));
        let finding = Finding { proposed: exact, ..finding };
        findings.push(finding.fix(format!("改回{}，或者写明调整的依据", say(then))));
    }
    let done_before = values.status == Some(Status::Completed) && earlier.status == Some(Status::Completed);
    if !done_before {
        repeated(context, row, &earlier.progress, findings);
    }
}

/// Two quantities in one unit, where both are exact enough to compare.
fn comparable(now: &Quantity, then: &Quantity) -> Option<(f64, f64)> {
    let loose = |quantity: &Quantity| quantity.precision != Precision::Exact;
    if loose(now) || loose(then) {
        return None;
    }
    let value = match (&now.unit, &then.unit) {
        (Some(_), Some(_)) => convert(now.value, now.unit.as_deref(), then.unit.as_deref())?,
        _ => now.value,
    };
    Some((value, then.value))
}

/// Whether the row counts from January while the previous period lies in an earlier year.
fn starts_anew(context: &Context<'_>, previous: &Previous, row: &Row<'_>) -> bool {
    if previous.period.is_none_or(|period| period.year == context.period.year) {
        return false;
    }
    // Only what is known to count from the plan's start is compared across a January.
    row.indicator().is_none_or(|indicator| indicator.when.starts_with('每'))
}

/// Shares and ratios go up and down; counts and money only up.
fn cumulates(row: &Row<'_>) -> bool {
    let unit = row.record.values.done.as_ref().and_then(|done| done.unit.as_deref());
    let share = unit.is_some_and(|unit| matches!(unit, "%" | "‰" | "百分点" | "个百分点"));
    let ratio =
        unit.is_none() && row.task().is_some_and(|task| task.content.contains("以内") || task.name.contains('比'));
    !share && !ratio
}

const fn step(status: Status) -> u8 {
    match status {
        Status::NotStarted => 0,
        Status::UnderWay | Status::Behind => 1,
        Status::Completed => 2,
    }
}

fn repeated(context: &Context<'_>, row: &Row<'_>, before: &str, findings: &mut Vec<Finding>) {
    let Some(entry) = row.entry(Field::Progress) else { return };
    let (now, then) = (fold(&row.record.text(Field::Progress)), fold(before));
    // Fillers are findings of their own.
    if now.chars().count() < 6 || context.says_nothing(&entry.text) {
        return;
    }
    let alike = likeness(&now, &then);
    if alike < context.limit(&REPEATED_SIMILARITY) {
        return;
    }
    let how = if now == then { "一字不差".to_owned() } else { format!("相似度{}", percent(alike)) };
    let message = format!(
        "“{}”写的{}与上期{how}，请写本期的进展。",
        title_of(row, Field::Progress),
        quote(&shorten(&entry.text, 20))
    );
    let finding = row.finding(&REPEATED_TEXT, entry.at, message).found(shorten(&entry.text, 60));
    findings.push(finding.expected("本期的进展").fix("改写为本期的进展，或者写明没有变化的原因"));
}

/// Findings of the previous period that stand again, one remark for each township.
pub(super) fn unrepaired(run: &Run<'_>, findings: &mut Vec<Finding>) {
    let Some(previous) = run.previous else { return };
    let mut standing: BTreeMap<(&str, &str, u32), &Finding> = BTreeMap::new();
    for finding in findings.iter() {
        if let (Some(township), Some(task)) = (&finding.township, finding.tasks.first()) {
            standing.entry((finding.kind.code, township, *task)).or_insert(finding);
        }
    }
    let mut again: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for old in previous.findings.iter().filter(|old| old.severity == "error" && old.explained.is_none()) {
        let (Some(township), Some(task)) = (&old.township, old.task) else { continue };
        if let Some(finding) = standing.get(&(old.code.as_str(), township.as_str(), task)) {
            let words = format!("{}{}", cite_numbers(&[task]), finding.kind.title);
            let list = again.entry(township.clone()).or_default();
            if !list.contains(&words) {
                list.push(words);
            }
        }
    }
    for (township, list) in again {
        let message = format!("上期指出的{}个问题本期仍未改：{}，请改正或说明。", list.len(), list.join("；"));
        let finding = Finding::new(&UNREPAIRED, message).township(Some(&township)).found(list.join("；"));
        findings.push(finding.fix("逐项改正，或者在“说明”栏写明原因"));
    }
}
