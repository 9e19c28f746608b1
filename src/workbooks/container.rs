//! What is inside a zip container, and does it stay within the limits when it is really inflated?

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::limits::Budget;
use super::refusal::{Refusal, RefusalReason};

/// A zip container in memory. Its parts are found by name, without regard to case or to the direction of slashes, and
/// inflated one by one; the names are never used as paths.
pub(super) struct Container<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Parts by their exact names.
    exact: BTreeMap<String, usize>,
    /// Parts by their names in lower case.
    names: BTreeMap<String, usize>,
    inflated: u64,
}

impl<'a> Container<'a> {
    /// Reads the directory of a container and checks what it declares.
    pub(super) fn open(bytes: &'a [u8], budget: &Budget<'_>) -> Result<Self, Refusal> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| refusal_of(&error))?;
        if archive.len() > budget.limits.parts {
            return Err(Refusal::too_large(format!("文件内部的部件超过{}个", budget.limits.parts)));
        }
        let (mut exact, mut names) = (BTreeMap::new(), BTreeMap::new());
        let mut declared = 0u64;
        for index in 0..archive.len() {
            let entry = archive.by_index_raw(index).map_err(|error| refusal_of(&error))?;
            if entry.size() > budget.limits.part_bytes {
                return Err(too_much_inflated(budget.limits.part_bytes));
            }
            declared = declared.saturating_add(entry.size());
            // Of two parts with one name the later counts, as in every unpacking program.
            let name = String::from_utf8_lossy(entry.name_raw()).replace('\\', "/");
            names.entry(plain_name(&name)).or_insert(index);
            exact.insert(name, index);
        }
        if declared > budget.limits.total_bytes {
            return Err(too_much_inflated(budget.limits.total_bytes));
        }
        Ok(Self { archive, exact, names, inflated: 0 })
    }

    /// Whether there is a part of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.names.contains_key(&plain_name(name))
    }

    /// The names of all parts, in lower case, sorted.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }

    /// Reads one part, inflated; `None` where the container has no part of this name.
    pub(super) fn with_part<T>(
        &mut self,
        name: &str,
        budget: &mut Budget<'_>,
        read: impl FnOnce(&[u8], &mut Budget<'_>) -> Result<T, Refusal>,
    ) -> Result<Option<T>, Refusal> {
        let found = self.exact.get(name).or_else(|| self.names.get(&plain_name(name)));
        let Some(&index) = found else { return Ok(None) };
        let bytes = self.inflate(index, budget)?;
        budget.hold(bytes.len())?;
        let outcome = read(&bytes, budget)?;
        budget.release(bytes.len());
        Ok(Some(outcome))
    }

    fn inflate(&mut self, index: usize, budget: &Budget<'_>) -> Result<Vec<u8>, Refusal> {
        budget.look_at_the_clock()?;
        let entry = self.archive.by_index(index).map_err(|error| refusal_of(&error))?;
        // The directory was checked when the container was opened, so what it declares bounds what is inflated.
        let declared = entry.size();
        let mut bytes = Vec::with_capacity(usize::try_from(declared.min(budget.limits.part_bytes)).unwrap_or(0));
        let outcome = entry.take(declared.saturating_add(1)).read_to_end(&mut bytes);
        if outcome.is_err() || u64::try_from(bytes.len()).unwrap_or(u64::MAX) != declared {
            return Err(Refusal::damaged("压缩数据不完整"));
        }
        self.inflated = self.inflated.saturating_add(declared);
        if self.inflated > budget.limits.total_bytes {
            return Err(too_much_inflated(budget.limits.total_bytes));
        }
        Ok(bytes)
    }
}

fn too_much_inflated(bytes: u64) -> Refusal {
    Refusal::too_large(format!("文件解压后超过{}MB", bytes / (1024 * 1024)))
}

fn plain_name(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

/// The refusal for what the zip library could not read.
pub(super) fn refusal_of(error: &ZipError) -> Refusal {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Refusal::encrypted(),
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => {
            Refusal::new(RefusalReason::NotAWorkbook, "文件使用了少见的压缩方式，无法读取，请另存为 xlsx 后重新报送。")
        }
        _ => Refusal::damaged("压缩结构不完整"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbooks::Limits;
    use std::io::Write;

    fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn a_part_is_found_whatever_its_slashes_and_case() {
        let bytes = zipped(&[("XL\\Workbook.xml", b"here")]);
        let limits = Limits::default();
        let mut budget = Budget::new(&limits);
        let mut container = Container::open(&bytes, &budget).unwrap();
        let mut part = |name: &str| container.with_part(name, &mut budget, |bytes, _| Ok(bytes.to_vec())).unwrap();
        assert_eq!(part("/xl/workbook.xml").unwrap(), b"here");
        assert_eq!(part("xl/missing.xml"), None);
    }

    #[test]
    fn of_two_parts_that_differ_in_case_the_exact_one_is_read() {
        let bytes = zipped(&[("a.xml", b"lower"), ("A.xml", b"upper")]);
        let limits = Limits::default();
        let mut budget = Budget::new(&limits);
        let mut container = Container::open(&bytes, &budget).unwrap();
        for (name, content) in [("a.xml", b"lower"), ("A.xml", b"upper")] {
            let read = container.with_part(name, &mut budget, |bytes, _| Ok(bytes.to_vec())).unwrap();
            assert_eq!(read.unwrap(), content);
        }
    }

    #[test]
    fn one_byte_over_a_limit_is_refused_and_the_limit_itself_is_not() {
        let bytes = zipped(&[("a", &[0; 100]), ("b", &[0; 100])]);
        for (part_bytes, total_bytes, parts, fits) in
            [(100, 200, 2, true), (99, 200, 2, false), (100, 199, 2, false), (100, 200, 1, false)]
        {
            let limits = Limits { parts, part_bytes, total_bytes, ..Limits::default() };
            let opened = Container::open(&bytes, &Budget::new(&limits));
            assert_eq!(opened.is_ok(), fits, "{part_bytes} {total_bytes} {parts}");
        }
    }

    #[test]
    fn a_part_that_inflates_to_more_than_it_declares_is_refused() {
        let mut bytes = zipped(&[("a", &[7; 5000])]);
        // The uncompressed size stands 22 bytes into the local header and 24 into the central one.
        let central = bytes.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
        for at in [22, central + 24] {
            bytes[at..at + 4].copy_from_slice(&10u32.to_le_bytes());
        }
        let limits = Limits::default();
        let mut budget = Budget::new(&limits);
        let mut container = Container::open(&bytes, &budget).unwrap();
        assert!(container.with_part("a", &mut budget, |_, _| Ok(())).is_err());
    }
}
