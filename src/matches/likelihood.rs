//! How likely are these words if this task is meant? Learnt from the wordings under which each task is known.
//!
//! A multinomial naive Bayes model over runs of one to three characters: each task is a bag of the runs that its
//! wordings hold, work besides the list is one more bag, and several tasks are their bags mixed in equal parts, so that
//! a row that names two tasks is explained best by the two together.

use super::lists::Lists;
use super::model::softmax;
use super::runs::TextRuns;

/// Added to every count, so that a run that a task's wordings lack is unlikely and not impossible; among 0.1, 0.3 and 1
/// the one that places most development rows by their name alone.
const ADDED: f64 = 0.3;

/// The bags of runs, one for each task of the plan and one for work besides it.
#[derive(Debug, Default)]
pub(super) struct WordingModel {
    /// The bags that hold each run.
    held: Lists<Held>,
    bags: Vec<Bag>,
}

/// A bag that holds a run, and how often. Small, for there are some hundred thousand.
#[derive(Debug)]
struct Held {
    bag: u32,
    times: u32,
}

/// What a run says of a bag, by how often the bag holds it.
#[derive(Debug)]
struct Bag {
    /// All runs in the bag, with what is added to every count.
    total: f64,
    /// The probability of a run that the bag lacks.
    lacking: f64,
    /// Its logarithm.
    lacking_logarithm: f64,
    /// For each number of times how much larger the logarithm of a run's probability is; more often is rare.
    more_logarithms: Vec<f64>,
}

impl Bag {
    fn new(runs: f64, added: f64) -> Self {
        /// Of these times the logarithms are worked out beforehand.
        const TIMES: u32 = 64;
        let total = runs + added;
        let lacking = ADDED / total;
        let mut bag = Self { total, lacking, lacking_logarithm: lacking.ln(), more_logarithms: Vec::new() };
        bag.more_logarithms = (0..TIMES).map(|times| bag.worked_out(times)).collect();
        bag
    }

    /// How much likelier a run that the bag holds so often is than one that it lacks.
    fn more(&self, times: u32) -> f64 {
        f64::from(times) / self.total
    }

    /// The same between the logarithms of the two probabilities.
    fn more_logarithm(&self, times: u32) -> f64 {
        self.more_logarithms.get(times as usize).copied().unwrap_or_else(|| self.worked_out(times))
    }

    fn worked_out(&self, times: u32) -> f64 {
        (self.lacking + self.more(times)).ln() - self.lacking_logarithm
    }
}

/// The runs of a wording that the model knows, and what they say of every bag alone.
#[derive(Debug, Clone, Default)]
pub(super) struct KnownRuns {
    numbers: Vec<u32>,
    /// For every bag the logarithm of the likelihood.
    logarithms: Vec<f64>,
}

impl WordingModel {
    /// Learns from wordings, each with its bag: the position of a task, or the number of tasks for work besides the
    /// list. A wording is the numbers of its runs, there being so many `runs`.
    pub(super) fn new(mut wordings: Vec<(usize, &[u32])>, bags: usize, runs: usize) -> Self {
        wordings.sort_by_key(|(bag, _)| *bag);
        let mut totals = vec![0.0; bags];
        for (bag, wording) in &wordings {
            #[expect(clippy::cast_precision_loss, reason = "a wording has a few hundred runs")]
            let count = wording.len() as f64;
            totals[*bag] += count;
        }
        let runs_in_bags = wordings.iter().flat_map(|&(bag, wording)| {
            let bag = u32::try_from(bag).unwrap_or(u32::MAX);
            wording.iter().map(move |&run| (run, bag))
        });
        let bags_of_runs = Lists::sorted(runs, runs_in_bags);
        let bags_of_runs = || (0..runs).map(|run| bags_of_runs.get(run));
        #[expect(clippy::cast_precision_loss, reason = "there are some ten thousand runs")]
        let added = ADDED * bags_of_runs().filter(|bags| !bags.is_empty()).count() as f64;
        let mut held = Lists::default();
        for bags in bags_of_runs() {
            // Of one run all times in a bag follow one another.
            held.push(bags.chunk_by(|one, other| one == other).map(|in_bag| {
                let times = u32::try_from(in_bag.len()).unwrap_or(u32::MAX);
                Held { bag: in_bag[0], times }
            }));
        }
        Self { held, bags: totals.into_iter().map(|runs| Bag::new(runs, added)).collect() }
    }

