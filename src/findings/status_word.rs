//! Does the status say which of the four it is?

use std::collections::{BTreeMap, BTreeSet};

use super::context::{Context, Row, quote, shorten, title_of};
use super::finding::{Finding, Kind, Severity};
use crate::list::Field;
use crate::location::CellRef;
use crate::records::values::{Status, Unreadable};

pub(super) static BAD_STATUS: Kind = Kind {
    code: "bad-status",
    title: "状态读不出",
    severity: Severity::Warning,
    reports: "进展状态一格写的话，看不出是未启动、推进中、已完成、滞后中的哪一种，或者几种都写着。",
    matters: "这一项没有状态，不能按状态统计，灯号也只能标黄。",
    remedy: "请改为“未启动”“推进中”“已完成”“滞后”中的一个；情况写在“进展情况”栏。",
    example: "进展状态写“见附件”：改为“推进中”后消除。",
};

/// File, sheet and place of a column.
type Column<'a> = (&'a str, usize, u32);

/// Finds statuses that are none of the four.
pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let rows: Vec<Row<'_>> = context.rows().collect();
    let columns = columns_of_statuses(&rows);
    let alike = rows_by_word(&rows, &columns);
    let mut told = BTreeSet::new();
    for row in &rows {
        let Some(cell) = unreadable(row, &columns) else { continue };
        let others = alike.get(&key(row, cell)).map_or(&[][..], Vec::as_slice);
        // A word that the clerk uses everywhere is told once, with its rows; a cell that several rows share likewise.
        let place = if others.len() >= HABIT { others[0] } else { cell.at };
        if place == cell.at && told.insert(row.place(place)) {
            findings.push(status(row, cell, others));
        }
    }
}

/// From this many rows on, a word is the clerk's habit.
const HABIT: usize = 3;

/// File, sheet and word.
type Word<'a> = (&'a str, usize, &'a str);

fn key<'a>(row: &Row<'a>, cell: &'a Unreadable) -> Word<'a> {
    (row.submission.file.as_str(), row.record.sheet, cell.text.trim())
}

/// The cells that hold each word.
fn rows_by_word<'a>(rows: &[Row<'a>], columns: &BTreeSet<Column<'_>>) -> BTreeMap<Word<'a>, Vec<CellRef>> {
    let mut cells: BTreeMap<Word<'_>, Vec<CellRef>> = BTreeMap::new();
    for row in rows {
        if let Some(cell) = unreadable(row, columns) {
            let places = cells.entry(key(row, cell)).or_default();
            if places.last() != Some(&cell.at) {
                places.push(cell.at);
            }
        }
    }
    cells
}

/// The columns, by file, sheet and place, most of whose cells state one of the four statuses. In another column free
/// texts stand where we looked for statuses, and nobody is to blame.
fn columns_of_statuses<'a>(rows: &[Row<'a>]) -> BTreeSet<Column<'a>> {
    let mut cells: BTreeMap<Column<'_>, (usize, usize)> = BTreeMap::new();
    for row in rows {
        let Some(column) = status_column(row) else { continue };
        let (read, unread) = cells.entry(column).or_default();
        *read += usize::from(row.record.values.status.is_some());
        *unread += usize::from(unread_status(row).is_some());
    }
    cells.into_iter().filter(|(_, (read, unread))| read > unread).map(|(column, _)| column).collect()
}

fn status_column<'a>(row: &Row<'a>) -> Option<Column<'a>> {
    let column = row.record.entry(Field::Status)?.at.column;
    Some((row.submission.file.as_str(), row.record.sheet, column))
}

fn unread_status<'a>(row: &Row<'a>) -> Option<&'a Unreadable> {
    row.record.values.unreadable.iter().find(|cell| cell.field == Field::Status)
}

/// The row's status cell, where it is none of the four in a column of statuses.
fn unreadable<'a>(row: &Row<'a>, columns: &BTreeSet<Column<'_>>) -> Option<&'a Unreadable> {
    let cell = unread_status(row).filter(|_| row.record.values.status.is_none())?;
    columns.contains(&status_column(row)?).then_some(cell)
}

fn status(row: &Row<'_>, cell: &Unreadable, alike: &[CellRef]) -> Finding {
    let (title, text) = (title_of(row, Field::Status), shorten(&cell.text, 30));
    let words = Status::ALL.map(|status| format!("“{}”", status.word())).concat();
    let rows = if alike.len() >= HABIT {
        let numbers: Vec<String> = alike.iter().map(|at| at.row_number().to_string()).collect();
        format!("（第{}行都是）", numbers.join("、"))
    } else {
        String::new()
    };
    let message = format!("“{title}”写的是{}{rows}，看不出是哪一种状态，请改为{words}中的一个。", quote(&text));
    let finding = row.finding(&BAD_STATUS, cell.at, message).found(text).expected(words.clone());
    finding.fix(format!("改为{words}中的一个"))
}
