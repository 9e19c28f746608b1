//! Do the cells of a row agree with each other?

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::context::{Context, Row, number, percent, quote, say, title_of};
use super::due::last_day;
use super::finding::{Finding, Kind, Place, Severity};
use super::further_rows::{self, Further};
use super::own_words;
use super::rules::RATE_POINTS;
use crate::list::{Direction, Field, Task};
use crate::records::values::unit::convert;
use crate::records::values::{Precision, Proposed, Quantity, Status};

pub(super) static RATE_MISMATCH: Kind = Kind {
    code: "rate-mismatch",
    title: "完成率不符",
    severity: Severity::Warning,
    reports: "填报的完成率与“累计完成÷目标值”相差超过一个百分点。",
    matters: "三个数里至少有一个是错的。",
    remedy: "请核对目标值、累计完成和完成率，改正写错的一个。",
    example: "目标420户、累计168户，完成率写50%，应为40%：改正后消除。",
};

pub(super) static STATUS_CONTRADICTION: Kind = Kind {
    code: "status-contradiction",
    title: "状态与内容矛盾",
    severity: Severity::Warning,
    reports: "进展状态与数字或文字对不上：写已完成而没有达到目标，写未启动而已有进展，完成率100%而写推进中。",
    matters: "按状态统计的完成情况不可信。",
    remedy: "请核对：改正状态，或者改正数字和文字。",
    example: "状态写“已完成”，累计260亩、目标980亩：状态改为推进中后消除。",
};

pub(super) static OVERDUE: Kind = Kind {
    code: "overdue",
    title: "逾期未完成",
    severity: Severity::Warning,
    reports: "到本期最后一天，完成时限已经过了，任务还没有完成。",
    matters: "需要督办，或者时限写错了。",
    remedy: "请核对完成时限；确已逾期的，请写明原因和新的时限。",
    example: "完成时限写2023年12月，2024年一季度状态为推进中：更新状态或时限后消除。",
};

pub(super) static DATE_OUT_OF_PLAN: Kind = Kind {
    code: "date-out-of-plan",
    title: "时限超出方案年份",
    severity: Severity::Warning,
    reports: "完成时限不在方案的年份之内。",
    matters: "多半是年份写错。",
    remedy: "请核对年份。",
    example: "方案到2027年，完成时限写2032年底：改正后消除。",
};

/// Finds cells that contradict each other. What other findings tell of a value counts: one that cannot be right
/// contradicts nothing.
pub(super) fn check(context: &Context<'_>, known: &[Finding], findings: &mut Vec<Finding>) {
    /// Rows that one thread checks at a time, at least.
    const ROWS_TOGETHER: usize = 64;
    let impossible = impossible_values(known);
    let rows: Vec<Row<'_>> = context.rows().collect();
    let further = Further::of(&rows);
    let check_row = |row: &Row<'_>| {
        let mut found = Vec::new();
        rate(context, row, &mut found);
        let mut values = [Field::Target, Field::Done, Field::Rate].into_iter().filter_map(|field| row.entry(field));
        let doubted = !impossible.is_empty() && values.any(|entry| impossible.contains(&row.place(entry.at)));
        status(row, further.of_row(row), doubted, context.period.year, &mut found);
        deadline(context, row, &mut found);
        found
    };
    let found: Vec<Vec<Finding>> = rows.par_iter().with_min_len(ROWS_TOGETHER).map(check_row).collect();
    let mut seen = BTreeSet::new();
    let own = found.into_iter().flatten();
    findings.extend(own.filter(|finding| seen.insert((finding.kind.code, finding.place.clone()))));
}

/// The cells whose values cannot be right.
fn impossible_values(findings: &[Finding]) -> BTreeSet<Place> {
    findings.iter().filter(|finding| doubts_a_value(finding)).filter_map(|finding| finding.place.clone()).collect()
}

/// Whether a finding says that a value cannot be right.
pub(super) fn doubts_a_value(finding: &Finding) -> bool {
    ["outlier", "out-of-range"].contains(&finding.kind.code)
}

