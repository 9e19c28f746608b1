//! In which rows do the records of a submission stand? Findings link to them by thousands: that must not take the records
//! themselves from the shelf.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::matches::MatchedSubmission;
use crate::records::{Record, Submission};

/// A row of a sheet in which a record stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct RecordRow {
    sheet: usize,
    /// Zero-based.
    row: u32,
    record: usize,
}

/// A submission without its records, and the rows in which these stand.
#[derive(Debug, Default)]
pub struct Outline {
    filed: Arc<MatchedSubmission>,
    rows: Vec<RecordRow>,
}

impl Outline {
    /// Of a submission that is at hand.
    pub(super) fn of(filed: &Arc<MatchedSubmission>) -> Self {
        Self::new(Arc::clone(filed), rows(&filed.submission.records))
    }

    pub(super) const fn new(filed: Arc<MatchedSubmission>, rows: Vec<RecordRow>) -> Self {
        Self { filed, rows }
    }

    /// The submission; its records may be missing.
    pub fn cover(&self) -> &Submission {
        &self.filed.submission
    }

    /// The first record that stands in a row of a sheet of this name, or goes on over it as a card or merged record.
    pub fn record_at(&self, sheet: &str, row: u32) -> Option<usize> {
        let stands_there = |place: &&RecordRow| place.row == row && self.cover().sheet_name(place.sheet) == sheet;
        self.rows.iter().find(stands_there).map(|place| place.record)
    }
}

/// The rows of all records, in the order of the records. What several records share is in none of their rows.
pub(super) fn rows(records: &[Record]) -> Vec<RecordRow> {
    let mut rows = Vec::with_capacity(records.len());
    for (record, of) in records.iter().enumerate() {
        let own = of.entries.iter().filter(|entry| !entry.shared).map(|entry| entry.at.row);
        for row in own.chain([of.at.row]) {
            let place = RecordRow { sheet: of.sheet, row, record };
            if rows.last() != Some(&place) {
                rows.push(place);
            }
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::location::CellRef;
    use crate::records::Entry;
    use crate::workbooks::Value;

    #[test]
    fn a_record_is_found_by_each_of_its_own_rows() {
        let entry = |row, shared| Entry {
            field: None,
            title: "".into(),
            at: CellRef::new(row, 1),
            text: "文".into(),
            value: Value::Text("文".into()),
            unit: None,
            shared,
        };
        let record = |row, entries| Record { at: CellRef::new(row, 0), entries, ..Record::empty() };
        let records = vec![
            record(4, vec![entry(3, true), entry(4, false), entry(5, false)]),
            record(5, vec![entry(3, true), entry(5, false)]),
        ];
        let submission = Submission { records, ..Submission::default() };
        let name = submission.sheet_name(0).to_owned();
        let outline = Outline::of(&Arc::new(MatchedSubmission { submission, matches: Vec::new() }));
        let found = [3, 4, 5, 6].map(|row| outline.record_at(&name, row));
        assert_eq!(found, [None, Some(0), Some(0), None]);
        assert_eq!(outline.record_at("别的表", 4), None);
    }
}
