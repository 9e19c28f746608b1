//! How alike are two texts, and where do they differ: width, spaces and punctuation aside.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::Range;

use crate::records::values::quantity::arabic;
use crate::records::values::written::half_width;

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
    /// For each piece, a number that is the same for those that count as alike; in order.
    keys: Vec<u32>,
}

/// A place where two texts differ: pieces `old` of the first stand for pieces `new` of the second.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Difference {
    /// Range in the first text.
    pub(super) old: Range<usize>,
    /// Range in the second text.
    pub(super) new: Range<usize>,
}

/// Two texts laid beside each other; figures count as alike whatever their value.
#[derive(Debug)]
pub(super) struct Alignment {
    /// Pairs of pieces that stand for each other.
    pub(super) pairs: Vec<(usize, usize)>,
    /// The places where they differ, in order.
    pub(super) differences: Vec<Difference>,
}

/// Cuts a text into pieces.
pub(super) fn pieces(text: &str) -> Pieces {
    let text = half_width(text);
    let mut cut = Pieces::default();
    let (mut at, mut begins, mut clause) = (0, true, true);
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let figure = arabic(rest).filter(|_| c.is_ascii_digit());
        let (piece, length) = if let Some((value, length)) = figure {
            let times = match rest[length..].chars().next() {
                Some('万') => 1e4,
                Some('亿') => 1e8,
                _ => 1.0,
            };
            (Some(Piece::Figure(value * times)), length + if times > 1.0 { '万'.len_utf8() } else { 0 })
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
    let key = |piece: &Piece| match piece {
        Piece::Char(c) => u32::from(*c),
        Piece::Figure(_) => 0,
    };
    cut.keys = cut.list.iter().map(key).collect();
    cut.keys.sort_unstable();
    cut.text = text;
    cut
}

/// The characters of a text that say something, figures as written.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in half_width(text).chars() {
        match c {
            // Most characters of a Chinese text: they have no case.
            '\u{4e00}'..='\u{9fff}' | '0'..='9' | 'a'..='z' | '%' | '.' => folded.push(c),
            _ if c.is_alphanumeric() => folded.extend(c.to_lowercase()),
            _ => {}
        }
    }
    folded
}

impl Pieces {
    /// The text of a range, as written.
    pub(super) fn text(&self, range: Range<usize>) -> String {
        self.places[range].iter().map(|place| &self.text[place.clone()]).collect()
    }

    fn alike(&self, at: usize, other: &Self, there: usize) -> bool {
        match (self.list[at], other.list[there]) {
            (Piece::Char(one), Piece::Char(two)) => one == two,
            (Piece::Figure(_), Piece::Figure(_)) => true,
            _ => false,
        }
    }
}

/// An upper bound of the pieces that two texts can have in common, in any order: cheap, and enough to see that a
/// reworded text is no copy.
pub(super) fn in_common_at_most(old: &Pieces, new: &Pieces) -> usize {
    in_both(&old.keys, &new.keys)
}

/// Lays two texts beside each other by their longest common subsequence.
pub(super) fn align(old: &Pieces, new: &Pieces) -> Alignment {
    let (rows, columns) = (old.list.len(), new.list.len());
    let mut longest = vec![0u16; (rows + 1) * (columns + 1)];
    let at = |row: usize, column: usize| row * (columns + 1) + column;
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            longest[at(row, column)] = if old.alike(row, new, column) {
                longest[at(row + 1, column + 1)].saturating_add(1)
            } else {
                longest[at(row + 1, column)].max(longest[at(row, column + 1)])
            };
        }
    }
    let mut alignment = Alignment { pairs: Vec::new(), differences: Vec::new() };
    let (mut row, mut column) = (0, 0);
    let (mut old_from, mut new_from) = (0, 0);
    while row < rows && column < columns {
        if old.alike(row, new, column) && longest[at(row, column)] == longest[at(row + 1, column + 1)] + 1 {
            alignment.note(old_from..row, new_from..column);
            alignment.pairs.push((row, column));
            (row, column) = (row + 1, column + 1);
            (old_from, new_from) = (row, column);
        } else if longest[at(row + 1, column)] >= longest[at(row, column + 1)] {
            row += 1;
        } else {
            column += 1;
        }
    }
    alignment.note(old_from..rows, new_from..columns);
    alignment
}

