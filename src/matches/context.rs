//! The whole workbook looked at together: numbering, order, neighbours and rivals as evidence for each row.
//!
//! Every row has been weighed on its own first; what its neighbours probably answer then speaks for or against its own
//! candidates. Order is evidence, not a rule, and weighs as much as the workbook at hand keeps it.

use super::evidence::{Evidence, Piece};
use super::index::PlanIndex;
use super::row::Row;

/// A row with its possible answers and, once weighed, their probabilities.
#[derive(Debug)]
pub(super) struct Weighed {
    /// The row.
    pub(super) row: Row,
    /// Possible answers; the last one is "no task".
    pub(super) answers: Vec<Answer>,
    /// Probability of each answer.
    pub(super) probabilities: Vec<f64>,
}

/// One possible answer.
#[derive(Debug)]
pub(super) struct Answer {
    /// Positions of the tasks in the plan, ascending; empty for "no task".
    pub(super) tasks: Vec<usize>,
    /// The evidence.
    pub(super) evidence: Evidence,
}

/// A row whose best answer is at least this probable tells something about the table's habits.
const TELLING: f64 = 0.5;
/// How many rows up and down count as neighbours.
const REACH: usize = 3;
/// How much less the next neighbour says than the one before it.
const FADING: f64 = 0.85;

impl Weighed {
    /// Index of the most probable answer.
    pub(super) fn best(&self) -> usize {
        let ranked = self.probabilities.iter().enumerate();
        ranked.max_by(|one, other| one.1.total_cmp(other.1).then(other.0.cmp(&one.0))).map_or(0, |(index, _)| index)
    }

    /// Probability that the row answers the task, alone or among others.
    fn answers_task(&self, task: usize) -> f64 {
        let pairs = self.answers.iter().zip(&self.probabilities);
        pairs.filter(|(answer, _)| answer.tasks.contains(&task)).map(|(_, probability)| probability).sum()
    }

    /// Probability that the row answers exactly these tasks.
    fn answers_exactly(&self, tasks: &[usize]) -> f64 {
        let pairs = self.answers.iter().zip(&self.probabilities);
        pairs.filter(|(answer, _)| answer.tasks == tasks).map(|(_, probability)| probability).sum()
    }

    /// The single task that the row most probably answers, where that is telling.
    fn telling_task(&self) -> Option<usize> {
        let best = self.best();
        let single = self.answers[best].tasks.len() == 1 && self.probabilities[best] >= TELLING;
        single.then(|| self.answers[best].tasks[0])
    }
}

/// Sets the pieces of evidence that come from the other rows of the submission.
pub(super) fn add_context(rows: &mut [Weighed], index: &PlanIndex) {
    let numbering = numbering_trust(rows, index);
    let order = order_trust(rows);
    let once = once_trust(rows);
    let reported: Vec<Vec<(usize, f64)>> = (0..index.tasks.len()).map(|task| reporters(rows, task)).collect();
    let mut added = Vec::with_capacity(rows.len());
    for place in 0..rows.len() {
        let pieces = rows[place].answers.iter().map(|answer| {
            if answer.tasks.is_empty() {
                none_context(rows, place)
            } else {
                let mut pieces = number_context(&rows[place].row, &answer.tasks, numbering, index);
                pieces.extend(neighbour_context(rows, place, &answer.tasks, order));
                pieces
                    .push((Piece::AnsweredElsewhere, once * answered_elsewhere(rows, place, &answer.tasks, &reported)));
                pieces.push((Piece::GroupAgrees, group_agrees(rows, place, &answer.tasks)));
                pieces
            }
        });
        added.push(pieces.collect::<Vec<_>>());
    }
    for (weighed, all_pieces) in rows.iter_mut().zip(added) {
        for (answer, pieces) in weighed.answers.iter_mut().zip(all_pieces) {
            for (piece, strength) in pieces {
                answer.evidence.set(piece, strength);
            }
        }
    }
}

/// How far the table's numbers are the official ones, 0 to 1: learnt from the rows that their text places.
fn numbering_trust(rows: &[Weighed], index: &PlanIndex) -> f64 {
    let (mut agreeing, mut telling) = (0.5, 1.0);
    for weighed in rows {
        if let (Some(task), [number]) = (weighed.telling_task(), &weighed.row.numbers[..]) {
            telling += 1.0;
            if index.tasks[task].number == *number {
                agreeing += 1.0;
            }
        }
    }
    agreeing / telling
}

/// How far the rows follow the list's order, 0 to 1: the share of telling neighbours of which the second comes after.
fn order_trust(rows: &[Weighed]) -> f64 {
    let (mut ascending, mut telling) = (0.5, 1.0);
    for pair in rows.windows(2).filter(|pair| pair[0].row.sheet == pair[1].row.sheet) {
        if let (Some(first), Some(second)) = (pair[0].telling_task(), pair[1].telling_task())
            && first != second
        {
            telling += 1.0;
            if first < second && second - first <= 6 {
                ascending += 1.0;
            }
        }
    }
    ascending / telling
}

