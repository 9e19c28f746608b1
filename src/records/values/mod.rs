//! What was read from the cells of a record: quantities, rates, status words and dates.

mod model;

pub use model::{Deadline, Precision, Quantity, Status, Unreadable, Values};
