//! Which values did a township accept in the 问题单 of a return workbook that it filed again?
//!
//! A proposal names its row of the form by the row's own key, so that it finds it in any order, and says what the form
//! held when it went out. What the township has changed there itself since counts for more than its acceptance.

use serde_json::from_str;

use super::record::{Entry, Record};
use super::values::{Accepted, Proposed};
use crate::list::Key;
use crate::location::CellRef;
use crate::tables::SheetLayout;
use crate::workbooks::{Sheet, Value, Workbook};

/// Heading of the column with a township's answer.
pub const ANSWER_HEADING: &str = "答复";
/// Heading of the hidden column with the value that is proposed.
pub const PROPOSAL_HEADING: &str = "建议值";
/// First part of every proposal; the number is the version of its form.
const MARK: &str = "hedui-proposal/1";

/// A value proposed for a cell of a return's form.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// The row of the form.
    pub row: Key,
    /// The value, and with it the field.
    pub value: Proposed,
    /// What the form holds there when it goes out.
    pub written: String,
}

impl Proposal {
    /// What is read back, a JSON list on one line.
    pub fn text(&self) -> String {
        // Texts and numbers can always be written as JSON; should that ever fail, nothing is proposed.
        serde_json::to_string(&(MARK, self.row.text(), &self.value, &self.written)).unwrap_or_default()
    }

    fn parse(text: &str) -> Option<Self> {
        let (mark, row, value, written): (String, String, Proposed, String) = from_str(text.trim()).ok()?;
        let row = Key::parse(&row).filter(|_| mark == MARK)?;
        Some(Self { row, value, written })
    }
}

/// Whether an answer accepts: 同意; 同意，已改.
pub fn accepts(answer: &str) -> bool {
    answer.trim().starts_with("同意")
}

/// The proposals of a workbook that were accepted. A sheet with tables is none of ours.
pub(super) fn accepted(workbook: &Workbook, layouts: &[SheetLayout]) -> Vec<Proposal> {
    let ours = layouts.iter().filter(|layout| layout.tables.is_empty());
    ours.flat_map(|layout| of_sheet(&workbook.sheets[layout.sheet])).collect()
}

fn of_sheet(sheet: &Sheet) -> Vec<Proposal> {
    let header = sheet.rows().into_iter().find_map(|row| {
        let column = |heading: &str| sheet.column_headed(row, heading);
        Some((row, column(ANSWER_HEADING)?, column(PROPOSAL_HEADING)?))
    });
    let Some((header, answer, proposal)) = header else { return Vec::new() };
    let below = sheet.rows().into_iter().filter(|row| *row > header);
    let accepted = below.filter_map(|row| {
        let text = |column: u32| sheet.cell(CellRef::new(row, column)).map(|cell| &cell.text);
        text(answer).filter(|answer| accepts(answer)).and(Proposal::parse(text(proposal)?))
    });
    accepted.collect()
}

/// Puts accepted values into a record. Two that contradict each other are none.
pub(super) fn apply(proposals: &[Proposal], record: &mut Record) {
    let own = proposals.iter().filter(|proposal| Some(&proposal.row) == record.key.as_ref());
    let mut own: Vec<&Proposal> = own.collect();
    let all = own.clone();
    own.retain(|one| all.iter().all(|other| other.value.field() != one.value.field() || other.value == one.value));
    for proposal in own {
        let field = proposal.value.field();
        let written = record.entry(field);
        let taken = record.values.accepted.iter().any(|accepted| accepted.value.field() == field);
        if taken || written.is_some_and(|entry| !still_says(entry, &proposal.written)) {
            continue;
        }
        let written = written.map(|entry| entry.text.trim().to_owned()).unwrap_or_default();
        let values = &mut record.values;
        match &proposal.value {
            Proposed::Target(target) => values.target = Some(target.clone()),
            Proposed::Rate(rate) => values.rate = Some(*rate),
            Proposed::Status(status) => values.status = Some(*status),
        }
        values.unreadable.retain(|cell| cell.field != field);
        values.accepted.push(Accepted { value: proposal.value.clone(), written });
    }
}