/// How far the table gives each task once, 0 to 1: in a report by village or by project, the same task comes again and
/// again.
fn once_trust(rows: &[Weighed]) -> f64 {
    let told: Vec<(usize, usize)> =
        rows.iter().filter_map(|weighed| Some((weighed.telling_task()?, weighed.row.group))).collect();
    let again = |&(task, group): &(usize, usize)| told.iter().any(|other| other.0 == task && other.1 != group);
    #[expect(clippy::cast_precision_loss, reason = "a sheet has at most some thousand rows")]
    let (once, all) = (told.iter().filter(|told| !again(told)).count() as f64, told.len() as f64);
    (once + 0.5) / (all + 1.0)
}

/// The rows that answer a task with some probability.
fn reporters(rows: &[Weighed], task: usize) -> Vec<(usize, f64)> {
    let answering = rows.iter().enumerate().map(|(place, weighed)| (place, weighed.answers_task(task)));
    answering.filter(|(_, probability)| *probability > 0.01).collect()
}

fn number_context(row: &Row, tasks: &[usize], trust: f64, index: &PlanIndex) -> Vec<(Piece, f64)> {
    if row.numbers.is_empty() {
        return Vec::new();
    }
    let official: Vec<u32> = tasks.iter().map(|&task| index.tasks[task].number).collect();
    let mut written = row.numbers.clone();
    written.sort_unstable();
    written.dedup();
    if written == official { vec![(Piece::NumberAgrees, trust)] } else { vec![(Piece::NumberDiffers, trust)] }
}

fn neighbour_context(rows: &[Weighed], place: usize, tasks: &[usize], order: f64) -> Vec<(Piece, f64)> {
    let first = tasks[0];
    let last = tasks[tasks.len() - 1];
    let (mut after, mut before, mut same) = (0.0f64, 0.0f64, 0.0f64);
    let mut fading = 1.0;
    for distance in 1..=REACH {
        if let Some(above) = neighbour(rows, place, place.checked_sub(distance)) {
            after = after.max(fading * follows(above, |other| other.last().map(|&other| step(other, first))));
            if distance == 1 {
                same = same.max(above.answers_exactly(tasks));
            }
        }
        if let Some(below) = neighbour(rows, place, place.checked_add(distance)) {
            before = before.max(fading * follows(below, |other| other.first().map(|&other| step(last, other))));
            if distance == 1 {
                same = same.max(below.answers_exactly(tasks));
            }
        }
        fading *= FADING;
    }
    vec![(Piece::AfterNeighbour, after * order), (Piece::BeforeNeighbour, before * order), (Piece::NeighbourSame, same)]
}

/// The row at a place, where it stands on the same sheet.
fn neighbour(rows: &[Weighed], place: usize, other: Option<usize>) -> Option<&Weighed> {
    let other = rows.get(other?)?;
    (other.row.sheet == rows[place].row.sheet).then_some(other)
}

/// How far the answers of a neighbour lead on to (or come from) a task.
fn follows(neighbour: &Weighed, nearness: impl Fn(&[usize]) -> Option<f64>) -> f64 {
    let pairs = neighbour.answers.iter().zip(&neighbour.probabilities);
    pairs.filter_map(|(answer, probability)| nearness(&answer.tasks).map(|near| near * probability)).sum()
}

/// How well a task follows another in the list: best directly behind it.
fn step(from: usize, to: usize) -> f64 {
    match to.checked_sub(from) {
        Some(1) => 1.0,
        Some(2) => 0.7,
        Some(3) => 0.5,
        Some(4..=6) => 0.25,
        _ => 0.0,
    }
}

/// How surely rows apart from this one and its direct neighbours answer the tasks.
fn answered_elsewhere(rows: &[Weighed], place: usize, tasks: &[usize], reported: &[Vec<(usize, f64)>]) -> f64 {
    let own = &rows[place].row;
    let rival = |task: usize| {
        let apart =
            reported[task].iter().filter(|(other, _)| other.abs_diff(place) > 1 && rows[*other].row.group != own.group);
        apart.map(|(_, probability)| *probability).fold(0.0, f64::max)
    };
    #[expect(clippy::cast_precision_loss, reason = "a set has a handful of tasks")]
    let count = tasks.len() as f64;
    tasks.iter().map(|&task| rival(task)).sum::<f64>() / count
}

/// How surely the records that share the row's task cell answer the same.
fn group_agrees(rows: &[Weighed], place: usize, tasks: &[usize]) -> f64 {
    let own = &rows[place].row;
    let mates = rows.iter().enumerate().filter(|(other, weighed)| *other != place && weighed.row.group == own.group);
    let (mut sum, mut count) = (0.0, 0.0);
    for (_, mate) in mates {
        sum += mate.answers_exactly(tasks);
        count += 1.0;
    }
    if count > 0.0 { sum / count } else { 0.0 }
}

fn none_context(rows: &[Weighed], place: usize) -> Vec<(Piece, f64)> {
    let beside = [place.checked_sub(1), place.checked_add(1)];
    let neighbours: Vec<&Weighed> = beside.into_iter().filter_map(|other| neighbour(rows, place, other)).collect();
    let none = neighbours.iter().map(|weighed| weighed.answers_exactly(&[]));
    #[expect(clippy::cast_precision_loss, reason = "there are at most two")]
    let mean = none.sum::<f64>() / neighbours.len().max(1) as f64;
    let numbered = neighbours.iter().any(|weighed| !weighed.row.numbers.is_empty());
    let blank = rows[place].row.numbers.is_empty() && numbered;
    vec![(Piece::NoneNeighbours, mean), (Piece::NoneNumberBlank, if blank { 1.0 } else { 0.0 })]
}
