//! Is the published list itself sound? Its gaps, and indicators that it gives two targets.

mod changes;
mod conflicts;
mod document;
mod gaps;

pub(super) use changes::pairs;
pub use changes::{Change, ChangeKind, changes};
pub use conflicts::{Conflict, Quoted, conflicts, with_body};
pub use document::{Comparison, with_document};
pub use gaps::gaps;
