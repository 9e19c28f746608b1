//! Beside the outputs: what programs keep of submissions for other programs, and for themselves.
//!
//! A [`Reading`] is what one submission gives before anything is known of the others: as read, as matched by machine.
//! It has one exact form in bytes. The [`Cache`] keeps it from run to run.
//!
//! Imports every earlier stage, and no output.

mod cache;
mod reading;

pub use cache::Cache;
pub use reading::{Reading, decode, encode};
