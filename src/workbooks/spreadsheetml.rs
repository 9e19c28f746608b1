//! What does an Excel 2003 XML workbook hold, which often hides behind `.xls`?

use std::collections::BTreeMap;

use quick_xml::events::BytesStart;

use super::builder::{CellStyle, SheetBuilder};
use super::limits::Budget;
use super::number_format::NumberFormat;
use super::refusal::Refusal;
use super::rich_text::{RichText, removed_remark};
use super::serial_date;
use super::sheet::{Format, Workbook};
use super::xml::{Node, Xml, attribute, is_set, local_name, number};
use crate::location::{CellRef, MAX_COLUMNS, MAX_ROWS};

/// The namespace that tells such a workbook from other XML.
pub(super) const NAMESPACE: &str = "urn:schemas-microsoft-com:office:spreadsheet";

#[derive(Default)]
struct Reading {
    styles: BTreeMap<String, CellStyle>,
    plain: CellStyle,
    workbook: Workbook,
}

pub(super) fn read(text: &str, budget: &mut Budget<'_>) -> Result<Workbook, Refusal> {
    let mut xml = Xml::new(text);
    let mut reading = Reading::default();
    reading.workbook.format = Format::SpreadsheetMl;
    loop {
        match xml.next(budget)? {
            Node::Start(start) => match local_name(&start) {
                "Style" => reading.style(&start, &mut xml, budget)?,
                "Worksheet" => {
                    budget.sheets(reading.workbook.sheets.len() + 1)?;
                    reading.worksheet(&start, &mut xml, budget)?;
                }
                _ => {}
            },
            Node::Eof => break,
            _ => {}
        }
    }
    if reading.workbook.sheets.is_empty() {
        return Err(Refusal::damaged("其中没有工作表"));
    }
    Ok(reading.workbook)
}

/// Where the next row and cell go, and the sheet so far.
struct Grid {
    sheet: SheetBuilder,
    row: u32,
    column: u32,
    style_column: u32,
    row_style: Option<String>,
    /// Last column and style of the columns that have one, by the first.
    column_styles: BTreeMap<u32, (u32, String)>,
    removed: Vec<(CellRef, String)>,
}

/// A one-based index in an attribute, as a zero-based one.
fn index(start: &BytesStart<'_>, most: u32) -> Result<Option<u32>, Refusal> {
    match number::<u32>(start, "Index") {
        Some(index) if (1..=most).contains(&index) => Ok(Some(index - 1)),
        Some(_) => Err(Refusal::damaged("有单元格的位置超出工作表范围")),
        None => Ok(None),
    }
}

impl Reading {
    fn style(&mut self, start: &BytesStart<'_>, xml: &mut Xml<'_>, budget: &mut Budget<'_>) -> Result<(), Refusal> {
        let id = attribute(start, "ID").unwrap_or_default().into_owned();
        let parent = attribute(start, "Parent").and_then(|parent| self.styles.get(parent.as_ref()));
        let mut style = parent.cloned().unwrap_or_default();
        budget.hold(size_of::<CellStyle>() * 2 + id.len())?;
        let mut depth = 1;
        while depth > 0 {
            match xml.next(budget)? {
                Node::Start(child) => {
                    depth += 1;
                    match local_name(&child) {
                        "NumberFormat" => {
                            if let Some(format) = attribute(&child, "Format") {
                                style.format = NumberFormat::read(code_of(&format), budget)?;
                            }
                        }
                        "Font" => style.struck = is_set(&child, "StrikeThrough"),
                        _ => {}
                    }
                }
                Node::End => depth -= 1,
                Node::Text(_) => {}
                Node::Eof => break,
            }
        }
        if id == "Default" {
            self.plain = style.clone();
        }
        self.styles.insert(id, style);
        Ok(())
    }

