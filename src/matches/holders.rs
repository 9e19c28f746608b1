//! Which texts of the plan hold an n-gram? Answers for all texts at once how much of each some n-grams cover.

use std::cell::RefCell;

use super::grams::Grams;
use super::index::Vocabulary;
use super::lists::Lists;

thread_local! {
    /// Room for what some n-grams share with each of many texts.
    static SHARED: RefCell<Vec<f64>> = const { RefCell::new(Vec::new()) };
}

/// For every n-gram of a vocabulary the texts that hold it.
#[derive(Debug, Default)]
pub(super) struct Holders {
    /// The texts that hold each n-gram.
    texts: Lists<u32>,
    /// Weight of each text.
    totals: Vec<f64>,
}

impl Holders {
    /// Learns which of some texts hold which n-grams.
    pub(super) fn new<'a>(texts: impl Iterator<Item = &'a Grams>, vocabulary: &Vocabulary) -> Self {
        let texts: Vec<&Grams> = texts.collect();
        let totals = texts.iter().map(|grams| vocabulary.sum(grams)).collect();
        Self { texts: by_gram(&texts, vocabulary.len()), totals }
    }

    /// How many texts there are.
    pub(super) const fn count(&self) -> usize {
        self.totals.len()
    }

    /// The texts that hold an n-gram.
    pub(super) fn of(&self, gram: u32) -> &[u32] {
        self.texts.get(gram as usize)
    }

    /// For every text the weight of the n-grams that it shares with these.
    pub(super) fn shared(&self, grams: &Grams, vocabulary: &Vocabulary) -> Vec<f64> {
        let mut shared = Vec::new();
        self.share(grams, vocabulary, &mut shared);
        shared
    }

    /// The same in a list that may be used again.
    fn share(&self, grams: &Grams, vocabulary: &Vocabulary, shared: &mut Vec<f64>) {
        shared.clear();
        shared.resize(self.totals.len(), 0.0);
        for &gram in grams.iter() {
            let weight = vocabulary.weight(gram);
            for &text in self.of(gram) {
                shared[text as usize] += weight;
            }
        }
    }
}

/// The texts that hold each of so many n-grams, ascending.
pub(super) fn by_gram(texts: &[&Grams], count: usize) -> Lists<u32> {
    let holders = (0..).zip(texts).flat_map(|(text, grams)| grams.iter().map(move |&gram| (gram, text)));
    Lists::sorted(count, holders)
}

/// Texts of which a task has several: its names, its clauses.
#[derive(Debug)]
pub(super) struct TaskTexts {
    holders: Holders,
    /// Where the texts of each task end.
    ends: Vec<usize>,
}

impl TaskTexts {
    /// Learns the texts of every task.
    pub(super) fn new(tasks: &[Vec<&Grams>], vocabulary: &Vocabulary) -> Self {
        let mut end = 0;
        let ends = tasks.iter().map(|texts| {
            end += texts.len();
            end
        });
        let ends = ends.collect();
        Self { holders: Holders::new(tasks.iter().flatten().copied(), vocabulary), ends }
    }

    /// For every task the share of its best covered text.
    pub(super) fn best_covered(&self, grams: &Grams, vocabulary: &Vocabulary) -> Vec<f64> {
        SHARED.with_borrow_mut(|covered| {
            self.holders.share(grams, vocabulary, covered);
            // All are divided, those of which nothing is covered, too: several at once, and without a question.
            covered.iter_mut().zip(&self.holders.totals).for_each(|(covered, total)| *covered /= total);
            let mut begin = 0;
            let best = self.ends.iter().map(|&end| {
                let of_task = &covered[std::mem::replace(&mut begin, end)..end];
                // No share of a text without n-grams is larger than another.
                of_task.iter().fold(0.0, |best, &covered| if covered > best { covered } else { best })
            });
            best.collect()
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::list::Plan;
    use crate::matches::held::Held;
    use crate::matches::index::PlanIndex;

    #[test]
    fn all_texts_at_once_give_what_each_text_gives_alone() {
        let index = PlanIndex::new(&Plan::built_in());
        let vocabulary = &index.characters;
        let grams = vocabulary.known(&index.read("农村供水统管和农村公路养护"));
        let shared = index.task_holders.shared(&grams, vocabulary);
        let held = Held::new(&grams, &index.task_holders, vocabulary);
        for (position, task) in index.tasks.iter().enumerate() {
            assert!((shared[position] - vocabulary.shared(&grams, &task.grams)).abs() < 1e-9);
            let in_content = held.by_one_in(position, &task.content_grams);
            assert!((in_content - vocabulary.shared(&grams, &task.content_grams)).abs() < 1e-9);
        }
    }
}
