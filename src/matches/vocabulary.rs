//! The n-grams of a plan, each weighing by how rare it is there.

use super::grams::Grams;
use super::lists::Lists;
use super::runs::{Runs, TextRuns};

/// The n-grams of a plan, and what each weighs.
#[derive(Debug)]
pub(super) struct Vocabulary {
    /// The plan's n-grams come first, others that were learnt besides bear higher numbers.
    pub(super) runs: Runs,
    weights: Vec<f64>,
    heaviest: f64,
}

impl Vocabulary {
    /// Learns the n-grams of the tasks (each a list of texts) by their characters or syllables, from two on or from single
    /// ones.
    pub(super) fn new(tasks: &[Vec<String>], codes: impl Fn(&str) -> Vec<u32>, with_single: bool) -> Self {
        let mut runs = Runs::new(with_single);
        let mut texts = Lists::default();
        tasks.iter().flatten().for_each(|text| texts.push(codes(text)));
        let learnt = runs.learn(&texts);
        let mut holders: Vec<u32> = vec![0; runs.len()];
        let mut of_tasks = 0..texts.len();
        for texts in tasks {
            let of_task = of_tasks.by_ref().take(texts.len());
            let mut numbers: Vec<u32> = of_task.flat_map(|text| learnt.runs(text)).copied().collect();
            numbers.sort_unstable();
            numbers.dedup();
            for number in numbers {
                holders[number as usize] += 1;
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "a plan has far fewer than 2^52 tasks")]
        let count = tasks.len() as f64;
        let weights = holders.iter().map(|&holders| ((count + 1.0) / f64::from(holders)).ln()).collect();
        Self { runs, weights, heaviest: (count + 1.0).ln() }
    }

    /// The n-grams of a text that the plan knows.
    pub(super) fn known(&self, text: &TextRuns) -> Grams {
        let known = text.numbers.partition_point(|&number| self.knows(number));
        Grams::new(text.numbers[..known].to_vec())
    }

    /// The n-grams of some codes that the plan knows.
    pub(super) fn known_codes(&self, codes: &[u32]) -> Grams {
        let mut known = self.runs.known(codes);
        known.sort_unstable();
        known.truncate(known.partition_point(|&number| self.knows(number)));
        Grams::new(known)
    }

    /// The runs of two of a text that the plan knows.
    pub(super) fn pairs(&self, text: &TextRuns) -> Grams {
        let known = text.numbers.partition_point(|&number| self.knows(number));
        let mut pairs = Vec::with_capacity(text.pairs().len());
        for &number in &text.numbers[..known] {
            if self.runs.is_pair(number) {
                pairs.push(number);
            }
        }
        Grams::new(pairs)
    }

    /// The weight of all runs of two of a text, of those that the plan does not know as if one task held each; `known`
    /// are those that it knows.
    pub(super) fn pairs_weight(&self, text: &TextRuns, known: &Grams) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a cell has at most 32,767 characters")]
        let unknown = (text.different_pairs() - known.len()) as f64;
        self.sum(known) + unknown * self.heaviest
    }

    /// The share of some runs of two that the plan does not know.
    pub(super) fn unknown(&self, pairs: impl Iterator<Item = u32>) -> f64 {
        let (mut all, mut unknown) = (0u32, 0u32);
        for pair in pairs {
            all += 1;
            unknown += u32::from(!self.knows(pair));
        }
        if all == 0 { 0.0 } else { f64::from(unknown) / f64::from(all) }
    }

    /// Whether a number is that of an n-gram of the plan.
    pub(super) fn knows(&self, number: u32) -> bool {
        (number as usize) < self.weights.len()
    }

    /// How many n-grams there are.
    pub(super) const fn len(&self) -> usize {
        self.weights.len()
    }

    /// The weight of an n-gram as a share of the heaviest there can be.
    pub(super) fn rarity(&self, weight: f64) -> f64 {
        if self.heaviest > 0.0 { weight / self.heaviest } else { 0.0 }
    }

    /// Weight of one n-gram.
    #[inline]
    pub(super) fn weight(&self, gram: u32) -> f64 {
        self.weights[gram as usize]
    }

    /// Sum of the weights of some n-grams of this vocabulary.
    pub(super) fn sum(&self, grams: &Grams) -> f64 {
        *grams.weight.get_or_init(|| grams.iter().map(|&gram| self.weight(gram)).sum())
    }

    /// Sum of the weights of the n-grams that two sets share.
    pub(super) fn shared(&self, one: &Grams, other: &Grams) -> f64 {
        one.shared(other).fold(0.0, |sum, gram| sum + self.weight(gram))
    }

    /// Share of the weight of `whole` that `part` covers, 0 to 1; 0 where `whole` is empty.
    pub(super) fn coverage(&self, whole: &Grams, part: &Grams) -> f64 {
        let sum = self.sum(whole);
        if sum > 0.0 { self.shared(whole, part) / sum } else { 0.0 }
    }

    /// Sum of the weights of what stands in `whole` and not in `aside`.
    pub(super) fn sum_besides(&self, whole: &Grams, aside: &Grams) -> f64 {
        whole.iter().filter(|gram| !aside.has(**gram)).fold(0.0, |sum, &gram| sum + self.weight(gram))
    }
}
