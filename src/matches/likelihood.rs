//! How likely are these words if this task is meant? Learnt from the wordings under which each task is known.
//!
//! A multinomial naive Bayes model over runs of one to three characters: each task is a bag of the runs that its
//! wordings hold, work besides the list is one more bag, and several tasks are their bags mixed in equal parts, so that
//! a row that names two tasks is explained best by the two together.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::index::packed_runs;
use super::lists::Lists;
use super::model::softmax;

/// Added to every count, so that a run that a task's wordings lack is unlikely and not impossible; among 0.1, 0.3 and 1
/// the one that places most development rows by their name alone.
const ADDED: f64 = 0.3;

/// The bags of runs, one for each task of the plan and one for work besides it.
#[derive(Debug, Default)]
pub(super) struct WordingModel {
    runs: FxHashMap<u64, u32>,
    /// The bags that hold each run.
    held: Lists<Held>,
    /// For each bag the probability of a run that its wordings lack, and its logarithm.
    unheld: Vec<(f64, f64)>,
}

/// A bag that holds a run.
#[derive(Debug)]
struct Held {
    bag: usize,
    /// How much likelier the run is there than one that the bag lacks.
    more: f64,
    /// The same between the logarithms of the two probabilities.
    more_logarithm: f64,
}

/// The runs of a wording that the model knows, and what they say of every bag alone.
#[derive(Debug)]
pub(super) struct KnownRuns {
    numbers: Vec<u32>,
    /// For every bag the logarithm of the likelihood.
    logarithms: Vec<f64>,
}

impl WordingModel {
    /// Learns from plain wordings, each with its bag: the position of a task, or the number of tasks for work besides
    /// the list.
    pub(super) fn new(wordings: &[(usize, &str)], bags: usize) -> Self {
        let held = wordings
            .par_iter()
            .flat_map_iter(|&(bag, wording)| packed_runs(wording).into_iter().map(move |run| (run, bag)));
        let mut held: Vec<(u64, usize)> = held.collect();
        held.par_sort_unstable();
        let mut totals = vec![0.0; bags];
        for &(_, bag) in &held {
            totals[bag] += 1.0;
        }
        let of_each_run = || held.chunk_by(|one, other| one.0 == other.0);
        #[expect(clippy::cast_precision_loss, reason = "there are some ten thousand runs")]
        let added = ADDED * of_each_run().count() as f64;
        let unheld: Vec<(f64, f64)> =
            totals.iter().map(|total| ADDED / (total + added)).map(|share| (share, share.ln())).collect();
        let in_bag = |in_bag: &[(u64, usize)]| {
            let bag = in_bag[0].1;
            #[expect(clippy::cast_precision_loss, reason = "there are some thousand wordings")]
            let more = in_bag.len() as f64 / (totals[bag] + added);
            let (lacking, logarithm) = unheld[bag];
            Held { bag, more, more_logarithm: (lacking + more).ln() - logarithm }
        };
        let (mut runs, mut lists) = (FxHashMap::default(), Lists::default());
        for (number, run) in (0..).zip(of_each_run()) {
            runs.insert(run[0].0, number);
            lists.push(run.chunk_by(|one, other| one.1 == other.1).map(in_bag));
        }
        Self { runs, held: lists, unheld }
    }

    /// What a plain wording says. Runs that no wording holds say nothing.
    pub(super) fn read(&self, wording: &str) -> KnownRuns {
        let known = packed_runs(wording).into_iter().filter_map(|run| self.runs.get(&run).copied());
        let numbers: Vec<u32> = known.collect();
        #[expect(clippy::cast_precision_loss, reason = "a cell has at most 32,767 characters")]
        let count = numbers.len() as f64;
        let mut logarithms: Vec<f64> = self.unheld.iter().map(|(_, logarithm)| count * logarithm).collect();
        for held in numbers.iter().flat_map(|&number| self.held.get(number as usize)) {
            logarithms[held.bag] += held.more_logarithm;
        }
        KnownRuns { numbers, logarithms }
    }

    /// What some runs say of mixtures of the bags.
    pub(super) fn mixtures<'a>(&'a self, runs: &'a KnownRuns, bags: impl IntoIterator<Item = usize>) -> Mixtures<'a> {
        let mut places = vec![None; self.unheld.len()];
        let mut width = 0;
        for bag in bags {
            if places[bag].is_none() {
                places[bag] = Some(width);
                width += 1;
            }
        }
        let mut more = vec![0.0; width * runs.numbers.len()];
        for (row, &number) in runs.numbers.iter().enumerate() {
            for held in self.held.get(number as usize) {
                if let Some(place) = places[held.bag] {
                    more[row * width + place] = held.more;
                }
            }
        }
        Mixtures { model: self, runs, places, width, more }
    }
}

/// Some runs, and how much likelier each is in some bags than one that the bag lacks: the bags can be mixed in many ways
/// without looking them up again.
pub(super) struct Mixtures<'a> {
    model: &'a WordingModel,
    runs: &'a KnownRuns,
    /// Where a bag stands in `more`.
    places: Vec<Option<usize>>,
    width: usize,
    /// For each run a number for each of the bags.
    more: Vec<f64>,
}

