//! What is the text of a cell in its plain form? Made once for all who ask, and only where somebody does.

use std::borrow::Cow;
use std::cell::OnceCell;

use super::text::plain_form;
use crate::workbooks::Sheet;

/// What was worked out for the text of one cell.
#[derive(Debug, Default)]
pub(crate) struct CellText {
    /// The plain form; empty where the text as it stands is plain.
    plain: OnceCell<Option<Box<str>>>,
}

impl CellText {
    /// The plain form of the text, which is that of the cell.
    pub(super) fn plain<'t>(&'t self, text: &'t str) -> &'t str {
        let plain = self.plain.get_or_init(|| match plain_form(text) {
            Cow::Borrowed(same) if same.len() == text.len() => None,
            other => Some(other.into()),
        });
        plain.as_deref().unwrap_or(text)
    }
}

/// The texts of all cells of a sheet, in its order. They are kept apart from the [`Grid`](super::grid::Grid) that reads
/// them, so that what a cell says outlives the look at it.
#[derive(Debug)]
pub(crate) struct CellTexts(Vec<CellText>);

impl CellTexts {
    /// Room for the texts of a sheet.
    pub(crate) fn of(sheet: &Sheet) -> Self {
        Self(std::iter::repeat_with(CellText::default).take(sheet.cells().len()).collect())
    }

    /// The texts in the order of the sheet's cells.
    pub(super) fn iter(&self) -> std::slice::Iter<'_, CellText> {
        self.0.iter()
    }
}
