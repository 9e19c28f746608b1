//! Fits the model to labelled rows: the weights by maximum likelihood, the temperature and the bands on rows of clerks
//! whose rows the weights were not fitted to.

use super::context::Weighed;
use super::evidence::PIECES;
use super::index::PlanIndex;
use super::matching::{options, weigh};
use super::model::{Band, Model, Numbers, dot, softmax};
use super::row::Row;
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

/// Penalty on the squared weights; chosen among 0.003, 0.01, 0.03, 0.1 by the likelihood of left-out clerks.
const PENALTY: f64 = 0.001;
/// Steps of gradient descent; the sum no longer changes in its fourth decimal after some 600.
const STEPS: usize = 900;
/// Share of an undecidable row's target that lies on its best candidate; the rest is shared by "no task" and all others.
const UNDECIDABLE: f64 = 0.5;

/// One row to learn from: the strengths of each answer's evidence, and the share of the target that lies on it.
struct Example {
    answers: Vec<[f64; PIECES]>,
    target: Vec<f64>,
}

/// Fits a model. `plans` are the indexes that the labelled submissions refer to: some list people's wordings, some do
/// not, and each kind gets its numbers from its own.
pub fn fit(labelled: &[Labelled], plans: &[&PlanIndex]) -> (Model, [LeftOutFigures; 2]) {
    let of = |lists: bool| -> Vec<&Labelled> {
        labelled.iter().filter(|one| plans[one.plan].lists_wordings == lists).collect()
    };
    let (with_wordings, figures_with) = fit_numbers(&of(true), plans);
    let (without_wordings, figures_without) = fit_numbers(&of(false), plans);
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
    let mut numbers = Numbers { alone: [0.0; PIECES], together: [0.0; PIECES], temperature: 1.0, bands: Vec::new() };
    let alone = labelled.iter().flat_map(|one| alone_examples(one, plans));
    numbers.alone = descend(&alone.collect::<Vec<_>>());
    let together = labelled.iter().flat_map(|one| together_examples(one, plans, &numbers));
    numbers.together = descend(&together.collect::<Vec<_>>());
    numbers
}

/// The rows of a submission, each on its own.
fn alone_examples(labelled: &Labelled, plans: &[&PlanIndex]) -> Vec<Example> {
    let index = plans[labelled.plan];
    let rows = labelled.submission.records.iter().map(|record| options(Row::new(record, index), index));
    rows.zip(&labelled.answers).filter_map(|(weighed, answer)| example(&weighed, answer.as_ref()?, index)).collect()
}

/// The rows of a submission among their neighbours.
fn together_examples(labelled: &Labelled, plans: &[&PlanIndex], numbers: &Numbers) -> Vec<Example> {
    let index = plans[labelled.plan];
    let weighed = weigh(&labelled.submission, index, numbers);
    let pairs = weighed.iter().zip(&labelled.answers);
    pairs.filter_map(|(weighed, answer)| example(weighed, answer.as_ref()?, index)).collect()
}

/// A row to learn from; `None` where the right answer is not among those weighed.
fn example(weighed: &Weighed, answer: &LabelledAnswer, index: &PlanIndex) -> Option<Example> {
    let right: Vec<usize> = answer.tasks.iter().map(|&number| index.position(number)).collect::<Option<_>>()?;
    let place = weighed.answers.iter().position(|candidate| candidate.tasks == right)?;
    let answers: Vec<[f64; PIECES]> = weighed.answers.iter().map(|candidate| *candidate.evidence.strengths()).collect();
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

/// The weights that make the targets most likely, under the penalty: gradient descent with Adam's step sizes.
fn descend(examples: &[Example]) -> [f64; PIECES] {
    const RATE: f64 = 0.05;
    const KEEP: f64 = 0.9;
    const KEEP_SQUARES: f64 = 0.999;
    let mut weights = [0.0; PIECES];
    let (mut slope, mut squares) = ([0.0; PIECES], [0.0; PIECES]);
    for step in 1..=STEPS {
        let gradient = gradient(examples, &weights);
        let step = i32::try_from(step).unwrap_or(i32::MAX);
        for piece in 0..PIECES {
            slope[piece] = KEEP * slope[piece] + (1.0 - KEEP) * gradient[piece];
            squares[piece] = KEEP_SQUARES * squares[piece] + (1.0 - KEEP_SQUARES) * gradient[piece].powi(2);
            let unbiased = slope[piece] / (1.0 - KEEP.powi(step));
            let unbiased_square = squares[piece] / (1.0 - KEEP_SQUARES.powi(step));
            weights[piece] -= RATE * unbiased / (unbiased_square.sqrt() + 1e-8);
        }
    }
    weights
}

/// Gradient of the mean negative logarithmic likelihood plus the penalty.
fn gradient(examples: &[Example], weights: &[f64; PIECES]) -> [f64; PIECES] {
    let mut gradient = [0.0; PIECES];
    for example in examples {
        let sums: Vec<f64> = example.answers.iter().map(|strengths| dot(weights, strengths)).collect();
        for ((strengths, probability), target) in example.answers.iter().zip(softmax(&sums)).zip(&example.target) {
            for (slope, strength) in gradient.iter_mut().zip(strengths) {
                *slope += (probability - target) * strength;
            }
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "there are some thousand rows at most")]
    let count = examples.len().max(1) as f64;
    for (slope, weight) in gradient.iter_mut().zip(weights) {
        *slope = *slope / count + PENALTY * weight / 10.0;
    }
    gradient
}

/// A left-out row: the sums of its answers, and which of them is right (`None`: it was not among those weighed).
struct LeftOut {
    sums: Vec<f64>,
    right: Option<usize>,
}

/// How many parts the clerks are dealt into; each part is scored by weights fitted to the others.
const PARTS: usize = 6;

fn left_out_examples(labelled: &[&Labelled], plans: &[&PlanIndex]) -> Vec<LeftOut> {
    let mut left_out = Vec::new();
    for part in 0..PARTS {
        let (scored, learnt): (Vec<_>, Vec<_>) =
            labelled.iter().copied().enumerate().partition(|(place, _)| place % PARTS == part);
        let learnt: Vec<&Labelled> = learnt.into_iter().map(|(_, one)| one).collect();
        let numbers = fit_weights(&learnt, plans);
        for (_, one) in scored {
            let index = plans[one.plan];
            let weighed = weigh(&one.submission, index, &numbers);
            for (weighed, answer) in weighed.iter().zip(&one.answers) {
                let Some(answer) = answer.as_ref().filter(|answer| answer.decidable) else { continue };
                let sums =
                    weighed.answers.iter().map(|candidate| dot(&numbers.together, candidate.evidence.strengths()));
                let right: Option<Vec<usize>> = answer.tasks.iter().map(|&number| index.position(number)).collect();
                let right =
                    right.and_then(|right| weighed.answers.iter().position(|candidate| candidate.tasks == right));
                left_out.push(LeftOut { sums: sums.collect(), right });
            }
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