impl Mixtures<'_> {
    /// The logarithm of the likelihood under some of the bags mixed in equal parts; 0 for a wording without known runs.
    pub(super) fn logarithm(&self, bags: &[usize]) -> f64 {
        /// So many likelihoods of a run, none below a millionth, are multiplied before a logarithm is taken.
        const TOGETHER: usize = 16;
        if let [bag] = bags {
            return self.runs.logarithms[*bag];
        }
        #[expect(clippy::cast_precision_loss, reason = "a row names a handful of tasks")]
        let parts = bags.len() as f64;
        let unheld = bags.iter().map(|&bag| self.model.unheld[bag].0).sum::<f64>() / parts;
        let places: Vec<usize> = bags.iter().filter_map(|&bag| self.places[bag]).collect();
        let likelihood = |more: &[f64]| unheld + places.iter().map(|&place| more[place]).sum::<f64>() / parts;
        let several = |several: &[f64]| several.chunks_exact(self.width).map(likelihood).product::<f64>().ln();
        self.more.chunks(self.width.max(1) * TOGETHER).map(several).sum()
    }
}

impl WordingModel {
    /// The tasks under which together the runs are likeliest: the likeliest one, and one after the other those that
    /// make the runs likelier still. Work besides the list is no task; there are `tasks` of them.
    pub(super) fn likeliest_together(&self, runs: &KnownRuns, tasks: usize) -> Vec<usize> {
        /// Most tasks of a set.
        const LARGEST: usize = 4;
        /// Tasks that are less likely than so many others alone are no part of the likeliest set.
        const POOL: usize = 6;
        let mut pool: Vec<usize> = (0..tasks).collect();
        pool.sort_by(|&one, &other| runs.logarithms[other].total_cmp(&runs.logarithms[one]).then(one.cmp(&other)));
        pool.truncate(POOL);
        let Some(&first) = pool.first() else { return pool };
        let mixtures = self.mixtures(runs, pool.iter().copied());
        let mut set = vec![first];
        let mut likelihood = runs.logarithms[first];
        while set.len() < LARGEST {
            let others = pool.iter().filter(|task| !set.contains(task));
            let grown = others.map(|&task| {
                let larger: Vec<usize> = set.iter().copied().chain([task]).collect();
                (mixtures.logarithm(&larger), task)
            });
            let best = grown.max_by(|one, other| one.0.total_cmp(&other.0).then(other.1.cmp(&one.1)));
            let Some((larger, task)) = best.filter(|(larger, _)| *larger > likelihood) else { break };
            likelihood = larger;
            set.push(task);
        }
        set
    }
}

impl KnownRuns {
    /// Number of known runs.
    #[expect(clippy::cast_precision_loss, reason = "a cell has at most 32,767 characters")]
    pub(super) fn count(&self) -> f64 {
        self.numbers.len() as f64
    }

    /// The probability of every bag alone, if one of them is meant and all are equally likely beforehand.
    pub(super) fn shares(&self) -> Vec<f64> {
        softmax(&self.logarithms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model() -> WordingModel {
        let wordings = [(0, "农村供水"), (0, "自来水统管"), (1, "农村公路"), (1, "修村道"), (2, "秋季征兵")];
        WordingModel::new(&wordings, 3)
    }

    #[test]
    fn words_point_to_the_task_that_is_spoken_of_in_them() {
        for (wording, bag) in [("自来水", 0), ("村道修了", 1), ("征兵体检", 2)] {
            let sums = model().read(wording).logarithms;
            let best = (0..3).max_by(|&one, &other| sums[one].total_cmp(&sums[other]));
            assert_eq!(best, Some(bag), "{wording}: {sums:?}");
        }
    }

    #[test]
    fn two_tasks_together_explain_a_row_that_names_both() {
        let model = model();
        let both = model.read("自来水和修村道");
        let mixtures = model.mixtures(&both, [0, 1]);
        let alone = |bag| mixtures.logarithm(&[bag]);
        assert!(mixtures.logarithm(&[0, 1]) > alone(0).max(alone(1)));
        let one = model.read("自来水统管");
        let mixtures = model.mixtures(&one, [0, 1]);
        assert!(mixtures.logarithm(&[0]) > mixtures.logarithm(&[0, 1]));
    }

    #[test]
    fn the_likeliest_tasks_together_are_those_that_are_named() {
        let model = model();
        let likeliest = |wording| model.likeliest_together(&model.read(wording), 2);
        assert_eq!(likeliest("自来水统管"), [0]);
        let mut both = likeliest("自来水和修村道");
        both.sort_unstable();
        assert_eq!(both, [0, 1]);
    }

    #[test]
    fn unknown_words_say_nothing() {
        let runs = model().read("xyz");
        assert!(runs.count() < 1.0 && runs.logarithms == [0.0; 3]);
    }
}
