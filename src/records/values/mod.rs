//! What was read from the cells of a record: quantities, rates, status words and dates.

mod date;
mod model;
pub mod quantity;
mod rate;
mod status;
pub mod unit;
pub mod written;

use std::collections::HashMap;
use std::sync::Arc;

pub use model::{Accepted, Deadline, Precision, Proposed, Quantity, Status, Unreadable, Values};

use self::quantity::Reading;
use super::legend::Legend;
use super::record::Entry;
use crate::list::Field;
use crate::period::Period;
use crate::workbooks::Value;

/// The status that a text means as a whole; `None` where it means none of the four.
pub fn status_of(text: &str) -> Option<Status> {
    status::read(text)
}

/// Whether a text may mean a status: nearly all texts hold a character by which they mean none, and that is told sooner.
pub(crate) fn may_state_a_status(text: &str) -> bool {
    status::may_state(text)
}

/// Reads the values of a record from its entries. Dates without a year belong to the period's year.
#[cfg(test)]
pub(crate) fn read(entries: &[Entry], period: Option<Period>) -> Values {
    ValueReader::new(period).read(entries, &Legend::default())
}

/// Reads the values of the records of a submission.
#[derive(Debug)]
pub(crate) struct ValueReader {
    period: Option<Period>,
    /// States and deadlines by their words: a township writes few, in row after row.
    statuses: HashMap<Arc<str>, Option<Status>>,
    deadlines: HashMap<Arc<str>, Reading<Deadline>>,
}

impl ValueReader {
    /// Of a submission for a period: dates without a year belong to the period's year.
    pub(crate) fn new(period: Option<Period>) -> Self {
        Self { period, statuses: HashMap::new(), deadlines: HashMap::new() }
    }

    /// Reads the values of a record from its entries, states also by the marks that the sheet explains.
    pub(crate) fn read(&mut self, entries: &[Entry], legend: &Legend) -> Values {
        let mut values = Values::default();
        let mut unreadable = Vec::new();
        values.target = quantity_of(entries, Field::Target, &mut unreadable);
        values.period_done = quantity_of(entries, Field::PeriodDone, &mut unreadable);
        values.done = quantity_of(entries, Field::Done, &mut unreadable);
        take_what_is_counted(&mut values);
        leave_lots(entries, &mut values, &mut unreadable);
        values.status = first(entries, Field::Status, &mut unreadable, |entry| self.status(&entry.text, legend));
        let beside = rate::Beside { target: values.target.as_ref(), done: values.done.as_ref(), status: values.status };
        let rate = first(entries, Field::Rate, &mut unreadable, |entry| {
            rate::read(&entry.value, &entry.text, entry.unit.as_deref(), beside)
        });
        values.rate = rate;
        values.deadline = first(entries, Field::Deadline, &mut unreadable, |entry| self.deadline(entry));
        values.unreadable = unreadable;
        values
    }

    /// The state that a cell means.
    fn status(&mut self, text: &Arc<str>, legend: &Legend) -> Reading<Status> {
        if written::is_blank(text) || written::is_error_code(text) || status::is_unticked(text) {
            return Reading::Blank;
        }
        let by_words = || *self.statuses.entry(Arc::clone(text)).or_insert_with(|| status::read(text));
        legend.state(text).or_else(by_words).map_or(Reading::Unreadable, Reading::Read)
    }

    /// The deadline that a cell states.
    fn deadline(&mut self, entry: &Entry) -> Reading<Deadline> {
        let read = || date::read(&entry.value, &entry.text, self.period);
        match entry.value {
            // Of a text nothing but its words counts.
            Value::Text(_) => self.deadlines.entry(Arc::clone(&entry.text)).or_insert_with(read).clone(),
            _ => read(),
        }
    }
}

/// A value that only says 万 counts what its target counts: 3100万 beside a target of 7200万元 is 3100万元.
fn take_what_is_counted(values: &mut Values) {
    let Some(target) = values.target.as_ref().and_then(|target| target.unit.as_deref()) else { return };
    for quantity in [&mut values.period_done, &mut values.done].into_iter().flatten() {
        let bare =
            quantity.unit.as_deref().filter(|unit| !unit.is_empty() && unit::without_multiplier(unit).is_empty());
        let Some(multiplier) = bare else { continue };
        let counted = unit::without_multiplier(target);
        if !counted.contains('%') {
            quantity.unit = Some(format!("{multiplier}{counted}"));
        }
    }
}

