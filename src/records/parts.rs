//! Which records are parts of the task above them, and how do they stand under it?

use super::record::{Entry, Record};
use super::segment::{Joined, TASK_FIELDS};
use crate::list::Field;
use crate::numeral::circled;
use crate::tables::plain;

/// Whether a name is marked as a part of the one above it: 其中:…, —…, ①…, (1)….
pub(super) fn is_marked_as_part(name: &str) -> bool {
    let text = plain(name);
    let bracketed = text.strip_prefix('(').unwrap_or(&text).split_once(')').map_or("", |(inner, _)| inner);
    let counted = !bracketed.is_empty() && bracketed.len() <= 2 && bracketed.chars().all(|c| c.is_ascii_digit());
    text.starts_with("其中")
        || name.starts_with(['-', '—', '·', '•', '└', '├', '∟', '↳', '▪', '◦'])
        || name.starts_with(|c| circled(c).is_some())
        || counted
}

/// Whether a code is one of those below another: 0301 below 03, C1201 below C12.
pub(super) fn is_code_below(code: &str, above: &str) -> bool {
    above.len() >= 2
        && code.strip_prefix(above).is_some_and(|rest| rest.len() == 2 && rest.chars().all(|c| c.is_ascii_digit()))
}

/// Makes a record a village of the task above: the task's texts are shared, its own name becomes a column of its own.
pub(super) fn make_village(record: &mut Record, above: &Record) -> Joined {
    for entry in record.entries.iter_mut().filter(|entry| entry.field == Some(Field::Name)) {
        entry.field = None;
    }
    let missing =
        |entry: &&Entry| entry.field.is_some_and(|field| TASK_FIELDS.contains(&field) && record.entry(field).is_none());
    let inherited: Vec<Entry> =
        above.entries.iter().filter(missing).map(|entry| Entry { shared: true, ..entry.clone() }).collect();
    record.entries.splice(0..0, inherited);
    Joined::Village
}

/// Whether an indicator is marked as a part of the one above, in a table of indicators alone: 其中:经营性收入.
pub(super) fn is_part_of_indicator(record: &Record, above: &Record) -> bool {
    let marked =
        |record: &Record| record.entry(Field::Indicator).is_some_and(|entry| is_marked_as_part(entry.text.trim()));
    marked(record) && (!marked(above) || above.entry(Field::Name).is_some())
}

/// Puts an indicator under the one above, which stands for its task.
pub(super) fn make_indicator_part(record: &mut Record, above: &Record) -> Joined {
    let task = above.entry(Field::Name).or_else(|| above.entry(Field::Indicator));
    let task = task.map(|entry| Entry { field: Some(Field::Name), shared: true, ..entry.clone() });
    record.entries.splice(0..0, task);
    Joined::Village
}
