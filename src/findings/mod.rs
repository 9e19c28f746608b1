//! Stage 6: what is missing, wrong or worth knowing. Matched submissions go in, [`Finding`]s come out.
//!
//! Each kind of finding is declared once, in the file of its family, beside the check that reports it.
//! Imports `list`, `records` and `matches`, and no later stage.

mod finding;

pub use finding::{Finding, Kind, Place, Severity};
