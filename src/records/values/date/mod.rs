//! Which deadline does a cell state: 2024.3, 3月底, 上半年, 二季度末, Excel serials, 年底, 到2027年.

#[cfg(test)]
mod tests;
mod within_year;

use self::within_year::{bare_month, digits_at, month_end, within_year};
use super::model::Deadline;
use super::quantity::Reading;
use super::written::{compact, is_blank, is_error_code};
use crate::numeral;
use crate::period::{Period, days_in_month};
use crate::words::Words;
use crate::workbooks::Value;

/// Serial numbers of 1990 to 2100: a bare number in this range is a date that lost its format.
const SERIALS: std::ops::RangeInclusive<f64> = 32_874.0..=73_415.0;

/// Words for work without an end: they state no date and want none.
static WITHOUT_END: Words = Words::new("长期 每年 常年 常态 持续 每月 每季 逐年 年年 全程 随时 长年 连续实施 滚动");

/// Words that leave a date open, whatever year stands before them: 明年适时, 下半年再说.
static LEFT_OPEN: Words = Words::new(
    "适时 某 适当时 合适时 条件成熟 时机成熟 看情况 抽空 有空 找时间 抽时间 择机 视情 再说 再定 再议 另定 另行 待定 待明确 未定 不定 或明年 或次年",
);

/// Reads the deadline of a cell. Months without a year belong to the period's year.
pub(super) fn read(value: &Value, text: &str, period: Option<Period>) -> Reading<Deadline> {
    match value {
        Value::Error(_) | Value::NotCalculated => return Reading::Blank,
        Value::Boolean(_) => return Reading::Unreadable,
        Value::Date(serial) => {
            // The precision is the one shown: 2024年12月 for a stored 2024-12-01.
            return match stated(text, period) {
                Reading::Read(shown) if shown.day.is_none() => Reading::Read(shown),
                _ => from_serial(*serial).map_or(Reading::Unreadable, Reading::Read),
            };
        }
        Value::Number(number) if SERIALS.contains(number) => {
            return from_serial(*number).map_or(Reading::Unreadable, Reading::Read);
        }
        Value::Number(_) | Value::Text(_) => {}
    }
    if let Some(deadline) = compact(text).parse().ok().filter(|number| SERIALS.contains(number)).and_then(from_serial) {
        return Reading::Read(deadline);
    }
    stated(text, period)
}

/// The deadline that a text states: the last one, where it names several.
fn stated(text: &str, period: Option<Period>) -> Reading<Deadline> {
    if is_blank(text) || is_error_code(text) {
        return Reading::Blank;
    }
    // 2024-12-31 00:00:00 is a day; so is 12月31日24时.
    let dated: String = text.split_whitespace().filter(|part| !part.contains(':')).collect();
    let text = without_brackets(&compact(&dated)).replace(['。', ','], ".");
    if LEFT_OPEN.stand_in(&text) || month_is_left_out(&text) {
        return Reading::Unreadable;
    }
    let text = ["24时前", "24时"].iter().find_map(|hour| text.strip_suffix(hour)).unwrap_or(&text);
    let text = in_digits(text.trim_end_matches('.'));
    if WITHOUT_END.beginning(&text).next().is_some() && !text.contains("20") {
        return Reading::Blank;
    }
    let mut found: Option<Deadline> = None;
    let mut year = None;
    let mut rest = text.as_str();
    while !rest.is_empty() {
        if let Some((mut deadline, length)) = date_at(rest, year, period) {
            if !exists(deadline) {
                return Reading::Unreadable;
            }
            if deadline.year == 0 {
                let Some(period) = period else { return Reading::Blank };
                deadline.year = period.year;
            }
            year = Some(deadline.year);
            found = found.max(Some(deadline));
            rest = &rest[length..];
        } else {
            let next = rest.chars().next().map_or(1, char::len_utf8);
            if rest.starts_with(|c: char| c.is_ascii_digit()) {
                return Reading::Unreadable;
            }
            rest = &rest[next..];
        }
    }
    found.map_or(Reading::Unreadable, Reading::Read)
}

/// Whether a form was left as it was: 2024年 月, 2025年?月, 2024年xx月.
fn month_is_left_out(text: &str) -> bool {
    let blank = |c: char| c.is_whitespace() || "xX×?_*".contains(c);
    text.split("年").skip(1).any(|rest| rest.trim_start_matches(blank).starts_with('月'))
}

