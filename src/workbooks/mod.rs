//! Stage 2: whatever the townships sent. Files and folders go in, [`Workbook`]s of sparse sheets come out,
//! or a [`Refusal`] that says in one Chinese sentence why a file was not read.
//!
//! Imports no other stage.

mod sheet;

pub use sheet::{Cell, Format, Sheet, Value, Workbook};

/// Why a file was not read as a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The kind of obstacle, for programs.
    pub reason: RefusalReason,
    /// One Chinese sentence: what is wrong with the file and what to do.
    pub sentence: String,
}

/// The kinds of obstacles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RefusalReason {
    /// No bytes at all.
    Empty,
    /// Looks like a workbook but cannot be parsed to its end.
    Damaged,
    /// Needs a password.
    Encrypted,
    /// Is something else: a picture, a letter, an archive we do not open.
    NotAWorkbook,
    /// Over one of the size limits.
    TooLarge,
    /// The operating system did not let us read it.
    NotReadable,
    /// Took longer than the last safety net allows.
    TooSlow,
}
