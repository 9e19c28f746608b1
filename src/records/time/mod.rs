//! Which periods and days does a text name?

mod chinese;
mod clock;
mod months;
#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::sync::LazyLock;

use rustc_hash::FxBuildHasher;

use self::clock::without_clock;
use crate::period::{Day, Period, PeriodPart, days_in_month};
use crate::tables::plain;

/// What a text says about time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Times {
    /// Periods in reading order.
    pub(crate) periods: Vec<NamedPeriod>,
    /// Days in reading order.
    pub(crate) days: Vec<NamedDay>,
}

/// A period as named: the year or the part may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NamedPeriod {
    /// Calendar year; absent where the text names none.
    pub(crate) year: Option<u16>,
    /// Part of the year; absent where only the year is named.
    pub(crate) part: Option<PeriodPart>,
    /// Whether only its end is named: 截至6月底. The figures count from January, so it is the half-year where a half-year
    /// ends there; a report on the quarter may say the same.
    pub(crate) up_to: bool,
}

/// A day as named: the year may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NamedDay {
    /// Calendar year; absent where the text names none.
    pub(crate) year: Option<u16>,
    /// Month, 1 to 12.
    pub(crate) month: u8,
    /// Day of the month, 1 to 31.
    pub(crate) day: u8,
    /// Whether the text says 截至 before it: the figures count up to this day.
    pub(crate) closes: bool,
}

impl NamedPeriod {
    /// The period, in another text's year where this one names none.
    pub(crate) fn in_year(self, year: Option<u16>) -> Option<Period> {
        Period::new(self.year.or(year)?, self.part.unwrap_or(PeriodPart::Year))
    }
}

impl NamedDay {
    /// The day, if its year is named and it exists.
    pub(crate) fn day(self) -> Option<Day> {
        let year = self.year?;
        (self.day <= days_in_month(year, self.month)).then_some(Day { year, month: self.month, day: self.day })
    }

    /// The period that ends on this day: a month's last day ends the month, or the quarter.
    pub(crate) fn period_it_closes(self) -> Option<Period> {
        let year = self.year?;
        let last = days_in_month(year, self.month) == self.day;
        let part = if self.closes { up_to(self.month) } else { closing(self.month) };
        last.then(|| Period::new(year, part)).flatten()
    }
}

/// The part of the year that ends with a month: the quarter, where one ends there.
fn closing(month: u8) -> PeriodPart {
    if month.is_multiple_of(3) { PeriodPart::Quarter(month / 3) } else { PeriodPart::Month(month) }
}

/// The part of the year that figures cover which are counted up to the end of a month: 截至6月底 is 1—6月.
fn up_to(month: u8) -> PeriodPart {
    if month == 6 { PeriodPart::Half(1) } else { closing(month) }
}

/// The part of the year from one month to another.
fn months(first: u8, last: u8) -> PeriodPart {
    match (first, last) {
        (1, 12) => PeriodPart::Year,
        (1, 6) => PeriodPart::Half(1),
        (7, 12) => PeriodPart::Half(2),
        _ => closing(last),
    }
}

/// Reads all periods and days that a text names. Spans of years (2023—2027年) and years of document numbers
/// (〔2023〕14号) belong to the plan's title, not to the report.
pub(crate) fn read(text: &str) -> Times {
    let chars: Vec<char> = plain(&without_clock(text)).chars().collect();
    let mut scan = Scan {
        chars: &chars,
        at: 0,
        years: Vec::new(),
        closes: false,
        other_year: None,
        found: Vec::new(),
        days: Vec::new(),
        end: 0,
    };
    while scan.at < chars.len() {
        scan.step();
    }
    scan.finish()
}

