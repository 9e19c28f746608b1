//! Does the reader of xlsb bear any records?

#![no_main]

mod support;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    // One tab named "a" behind the relationship "s".
    let tabs = [&[0x9C, 0x01, 20][..], &[0; 8], &[1, 0, 0, 0, b's', 0], &[1, 0, 0, 0, b'a', 0]].concat();
    // The end of the cells, without which a sheet is refused at once.
    let sheet = [bytes, &[0x92, 0x01, 0]].concat();
    support::must_bear(&support::workbook(
        "bin",
        &tabs,
        &[("xl/sheet", &sheet), ("xl/strings", bytes), ("xl/styles", bytes), ("xl/comments", bytes)],
    ));
});
