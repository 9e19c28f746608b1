//! Fits the model to labelled rows: the weights by maximum likelihood, the temperature and the bands on rows of clerks
//! whose rows the weights were not fitted to.

use rayon::prelude::*;

use super::context::{Weighed, add_context};
use super::evidence::PIECES;
use super::index::PlanIndex;
use super::matching::{unweighed, weigh, weigh_once};
use super::model::{Band, Model, Numbers, View, dot, softmax};
use super::newton::{Example, likeliest_weights};
use crate::records::Submission;

/// A submission whose right answers are known.
#[derive(Debug)]
pub struct Labelled {
    /// What was filed.
    pub submission: Submission,
    /// One entry per record: the official numbers that it answers (empty: none) and whether a careful colleague could
    /// tell; absent where the truth does not speak of the record.
    pub answers: Vec<Option<LabelledAnswer>>,
    /// Number of the plan among those given to [`fit`].
    pub plan: usize,
}

/// The right answer of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelledAnswer {
    /// Official numbers, ascending; empty for a row that answers no task.
    pub tasks: Vec<u32>,
    /// Whether the row itself tells; otherwise `tasks` holds the best candidate.
    pub decidable: bool,
}

/// Share of an undecidable row's target that lies on its best candidate; the rest is shared by "no task" and all others.
const UNDECIDABLE: f64 = 0.5;

/// Fits a model. `plans` are the indexes that the labelled submissions refer to: some list people's wordings, some do
/// not, and each kind gets its numbers from its own.
pub fn fit(labelled: &[Labelled], plans: &[&PlanIndex]) -> (Model, [LeftOutFigures; 2]) {
    let of = |lists: bool| -> Vec<&Labelled> {
        labelled.iter().filter(|one| plans[one.plan].lists_wordings == lists).collect()
    };
    let ((with_wordings, figures_with), (without_wordings, figures_without)) =
        rayon::join(|| fit_numbers(&of(true), plans), || fit_numbers(&of(false), plans));
    (Model { with_wordings, without_wordings }, [figures_with, figures_without])
}

fn fit_numbers(labelled: &[&Labelled], plans: &[&PlanIndex]) -> (Numbers, LeftOutFigures) {
    let mut numbers = fit_weights(labelled, plans);
    let left_out = left_out_examples(labelled, plans);
    numbers.temperature = best_temperature(&left_out);
    numbers.bands = bands(&left_out, numbers.temperature);
    let figures = figures(&left_out, numbers.temperature);
    (numbers, figures)
}

/// How the fitted numbers do on rows of clerks they were not fitted to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LeftOutFigures {
    /// Rows.
    pub rows: usize,
    /// Mean logarithm of the probability of the right answer.
    pub likelihood: f64,
    /// Share of rows whose likeliest answer is right.
    pub right: f64,
    /// Share of rows that may be used without review while at most 3 in 1,000 of all rows are wrong among them.
    pub covered: f64,
}

fn figures(left_out: &[LeftOut], temperature: f64) -> LeftOutFigures {
    const WRONG: f64 = 0.003;
    let mut answered = answered(left_out, temperature);
    answered.sort_by(|one, other| other.0.total_cmp(&one.0));
    let logarithms = left_out.iter().map(|row| {
        let scaled: Vec<f64> = row.sums.iter().map(|sum| sum / temperature).collect();
        row.right.map_or(1e-6, |right| softmax(&scaled)[right].max(1e-6)).ln()
    });
    #[expect(clippy::cast_precision_loss, reason = "there are some thousand rows at most")]
    let share = |part: usize| part as f64 / left_out.len().max(1) as f64;
    let (mut wrong, mut covered) = (0, 0);
    for (used, (_, right)) in answered.iter().enumerate() {
        wrong += usize::from(!right);
        if share(wrong) <= WRONG {
            covered = used + 1;
        }
    }
    LeftOutFigures {
        rows: left_out.len(),
        likelihood: logarithms.sum::<f64>() * share(1),
        right: share(answered.iter().filter(|(_, right)| *right).count()),
        covered: share(covered),
    }
}

/// Confidence of the likeliest answer of every row, and whether it is right.
fn answered(left_out: &[LeftOut], temperature: f64) -> Vec<(f64, bool)> {
    let answered = left_out.iter().map(|row| {
        let scaled: Vec<f64> = row.sums.iter().map(|sum| sum / temperature).collect();
        let probabilities = softmax(&scaled);
        let best = (0..probabilities.len()).max_by(|&one, &other| probabilities[one].total_cmp(&probabilities[other]));
        (best.map_or(0.0, |best| probabilities[best]), best == row.right)
    });
    answered.collect()
}

/// Both weight vectors, with temperature 1 and no bands.
fn fit_weights(labelled: &[&Labelled], plans: &[&PlanIndex]) -> Numbers {
    let none = [0.0; PIECES];
    let mut numbers = Numbers { alone: none, together: none, temperature: 1.0, bands: Vec::new() };
    let mut submissions: Vec<Vec<Weighed>> =
        labelled.iter().map(|one| unweighed(&one.submission, plans[one.plan])).collect();
    let likeliest = |submissions: &[Vec<Weighed>]| {
        let examples = submissions.iter().zip(labelled).flat_map(|(rows, one)| {
            let pairs = rows.iter().zip(&one.answers);
            pairs.filter_map(|(weighed, answer)| example(weighed, answer.as_ref()?, plans[one.plan]))
        });
        likeliest_weights(&examples.collect::<Vec<_>>())
    };
    numbers.alone = likeliest(&submissions);
    for (rows, one) in submissions.iter_mut().zip(labelled) {
        weigh_once(rows, &numbers, View::Alone);
        add_context(rows, plans[one.plan]);
    }
    numbers.together = likeliest(&submissions);
    numbers
}

