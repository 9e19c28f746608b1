//! Which cards have their labels side by side in rows: two rows of them, or a label with its value in each cell?

use super::labels::Labels;
use super::{LABELS_BELOW_EACH_OTHER, TITLES_OF_A_HEADER, WIDEST, is_row_of_values};
use crate::list::Field;
use crate::tables::grid::Grid;
use crate::tables::rows::REPORTED;

/// Whether a row of labels has its values below it, and below them other labels with theirs: two lines of a card.
pub(super) fn has_second_labels(grid: &Grid, labels: &Labels, row: u32) -> bool {
    let are_labels = |row: u32| {
        let cells = grid.row(row);
        (2..TITLES_OF_A_HEADER).contains(&cells.len()) && cells.iter().all(|seen| labels.of(seen).is_some())
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

/// The column of the task in rows in which each cell holds a label with its value: 任务:粮食安全 │ 完成:80亩 │ 状态:推进中.
pub(super) fn labelled_in_cells(grid: &Grid, labels: &Labels) -> Option<u32> {
    let of_row = |row: u32| {
        let cells = grid.row(row);
        let inside = cells.iter().take(WIDEST).map(|seen| labels.inside(seen));
        let fields: Option<Vec<Field>> =
            inside.map(|inside| inside.and_then(|(meaning, _)| meaning.fields.first().copied())).collect();
        let fields = fields.filter(|fields| fields.len() >= LABELS_BELOW_EACH_OTHER)?;
        let names = fields.first().is_some_and(|field| matches!(field, Field::Name | Field::Content));
        (names && fields.iter().any(|field| REPORTED.contains(field))).then(|| cells[0].left())
    };
    let mut rows = grid.used_rows().filter_map(of_row);
    let first = rows.next()?;
    (rows.filter(|column| *column == first).count() + 1 >= LABELS_BELOW_EACH_OTHER).then_some(first)
}
