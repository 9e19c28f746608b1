//! With which words of a list does a text begin?

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

/// Words of a list and what they mean, by their first characters: most texts begin with none of them, and that is told
/// by one look.
pub(crate) struct Beginnings<Meaning> {
    by_first: ByCharacter<(&'static str, Meaning)>,
}

/// What is kept for some characters each.
pub(crate) struct ByCharacter<Kept> {
    lists: HashMap<char, Vec<Kept>, FxBuildHasher>,
    /// A bit for the last six bits of each of the characters: of most others it tells that nothing is kept for them.
    ends: u64,
}

impl<Kept> ByCharacter<Kept> {
    /// Sorts a list by the character that each member is kept for.
    pub(crate) fn new(kept: impl IntoIterator<Item = (char, Kept)>) -> Self {
        let mut by_character = Self { lists: HashMap::default(), ends: 0 };
        for (character, kept) in kept {
            by_character.ends |= Self::end(character);
            by_character.lists.entry(character).or_default().push(kept);
        }
        by_character
    }

    /// What is kept for a character, in the order of the list.
    pub(crate) fn of(&self, character: char) -> &[Kept] {
        if self.ends & Self::end(character) == 0 {
            return &[];
        }
        self.lists.get(&character).map_or(&[], Vec::as_slice)
    }

    /// The bit for a character.
    fn end(character: char) -> u64 {
        1 << (u32::from(character) % u64::BITS)
    }
}

impl<Meaning: Copy> Beginnings<Meaning> {
    /// Sorts a list by first characters.
    pub(crate) fn new(words: impl IntoIterator<Item = (&'static str, Meaning)>) -> Self {
        let first = |word: &str| word.chars().next().unwrap_or_default();
        Self { by_first: ByCharacter::new(words.into_iter().map(|(word, meaning)| (first(word), (word, meaning)))) }
    }

    /// The words with which a text begins, in the order of the list.
    pub(crate) fn of<'t>(&self, text: &'t str) -> impl Iterator<Item = (&'static str, Meaning)> + use<'t, '_, Meaning> {
        let words = text.chars().next().map_or(&[][..], |first| self.by_first.of(first));
        words.iter().copied().filter(move |(word, _)| text.starts_with(word))
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
