//! What is the text of a cell in its plain form? Made once for all who ask.

use std::ops::Range;

use super::marks::Marks;
use super::text::{beginning, push_plain};
use crate::workbooks::{Cell, Sheet};

/// The plain texts of all cells of a sheet. They are kept apart from the [`Grid`](super::grid::Grid) that reads them, so
/// that what a cell says outlives the look at it.
#[derive(Debug)]
pub(crate) struct CellTexts {
    /// Those that are not as they stand in their cells, one behind the other.
    made: String,
    /// Where each stands among them, in the order of the cells, absent where the text of the cell is plain; and the marks in
    /// each plain text.
    places: Vec<(Option<Range<usize>>, Marks)>,
}

impl CellTexts {
    /// The texts of a sheet.
    pub(crate) fn of(sheet: &Sheet) -> Self {
        let mut texts = Self { made: String::new(), places: Vec::with_capacity(sheet.cells().len()) };
        sheet.cells().iter().for_each(|cell| texts.push(&cell.text));
        texts
    }

    /// Adds the text of the next cell.
    fn push(&mut self, text: &str) {
        let (start, looked_at) = (self.made.len(), beginning(text));
        let is_plain = !push_plain(looked_at, &mut self.made);
        if is_plain && looked_at.len() < text.len() {
            self.made.push_str(looked_at);
        }
        let as_it_stands = is_plain && looked_at.len() == text.len();
        let marks = Marks::of(if as_it_stands { text } else { &self.made[start..] });
        self.places.push(((!as_it_stands).then_some(start..self.made.len()), marks));
    }

    /// The cells of the sheet, which is theirs, with their plain texts and the marks in them.
    pub(super) fn with_cells<'s>(&'s self, sheet: &'s Sheet) -> impl Iterator<Item = (&'s Cell, &'s str, Marks)> {
        let cells = sheet.cells().iter().zip(&self.places);
        cells.map(|(cell, (place, marks))| {
            let plain = place.clone().map_or(&*cell.text, |place| &self.made[place]);
            (cell, plain, *marks)
        })
    }
}
