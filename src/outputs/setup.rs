//! What stands above a long table, which columns has it, and how is its sheet printed?

use std::borrow::Cow;

use super::style::{Paper, Tone};
use crate::location::{CellRef, MAX_ROWS};

/// One column of a grid.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub(super) title: Cow<'static, str>,
    /// In Excel's units, about one half-width character each.
    pub(super) width: f64,
    /// For what only programs read.
    pub(super) hidden: bool,
    /// Background of its blank cells.
    pub(super) tone: Tone,
}

impl Column {
    /// The column with this background where its cells are blank.
    #[must_use]
    pub(super) fn tone(self, tone: Tone) -> Self {
        Self { tone, ..self }
    }
}

/// A column from its title and width.
pub(super) fn column(title: impl Into<Cow<'static, str>>, width: f64) -> Column {
    Column { title: title.into(), width, hidden: false, tone: Tone::Plain }
}

/// A column that only programs read.
pub(super) fn hidden_column(title: &'static str) -> Column {
    Column { title: title.into(), width: 10.0, hidden: true, tone: Tone::Plain }
}

/// What stands above the headings and how the sheet is printed.
#[derive(Debug, Clone)]
pub(super) struct Setup {
    pub(super) name: &'static str,
    pub(super) title: String,
    /// Lines between title and headings.
    pub(super) lines: Vec<String>,
    pub(super) columns: Vec<Column>,
    pub(super) paper: Paper,
    /// Pages in width.
    pub(super) wide: u16,
    /// Columns at the left that stay in sight and repeat on every page.
    pub(super) frozen: u16,
    /// Pages in height; 0: as many as needed.
    pub(super) high: u16,
    /// Whether the headings carry filter arrows.
    pub(super) filter: bool,
    /// Whether the headings repeat on every printed page.
    pub(super) repeat: bool,
}

impl Setup {
    /// Zero-based row of the headings: below title and lines.
    pub(super) fn header(&self) -> u32 {
        1 + u32::try_from(self.lines.len()).unwrap_or(0)
    }

    /// Name of the sheet after so many full ones.
    pub(super) fn sheet_name(&self, full: usize) -> String {
        match full {
            0 => self.name.to_owned(),
            further => format!("{}{}", self.name, further + 1),
        }
    }

    /// A link target to the first column of the row that is written after so many others, before any is written.
    pub(super) fn target(&self, rows_before: usize) -> String {
        let first = self.header() + 1;
        let on_sheet = usize::try_from(MAX_ROWS - first).unwrap_or(usize::MAX);
        let row = first + u32::try_from(rows_before % on_sheet).unwrap_or(0);
        format!("internal:'{}'!{}", self.sheet_name(rows_before / on_sheet), CellRef::new(row, 0).a1())
    }
}
