//! Words that two texts laid beside each other have as a whole or not at all.

use std::cmp::Reverse;
use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::super::wording::{Piece, Pieces};
use super::alignment::Alignment;
use super::{degree, words};

/// The alignment without pairs that tear a word apart: 建成 and 启动建设 have a character in common and are two words.
/// `of_old`: the words of the first text.
pub(super) fn of_whole_words(
    alignment: Alignment,
    (old, of_old): (&Pieces, &[Range<usize>]),
    new: &Pieces,
) -> Alignment {
    const ROUNDS: usize = 3;
    if alignment.differences.is_empty() {
        return alignment;
    }
    let of_new = words_of(new);
    let mut sides = Sides::of(&alignment, old.list.len(), new.list.len());
    // What is parted on one side may tear a word on the other.
    for round in 0..ROUNDS {
        let torn_old = sides.torn(of_old, &of_new, new);
        sides.turn();
        let torn_new = sides.torn(&of_new, of_old, old);
        sides.turn();
        if torn_old.is_empty() && torn_new.is_empty() {
            if round == 0 {
                return alignment;
            }
            break;
        }
        for at in torn_old {
            sides.part_old(at);
        }
        sides.turn();
        for at in torn_new {
            sides.part_old(at);
        }
        sides.turn();
    }
    Alignment::of_pairs(sides.pairs(), old.list.len(), new.list.len())
}

/// What each piece of two texts is paired with.
struct Sides {
    old: Vec<Option<usize>>,
    new: Vec<Option<usize>>,
}

impl Sides {
    fn of(alignment: &Alignment, old: usize, new: usize) -> Self {
        let mut sides = Self { old: vec![None; old], new: vec![None; new] };
        for (one, other) in &alignment.pairs {
            sides.old[*one] = Some(*other);
            sides.new[*other] = Some(*one);
        }
        sides
    }

    const fn turn(&mut self) {
        std::mem::swap(&mut self.old, &mut self.new);
    }

    fn part_old(&mut self, at: usize) {
        if let Some(other) = self.old[at].take() {
            self.new[other] = None;
        }
    }

    fn pairs(&self) -> Vec<(usize, usize)> {
        self.old.iter().enumerate().filter_map(|(at, other)| Some((at, (*other)?))).collect()
    }

    /// The pieces of words of the first text that the second has only in part, something else in their place.
    fn torn(&self, of_old: &[Range<usize>], of_new: &[Range<usize>], new: &Pieces) -> Vec<usize> {
        let is_torn = |word: &Range<usize>| {
            let paired = || self.old[word.clone()].iter().copied().flatten();
            let count = paired().count();
            if count == 0 {
                return false;
            }
            if count == word.len() {
                // 每两年 for 每年.
                let counts = |at: usize| matches!(new.list[at], Piece::Char('两' | '二' | '三' | '四' | '五' | '半'));
                return paired().zip(paired().skip(1)).any(|(one, next)| next == one + 2 && counts(one + 1));
            }
            // 五年 for 年度: each has a piece that the other lacks.
            let torn_too = |other: &Range<usize>| {
                paired().any(|at| other.contains(&at)) && other.clone().any(|at| self.new[at].is_none())
            };
            of_new.iter().any(torn_too)
                || word.clone().filter(|at| self.old[*at].is_none()).any(|at| self.is_replaced(at, of_new))
        };
        of_old.iter().filter(|word| is_torn(word)).flat_map(Clone::clone).filter(|at| self.old[*at].is_some()).collect()
    }

    /// Whether something else stands in the place of a piece: more than a slip of one character, unless that is of a
    /// word, too.
    fn is_replaced(&self, at: usize, of_new: &[Range<usize>]) -> bool {
        let start = (0..at).rev().find(|before| self.old[*before].is_some()).map_or(0, |before| before + 1);
        let end = (at..self.old.len()).find(|after| self.old[*after].is_some()).unwrap_or(self.old.len());
        let from = start.checked_sub(1).and_then(|before| self.old[before]).map_or(0, |other| other + 1);
        let to = self.old.get(end).copied().flatten().unwrap_or(self.new.len());
        match to.saturating_sub(from) {
            0 => false,
            1 if end - start == 1 => of_new.iter().any(|word| word.contains(&from)),
            _ => true,
        }
    }
}

