//! Do the tasks stand about a sheet like tiles, with what was done around each, or below the state that they are in?
//!
//! ```text
//!  重大项目建设 │      │ 粮食安全  │           已完成   │ 推进中       │ 滞后
//!  推进中       │ 50%  │ 已完成    │ 100%      粮食安全 │ 重大项目建设 │ 景区村创建
//!  码头已结顶…  │      │ 复耕80亩… │           文明实践 │ 快递物流体系 │
//! ```

use std::collections::{BTreeMap, BTreeSet};

use super::{WIDEST, table};
use crate::list::Field;
use crate::location::CellRef;
use crate::tables::grid::{Grid, Seen};
use crate::tables::look::{Fit, Look};
use crate::tables::official::Official;
use crate::tables::rows::REPORTED;
use crate::tables::table::{Card, CardPair, RowRole, Table};
use crate::tables::text::{is_status_word, length, quoted};
use crate::tables::told_with_task::apart;

/// Rows in which two tasks must stand beside each other before tiles are looked for.
const ROWS_ASKED: usize = 12;
/// Rows of a sheet of tiles.
const MOST_ROWS: usize = 300;
/// Tiles that a sheet must have.
const FEWEST: usize = 4;
/// Longest name of a task, in characters.
const LONGEST_NAME: usize = 24;

/// The place of a cell in its tile: rows below the task, columns to its right.
type Offset = (u32, u32);

/// The tiles of a sheet as one table of cards; `None` where its tasks stand otherwise.
pub(crate) fn find(grid: &Grid, official: &Official) -> Option<Table> {
    if let Some(cards) = told_below_states(grid, official) {
        return table(grid, cards, true).map(in_tiles);
    }
    let is_task = |seen: &&Seen| names_task(seen, official);
    let beside = |row: u32| grid.row(row).len() <= WIDEST && grid.row(row).iter().filter(is_task).count() >= 2;
    if grid.used_rows().nth(MOST_ROWS).is_some() || !grid.used_rows().take(ROWS_ASKED).any(beside) {
        return None;
    }
    let tasks: Vec<Seen> = grid.used_rows().flat_map(|row| grid.row(row).iter().filter(is_task)).copied().collect();
    let columns: BTreeSet<u32> = tasks.iter().map(Seen::left).collect();
    let names: BTreeSet<&str> = tasks.iter().map(Seen::plain).collect();
    if tasks.len() < FEWEST || columns.len() < 2 || names.len() * 5 < tasks.len() * 4 {
        return None;
    }
    let cards = match cells_of_tiles(grid, &tasks, &columns)? {
        tiles if tiles.iter().all(Vec::is_empty) => below_states(grid, &tasks)?,
        tiles if are_in_rows(&tasks, &columns) => with_what_was_done(&tasks, &tiles)?,
        _ => return None,
    };
    table(grid, cards, true).map(in_tiles)
}

/// A table of tiles, with the reason for each.
fn in_tiles(mut table: Table) -> Table {
    for row in table.rows.iter_mut().filter(|row| row.role == RowRole::Record) {
        "任务一块一块排列，每一块是一条填报记录".clone_into(&mut row.why);
    }
    table
}

/// Whether nearly every row of tasks has one in each column: a heading beside a task may sound like one here and there.
fn are_in_rows(tasks: &[Seen], columns: &BTreeSet<u32>) -> bool {
    let rows: BTreeSet<u32> = tasks.iter().map(|task| task.cell.at.row).collect();
    let in_column = |column: &u32| tasks.iter().filter(|task| task.left() == *column).count();
    columns.iter().all(|column| in_column(column) * 3 + 1 >= rows.len() * 2)
}

/// Whether a cell is the name of an official task and nothing else.
fn names_task(seen: &Seen, official: &Official) -> bool {
    if seen.cell.text.len() > 4 * LONGEST_NAME {
        return false;
    }
    let text = seen.plain();
    (3..=LONGEST_NAME).contains(&length(text)) && !text.contains(['。', ',', ';', ':']) && official.is_name(text)
}

/// The other cells of each tile. A tile ends above and before the next task; the last one of a column is no higher than
/// those above it. `None` where no task stands below another.
fn cells_of_tiles<'s>(
    grid: &Grid<'s>,
    tasks: &[Seen<'s>],
    columns: &BTreeSet<u32>,
) -> Option<Vec<Vec<(Offset, Seen<'s>)>>> {
    let below = |task: &Seen| {
        let mine = tasks.iter().filter(|other| other.left() == task.left() && other.cell.at.row > task.cell.at.row);
        mine.map(|other| other.cell.at.row).min()
    };
    let highest = tasks.iter().filter_map(|task| Some(below(task)? - task.cell.at.row)).max()?;
    let tile = |task: &Seen<'s>| {
        let (row, left) = (task.cell.at.row, task.left());
        let last = below(task).unwrap_or(row + highest) - 1;
        let right = columns.range(left + 1..).next().map_or(u32::MAX, |next| next - 1);
        let cells = grid.used_rows_between(row, last).flat_map(|row| grid.row_between(row, left, right));
        let cells = cells.filter(|seen| seen.cell.at != task.cell.at);
        cells.map(|seen| ((seen.cell.at.row - row, seen.left() - left), seen)).collect()
    };
    Some(tasks.iter().map(tile).collect())
}

