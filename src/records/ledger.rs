//! Where did every non-blank cell of a file go? Cells in records, cells kept with their role, and the sum.

use std::sync::Arc;

use std::collections::BTreeMap;

use super::read::Part;
use super::record::Record;
use super::submission::{KeptCell, KeptRole, Ledger};
use crate::list::Key;
use crate::location::CellRef;
use crate::tables::{Layout, OutsideRole, RowRole, SheetLayout, Table, is_blank, one_line};
use crate::workbooks::{Cell, Sheet, Workbook};

/// The non-blank cells of a sheet, keys included.
pub(crate) fn non_blank(sheet: &Sheet) -> impl Iterator<Item = &Cell> {
    sheet.cells().iter().filter(|cell| !is_blank(cell))
}

/// Which part of a file each cell belongs to, where the file holds several townships.
pub(crate) struct Owners {
    /// The part of each cell in a record; empty where there is only one part. A cell that records of several parts
    /// share belongs to the first.
    in_records: BTreeMap<(usize, CellRef), usize>,
    /// For each sheet, first rows of zones, ascending, and their part; empty where there is only one part.
    zones: Vec<Vec<(u32, usize)>>,
}

impl Owners {
    /// Divides the sheets: a cell outside the records belongs to the part of the nearest record at or below its row,
    /// of the last record after it.
    pub(crate) fn new(layouts: &[SheetLayout], parts: &[Part]) -> Self {
        let mut in_records = BTreeMap::new();
        if parts.len() <= 1 {
            return Self { in_records, zones: Vec::new() };
        }
        for (index, part) in parts.iter().enumerate() {
            for cell in part.cells() {
                in_records.entry(cell).or_insert(index);
            }
        }
        let zones = layouts.iter().map(|layout| Self::zones(layout.sheet, parts)).collect();
        Self { in_records, zones }
    }

    /// The zones of one sheet.
    fn zones(sheet: usize, parts: &[Part]) -> Vec<(u32, usize)> {
        let mut ends: Vec<(u32, usize)> = Vec::new();
        for (index, part) in parts.iter().enumerate() {
            ends.extend(part.rows_on(sheet).map(|row| (row, index)));
        }
        ends.sort_unstable();
        let mut starts: Vec<(u32, usize)> = Vec::new();
        let mut start = 0;
        for (row, part) in ends {
            if starts.last().is_none_or(|(_, last)| *last != part) {
                starts.push((start, part));
            }
            start = row + 1;
        }
        starts
    }

    /// The part that a cell belongs to; the first one where the sheet has no record.
    fn of(&self, sheet: usize, at: CellRef) -> usize {
        if let Some(part) = self.in_records.get(&(sheet, at)) {
            return *part;
        }
        let Some(zones) = self.zones.get(sheet) else { return 0 };
        let after = zones.partition_point(|(start, _)| *start <= at.row);
        zones.get(after.saturating_sub(1)).map_or(0, |(_, part)| *part)
    }
}

/// Accounts for the cells of one part: those outside its records with their roles, and the sums.
pub(crate) fn account(
    workbook: &Workbook,
    layouts: &[SheetLayout],
    owners: &Owners,
    part: usize,
    records: &[Record],
    visible: bool,
) -> (Vec<KeptCell>, Ledger) {
    let mut in_records = Vec::with_capacity(records.iter().map(|record| record.entries.len()).sum());
    for record in records {
        let cells = record.entries.iter().map(|entry| (record.sheet, entry.at));
        in_records.extend(cells.filter(|(sheet, at)| owners.of(*sheet, *at) == part));
    }
    in_records.sort();
    in_records.dedup();
    let mut kept = Vec::new();
    let mut ledger = Ledger { records: in_records.len(), ..Ledger::default() };
    // The cells of the sheets come in the same order.
    let mut in_records = in_records.into_iter().peekable();
    for layout in layouts {
        let sheet = &workbook.sheets[layout.sheet];
        let hidden = sheet.hidden && visible;
        let mut here = Here::default();
        for cell in non_blank(sheet).filter(|cell| owners.of(layout.sheet, cell.at) == part) {
            ledger.cells += 1;
            let place = (layout.sheet, cell.at);
            while in_records.next_if(|other| *other < place).is_some() {}
            let in_record = in_records.peek() == Some(&place);
            let role = if hidden {
                Some(KeptRole::HiddenSheet)
            } else if Key::looks_like(&cell.text) {
                Some(KeptRole::Key)
            } else {
                here.move_to(layout, cell.at.row);
                // Nearly all cells are such.
                if in_record && here.is_silent_on_records {
                    None
                } else {
                    role(layout, &here.tables, cell.at, in_record)
                }
            };
            if let Some(role) = role {
                count(&mut ledger, role);
                kept.push(KeptCell { sheet: layout.sheet, at: cell.at, text: Arc::clone(&cell.text), role });
            }
        }
        let comments = sheet.cells().iter().filter_map(|cell| Some((cell.at, cell.comment.as_ref()?)));
        kept.extend(comments.filter(|(at, _)| owners.of(layout.sheet, *at) == part).map(|(at, comment)| {
            let text = one_line(comment).into();
            KeptCell { sheet: layout.sheet, at, text, role: KeptRole::Comment }
        }));
    }
    kept.sort_by_key(|cell| (cell.sheet, cell.at, cell.role));
    (kept, ledger)
}

