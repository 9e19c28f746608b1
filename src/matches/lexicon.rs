//! What offices call by several names, and what they do besides any plan: knowledge that no plan spells out.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use serde::Deserialize;

/// The built-in word lists.
static BUILT_IN: LazyLock<Lexicon> =
    LazyLock::new(|| toml::from_str(include_str!("lexicon.toml")).expect("the lexicon is checked by a test"));

/// Finds all words of the lists in one pass over a wording.
static FINDER: LazyLock<Finder> = LazyLock::new(|| Finder::new(&BUILT_IN));

/// The words of the lists as one automaton.
struct Finder {
    same: AhoCorasick,
    /// The group of each word.
    groups: Vec<usize>,
    own_work: AhoCorasick,
}

impl Finder {
    fn new(lexicon: &Lexicon) -> Self {
        let words =
            lexicon.same.iter().enumerate().flat_map(|(group, words)| words.iter().map(move |word| (group, word)));
        let (groups, words): (Vec<usize>, Vec<&String>) = words.unzip();
        let automaton = |words: &[&String]| AhoCorasick::new(words).expect("some hundred short words fit an automaton");
        Self { same: automaton(&words), groups, own_work: automaton(&lexicon.own_work.iter().collect::<Vec<_>>()) }
    }
}

/// Word lists in plain wording.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Lexicon {
    /// Groups of words that are used for one another.
    same: Vec<Vec<String>>,
    /// Words of work that townships do besides any plan.
    own_work: Vec<String>,
    /// Words that say that something is done, and not what.
    vague: Vec<String>,
}

impl Lexicon {
    /// The built-in word lists.
    pub(super) fn built_in() -> &'static Self {
        &BUILT_IN
    }

    /// The groups that a plain wording touches, by number, ascending.
    #[expect(clippy::unused_self, reason = "the automaton is made from the built-in lists, the only ones")]
    pub(super) fn groups(&self, plain: &str) -> Vec<usize> {
        let found = FINDER.same.find_overlapping_iter(plain);
        let mut touched: Vec<usize> = found.map(|found| FINDER.groups[found.pattern().as_usize()]).collect();
        touched.sort_unstable();
        touched.dedup();
        touched
    }

    /// Whether a plain wording says that something is done, and not what.
    pub(super) fn is_vague(&self, plain: &str) -> bool {
        self.vague.iter().any(|word| plain.contains(word.as_str()))
    }

    /// The words of own work that a plain wording names.
    pub(super) fn own_work<'a>(&'a self, plain: &'a str) -> impl Iterator<Item = &'a str> {
        let found = FINDER.own_work.find_overlapping_iter(plain);
        found.map(|found| self.own_work[found.pattern().as_usize()].as_str())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::matches::plain;

    #[test]
    fn every_word_is_plain_and_stands_once() {
        let lexicon = Lexicon::built_in();
        let mut seen = BTreeSet::new();
        for word in lexicon.same.iter().flatten().chain(&lexicon.own_work).chain(&lexicon.vague) {
            assert_eq!(*word, plain(word));
            assert!(seen.insert(word), "{word} stands twice");
        }
    }

    #[test]
    fn words_of_one_group_are_told_together() {
        let lexicon = Lexicon::built_in();
        assert_eq!(lexicon.groups("自来水统一管"), lexicon.groups("农村供水"));
        assert!(lexicon.groups("一周一会").is_empty());
    }
}
