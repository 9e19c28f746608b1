//! The main job as a clerk runs it: the samples against their truth, the laws of every run, and bad input.
//!
//! That every non-blank cell of every sample is found again in the workbook is proved in `tests/outputs.rs`.
#![expect(clippy::unwrap_used, reason = "helpers of a test: whatever goes wrong must fail it")]

#[path = "../answering/mod.rs"]
mod answering;
mod bad_input;
mod cache;
mod decided;
mod laws;
mod slices;
mod support;
mod truth;
