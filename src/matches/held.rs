//! Which n-grams of a wording do tasks hold? Found in one walk over the n-grams, a bit for each: what some of the tasks
//! hold together, or one of them alone, is then a question of bits. A row has some dozen answers that combine the same
//! few tasks.

use super::grams::Grams;
use super::holders::Holders;
use super::index::Vocabulary;

/// Some n-grams, and which of them each task holds.
#[derive(Debug)]
pub(super) struct Held<'a> {
    grams: &'a [u32],
    /// What each n-gram weighs.
    weights: Vec<f64>,
    /// For every 64 n-grams a word for each task, with a bit for each of them.
    words: Vec<u64>,
    /// For each task the weight of those that it holds.
    pub(super) by_each: Vec<f64>,
}

/// A bit for each of some n-grams.
pub(super) type Bits = Vec<u64>;
/// So many n-grams have their bits in one word.
const TOGETHER: usize = u64::BITS as usize;

impl<'a> Held<'a> {
    /// What tasks hold of some n-grams.
    pub(super) fn new(grams: &'a Grams, tasks: &Holders, vocabulary: &Vocabulary) -> Self {
        let count = tasks.count();
        let mut held = Self {
            grams,
            weights: grams.iter().map(|&gram| vocabulary.weight(gram)).collect(),
            words: vec![0; count * grams.len().div_ceil(TOGETHER)],
            by_each: vec![0.0; count],
        };
        let weighed = grams.chunks(TOGETHER).zip(held.weights.chunks(TOGETHER));
        for (words, (grams, weights)) in held.words.chunks_mut(count.max(1)).zip(weighed) {
            for (place, (&gram, weight)) in grams.iter().zip(weights).enumerate() {
                for &task in tasks.of(gram) {
                    held.by_each[task as usize] += weight;
                    words[task as usize] |= 1 << place;
                }
            }
        }
        held
    }

    /// The n-grams that stand in a text.
    pub(super) fn standing_in(&self, text: &Grams) -> Bits {
        let mut bits = Bits::with_capacity(self.grams.len().div_ceil(TOGETHER));
        for grams in self.grams.chunks(TOGETHER) {
            let mut word = 0;
            for (place, &gram) in grams.iter().enumerate() {
                word |= u64::from(text.has(gram)) << place;
            }
            bits.push(word);
        }
        bits
    }

    /// The weight of those that one of some tasks holds.
    pub(super) fn by_any(&self, tasks: &[usize]) -> f64 {
        if let [task] = *tasks {
            return self.by_each[task];
        }
        let mut shared = 0.0;
        self.each(|_, words| any(words, tasks), |place| shared += self.weights[place]);
        shared
    }

    /// The weight of the heaviest of them.
    pub(super) fn heaviest_by_any(&self, tasks: &[usize]) -> f64 {
        let mut heaviest = 0.0;
        self.each(|_, words| any(words, tasks), |place| heaviest = self.weights[place].max(heaviest));
        heaviest
    }

    /// The weight of those of them that are among some of the n-grams.
    pub(super) fn by_any_among(&self, among: &Bits, tasks: &[usize]) -> f64 {
        let mut shared = 0.0;
        self.each(|word, words| any(words, tasks) & among[word], |place| shared += self.weights[place]);
        shared
    }

    /// The weight of those that a task holds and that stand in one of its texts.
    pub(super) fn by_one_in(&self, task: usize, text: &Grams) -> f64 {
        let mut shared = 0.0;
        let in_text = |place: usize| if text.has(self.grams[place]) { self.weights[place] } else { 0.0 };
        self.each(|_, words| words[task], |place| shared += in_text(place));
        shared
    }

    /// The weight of those that a task holds and none of some tasks besides it, and of those of them that stand in a text.
    pub(super) fn by_one_alone(&self, task: usize, tasks: &[usize], text: &Grams) -> (f64, f64) {
        let (mut shared, mut in_text) = (0.0, 0.0);
        let others = |words: &[u64]| {
            let others = tasks.iter().filter(|other| **other != task);
            others.fold(0, |held, &other| held | words[other])
        };
        self.each(
            |_, words| words[task] & !others(words),
            |place| {
                shared += self.weights[place];
                if text.has(self.grams[place]) {
                    in_text += self.weights[place];
                }
            },
        );
        (shared, in_text)
    }

    /// Gives the places of some of the n-grams; these are told word by word, from what the tasks hold.
    #[inline]
    fn each(&self, told: impl Fn(usize, &[u64]) -> u64, mut each: impl FnMut(usize)) {
        for (word, words) in self.words.chunks(self.by_each.len().max(1)).enumerate() {
            let mut rest = told(word, words);
            while rest != 0 {
                each(word * TOGETHER + rest.trailing_zeros() as usize);
                rest &= rest - 1;
            }
        }
    }
}

/// What one of some tasks holds of the n-grams of a word.
#[inline]
fn any(words: &[u64], tasks: &[usize]) -> u64 {
    tasks.iter().fold(0, |held, &task| held | words[task])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::list::Plan;
    use crate::matches::index::{PlanIndex, union};

    #[test]
    fn tasks_hold_together_what_one_of_them_holds_and_alone_what_the_others_do_not() {
        let index = PlanIndex::new(&Plan::built_in());
        let vocabulary = &index.characters;
        let grams = vocabulary.known(&index.read("农村供水统管和农村公路养护以及粮食生产和城镇居民人均可支配收入"));
        assert!(grams.len() > TOGETHER);
        let [one, other] = [48, 49].map(|number| index.position(number).unwrap());
        let held = Held::new(&grams, &index.task_holders, vocabulary);
        let near = |one: f64, other: f64| (one - other).abs() < 1e-9;
        let [of_one, of_other] = [one, other].map(|task| &index.tasks[task].grams);
        let both = held.by_any(&[one, other]);
        assert!(near(both, vocabulary.shared(&grams, &union([of_one, of_other].into_iter()))));
        assert!(near(held.by_any(&[one]), vocabulary.shared(&grams, of_one)));
        let (alone, named) = held.by_one_alone(one, &[one, other], &index.tasks[one].name_grams);
        assert!(near(alone, both - held.by_any(&[other])) && named > 0.0 && named < alone);
        assert!(near(held.by_any_among(&held.standing_in(&grams), &[one, other]), both));
        assert!(near(held.by_any_among(&held.standing_in(&Grams::default()), &[one, other]), 0.0));
        let heaviest = grams.shared(of_one).map(|gram| vocabulary.weight(gram)).fold(0.0, f64::max);
        assert!(near(held.heaviest_by_any(&[one]), heaviest));
    }
}
