//! Which comments, pictures and text boxes lie on a worksheet of an Excel 97 workbook?

use std::collections::BTreeMap;

use super::records::{Record, kind};
use super::strings::{self, Writing};
use crate::location::CellRef;
use crate::workbooks::binary::u16_at;
use crate::workbooks::builder::SheetBuilder;
use crate::workbooks::limits::Budget;
use crate::workbooks::refusal::Refusal;

const OBJECT_CHART: u16 = 5;
const OBJECT_TEXT_BOX: u16 = 6;
const OBJECT_PICTURE: u16 = 8;
const OBJECT_NOTE: u16 = 25;

/// The objects of a sheet. A comment is in three records: its place (NOTE), its box (OBJ), its text (TXO).
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// Kind and number of the object that the next text belongs to.
    object: Option<(u16, u16)>,
    /// Texts of comment boxes by the number of their object.
    texts: BTreeMap<u16, String>,
    places: Vec<(CellRef, u16)>,
    /// Comments of old workbooks, whose text stands with the place.
    written: Vec<(CellRef, String)>,
    boxes: Vec<String>,
    pictures: usize,
    charts: usize,
}

impl Notes {
    /// Takes what a record says of objects.
    pub(super) fn look(&mut self, record: &Record<'_>, writing: Writing) {
        let data = record.data();
        match record.kind {
            kind::NOTE => self.note(data, writing),
            kind::OBJECT => {
                // The first part of an object tells its kind and its number.
                let is_described = writing.is_unicode && u16_at(data, 0) == Some(0x15);
                let old = (4, 8);
                let (kind_at, number_at) = if is_described { (4, 6) } else { old };
                self.object = u16_at(data, kind_at).zip(u16_at(data, number_at));
                match self.object.map(|object| object.0) {
                    Some(OBJECT_PICTURE) => self.pictures += 1,
                    Some(OBJECT_CHART) => self.charts += 1,
                    _ => {}
                }
            }
            kind::TEXT_OBJECT if writing.is_unicode => {
                let count = usize::from(u16_at(data, 10).unwrap_or(0));
                let text = record.chunks.get(1..).and_then(|chunks| strings::object_text(chunks, count));
                let text = text.unwrap_or_default();
                match self.object.take() {
                    Some((OBJECT_NOTE, number)) => {
                        self.texts.insert(number, text);
                    }
                    Some((OBJECT_TEXT_BOX, _)) if !text.trim().is_empty() => self.boxes.push(text),
                    _ => {}
                }
            }
            _ => {}
        }
    }

    fn note(&mut self, data: &[u8], writing: Writing) {
        let (Some(row), Some(column)) = (u16_at(data, 0), u16_at(data, 2)) else { return };
        let at = CellRef::new(u32::from(row), u32::from(column));
        if writing.is_unicode {
            self.places.extend(u16_at(data, 6).map(|number| (at, number)));
            return;
        }
        let text = writing.code_page.decode_without_bom_handling(data.get(6..).unwrap_or_default()).0.into_owned();
        match self.written.last_mut() {
            // A long comment goes on in records that name no row.
            Some(last) if row == u16::MAX => last.1.push_str(&text),
            _ => self.written.push((at, text)),
        }
    }

    /// Gives the comments to the sheet and names the rest in remarks.
    pub(super) fn finish(
        self,
        name: &str,
        sheet: &mut SheetBuilder,
        remarks: &mut Vec<String>,
        budget: &mut Budget<'_>,
    ) -> Result<(), Refusal> {
        for (at, number) in &self.places {
            if let Some(text) = self.texts.get(number) {
                sheet.comment(*at, text, budget)?;
            }
        }
        for (at, text) in &self.written {
            sheet.comment(*at, text, budget)?;
        }
        if self.pictures > 0 {
            remarks.push(format!("工作表“{name}”有{}张图片或嵌入的文件，其中的内容无法读取。", self.pictures));
        }
        if self.charts > 0 {
            remarks.push(format!("工作表“{name}”有{}个图表，没有读取。", self.charts));
        }
        for text in self.boxes {
            budget.text(text.len())?;
            remarks.push(format!("工作表“{name}”有文本框，其中的文字未列入记录：{}", text.trim()));
        }
        Ok(())
    }
}