/// A walk through a text.
struct Scan<'t> {
    chars: &'t [char],
    at: usize,
    /// Years and where they stand.
    years: Vec<(usize, u16)>,
    /// Whether 截至 was just read.
    closes: bool,
    /// Behind a word for another year than the report's (明年, 去年), where it ends.
    other_year: Option<usize>,
    /// Parts of years and where they stand.
    found: Vec<(usize, NamedPeriod)>,
    days: Vec<(usize, NamedDay)>,
    /// Where the last part or day ended.
    end: usize,
}

/// Words for parts of a year.
const PARTS: [(&str, PeriodPart); 16] = [
    ("上半年", PeriodPart::Half(1)),
    ("下半年", PeriodPart::Half(2)),
    ("半年度", PeriodPart::Half(1)),
    ("半年报", PeriodPart::Half(1)),
    ("前三季度", PeriodPart::Quarter(3)),
    ("前3季度", PeriodPart::Quarter(3)),
    ("一、二季度", PeriodPart::Half(1)),
    ("一二季度", PeriodPart::Half(1)),
    ("三、四季度", PeriodPart::Half(2)),
    ("三四季度", PeriodPart::Half(2)),
    ("头三个月", PeriodPart::Quarter(1)),
    ("前三个月", PeriodPart::Quarter(1)),
    ("首季", PeriodPart::Quarter(1)),
    ("元月", PeriodPart::Month(1)),
    ("H1", PeriodPart::Half(1)),
    ("H2", PeriodPart::Half(2)),
];

/// Words for another year than the one that the report is about: 明年一季度 is no quarter of it.
const OTHER_YEARS: [&str; 9] = ["明年", "来年", "次年", "翌年", "下一年", "去年", "上年", "上一年", "往年"];

/// Words before the day or month up to which the figures count.
const CLOSING: [&str; 2] = ["截至", "截止"];

/// The first characters of all these words: at most places stands none of them.
static BEGINNINGS: LazyLock<HashSet<char, FxBuildHasher>> = LazyLock::new(|| {
    let parts = PARTS.iter().map(|(word, _)| word);
    parts.chain(&OTHER_YEARS).chain(&CLOSING).filter_map(|word| word.chars().next()).collect()
});

/// Strokes that join the ends of a span.
const SPANS: &[char] = &['-', '—', '–', '~', '至', '到', '－', '−', '―'];