/// A date at the beginning of a text with its length in bytes; the year is 0 where it is the period's.
fn date_at(text: &str, year_before: Option<u16>, period: Option<Period>) -> Option<(Deadline, usize)> {
    relative_at(text, period)
        .or_else(|| compact_digits_at(text))
        .or_else(|| year_at(text))
        .or_else(|| short_year_at(text))
        .or_else(|| within_year(text).map(|(month, day, length)| (dated(year_before.unwrap_or(0), month, day), length)))
}

const fn dated(year: u16, month: u8, day: Option<u8>) -> Deadline {
    Deadline { year, month: Some(month), day }
}

/// 年底, 本季度末, 下月, 明年, 十四五末.
fn relative_at(text: &str, period: Option<Period>) -> Option<(Deadline, usize)> {
    // Every one of these words begins with one of these characters.
    if !text.starts_with(['“', '十', '明', '次', '今', '本', '当', '去', '上', '下']) {
        return None;
    }
    for (word, year) in [("“十四五”", 2025), ("十四五", 2025), ("“十五五”", 2030), ("十五五", 2030)]
    {
        if text.starts_with(word) {
            return Some((Deadline { year, month: None, day: None }, word.len()));
        }
    }
    let year = period.map_or(0, |period| period.year);
    let next_year = if year == 0 { 0 } else { year + 1 };
    let last_year = year.saturating_sub(1);
    for (word, base) in [
        ("明年", next_year),
        ("次年", next_year),
        ("今年", year),
        ("本年度", year),
        ("本年", year),
        ("当年", year),
        ("去年", last_year),
        ("上年度", last_year),
        ("上年", last_year),
    ] {
        if let Some(rest) = text.strip_prefix(word) {
            let end = usize::from(rest.starts_with(['底', '末', '内'])) * '底'.len_utf8();
            let (month, day, length) = within_year(rest).unwrap_or((12, None, end));
            return Some((dated(base, month, day), word.len() + length));
        }
    }
    let (month, quarter) = period.map(|period| period.last_day().month).map(|month| (month, month.div_ceil(3) * 3))?;
    for (word, ago) in
        [("上个月", month), ("上月", month), ("上季度", quarter), ("上个季度", quarter), ("上一季度", quarter)]
    {
        if text.starts_with(word) {
            let back = if word.contains('季') { 3 } else { 1 };
            let (year, month) = if ago > back { (year, ago - back) } else { (year.saturating_sub(1), ago + 12 - back) };
            return Some((dated(year, month, None), word.len()));
        }
    }
    for (word, month) in [
        ("本季度", quarter),
        ("下季度", quarter + 3),
        ("下一季度", quarter + 3),
        ("本月", month),
        ("下月", month + 1),
        ("下个月", month + 1),
    ] {
        if text.starts_with(word) {
            let (year, month) = if month > 12 { (year + 1, month - 12) } else { (year, month) };
            return Some((dated(year, month, None), word.len()));
        }
    }
    None
}

/// 20241231, 202412: digits without separators.
fn compact_digits_at(text: &str) -> Option<(Deadline, usize)> {
    let (digits, length) = digits_at(text)?;
    let part = |from: usize, to: usize| text[from..to].parse::<u8>().ok();
    let year = u16::try_from(digits / 10u32.pow(u32::try_from(length.checked_sub(4)?).ok()?)).ok()?;
    let plausible = (1900..=2100).contains(&year);
    match length {
        8 if plausible => Some((dated(year, part(4, 6)?, Some(part(6, 8)?)), length)),
        6 if plausible => Some((dated(year, part(4, 6)?, None), length)),
        _ => None,
    }
}

/// 24.12.31, 24/6, 24-6-30: the century left out; 24 is no month.
fn short_year_at(text: &str) -> Option<(Deadline, usize)> {
    let (year, length) = digits_at(text).filter(|(year, length)| *length == 2 && (20..=39).contains(year))?;
    let rest = &text[length..];
    if rest.starts_with(['Q', 'H']) {
        let (month, day, part) = within_year(rest)?;
        return Some((dated(2000 + u16::try_from(year).ok()?, month, day), length + part));
    }
    let separator = rest.chars().next().filter(|c| matches!(c, '.' | '/' | '-'))?;
    let rest = &rest[1..];
    let (month, digits) = digits_at(rest).filter(|(month, digits)| *digits <= 2 && (1..=12).contains(month))?;
    let at = length + 1 + digits;
    let day = rest[digits..].strip_prefix(separator).and_then(digits_at).filter(|(_, digits)| *digits <= 2);
    let (day, at) = day.map_or((None, at), |(day, digits)| (u8::try_from(day).ok(), at + 1 + digits));
    Some((dated(2000 + u16::try_from(year).ok()?, u8::try_from(month).ok()?, day), at))
}

