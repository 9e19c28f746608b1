//! Stage: cmd.

pub mod import;
pub mod lint;
