//! The types of the consolidation: what every output shows.

use std::ops::Range;
use std::sync::Arc;

use super::task_cells::{TaskCell, TaskCells};
use super::values::ReportedValues;
use crate::findings::Finding;
use crate::list::{Field, Plan};
use crate::matches::{Decisions, Outcome, Shelf, Shelved};
use crate::period::{Day, Period};

/// Everything that the outputs of one run show.
#[derive(Debug, Clone)]
pub struct Consolidation {
    /// The plan that was used.
    pub plan: Arc<Plan>,
    /// Where the plan came from, as a person would say it (内置的洞头区方案, or the file).
    pub plan_source: String,
    /// The reporting period.
    pub period: Period,
    /// How the period came about: asked for, or stated by most submissions.
    pub period_source: String,
    /// All submissions, those that do not count included, ordered by file name.
    pub submissions: Shelf,
    /// All findings, ordered by township, file, sheet, cell and code.
    pub findings: Vec<Finding>,
    /// One entry per township of the roster, in its order, then those that filed and are not on it.
    pub townships: Vec<TownshipSummary>,
    /// What each township reported for each task.
    pub cells: TaskCells,
    /// The counted rows that are not used as they are, in reading order.
    pub open: Vec<OpenRow>,
    /// One entry per indicator of the plan, in its order.
    pub indicators: Vec<IndicatorSummary>,
    /// The counts of the contract's `summary`.
    pub summary: Summary,
    /// The day by which everybody should have filed, where the office set one.
    pub due: Option<Day>,
    /// What a person decided about matches, as far as it is in force.
    pub decisions: Decisions,
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
    /// Tasks of townships whose rows in the standard form were left blank.
    pub unfilled: usize,
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
    /// Tasks whose rows in the standard form it left blank.
    pub unfilled: usize,
    /// Findings of severity error.
    pub errors: usize,
    /// Findings of severity warning.
    pub warnings: usize,
    /// Findings of severity info.
    pub infos: usize,
}

/// A record by the index of its submission and its index therein.
pub type RecordIndex = (usize, usize);

/// A counted row that waits for a person, or answers no task.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OpenRow {
    /// Which it is.
    pub index: RecordIndex,
    /// To be reviewed, or answering no task.
    pub outcome: Outcome,
    /// See [`crate::matches::Match::confidence`].
    pub confidence: f64,
    /// Whether a person decided so.
    pub decided: bool,
}

/// The state of a task in a township.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TaskState {
    /// At least one row is matched.
    Reported,
    /// Its only rows wait for review.
    Review,
    /// Its only rows are those of the standard form, and nobody filled them in.
    Unfilled,
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
    /// Each township's cumulative value in the indicator's unit, and where it stands.
    pub values: ReportedValues,
    /// Sum of the values, where the indicator adds up.
    pub sum: Option<f64>,
}

/// A traffic light: how a task stands in a township, or an indicator in the district.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Light {
    /// In time, or done.
    Green,
    /// Somebody must look.
    Yellow,
    /// Late, or not reported.
    Red,
}

impl Light {
    /// The word that stands beside the colour, for prints without one.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Green => "绿",
            Self::Yellow => "黄",
            Self::Red => "红",
        }
    }
}

impl TaskState {
    /// The word an office uses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Reported => "已报",
            Self::Review => "待复核",
            Self::Unfilled => "未填",
            Self::Missing => "漏报",
            Self::NoSubmission => "未报送",
            Self::NotExpected => "不需报",
        }
    }
}

impl Consolidation {
    /// A record with its match.
    pub fn record(&self, (submission, record): RecordIndex) -> Shelved {
        self.submissions.record(submission, record)
    }

    /// A record with its match, of which only the entries of some fields are needed; others may be missing.
    pub fn fields(&self, (submission, record): RecordIndex, fields: &[Field]) -> Shelved {
        self.submissions.fields(submission, record, fields)
    }

    /// How many records there are, those that do not count included.
    pub fn records(&self) -> usize {
        self.submissions.heads().iter().map(|head| head.records).sum()
    }

    /// How many records count.
    pub fn counted_records(&self) -> usize {
        self.submissions.heads().iter().map(|head| head.counted).sum()
    }

    /// The submissions of a file, by their indexes.
    pub fn filed_as(&self, file: &str) -> Range<usize> {
        let heads = self.submissions.heads();
        let first = heads.partition_point(|head| head.file.as_str() < file);
        let after = heads[first..].partition_point(|head| head.file == file);
        first..first + after
    }

    /// What a township reported for a task; absent where task or township are none of the run's.
    pub fn cell(&self, task: u32, township: usize) -> Option<&TaskCell> {
        self.cells.get(task, township)
    }
}
