//! The answers to a row, each with all that speaks for it: what the wording says is kept once for all rows that bear it.

use std::sync::Arc;

use super::evidence::{Evidence, PIECES, Present};
use super::evidence_list::EvidenceList;
use super::kept_answers::KeptAnswers;

/// The possible answers to a row; the last one is "no task".
#[derive(Debug)]
pub(super) struct RowAnswers {
    /// The answers, each with what the wording says for it.
    worded: Arc<KeptAnswers>,
    /// What the row's other cells, and the other rows, say for each, no piece that a wording gives: in a list of the row's
    /// own, or in one of all rows.
    besides: Arc<EvidenceList>,
    /// Where the row's first answer stands there.
    first: usize,
}

impl RowAnswers {
    /// Some answers of a wording, and what else speaks for each.
    pub(super) fn new(worded: Arc<KeptAnswers>, besides: EvidenceList) -> Self {
        Self { worded, besides: Arc::new(besides), first: 0 }
    }

    /// Takes what else speaks for each from a list of all rows, in which the row's first answer has a place.
    pub(super) fn set_besides(&mut self, all: &Arc<EvidenceList>, first: usize) {
        self.besides = Arc::clone(all);
        self.first = first;
    }

    /// What else speaks for an answer.
    pub(super) fn besides(&self, answer: usize) -> Present<'_> {
        self.besides.get(self.first + answer)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.worded.len()
    }

    /// The tasks of one answer, ascending positions in the plan; empty for "no task".
    pub(super) fn tasks_of(&self, answer: usize) -> &[usize] {
        self.worded.tasks_of(answer)
    }

    /// The tasks of each answer.
    pub(super) fn tasks(&self) -> impl Iterator<Item = &[usize]> {
        self.worded.tasks()
    }

    /// The number of the answer that is exactly these tasks.
    pub(super) fn position(&self, tasks: &[usize]) -> Option<usize> {
        self.tasks().position(|others| others == tasks)
    }

    /// The evidence for one answer.
    pub(super) fn evidence(&self, answer: usize) -> Evidence {
        let mut evidence = Evidence::blank();
        evidence.set_all(self.worded.evidence.get(answer));
        evidence.set_all(self.besides(answer));
        evidence
    }

    /// For each answer the sum of all strengths, each multiplied by the weight of its piece.
    pub(super) fn weighed(&self, weights: &[f64; PIECES]) -> Vec<f64> {
        let worded = &self.worded.evidence;
        (0..self.len()).map(|answer| worded.get(answer).weighed_with(self.besides(answer), weights)).collect()
    }
}
