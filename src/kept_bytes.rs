//! Bytes that are kept until they are asked for again, in any order: in memory while they are few, else all of them in a
//! nameless temporary file, which is gone with the process however it ends.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

/// Bytes one after the other.
#[derive(Debug)]
pub(crate) struct KeptBytes {
    /// Where the file lies.
    folder: PathBuf,
    /// So many stand in memory.
    in_memory: usize,
    memory: Vec<u8>,
    file: Option<Mutex<File>>,
    end: u64,
}

impl KeptBytes {
    /// None yet. Of more than so many a file lies in the folder.
    pub(crate) const fn new(in_memory: usize, folder: PathBuf) -> Self {
        Self { folder, in_memory, memory: Vec::new(), file: None, end: 0 }
    }

    /// Adds bytes, and tells where they begin.
    pub(crate) fn push(&mut self, bytes: &[u8]) -> io::Result<u64> {
        let start = self.end;
        if self.memory.capacity() == 0 && self.file.is_none() {
            // A list that grows as it is filled would take the room of all bytes twice; what is not filled takes none.
            self.memory.reserve_exact(self.in_memory);
        }
        if self.file.is_none() && self.memory.len() + bytes.len() > self.in_memory {
            let mut file = tempfile::tempfile_in(&self.folder)?;
            file.write_all(&self.memory)?;
            self.memory = Vec::new();
            self.file = Some(Mutex::new(file));
        }
        match &mut self.file {
            None => self.memory.extend(bytes),
            Some(file) => {
                let file = file.get_mut().unwrap_or_else(PoisonError::into_inner);
                file.seek(SeekFrom::Start(start))?;
                file.write_all(bytes)?;
            }
        }
        self.end += u64::try_from(bytes.len()).unwrap_or_default();
        Ok(start)
    }

    /// So many bytes from a place on.
    pub(crate) fn read(&self, start: u64, length: usize) -> io::Result<Cow<'_, [u8]>> {
        let Some(file) = &self.file else {
            let start = usize::try_from(start).unwrap_or(usize::MAX);
            let bytes = start.checked_add(length).and_then(|end| self.memory.get(start..end));
            return bytes.map(Cow::Borrowed).ok_or_else(|| io::ErrorKind::UnexpectedEof.into());
        };
        let mut bytes = vec![0; length];
        let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(start))?;
        file.read_exact(&mut bytes)?;
        Ok(Cow::Owned(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_is_read_again_from_memory_and_from_the_disk() {
        let folder = tempfile::tempdir().unwrap();
        for in_memory in [0, 4, 1 << 10] {
            let mut kept = KeptBytes::new(in_memory, folder.path().to_owned());
            let starts = ["ab", "", "cde", "f"].map(|text| kept.push(text.as_bytes()).unwrap());
            assert_eq!(starts, [0, 2, 2, 5]);
            assert_eq!((&*kept.read(2, 3).unwrap(), &*kept.read(0, 6).unwrap()), (&b"cde"[..], &b"abcdef"[..]));
            assert_eq!(kept.file.is_some(), in_memory < 6);
            assert!(kept.read(4, 3).is_err());
            assert_eq!(kept.push(b"g").unwrap(), 6);
            assert_eq!(&*kept.read(6, 1).unwrap(), b"g");
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "the file has no name");
    }
}
