//! Bytes that are kept until they are asked for again, in any order: in memory while they are few, else all of them in a
//! nameless temporary file, which is gone with the process however it ends.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, ErrorKind, Seek, SeekFrom, Write};
use std::path::PathBuf;

/// A list of so many bytes grows as it is filled; a longer one takes all of its room at once, for it would be copied each time.
const GROWS_TO: usize = 1 << 20;

/// Bytes one after the other.
#[derive(Debug)]
pub(crate) struct KeptBytes {
    /// Where the file lies.
    folder: PathBuf,
    /// So many stand in memory.
    in_memory: usize,
    memory: Vec<u8>,
    file: Option<File>,
    end: u64,
    /// Why something could not be written. Nothing is tried again then: on a full disk each try takes its time.
    trouble: Option<String>,
}

impl KeptBytes {
    /// None yet. Of more than so many a file lies in the folder.
    pub(crate) const fn new(in_memory: usize, folder: PathBuf) -> Self {
        Self { folder, in_memory, memory: Vec::new(), file: None, end: 0, trouble: None }
    }

    /// Adds bytes, and tells where they begin. Where this fails once, nothing more can be added.
    pub(crate) fn push(&mut self, bytes: &[u8]) -> io::Result<u64> {
        if let Some(trouble) = &self.trouble {
            return Err(io::Error::other(trouble.clone()));
        }
        self.add(bytes).map_err(|error| {
            let trouble = self.told(&error);
            self.trouble = Some(trouble.clone());
            io::Error::new(error.kind(), trouble)
        })
    }

    /// Why nothing could be written, as a sentence for a clerk.
    fn told(&self, error: &io::Error) -> String {
        let why = match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "磁盘空间不足，请清理后再运行".to_owned(),
            ErrorKind::PermissionDenied => "没有写入的权限".to_owned(),
            ErrorKind::ReadOnlyFilesystem => "该磁盘只能读取".to_owned(),
            _ => format!("系统提示：{error}"),
        };
        format!("临时文件写不进文件夹“{}”：{why}", self.folder.display())
    }

    fn add(&mut self, bytes: &[u8]) -> io::Result<u64> {
        let start = self.end;
        let filled = self.memory.len() + bytes.len();
        if self.file.is_none() && filled > self.in_memory {
            let mut file = tempfile::tempfile_in(&self.folder)?;
            file.write_all(&self.memory)?;
            self.memory = Vec::new();
            self.file = Some(file);
        }
        match &mut self.file {
            None => {
                if filled > GROWS_TO {
                    self.memory.reserve_exact(self.in_memory - self.memory.len());
                }
                self.memory.extend(bytes);
            }
            Some(file) => {
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
            return bytes.map(Cow::Borrowed).ok_or_else(|| ErrorKind::UnexpectedEof.into());
        };
        let mut bytes = vec![0; length];
        read_exact_at(file, &mut bytes, start)?;
        Ok(Cow::Owned(bytes))
    }

    /// All bytes from the first one on in pieces of these lengths.
    pub(crate) fn pieces(
        &self,
        lengths: impl IntoIterator<Item = usize>,
    ) -> impl Iterator<Item = io::Result<Cow<'_, [u8]>>> {
        let mut start = 0;
        lengths.into_iter().map(move |length| {
            let piece = self.read(start, length);
            start += u64::try_from(length).unwrap_or_default();
            piece
        })
    }
}

/// Fills a buffer from a place of a file on, whoever else reads another place of it at the same time.
#[cfg(unix)]
fn read_exact_at(file: &File, buffer: &mut [u8], start: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, buffer, start)
}

/// Fills a buffer from a place of a file on, whoever else reads another place of it at the same time.
#[cfg(windows)]
fn read_exact_at(file: &File, mut buffer: &mut [u8], mut start: u64) -> io::Result<()> {
    while !buffer.is_empty() {
        match std::os::windows::fs::FileExt::seek_read(file, buffer, start) {
            Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
            Ok(read) => {
                buffer = &mut buffer[read..];
                start += u64::try_from(read).unwrap_or_default();
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
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
            let pieces: Vec<Vec<u8>> = kept.pieces([1, 0, 4]).map(|piece| piece.unwrap().into_owned()).collect();
            assert_eq!(pieces, [&b"a"[..], b"", b"bcde"]);
            assert!(kept.read(4, 3).is_err());
            assert_eq!(kept.push(b"g").unwrap(), 6);
            assert_eq!(&*kept.read(6, 1).unwrap(), b"g");
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "the file has no name");
    }

    #[test]
    fn what_cannot_be_written_is_not_tried_again() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("没有");
        let mut kept = KeptBytes::new(4, missing.clone());
        assert_eq!(kept.push(b"abc").unwrap(), 0);
        let trouble = kept.push(b"de").unwrap_err().to_string();
        assert!(trouble.contains("临时文件写不进文件夹") && trouble.contains("没有"), "{trouble}");
        std::fs::create_dir(missing).unwrap();
        assert_eq!(kept.push(b"d").unwrap_err().to_string(), trouble);
        assert_eq!(&*kept.read(0, 3).unwrap(), b"abc");
        let full = kept.told(&ErrorKind::StorageFull.into());
        assert!(full.ends_with("磁盘空间不足，请清理后再运行"), "{full}");
    }
}
