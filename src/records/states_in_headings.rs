//! Does a heading say in which state the tasks below it are: 【推进中】, 一、已完成(5项)?

use std::collections::BTreeMap;
use std::sync::Arc;

use super::record::{Entry, Record};
use super::segment::Segmenter;
use super::values::status_of;
use crate::list::Field;
use crate::tables::{Seen, TableRow, one_line, state_of_heading};
use crate::workbooks::Value;

impl Segmenter<'_, '_> {
    /// The state that a heading gives to the records below it.
    pub(super) fn state_in_heading(&self, row: &TableRow) -> Option<Entry> {
        let first =
            self.grid.row_between(row.row, self.table.region.first.column, self.table.region.last.column).next()?;
        state_of(&first)
    }

    /// The state that the caption of a table alone in the row right above it gives to all its records: 第一类 已完成任务(3项).
    pub(super) fn state_in_caption(&self) -> Option<Entry> {
        let above = self.table.region.first.row.checked_sub(1)?;
        let (left, right) = (self.table.region.first.column, self.table.region.last.column);
        let cells: Vec<Seen> = self.grid.row_between(above, left, right).collect();
        let [only] = cells.as_slice() else { return None };
        state_of(only)
    }
}

/// The state that a heading names, as an entry of a record.
fn state_of(heading: &Seen) -> Option<Entry> {
    let text = one_line(&heading.cell.text);
    let state: Arc<str> = state_of_heading(&text).filter(|state| status_of(state).is_some())?.into();
    Some(Entry {
        field: Some(Field::Status),
        title: text.into(),
        at: heading.cell.at,
        value: Value::Text(Arc::clone(&state)),
        text: state,
        unit: None,
        shared: true,
    })
}

/// Gives each record the state of its heading, where it has none of its own. `states` holds for each record, by its
/// place, the heading's.
pub(super) fn give_states(records: &mut [Record], states: &BTreeMap<u32, Entry>) {
    for record in records.iter_mut().filter(|record| record.entry(Field::Status).is_none()) {
        record.entries.extend(states.get(&record.at.row).cloned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_that_only_sounds_like_a_state_gives_none() {
        for heading in ["落实粮食安全责任", "乡村建设推进行动"] {
            assert_eq!(state_of_heading(heading).filter(|state| status_of(state).is_some()), None, "{heading}");
        }
    }
}
