//! What does a cell of a record say, and in which unit?

use std::sync::Arc;

use super::record::Entry;
use super::segment::Segmenter;
use crate::list::Field;
use crate::tables::{
    Seen, TableColumn, TableRow, is_status_word, is_tick, leads_down, one_line, plain, told_below, told_under,
};
use crate::workbooks::Value;

/// The entry of a cell. A tick under the name of a state says that name.
pub(super) fn entry(column: &TableColumn, seen: Seen, shared: bool) -> Entry {
    let ticked = ticked_state(column, seen);
    Entry {
        field: column.field,
        title: Arc::clone(&column.title),
        at: seen.cell.at,
        value: ticked.as_ref().map_or_else(|| seen.cell.value.clone(), |state| Value::Text(Arc::clone(state))),
        text: ticked.unwrap_or_else(|| Arc::clone(&seen.cell.text)),
        unit: seen.cell.format_unit.clone().or_else(|| column.unit.clone()),
        shared,
    }
}

/// The state that a tick means: the lowest title over it (进展状态 › 滞后).
fn ticked_state(column: &TableColumn, seen: Seen) -> Option<Arc<str>> {
    if column.field != Some(Field::Status) || !is_tick(seen.plain()) {
        return None;
    }
    let state = column.title.rsplit('›').next()?;
    let plain_state = plain(state);
    (is_status_word(&plain_state) && !plain_state.starts_with("是否")).then(|| state.into())
}

/// Gives figures without a unit of their own the one of the unit column.
pub(super) fn give_units(entries: &mut [Entry]) {
    let unit = entries.iter().find(|entry| entry.field == Some(Field::Unit)).map(|entry| one_line(&entry.text));
    let unit: Option<Arc<str>> = unit.map(Arc::from);
    for entry in entries.iter_mut().filter(|entry| entry.field.is_some_and(Field::is_quantity) && entry.unit.is_none())
    {
        entry.unit.clone_from(&unit);
    }
}

impl Segmenter<'_, '_> {
    /// The entries of a line below a record that goes on with it: 进展:…, or 进展 │ …
    pub(super) fn told_below(&self, row: &TableRow) -> Vec<Entry> {
        let region = self.table.region;
        let mut cells: Vec<Seen> = self.grid.row_between(row.row, region.first.column, region.last.column).collect();
        if cells.len() >= 2 && leads_down(&cells[0].cell.text) {
            cells.remove(0);
        }
        let entry = |field: Field, title: &str, seen: &Seen, text: &str, value: Value| Entry {
            field: Some(field),
            title: title.into(),
            at: seen.cell.at,
            text: text.into(),
            value,
            unit: seen.cell.format_unit.clone(),
            shared: false,
        };
        let line_of = |seen: &Seen| {
            let mut lines = self.table.second_line.iter();
            lines.find(|line| (line.left, line.right) == (seen.left(), seen.right()))
        };
        if cells.iter().all(|seen| line_of(seen).is_some()) {
            let told = cells.iter().filter_map(|seen| Some((line_of(seen)?, seen)));
            let told =
                told.map(|(line, seen)| entry(line.field, &line.title, seen, &seen.cell.text, seen.cell.value.clone()));
            return told.collect();
        }
        let labelled = cells.iter().map(|seen| {
            let (field, told) = told_below(&seen.cell.text)?;
            Some(entry(field, field.title(), seen, told, Value::Text(told.into())))
        });
        if let Some(entries) = labelled.collect::<Option<Vec<Entry>>>() {
            return entries;
        }
        let aside = [Field::Contact, Field::Agencies, Field::Remark];
        // The rest of a sentence stands below its beginning.
        let told = [Field::Name, Field::Content, Field::Problem, Field::Plan];
        let in_place = |seen: &Seen| {
            self.table
                .column_at(seen.left())
                .and_then(|column| column.field)
                .is_some_and(|field| aside.contains(&field) || seen.width() == 1 && told.contains(&field))
        };
        if let [only] = cells.as_slice()
            && !in_place(only)
        {
            let (title, value) = (Field::Progress.title(), only.cell.value.clone());
            return vec![entry(Field::Progress, title, only, &only.cell.text, value)];
        }
        if cells.iter().all(|seen| told_under(&seen.cell.text).is_empty()) {
            let columns = cells.iter().filter_map(|seen| Some((self.table.column_at(seen.left())?, *seen)));
            return columns.map(|(column, seen)| self::entry(column, seen, false)).collect();
        }
        let mut entries = Vec::new();
        let mut open: Option<(&Seen, &[Field])> = None;
        for seen in &cells {
            let fields = told_under(&seen.cell.text);
            if !fields.is_empty() {
                open = Some((seen, fields));
            } else if let Some((label, [field, rest @ ..])) = open {
                // 问题及打算 │ 停车难 │ 增设车位
                entries.push(entry(
                    *field,
                    &one_line(&label.cell.text),
                    seen,
                    &seen.cell.text,
                    seen.cell.value.clone(),
                ));
                open = Some((label, if rest.is_empty() { std::slice::from_ref(field) } else { rest }));
            }
        }
        entries
    }
}
