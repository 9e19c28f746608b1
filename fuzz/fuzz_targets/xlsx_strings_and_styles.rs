//! Does the reader of xlsx bear any shared strings, styles, comments and drawings?

#![no_main]

mod support;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let tabs = b"<workbook><sheets><sheet name=\"a\" r:id=\"s\"/></sheets></workbook>";
    let sheet = b"<worksheet><sheetData><row><c t=\"s\" s=\"1\"><v>0</v></c><c s=\"2\"><v>45382.5</v></c></row></sheetData></worksheet>";
    let mut pieces = bytes.splitn(4, |byte| *byte == b'|');
    let mut part =
        |begin: &str, end: &str| [begin.as_bytes(), pieces.next().unwrap_or_default(), end.as_bytes()].concat();
    let strings = part("<sst>", "</sst>");
    let styles = part("<styleSheet>", "</styleSheet>");
    let comments = part("<comments>", "</comments>");
    let drawing = part("<wsDr>", "</wsDr>");
    support::must_bear(&support::workbook(
        "xml",
        tabs,
        &[
            ("xl/sheet", sheet),
            ("xl/strings", &strings),
            ("xl/styles", &styles),
            ("xl/comments", &comments),
            ("xl/drawing", &drawing),
        ],
    ));
});
