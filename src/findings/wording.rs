//! Of which pieces does a text consist, and how alike are two texts: width, spaces and punctuation aside.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::Range;

use crate::records::values::quantity::arabic;
use crate::records::values::written::{half_width, half_width_char};

/// Texts of more pieces than this are not laid beside each other: no official text is so long.
pub(super) const LONGEST: usize = 1200;

/// A piece of a text: a character, or a figure with its multiplier.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Piece {
    /// A letter or character that says something.
    Char(char),
    /// A figure: 1.18万 is 11,800.
    Figure(f64),
}

impl Piece {
    /// A number that is the same for pieces that count as alike: figures do, whatever their value.
    pub(super) fn key(self) -> u32 {
        match self {
            Self::Char(c) => u32::from(c),
            Self::Figure(_) => 0,
        }
    }
}

/// A text cut into pieces.
#[derive(Debug, Clone, Default)]
pub(super) struct Pieces {
    /// What the text consists of, without spaces and punctuation.
    pub(super) list: Vec<Piece>,
    /// For each piece, whether a clause begins with it.
    pub(super) begins: Vec<bool>,
    /// For each piece, whether a clause begins with it that is more than an item of a list.
    pub(super) clauses: Vec<bool>,
    /// The whole text, with half-width forms.
    text: String,
    /// For each piece, its place in the text.
    places: Vec<Range<usize>>,
    /// For each piece, a number that is the same for those that count as alike, and its place behind it in the lower half; in
    /// order.
    keys: Vec<u64>,
}

/// Cuts a text into pieces.
pub(super) fn pieces(text: &str) -> Pieces {
    let text = half_width(text);
    // Nearly all characters have three bytes.
    let length = text.len() / 3 + 1;
    let mut cut = Pieces {
        list: Vec::with_capacity(length),
        begins: Vec::with_capacity(length),
        clauses: Vec::with_capacity(length),
        places: Vec::with_capacity(length),
        ..Pieces::default()
    };
    let (mut at, mut begins, mut clause) = (0, true, true);
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let figure = if c.is_ascii_digit() { arabic(rest) } else { None };
        let (piece, length) = if let Some((value, length)) = figure {
            let times = match rest[length..].chars().next() {
                Some('万') => 1e4,
                Some('亿') => 1e8,
                _ => 1.0,
            };
            (Some(Piece::Figure(value * times)), length + if times > 1.0 { '万'.len_utf8() } else { 0 })
        } else if matches!(c, '\u{4e00}'..='\u{9fff}') {
            // Most characters of a Chinese text.
            (Some(Piece::Char(c)), c.len_utf8())
        } else if c.is_alphanumeric() || matches!(c, '%' | '‰' | '+' | '*') {
            (Some(Piece::Char(c.to_ascii_lowercase())), c.len_utf8())
        } else {
            (None, c.len_utf8())
        };
        if let Some(piece) = piece {
            cut.list.push(piece);
            cut.begins.push(begins);
            cut.clauses.push(clause);
            cut.places.push(at..at + length);
            (begins, clause) = (false, false);
        } else {
            clause |= matches!(c, ',' | ';' | '。' | '.' | ':' | '\n' | '!' | '…');
            begins |= clause || matches!(c, '、' | '(' | ')');
        }
        at += length;
    }
    cut.keys = (0..).zip(&cut.list).map(|(place, piece)| (u64::from(piece.key()) << 32) | place).collect();
    cut.keys.sort_unstable();
    cut.text = text;
    cut
}

/// The characters of a text that say something, figures as written.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    add_folded(text, &mut folded);
    folded
}

/// Adds a folded text (see [`fold`]) to another one.
pub(super) fn add_folded(text: &str, folded: &mut String) {
    let mut rest = text;
    // What stays as it is, nearly all of a text, is taken over in whole stretches.
    while let Some((stays, next)) = rest.split_at_checked(staying(rest)) {
        folded.push_str(stays);
        let Some(c) = next.chars().next() else { break };
        let (single, behind) = next.split_at(c.len_utf8());
        all_folded(single, |c| {
            folded.push(c);
            true
        });
        rest = behind;
    }
}

/// How many bytes at the beginning of a text stay as they are when it is folded: those of characters from 一 to U+9FFF,
/// which have three, and of some that have one.
fn staying(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        at += match byte {
            0xE5..=0xE9 => 3,
            0xE4 if bytes[at + 1] >= 0xB8 => 3,
            b'0'..=b'9' | b'a'..=b'z' | b'%' | b'.' => 1,
            _ => break,
        };
    }
    at
}

/// Whether a text is another one when it is folded (see [`fold`]).
pub(super) fn folds_to(text: &str, folded: &str) -> bool {
    let mut rest = folded.chars();
    all_folded(text, |c| rest.next() == Some(c)) && rest.next().is_none()
}

/// Whether something holds for all characters of a folded text (see [`fold`]), asked from the first one on.
pub(super) fn all_folded(text: &str, mut holds: impl FnMut(char) -> bool) -> bool {
    text.chars().all(|c| match c {
        // Most characters of a Chinese text: they have neither width nor case.
        '\u{4e00}'..='\u{9fff}' | '0'..='9' | 'a'..='z' | '%' | '.' => holds(c),
        '，' | '。' | '、' | '；' => true,
        _ => match half_width_char(c) {
            c @ ('%' | '.') => holds(c),
            c if c.is_alphanumeric() => c.to_lowercase().all(&mut holds),
            _ => true,
        },
    })
}

