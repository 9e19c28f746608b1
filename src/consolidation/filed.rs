//! What do some submissions give to the consolidation? Nothing of them stays.

use std::collections::BTreeMap;

use super::indicators::township_value;
use super::lights::note_row;
use super::model::{OpenRow, RecordIndex, TaskState};
use super::task_cells::TaskCell;
use super::unfilled::is_unfilled;
use crate::list::Plan;
use crate::matches::{DecidedBy, Match, MatchedSubmission, Outcome};
use crate::period::Period;
use crate::records::{Record, SubmissionStatus};

/// How many counted rows there are of each outcome.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Outcomes {
    pub(super) matched: usize,
    pub(super) review: usize,
    pub(super) extra: usize,
}

/// What the submissions of one township give.
#[derive(Debug, Default)]
pub(super) struct OfTownship {
    pub(super) submissions: Vec<usize>,
    pub(super) received: bool,
    pub(super) outcomes: Outcomes,
    pub(super) cells: BTreeMap<u32, TaskCell>,
    /// Place of the indicator in the plan, value, and where it stands.
    pub(super) values: Vec<(usize, f64, RecordIndex)>,
}

/// What some submissions give, those of nobody included.
#[derive(Debug, Default)]
pub(super) struct Given {
    pub(super) townships: BTreeMap<String, OfTownship>,
    pub(super) outcomes: Outcomes,
    pub(super) open: Vec<OpenRow>,
}

impl Outcomes {
    /// Counts a row.
    const fn count(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Matched => self.matched += 1,
            Outcome::Review => self.review += 1,
            Outcome::Extra => self.extra += 1,
        }
    }

    /// Adds others.
    pub(super) const fn add(&mut self, others: Self) {
        self.matched += others.matched;
        self.review += others.review;
        self.extra += others.extra;
    }

    /// All rows.
    pub(super) const fn all(self) -> usize {
        self.matched + self.review + self.extra
    }
}

impl Given {
    /// What a group of submissions, by their places, gives: all of its townships, whole.
    pub(super) fn of(plan: &Plan, period: Period, group: &BTreeMap<usize, &MatchedSubmission>) -> Self {
        let mut given = Self::default();
        for (place, filed) in group {
            given.take(plan, period, *place, filed);
        }
        for township in given.townships.values_mut() {
            township.values = values(plan, &township.cells, |(submission, record)| {
                let filed = group[&submission];
                (&filed.submission.records[record], &filed.matches[record])
            });
        }
        given
    }

    /// Takes what one submission gives.
    fn take(&mut self, plan: &Plan, period: Period, place: usize, filed: &MatchedSubmission) {
        let submission = &filed.submission;
        let counted = || filed.pairs().enumerate().filter(|(record, _)| submission.counts(*record));
        for (record, (_, matched)) in counted() {
            self.outcomes.count(matched.outcome);
            if matched.outcome != Outcome::Matched {
                let decided = matched.by == DecidedBy::Decision;
                let Match { outcome, confidence, .. } = *matched;
                self.open.push(OpenRow { index: (place, record), outcome, confidence, decided });
            }
        }
        let Some(name) = &submission.township.value else { return };
        let township = self.townships.entry(name.clone()).or_default();
        township.submissions.push(place);
        if submission.status != SubmissionStatus::Read {
            return;
        }
        township.received = true;
        for (record, (row, matched)) in counted() {
            township.outcomes.count(matched.outcome);
            let unfilled = is_unfilled(row);
            for task in &matched.tasks {
                let cell = township.cells.entry(*task).or_default();
                cell.push((place, record));
                cell.state = state_with(cell.state, matched.outcome, unfilled);
                note_row(cell, plan, period, row, matched);
            }
        }
    }
}

/// The state of a cell with one more record: one that is matched makes it reported, one under review leaves it waiting, a
/// row of the standard form that nobody filled in does neither.
const fn state_with(state: TaskState, outcome: Outcome, unfilled: bool) -> TaskState {
    match (outcome, state) {
        (_, TaskState::Reported) => TaskState::Reported,
        (Outcome::Matched, _) if !unfilled => TaskState::Reported,
        (Outcome::Review, _) | (_, TaskState::Review) => TaskState::Review,
        _ => TaskState::Unfilled,
    }
}

/// A township's values for the indicators of the plan.
fn values<'r>(
    plan: &Plan,
    cells: &BTreeMap<u32, TaskCell>,
    record: impl Fn(RecordIndex) -> (&'r Record, &'r Match) + Copy,
) -> Vec<(usize, f64, RecordIndex)> {
    let mut values = Vec::new();
    let mut number = 0;
    for task in &plan.tasks {
        for (position, indicator) in task.indicators.iter().enumerate() {
            let records = cells.get(&task.number).into_iter().flat_map(TaskCell::records);
            let records = records.map(|index| {
                let (row, matched) = record(index);
                (index, row, matched)
            });
            if let Some((value, index)) = township_value(task, position, indicator, records) {
                values.push((number, value, index));
            }
            number += 1;
        }
    }
    values
}
