//! A list of words, written in one text so that it can be read and added to.

use std::sync::OnceLock;

/// Words parted by spaces.
pub(crate) struct Words {
    text: &'static str,
    words: OnceLock<Vec<&'static str>>,
}

impl Words {
    /// A list from its text.
    pub(crate) const fn new(text: &'static str) -> Self {
        Self { text, words: OnceLock::new() }
    }

    /// The words in their order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &&'static str> {
        self.words.get_or_init(|| self.text.split_whitespace().collect()).iter()
    }

    /// Whether a text is one of the words.
    pub(crate) fn contains(&self, text: &str) -> bool {
        self.iter().any(|word| *word == text)
    }
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
}
