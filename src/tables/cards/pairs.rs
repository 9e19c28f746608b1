//! Which labels stand in a row of a card, and which value belongs to each: beside it, below it, or in the same cell?

use super::boxes::choice;
use super::labels::Labels;
use super::rows_of_labels::has_second_labels;
use super::{WIDEST, stands_over_card};
use crate::list::Field;
use crate::location::CellRef;
use crate::tables::grid::{Grid, Seen};
use crate::tables::outside::{is_open_label, is_signature};
use crate::tables::text::{is_status_word, length, plain, quoted};
use crate::tables::vocabulary::Meaning;

/// A label with its value.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Pair {
    pub(super) field: Option<Field>,
    /// All that the title may mean, likeliest first.
    pub(super) meanings: Vec<Field>,
    pub(super) title: String,
    pub(super) unit: Option<String>,
    /// The label's cell.
    pub(super) label: CellRef,
    /// The value's cell: the same where one cell holds `label:value`; a blank place where nothing was filled in.
    pub(super) value: CellRef,
    /// Whether something was filled in.
    pub(super) filled: bool,
}

impl Pair {
    /// The pair of a label and what it means; its value stands in a cell, or is missing at a blank place.
    pub(super) fn of(label: &Seen, meaning: Meaning, value: Result<CellRef, CellRef>) -> Self {
        Self {
            field: meaning.fields.first().copied(),
            meanings: meaning.fields,
            title: quoted(&label.cell.text).trim_end_matches([':', '：']).to_owned(),
            unit: meaning.unit,
            label: label.cell.at,
            value: value.unwrap_or_else(|blank| blank),
            filled: value.is_ok(),
        }
    }
}

/// The pairs of one row, left to right. In the second column of labels, if there is one, every text is a label.
pub(super) fn pairs_of_row(grid: &Grid, labels: &Labels, row: u32, second_labels: Option<u32>) -> Vec<Pair> {
    let cells = grid.row(row);
    if let Some(bar) = labels.bar_over_card(grid, row) {
        let name = Meaning { fields: vec![Field::Name], ..Meaning::own() };
        let blank = CellRef::new(row, bar.right() + 1);
        let title = Field::Name.title().to_owned();
        return vec![Pair { title, label: blank, ..Pair::of(&bar, name, Ok(bar.cell.at)) }];
    }
    let second = || row.checked_sub(2).is_some_and(|upper| has_second_labels(grid, labels, upper));
    if cells.len() >= 2 && cells.len() <= WIDEST && (stands_over_card(grid, labels, row) || second()) {
        return pairs_with_values_below(grid, labels, row);
    }
    let mut pairs = Vec::new();
    let mut index = 0;
    // Where labels hold their values in their own cells, one that waits for its value has none.
    let in_cells = cells.iter().take(WIDEST).filter(|seen| labels.inside(seen).is_some()).count() >= 2;
    while index < cells.len().min(WIDEST) {
        let seen = &cells[index];
        index += 1;
        if let Some((meaning, title)) = labels.inside(seen) {
            pairs.push(Pair { title, ..Pair::of(seen, meaning, Ok(seen.cell.at)) });
            continue;
        }
        let of_second = || (second_labels == Some(seen.left())).then(|| labels.told_by_place(seen));
        let Some(meaning) = labels.of(seen).or_else(of_second) else { continue };
        let beside = CellRef::new(row, seen.right() + 1);
        if let Some(choice) = choice(&cells[index..]) {
            index += choice.cells;
            pairs.push(Pair::of(seen, meaning, choice.chosen.ok_or(beside)));
            continue;
        }
        let next = cells.get(index).filter(|next| next.left() == beside.column);
        let in_own_cell = in_cells && labels.waiting(seen).is_some() && is_filled_elsewhere(grid, labels, seen);
        let next = next.filter(|next| !in_cells || !in_own_cell && labels.inside(next).is_none());
        let value = next.filter(|next| !labels.is_label(next) || is_status_word(next.plain()));
        index += usize::from(value.is_some());
        let below = || value_below(grid, labels, seen, cells.len() == 1);
        let value = value.map(|value| value.cell.at).or_else(below);
        let blank = if in_own_cell { seen.cell.at } else { beside };
        pairs.push(Pair::of(seen, meaning, value.ok_or(blank)));
    }
    pairs
}

/// Rows in which a label that waits for its value is looked for with one.
const ROWS_COMPARED: usize = 60;

/// Whether the label in a cell has its value in its own cell in another row: 情况: below 情况:路基完成.
fn is_filled_elsewhere(grid: &Grid, labels: &Labels, label: &Seen) -> bool {
    let title = label.plain();
    let title = title.trim_end_matches(':');
    grid.used_rows().take(ROWS_COMPARED).any(|row| {
        let mut cells = grid.row_between(row, label.left(), label.left());
        cells.any(|seen| labels.inside(&seen).is_some_and(|(_, other)| plain(&other) == title))
    })
}

/// The pairs of a row of labels with their values in the row below.
fn pairs_with_values_below(grid: &Grid, labels: &Labels, row: u32) -> Vec<Pair> {
    let pair = |seen: &Seen| {
        let meaning = labels.of(seen)?;
        let place = CellRef::new(row + 1, seen.left());
        Some(Pair::of(seen, meaning, grid.seen_at(place).map(|below| below.cell.at).ok_or(place)))
    };
    grid.row(row).iter().filter_map(pair).collect()
}

/// The value below a label that stands alone in its row: a long text over the whole width.
pub(super) fn value_below(grid: &Grid, labels: &Labels, seen: &Seen, alone: bool) -> Option<CellRef> {
    let row = seen.region.last.row + 1;
    let [below] = grid.row(row) else { return None };
    let text = below.plain();
    let is_label = labels.is_label(below) || labels.inside(below).is_some();
    // Below the last label of a card that nobody filled in stands the line for signatures.
    let signs = is_signature(text) || is_open_label(text);
    let fits = alone && below.left() <= seen.right() && length(text) >= 4 && !is_label && !signs;
    fits.then_some(below.cell.at)
}
