//! What of a wording counts when two are compared: width, script, spaces, punctuation and numbering never do.

use std::borrow::Cow;
use std::sync::LazyLock;

use pinyin::ToPinyin;
use unicode_normalization::UnicodeNormalization;

/// A wording without its accidents: full width folded, traditional forms made simplified, letters in lower case,
/// and only letters, digits, ideographs and the signs that belong to figures left.
pub fn plain(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let simplified = if is_simple(text) { Cow::Borrowed(text) } else { folded(text) };
    let text = without_numbering(&simplified);
    let (common, is_digit) = (&**COMMON, |c: char| c.is_ascii_digit());
    let mut plain = String::with_capacity(text.len());
    // What stays as it is, nearly all of a text, is taken over in whole stretches.
    let mut taken = 0;
    for (at, character) in text.char_indices() {
        if is_among(common, character) || is_digit(character) || character == '%' {
            continue;
        }
        plain.push_str(&text[taken..at]);
        taken = at + character.len_utf8();
        if !is_mark(character) && character.is_alphanumeric() {
            plain.extend(character.to_lowercase());
        } else if character == '.' && text[..at].ends_with(is_digit) && text[taken..].starts_with(is_digit) {
            plain.push('.');
        }
    }
    plain.push_str(&text[taken..]);
    plain
}

/// Whether a text is plain as it is: most short wordings are, and need not be looked at four times.
fn is_plain(text: &str) -> bool {
    // A numeral in front may be a numbering mark.
    begins_plainly(text) && {
        let common = &**COMMON;
        text.chars().all(|character| is_among(common, character))
    }
}

/// Whether the first character stands first in the plain text, too.
fn begins_plainly(text: &str) -> bool {
    text.chars().next().is_some_and(|first| is_common(first) && !is_numeral(first))
}

/// Whether nothing is left of a text in plain wording.
pub(super) fn is_blank(text: &str) -> bool {
    text.is_empty() || !begins_plainly(text) && plain(text).is_empty()
}

/// Whether a text is written in common characters, ASCII and marks: what folding makes of a mark of full width is read
/// as the mark itself is, and the rest stays as it is.
fn is_simple(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii() || is_common(c) || is_mark(c))
}

/// Whether a character is one of the marks of nearly every sentence, which say nothing.
const fn is_mark(c: char) -> bool {
    matches!(c, '、' | '。' | '“' | '”' | '，' | '；' | '：' | '（' | '）' | '！' | '？')
}

/// The text with its width folded and in simplified forms.
fn folded(text: &str) -> Cow<'_, str> {
    // Ideographs and ASCII are what normalisation makes of them.
    let normal = text.chars().all(|c| c.is_ascii() || matches!(c, '\u{4e00}'..='\u{9fff}' | '、' | '。' | '“' | '”'));
    if normal { simplified(text) } else { Cow::Owned(simplified(&text.nfkc().collect::<String>()).into_owned()) }
}

/// The text in simplified forms.
fn simplified(text: &str) -> Cow<'_, str> {
    // Conversion looks each character up in three tables; most texts hold none that it changes.
    let unchanged = text.chars().all(|c| c.is_ascii() || is_common(c) || matches!(c, '、' | '。' | '“' | '”' | '，'));
    if unchanged { Cow::Borrowed(text) } else { Cow::Owned(fast2s::convert(text)) }
}

/// Whether a character is one of the 3,755 most common ones (level 1 of GB 2312) that are the same in simplified texts.
fn is_common(character: char) -> bool {
    is_among(&COMMON, character)
}

/// Whether the bit of an ideograph is set.
#[inline]
fn is_among(bits: &[u64], character: char) -> bool {
    let place = u32::from(character).wrapping_sub(FIRST_IDEOGRAPH) as usize;
    bits.get(place / 64).is_some_and(|bits| bits >> (place % 64) & 1 == 1)
}

/// Whether headings and items are numbered with a character.
const fn is_numeral(c: char) -> bool {
    matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
}

const FIRST_IDEOGRAPH: u32 = 0x4e00;
const LAST_IDEOGRAPH: u32 = 0x9fff;

/// A bit for every ideograph that [`is_common`].
static COMMON: LazyLock<Vec<u64>> = LazyLock::new(|| {
    /// Changed beside some others only.
    const CHANGED_IN_WORDS: [char; 2] = ['著', '藉'];
    let codes = (0xB0..=0xD7u8).flat_map(|lead| (0xA1..=0xFEu8).flat_map(move |trail| [lead, trail]));
    let level_one = encoding_rs::GBK.decode_without_bom_handling(&codes.collect::<Vec<u8>>()).0.into_owned();
    let mut bits = vec![0; (LAST_IDEOGRAPH - FIRST_IDEOGRAPH + 1).div_ceil(64) as usize];
    for (character, same) in level_one.chars().zip(fast2s::convert(&spread(&level_one)).chars().step_by(2)) {
        let code = u32::from(character);
        if character == same
            && (FIRST_IDEOGRAPH..=LAST_IDEOGRAPH).contains(&code)
            && !CHANGED_IN_WORDS.contains(&character)
        {
            let place = (code - FIRST_IDEOGRAPH) as usize;
            bits[place / 64] |= 1u64 << (place % 64);
        }
    }
    bits
});

/// The characters with blanks between them, so that no two make a word.
fn spread(characters: &str) -> String {
    characters.chars().flat_map(|character| [character, ' ']).collect()
}

/// The text without a numbering mark in front: `12.`, `（三）`, `一、`, `①`.
pub(super) fn without_numbering(text: &str) -> &str {
    let trimmed = text.trim_start();
    let is_numeral = |c: char| c.is_ascii_digit() || is_numeral(c);
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
pub(crate) fn is_subsequence(short: &str, long: &str) -> bool {
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
    fn marks_of_full_width_are_read_as_they_would_be_folded() {
        for text in
            ["（三）完成，验收！", "1、粮食：1.2万亩；", "示范村（社区）", "（1） 供水", "十）征兵？", "12）公路"]
        {
            let folded: String = text.nfkc().collect();
            assert!(is_simple(text) && folded != text, "{text}");
            assert_eq!(plain(text), plain(&folded), "{text}");
        }
    }

    #[test]
    fn common_characters_are_left_as_they_are_in_every_word() {
        let known = include_str!("meanings.txt").to_owned()
            + include_str!("own_work.txt")
            + "看著办，狼藉一片，憑藉，苧麻，乾隆，干部";
        for text in known.lines().flat_map(|line| line.split('、')) {
            assert_eq!(simplified(text), fast2s::convert(text), "{text}");
        }
        for character in ('\u{4e00}'..='\u{9fff}').filter(|&character| is_common(character)) {
            for text in [format!("{character}"), format!("看{character}口"), format!("樊{character}麻")] {
                assert_eq!(simplified(&text), fast2s::convert(&text), "{text}");
            }
        }
        assert_eq!(plain("看著"), "看着");
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
