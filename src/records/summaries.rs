//! What later stages need to know of the sheets and tables of a workbook.

use std::collections::BTreeMap;

use super::ledger;
use super::submission::{SheetSummary, TableSummary, WrittenTotal};
use crate::tables::{RowRole, SheetLayout, Table};
use crate::workbooks::Workbook;

/// The sheets of a workbook and their tables.
pub(super) fn sheet_summaries(workbook: &Workbook, layouts: &[SheetLayout], visible: bool) -> Vec<SheetSummary> {
    layouts
        .iter()
        .map(|layout| {
            let sheet = &workbook.sheets[layout.sheet];
            SheetSummary {
                name: sheet.name.clone(),
                hidden: sheet.hidden,
                counted: !(sheet.hidden && visible),
                cells: ledger::non_blank(sheet).count(),
                tables: layout.tables.iter().map(table_summary).collect(),
            }
        })
        .collect()
}

/// What later stages need to know of a table.
fn table_summary(table: &Table) -> TableSummary {
    TableSummary {
        region: table.region,
        header_rows: table.header_rows.clone(),
        columns: table.columns.clone(),
        // Where tasks stand across the table, each row holds records of several, and a total is the sum of one column alone.
        totals: if table.across.is_empty() { totals(table) } else { Vec::new() },
    }
}

/// The totals of a table: a subtotal sums the records since the last heading or subtotal, a total amid
/// the records those since the last total, any other all of them.
fn totals(table: &Table) -> Vec<WrittenTotal> {
    let records: Vec<u32> = table.rows.iter().filter(|row| row.role == RowRole::Record).map(|row| row.row).collect();
    let last_record = records.last().copied().unwrap_or(0);
    // A 合计 with records above and below it closes rows above it, maybe of several sections.
    let inside = |row: u32| row < last_record && records.first().is_some_and(|first| *first < row);
    let mut starts: BTreeMap<usize, u32> = BTreeMap::new();
    let (mut start, mut closed) = (0, 0);
    for (index, row) in table.rows.iter().enumerate() {
        match row.role {
            _ if row.counts_only => {}
            RowRole::Total if inside(row.row) => {
                starts.insert(index, closed);
                (start, closed) = (row.row, row.row);
            }
            RowRole::Subtotal => {
                starts.insert(index, start);
                start = row.row;
            }
            RowRole::Section => start = row.row,
            _ => {}
        }
    }
    let mut totals = Vec::new();
    for (index, row) in table.rows.iter().enumerate().filter(|(_, row)| !row.counts_only) {
        let summed: Vec<u32> = match row.role {
            RowRole::Subtotal | RowRole::Total if starts.contains_key(&index) => {
                let start = starts.get(&index).copied().unwrap_or(0);
                records.iter().copied().filter(|record| *record >= start && *record < row.row).collect()
            }
            RowRole::Total => records.clone(),
            _ => continue,
        };
        if let Some((first, last)) = summed.first().zip(summed.last()) {
            totals.push(WrittenTotal { row: row.row, first_row: *first, last_row: *last });
        }
    }
    totals
}
