//! What does a person see at a place of a sheet? Non-blank cells by row, with merged regions at hand.

use std::collections::{BTreeMap, BTreeSet};

use super::cell_text::CellTexts;
use super::marks::Marks;
use super::text::is_looked_at_as_a_whole;
use crate::list::Key;
use crate::location::{CellRef, Region};
use crate::workbooks::{Cell, Sheet, Value};

/// Rows of merged regions that are looked at in one sheet. A real form has some thousands; beyond it somebody built
/// the file to exhaust us, and the regions that come later in the file are taken as single cells.
const MERGED_ROWS_LIMIT: usize = 1_000_000;

/// Merged regions looked at to the left of a place. Regions of a sound file never overlap, so that the nearest one
/// decides; a damaged file gets a few more looks, not a search through all of them.
const OVERLAPS_LOOKED_AT: usize = 8;

/// A sheet as it is read by the layout: blank cells and hidden keys left out, merged regions indexed by row.
pub(crate) struct Grid<'s> {
    /// The sheet itself.
    pub(crate) sheet: &'s Sheet,
    /// Non-blank cells that are nobody's leftover under a merged region, row by row, left to right.
    cells: Vec<Seen<'s>>,
    /// Rows in which such a cell begins, ascending, and where their cells begin among all.
    rows: Vec<(u32, usize)>,
    /// Merged regions that touch a row, by row, for the rows between the first and last non-blank ones.
    merged: BTreeMap<u32, Vec<Region>>,
    /// Non-blank cells that lie under a merged region whose upper left cell is another one.
    leftovers: Vec<&'s Cell>,
    /// Cells that hold hidden keys.
    keys: Vec<&'s Cell>,
}

/// A non-blank cell and the place it covers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seen<'s> {
    /// The cell.
    pub(crate) cell: &'s Cell,
    /// Its merged region, or its own place.
    pub(crate) region: Region,
    /// Its text in plain form.
    plain: &'s str,
    /// The marks in that.
    pub(super) marks: Marks,
}

impl<'s> Seen<'s> {
    /// Its text in the form in which titles are compared and roles are told, see [`plain`](super::text::plain).
    pub(crate) const fn plain(&self) -> &'s str {
        self.plain
    }

    /// Whether a colon of either width may stand in the cell. Both are one in the plain form, of which that is known; of a
    /// text that is too long to be looked at as a whole nothing is said.
    pub(super) fn may_hold_colon(&self) -> bool {
        !is_looked_at_as_a_whole(&self.cell.text) || self.marks.hold_colon()
    }

    /// A cell with a plain text that is not merged with others.
    #[cfg(test)]
    pub(crate) fn alone(cell: &'s Cell) -> Self {
        Self { cell, region: Region::new(cell.at, cell.at), plain: &cell.text, marks: Marks::of(&cell.text) }
    }

    /// First column it covers.
    pub(crate) const fn left(&self) -> u32 {
        self.region.first.column
    }

    /// Last column it covers.
    pub(crate) const fn right(&self) -> u32 {
        self.region.last.column
    }

    /// Number of columns it covers.
    pub(crate) const fn width(&self) -> u32 {
        self.region.last.column - self.region.first.column + 1
    }
}

/// Whether a cell holds nothing that a person sees. An uncalculated formula is not blank: something belongs there.
pub(crate) fn is_blank(cell: &Cell) -> bool {
    matches!(cell.value, Value::Text(_)) && cell.text.chars().all(|c| c.is_whitespace() || is_invisible(c))
}

/// Characters that take no room: byte order mark, zero-width spaces and joiners.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{00ad}') || (c.is_control() && c != '\n')
}

impl<'s> Grid<'s> {
    /// Indexes a sheet with its plain texts.
    pub(crate) fn new(sheet: &'s Sheet, texts: &'s CellTexts) -> Self {
        let merged = merged_by_row(sheet);
        let room = Vec::with_capacity(sheet.cells().len());
        let mut grid = Self { sheet, cells: room, rows: Vec::new(), merged, leftovers: Vec::new(), keys: Vec::new() };
        for (cell, plain, marks) in texts.with_cells(sheet) {
            if is_blank(cell) {
                continue;
            }
            if Key::looks_like(&cell.text) {
                grid.keys.push(cell);
                continue;
            }
            let region = grid.region_at(cell.at);
            if region.first == cell.at {
                grid.push(Seen { cell, region, plain, marks });
            } else {
                grid.leftovers.push(cell);
            }
        }
        grid
    }

    /// Adds the next cell.
    fn push(&mut self, seen: Seen<'s>) {
        let row = seen.cell.at.row;
        if self.rows.last().is_none_or(|(last, _)| *last < row) {
            self.rows.push((row, self.cells.len()));
        }
        self.cells.push(seen);
    }

    /// The cells that begin in a row, left to right.
    pub(crate) fn row(&self, row: u32) -> &[Seen<'s>] {
        let Some(place) = self.place_of(row) else { return &[] };
        let end = self.rows.get(place + 1).map_or(self.cells.len(), |(_, next)| *next);
        &self.cells[self.rows[place].1..end]
    }

    /// The place of a row among those in which a cell begins. It is near: only rows without a cell lie between where it
    /// would be if none was left out before it, and where if none was behind it.
    fn place_of(&self, row: u32) -> Option<usize> {
        let (first, last) = (self.rows.first()?.0, self.rows.last()?.0);
        let before = row.checked_sub(first)? as usize;
        let behind = last.checked_sub(row)? as usize;
        let lowest = (self.rows.len() - 1).saturating_sub(behind);
        let highest = before.min(self.rows.len() - 1);
        // In most sheets rows are left out at one end alone.
        if let Some(place) = [highest, lowest].into_iter().find(|place| self.rows[*place].0 == row) {
            return Some(place);
        }
        let place = self.rows[lowest..=highest].binary_search_by_key(&row, |(row, _)| *row).ok()?;
        Some(lowest + place)
    }

