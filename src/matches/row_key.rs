//! By what is a row known again in a later run, when a person's decision about it is read back?

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::list::Field;
use crate::location::CellRef;
use crate::records::{Record, Submission};

/// First part of every row key; the number is the version of its form.
const MARK: &str = "hedui-row/1";

/// The fields whose wording decides a match: a decision holds only while they stay as they are.
const WORDING: [Field; 3] = [Field::Name, Field::Content, Field::Indicator];

/// What identifies a row of a submission: where it stands and how it is worded.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowKey {
    /// The submission's file name.
    pub file: String,
    /// Name of the sheet.
    pub sheet: String,
    /// Where the record starts.
    pub at: CellRef,
    /// Fingerprint of the wording that was matched.
    pub wording: String,
    /// The candidates that the row was shown with, best first: a decision names them by their place.
    pub candidates: Vec<u32>,
}

/// The key as it stands in a cell: mark, file, sheet, cell, wording, candidates.
#[derive(Serialize, Deserialize)]
struct Written(String, String, String, String, String, Vec<u32>);

impl RowKey {
    /// The key of a record that is shown with some candidates.
    pub fn of(submission: &Submission, record: &Record, candidates: Vec<u32>) -> Self {
        Self {
            file: submission.file.clone(),
            sheet: submission.sheet_name(record.sheet).to_owned(),
            at: record.at,
            wording: wording(record),
            candidates,
        }
    }

    /// The text of the key, a JSON list on one line.
    pub fn text(&self) -> String {
        let Self { file, sheet, at, wording, candidates } = self.clone();
        let written = Written(MARK.to_owned(), file, sheet, at.a1(), wording, candidates);
        serde_json::to_string(&written).expect("texts and numbers can always be written as JSON")
    }

    /// Reads a key; `None` where the text is none.
    pub fn parse(text: &str) -> Option<Self> {
        let Written(mark, file, sheet, at, wording, candidates) = serde_json::from_str(text.trim()).ok()?;
        let at = CellRef::parse_a1(&at)?;
        (mark == MARK).then_some(Self { file, sheet, at, wording, candidates })
    }
}

/// The first eight hexadecimal digits of the SHA-256 of a record's wording, blanks and line breaks aside.
pub fn wording(record: &Record) -> String {
    let mut hasher = Sha256::new();
    for field in WORDING {
        let text: String = record.text(field).chars().filter(|c| !c.is_whitespace()).collect();
        hasher.update(text.as_bytes());
        hasher.update([0]);
    }
    hasher.finalize()[..4].iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_survives_the_way_through_a_cell() {
        let key = RowKey {
            file: "退回|\"新\".zip/北岙[1].xlsx".into(),
            sheet: "表 1".into(),
            at: CellRef::new(6, 0),
            wording: "0badcafe".into(),
            candidates: vec![3, 21],
        };
        assert_eq!(RowKey::parse(&key.text()), Some(key));
        assert_eq!(RowKey::parse("第3行"), None);
        assert_eq!(RowKey::parse(r#"["other/1","a","b","A1","c",[]]"#), None);
    }
}
