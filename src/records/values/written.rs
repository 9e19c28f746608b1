//! How is a text prepared for reading: full width made half, spaces removed, and words that mean "nothing here".

use std::borrow::Cow;

/// The text with full-width forms made half-width; spaces and line breaks kept.
pub fn half_width(text: &str) -> String {
    rewritten(text, |c| Some(half_width_char(c))).into_owned()
}

/// The text as the readers of values want it: half-width, without spaces, line breaks and invisible characters.
pub fn compact(text: &str) -> Cow<'_, str> {
    rewritten(text, folded_char)
}

/// The text of what is left of each character. What stays as it is, nearly all of a text, is taken over in whole stretches,
/// and nothing is copied where all of it does.
fn rewritten(text: &str, left_of: impl Fn(char) -> Option<char>) -> Cow<'_, str> {
    let mut rewritten = String::new();
    let mut taken = 0;
    for (at, c) in text.char_indices() {
        let left = left_of(c);
        if left != Some(c) {
            if taken == 0 {
                rewritten.reserve(text.len());
            }
            rewritten.push_str(&text[taken..at]);
            rewritten.extend(left);
            taken = at + c.len_utf8();
        }
    }
    if taken == 0 {
        return Cow::Borrowed(text);
    }
    rewritten.push_str(&text[taken..]);
    Cow::Owned(rewritten)
}

/// The characters of a text made [`compact`].
pub(super) fn folded(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter_map(folded_char)
}

fn folded_char(c: char) -> Option<char> {
    if stays(c) {
        return Some(c);
    }
    Some(half_width_char(c)).filter(|c| !is_space(*c))
}

/// Whether a character is one of the many that are neither space nor full-width.
const fn stays(c: char) -> bool {
    matches!(c, '!'..='~' | '\u{4E00}'..='\u{9FFF}' | '、' | '。')
}

/// Whether a folded character only keeps others apart.
pub fn is_space(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}')
}

/// A character with its full-width form made half-width.
pub fn half_width_char(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{3000}' | '\u{A0}' => ' ',
        '﹪' => '%',
        '﹣' | '−' | '‐' | '‑' => '-',
        _ => c,
    }
}

/// Whether a text is what a spreadsheet shows for a formula that failed; text exports keep nothing else of it.
pub fn is_error_code(text: &str) -> bool {
    const CODES: &[&str] =
        &["#REF!", "#DIV/0!", "#N/A", "#NAME?", "#VALUE!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#BUSY!", "#FIELD!"];
    // Nearly every text begins otherwise, and need not be made compact.
    if folded(text).next().is_none_or(|c| !matches!(c, '#' | 'E' | 'e')) {
        return false;
    }
    let text = compact(text).to_ascii_uppercase();
    // #名称?, #除数/0!: a program in another tongue.
    let translated = text.starts_with('#') && text.ends_with(['!', '?']) && (4..=10).contains(&text.chars().count());
    CODES.contains(&text.as_str()) || text.starts_with("ERR:5") || translated
}

/// Whether a text says that there is nothing to say: 无, a dash, a stroke. It is blank, not zero.
pub fn is_blank(text: &str) -> bool {
    let is_stroke = |c| matches!(c, '-' | '—' | '–' | '―' | '─' | '/' | '\\' | '_' | '*' | '…' | '、');
    let is_around = |c| matches!(c, '。' | '.' | '(' | ')' | '“' | '”');
    // Nearly every text begins otherwise, and need not be made compact.
    let may_be = |c| is_stroke(c) || is_around(c) || matches!(c, '无' | '暂' | '没' | '空' | 'N' | 'n' | '不');
    if folded(text).next().is_some_and(|c| !may_be(c)) {
        return false;
    }
    let bare: String = compact(text).chars().filter(|c| !is_around(*c)).collect();
    bare.chars().all(is_stroke)
        || matches!(
            bare.as_str(),
            "无" | "暂无" | "没有" | "无数据" | "暂无数据" | "空" | "N/A" | "n/a" | "NA" | "null" | "不涉及" | "不适用"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_and_spaces_are_no_part_of_a_value() {
        for (written, folded) in [
            ("１２．５％", "12.5%"),
            ("3 .2 亿\n元", "3.2亿元"),
            ("（３）", "(3)"),
            ("\u{feff}8\u{200b}0", "80"),
            ("−3", "-3"),
        ] {
            assert_eq!(compact(written), folded);
        }
        assert_eq!(half_width("甲　乙"), "甲 乙");
    }

    #[test]
    fn a_dash_is_blank_and_a_zero_is_not() {
        for blank in ["", " ", "无", "无。", "—", "——", "-", "/", "／", "暂无", "（无）", "N/A", "……"]
        {
            assert!(is_blank(blank), "{blank}");
        }
        for said in ["0", "零", "-3", "1/2", "无人机", "同上", "无问题"] {
            assert!(!is_blank(said), "{said}");
        }
    }
}
