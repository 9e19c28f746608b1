//! A submission: what one township filed in one workbook.

use std::path::PathBuf;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::record::Record;
use crate::location::{CellRef, Region};
use crate::period::{Day, Period};
use crate::tables::{OutsideRole, TableColumn};

/// What one township filed in one file (a file that holds several townships gives several submissions).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Submission {
    /// Name of the file, relative to the argument it was found under (`returns.zip/a.xlsx` inside an archive).
    pub file: String,
    /// Where the file lies on this machine; absent inside an archive.
    pub path: Option<PathBuf>,
    /// Size of the file in bytes.
    pub size: u64,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: String,
    /// Whether it counts, and if not, why not.
    pub status: SubmissionStatus,
    /// The official name of the township; absent where the workbook does not tell.
    pub township: Attribution<String>,
    /// The period that the workbook states.
    pub period: Attribution<Period>,
    /// The date that the document itself states (填报日期, signature); never the file's own time.
    pub stated_day: Option<Day>,
    /// The workbook's sheets, in order.
    pub sheets: Vec<SheetSummary>,
    /// Data records in reading order.
    pub records: Vec<Record>,
    /// Non-blank cells that belong to no record: they are kept, with their role.
    pub kept: Vec<KeptCell>,
    /// Where every non-blank cell went.
    pub ledger: Ledger,
    /// Reader's remarks, one Chinese sentence each.
    pub remarks: Vec<String>,
    /// Whether the file is no submission at all (a lock file, one of our own outputs), so that nobody is to blame.
    pub skipped: bool,
    /// Which file replaces it and why, where its status is [`SubmissionStatus::Superseded`].
    pub superseded: Option<Superseding>,
    /// Records (by index) that a correction replaces; they do not count.
    pub replaced: BTreeMap<usize, Superseding>,
}

/// Why something does not count any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Superseding {
    /// The file that counts instead.
    pub by_file: String,
    /// Sheet and cell of the row that counts instead, where single rows are replaced.
    pub by_row: Option<(String, CellRef)>,
    /// Why, in Chinese words a clerk reads.
    pub why: String,
}

impl Submission {
    /// Whether a record counts in sums and figures: its submission does, it is not struck through, and no correction
    /// replaces it.
    pub fn counts(&self, record: usize) -> bool {
        self.status.counts() && self.records[record].counted && !self.replaced.contains_key(&record)
    }

    /// The name of a sheet by its index; empty where there is none.
    pub fn sheet_name(&self, sheet: usize) -> &str {
        self.sheets.get(sheet).map_or("", |sheet| sheet.name.as_str())
    }
}

/// Whether a submission counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SubmissionStatus {
    /// Read; it counts.
    #[default]
    Read,
    /// Another submission of the same township replaces it: nothing of it counts.
    Superseded,
    /// Could not be opened.
    Unreadable,
    /// Holds no reporting table.
    NoTable,
    /// Does not tell whose it is.
    UnknownTownship,
}

impl SubmissionStatus {
    /// Whether the rows of the submission count in sums and figures.
    pub const fn counts(self) -> bool {
        matches!(self, Self::Read | Self::UnknownTownship)
    }

    /// The word an office uses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Read => "已读取",
            Self::Superseded => "已被替代",
            Self::Unreadable => "无法读取",
            Self::NoTable => "无填报表",
            Self::UnknownTownship => "单位不明",
        }
    }
}

/// Something concluded about a workbook, with the evidence it was concluded from.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Attribution<T> {
    /// The conclusion; absent where nothing tells.
    pub value: Option<T>,
    /// All evidence, strongest first; pieces may contradict each other.
    pub evidence: Vec<Evidence<T>>,
}

impl<T> Default for Attribution<T> {
    fn default() -> Self {
        Self { value: None, evidence: Vec::new() }
    }
}

/// One piece of evidence for a township or a period.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Evidence<T> {
    /// What it says.
    pub value: T,
    /// Where it was seen, strongest first.
    pub place: EvidencePlace,
    /// Index of the sheet and the cell, where the place is a cell.
    pub cell: Option<(usize, CellRef)>,
    /// The words.
    pub text: String,
}

/// Where evidence was seen, in the order in which it weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EvidencePlace {
    /// Hidden key of the standard template.
    Key,
    /// 填报单位, 填报期间 …: a labelled caption.
    Caption,
    /// Title above the table.
    Title,
    /// Name of the sheet.
    SheetName,
    /// Seal or signature line.
    Signature,
    /// Name of the file.
    FileName,
    /// Name of the folder.
    FolderName,
}

/// A sheet of the workbook and the tables found in it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct SheetSummary {
    /// Name on the tab.
    pub name: String,
    /// Whether the tab is hidden.
    pub hidden: bool,
    /// Whether its tables were read as records (a hidden sheet beside a visible table is not).
    pub counted: bool,
    /// Number of non-blank cells.
    pub cells: usize,
    /// Its tables.
    pub tables: Vec<TableSummary>,
}

/// What later stages need to know of a table.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TableSummary {
    /// From its header to its last row.
    pub region: Region,
    /// Header rows, zero-based.
    pub header_rows: Vec<u32>,
    /// Columns from left to right.
    pub columns: Vec<TableColumn>,
    /// Totals and subtotals written by the township.
    pub totals: Vec<WrittenTotal>,
}

/// A total row that the township wrote.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct WrittenTotal {
    /// Zero-based row.
    pub row: u32,
    /// Zero-based rows that it sums.
    pub first_row: u32,
    /// Last of the rows that it sums, zero-based.
    pub last_row: u32,
}

/// A non-blank cell that belongs to no record.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct KeptCell {
    /// Index of its sheet.
    pub sheet: usize,
    /// Where it stands.
    pub at: CellRef,
    /// The text as shown.
    pub text: Arc<str>,
    /// What it was taken for.
    pub role: KeptRole,
}

/// What a cell outside the records was taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeptRole {
    /// Header of a table, also a repeated one.
    Header,
    /// Section heading inside a table.
    Section,
    /// Subtotal or total.
    Total,
    /// Title, caption, note or signature.
    Surroundings(OutsideRole),
    /// A prepared row that nobody filled in.
    EmptyRow,
    /// Cell of a hidden sheet that does not count.
    HiddenSheet,
    /// Comment on a cell.
    Comment,
    /// Hidden key of the standard template.
    Key,
    /// None of these: goes to 未归集内容.
    Unassigned,
}

/// Where every non-blank cell of a file went. The parts add up to `cells`, or the run reports a bug of ours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    /// Non-blank cells of the file.
    pub cells: usize,
    /// Cells in records.
    pub records: usize,
    /// Cells in headers, titles, captions, sections, totals, notes, signatures, keys.
    pub surroundings: usize,
    /// Cells in 未归集内容, hidden sheets included.
    pub unassigned: usize,
}

impl Ledger {
    /// Whether every cell was accounted for.
    pub const fn balances(&self) -> bool {
        self.cells == self.records + self.surroundings + self.unassigned
    }
}
