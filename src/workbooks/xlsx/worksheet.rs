//! Which cells does a worksheet of an xlsx workbook hold?

use std::borrow::Cow;
use std::collections::BTreeMap;

use quick_xml::events::BytesStart;

use super::Shared;
use super::strings::{read_string, unescaped};
use crate::location::{CellRef, MAX_COLUMNS, MAX_ROWS};
use crate::workbooks::builder::{CellStyle, SheetBuilder};
use crate::workbooks::limits::Budget;
use crate::workbooks::refusal::Refusal;
use crate::workbooks::rich_text::{RichText, removed_remark};
use crate::workbooks::serial_date;
use crate::workbooks::xml::{Node, Xml, attribute, attributes, is_true, local_name, number, parsed, values};

/// Where the reader stands, and what it counts to remark on.
struct Reading<'a> {
    shared: &'a Shared,
    sheet: &'a mut SheetBuilder,
    /// Row and column of the next cell that does not say where it stands.
    next: CellRef,
    /// The row read last.
    row: Option<u32>,
    /// Formulas that further cells share, by their index.
    formulas: BTreeMap<u32, (CellRef, String)>,
    missing_strings: usize,
    removed: Vec<(CellRef, String)>,
    pictures_in_cells: usize,
}

/// A cell as the part holds it.
#[derive(Default)]
struct RawCell<'a> {
    kind: Cow<'a, str>,
    value: Option<Cow<'a, str>>,
    rich: Option<RichText>,
    formula: Option<String>,
}

pub(super) fn read(
    text: &str,
    shared: &Shared,
    sheet: &mut SheetBuilder,
    remarks: &mut Vec<String>,
    budget: &mut Budget<'_>,
) -> Result<(), Refusal> {
    sheet.make_room(text.len());
    let mut reading = Reading {
        shared,
        sheet,
        next: CellRef::new(0, 0),
        row: None,
        formulas: BTreeMap::new(),
        missing_strings: 0,
        removed: Vec::new(),
        pictures_in_cells: 0,
    };
    let mut xml = Xml::new(text);
    loop {
        match xml.next(budget)? {
            Node::Start(start) => match local_name(&start) {
                "row" => reading.row(&start)?,
                "c" => reading.cell(&start, &mut xml, budget)?,
                "col" if is_hidden(values(&start, ["hidden", "ht", "width"])) => {
                    if let (Some(first), Some(last)) = (number::<u32>(&start, "min"), number::<u32>(&start, "max")) {
                        reading.sheet.hide_columns(first.saturating_sub(1), last.saturating_sub(1));
                    }
                }
                "mergeCell" => reading.merge(&start, budget)?,
                _ => {}
            },
            Node::Eof => break,
            _ => {}
        }
    }
    reading.remark(remarks);
    Ok(())
}

