//! Stage 7: the figures that every output shows. Plan, matched submissions and findings go in,
//! one [`Consolidation`] comes out; outputs add nothing to it.
//!
//! Imports every earlier stage, and no output.

mod consolidate;
mod indicators;
mod lights;
mod model;
mod punctuality;
mod unfilled;

pub use consolidate::consolidate;
pub use lights::{LIGHT_RULE, PACE_LAG};
pub use model::{Consolidation, IndicatorSummary, Light, RecordIndex, Summary, TaskCell, TaskState, TownshipSummary};
pub use punctuality::Punctuality;
