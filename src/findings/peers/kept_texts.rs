//! Where do the narratives of all townships stand while they are compared? In memory while they are few, else on the disk.

use std::io::{Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use tempfile::SpooledTempFile;

/// Bytes that are kept in memory.
const IN_MEMORY: usize = 32 << 20;

/// Texts by their numbers.
pub(super) struct KeptTexts {
    file: Mutex<SpooledTempFile>,
    /// Where each text ends.
    ends: Vec<u64>,
}

impl Default for KeptTexts {
    fn default() -> Self {
        Self { file: Mutex::new(tempfile::spooled_tempfile(IN_MEMORY)), ends: Vec::new() }
    }
}

impl KeptTexts {
    /// How many there are.
    pub(super) const fn len(&self) -> usize {
        self.ends.len()
    }

    /// Adds a text; it gets the next number.
    pub(super) fn push(&mut self, text: &str) -> std::io::Result<()> {
        let file = self.file.get_mut().unwrap_or_else(PoisonError::into_inner);
        let start = file.seek(SeekFrom::End(0))?;
        file.write_all(text.as_bytes())?;
        self.ends.push(start + u64::try_from(text.len()).unwrap_or_default());
        Ok(())
    }

    /// A text.
    pub(super) fn get(&self, number: usize) -> std::io::Result<String> {
        Ok(self.all(number..number + 1)?.swap_remove(0))
    }

    /// Several texts that follow each other.
    pub(super) fn all(&self, numbers: Range<usize>) -> std::io::Result<Vec<String>> {
        let start = |number: usize| number.checked_sub(1).map_or(0, |before| self.ends[before]);
        let first = start(numbers.start);
        let length = usize::try_from(start(numbers.end) - first).unwrap_or_default();
        let mut bytes = vec![0; length];
        {
            let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
            file.seek(SeekFrom::Start(first))?;
            file.read_exact(&mut bytes)?;
        }
        let place = |number: usize| usize::try_from(start(number) - first).unwrap_or_default();
        let texts =
            numbers.map(|number| String::from_utf8_lossy(&bytes[place(number)..place(number + 1)]).into_owned());
        Ok(texts.collect())
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
        assert_eq!(
            (texts.get(2).unwrap(), texts.get(0).unwrap(), texts.get(1).unwrap()),
            ("乙丙".into(), "甲".into(), String::new())
        );
        assert_eq!(texts.all(1..3).unwrap(), ["", "乙丙"]);
        texts.push("丁").unwrap();
        assert_eq!(texts.get(3).unwrap(), "丁");
    }
}
