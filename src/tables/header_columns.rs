//! What is written over each column that the rows of a header cover?

use super::grid::{Grid, Seen};
use super::header::{HeaderColumn, MOST_COLUMNS};
use super::header_rows::{are_types, is_count, second_lines};
use super::outside::is_title;
use super::text::{length, quoted};
use crate::location::CellRef;

/// The titles over each column that the rows of a header cover.
pub(super) fn columns(grid: &Grid, rows: &[u32]) -> Vec<HeaderColumn> {
    let rows = if second_lines(grid, rows).is_empty() { rows } else { &rows[..rows.len() - 1] };
    let titled: Vec<u32> = {
        let counts = |texts: &[&str]| texts.iter().all(|text| is_count(text)) || are_types(texts);
        let counting = |row: u32| row != rows[0] && counts(&grid.texts(row));
        rows.iter().copied().filter(|row| !counting(*row)).collect()
    };
    let last = rows.last().copied().unwrap_or(0);
    let cells = titled.iter().flat_map(|row| grid.row(*row)).copied();
    let cells: Vec<Seen> = cells.filter(|seen| !is_written_beside(seen, last)).collect();
    let left = cells.iter().map(Seen::left).min().unwrap_or(0);
    let right = cells.iter().map(Seen::right).max().unwrap_or(0);
    // A title merged over many blank columns must not make a column of each of them.
    let right = right.min(left + 2 * u32::try_from(MOST_COLUMNS).unwrap_or(256));
    let beside = |column: u32| {
        let seen = grid.seen_at(CellRef::new(rows[0], column));
        seen.is_some_and(|seen| is_written_beside(&seen, last))
    };
    (left..=right).filter(|column| !beside(*column)).filter_map(|column| column_titles(grid, &titled, column)).collect()
}

/// Whether a cell in the rows of a header is the form's own title, written downwards beside the table.
fn is_written_beside(seen: &Seen, last_header_row: u32) -> bool {
    let text = seen.plain();
    let dated = length(text) >= 8 && (text.contains("季度") || text.contains('年'));
    seen.width() == 1 && seen.region.last.row >= last_header_row + 2 && (is_title(text) || dated)
}

/// The titles over one column; `None` where nobody wrote one.
fn column_titles(grid: &Grid, rows: &[u32], column: u32) -> Option<HeaderColumn> {
    let mut path: Vec<String> = Vec::new();
    let mut at: Option<CellRef> = None;
    for (index, row) in rows.iter().enumerate() {
        let here = grid.seen_at(CellRef::new(*row, column));
        let seen = here.or_else(|| title_to_the_left(grid, &rows[index..], column));
        let Some(seen) = seen else { continue };
        if at != Some(seen.cell.at) {
            path.push(quoted(&seen.cell.text));
            at = Some(seen.cell.at);
        }
    }
    at.map(|at| HeaderColumn { column, path, at })
}

/// The title that a blank place of an upper header row belongs to, where the file has no merged regions (csv): the
/// nearest one to the left, if subtitles stand below both and everything between.
fn title_to_the_left<'s>(grid: &Grid<'s>, rows: &[u32], column: u32) -> Option<Seen<'s>> {
    let (row, below) = rows.split_first()?;
    let has_subtitle = |column: u32| below.iter().any(|row| grid.seen_at(CellRef::new(*row, column)).is_some());
    let mut here = column;
    while has_subtitle(here) {
        if let Some(seen) = grid.seen_at(CellRef::new(*row, here)) {
            return Some(seen);
        }
        here = here.checked_sub(1)?;
    }
    None
}
