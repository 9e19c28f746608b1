//! Which files lie in a zip archive, and what are their bytes?

use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek};
use std::path::Path;

use encoding_rs::GB18030;
use zip::ZipArchive;

use super::collect::lock_file;
use super::container::refusal_of;
use super::guard::caught;
use super::limits::Limits;
use super::refusal::{Refusal, RefusalReason};
use super::source::{Place, over_file_limit};

/// Archives within archives that are opened: `returns.zip` and one more level.
const MOST_ARCHIVES_DEEP: usize = 2;

/// Bytes of an archive, and of all files in it together: it may hold a whole county's workbooks.
const MOST_ARCHIVE_BYTES: u64 = 512 * 1024 * 1024;

/// A file in an archive.
pub(super) struct Entry {
    /// Name inside the archive, with `/` between folders, for display only; empty for the archive as a whole.
    pub(super) name: String,
    pub(super) place: Place,
}

/// The files in an archive on disk; `None` where the file is no archive of files (a workbook is a zip file, too).
pub(super) fn walk(path: &Path, limits: &Limits) -> Option<Vec<Entry>> {
    caught(|| Ok(entries(path, limits))).unwrap_or_else(|refusal| {
        let size = path.metadata().map_or(0, |metadata| metadata.len());
        Some(vec![Entry { name: String::new(), place: Place::Refused(refusal, size) }])
    })
}

fn entries(path: &Path, limits: &Limits) -> Option<Vec<Entry>> {
    let mut file = File::open(path).ok().filter(|file| file.metadata().is_ok_and(|metadata| metadata.is_file()))?;
    if !begins_like_zip(&mut file) {
        return None;
    }
    let size = file.metadata().map_or(0, |metadata| metadata.len());
    if size > MOST_ARCHIVE_BYTES {
        return None;
    }
    let mut archive = ZipArchive::new(BufReader::new(file)).ok()?;
    if is_document(&archive) {
        return None;
    }
    let mut walk = Walk { path, limits, declared: 0, entries: Vec::new() };
    if let Err(refusal) = walk.archive(&mut archive, "", &[]) {
        return Some(vec![Entry { name: String::new(), place: Place::Refused(refusal, size) }]);
    }
    Some(walk.entries)
}

/// The bytes of an entry, walking through the archives on the way.
pub(super) fn read_entry(path: &Path, entries: &[usize], limits: &Limits) -> Result<Vec<u8>, Refusal> {
    caught(|| bytes_of(path, entries, limits))
}

fn bytes_of(path: &Path, entries: &[usize], limits: &Limits) -> Result<Vec<u8>, Refusal> {
    let gone = |_| Refusal::new(RefusalReason::NotReadable, "压缩包打不开，可能已被移走或没有访问权限，没有读取。");
    let (&first, rest) = entries.split_first().ok_or_else(|| Refusal::damaged("压缩包中没有此文件"))?;
    let file = File::open(path).map_err(gone)?;
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|error| refusal_of(&error))?;
    let mut bytes = inflate(&mut archive, first, limits)?;
    for &index in rest {
        let mut inner = ZipArchive::new(Cursor::new(bytes)).map_err(|error| refusal_of(&error))?;
        bytes = inflate(&mut inner, index, limits)?;
    }
    Ok(bytes)
}

struct Walk<'a> {
    path: &'a Path,
    limits: &'a Limits,
    declared: u64,
    entries: Vec<Entry>,
}

impl Walk<'_> {
    fn archive<R: Read + Seek>(
        &mut self,
        archive: &mut ZipArchive<R>,
        prefix: &str,
        way: &[usize],
    ) -> Result<(), Refusal> {
        if archive.len() > self.limits.parts {
            return Err(Refusal::too_large(format!("压缩包中的文件超过{}个", self.limits.parts)));
        }
        let mut files = 0;
        for index in 0..archive.len() {
            let entry = archive.by_index_raw(index).map_err(|error| refusal_of(&error))?;
            if entry.is_dir() {
                continue;
            }
            files += 1;
            let (size, encrypted) = (entry.size(), entry.encrypted());
            let name = format!("{prefix}{}", entry_name(entry.name_raw()));
            drop(entry);
            let place = self.entry(archive, index, &name, size, encrypted, way)?;
            if let Some(place) = place {
                self.entries.push(Entry { name, place });
            }
        }
        if files == 0 {
            return Err(Refusal::new(RefusalReason::Empty, "压缩包里没有文件，请检查后重新报送。"));
        }
        Ok(())
    }

    /// Where the bytes of an entry are; `None` where it is an archive whose own entries were taken.
    fn entry<R: Read + Seek>(
        &mut self,
        archive: &mut ZipArchive<R>,
        index: usize,
        name: &str,
        size: u64,
        encrypted: bool,
        way: &[usize],
    ) -> Result<Option<Place>, Refusal> {
        if let Some(refusal) = lock_file(name.rsplit('/').next().unwrap_or(name)) {
            return Ok(Some(Place::Refused(refusal, size)));
        }
        if encrypted {
            let sentence = "压缩包设有密码，其中的文件无法读取，请取消密码后重新报送。";
            return Ok(Some(Place::Refused(Refusal::new(RefusalReason::Encrypted, sentence), size)));
        }
        if size > self.limits.file_bytes {
            return Ok(Some(Place::Refused(over_file_limit(self.limits), size)));
        }
        self.declared = self.declared.saturating_add(size);
        if self.declared > MOST_ARCHIVE_BYTES {
            let mebibytes = MOST_ARCHIVE_BYTES / (1024 * 1024);
            return Err(Refusal::too_large(format!("压缩包解压后超过{mebibytes}MB")));
        }
        let way: Vec<usize> = way.iter().copied().chain([index]).collect();
        let own_place = Place::Archived(self.path.to_path_buf(), way.clone());
        let head = archive.by_index(index).ok().and_then(|mut entry| {
            let mut head = [0; 4];
            entry.read_exact(&mut head).ok().map(|()| head)
        });
        if !head.is_some_and(|head| head.starts_with(b"PK")) {
            return Ok(Some(own_place));
        }
        let Ok(bytes) = inflate(archive, index, self.limits) else { return Ok(Some(own_place)) };
        let Ok(mut inner) = ZipArchive::new(Cursor::new(bytes)) else { return Ok(Some(own_place)) };
        if is_document(&inner) {
            return Ok(Some(own_place));
        }
        if way.len() >= MOST_ARCHIVES_DEEP {
            let sentence = "压缩包嵌套超过两层，没有继续打开，请将其中的工作簿直接报送。";
            return Ok(Some(Place::Refused(Refusal::new(RefusalReason::NotAWorkbook, sentence), size)));
        }
        match self.archive(&mut inner, &format!("{name}/"), &way) {
            Ok(()) => Ok(None),
            Err(refusal) => Ok(Some(Place::Refused(refusal, size))),
        }
    }
}