/// 一批 is one of a target of lots, and beside any other no number: nobody knows how many people a lot of them is.
fn leave_lots(entries: &[Entry], values: &mut Values, unreadable: &mut Vec<Unreadable>) {
    let Some(target) = values.target.as_ref() else { return };
    if target.unit.as_deref().is_some_and(|unit| unit.contains('批')) {
        return;
    }
    for (field, quantity) in [(Field::PeriodDone, &mut values.period_done), (Field::Done, &mut values.done)] {
        let lot =
            entries.iter().find(|entry| entry.field == Some(field) && written::folded(&entry.text).eq("一批".chars()));
        if let Some(entry) = lot
            && quantity.take_if(|quantity| quantity.unit.as_deref() == Some("批")).is_some()
        {
            unreadable.push(Unreadable { field, at: entry.at, text: entry.text.to_string() });
        }
    }
}

fn quantity_of(entries: &[Entry], field: Field, unreadable: &mut Vec<Unreadable>) -> Option<Quantity> {
    first(entries, field, unreadable, |entry| quantity::read(&entry.value, &entry.text, entry.unit.as_deref()))
}

/// The first entry of the field that can be read; those that say something else before it are noted.
fn first<T>(
    entries: &[Entry],
    field: Field,
    unreadable: &mut Vec<Unreadable>,
    mut read: impl FnMut(&Entry) -> Reading<T>,
) -> Option<T> {
    for entry in entries.iter().filter(|entry| entry.field == Some(field)) {
        match read(entry) {
            Reading::Read(value) => return Some(value),
            Reading::Blank => {}
            Reading::Unreadable => unreadable.push(Unreadable { field, at: entry.at, text: entry.text.to_string() }),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::location::CellRef;
    use crate::workbooks::Value;

    fn entry(field: Field, column: u32, text: &str, unit: Option<&str>) -> Entry {
        Entry {
            field: Some(field),
            title: field.title().into(),
            at: CellRef::new(4, column),
            text: text.into(),
            value: Value::Text(text.into()),
            unit: unit.map(Arc::from),
            shared: false,
        }
    }

    #[test]
    fn a_record_is_read_field_by_field() {
        let entries = [
            entry(Field::Target, 3, "60", Some("亿元")),
            entry(Field::Done, 4, "4.52亿", Some("亿元")),
            entry(Field::Rate, 5, "7.5", None),
            entry(Field::Status, 6, "按序时进度推进", None),
            entry(Field::Deadline, 7, "年底", None),
        ];
        let values = read(&entries, "2024Q1".parse().ok());
        assert_eq!(values.target.unwrap().unit.as_deref(), Some("亿元"));
        assert_eq!(values.done.unwrap().value.to_bits(), 4.52f64.to_bits());
        assert_eq!(values.rate.unwrap().to_bits(), 0.075f64.to_bits());
        assert_eq!(values.status, Some(Status::UnderWay));
        assert_eq!(values.deadline.unwrap().iso(), "2024-12");
        assert!(values.unreadable.is_empty());
    }

    #[test]
    fn a_bare_multiplier_counts_what_the_target_counts() {
        for (target, done, expected) in
            [("7200万元", "3100万", "万元"), ("2.6万人次", "1.1万", "万人次"), ("90%", "3万", "万")]
        {
            let entries = [entry(Field::Target, 3, target, None), entry(Field::Done, 4, done, None)];
            assert_eq!(read(&entries, None).done.unwrap().unit.as_deref(), Some(expected), "{target} {done}");
        }
    }

    #[test]
    fn a_lot_is_a_number_only_where_lots_are_counted() {
        for (target, done, counted) in [
            ("20人次", "一批", false),
            ("20", "一批", false),
            ("3批", "一批", true),
            ("20人次", "1批", true),
            ("20人次", "两批", true),
        ] {
            let entries = [entry(Field::Target, 3, target, None), entry(Field::Done, 4, done, None)];
            let values = read(&entries, None);
            assert_eq!(values.done.is_some(), counted, "{target} {done}");
            assert_eq!(values.unreadable.is_empty(), counted, "{target} {done}");
        }
        assert!(read(&[entry(Field::Done, 4, "一批", None)], None).done.is_some());
    }

    #[test]
    fn what_cannot_be_read_is_absent_and_noted_and_a_dash_is_neither() {
        let entries = [entry(Field::Done, 4, "正在统计", None), entry(Field::Rate, 5, "—", None)];
        let values = read(&entries, None);
        assert_eq!((values.done, values.rate), (None, None));
        assert_eq!(values.unreadable.len(), 1);
        assert_eq!(values.unreadable[0].at.a1(), "E5");
    }
}
