//! Where do the narratives of all townships stand while they are compared? In memory while they are few, else on the disk.

use std::borrow::Cow;
use std::io;
use std::ops::Range;

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
    pub(super) fn get(&self, number: usize) -> io::Result<Cow<'_, str>> {
        Ok(self.all(number..number + 1)?.swap_remove(0))
    }

    /// Several texts that follow each other.
    pub(super) fn all(&self, numbers: Range<usize>) -> io::Result<Vec<Cow<'_, str>>> {
        let first = self.start(numbers.start);
        let place = |number: usize| usize::try_from(self.start(number) - first).unwrap_or_default();
        let bytes = self.bytes.read(first, place(numbers.end))?;
        let text = |number: usize| {
            let of_text = place(number)..place(number + 1);
            match &bytes {
                Cow::Borrowed(bytes) => String::from_utf8_lossy(&bytes[of_text]),
                Cow::Owned(bytes) => Cow::Owned(String::from_utf8_lossy(&bytes[of_text]).into_owned()),
            }
        };
        Ok(numbers.map(text).collect())
    }

    fn start(&self, number: usize) -> u64 {
        number.checked_sub(1).map_or(0, |before| self.ends[before])
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
        assert_eq!(texts.all(1..3).unwrap(), ["", "乙丙"]);
        texts.push("丁").unwrap();
        assert_eq!(texts.get(3).unwrap(), "丁");
    }
}
