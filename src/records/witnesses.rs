//! Which texts around the tables speak of which table?

use std::collections::BTreeSet;

use super::attribution::{self, Witness};
use super::submission::{Attribution, EvidencePlace};
use super::township::Roster;
use crate::tables::{SheetLayout, Table};
use crate::workbooks::Workbook;

/// What visible sheets without a table say, such as a cover.
pub(super) fn beside_the_tables(workbook: &Workbook, layouts: &[SheetLayout]) -> Vec<Witness> {
    let silent = layouts.iter().filter(|layout| layout.tables.is_empty() && !workbook.sheets[layout.sheet].hidden);
    let mut witnesses = Vec::new();
    for layout in silent.filter(|_| layouts.iter().any(|layout| !layout.tables.is_empty())) {
        let sheet = &workbook.sheets[layout.sheet];
        witnesses.extend(attribution::keys(sheet.cells(), layout.sheet));
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
    let within = |table: &Table| (table.region.first.column..=table.region.last.column).contains(&at.column);
    // Of tables side by side the longer one ends lower, but what stands below the shorter one is said of that.
    let beneath = table.side_by_side && !nobodys && layout.tables.iter().any(within);
    let concerned = || layout.tables.iter().filter(|table| !beneath || within(table));
    let below = concerned().filter(|table| table.region.first.row > at.row);
    let next = below.map(|table| table.region.first.row).min();
    let above = concerned().filter(|table| table.region.last.row < at.row);
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
    let of_all = nobodys && beside;
    let horizontal = !table.side_by_side || of_all || within(table) || !layout.tables.iter().any(within);
    (vertical || !beside) && horizontal
}

/// Which township each table is of by what its sheet says. A sheet that contradicts itself (another office's name left
/// in 填报单位) is of the township that the file's name or another sheet tells without contradiction; so is one with a
/// single line that names another one, where the file's name and most sheets name the same.
pub(super) fn townships_of_sheets<'a>(
    witnesses: impl Iterator<Item = &'a [Witness]>,
    of_file: Option<&String>,
    roster: &Roster,
) -> Vec<Option<String>> {
    let told: Vec<Attribution<String>> = witnesses.map(|witnesses| attribution::township(witnesses, roster)).collect();
    let agreed =
        |told: &&Attribution<String>| told.evidence.iter().all(|piece| Some(&piece.value) == told.value.as_ref());
    let sure: BTreeSet<&String> =
        told.iter().filter(agreed).filter_map(|told| told.value.as_ref()).chain(of_file).collect();
    let of_most = of_file.filter(|name| {
        let named = told.iter().filter_map(|told| told.value.as_ref());
        let own = named.clone().filter(|value| value == name).count();
        own >= 2 && own * 2 > named.count()
    });
    let own = |told: &Attribution<String>| match &told.value {
        Some(value) if of_most.is_some_and(|name| name != value) && told.evidence.len() == 1 => of_most.cloned(),
        Some(value) if !sure.contains(value) => {
            let other = told.evidence.iter().map(|piece| &piece.value).find(|value| sure.contains(value));
            other.or(Some(value)).cloned()
        }
        value => value.clone(),
    };
    told.iter().map(own).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::list::Plan;

    fn witness(place: EvidencePlace, text: &str) -> Witness {
        Witness { place, cell: None, text: text.to_owned(), key: None }
    }

    #[test]
    fn another_name_left_in_one_sheet_takes_no_rows_away() {
        let roster = Roster::new(&Plan::built_in());
        let first = [witness(EvidencePlace::Caption, "填报单位：鹿西乡人民政府")];
        let title = witness(EvidencePlace::Title, "鹿西乡第二季度汇报表");
        let second = [witness(EvidencePlace::Caption, "填报单位：大门镇人民政府"), title];
        let named = |sheets: &[&[Witness]]| townships_of_sheets(sheets.iter().copied(), None, &roster);
        let lu_xi = || Some("鹿西乡".to_owned());
        assert_eq!(named(&[&first, &second]), [lu_xi(), lu_xi()]);
        let of_another = [witness(EvidencePlace::Caption, "填报单位：大门镇人民政府")];
        assert_eq!(named(&[&first, &of_another]), [lu_xi(), Some("大门镇".to_owned())]);
    }

    #[test]
    fn one_line_beside_a_file_of_one_township_takes_no_sheet_away() {
        let roster = Roster::new(&Plan::built_in());
        let title = |text: &str| [witness(EvidencePlace::Title, text)];
        let [own, other, third] = ["鹿西乡完成表(一)", "大门镇完成表(三)", "北岙街道完成表(二)"].map(title);
        let lu_xi = "鹿西乡".to_owned();
        let named = |sheets: &[&[Witness]]| townships_of_sheets(sheets.iter().copied(), Some(&lu_xi), &roster);
        assert_eq!(named(&[&own, &own, &other]), vec![Some(lu_xi.clone()); 3]);
        // As many sheets of others: the file holds several townships.
        assert_eq!(named(&[&own, &other]), [Some(lu_xi.clone()), Some("大门镇".to_owned())]);
        assert_eq!(named(&[&own, &other, &third])[1..], ["大门镇", "北岙街道"].map(|name| Some(name.to_owned())));
        let twice = [&other[..], &[witness(EvidencePlace::Caption, "填报单位：大门镇人民政府")]].concat();
        assert_eq!(named(&[&own, &own, &twice])[2], Some("大门镇".to_owned()));
    }
}