/// The words by which something is asked, by their first characters, the longest first.
static WORDS: LazyLock<FxHashMap<char, Vec<Vec<char>>>> = LazyLock::new(|| {
    // 缩小到 for 压到: the last character belongs to the figure.
    let whole = |word: &&str| word.chars().count() >= 2 && !word.ends_with(['到', '至', '在', '以']);
    let words = words::all().chain(degree::words()).filter(whole);
    let mut words: Vec<Vec<char>> = words.map(|word| word.chars().collect()).collect();
    words.sort_by_key(|word| Reverse(word.len()));
    let mut by_first: FxHashMap<char, Vec<Vec<char>>> = FxHashMap::default();
    for word in words {
        by_first.entry(word[0]).or_default().push(word);
    }
    by_first
});

/// Where words stand in a text by which something is asked: of those that begin at one place the longest, and none within
/// another.
pub(super) fn words_of(text: &Pieces) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(piece) = text.list.get(at) {
        let beginning = if let Piece::Char(c) = piece { WORDS.get(c) } else { None };
        let stands_here = |word: &&Vec<char>| {
            let pieces = text.list.get(at..at + word.len());
            pieces.is_some_and(|pieces| pieces.iter().zip(*word).all(|(piece, c)| *piece == Piece::Char(*c)))
        };
        let length = beginning.and_then(|words| words.iter().find(stands_here)).map(Vec::len);
        words.extend(length.map(|length| at..at + length));
        at += length.unwrap_or(1);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::super::super::wording::pieces;
    use super::super::alignment::align;
    use super::*;

    fn differences(old: &str, new: &str) -> Vec<(String, String)> {
        let (old, new) = (pieces(old), pieces(new));
        let alignment = of_whole_words(align(&old, &new), (&old, &words_of(&old)), &new);
        let texts = alignment.differences.into_iter();
        texts.map(|difference| (old.text(difference.old), new.text(difference.new))).collect()
    }

    fn pair(gone: &str, come: &str) -> Vec<(String, String)> {
        vec![(gone.to_owned(), come.to_owned())]
    }

    #[test]
    fn words_with_a_character_in_common_stand_for_each_other_as_a_whole() {
        assert_eq!(differences("建成乡村博物馆", "启动建设乡村博物馆"), pair("建成", "启动建设"));
        assert_eq!(differences("抓好组织实施", "抓好落实"), pair("组织实施", "落实"));
        assert_eq!(differences("制定年度计划", "制定五年计划"), pair("年度", "五年"));
        assert_eq!(differences("每年启动", "每两年启动"), pair("每年", "每两年"));
        assert_eq!(differences("快于全市平均水平", "高于全市平均水平"), pair("快于", "高于"));
    }

    #[test]
    fn of_words_that_begin_at_one_place_the_longest_counts() {
        let found = |text: &str| {
            let text = pieces(text);
            words_of(&text).into_iter().map(|word| text.text(word)).collect::<Vec<_>>()
        };
        assert_eq!(found("深化50家，不低于困难群众"), ["深化", "不低于", "困难群众"]);
        // No piece but a character of its own stands for one of a word.
        assert!(
            WORDS.values().flatten().flatten().all(|c| ('\u{4e00}'..='\u{9fff}').contains(c) && !"万亿".contains(*c))
        );
    }

    #[test]
    fn a_slip_and_a_word_cut_short_stay_what_they_are() {
        assert_eq!(differences("严格落实", "严格络实"), pair("落", "络"));
        assert_eq!(differences("建设照料中心", "建照料中心"), pair("设", ""));
    }
}
