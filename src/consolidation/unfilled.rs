//! Does a row of the standard form report anything? The form lists every task, so that a row alone says nothing.

use crate::list::Field;
use crate::records::values::written::is_blank;
use crate::records::{Entry, Record};
use crate::workbooks::Value;

/// Whether a record is a row of the standard form in which the township filled in nothing of its work. Targets,
/// deadlines and units may be printed on the form and tell nothing; nor does the rate that the form computes itself.
pub(super) fn is_unfilled(record: &Record) -> bool {
    let Some(key) = record.key.as_ref().filter(|key| key.task.is_some()) else { return false };
    let tells = |entry: &Entry| match entry.field {
        Some(Field::Rate) => key.indicator.is_none(),
        Some(Field::Target | Field::Unit | Field::Indicator | Field::Deadline) => false,
        Some(field) => field.is_reported(),
        // A column of the township's own.
        None => true,
    };
    let is_filled = |entry: &Entry| match entry.value {
        Value::Error(_) | Value::NotCalculated => true,
        // 不涉及 is an answer.
        _ => !is_blank(&entry.text) || entry.text.contains("不涉及") || entry.text.contains("不适用"),
    };
    !record.entries.iter().any(|entry| tells(entry) && is_filled(entry))
}
