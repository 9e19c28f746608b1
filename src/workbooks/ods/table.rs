//! Which cells does a table of an Open Document spreadsheet hold?

use std::sync::Arc;

use quick_xml::events::BytesStart;

use super::styles::Styles;
use crate::location::{CellRef, MAX_COLUMNS, MAX_ROWS};
use crate::workbooks::builder::{CellStyle, SheetBuilder, is_blank, is_error_code};
use crate::workbooks::limits::Budget;
use crate::workbooks::number_format::NumberFormat;
use crate::workbooks::refusal::Refusal;
use crate::workbooks::rich_text::{RichText, removed_remark};
use crate::workbooks::serial_date;
use crate::workbooks::sheet::{Cell, Sheet, Value};
use crate::workbooks::xml::{Node, Xml, attribute, number};

/// A cell as the table holds it, before it is repeated.
struct RawCell {
    column: u32,
    repeated: u32,
    /// Value and shown text; `None` where the cell is blank.
    content: Option<Content>,
    comment: String,
    rows_spanned: u32,
    columns_spanned: u32,
}

#[derive(Clone)]
struct Content {
    value: Value,
    text: Arc<str>,
    unit: Option<Arc<str>>,
    formula: Option<String>,
    struck: bool,
    removed: Option<String>,
}

struct Reading<'a> {
    styles: &'a Styles,
    sheet: SheetBuilder,
    row: u32,
    column: u32,
    removed: Vec<(CellRef, String)>,
    pictures: usize,
}

/// Reads the table whose start was read last.
pub(super) fn read(
    xml: &mut Xml<'_>,
    name: &str,
    styles: &Styles,
    remarks: &mut Vec<String>,
    budget: &mut Budget<'_>,
) -> Result<Sheet, Refusal> {
    let mut reading =
        Reading { styles, sheet: SheetBuilder::new(name), row: 0, column: 0, removed: Vec::new(), pictures: 0 };
    let mut depth = 1;
    while depth > 0 {
        match xml.next(budget)? {
            Node::Start(start) => match start.name().as_ref() {
                "table:table-row" => reading.row(&start, xml, budget)?,
                "table:shapes" => reading.shapes(xml, budget)?,
                "table:named-expressions" | "office:forms" | "table:scenario" => xml.skip(budget)?,
                name => {
                    if name == "table:table-column" {
                        reading.columns(&start);
                    }
                    depth += 1;
                }
            },
            Node::End => depth -= 1,
            Node::Text(_) => {}
            Node::Eof => break,
        }
    }
    if reading.pictures > 0 {
        remarks.push(format!("工作表“{name}”有{}张图片或图表，其中的内容无法读取。", reading.pictures));
    }
    remarks.extend(removed_remark(name, &reading.removed));
    Ok(reading.sheet.finish(remarks))
}

fn repeated(start: &BytesStart<'_>, name: &str) -> u32 {
    number(start, name).unwrap_or(1).max(1)
}

fn is_hidden(start: &BytesStart<'_>) -> bool {
    attribute(start, "visibility").is_some_and(|visibility| visibility != "visible")
}

