//! What offices call by several names, and what they do besides any plan: knowledge that no plan spells out.

use std::sync::LazyLock;

use serde::Deserialize;

/// The built-in word lists.
static BUILT_IN: LazyLock<Lexicon> =
    LazyLock::new(|| toml::from_str(include_str!("lexicon.toml")).expect("the lexicon is checked by a test"));

/// Word lists in plain wording.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Lexicon {
    /// Groups of words that are used for one another.
    same: Vec<Vec<String>>,
    /// Work that townships do besides any plan.
    own_work: Vec<String>,
}

impl Lexicon {
    /// The built-in word lists.
    pub(super) fn built_in() -> &'static Self {
        &BUILT_IN
    }

    /// The groups that a plain wording touches, by number, ascending.
    pub(super) fn groups(&self, plain: &str) -> Vec<usize> {
        let touched =
            self.same.iter().enumerate().filter(|(_, words)| words.iter().any(|word| plain.contains(word.as_str())));
        touched.map(|(number, _)| number).collect()
    }

    /// The words of own work that a plain wording names.
    pub(super) fn own_work<'a>(&'a self, plain: &'a str) -> impl Iterator<Item = &'a str> {
        self.own_work.iter().map(String::as_str).filter(move |word| plain.contains(word))
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
        for word in lexicon.same.iter().flatten().chain(&lexicon.own_work) {
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
