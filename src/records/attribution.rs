//! Whose is a workbook? Collects what it says about itself, with the places where it says so; for when it is, is read from
//! them in [`told_period`](super::told_period).

use super::submission::{Attribution, Evidence, EvidencePlace};
use super::time;
use super::township::Roster;
use crate::list::{Field, Key};
use crate::location::CellRef;
use crate::tables::{
    OutsideRole, RowRole, SheetLayout, TableColumn, is_bare_label, is_of_answers, is_sealed, plain, quoted,
};
use crate::workbooks::{Cell, Sheet};

/// One text that may tell whose and when, and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Witness {
    /// How much it weighs.
    pub(crate) place: EvidencePlace,
    /// Index of the sheet and the cell, where it is a cell.
    pub(crate) cell: Option<(usize, CellRef)>,
    /// The words.
    pub(crate) text: String,
    /// The hidden key that it is.
    pub(crate) key: Option<Key>,
}

/// Texts looked at on one sheet. A form says whose and when in its first lines and its last ones; a sheet with more
/// loose texts than this is no form.
const WITNESSES_LIMIT: usize = 2_000;

/// What the cells outside the tables of a sheet say, in reading order.
pub(crate) fn on_sheet(sheet: &Sheet, layout: &SheetLayout) -> Vec<Witness> {
    let mut witnesses: Vec<Witness> = Vec::new();
    // A label whose value stands in the cells behind it, with what was read behind it so far.
    let mut open: Option<(u32, EvidencePlace, String)> = None;
    for outside in &layout.outside {
        let place = match outside.role {
            OutsideRole::Caption => Some(EvidencePlace::Caption),
            OutsideRole::Title => Some(EvidencePlace::Title),
            OutsideRole::Signature => Some(EvidencePlace::Signature),
            OutsideRole::Note | OutsideRole::Unassigned => None,
        };
        let behind_label = open.as_ref().is_some_and(|(row, ..)| *row == outside.at.row);
        let Some(cell) = sheet.cell(outside.at).filter(|_| place.is_some() || behind_label) else { continue };
        if is_title_of_pivot(&cell.text) {
            continue;
        }
        let mut text = quoted(&cell.text);
        let label = place.filter(|_| is_bare_label(&plain(&text)));
        let place = match &mut open {
            Some((row, place, label_text)) if *row == outside.at.row && label.is_none() => {
                // 填报期间 │ 2024年 │ 二季度 is one text in three cells.
                text = format!("{label_text}{}", with_its_measure(label_text, &text));
                *label_text = format!("{text} ");
                Some(*place)
            }
            _ => place,
        };
        if let Some(place) = label {
            open = Some((outside.at.row, place, format!("{}：", text.trim_end_matches([':', '：']))));
        }
        let Some(place) = place else { continue };
        let cell_place = Some((layout.sheet, outside.at));
        witnesses.push(Witness { place, cell: cell_place, text, key: None });
        if witnesses.len() == WITNESSES_LIMIT {
            break;
        }
    }
    witnesses.extend(sealed_in_tables(sheet, layout));
    witnesses
}

/// Whether a text is over a column of a pivot: 求和项:1-6月 says which figures were summed, not for when the report is.
fn is_title_of_pivot(text: &str) -> bool {
    ["求和项", "计数项", "平均值项"].iter().any(|word| text.trim_start().starts_with(word))
}

/// What the notes beside the tables of a sheet say: asked only for the time, and only where nothing else tells it.
pub(crate) fn notes(sheet: &Sheet, layout: &SheetLayout) -> Vec<Witness> {
    let notes = layout.outside.iter().filter(|outside| outside.role == OutsideRole::Note);
    let cells = notes.filter_map(|outside| sheet.cell(outside.at)).take(WITNESSES_LIMIT);
    cells.map(|cell| signature(layout, cell)).collect()
}

/// What stands over a list of people beside the tables: 鹿西乡专班通讯录. Asked only for the township, and only where nothing
/// else tells it.
pub(crate) fn lists_of_people(sheet: &Sheet, layout: &SheetLayout) -> Vec<Witness> {
    const LISTS: [&str; 6] = ["通讯录", "联系表", "联络表", "值班表", "花名册", "联络员名单"];
    let loose = |role: OutsideRole| matches!(role, OutsideRole::Note | OutsideRole::Unassigned);
    let cells = layout.outside.iter().filter(|outside| loose(outside.role));
    let cells = cells.filter_map(|outside| sheet.cell(outside.at)).take(WITNESSES_LIMIT);
    let named =
        cells.filter(|cell| cell.text.len() <= 120 && LISTS.iter().any(|list| plain(&cell.text).ends_with(list)));
    named.map(|cell| signature(layout, cell)).collect()
}

/// What the titles of the columns say in which is told what was done: 第三季度工作推进情况. Asked only for the time, and only
/// where nothing else tells it.
pub(crate) fn column_titles(sheet: &Sheet, layout: &SheetLayout) -> Vec<Witness> {
    let made = [Field::PeriodDone, Field::Done, Field::Rate, Field::Status, Field::Progress];
    let columns = layout.tables.iter().flat_map(|table| &table.columns);
    let told = columns.filter(|column| column.field.is_some_and(|field| made.contains(&field)));
    let title = |column: &TableColumn| {
        let cell = sheet.cell(column.title_at?)?;
        let cell = Some((layout.sheet, cell.at));
        Some(Witness { place: EvidencePlace::Title, cell, text: quoted(&column.title), key: None })
    };
    let mut titles: Vec<Witness> = told.filter_map(title).take(WITNESSES_LIMIT).collect();
    if !titles.is_empty() {
        titles.extend(year_of_answers(sheet, layout));
    }
    titles
}

