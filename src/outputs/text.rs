//! How does a text of a submission stand in our outputs: safe, whole, and in how many lines?

use std::borrow::Cow;

/// Characters that a cell of a worksheet holds at most, counted as UTF-16 units (Excel's limit).
pub(super) const CELL_LIMIT: usize = 32_767;

/// A text as it may stand in a cell: control characters become visible signs, line breaks are kept and unified.
///
/// The writer takes a string between `<r>` and `</r>` for a rich string and writes it unescaped, so such a text gets a
/// blank at its end.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    let harmless = |c: char| !(c.is_control() || is_hidden_order(c) || is_no_character(c)) || c == '\n';
    let looks_rich = text.starts_with("<r>") && text.ends_with("</r>");
    if !looks_rich && (cannot_harm(text) || text.chars().all(harmless)) {
        return Cow::Borrowed(text);
    }
    let unified = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut safe: String = unified.chars().map(|c| if harmless(c) { c } else { visible(c) }).collect();
    if looks_rich {
        safe.push(' ');
    }
    Cow::Owned(safe)
}

/// Whether the bytes alone tell that no character of a text need be looked at: nearly always.
fn cannot_harm(text: &str) -> bool {
    // How control characters, hidden orders and what is no character begin.
    let harms = |first, second| {
        matches!(first, 0..=0x09 | 0x0B..=0x1F)
            | matches!(first, 0x7F | 0xC2 | 0xE2)
            | matches!((first, second), (0xEF, 0xBF))
    };
    !some_begins(text, harms)
}

/// Whether some byte of a text and the one behind it, 0 behind the last, are such as `begins` says. It had better join plain
/// conditions by `|`: many bytes are looked at together then.
fn some_begins(text: &str, begins: impl Fn(u8, u8) -> bool) -> bool {
    let bytes = text.as_bytes();
    let Some((last, before)) = bytes.split_last() else { return false };
    // A pass without a way out of it is the quickest: many bytes are looked at together.
    let pairs = before.iter().zip(&bytes[1..]);
    pairs.fold(begins(*last, 0), |found, (first, second)| found | begins(*first, *second))
}

/// The sign that stands for a control character: ␀ to ␟ and ␡ for the old ones, � for the rest; a tab is a blank.
fn visible(c: char) -> char {
    match u32::from(c) {
        0x09 => ' ',
        code @ 0x00..=0x1F => char::from_u32(0x2400 + code).unwrap_or('\u{FFFD}'),
        0x7F => '\u{2421}',
        _ => '\u{FFFD}',
    }
}

/// Characters that turn the reading direction of what follows: they can make a text look like another.
fn is_hidden_order(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Code points that XML does not allow.
fn is_no_character(c: char) -> bool {
    matches!(c, '\u{FFFE}' | '\u{FFFF}')
}

/// A text in pieces that fit into cells: nearly always one; never splits a character.
pub(super) fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut units) = (0, 0);
    for (index, c) in text.char_indices() {
        if units + c.len_utf16() > CELL_LIMIT {
            pieces.push(&text[start..index]);
            (start, units) = (index, 0);
        }
        units += c.len_utf16();
    }
    pieces.push(&text[start..]);
    pieces
}

/// Width of a text in half-width units: a Chinese character takes two, a Latin one one.
pub(super) fn width(text: &str) -> usize {
    // A character counts where it begins; those of three or four bytes are wide but for those of some beginnings.
    let begins = |byte: &u8| u8::from(*byte < 0x80 || *byte >= 0xC0) + u8::from(*byte >= 0xE0);
    // Sums that stay below 256 are made for many bytes at once.
    let pieces = text.as_bytes().chunks(127);
    let width: usize = pieces.map(|some| usize::from(some.iter().map(begins).sum::<u8>())).sum();
    let doubtful = |first, second| matches!(first, 0xE0..=0xE2) | matches!((first, second), (0xEF, 0xBF));
    if !some_begins(text, doubtful) {
        return width;
    }
    width - text.chars().filter(|c| c.len_utf8() > 2 && is_narrow(*c)).count()
}

/// Whether a character takes one half-width unit. Everything from the CJK radicals on is full width, also the punctuation
/// and signs that Chinese fonts draw full width (“ ” … — ①).
const fn is_narrow(c: char) -> bool {
    !matches!(c as u32, 0x2E80..=0xFFDC | 0xFFE0.. | 0x2014..=0x2026 | 0x2460..=0x24FF | 0x2500..=0x257F)
}

