//! A wording with the answers that it suggests and what it says for each: the same for every row that bears it.

use super::candidates::candidates;
use super::context::Answer;
use super::evidence::{Evidence, Piece};
use super::index::PlanIndex;
use super::likelihood::KnownRuns;
use super::telling::{Telling, TellingCells};
use super::wording_evidence::{wording_evidence, wording_evidence_for_none};

/// A wording and its answers.
#[derive(Debug)]
pub(super) struct ScoredTelling {
    /// The wording.
    pub(super) telling: Telling,
    /// The answers that it suggests, each with what the wording says for it; "no task" is not among them.
    answers: Vec<Answer>,
}

impl ScoredTelling {
    /// Scores a wording.
    pub(super) fn new(cells: TellingCells<'_>, index: &PlanIndex) -> Self {
        let telling = Telling::new(cells, index);
        let answers = candidates(&telling, index).into_iter().map(|tasks| answer(&telling, tasks, index)).collect();
        Self { telling, answers }
    }

    /// The answers that the wording suggests and some more, "no task" last, each with what the wording says for it.
    pub(super) fn answers_and(&self, more: Vec<Vec<usize>>, index: &PlanIndex) -> Vec<Answer> {
        let mut answers = self.answers.clone();
        for tasks in more {
            if answers.iter().all(|answer| answer.tasks != tasks) {
                answers.push(answer(&self.telling, tasks, index));
            }
        }
        let singles = answers.iter().filter(|answer| answer.tasks.len() == 1);
        let singles: Vec<&Evidence> = singles.map(|answer| &answer.evidence).collect();
        let none = wording_evidence_for_none(&self.telling, &singles, index);
        answers.push(Answer { tasks: Vec::new(), evidence: none });
        compare_likelihoods(&self.telling.runs, &mut answers, [Piece::WordingLikely, Piece::RunsLikely], index);
        answers
    }
}

fn answer(telling: &Telling, tasks: Vec<usize>, index: &PlanIndex) -> Answer {
    let evidence: Evidence = wording_evidence(telling, &tasks, index);
    Answer { tasks, evidence }
}

/// How likely some words are under each answer, seen from the likeliest one: as a whole, and for each run.
pub(super) fn compare_likelihoods(
    runs: &KnownRuns,
    answers: &mut [Answer],
    [whole, by_run]: [Piece; 2],
    index: &PlanIndex,
) {
    /// Further below the likeliest answer, in natural logarithms, all are equally unlikely.
    const LOWEST: f64 = 12.0;
    /// The same for the mean of a wording's runs.
    const LOWEST_MEAN: f64 = 2.0;
    if runs.count() < 1.0 {
        return;
    }
    let none = [index.tasks.len()];
    let bags = |answer: &Answer| if answer.tasks.is_empty() { none.to_vec() } else { answer.tasks.clone() };
    let logarithms: Vec<f64> = answers.iter().map(|answer| index.known.model.logarithm(runs, &bags(answer))).collect();
    let highest = logarithms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    for (answer, logarithm) in answers.iter_mut().zip(logarithms) {
        let below = highest - logarithm;
        answer.evidence.set(whole, 1.0 - (below / LOWEST).min(1.0));
        answer.evidence.set(by_run, 1.0 - (below / runs.count() / LOWEST_MEAN).min(1.0));
    }
}
