//! Do the further indicators of a task agree with the status in its first row?
//!
//! The standard form asks for a task's status once, in the task's first row; it stands for all its indicators.

use std::collections::BTreeMap;

use super::context::{Row, quote, say, title_of};
use super::row::{Contradiction, completion, in_unit_of, is_limit, short_of_target};
use crate::list::Field;
use crate::matches::Outcome;
use crate::records::values::Status;

/// File, township and official number: a task in a filled form.
type TaskOfForm<'a> = (&'a str, &'a str, u32);

/// The rows of filled forms for which the status in another row of their task stands.
pub(super) struct Further<'a>(BTreeMap<TaskOfForm<'a>, Vec<Row<'a>>>);

impl<'a> Further<'a> {
    /// Picks them out of all rows.
    pub(super) fn of(rows: &[Row<'a>]) -> Self {
        let mut further: BTreeMap<TaskOfForm<'_>, Vec<Row<'_>>> = BTreeMap::new();
        for row in rows {
            let states_none = row.record.values.status.is_none() && row.entry(Field::Status).is_none();
            let matched = row.matched.outcome == Outcome::Matched;
            if let Some(task) = task_of_form(row).filter(|_| states_none && matched) {
                further.entry(task).or_default().push(*row);
            }
        }
        Self(further)
    }

    /// The rows for which a row's status stands besides its own.
    pub(super) fn of_row(&self, row: &Row<'a>) -> &[Row<'a>] {
        task_of_form(row).and_then(|task| self.0.get(&task)).map_or(&[], Vec::as_slice)
    }
}

fn task_of_form<'a>(row: &Row<'a>) -> Option<TaskOfForm<'a>> {
    let key = row.record.key.as_ref()?;
    Some((row.submission.file.as_str(), key.township.as_str(), key.task?))
}

/// 已完成 while the row is below its target.
pub(super) fn unfinished(row: &Row<'_>) -> Option<Contradiction> {
    let beside = format!("{}{}", of_indicator(row), short_of_target(row)?);
    Some(Contradiction { beside, fitting: Status::UnderWay })
}

/// 未启动 while the row counts something. A level or a share stands at some value before anybody begins.
pub(super) fn begun(row: &Row<'_>) -> Option<Contradiction> {
    row.indicator().filter(|indicator| indicator.adds_up)?;
    let done = row.record.values.done.as_ref().filter(|done| done.value > 0.0)?;
    let beside = format!("{}“{}”写的是{}", of_indicator(row), title_of(row, Field::Done), say(done));
    Some(Contradiction { beside, fitting: Status::UnderWay })
}

/// Whether the row has reached its target; one that tells no figure has not.
pub(super) fn is_reached(row: &Row<'_>) -> bool {
    let values = &row.record.values;
    let (Some(target), Some(done)) = (&values.target, &values.done) else { return false };
    if is_limit(row) {
        return in_unit_of(done, target).is_some_and(|value| value <= target.value);
    }
    completion(row).is_some_and(|share| share >= 1.0)
}

fn of_indicator(row: &Row<'_>) -> String {
    row.indicator().map_or_else(String::new, |indicator| format!("指标{}的", quote(&indicator.name)))
}