/// done ÷ target of the row, in one unit; `None` where one of them is absent or they do not go together.
pub(super) fn completion(row: &Row<'_>) -> Option<f64> {
    let (target, done) = (row.record.values.target.as_ref()?, row.record.values.done.as_ref()?);
    let value = in_unit_of(done, target)?;
    (target.value > 0.0).then(|| value / target.value)
}

/// A value in the unit of another; a value without unit is taken to be in it.
pub(super) fn in_unit_of(value: &Quantity, other: &Quantity) -> Option<f64> {
    match (&value.unit, &other.unit) {
        (Some(_), Some(_)) => convert(value.value, value.unit.as_deref(), other.unit.as_deref()),
        _ => Some(value.value),
    }
}

/// Whether less is better: the target is an upper limit.
pub(super) fn is_limit(row: &Row<'_>) -> bool {
    if says_limit(&row.record.text(Field::Target)) {
        return true;
    }
    // The list knows which way its indicator goes, whatever else the content speaks of.
    if let Some(indicator) = row.indicator() {
        return indicator.direction == Direction::AtMost;
    }
    let words = [Field::Indicator, Field::Name, Field::Content].map(|field| row.record.text(field)).concat();
    let official = row.task().filter(|task| task.indicators.is_empty()).map(|task| task.content.as_str());
    says_limit(&words) || official.is_some_and(says_limit)
}

/// Whether a text sets an upper limit: 1.54以内, 控制在, 不超过. 不低于 sets none.
fn says_limit(text: &str) -> bool {
    let text = text.replace("不低于", "");
    ["以内", "以下", "不超过", "不高于", "控制在", "缩小到", "压到", "低于", "≤"].iter().any(|word| text.contains(word))
}

fn rate(context: &Context<'_>, row: &Row<'_>, findings: &mut Vec<Finding>) {
    let values = &row.record.values;
    let (Some(rate), Some(computed)) = (values.rate, completion(row)) else { return };
    let (Some(target), Some(done)) = (&values.target, &values.done) else { return };
    let exact = |quantity: &Quantity| quantity.precision == Precision::Exact;
    if is_limit(row) || [target, done].into_iter().any(|quantity| quantity.precision == Precision::Range) {
        return;
    }
    let points = context.limit(&RATE_POINTS) / 100.0;
    // An approximate number gives an approximate rate.
    let allowed = if exact(target) && exact(done) { points } else { points.max(0.05) };
    // More than the target is often reported as 100 %.
    let capped = computed > 1.0 && (rate - 1.0).abs() < 0.0005;
    if capped || (rate - computed).abs() <= allowed + 1e-9 {
        return;
    }
    let message = format!(
        "“{}”写的是{}，按“{}”{}÷“{}”{}应为{}，请核对。",
        title_of(row, Field::Rate),
        percent(rate),
        title_of(row, Field::Done),
        say(done),
        title_of(row, Field::Target),
        say(target),
        percent(computed)
    );
    let finding = row.at_field(&RATE_MISMATCH, Field::Rate, message).found(percent(rate)).expected(percent(computed));
    let finding = finding.proposes(Proposed::Rate(computed));
    findings.push(finding.fix(format!("完成率改为{}，或者改正完成数、目标值", percent(computed))));
}

/// One contradiction between the status and the rest of the row: what it is, and the status that would fit.
pub(super) struct Contradiction {
    /// What contradicts, as part of a sentence.
    pub(super) beside: String,
    /// The status that would agree with it.
    pub(super) fitting: Status,
}

