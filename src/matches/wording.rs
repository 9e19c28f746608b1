//! What of a wording counts when two are compared: width, script, spaces, punctuation and numbering never do.

use std::borrow::Cow;

use pinyin::ToPinyin;
use unicode_normalization::UnicodeNormalization;

/// A wording without its accidents: full width folded, traditional forms made simplified, letters in lower case,
/// and only letters, digits, ideographs and the signs that belong to figures left.
pub fn plain(text: &str) -> String {
    // Ideographs and ASCII are what normalisation makes of them.
    let normal = text.chars().all(|c| c.is_ascii() || matches!(c, '\u{4e00}'..='\u{9fff}' | '、' | '。' | '“' | '”'));
    let folded = if normal { Cow::Borrowed(text) } else { Cow::Owned(text.nfkc().collect::<String>()) };
    let simplified = fast2s::convert(&folded);
    let without_number = without_numbering(&simplified);
    let characters: Vec<char> = without_number.chars().collect();
    let mut plain = String::with_capacity(without_number.len());
    for (index, &character) in characters.iter().enumerate() {
        if character.is_alphanumeric() || character == '%' {
            plain.extend(character.to_lowercase());
        } else if character == '.' && between_digits(&characters, index) {
            plain.push('.');
        }
    }
    plain
}

/// Whether the character at `index` stands between two digits (a decimal point).
fn between_digits(characters: &[char], index: usize) -> bool {
    let digit = |index: Option<usize>| index.and_then(|index| characters.get(index)).is_some_and(char::is_ascii_digit);
    digit(index.checked_sub(1)) && digit(index.checked_add(1))
}

/// The text without a numbering mark in front: `12.`, `（三）`, `一、`, `①`.
pub(super) fn without_numbering(text: &str) -> &str {
    let trimmed = text.trim_start();
    let is_numeral = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    if let Some(inside) = trimmed.strip_prefix(['(', '（', '【', '[']) {
        let rest = inside.trim_start_matches(is_numeral);
        if rest.len() < inside.len()
            && let Some(rest) = rest.strip_prefix([')', '）', '】', ']'])
        {
            return rest.trim_start_matches(['、', '.', ' ']);
        }
        return trimmed;
    }
    let rest = trimmed.trim_start_matches(is_numeral);
    if rest.len() < trimmed.len()
        && let Some(after) = rest.strip_prefix(['、', '.', '．', ')', '）'])
        && !after.starts_with(|c: char| c.is_ascii_digit())
    {
        return after.trim_start();
    }
    trimmed
}

/// The sounds of a plain wording, one number per character: equal for characters that an input method lists under
/// the same syllable (合美 and 和美), the character itself where it has no pinyin.
pub(super) fn sounds(plain: &str) -> Vec<u32> {
    plain
        .chars()
        .map(|character| match character.to_pinyin() {
            Some(syllable) => 0x10_0000 | (hash(syllable.plain()) & 0xF_FFFF),
            None => u32::from(character),
        })
        .collect()
}

/// FNV-1a: a fixed hash, so that nothing depends on the run.
fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// The clauses of a text, parted at sentence and list marks, in plain wording; short scraps are dropped.
pub(super) fn clauses(text: &str) -> Vec<String> {
    let marks = ['。', '；', ';', '，', ',', '、', '\n', '：', ':', '！', '/'];
    let parts = text.split(marks).map(plain);
    parts.filter(|clause| clause.chars().count() >= 3).collect()
}

/// Whether all characters of `short` stand in `long` in the same order (四好路 in 四好农村路建设).
pub(super) fn is_subsequence(short: &str, long: &str) -> bool {
    let mut rest = long.chars();
    !short.is_empty() && short.chars().all(|wanted| rest.any(|character| character == wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accidents_of_writing_do_not_count() {
        let official = plain("“四好农村路”建设");
        for written in ["12.四好农村路建设", "（三）「四好農村路」 建设", "四好\n农村路  建设。", "四好农村路建设"]
        {
            assert_eq!(plain(written), official, "{written}");
        }
        assert_eq!(plain("ＧＥＰ核算１.18万亩，98％"), "gep核算1.18万亩98%");
    }

    #[test]
    fn figures_in_front_are_no_numbering() {
        assert_eq!(plain("1.18万亩粮食"), "1.18万亩粮食");
        assert_eq!(plain("100%通达"), "100%通达");
        assert_eq!(plain("十百千工程"), "十百千工程");
    }

    #[test]
    fn slips_of_the_input_method_sound_alike() {
        assert_eq!(sounds("合美乡村"), sounds("和美乡村"));
        assert_ne!(sounds("合美乡村"), sounds("美和乡村"));
    }

    #[test]
    fn an_abbreviation_keeps_the_order_of_its_characters() {
        assert!(is_subsequence("四好路", "四好农村路建设"));
        assert!(!is_subsequence("路四好", "四好农村路建设") && !is_subsequence("", "四好"));
    }
}