/// Whether a cell still holds what it held, however the number is shown.
fn still_says(entry: &Entry, written: &str) -> bool {
    let now = match entry.value {
        Value::Number(number) => Some(number),
        _ => entry.text.trim().parse().ok(),
    };
    match (now, written.trim().parse::<f64>()) {
        (Some(now), Ok(before)) => (now - before).abs() <= 1e-9 * before.abs().max(1.0),
        _ => entry.text.trim() == written.trim(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::list::Field;
    use crate::records::values::{Quantity, Status, Values};
    use crate::workbooks::Cell;

    fn key(task: u32) -> Key {
        let (plan, township) = ("0badcafe".to_owned(), "北岙街道".to_owned());
        Key { plan, period: "2024Q2".parse().unwrap(), township, task: Some(task), indicator: None }
    }

    fn proposal(task: u32, value: Proposed, written: &str) -> Proposal {
        Proposal { row: key(task), value, written: written.to_owned() }
    }

    fn record(task: u32, cells: &[(Field, Value, &str)]) -> Record {
        let entries = (0u32..).zip(cells).map(|(column, (field, value, text))| Entry {
            field: Some(*field),
            title: field.title().into(),
            at: CellRef::new(5, column),
            text: (*text).into(),
            value: value.clone(),
            unit: None,
            shared: false,
        });
        Record {
            sheet: 0,
            at: CellRef::new(5, 0),
            side_by_side: false,
            entries: entries.collect(),
            values: Values { status: Some(Status::Completed), ..Values::default() },
            headings: [].into(),
            group: 0,
            key: Some(key(task)),
            blanks: Vec::new(),
            counted: true,
        }
    }

    fn status(text: &str) -> (Field, Value, &str) {
        (Field::Status, Value::Text(text.into()), text)
    }

    #[test]
    fn proposals_are_read_where_they_were_accepted() {
        let one = proposal(12, Proposed::Status(Status::UnderWay), "已完成");
        let other = proposal(
            13,
            Proposed::Target(Quantity {
                value: 90.5,
                unit: Some("亿元".into()),
                precision: crate::records::values::Precision::Exact,
                high: None,
            }),
            "80",
        );
        let rows = [
            ["答复", "建议值"].map(str::to_owned),
            ["同意".to_owned(), one.text()],
            ["不同意".to_owned(), one.text()],
            [String::new(), one.text()],
            ["同意，已改".to_owned(), "第3行".to_owned()],
            [" 同意 ".to_owned(), other.text()],
        ];
        let cells = (2u32..).zip(&rows).flat_map(|(row, texts)| {
            (4u32..).zip(texts).map(move |(column, text)| Cell::text(CellRef::new(row, column), text.as_str()))
        });
        let sheet = Sheet::new("改了名", cells.filter(|cell| !cell.text.is_empty()).collect());
        let workbook = Workbook { sheets: vec![sheet], ..Workbook::default() };
        assert_eq!(accepted(&workbook, &[SheetLayout::default()]), [one, other]);
    }

    #[test]
    fn an_accepted_value_stands_in_place_of_what_is_still_written() {
        let proposals = [proposal(12, Proposed::Status(Status::UnderWay), "已完成")];
        let mut same = record(12, &[status("已完成")]);
        apply(&proposals, &mut same);
        assert_eq!(same.values.status, Some(Status::UnderWay));
        assert_eq!(same.values.accepted.len(), 1);
        assert_eq!(same.values.accepted[0].written, "已完成");
        assert_eq!(same.text(Field::Status), "已完成", "what was written stays");
        for mut other in [record(12, &[status("滞后")]), record(13, &[status("已完成")])] {
            apply(&proposals, &mut other);
            assert_eq!((other.values.status, other.values.accepted.len()), (Some(Status::Completed), 0));
        }
        // A number is the same number however it is shown.
        let mut rate = record(12, &[(Field::Rate, Value::Number(0.5), "50.00%")]);
        apply(&[proposal(12, Proposed::Rate(0.4), "0.5")], &mut rate);
        assert_eq!(rate.values.accepted[0].written, "50.00%");
    }

    #[test]
    fn two_accepted_values_that_contradict_each_other_are_none() {
        let words = [Status::UnderWay, Status::Behind, Status::UnderWay];
        let proposals = words.map(|word| proposal(12, Proposed::Status(word), "已完成"));
        for (those, expected) in [(&proposals[..2], 0), (&proposals[2..], 1)] {
            let mut record = record(12, &[status("已完成")]);
            apply(those, &mut record);
            assert_eq!(record.values.accepted.len(), expected);
        }
        let mut twice = record(12, &[status("已完成")]);
        apply(&[proposals[0].clone(), proposals[2].clone()], &mut twice);
        assert_eq!(twice.values.accepted.len(), 1);
    }
}
