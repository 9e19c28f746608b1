//! Stage 7: the figures that every output shows. Plan, matched submissions and findings go in,
//! one [`Consolidation`] comes out; outputs add nothing to it.
//!
//! Imports every earlier stage, and no output.

use std::collections::BTreeMap;

use crate::findings::Finding;
use crate::list::Plan;
use crate::matches::MatchedSubmission;
use crate::period::Period;

/// Everything that the outputs of one run show.
#[derive(Debug, Clone)]
pub struct Consolidation {
    /// The plan that was used.
    pub plan: Plan,
    /// Where the plan came from, as a person would say it (内置的洞头区方案, or the file).
    pub plan_source: String,
    /// The reporting period.
    pub period: Period,
    /// How the period came about: asked for, or stated by most submissions.
    pub period_source: String,
    /// All submissions, those that do not count included, ordered by file name.
    pub submissions: Vec<MatchedSubmission>,
    /// All findings, ordered by township, file, sheet, cell and code.
    pub findings: Vec<Finding>,
    /// One entry per township of the roster, in its order.
    pub townships: Vec<TownshipSummary>,
    /// What each township reported for each task: key is task number and index of the township.
    pub cells: BTreeMap<(u32, usize), TaskCell>,
    /// One entry per indicator of the plan, in its order.
    pub indicators: Vec<IndicatorSummary>,
    /// The counts of the contract's `summary`.
    pub summary: Summary,
}

/// The counts of the contract's `summary`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Summary {
    /// Townships on the roster.
    pub townships: usize,
    /// Townships with a readable submission.
    pub received: usize,
    /// Tasks of the official list.
    pub tasks: usize,
    /// Counted rows used as they are.
    pub matched: usize,
    /// Counted rows that a person must confirm.
    pub review: usize,
    /// Counted rows that answer no task.
    pub extra: usize,
    /// Findings of the kind `missing-task`.
    pub missing: usize,
    /// Findings of severity error.
    pub errors: usize,
    /// Findings of severity warning.
    pub warnings: usize,
    /// Findings of severity info.
    pub infos: usize,
}

/// How one township stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TownshipSummary {
    /// Official name.
    pub name: String,
    /// Indexes of its submissions.
    pub submissions: Vec<usize>,
    /// Whether a readable submission arrived.
    pub received: bool,
    /// Counted rows: all, matched, to review, extra.
    pub rows: usize,
    /// Counted rows used as they are.
    pub matched: usize,
    /// Counted rows to review.
    pub review: usize,
    /// Counted rows that answer no task.
    pub extra: usize,
    /// Tasks that it must report and that have no row.
    pub missing: usize,
    /// Findings of severity error.
    pub errors: usize,
    /// Findings of severity warning.
    pub warnings: usize,
    /// Findings of severity info.
    pub infos: usize,
}

/// A record by the index of its submission and its index therein.
pub type RecordIndex = (usize, usize);

/// What one township reported for one task.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TaskCell {
    /// Records that answer the task, in reading order.
    pub records: Vec<RecordIndex>,
    /// Whether it is reported, waits for review, is missing or is not expected.
    pub state: TaskState,
}

/// The state of a task in a township.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TaskState {
    /// At least one row is matched.
    Reported,
    /// Its only rows wait for review.
    Review,
    /// No row at all.
    #[default]
    Missing,
    /// The township filed nothing that could be read.
    NoSubmission,
    /// The township need not report it.
    NotExpected,
}

/// One indicator over all townships.
#[derive(Debug, Clone, PartialEq)]
pub struct IndicatorSummary {
    /// Official number of its task.
    pub task: u32,
    /// Position in the task's indicators.
    pub indicator: usize,
    /// One entry per township of the roster: its cumulative value in the indicator's unit, and where it stands.
    pub values: Vec<Option<(f64, RecordIndex)>>,
    /// Sum of the values, where the indicator adds up.
    pub sum: Option<f64>,
}
