//! 通报: a draft in the official layout, each sentence built from figures that stand in the consolidated workbook.

mod page;
mod sentences;

use std::path::Path;

use super::beside;
use crate::consolidation::Consolidation;

/// A part of the notice, in its order.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Title(String),
    /// To whom it goes.
    Addressee(String),
    /// 一、报送情况.
    Heading(String),
    /// （一）北岙街道.
    Subheading(String),
    Body(String),
    /// A table: the shares of the width that its columns take, then headings and rows.
    Table(Vec<usize>, Vec<Vec<String>>),
    /// Who signs and when, at the right below the text.
    Signature(Vec<String>),
}

/// Writes the notice beside its place.
///
/// # Errors
/// Where the file cannot be written, see [`beside::prepare`].
pub fn prepare(consolidation: &Consolidation, path: &Path) -> anyhow::Result<beside::Prepared> {
    beside::prepare(path, &bytes(consolidation)?)
}

/// The notice as a Word document. The same consolidation gives the same bytes.
///
/// # Errors
/// Where the document cannot be packed.
pub fn bytes(consolidation: &Consolidation) -> anyhow::Result<Vec<u8>> {
    page::document(&sentences::parts(consolidation))
}
