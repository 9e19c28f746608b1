//! What do the tests of reading share?

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;

use hedui::location::CellRef;
use std::time::Duration;

use hedui::workbooks::{Cell, Limits, Sheet, Workbook, open};
use zip::write::SimpleFileOptions;

/// A workbook that must be readable.
pub(crate) fn read(bytes: &[u8]) -> Workbook {
    open(bytes, &patient()).unwrap()
}

/// The cell at a place, which must not be blank.
pub(crate) fn at<'a>(sheet: &'a Sheet, a1: &str) -> &'a Cell {
    sheet.cell(CellRef::parse_a1(a1).unwrap()).unwrap_or_else(|| panic!("no cell at {a1}"))
}

/// All cells of a sheet as `A1=text`.
pub(crate) fn shown(sheet: &Sheet) -> Vec<String> {
    sheet.cells().iter().map(|cell| format!("{}={}", cell.at, cell.text)).collect()
}

/// The bytes of a committed fixture.
pub(crate) fn fixture(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/reading").join(name)).unwrap()
}

/// A zip container of parts.
pub(crate) fn zipped(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The parts of a zip container.
pub(crate) fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut entry = archive.by_index(index).unwrap();
            let name = entry.name().unwrap().into_owned();
            let mut content = Vec::new();
            entry.read_to_end(&mut content).unwrap();
            (name, content)
        })
        .collect()
}

/// A zip container of texts.
pub(crate) fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let parts: Vec<_> = parts.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
    zipped(&parts)
}

/// A smallest xlsx of one sheet: the XML inside `worksheet`, and further parts.
pub(crate) fn xlsx(worksheet: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let sheet = format!("<worksheet>{worksheet}</worksheet>");
    let mut all = vec![
        ("[Content_Types].xml", "<Types/>"),
        (
            "_rels/.rels",
            "<Relationships><Relationship Id=\"r\" Type=\"x/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
        ),
        ("xl/workbook.xml", "<workbook><sheets><sheet name=\"填报表\" r:id=\"s1\"/></sheets></workbook>"),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"s1\" Type=\"x/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
             <Relationship Id=\"st\" Type=\"x/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>",
        ),
        ("xl/worksheets/sheet1.xml", sheet.as_str()),
    ];
    all.extend_from_slice(more);
    package(&all)
}

/// The limits without the deadline, so that no test depends on how busy the machine is.
pub(crate) fn patient() -> Limits {
    Limits { deadline: Duration::from_secs(3600), ..Limits::default() }
}
