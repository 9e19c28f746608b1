//! By what is a row known again in a later run, when a person's decision about it is read back?

use serde::{Deserialize, Serialize};

use crate::list::{Field, fingerprint};
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
    pub candidates: Vec<Vec<u32>>,
}

/// The key as it stands in a cell: mark, file, sheet, cell, wording, candidates, and a check of all of these.
#[derive(Serialize, Deserialize)]
struct Written(String, String, String, String, String, Vec<Vec<u32>>, String);

impl RowKey {
    /// The key of a record that is shown with some candidates.
    pub fn of(submission: &Submission, record: &Record, candidates: Vec<Vec<u32>>) -> Self {
        Self {
            file: submission.file.clone(),
            sheet: submission.sheet_name(record.sheet).to_owned(),
            at: record.at,
            wording: wording_fingerprint(record),
            candidates,
        }
    }

    /// The text of the key, a JSON list on one line.
    pub fn text(&self) -> String {
        let check = self.check();
        let Self { file, sheet, at, wording, candidates } = self.clone();
        let written = Written(MARK.to_owned(), file, sheet, at.a1(), wording, candidates, check);
        // Texts and numbers can always be written as JSON; should that ever fail, the row is one without a key.
        serde_json::to_string(&written).unwrap_or_default()
    }

    /// Reads a key; `None` where the text is none, or was tampered with (its check does not agree).
    pub fn parse(text: &str) -> Option<Self> {
        let Written(mark, file, sheet, at, wording, candidates, check) = serde_json::from_str(text.trim()).ok()?;
        let at = CellRef::parse_a1(&at)?;
        let key = Self { file, sheet, at, wording, candidates };
        (mark == MARK && check == key.check()).then_some(key)
    }

    /// Four hexadecimal digits by which a change to any part is noticed.
    fn check(&self) -> String {
        let candidates = format!("{:?}", self.candidates);
        fingerprint(&[MARK, &self.file, &self.sheet, &self.at.a1(), &self.wording, &candidates], 4)
    }
}

/// Eight hexadecimal digits that stand for a record's wording, blanks and line breaks aside. Of a record without
/// name, content and indicator its progress stands for it, else all its cells, so that no two rows without a name are
/// taken for one.
pub fn wording_fingerprint(record: &Record) -> String {
    let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let wording = WORDING.map(|field| plain(&record.text(field)));
    if wording.iter().any(|text| !text.is_empty()) {
        return fingerprint(&wording, 8);
    }
    let progress = plain(&record.text(Field::Progress));
    let rest = || record.entries.iter().map(|entry| plain(&entry.text)).collect::<Vec<_>>().concat();
    let rest = if progress.is_empty() { rest() } else { progress };
    fingerprint(&["", "", "", &rest], 8)
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
            candidates: vec![vec![3], vec![21, 22]],
        };
        assert_eq!(RowKey::parse(&key.text()), Some(key.clone()));
        assert_eq!(RowKey::parse("第3行"), None);
        for (part, other) in [("A7", "A8"), ("0badcafe", "0badcaff"), ("[3]", "[4]"), ("表 1", "表 2")] {
            assert_eq!(RowKey::parse(&key.text().replace(part, other)), None, "{other}");
        }
        assert_eq!(RowKey::parse(r#"["other/1","a","b","A1","c",[]]"#), None);
    }
}
