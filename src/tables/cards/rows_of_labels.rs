//! Which cards have their labels side by side in rows: two rows of them, or a label with its value in each cell?

use std::collections::BTreeMap;

use super::labelled_row::TITLES_OF_A_HEADER;
use super::labels::Labels;
use super::{LABELS_BELOW_EACH_OTHER, WIDEST, is_row_of_values};
use crate::list::Field;
use crate::tables::grid::{Grid, Seen};
use crate::tables::rows::REPORTED;

/// Whether a row of labels has its values below it, and below them other labels with theirs: two lines of a card.
pub(super) fn has_second_labels(grid: &Grid, labels: &Labels, row: u32) -> bool {
    let are_labels = |row: u32| {
        let cells = grid.row(row);
        (2..TITLES_OF_A_HEADER).contains(&cells.len()) && cells.iter().all(|seen| labels.is_label(seen))
    };
    are_labels(row)
        && are_labels(row + 2)
        && grid.texts(row) != grid.texts(row + 2)
        && is_row_of_values(grid, labels, row + 1)
        && is_row_of_values(grid, labels, row + 3)
}

/// The column of the first label of cards of two lines of labels, where several such cards stand below each other.
pub(super) fn over_second_labels(grid: &Grid, labels: &Labels) -> Option<u32> {
    let mut cards = grid.used_rows().filter(|row| has_second_labels(grid, labels, *row));
    let first = cards.next()?;
    let again = cards.any(|row| grid.texts(row) == grid.texts(first) && grid.texts(row + 2) == grid.texts(first + 2));
    let fields = [first, first + 2].into_iter().flat_map(|row| grid.row(row)).filter_map(|seen| labels.of(seen));
    let fields: Vec<Field> = fields.filter_map(|meaning| meaning.fields.first().copied()).collect();
    let names = fields.iter().any(|field| matches!(field, Field::Name | Field::Content));
    let tells = fields.iter().any(|field| REPORTED.contains(field));
    (again && names && tells).then(|| grid.row(first)[0].left())
}

/// The column of the task in rows in which each cell holds a label with its value, or waits for it: 任务:粮食安全 │ 完成:80亩 │
/// 状态:推进中. One cell may hold something else, such as who sent it when: 12-30 09:31 单位:北岙镇.
pub(super) fn labelled_in_cells(grid: &Grid, labels: &Labels) -> Option<u32> {
    let mut rows: BTreeMap<u32, usize> = BTreeMap::new();
    for row in grid.used_rows() {
        rows.entry(task_in_cells(grid, labels, row).unwrap_or(u32::MAX)).and_modify(|rows| *rows += 1).or_insert(1);
    }
    rows.remove(&u32::MAX);
    rows.into_iter().find(|(_, rows)| *rows >= LABELS_BELOW_EACH_OTHER).map(|(column, _)| column)
}

/// The column of the task in one such row.
fn task_in_cells(grid: &Grid, labels: &Labels, row: u32) -> Option<u32> {
    let cells = grid.row(row);
    if !(LABELS_BELOW_EACH_OTHER..=WIDEST).contains(&cells.len()) {
        return None;
    }
    let mut filled = false;
    let mut meaning = |seen: &Seen| {
        let inside = labels.inside(seen).map(|(meaning, _)| meaning);
        filled |= inside.is_some();
        inside.or_else(|| labels.waiting(seen))
    };
    let mut told: Vec<(u32, Field)> = Vec::new();
    for (index, seen) in cells.iter().enumerate() {
        let field = meaning(seen).and_then(|meaning| meaning.fields.first().copied());
        told.extend(field.map(|field| (seen.left(), field)));
        // More than one cell holds something else.
        if told.len() + 1 < index + 1 {
            return None;
        }
    }
    let enough = told.len() >= LABELS_BELOW_EACH_OTHER && filled;
    let reports = told.iter().any(|(_, field)| REPORTED.contains(field));
    let opens = told.first().filter(|(_, field)| *field == Field::Content);
    let task = told.iter().find(|(_, field)| *field == Field::Name).or(opens);
    task.filter(|_| enough && reports).map(|(column, _)| *column)
}