impl Reading<'_> {
    fn columns(&mut self, start: &BytesStart<'_>) {
        let after = self.column.saturating_add(repeated(start, "number-columns-repeated"));
        if is_hidden(start) {
            self.sheet.hide_columns(self.column, after - 1);
        }
        self.column = after;
    }

    fn row(&mut self, start: &BytesStart<'_>, xml: &mut Xml<'_>, budget: &mut Budget<'_>) -> Result<(), Refusal> {
        let times = repeated(start, "number-rows-repeated");
        let after = self.row.saturating_add(times);
        if is_hidden(start) {
            self.sheet.hide_rows(self.row, after - 1);
        }
        let mut cells = Vec::new();
        let (mut column, mut depth) = (0u32, 1);
        while depth > 0 {
            match xml.next(budget)? {
                Node::Start(start) => {
                    let name = start.name();
                    if matches!(name.as_ref(), "table:table-cell" | "table:covered-table-cell") {
                        let cell = self.cell(&start, column, xml, budget)?;
                        column = column.saturating_add(cell.repeated);
                        let has_span = cell.rows_spanned > 1 || cell.columns_spanned > 1;
                        if cell.content.is_some() || has_span || !cell.comment.is_empty() {
                            cells.push(cell);
                        }
                    } else {
                        depth += 1;
                    }
                }
                Node::End => depth -= 1,
                Node::Text(_) => {}
                Node::Eof => break,
            }
        }
        if !cells.is_empty() {
            for row in self.row..after {
                self.place(row, &cells, budget)?;
            }
        }
        self.row = after;
        Ok(())
    }

    fn place(&mut self, row: u32, cells: &[RawCell], budget: &mut Budget<'_>) -> Result<(), Refusal> {
        for cell in cells {
            for column in cell.column..cell.column.saturating_add(cell.repeated) {
                budget.step()?;
                let at = CellRef::new(row, column);
                if row >= MAX_ROWS || column >= MAX_COLUMNS {
                    return Err(Refusal::damaged("有单元格的位置超出工作表范围"));
                }
                self.sheet.comment(at, &cell.comment, budget)?;
                let last = CellRef::new(
                    row.saturating_add(cell.rows_spanned - 1).min(MAX_ROWS - 1),
                    column.saturating_add(cell.columns_spanned - 1).min(MAX_COLUMNS - 1),
                );
                self.sheet.merge(at, last, budget)?;
                let Some(content) = &cell.content else { continue };
                if let Some(removed) = &content.removed {
                    budget.text(removed.len())?;
                    self.removed.push((at, removed.clone()));
                }
                let cell = Cell {
                    formula: content.formula.clone(),
                    format_unit: content.unit.clone(),
                    struck: content.struck,
                    ..Cell::new(at, content.value.clone(), Arc::clone(&content.text))
                };
                self.sheet.push(cell, &CellStyle::default(), budget)?;
            }
        }
        Ok(())
    }

    fn cell(
        &mut self,
        start: &BytesStart<'_>,
        column: u32,
        xml: &mut Xml<'_>,
        budget: &mut Budget<'_>,
    ) -> Result<RawCell, Refusal> {
        let style = attribute(start, "style-name");
        let struck = style.as_deref().and_then(|style| self.styles.strikes(style)).unwrap_or(false);
        let mut text = CellText { cell_is_struck: struck, ..CellText::default() };
        text.read(xml, self.styles, budget)?;
        self.pictures += text.pictures;
        let number_style = style.as_deref().and_then(|style| self.styles.number_style(style));
        let seen = RichText::from_runs(&text.runs).seen(struck);
        let formula = attribute(start, "formula").map(|formula| plain_formula(&formula));
        let factor = number_style.map_or(1.0, |style| style.factor);
        // A formula whose result is an empty text keeps an empty paragraph and nothing else.
        let formula_state = match (formula.is_some(), text.paragraphs) {
            (false, _) => Formula::None,
            (true, 0) => Formula::WithoutResult,
            (true, _) => Formula::Calculated,
        };
        let content = value(start, &seen.text, formula_state, factor).map(|(value, shown)| Content {
            unit: number_style.filter(|_| matches!(value, Value::Number(_))).and_then(|style| style.unit.clone()),
            value,
            text: shown,
            formula,
            struck: seen.struck,
            removed: seen.removed,
        });
        Ok(RawCell {
            column,
            repeated: repeated(start, "number-columns-repeated"),
            content,
            comment: text.comment,
            rows_spanned: repeated(start, "number-rows-spanned"),
            columns_spanned: repeated(start, "number-columns-spanned"),
        })
    }

    fn shapes(&mut self, xml: &mut Xml<'_>, budget: &mut Budget<'_>) -> Result<(), Refusal> {
        let mut depth = 1;
        while depth > 0 {
            match xml.next(budget)? {
                Node::Start(start) => {
                    depth += 1;
                    self.pictures += usize::from(start.name().as_ref() == "draw:frame");
                }
                Node::End => depth -= 1,
                Node::Text(_) => {}
                Node::Eof => break,
            }
        }
        Ok(())
    }
}

/// The formula without its namespace and its equals sign.
fn plain_formula(formula: &str) -> String {
    let rest = formula.split_once(":=").filter(|(name, _)| name.len() <= 8).map_or(formula, |(_, rest)| rest);
    rest.strip_prefix('=').unwrap_or(rest).to_owned()
}

/// Whether a cell holds a formula, and what the file says of its result.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Formula {
    None,
    WithoutResult,
    Calculated,
}

