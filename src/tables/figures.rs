//! Is a text a figure, a percentage, a date, or the number of a row?

use super::text::length;
use crate::numeral::circled;

/// Whether the text is a number, maybe with a sign, a thousands separator, an approximate word and a short unit.
pub(crate) fn is_numeric(plain: &str) -> bool {
    let body = plain.trim_start_matches(['约', '近', '超', '达', '共', '<', '>', '≥', '≤', '≈', '-', '+']);
    let digits = body.bytes().take_while(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',')).count();
    if digits == 0 {
        return is_chinese_number(body);
    }
    // Digits and their marks are single bytes.
    let (number, rest) = body.split_at(digits);
    // 3.和美乡村建设 and 4、具体说说 are numbered.
    let pointed = number.ends_with(['.', ',']) && !rest.is_empty();
    let numbered = pointed || rest.starts_with(['、', ')']);
    !numbered && length(rest) <= 6 && !rest.contains(['。', ';', '年', '月'])
}

/// Whether a text begins with its number in a list: 2.景区村创建, 20、农村人居环境提升. 1.5公里 does not.
pub(crate) fn is_numbered(text: &str) -> bool {
    let text = text.trim_start();
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let behind = rest.trim_start_matches(['.', '．', '、']);
    rest.len() < text.len() && behind.len() < rest.len() && !behind.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether the text is a count written in Chinese numerals with a short unit: 三十余家, 十二个.
fn is_chinese_number(plain: &str) -> bool {
    let numeral = |c: char| is_digit_of_ten(c) || matches!(c, '零' | '〇' | '两' | '百' | '千' | '万' | '亿');
    let rest = plain.trim_start_matches(numeral);
    if rest.len() == plain.len() {
        return false;
    }
    let counted = rest.trim_start_matches(['余', '多', '来', '几']);
    (1..=2).contains(&length(counted))
        && counted.starts_with(|c| "个家户人亩次场处条座件宗名项元公吨斤艘张".contains(c))
}

/// Whether a character is a numeral from 一 to 十.
pub(super) const fn is_digit_of_ten(c: char) -> bool {
    matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
}

/// Whether the text is a percentage.
pub(crate) fn is_percentage(plain: &str) -> bool {
    plain.ends_with('%') && is_numeric(plain) || plain.starts_with("百分之")
}

/// Whether the text is a bare whole number, a list mark or a section numeral, such as a 序号 column holds.
pub(crate) fn is_ordinal(plain: &str) -> bool {
    let around = |c: char| {
        matches!(
            c,
            '(' | ')' | '（' | '）' | '[' | ']' | '【' | '】' | '.' | '、' | ',' | '第' | '项' | '号' | '条' | '#'
        )
    };
    let of_number = |c: char| c.is_ascii_digit() || c == '-' || is_digit_of_ten(c) || circled(c).is_some();
    // Nearly all texts begin with another character.
    if !plain.starts_with(|c| around(c) || of_number(c)) {
        return false;
    }
    let inner = plain.trim_matches(around);
    let digits =
        !inner.is_empty() && inner.len() <= 5 && inner.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-'));
    digits
        || is_section_numeral(inner)
        || inner.chars().next().is_some_and(|c| circled(c).is_some()) && length(inner) == 1
}

/// Whether the text is a Chinese numeral and nothing else: 一, 十二.
pub(crate) fn is_section_numeral(plain: &str) -> bool {
    let count = length(plain);
    (1..=3).contains(&count) && plain.chars().all(is_digit_of_ten)
}

/// Whether the text is a date, a month or a year and nothing else.
pub(crate) fn is_date(plain: &str) -> bool {
    let (mut digits, mut marks) = (0, 0);
    for c in plain.chars() {
        match c {
            '0'..='9' => digits += 1,
            _ if is_mark_of_date(c) => marks += 1,
            _ => return false,
        }
    }
    let year = plain.starts_with("20") || plain.contains(['年', '月']) || plain.contains("季度");
    year && ((digits >= 1 || marks >= 2) && marks >= 1 || digits == 4 && marks == 0 && plain.starts_with("20"))
}

/// Whether a character that is no digit may stand in a date.
pub(super) const fn is_mark_of_date(c: char) -> bool {
    matches!(c, '年' | '月' | '日' | '号' | '底' | '前' | '末' | '.' | '-' | '/' | '季' | '度' | '上' | '下' | '半')
        || matches!(c, '旬' | '中' | '第' | '〇' | '零' | '初' | '至' | '—' | '~' | '起')
        || is_digit_of_ten(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::text::plain;

    #[test]
    fn numbers_are_told_from_words_and_dates() {
        for text in ["12", "3.2亿元", "约30", "1,024户", "三十余家", "98%", "-5", "0"] {
            assert!(is_numeric(&plain(text)), "{text}");
        }
        for text in [
            "",
            "推进中",
            "2024年3月",
            "一般",
            "半年成效",
            "三基三主",
            "一周一调度",
            "完成3个",
            "12个村都整治过了,还有两个",
            "3.和美乡村建设",
            "4、具体说说",
        ] {
            assert!(!is_numeric(&plain(text)), "{text}");
        }
    }

    #[test]
    fn dates_months_and_years() {
        for text in [
            "2024",
            "二〇二四年七月三日",
            "2024年12月",
            "2024.3",
            "2024-12-31",
            "12月底",
            "3月底前",
            "2024年上半年",
            "一季度末",
        ] {
            assert!(is_date(&plain(text)), "{text}");
        }
        for text in ["12", "2.86", "12亿元", "年底目标2100万", "3"] {
            assert!(!is_date(&plain(text)), "{text}");
        }
    }
}
