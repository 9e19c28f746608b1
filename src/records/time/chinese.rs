//! Periods and days in Chinese numerals: 第一季度, 二〇二四年, 十二月份.

use super::{SPANS, Scan, is_year, months};
use crate::period::PeriodPart;

impl Scan<'_> {
    /// Chinese numerals: 第一季度, 二〇二四年, 十二月份.
    pub(super) fn chinese(&mut self) {
        let first = self.chars[self.at];
        if first != '十' && chinese_digit(first).is_none() {
            self.at += 1;
            return;
        }
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
            && (counted || ["季度", "季报"].iter().any(|word| self.starts(self.at + 1, word)))
        {
            // 下一季度 is the next one, not the first.
            let next = self.at.checked_sub(1).is_some_and(|before| matches!(self.chars[before], '上' | '下' | '每'));
            if next && quarter == 1 {
                self.at += 1;
                return;
            }
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
            let ends = self.starts(self.at + length, "底") || self.starts(self.at + length, "末");
            return self.month_as_named(month, length, ends || self.closes);
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

/// The value of a Chinese digit.
fn chinese_digit(c: char) -> Option<u32> {
    let digits = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let place = digits.iter().position(|digit| *digit == c).or((c == '零' || c == '○').then_some(0))?;
    u32::try_from(place).ok()
}
