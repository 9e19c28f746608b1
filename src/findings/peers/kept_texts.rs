//! Where do the narratives of all townships stand while they are compared? In memory while they are few, else on the disk.

use std::borrow::Cow;
use std::io;
use std::ops::Range;

use encoding_rs::UTF_8;

use crate::kept_bytes::KeptBytes;

/// Bytes that are kept in memory.
const IN_MEMORY: usize = 32 << 20;

/// Texts by their numbers.
pub(super) struct KeptTexts {
    bytes: KeptBytes,
    /// Where each text ends.
    ends: Vec<u64>,
}

impl Default for KeptTexts {
    fn default() -> Self {
        Self { bytes: KeptBytes::new(IN_MEMORY, std::env::temp_dir()), ends: Vec::new() }
    }
}

impl KeptTexts {
    /// How many there are.
    pub(super) const fn len(&self) -> usize {
        self.ends.len()
    }

    /// Adds a text; it gets the next number.
    pub(super) fn push(&mut self, text: &str) -> io::Result<()> {
        let start = self.bytes.push(text.as_bytes())?;
        self.ends.push(start + u64::try_from(text.len()).unwrap_or_default());
        Ok(())
    }

    /// A text.
    pub(super) fn get(&self, number: usize) -> io::Result<String> {
        Ok(self.some(number..number + 1)?.get(number).into_owned())
    }

    /// Several texts that follow each other.
    pub(super) fn some(&self, numbers: Range<usize>) -> io::Result<SomeTexts<'_>> {
        let first = self.start(numbers.start);
        let length = usize::try_from(self.start(numbers.end) - first).unwrap_or_default();
        Ok(SomeTexts { texts: self, first, bytes: self.bytes.read(first, length)? })
    }

    fn start(&self, number: usize) -> u64 {
        number.checked_sub(1).map_or(0, |before| self.ends[before])
    }
}

/// Texts that follow each other, in memory.
pub(super) struct SomeTexts<'a> {
    texts: &'a KeptTexts,
    /// Where the first of them begins.
    first: u64,
    bytes: Cow<'a, [u8]>,
}

impl SomeTexts<'_> {
    /// One of them, by its number among all.
    pub(super) fn get(&self, number: usize) -> Cow<'_, str> {
        let place = |number| usize::try_from(self.texts.start(number) - self.first).unwrap_or_default();
        UTF_8.decode_without_bom_handling(&self.bytes[place(number)..place(number + 1)]).0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_back_by_their_numbers() {
        let mut texts = KeptTexts::default();
        for text in ["甲", "", "乙丙"] {
            texts.push(text).unwrap();
        }
        assert_eq!(texts.len(), 3);
        assert_eq!([2, 0, 1].map(|number| texts.get(number).unwrap()), ["乙丙", "甲", ""]);
        let some = texts.some(1..3).unwrap();
        assert_eq!([1, 2].map(|number| some.get(number)), ["", "乙丙"]);
        texts.push("丁").unwrap();
        assert_eq!(texts.get(3).unwrap(), "丁");
    }
}
