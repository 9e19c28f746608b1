//! Do the readers of text bear any text?

#![no_main]

mod support;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    support::must_bear(bytes);
    support::must_bear(&[b"<table><tr><td>", bytes].concat());
    let workbook =
        "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet>";
    support::must_bear(&[workbook.as_bytes(), bytes, b"</Worksheet></Workbook>"].concat());
});
