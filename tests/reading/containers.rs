//! Are archives, compound files and foreign kinds told apart, whatever their names?

use std::fs;
use std::io::{Cursor, Write};

use encoding_rs::GBK;
use hedui::workbooks::{Limits, RefusalReason, collect, open};

use crate::support::{fixture, package, patient, read, shown, xlsx, zipped};

fn reason(bytes: &[u8]) -> RefusalReason {
    open(bytes, &patient()).unwrap_err().reason
}

fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for (name, content) in streams {
        if let Some((folder, _)) = name.rsplit_once('/').filter(|(folder, _)| !folder.is_empty()) {
            file.create_storage_all(folder).unwrap();
        }
        file.create_stream(name).unwrap().write_all(content).unwrap();
    }
    file.into_inner().into_inner()
}

/// The record stream of the report.
fn stream() -> Vec<u8> {
    let mut file = cfb::CompoundFile::open(Cursor::new(fixture("report.xls"))).unwrap();
    let mut content = Vec::new();
    std::io::Read::read_to_end(&mut file.open_stream("/Workbook").unwrap(), &mut content).unwrap();
    content
}

#[test]
fn only_the_root_stream_of_a_compound_file_is_the_document() {
    let report = stream();
    assert_eq!(read(&compound(&[("/Workbook", &report)])).sheets.len(), 2);
    // Text with an embedded workbook.
    let letter = compound(&[("/WordDocument", b"x"), ("/ObjectPool/_1/Workbook", &report)]);
    let refusal = open(&letter, &patient()).unwrap_err();
    assert_eq!(refusal.reason, RefusalReason::NotAWorkbook);
    assert!(refusal.sentence.contains("Word"), "{}", refusal.sentence);
}

#[test]
fn a_naked_record_stream_is_read() {
    assert_eq!(read(&stream()).sheets.len(), 2);
}

#[test]
fn a_sheet_that_begins_elsewhere_than_the_workbook_says_is_found_in_the_order_of_the_stream() {
    const BOUND_SHEET: u16 = 0x85;
    let sound = stream();
    let mut shifted = sound.clone();
    let (mut at, mut tabs) = (0, 0);
    while let Some(&[low, high, short, long]) = sound.get(at..at + 4) {
        if u16::from_le_bytes([low, high]) == BOUND_SHEET {
            // As if the first record of the sheet were not counted.
            let position = u32::from_le_bytes(sound[at + 4..at + 8].try_into().unwrap()) + 20;
            shifted[at + 4..at + 8].copy_from_slice(&position.to_le_bytes());
            tabs += 1;
        }
        at += 4 + usize::from(u16::from_le_bytes([short, long]));
    }
    assert_eq!(tabs, 2);
    let cells = |bytes: &[u8]| read(bytes).sheets.iter().map(shown).collect::<Vec<_>>();
    assert_eq!(cells(&shifted), cells(&sound));
}

#[test]
fn a_workbook_of_charts_alone_is_not_called_damaged() {
    let relations = |kind: &str, target: &str| {
        format!("<Relationships><Relationship Id=\"r1\" Type=\"x/{kind}\" Target=\"{target}\"/></Relationships>")
    };
    let opened = |kind: &str| {
        let bytes = package(&[
            ("[Content_Types].xml", "<Types/>"),
            ("_rels/.rels", &relations("officeDocument", "xl/workbook.xml")),
            ("xl/_rels/workbook.xml.rels", &relations(kind, "tab.xml")),
            ("xl/workbook.xml", "<workbook><sheets><sheet name=\"图\" id=\"r1\"/></sheets></workbook>"),
            ("xl/tab.xml", "<a/>"),
        ]);
        open(&bytes, &patient())
    };
    let refusal = opened("chartsheet").unwrap_err();
    assert_eq!(refusal.reason, RefusalReason::NotAWorkbook, "{}", refusal.sentence);
    assert!(refusal.sentence.contains("图表"), "{}", refusal.sentence);
    assert!(opened("worksheet").is_ok());
}

#[test]
fn passwords_are_told_from_damage() {
    assert_eq!(reason(&compound(&[("/EncryptedPackage", b"x"), ("/EncryptionInfo", b"x")])), RefusalReason::Encrypted);
    let mut encrypted = stream();
    // A FILEPASS record behind the first one.
    let after = 4 + usize::from(u16::from_le_bytes([encrypted[2], encrypted[3]]));
    encrypted.splice(after..after, [0x2F, 0, 2, 0, 1, 0]);
    assert_eq!(reason(&compound(&[("/Workbook", &encrypted)])), RefusalReason::Encrypted);
    let manifest =
        "<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    assert_eq!(
        reason(&package(&[("content.xml", "?"), ("META-INF/manifest.xml", manifest)])),
        RefusalReason::Encrypted
    );
    assert_eq!(reason(&compound(&[("/Workbook", b"\x09\x08")])), RefusalReason::Damaged);
}