/// The bytes of one entry. What it declares bounds what is inflated, and what all declare together was added up by
/// the walk: so a lie costs no more than the truth.
fn inflate<R: Read + Seek>(archive: &mut ZipArchive<R>, index: usize, limits: &Limits) -> Result<Vec<u8>, Refusal> {
    let entry = archive.by_index(index).map_err(|error| refusal_of(&error))?;
    let declared = entry.size();
    if declared > limits.file_bytes {
        return Err(over_file_limit(limits));
    }
    let mut bytes = Vec::new();
    let outcome = entry.take(declared.saturating_add(1)).read_to_end(&mut bytes);
    if outcome.is_err() || u64::try_from(bytes.len()).unwrap_or(u64::MAX) != declared {
        return Err(Refusal::damaged("压缩数据不完整"));
    }
    Ok(bytes)
}

fn begins_like_zip(file: &mut File) -> bool {
    let mut head = [0; 4];
    let read = file.read_exact(&mut head).is_ok() && file.rewind().is_ok();
    read && (head == *b"PK\x03\x04" || head == *b"PK\x05\x06")
}

/// Whether the zip file is one document (a workbook, a letter, a package) and not a parcel of files.
fn is_document<R: Read + Seek>(archive: &ZipArchive<R>) -> bool {
    archive.file_names_raw().any(|name| {
        let name = String::from_utf8_lossy(name).replace('\\', "/").to_lowercase();
        matches!(name.as_str(), "[content_types].xml" | "mimetype" | "ofd.xml" | "meta-inf/manifest.xml")
    })
}

/// The name of an entry for display. Chinese Windows writes GBK without saying so; the flag for UTF-8 is often
/// missing where the name is UTF-8, so the bytes decide.
fn entry_name(raw: &[u8]) -> String {
    let decoded = match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => GB18030.decode_without_bom_handling(raw).0.into_owned(),
    };
    let parts: Vec<String> = decoded
        .split(['/', '\\'])
        .filter(|part| !matches!(*part, "" | "." | ".."))
        .map(|part| part.chars().filter(|c| !c.is_control()).collect())
        .collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    type Walked = Vec<(String, Result<Vec<u8>, RefusalReason>)>;

    fn walked(bytes: &[u8]) -> Option<Walked> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("returns.zip");
        std::fs::write(&path, bytes).unwrap();
        let limits = Limits::default();
        let entries = walk(&path, &limits)?;
        let read = entries.into_iter().map(|entry| {
            let content = match entry.place {
                Place::Archived(path, way) => read_entry(&path, &way, &limits).map_err(|refusal| refusal.reason),
                Place::Refused(refusal, _) => Err(refusal.reason),
                Place::File(_) => unreachable!("an entry is no file on disk"),
            };
            (entry.name, content)
        });
        Some(read.collect())
    }

    #[test]
    fn names_in_gbk_are_decoded_and_cannot_climb_out() {
        assert_eq!(entry_name("北岙街道/一季度.xlsx".as_bytes()), "北岙街道/一季度.xlsx");
        assert_eq!(entry_name(&GB18030.encode("北岙街道\\一季度.xlsx").0), "北岙街道/一季度.xlsx");
        assert_eq!(entry_name(b"../../etc/./passwd"), "etc/passwd");
    }

    #[test]
    fn an_archive_in_an_archive_is_opened_and_a_third_one_is_not() {
        let third = zipped(&[("c.csv", b"c")]);
        let second = zipped(&[("b.csv", b"b"), ("third.zip", &third)]);
        let first = zipped(&[("a.csv", b"a"), ("second.zip", &second), ("~$a.csv", b"x")]);
        let expected = [
            ("a.csv", Ok(b"a".to_vec())),
            ("second.zip/b.csv", Ok(b"b".to_vec())),
            ("second.zip/third.zip", Err(RefusalReason::NotAWorkbook)),
            ("~$a.csv", Err(RefusalReason::LockFile)),
        ];
        assert_eq!(walked(&first).unwrap(), expected.map(|(name, content)| (name.to_owned(), content)));
    }

    #[test]
    fn a_workbook_is_no_archive_and_an_empty_archive_is_said() {
        assert!(walked(&zipped(&[("[Content_Types].xml", b""), ("xl/workbook.xml", b"")])).is_none());
        assert_eq!(walked(&zipped(&[])).unwrap(), [(String::new(), Err(RefusalReason::Empty))]);
    }
}
