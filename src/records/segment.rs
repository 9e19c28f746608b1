//! Which cells make up each record of a table, and which cells does it share with its neighbours?

use std::collections::BTreeMap;
use std::sync::Arc;

use super::attribution::key_in;
use super::entries::{entry, give_units};
use super::halves;
use super::parts::{is_code_below, is_marked_as_part, is_part_of_indicator, make_indicator_part, make_village};
use super::record::{Entry, Record};
use super::sharing::{give_silent_tasks_to_their_parts, share_what_is_spoken_once};
use super::states_in_headings::give_states;
use super::values::Values;
use crate::list::{Field, Key};
use crate::location::CellRef;
use crate::tables::{
    CardPair, Grid, Layout, Official, RowRole, Seen, Table, TableColumn, TableRow, is_blank, is_grouping, is_numeric,
    is_village, leads_down, one_line, plain,
};
use crate::workbooks::Value;

/// Fields that tell which task a row answers; they come from the list.
pub(super) const TASK_FIELDS: [Field; 4] = [Field::Number, Field::Name, Field::Content, Field::Agencies];

/// Makes the records of a table.
pub(crate) struct Segmenter<'a, 's> {
    /// The sheet.
    pub(crate) grid: &'a Grid<'s>,
    /// Index of the sheet in its workbook.
    pub(crate) sheet: usize,
    /// The table.
    pub(crate) table: &'a Table,
    /// Texts of the official list.
    pub(crate) official: &'a Official,
    /// Headings that hold for all of its records: those with which the table before went on, or its own title where
    /// no column names the task.
    pub(crate) headings: Arc<[String]>,
}

/// How a record came to belong to the group of the one above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joined {
    /// It begins a group.
    Alone,
    /// The task cell is merged over both.
    Merged,
    /// The task cell was left blank.
    Blank,
    /// It is a village under the task.
    Village,
}

impl Segmenter<'_, '_> {
    /// The records from top to bottom. `next_group` is the first unused number of a group.
    pub(crate) fn records(&self, next_group: &mut usize) -> Vec<Record> {
        if self.table.layout == Layout::Card {
            return self.cards(next_group);
        }
        if !self.table.across.is_empty() {
            return self.records_across(next_group);
        }
        let mut records: Vec<Record> = Vec::with_capacity(self.table.rows.len());
        let mut joined: Vec<Joined> = Vec::with_capacity(self.table.rows.len());
        let mut headings: Vec<(usize, String)> = self.headings.iter().cloned().enumerate().collect();
        let mut over_rows = Arc::clone(&self.headings);
        let grouping_columns = self.grouping_columns();
        let mut grouping: BTreeMap<u32, String> = BTreeMap::new();
        let mut previous: Option<usize> = None;
        let mut state = self.state_in_caption();
        let mut states: BTreeMap<u32, Entry> = BTreeMap::new();
        let kinds = self.column_of_kinds();
        for (index, row) in self.table.rows.iter().enumerate() {
            match row.role {
                RowRole::Section => {
                    self.push_heading(&mut headings, row);
                    over_rows = headings.iter().map(|(_, heading)| heading.clone()).collect();
                    let still = |state: &Entry| headings.iter().any(|(_, heading)| **heading == *state.title);
                    state = self.state_in_heading(row).or_else(|| state.filter(still));
                    grouping.clear();
                    previous = None;
                }
                RowRole::Subtotal | RowRole::Total => previous = None,
                RowRole::Record => {
                    let mut record = self.record(row, self.table.rows.get(index + 1), kinds);
                    states.extend(state.clone().map(|state| (row.row, state)));
                    let groups = self.groups(row, &grouping_columns, &mut grouping);
                    record.headings = match groups[..] {
                        [] => Arc::clone(&over_rows),
                        _ => over_rows.iter().cloned().chain(groups).collect(),
                    };
                    let how = previous.map_or(Joined::Alone, |above| self.join(&mut record, &records[above], row));
                    record.group = match previous {
                        Some(above) if how != Joined::Alone => records[above].group,
                        _ => {
                            *next_group += 1;
                            *next_group - 1
                        }
                    };
                    previous = Some(records.len());
                    records.push(record);
                    joined.push(how);
                }
                RowRole::Note if row.part => {
                    if let Some(record) = previous.and_then(|above| records.get_mut(above)) {
                        record.entries.extend(self.told_below(row));
                    }
                }
                RowRole::Header | RowRole::Note | RowRole::Empty => {}
            }
        }
        share_what_is_spoken_once(&mut records, &joined);
        give_silent_tasks_to_their_parts(&mut records, &mut joined);
        give_states(&mut records, &states);
        records
    }

