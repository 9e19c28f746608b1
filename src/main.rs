//! The thin binary: parses, runs, prints one error line, sets the exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    hedui::cmd::main(std::env::args_os())
}
