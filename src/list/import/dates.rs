//! Which years does a plan cover, and which date is a deadline?

/// Years that a plan may name.
const YEARS: std::ops::RangeInclusive<u16> = 1990..=2100;

/// A year at the beginning of a text, and the text after it.
fn year(text: &str) -> Option<(u16, &str)> {
    let (digits, rest) = text.split_at_checked(4)?;
    let year: u16 = digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())??;
    YEARS.contains(&year).then_some((year, rest))
}

/// The places in a text where a run of digits begins.
fn digit_runs(text: &str) -> impl Iterator<Item = usize> {
    let mut before = ' ';
    text.char_indices().filter_map(move |(index, c)| {
        let begins = c.is_ascii_digit() && !before.is_ascii_digit();
        before = c;
        begins.then_some(index)
    })
}

/// A span of years as written in a text: (2023—2027年), 2023-2027年, 2023年至2027年, 十四五.
pub(super) fn span(text: &str) -> Option<([u16; 2], &str)> {
    for start in digit_runs(text) {
        let Some((first, rest)) = year(&text[start..]) else { continue };
        let rest = rest.strip_prefix('年').unwrap_or(rest);
        let after_dash = rest.trim_start_matches(|c: char| "—–-－~～至到 一".contains(c));
        if after_dash.len() == rest.len() {
            continue;
        }
        if let Some((last, rest)) =
            year(after_dash).filter(|(last, rest)| *last >= first && !rest.starts_with(|c: char| c.is_ascii_digit()))
        {
            return Some(([first, last], &text[start..text.len() - rest.len()]));
        }
    }
    [("十三五", [2016, 2020]), ("十四五", [2021, 2025]), ("十五五", [2026, 2030])]
        .into_iter()
        .find_map(|(name, years)| text.find(name).map(|at| (years, &text[at..at + name.len()])))
}

/// Two years that lost the dash between them: (20232027年).
pub(super) fn broken_span(text: &str) -> Option<([u16; 2], &str)> {
    digit_runs(text).find_map(|start| {
        let (first, rest) = year(&text[start..])?;
        let (last, rest) = year(rest).filter(|(last, _)| *last > first)?;
        let eight = !rest.starts_with(|c: char| c.is_ascii_digit());
        eight.then(|| ([first, last], &text[start..text.len() - rest.len()]))
    })
}

/// The one year that a text names: 2024年度, 2024年.
pub(super) fn single_year(text: &str) -> Option<u16> {
    digit_runs(text).find_map(|start| {
        year(&text[start..]).filter(|(_, rest)| rest.trim_start().starts_with('年')).map(|(year, _)| year)
    })
}