    fn worksheet(&mut self, start: &BytesStart<'_>, xml: &mut Xml<'_>, budget: &mut Budget<'_>) -> Result<(), Refusal> {
        let name = attribute(start, "Name").unwrap_or_default().into_owned();
        let mut grid = Grid {
            sheet: SheetBuilder::new(name),
            row: 0,
            column: 0,
            style_column: 0,
            row_style: None,
            column_styles: BTreeMap::new(),
            removed: Vec::new(),
        };
        let mut depth = 1;
        while depth > 0 {
            match xml.next(budget)? {
                Node::Start(child) => {
                    match local_name(&child) {
                        "Column" => grid.column(&child)?,
                        "Row" => {
                            self.row(&child, &mut grid, xml, budget)?;
                            continue;
                        }
                        "Visible" => {
                            grid.sheet.hidden = xml.text(budget)?.trim() != "SheetVisible";
                            continue;
                        }
                        _ => {}
                    }
                    depth += 1;
                }
                Node::End => depth -= 1,
                Node::Text(_) => {}
                Node::Eof => break,
            }
        }
        let remarks = &mut self.workbook.remarks;
        remarks.extend(removed_remark(&grid.sheet.name, &grid.removed));
        self.workbook.sheets.push(grid.sheet.finish(remarks));
        Ok(())
    }

    fn row(
        &self,
        start: &BytesStart<'_>,
        grid: &mut Grid,
        xml: &mut Xml<'_>,
        budget: &mut Budget<'_>,
    ) -> Result<(), Refusal> {
        grid.row = index(start, MAX_ROWS)?.unwrap_or(grid.row);
        let span = number::<u32>(start, "Span").unwrap_or(0);
        let last = grid.row.saturating_add(span);
        if is_set(start, "Hidden") {
            grid.sheet.hide_rows(grid.row, last);
        }
        grid.column = 0;
        grid.row_style = attribute(start, "StyleID").map(std::borrow::Cow::into_owned);
        let mut depth = 1;
        while depth > 0 {
            match xml.next(budget)? {
                Node::Start(child) if local_name(&child) == "Cell" => self.cell(&child, grid, xml, budget)?,
                Node::Start(_) => depth += 1,
                Node::End => depth -= 1,
                Node::Text(_) => {}
                Node::Eof => break,
            }
        }
        grid.row = last.saturating_add(1);
        Ok(())
    }

