//! With which words of a list does a text begin?

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

/// Words of a list and what they mean, by their first characters: most texts begin with none of them, and that is told
/// by one look.
pub(crate) struct Beginnings<Meaning> {
    by_first: HashMap<char, Vec<(&'static str, Meaning)>, FxBuildHasher>,
}

impl<Meaning: Copy> Beginnings<Meaning> {
    /// Sorts a list by first characters.
    pub(crate) fn new(words: impl IntoIterator<Item = (&'static str, Meaning)>) -> Self {
        let mut by_first: HashMap<char, Vec<(&'static str, Meaning)>, FxBuildHasher> = HashMap::default();
        for (word, meaning) in words {
            by_first.entry(word.chars().next().unwrap_or_default()).or_default().push((word, meaning));
        }
        Self { by_first }
    }

    /// The words with which a text begins, in the order of the list.
    pub(crate) fn of<'t>(&self, text: &'t str) -> impl Iterator<Item = (&'static str, Meaning)> + use<'t, '_, Meaning> {
        let words = text.chars().next().and_then(|first| self.by_first.get(&first));
        words.into_iter().flatten().copied().filter(move |(word, _)| text.starts_with(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_come_in_the_order_of_the_list() {
        let words = Beginnings::new([("已", 1), ("完成", 2), ("已完成", 3)]);
        assert_eq!(words.of("已完成3个").collect::<Vec<_>>(), [("已", 1), ("已完成", 3)]);
        assert_eq!(words.of("").count() + words.of("未完成").count(), 0);
    }
}
