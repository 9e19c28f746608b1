//! How do raw cells of any format become cells of the model?

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use memchr::memchr;

use super::limits::Budget;
use super::number_format::NumberFormat;
use super::number_layout::is_plainest;
use super::refusal::Refusal;
use super::rich_text::RichText;
use super::serial_date;
use super::sheet::{Cell, Sheet, Value};
use crate::location::{CellRef, MAX_COLUMNS, MAX_ROWS, Region};

/// What a cell style says that the model keeps.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct CellStyle {
    pub(super) format: NumberFormat,
    pub(super) struck: bool,
}

impl Default for CellStyle {
    fn default() -> Self {
        Self { format: NumberFormat::general(), struck: false }
    }
}

/// A sheet under construction.
#[derive(Debug, Default)]
pub(super) struct SheetBuilder {
    pub(super) name: String,
    pub(super) hidden: bool,
    /// Whether dates count from 1904.
    pub(super) from_1904: bool,
    cells: Vec<Cell>,
    merged: Vec<Region>,
    /// First and last of hidden rows.
    hidden_rows: Vec<(u32, u32)>,
    /// First and last of hidden columns.
    hidden_columns: Vec<(u32, u32)>,
    comments: BTreeMap<CellRef, String>,
}

impl SheetBuilder {
    pub(super) fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// Makes room for the cells of a part of so many bytes, of which each usually takes some forty; further ones make
    /// more room for themselves.
    pub(super) fn make_room(&mut self, bytes: usize) {
        const MOST_CELLS: usize = 4096;
        self.cells.reserve((bytes / 40).min(MOST_CELLS));
    }

    /// A text cell; one that shows nothing is none.
    pub(super) fn text(
        &mut self,
        at: CellRef,
        text: impl Into<Arc<str>>,
        style: &CellStyle,
        budget: &mut Budget<'_>,
    ) -> Result<(), Refusal> {
        let mut text = text.into();
        if is_blank(&text) {
            return budget.step();
        }
        if memchr(b'\r', text.as_bytes()).is_some() {
            text = text.replace("\r\n", "\n").replace('\r', "\n").into();
        }
        let shown = style.format.show_text(&text);
        self.push(Cell::new(at, Value::Text(text), shown), style, budget)
    }

    /// A text whose runs may be struck through; what is struck in part goes to `removed`.
    pub(super) fn rich_text(
        &mut self,
        at: CellRef,
        text: &RichText,
        style: &CellStyle,
        removed: &mut Vec<(CellRef, String)>,
        budget: &mut Budget<'_>,
    ) -> Result<(), Refusal> {
        let seen = text.seen(style.struck);
        if let Some(part) = seen.removed {
            budget.text(part.len())?;
            removed.push((at, part));
        }
        if seen.struck == style.struck {
            return self.text(at, seen.text, style, budget);
        }
        self.text(at, seen.text, &CellStyle { struck: seen.struck, ..style.clone() }, budget)
    }

    /// A number, or a date where the number format says so.
    pub(super) fn number(
        &mut self,
        at: CellRef,
        number: f64,
        style: &CellStyle,
        budget: &mut Budget<'_>,
    ) -> Result<(), Refusal> {
        if !number.is_finite() {
            return self.error(at, "#NUM!", style, budget);
        }
        if style.format.is_date() {
            let serial = if self.from_1904 { number + serial_date::DAYS_TO_1904 } else { number };
            if serial_date::is_date(serial) {
                let shown = style.format.show(serial).text;
                return self.push(Cell::new(at, Value::Date(serial), shown), style, budget);
            }
        }
        let shown = style.format.show(number);
        let mut cell = Cell::new(at, Value::Number(shown.number), shown.text);
        cell.format_unit = shown.unit;
        self.push(cell, style, budget)
    }

    /// A number as a file writes it, which is mostly what a cell shows.
    pub(super) fn written_number(
        &mut self,
        at: CellRef,
        written: &str,
        number: f64,
        style: &CellStyle,
        budget: &mut Budget<'_>,
    ) -> Result<(), Refusal> {
        if style.format.is_general() && is_plainest(written) {
            return self.push(Cell::new(at, Value::Number(number), written), style, budget);
        }
        self.number(at, number, style, budget)
    }

