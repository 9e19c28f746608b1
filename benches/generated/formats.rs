//! How does a table become a file? The same table in each of the formats that can be written here.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, XlsxError};
use zip::write::SimpleFileOptions;

use super::table::{Cell, Table};

/// The workbook as Excel and WPS write it: bordered, wrapped cells below a merged title.
pub(crate) fn xlsx(table: &Table) -> Vec<u8> {
    write_xlsx(table).expect("a table of 80 rows breaks no limit of the format")
}

fn write_xlsx(table: &Table) -> Result<Vec<u8>, XlsxError> {
    let bordered = Format::new().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::VerticalCenter);
    let percent = bordered.clone().set_num_format("0.0%");
    let heading = bordered.clone().set_bold().set_align(FormatAlign::Center);
    let title = Format::new().set_bold().set_font_size(16).set_align(FormatAlign::Center);
    let mut workbook = Workbook::new();
    // The clock would get into the file.
    let day = ExcelDateTime::from_ymd(2024, 4, 3)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&day));
    let sheet = workbook.add_worksheet();
    sheet.set_name(&table.sheet)?;
    let last = u16::try_from(table.rows[table.header].len() - 1).unwrap_or(u16::MAX);
    for (row, cells) in (0u32..).zip(&table.rows) {
        if let ([Cell::Text(text)], 0) = (cells.as_slice(), row) {
            sheet.merge_range(0, 0, 0, last, text, &title)?;
            continue;
        }
        let format = if usize::try_from(row) == Ok(table.header) { &heading } else { &bordered };
        for (column, cell) in (0u16..).zip(cells) {
            match cell {
                Cell::Blank => sheet.write_blank(row, column, format)?,
                Cell::Text(text) => sheet.write_string_with_format(row, column, text, format)?,
                Cell::Number(number) => sheet.write_number_with_format(row, column, *number, format)?,
                Cell::Percent(share) => sheet.write_number_with_format(row, column, *share, &percent)?,
            };
        }
    }
    workbook.save_to_buffer()
}

/// Comma-separated text in GBK, as Excel on a Chinese desk saves it.
pub(crate) fn csv(table: &Table) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(vec![]);
    for cells in &table.rows {
        writer.write_record(cells.iter().map(shown)).expect("writing to memory cannot fail");
    }
    let text = String::from_utf8(writer.into_inner().expect("writing to memory cannot fail")).expect("texts are UTF-8");
    encoding_rs::GBK.encode(&text).0.into_owned()
}

/// A web page with one table, as an office system exports it.
pub(crate) fn html(table: &Table) -> Vec<u8> {
    let mut page = String::from("<html><head><meta charset=\"utf-8\"></head><body><table border=\"1\">\n");
    for cells in &table.rows {
        page.push_str("<tr>");
        for cell in cells {
            let _ = write!(page, "<td>{}</td>", escaped(&shown(cell)));
        }
        page.push_str("</tr>\n");
    }
    page.push_str("</table></body></html>\n");
    page.into_bytes()
}

/// A LibreOffice spreadsheet (ods) with nothing in it but the table.
pub(crate) fn ods(table: &Table) -> Vec<u8> {
    let mut content = String::from(concat!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content ",
        "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" ",
        "xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" ",
        "xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" office:version=\"1.3\">",
        "<office:body><office:spreadsheet>"
    ));
    let _ = write!(content, "<table:table table:name=\"{}\">", escaped(&table.sheet));
    for cells in &table.rows {
        content.push_str("<table:table-row>");
        for cell in cells {
            let text = escaped(&shown(cell));
            let _ = match cell {
                Cell::Blank => write!(content, "<table:table-cell/>"),
                Cell::Text(_) => write!(
                    content,
                    "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
                ),
                Cell::Number(number) => write!(
                    content,
                    "<table:table-cell office:value-type=\"float\" office:value=\"{number}\"><text:p>{text}</text:p></table:table-cell>"
                ),
                Cell::Percent(share) => write!(
                    content,
                    "<table:table-cell office:value-type=\"percentage\" office:value=\"{share}\"><text:p>{text}</text:p></table:table-cell>"
                ),
            };
        }
        content.push_str("</table:table-row>");
    }
    content.push_str("</table:table></office:spreadsheet></office:body></office:document-content>");
    let manifest = concat!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><manifest:manifest ",
        "xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" manifest:version=\"1.3\">",
        "<manifest:file-entry manifest:full-path=\"/\" ",
        "manifest:media-type=\"application/vnd.oasis.opendocument.spreadsheet\"/>",
        "<manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/></manifest:manifest>"
    );
    let mut archive = zip::ZipWriter::new(Cursor::new(vec![]));
    for (name, part) in [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", manifest),
        ("content.xml", &content),
    ] {
        archive.start_file(name, SimpleFileOptions::default()).expect("writing to memory cannot fail");
        archive.write_all(part.as_bytes()).expect("writing to memory cannot fail");
    }
    archive.finish().expect("writing to memory cannot fail").into_inner()
}

/// A cell as it is shown.
fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Blank => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Number(number) => number.to_string(),
        Cell::Percent(share) => format!("{:.1}%", share * 100.0),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
