//! Beside the outputs: what programs keep of submissions for other programs, and for themselves.
//!
//! A [`Reading`] is what one submission gives before anything is known of the others: as read, as matched by machine.
//! It has one exact form in bytes. The [`Cache`] keeps it from run to run; a dataset carries it beside typed tables, so
//! that [`read_back()`] makes the readings of one run out of the datasets of many.
//!
//! Imports every earlier stage, and no output.

mod cache;
mod columnar;
mod dataset;
mod digest;
mod exact_forms;
mod folder;
mod identity;
mod read_back;
mod reading;
mod readings;
mod rows;
mod table;
mod tables;

pub use cache::{Cache, CacheKey, Finished};
pub use dataset::prepare;
pub use exact_forms::ExactForms;
pub use folder::{PreparedFolder, check_place};
pub use identity::Identity;
pub use read_back::{Merged, read_back};
pub use reading::{Reading, decode, encode};
pub use readings::{ComingReadings, Readings};
pub use tables::markdown;
