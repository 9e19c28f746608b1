//! A list of words, written in one text so that it can be read and added to.

use std::sync::OnceLock;

use aho_corasick::AhoCorasick;

use crate::beginnings::{Beginnings, ByCharacter};

/// Words parted by spaces.
pub(crate) struct Words {
    text: &'static str,
    listed: OnceLock<Vec<&'static str>>,
    beginnings: OnceLock<Beginnings<()>>,
    /// By their last character: most texts end with none of these.
    by_last: OnceLock<ByCharacter<&'static str>>,
    /// All words in one automaton, so that a text is walked through once; `None` where it cannot be built.
    anywhere: OnceLock<Option<AhoCorasick>>,
}

impl Words {
    /// A list from its text.
    pub(crate) const fn new(text: &'static str) -> Self {
        Self {
            text,
            listed: OnceLock::new(),
            beginnings: OnceLock::new(),
            by_last: OnceLock::new(),
            anywhere: OnceLock::new(),
        }
    }

    /// The words in their order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &&'static str> {
        self.listed.get_or_init(|| self.text.split_whitespace().collect()).iter()
    }

    /// Whether a text is one of the words.
    pub(crate) fn contains(&self, text: &str) -> bool {
        self.beginning(text).any(|word| word == text)
    }

    /// The words with which a text begins.
    pub(crate) fn beginning<'t>(&self, text: &'t str) -> impl Iterator<Item = &'static str> + use<'t, '_> {
        let beginnings = self.beginnings.get_or_init(|| Beginnings::new(self.iter().map(|word| (*word, ()))));
        beginnings.of(text).map(|(word, ())| word)
    }

    /// Whether a text ends in one of the words.
    pub(crate) fn end(&self, text: &str) -> bool {
        let last = |word: &str| word.chars().next_back().unwrap_or_default();
        let by_last = self.by_last.get_or_init(|| ByCharacter::new(self.iter().map(|word| (last(word), *word))));
        let words = text.chars().next_back().map_or(&[][..], |last| by_last.of(last));
        words.iter().any(|word| text.ends_with(word))
    }

    /// Whether one of the words stands anywhere in a text.
    pub(crate) fn stand_in(&self, text: &str) -> bool {
        let anywhere = self.anywhere.get_or_init(|| AhoCorasick::new(self.iter()).ok());
        match anywhere {
            Some(anywhere) => anywhere.is_match(text),
            None => self.iter().any(|word| text.contains(word)),
        }
    }

    /// The text without the words, wherever they stand.
    pub(crate) fn taken_out_of(&self, text: &str) -> String {
        if !self.stand_in(text) {
            return text.to_owned();
        }
        self.iter().fold(text.to_owned(), |text, word| text.replace(word, ""))
    }
}

/// Cuts a text into pieces without a rest. `beginning` gives the pieces with which a rest may begin, in the order in which
/// they are tried, each with its length in bytes. `None` where there is no way.
pub(crate) fn cut<Piece: Copy>(text: &str, beginning: impl Fn(&str) -> Vec<(Piece, usize)>) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    cut_rest(text, &beginning, &mut pieces, &mut Vec::new()).then_some(pieces)
}

/// Cuts the rest of a text after some pieces; `hopeless`: lengths of rests that cannot be cut.
fn cut_rest<Piece: Copy>(
    rest: &str,
    beginning: &impl Fn(&str) -> Vec<(Piece, usize)>,
    pieces: &mut Vec<Piece>,
    hopeless: &mut Vec<usize>,
) -> bool {
    if rest.is_empty() {
        return true;
    }
    if hopeless.contains(&rest.len()) {
        return false;
    }
    for (piece, length) in beginning(rest) {
        pieces.push(piece);
        if cut_rest(&rest[length..], beginning, pieces, hopeless) {
            return true;
        }
        pieces.pop();
    }
    hopeless.push(rest.len());
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_holds_its_words_and_no_parts_of_them() {
        static WORDS: Words = Words::new("万元 亿元");
        assert_eq!(WORDS.iter().copied().collect::<Vec<_>>(), ["万元", "亿元"]);
        assert!(WORDS.contains("亿元") && !WORDS.contains("元") && !WORDS.contains(""));
    }

    #[test]
    fn words_are_found_where_a_text_begins_ends_and_in_its_midst() {
        static WORDS: Words = Words::new("单位 单位名称 名称");
        assert_eq!(WORDS.beginning("单位名称:甲").collect::<Vec<_>>(), ["单位", "单位名称"]);
        assert_eq!(WORDS.beginning("").count() + WORDS.beginning("甲单位").count(), 0);
        assert!(WORDS.end("甲名称") && !WORDS.end("名称甲") && !WORDS.end(""));
        assert!(WORDS.stand_in("甲单位乙") && !WORDS.stand_in("单甲位") && !WORDS.stand_in(""));
    }
}
