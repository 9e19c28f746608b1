//! What offices do besides any plan, and words that say nothing: knowledge that no plan spells out.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use serde::Deserialize;

/// The built-in word lists.
static BUILT_IN: LazyLock<Lexicon> =
    LazyLock::new(|| toml::from_str(include_str!("lexicon.toml")).expect("the lexicon is checked by a test"));

/// Finds the words of own work in one pass over a wording.
static OWN_WORK: LazyLock<AhoCorasick> =
    LazyLock::new(|| AhoCorasick::new(&BUILT_IN.own_work).expect("some hundred short words fit an automaton"));

/// Word lists in plain wording.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Lexicon {
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

    /// Whether a plain wording says that something is done, and not what.
    pub(super) fn is_vague(&self, plain: &str) -> bool {
        self.vague.iter().any(|word| plain.contains(word.as_str()))
    }

    /// The words of own work that a plain wording names.
    pub(super) fn own_work<'a>(&'a self, plain: &'a str) -> impl Iterator<Item = &'a str> {
        let found = OWN_WORK.find_overlapping_iter(plain);
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
        for word in lexicon.own_work.iter().chain(&lexicon.vague) {
            assert_eq!(*word, plain(word));
            assert!(seen.insert(word), "{word} stands twice");
        }
    }
}
