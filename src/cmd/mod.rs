//! Stage: cmd.

pub mod explain;
pub mod import;
pub mod lint;
