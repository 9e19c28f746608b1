//! Stage 2: whatever the townships sent. Files and folders go in, [`Workbook`]s of sparse sheets come out,
//! or a [`Refusal`] that says in one Chinese sentence why a file was not read.
//!
//! Imports no other stage.

mod archive;
mod binary;
mod builder;
mod collect;
mod container;
mod delimited;
mod document_parts;
mod guard;
mod html;
mod kind;
mod limits;
mod number_format;
mod number_format_code;
mod number_layout;
mod ods;
mod ooxml;
mod open;
mod refusal;
mod rich_text;
mod serial_date;
mod sheet;
mod source;
mod spreadsheetml;
mod text;
mod xls;
mod xlsb;
mod xlsx;
mod xml;

pub use collect::{OWN_TEMPORARY, collect};
pub use document_parts::document_parts;
pub use limits::Limits;
pub use open::{OWN_SHEET, open, open_any};
pub use refusal::{Refusal, RefusalReason};
pub use sheet::{Cell, Format, Sheet, Value, Workbook};
pub use source::{Arrival, Delivery, Source};
