//! What do the formats hold that calamine reads?

use std::io::Cursor;

use calamine::{Data, DataRef, Dimensions, Range, Reader, SheetType, SheetVisible, Style, Xls, Xlsb, Xlsx};

use super::delimited::is_blank;
use super::limits::Budget;
use super::number_format::NumberFormat;
use super::refusal::Refusal;
use super::serial_date;
use super::sheet::{Cell, Format, Sheet, Value, Workbook};
use crate::location::{CellRef, MAX_COLUMNS, MAX_ROWS, Region};

pub(super) fn read_xlsx(bytes: &[u8], budget: &mut Budget<'_>) -> Result<Workbook, Refusal> {
    let mut library = Xlsx::new(Cursor::new(bytes)).map_err(Refusal::damaged)?;
    let mut workbook = Workbook { format: Format::Xlsx, ..Workbook::default() };
    let tabs = tabs(&library);
    budget.sheets(tabs.len())?;
    for tab in tabs {
        let merged = library.merge_cells_by_sheet_name(&tab.name).map_err(Refusal::damaged)?;
        let mut reader = library.worksheet_cells_reader(&tab.name).map_err(Refusal::damaged)?;
        let styles: Vec<(NumberFormat, bool)> = reader.styles().iter().map(style).collect();
        let mut cells = Vec::new();
        while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(Refusal::damaged)? {
            let position = cell.get_position();
            let style = styles.get(style);
            if let Some(mut cell) = model_cell(position, cell.get_value(), style.map(|style| &style.0), budget)? {
                cell.struck = style.is_some_and(|style| style.1);
                cells.push(cell);
            }
        }
        let mut sheet = Sheet::new(&tab.name, cells);
        sheet.hidden = tab.hidden;
        sheet.merged = merged.iter().filter_map(region).collect();
        workbook.sheets.push(sheet);
    }
    Ok(workbook)
}

pub(super) fn read_xlsb(bytes: &[u8], budget: &mut Budget<'_>) -> Result<Workbook, Refusal> {
    let mut library = Xlsb::new(Cursor::new(bytes)).map_err(Refusal::damaged)?;
    let mut workbook = Workbook { format: Format::Xlsb, ..Workbook::default() };
    let tabs = tabs(&library);
    budget.sheets(tabs.len())?;
    for tab in tabs {
        let mut reader = library.worksheet_cells_reader(&tab.name).map_err(Refusal::damaged)?;
        let mut cells = Vec::new();
        while let Some(cell) = reader.next_cell().map_err(Refusal::damaged)? {
            cells.extend(model_cell(cell.get_position(), cell.get_value(), None, budget)?);
        }
        let mut sheet = Sheet::new(&tab.name, cells);
        sheet.hidden = tab.hidden;
        workbook.sheets.push(sheet);
    }
    Ok(workbook)
}

pub(super) fn read_xls(bytes: &[u8], budget: &mut Budget<'_>) -> Result<Workbook, Refusal> {
    let mut library: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(Refusal::damaged)?;
    let mut workbook = Workbook { format: Format::Xls, ..Workbook::default() };
    let tabs = tabs(&library);
    budget.sheets(tabs.len())?;
    for tab in tabs {
        let range = library.worksheet_range(&tab.name).map_err(Refusal::damaged)?;
        let mut sheet = Sheet::new(&tab.name, range_cells(&range, budget)?);
        sheet.hidden = tab.hidden;
        let merged = library.merge_cells_by_sheet_name(&tab.name).map_err(Refusal::damaged)?;
        sheet.merged = merged.iter().filter_map(region).collect();
        workbook.sheets.push(sheet);
    }
    Ok(workbook)
}

pub(super) fn read_ods(bytes: &[u8], budget: &mut Budget<'_>) -> Result<Workbook, Refusal> {
    let mut library: calamine::Ods<_> = calamine::Ods::new(Cursor::new(bytes)).map_err(Refusal::damaged)?;
    let mut workbook = Workbook { format: Format::Ods, ..Workbook::default() };
    let tabs = tabs(&library);
    budget.sheets(tabs.len())?;
    for tab in tabs {
        let range = library.worksheet_range(&tab.name).map_err(Refusal::damaged)?;
        let mut sheet = Sheet::new(&tab.name, range_cells(&range, budget)?);
        sheet.hidden = tab.hidden;
        workbook.sheets.push(sheet);
    }
    Ok(workbook)
}

struct Tab {
    name: String,
    hidden: bool,
}

