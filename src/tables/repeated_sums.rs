//! Does a table only repeat the sums of another sheet's table, one row for each of its parts?
//!
//! ```text
//!  sheet 1:  任务一:重大项目建设          sheet 2:  任务   │ 项目数 │ 计划合计 │ 已投合计
//!            停车楼 │ 3200 │ 900                    任务一 │ 2      │ 3660     │ 1360
//!            步道   │ 460  │ 460                    任务二 │ 3      │ 487      │ 275
//!            小计   │ 3660 │ 1360
//! ```

use std::collections::BTreeMap;

use super::around::outside;
use super::cell_text::CellTexts;
use super::grid::Grid;
use super::table::{Layout, RefusedHeader, RowRole, SheetLayout, Table};
use super::text::plain;
use crate::list::Field;
use crate::workbooks::{Sheet, Value, Workbook};

/// Rows of the longest table that is compared: a list of sums is short.
const MOST_ROWS: usize = 100;
/// Rows of the table whose sums may be repeated.
const MOST_SUMMED: usize = 2_000;
/// Rows of sums that must come again, and figures in each of them.
const FEWEST: usize = 2;

/// Refuses the tables that repeat the sums of another sheet's.
pub(super) fn refuse(workbook: &Workbook, layouts: &mut [SheetLayout]) {
    let tables = layouts.iter().map(|layout| layout.tables.len()).sum::<usize>();
    if !(2..=64).contains(&tables) {
        return;
    }
    let repeats = |sheet: usize, table: &Table| {
        let rows = rows_of_sums_alone(&workbook.sheets[sheet], table)?;
        let others = layouts.iter().filter(|layout| layout.sheet != sheet);
        let found = others.flat_map(|layout| layout.tables.iter().map(move |other| (layout.sheet, other))).any(
            |(sheet, other)| other.rows.len() <= MOST_SUMMED && are_sums_of(&rows, &workbook.sheets[sheet], other),
        );
        found.then_some(())
    };
    let mut refused: Vec<(usize, usize)> = Vec::new();
    for (place, layout) in layouts.iter().enumerate() {
        let of_sheet = layout.tables.iter().enumerate();
        let of_sheet = of_sheet.filter(|(_, table)| repeats(layout.sheet, table).is_some());
        refused.extend(of_sheet.map(|(index, _)| (place, index)));
    }
    for (place, index) in refused.into_iter().rev() {
        let layout = &mut layouts[place];
        let table = layout.tables.remove(index);
        let row = table.header_rows.first().copied().unwrap_or(table.region.first.row);
        let why = "各行的数都是另一张工作表里的小计，是汇总，不另作填报".to_owned();
        layout.refused.push(RefusedHeader { row, why });
        let sheet = &workbook.sheets[layout.sheet];
        layout.outside = outside(&Grid::new(sheet, &CellTexts::of(sheet)), &layout.tables);
    }
}

/// The figures of each record of a short table that tells nothing in words; `None` of any other.
fn rows_of_sums_alone(sheet: &Sheet, table: &Table) -> Option<Vec<Vec<f64>>> {
    let told = [Field::Status, Field::Progress, Field::Problem, Field::Plan];
    let tells = |field: Option<Field>| field.is_some_and(|field| told.contains(&field));
    let plain_rows = table.layout == Layout::Rows && table.across.is_empty() && table.rows.len() <= MOST_ROWS;
    if !plain_rows || table.columns.iter().any(|column| tells(column.field)) {
        return None;
    }
    let records = table.rows.iter().filter(|row| row.role == RowRole::Record);
    let rows: Vec<Vec<f64>> = records.map(|row| figures(sheet, table, row.row).into_values().collect()).collect();
    (rows.len() >= FEWEST && rows.iter().all(|row| row.len() >= FEWEST)).then_some(rows)
}

/// The figures of a row by their columns.
fn figures(sheet: &Sheet, table: &Table, row: u32) -> BTreeMap<u32, f64> {
    let columns = table.region.first.column..=table.region.last.column;
    let numbering = |column: u32| table.column_at(column).is_some_and(|column| column.field == Some(Field::Number));
    let cells = sheet.row(row).iter().filter(|cell| columns.contains(&cell.at.column) && !numbering(cell.at.column));
    let number = |value: &Value, text: &str| match value {
        Value::Number(number) => Some(*number),
        _ => plain(text).replace(',', "").parse().ok(),
    };
    cells.filter_map(|cell| Some((cell.at.column, number(&cell.value, &cell.text)?))).collect()
}

/// Whether figures are those of the parts of a table: of its subtotals, or of the records between two headings; a part
/// of one record needs no sum.
fn are_sums_of(rows: &[Vec<f64>], sheet: &Sheet, table: &Table) -> bool {
    if table.layout != Layout::Rows || table.rows.len() <= rows.len() {
        return false;
    }
    let mut sums: Vec<Vec<f64>> = Vec::new();
    let mut singles: Vec<Vec<f64>> = Vec::new();
    let mut part: BTreeMap<u32, f64> = BTreeMap::new();
    let mut records = 0;
    let mut close = |part: &mut BTreeMap<u32, f64>, records: &mut usize, sums: &mut Vec<Vec<f64>>| {
        let sum: Vec<f64> = std::mem::take(part).into_values().collect();
        match std::mem::take(records) {
            0 => {}
            1 => singles.push(sum),
            _ => sums.push(sum),
        }
    };
    for row in &table.rows {
        match row.role {
            RowRole::Record => {
                records += 1;
                for (column, figure) in figures(sheet, table, row.row) {
                    *part.entry(column).or_default() += figure;
                }
            }
            RowRole::Section | RowRole::Subtotal | RowRole::Total => {
                close(&mut part, &mut records, &mut sums);
                let own: Vec<f64> = figures(sheet, table, row.row).into_values().collect();
                sums.extend((row.role != RowRole::Section).then_some(own));
            }
            _ => {}
        }
    }
    close(&mut part, &mut records, &mut sums);
    let in_sums = rows.iter().filter(|row| sums.iter().any(|sum| holds(sum, row))).count();
    let in_any = rows.iter().filter(|row| sums.iter().chain(&singles).any(|sum| holds(sum, row))).count();
    in_sums >= FEWEST && in_sums * 2 >= rows.len() && in_any == rows.len()
}

/// Whether all figures of a row but one, which may be how many they are, stand among others, and not only zeros.
fn holds(sum: &[f64], row: &[f64]) -> bool {
    let same = |one: f64, other: f64| (one - other).abs() <= 1e-6 * one.abs().max(1.0);
    let among: Vec<f64> = row.iter().copied().filter(|figure| sum.iter().any(|other| same(*figure, *other))).collect();
    among.len() >= FEWEST && among.len() + 1 >= row.len() && among.iter().any(|figure| figure.abs() > 1e-9)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_figures_but_the_count_come_again() {
        assert!(holds(&[15660.0, 6960.0], &[3.0, 15660.0, 6960.0]) && holds(&[470.0, 130.0], &[470.0, 130.0]));
        assert!(!holds(&[470.0, 130.0], &[470.0, 13.0]) && !holds(&[0.0, 0.0], &[0.0, 0.0]));
        assert!(!holds(&[470.0, 130.0, 9.0], &[1.0, 2.0, 470.0, 130.0]));
    }
}
