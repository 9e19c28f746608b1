//! The records of a table in which the tasks are the titles of columns: one of each task in each row.

use std::sync::Arc;

use super::record::{Entry, Record};
use super::segment::Segmenter;
use crate::list::Field;
use crate::location::CellRef;
use crate::tables::{RowRole, TaskAcross};
use crate::workbooks::Value;

impl Segmenter<'_, '_> {
    /// The records from top to bottom, left to right. Those of one task are one group.
    pub(super) fn records_across(&self, next_group: &mut usize) -> Vec<Record> {
        let tasks = &self.table.across;
        let first_group = *next_group;
        *next_group += tasks.len();
        let mut records = Vec::new();
        let rows = self.table.rows.iter().enumerate().filter(|(_, row)| row.role == RowRole::Record);
        for (index, row) in rows {
            let whole = self.record(row, self.table.rows.get(index + 1), None);
            for (task, group) in tasks.iter().zip(first_group..) {
                records.extend(of_task(&whole, task, tasks).map(|record| Record { group, ..record }));
            }
        }
        records
    }
}

/// What one row says of one task: the cells below its title, and those that stand below no task; `None` where nothing
/// stands below it.
fn of_task(row: &Record, task: &TaskAcross, tasks: &[TaskAcross]) -> Option<Record> {
    let of_row = |column: u32| !tasks.iter().any(|task| task.covers(column));
    if !row.entries.iter().any(|entry| task.covers(entry.at.column)) {
        return None;
    }
    let written: Arc<str> = task.name.as_str().into();
    let name = Entry {
        field: Some(Field::Name),
        title: Field::Name.title().into(),
        at: task.at,
        text: Arc::clone(&written),
        value: Value::Text(written),
        unit: None,
        shared: true,
    };
    let own = row.entries.iter().filter(|entry| task.covers(entry.at.column) || of_row(entry.at.column));
    let own = own.map(|entry| Entry { shared: entry.shared || of_row(entry.at.column), ..entry.clone() });
    Some(Record {
        at: CellRef::new(row.at.row, task.left),
        entries: std::iter::once(name).chain(own).collect(),
        blanks: row.blanks.iter().filter(|(_, at)| task.covers(at.column)).copied().collect(),
        ..row.clone()
    })
}
