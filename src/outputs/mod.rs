//! Stage: outputs.