/// 2024年12月31日, 2024.3, 2024-12, 24年6月, 2027, 2024Q3, 2024H1, 2024年三季度.
fn year_at(text: &str) -> Option<(Deadline, usize)> {
    let (number, length) = digits_at(text)?;
    let rest = &text[length..];
    let (year, mut at) = match length {
        4 => (u16::try_from(number).ok()?, length),
        2 if rest.starts_with('年') => (2000 + u16::try_from(number).ok()?, length),
        _ => return None,
    };
    // 2204年 is a slip, and a year all the same.
    let dated_so = rest.starts_with('年') && (1000..=2999).contains(&year);
    if !(1900..=2100).contains(&year) && !dated_so {
        return None;
    }
    let word = ["年度", "年"].iter().find(|word| rest.starts_with(**word)).map_or(0, |word| word.len());
    let separator = usize::from(word == 0 && rest.starts_with(['.', '-', '/', '、']));
    at += word + separator;
    let end = [("底", 12), ("末", 12), ("内", 12), ("中", 6), ("初", 1)].into_iter();
    let end =
        || end.clone().find(|(word, _)| text[at..].starts_with(word)).map(|(word, month)| (month, None, word.len()));
    match within_year(&text[at..])
        .or_else(|| month_end(&text[at..]))
        .or_else(end)
        .or_else(|| (separator > 0).then(|| bare_month(&text[at..])).flatten())
    {
        Some((month, day, length)) => Some((dated(year, month, day), at + length)),
        None => Some((Deadline { year, month: None, day: None }, at - separator)),
    }
}

fn exists(deadline: Deadline) -> bool {
    let month = deadline.month.unwrap_or(1);
    (1..=12).contains(&month) && deadline.day.is_none_or(|day| (1..=days_in_month(deadline.year, month)).contains(&day))
}

/// 二〇二四年十二月 → 2024年12月.
fn in_digits(text: &str) -> String {
    let mut written = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if c.is_ascii() {
            written.push(c);
            rest = &rest[1..];
            continue;
        }
        let numeral =
            numeral::read(rest).filter(|numeral| !numeral.over && numeral.ends_in.is_none() && numeral.high.is_none());
        // 十四五 is a plan's name, not 45.
        let plan = ["十四五", "十五五", "五一", "七一", "八一", "十一节", "十一前", "十一之"]
            .iter()
            .find(|plan| rest.starts_with(**plan));
        if let Some(plan) = plan {
            written.push_str(plan);
            rest = &rest[plan.len()..];
        } else if let Some(numeral) = numeral {
            written.push_str(&numeral.value.to_string());
            rest = &rest[numeral.length..];
        } else {
            written.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    written
}

/// The text without bracketed remarks, where something stands outside them.
fn without_brackets(text: &str) -> String {
    let (mut outside, mut depth) = (String::new(), 0usize);
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => outside.push(c),
            _ => {}
        }
    }
    if outside.is_empty() { text.to_owned() } else { outside }
}

/// The day of an Excel serial number (days since 1899-12-30).
fn from_serial(serial: f64) -> Option<Deadline> {
    if !(1.0..2_958_466.0).contains(&serial) {
        return None;
    }
    let (mut year, mut days) = (1900u16, serial - 1.0);
    // 1900-02-29 exists for Excel: serials after it are one day ahead of the calendar.
    if serial > 60.0 {
        days -= 1.0;
    }
    let length = |year: u16| if days_in_month(year, 2) == 29 { 366.0 } else { 365.0 };
    while days >= length(year) {
        days -= length(year);
        year += 1;
    }
    let mut month = 1u8;
    while days >= f64::from(days_in_month(year, month)) {
        days -= f64::from(days_in_month(year, month));
        month += 1;
    }
    let day = (1..=31u8).find(|day| f64::from(*day) > days)?;
    Some(dated(year, month, Some(day)))
}
