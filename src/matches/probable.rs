//! What does a weighed row probably answer, seen from its neighbours?

use super::context::Weighed;
use super::row::Row;
use super::row_answers::RowAnswers;

/// What a weighed row probably answers, seen from its neighbours.
pub(super) struct Probable<'a> {
    /// The row.
    pub(super) row: &'a Row,
    /// What it may answer.
    pub(super) answers: &'a RowAnswers,
    /// How the few tasks that it may answer are among what it answers, by their positions.
    pub(super) chances: Vec<(usize, Chance)>,
    /// For each task how surely the row leads on to it: how near behind the last one that it answers the task stands in
    /// the list.
    pub(super) leads_on: Vec<f64>,
    /// For each task how surely the row comes from it: how near before the first one that it answers the task stands.
    pub(super) comes_from: Vec<f64>,
    /// Probability that it answers none.
    pub(super) none: f64,
    /// Its answers of several tasks.
    several: Vec<(&'a [usize], f64)>,
}

/// How a task may be among what a row answers, each a probability.
#[derive(Clone, Copy, Default)]
pub(super) struct Chance {
    /// That the row answers the task, alone or among others.
    pub(super) among: f64,
    /// That it answers just this task.
    alone: f64,
    /// That the task is the first one that it answers.
    first: f64,
    /// That the task is the last one that it answers.
    last: f64,
}

impl<'a> Probable<'a> {
    /// What a row probably answers, there being so many tasks.
    pub(super) fn new(weighed: &'a Weighed, tasks: usize) -> Self {
        let mut chances: Vec<(usize, Chance)> = Vec::with_capacity(USUAL_CHANCES);
        let (mut none, mut several): (f64, Vec<(&[usize], f64)>) = (0.0, Vec::new());
        for (tasks, &probability) in weighed.answers.tasks().zip(&weighed.probabilities) {
            let (Some(&first), Some(&last)) = (tasks.first(), tasks.last()) else {
                none += probability;
                continue;
            };
            for &task in tasks {
                let chance = chance_of(&mut chances, task);
                let when = |applies: bool| if applies { probability } else { 0.0 };
                chance.among += probability;
                chance.first += when(task == first);
                chance.last += when(task == last);
                chance.alone += when(first == last);
            }
            if first != last {
                several.push((tasks, probability));
            }
        }
        chances.sort_unstable_by_key(|(task, _)| *task);
        let (mut leads_on, mut comes_from) = (vec![0.0; tasks], vec![0.0; tasks]);
        // Of what is added up for a task the nearest comes first, in either direction.
        for (task, chance) in chances.iter().rev().filter(|(_, chance)| chance.last > 0.0) {
            for (leads_on, nearness) in leads_on[task + 1..].iter_mut().zip(NEARNESS) {
                *leads_on += nearness * chance.last;
            }
        }
        for (task, chance) in chances.iter().filter(|(_, chance)| chance.first > 0.0) {
            for (comes_from, nearness) in comes_from[..*task].iter_mut().rev().zip(NEARNESS) {
                *comes_from += nearness * chance.first;
            }
        }
        Self { row: &weighed.row, answers: &weighed.answers, chances, leads_on, comes_from, none, several }
    }

    /// Probability that the row answers exactly these tasks.
    pub(super) fn answers_exactly(&self, tasks: &[usize]) -> f64 {
        match *tasks {
            [] => self.none,
            [task] => self.chances.iter().find(|(other, _)| *other == task).map_or(0.0, |(_, chance)| chance.alone),
            _ => self.several.iter().filter(|(several, _)| *several == tasks).map(|(_, probability)| probability).sum(),
        }
    }
}

/// Few rows may answer more tasks.
const USUAL_CHANCES: usize = 16;

/// The chance of a task, none so far where it was not met.
fn chance_of(chances: &mut Vec<(usize, Chance)>, task: usize) -> &mut Chance {
    let place = chances.iter().position(|(other, _)| *other == task).unwrap_or_else(|| {
        chances.push((task, Chance::default()));
        chances.len() - 1
    });
    &mut chances[place].1
}

/// How well a task follows another so many steps before it in the list, one step first: best directly behind it. Steps
/// farther apart say nothing.
const NEARNESS: [f64; 6] = [1.0, 0.7, 0.5, 0.25, 0.25, 0.25];