    /// What a text says. Runs that no wording holds say nothing.
    pub(super) fn read(&self, text: &TextRuns) -> KnownRuns {
        let held = text.numbers.iter().copied().filter(|&number| !self.held.get(number as usize).is_empty());
        let numbers: Vec<u32> = held.collect();
        #[expect(clippy::cast_precision_loss, reason = "a cell has at most 32,767 characters")]
        let count = numbers.len() as f64;
        let mut logarithms: Vec<f64> = self.bags.iter().map(|bag| count * bag.lacking_logarithm).collect();
        for held in numbers.iter().flat_map(|&number| self.held.get(number as usize)) {
            let bag = held.bag as usize;
            logarithms[bag] += self.bags[bag].more_logarithm(held.times);
        }
        KnownRuns { numbers, logarithms }
    }

    /// What some runs say of mixtures of the bags.
    pub(super) fn mixtures<'a>(&'a self, runs: &'a KnownRuns, bags: impl IntoIterator<Item = usize>) -> Mixtures<'a> {
        let mut places = vec![None; self.bags.len()];
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
                let bag = held.bag as usize;
                if let Some(place) = places[bag] {
                    more[row * width + place] = self.bags[bag].more(held.times);
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
        let unheld = bags.iter().map(|&bag| self.model.bags[bag].lacking).sum::<f64>() / parts;
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
    use crate::matches::runs::{Runs, character_codes};

    /// Two tasks and work besides them, and what they say of a text.
    fn learnt() -> (WordingModel, impl Fn(&str) -> KnownRuns) {
        let mut runs = Runs::new(true);
        let wordings = [(0, "农村供水"), (0, "自来水统管"), (1, "农村公路"), (1, "修村道"), (2, "秋季征兵")];
        let wordings = wordings.map(|(bag, wording)| (bag, runs.learn(&character_codes(wording))));
        let model =
            || WordingModel::new(wordings.iter().map(|(bag, wording)| (*bag, &wording[..])).collect(), 3, runs.len());
        let (model, reader) = (model(), model());
        (model, move |text| reader.read(&runs.read(&character_codes(text))))
    }

    #[test]
    fn words_point_to_the_task_that_is_spoken_of_in_them() {
        let (_, read) = learnt();
        for (wording, bag) in [("自来水", 0), ("村道修了", 1), ("征兵体检", 2)] {
            let sums = read(wording).logarithms;
            let best = (0..3).max_by(|&one, &other| sums[one].total_cmp(&sums[other]));
            assert_eq!(best, Some(bag), "{wording}: {sums:?}");
        }
    }

    #[test]
    fn two_tasks_together_explain_a_row_that_names_both() {
        let (model, read) = learnt();
        let both = read("自来水和修村道");
        let mixtures = model.mixtures(&both, [0, 1]);
        let alone = |bag| mixtures.logarithm(&[bag]);
        assert!(mixtures.logarithm(&[0, 1]) > alone(0).max(alone(1)));
        let one = read("自来水统管");
        let mixtures = model.mixtures(&one, [0, 1]);
        assert!(mixtures.logarithm(&[0]) > mixtures.logarithm(&[0, 1]));
    }

    #[test]
    fn the_likeliest_tasks_together_are_those_that_are_named() {
        let (model, read) = learnt();
        let likeliest = |wording| model.likeliest_together(&read(wording), 2);
        assert_eq!(likeliest("自来水统管"), [0]);
        let mut both = likeliest("自来水和修村道");
        both.sort_unstable();
        assert_eq!(both, [0, 1]);
    }

    #[test]
    fn unknown_words_say_nothing() {
        let (_, read) = learnt();
        let runs = read("xyz");
        assert!(runs.count() < 1.0 && runs.logarithms == [0.0; 3]);
    }
}
