//! Which texts around the tables speak of which table?

use super::attribution::{self, Witness};
use super::submission::EvidencePlace;
use crate::tables::{SheetLayout, Table};
use crate::workbooks::Workbook;

/// What visible sheets without a table say, such as a cover.
pub(super) fn beside_the_tables(workbook: &Workbook, layouts: &[SheetLayout]) -> Vec<Witness> {
    let silent = layouts.iter().filter(|layout| layout.tables.is_empty() && !workbook.sheets[layout.sheet].hidden);
    let mut witnesses = Vec::new();
    for layout in silent.filter(|_| layouts.iter().any(|layout| !layout.tables.is_empty())) {
        let sheet = &workbook.sheets[layout.sheet];
        witnesses.extend(attribution::keys(sheet, layout.sheet));
        witnesses.extend(attribution::on_sheet(sheet, layout));
    }
    witnesses
}

/// The keys in the rows of a table; where no row of any table has one, the sheet's.
pub(super) fn keys_of(keys: &[Witness], table: &Table, layout: &SheetLayout) -> Vec<Witness> {
    let in_rows = |witness: &&Witness| witness.cell.is_some_and(|(_, at)| table.row_at(at.row).is_some());
    let own: Vec<Witness> = keys.iter().filter(in_rows).cloned().collect();
    let taken = |witness: &&Witness| {
        witness.cell.is_some_and(|(_, at)| layout.tables.iter().any(|table| table.row_at(at.row).is_some()))
    };
    if own.is_empty() { keys.iter().filter(|key| !taken(key)).cloned().collect() } else { own }
}

/// Whether a text outside the tables speaks of a table: titles and captions of the next table below, signatures of
/// the last one above; beside each other, of the one in whose columns they stand, unless they name no township
/// (`nobodys`) and stand above or below both.
pub(super) fn speaks_of(witness: &Witness, index: usize, layout: &SheetLayout, nobodys: bool) -> bool {
    let Some((_, at)) = witness.cell else { return true };
    let table = &layout.tables[index];
    let below = layout.tables.iter().filter(|table| table.region.first.row > at.row);
    let next = below.map(|table| table.region.first.row).min();
    let above = layout.tables.iter().filter(|table| table.region.last.row < at.row);
    let last = above.map(|table| table.region.last.row).max();
    let beside = !layout.tables.iter().any(|table| table.region.first.row <= at.row && at.row <= table.region.last.row);
    let of_next = next.is_some_and(|next| (next..next + 3).contains(&table.region.first.row));
    let of_last = last.is_some_and(|last| table.region.last.row == last);
    let signs = witness.place == EvidencePlace::Signature;
    let vertical = if signs {
        if last.is_some() { of_last } else { of_next }
    } else if next.is_some() {
        of_next
    } else {
        of_last
    };
    let within = |table: &Table| (table.region.first.column..=table.region.last.column).contains(&at.column);
    let of_all = nobodys && beside;
    let horizontal = !table.side_by_side || of_all || within(table) || !layout.tables.iter().any(within);
    (vertical || !beside) && horizontal
}
