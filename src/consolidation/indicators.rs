//! What did each township report for each indicator, in the indicator's own unit?

use super::model::{IndicatorSummary, RecordIndex};
use super::values::ReportedValues;
use crate::list::{Indicator, Plan, Task};
use crate::matches::{Match, Outcome};
use crate::records::Record;
use crate::records::values::{Quantity, unit};

/// The indicators of a plan that adds up what the townships report for them; nothing reported yet.
pub(super) fn unreported(plan: &Plan, townships: usize) -> Vec<IndicatorSummary> {
    let of_task = |task: &Task| {
        let number = task.number;
        let summary = move |indicator| IndicatorSummary {
            task: number,
            indicator,
            values: ReportedValues::none(townships),
            sum: None,
        };
        (0..task.indicators.len()).map(summary)
    };
    plan.tasks.iter().flat_map(of_task).collect()
}

/// Sums the values of each indicator that adds up.
pub(super) fn add_up(plan: &Plan, summaries: &mut [IndicatorSummary]) {
    let indicators = plan.tasks.iter().flat_map(|task| &task.indicators);
    for (summary, indicator) in summaries.iter_mut().zip(indicators) {
        let any = summary.values.iter().any(|value| value.is_some());
        let reported = summary.values.iter().flatten().map(|(value, _)| value);
        summary.sum = (indicator.adds_up && any).then(|| reported.sum());
    }
}

/// A township's cumulative value. Rows under one task cell (villages, projects) are summed where the indicator adds
/// up, unless the first of them already is their total; of rows that merely repeat the task the first one counts.
pub(super) fn township_value<'r>(
    task: &Task,
    position: usize,
    indicator: &Indicator,
    records: impl Iterator<Item = (RecordIndex, &'r Record, &'r Match)>,
) -> Option<(f64, RecordIndex)> {
    let answers = records.filter_map(|(index, record, matched)| {
        Some((index, record.group, answer(task, position, indicator, record, matched)?))
    });
    let reported: Vec<(RecordIndex, usize, f64)> = answers.collect();
    let (first, group, value) = *reported.first()?;
    let parts: Vec<f64> =
        reported.iter().skip(1).filter(|part| part.0.0 == first.0 && part.1 == group).map(|part| part.2).collect();
    let rest: f64 = parts.iter().sum();
    let is_total = (value - rest).abs() <= 1e-6 * value.abs().max(1.0);
    let sum = if indicator.adds_up && !parts.is_empty() && !is_total { value + rest } else { value };
    Some((sum, first))
}

/// What a record reports for an indicator, in its unit; absent where it reports another one, or nothing that is sure.
fn answer(task: &Task, position: usize, indicator: &Indicator, record: &Record, matched: &Match) -> Option<f64> {
    let alone = task.indicators.len() == 1 && matched.tasks.len() == 1;
    let answers = matched.indicator == Some(position) || (matched.indicator.is_none() && alone);
    if matched.outcome != Outcome::Matched || !answers || !matched.tasks.contains(&task.number) {
        return None;
    }
    in_unit(record.values.done.as_ref()?, &indicator.unit)
}

/// A record's own target in an indicator's unit; absent where it states none, or in another kind of unit.
pub fn target_in_unit(record: &Record, unit: &str) -> Option<f64> {
    in_unit(record.values.target.as_ref()?, unit)
}

/// Whether a record's cumulative value went into one of the indicators of a task.
pub fn is_in_indicators(record: &Record, matched: &Match, task: &Task) -> bool {
    let mut indicators = task.indicators.iter().enumerate();
    indicators.any(|(position, indicator)| answer(task, position, indicator, record, matched).is_some())
}

/// A reported quantity in an indicator's unit; a number without a unit is taken to be in it. Absent where the units
/// measure different things.
fn in_unit(quantity: &Quantity, wanted: &str) -> Option<f64> {
    match quantity.unit.as_deref() {
        None => Some(quantity.value),
        Some(written) if written == wanted => Some(quantity.value),
        Some(written) => unit::convert(quantity.value, Some(written), Some(wanted)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::values::Precision;

    #[test]
    fn units_of_one_family_convert_and_others_do_not() {
        for (value, written, wanted, expected) in [
            (32_000.0, Some("万元"), "亿元", Some(3.2)),
            (3.2, Some("亿元"), "亿元", Some(3.2)),
            (3.2, None, "亿元", Some(3.2)),
            (1.0, Some("公顷"), "亩", Some(15.0)),
            (1.18, Some("万亩"), "亩", Some(11_800.0)),
            (658.0, Some("万斤"), "吨", Some(3290.0)),
            (5.0, Some("个"), "%", None),
            (5.0, Some("万元"), "亩", None),
        ] {
            let quantity =
                Quantity { value, unit: written.map(str::to_owned), precision: Precision::Exact, high: None };
            assert_eq!(in_unit(&quantity, wanted), expected, "{value} {written:?} in {wanted}");
        }
    }
}