    /// The records of cards: each is one, and stands where the task's name stands.
    fn cards(&self, next_group: &mut usize) -> Vec<Record> {
        let mut records = Vec::new();
        for (card, row) in self.table.cards.iter().zip(&self.table.rows) {
            if row.role != RowRole::Record {
                continue;
            }
            let mut named = [Field::Name, Field::Content, Field::Indicator].into_iter();
            let name = named.find_map(|field| card.pairs.iter().find(|pair| pair.field == Some(field)));
            let at = name.or(card.pairs.first()).map_or(CellRef::new(row.row, 0), |pair| pair.value);
            let filled = card.pairs.iter().filter(|pair| pair.filled);
            let mut entries: Vec<Entry> = filled.filter_map(|pair| self.card_entry(pair)).collect();
            give_units(&mut entries);
            let struck = |entry: &Entry| self.grid.sheet.cell(entry.at).is_some_and(|cell| cell.struck);
            let crossed_out = entries.iter().filter(|entry| struck(entry)).count();
            let counted = crossed_out * 2 < entries.len() || entries.is_empty();
            let is_free = |at: CellRef| self.grid.sheet.cell(at).is_none_or(is_blank);
            let blanks = card.pairs.iter().filter(|pair| !pair.filled && is_free(pair.value));
            let blanks = blanks.filter_map(|pair| Some((pair.field?, pair.value))).collect();
            let values = Values::default();
            let group = *next_group;
            *next_group += 1;
            let key = self.key(row);
            let side_by_side = self.table.side_by_side;
            let headings = Arc::clone(&self.headings);
            let sheet = self.sheet;
            records.push(Record { sheet, at, side_by_side, entries, values, headings, group, key, blanks, counted });
        }
        records
    }

    /// The entry of a label's value; of `label:value` in one cell, what stands behind the colon.
    fn card_entry(&self, pair: &CardPair) -> Option<Entry> {
        let cell = self.grid.sheet.cell(pair.value)?;
        let mut text = Arc::clone(&cell.text);
        let mut value = cell.value.clone();
        if let Some(written) = &pair.written {
            text = written.as_str().into();
            value = Value::Text(Arc::clone(&text));
        } else if pair.label == pair.value {
            text = text.split_once([':', '：']).map(|(_, behind)| behind.trim().into())?;
            value = Value::Text(Arc::clone(&text));
        }
        Some(Entry {
            field: pair.field,
            title: pair.title.as_str().into(),
            at: pair.value,
            text,
            value,
            unit: cell.format_unit.clone().or_else(|| pair.unit.as_deref().map(Arc::from)),
            shared: false,
        })
    }

    /// The record of one row, before it is joined to the one above.
    pub(super) fn record(&self, row: &TableRow, next: Option<&TableRow>, kinds: Option<u32>) -> Record {
        let next_row = next.map_or(u32::MAX, |next| next.row);
        let mut entries: Vec<Entry> = Vec::with_capacity(self.table.columns.len());
        let mut blanks: Vec<(Field, CellRef)> = Vec::new();
        let mut struck = 0usize;
        let mut own = 0usize;
        let cells = self.grid.row(row.row);
        for column in &self.table.columns {
            let Some(seen) = self.cell_of(row, cells, column) else {
                blanks.extend(column.field.map(|field| (field, CellRef::new(row.row, column.column))));
                continue;
            };
            let from_above = seen.region.first.row < row.row;
            if !from_above && column.field != Some(Field::Number) {
                own += 1;
                struck += usize::from(seen.cell.struck);
            }
            let whole = entry(column, seen, from_above || seen.region.last.row >= next_row);
            let with_task = self.table.told_with_task == Some(column.column);
            match halves::of(&whole).or_else(|| with_task.then(|| halves::task_and_told(&whole)).flatten()) {
                Some(both) => entries.extend(both),
                // The task alone, of which nothing is told.
                None if with_task && self.official.is_name(&whole.text) => {
                    entries.push(Entry { field: Some(Field::Name), ..whole });
                }
                None => entries.push(whole),
            }
        }
        if let Some(kinds) = kinds
            && self.set_planned_apart(row.row, kinds, &mut entries)
        {
            blanks.clear();
        }
        if !self.table.columns.iter().any(|column| column.field == Some(Field::Status)) {
            let state = entries.iter().find_map(halves::state_told);
            entries.extend(state);
        }
        give_units(&mut entries);
        blanks.retain_mut(|(_, at)| self.is_blank_place(at));
        let first_column = self.table.region.first.column;
        Record {
            sheet: self.sheet,
            at: CellRef::new(row.row, first_column),
            side_by_side: self.table.side_by_side,
            entries: without_room(entries),
            values: Values::default(),
            headings: Arc::default(),
            group: 0,
            key: self.key(row),
            blanks,
            counted: !(own > 0 && struck * 2 >= own),
        }
    }

