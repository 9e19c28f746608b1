//! What do all sheets of an Excel 97 workbook share: tabs, texts, styles?

use std::collections::BTreeMap;

use super::records::{Record, Records, kind};
use super::strings::{self, Writing};
use crate::workbooks::binary::{u8_at, u16_at, u32_at};
use crate::workbooks::builder::CellStyle;
use crate::workbooks::limits::Budget;
use crate::workbooks::number_format::NumberFormat;
use crate::workbooks::refusal::Refusal;
use crate::workbooks::rich_text::RichText;

/// The first part of the stream.
pub(super) struct Globals {
    pub(super) writing: Writing,
    pub(super) from_1904: bool,
    pub(super) strings: Vec<RichText>,
    pub(super) struck_fonts: Vec<bool>,
    pub(super) tabs: Vec<Tab>,
    styles: Vec<CellStyle>,
    plain: CellStyle,
}

/// A tab of the workbook.
pub(super) struct Tab {
    pub(super) name: String,
    pub(super) hidden: bool,
    /// Whether it is a worksheet, not a chart or a macro.
    pub(super) has_cells: bool,
    /// Where its records begin in the stream.
    pub(super) position: usize,
}

impl Globals {
    /// The style of an index; the plain one where the workbook has none.
    pub(super) fn style(&self, index: u16) -> &CellStyle {
        self.styles.get(usize::from(index)).unwrap_or(&self.plain)
    }
}

pub(super) fn read(stream: &[u8], budget: &mut Budget<'_>) -> Result<Globals, Refusal> {
    let mut globals = Globals {
        writing: Writing { is_unicode: true, code_page: strings::code_page(936) },
        from_1904: false,
        strings: Vec::new(),
        struck_fonts: Vec::new(),
        tabs: Vec::new(),
        styles: Vec::new(),
        plain: CellStyle::default(),
    };
    let mut formats: BTreeMap<u16, NumberFormat> = BTreeMap::new();
    let mut styles: Vec<(u16, u16)> = Vec::new();
    let mut shared: Vec<&[u8]> = Vec::new();
    for (index, record) in Records::new(stream).enumerate() {
        budget.step()?;
        let data = record.data();
        match record.kind {
            kind::BOF if index == 0 => globals.writing.is_unicode = is_unicode(data)?,
            _ if index == 0 => return Err(oldest_or_damaged(record.kind)),
            kind::FILE_PASS => return Err(Refusal::encrypted()),
            kind::CODE_PAGE => globals.writing.code_page = strings::code_page(u16_at(data, 0).unwrap_or(936)),
            kind::DATE_MODE => globals.from_1904 = u16_at(data, 0) == Some(1),
            kind::FONT => globals.struck_fonts.push(u16_at(data, 2).is_some_and(|flags| flags & 8 != 0)),
            kind::FORMAT => {
                let length_bytes = if globals.writing.is_unicode { 2 } else { 1 };
                let code = data.get(2..).and_then(|data| globals.writing.text(data, length_bytes));
                if let (Some(id), Some(code)) = (u16_at(data, 0), code) {
                    formats.insert(id, NumberFormat::read(&code, budget)?);
                }
            }
            kind::XF => styles.extend(u16_at(data, 0).zip(u16_at(data, 2))),
            kind::BOUND_SHEET => globals.tabs.extend(tab(&record, globals.writing)),
            kind::SHARED_STRINGS => shared = record.chunks,
            kind::EOF => break,
            _ => {}
        }
    }
    globals.strings = strings::shared(shared, &globals.struck_fonts, budget)?;
    globals.styles = styles
        .into_iter()
        .map(|(font, format)| CellStyle {
            format: formats.get(&format).cloned().unwrap_or_else(|| NumberFormat::built_in(u32::from(format))),
            struck: strings::is_struck(usize::from(font), &globals.struck_fonts),
        })
        .collect();
    Ok(globals)
}

fn is_unicode(bof: &[u8]) -> Result<bool, Refusal> {
    match u16_at(bof, 0) {
        // Some programs write other numbers below that of Excel 97.
        Some(1..0x0600) => Ok(false),
        Some(_) => Ok(true),
        None => Err(Refusal::damaged("工作簿主体不完整")),
    }
}

fn oldest_or_damaged(first: u16) -> Refusal {
    if matches!(first, 0x0009 | 0x0209 | 0x0409) {
        Refusal::other_format("Excel 4.0 或更早版本的表格")
    } else {
        Refusal::damaged("工作簿主体不完整")
    }
}

fn tab(record: &Record<'_>, writing: Writing) -> Option<Tab> {
    let data = record.data();
    let mut name = writing.text(data.get(6..)?, 1)?;
    name.retain(|c| c != '\0');
    Some(Tab {
        name,
        hidden: u8_at(data, 4)? & 3 != 0,
        has_cells: u8_at(data, 5)? == 0,
        position: usize::try_from(u32_at(data, 0)?).ok()?,
    })
}