    pub(super) fn boolean(
        &mut self,
        at: CellRef,
        value: bool,
        style: &CellStyle,
        budget: &mut Budget<'_>,
    ) -> Result<(), Refusal> {
        self.push(Cell::new(at, Value::Boolean(value), if value { "TRUE" } else { "FALSE" }), style, budget)
    }

    /// An error value by its code, such as `#REF!`.
    pub(super) fn error(
        &mut self,
        at: CellRef,
        code: &str,
        style: &CellStyle,
        budget: &mut Budget<'_>,
    ) -> Result<(), Refusal> {
        self.push(Cell::new(at, Value::Error(code.to_owned()), code), style, budget)
    }

    /// A formula whose result the file does not hold.
    pub(super) fn not_calculated(
        &mut self,
        at: CellRef,
        formula: Option<String>,
        style: &CellStyle,
        budget: &mut Budget<'_>,
    ) -> Result<(), Refusal> {
        self.push(Cell { formula, ..Cell::new(at, Value::NotCalculated, "") }, style, budget)
    }

    /// A finished cell.
    pub(super) fn push(&mut self, mut cell: Cell, style: &CellStyle, budget: &mut Budget<'_>) -> Result<(), Refusal> {
        if cell.at.row >= MAX_ROWS || cell.at.column >= MAX_COLUMNS {
            return Err(Refusal::damaged("有单元格的位置超出工作表范围"));
        }
        cell.struck |= style.struck;
        let formula = cell.formula.as_ref().map_or(0, String::len);
        budget.cell(cell.text.len() + formula)?;
        self.cells.push(cell);
        Ok(())
    }

    /// The cell pushed last.
    pub(super) fn last(&mut self) -> Option<&mut Cell> {
        self.cells.last_mut()
    }

    /// Number of cells so far.
    pub(super) fn len(&self) -> usize {
        self.cells.len()
    }

    /// A merged region; one that is no region of a sheet is passed over, as spreadsheet programs do.
    pub(super) fn merge(&mut self, first: CellRef, last: CellRef, budget: &mut Budget<'_>) -> Result<(), Refusal> {
        let inside = first.row <= last.row
            && first.column <= last.column
            && last.row < MAX_ROWS
            && last.column < MAX_COLUMNS
            && first != last;
        if inside {
            budget.merged_region()?;
            self.merged.push(Region::new(first, last));
        }
        Ok(())
    }

    pub(super) fn hide_rows(&mut self, first: u32, last: u32) {
        extend_range(&mut self.hidden_rows, first, last);
    }

    pub(super) fn hide_columns(&mut self, first: u32, last: u32) {
        extend_range(&mut self.hidden_columns, first, last);
    }

    /// A comment; several at one cell follow each other.
    pub(super) fn comment(&mut self, at: CellRef, text: &str, budget: &mut Budget<'_>) -> Result<(), Refusal> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(());
        }
        budget.cell(text.len())?;
        let whole = self.comments.entry(at).or_default();
        if !whole.is_empty() {
            whole.push('\n');
        }
        whole.push_str(text);
        Ok(())
    }

    /// The sheet; comments on blank cells, which the model has no place for, are said in remarks.
    pub(super) fn finish(mut self, remarks: &mut Vec<String>) -> Sheet {
        self.cells.shrink_to_fit();
        let mut sheet = Sheet::new(self.name, self.cells);
        sheet.hidden = self.hidden;
        self.merged.sort_unstable();
        self.merged.dedup();
        sheet.merged = self.merged;
        let places = || sheet.cells().iter().map(|cell| cell.at);
        let (hidden_rows, hidden_columns) = (
            within(&self.hidden_rows, || places().map(|at| at.row).collect()),
            within(&self.hidden_columns, || places().map(|at| at.column).collect()),
        );
        (sheet.hidden_rows, sheet.hidden_columns) = (hidden_rows, hidden_columns);
        let mut left = sheet.attach_comments(self.comments);
        if let Some((at, text)) = left.pop_first() {
            let more = if left.is_empty() { String::new() } else { format!("等{}处", left.len() + 1) };
            let name = &sheet.name;
            remarks.push(format!("工作表“{name}”的空白单元格{at}{more}有批注，未列入记录：{text}"));
        }
        sheet
    }
}