#[test]
fn other_documents_are_named_in_one_sentence() {
    let part = |kind: &str, target: &str| {
        let relations =
            format!("<Relationships><Relationship Type=\"/officeDocument\" Target=\"{target}\"/></Relationships>");
        package(&[("[Content_Types].xml", "<Types/>"), ("_rels/.rels", &relations), (target, kind)])
    };
    for (bytes, word) in [
        (part("<w:document/>", "word/document.xml"), "Word"),
        (part("<p:presentation/>", "ppt/presentation.xml"), "演示"),
        (package(&[("OFD.xml", "<OFD/>")]), "OFD"),
        (
            package(&[
                ("mimetype", "application/vnd.oasis.opendocument.text"),
                ("content.xml", "<a><office:text/></a>"),
            ]),
            "文字",
        ),
        (compound(&[("/__properties_version1.0", b"x")]), "邮件"),
        (compound(&[("/PowerPoint Document", b"x")]), "演示"),
        (b"Rar!\x1A\x07\x01\x00".to_vec(), "RAR"),
        (b"{\\rtf1 }".to_vec(), "RTF"),
        (b"ID;PWXL;N;E\r\n".to_vec(), "SYLK"),
        (b"\x09\x00\x04\x00\x02\x00\x10\x00".to_vec(), "Excel 4.0"),
        (b"\x09\x08\x06\x00\x00\x00\x10\x00\x00\x00".to_vec(), "Excel 4.0"),
        (
            b"<?xml version=\"1.0\"?><gnm:Workbook xmlns:gnm=\"x\"><office:document-meta/></gnm:Workbook>".to_vec(),
            "Gnumeric",
        ),
        (b"<?xml version=\"1.0\"?><other xmlns=\"x\"/>".to_vec(), "XML"),
        ("<html><body><p>没有表格</p></body></html>".as_bytes().to_vec(), "网页"),
    ] {
        let refusal = open(&bytes, &patient()).unwrap_err();
        assert_eq!(refusal.reason, RefusalReason::NotAWorkbook, "{}", refusal.sentence);
        assert!(refusal.sentence.contains(word), "{}", refusal.sentence);
        assert!(
            refusal.sentence.ends_with('。') && refusal.sentence.matches('。').count() == 1,
            "{}",
            refusal.sentence
        );
    }
}

#[test]
fn the_content_decides_whatever_the_extension_says() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in [
        ("a.xlsx", fixture("report.xls")),
        ("b.xls", fixture("report.xlsx")),
        ("c.et", fixture("report.xls")),
        ("d.xls", fixture("report.html")),
        ("e.csv", fixture("report.ods")),
        ("f.doc", "甲,乙\n1,2\n".as_bytes().to_vec()),
    ] {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    for source in collect(&[folder.path().into()]).unwrap() {
        let arrival = source.arrive(&patient());
        assert!(arrival.content.is_ok(), "{}: {:?}", arrival.file, arrival.content);
    }
}

#[test]
fn an_archive_with_names_in_gbk_is_walked() {
    // The library writes UTF-8 names; names of the same length are put in their place.
    let name = GBK.encode("北岙/一季度.xlsx").0.into_owned();
    let held = "x".repeat(name.len());
    let mut bytes = zipped(&[(held.clone(), xlsx("<sheetData><row><c><v>1</v></c></row></sheetData>", &[]))]);
    while let Some(at) = bytes.windows(held.len()).position(|window| window == held.as_bytes()) {
        bytes[at..at + held.len()].copy_from_slice(&name);
    }
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("报送.zip"), bytes).unwrap();
    let sources = collect(&[folder.path().into()]).unwrap();
    assert_eq!(sources.iter().map(|source| source.file.as_str()).collect::<Vec<_>>(), ["报送.zip/北岙/一季度.xlsx"]);
    assert!(sources[0].arrive(&patient()).content.is_ok());
}

#[test]
fn over_limit_files_say_which_limit_and_what_to_do() {
    let cells = "<c><v>1</v></c>".repeat(50);
    let bytes = xlsx(&format!("<sheetData><row>{cells}</row></sheetData>"), &[]);
    for (limits, word) in [
        (Limits { file_bytes: 100, ..patient() }, "文件超过"),
        (Limits { cells: 49, ..patient() }, "49个"),
        (Limits { sheets: 0, ..patient() }, "工作表"),
        (Limits { part_bytes: 600, ..patient() }, "解压"),
        (Limits { parts: 4, ..patient() }, "部件"),
    ] {
        let refusal = open(&bytes, &limits).unwrap_err();
        assert_eq!(refusal.reason, RefusalReason::TooLarge);
        assert!(refusal.sentence.contains(word) && refusal.sentence.contains("请"), "{}", refusal.sentence);
    }
    assert!(open(&bytes, &Limits { cells: 50, sheets: 1, parts: 5, ..patient() }).is_ok());
}
