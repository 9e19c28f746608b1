//! How is a long table written: headings that repeat, rows as tall as their text, links within Excel's limits,
//! and a further sheet where one is full?

use std::path::PathBuf;

use rust_xlsxwriter::{Format, Formula, Url, Workbook, Worksheet, XlsxError};

use super::blanks;
pub(super) use super::cells::{Cell, Content, number};
use super::cells::{coloured, in_cell};
use super::package::Book;
use super::package_links::is_too_long;
use super::rows::{Held, Rows};
pub(super) use super::setup::{Column, Setup, column, hidden_column};
use super::style::{self, Formats, Kind, Look};
use super::text;
use crate::location::{CellRef, MAX_ROWS};

/// Links on one sheet; beyond them texts stay plain. Excel takes 65,530.
const MOST_LINKS: usize = 65_000;
/// Links, and texts that are held once for all cells, on each sheet with which a long table goes on: a province's table has
/// many such sheets, and theirs would be in memory together.
const MORE_LINKS: usize = 8_000;
const MORE_TEXTS: usize = 4_096;

/// A long table on one sheet, or on several numbered ones.
pub(super) struct Grid {
    setup: Setup,
    done: Vec<(Worksheet, Option<Rows>)>,
    /// Sheets of the same table that stand before its first one.
    before: usize,
    sheet: Worksheet,
    /// Of a long table, the rows of the sheet that is being written.
    rows: Option<Rows>,
    /// Of a long table, where what does not fit into memory lies until it is written.
    folder: Option<PathBuf>,
    formats: Formats,
    /// Zero-based row of the headings.
    header: u32,
    /// Zero-based row to be written next.
    next: u32,
    links: usize,
    most_rows: u32,
}

impl Grid {
    pub(super) fn new(setup: Setup) -> Result<Self, XlsxError> {
        Self::with_limit(setup, MAX_ROWS, None)
    }

    /// A grid of very many rows: they are not kept as cells, see [`Rows`]. It ends in a [`Book`]; a temporary file may lie
    /// in the folder until then.
    pub(super) fn long(setup: Setup, folder: PathBuf) -> Result<Self, XlsxError> {
        Self::with_limit(setup, MAX_ROWS, Some(folder))
    }

    /// A grid that is long where it will have more rows than so many.
    pub(super) fn long_from(most: usize, rows: usize, folder: PathBuf, setup: Setup) -> Result<Self, XlsxError> {
        if rows > most { Self::long(setup, folder) } else { Self::new(setup) }
    }

    /// A long grid whose columns go on from those of other sheets, of which there are so many: its own are numbered after
    /// them.
    pub(super) fn long_after(before: usize, setup: Setup, folder: PathBuf) -> Result<Self, XlsxError> {
        Self::begun(Self::blank(before, setup, MAX_ROWS, Some(folder)))
    }

    /// A grid that goes on to a further sheet after so many sheet rows.
    fn with_limit(setup: Setup, most_rows: u32, folder: Option<PathBuf>) -> Result<Self, XlsxError> {
        Self::begun(Self::blank(0, setup, most_rows, folder))
    }

    fn blank(before: usize, setup: Setup, most_rows: u32, folder: Option<PathBuf>) -> Self {
        Self {
            setup,
            done: Vec::new(),
            before,
            sheet: Worksheet::new(),
            rows: None,
            folder,
            formats: Formats::default(),
            header: 0,
            next: 0,
            links: 0,
            most_rows,
        }
    }

    fn begun(mut grid: Self) -> Result<Self, XlsxError> {
        grid.begin()?;
        Ok(grid)
    }

    /// Name of the sheet that is being written.
    pub(super) fn sheet_name(&self) -> String {
        self.setup.sheet_name(self.before + self.done.len())
    }

    /// The sheet that is being written, for what a grid does not know.
    pub(super) fn sheet(&mut self) -> &mut Worksheet {
        &mut self.sheet
    }

    /// Zero-based row that will be written next.
    pub(super) const fn next_row(&self) -> u32 {
        self.next
    }

    /// A link target to a column of the row that will be written next.
    pub(super) fn target(&self, column: u32) -> String {
        format!("internal:'{}'!{}", self.sheet_name(), CellRef::new(self.next, column).a1())
    }

