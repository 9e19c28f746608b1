//! Stage: cmd.
