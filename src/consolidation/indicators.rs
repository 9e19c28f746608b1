//! What did each township report for each indicator, in the indicator's own unit?

use std::collections::BTreeMap;

use super::model::{Consolidation, IndicatorSummary, RecordIndex, TaskCell};
use crate::list::{Indicator, Plan, Task};
use crate::matches::{Match, MatchedSubmission, Outcome};
use crate::records::Record;
use crate::records::values::{Quantity, unit};

/// One summary per indicator of the plan, in its order.
pub(super) fn summarise(
    plan: &Plan,
    submissions: &[MatchedSubmission],
    cells: &BTreeMap<(u32, usize), TaskCell>,
    townships: usize,
) -> Vec<IndicatorSummary> {
    let mut summaries = Vec::new();
    for task in &plan.tasks {
        for (position, indicator) in task.indicators.iter().enumerate() {
            let values: Vec<Option<(f64, RecordIndex)>> = (0..townships)
                .map(|place| {
                    let records = &cells.get(&(task.number, place))?.records;
                    township_value(task, position, indicator, submissions, records)
                })
                .collect();
            let reported = values.iter().flatten().map(|(value, _)| value);
            let sum = (indicator.adds_up && values.iter().any(Option::is_some)).then(|| reported.sum());
            summaries.push(IndicatorSummary { task: task.number, indicator: position, values, sum });
        }
    }
    summaries
}

/// A township's cumulative value. Rows under one task cell (villages, projects) are summed where the indicator adds
/// up, unless the first of them already is their total; of rows that merely repeat the task the first one counts.
fn township_value(
    task: &Task,
    position: usize,
    indicator: &Indicator,
    submissions: &[MatchedSubmission],
    records: &[RecordIndex],
) -> Option<(f64, RecordIndex)> {
    let mut reported: Vec<(RecordIndex, usize, f64)> = Vec::new();
    for index in records {
        let filed = &submissions[index.0];
        let (record, matched) = (&filed.submission.records[index.1], &filed.matches[index.1]);
        if let Some(value) = answer(task, position, indicator, record, matched) {
            reported.push((*index, record.group, value));
        }
    }
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

impl Consolidation {
    /// A record's own target in an indicator's unit; absent where it states none, or in another kind of unit.
    pub fn target_in_unit(&self, index: RecordIndex, unit: &str) -> Option<f64> {
        in_unit(self.record(index).0.values.target.as_ref()?, unit)
    }

    /// Whether a record's cumulative value went into one of the indicators of a task.
    pub fn is_in_indicators(&self, index: RecordIndex, task: &Task) -> bool {
        let (record, matched) = self.record(index);
        let mut indicators = task.indicators.iter().enumerate();
        indicators.any(|(position, indicator)| answer(task, position, indicator, record, matched).is_some())
    }
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
