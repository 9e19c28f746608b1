//! Which number format has a cell style of an xlsb workbook, and is its font struck through?

use std::collections::BTreeMap;

use super::records::{Records, kind};
use crate::workbooks::binary::{u16_at, wide_text};
use crate::workbooks::builder::CellStyle;
use crate::workbooks::limits::Budget;
use crate::workbooks::number_format::NumberFormat;
use crate::workbooks::refusal::Refusal;

/// Cell styles by their index.
#[derive(Debug, Default)]
pub(super) struct Styles {
    struck_fonts: Vec<bool>,
    cells: Vec<CellStyle>,
    plain: CellStyle,
}

impl Styles {
    /// The style of an index; the plain one where the workbook has none.
    pub(super) fn get(&self, index: u32) -> &CellStyle {
        usize::try_from(index).ok().and_then(|index| self.cells.get(index)).unwrap_or(&self.plain)
    }

    pub(super) fn font_is_struck(&self, font: usize) -> bool {
        self.struck_fonts.get(font).copied().unwrap_or(false)
    }
}

pub(super) fn read(bytes: &[u8], budget: &mut Budget<'_>) -> Result<Styles, Refusal> {
    let mut styles = Styles::default();
    let mut formats: BTreeMap<u16, NumberFormat> = BTreeMap::new();
    let mut is_cell_style = false;
    for (kind, data) in Records::new(bytes) {
        budget.step()?;
        match kind {
            kind::FORMAT => {
                if let Some((id, (code, _))) = u16_at(data, 0).zip(wide_text(data, 2)) {
                    formats.insert(id, NumberFormat::read(&code, budget)?);
                }
            }
            kind::FONT => styles.struck_fonts.push(u16_at(data, 2).is_some_and(|flags| flags & 8 != 0)),
            kind::CELL_XFS => is_cell_style = true,
            kind::CELL_XFS_END => is_cell_style = false,
            kind::XF if is_cell_style => {
                budget.hold(size_of::<CellStyle>() * 2)?;
                let id = u16_at(data, 2).unwrap_or(0);
                let format = formats.get(&id).cloned().unwrap_or_else(|| NumberFormat::built_in(u32::from(id)));
                let struck = styles.font_is_struck(usize::from(u16_at(data, 4).unwrap_or(0)));
                styles.cells.push(CellStyle { format, struck });
            }
            _ => {}
        }
    }
    Ok(styles)
}
