//! Where may the table of each header lie, and does it stand above its header?

use super::grid::Grid;
use super::header::Header;

/// Where a table may lie: its columns and the rows below its header.
pub(super) struct Place {
    pub(super) span: (u32, u32),
    pub(super) body: (u32, u32),
    pub(super) side_by_side: bool,
    /// Whether the table of the sheet before has its sentences broken over rows.
    pub(super) goes_on_broken: bool,
}

/// The place of each header's table: down to the next header over the same columns, sideways to its neighbours.
pub(super) fn places(grid: &Grid, headers: &[Header], goes_on_broken: bool) -> Vec<Place> {
    let last_row = grid.last_row().unwrap_or(0);
    let last_column = grid.sheet.extent().map_or(0, |extent| extent.last.column);
    let overlaps = |one: &Header, other: &Header| one.left() <= other.right() && other.left() <= one.right();
    let ends: Vec<u32> = headers
        .iter()
        .map(|header| {
            let below = headers.iter().filter(|other| other.first_row() > header.last_row() && overlaps(header, other));
            below.map(Header::first_row).min().map_or(last_row, |next| next - 1)
        })
        .collect();
    let beside = |one: usize, other: usize| {
        one != other && headers[one].first_row() <= ends[other] && headers[other].first_row() <= ends[one]
    };
    (0..headers.len())
        .map(|index| {
            let header = &headers[index];
            let neighbours = (0..headers.len()).filter(|other| beside(index, *other)).map(|other| &headers[other]);
            let (mut left, mut right, mut side_by_side) = (0, last_column, false);
            for neighbour in neighbours {
                if neighbour.right() < header.left() {
                    left = left.max(neighbour.right() + 1).max(header.left().min(neighbour.right() + 2));
                    side_by_side = true;
                } else if neighbour.left() > header.right() {
                    right = right.min(neighbour.left() - 1);
                    side_by_side = true;
                }
            }
            let left = if side_by_side && left > 0 { header.left() } else { left };
            Place {
                span: (left, right.max(left)),
                body: (header.last_row() + 1, ends[index]),
                side_by_side,
                goes_on_broken,
            }
        })
        .collect()
}

/// The rows above the only header of a sheet, where they fill its columns and none stand below it: some write the titles
/// at the foot.
pub(super) fn rows_above(grid: &Grid, header: &Header, place: &Place) -> Option<(u32, u32)> {
    let titled = header.columns.len();
    let fills = |row: &u32| grid.row_between(*row, place.span.0, place.span.1).count() * 2 > titled.max(2);
    if grid.used_rows_between(place.body.0, place.body.1).any(|row| fills(&row)) {
        return None;
    }
    let last = header.first_row().checked_sub(1)?;
    let filled: Vec<u32> = grid.used_rows_between(0, last).filter(fills).collect();
    (filled.len() >= FEWEST_ABOVE).then(|| (filled[0], last))
}

/// Rows that a header at the foot of a table must have above it.
const FEWEST_ABOVE: usize = 2;