    /// Writes one row; it becomes as tall as its tallest text. Returns its zero-based number.
    pub(super) fn row(&mut self, cells: &[Cell<'_>]) -> Result<u32, XlsxError> {
        let columns = cells.iter().zip(&self.setup.columns);
        let lines = columns.fold(1, |lines, (cell, column)| cell.lines(column.width, lines));
        let height = style::row_height(lines, style::BODY_SIZE);
        if style::overflows(lines, style::BODY_SIZE) {
            let cells: Vec<Cell<'_>> = cells.iter().cloned().map(|cell| cell.look(Look::top)).collect();
            return self.row_of(&cells, height);
        }
        self.row_of(cells, height)
    }

    /// Writes one row of a given height in points. Returns its zero-based number.
    pub(super) fn row_of(&mut self, cells: &[Cell<'_>], height: f64) -> Result<u32, XlsxError> {
        if self.next >= self.most_rows {
            self.finish_sheet()?;
            self.begin()?;
        }
        let row = self.next;
        match &mut self.rows {
            Some(rows) => rows.begin(row, height)?,
            None => {
                self.sheet.set_row_height(row, height)?;
            }
        }
        for (column, cell) in (0u16..).zip(cells) {
            self.write(row, column, cell)?;
        }
        self.next += 1;
        Ok(row)
    }

    /// Whether so many further rows fit on the sheet that is being written.
    pub(super) fn has_room(&self, rows: usize) -> bool {
        let rows = u32::try_from(rows).unwrap_or(u32::MAX);
        self.next.saturating_add(rows) <= self.most_rows
    }

    /// Makes room for a block of rows that must stand on one sheet: goes on to the next one where it would not fit.
    pub(super) fn keep_together(&mut self, rows: usize) -> Result<(), XlsxError> {
        let begun = self.next > self.header + 1;
        if begun && !self.has_room(rows) {
            self.finish_sheet()?;
            self.begin()?;
        }
        Ok(())
    }

    /// Leaves rows free, for a chart or as a distance.
    pub(super) fn skip(&mut self, rows: u32) {
        self.next += rows;
    }

    /// Writes a text into a merged stretch of a row, both columns included.
    pub(super) fn merged(&mut self, row: u32, columns: (u16, u16), text: &str, look: Look) -> Result<(), XlsxError> {
        self.merged_cell(row, columns, text, &Cell::text(text).look(|_| look))
    }

    /// Writes a number into a merged stretch of a row, both columns included.
    pub(super) fn merged_count(
        &mut self,
        row: u32,
        columns: (u16, u16),
        count: usize,
        look: Look,
    ) -> Result<(), XlsxError> {
        self.merged_cell(row, columns, "", &Cell::count(count).look(|_| look))
    }

    /// Merges a stretch of a row that shows a text, and writes the cell that it holds.
    fn merged_cell(&mut self, row: u32, columns: (u16, u16), text: &str, cell: &Cell<'_>) -> Result<(), XlsxError> {
        let (first, last) = columns;
        if first < last {
            self.sheet.merge_range(row, first, row, last, &in_cell(text), self.formats.of(cell.look))?;
        }
        let written = matches!(cell.content, Content::Text(_)) && first < last && self.rows.is_none();
        if !written {
            self.write(row, first, cell)?;
        }
        if let Some(rows) = &mut self.rows {
            for column in first + 1..=last {
                rows.cell(column, cell.look, &Held::Blank);
            }
        }
        Ok(())
    }

    /// Lines that a text takes in a merged stretch of columns, both included.
    pub(super) fn lines_over(&self, columns: (u16, u16), text: &str) -> u32 {
        let (first, last) = (usize::from(columns.0), usize::from(columns.1));
        let width: f64 = self.setup.columns[first..=last].iter().map(|column| column.width).sum();
        text::lines(text, style::characters(width, style::BODY_SIZE), 1)
    }

    /// Writes one cell anywhere on the sheet; of a long table, right of the other cells of the last row.
    pub(super) fn write(&mut self, row: u32, column: u16, cell: &Cell<'_>) -> Result<(), XlsxError> {
        if let Content::Link { target, text } = &cell.content {
            return self.link(row, column, target, text, cell.look);
        }
        let left_out = self.rows.is_some() && blanks::is_one(&self.setup.columns, column, cell);
        if left_out || self.is_kept(column, cell) { Ok(()) } else { self.write_through(row, column, cell) }
    }

    /// Keeps a cell of a long table; false where the sheet itself must have it, too: it learns each look from its first
    /// cell.
    fn is_kept(&mut self, column: u16, cell: &Cell<'_>) -> bool {
        let Some(rows) = &mut self.rows else { return false };
        let new = match &cell.content {
            Content::Blank => rows.cell(column, cell.look, &Held::Blank),
            // Each row has a key of its own.
            Content::Text(key) if cell.look.kind == Kind::Hidden => rows.cell(column, cell.look, &Held::OwnText(key)),
            Content::Text(text) | Content::Link { text, .. } => rows.cell(column, cell.look, &Held::Text(text)),
            Content::Number(number) => rows.cell(column, cell.look, &Held::Number(*number)),
            Content::Formula { formula, result } => rows.cell(column, cell.look, &Held::Formula(formula, *result)),
            Content::Marked(pieces) => match coloured(pieces) {
                Ok(pieces) => rows.cell(column, cell.look, &Held::Marked(&pieces)),
                Err(whole) => rows.cell(column, cell.look, &Held::Text(&whole)),
            },
        };
        !new
    }

    /// Writes one cell of the sheet.
    fn write_through(&mut self, row: u32, column: u16, cell: &Cell<'_>) -> Result<(), XlsxError> {
        match &cell.content {
            Content::Blank => {
                self.sheet.write_blank(row, column, self.formats.of(cell.look))?;
            }
            Content::Text(text) | Content::Link { text, .. } => {
                self.sheet.write_string_with_format(row, column, in_cell(text), self.formats.of(cell.look))?;
            }
            Content::Number(number) => {
                self.sheet.write_number_with_format(row, column, *number, self.formats.of(cell.look))?;
            }
            Content::Formula { formula, result } => {
                let formula = Formula::new(formula).set_result(result.to_string());
                self.sheet.write_formula_with_format(row, column, formula, self.formats.of(cell.look))?;
            }
            Content::Marked(pieces) => self.marked(row, column, pieces, cell.look)?,
        }
        Ok(())
    }

    /// A text that leads somewhere, as long as the sheet can take a further link.
    fn link(&mut self, row: u32, column: u16, target: &str, text: &str, look: Look) -> Result<(), XlsxError> {
        let most = if self.done.is_empty() { MOST_LINKS } else { MORE_LINKS };
        if self.links >= most || is_too_long(target) || text.is_empty() {
            return self.write(row, column, &Cell::text(text).look(|_| look));
        }
        self.links += 1;
        if let Some(rows) = &mut self.rows {
            if rows.link(column, look.linked(), text, target.to_owned()) {
                self.write_through(row, column, &Cell::text(text).look(|_| look.linked()))?;
            }
            return Ok(());
        }
        let url = Url::new(target).set_text(in_cell(text));
        self.sheet.write_url_with_format(row, column, url, self.formats.of(look.linked()))?;
        Ok(())
    }

    /// A text with coloured pieces.
    fn marked(&mut self, row: u32, column: u16, pieces: &[(bool, String)], look: Look) -> Result<(), XlsxError> {
        let pieces = match coloured(pieces) {
            Ok(pieces) => pieces,
            Err(whole) => {
                self.sheet.write_string_with_format(row, column, in_cell(&whole), self.formats.of(look))?;
                return Ok(());
            }
        };
        let plain = Format::new().set_font_name(style::BODY_FONT).set_font_size(look.size());
        let coloured = plain.clone().set_font_color(rust_xlsxwriter::Color::RGB(0xC0_0000)).set_bold();
        let pieces: Vec<(&Format, &str)> =
            pieces.iter().map(|(marked, piece)| (if *marked { &coloured } else { &plain }, piece.as_ref())).collect();
        self.sheet.write_rich_string_with_format(row, column, &pieces, self.formats.of(look))?;
        Ok(())
    }

    /// Ends the table and adds its sheets to a workbook.
    pub(super) fn end(mut self, workbook: &mut Workbook) -> Result<(), XlsxError> {
        self.finish_sheet()?;
        for (sheet, _) in self.done {
            workbook.push_worksheet(sheet);
        }
        Ok(())
    }

    /// Ends the table, long or not, and adds its sheets to a book.
    pub(super) fn end_in(mut self, book: &mut Book) -> Result<(), XlsxError> {
        self.finish_sheet()?;
        for (sheet, rows) in self.done {
            book.push(sheet, rows);
        }
        Ok(())
    }

    /// Ends a table that stands on one sheet: the sheet, to be put into a workbook of another kind.
    pub(super) fn only_sheet(mut self) -> Result<Worksheet, XlsxError> {
        self.finish_sheet()?;
        Ok(self.done.swap_remove(0).0)
    }

    /// Starts a sheet: title, lines and headings.
    fn begin(&mut self) -> Result<(), XlsxError> {
        self.sheet = Worksheet::new();
        self.rows = None;
        self.links = 0;
        let name = self.sheet_name();
        self.sheet.set_name(name)?;
        style::page(&mut self.sheet, self.setup.paper, self.setup.wide, self.setup.high);
        let last = u16::try_from(self.setup.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
        for (column, spec) in (0u16..).zip(&self.setup.columns) {
            self.sheet.set_column_width(column, spec.width)?;
            if spec.hidden {
                self.sheet.set_column_hidden(column)?;
            }
        }
        // Title and lines stand over the columns of the first page, where a reader sees them.
        let span = self.setup.columns.iter().filter(|column| !column.hidden).map(|column| column.width);
        let total: f64 = span.sum::<f64>() / f64::from(self.setup.wide.max(1));
        self.heading_line(0, last, &self.setup.title.clone(), Look::text().kind(Kind::Title), total)?;
        for (row, line) in (1u32..).zip(self.setup.lines.clone()) {
            self.heading_line(row, last, &line, Look::text().kind(Kind::Line), total)?;
        }
        self.header = self.setup.header();
        let heading = Look::text().kind(Kind::Heading);
        let mut lines = 1;
        for (column, spec) in (0u16..).zip(self.setup.columns.clone()) {
            let cell = Cell::text(spec.title).look(|_| heading);
            lines = cell.lines(spec.width, lines);
            self.write(self.header, column, &cell)?;
        }
        self.sheet.set_row_height(self.header, style::row_height(lines, style::BODY_SIZE) + 6.0)?;
        self.next = self.header + 1;
        self.sheet.set_freeze_panes(self.next, self.setup.frozen)?;
        if self.setup.repeat {
            self.sheet.set_repeat_rows(self.header, self.header)?;
        }
        if self.setup.wide > 1 && self.setup.frozen > 0 {
            self.sheet.set_repeat_columns(0, self.setup.frozen - 1)?;
        }
        let columns = self.setup.columns.len();
        self.rows = self.folder.as_deref().map(|folder| {
            let first = self.before + self.done.len() == 0;
            if first {
                Rows::new(self.header, columns, folder)
            } else {
                Rows::further(self.header, columns, folder, MORE_TEXTS)
            }
        });
        Ok(())
    }

    /// A line over the whole first page, merged where it spans several columns.
    fn heading_line(&mut self, row: u32, last: u16, text: &str, look: Look, width: f64) -> Result<(), XlsxError> {
        // Columns that repeat on every page would repeat the beginning of the line, cut off.
        let from = if self.setup.wide > 1 { self.setup.frozen.min(last) } else { 0 };
        let mut until = from;
        // The repeated columns take their part of the first page, too.
        let repeated: f64 = self.setup.columns[..from.into()].iter().map(|column| column.width).sum();
        let mut covered = 0.0;
        for (column, spec) in (0u16..=last).zip(&self.setup.columns).skip(from.into()) {
            until = column;
            covered += spec.width;
            if repeated + covered >= width {
                break;
            }
        }
        let format = self.formats.of(look);
        if until > from {
            self.sheet.merge_range(row, from, row, until, &in_cell(text), format)?;
        } else {
            self.sheet.write_string_with_format(row, from, in_cell(text), format)?;
        }
        let lines = text::lines(text, style::characters(covered, look.size()), 1);
        self.sheet.set_row_height(row, style::row_height(lines, look.size()) + 2.0)?;
        Ok(())
    }

    /// Sets the filter and puts the sheet aside.
    fn finish_sheet(&mut self) -> Result<(), XlsxError> {
        let last = u16::try_from(self.setup.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
        let has_rows = self.next > self.header + 1;
        if self.setup.filter && has_rows {
            self.sheet.autofilter(self.header, 0, self.next - 1, last)?;
        }
        if self.rows.is_some() && has_rows {
            let written = self.formats.of(Look::text().kind(Kind::Line));
            blanks::draw(&mut self.sheet, &self.setup.columns, (self.header + 1, self.next - 1), written)?;
        }
        self.done.push((std::mem::replace(&mut self.sheet, Worksheet::new()), self.rows.take()));
        Ok(())
    }
}
