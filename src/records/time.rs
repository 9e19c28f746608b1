//! Which periods and days does a text name?

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
        last.then(|| Period::new(year, closing(self.month))).flatten()
    }
}

/// The part of the year that ends with a month: the quarter, where one ends there.
fn closing(month: u8) -> PeriodPart {
    if month.is_multiple_of(3) { PeriodPart::Quarter(month / 3) } else { PeriodPart::Month(month) }
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
    let chars: Vec<char> = plain(text).chars().collect();
    let mut scan =
        Scan { chars: &chars, at: 0, years: Vec::new(), closes: false, found: Vec::new(), days: Vec::new(), end: 0 };
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
    /// Parts of years and where they stand.
    found: Vec<(usize, NamedPeriod)>,
    days: Vec<(usize, NamedDay)>,
    /// Where the last part or day ended.
    end: usize,
}

/// Strokes that join the ends of a span.
const SPANS: &[char] = &['-', '—', '–', '~', '至', '到', '－', '−', '―'];

impl Scan<'_> {
    /// Reads what stands at the present place and moves on.
    fn step(&mut self) {
        for (word, part) in [
            ("上半年", PeriodPart::Half(1)),
            ("下半年", PeriodPart::Half(2)),
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
        ] {
            if self.starts(self.at, word) && !self.letter_before() {
                return self.part(part, word.chars().count());
            }
        }
        if self.starts(self.at, "截至") || self.starts(self.at, "截止") {
            self.closes = true;
            self.at += 2;
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
        } else {
            self.found.push((self.at, NamedPeriod { year: None, part: Some(part) }));
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
            let part = if self.closes { closing(month) } else { PeriodPart::Month(month) };
            self.part(part, length);
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
            self.found.push((at, NamedPeriod { year: None, part }));
        } else {
            self.days.push((self.at, NamedDay { year: None, month, day, closes: self.closes }));
        }
        self.end = end;
        self.closes = false;
        self.at = end;
    }

    /// A number of one or two digits: a month, a span of months, a quarter, a week, a short year, a day.
    fn small(&mut self, value: u32, length: usize) {
        let after = self.at + length;
        let value = u8::try_from(value).unwrap_or(0);
        let next = self.chars.get(after).copied();
        if next == Some('季') && (1..=4).contains(&value) {
            let full = if self.starts(after, "季度") { 2 } else { 1 };
            return self.part(PeriodPart::Quarter(value), length + full);
        }
        if next == Some('周') && self.at > 0 && self.chars[self.at - 1] == '第' && (1..=53).contains(&value) {
            return self.part(PeriodPart::Week(value), length + 1);
        }
        let before_quarter = matches!(next, Some('Q' | 'q')) && self.number(after + 1).1 == 1;
        if (next == Some('年') || before_quarter) && length == 2 && (20..=49).contains(&value) {
            self.years.push((self.at, 2000 + u16::from(value)));
            self.at = after;
            return if before_quarter { self.quarter_letter() } else { self.at += 1 };
        }
        if (1..=12).contains(&value) && self.month(value, length) {
            return;
        }
        self.at = after;
    }

    /// 3月, 3月底, 1-3月, 1月至3月, 4月8日, 4.9. Returns whether one of them stands here.
    fn month(&mut self, first: u8, length: usize) -> bool {
        let mut after = self.at + length;
        let is_month = self.chars.get(after) == Some(&'月');
        if is_month {
            after += 1 + usize::from(self.starts(after, "月份"));
        }
        let span = self.chars.get(after).is_some_and(|c| SPANS.contains(c));
        let (second, second_length) = self.number(after + usize::from(span));
        let small = u8::try_from(second).unwrap_or(0);
        let end = after + usize::from(span) + second_length;
        if span && (1..=2).contains(&second_length) && (1..=12).contains(&small) && self.chars.get(end) == Some(&'月')
        {
            self.part(months(first, small), end + 1 - self.at);
            return true;
        }
        let dotted = self.chars.get(after) == Some(&'.') && !is_month;
        let (day, day_length) = if dotted { self.number(after + 1) } else { (second, second_length) };
        let day = u8::try_from(day).unwrap_or(0);
        if (is_month && !span || dotted) && (1..=2).contains(&day_length) && (1..=31).contains(&day) {
            self.note_day(first, day, after + usize::from(dotted) + day_length);
            return true;
        }
        if !is_month {
            return false;
        }
        let ends = self.chars.get(after).is_some_and(|c| matches!(c, '底' | '末'));
        let part = if ends || self.closes { closing(first) } else { PeriodPart::Month(first) };
        self.part(part, after - self.at);
        true
    }

    /// Chinese numerals: 第一季度, 二〇二四年, 十二月份.
    fn chinese(&mut self) {
        let in_year = |c: &char| chinese_digit(*c).or((*c == '0').then_some(0));
        let digits: Vec<u32> = self.chars[self.at..].iter().map_while(in_year).collect();
        if digits.len() == 4 && self.chars.get(self.at + 4) == Some(&'年') {
            let value = digits.iter().fold(0, |value, digit| value * 10 + digit);
            if is_year(value) {
                return self.year(value, 4);
            }
        }
        let counted = self.at > 0 && self.chars[self.at - 1] == '第' && self.starts(self.at + 1, "季");
        if let [quarter @ 1..=4, ..] = digits[..]
            && (counted || self.starts(self.at + 1, "季度"))
        {
            let quarter = u8::try_from(quarter).unwrap_or(1);
            let full = if self.starts(self.at + 1, "季度") { 2 } else { 1 };
            return self.part(PeriodPart::Quarter(quarter), 1 + full);
        }
        if let Some((first, last, length)) = self.chinese_span() {
            return self.part(months(first, last), length);
        }
        if let Some((month, length)) = self.chinese_month() {
            if let Some((day, day_length)) = chinese_day(&self.chars[self.at + length..]) {
                return self.note_day(month, day, self.at + length + day_length);
            }
            let part = if self.closes || self.starts(self.at + length, "底") {
                closing(month)
            } else {
                PeriodPart::Month(month)
            };
            return self.part(part, length);
        }
        self.at += 1;
    }

    /// 一至三月, 四月到六月, 一到十二月份: both months and the length.
    fn chinese_span(&self) -> Option<(u8, u8, usize)> {
        let (first, length) = chinese_count(&self.chars[self.at..])?;
        let named = ["月份", "月"].into_iter().find(|word| self.starts(self.at + length, word));
        let stroke = self.at + length + named.map_or(0, |word| word.chars().count());
        self.chars.get(stroke).filter(|c| SPANS.contains(c))?;
        let (last, last_length) = chinese_count(&self.chars[stroke + 1..])?;
        let end = stroke + 1 + last_length;
        let months = self.chars.get(end) == Some(&'月') && (1..=12).contains(&first) && (first..=12).contains(&last);
        months.then_some((first, last, end + 1 - self.at))
    }

    /// 三月份, 十二月 behind a year: bare 一月 may mean "every month" (一月一通报).
    fn chinese_month(&self) -> Option<(u8, usize)> {
        let rest: String = self.chars[self.at..].iter().take(4).collect();
        let names =
            ["十二月", "十一月", "十月", "九月", "八月", "七月", "六月", "五月", "四月", "三月", "二月", "一月"];
        let place = names.iter().position(|name| rest.starts_with(name))?;
        let length = names[place].chars().count();
        let behind_year = self.at > 0 && self.chars[self.at - 1] == '年';
        let plainly_month = self.chars.get(self.at + length).is_some_and(|c| matches!(c, '份' | '底' | '末'));
        let dated = chinese_day(&self.chars[self.at + length..]).is_some();
        (behind_year || plainly_month || dated).then(|| (12 - u8::try_from(place).unwrap_or(0), length))
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
            periods.extend(self.years.first().map(|(_, year)| NamedPeriod { year: Some(*year), part: None }));
        }
        Times { periods, days }
    }
}

