//! Stage 8: what people and programs see. A [`Consolidation`](crate::consolidation::Consolidation) goes in;
//! workbooks, a result file and texts come out. Outputs compute no figure of their own.
//!
//! Imports every earlier stage.

pub mod beside;
mod blanks;
mod cells;
mod compression;
pub mod consolidated;
mod difference;
mod grid;
mod inflation;
pub mod inspection;
mod kept_rows;
pub mod notice;
mod package;
mod package_links;
pub mod plan_workbook;
pub mod result_file;
pub mod returns;
mod rows;
mod setup;
mod shared_texts;
mod style;
pub mod template;
mod text;
mod text_xml;
