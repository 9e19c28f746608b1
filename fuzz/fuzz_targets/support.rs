//! What do the fuzz targets share?

use std::io::{Cursor, Write};

use hedui::workbooks::{Limits, open};

/// Opens bytes and fails where only the last line of defence held.
pub fn must_bear(bytes: &[u8]) {
    if let Err(refusal) = open(bytes, &Limits::default()) {
        assert!(!refusal.sentence.contains("内部结构有误"), "a reader panicked");
    }
}

/// A stored zip container of these parts.
#[allow(dead_code)]
pub fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in parts {
        writer.start_file(*name, stored).expect("memory takes every entry");
        writer.write_all(bytes).expect("memory takes every byte");
    }
    writer.finish().expect("memory takes the directory").into_inner()
}

/// The parts that make a package an xlsx or xlsb workbook of one sheet.
#[allow(dead_code)]
pub fn workbook(extension: &str, main: &[u8], parts: &[(&str, &[u8])]) -> Vec<u8> {
    let relations = format!("<R><Relationship Type=\"/officeDocument\" Target=\"xl/workbook.{extension}\"/></R>");
    let workbook = format!("xl/workbook.{extension}");
    let related = format!("xl/_rels/workbook.{extension}.rels");
    let listed = "<R><Relationship Id=\"s\" Type=\"/worksheet\" Target=\"sheet\"/>\
        <Relationship Id=\"t\" Type=\"/sharedStrings\" Target=\"strings\"/>\
        <Relationship Id=\"y\" Type=\"/styles\" Target=\"styles\"/></R>";
    let mut all: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", relations.as_bytes()),
        (&workbook, main),
        (&related, listed.as_bytes()),
        (
            "xl/_rels/sheet.rels",
            b"<R><Relationship Id=\"c\" Type=\"/comments\" Target=\"comments\"/>\
              <Relationship Id=\"d\" Type=\"/drawing\" Target=\"drawing\"/></R>",
        ),
    ];
    all.extend_from_slice(parts);
    package(&all)
}
