//! Where does a record, a kept cell or a file stand, in our workbook and on the disk?

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Component, Path};

use crate::consolidation::{Consolidation, RecordIndex};
use crate::findings::Place;
use crate::location::CellRef;
use crate::records::Submission;

/// Places in our workbook, and ways from it to the submissions.
#[derive(Debug)]
pub(super) struct Links {
    /// Rows of 明细.
    records: BTreeMap<RecordIndex, String>,
    /// Records by file, sheet and zero-based row, also the rows that a card or merged record goes on over.
    by_row: BTreeMap<(String, String, u32), String>,
    /// Rows of 未归集内容 by file, sheet and cell.
    kept: BTreeMap<(String, String, CellRef), String>,
    /// Rows of 来源 by file.
    files: BTreeMap<String, String>,
    /// Links from our workbook to the files that have one.
    ways: BTreeMap<String, String>,
}

impl Links {
    pub(super) fn new(consolidation: &Consolidation, path: &Path) -> Self {
        let folder = std::path::absolute(path).ok().and_then(|path| path.parent().map(Path::to_owned));
        let ways = consolidation.submissions.iter().filter_map(|filed| {
            let submission = &filed.submission;
            let file = std::path::absolute(submission.path.as_ref()?).ok()?;
            let way = relative(folder.as_deref()?, &file)?;
            Some((submission.file.clone(), format!("file://{}", escaped(&way))))
        });
        Self {
            ways: ways.collect(),
            records: BTreeMap::new(),
            by_row: BTreeMap::new(),
            kept: BTreeMap::new(),
            files: BTreeMap::new(),
        }
    }

    /// Notes the row of 明细 that shows a record.
    pub(super) fn note_record(&mut self, index: RecordIndex, submission: &Submission, target: String) {
        let record = &submission.records[index.1];
        let sheet = submission.sheet_name(record.sheet).to_owned();
        let rows = record.entries.iter().filter(|entry| !entry.shared).map(|entry| entry.at.row);
        for row in rows.chain([record.at.row]).collect::<BTreeSet<u32>>() {
            self.by_row.entry((submission.file.clone(), sheet.clone(), row)).or_insert_with(|| target.clone());
        }
        self.records.insert(index, target);
    }

    /// Notes the row of 未归集内容 that shows a kept cell.
    pub(super) fn note_kept(&mut self, file: &str, sheet: &str, at: CellRef, target: String) {
        self.kept.insert((file.to_owned(), sheet.to_owned(), at), target);
    }

    /// Notes the row of 来源 that shows a file.
    pub(super) fn note_file(&mut self, file: &str, target: String) {
        self.files.entry(file.to_owned()).or_insert(target);
    }

    /// Link to the record's row in 明细.
    pub(super) fn record(&self, index: RecordIndex) -> Option<String> {
        self.records.get(&index).cloned()
    }

    /// Link to what a finding is about: the record, else the kept cell, else the file.
    pub(super) fn place(&self, place: &Place) -> Option<String> {
        let in_sheet = || {
            let (sheet, cell) = (place.sheet.clone()?, place.cell?);
            let record = self.by_row.get(&(place.file.clone(), sheet.clone(), cell.row));
            record.or_else(|| self.kept.get(&(place.file.clone(), sheet, cell)))
        };
        in_sheet().or_else(|| self.files.get(&place.file)).cloned()
    }

    /// Link from our workbook to a submission's file, or to a cell of it. Absent for what has no file of its own
    /// (inside an archive) or lies on another disk.
    pub(super) fn file(&self, file: &str, cell: Option<(&str, CellRef)>) -> Option<String> {
        let way = self.ways.get(file)?;
        let anchor = cell.map(|(sheet, at)| format!("#'{}'!{}", sheet.replace('\'', "''"), at.a1()));
        Some(format!("{way}{}", anchor.unwrap_or_default()))
    }
}

/// The way from a folder to a file, both absolute, with slashes; absent where they share no root.
fn relative(folder: &Path, file: &Path) -> Option<String> {
    let from: Vec<Component<'_>> = folder.components().collect();
    let to: Vec<Component<'_>> = file.components().collect();
    let shared = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
    if shared == 0 {
        return None;
    }
    let up = std::iter::repeat_n("..", from.len() - shared);
    let down: Option<Vec<&str>> = to[shared..].iter().map(|part| part.as_os_str().to_str()).collect();
    Some(up.chain(down?).collect::<Vec<_>>().join("/"))
}

/// A way with the signs escaped that have a meaning in a link. It always begins inside a folder, so that no file name
/// (`mailto:…`) is taken for an address.
fn escaped(way: &str) -> String {
    let mut link = String::from(if way.starts_with("../") { "" } else { "./" });
    for c in way.chars() {
        match c {
            '%' | '#' | '"' | ' ' | '<' | '>' | '[' | ']' | '^' | '`' | '{' | '}' | '?' | '\\' => {
                let _ = write!(link, "%{:02X}", u32::from(c));
            }
            _ => link.push(c),
        }
    }
    link
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_to_a_file_leads_up_and_down() {
        for (folder, file, expected) in [
            ("/a/b", "/a/b/北岙.xlsx", Some("北岙.xlsx")),
            ("/a/out", "/a/in/x.xlsx", Some("../in/x.xlsx")),
            ("/a/out/deep", "/a/x.xlsx", Some("../../x.xlsx")),
        ] {
            assert_eq!(relative(Path::new(folder), Path::new(file)).as_deref(), expected);
        }
    }

    #[test]
    fn names_with_meaning_in_a_link_are_escaped() {
        assert_eq!(escaped("1# 表%.xlsx"), "./1%23%20表%25.xlsx");
        assert_eq!(escaped("mailto:x.xlsx"), "./mailto:x.xlsx");
        assert_eq!(escaped("../提交/x.xlsx"), "../提交/x.xlsx");
    }
}
