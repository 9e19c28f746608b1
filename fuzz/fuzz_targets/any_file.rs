//! Does `open` bear any file?

#![no_main]

mod support;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| support::must_bear(bytes));
