//! Do rows of what was planned and rows of what was done stand below each other, told apart by a column of their own?
//!
//! ```text
//!  任务名称     │ 项目 │ 4月 │ 5月 │ 累计
//!  重大项目建设 │ 计划 │ 1   │ 1   │ 2
//!               │ 实绩 │ 1   │ 0.9 │ 1.9
//! ```

use super::record::Entry;
use super::segment::Segmenter;
use crate::list::Field;
use crate::location::CellRef;
use crate::tables::{RowRole, plain};

/// Words of the rows that say what was planned.
const PLANNED: [&str; 8] = ["计划", "目标", "应完成", "计划数", "目标数", "计划完成", "任务", "任务数"];
/// Words of the rows that say what was done.
const DONE: [&str; 9] = ["实际", "完成", "实绩", "实际完成", "实完成", "实际数", "完成数", "已完成", "实际值"];

impl Segmenter<'_, '_> {
    /// The column that tells planned from done, where all its cells do.
    pub(super) fn column_of_kinds(&self) -> Option<u32> {
        let rows: Vec<u32> =
            self.table.rows.iter().filter(|row| row.role == RowRole::Record).map(|row| row.row).collect();
        let word = |row: u32, column: u32| {
            let seen = self.grid.seen_at(CellRef::new(row, column))?;
            (seen.cell.text.len() <= 40).then(|| plain(&seen.cell.text))
        };
        let tells = |column: u32| {
            let (mut planned, mut done) = (0, 0);
            for row in &rows {
                match word(*row, column) {
                    Some(word) if PLANNED.contains(&word.as_str()) => planned += 1,
                    Some(word) if DONE.contains(&word.as_str()) => done += 1,
                    _ => return false,
                }
            }
            planned > 0 && done > 0
        };
        let columns = self.table.columns.iter().filter(|column| column.field != Some(Field::Status));
        columns.map(|column| column.column).find(|column| tells(*column))
    }

    /// Takes the figures of a row that tells what was planned, and the words that tell the kinds apart, for columns of the
    /// township's own. Returns whether the row was of what was planned.
    pub(super) fn set_planned_apart(&self, row: u32, kinds: u32, entries: &mut [Entry]) -> bool {
        let seen = self.grid.seen_at(CellRef::new(row, kinds));
        let planned = seen.is_some_and(|seen| PLANNED.contains(&plain(&seen.cell.text).as_str()));
        for entry in entries {
            let figure = entry.field.is_some_and(|field| field.is_quantity() || field == Field::Rate);
            if entry.at.column == kinds || planned && figure && entry.at.row == row {
                entry.field = None;
            }
        }
        planned
    }
}
