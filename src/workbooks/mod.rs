//! Stage 2: whatever the townships sent. Files and folders go in, [`Workbook`]s of sparse sheets come out,
//! or a [`Refusal`] that says in one Chinese sentence why a file was not read.
//!
//! Imports no other stage.

mod archive;
mod collect;
mod container;
mod delimited;
mod guard;
mod kind;
mod libraries;
mod limits;
mod number_format;
mod number_format_code;
mod number_layout;
mod open;
mod refusal;
mod serial_date;
mod sheet;
mod source;
mod text;

pub use collect::collect;
pub use limits::Limits;
pub use open::{OWN_SHEET, open};
pub use refusal::{Refusal, RefusalReason};
pub use sheet::{Cell, Format, Sheet, Value, Workbook};
pub use source::{Arrival, Source};
