//! Numbers of one or two digits: months, spans of months, quarters, weeks, short years, days.

use super::{SPANS, Scan, months};
use crate::period::PeriodPart;

impl Scan<'_> {
    /// A number of one or two digits: a month, a span of months, a quarter, a week, a short year, a day.
    pub(super) fn small(&mut self, value: u32, length: usize) {
        let after = self.at + length;
        let value = u8::try_from(value).unwrap_or(0);
        let next = self.chars.get(after).copied();
        if next == Some('季') && (1..=4).contains(&value) {
            let full = if self.starts(after, "季度") { 2 } else { 1 };
            return self.part(PeriodPart::Quarter(value), length + full);
        }
        if let Some(end) = self.end_of_weeks(after) {
            self.at = end;
            return;
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
        if next == Some('.') && length == 2 && (20..=49).contains(&value) && self.is_of_months(after + 1) {
            // 24.1-3月 in the name of a file.
            self.years.push((self.at, 2000 + u16::from(value)));
            self.at = after + 1;
            return;
        }
        if (1..=12).contains(&value) && self.month(value, length) {
            return;
        }
        self.at = after;
    }

    /// Whether a month or a span of months stands at a place: 3月, 1-3月.
    fn is_of_months(&self, at: usize) -> bool {
        let (first, length) = self.number(at);
        let behind = at + length;
        let span = self.chars.get(behind).is_some_and(|c| SPANS.contains(c));
        let (last, last_length) = if span { self.number(behind + 1) } else { (first, length) };
        let end = if span { behind + 1 + last_length } else { behind };
        let months = [(first, length), (last, last_length)];
        months.iter().all(|(month, length)| (1..=2).contains(length) && (1..=12).contains(month))
            && self.chars.get(end) == Some(&'月')
    }

    /// Where a span of weeks ends (第14周至第26周), of which `after` stands behind the first number: it names no period that
    /// is reported.
    fn end_of_weeks(&self, after: usize) -> Option<usize> {
        let skipped = |at: usize, c: char| at + usize::from(self.chars.get(at) == Some(&c));
        let stroke = skipped(after, '周');
        self.chars.get(stroke).filter(|c| SPANS.contains(c))?;
        let second = skipped(stroke + 1, '第');
        let (_, length) = self.number(second);
        let end = second + length;
        ((1..=2).contains(&length) && self.chars.get(end) == Some(&'周')).then_some(end + 1)
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
        // 08-6月 is the number of a file and a month, and so is 04-9月: of a span both months are written alike.
        let alike = is_month || length == 1 || first >= 10 || second_length == 2;
        let runs_on = is_month || first <= small && alike;
        let is_span = span && runs_on && (1..=2).contains(&second_length) && (1..=12).contains(&small);
        if is_span && self.chars.get(end) == Some(&'月') {
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
        self.month_as_named(first, after - self.at, ends || self.closes);
        true
    }

    /// Notes a month, or the time up to its end, and moves on.
    pub(super) fn month_as_named(&mut self, month: u8, length: usize, up_to: bool) {
        if up_to { self.part_up_to(month, length) } else { self.part(PeriodPart::Month(month), length) }
    }
}