/// A deadline to the precision written: 2025年底 → 2025-12. `None` where the text is no date, or the year is missing
/// and the plan covers more than one.
pub(in crate::list) fn deadline(text: &str, only_year: Option<u16>) -> Option<String> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let text =
        ["今年", "当年", "本年度", "本年"].iter().find_map(|word| text.strip_prefix(word)).unwrap_or(&text).to_owned();
    // Of several stages (2024年6月完成招标，2025年底完工) or a span the last one is the deadline.
    let last = digit_runs(&text).filter_map(|start| year(&text[start..])).last();
    let (year, rest) = match last {
        Some((year, rest)) => (year, rest),
        None => (only_year?, text.as_str()),
    };
    let rest = rest.trim_start_matches(['年', '-', '.', '/', '度']);
    let whole_year =
        rest.is_empty() || ["前", "内", "完成", "全年", "）", ")"].iter().any(|word| rest.starts_with(word));
    if whole_year {
        return Some(year.to_string());
    }
    for (word, month) in [
        ("底", 12),
        ("末", 12),
        ("年底", 12),
        ("年末", 12),
        ("上半年", 6),
        ("6月底", 6),
        ("下半年", 12),
        ("第1季度", 3),
        ("1季度", 3),
        ("Q1", 3),
        ("第2季度", 6),
        ("2季度", 6),
        ("Q2", 6),
        ("第3季度", 9),
        ("3季度", 9),
        ("Q3", 9),
        ("第4季度", 12),
        ("4季度", 12),
        ("Q4", 12),
        ("第一季度", 3),
        ("一季度", 3),
        ("第二季度", 6),
        ("二季度", 6),
        ("第三季度", 9),
        ("三季度", 9),
        ("第四季度", 12),
        ("四季度", 12),
    ] {
        if rest.starts_with(word) {
            return Some(format!("{year}-{month:02}"));
        }
    }
    let (month, rest) = leading_number(rest)?;
    let rest = rest.trim_start_matches(['月', '-', '.', '/']);
    if !(1..=12).contains(&month) {
        return None;
    }
    let day = leading_number(rest).filter(|(day, _)| (1..=31).contains(day));
    // 2025年5月起 says when a task begins; what stands behind it may say when it ends.
    let behind = day.map_or(rest, |(_, rest)| rest.trim_start_matches('日'));
    if let Some(end) = behind.strip_prefix('起') {
        let end = end.trim_start_matches(['至', '到', '，', ',', '、']);
        return if end.starts_with(|c: char| c.is_ascii_digit()) { deadline(end, Some(year)) } else { None };
    }
    match day {
        Some((day, _)) => Some(format!("{year}-{month:02}-{day:02}")),
        None => Some(format!("{year}-{month:02}")),
    }
}

/// Whether a text says that a task has no end: 长期坚持.
pub(in crate::list) fn is_standing(text: &str) -> bool {
    ["长期", "持续", "常态", "全年", "每年", "逐年", "无", "/", "-", "—"]
        .iter()
        .any(|word| text.trim().starts_with(word))
}

fn leading_number(text: &str) -> Option<(u8, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text[..end].parse().ok().map(|number| (number, &text[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_of_years() {
        for (text, expected) in [
            ("实施方案(2023—2027年)责任分解", Some(([2023, 2027], "2023—2027"))),
            ("行动计划（2024-2026年）", Some(([2024, 2026], "2024-2026"))),
            ("2024年至2026年", Some(([2024, 2026], "2024年至2026"))),
            ("“十四五”规划", Some(([2021, 2025], "十四五"))),
            ("洞政办发〔2023〕14号", None),
            ("2024年重点工作", None),
        ] {
            assert_eq!(span(text), expected, "{text}");
        }
        assert_eq!(broken_span("(20232027年)"), Some(([2023, 2027], "20232027")));
        assert_eq!(broken_span("001008003006001/2023-57657"), None);
        assert_eq!(single_year("某县2024年度重点工作"), Some(2024));
        assert_eq!(single_year("浙政办发〔2023〕15号"), None);
    }

    #[test]
    fn deadlines_to_the_precision_written() {
        for (text, expected) in [
            ("2025年底前", Some("2025-12")),
            ("2025年12月", Some("2025-12")),
            ("2025年", Some("2025")),
            ("2024-6-30", Some("2024-06-30")),
            ("2024年6月30日前", Some("2024-06-30")),
            ("2024.12", Some("2024-12")),
            ("2024年三季度末", Some("2024-09")),
            ("2024年第3季度", Some("2024-09")),
            ("2024年1季度", Some("2024-03")),
            ("2024年Q4", Some("2024-12")),
            ("2024年1月-2024年10月", Some("2024-10")),
            ("2025年5月起", None),
            ("2025年5月1日起", None),
            ("2025年5月起至11月底", Some("2025-11")),
            ("长期坚持", None),
            ("13月", None),
        ] {
            assert_eq!(deadline(text, None).as_deref(), expected, "{text}");
        }
        assert_eq!(deadline("12月底", Some(2024)).as_deref(), Some("2024-12"));
        assert_eq!(deadline("今年9月底", Some(2024)).as_deref(), Some("2024-09"));
        assert_eq!(deadline("12月底", None), None);
    }
}
