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
    bags: Vec<Bag>,
    /// The same of runs that many bags hold.
    common: CommonRuns,
}

/// What runs that many bags hold say of every bag: to walk through all bags is cheaper then than from one holder to the
/// next.
#[derive(Debug, Default)]
struct CommonRuns {
    /// For each run where it stands in the lists below; nothing where few bags hold it.
    begins: Vec<Option<u32>>,
    /// For every bag [`Held::more`], 0 where the bag lacks the run.
    more: Vec<f64>,
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
    fn begin(&self, run: u32) -> Option<usize> {
        self.begins[run as usize].map(|begin| begin as usize)
    }
}

/// A bag that holds a run a number of times, and what such a run says of it.
#[derive(Debug)]
struct Held {
    bag: usize,
    /// How much likelier the run is than one that the bag lacks.
    more: f64,
    /// The same between the logarithms of the two probabilities.
    more_logarithm: f64,
}

/// What a bag says of the runs that it lacks.
#[derive(Debug)]
struct Bag {
    /// All runs in the bag, with what is added to every count.
    total: f64,
    /// The probability of a run that the bag lacks.
    lacking: f64,
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
    fn holders(&self, run: u32) -> impl Iterator<Item = &Held> {
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
                let more = &self.common.more_logarithm[begin..begin + logarithms.len()];
                logarithms.iter_mut().zip(more).for_each(|(logarithm, more)| *logarithm += more);
                continue;
            }
            for held in self.holders(number) {
                logarithms[held.bag] += held.more_logarithm;
            }
        }
        KnownRuns { numbers, logarithms }
    }

    /// What some runs say of mixtures of the bags.
    pub(super) fn mixtures<'a>(&'a self, runs: &'a KnownRuns, bags: impl IntoIterator<Item = usize>) -> Mixtures<'a> {
        let mut places = vec![NOWHERE; self.bags.len()];
        let mut mixed = Vec::new();
        for bag in bags {
            if places[bag] == NOWHERE {
                places[bag] = u32::try_from(mixed.len()).unwrap_or(NOWHERE);
                mixed.push(bag);
            }
        }
        let count = runs.numbers.len();
        let mut more = vec![0.0; mixed.len() * count];
        // Of no bags nothing is asked.
        let asked = if mixed.is_empty() { &[] } else { &runs.numbers[..] };
        for (row, &number) in asked.iter().enumerate() {
            if let Some(begin) = self.common.begin(number) {
                let every_bag = &self.common.more[begin..begin + self.bags.len()];
                (0..).zip(&mixed).for_each(|(place, &bag): (usize, _)| more[place * count + row] = every_bag[bag]);
                continue;
            }
            for held in self.holders(number) {
                let place = places[held.bag];
                if place != NOWHERE {
                    more[place as usize * count + row] = held.more;
                }
            }
        }
        Mixtures { model: self, runs, places, more }
    }
}

/// Stands where a bag is none of those that are mixed.
const NOWHERE: u32 = u32::MAX;

/// Some runs, and how much likelier each is in some bags than one that the bag lacks: the bags can be mixed in many ways
/// without looking them up again.
pub(super) struct Mixtures<'a> {
    model: &'a WordingModel,
    runs: &'a KnownRuns,
    /// The place of each bag in `more`, or [`NOWHERE`].
    places: Vec<u32>,
    /// For each of the bags a number for each run.
    more: Vec<f64>,
}

/// Some bags mixed in equal parts.
struct Mixture {
    bags: usize,
    /// The sum of [`Bag::lacking`].
    lacking: f64,
    /// For each run the sum of [`Held::more`].
    more: Vec<f64>,
}

impl Mixtures<'_> {
    /// The logarithm of the likelihood under some of the bags mixed in equal parts; 0 for a wording without known runs.
    pub(super) fn logarithm(&self, bags: &[usize]) -> f64 {
        let Some((&last, others)) = bags.split_last() else { return 0.0 };
        match *others {
            [] => self.runs.logarithms[last],
            [other] => self.logarithm_with(1, self.model.bags[other].lacking, self.more_of(other), last),
            [first, ref others @ ..] => {
                let mut mixture = self.mixture(first);
                for &bag in others {
                    self.mix(&mut mixture, bag);
                }
                self.logarithm_of(&mixture, last)
            }
        }
    }

    /// One bag, to which others may be added.
    fn mixture(&self, bag: usize) -> Mixture {
        Mixture { bags: 1, lacking: self.model.bags[bag].lacking, more: self.more_of(bag).to_vec() }
    }

    /// Adds a bag to a mixture.
    fn mix(&self, mixture: &mut Mixture, bag: usize) {
        mixture.bags += 1;
        mixture.lacking += self.model.bags[bag].lacking;
        mixture.more.iter_mut().zip(self.more_of(bag)).for_each(|(sum, more)| *sum += more);
    }

    /// The logarithm of the likelihood under a mixture with one more bag.
    fn logarithm_of(&self, mixture: &Mixture, bag: usize) -> f64 {
        self.logarithm_with(mixture.bags, mixture.lacking, &mixture.more, bag)
    }

    /// The same, a mixture being so many bags with these sums.
    fn logarithm_with(&self, bags: usize, lacking: f64, more: &[f64], bag: usize) -> f64 {
        /// So many likelihoods of a run, none below a millionth, are multiplied before a logarithm is taken.
        const TOGETHER: usize = 16;
        #[expect(clippy::cast_precision_loss, reason = "a row names a handful of tasks")]
        let parts = (bags + 1) as f64;
        let unheld = (lacking + self.model.bags[bag].lacking) / parts;
        let mut logarithm = 0.0;
        for (sums, more) in more.chunks(TOGETHER).zip(self.more_of(bag).chunks(TOGETHER)) {
            let mut likelihood = 1.0;
            for (sum, more) in sums.iter().zip(more) {
                likelihood *= unheld + (sum + more) / parts;
            }
            logarithm += likelihood.ln();
        }
        logarithm
    }

    /// How much likelier each run is in a bag than one that the bag lacks.
    fn more_of(&self, bag: usize) -> &[f64] {
        let count = self.runs.numbers.len();
        let place = self.places[bag] as usize;
        &self.more[place * count..(place + 1) * count]
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
        let pool = runs.likeliest(tasks, POOL);
        let Some(&first) = pool.first() else { return pool };
        let mixtures = self.mixtures(runs, pool.iter().copied());
        let (mut set, mut mixture) = (vec![first], mixtures.mixture(first));
        let mut likelihood = runs.logarithms[first];
        while set.len() < LARGEST {
            let others = pool.iter().filter(|task| !set.contains(task));
            let grown = others.map(|&task| (mixtures.logarithm_of(&mixture, task), task));
            let best = grown.max_by(|one, other| one.0.total_cmp(&other.0).then(other.1.cmp(&one.1)));
            let Some((larger, task)) = best.filter(|(larger, _)| *larger > likelihood) else { break };
            likelihood = larger;
            set.push(task);
            mixtures.mix(&mut mixture, task);
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
mod tests {
    use super::*;
    use crate::matches::runs::{Runs, character_codes};

    /// Two tasks and work besides them, and what they say of a text.
    fn learnt() -> (WordingModel, impl Fn(&str) -> KnownRuns) {
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
