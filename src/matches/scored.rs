//! A wording with the answers that it suggests and what it says for each: the same for every row that bears it.

use std::sync::Arc;

use super::candidates::candidates;
use super::evidence::{Evidence, Piece};
use super::figures::Figure;
use super::held_words::HeldWords;
use super::index::PlanIndex;
use super::kept_answers::{Answer, KeptAnswers};
use super::likelihood::KnownRuns;
use super::mixtures::Mixtures;
use super::task_words::TaskWords;
use super::telling::{Telling, TellingCells};
use super::wording_evidence::{wording_evidence, wording_evidence_for_none};

/// A wording and its answers. Some thousands of these are kept: all that was worked out for them is not.
#[derive(Debug)]
pub(super) struct ScoredTelling {
    /// Name, content and indicator as written.
    written: [Box<str>; 3],
    /// The name in plain wording.
    pub(super) name: Box<str>,
    /// The content in plain wording.
    pub(super) content: Box<str>,
    /// Whether name, content and indicator are blank.
    pub(super) only_narrates: bool,
    /// Groups of words that mean the same, touched by the wording.
    pub(super) meanings: Box<[u32]>,
    /// Figures in the wording.
    pub(super) figures: Box<[Figure]>,
    /// The task under which alone the wording is likeliest; none where it says nothing.
    pub(super) likeliest: Option<usize>,
    /// The answers that it suggests, "no task" last, each with what the wording says for it.
    pub(super) answers: Arc<KeptAnswers>,
    /// The logarithm of the wording's likelihood under each of them.
    logarithms: Box<[f64]>,
}

impl ScoredTelling {
    /// Scores a wording.
    pub(super) fn new(telling: &Telling, cells: TellingCells<'_>, index: &PlanIndex) -> Self {
        let held = HeldWords::new(telling, index);
        let runs = telling.runs(index);
        let mut mixtures = Mixtures::new(&index.known.model, runs);
        let candidates = candidates(telling, &held, &mut mixtures, index);
        let mut answers = answers(telling, candidates, &held, index);
        answers.push(none(telling, &answers, index));
        let logarithms = logarithms(&mut mixtures, tasks_of(&answers), index);
        add_likelihoods(runs, &logarithms, &mut answers);
        let likeliest = || runs.likeliest(index.tasks.len(), 1).first().copied();
        Self {
            written: [cells.name, cells.content, cells.indicator].map(Box::from),
            name: telling.name().into(),
            content: telling.content().into(),
            only_narrates: telling.only_narrates,
            meanings: Box::from(&**telling.meanings()),
            figures: telling.figures.clone().into(),
            likeliest: if runs.count() > 0.0 { likeliest() } else { None },
            answers: Arc::new(KeptAnswers::new(&answers)),
            logarithms: logarithms.into(),
        }
    }

    /// The wording, which had no narrative, read once more.
    pub(super) fn telling(&self, index: &PlanIndex) -> Telling {
        let [name, content, indicator] = &self.written;
        Telling::new(TellingCells { name, content, indicator, narrative: "" }, index)
    }

    /// The single tasks that the wording most likely means.
    pub(super) fn likeliest_tasks(&self) -> Vec<Vec<usize>> {
        const LIKELIEST: usize = 2;
        self.answers.tasks().filter(|tasks| tasks.len() == 1).take(LIKELIEST).map(<[usize]>::to_vec).collect()
    }

