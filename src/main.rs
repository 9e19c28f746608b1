//! The thin binary: parses, runs, prints one error line, sets the exit code.
fn main() {}
