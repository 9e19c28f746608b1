//! The commands: each one file with its arguments, its help text and one `run`. They walk submissions through the
//! stages and hold no rule of their own.

pub mod evaluate;
pub mod explain;
pub mod import;
pub mod inspect;
pub mod lint;
pub mod merge;
pub mod reconcile;
pub mod template;

mod answers;
mod cli;
mod coming_index;
mod interruption;
mod outcome;
mod overwriting;
mod progress;
mod queue;
mod reading;
mod screen;
mod slice;

use std::ffi::OsString;
use std::process::ExitCode;

pub use screen::Screen;

/// Nothing could be done: wrong usage, or an input or output that failed.
const FAILED: u8 = 2;
/// Done, and an unexplained finding at or above `--fail-on` is among the findings.
const FOUND: u8 = 1;

/// What a command that was carried out has to say to the calling script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// Done, whatever was found.
    Clean,
    /// Done, and a finding at or above the level that the user named is among the findings.
    FoundAtLevel,
}

/// An error and its causes in one sentence.
fn sentence(error: &anyhow::Error) -> String {
    error.chain().map(ToString::to_string).collect::<Vec<_>>().join("：")
}

/// Runs the command line and returns the exit status of the contract: 0 done, 1 done with findings at or above
/// `--fail-on`, 2 could not be done.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let parsed = match cli::parse(arguments) {
        Ok(parsed) => parsed,
        Err(cli::Stop::Shown) => return ExitCode::SUCCESS,
        Err(cli::Stop::Wrong(sentence)) => {
            Screen::failure(&sentence);
            return ExitCode::from(FAILED);
        }
    };
    interruption::prepare();
    match cli::dispatch(&parsed) {
        Ok(Done::Clean) => ExitCode::SUCCESS,
        Ok(Done::FoundAtLevel) => ExitCode::from(FOUND),
        Err(error) => {
            Screen::failure(&sentence(&error));
            ExitCode::from(FAILED)
        }
    }
}
