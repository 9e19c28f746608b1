//! Which cells does a worksheet of an Excel 97 workbook hold?

use super::globals::{Globals, Tab};
use super::notes::Notes;
use super::records::{Record, Records, kind};
use super::strings;
use crate::location::CellRef;
use crate::workbooks::binary::{error_code, f64_at, rk, u8_at, u16_at, u32_at};
use crate::workbooks::builder::SheetBuilder;
use crate::workbooks::limits::Budget;
use crate::workbooks::refusal::Refusal;
use crate::workbooks::rich_text::{RichText, removed_remark};
use crate::workbooks::sheet::Sheet;

struct Reading<'a> {
    globals: &'a Globals,
    sheet: SheetBuilder,
    /// Place and style of a formula whose result is the text in the record behind it.
    awaits_text: Option<(CellRef, u16)>,
    removed: Vec<(CellRef, String)>,
    formulas: usize,
    cut: usize,
}

/// Reads the sheet whose records begin here.
pub(super) fn read(
    records: &[u8],
    tab: &Tab,
    globals: &Globals,
    remarks: &mut Vec<String>,
    formulas: &mut usize,
    budget: &mut Budget<'_>,
) -> Result<Sheet, Refusal> {
    let mut sheet = SheetBuilder::new(&tab.name);
    sheet.hidden = tab.hidden;
    sheet.from_1904 = globals.from_1904;
    let mut reading = Reading { globals, sheet, awaits_text: None, removed: Vec::new(), formulas: 0, cut: 0 };
    let mut notes = Notes::default();
    // Charts within the sheet are streams of their own, with records that look like cells.
    let mut depth = 0usize;
    for record in Records::new(records) {
        budget.step()?;
        match record.kind {
            kind::BOF => depth += 1,
            kind::EOF if depth <= 1 => break,
            kind::EOF => depth -= 1,
            _ if depth == 0 => return Err(Refusal::damaged(format!("工作表“{}”的位置有误", tab.name))),
            _ if depth > 1 => {}
            _ => {
                notes.look(&record, globals.writing);
                if reading.record(&record, budget)?.is_none() {
                    reading.cut += 1;
                }
            }
        }
    }
    *formulas += reading.formulas;
    notes.finish(&tab.name, &mut reading.sheet, remarks, budget)?;
    if reading.cut > 0 {
        remarks.push(format!("工作表“{}”有{}条记录不完整，没有读取。", tab.name, reading.cut));
    }
    remarks.extend(removed_remark(&tab.name, &reading.removed));
    Ok(reading.sheet.finish(remarks))
}

fn place(data: &[u8]) -> Option<(CellRef, u16)> {
    let (row, column) = (u16_at(data, 0)?, u16_at(data, 2)?);
    Some((CellRef::new(u32::from(row), u32::from(column)), u16_at(data, 4)?))
}