    /// Those of some answers that the wording does not suggest itself, each once.
    pub(super) fn further<'a>(&self, more: impl Iterator<Item = &'a Vec<usize>>) -> Vec<Vec<usize>> {
        let mut further: Vec<Vec<usize>> = Vec::new();
        for tasks in more {
            if !self.answers.tasks().any(|known| known == tasks) && !further.contains(tasks) {
                further.push(tasks.clone());
            }
        }
        further
    }

    /// The answers that the wording suggests and further ones.
    pub(super) fn answers_and(&self, further: Vec<Vec<usize>>, telling: &Telling, index: &PlanIndex) -> KeptAnswers {
        let mut all = self.answers.answers();
        // Among more answers "no task" is seen anew, and stands last again.
        all.pop();
        let mut logarithms_of_all = self.logarithms.to_vec();
        let of_none = logarithms_of_all.pop();
        let further = answers(telling, further, &HeldWords::new(telling, index), index);
        let runs = telling.runs(index);
        let mut mixtures = Mixtures::new(&index.known.model, runs);
        logarithms_of_all.extend(logarithms(&mut mixtures, tasks_of(&further), index));
        logarithms_of_all.extend(of_none);
        all.extend(further);
        all.push(none(telling, &all, index));
        add_likelihoods(runs, &logarithms_of_all, &mut all);
        KeptAnswers::new(&all)
    }
}

/// The tasks of each of some answers.
fn tasks_of(answers: &[Answer]) -> impl Iterator<Item = &[usize]> + Clone {
    answers.iter().map(|answer| &answer.tasks[..])
}

/// Sets how likely the wording is under each answer.
fn add_likelihoods(runs: &KnownRuns, logarithms: &[f64], answers: &mut [Answer]) {
    for (answer, [whole, by_run]) in answers.iter_mut().zip(compared_likelihoods(runs, logarithms)) {
        answer.evidence.set(Piece::WordingLikely, whole);
        answer.evidence.set(Piece::RunsLikely, by_run);
    }
}

/// The answer "no task" beside some others.
fn none(telling: &Telling, others: &[Answer], index: &PlanIndex) -> Answer {
    let singles = others.iter().filter(|answer| answer.tasks.len() == 1);
    let singles: Vec<&Evidence> = singles.map(|answer| &answer.evidence).collect();
    Answer { tasks: Vec::new(), evidence: wording_evidence_for_none(telling, &singles, index) }
}

/// Some answers, each with what the wording says for it, and room for "no task".
fn answers(telling: &Telling, answers: Vec<Vec<usize>>, held: &HeldWords<'_>, index: &PlanIndex) -> Vec<Answer> {
    let mut all = Vec::with_capacity(answers.len() + 1);
    let words = TaskWords::new(telling, answers.iter().flatten().copied(), &held.all, index);
    all.extend(answers.into_iter().map(|tasks| {
        let evidence = wording_evidence(telling, &tasks, held, &words, index);
        Answer { tasks, evidence }
    }));
    all
}

/// The logarithm of the likelihood of some words under each answer, told by its tasks.
pub(super) fn logarithms<'a>(
    words: &mut Mixtures<'_>,
    answers: impl Iterator<Item = &'a [usize]> + Clone,
    index: &PlanIndex,
) -> Vec<f64> {
    let none = [index.tasks.len()];
    let several = answers.clone().filter(|tasks| tasks.len() > 1);
    words.look_up(several.flatten().copied());
    answers.map(|tasks| words.logarithm(if tasks.is_empty() { &none } else { tasks })).collect()
}

/// How likely some words are under each answer, seen from the likeliest one: as a whole, and for each run; nothing of words
/// that say nothing.
pub(super) fn compared_likelihoods(runs: &KnownRuns, logarithms: &[f64]) -> impl Iterator<Item = [f64; 2]> {
    /// Further below the likeliest answer, in natural logarithms, all are equally unlikely.
    const LOWEST: f64 = 12.0;
    /// The same for the mean of a wording's runs.
    const LOWEST_MEAN: f64 = 2.0;
    let count = runs.count();
    let highest = logarithms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let told = if count < 1.0 { &[] } else { logarithms };
    told.iter().map(move |logarithm| {
        let below = highest - logarithm;
        [1.0 - (below / LOWEST).min(1.0), 1.0 - (below / count / LOWEST_MEAN).min(1.0)]
    })
}