/// The cards of tasks that stand below the states that they are in.
fn below_states(grid: &Grid, tasks: &[Seen]) -> Option<Vec<Card>> {
    let first = tasks.iter().map(|task| task.cell.at.row).min()?;
    let state_over = |task: &Seen| {
        let row = grid.used_rows_between(0, first.checked_sub(1)?).next_back()?;
        grid.seen_at(CellRef::new(row, task.left())).filter(|seen| is_status_word(seen.plain()))
    };
    let card = |task: &Seen| {
        let state = state_over(task)?;
        Some(Card { pairs: vec![pair(Field::Name, task, task), pair(Field::Status, &state, &state)] })
    };
    tasks.iter().map(card).collect()
}

/// The cards of tasks that stand with what was done below the states that they are in, both in one cell.
fn told_below_states(grid: &Grid, official: &Official) -> Option<Vec<Card>> {
    let is_state = |seen: &Seen| is_status_word(seen.plain());
    let of_states = |row: &u32| grid.row(*row).len() >= 2 && grid.row(*row).iter().all(is_state);
    let states = grid.used_rows().take(ROWS_ASKED).find(of_states)?;
    if grid.used_rows().nth(MOST_ROWS).is_some() {
        return None;
    }
    let below: Vec<Seen> =
        grid.used_rows_between(states + 1, u32::MAX).flat_map(|row| grid.row(row)).copied().collect();
    let told = |seen: &Seen| {
        let state = grid.row(states).iter().find(|state| (state.left()..=state.right()).contains(&seen.left()))?;
        let (name, narrative) = apart(&seen.cell.text)?;
        let part = |field, text: &str| CardPair { written: Some(quoted(text)), ..pair(field, seen, seen) };
        let pairs = vec![part(Field::Name, name), part(Field::Progress, narrative), pair(Field::Status, state, state)];
        Some((official.is_name(name), Card { pairs }))
    };
    let cards: Vec<(bool, Card)> = below.iter().filter_map(told).collect();
    let named = cards.iter().filter(|(official, _)| *official).count();
    let all = cards.len() >= FEWEST && cards.len() * 3 >= below.len() * 2 && named * 3 >= cards.len();
    all.then(|| cards.into_iter().map(|(_, card)| card).collect())
}

/// The cards of tasks with what was done around them: each place of a tile holds the field that its cells look like.
fn with_what_was_done(tasks: &[Seen], tiles: &[Vec<(Offset, Seen)>]) -> Option<Vec<Card>> {
    let mut looks: BTreeMap<Offset, Look> = BTreeMap::new();
    for (offset, seen) in tiles.iter().flatten() {
        looks.entry(*offset).or_default().add_seen(seen);
    }
    let mut fields: BTreeMap<Offset, Field> = BTreeMap::new();
    for field in [Field::Status, Field::Rate, Field::Agencies, Field::Deadline, Field::Progress, Field::Done] {
        let fits = |look: &Look| match field {
            Field::Progress | Field::Done => look.fits(field) == Fit::Good,
            _ => look.is_plainly(field),
        };
        let free = looks.iter().filter(|(offset, _)| !fields.contains_key(offset));
        // A place that few tiles fill tells nothing of all.
        let place =
            free.filter(|(_, look)| look.cells * 3 >= tasks.len() * 2 && fits(look)).map(|(offset, _)| *offset).next();
        fields.extend(place.map(|place| (place, field)));
    }
    let told: Vec<&Field> = fields.values().filter(|field| REPORTED.contains(field)).collect();
    if told.is_empty() || told == [&Field::Done] {
        return None;
    }
    let cards = tasks.iter().zip(tiles).map(|(task, cells)| {
        let told = cells.iter().map(|(offset, seen)| match fields.get(offset) {
            Some(field) => pair(*field, task, seen),
            None => CardPair { field: None, title: String::new(), ..pair(Field::Remark, task, seen) },
        });
        Card { pairs: std::iter::once(pair(Field::Name, task, task)).chain(told).collect() }
    });
    Some(cards.collect())
}

/// The pair of a cell and the field that it holds.
fn pair(field: Field, label: &Seen, seen: &Seen) -> CardPair {
    let alone = label.cell.at == seen.cell.at;
    CardPair {
        field: Some(field),
        title: field.title().to_owned(),
        unit: None,
        label: label.cell.at,
        value: seen.cell.at,
        filled: true,
        written: alone.then(|| quoted(&seen.cell.text)),
    }
}
