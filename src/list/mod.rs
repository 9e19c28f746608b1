//! Stage 1: what the county published. A published document or a plan file goes in, a [`Plan`] comes out.
//!
//! Imports `workbooks` (a plan may be a workbook) and no later stage.

mod district;
mod form;
pub mod import;
pub mod indicators;
mod key;
pub mod lint;
mod plan;
mod plan_file;
pub mod plan_sheets;
mod validation;
mod wordings;

pub use form::{Field, Form, FormColumn, Requirement};
pub use key::{Key, fingerprint};
pub use plan::{Direction, Indicator, PLAN_SCHEMA, Plan, Rules, Task, Township};
pub use plan_file::PlanFormat;
pub use wordings::{NamedTasks, Wordings};
