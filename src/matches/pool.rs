//! The tasks that some answers name, and which of them hold each n-gram of a wording.
//!
//! A row has some dozen answers that combine the same few tasks. Which of them hold an n-gram is looked up once; what a
//! set of them holds is then a question of bits.

use super::grams::Grams;
use super::holders::{Among, TaskBits};
use super::index::Vocabulary;

/// A few tasks, each with a bit of its own.
#[derive(Debug)]
pub(super) struct Pool {
    tasks: Vec<usize>,
    among: Among,
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
        let mut groups: Vec<(Vec<usize>, usize)> = Vec::new();
        for answer in answers {
            let answer = answer.as_ref();
            let larger = groups.last_mut().and_then(|(tasks, count)| add(tasks, answer).then_some(count));
            match larger {
                Some(count) => *count += 1,
                None => groups.push((answer.to_vec(), 1)),
            }
        }
        groups.into_iter().map(|(tasks, count)| (Self::in_order(tasks), count)).collect()
    }

    /// A pool of some tasks, at most [`MOST`], none of them twice: each has the place at which it stands.
    pub(super) fn in_order(tasks: Vec<usize>) -> Self {
        Self { among: Among::new(&tasks), tasks }
    }

    /// The tasks, each at its place.
    pub(super) fn tasks(&self) -> &[usize] {
        &self.tasks
    }

    /// The place of a task of the pool.
    pub(super) fn place(&self, task: usize) -> usize {
        self.among.place(task)
    }

    /// Some tasks of the pool.
    pub(super) fn set(&self, tasks: impl Iterator<Item = usize>) -> PoolSet {
        PoolSet(tasks.fold(0, |set, task| set | 1 << self.place(task)))
    }

    /// Which tasks of the pool hold each of some n-grams.
    pub(super) fn held(&self, grams: &Grams, bits: &TaskBits, vocabulary: &Vocabulary) -> Held {
        let mut held = Vec::with_capacity(grams.len());
        for &gram in grams.iter() {
            let holders = bits.holders(gram, &self.among);
            if holders != 0 {
                held.push(OneHeld { gram, holders, named: 0, parts: [false; 2], weight: vocabulary.weight(gram) });
            }
        }
        Held(held)
    }

    /// The same n-grams, told which tasks of the pool hold them in their official name.
    pub(super) fn named(&self, mut held: Held, names: &TaskBits) -> Held {
        for held in &mut held.0 {
            held.named = names.holders(held.gram, &self.among);
        }
        held
    }
}

/// Adds the tasks of an answer to those of others; says whether there was room.
fn add(tasks: &mut Vec<usize>, answer: &[usize]) -> bool {
    let before = tasks.len();
    for task in answer {
        if !tasks.contains(task) {
            tasks.push(*task);
        }
    }
    let fits = tasks.len() <= MOST;
    if !fits {
        tasks.truncate(before);
    }
    fits
}

/// N-grams that tasks of a pool hold.
#[derive(Debug, Default)]
pub(super) struct Held(Vec<OneHeld>);

/// One of them: the tasks that hold it, and what it weighs.
#[derive(Debug, Clone, Copy)]
struct OneHeld {
    gram: u32,
    holders: u64,
    /// The tasks that hold it in their official name, where that was asked for.
    named: u64,
    /// Whether each of two parts of the wording holds it, where that was asked for.
    parts: [bool; 2],
    weight: f64,
}

impl Held {
    /// The same n-grams, told which of two parts of the wording hold them.
    pub(super) fn parted(mut self, parts: [&Grams; 2]) -> Self {
        let [first, second] = parts;
        for held in &mut self.0 {
            held.parts = [first.has(held.gram), second.has(held.gram)];
        }
        self
    }

    /// The weight of those that one of the tasks holds.
    pub(super) fn shared(&self, set: PoolSet) -> f64 {
        let mut shared = 0.0;
        for held in &self.0 {
            if held.holders & set.0 != 0 {
                shared += held.weight;
            }
        }
        shared
    }

    /// The same, and the weight of those of them that each of two parts of the wording holds.
    pub(super) fn shared_in_parts(&self, set: PoolSet) -> [f64; 3] {
        let [mut shared, mut in_first, mut in_second] = [0.0; 3];
        for held in &self.0 {
            if held.holders & set.0 == 0 {
                continue;
            }
            shared += held.weight;
            if held.parts[0] {
                in_first += held.weight;
            }
            if held.parts[1] {
                in_second += held.weight;
            }
        }
        [shared, in_first, in_second]
    }

    /// The weight of those that one of the tasks holds and none of the others, and of those of them that stand in the
    /// official name of one.
    pub(super) fn shared_alone(&self, set: PoolSet, others: PoolSet) -> (f64, f64) {
        let (mut shared, mut named) = (0.0, 0.0);
        for held in &self.0 {
            if held.holders & set.0 == 0 || held.holders & others.0 != 0 {
                continue;
            }
            shared += held.weight;
            if held.named & set.0 != 0 {
                named += held.weight;
            }
        }
        (shared, named)
    }

    /// The same for each task of the pool, by its place, and those that none of the others holds.
    pub(super) fn each_besides(&self, others: PoolSet) -> [(f64, f64); MOST] {
        let mut by_place = [(0.0, 0.0); MOST];
        for held in &self.0 {
            let mut rest = if held.holders & others.0 == 0 { held.holders } else { 0 };
            while rest != 0 {
                let place = rest.trailing_zeros();
                let (shared, named) = &mut by_place[place as usize];
                *shared += held.weight;
                if held.named >> place & 1 == 1 {
                    *named += held.weight;
                }
                rest &= rest - 1;
            }
        }
        by_place
    }

    /// The weight of those that one of the tasks holds, and of the heaviest of them.
    pub(super) fn shared_and_heaviest(&self, set: PoolSet) -> (f64, f64) {
        let (mut shared, mut heaviest) = (0.0, 0.0);
        for held in &self.0 {
            if held.holders & set.0 != 0 {
                shared += held.weight;
                heaviest = held.weight.max(heaviest);
            }
        }
        (shared, heaviest)
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
        let held = pool.named(pool.held(&grams, &index.task_bits, vocabulary), &index.name_bits);
        let together = union(pair.iter().map(|&task| &index.tasks[task].grams));
        let both = pool.set(pair.iter().copied());
        assert!((held.shared(both) - vocabulary.shared(&grams, &together)).abs() < 1e-9);
        for position in [pair[0], pair[1], 0] {
            let alone = vocabulary.shared(&grams, &index.tasks[position].grams);
            assert!((held.shared(pool.set(std::iter::once(position))) - alone).abs() < 1e-9);
        }
        let [first, second] = [pair[0], pair[1]].map(|task| pool.set(std::iter::once(task)));
        let only_first = held.shared(both) - held.shared(second);
        assert!((held.shared_alone(first, second).0 - only_first).abs() < 1e-9);
        for (place, task) in pair.iter().enumerate() {
            let set = pool.set(std::iter::once(*task));
            assert_eq!(held.each_besides(PoolSet(0))[place], held.shared_alone(set, PoolSet(0)));
            let named = vocabulary.shared(&grams, &index.tasks[*task].name_grams);
            assert!((held.shared_alone(set, PoolSet(0)).1 - named).abs() < 1e-9);
        }
        let parted = held.parted([&grams, &Grams::default()]).shared_in_parts(both);
        assert!((parted[1] - parted[0]).abs() < 1e-9 && parted[2].abs() < 1e-9);
    }
}
