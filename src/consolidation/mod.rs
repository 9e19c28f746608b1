//! Stage 7: the figures that every output shows. Plan, matched submissions and findings go in,
//! one [`Consolidation`] comes out; outputs add nothing to it.
//!
//! Imports every earlier stage, and no output.

mod consolidate;
mod filed;
mod indicators;
mod lights;
mod model;
mod punctuality;
mod task_cells;
mod unfilled;
mod values;

pub use consolidate::{Gathered, GivenByGroup, consolidate};
pub use indicators::{is_in_indicators, target_in_unit};
pub use lights::{LIGHT_RULE, PACE_LAG};
pub use model::{Consolidation, IndicatorSummary, Light, OpenRow, RecordIndex, Summary, TaskState, TownshipSummary};
pub use punctuality::Punctuality;
pub use task_cells::{TaskCell, TaskCells};
pub use values::ReportedValues;