/// `doubted`: its values cannot be right, so that a target they seem to reach says nothing. `further`: the rows for
/// whose indicators the status stands too. `year`: the one that is reported.
fn status(row: &Row<'_>, further: &[Row<'_>], doubted: bool, year: u16, findings: &mut Vec<Finding>) {
    let Some(status) = row.record.values.status else { return };
    let all_reached = || further.iter().all(further_rows::is_reached);
    let contradiction = match status {
        Status::Completed => unfinished(row, year).or_else(|| further.iter().find_map(further_rows::unfinished)),
        Status::NotStarted => begun(row).or_else(|| further.iter().find_map(further_rows::begun)),
        Status::UnderWay => {
            let finished = finished(row, status).filter(|_| !doubted && all_reached());
            finished.or_else(|| own_words::under_way(row).map(Contradiction::from))
        }
        Status::Behind => {
            let finished = finished(row, status).filter(|_| !doubted && all_reached());
            finished.or_else(|| own_words::behind(row).map(Contradiction::from))
        }
    };
    let Some(Contradiction { beside, fitting }) = contradiction else { return };
    let accepted = row.record.values.accepted.iter().any(|accepted| accepted.value.field() == Field::Status);
    let entry = row.entry(Field::Status).filter(|_| !accepted);
    let written = entry.map_or(status.word(), |entry| entry.text.trim());
    let title = title_of(row, Field::Status);
    let message =
        format!("“{title}”写的是{}，但{beside}，请改为“{}”，或者改正数字和文字。", quote(written), fitting.word());
    let finding = row.at_field(&STATUS_CONTRADICTION, Field::Status, message).found(written);
    let finding = finding.proposes(Proposed::Status(fitting));
    findings.push(finding.expected(fitting.word()).fix(format!("状态改为“{}”，或者改正数字和文字", fitting.word())));
}

impl From<(String, Status)> for Contradiction {
    fn from((beside, fitting): (String, Status)) -> Self {
        Self { beside, fitting }
    }
}

/// What the numbers of a row lack of its target, as part of a sentence.
pub(super) fn short_of_target(row: &Row<'_>) -> Option<String> {
    let values = &row.record.values;
    let (target, done) = (values.target.as_ref()?, values.done.as_ref()?);
    let (title, done_words, target_words) = (title_of(row, Field::Done), say(done), say(target));
    if is_limit(row) {
        let above = in_unit_of(done, target).is_some_and(|value| value > target.value);
        return above.then(|| format!("“{title}”是{done_words}，还高于目标值{target_words}"));
    }
    let exact = [target, done].into_iter().all(|quantity| quantity.high.is_none());
    let below = exact && completion(row)? < 0.995;
    below.then(|| format!("“{title}”是{done_words}，没有达到目标值{target_words}"))
}

/// 已完成 below the target, or beside words of unfinished work.
fn unfinished(row: &Row<'_>, year: u16) -> Option<Contradiction> {
    let values = &row.record.values;
    let fitting = Status::UnderWay;
    if let Some(beside) = short_of_target(row) {
        return Some(Contradiction { beside, fitting });
    }
    if let Some(rate) = values.rate.filter(|rate| *rate < 0.995 && completion(row).is_none() && !is_limit(row)) {
        return Some(Contradiction {
            beside: format!("“{}”写的是{}", title_of(row, Field::Rate), percent(rate)),
            fitting,
        });
    }
    own_words::completed(row, year).map(Contradiction::from)
}

/// 未启动 with a value, or beside words of work done.
fn begun(row: &Row<'_>) -> Option<Contradiction> {
    let values = &row.record.values;
    let fitting = Status::UnderWay;
    for (field, quantity) in [(Field::Done, &values.done), (Field::PeriodDone, &values.period_done)] {
        if let Some(quantity) = quantity.as_ref().filter(|quantity| quantity.value > 0.0)
            && !is_limit(row)
        {
            return Some(Contradiction {
                beside: format!("“{}”写的是{}", title_of(row, field), say(quantity)),
                fitting,
            });
        }
    }
    if let Some(rate) = values.rate.filter(|rate| *rate > 0.0 && !is_limit(row)) {
        return Some(Contradiction {
            beside: format!("“{}”写的是{}", title_of(row, Field::Rate), percent(rate)),
            fitting,
        });
    }
    own_words::not_started(row).map(Contradiction::from)
}

/// 100 % beside a status that is not 已完成.
fn finished(row: &Row<'_>, status: Status) -> Option<Contradiction> {
    // Few rows are at their target; only of these it is asked whether less would be better.
    is_there(row, status).filter(|_| !is_limit(row))
}

