//! Which rows are parts of a row above them? Clerks leave their number blank, move their name in or repeat its
//! beginning, and their figures add up to that row's: `1 重大项目` above `　牧场二期`, `　候船楼翻新`; `盘活-小荆` above
//! `盘活-石浦`.

use crate::list::Field;
use crate::numeral::circled;
use crate::records::Record;
use crate::records::values::Quantity;

/// The row that another one is probably a part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Parent {
    /// Its place among the records.
    pub(super) place: usize,
    /// Whether name or number of the part show it: it is moved in, or begins like the parent's.
    pub(super) by_name: bool,
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

/// A record with what is written in it as name and number; each is held against several others.
struct Written<'a> {
    record: &'a Record,
    /// As it stands there.
    name: &'a str,
    /// Without what stands around it; blank where there is none.
    number: &'a str,
}

impl<'a> Written<'a> {
    fn new(record: &'a Record) -> Self {
        let text = |field: Field| record.entry(field).map_or("", |entry| &*entry.text);
        let mut number = text(Field::Number).trim();
        while let Some(rest) = number.strip_prefix("其中") {
            number = rest;
        }
        number = number.trim_matches(['-', '—', '－', '–', '：', ':', '/']);
        Self { record, name: text(Field::Name), number }
    }

    const fn is_numbered(&self) -> bool {
        !self.number.is_empty()
    }

    /// Whether the name begins with blanks or a dash.
    fn is_moved_in(&self) -> bool {
        self.name.starts_with([' ', '\u{3000}', '-', '—', '–', '·', '•', '○', '▪']) || self.name.starts_with("其中")
    }
}

fn parents_of_sheet(records: &[Record], begin: usize, parents: &mut [Option<Parent>]) {
    let rows: Vec<Written<'_>> = records.iter().map(Written::new).collect();
    let numbered = rows.iter().filter(|row| row.is_numbered()).count();
    // Where few rows are numbered, a blank number says nothing.
    let usually_numbered = numbered * 2 >= rows.len();
    let mut place = 0;
    while place < rows.len() {
        let parent = &rows[place];
        if usually_numbered && !parent.is_numbered() {
            place += 1;
            continue;
        }
        let below = &rows[place + 1..];
        let parts = &below[..below.iter().take_while(|row| is_part(row, parent, usually_numbered)).count()];
        let adds_up = add_up(parent.record, parts);
        for (part, row) in (begin + place + 1..).zip(parts) {
            parents[part] = Some(Parent { place: begin + place, by_name: by_name(row, parent), adds_up });
        }
        place += 1 + parts.len();
    }
}

/// Whether a row is probably a part of one above it.
fn is_part(row: &Written<'_>, parent: &Written<'_>, usually_numbered: bool) -> bool {
    let unnumbered = !row.is_numbered();
    row.record.headings == parent.record.headings
        && (unnumbered && (usually_numbered || row.is_moved_in())
            || begins_alike(row, parent)
            || is_numbered_below(row, parent))
}

/// Whether name or number of a part show that it is one.
fn by_name(part: &Written<'_>, parent: &Written<'_>) -> bool {
    part.is_moved_in() && !parent.is_moved_in() || begins_alike(part, parent) || is_numbered_below(part, parent)
}

/// Whether what stands before a dash or bracket in the name of a part is how the parent's name begins.
fn begins_alike(part: &Written<'_>, parent: &Written<'_>) -> bool {
    const SHORTEST: usize = 2;
    let Some((beginning, _)) = part.name.trim().split_once(['-', '—', '－', '–', '_', '：', ':', '·', '（', '('])
    else {
        return false;
    };
    let beginning = beginning.trim();
    beginning.chars().filter(|character| character.is_alphabetic()).count() >= SHORTEST
        && parent.name.trim().starts_with(beginning)
}

