//! The sparse sheet model that every file format is read into.

use serde::{Deserialize, Serialize};

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::location::{CellRef, Region};

/// One workbook, whatever its format was.
#[derive(Debug, Clone, Default)]
pub struct Workbook {
    /// What the content is, not what the extension says.
    pub format: Format,
    /// Sheets in the order of the workbook.
    pub sheets: Vec<Sheet>,
    /// What the reader noticed and a person should know, one Chinese sentence each.
    pub remarks: Vec<String>,
}

/// A file format, told by content.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// Office Open XML workbook.
    #[default]
    Xlsx,
    /// Office Open XML workbook with macros (never run).
    Xlsm,
    /// Binary Office Open XML workbook.
    Xlsb,
    /// Excel 97 or WPS et: an OLE compound file.
    Xls,
    /// Open Document spreadsheet.
    Ods,
    /// Delimited text.
    Csv,
    /// A web page that holds tables.
    Html,
    /// Excel 2003 XML.
    SpreadsheetMl,
}

/// One sheet: its non-blank cells and what is known of their surroundings.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// Name on the tab; `Sheet1` for a text or web table without one.
    pub name: String,
    /// Whether the tab is shown.
    pub hidden: bool,
    /// Non-blank cells, row by row, left to right. Kept sorted by [`Sheet::new`].
    cells: Vec<Cell>,
    /// Merged regions of more than one cell, by their upper left cells.
    pub merged: Vec<Region>,
    /// Those of the rows with cells that are hidden, zero-based.
    pub hidden_rows: BTreeSet<u32>,
    /// Those of the columns with cells that are hidden, zero-based.
    pub hidden_columns: BTreeSet<u32>,
}

/// One non-blank cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Where it stands.
    pub at: CellRef,
    /// What it holds.
    pub value: Value,
    /// The text a person sees in the cell, number format applied; for an error value its code. Shared with the value
    /// where that is the same text, and with whatever is made of the cell.
    pub text: Arc<str>,
    /// The formula without its leading `=`, where the cell has one and the format tells.
    pub formula: Option<String>,
    /// Unit that the number format adds (`0.00"亿元"` → 亿元).
    pub format_unit: Option<Arc<str>>,
    /// Whether the text is struck through.
    pub struck: bool,
    /// Comment attached to the cell.
    pub comment: Option<String>,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// Text as written.
    Text(Arc<str>),
    /// A number; percentages as fractions.
    Number(f64),
    /// True or false.
    Boolean(bool),
    /// A date or time as Excel's serial number of days since 1899-12-30.
    Date(f64),
    /// An error value such as `#REF!`.
    Error(String),
    /// A formula without a stored result, which we do not compute.
    NotCalculated,
}

impl Sheet {
    /// A sheet from its cells in any order. Of two cells at one place the later one counts.
    pub fn new(name: impl Into<String>, mut cells: Vec<Cell>) -> Self {
        // Files nearly always come in order; sorting needs half the memory again.
        if !cells.is_sorted_by(|left, right| left.at < right.at) {
            cells.sort_by_key(|cell| cell.at);
            cells.reverse();
            cells.dedup_by_key(|cell| cell.at);
            cells.reverse();
        }
        Self { name: name.into(), cells, ..Self::default() }
    }

    /// All non-blank cells, row by row.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// The non-blank cell at a place.
    pub fn cell(&self, at: CellRef) -> Option<&Cell> {
        self.cells.binary_search_by_key(&at, |cell| cell.at).ok().map(|index| &self.cells[index])
    }

    /// The non-blank cells of one row (zero-based), left to right.
    pub fn row(&self, row: u32) -> &[Cell] {
        let start = self.cells.partition_point(|cell| cell.at.row < row);
        let end = self.cells.partition_point(|cell| cell.at.row <= row);
        &self.cells[start..end]
    }

    /// The first column of a row whose cell holds just this heading.
    pub fn column_headed(&self, row: u32, heading: &str) -> Option<u32> {
        self.row(row).iter().find(|cell| cell.text.trim() == heading).map(|cell| cell.at.column)
    }

    /// The rows that hold a non-blank cell, ascending, zero-based.
    pub fn rows(&self) -> Vec<u32> {
        let mut rows: Vec<u32> = self.cells.iter().map(|cell| cell.at.row).collect();
        rows.dedup();
        rows
    }

    /// The merged region that a place lies in.
    pub fn merged_region(&self, at: CellRef) -> Option<Region> {
        self.merged.iter().copied().find(|region| region.contains(at))
    }

    /// Gives comments to their cells and returns those whose cells are blank.
    pub(super) fn attach_comments(&mut self, comments: BTreeMap<CellRef, String>) -> BTreeMap<CellRef, String> {
        let mut left = BTreeMap::new();
        for (at, text) in comments {
            match self.cells.binary_search_by_key(&at, |cell| cell.at) {
                Ok(index) => self.cells[index].comment = Some(text),
                Err(_) => {
                    left.insert(at, text);
                }
            }
        }
        left
    }

    /// The cell that a person sees at a place: the upper left one of a merged region, else the cell itself.
    pub fn seen_at(&self, at: CellRef) -> Option<&Cell> {
        self.cell(self.merged_region(at).map_or(at, |region| region.first))
    }

    /// The smallest rectangle around all non-blank cells.
    pub fn extent(&self) -> Option<Region> {
        let first = self.cells.first()?.at;
        let last_row = self.cells.last()?.at.row;
        let columns = self.cells.iter().map(|cell| cell.at.column);
        let (left, right) = columns.fold((u32::MAX, 0), |(low, high), column| (low.min(column), high.max(column)));
        Some(Region::new(CellRef::new(first.row, left), CellRef::new(last_row, right)))
    }
}

impl Cell {
    /// A plain text cell.
    pub fn text(at: CellRef, text: impl Into<Arc<str>>) -> Self {
        let text = text.into();
        Self::new(at, Value::Text(Arc::clone(&text)), text)
    }

    /// A cell from its value and the text shown.
    pub fn new(at: CellRef, value: Value, text: impl Into<Arc<str>>) -> Self {
        Self { at, value, text: text.into(), formula: None, format_unit: None, struck: false, comment: None }
    }
}