impl Alignment {
    /// The alignment of two texts of some lengths of which these pieces stand for each other, in order.
    pub(super) fn of_pairs(pairs: Vec<(usize, usize)>, rows: usize, columns: usize) -> Self {
        let mut alignment = Self { pairs: Vec::new(), differences: Vec::new() };
        let (mut old_from, mut new_from) = (0, 0);
        for (row, column) in &pairs {
            alignment.note(old_from..*row, new_from..*column);
            (old_from, new_from) = (row + 1, column + 1);
        }
        alignment.note(old_from..rows, new_from..columns);
        Self { pairs, ..alignment }
    }

    fn note(&mut self, old: Range<usize>, new: Range<usize>) {
        if !old.is_empty() || !new.is_empty() {
            self.differences.push(Difference { old, new });
        }
    }
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

    /// What the likeness is at most, by the lengths alone.
    pub(super) fn likeness_at_most(&self, other: &Likened<'_>) -> f64 {
        likeness_of_lengths(self.text.chars().count(), other.text.chars().count())
    }
}

/// What the likeness of two texts is at most, by their lengths in characters.
fn likeness_of_lengths(one: usize, other: usize) -> f64 {
    let (one, other) = (one.saturating_sub(2), other.saturating_sub(2));
    if one == other { 1.0 } else { share(2 * one.min(other), one + other) }
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
    share(2 * in_both(one, other), one.len() + other.len())
}

/// How many entries two ordered lists have in common.
fn in_both<T: Ord>(one: &[T], other: &[T]) -> usize {
    let (mut at, mut there, mut common) = (0, 0, 0);
    while at < one.len() && there < other.len() {
        match one[at].cmp(&other[there]) {
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

    fn differences(old: &str, new: &str) -> Vec<(String, String)> {
        let (old, new) = (pieces(old), pieces(new));
        let alignment = align(&old, &new);
        alignment.differences.into_iter().map(|gap| (old.text(gap.old), new.text(gap.new))).collect()
    }

    #[test]
    fn width_spaces_and_punctuation_are_no_difference() {
        assert_eq!(differences("推进“四好农村路”建设,达98%。", "推进四好农村路 建设，达９８％"), []);
    }

    #[test]
    fn differences_are_shown_with_their_characters() {
        assert_eq!(
            differences("稳慎推进农村宅基地制度改革", "加快推进农村宅基地制度改革"),
            [("稳慎".to_owned(), "加快".to_owned())]
        );
        assert_eq!(differences("建成20家", "建成30家"), []);
    }

    #[test]
    fn the_quick_bound_is_never_below_what_is_in_common() {
        for (old, new) in [("稳慎推进改革", "改革推进"), ("建成20家", "30家建成"), ("甲乙丙", "丁"), ("", "甲")]
        {
            let (old, new) = (pieces(old), pieces(new));
            assert!(in_common_at_most(&old, &new) >= align(&old, &new).pairs.len());
        }
    }

    #[test]
    fn figures_carry_their_multiplier() {
        assert_eq!(pieces("1.18万亩").list[0], Piece::Figure(11_800.0));
        assert_eq!(pieces("1,200户").list[0], Piece::Figure(1200.0));
    }

    #[test]
    fn likeness_tells_a_copy_from_another_text() {
        let one = fold("累计盘活闲置资产57宗，本季通过产权交易平台成交18宗。");
        assert!(likeness(&one, &fold("累计盘活闲置资产57宗,本季通过产权交易平台成交18宗")) > 0.99);
        assert!(likeness(&one, &fold("摸排低效建设用地4宗约23亩，正在开展收储谈判。")) < 0.3);
    }
}