fn tabs<R: Reader<Cursor<S>>, S: AsRef<[u8]>>(library: &R) -> Vec<Tab>
where
    Cursor<S>: std::io::Read + std::io::Seek,
{
    let sheets = library.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    sheets.map(|sheet| Tab { name: sheet.name.clone(), hidden: sheet.visible != SheetVisible::Visible }).collect()
}

fn style(style: &Style) -> (NumberFormat, bool) {
    let format = style.number_format.as_ref().map_or_else(NumberFormat::general, |format| match format.format_id {
        Some(id) if id < 60 => NumberFormat::built_in(id),
        _ => NumberFormat::parse(&format.format_code),
    });
    (format, style.font.as_ref().is_some_and(calamine::Font::has_strikethrough))
}

fn region(dimensions: &Dimensions) -> Option<Region> {
    let ((top, left), (bottom, right)) = (dimensions.start, dimensions.end);
    let inside = top <= bottom && left <= right && bottom < MAX_ROWS && right < MAX_COLUMNS;
    (inside && dimensions.start != dimensions.end)
        .then(|| Region::new(CellRef::new(top, left), CellRef::new(bottom, right)))
}

fn range_cells(range: &Range<Data>, budget: &mut Budget<'_>) -> Result<Vec<Cell>, Refusal> {
    let (top, left) = range.start().unwrap_or_default();
    let mut cells = Vec::new();
    for (row, column, value) in range.used_cells() {
        let row = u32::try_from(row).ok().and_then(|row| row.checked_add(top)).unwrap_or(u32::MAX);
        let column = u32::try_from(column).ok().and_then(|column| column.checked_add(left)).unwrap_or(u32::MAX);
        cells.extend(model_cell((row, column), &DataRef::from_owned(value), None, budget)?);
    }
    Ok(cells)
}

trait FromOwned<'a> {
    fn from_owned(value: &'a Data) -> DataRef<'a>;
}

impl<'a> FromOwned<'a> for DataRef<'a> {
    fn from_owned(value: &'a Data) -> DataRef<'a> {
        match value {
            Data::Int(number) => DataRef::Int(*number),
            Data::Float(number) => DataRef::Float(*number),
            Data::String(text) => DataRef::SharedString(text),
            Data::Bool(value) => DataRef::Bool(*value),
            Data::DateTime(moment) => DataRef::DateTime(*moment),
            Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
            Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
            Data::Error(error) => DataRef::Error(error.clone()),
            Data::Empty => DataRef::Empty,
        }
    }
}

fn model_cell(
    (row, column): (u32, u32),
    value: &DataRef<'_>,
    format: Option<&NumberFormat>,
    budget: &mut Budget<'_>,
) -> Result<Option<Cell>, Refusal> {
    if row >= MAX_ROWS || column >= MAX_COLUMNS {
        return Err(Refusal::damaged("单元格位置超出工作表"));
    }
    let at = CellRef::new(row, column);
    let general = NumberFormat::general();
    let format = format.unwrap_or(&general);
    let number = |number: f64| {
        let shown = format.show(number);
        let value = if format.is_date() && serial_date::is_date(number) {
            Value::Date(number)
        } else {
            Value::Number(shown.number)
        };
        Cell { format_unit: shown.unit, ..Cell::new(at, value, shown.text) }
    };
    let cell = match value {
        DataRef::Empty => return Ok(None),
        DataRef::String(text) => Cell::new(at, Value::Text(text.clone()), format.show_text(text)),
        DataRef::SharedString(text) => Cell::new(at, Value::Text((*text).to_owned()), format.show_text(text)),
        #[expect(clippy::cast_precision_loss, reason = "xls and xlsb store integers of 30 bits")]
        DataRef::Int(value) => number(*value as f64),
        DataRef::Float(value) => number(*value),
        DataRef::Bool(value) => Cell::new(at, Value::Boolean(*value), if *value { "TRUE" } else { "FALSE" }),
        DataRef::DateTime(moment) if format.is_date() => number(moment.as_f64()),
        DataRef::DateTime(moment) => {
            let serial = moment.as_f64();
            if serial_date::is_date(serial) {
                let shown = NumberFormat::parse("yyyy/m/d").show(serial);
                Cell::new(at, Value::Date(serial), shown.text)
            } else {
                number(serial)
            }
        }
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => match serial_date::parse_iso(text) {
            Some(serial) => Cell::new(at, Value::Date(serial), text.clone()),
            None => Cell::text(at, text.clone()),
        },
        DataRef::Error(error) => Cell::new(at, Value::Error(error.to_string()), error.to_string()),
    };
    if is_blank(&cell.text) && matches!(cell.value, Value::Text(_)) {
        return Ok(None);
    }
    budget.cell(cell.text.len())?;
    Ok(Some(cell))
}
