//! Which rows are parts of a row above them? Clerks leave their number blank, move their name in, and their figures add
//! up to that row's: `1 重大项目` above `　牧场二期`, `　候船楼翻新`.

use crate::list::Field;
use crate::records::Record;
use crate::records::values::Quantity;

/// The row that another one is probably a part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Parent {
    /// Its place among the records.
    pub(super) place: usize,
    /// Whether the name of the part is moved in.
    pub(super) moved_in: bool,
    /// Whether the figures of all its parts add up to its own.
    pub(super) adds_up: bool,
}

/// For each record the row that it is probably a part of.
pub(super) fn parents(records: &[Record]) -> Vec<Option<Parent>> {
    let mut parents = vec![None; records.len()];
    let mut begin = 0;
    for sheet in records.chunk_by(|one, other| one.sheet == other.sheet) {
        parents_of_sheet(sheet, begin, &mut parents);
        begin += sheet.len();
    }
    parents
}

fn parents_of_sheet(records: &[Record], begin: usize, parents: &mut [Option<Parent>]) {
    let numbered = records.iter().filter(|record| is_numbered(record)).count();
    // Where few rows are numbered, a blank number says nothing.
    let usually_numbered = numbered * 2 > records.len();
    let is_part = |place: usize| {
        let record = &records[place];
        let blank = usually_numbered && !is_numbered(record);
        blank || (is_moved_in(record) && !is_numbered(record))
    };
    let mut place = 0;
    while place < records.len() {
        let parent = place;
        place += 1;
        if is_part(parent) {
            continue;
        }
        let of_parent = |&part: &usize| is_part(part) && records[part].headings == records[parent].headings;
        let parts: Vec<usize> = (place..records.len()).take_while(of_parent).collect();
        place += parts.len();
        let adds_up = add_up(&records[parent], parts.iter().map(|&part| &records[part]));
        for part in parts {
            let moved_in = is_moved_in(&records[part]) && !is_moved_in(&records[parent]);
            parents[begin + part] = Some(Parent { place: begin + parent, moved_in, adds_up });
        }
    }
}

fn is_numbered(record: &Record) -> bool {
    record.entry(Field::Number).is_some_and(|entry| !entry.text.trim().is_empty())
}

/// Whether the name begins with blanks or a dash.
fn is_moved_in(record: &Record) -> bool {
    let name = record.entry(Field::Name).map_or("", |entry| &entry.text);
    name.starts_with([' ', '\u{3000}', '-', '—', '–', '·', '•', '○', '▪']) || name.starts_with("其中")
}

/// Whether at least two parts' targets, or what is done of them, add up to the parent's.
fn add_up<'a>(parent: &Record, parts: impl Iterator<Item = &'a Record> + Clone) -> bool {
    let whole_and_parts = |of: fn(&Record) -> Option<&Quantity>| {
        let parts: Option<Vec<&Quantity>> = parts.clone().map(of).collect();
        Some((of(parent)?, parts.filter(|parts| parts.len() > 1)?))
    };
    let targets = whole_and_parts(|record| record.values.target.as_ref());
    let done = whole_and_parts(|record| record.values.done.as_ref());
    [targets, done].into_iter().flatten().any(|(whole, parts)| is_sum(whole, &parts))
}

fn is_sum(whole: &Quantity, parts: &[&Quantity]) -> bool {
    /// Figures are rounded when they are written.
    const ROUNDED: f64 = 0.005;
    let same_unit = parts.iter().all(|part| part.unit == whole.unit);
    let sum: f64 = parts.iter().map(|part| part.value).sum();
    same_unit && whole.value > 0.0 && (sum - whole.value).abs() <= ROUNDED * whole.value
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::location::CellRef;
    use crate::records::record::Entry;
    use crate::records::values::{self, Values};
    use crate::workbooks::Value;

    fn record(row: u32, cells: [&str; 3]) -> Record {
        let fields = [Field::Number, Field::Name, Field::Target];
        let filled = (0..).zip(fields.into_iter().zip(cells)).filter(|(_, (_, text))| !text.is_empty());
        let entry = |(column, (field, text)): (u32, (Field, &str))| Entry {
            field: Some(field),
            title: String::new(),
            at: CellRef::new(row, column),
            text: text.to_owned(),
            value: Value::Text(text.to_owned().into()),
            unit: None,
            shared: false,
        };
        let entries: Vec<Entry> = filled.map(entry).collect();
        Record {
            sheet: 0,
            at: CellRef::new(row, 0),
            side_by_side: false,
            values: values::read(&entries, None),
            entries,
            headings: Vec::new(),
            group: row as usize,
            key: None,
            blanks: Vec::new(),
            counted: true,
        }
    }

    fn found(rows: &[[&str; 3]]) -> Vec<Option<Parent>> {
        parents(&(0..).zip(rows).map(|(row, cells)| record(row, *cells)).collect::<Vec<_>>())
    }

    #[test]
    fn rows_without_number_are_parts_of_the_numbered_one_above() {
        let found = found(&[
            ["1", "大项目滚动推进", "1.2"],
            ["", "  牧场二期", "0.7"],
            ["", "  候船楼翻新", "0.5"],
            ["2", "农业增加值", "5"],
            ["3", "粮食安全", ""],
            ["", "旱地番薯", "30"],
        ]);
        let part = |place, moved_in, adds_up| Some(Parent { place, moved_in, adds_up });
        assert_eq!(found, [None, part(0, true, true), part(0, true, true), None, None, part(4, false, false)]);
    }

    #[test]
    fn where_nothing_is_numbered_only_a_name_that_is_moved_in_tells() {
        let found = found(&[["", "农村公路", ""], ["", "　其中：环岛路", ""], ["", "供水统管", ""]]);
        assert_eq!(found.iter().map(|parent| parent.map(|parent| parent.place)).collect::<Vec<_>>(), [None, Some(0), None]);
    }

    #[test]
    fn no_rows_have_no_parents() {
        assert!(found(&[]).is_empty() && Values::default().target.is_none());
    }
}
