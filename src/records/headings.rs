//! Which headings hold for a table before its first row?

use crate::list::Field;
use crate::tables::{Official, OutsideRole, SheetLayout, Table, one_line};
use crate::workbooks::Sheet;

/// Headings that hold for a table from its start: its title, where no column names the task; the last headings of the
/// table before (`before`: its place and those headings), where it goes on with the same titles.
pub(super) fn headings_above(
    sheet: &Sheet,
    layout: &SheetLayout,
    index: usize,
    before: Option<((usize, usize), &[String])>,
    official: &Official,
) -> Vec<String> {
    let table = &layout.tables[index];
    let names_task = table.columns.iter().any(|column| matches!(column.field, Some(Field::Name | Field::Content)));
    let earlier = index.checked_sub(1).map(|before| &layout.tables[before]);
    if !names_task {
        let start = earlier.map_or(0, |earlier| earlier.region.last.row);
        let between = layout.outside.iter().filter(|cell| (start..=table.region.first.row).contains(&cell.at.row));
        let titles = between.filter(|cell| matches!(cell.role, OutsideRole::Title | OutsideRole::Note));
        let nearest = titles.filter_map(|cell| sheet.cell(cell.at)).next_back();
        let of_sheet = official.is_task(&sheet.name).then(|| sheet.name.clone());
        return nearest.map(|cell| one_line(&cell.text)).or(of_sheet).into_iter().collect();
    }
    let captioned = earlier.is_some_and(|earlier| {
        let between = earlier.region.last.row..table.region.first.row;
        layout.outside.iter().any(|cell| cell.role == OutsideRole::Caption && between.contains(&cell.at.row))
    });
    let titles = |table: &Table| table.columns.iter().map(|column| column.title.clone()).collect::<Vec<_>>();
    let goes_on = earlier.is_some_and(|earlier| titles(earlier) == titles(table) && !table.side_by_side && !captioned);
    let same_sheet = before.filter(|(place, _)| goes_on && *place == (layout.sheet, index - 1));
    same_sheet.map(|(_, headings)| headings.to_vec()).unwrap_or_default()
}
