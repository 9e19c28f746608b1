//! Is a table turned on its side, with the labels on the left and one column for each task?

use std::collections::BTreeMap;

use super::blocks::card;
use super::{Pair, WIDEST, label, table, weigh_by_values};
use crate::list::Field;
use crate::location::CellRef;
use crate::tables::grid::{Grid, Seen};
use crate::tables::table::Table;
use crate::tables::text::{is_status_word, plain, quoted};
use crate::tables::vocabulary::{Meaning, Vocabulary};

/// The columns of values beside a column of labels, where each of them is a task: a table turned on its side.
pub(super) fn value_columns(grid: &Grid, vocabulary: &Vocabulary, column: u32) -> Option<Vec<u32>> {
    let labelled: Vec<u32> = grid
        .used_rows()
        .filter(|row| {
            let at = CellRef::new(*row, column);
            grid.seen_at(at).is_some_and(|seen| seen.region.first.row == *row && label(&seen, vocabulary).is_some())
        })
        .collect();
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for row in &labelled {
        // 已完成 is a value beside 状态, and a label of its own beside 年度目标.
        let beside = grid.seen_at(CellRef::new(*row, column)).and_then(|seen| label(&seen, vocabulary));
        let of_status = beside.is_some_and(|meaning| meaning.fields.contains(&Field::Status));
        for seen in grid.row_between(*row, column + 1, u32::MAX).take(WIDEST) {
            let status = of_status && is_status_word(&plain(&seen.cell.text));
            if label(&seen, vocabulary).is_some() && !status {
                return None;
            }
            *counts.entry(seen.left()).or_default() += 1;
        }
    }
    let columns: Vec<u32> =
        counts.iter().filter(|(_, count)| **count * 2 >= labelled.len()).map(|(column, _)| *column).collect();
    (columns.len() >= 2).then_some(columns)
}

/// The table of a sheet turned on its side: each column of values is a card.
pub(super) fn turned_table(grid: &Grid, vocabulary: &Vocabulary, column: u32, values: &[u32]) -> Option<Table> {
    let mut labels: Vec<Vec<(Seen, Meaning)>> = Vec::new();
    for row in grid.used_rows() {
        let Some(seen) = grid.row_between(row, column, column).next() else { continue };
        let Some(meaning) = label(&seen, vocabulary) else { continue };
        // Where the label of the task comes again, the next tasks stand below the first ones.
        let task = meaning.fields.first() == Some(&Field::Name);
        let again = |block: &Vec<(Seen, Meaning)>| {
            block.iter().any(|(_, earlier)| earlier.fields.first() == Some(&Field::Name))
        };
        if labels.last().is_none_or(|block| task && again(block)) {
            labels.push(Vec::new());
        }
        if let Some(block) = labels.last_mut() {
            block.push((seen, meaning));
        }
    }
    let mut blocks: Vec<Vec<Pair>> = Vec::new();
    for (block, value) in labels.iter().flat_map(|block| values.iter().map(move |value| (block, value))) {
        let mut pairs = Vec::new();
        for (seen, meaning) in block.iter().cloned() {
            let at = CellRef::new(seen.cell.at.row, *value);
            let cell = grid.seen_at(at);
            pairs.push(Pair {
                field: meaning.fields.first().copied(),
                meanings: meaning.fields,
                title: quoted(&seen.cell.text),
                unit: meaning.unit,
                label: seen.cell.at,
                value: cell.map_or(at, |cell| cell.cell.at),
                filled: cell.is_some(),
            });
        }
        blocks.push(pairs);
    }
    weigh_by_values(grid, &mut blocks);
    table(grid, blocks.into_iter().filter_map(card).collect(), true)
}
