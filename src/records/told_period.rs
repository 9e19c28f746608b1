//! For when is a workbook? What its witnesses say of the period, and the day that it is dated.

use super::attribution::{Witness, as_evidence, seen_already};
use super::submission::{Attribution, Evidence, EvidencePlace};
use super::time::{self, NamedPeriod, Times};
use crate::period::{Day, Period, PeriodPart};
use crate::tables::plain;

/// Which period the witnesses name. A bare year gives way to a part of it named elsewhere, and a bare month to a
/// quarter that it is the filing date of.
pub(crate) fn period(witnesses: &[Witness]) -> Attribution<Period> {
    let times: Vec<(&Witness, Times)> = witnesses.iter().map(|witness| (witness, time::read(&witness.text))).collect();
    let year = common_year(&times);
    let of_day = year_of_day(&times);
    let mut evidence: Vec<Evidence<Period>> = Vec::new();
    for (witness, times) in &times {
        let from_key = witness.key.as_ref().map(|key| key.period);
        let dates_the_filing = dates_the_filing(&witness.text);
        let states = |period: &&NamedPeriod| !(dates_the_filing && is_coarse_or_month(period.part));
        // 二季度进展(截至6月底) is the quarter's report.
        let mut candidates: Vec<&NamedPeriod> = times.periods.iter().filter(states).collect();
        candidates.sort_by_key(|period| period.up_to);
        let named = candidates.iter().find_map(|period| in_common_year(**period, year, of_day));
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
    prefer_titled_month(&mut evidence);
    let parts: Vec<Period> = evidence.iter().map(|piece| piece.value).filter(|period| !is_coarse(*period)).collect();
    let all = evidence.clone();
    evidence.retain(|piece| {
        let coarse = is_coarse(piece.value) && parts.iter().any(|part| part.year == piece.value.year);
        let of_year = || all.iter().any(|other| is_coarse(other.value) && is_filed_after_year(other.value, piece));
        let filing = piece.place != EvidencePlace::Key
            && (parts.iter().any(|part| is_filed_in(*part, piece.value)) || of_year());
        !coarse && !filing && !is_closing_month(piece, &all)
    });
    let value = evidence.iter().find(|piece| piece.place == EvidencePlace::Key || is_dated_for(piece.value, &times));
    Attribution { value: value.or(evidence.first()).map(|piece| piece.value), evidence }
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

/// A title that names a month is a report on that month, where the quarter or half-year that ends with it is only told by the
/// day that the figures reach to: 6月份进展 with 截止日期:2024年6月30日.
fn prefer_titled_month(evidence: &mut Vec<Evidence<Period>>) {
    let parted = |piece: &Evidence<Period>| matches!(piece.value.part, PeriodPart::Half(_) | PeriodPart::Quarter(_));
    if evidence.iter().any(|piece| parted(piece) && !tells_only_the_end(piece)) {
        return;
    }
    let titled = evidence.iter().filter(|piece| piece.place == EvidencePlace::Title && !tells_only_the_end(piece));
    let months = titled.filter(|piece| matches!(piece.value.part, PeriodPart::Month(_)));
    let ends: Vec<Day> = months.map(|piece| piece.value.last_day()).collect();
    evidence.retain(|piece| !parted(piece) || !ends.contains(&piece.value.last_day()));
}

/// Whether the words only tell up to when the figures count: 截至2024年6月, 截止日期:2024年6月30日.
fn tells_only_the_end(piece: &Evidence<Period>) -> bool {
    let times = time::read(&piece.text);
    let dated = times.periods.is_empty() && times.days.iter().any(|day| day.closes);
    piece.place != EvidencePlace::Key
        && (dated || !times.periods.is_empty() && times.periods.iter().all(|period| period.up_to))
}

/// Whether a period is only told by the month or day that the figures reach to (截至2024年6月), while another place names
/// a quarter or half-year that ends with it.
fn is_closing_month(piece: &Evidence<Period>, all: &[Evidence<Period>]) -> bool {
    let names_it = |other: &Evidence<Period>| {
        let parted = matches!(other.value.part, PeriodPart::Half(_) | PeriodPart::Quarter(_));
        parted
            && other.value != piece.value
            && other.value.last_day() == piece.value.last_day()
            && !tells_only_the_end(other)
    };
    let parted = matches!(piece.value.part, PeriodPart::Half(_) | PeriodPart::Quarter(_));
    parted && tells_only_the_end(piece) && all.iter().any(names_it)
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

/// Whether words that name nothing but a month say when the report on the year before was made: 二〇二五年一月 on the cover of
/// 2024年度工作总结.
fn is_filed_after_year(year: Period, piece: &Evidence<Period>) -> bool {
    let PeriodPart::Month(month) = piece.value.part else { return false };
    piece.value.year == year.year + 1 && month <= 2 && is_only_a_month(&piece.text)
}

/// Whether a text is a month and nothing else.
fn is_only_a_month(text: &str) -> bool {
    let text = plain(text);
    let bare = text.trim_end_matches('份');
    bare.ends_with('月') && bare.chars().all(|c| c.is_ascii_digit() || "年月〇○零一二三四五六七八九十".contains(c))
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
    let day = year_of_day(times).map(|(year, _)| year);
    year_of_parts(times).or(day).or_else(|| periods.clone().find_map(|period: &NamedPeriod| period.year))
}

/// The first year named together with a part of it.
fn year_of_parts(times: &[(&Witness, Times)]) -> Option<u16> {
    let mut periods = times.iter().flat_map(|(_, times)| &times.periods).filter(|period| period.part.is_some());
    periods.find_map(|period| period.year)
}

/// The year and month of the first day of a named year, where only days tell the year of the parts.
fn year_of_day(times: &[(&Witness, Times)]) -> Option<(u16, u8)> {
    if year_of_parts(times).is_some() {
        return None;
    }
    times.iter().flat_map(|(_, times)| &times.days).find_map(|day| Some((day.year?, day.month)))
}

/// A named period, in the year that others tell where it has none of its own. Where the report is dated and the period had
/// not begun by then, it is the one that was just over: 四季度, filled in on 2025.1.6, is that of 2024.
fn in_common_year(named: NamedPeriod, year: Option<u16>, of_day: Option<(u16, u8)>) -> Option<Period> {
    let period = named.in_year(year)?;
    let Some((year, month)) = of_day.filter(|(_, month)| named.year.is_none() && first_month(period) > *month) else {
        return Some(period);
    };
    let before = Period::new(period.year - 1, period.part).filter(|before| is_soon_after(*before, year, month));
    Some(before.unwrap_or(period))
}

/// The month in which a period begins.
const fn first_month(period: Period) -> u8 {
    match period.part {
        PeriodPart::Year | PeriodPart::Week(_) => 1,
        PeriodPart::Half(half) => (half - 1) * 6 + 1,
        PeriodPart::Quarter(quarter) => (quarter - 1) * 3 + 1,
        PeriodPart::Month(month) => month,
    }
}

/// The year in which a report on a period is filed in a month: January after the fourth quarter is the next year's.
fn year_of_filing(period: Period, month: u8) -> u16 {
    if month < first_month(period) { period.year + 1 } else { period.year }
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

    #[test]
    fn the_year_of_a_day_is_that_in_which_the_period_had_begun() {
        let dated = |day| (EvidencePlace::Signature, day);
        let name = |text| (EvidencePlace::FileName, text);
        let quarter = |year, quarter| Period::new(year, PeriodPart::Quarter(quarter));
        assert_eq!(told(&[dated("2025.4.3晚上填的"), name("大门一季度表")]), quarter(2025, 1));
        assert_eq!(told(&[dated("2025年1月6日"), name("大门四季度表")]), quarter(2024, 4));
        assert_eq!(told(&[dated("2025年1月6日"), name("大门2025年四季度表")]), quarter(2025, 4));
        // Data up to June in a report of July.
        assert_eq!(told(&[dated("2025年6月28日"), name("大门7月表")]), Period::new(2025, PeriodPart::Month(7)));
    }

    #[test]
    fn a_month_alone_after_the_year_is_when_the_report_was_made() {
        let title = (EvidencePlace::Title, "“千万工程”二〇二四年度工作总结合订本");
        assert_eq!(told(&[title, (EvidencePlace::Title, "二〇二五年一月")]), Period::new(2024, PeriodPart::Year));
        let month = Period::new(2025, PeriodPart::Month(1));
        assert_eq!(told(&[(EvidencePlace::Title, "二〇二五年一月")]), month);
    }

    #[test]
    fn the_year_of_a_month_in_a_title_stands_in_a_note() {
        let witness = |text: &str| Witness { place: EvidencePlace::Title, cell: None, text: text.into(), key: None };
        let told = period_in_notes(&[], vec![witness("本月(9月)做了什么"), witness("2024年")]);
        assert_eq!(told.value, Period::new(2024, PeriodPart::Month(9)));
    }
}