impl Scan<'_> {
    /// Reads what stands at the present place and moves on.
    fn step(&mut self) {
        if BEGINNINGS.contains(&self.chars[self.at]) && self.word() {
            return;
        }
        if matches!(self.chars[self.at], 'Q' | 'q') && !self.letter_before() {
            return self.quarter_letter();
        }
        let (value, length) = self.number(self.at);
        match length {
            0 => self.chinese(),
            4 if is_year(value) => self.year(value, length),
            6 | 8 if is_year(value / if length == 8 { 10_000 } else { 100 }) => self.compact(value, length),
            1 | 2 => self.small(value, length),
            _ => self.at += length,
        }
    }

    /// Reads the word for a part of a year, another year or the end of a time that stands at the present place and moves on;
    /// false where there is none.
    fn word(&mut self) -> bool {
        let named = PARTS.iter().find(|(word, _)| self.starts(self.at, word));
        if let Some((word, part)) = named.filter(|_| !self.letter_before()) {
            self.part(*part, word.chars().count());
            return true;
        }
        if let Some(word) = OTHER_YEARS.iter().find(|word| self.starts(self.at, word)) {
            self.at += word.chars().count();
            self.other_year = Some(self.at);
            return true;
        }
        let closes = CLOSING.iter().find(|word| self.starts(self.at, word));
        self.closes |= closes.is_some();
        self.at += closes.map_or(0, |word| word.chars().count());
        closes.is_some()
    }

    /// Whether a text stands at a place.
    fn starts(&self, at: usize, text: &str) -> bool {
        text.chars().enumerate().all(|(offset, c)| self.chars.get(at + offset) == Some(&c))
    }

    /// Whether a Latin letter stands before the present place.
    fn letter_before(&self) -> bool {
        self.at > 0 && self.chars[self.at - 1].is_ascii_alphabetic()
    }

    /// The decimal number at a place and its length; length 0 where none stands there.
    fn number(&self, at: usize) -> (u32, usize) {
        let digits: Vec<u32> = self.chars[at.min(self.chars.len())..].iter().map_while(|c| c.to_digit(10)).collect();
        let value = digits.iter().take(9).fold(0u32, |value, digit| value.wrapping_mul(10).wrapping_add(*digit));
        (value, digits.len())
    }

    /// Notes a part of a year and moves on.
    fn part(&mut self, part: PeriodPart, length: usize) {
        self.note_part(part, length, false);
    }

    /// Notes a part of a year of which only the last month is named, and moves on.
    fn part_up_to(&mut self, month: u8, length: usize) {
        self.note_part(up_to(month), length, true);
    }

    fn note_part(&mut self, part: PeriodPart, length: usize, up_to: bool) {
        let joined = match (self.found.last(), part) {
            // 2024.01-2024.03, 2024年1月—2024年3月
            (Some((_, NamedPeriod { part: Some(PeriodPart::Month(first)), .. })), PeriodPart::Month(last))
                if *first <= last && self.continues_a_span() =>
            {
                Some(months(*first, last))
            }
            _ => None,
        };
        if let Some((_, earlier)) = self.found.last_mut().filter(|_| joined.is_some()) {
            earlier.part = joined;
        } else if !self.is_of_other_year() {
            self.found.push((self.at, NamedPeriod { year: None, part: Some(part), up_to }));
        }
        self.at += length;
        self.end = self.at;
        self.closes = false;
    }

    /// Whether only a stroke, and maybe a year, parts the present place from the last part or day.
    fn continues_a_span(&self) -> bool {
        let mut between = &self.chars[self.end.min(self.at)..self.at];
        if let ['日' | '号', rest @ ..] = between {
            between = rest;
        }
        let Some((stroke, rest)) = between.split_first() else { return false };
        SPANS.contains(stroke) && rest.iter().all(|c| c.is_ascii_digit() || matches!(c, '年' | '.' | '/' | '-'))
    }

    /// Whether the present place is right behind a word for another year: 明年的第一季度.
    fn is_of_other_year(&self) -> bool {
        let between = self.other_year.and_then(|end| self.chars.get(end..self.at));
        between.is_some_and(|between| between.iter().all(|c| matches!(c, '度' | '的' | '第')))
    }

    /// Q1, q3.
    fn quarter_letter(&mut self) {
        let (value, length) = self.number(self.at + 1);
        match u8::try_from(value) {
            Ok(quarter @ 1..=4) if length == 1 => self.part(PeriodPart::Quarter(quarter), 2),
            _ => self.at += 1,
        }
    }

    /// A year, and the month or day that may follow it.
    fn year(&mut self, value: u32, length: usize) {
        let start = self.at;
        let before = start.checked_sub(1).map(|at| self.chars[at]);
        self.at += length;
        if matches!(before, Some('〔' | '[')) {
            return;
        }
        let mut after = self.at;
        if self.chars.get(after) == Some(&'年') {
            after += 1;
        }
        if self.chars.get(after).is_some_and(|c| SPANS.contains(c)) {
            let (other, other_length) = self.number(after + 1);
            if other_length == 4 && is_year(other) {
                self.at = after + 1 + other_length;
                return;
            }
        }
        let year = u16::try_from(value).unwrap_or(0);
        self.years.push((start, year));
        let parted = self.chars.get(self.at).is_some_and(|c| matches!(c, '.' | '-' | '/' | '年' | '_'));
        if parted {
            self.at += 1;
            if self.starts(self.at, "度") {
                self.at += 1;
            }
            let joined = self.chars[self.at - 1] != '年' && self.chars[self.at - 1] != '度';
            let (month, month_length) = self.number(self.at);
            if joined && (1..=2).contains(&month_length) && (1..=12).contains(&month) {
                self.joined_month(month, month_length);
            }
        }
    }

    /// 2024.3, 2024-03-31, 2024.1-3: the part behind a year that is joined to it by a point or stroke.
    fn joined_month(&mut self, month: u32, length: usize) {
        let month = u8::try_from(month).unwrap_or(1);
        let after = self.at + length;
        let (second, second_length) = self.number(after + 1);
        let separator = self.chars.get(after).copied();
        let small = (1..=2).contains(&second_length);
        let days = matches!(separator, Some('.' | '/' | '-'));
        let same_stroke = separator == self.at.checked_sub(1).map(|at| self.chars[at]);
        let is_month = self.chars.get(after + 1 + second_length) == Some(&'月');
        if days && small && (1..=31).contains(&second) && same_stroke && !is_month {
            let day = u8::try_from(second).unwrap_or(1);
            self.note_day(month, day, after + 1 + second_length);
        } else if separator == Some('季') && (1..=4).contains(&month) {
            let full = if self.starts(after, "季度") { 2 } else { 1 };
            self.part(PeriodPart::Quarter(month), length + full);
        } else if separator.is_some_and(|c| SPANS.contains(&c)) && small && (1..=12).contains(&second) {
            let last = u8::try_from(second).unwrap_or(1);
            let length = length + 1 + second_length;
            self.part(months(month, last), length);
        } else {
            self.month_as_named(month, length, self.closes);
        }
    }

    /// 20240331, 202403.
    fn compact(&mut self, value: u32, length: usize) {
        let (year, month, day) =
            if length == 8 { (value / 10_000, value / 100 % 100, value % 100) } else { (value / 100, value % 100, 0) };
        let start = self.at;
        let year = u16::try_from(year).unwrap_or(0);
        match (u8::try_from(month), u8::try_from(day)) {
            (Ok(month @ 1..=12), Ok(day @ 1..=31)) if length == 8 => {
                self.years.push((start, year));
                self.note_day(month, day, start + length);
            }
            (Ok(month @ 1..=12), _) if length == 6 => {
                self.years.push((start, year));
                self.part(PeriodPart::Month(month), length);
            }
            _ => self.at += length,
        }
    }

    /// Notes a day and moves on.
    fn note_day(&mut self, month: u8, day: u8, end: usize) {
        // 1月1日至3月31日: what was counted is closed by the second day.
        let opened = self.days.last().is_some_and(|(_, first)| first.day == 1 && first.month <= month && day >= 28);
        let spans = opened && self.end > 0 && self.continues_a_span();
        if let Some((at, first)) = self.days.pop_if(|_| spans) {
            let part = Some(months(first.month, month));
            self.found.push((at, NamedPeriod { year: None, part, up_to: false }));
        } else if !self.is_of_other_year() {
            self.days.push((self.at, NamedDay { year: None, month, day, closes: self.closes }));
        }
        self.end = end;
        self.closes = false;
        self.at = end;
    }

    /// Gives each part and day its year: the nearest one before it, else the first one of the text.
    fn finish(self) -> Times {
        let year_of = |place: usize| {
            let before = self.years.iter().rev().find(|(at, _)| *at <= place);
            before.or(self.years.first()).map(|(_, year)| *year)
        };
        let mut periods: Vec<NamedPeriod> =
            self.found.iter().map(|(at, period)| NamedPeriod { year: year_of(*at), ..*period }).collect();
        let days: Vec<NamedDay> = self.days.iter().map(|(at, day)| NamedDay { year: year_of(*at), ..*day }).collect();
        if periods.is_empty() && days.is_empty() {
            periods.extend(self.years.first().map(|(_, year)| NamedPeriod {
                year: Some(*year),
                part: None,
                up_to: false,
            }));
        }
        Times { periods, days }
    }
}

/// Whether a number is a year that a report can be about.
const fn is_year(value: u32) -> bool {
    value >= 2015 && value <= 2050
}
