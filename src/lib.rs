//! hedui (核对) reconciles what townships report with the responsibility list that their county published.
//!
//! The code is a house through which a submission walks one way, a folder for each stage:
//!
//! ```text
//!  published plan ──► list ─────────┐
//!                                   ▼
//!  files, folders ─► workbooks ─► tables ─► records ─► matches ─► findings ─► consolidation ─► outputs
//! ```
//!
//! | stage | comes in | goes out |
//! | --- | --- | --- |
//! | [`workbooks`] | files, folders, archives | sparse sheets, or a refusal with its reason |
//! | [`list`] | a published document or a plan file | the plan: tasks, townships, form, rules |
//! | [`tables`] | sheets | tables; a role for every cell |
//! | [`records`] | tables | submissions: whose, when, data records with values, a ledger |
//! | [`mod@matches`] | records | the official task of each record, and how sure we are |
//! | [`findings`] | matched submissions | what is missing, wrong or worth knowing |
//! | [`consolidation`] | all of the above | the figures that every output shows |
//! | [`outputs`] | a consolidation | workbooks, result file, templates |
//!
//! No stage imports a later one. [`cmd`] walks the submissions through the house; [`location`], [`period`], [`numeral`],
//! `memo`, `words`, `beginnings` and `kept_bytes` are the ground that every stage stands on.

mod beginnings;
pub mod cmd;
pub mod consolidation;
pub mod datasets;
pub mod findings;
mod kept_bytes;
pub mod list;
pub mod location;
pub mod matches;
mod memo;
pub mod numeral;
pub mod outputs;
pub mod period;
pub mod records;
pub mod tables;
mod words;
pub mod workbooks;