/// The year in which all answers to a form on the web came: 提交时间 over 2024-09-25 10:12. It is the year of 本月(9月)做了什么.
fn year_of_answers(sheet: &Sheet, layout: &SheetLayout) -> Option<Witness> {
    let tables = layout.tables.iter();
    let columns = tables.flat_map(|table| table.columns.iter().map(move |column| (table, column)));
    let (table, column) =
        columns.into_iter().find(|(_, column)| column.field.is_none() && is_of_answers(&column.title))?;
    let records = table.rows.iter().filter(|row| row.role == RowRole::Record);
    let answers = records.filter_map(|row| sheet.cell(CellRef::new(row.row, column.column)));
    let told = answers.map(|cell| (cell.at, time::read(&cell.text).days.first().and_then(|day| day.year)));
    let told: Vec<(CellRef, Option<u16>)> = told.take(WITNESSES_LIMIT).collect();
    let (at, year) = *told.first()?;
    let year = year.filter(|_| told.iter().all(|(_, other)| *other == year))?;
    let cell = Some((layout.sheet, at));
    Some(Witness { place: EvidencePlace::Signature, cell, text: format!("{year}年"), key: None })
}

/// What seals say that stand between the records of a table: (骑缝处加盖“北岙街道办事处”公章).
fn sealed_in_tables<'a>(sheet: &'a Sheet, layout: &'a SheetLayout) -> impl Iterator<Item = Witness> + 'a {
    let rows = layout.tables.iter().flat_map(|table| table.rows.iter().map(move |row| (table, row)));
    let notes = rows.filter(|(_, row)| row.role == RowRole::Note);
    let cells = notes.flat_map(|(table, row)| sheet.row(row.row).iter().filter(|cell| table.holds(cell.at)));
    let seals = cells.filter(|cell| is_sealed(&plain(&cell.text))).take(1);
    seals.map(|cell| signature(layout, cell))
}

/// A cell that weighs as much as a signature.
fn signature(layout: &SheetLayout, cell: &Cell) -> Witness {
    let at = Some((layout.sheet, cell.at));
    Witness { place: EvidencePlace::Signature, cell: at, text: quoted(&cell.text), key: None }
}

/// The value of a label that is the unit of time itself: 季度 │ 三 is 三季度, 年份 │ 2024 is 2024年.
fn with_its_measure(label: &str, value: &str) -> String {
    let label = label.trim_end_matches('：');
    let bare = value.trim_start_matches('第');
    let counts = !bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    let measure = match label {
        "季度" | "季" => "季度",
        "月份" | "月" => "月份",
        "年份" | "年度" | "年" => "年",
        _ => "",
    };
    if counts && !measure.is_empty() { format!("{bare}{measure}") } else { value.to_owned() }
}

/// The key that a cell holds.
pub(super) fn key_in(cell: &Cell) -> Option<Key> {
    Some(&*cell.text).filter(|text| Key::looks_like(text)).and_then(Key::parse)
}

/// The hidden keys among cells of a sheet.
pub(crate) fn keys<'c>(cells: impl IntoIterator<Item = &'c Cell>, index: usize) -> Vec<Witness> {
    let cells = cells.into_iter().filter_map(|cell| Some((cell, key_in(cell)?)));
    cells
        .map(|(cell, key)| Witness {
            place: EvidencePlace::Key,
            cell: Some((index, cell.at)),
            text: quoted(&cell.text),
            key: Some(key),
        })
        .take(WITNESSES_LIMIT)
        .collect()
}

/// What the names of the sheet say.
pub(crate) fn sheet_name(sheet: &Sheet) -> Witness {
    Witness { place: EvidencePlace::SheetName, cell: None, text: sheet.name.clone(), key: None }
}

/// What the names of the file and of the folders around it say, the nearest folder first.
pub(crate) fn names(file: &str, outer_folder: Option<&str>) -> Vec<Witness> {
    let mut parts: Vec<&str> = file.split(['/', '\\']).collect();
    let name = parts.pop().unwrap_or(file);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let witness = |place, text: &str| Witness { place, cell: None, text: text.to_owned(), key: None };
    let outer = outer_folder.into_iter().flat_map(|folders| folders.rsplit('/'));
    let folders = parts.iter().rev().copied().chain(outer);
    let folders = folders.filter(|folder| !folder.is_empty()).map(|folder| witness(EvidencePlace::FolderName, folder));
    std::iter::once(witness(EvidencePlace::FileName, stem)).chain(folders).collect()
}

/// Which township the witnesses name.
pub(crate) fn township(witnesses: &[Witness], roster: &Roster) -> Attribution<String> {
    let mut evidence: Vec<Evidence<String>> = Vec::new();
    for witness in witnesses {
        let named = match &witness.key {
            Some(key) => Some(key.township.clone()).filter(|name| roster.is_official(name)),
            None => roster.only_one_in(&witness.text),
        };
        if let Some(value) = named
            && !seen_already(&evidence, witness, &value)
        {
            evidence.push(as_evidence(witness, value));
        }
    }
    evidence.sort_by_key(|piece| piece.place);
    Attribution { value: evidence.first().map(|piece| piece.value.clone()), evidence }
}

/// Whether the same was seen in the same place and cell row before (each row of a template carries its key).
pub(super) fn seen_already<T: PartialEq>(evidence: &[Evidence<T>], witness: &Witness, value: &T) -> bool {
    evidence.iter().any(|piece| {
        let same_key = witness.place == EvidencePlace::Key && piece.place == EvidencePlace::Key;
        piece.value == *value && (same_key || piece.place == witness.place && piece.text == witness.text)
    })
}

/// A witness and what it says.
pub(super) fn as_evidence<T>(witness: &Witness, value: T) -> Evidence<T> {
    Evidence { value, place: witness.place, cell: witness.cell, text: witness.text.clone() }
}