impl Pieces {
    /// The text of a range, as written.
    pub(super) fn text(&self, range: Range<usize>) -> String {
        let places = &self.places[range];
        let length = places.iter().map(ExactSizeIterator::len).sum();
        let mut text = String::with_capacity(length);
        for place in places {
            text.push_str(&self.text[place.clone()]);
        }
        text
    }

    /// Whether pieces of two texts count as alike.
    pub(super) fn alike(&self, at: usize, other: &Self, there: usize) -> bool {
        self.list[at].key() == other.list[there].key()
    }

    /// The places of the pieces that have a key.
    pub(super) fn with_key(&self, key: u32) -> impl Iterator<Item = usize> {
        let first = u64::from(key) << 32;
        let from = self.keys.partition_point(|other| *other < first);
        let places = self.keys[from..].iter().map(move |other| other - first);
        places.map_while(|place| u32::try_from(place).ok()).map(|place| place as usize)
    }
}

/// An upper bound of the pieces that two texts can have in common, in any order: cheap, and enough to see that a
/// reworded text is no copy.
pub(super) fn in_common_at_most(old: &Pieces, new: &Pieces) -> usize {
    in_both(&old.keys, &new.keys, |one, other| (one >> 32).cmp(&(other >> 32)))
}

/// How alike two folded texts are, 0 to 1: the share of their three-character sequences that both have.
pub(super) fn likeness(one: &str, other: &str) -> f64 {
    Likened::new(one).likeness(&Likened::new(other))
}

/// A folded text that is held against many others.
#[derive(Debug)]
pub(super) struct Likened<'t> {
    text: Cow<'t, str>,
    grams: Vec<u64>,
}

impl<'t> Likened<'t> {
    pub(super) fn new(text: impl Into<Cow<'t, str>>) -> Self {
        let text = text.into();
        Self { grams: grams(&text, 3), text }
    }

    /// The text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// See [`likeness`].
    pub(super) fn likeness(&self, other: &Likened<'_>) -> f64 {
        if self.text == other.text { 1.0 } else { alike(&self.grams, &other.grams) }
    }
}

/// How alike two short texts are, 0 to 1: the share of their two-character sequences that both have.
pub(super) fn likeness_of_names(one: &str, other: &str) -> f64 {
    if one == other {
        return 1.0;
    }
    alike(&grams(one, 2), &grams(other, 2))
}

/// The sequences of a text, at most three characters long, as numbers in order: repeated ones as often as they stand
/// there.
fn grams(text: &str, length: usize) -> Vec<u64> {
    let mut characters: Vec<char> = Vec::with_capacity(text.len() / 2);
    characters.extend(text.chars());
    // A character has 21 bits.
    let number = |gram: &[char]| gram.iter().fold(0, |number, c| (number << 21) | u64::from(*c));
    let mut grams: Vec<u64> = characters.windows(length).map(number).collect();
    grams.sort_unstable();
    grams
}

/// The share of the sequences that both have.
fn alike(one: &[u64], other: &[u64]) -> f64 {
    share(2 * in_both(one, other, Ord::cmp), one.len() + other.len())
}

/// How many entries two lists have in common that are in the order of a comparison.
fn in_both<T>(one: &[T], other: &[T], compare: impl Fn(&T, &T) -> Ordering) -> usize {
    let (mut at, mut there, mut common) = (0, 0, 0);
    while at < one.len() && there < other.len() {
        match compare(&one[at], &other[there]) {
            Ordering::Less => at += 1,
            Ordering::Greater => there += 1,
            Ordering::Equal => (at, there, common) = (at + 1, there + 1, common + 1),
        }
    }
    common
}

/// A quotient of counts; 0 where there is nothing to divide by.
pub(super) fn share(part: usize, whole: usize) -> f64 {
    let count = |number: usize| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
    if whole == 0 { 0.0 } else { count(part) / count(whole) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_carry_their_multiplier() {
        assert_eq!(pieces("1.18万亩").list[0], Piece::Figure(11_800.0));
        assert_eq!(pieces("1,200户").list[0], Piece::Figure(1200.0));
    }

    #[test]
    fn a_text_is_folded_as_its_characters_are() {
        for text in ["完成３２６户，Ａ级25.5%；", "䷿一\u{9fff}\u{a000}鿿㐀", "ＡbC。d", "", "“%‰”İ"]
        {
            let mut characters = String::new();
            all_folded(text, |c| {
                characters.push(c);
                true
            });
            assert_eq!(fold(text), characters, "{text}");
        }
        assert_eq!(fold("完成３２６户，Ａ级25.5%；"), "完成326户a级25.5%");
    }

    #[test]
    fn likeness_tells_a_copy_from_another_text() {
        let one = fold("累计盘活闲置资产57宗，本季通过产权交易平台成交18宗。");
        assert!(likeness(&one, &fold("累计盘活闲置资产57宗,本季通过产权交易平台成交18宗")) > 0.99);
        assert!(likeness(&one, &fold("摸排低效建设用地4宗约23亩，正在开展收储谈判。")) < 0.3);
    }
}
