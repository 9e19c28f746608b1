//! Which cells does a worksheet of an xlsb workbook hold?

use super::records::{Records, kind};
use super::{Shared, rich_text};
use crate::location::CellRef;
use crate::workbooks::binary::{error_code, f64_at, rk, u8_at, u16_at, u32_at, wide_text};
use crate::workbooks::builder::SheetBuilder;
use crate::workbooks::limits::Budget;
use crate::workbooks::refusal::Refusal;
use crate::workbooks::rich_text::{RichText, removed_remark};

struct Reading<'a> {
    shared: &'a Shared,
    sheet: &'a mut SheetBuilder,
    row: u32,
    removed: Vec<(CellRef, String)>,
    formulas: usize,
    cut: usize,
}

/// Reads the cells of a sheet and returns how many formulas it holds.
pub(super) fn read(
    bytes: &[u8],
    shared: &Shared,
    sheet: &mut SheetBuilder,
    remarks: &mut Vec<String>,
    budget: &mut Budget<'_>,
) -> Result<usize, Refusal> {
    let mut reading = Reading { shared, sheet, row: 0, removed: Vec::new(), formulas: 0, cut: 0 };
    let mut records = Records::new(bytes);
    let mut is_complete = false;
    for (kind, data) in records.by_ref() {
        budget.step()?;
        is_complete |= kind == kind::SHEET_DATA_END;
        if reading.record(kind, data, budget)?.is_none() {
            reading.cut += 1;
        }
    }
    let name = &reading.sheet.name;
    if !is_complete || !records.is_at_end() {
        return Err(Refusal::damaged(format!("工作表“{name}”不完整")));
    }
    if reading.cut > 0 {
        remarks.push(format!("工作表“{name}”有{}条记录不完整，没有读取。", reading.cut));
    }
    remarks.extend(removed_remark(name, &reading.removed));
    Ok(reading.formulas)
}

impl Reading<'_> {
    /// Takes one record; `None` where it is too short for what it should hold.
    fn record(&mut self, kind: u32, data: &[u8], budget: &mut Budget<'_>) -> Result<Option<()>, Refusal> {
        match kind {
            kind::ROW => {
                let Some((row, flags)) = u32_at(data, 0).zip(u8_at(data, 11)) else { return Ok(None) };
                self.row = row;
                if flags & 0x10 != 0 {
                    self.sheet.hide_rows(row, row);
                }
                Ok(Some(()))
            }
            kind::COLUMN_INFO => {
                let flags = u16_at(data, 16).unwrap_or(0);
                if flags & 1 != 0
                    && let Some((first, last)) = u32_at(data, 0).zip(u32_at(data, 4))
                {
                    self.sheet.hide_columns(first, last);
                }
                Ok(Some(()))
            }
            kind::MERGE_CELL => {
                let corner = |at: usize| u32_at(data, at);
                let (Some(top), Some(bottom), Some(left), Some(right)) = (corner(0), corner(4), corner(8), corner(12))
                else {
                    return Ok(None);
                };
                self.sheet.merge(CellRef::new(top, left), CellRef::new(bottom, right), budget).map(Some)
            }
            _ => self.cell(kind, data, budget),
        }
    }

    fn cell(&mut self, kind: u32, data: &[u8], budget: &mut Budget<'_>) -> Result<Option<()>, Refusal> {
        let is_cell = matches!(kind, kind::CELL_RK..=kind::FORMULA_ERROR | kind::CELL_RICH_TEXT);
        if !is_cell {
            return Ok(Some(()));
        }
        self.formulas += usize::from(matches!(kind, kind::FORMULA_TEXT..=kind::FORMULA_ERROR));
        let Some((column, style)) = u32_at(data, 0).zip(u32_at(data, 4)) else { return Ok(None) };
        let at = CellRef::new(self.row, column);
        let shared = self.shared;
        let style = shared.styles.get(style & 0x00FF_FFFF);
        let number = match kind {
            kind::CELL_RK => u32_at(data, 8).map(rk),
            kind::CELL_REAL | kind::FORMULA_NUMBER => f64_at(data, 8),
            kind::CELL_ERROR | kind::FORMULA_ERROR => {
                let Some(code) = u8_at(data, 8) else { return Ok(None) };
                return self.sheet.error(at, error_code(code), style, budget).map(Some);
            }
            kind::CELL_BOOLEAN | kind::FORMULA_BOOLEAN => {
                let Some(value) = u8_at(data, 8) else { return Ok(None) };
                return self.sheet.boolean(at, value != 0, style, budget).map(Some);
            }
            _ => {
                let own;
                let text = match kind {
                    kind::CELL_SHARED_TEXT => u32_at(data, 8)
                        .and_then(|index| usize::try_from(index).ok())
                        .and_then(|index| shared.strings.get(index)),
                    kind::CELL_RICH_TEXT => {
                        own = data.get(8..).and_then(|data| rich_text(data, &shared.styles));
                        own.as_ref()
                    }
                    _ => {
                        own = wide_text(data, 8).map(|(text, _)| RichText::Plain(text.into()));
                        own.as_ref()
                    }
                };
                let Some(text) = text else { return Ok(None) };
                return self.sheet.rich_text(at, text, style, &mut self.removed, budget).map(Some);
            }
        };
        let Some(number) = number else { return Ok(None) };
        self.sheet.number(at, number, style, budget).map(Some)
    }
}