/// Whether the number of a part is the parent's with one more step (3.1, 3-1, 3① below 3), or only the part's stands in
/// brackets or a circle.
fn is_numbered_below(part: &Written<'_>, parent: &Written<'_>) -> bool {
    let (part, parent) = (part.number, parent.number);
    let is_circled = |c: char| circled(c).is_some();
    let stepped = part.strip_prefix(parent).is_some_and(|step| {
        step.starts_with(|c| is_circled(c) || ".．-—－–_(（、".contains(c)) && step.chars().any(char::is_numeric)
    });
    let apart = |number: &str| {
        number.starts_with(|c| is_circled(c) || matches!(c, '(' | '（')) || number.ends_with([')', '）'])
    };
    !parent.is_empty() && (stepped || apart(part) && !apart(parent))
}

/// Whether at least two parts' targets, or what is done of them, add up to the parent's.
fn add_up(parent: &Record, parts: &[Written<'_>]) -> bool {
    let whole_and_parts = |of: fn(&Record) -> Option<&Quantity>| {
        let parts: Option<Vec<&Quantity>> = parts.iter().map(|part| of(part.record)).collect();
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
    use crate::records::{Entry, values};
    use crate::workbooks::Value;

    fn record(row: u32, cells: [&str; 3]) -> Record {
        let fields = [Field::Number, Field::Name, Field::Target];
        let filled = (0..).zip(fields.into_iter().zip(cells)).filter(|(_, (_, text))| !text.is_empty());
        let entry = |(column, (field, text)): (u32, (Field, &str))| Entry {
            field: Some(field),
            title: "".into(),
            at: CellRef::new(row, column),
            text: text.into(),
            value: Value::Text(text.into()),
            unit: None,
            shared: false,
        };
        let entries: Vec<Entry> = filled.map(entry).collect();
        Record {
            at: CellRef::new(row, 0),
            values: values::read(&entries, None),
            entries,
            group: row as usize,
            ..Record::empty()
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
        let part = |place, by_name, adds_up| Some(Parent { place, by_name, adds_up });
        assert_eq!(found, [None, part(0, true, true), part(0, true, true), None, None, part(4, false, false)]);
    }

    #[test]
    fn where_nothing_is_numbered_only_a_name_that_is_moved_in_tells() {
        let found = found(&[["", "农村公路", ""], ["", "　其中：环岛路", ""], ["", "供水统管", ""]]);
        assert_eq!(
            found.iter().map(|parent| parent.map(|parent| parent.place)).collect::<Vec<_>>(),
            [None, Some(0), None]
        );
    }

    #[test]
    fn numbers_with_one_more_step_are_parts() {
        let places = |numbers: [&str; 4]| {
            let rows = numbers.map(|number| [number, "农村公路", ""]);
            found(&rows).into_iter().map(|parent| Some(parent?.place)).collect::<Vec<_>>()
        };
        assert_eq!(places(["3", "3.1", "3-2", "4"]), [None, Some(0), Some(0), None]);
        assert_eq!(places(["3", "（1）", "②", "4"]), [None, Some(0), Some(0), None]);
        assert_eq!(places(["1", "10", "11", "1.0"]), [None; 4]);
        assert_eq!(places(["(1)", "(2)", "(3)", "(4)"]), [None; 4]);
        assert_eq!(places(["1", "其中", "—", "2"]), [None, Some(0), Some(0), None]);
    }

    #[test]
    fn names_that_begin_alike_before_a_dash_belong_together() {
        let places = |rows: &[[&str; 3]]| found(rows).into_iter().map(|parent| Some(parent?.place)).collect::<Vec<_>>();
        let numbered =
            [["19", "盘活闲置", ""], ["20", "盘活-小荆", ""], ["21", "盘活—石浦", ""], ["22", "农民收入", ""]];
        assert_eq!(places(&numbered), [None, Some(0), Some(0), None]);
        assert_eq!(places(&[["1", "1-3号塘", ""], ["2", "1-5号塘", ""]]), [None, None]);
        assert!(found(&[]).is_empty());
    }
}