impl Reading<'_> {
    /// Takes one record; `None` where it is too short for what it should hold.
    fn record(&mut self, record: &Record<'_>, budget: &mut Budget<'_>) -> Result<Option<()>, Refusal> {
        let data = record.data();
        let read = match record.kind {
            kind::NUMBER => place(data).zip(f64_at(data, 6)),
            kind::RK => place(data).zip(u32_at(data, 6).map(rk)),
            kind::MULTIPLE_RK => return self.multiple(data, budget),
            kind::LABEL_SHARED => return self.shared_string(data, budget),
            kind::LABEL | kind::RICH_STRING => return self.label(data, budget),
            kind::BOOLEAN_OR_ERROR => return self.boolean_or_error(data, budget),
            kind::FORMULA | kind::FORMULA_OF_EXCEL_3 | kind::FORMULA_OF_EXCEL_4 => return self.formula(data, budget),
            kind::STRING => return self.formula_text(record, budget),
            kind::MERGE_CELLS => return self.merge(data, budget),
            kind::ROW => {
                if u16_at(data, 12).is_some_and(|flags| flags & 0x20 != 0)
                    && let Some(row) = u16_at(data, 0).map(u32::from)
                {
                    self.sheet.hide_rows(row, row);
                }
                return Ok(Some(()));
            }
            kind::COLUMN_INFO => {
                if u16_at(data, 8).is_some_and(|flags| flags & 1 != 0)
                    && let Some((first, last)) = u16_at(data, 0).zip(u16_at(data, 2))
                {
                    self.sheet.hide_columns(u32::from(first), u32::from(last));
                }
                return Ok(Some(()));
            }
            _ => return Ok(Some(())),
        };
        let Some(((at, style), number)) = read else { return Ok(None) };
        self.sheet.number(at, number, self.globals.style(style), budget).map(Some)
    }

    fn multiple(&mut self, data: &[u8], budget: &mut Budget<'_>) -> Result<Option<()>, Refusal> {
        let Some((row, first)) = u16_at(data, 0).zip(u16_at(data, 2)) else { return Ok(None) };
        let Some(cells) = data.len().checked_sub(6).and_then(|end| data.get(4..end + 4)) else { return Ok(None) };
        for (offset, cell) in (0u32..).zip(cells.chunks_exact(6)) {
            let at = CellRef::new(u32::from(row), u32::from(first) + offset);
            let Some((style, bits)) = u16_at(cell, 0).zip(u32_at(cell, 2)) else { return Ok(None) };
            self.sheet.number(at, rk(bits), self.globals.style(style), budget)?;
        }
        Ok(Some(()))
    }

    fn shared_string(&mut self, data: &[u8], budget: &mut Budget<'_>) -> Result<Option<()>, Refusal> {
        let globals = self.globals;
        let Some(((at, style), index)) = place(data).zip(u32_at(data, 6)) else { return Ok(None) };
        let string = usize::try_from(index).ok().and_then(|index| globals.strings.get(index));
        let Some(string) = string else { return Ok(None) };
        self.sheet.rich_text(at, string, globals.style(style), &mut self.removed, budget).map(Some)
    }

    fn label(&mut self, data: &[u8], budget: &mut Budget<'_>) -> Result<Option<()>, Refusal> {
        let text = data.get(6..).and_then(|data| self.globals.writing.text(data, 2));
        let Some(((at, style), text)) = place(data).zip(text) else { return Ok(None) };
        self.sheet.text(at, text, self.globals.style(style), budget).map(Some)
    }

    fn boolean_or_error(&mut self, data: &[u8], budget: &mut Budget<'_>) -> Result<Option<()>, Refusal> {
        let Some(((at, style), (value, is_error))) = place(data).zip(u8_at(data, 6).zip(u8_at(data, 7))) else {
            return Ok(None);
        };
        let style = self.globals.style(style);
        let outcome = if is_error == 0 {
            self.sheet.boolean(at, value != 0, style, budget)
        } else {
            self.sheet.error(at, error_code(value), style, budget)
        };
        outcome.map(Some)
    }

    fn formula(&mut self, data: &[u8], budget: &mut Budget<'_>) -> Result<Option<()>, Refusal> {
        let Some(((at, style_index), result)) = place(data).zip(data.get(6..14)) else { return Ok(None) };
        let style = self.globals.style(style_index);
        self.formulas += 1;
        self.awaits_text = None;
        let outcome = match (result, f64_at(result, 0)) {
            ([0, _, _, _, _, _, 0xFF, 0xFF], _) => {
                self.awaits_text = Some((at, style_index));
                Ok(())
            }
            ([1, _, value, _, _, _, 0xFF, 0xFF], _) => self.sheet.boolean(at, *value != 0, style, budget),
            ([2, _, code, _, _, _, 0xFF, 0xFF], _) => self.sheet.error(at, error_code(*code), style, budget),
            // The result is an empty text.
            ([_, _, _, _, _, _, 0xFF, 0xFF], _) => Ok(()),
            (_, Some(number)) => self.sheet.number(at, number, style, budget),
            (_, None) => return Ok(None),
        };
        outcome.map(Some)
    }

    fn formula_text(&mut self, record: &Record<'_>, budget: &mut Budget<'_>) -> Result<Option<()>, Refusal> {
        let Some((at, style)) = self.awaits_text.take() else { return Ok(Some(())) };
        let text = if self.globals.writing.is_unicode {
            strings::continued(&record.chunks)
        } else {
            self.globals.writing.text(record.data(), 2)
        };
        let Some(text) = text else { return Ok(None) };
        self.sheet
            .rich_text(at, &RichText::Plain(text.into()), self.globals.style(style), &mut self.removed, budget)
            .map(Some)
    }

    fn merge(&mut self, data: &[u8], budget: &mut Budget<'_>) -> Result<Option<()>, Refusal> {
        for region in data.get(2..).unwrap_or_default().chunks_exact(8) {
            let corner = |at: usize| u16_at(region, at).map(u32::from);
            let (Some(top), Some(bottom), Some(left), Some(right)) = (corner(0), corner(2), corner(4), corner(6))
            else {
                return Ok(None);
            };
            self.sheet.merge(CellRef::new(top, left), CellRef::new(bottom, right), budget)?;
        }
        Ok(Some(()))
    }
}