/// Lines that a text takes in a cell of `columns` half-width units, or so many where it takes fewer: they are not counted then. A
/// Latin word or number may be carried over whole, so a line is counted a little shorter than it is.
pub(super) fn lines(text: &str, columns: f64, least: u32) -> u32 {
    if text.is_empty() {
        return least;
    }
    // One unit is lost to the cell's padding, and a full-width character that does not fit leaves half of its place.
    let usable = (columns - 1.5).max(2.0);
    let bytes = text.as_bytes();
    // No character is wider than it has bytes.
    #[expect(clippy::cast_precision_loss, reason = "a cell holds at most 32,767 characters")]
    if text.len() as f64 / usable <= f64::from(least) && memchr::memchr(b'\n', bytes).is_none() {
        return least;
    }
    #[expect(clippy::cast_precision_loss, reason = "a cell holds at most 32,767 characters")]
    let of = |line: &str| (width(line) as f64 / usable).ceil().max(1.0);
    let (mut sum, mut start) = (0.0, 0);
    for end in memchr::memchr_iter(b'\n', bytes).chain([text.len()]) {
        sum += of(&text[start..end]);
        start = end + 1;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "positive and far below the limit")]
    let lines = sum as u32;
    lines.max(least)
}

/// When something is due, as a sentence says it: 每年, 到2025年, 到2025年9月.
pub(super) fn due_in_words(when: &str) -> String {
    let parts: Result<Vec<u16>, _> = when.trim_end_matches('年').split('-').map(str::parse).collect();
    match parts.as_deref() {
        Ok([year]) => format!("到{year}年"),
        Ok([year, month]) => format!("到{year}年{month}月"),
        Ok([year, month, day]) => format!("到{year}年{month}月{day}日"),
        _ => when.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_targets_as_a_sentence_says_them() {
        for (when, expected) in [
            ("每年", "每年"),
            ("每季度", "每季度"),
            ("2025", "到2025年"),
            ("2025-09", "到2025年9月"),
            ("2025-09-30", "到2025年9月30日"),
        ] {
            assert_eq!(due_in_words(when), expected);
        }
    }

    #[test]
    fn control_characters_become_visible_and_the_rest_stays() {
        for (text, expected) in [
            ("推进中", "推进中"),
            ("第一行\r\n第二行\r第三行", "第一行\n第二行\n第三行"),
            ("a\u{0}b\u{1b}[31m\u{7f}", "a␀b␛[31m␡"),
            ("\u{85}x\u{202e}y\u{ffff}", "�x�y�"),
            ("\u{2066}甲\u{2069}", "�甲�"),
            ("甲\u{a0}乙\u{2029}丙\u{ff0c}丁\u{fffd}", "甲\u{a0}乙\u{2029}丙，丁\u{fffd}"),
            ("甲\t乙", "甲 乙"),
            ("<r><t>假</t></r>", "<r><t>假</t></r> "),
            ("=1+1", "=1+1"),
        ] {
            assert_eq!(clean(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_text_over_the_limit_is_parted_between_characters() {
        let exact = "字".repeat(CELL_LIMIT);
        assert_eq!(pieces(&exact).len(), 1);
        let over = format!("{exact}尾");
        assert_eq!(pieces(&over), [exact.as_str(), "尾"]);
        let wide = "𠮷".repeat(CELL_LIMIT);
        assert_eq!(pieces(&wide).concat(), wide);
        assert!(pieces(&wide).iter().all(|piece| piece.encode_utf16().count() <= CELL_LIMIT));
        assert_eq!(pieces(""), [""]);
    }

    #[test]
    fn lines_follow_the_width_of_chinese_text() {
        assert_eq!(width("完成45.2亿元"), 12);
        assert_eq!(width("“é–—ก、⺀ꀀﬀｱ￠𠮷😀"), 2 + 1 + 1 + 2 + 1 + 2 + 2 + 2 + 2 + 2 + 2 + 2 + 2);
        for c in '\0'..='\u{1FFFF}' {
            let text = format!("中{c}");
            assert_eq!(width(&text), if is_narrow(c) { 3 } else { 4 }, "{c:?}");
            let harmful = (c.is_control() || is_hidden_order(c) || is_no_character(c)) && c != '\n';
            assert!(!(harmful && cannot_harm(&text)), "{c:?}");
            assert!(!(harmful && cannot_harm(&format!("{c}中"))), "{c:?}");
        }
        assert!(cannot_harm("推进中，完成45.2亿元（详见附件）。\n"));
        assert_eq!(width(&"一a“é".repeat(200)), 6 * 200);
        for (text, columns, expected) in
            [("", 10.0, 1), ("一二三四", 10.0, 1), ("一二三四五", 10.0, 2), ("a\nb", 10.0, 2), ("abcdefgh", 10.0, 1)]
        {
            assert_eq!(lines(text, columns, 1), expected, "{text:?}");
            assert_eq!(lines(text, columns, 2), expected.max(2), "{text:?}");
        }
    }
}
