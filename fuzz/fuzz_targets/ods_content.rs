//! Does the reader of Open Document spreadsheets bear any content?

#![no_main]

mod support;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let inside = [
        &b"<a><office:spreadsheet><table:table table:name=\"a\">"[..],
        bytes,
        b"</table:table></office:spreadsheet></a>",
    ];
    support::must_bear(&support::package(&[("content.xml", &inside.concat())]));
    support::must_bear(&support::package(&[("content.xml", bytes), ("styles.xml", bytes)]));
});