/// Ranges usually come in order and touch each other.
fn extend_range(ranges: &mut Vec<(u32, u32)>, first: u32, last: u32) {
    match ranges.last_mut() {
        Some(previous) if previous.0 <= first && first <= previous.1.saturating_add(1) => {
            previous.1 = previous.1.max(last);
        }
        _ => ranges.push((first, last)),
    }
}

/// Those of the used rows or columns that lie in a hidden range.
fn within(ranges: &[(u32, u32)], used: impl FnOnce() -> BTreeSet<u32>) -> BTreeSet<u32> {
    let mut hidden = BTreeSet::new();
    if ranges.is_empty() {
        return hidden;
    }
    let used = used();
    for (first, last) in ranges.iter().filter(|(first, last)| first <= last) {
        hidden.extend(used.range(first..=last).copied());
    }
    hidden
}

/// Whether a text is the code of an error value, as formats without error values show it.
pub(super) fn is_error_code(text: &str) -> bool {
    matches!(text, "#REF!" | "#DIV/0!" | "#N/A" | "#NAME?" | "#VALUE!" | "#NUM!" | "#NULL!")
        || text.strip_prefix("Err:").is_some_and(|code| code.len() == 3 && code.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether a text shows nothing: spaces of any width, breaks, invisible marks.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{FEFF}' | '\0'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbooks::Limits;

    fn built(build: impl FnOnce(&mut SheetBuilder, &mut Budget<'_>)) -> (Sheet, Vec<String>) {
        let limits = Limits::default();
        let mut budget = Budget::new(&limits);
        let mut builder = SheetBuilder::new("填报表");
        build(&mut builder, &mut budget);
        let mut remarks = Vec::new();
        (builder.finish(&mut remarks), remarks)
    }

    #[test]
    fn only_used_rows_and_columns_are_listed_as_hidden() {
        let (sheet, _) = built(|builder, budget| {
            for row in [0, 5, 9] {
                builder.text(CellRef::new(row, 2), "x", &CellStyle::default(), budget).unwrap();
            }
            builder.hide_rows(5, MAX_ROWS);
            builder.hide_columns(0, 1);
        });
        assert_eq!(sheet.hidden_rows.into_iter().collect::<Vec<_>>(), [5, 9]);
        assert!(sheet.hidden_columns.is_empty());
    }

    #[test]
    fn a_comment_goes_to_its_cell_and_one_on_a_blank_cell_is_said() {
        let (sheet, remarks) = built(|builder, budget| {
            builder.text(CellRef::new(0, 0), "x", &CellStyle::default(), budget).unwrap();
            builder.comment(CellRef::new(0, 0), "数据待核", budget).unwrap();
            builder.comment(CellRef::new(4, 1), "请补充", budget).unwrap();
        });
        assert_eq!(sheet.cells()[0].comment.as_deref(), Some("数据待核"));
        assert_eq!(remarks, ["工作表“填报表”的空白单元格B5有批注，未列入记录：请补充"]);
    }

    #[test]
    fn a_date_counts_from_the_epoch_of_its_workbook() {
        let date = CellStyle { format: NumberFormat::built_in(14), struck: false };
        for (from_1904, stored) in [(false, 45_382.0), (true, 43_920.0)] {
            let (sheet, _) = built(|builder, budget| {
                builder.from_1904 = from_1904;
                builder.number(CellRef::new(0, 0), stored, &date, budget).unwrap();
            });
            assert_eq!(sheet.cells()[0].value, Value::Date(45_382.0));
            assert_eq!(&*sheet.cells()[0].text, "2024/3/31");
        }
    }

    #[test]
    fn spaces_are_no_cell_and_a_cell_outside_the_sheet_is_refused() {
        let (sheet, _) = built(|builder, budget| {
            builder.text(CellRef::new(0, 0), " \u{3000}\n", &CellStyle::default(), budget).unwrap();
            assert!(builder.text(CellRef::new(MAX_ROWS, 0), "x", &CellStyle::default(), budget).is_err());
            assert!(
                builder.text(CellRef::new(MAX_ROWS - 1, MAX_COLUMNS - 1), "x", &CellStyle::default(), budget).is_ok()
            );
        });
        assert_eq!(sheet.cells().len(), 1);
    }
}