/// A row or column is hidden by its flag, or by having no height or width at all.
fn is_hidden([flag, height, width]: [Option<Cow<'_, str>>; 3]) -> bool {
    let is_zero = |size: Option<Cow<'_, str>>| size.is_some_and(|size| parsed(&size) == Some(0.0));
    flag.is_some_and(|flag| is_true(&flag)) || is_zero(height) || is_zero(width)
}

impl Reading<'_> {
    fn row(&mut self, start: &BytesStart<'_>) -> Result<(), Refusal> {
        // A row without a number, or numbered zero, follows the one before.
        let [number, flag, height, width] = values(start, ["r", "hidden", "ht", "width"]);
        let written = number.and_then(|number| parsed::<u32>(&number)?.checked_sub(1));
        let row = written.unwrap_or_else(|| self.row.map_or(0, |row| row + 1));
        if row >= MAX_ROWS {
            return Err(Refusal::damaged("有行号超出工作表范围"));
        }
        self.next = CellRef::new(row, 0);
        self.row = Some(row);
        if is_hidden([flag, height, width]) {
            self.sheet.hide_rows(row, row);
        }
        Ok(())
    }

    fn cell(&mut self, start: &BytesStart<'_>, xml: &mut Xml<'_>, budget: &mut Budget<'_>) -> Result<(), Refusal> {
        let (mut place, mut style, mut kind) = (None, None, None);
        for (name, value) in attributes(start) {
            let told = match name {
                "r" => &mut place,
                "s" => &mut style,
                "t" => &mut kind,
                _ => continue,
            };
            told.get_or_insert(value);
            if place.is_some() && style.is_some() && kind.is_some() {
                break;
            }
        }
        let at = match place {
            Some(text) => CellRef::parse_a1(text.trim()),
            None => Some(self.next).filter(|at| at.column < MAX_COLUMNS),
        };
        let at = at.ok_or_else(|| Refusal::damaged("有单元格的位置超出工作表范围"))?;
        self.next = CellRef::new(at.row, at.column + 1);
        let shared = self.shared;
        let style = style.and_then(|style| parsed(&style)).unwrap_or(0);
        let style = shared.styles.get(style);
        let mut raw = RawCell { kind: kind.unwrap_or(Cow::Borrowed("n")), ..RawCell::default() };
        let mut depth = 1;
        while depth > 0 {
            match xml.next(budget)? {
                Node::Start(child) => match local_name(&child) {
                    "v" => raw.value = Some(xml.text(budget)?),
                    "is" => raw.rich = Some(read_string(xml, &mut Vec::new(), budget)?),
                    "f" => raw.formula = Some(self.formula(&child, at, xml, budget)?),
                    _ => depth += 1,
                },
                Node::End => depth -= 1,
                Node::Text(_) => {}
                Node::Eof => break,
            }
        }
        self.place(at, raw, style, budget)
    }

    /// The formula whose start was read last; a shared one is moved to this cell.
    fn formula(
        &mut self,
        start: &BytesStart<'_>,
        at: CellRef,
        xml: &mut Xml<'_>,
        budget: &mut Budget<'_>,
    ) -> Result<String, Refusal> {
        let index = attribute(start, "t").filter(|kind| kind == "shared").and_then(|_| number::<u32>(start, "si"));
        let text = xml.text(budget)?.into_owned();
        let Some(index) = index else { return Ok(text) };
        if !text.is_empty() {
            self.formulas.insert(index, (at, text.clone()));
            return Ok(text);
        }
        let Some((first, shared)) = self.formulas.get(&index) else { return Ok(text) };
        let moved = calamine::expand_shared_formula(shared, (first.row, first.column), (at.row, at.column));
        Ok(moved.unwrap_or_else(|_| shared.clone()))
    }

    fn place(
        &mut self,
        at: CellRef,
        raw: RawCell<'_>,
        style: &CellStyle,
        budget: &mut Budget<'_>,
    ) -> Result<(), Refusal> {
        let before = self.sheet.len();
        let value = raw.value.as_deref().unwrap_or_default();
        if raw.formula.as_deref().is_some_and(|formula| formula.contains("DISPIMG(")) {
            self.pictures_in_cells += 1;
        }
        if let Some(rich) = &raw.rich {
            self.rich(at, rich, style, budget)?;
        } else {
            match &*raw.kind {
                // A formula may well have an empty text as its result; without any result it was never calculated.
                _ if raw.formula.is_some() && (raw.value.is_none() || value.is_empty() && raw.kind != "str") => {
                    return self.sheet.not_calculated(at, raw.formula, style, budget);
                }
                _ if value.is_empty() => {}
                "s" => self.shared_string(at, value, style, budget)?,
                "b" => self.sheet.boolean(at, matches!(value.trim(), "1" | "true"), style, budget)?,
                "e" => self.sheet.error(at, value.trim(), style, budget)?,
                "d" => self.iso_date(at, value.trim(), style, budget)?,
                "str" | "inlineStr" => self.sheet.text(at, unescaped(Cow::Borrowed(value)), style, budget)?,
                _ => match parsed::<f64>(value) {
                    Some(number) => self.sheet.written_number(at, value, number, style, budget)?,
                    None => self.sheet.text(at, value, style, budget)?,
                },
            }
        }
        if self.sheet.len() > before
            && let (Some(cell), Some(formula)) = (self.sheet.last(), raw.formula)
        {
            budget.text(formula.len())?;
            cell.formula = Some(formula);
        }
        Ok(())
    }

    fn shared_string(
        &mut self,
        at: CellRef,
        index: &str,
        style: &CellStyle,
        budget: &mut Budget<'_>,
    ) -> Result<(), Refusal> {
        let shared = self.shared;
        if let Some(string) = parsed::<usize>(index).and_then(|index| shared.strings.get(index)) {
            return self.rich(at, string, style, budget);
        }
        self.missing_strings += 1;
        Ok(())
    }

    fn rich(
        &mut self,
        at: CellRef,
        string: &RichText,
        style: &CellStyle,
        budget: &mut Budget<'_>,
    ) -> Result<(), Refusal> {
        let (sheet, removed) = (&mut *self.sheet, &mut self.removed);
        sheet.rich_text(at, string, style, removed, budget)
    }

    fn iso_date(
        &mut self,
        at: CellRef,
        value: &str,
        style: &CellStyle,
        budget: &mut Budget<'_>,
    ) -> Result<(), Refusal> {
        let Some(serial) = serial_date::parse_iso(value) else { return self.sheet.text(at, value, style, budget) };
        // What is written in full needs no epoch.
        let from_1904 = std::mem::take(&mut self.sheet.from_1904);
        let outcome = self.sheet.number(at, serial, &serial_date::dated(style, serial), budget);
        self.sheet.from_1904 = from_1904;
        outcome
    }

    fn merge(&mut self, start: &BytesStart<'_>, budget: &mut Budget<'_>) -> Result<(), Refusal> {
        let Some(reference) = attribute(start, "ref") else { return Ok(()) };
        let corners =
            reference.split_once(':').map(|(first, last)| (CellRef::parse_a1(first), CellRef::parse_a1(last)));
        match corners {
            Some((Some(first), Some(last))) => self.sheet.merge(first, last, budget),
            _ => Ok(()),
        }
    }

    fn remark(self, remarks: &mut Vec<String>) {
        let name = &self.sheet.name;
        if self.missing_strings > 0 {
            let count = self.missing_strings;
            remarks.push(format!("工作表“{name}”有{count}个单元格的文字在文件中缺失，按空白读取。"));
        }
        if self.pictures_in_cells > 0 {
            let count = self.pictures_in_cells;
            remarks.push(format!("工作表“{name}”有{count}个单元格嵌入了图片，图片中的内容无法读取。"));
        }
        remarks.extend(removed_remark(name, &self.removed));
    }
}