    /// The plain texts of the cells that begin in a row, left to right.
    pub(crate) fn texts(&self, row: u32) -> Vec<&'s str> {
        self.row(row).iter().map(Seen::plain).collect()
    }

    /// The cells that begin in a row and lie between two columns (both included), left to right.
    pub(crate) fn row_between(&self, row: u32, left: u32, right: u32) -> impl Iterator<Item = Seen<'s>> {
        self.row_within(row, left, right).iter().copied()
    }

    /// The same as a part of the row.
    pub(crate) fn row_within(&self, row: u32, left: u32, right: u32) -> &[Seen<'s>] {
        let cells = self.row(row);
        if cells.first().is_none_or(|first| left <= first.left())
            && cells.last().is_none_or(|last| last.left() <= right)
        {
            return cells;
        }
        let start = cells.partition_point(|seen| seen.left() < left);
        let end = cells.partition_point(|seen| seen.left() <= right).max(start);
        &cells[start..end]
    }

    /// The grid of some columns alone: cells that lie between two of them (both included).
    pub(crate) fn of_columns(&self, left: u32, right: u32) -> Self {
        let (sheet, merged) = (self.sheet, self.merged.clone());
        let mut part =
            Self { sheet, cells: Vec::new(), rows: Vec::new(), merged, leftovers: Vec::new(), keys: Vec::new() };
        let within = |seen: &&Seen| seen.left() >= left && seen.right() <= right;
        self.cells.iter().filter(within).for_each(|seen| part.push(*seen));
        part
    }

    /// Rows in which a cell begins, ascending.
    pub(crate) fn used_rows(&self) -> impl DoubleEndedIterator<Item = u32> {
        self.rows.iter().map(|(row, _)| *row)
    }

    /// The used rows from one to another, both included.
    pub(crate) fn used_rows_between(&self, first: u32, last: u32) -> impl DoubleEndedIterator<Item = u32> {
        let start = self.rows.partition_point(|(row, _)| *row < first);
        let end = self.rows.partition_point(|(row, _)| *row <= last).max(start);
        self.rows[start..end].iter().map(|(row, _)| *row)
    }

    /// The last used row.
    pub(crate) fn last_row(&self) -> Option<u32> {
        self.rows.last().map(|(row, _)| *row)
    }

    /// The merged region around a place, or the place itself.
    pub(crate) fn region_at(&self, at: CellRef) -> Region {
        let merged = self.merged.get(&at.row).and_then(|regions| {
            let after = regions.partition_point(|region| region.first.column <= at.column);
            regions[..after].iter().rev().take(OVERLAPS_LOOKED_AT).find(|region| region.contains(at))
        });
        merged.copied().unwrap_or(Region::new(at, at))
    }

    /// The cell that a person sees at a place, through merged regions.
    pub(crate) fn seen_at(&self, at: CellRef) -> Option<Seen<'s>> {
        self.beginning_at(at).or_else(|| {
            let first = self.region_at(at).first;
            if first == at { None } else { self.beginning_at(first) }
        })
    }

    /// The cell that begins at a place.
    fn beginning_at(&self, at: CellRef) -> Option<Seen<'s>> {
        let row = self.row(at.row);
        let index = row.binary_search_by_key(&at.column, Seen::left).ok()?;
        Some(row[index])
    }

    /// The cells from one row to another, both included, that hold hidden keys.
    pub(crate) fn keys_between(&self, first: u32, last: u32) -> &[&'s Cell] {
        let start = self.keys.partition_point(|cell| cell.at.row < first);
        let end = self.keys.partition_point(|cell| cell.at.row <= last).max(start);
        &self.keys[start..end]
    }

    /// Non-blank cells that lie hidden under a merged region.
    pub(crate) fn leftovers(&self) -> &[&'s Cell] {
        &self.leftovers
    }
}

/// Merged regions by the rows they touch, clipped to the rows that hold cells, left to right in each row.
fn merged_by_row(sheet: &Sheet) -> BTreeMap<u32, Vec<Region>> {
    let rows: BTreeSet<u32> = sheet.rows().into_iter().collect();
    let mut merged: BTreeMap<u32, Vec<Region>> = BTreeMap::new();
    let mut budget = MERGED_ROWS_LIMIT;
    for region in &sheet.merged {
        if region.first.row > region.last.row || region.first.column > region.last.column {
            continue;
        }
        let touched = rows.range(region.first.row..=region.last.row);
        for row in touched {
            let Some(rest) = budget.checked_sub(1) else { break };
            budget = rest;
            merged.entry(*row).or_default().push(*region);
        }
    }
    for regions in merged.values_mut() {
        regions.sort_by_key(|region| (region.first.column, region.first.row));
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_however_many_are_left_out() {
        for used in [&[0, 1, 2][..], &[5], &[0, 2, 3, 9, 10], &[4, 5, 6, 11], &[1, 11], &[]] {
            let cells = used.iter().map(|row| Cell::text(CellRef::new(*row, 1), "甲")).collect();
            let sheet = Sheet::new("填报表", cells);
            let texts = CellTexts::of(&sheet);
            let grid = Grid::new(&sheet, &texts);
            for row in 0..13 {
                let found: Vec<u32> = grid.row(row).iter().map(|seen| seen.cell.at.row).collect();
                let expected: &[u32] = if used.contains(&row) { &[row] } else { &[] };
                assert_eq!(found, expected, "{used:?} {row}");
            }
        }
    }
}
