//! Do tasks stand beside each other in a row that has no label, with labels on the left of the rows below?
//!
//! ```text
//!            │ 重大项目建设 │ 粮食安全
//!  进展情况  │ 码头已结顶…  │ 复耕80亩…
//!  进展状态  │ 推进中       │ 已完成
//! ```

use super::blocks::card;
use super::labels::Labels;
use super::turned::{Lane, pairs_of_label};
use super::{Pair, WIDEST, table, tell_by_values, weigh_by_values};
use crate::list::Field;
use crate::location::CellRef;
use crate::tables::grid::{Grid, Seen};
use crate::tables::official::Official;
use crate::tables::rows::REPORTED;
use crate::tables::table::Table;
use crate::tables::text::{is_numeric, is_village};
use crate::tables::vocabulary::Meaning;

/// Rows in which the first tasks are looked for.
const ROWS_ASKED: usize = 12;
/// Rows of a sheet of this form.
const MOST_ROWS: usize = 300;
/// Labels that stand below each other at least.
const FEWEST_LABELS: usize = 2;

/// The tasks with what stands below each, as one table of cards; `None` where the sheet is none of that form.
pub(super) fn find(grid: &Grid, labels: &Labels, official: &Official) -> Option<Table> {
    let first = grid.used_rows().take(ROWS_ASKED).find(|row| is_of_tasks(grid.row(*row), official))?;
    let lanes: Vec<Lane> = grid.row(first).iter().map(|seen| (seen.left(), seen.right())).collect();
    let column = lanes.first()?.0.checked_sub(1)?;
    let mut blocks: Vec<Vec<Pair>> = Vec::new();
    let mut below: Vec<(Seen, Meaning)> = Vec::new();
    let mut tasks = first;
    let last = grid.last_row()?;
    for row in grid.used_rows_between(first + 1, last).take(MOST_ROWS) {
        if is_of_tasks(grid.row(row), official) {
            blocks.extend(blocks_below(grid, tasks, column, &lanes, &below));
            (tasks, below) = (row, Vec::new());
        } else if let Some(label) = label_of(grid, labels, row, column, &lanes) {
            below.push(label);
        }
    }
    let enough = below.len() >= FEWEST_LABELS && below.iter().any(|label| tells(grid, label, &lanes));
    blocks.extend(blocks_below(grid, tasks, column, &lanes, &below));
    if !enough {
        return None;
    }
    weigh_by_values(grid, &mut blocks);
    tell_by_values(grid, &mut blocks, official);
    table(grid, blocks.into_iter().filter_map(card).collect(), true)
}

/// Whether the cells of a row are the names of different official tasks, with room for a label before them.
fn is_of_tasks(cells: &[Seen], official: &Official) -> bool {
    let names: Vec<&str> = cells.iter().take(WIDEST + 1).map(|seen| &*seen.cell.text).collect();
    let distinct = (1..names.len()).all(|index| !names[..index].contains(&names[index]));
    (2..=WIDEST).contains(&names.len())
        && cells[0].left() > 0
        && names.iter().all(|name| name.len() <= 120 && official.is_name(name))
        && distinct
}

/// The label of a row, where half of the tasks have something beside it: a known one, or the township's own.
fn label_of<'s>(
    grid: &Grid<'s>,
    labels: &Labels,
    row: u32,
    column: u32,
    lanes: &[Lane],
) -> Option<(Seen<'s>, Meaning)> {
    let seen = grid.row_between(row, 0, column).last()?;
    let filled = lanes.iter().filter(|lane| grid.row_between(row, lane.0, lane.1).next().is_some()).count();
    let meaning = labels.known(&seen).or_else(|| labels.unknown(&seen))?;
    (filled * 2 >= lanes.len() && !is_village(seen.plain())).then_some((seen, meaning))
}

/// Whether what stands beside a label tells of the tasks: a label that we know, or values that are no figures.
fn tells(grid: &Grid, (label, meaning): &(Seen, Meaning), lanes: &[Lane]) -> bool {
    let figures = |lane: &Lane| {
        let value = grid.row_between(label.cell.at.row, lane.0, lane.1).next();
        value.is_none_or(|value| is_numeric(value.plain()))
    };
    meaning.fields.first().is_some_and(|field| REPORTED.contains(field)) || !lanes.iter().all(figures)
}

/// The pairs of each task of a row, its name first.
fn blocks_below(grid: &Grid, tasks: u32, column: u32, lanes: &[Lane], below: &[(Seen, Meaning)]) -> Vec<Vec<Pair>> {
    let block = |lane: &Lane| {
        let name = grid.row_between(tasks, lane.0, lane.1).next()?;
        let name = Pair {
            field: Some(Field::Name),
            meanings: vec![Field::Name],
            title: Field::Name.title().to_owned(),
            unit: None,
            label: CellRef::new(tasks, column),
            value: name.cell.at,
            filled: true,
        };
        let told = below.iter().flat_map(|(label, meaning)| pairs_of_label(grid, label, meaning, *lane, None));
        Some(std::iter::once(name).chain(told).collect())
    };
    lanes.iter().filter_map(block).collect()
}
