//! Which headings hold for a table before its first row?

use std::sync::Arc;

use super::read::Segment;
use crate::list::Field;
use crate::location::CellRef;
use crate::tables::{Official, OutsideRole, SheetLayout, Table, names_table, one_line, plain};
use crate::workbooks::Sheet;

/// Headings that hold for a table from its start: its title, where no column names the task; the headings over the last
/// record of the table before, where it goes on with the same titles.
pub(super) fn headings_above(
    sheet: &Sheet,
    layout: &SheetLayout,
    index: usize,
    before: Option<&Segment>,
    official: &Official,
) -> Arc<[String]> {
    let table = &layout.tables[index];
    let names_task = table.told_with_task.is_some()
        || table.columns.iter().any(|column| matches!(column.field, Some(Field::Name | Field::Content)));
    let earlier = index.checked_sub(1).map(|before| &layout.tables[before]);
    let titles = layout.outside.iter().filter(|cell| matches!(cell.role, OutsideRole::Title | OutsideRole::Note));
    let over_own = |at: CellRef| (table.region.first.column..=table.region.last.column).contains(&at.column);
    if !names_task {
        let start = last_row_above(layout, index).unwrap_or(0);
        let between = titles.filter(|cell| (start..=table.region.first.row).contains(&cell.at.row));
        let between: Vec<CellRef> = between.map(|cell| cell.at).collect();
        // Of tables side by side each has its title over its own columns, or all have one.
        let own = between.iter().rev().find(|at| table.side_by_side && over_own(**at));
        // Beside the bar that names the task may stand the title of a list: 值班表.
        let in_last_row = |at: &&CellRef| between.last().is_some_and(|last| last.row == at.row);
        let named = |at: &&CellRef| sheet.cell(**at).is_some_and(|cell| names_table(&plain(&cell.text)));
        let bar = between.iter().filter(in_last_row).find(named);
        let nearest = own.or(bar).or(between.last()).and_then(|at| sheet.cell(*at));
        let of_sheet = official.is_task(&sheet.name).then(|| sheet.name.clone());
        return nearest.map(|cell| one_line(&cell.text)).or(of_sheet).into_iter().collect();
    }
    if table.side_by_side {
        // 附表1 农村养老服务 over the names of centres: they are what was done for that task.
        let mut above = titles.filter(|cell| cell.at.row + 1 == table.region.first.row && over_own(cell.at));
        let text = above.next().and_then(|cell| sheet.cell(cell.at)).map(|cell| one_line(&cell.text));
        return text.filter(|text| official.is_task(text) || names_table(&plain(text))).into_iter().collect();
    }
    let captioned = earlier.is_some_and(|earlier| {
        let between = earlier.region.last.row..table.region.first.row;
        layout.outside.iter().any(|cell| cell.role == OutsideRole::Caption && between.contains(&cell.at.row))
    });
    let titles = |table: &Table| table.columns.iter().map(|column| column.title.clone()).collect::<Vec<_>>();
    let goes_on = earlier.is_some_and(|earlier| titles(earlier) == titles(table) && !captioned);
    let same_sheet = before.filter(|before| goes_on && before.place == (layout.sheet, index - 1));
    same_sheet.and_then(|before| before.records.last()).map(|last| Arc::clone(&last.headings)).unwrap_or_default()
}

/// The last row of the tables above one: of those over its columns, where tables stand side by side.
fn last_row_above(layout: &SheetLayout, index: usize) -> Option<u32> {
    let table = &layout.tables[index];
    if !table.side_by_side {
        return index.checked_sub(1).map(|before| layout.tables[before].region.last.row);
    }
    let (first, last) = (table.region.first, table.region.last);
    let over = |other: &&Table| {
        let columns = other.region.first.column <= last.column && first.column <= other.region.last.column;
        columns && other.region.last.row < first.row
    };
    layout.tables.iter().filter(over).map(|other| other.region.last.row).max()
}
