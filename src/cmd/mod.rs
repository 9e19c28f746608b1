//! Stage: cmd.

pub mod import;
