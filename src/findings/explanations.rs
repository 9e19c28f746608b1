//! What did people write beside findings, in a returned 问题单 or in the 问题清单 of a consolidated workbook?

use super::context::Explanation;
use super::finding::Finding;
use crate::location::CellRef;
pub use crate::records::ANSWER_HEADING;
use crate::records::accepts;
use crate::tables::FINDING_MARK;
use crate::workbooks::{Sheet, Workbook};

/// Heading of the hidden column that identifies the finding.
pub const KEY_HEADING: &str = "标识";
/// Heading of the column with the reason of a refusal.
pub const REASON_HEADING: &str = "理由";
/// Heading of the office's column for explanations.
pub const EXPLANATION_HEADING: &str = "说明";
/// The answers that a township chooses from: it changed what was asked, or does not agree and says why.
pub const ANSWERS: [&str; 2] = ["同意，已改", "不同意"];
/// The same beside a value that is proposed: it need not be typed, the answer applies it.
pub const ANSWERS_TO_PROPOSAL: [&str; 2] = ["同意", "不同意"];

/// Mark, code, township, task and what stood there.
pub(super) type Key = (String, String, Option<String>, Option<u32>, Option<String>);

/// What identifies a finding when words about it are read back, a JSON list on one line.
pub fn key(finding: &Finding) -> String {
    let (township, task) = (finding.township.clone(), finding.tasks.first().copied());
    let key: Key = (FINDING_MARK.to_owned(), finding.kind.code.to_owned(), township, task, finding.found.clone());
    // Texts and numbers can always be written as JSON; should that ever fail, the row is one without a key.
    serde_json::to_string(&key).unwrap_or_default()
}

/// The parts of a finding's key; `None` where the text is none.
pub(super) fn read_key(text: &str) -> Option<Key> {
    serde_json::from_str::<Key>(text.trim()).ok().filter(|key| key.0 == FINDING_MARK)
}

/// The explanations in a workbook, in reading order. A refusal without a reason explains nothing.
pub fn explanations(workbook: &Workbook) -> Vec<Explanation> {
    workbook.sheets.iter().flat_map(of_sheet).collect()
}

fn of_sheet(sheet: &Sheet) -> Vec<Explanation> {
    let header = sheet.cells().iter().filter(|cell| cell.text.trim() == KEY_HEADING).find_map(|key| {
        let column = |heading: &str| sheet.column_headed(key.at.row, heading);
        let words = column(REASON_HEADING).or_else(|| column(EXPLANATION_HEADING))?;
        Some((key.at.row, key.at.column, words, column(ANSWER_HEADING)))
    });
    let Some((header, key, words, answer)) = header else { return Vec::new() };
    let below = sheet.rows().into_iter().filter(|row| *row > header);
    let explained = below.filter_map(|row| {
        let text = |column: u32| {
            let cell = sheet.cell(CellRef::new(row, column))?;
            Some(cell.text.trim()).filter(|text| !text.is_empty())
        };
        let agreed = answer.and_then(text).is_some_and(accepts);
        let words = text(words).filter(|_| !agreed)?;
        let (_, code, township, task, found) = read_key(text(key)?)?;
        Some(Explanation { code, township, task, found, words: words.to_owned() })
    });
    explained.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbooks::Cell;

    fn sheet(headings: [&str; 3], rows: &[[&str; 3]]) -> Workbook {
        let lines = std::iter::once(&headings).chain(rows);
        let cells = (3u32..).zip(lines).flat_map(|(row, line)| {
            let cells = (0u32..).zip(line).filter(|(_, text)| !text.is_empty());
            cells.map(move |(column, text)| Cell::text(CellRef::new(row, column), *text))
        });
        Workbook { sheets: vec![Sheet::new("改了名", cells.collect())], ..Workbook::default() }
    }

    #[test]
    fn words_come_back_to_their_finding() {
        let kind = crate::findings::kind("outlier").unwrap();
        let finding = Finding::new(kind, "偏大").township(Some("北岙街道")).tasks(&[12, 13]).found("8万\n公顷");
        let key = key(&finding);
        let expected = Explanation {
            code: "outlier".into(),
            township: Some("北岙街道".into()),
            task: Some(12),
            found: Some("8万\n公顷".into()),
            words: "属实".into(),
        };
        let townships = |answer: &str, reason: &str| {
            explanations(&sheet([ANSWER_HEADING, REASON_HEADING, KEY_HEADING], &[[answer, reason, &key]]))
        };
        for answer in ["不同意", ""] {
            assert_eq!(townships(answer, "属实"), std::slice::from_ref(&expected), "{answer}");
        }
        assert_eq!(townships("不同意", ""), []);
        assert_eq!(townships("同意，已改", "改为6"), []);
        let office = |words: &str, key: &str| {
            explanations(&sheet(["问题", EXPLANATION_HEADING, KEY_HEADING], &[["偏大", words, key]]))
        };
        assert_eq!(office("属实", &key), [expected]);
        assert_eq!(office("属实", "第3行"), []);
        assert_eq!(office("", &key), []);
    }
}
