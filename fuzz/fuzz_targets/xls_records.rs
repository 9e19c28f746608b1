//! Does the reader of Excel 97 bear any stream of records?

#![no_main]

mod support;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    // The beginning of the workbook leads the kind detection to the reader of naked records.
    let stream = [&[0x09, 0x08, 0x10, 0x00, 0x00, 0x06, 0x05, 0x00], &[0u8; 12][..], bytes].concat();
    support::must_bear(&stream);
});
