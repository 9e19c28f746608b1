//! Stage: cmd.

pub mod explain;
pub mod import;
pub mod inspect;
pub mod lint;