/// A row to learn from; `None` where the right answer is not among those weighed.
fn example(weighed: &Weighed, answer: &LabelledAnswer, index: &PlanIndex) -> Option<Example> {
    let right: Vec<usize> = answer.tasks.iter().map(|&number| index.position(number)).collect::<Option<_>>()?;
    let place = weighed.answers.position(&right)?;
    let answers: Vec<[f64; PIECES]> = strengths(weighed).collect();
    let mut target = vec![0.0; answers.len()];
    if answer.decidable {
        target[place] = 1.0;
    } else {
        // A careful colleague cannot tell: it may be the task, no task ("none" stands last), or any other.
        #[expect(clippy::cast_precision_loss, reason = "a row has a few dozen possible answers")]
        let each = (1.0 - UNDECIDABLE) / 2.0 / answers.len() as f64;
        target.fill(each);
        target[place] += UNDECIDABLE;
        target[answers.len() - 1] += (1.0 - UNDECIDABLE) / 2.0;
    }
    Some(Example { answers, target })
}

/// The strengths of the evidence for each answer of a row.
fn strengths(weighed: &Weighed) -> impl Iterator<Item = [f64; PIECES]> {
    (0..weighed.answers.len()).map(|answer| *weighed.answers.evidence(answer).strengths())
}

/// A left-out row: the sums of its answers, and which of them is right (`None`: it was not among those weighed).
struct LeftOut {
    sums: Vec<f64>,
    right: Option<usize>,
}

/// How many parts the clerks are dealt into; each part is scored by weights fitted to the others.
const PARTS: usize = 6;

fn left_out_examples(labelled: &[&Labelled], plans: &[&PlanIndex]) -> Vec<LeftOut> {
    let parts: Vec<Vec<LeftOut>> =
        (0..PARTS).into_par_iter().map(|part| left_out_part(part, labelled, plans)).collect();
    parts.into_iter().flatten().collect()
}

/// The rows of one part of the clerks, weighed by what was fitted to the others.
fn left_out_part(part: usize, labelled: &[&Labelled], plans: &[&PlanIndex]) -> Vec<LeftOut> {
    let (scored, learnt): (Vec<_>, Vec<_>) =
        labelled.iter().copied().enumerate().partition(|(place, _)| place % PARTS == part);
    let learnt: Vec<&Labelled> = learnt.into_iter().map(|(_, one)| one).collect();
    let numbers = fit_weights(&learnt, plans);
    let mut left_out = Vec::new();
    for (_, one) in scored {
        let index = plans[one.plan];
        let weighed = weigh(&one.submission, index, &numbers);
        for (weighed, answer) in weighed.iter().zip(&one.answers) {
            let Some(answer) = answer.as_ref().filter(|answer| answer.decidable) else { continue };
            let sums = strengths(weighed).map(|strengths| dot(&numbers.together, &strengths));
            let right: Option<Vec<usize>> = answer.tasks.iter().map(|&number| index.position(number)).collect();
            let right = right.and_then(|right| weighed.answers.position(&right));
            left_out.push(LeftOut { sums: sums.collect(), right });
        }
    }
    left_out
}

/// The temperature under which the left-out rows' right answers are most likely.
fn best_temperature(left_out: &[LeftOut]) -> f64 {
    let likelihood = |temperature: f64| {
        let logarithms = left_out.iter().filter_map(|row| {
            let scaled: Vec<f64> = row.sums.iter().map(|sum| sum / temperature).collect();
            Some(softmax(&scaled)[row.right?].max(1e-12).ln())
        });
        logarithms.sum::<f64>()
    };
    let tried = (4..=40).map(|twentieths| f64::from(twentieths) / 20.0);
    let scored = tried.map(|temperature| (likelihood(temperature), temperature));
    scored.max_by(|one, other| one.0.total_cmp(&other.0)).map_or(1.0, |(_, temperature)| temperature)
}

/// The curve of limits: for each, the share of wrong answers to expect among the left-out rows at or above it.
fn bands(left_out: &[LeftOut], temperature: f64) -> Vec<Band> {
    let mut answered = answered(left_out, temperature);
    answered.sort_by(|one, other| one.0.total_cmp(&other.0));
    let limits =
        (50..100).map(|hundredths| f64::from(hundredths) / 100.0).chain([0.992, 0.995, 0.997, 0.998, 0.999, 0.9995]);
    limits
        .map(|limit| {
            let used: Vec<&(f64, bool)> = answered.iter().filter(|(confidence, _)| *confidence >= limit).collect();
            #[expect(clippy::cast_precision_loss, reason = "there are some thousand rows at most")]
            let (count, wrong) = (used.len() as f64, used.iter().filter(|(_, right)| !right).count() as f64);
            let stated: f64 = used.iter().map(|(confidence, _)| 1.0 - confidence).sum();
            // What the rows show, with one more that may go wrong next time, or what the confidences state, whichever is
            // worse.
            Band { limit, wrong: if count > 0.0 { (wrong + 1.0).max(stated) / count } else { 0.0 } }
        })
        .collect()
}