    /// Whether nothing stands at a place, which is moved to where something would stand there.
    fn is_blank_place(&self, at: &mut CellRef) -> bool {
        // Where a cell is merged over the place from the left or from a heading, something does stand there.
        if self.grid.seen_at(*at).is_some() {
            return false;
        }
        *at = self.grid.region_at(*at).first;
        // In a damaged file merged regions overlap; the upper left cell of one may lie under another.
        self.grid.sheet.cell(*at).is_none_or(is_blank)
    }

    /// The cell that a person sees in a column of a row, in which some cells begin; nothing where it is merged down from a
    /// header or a heading.
    pub(super) fn cell_of<'s>(&'s self, row: &TableRow, cells: &[Seen<'s>], column: &TableColumn) -> Option<Seen<'s>> {
        if let Ok(place) = cells.binary_search_by_key(&column.column, Seen::left) {
            return Some(cells[place]);
        }
        let seen = self.grid.seen_at(CellRef::new(row.row, column.column))?;
        let anchor = seen.region.first;
        if anchor.column != column.column {
            // Merged from the left: the column on the left has it already, or another table beside this one.
            return None;
        }
        let above = self.table.row_at(anchor.row)?;
        // Where the subtotal stands above its rows, or another township's row, the task is merged from there over all.
        let names_task = column.field.is_some_and(|field| TASK_FIELDS.contains(&field)) || is_grouping(&column.title);
        match self.table.rows[above].role {
            RowRole::Record => Some(seen),
            RowRole::Subtotal | RowRole::Total | RowRole::Empty if names_task => Some(seen),
            _ => None,
        }
    }

    /// The hidden key in a row.
    fn key(&self, row: &TableRow) -> Option<Key> {
        /// Rows of a record in which its key is looked for.
        const LOOKED_AT: u32 = 64;
        let last = row.last_row.min(row.row.saturating_add(LOOKED_AT - 1));
        let cells = self.grid.keys_between(row.row, last).iter();
        cells.filter_map(|cell| key_in(cell)).find(|key| key.task.is_some())
    }

    /// Joins a record to the one above it, if both answer one task cell.
    fn join(&self, record: &mut Record, above: &Record, row: &TableRow) -> Joined {
        for entry in &mut record.entries {
            let task = entry.field.is_some_and(|field| TASK_FIELDS.contains(&field));
            if task && is_ditto(&entry.text) {
                // The word stays with the record; the text it stands for is shared from above.
                entry.field = None;
            }
        }
        let own = |field: Field| record.entries_of(field).any(|entry| entry.at.row >= row.row);
        let merged = |field: Field| record.entries_of(field).any(|entry| entry.at.row < row.row);
        let has_task_column =
            self.table.columns.iter().any(|column| matches!(column.field, Some(Field::Name | Field::Content)));
        if merged(Field::Name) || merged(Field::Content) && !own(Field::Name) {
            return if own(Field::Number) && own(Field::Content) { Joined::Alone } else { Joined::Merged };
        }
        if own(Field::Name) {
            return if row.part || self.is_part_of(record, above) || self.is_beside_part(row, above) {
                make_village(record, above)
            } else {
                Joined::Alone
            };
        }
        if !has_task_column && (is_part_of_indicator(record, above) || self.is_beside_part(row, above)) {
            return make_indicator_part(record, above);
        }
        if own(Field::Number) || !has_task_column {
            return Joined::Alone;
        }
        let inherited: Vec<Entry> = above
            .entries
            .iter()
            .filter(|entry| {
                let task =
                    entry.field.is_some_and(|field| TASK_FIELDS.contains(&field) && record.entry(field).is_none());
                task || entry.field.is_none() && is_grouping(&entry.title) && !has_title(record, &entry.title)
            })
            .map(|entry| Entry { shared: true, ..entry.clone() })
            .collect();
        if inherited.is_empty() {
            return Joined::Alone;
        }
        record.entries.splice(0..0, inherited);
        record.entries.sort_by_key(|entry| self.table.columns.iter().position(|column| column.title == entry.title));
        Joined::Blank
    }

    /// Whether a name is indented as that of the record above is, which is a part of a task: below 其中:粮播面积, 总产量.
    fn is_beside_part(&self, row: &TableRow, above: &Record) -> bool {
        let task = above.entries.iter().any(|entry| entry.shared && entry.field == Some(Field::Name));
        let named = [Field::Name, Field::Indicator];
        let column =
            named.iter().find_map(|field| self.table.columns.iter().find(|column| column.field == Some(*field)));
        let Some(column) = column.filter(|_| task) else { return false };
        let indent = |row: u32| {
            let seen = self.grid.seen_at(CellRef::new(row, column.column)).filter(|seen| seen.region.first.row == row);
            let text = seen.map(|seen| &*seen.cell.text).unwrap_or_default();
            text.chars().take_while(|c| c.is_whitespace()).count()
        };
        let (own, part) = (indent(row.row), indent(above.at.row));
        part > 0 && own >= part
    }

    /// Whether a record names a village under the task of the record above.
    fn is_part_of(&self, record: &Record, above: &Record) -> bool {
        // An arrow where the number stands is none.
        let number = |record: &Record| {
            let entry = record.entry(Field::Number).filter(|entry| !leads_down(&entry.text));
            entry.map(|entry| plain(&entry.text))
        };
        let numbered = number(record).zip(number(above)).is_some_and(|(own, above)| !is_code_below(&own, &above));
        if numbered {
            return false;
        }
        let [own, upper] = [record, above].map(|record| record.entry(Field::Name).map_or("", |entry| &*entry.text));
        let name = plain(own);
        // (12) before the name of an official task is its number.
        let counted = || name.starts_with('(') && self.official.is_task(&name);
        let marked = || is_marked_as_part(own.trim()) && !is_marked_as_part(upper.trim()) && !counted();
        let is_part = is_village(&name) || marked();
        let is_task = |plain: &str| !plain.is_empty() && !is_village(plain);
        is_part && is_task(&plain(upper))
    }

    /// Puts a heading in its place: 一、 begins anew, (一) stands below it.
    fn push_heading(&self, headings: &mut Vec<(usize, String)>, row: &TableRow) {
        let cells = self.grid.row_between(row.row, self.table.region.first.column, self.table.region.last.column);
        // Nor is what stands behind a blank column on the right of all titles: 状态选项 │ 推进中.
        let titled = self.table.columns.iter().filter(|column| column.title_at.is_some()).map(|column| column.column);
        let edge = titled.max().unwrap_or(u32::MAX - 1);
        let cells = cells.filter(|seen| seen.left() <= edge + 1);
        // (一)发展目标 │ 6项 │ 88.3%: the figures are no part of the heading.
        let words = cells.enumerate().filter(|(index, seen)| *index == 0 || !is_numeric(&plain(&seen.cell.text)));
        let text = words.map(|(_, seen)| one_line(&seen.cell.text)).collect::<Vec<_>>().join(" ");
        let plain_text = plain(&text);
        let level = if plain_text.starts_with('(') {
            1
        } else if plain_text.starts_with(['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '第', '【'])
            || headings.is_empty()
        {
            0
        } else {
            headings.last().map_or(0, |(level, _)| *level)
        };
        headings.retain(|(above, _)| *above < level);
        headings.push((level, text));
    }
}

/// The cells of a record without room for further ones: they are kept to the end of the run. A list that is only made
/// shorter may stay where it is, with all of its room.
fn without_room(entries: Vec<Entry>) -> Vec<Entry> {
    let mut exact = Vec::with_capacity(entries.len());
    exact.extend(entries);
    exact
}

/// Whether a cell says that it is the same as the one above.
fn is_ditto(text: &str) -> bool {
    // Nearly all texts begin with another character, which stays when they are made plain.
    let begins_otherwise = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c) && !matches!(c, '同' | '上');
    if text.len() > 40 || text.starts_with(begins_otherwise) {
        return false;
    }
    let text = plain(text);
    matches!(text.as_str(), "同上" | "同前" | "同左" | "上同" | "〃" | "″" | "''" | "\"" | "”" | "…" | "~")
}

/// Whether a record has an entry under a title.
fn has_title(record: &Record, title: &str) -> bool {
    record.entries.iter().any(|entry| &*entry.title == title)
}
