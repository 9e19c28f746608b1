//! Which part of time does a column title tell of?

use std::sync::LazyLock;

use super::figures::is_digit_of_ten;
use super::titles::EARLIER;
use crate::beginnings::Beginnings;

/// What part of time a title tells of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum TitleTime {
    /// Nothing said.
    #[default]
    Open,
    /// 本期, 一季度, 3月.
    Period,
    /// 累计, 截至, 今年以来, 1—3月.
    Cumulative,
    /// 上期, 去年.
    Earlier,
}

/// Words of time at the beginning of a title, and what they say. Longer ones come first.
const TIMES: [(&str, TitleTime); 64] = [
    ("截至目前", TitleTime::Cumulative),
    ("截止目前", TitleTime::Cumulative),
    ("今年以来", TitleTime::Cumulative),
    ("年初以来", TitleTime::Cumulative),
    ("年初至今", TitleTime::Cumulative),
    ("到目前为止", TitleTime::Cumulative),
    ("目前为止", TitleTime::Cumulative),
    ("累计至", TitleTime::Cumulative),
    ("截至", TitleTime::Cumulative),
    ("截止", TitleTime::Cumulative),
    ("上半年", TitleTime::Cumulative),
    ("前三季度", TitleTime::Cumulative),
    ("三季度末", TitleTime::Cumulative),
    ("二季度末", TitleTime::Cumulative),
    ("一季度末", TitleTime::Cumulative),
    ("四季度末", TitleTime::Cumulative),
    ("季度末", TitleTime::Cumulative),
    ("季末", TitleTime::Cumulative),
    ("月底", TitleTime::Cumulative),
    ("月末", TitleTime::Cumulative),
    ("底", TitleTime::Cumulative),
    ("第一季度", TitleTime::Period),
    ("第二季度", TitleTime::Period),
    ("第三季度", TitleTime::Period),
    ("第四季度", TitleTime::Period),
    ("一季度", TitleTime::Period),
    ("二季度", TitleTime::Period),
    ("三季度", TitleTime::Period),
    ("四季度", TitleTime::Period),
    ("1季度", TitleTime::Period),
    ("2季度", TitleTime::Period),
    ("3季度", TitleTime::Period),
    ("4季度", TitleTime::Period),
    ("第1季度", TitleTime::Period),
    ("第2季度", TitleTime::Period),
    ("第3季度", TitleTime::Period),
    ("第4季度", TitleTime::Period),
    ("Q1", TitleTime::Period),
    ("Q2", TitleTime::Period),
    ("Q3", TitleTime::Period),
    ("Q4", TitleTime::Period),
    ("本季度", TitleTime::Period),
    ("这个季度", TitleTime::Period),
    ("这季度", TitleTime::Period),
    ("这季", TitleTime::Period),
    ("这个月", TitleTime::Period),
    ("本季", TitleTime::Period),
    ("本期", TitleTime::Period),
    ("本月", TitleTime::Period),
    ("本周", TitleTime::Period),
    ("当季", TitleTime::Period),
    ("当期", TitleTime::Period),
    ("当月", TitleTime::Period),
    ("季度", TitleTime::Period),
    ("下半年", TitleTime::Period),
    ("半年", TitleTime::Cumulative),
    ("年度", TitleTime::Open),
    ("其中", TitleTime::Open),
    ("目前", TitleTime::Open),
    ("当前", TitleTime::Open),
    ("今年", TitleTime::Open),
    ("本年", TitleTime::Open),
    ("全年", TitleTime::Open),
    ("我街道", TitleTime::Open),
];

/// The words of time by their first characters, each in the order of the list.
static TIMES_BY_FIRST: LazyLock<Beginnings<TitleTime>> = LazyLock::new(|| Beginnings::new(TIMES));

/// A title without the words of time at its beginning, and what part of time they mean.
pub(super) fn without_time(bare: &str) -> (&str, TitleTime) {
    if EARLIER.stand_in(bare) {
        return (bare, TitleTime::Earlier);
    }
    let up_to = bare.strip_prefix(['到', '至']).is_some_and(|date| date.starts_with(|c: char| c.is_ascii_digit()));
    let mut time = if up_to || bare.contains("累计") { TitleTime::Cumulative } else { TitleTime::Open };
    let mut rest = bare;
    loop {
        let shorter = rest.trim_start_matches(['至', '到', '的', '末', '、', ',', '.', ':', '-', '—', '~']);
        let (shorter, found) = strip_time(shorter);
        if let Some(found) = found
            && time != TitleTime::Cumulative
            && found != TitleTime::Open
        {
            time = found;
        }
        if shorter == rest || shorter.is_empty() {
            return (if shorter.is_empty() { rest } else { shorter }, time);
        }
        rest = shorter;
    }
}

/// Strips one word of time, such as 2024年, 1-3月 or 截至.
pub(super) fn strip_time(text: &str) -> (&str, Option<TitleTime>) {
    if let Some((word, time)) = TIMES_BY_FIRST.of(text).next() {
        return (&text[word.len()..], Some(time));
    }
    let counted = text.strip_prefix('第').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(text);
    let digits = counted.chars().take_while(char::is_ascii_digit).count();
    if digits == 0 {
        return chinese_month(text);
    }
    let rest = &counted[digits..];
    if digits == 4 && counted.starts_with("20") {
        return (rest.strip_prefix('年').unwrap_or(rest), Some(TitleTime::Open));
    }
    if digits > 2 {
        return (text, None);
    }
    if let Some(rest) = rest.strip_prefix('周') {
        return (rest, Some(TitleTime::Period));
    }
    if let Some(rest) = rest.strip_prefix("月份").or_else(|| rest.strip_prefix('月')) {
        return (rest, Some(TitleTime::Period));
    }
    let after = rest.trim_start_matches(['-', '—', '–', '~', '至', '到', '月']);
    let more = after.chars().take_while(char::is_ascii_digit).count();
    if after.len() < rest.len() && (1..=2).contains(&more) {
        let tail = &after[more..];
        if let Some(tail) = tail.strip_prefix("月份").or_else(|| tail.strip_prefix('月')) {
            return (tail, Some(TitleTime::Cumulative));
        }
    }
    (text, None)
}

/// Strips 四月, 十一月份.
fn chinese_month(text: &str) -> (&str, Option<TitleTime>) {
    let rest = text.trim_start_matches(is_digit_of_ten);
    let numeral = text.len() - rest.len();
    let month = rest.strip_prefix("月份").or_else(|| rest.strip_prefix('月'));
    // 三月三节 is a feast: what is told in a month begins with no numeral.
    let month = month.filter(|after| !after.starts_with(is_digit_of_ten));
    let of_year = (1..=2 * '一'.len_utf8()).contains(&numeral);
    month.filter(|_| of_year).map_or((text, None), |rest| (rest, Some(TitleTime::Period)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_in_chinese_numerals() {
        for (title, core) in
            [("四月", ""), ("十一月份进展", "进展"), ("三月三节", "三月三节"), ("四好农村路", "四好农村路")]
        {
            assert_eq!(strip_time(title).0, core, "{title}");
        }
    }
}
