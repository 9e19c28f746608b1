//! The part of a date below the year: 3月底, 12月31日, 上半年, 二季度末, 国庆前.

/// Feasts on a day of the calendar, with the month they stand in and the last month before them.
const FEASTS: &[(&str, u8, u8)] = &[
    ("元旦", 1, 12),
    ("五一", 5, 4),
    ("劳动节", 5, 4),
    ("七一", 7, 6),
    ("八一", 8, 7),
    ("十一", 10, 9),
    ("国庆", 10, 9),
];

/// The part of a date below the year: month, day and length in bytes.
pub(super) fn within_year(text: &str) -> Option<(u8, Option<u8>, usize)> {
    for (word, month) in [
        ("第1季度", 3),
        ("第2季度", 6),
        ("第3季度", 9),
        ("第4季度", 12),
        ("1季度", 3),
        ("2季度", 6),
        ("3季度", 9),
        ("4季度", 12),
        ("Q1", 3),
        ("Q2", 6),
        ("Q3", 9),
        ("Q4", 12),
        ("H1", 6),
        ("H2", 12),
        ("上半年", 6),
        ("半年", 6),
        ("下半年", 12),
        ("年底", 12),
        ("年末", 12),
        ("年终", 12),
        ("年内", 12),
        ("年度", 12),
        ("年中", 6),
        ("年初", 1),
        ("全年", 12),
    ] {
        if text.starts_with(word) {
            return Some((month, None, word.len()));
        }
    }
    for (feast, month, before) in FEASTS {
        if let Some(rest) = text.strip_prefix(feast) {
            let (month, sign) = if rest.trim_start_matches('节').starts_with(['前', '之']) {
                (*before, "前")
            } else {
                (*month, "")
            };
            let length = if rest.starts_with(sign) { sign.len() } else { 0 };
            return Some((month, None, feast.len() + length));
        }
    }
    let (month, length) = digits_at(text)?;
    let month = u8::try_from(month).ok()?;
    let rest = &text[length..];
    if let Some(rest) = rest.strip_prefix("月份").or_else(|| rest.strip_prefix('月')) {
        let at = text.len() - rest.len();
        let day = digits_at(rest).filter(|(_, length)| !rest[*length..].starts_with('月'));
        let Some((day, length)) = day else { return Some((month, None, at)) };
        let sign = if rest[length..].starts_with('日') {
            '日'.len_utf8()
        } else {
            usize::from(rest[length..].starts_with('号')) * 3
        };
        return Some((month, Some(u8::try_from(day).ok()?), at + length + sign));
    }
    if !(1..=12).contains(&month) || length > 2 {
        return None;
    }
    let separator = ['.', '/', '-', '—', '~', '至', '、'].into_iter().find(|sign| rest.starts_with(*sign))?.len_utf8();
    let (number, digits) = digits_at(&rest[separator..]).filter(|(_, digits)| *digits <= 2)?;
    let number = u8::try_from(number).ok()?;
    let after = &rest[separator + digits..];
    let end = text.len() - after.len();
    // 3-6月 is a range of months, 3.6 and 3/6 are days.
    if let Some(after) = after.strip_prefix("月份").or_else(|| after.strip_prefix('月')) {
        return Some((number, None, text.len() - after.len()));
    }
    (separator == 1).then_some((month, Some(number), end))
}

/// 3底, 12末 after a year: the 月 left out.
pub(super) fn month_end(text: &str) -> Option<(u8, Option<u8>, usize)> {
    let (month, length) = digits_at(text).filter(|(month, length)| *length <= 2 && (1..=12).contains(month))?;
    let end = text[length..].chars().next().filter(|c| matches!(c, '底' | '末' | '初'))?;
    Some((u8::try_from(month).ok()?, None, length + end.len_utf8()))
}

/// The month after 2024. or 2024-.
pub(super) fn bare_month(text: &str) -> Option<(u8, Option<u8>, usize)> {
    let (month, length) = digits_at(text).filter(|(_, length)| *length <= 2)?;
    Some((u8::try_from(month).ok()?, None, length))
}

/// The digits at the beginning of a text, and how many bytes they take.
pub(super) fn digits_at(text: &str) -> Option<(u32, usize)> {
    let length = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    Some((text[..length].parse().ok()?, length))
}
