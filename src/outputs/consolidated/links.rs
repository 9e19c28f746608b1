//! Where does a record, a kept cell or a file stand, in our workbook and on the disk?

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::{details, leftovers};
use crate::consolidation::{Consolidation, RecordIndex};
use crate::findings::Place;
use crate::location::CellRef;
use crate::matches::Outline;
use crate::outputs::grid::Setup;
use crate::outputs::{style, text};

/// Ways from our workbook to the submissions.
pub(super) struct Ways {
    /// Where our workbook will lie.
    folder: Option<PathBuf>,
    /// Links to the files that have one.
    files: BTreeMap<String, String>,
}

impl Ways {
    pub(super) fn new(consolidation: &Consolidation, path: &Path) -> Self {
        let folder = std::path::absolute(path).ok().and_then(|path| path.parent().map(Path::to_owned));
        let files = consolidation.submissions.heads().iter().filter_map(|head| {
            let file = std::path::absolute(head.path.as_ref()?).ok()?;
            let way = relative(folder.as_deref()?, &file)?;
            Some((head.file.clone(), format!("file://{}", escaped(&way))))
        });
        Self { files: files.collect(), folder }
    }

    /// Where our workbook will lie; what it is made of may lie there, too, until it is written.
    pub(super) fn folder(&self) -> PathBuf {
        let made = self.folder.clone().filter(|folder| folder.is_dir());
        made.unwrap_or_else(std::env::temp_dir)
    }

    /// Link to a submission's file. Absent for what has no file of its own (inside an archive) or lies on another disk.
    pub(super) fn file(&self, file: &str) -> Option<&str> {
        self.files.get(file).map(String::as_str)
    }

    /// Link to a cell of a submission's file, where this has one.
    pub(super) fn cell(&self, file: &str, sheet: &str, cell: CellRef) -> Option<String> {
        Some(cell_of(self.file(file)?, sheet, cell))
    }
}

/// Places in our workbook. Of what stands in the long sheets only the row is kept.
pub(super) struct Links<'c> {
    consolidation: &'c Consolidation,
    /// Where the submissions are.
    pub(super) ways: &'c Ways,
    /// The submission that was taken from the shelf last: findings about one stand together.
    looked_at: Mutex<Option<(usize, Arc<Outline>)>>,
    /// 明细, and for each submission how many rows of it come before the submission's own.
    details: Setup,
    records: Vec<usize>,
    /// 未归集内容, and for each submission how many rows of it come before each of its kept cells.
    leftovers: Setup,
    kept: Vec<Vec<u32>>,
    /// Rows of 来源 by file.
    files: BTreeMap<String, String>,
}

impl<'c> Links<'c> {
    pub(super) fn new(consolidation: &'c Consolidation, ways: &'c Ways) -> Self {
        let (mut records, mut before) = (Vec::new(), 0);
        for head in consolidation.submissions.heads() {
            records.push(before);
            before += head.records;
        }
        Self {
            consolidation,
            ways,
            looked_at: Mutex::default(),
            details: details::setup(consolidation),
            records,
            leftovers: leftovers::setup(),
            kept: Vec::new(),
            files: BTreeMap::new(),
        }
    }

    /// As [`Ways::folder`].
    pub(super) fn folder(&self) -> PathBuf {
        self.ways.folder()
    }

    /// Notes how many rows of 未归集内容 come before each kept cell of the next submission.
    pub(super) fn note_kept(&mut self, before: Vec<u32>) {
        self.kept.push(before);
    }

    /// Notes the row of 来源 that shows a file.
    pub(super) fn note_file(&mut self, file: &str, target: String) {
        self.files.entry(file.to_owned()).or_insert(target);
    }

    /// Link to the record's row in 明细.
    pub(super) fn record(&self, index: RecordIndex) -> Option<String> {
        Some(self.details.target(self.records.get(index.0)? + index.1))
    }

    /// Link to what a finding is about: the record, else the kept cell, else the file.
    pub(super) fn place(&self, place: &Place) -> Option<String> {
        let in_sheet = || {
            let (sheet, cell) = (place.sheet.as_deref()?, place.cell?);
            let filed = self.consolidation.filed_as(&place.file);
            let record = filed.clone().find_map(|submission| self.record_at(submission, sheet, cell.row));
            record.or_else(|| filed.rev().find_map(|submission| self.kept_at(submission, sheet, cell)))
        };
        in_sheet().or_else(|| self.files.get(&place.file).cloned())
    }

    /// Link to the first record of a submission that stands in a row, or goes on over it as a card or merged record.
    fn record_at(&self, submission: usize, sheet: &str, row: u32) -> Option<String> {
        let place = self.taken(submission).record_at(sheet, row)?;
        self.record((submission, place))
    }

    /// A submission without its records, and where these stand.
    fn taken(&self, submission: usize) -> Arc<Outline> {
        let mut looked_at = self.looked_at.lock().unwrap_or_else(PoisonError::into_inner);
        match &*looked_at {
            Some((place, taken)) if *place == submission => Arc::clone(taken),
            _ => {
                let taken = Arc::new(self.consolidation.submissions.outline(submission));
                *looked_at = Some((submission, Arc::clone(&taken)));
                taken
            }
        }
    }

    /// Link to the kept cell of a submission.
    fn kept_at(&self, submission: usize, sheet: &str, at: CellRef) -> Option<String> {
        let taken = self.taken(submission);
        let filed = taken.cover();
        let place = filed.kept.iter().rposition(|kept| kept.at == at && filed.sheet_name(kept.sheet) == sheet)?;
        let before = *self.kept.get(submission)?.get(place)?;
        Some(self.leftovers.target(usize::try_from(before).ok()?))
    }
}

/// Link to a cell of the file to which a link leads.
pub(super) fn cell_of(file: &str, sheet: &str, cell: CellRef) -> String {
    let mut link = String::with_capacity(file.len() + sheet.len() + 16);
    link.push_str(file);
    link.push_str("#'");
    link.push_str(&sheet.replace('\'', "''"));
    link.push_str("'!");
    link.push_str(&cell.a1());
    link
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

/// Width of a column of links to files: LibreOffice does not wrap a link, and cuts off what is longer than its cell.
pub(super) fn file_width(consolidation: &Consolidation) -> f64 {
    /// In half-width characters; names beyond are cut off, or none of the others would have room.
    const WIDEST: usize = 60;
    const NARROWEST: usize = 28;
    let names = consolidation.submissions.heads().iter().map(|head| text::width(&head.file));
    let longest = names.max().unwrap_or_default().clamp(NARROWEST, WIDEST);
    #[expect(clippy::cast_precision_loss, reason = "a name has some dozen characters")]
    let characters = longest as f64 + 2.0;
    style::width_of(characters, style::BODY_SIZE)
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
