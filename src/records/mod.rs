//! Stage 4: what the tables say. Workbooks with their layouts go in, [`Submission`]s with [`Record`]s come out:
//! whose and when, each field read once, and a ledger of every cell.
//!
//! Imports `list`, `workbooks` and `tables`, and no later stage.

mod accepted;
mod across;
mod attribution;
mod earlier_tables;
mod entries;
mod grouping;
mod halves;
mod headings;
mod in_cells;
mod keyed;
mod ledger;
mod legend;
mod parts;
mod planned;
mod read;
mod record;
mod segment;
mod sharing;
mod states_in_headings;
mod submission;
mod summaries;
mod time;
mod told_aside;
mod told_below;
mod told_period;
mod township;
pub mod values;
mod witnesses;

pub use accepted::{ANSWER_HEADING, PROPOSAL_HEADING, Proposal, accepts};
pub use read::{Reader, read};
pub use record::{Entry, Record};
pub use submission::{
    Attribution, Evidence, EvidencePlace, KeptCell, KeptRole, Ledger, SheetSummary, Submission, SubmissionStatus,
    Superseding, TableSummary, WrittenTotal,
};
