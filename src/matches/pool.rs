//! The tasks that some answers name, and which of them hold each n-gram of a wording.
//!
//! A row has some dozen answers that combine the same few tasks. Which of them hold an n-gram is looked up once; what a
//! set of them holds is then a question of bits.

use super::grams::Grams;
use super::holders::TaskBits;
use super::index::Vocabulary;

/// A few tasks, each with a bit of its own.
#[derive(Debug)]
pub(super) struct Pool {
    tasks: Vec<usize>,
}

/// Some tasks of a pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PoolSet(u64);

/// A pool has a bit for each of so many tasks; no answer names more.
pub(super) const MOST: usize = u64::BITS as usize;

impl Pool {
    /// Parts some answers into groups whose tasks fit into one pool each, nearly always a single group: the pools, each
    /// with the number of its answers.
    pub(super) fn of(answers: impl Iterator<Item = impl AsRef<[usize]>>) -> Vec<(Self, usize)> {
        let mut pools: Vec<(Self, usize)> = Vec::new();
        for answer in answers {
            let answer = answer.as_ref();
            let larger = pools.last_mut().and_then(|(pool, count)| pool.add(answer).then_some(count));
            match larger {
                Some(count) => *count += 1,
                None => pools.push((Self { tasks: answer.to_vec() }, 1)),
            }
        }
        pools
    }

    /// Adds the tasks of an answer; says whether there was room.
    fn add(&mut self, tasks: &[usize]) -> bool {
        let before = self.tasks.len();
        for task in tasks {
            if !self.tasks.contains(task) {
                self.tasks.push(*task);
            }
        }
        let fits = self.tasks.len() <= MOST;
        if !fits {
            self.tasks.truncate(before);
        }
        fits
    }

    /// Some tasks of the pool.
    pub(super) fn set(&self, tasks: impl Iterator<Item = usize>) -> PoolSet {
        let place = |task: usize| self.tasks.iter().position(|other| *other == task);
        PoolSet(tasks.filter_map(place).fold(0, |set, place| set | 1 << place))
    }

    /// Which tasks of the pool hold each of some n-grams.
    pub(super) fn held(&self, grams: &Grams, bits: &TaskBits, vocabulary: &Vocabulary) -> Held {
        let held = grams.iter().map(|&gram| (bits.holders(gram, &self.tasks), vocabulary.weight(gram)));
        Held(held.filter(|(set, _)| *set != 0).collect())
    }
}

/// N-grams that tasks of a pool hold: those tasks, and what the n-gram weighs.
#[derive(Debug, Default)]
pub(super) struct Held(Vec<(u64, f64)>);

impl Held {
    /// The weight of those that one of the tasks holds.
    pub(super) fn shared(&self, set: PoolSet) -> f64 {
        self.0.iter().filter(|(holders, _)| holders & set.0 != 0).fold(0.0, |sum, (_, weight)| sum + weight)
    }

    /// The weight of those that one of the tasks holds and none of the others.
    pub(super) fn shared_alone(&self, set: PoolSet, others: PoolSet) -> f64 {
        let alone = self.0.iter().filter(|(holders, _)| holders & set.0 != 0 && holders & others.0 == 0);
        alone.map(|(_, weight)| weight).sum()
    }

    /// The weight of the heaviest that one of the tasks holds.
    pub(super) fn heaviest(&self, set: PoolSet) -> f64 {
        let held = self.0.iter().filter(|(holders, _)| holders & set.0 != 0);
        held.map(|(_, weight)| *weight).fold(0.0, f64::max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::list::Plan;
    use crate::matches::index::{PlanIndex, union};

    #[test]
    fn a_set_of_the_pool_holds_what_its_tasks_hold_together() {
        let index = PlanIndex::new(&Plan::built_in());
        let vocabulary = &index.characters;
        let grams = vocabulary.known(&index.read("农村供水统管和农村公路养护"));
        let pair = vec![index.position(48).unwrap(), index.position(49).unwrap()];
        let answers = [pair.clone(), vec![0], (5..MOST + 5).collect()];
        let pools = Pool::of(answers.iter());
        assert_eq!(pools.iter().map(|pool| pool.1).collect::<Vec<_>>(), [2, 1]);
        let pool = &pools[0].0;
        let held = pool.held(&grams, &index.task_bits, vocabulary);
        let together = union(pair.iter().map(|&task| &index.tasks[task].grams));
        let both = pool.set(pair.iter().copied());
        assert!((held.shared(both) - vocabulary.shared(&grams, &together)).abs() < 1e-9);
        for position in [pair[0], pair[1], 0] {
            let alone = vocabulary.shared(&grams, &index.tasks[position].grams);
            assert!((held.shared(pool.set(std::iter::once(position))) - alone).abs() < 1e-9);
        }
        let [first, second] = [pair[0], pair[1]].map(|task| pool.set(std::iter::once(task)));
        let only_first = held.shared(both) - held.shared(second);
        assert!((held.shared_alone(first, second) - only_first).abs() < 1e-9);
    }
}
