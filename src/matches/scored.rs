//! A wording with the answers that it suggests and what it says for each: the same for every row that bears it.

use super::candidates::candidates;
use super::context::Answer;
use super::evidence::{Evidence, Piece};
use super::index::PlanIndex;
use super::likelihood::KnownRuns;
use super::task_words::TaskWords;
use super::telling::{Telling, TellingCells};
use super::wording_evidence::{wording_evidence, wording_evidence_for_none};

/// A wording and its answers.
#[derive(Debug)]
pub(super) struct ScoredTelling {
    /// The wording.
    pub(super) telling: Telling,
    /// What it says of each task.
    words: TaskWords,
    /// The answers that it suggests, "no task" last, each with what the wording says for it.
    answers: Vec<Answer>,
    /// The logarithm of the wording's likelihood under each of them.
    logarithms: Vec<f64>,
}

impl ScoredTelling {
    /// Scores a wording.
    pub(super) fn new(cells: TellingCells<'_>, index: &PlanIndex) -> Self {
        let telling = Telling::new(cells, index);
        let words = TaskWords::new(index.tasks.len());
        let mut answers = answers(&telling, &words, candidates(&telling, index), index);
        // Some thousands of these are kept, and an answer with its evidence is large.
        answers.reserve_exact(1);
        answers.push(none(&telling, &answers, index));
        let logarithms = logarithms(&telling.runs, &answers, index);
        compare_likelihoods(&telling.runs, &logarithms, &mut answers, WORDING);
        Self { telling, words, answers, logarithms }
    }

    /// The single tasks that the wording most likely means.
    pub(super) fn likeliest_tasks(&self) -> Vec<Vec<usize>> {
        const LIKELIEST: usize = 2;
        let single = self.answers.iter().filter(|answer| answer.tasks.len() == 1);
        single.take(LIKELIEST).map(|answer| answer.tasks.clone()).collect()
    }

    /// The answers that the wording suggests and some more, "no task" last, each with what the wording says for it.
    pub(super) fn answers_and(&self, more: Vec<Vec<usize>>, index: &PlanIndex) -> Vec<Answer> {
        let mut added: Vec<Vec<usize>> = Vec::new();
        for tasks in more {
            if self.answers.iter().all(|answer| answer.tasks != tasks) && !added.contains(&tasks) {
                added.push(tasks);
            }
        }
        let mut all = self.answers.clone();
        if added.is_empty() {
            return all;
        }
        // Among more answers "no task" is seen anew, and stands last again.
        all.pop();
        let mut logarithms_of_all = self.logarithms.clone();
        let of_none = logarithms_of_all.pop();
        let added = answers(&self.telling, &self.words, added, index);
        logarithms_of_all.extend(logarithms(&self.telling.runs, &added, index));
        logarithms_of_all.extend(of_none);
        all.extend(added);
        all.push(none(&self.telling, &all, index));
        compare_likelihoods(&self.telling.runs, &logarithms_of_all, &mut all, WORDING);
        all
    }
}

/// What is said of how likely a wording is.
const WORDING: [Piece; 2] = [Piece::WordingLikely, Piece::RunsLikely];

/// The answer "no task" beside some others.
fn none(telling: &Telling, others: &[Answer], index: &PlanIndex) -> Answer {
    let singles = others.iter().filter(|answer| answer.tasks.len() == 1);
    let singles: Vec<&Evidence> = singles.map(|answer| &answer.evidence).collect();
    Answer { tasks: Vec::new(), evidence: wording_evidence_for_none(telling, &singles, index) }
}

fn answers(telling: &Telling, words: &TaskWords, answers: Vec<Vec<usize>>, index: &PlanIndex) -> Vec<Answer> {
    let evidence = wording_evidence(telling, words, &answers, index);
    answers.into_iter().zip(evidence).map(|(tasks, evidence)| Answer { tasks, evidence }).collect()
}

/// The logarithm of the likelihood of some words under each answer.
pub(super) fn logarithms(runs: &KnownRuns, answers: &[Answer], index: &PlanIndex) -> Vec<f64> {
    let none = [index.tasks.len()];
    let several = answers.iter().filter(|answer| answer.tasks.len() > 1);
    let mixtures = index.known.model.mixtures(runs, several.flat_map(|answer| answer.tasks.iter().copied()));
    let logarithm = |answer: &Answer| {
        let bags = if answer.tasks.is_empty() { &none[..] } else { &answer.tasks[..] };
        mixtures.logarithm(bags)
    };
    answers.iter().map(logarithm).collect()
}

/// How likely some words are under each answer, seen from the likeliest one: as a whole, and for each run.
pub(super) fn compare_likelihoods(
    runs: &KnownRuns,
    logarithms: &[f64],
    answers: &mut [Answer],
    [whole, by_run]: [Piece; 2],
) {
    /// Further below the likeliest answer, in natural logarithms, all are equally unlikely.
    const LOWEST: f64 = 12.0;
    /// The same for the mean of a wording's runs.
    const LOWEST_MEAN: f64 = 2.0;
    if runs.count() < 1.0 {
        return;
    }
    let highest = logarithms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    for (answer, logarithm) in answers.iter_mut().zip(logarithms) {
        let below = highest - logarithm;
        answer.evidence.set(whole, 1.0 - (below / LOWEST).min(1.0));
        answer.evidence.set(by_run, 1.0 - (below / runs.count() / LOWEST_MEAN).min(1.0));
    }
}