/// A count up to 99 in Chinese numerals at the beginning of a text, and its length.
fn chinese_count(chars: &[char]) -> Option<(u8, usize)> {
    let numerals = chars.iter().take(4).take_while(|c| **c == '十' || chinese_digit(**c).is_some()).count();
    let count = match chars[..numerals] {
        ['十'] => 10,
        ['十', ones] => 10 + chinese_digit(ones)?,
        [tens, '十'] => chinese_digit(tens)? * 10,
        [tens, '十', ones] => chinese_digit(tens)? * 10 + chinese_digit(ones)?,
        [ones] => chinese_digit(ones)?,
        _ => return None,
    };
    Some((u8::try_from(count).ok()?, numerals))
}

/// A day of the month in Chinese numerals at the beginning of a text (三日, 二十八日, 三十一号), and its length.
fn chinese_day(chars: &[char]) -> Option<(u8, usize)> {
    let (day, length) = chinese_count(chars)?;
    let named = matches!(chars.get(length), Some('日' | '号')) && (1..=31).contains(&day);
    named.then_some((day, length + 1))
}

/// Whether a number is a year that a report can be about.
const fn is_year(value: u32) -> bool {
    value >= 2015 && value <= 2050
}

/// The value of a Chinese digit.
fn chinese_digit(c: char) -> Option<u32> {
    let digits = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let place = digits.iter().position(|digit| *digit == c).or((c == '零' || c == '○').then_some(0))?;
    u32::try_from(place).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn periods(text: &str) -> Vec<String> {
        read(text).periods.iter().filter_map(|period| period.in_year(None)).map(|period| period.to_string()).collect()
    }

    #[test]
    fn periods_as_offices_write_them() {
        for (text, expected) in [
            ("2024年一季度", "2024Q1"),
            ("2024年第一季度", "2024Q1"),
            ("2024年第1季度责任分解落实情况", "2024Q1"),
            ("二〇二四年二季度", "2024Q2"),
            ("2024年1—3月", "2024Q1"),
            ("2024年1-6月", "2024H1"),
            ("2024年4-6月份", "2024Q2"),
            ("2024年1月至3月", "2024Q1"),
            ("截至2024年3月底", "2024Q1"),
            ("2024年上半年工作", "2024H1"),
            ("2024年前三季度", "2024Q3"),
            ("北岙街道2024.3", "2024-03"),
            ("2024-03", "2024-03"),
            ("202403", "2024-03"),
            ("2024年3月份进展", "2024-03"),
            ("2024Q1", "2024Q1"),
            ("霓屿街道2024年Q1重点工作销号表", "2024Q1"),
            ("大门镇“千万工程”二季度进度(2024年)", "2024Q2"),
            ("实施方案(2023—2027年)责任分解2024年一季度", "2024Q1"),
            ("洞政办发〔2023〕14号 2024年第三季度", "2024Q3"),
            ("2024年第12周", "2024W12"),
            ("2024年度", "2024"),
            ("24年一季度", "2024Q1"),
            ("2024.1-3", "2024Q1"),
            ("2024年三月份", "2024-03"),
            ("2024年一至三月", "2024Q1"),
            ("二〇二四年四月到六月", "2024Q2"),
            ("二〇二四年四月份至六月份", "2024Q2"),
            ("2024年第一季", "2024Q1"),
            ("24Q2", "2024Q2"),
            ("2024.01-2024.03", "2024Q1"),
            ("2024年1月—2024年3月", "2024Q1"),
            ("2024年1月1日至3月31日", "2024Q1"),
            ("2024/4/1-2024/6/30", "2024Q2"),
            ("1月1日—6月30日(2024年)", "2024H1"),
            ("2024年头三个月", "2024Q1"),
            ("2024年一、二季度", "2024H1"),
            ("二0二四年四季度", "2024Q4"),
            ("2024.1季度", "2024Q1"),
            ("2024年元月", "2024-01"),
        ] {
            assert_eq!(periods(text), [expected], "{text}");
        }
    }

    #[test]
    fn texts_without_a_period() {
        for text in [
            "",
            "2023—2027年",
            "一周一调度、一月一通报、一季一研判",
            "2024年4月8日",
            "2024年4月1日至4月8日",
            "东屏街道",
            "20240408",
            "12345",
        ] {
            assert_eq!(periods(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_part_without_its_year_waits_for_one() {
        let times = read("一季度完成情况");
        assert_eq!(times.periods, [NamedPeriod { year: None, part: Some(PeriodPart::Quarter(1)) }]);
        assert_eq!(times.periods[0].in_year(Some(2024)).map(|period| period.to_string()).as_deref(), Some("2024Q1"));
    }

    #[test]
    fn days_as_offices_write_them() {
        for text in [
            "填报日期:2024年4月8日",
            "2024.4.8",
            "2024-04-08",
            "2024/4/8",
            "20240408",
            "二〇二四年4月8日",
            "二〇二四年四月八日",
        ] {
            let days: Vec<Option<Day>> = read(text).days.into_iter().map(NamedDay::day).collect();
            assert_eq!(days, [Some(Day { year: 2024, month: 4, day: 8 })], "{text}");
        }
        for (text, month, day) in
            [("七月三日", 7, 3), ("十二月三十一日", 12, 31), ("三月二十号", 3, 20), ("四月十日", 4, 10)]
        {
            assert_eq!((read(text).days[0].month, read(text).days[0].day), (month, day), "{text}");
        }
        assert!(read("一月一通报、十日一调度").days.is_empty());
        assert_eq!(read("2024年2月30日").days[0].day(), None);
        assert_eq!((read("日期:4.9").days[0].month, read("7月3日").days[0].day), (4, 3));
    }

    #[test]
    fn the_last_day_of_a_quarter_closes_it() {
        let closed = |text: &str| read(text).days[0].period_it_closes().map(|period| period.to_string());
        assert_eq!(closed("20240331").as_deref(), Some("2024Q1"));
        assert_eq!(closed("截至2024年4月30日").as_deref(), Some("2024-04"));
        assert_eq!(closed("20240408"), None);
    }
}
