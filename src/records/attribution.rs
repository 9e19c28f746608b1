//! Whose is a workbook, and for when? Collects what it says about itself, with the places where it says so.

use super::submission::{Attribution, Evidence, EvidencePlace};
use super::time::{self, NamedPeriod, Times};
use super::township::Roster;
use crate::list::{Field, Key};
use crate::location::CellRef;
use crate::period::{Day, Period, PeriodPart};
use crate::tables::{OutsideRole, RowRole, SheetLayout, TableColumn, is_bare_label, is_sealed, plain, quoted};
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
    told.filter_map(title).take(WITNESSES_LIMIT).collect()
}

/// The period that notes name, or the titles of columns, a part of a year, where nothing else tells it.
pub(crate) fn period_in_notes(witnesses: &[Witness], notes: Vec<Witness>) -> Attribution<Period> {
    let places: Vec<_> = notes.iter().map(|note| note.cell).collect();
    let words: Vec<String> = notes.iter().map(|note| note.text.clone()).collect();
    let all: Vec<Witness> = witnesses.iter().cloned().chain(notes).collect();
    let mut told = period(&all);
    // 上半年 in the title, and the year in a note: 7月1日汇总 of that year.
    let dated = |piece: &Evidence<Period>| {
        let days = words.iter().flat_map(|note| time::read(note).days).filter_map(time::NamedDay::day);
        days.into_iter().any(|day| is_soon_after(piece.value, day.year, day.month))
    };
    let told_by_notes = |piece: &Evidence<Period>| places.contains(&piece.cell) || dated(piece);
    told.evidence.retain(|piece| !is_coarse(piece.value) && told_by_notes(piece));
    told.value = told.evidence.first().map(|piece| piece.value);
    // Notes that contradict each other tell nothing.
    if told.evidence.iter().any(|piece| Some(piece.value) != told.value) { Attribution::default() } else { told }
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

/// The hidden keys on a sheet.
pub(crate) fn keys(sheet: &Sheet, index: usize) -> Vec<Witness> {
    let cells = sheet.cells().iter().filter_map(|cell| Some((cell, Key::parse(&cell.text)?)));
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
    let folders = parts.iter().rev().copied().chain(outer_folder);
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

/// Which period the witnesses name. A bare year gives way to a part of it named elsewhere, and a bare month to a
/// quarter that it is the filing date of.
pub(crate) fn period(witnesses: &[Witness]) -> Attribution<Period> {
    let times: Vec<(&Witness, Times)> = witnesses.iter().map(|witness| (witness, time::read(&witness.text))).collect();
    let year = common_year(&times);
    let mut evidence: Vec<Evidence<Period>> = Vec::new();
    for (witness, times) in &times {
        let from_key = witness.key.as_ref().map(|key| key.period);
        let dates_the_filing = dates_the_filing(&witness.text);
        let states = |period: &&NamedPeriod| !(dates_the_filing && is_coarse_or_month(period.part));
        // 二季度进展(截至6月底) is the quarter's report.
        let mut candidates: Vec<&NamedPeriod> = times.periods.iter().filter(states).collect();
        candidates.sort_by_key(|period| period.up_to);
        let named = candidates.iter().find_map(|period| period.in_year(year));
        let closed = || {
            let mut hints = times.days.iter().filter(|day| day.closes || witness.place >= EvidencePlace::FileName);
            hints.find_map(|day| day.period_it_closes())
        };
        if let Some(value) = from_key.or(named).or_else(closed)
            && !seen_already(&evidence, witness, &value)
        {
            evidence.push(as_evidence(witness, value));
        }
    }
    if evidence.is_empty() {
        // Nothing states a period, but the report is dated on the last day of a quarter.
        let days = times.iter().flat_map(|(witness, times)| times.days.iter().map(move |day| (*witness, *day)));
        let ends = days.filter_map(|(witness, day)| Some((witness, day.period_it_closes()?)));
        let mut quarters = ends.filter(|(_, period)| matches!(period.part, PeriodPart::Quarter(_)));
        evidence.extend(quarters.next().map(|(witness, period)| as_evidence(witness, period)));
    }
    evidence.sort_by_key(|piece| piece.place);
    let parts: Vec<Period> = evidence.iter().map(|piece| piece.value).filter(|period| !is_coarse(*period)).collect();
    let all = evidence.clone();
    evidence.retain(|piece| {
        let coarse = is_coarse(piece.value) && parts.iter().any(|part| part.year == piece.value.year);
        let filing = piece.place != EvidencePlace::Key && parts.iter().any(|part| is_filed_in(*part, piece.value));
        !coarse && !filing && !is_closing_month(piece, &all)
    });
    let value = evidence.iter().find(|piece| piece.place == EvidencePlace::Key || is_dated_for(piece.value, &times));
    Attribution { value: value.or(evidence.first()).map(|piece| piece.value), evidence }
}

/// Whether the document is dated as a report on the period is: of two periods that it names, the one that was over or
/// nearly so on that day is meant, and the other is last year's, left in the form.
fn is_dated_for(period: Period, times: &[(&Witness, Times)]) -> bool {
    let written = times.iter().filter(|(witness, _)| {
        matches!(witness.place, EvidencePlace::Caption | EvidencePlace::Signature | EvidencePlace::Title)
    });
    let mut days = written.flat_map(|(_, times)| &times.days).filter(|day| !day.closes).filter_map(|day| day.day());
    days.any(|day| is_soon_after(period, day.year, day.month))
}

/// Whether a period is only told by the month or day that the figures reach to (截至2024年6月), while another place names
/// a quarter or half-year that ends with it.
fn is_closing_month(piece: &Evidence<Period>, all: &[Evidence<Period>]) -> bool {
    let only_end = |piece: &Evidence<Period>| {
        let times = time::read(&piece.text);
        let dated = times.periods.is_empty() && times.days.iter().any(|day| day.closes);
        piece.place != EvidencePlace::Key
            && (dated || !times.periods.is_empty() && times.periods.iter().all(|period| period.up_to))
    };
    let names_it = |other: &Evidence<Period>| {
        let parted = matches!(other.value.part, PeriodPart::Half(_) | PeriodPart::Quarter(_));
        parted && other.value != piece.value && other.value.last_day() == piece.value.last_day() && !only_end(other)
    };
    let parted = matches!(piece.value.part, PeriodPart::Half(_) | PeriodPart::Quarter(_));
    parted && only_end(piece) && all.iter().any(names_it)
}

/// Whether a period is a whole year.
fn is_coarse(period: Period) -> bool {
    period.part == PeriodPart::Year
}

/// Whether a part of a year, in a caption that dates the filing, is that date and not the period.
const fn is_coarse_or_month(part: Option<PeriodPart>) -> bool {
    matches!(part, None | Some(PeriodPart::Year | PeriodPart::Month(_)))
}

/// Whether a text is labelled as the date of filing (填报日期, 报送时间), which may still name a quarter.
fn dates_the_filing(text: &str) -> bool {
    let text = plain(text);
    [
        "填报日期",
        "填报时间",
        "填表日期",
        "填表时间",
        "报送日期",
        "报送时间",
        "上报日期",
        "上报时间",
        "制表日期",
        "制表时间",
        "日期",
        "时间",
    ]
    .iter()
    .any(|label| text.split(':').next().is_some_and(|before| before.ends_with(label)) && text.contains(':'))
}

/// Whether a bare month is when a report on a quarter or half-year is filed: its last month or one of the two after.
fn is_filed_in(period: Period, month: Period) -> bool {
    let PeriodPart::Month(filed) = month.part else { return false };
    if !matches!(period.part, PeriodPart::Quarter(_) | PeriodPart::Half(_)) {
        return false;
    }
    is_soon_after(period, month.year, filed)
}

/// Whether a month is the last one of a period or one of the two after.
fn is_soon_after(period: Period, year: u16, month: u8) -> bool {
    let last = period.last_day();
    let months_after = (i32::from(year) - i32::from(last.year)) * 12 + i32::from(month) - i32::from(last.month);
    (0..=2).contains(&months_after)
}

/// The year that a part without a year belongs to: the first one named together with a part, else with a day.
fn common_year(times: &[(&Witness, Times)]) -> Option<u16> {
    let periods = times.iter().flat_map(|(_, times)| &times.periods);
    let parted = periods.clone().filter(|period| period.part.is_some()).find_map(|period| period.year);
    let days = times.iter().flat_map(|(_, times)| &times.days).find_map(|day| day.year);
    parted.or(days).or_else(|| periods.clone().find_map(|period: &NamedPeriod| period.year))
}

/// The date that the document states: of captions first, then of signatures, then of its names.
pub(crate) fn stated_day(witnesses: &[Witness], period: Option<Period>) -> Option<Day> {
    let mut days: Vec<(EvidencePlace, Day)> = Vec::new();
    for witness in witnesses.iter().filter(|witness| witness.key.is_none()) {
        if !matches!(witness.place, EvidencePlace::Caption | EvidencePlace::Signature | EvidencePlace::Title) {
            continue;
        }
        for named in time::read(&witness.text).days.into_iter().filter(|day| !day.closes) {
            let in_period = named.year.or_else(|| period.map(|period| year_of_filing(period, named.month)));
            days.extend(time::NamedDay { year: in_period, ..named }.day().map(|day| (witness.place, day)));
        }
    }
    days.sort_by_key(|(place, day)| (*place, std::cmp::Reverse(*day)));
    days.first().map(|(_, day)| *day)
}

/// The year in which a report on a period is filed in a month: January after the fourth quarter is the next year's.
fn year_of_filing(period: Period, month: u8) -> u16 {
    let first_month = match period.part {
        PeriodPart::Year | PeriodPart::Week(_) => 1,
        PeriodPart::Half(half) => (half - 1) * 6 + 1,
        PeriodPart::Quarter(quarter) => (quarter - 1) * 3 + 1,
        PeriodPart::Month(month) => month,
    };
    if month < first_month { period.year + 1 } else { period.year }
}

/// Whether the same was seen in the same place and cell row before (each row of a template carries its key).
fn seen_already<T: PartialEq>(evidence: &[Evidence<T>], witness: &Witness, value: &T) -> bool {
    evidence.iter().any(|piece| {
        let same_key = witness.place == EvidencePlace::Key && piece.place == EvidencePlace::Key;
        piece.value == *value && (same_key || piece.place == witness.place && piece.text == witness.text)
    })
}

/// A witness and what it says.
fn as_evidence<T>(witness: &Witness, value: T) -> Evidence<T> {
    Evidence { value, place: witness.place, cell: witness.cell, text: witness.text.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::PeriodPart::Half;

    fn told(lines: &[(EvidencePlace, &str)]) -> Option<Period> {
        let witness =
            |&(place, text): &(EvidencePlace, &str)| Witness { place, cell: None, text: text.into(), key: None };
        period(&lines.iter().map(witness).collect::<Vec<_>>()).value
    }

    #[test]
    fn of_two_periods_that_contradict_the_one_that_the_report_is_dated_for_is_meant() {
        let left_in_the_form = (EvidencePlace::Caption, "填报周期:2023年下半年");
        let title = (EvidencePlace::Title, "鹿西乡2024年上半年进展情况");
        let dated = (EvidencePlace::Signature, "2024年7月2日");
        assert_eq!(told(&[left_in_the_form, title]), Period::new(2023, Half(2)));
        assert_eq!(told(&[left_in_the_form, title, dated]), Period::new(2024, Half(1)));
    }
}