/// The value of a cell and the text shown; `None` where the cell is blank.
fn value(start: &BytesStart<'_>, shown: &str, formula: Formula, factor: f64) -> Option<(Value, Arc<str>)> {
    let kinds: Vec<String> = start
        .attributes()
        .with_checks(false)
        .flatten()
        .filter(|attribute| attribute.key.local_name().as_ref() == "value-type")
        .map(|attribute| attribute.value.into_owned())
        .collect();
    let has_text = !is_blank(shown);
    if kinds.iter().any(|kind| kind == "error") || formula != Formula::None && is_error_code(shown) {
        return Some((Value::Error(shown.to_owned()), shown.into()));
    }
    let or_text = |text: &str| if has_text { shown.into() } else { text.into() };
    match kinds.first().map(String::as_str) {
        Some("float" | "percentage" | "currency") => {
            let number: f64 = number(start, "value")?;
            // LibreOffice stores truth values as numbers that show a word.
            if matches!(shown, "TRUE" | "FALSE") {
                return Some((Value::Boolean(shown == "TRUE"), shown.into()));
            }
            Some((Value::Number(number / factor), or_text(&NumberFormat::general().show(number).text)))
        }
        Some("date") => Some(date(&attribute(start, "date-value")?, shown)),
        Some("time") => Some(date(&attribute(start, "time-value")?, shown)),
        Some("boolean") => {
            let is_true = attribute(start, "boolean-value").is_some_and(|value| value.eq_ignore_ascii_case("true"));
            Some((Value::Boolean(is_true), or_text(if is_true { "TRUE" } else { "FALSE" })))
        }
        Some(_) => {
            let text: Arc<str> = if has_text { shown.into() } else { attribute(start, "string-value")?.into() };
            (!is_blank(&text)).then(|| (Value::Text(Arc::clone(&text)), text))
        }
        None if has_text => {
            let text: Arc<str> = shown.into();
            Some((Value::Text(Arc::clone(&text)), text))
        }
        None => (formula == Formula::WithoutResult).then(|| (Value::NotCalculated, Arc::default())),
    }
}

fn date(written: &str, shown: &str) -> (Value, Arc<str>) {
    let text: Arc<str> = if is_blank(shown) { written } else { shown }.into();
    match serial_date::parse_iso(written) {
        Some(serial) => (Value::Date(serial), text),
        None => (Value::Text(Arc::clone(&text)), text),
    }
}

/// The text of a cell, with what lies around it.
#[derive(Default)]
struct CellText {
    cell_is_struck: bool,
    runs: Vec<(String, Option<bool>)>,
    comment: String,
    pictures: usize,
    paragraphs: usize,
}

impl CellText {
    /// Reads up to the end of the cell whose start was read last.
    fn read(&mut self, xml: &mut Xml<'_>, styles: &Styles, budget: &mut Budget<'_>) -> Result<(), Refusal> {
        // Whether each open element strikes through, and how many open elements are paragraphs.
        let mut open: Vec<(Option<bool>, bool)> = vec![(None, false)];
        while !open.is_empty() {
            match xml.next(budget)? {
                Node::Start(start) => {
                    let mut struck = open.last().and_then(|element| element.0);
                    let mut is_paragraph = open.last().is_some_and(|element| element.1);
                    match start.name().as_ref() {
                        "office:annotation" => {
                            self.comment = annotation(xml, budget)?;
                            continue;
                        }
                        "draw:frame" | "draw:custom-shape" | "text:ruby-text" | "table:table" => {
                            self.pictures += usize::from(start.name().as_ref() == "draw:frame");
                            xml.skip(budget)?;
                            continue;
                        }
                        "text:p" | "text:h" => {
                            self.paragraphs += 1;
                            if self.paragraphs > 1 {
                                self.runs.push(("\n".to_owned(), struck));
                            }
                            is_paragraph = true;
                        }
                        "text:span" => {
                            let own = attribute(&start, "style-name").and_then(|style| styles.strikes(&style));
                            struck = own.or(struck).or(Some(self.cell_is_struck).filter(|struck| *struck));
                        }
                        "text:s" => {
                            let spaces = number::<usize>(&start, "c").unwrap_or(1).min(1000);
                            self.runs.push((" ".repeat(spaces), struck));
                        }
                        "text:tab" => self.runs.push(("\t".to_owned(), struck)),
                        "text:line-break" => self.runs.push(("\n".to_owned(), struck)),
                        _ => {}
                    }
                    open.push((struck, is_paragraph));
                }
                Node::End => {
                    open.pop();
                }
                // White space between paragraphs is layout of the file.
                Node::Text(text) => {
                    if let Some((struck, true)) = open.last() {
                        self.runs.push((text.into_owned(), *struck));
                    }
                }
                Node::Eof => break,
            }
        }
        Ok(())
    }
}

/// The paragraphs of a comment, without its author and its date.
fn annotation(xml: &mut Xml<'_>, budget: &mut Budget<'_>) -> Result<String, Refusal> {
    let mut paragraphs = Vec::new();
    let mut depth = 1;
    while depth > 0 {
        match xml.next(budget)? {
            Node::Start(start) if start.name().as_ref() == "text:p" => paragraphs.push(xml.text(budget)?),
            Node::Start(_) => depth += 1,
            Node::End => depth -= 1,
            Node::Text(_) => {}
            Node::Eof => break,
        }
    }
    Ok(paragraphs.join("\n"))
}