    fn cell(
        &self,
        start: &BytesStart<'_>,
        grid: &mut Grid,
        xml: &mut Xml<'_>,
        budget: &mut Budget<'_>,
    ) -> Result<(), Refusal> {
        let column = index(start, MAX_COLUMNS)?.unwrap_or(grid.column);
        let at = CellRef::new(grid.row, column);
        let across = number::<u32>(start, "MergeAcross").unwrap_or(0).min(MAX_COLUMNS);
        let down = number::<u32>(start, "MergeDown").unwrap_or(0).min(MAX_ROWS);
        grid.column = column.saturating_add(across).saturating_add(1);
        let last = CellRef::new(at.row.saturating_add(down), column.saturating_add(across));
        grid.sheet.merge(at, last, budget)?;
        let own = attribute(start, "StyleID").map(std::borrow::Cow::into_owned);
        let of_column = || grid.style_of_column(column);
        let id = own.or_else(|| grid.row_style.clone()).or_else(of_column);
        let style = id.and_then(|id| self.styles.get(&id)).unwrap_or(&self.plain);
        let formula = attribute(start, "Formula").map(|formula| formula.trim_start_matches('=').to_owned());
        let before = grid.sheet.len();
        let mut has_data = false;
        // A comment holds data of its own.
        let (mut depth, mut comment_depth) = (1, None);
        while depth > 0 {
            match xml.next(budget)? {
                Node::Start(child) => match local_name(&child) {
                    "Data" if comment_depth.is_none() => {
                        has_data = true;
                        let kind = attribute(&child, "Type").unwrap_or_default().into_owned();
                        let text = data(xml, budget)?;
                        grid.place(at, &kind, &text, style, budget)?;
                    }
                    "Data" => {
                        let text = xml.text(budget)?;
                        grid.sheet.comment(at, &text, budget)?;
                    }
                    name => {
                        depth += 1;
                        if name == "Comment" {
                            comment_depth = Some(depth);
                        }
                    }
                },
                Node::End => {
                    if comment_depth == Some(depth) {
                        comment_depth = None;
                    }
                    depth -= 1;
                }
                Node::Text(_) => {}
                Node::Eof => break,
            }
        }
        match formula {
            Some(_) if !has_data => grid.sheet.not_calculated(at, formula, style, budget),
            Some(formula) if grid.sheet.len() > before => {
                budget.text(formula.len())?;
                if let Some(cell) = grid.sheet.last() {
                    cell.formula = Some(formula);
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

impl Grid {
    fn column(&mut self, start: &BytesStart<'_>) -> Result<(), Refusal> {
        let first = index(start, MAX_COLUMNS)?.unwrap_or(self.style_column);
        let last = first.saturating_add(number::<u32>(start, "Span").unwrap_or(0));
        if is_set(start, "Hidden") {
            self.sheet.hide_columns(first, last);
        }
        if let Some(style) = attribute(start, "StyleID") {
            self.column_styles.insert(first, (last, style.into_owned()));
        }
        self.style_column = last.saturating_add(1);
        Ok(())
    }

    fn style_of_column(&self, column: u32) -> Option<String> {
        let (_, (last, style)) = self.column_styles.range(..=column).next_back()?;
        (column <= *last).then(|| style.clone())
    }

    fn place(
        &mut self,
        at: CellRef,
        kind: &str,
        text: &RichText,
        style: &CellStyle,
        budget: &mut Budget<'_>,
    ) -> Result<(), Refusal> {
        let plain = text.seen(false).text;
        let written = plain.trim();
        match kind {
            "Number" => {
                if let Ok(number) = written.parse::<f64>() {
                    return self.sheet.number(at, number, style, budget);
                }
            }
            "DateTime" => {
                if let Some(serial) = serial_date::parse_iso(written) {
                    return self.sheet.number(at, serial, &serial_date::dated(style, serial), budget);
                }
            }
            "Boolean" => return self.sheet.boolean(at, matches!(written, "1" | "true"), style, budget),
            "Error" => return self.sheet.error(at, written, style, budget),
            _ => {}
        }
        self.sheet.rich_text(at, text, style, &mut self.removed, budget)
    }
}

/// The text of a `Data` element whose start was read last; `<S>` strikes through.
fn data(xml: &mut Xml<'_>, budget: &mut Budget<'_>) -> Result<RichText, Refusal> {
    let mut runs = Vec::new();
    let mut open = vec![None];
    while let Some(struck) = open.last().copied() {
        match xml.next(budget)? {
            Node::Start(start) => open.push(if local_name(&start) == "S" { Some(true) } else { struck }),
            Node::End => {
                open.pop();
            }
            Node::Text(text) => runs.push((text.into_owned(), struck)),
            Node::Eof => break,
        }
    }
    Ok(RichText::from_runs(&runs))
}

/// The code of a format that is given by its English name.
fn code_of(name: &str) -> &str {
    match name {
        "General Date" => "yyyy/m/d h:mm",
        "Long Date" => "yyyy\"年\"m\"月\"d\"日\"",
        "Medium Date" => "d-mmm-yy",
        "Short Date" => "yyyy/m/d",
        "Long Time" => "h:mm:ss AM/PM",
        "Medium Time" => "h:mm AM/PM",
        "Short Time" => "h:mm",
        "Currency" | "Euro Currency" => "\"¥\"#,##0.00",
        "Fixed" => "0.00",
        "Standard" => "#,##0.00",
        "Percent" => "0.00%",
        "Scientific" => "0.00E+00",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbooks::{Limits, Sheet, Value};

    fn sheets(worksheets: &str) -> Vec<Sheet> {
        let text = format!(
            "<?xml version=\"1.0\"?><ss:Workbook xmlns:ss=\"{NAMESPACE}\"><ss:Styles>\
             <ss:Style ss:ID=\"p\"><ss:NumberFormat ss:Format=\"Percent\"/></ss:Style>\
             <ss:Style ss:ID=\"s\" ss:Parent=\"p\"><ss:Font ss:StrikeThrough=\"1\"/></ss:Style></ss:Styles>\
             {worksheets}</ss:Workbook>"
        );
        let limits = Limits::default();
        read(&text, &mut Budget::new(&limits)).unwrap().sheets
    }

    #[test]
    fn rows_and_cells_count_on_from_their_indices() {
        let sheets = sheets(
            "<ss:Worksheet ss:Name=\"填报表\"><ss:Table><ss:Column ss:Index=\"3\" ss:Hidden=\"1\"/>\
             <ss:Row><ss:Cell ss:MergeAcross=\"1\" ss:MergeDown=\"1\"><ss:Data ss:Type=\"String\">序号</ss:Data></ss:Cell>\
             <ss:Cell><ss:Data ss:Type=\"String\">进展</ss:Data></ss:Cell></ss:Row>\
             <ss:Row ss:Index=\"5\" ss:Hidden=\"1\"><ss:Cell ss:Index=\"2\" ss:StyleID=\"s\"><ss:Data ss:Type=\"Number\">0.753</ss:Data>\
             <ss:Comment><ss:Data>待核</ss:Data></ss:Comment></ss:Cell>\
             <ss:Cell ss:Formula=\"=R[1]C\"/></ss:Row></ss:Table>\
             <WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></ss:Worksheet>",
        );
        let sheet = &sheets[0];
        let shown: Vec<String> = sheet.cells().iter().map(|cell| format!("{}={}", cell.at, cell.text)).collect();
        assert_eq!(shown, ["A1=序号", "C1=进展", "B5=75.30%", "C5="]);
        assert_eq!(sheet.merged[0].a1(), "A1:B2");
        assert!(sheet.hidden && sheet.hidden_rows.contains(&4) && sheet.hidden_columns.contains(&2));
        let cell = &sheet.cells()[2];
        assert!(cell.struck);
        assert_eq!(cell.comment.as_deref(), Some("待核"));
        assert_eq!(sheet.cells()[3].value, Value::NotCalculated);
    }

    #[test]
    fn a_cell_without_a_style_takes_that_of_its_row_then_of_its_column() {
        let sheets = sheets(
            "<ss:Worksheet ss:Name=\"a\"><ss:Table><ss:Column ss:Index=\"2\" ss:Span=\"1\" ss:StyleID=\"p\"/>\
             <ss:Row><ss:Cell ss:Index=\"3\"><ss:Data ss:Type=\"Number\">0.5</ss:Data></ss:Cell>\
             <ss:Cell><ss:Data ss:Type=\"Number\">0.5</ss:Data></ss:Cell></ss:Row>\
             <ss:Row ss:StyleID=\"s\"><ss:Cell><ss:Data ss:Type=\"Number\">0.5</ss:Data></ss:Cell></ss:Row>\
             </ss:Table></ss:Worksheet>",
        );
        let shown: Vec<(&str, bool)> = sheets[0].cells().iter().map(|cell| (&*cell.text, cell.struck)).collect();
        assert_eq!(shown, [("50.00%", false), ("0.5", false), ("50.00%", true)]);
    }

    #[test]
    fn thousands_of_columns_may_have_styles_of_their_own() {
        let columns: String = (1..=5000).map(|_| "<ss:Column ss:StyleID=\"p\"/>").collect();
        let sheets = sheets(&format!(
            "<ss:Worksheet ss:Name=\"a\"><ss:Table>{columns}<ss:Row>\
             <ss:Cell ss:Index=\"4999\"><ss:Data ss:Type=\"Number\">0.5</ss:Data></ss:Cell></ss:Row>\
             </ss:Table></ss:Worksheet>"
        ));
        assert_eq!(&*sheets[0].cells()[0].text, "50.00%");
    }

    #[test]
    fn dates_booleans_errors_and_struck_runs_are_read() {
        let sheets = sheets(
            "<ss:Worksheet ss:Name=\"a\"><ss:Table><ss:Row>\
             <ss:Cell><ss:Data ss:Type=\"DateTime\">2024-03-31T00:00:00.000</ss:Data></ss:Cell>\
             <ss:Cell><ss:Data ss:Type=\"Boolean\">1</ss:Data></ss:Cell>\
             <ss:Cell><ss:Data ss:Type=\"Error\">#N/A</ss:Data></ss:Cell>\
             <ss:Cell><ss:Data ss:Type=\"String\"><S>50</S><B>60</B></ss:Data></ss:Cell></ss:Row></ss:Table></ss:Worksheet>",
        );
        let values: Vec<Value> = sheets[0].cells().iter().map(|cell| cell.value.clone()).collect();
        assert_eq!(
            values,
            [Value::Date(45_382.0), Value::Boolean(true), Value::Error("#N/A".to_owned()), Value::Text("60".into())]
        );
    }
}
