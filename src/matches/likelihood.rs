//! How likely are these words if this task is meant? Learnt from the wordings under which each task is known.
//!
//! A multinomial naive Bayes model over runs of one to three characters: each task is a bag of the runs that its
//! wordings hold, work besides the list is one more bag, and several tasks are their bags mixed in equal parts, so that
//! a row that names two tasks is explained best by the two together.

use std::collections::HashMap;

use super::index::packed_runs;
use super::model::softmax;

/// Added to every count, so that a run that a task's wordings lack is unlikely and not impossible; among 0.1, 0.3 and 1
/// the one that places most development rows by their name alone.
const ADDED: f64 = 0.3;

/// The bags of runs, one for each task of the plan and one for work besides it.
#[derive(Debug)]
pub(super) struct WordingModel {
    runs: HashMap<u64, u32>,
    /// For each run the bags that hold it, with what they hold: bag and count.
    held: Vec<Vec<(u32, f64)>>,
    /// For each bag the sum of its counts, those added to every run included.
    totals: Vec<f64>,
    /// For each bag the probability of a run that its wordings lack.
    unheld: Vec<f64>,
}

/// The probability of each known run of a wording under each bag: as many rows as runs, as many columns as bags.
#[derive(Debug)]
pub(super) struct RunProbabilities {
    bags: usize,
    probabilities: Vec<f64>,
}

impl WordingModel {
    /// Learns from plain wordings, each with its bag: the position of a task, or the number of tasks for work besides
    /// the list.
    pub(super) fn new<'a>(wordings: impl Iterator<Item = (usize, &'a str)>, bags: usize) -> Self {
        let mut model = Self { runs: HashMap::new(), held: Vec::new(), totals: vec![0.0; bags], unheld: Vec::new() };
        for (bag, wording) in wordings {
            for run in packed_runs(wording) {
                let next = u32::try_from(model.held.len()).unwrap_or(u32::MAX);
                let number = *model.runs.entry(run).or_insert(next);
                if number == next {
                    model.held.push(Vec::new());
                }
                let held = &mut model.held[number as usize];
                let bag_number = u32::try_from(bag).unwrap_or(u32::MAX);
                match held.iter_mut().find(|(holder, _)| *holder == bag_number) {
                    Some((_, count)) => *count += 1.0,
                    None => held.push((bag_number, 1.0)),
                }
                model.totals[bag] += 1.0;
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "there are some ten thousand runs")]
        let added = ADDED * model.held.len() as f64;
        model.totals.iter_mut().for_each(|total| *total += added);
        model.unheld = model.totals.iter().map(|total| ADDED / total).collect();
        model
    }

    /// The probabilities of a plain wording's runs. Runs that no wording holds say nothing.
    pub(super) fn probabilities(&self, wording: &str) -> RunProbabilities {
        let bags = self.totals.len();
        let mut probabilities = Vec::new();
        for run in packed_runs(wording) {
            let Some(&number) = self.runs.get(&run) else { continue };
            let start = probabilities.len();
            probabilities.extend(&self.unheld);
            for &(bag, count) in &self.held[number as usize] {
                probabilities[start + bag as usize] += count / self.totals[bag as usize];
            }
        }
        RunProbabilities { bags, probabilities }
    }
}

impl RunProbabilities {
    /// Number of known runs.
    #[expect(clippy::cast_precision_loss, reason = "a cell has at most 32,767 characters")]
    pub(super) fn count(&self) -> f64 {
        (self.probabilities.len() / self.bags.max(1)) as f64
    }

    /// The logarithm of the likelihood under some bags mixed in equal parts; 0 for a wording without known runs.
    pub(super) fn logarithm(&self, bags: &[usize]) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a row names a handful of tasks")]
        let parts = bags.len() as f64;
        let runs = self.probabilities.chunks_exact(self.bags);
        runs.map(|run| (bags.iter().map(|&bag| run[bag]).sum::<f64>() / parts).ln()).sum()
    }

    /// The probability of every bag alone, if one of them is meant and all are equally likely beforehand.
    pub(super) fn shares(&self) -> Vec<f64> {
        softmax(&self.logarithms())
    }

    /// The logarithm for every bag alone.
    fn logarithms(&self) -> Vec<f64> {
        let mut sums = vec![0.0; self.bags];
        for run in self.probabilities.chunks_exact(self.bags) {
            sums.iter_mut().zip(run).for_each(|(sum, probability)| *sum += probability.ln());
        }
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model() -> WordingModel {
        let wordings = [(0, "农村供水"), (0, "自来水统管"), (1, "农村公路"), (1, "修村道"), (2, "秋季征兵")];
        WordingModel::new(wordings.into_iter(), 3)
    }

    #[test]
    fn words_point_to_the_task_that_is_spoken_of_in_them() {
        for (wording, bag) in [("自来水", 0), ("村道修了", 1), ("征兵体检", 2)] {
            let sums = model().probabilities(wording).logarithms();
            let best = (0..3).max_by(|&one, &other| sums[one].total_cmp(&sums[other]));
            assert_eq!(best, Some(bag), "{wording}: {sums:?}");
        }
    }

    #[test]
    fn two_tasks_together_explain_a_row_that_names_both() {
        let runs = model().probabilities("自来水和修村道");
        assert!(runs.logarithm(&[0, 1]) > runs.logarithm(&[0]).max(runs.logarithm(&[1])));
        let one = model().probabilities("自来水统管");
        assert!(one.logarithm(&[0]) > one.logarithm(&[0, 1]));
    }

    #[test]
    fn unknown_words_say_nothing() {
        let runs = model().probabilities("xyz");
        assert!(runs.logarithm(&[0]).abs() < f64::EPSILON && runs.logarithms() == [0.0; 3]);
    }
}