/// The value or the rate of a row that is not below its target, beside a status that is not 已完成.
fn is_there(row: &Row<'_>, status: Status) -> Option<Contradiction> {
    let values = &row.record.values;
    let fitting = Status::Completed;
    // A status that several rows share, or that stands for a task with several targets, is not finished by one of them.
    if row.entry(Field::Status).is_some_and(|entry| entry.shared) {
        return None;
    }
    let computed =
        completion(row).filter(|_| values.done.as_ref().is_some_and(|done| done.precision != Precision::Range));
    // A share may have to be kept up, and a growth goes on to the year's end, although the figure is reached.
    let share = values.done.as_ref().is_some_and(|done| done.unit.as_deref() == Some("%"));
    // The form's own rate is a formula: the township did not say by it that the share is done with.
    let stated = values.rate.filter(|_| !(share && row.record.key.is_some()));
    // 99.97 of 99.98 is rounded to 100 %, and is not there yet.
    let there = |rate: &f64| match computed {
        Some(computed) => *rate >= 0.9995 && computed >= 1.0 - 1e-9,
        None => *rate >= 0.99995,
    };
    if let Some(rate) = stated.filter(there) {
        return Some(Contradiction {
            beside: format!("“{}”已是{}", title_of(row, Field::Rate), percent(rate)),
            fitting,
        });
    }
    let whole = row.indicator().is_some() || row.task().is_none_or(measures_one_thing);
    let whole = whole && !share;
    let reached = computed.is_some_and(|computed| computed >= 1.0) && values.rate.is_none() && whole;
    if let (true, Some(target), Some(done)) =
        (reached || (status == Status::Behind && computed >= Some(1.0)), &values.target, &values.done)
    {
        let beside = format!("“{}”是{}，已达到目标值{}", title_of(row, Field::Done), say(done), say(target));
        return Some(Contradiction { beside, fitting });
    }
    None
}

/// Whether all indicators of a task are one, by different dates: 10个以上, 其中2023年3个.
fn measures_one_thing(task: &Task) -> bool {
    task.indicators.windows(2).all(|pair| {
        let (one, other) = (&pair[0], &pair[1]);
        one.unit == other.unit && (one.name.ends_with(&other.name) || other.name.ends_with(&one.name))
    })
}

fn deadline(context: &Context<'_>, row: &Row<'_>, findings: &mut Vec<Finding>) {
    let Some(deadline) = row.record.values.deadline else { return };
    let [first, last] = context.plan.years;
    let in_plan = (first..=last).contains(&deadline.year);
    let end = context.period.last_day();
    if in_plan && (last_day(deadline) >= end || is_done(row)) {
        return;
    }
    let written = row.entry(Field::Deadline).map_or_else(|| deadline.iso(), |entry| entry.text.trim().to_owned());
    let title = title_of(row, Field::Deadline);
    if !in_plan {
        let message = format!("“{title}”写的是{}，不在方案的{first}年至{last}年之内，请核对年份。", quote(&written));
        let finding = row.at_field(&DATE_OUT_OF_PLAN, Field::Deadline, message).found(&written);
        findings.push(finding.expected(format!("{first}年至{last}年")).fix("改正年份"));
        return;
    }
    let status = row.record.values.status.map_or_else(
        || "任务还没有完成".to_owned(),
        |status| format!("“{}”仍是“{}”", title_of(row, Field::Status), status.word()),
    );
    let message = format!(
        "“{title}”写的是{}，到本期末（{}年{}月{}日）已经过了，{status}，请更新状态，或者写明新的时限和原因。",
        quote(&written),
        end.year,
        end.month,
        end.day
    );
    let finding = row.at_field(&OVERDUE, Field::Deadline, message).found(&written);
    findings.push(finding.expected("已完成，或者晚于本期的时限").fix("更新状态或者完成时限，并写明原因"));
}

/// Whether the row is done, or does not tell that it is not.
fn is_done(row: &Row<'_>) -> bool {
    match row.record.values.status {
        Some(status) => status == Status::Completed,
        None => match (row.record.values.rate, completion(row)) {
            (Some(rate), _) | (None, Some(rate)) => rate >= 0.9995,
            (None, None) => true,
        },
    }
}

/// A number with the unit of a quantity, for messages of other families.
pub(super) fn with_unit(value: f64, unit: Option<&str>) -> String {
    format!("{}{}", number(value), unit.unwrap_or(""))
}
