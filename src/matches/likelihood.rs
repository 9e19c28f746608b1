//! How likely are these words if this task is meant? Learnt from the wordings under which each task is known.
//!
//! A multinomial naive Bayes model over runs of one to three characters: each task is a bag of the runs that its
//! wordings hold, work besides the list is one more bag, and several tasks are their bags mixed in equal parts, so that
//! a row that names two tasks is explained best by the two together.

use super::candidates::best_first;
use super::lists::Lists;
use super::model::softmax;
use super::runs::TextRuns;

/// Added to every count, so that a run that a task's wordings lack is unlikely and not impossible; among 0.1, 0.3 and 1
/// the one that places most development rows by their name alone.
const ADDED: f64 = 0.3;

/// The bags of runs, one for each task of the plan and one for work besides it.
#[derive(Debug, Default)]
pub(super) struct WordingModel {
    /// The bags that hold each run, and how often: numbers in `held`.
    holders: Lists<u32>,
    /// How often a bag holds a run, each bag and number of times once.
    held: Vec<Held>,
    pub(super) bags: Vec<Bag>,
    /// The same of runs that many bags hold.
    pub(super) common: CommonRuns,
}

/// What runs that many bags hold say of every bag: to walk through all bags is cheaper then than from one holder to the
/// next.
#[derive(Debug, Default)]
pub(super) struct CommonRuns {
    /// For each run where it stands in the lists below; nothing where few bags hold it.
    begins: Vec<Option<u32>>,
    /// For every bag [`Held::more`], 0 where the bag lacks the run.
    pub(super) more: Vec<f64>,
    /// The same of [`Held::more_logarithm`].
    more_logarithm: Vec<f64>,
}

impl CommonRuns {
    /// Looks through so many runs and their holders; a run is common where one bag in six holds it.
    fn new(runs: usize, holders: &Lists<u32>, held: &[Held], bags: usize) -> Self {
        let mut common = Self { begins: vec![None; runs], ..Self::default() };
        for (run, begin) in common.begins.iter_mut().enumerate() {
            let holders = holders.get(run);
            if holders.len() * 6 < bags {
                continue;
            }
            let place = common.more.len();
            *begin = u32::try_from(place).ok();
            common.more.resize(place + bags, 0.0);
            common.more_logarithm.resize(place + bags, 0.0);
            for &number in holders {
                let held = &held[number as usize];
                common.more[place + held.bag] = held.more;
                common.more_logarithm[place + held.bag] = held.more_logarithm;
            }
        }
        common
    }

    /// Where a run stands in the lists, if it is common.
    pub(super) fn begin(&self, run: u32) -> Option<usize> {
        self.begins[run as usize].map(|begin| begin as usize)
    }
}

/// A bag that holds a run a number of times, and what such a run says of it.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) bag: usize,
    /// How much likelier the run is than one that the bag lacks.
    pub(super) more: f64,
    /// The same between the logarithms of the two probabilities.
    more_logarithm: f64,
}

/// What a bag says of the runs that it lacks.
#[derive(Debug)]
pub(super) struct Bag {
    /// All runs in the bag, with what is added to every count.
    total: f64,
    /// The probability of a run that the bag lacks.
    pub(super) lacking: f64,
    /// Its logarithm.
    lacking_logarithm: f64,
}

impl Bag {
    fn new(runs: f64, added: f64) -> Self {
        let total = runs + added;
        let lacking = ADDED / total;
        Self { total, lacking, lacking_logarithm: lacking.ln() }
    }
}

impl Held {
    /// What a run that stands so often in a bag with this number says of it.
    fn new(bag: usize, of_bag: &Bag, times: u32) -> Self {
        let more = f64::from(times) / of_bag.total;
        Self { bag, more, more_logarithm: (of_bag.lacking + more).ln() - of_bag.lacking_logarithm }
    }
}

