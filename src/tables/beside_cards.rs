//! Do cards stand beside a table, behind a blank column?
//!
//! ```text
//!  序号 │ 任务名称   │ 累计  │ 进展情况   │   │ 事项一
//!   9   │ 县域GDP    │ 10.4  │ …          │   │ 任务 │ 重大项目建设
//!  10   │ 农业增加值 │ 1.1   │ …          │   │ 完成 │ 5.2亿元
//!                                           │   │ 状态 │ 推进中
//! ```
//!
//! Read as one form, either would swallow the rows of the other.

use super::bands::bands_of_width;
use super::cards;
use super::grid::Grid;
use super::layout::Knowledge;
use super::table::{RowRole, Table};
use crate::list::Field;

/// A card is two columns wide at least.
const NARROWEST: u32 = 2;
/// Records that a table must have beside cards.
const FEWEST_RECORDS: usize = 2;

/// The tables and the cards of a sheet on which both stand side by side; `tables_of` finds the tables of some columns.
/// Of several blank columns that one parts them which leaves the most records.
pub(super) fn find(grid: &Grid, knowledge: &Knowledge, tables_of: impl Fn(&Grid) -> Vec<Table>) -> Option<Vec<Table>> {
    let bands = bands_of_width(grid, NARROWEST);
    let (first, last) = bands.first().zip(bands.last())?;
    let mut best: Option<(usize, Vec<Table>)> = None;
    for pair in bands.windows(2) {
        let left = grid.of_columns(first.0, pair[0].1);
        let right = grid.of_columns(pair[1].0, last.1);
        for (table_side, card_side) in [(&left, &right), (&right, &left)] {
            let Some(cards) = cards_of(card_side, knowledge) else { continue };
            if cards::find(table_side, knowledge).is_some() {
                continue;
            }
            let mut tables = tables_of(table_side);
            if tables.iter().map(records).sum::<usize>() < FEWEST_RECORDS {
                continue;
            }
            tables.push(cards);
            let all = tables.iter().map(records).sum();
            if best.as_ref().is_none_or(|(most, _)| all > *most) {
                best = Some((all, tables));
            }
        }
    }
    let (_, mut tables) = best?;
    for table in &mut tables {
        table.side_by_side = true;
    }
    tables.sort_by_key(|table| (table.region.first.column, table.region.first.row));
    Some(tables)
}

/// The number of records of a table.
fn records(table: &Table) -> usize {
    table.rows.iter().filter(|row| row.role == RowRole::Record).count()
}

/// The cards in some columns: several, or one of an official task. Labels beside a table may also explain its columns or
/// count its states.
fn cards_of(part: &Grid, knowledge: &Knowledge) -> Option<Table> {
    let cards = cards::find(part, knowledge)?;
    let tasks = cards.cards.iter().flat_map(|card| &card.pairs);
    let tasks = tasks.filter(|pair| pair.filled && pair.field == Some(Field::Name));
    let names = tasks.filter_map(|pair| part.sheet.cell(pair.value));
    let official = names.filter(|cell| knowledge.official.is_task(&cell.text)).count();
    (records(&cards) >= 1 && official >= 1 && official * 2 >= records(&cards)).then_some(cards)
}
