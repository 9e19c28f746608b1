//! Does the reader of xlsx bear any worksheet?

#![no_main]

mod support;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let tabs = b"<workbook><sheets><sheet name=\"a\" r:id=\"s\"/></sheets></workbook>";
    let strings = b"<sst><si><t>a</t></si><si><r><rPr><strike/></rPr><t>b</t></r><r><t>c</t></r></si></sst>";
    let inside = [&b"<worksheet><sheetData>"[..], bytes, b"</sheetData></worksheet>"].concat();
    support::must_bear(&support::workbook("xml", tabs, &[("xl/sheet", &inside), ("xl/strings", strings)]));
});
