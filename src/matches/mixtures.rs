//! How likely are some words under several tasks together, their bags mixed in equal parts?

use super::likelihood::{KnownRuns, WordingModel};

/// Stands where a bag was not looked up.
const NOWHERE: u32 = u32::MAX;

/// Some runs, and how much likelier each is in some bags than one that the bag lacks: the bags can be mixed in many ways
/// without looking them up again.
pub(super) struct Mixtures<'a> {
    model: &'a WordingModel,
    runs: &'a KnownRuns,
    /// The place of each bag in `more`, or [`NOWHERE`].
    places: Vec<u32>,
    /// So many bags have a place.
    mixed: usize,
    /// For each of them a number for each run.
    more: Vec<f64>,
}

/// Some bags mixed in equal parts.
struct Mixture {
    bags: usize,
    /// The sum of what a run is likely in a bag that lacks it.
    lacking: f64,
    /// For each run the sum of how much likelier it is.
    more: Vec<f64>,
}

impl<'a> Mixtures<'a> {
    /// Some runs, and no bag yet.
    pub(super) fn new(model: &'a WordingModel, runs: &'a KnownRuns) -> Self {
        Self { model, runs, places: vec![NOWHERE; model.bags.len()], mixed: 0, more: Vec::new() }
    }

    /// Looks up what the runs are in some bags, unless that was done before.
    pub(super) fn look_up(&mut self, bags: impl IntoIterator<Item = usize>) {
        let begin = self.mixed;
        let mut further = Vec::new();
        for bag in bags {
            if self.places[bag] == NOWHERE {
                self.places[bag] = u32::try_from(self.mixed).unwrap_or(NOWHERE);
                self.mixed += 1;
                further.push(bag);
            }
        }
        if further.is_empty() {
            return;
        }
        let count = self.runs.numbers.len();
        self.more.resize(self.mixed * count, 0.0);
        for (row, &number) in self.runs.numbers.iter().enumerate() {
            if let Some(common) = self.model.common.begin(number) {
                let every_bag = &self.model.common.more[common..common + self.places.len()];
                for (place, &bag) in (begin..).zip(&further) {
                    self.more[place * count + row] = every_bag[bag];
                }
                continue;
            }
            for held in self.model.holders(number) {
                let place = self.places[held.bag];
                if place != NOWHERE {
                    self.more[place as usize * count + row] = held.more;
                }
            }
        }
    }

    /// The tasks under which together the runs are likeliest: the likeliest one, and one after the other those that
    /// make the runs likelier still. Work besides the list is no task; there are `tasks` of them.
    pub(super) fn likeliest_together(&mut self, tasks: usize) -> Vec<usize> {
        /// Most tasks of a set.
        const LARGEST: usize = 4;
        /// Tasks that are less likely than so many others alone are no part of the likeliest set.
        const POOL: usize = 6;
        let pool = self.runs.likeliest(tasks, POOL);
        let Some(&first) = pool.first() else { return pool };
        self.look_up(pool.iter().copied());
        let (mut set, mut mixture) = (vec![first], self.mixture(first));
        let mut likelihood = self.runs.logarithms[first];
        while set.len() < LARGEST {
            let others = pool.iter().filter(|task| !set.contains(task));
            let grown = others.map(|&task| (self.logarithm_of(&mixture, task), task));
            let best = grown.max_by(|one, other| one.0.total_cmp(&other.0).then(other.1.cmp(&one.1)));
            let Some((larger, task)) = best.filter(|(larger, _)| *larger > likelihood) else { break };
            likelihood = larger;
            set.push(task);
            self.mix(&mut mixture, task);
        }
        set
    }

    /// The logarithm of the likelihood under some of the bags that were looked up, mixed in equal parts, or under any
    /// single one; 0 for a wording without known runs.
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
        let logarithm = |sums: &[f64], more: &[f64]| {
            let mut likelihood = 1.0;
            for (sum, more) in sums.iter().zip(more) {
                likelihood *= unheld + (sum + more) / parts;
            }
            likelihood.ln()
        };
        // Of a known number, so that several are worked out at once.
        let (sums, last_sums) = more.as_chunks::<TOGETHER>();
        let (more, last_more) = self.more_of(bag).as_chunks::<TOGETHER>();
        let together = sums.iter().zip(more).fold(0.0, |sum, (sums, more)| sum + logarithm(sums, more));
        if last_sums.is_empty() { together } else { together + logarithm(last_sums, last_more) }
    }

    /// How much likelier each run is in a bag than one that the bag lacks.
    fn more_of(&self, bag: usize) -> &[f64] {
        let count = self.runs.numbers.len();
        let place = self.places[bag] as usize;
        &self.more[place * count..(place + 1) * count]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matches::likelihood::tests::learnt;

    #[test]
    fn two_tasks_together_explain_a_row_that_names_both() {
        let (model, read) = learnt();
        let both = read("自来水和修村道");
        let mut mixtures = Mixtures::new(&model, &both);
        mixtures.look_up([0, 1]);
        let alone = |bag| mixtures.logarithm(&[bag]);
        assert!(mixtures.logarithm(&[0, 1]) > alone(0).max(alone(1)));
        let one = read("自来水统管");
        let mut mixtures = Mixtures::new(&model, &one);
        mixtures.look_up([0, 1]);
        assert!(mixtures.logarithm(&[0]) > mixtures.logarithm(&[0, 1]));
    }

    #[test]
    fn the_likeliest_tasks_together_are_those_that_are_named() {
        let (model, read) = learnt();
        let likeliest = |wording| Mixtures::new(&model, &read(wording)).likeliest_together(2);
        assert_eq!(likeliest("自来水统管"), [0]);
        let mut both = likeliest("自来水和修村道");
        both.sort_unstable();
        assert_eq!(both, [0, 1]);
    }
}