/// The tables that have a row, found once for all cells of the row.
#[derive(Default)]
struct Here<'l> {
    row: Option<u32>,
    tables: Vec<&'l Table>,
    /// Whether what lies in a record has no other role in this row: it is none of a card and repeats no header.
    is_silent_on_records: bool,
}

impl<'l> Here<'l> {
    /// Finds the tables of a sheet that have a row.
    fn move_to(&mut self, layout: &'l SheetLayout, row: u32) {
        if self.row != Some(row) {
            self.row = Some(row);
            self.tables = layout.tables.iter().filter(|table| table.has_row(row)).collect();
            let role = |table: &Table| table.row_at(row).map(|index| table.rows[index].role);
            let has_no_other = |table: &&Table| table.layout == Layout::Rows && role(table) != Some(RowRole::Header);
            self.is_silent_on_records = self.tables.iter().all(has_no_other);
        }
    }
}

/// The role of a cell by the layout and the tables that have its row; `None` where it lies in a record, or where nobody
/// accounts for it.
fn role(layout: &SheetLayout, tables: &[&Table], at: CellRef, in_record: bool) -> Option<KeptRole> {
    if let Ok(index) = layout.outside.binary_search_by_key(&at, |outside| outside.at) {
        // The caption that gives its state to all records of a table belongs to them.
        return (!in_record).then_some(match layout.outside[index].role {
            OutsideRole::Unassigned => KeptRole::Unassigned,
            role => KeptRole::Surroundings(role),
        });
    }
    let table = tables.iter().find(|table| table.holds_in_row(at))?;
    if let Some((card, label)) = table.card_cell(at) {
        return match table.rows[card].role {
            _ if label => Some(KeptRole::Header),
            RowRole::Record if in_record => None,
            RowRole::Subtotal | RowRole::Total => Some(KeptRole::Total),
            _ => Some(KeptRole::EmptyRow),
        };
    }
    if table.header_rows.contains(&at.row) {
        // A task that is the title of a column belongs to its records.
        return (!in_record).then_some(KeptRole::Header);
    }
    match table.rows[table.row_at(at.row)?].role {
        // Also the task that a subtotal or another township's row bears for the rows below it, the state that a heading
        // does, and a line that goes on with the record above.
        RowRole::Record | RowRole::Subtotal | RowRole::Total | RowRole::Note | RowRole::Section | RowRole::Empty
            if in_record =>
        {
            None
        }
        RowRole::Record => Some(KeptRole::Unassigned),
        RowRole::Section => Some(KeptRole::Section),
        RowRole::Header => Some(KeptRole::Header),
        RowRole::Subtotal | RowRole::Total => Some(KeptRole::Total),
        RowRole::Note => Some(KeptRole::Surroundings(OutsideRole::Note)),
        RowRole::Empty => Some(KeptRole::EmptyRow),
    }
}

/// Adds a kept cell to its sum.
const fn count(ledger: &mut Ledger, role: KeptRole) {
    match role {
        KeptRole::Unassigned | KeptRole::HiddenSheet => ledger.unassigned += 1,
        KeptRole::Comment => {}
        _ => ledger.surroundings += 1,
    }
}
