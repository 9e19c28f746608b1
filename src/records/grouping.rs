//! Which columns group the records of a table, and which of their texts hold for a row?

use std::collections::BTreeMap;

use super::segment::Segmenter;
use crate::list::Field;
use crate::tables::{TableColumn, TableRow, is_grouping, one_line};

impl Segmenter<'_, '_> {
    /// The columns that may group records, with whether a title says so. One without a title, or with that of the tasks,
    /// groups where its cells are merged over several rows.
    pub(super) fn grouping_columns(&self) -> Vec<(&TableColumn, bool)> {
        let names = |column: &TableColumn| {
            let same = |other: &TableColumn| other.field == Some(Field::Name) && other.title == column.title;
            column.title.is_empty() || self.table.columns.iter().any(same)
        };
        let own = self.table.columns.iter().filter(|column| column.field.is_none());
        let grouping = own.map(|column| (column, is_grouping(&column.title)));
        grouping.filter(|(column, titled)| *titled || names(column)).collect()
    }

    /// The texts of grouping columns that hold for a row: a merged cell, one left blank below, or the row's own.
    pub(super) fn groups(
        &self,
        row: &TableRow,
        columns: &[(&TableColumn, bool)],
        last: &mut BTreeMap<u32, String>,
    ) -> Vec<String> {
        let cells = self.grid.row(row.row);
        for (column, titled) in columns {
            let Some(seen) = self.cell_of(row, cells, column) else { continue };
            if *titled || seen.region.last.row > seen.region.first.row {
                last.insert(column.column, one_line(&seen.cell.text));
            }
        }
        last.values().cloned().collect()
    }
}