/// The runs of a wording that the model knows, and what they say of every bag alone.
#[derive(Debug, Clone, Default)]
pub(super) struct KnownRuns {
    pub(super) numbers: Vec<u32>,
    /// For every bag the logarithm of the likelihood.
    pub(super) logarithms: Vec<f64>,
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
        let bags: Vec<Bag> = totals.into_iter().map(|runs| Bag::new(runs, added)).collect();
        let mut holders = Lists::default();
        let mut held = Vec::new();
        // For each bag and number of times the number in `held`, once it was met.
        let mut numbers: Vec<Vec<Option<u32>>> = vec![Vec::new(); bags.len()];
        for bags_of_run in bags_of_runs() {
            // Of one run all times in a bag follow one another.
            holders.push(bags_of_run.chunk_by(|one, other| one == other).map(|in_bag| {
                let (bag, times) = (in_bag[0] as usize, in_bag.len());
                let numbers = &mut numbers[bag];
                if numbers.len() <= times {
                    numbers.resize(times + 1, None);
                }
                *numbers[times].get_or_insert_with(|| {
                    held.push(Held::new(bag, &bags[bag], u32::try_from(times).unwrap_or(u32::MAX)));
                    u32::try_from(held.len() - 1).unwrap_or(u32::MAX)
                })
            }));
        }
        let common = CommonRuns::new(runs, &holders, &held, bags.len());
        Self { holders, held, bags, common }
    }

    /// The bags that hold a run.
    pub(super) fn holders(&self, run: u32) -> impl Iterator<Item = &Held> {
        self.holders.get(run as usize).iter().map(|&number| &self.held[number as usize])
    }

    /// What a text says. Runs that no wording holds say nothing.
    pub(super) fn read(&self, text: &TextRuns) -> KnownRuns {
        let mut numbers = Vec::with_capacity(text.numbers.len());
        for &number in &text.numbers {
            if !self.holders.get(number as usize).is_empty() {
                numbers.push(number);
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "a cell has at most 32,767 characters")]
        let count = numbers.len() as f64;
        let mut logarithms: Vec<f64> = self.bags.iter().map(|bag| count * bag.lacking_logarithm).collect();
        for &number in &numbers {
            if let Some(begin) = self.common.begin(number) {
                // To add nothing to the bags that lack the run changes nothing.
                add(&mut logarithms, &self.common.more_logarithm[begin..]);
                continue;
            }
            for held in self.holders(number) {
                logarithms[held.bag] += held.more_logarithm;
            }
        }
        KnownRuns { numbers, logarithms }
    }
}

/// Adds to each number the one that stands at its place in another list.
fn add(sums: &mut [f64], more: &[f64]) {
    sums.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
}

impl KnownRuns {
    /// Number of known runs.
    #[expect(clippy::cast_precision_loss, reason = "a cell has at most 32,767 characters")]
    pub(super) fn count(&self) -> f64 {
        self.numbers.len() as f64
    }

    /// The bags of so many tasks under which alone the runs are likeliest, at most so many, the likeliest one first.
    pub(super) fn likeliest(&self, tasks: usize, most: usize) -> Vec<usize> {
        best_first(&self.logarithms[..tasks], most)
    }

    /// The probability of every bag alone, if one of them is meant and all are equally likely beforehand.
    pub(super) fn shares(&self) -> Vec<f64> {
        softmax(&self.logarithms)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::matches::runs::{Runs, character_codes};

    /// Two tasks and work besides them, and what they say of a text.
    pub(in crate::matches) fn learnt() -> (WordingModel, impl Fn(&str) -> KnownRuns) {
        let mut runs = Runs::new(true);
        let wordings = [(0, "农村供水"), (0, "自来水统管"), (1, "农村公路"), (1, "修村道"), (2, "秋季征兵")];
        let mut texts = Lists::default();
        for (_, wording) in &wordings {
            texts.push(character_codes(wording));
        }
        let learnt = runs.learn(&texts);
        let in_bags = || wordings.iter().enumerate().map(|(text, (bag, _))| (*bag, learnt.runs(text)));
        let model = || WordingModel::new(in_bags().collect(), 3, runs.len());
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
    fn unknown_words_say_nothing() {
        let (_, read) = learnt();
        let runs = read("xyz");
        assert!(runs.count() < 1.0 && runs.logarithms == [0.0; 3]);
    }
}
