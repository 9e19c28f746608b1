//! Which texts of the plan hold an n-gram? Answers for all texts at once how much of each some n-grams cover.

use super::grams::Grams;
use super::index::Vocabulary;
use super::lists::Lists;

/// For every n-gram of a vocabulary the texts that hold it.
#[derive(Debug, Default)]
pub(super) struct Holders {
    /// The texts that hold each n-gram.
    texts: Lists<usize>,
    /// Weight of each text.
    totals: Vec<f64>,
}

impl Holders {
    /// Learns which of some texts hold which n-grams.
    pub(super) fn new<'a>(texts: impl Iterator<Item = &'a Grams>, vocabulary: &Vocabulary) -> Self {
        let mut lists: Vec<Vec<usize>> = vec![Vec::new(); vocabulary.len()];
        let mut totals = Vec::new();
        for (text, grams) in texts.enumerate() {
            grams.iter().for_each(|&gram| lists[gram as usize].push(text));
            totals.push(vocabulary.sum(grams));
        }
        let mut texts = Lists::default();
        for list in lists {
            texts.push(list);
        }
        Self { texts, totals }
    }

    /// For every text the weight of the n-grams that it shares with these.
    pub(super) fn shared(&self, grams: &Grams, vocabulary: &Vocabulary) -> Vec<f64> {
        let mut shared = vec![0.0; self.totals.len()];
        for &gram in grams.iter() {
            let weight = vocabulary.weight(gram);
            for &text in self.texts.get(gram as usize) {
                shared[text] += weight;
            }
        }
        shared
    }

    /// For every text the share of its weight that these n-grams cover; 0 for a text without n-grams.
    pub(super) fn covered(&self, grams: &Grams, vocabulary: &Vocabulary) -> Vec<f64> {
        let mut covered = self.shared(grams, vocabulary);
        for (share, total) in covered.iter_mut().zip(&self.totals) {
            *share = if *total > 0.0 { *share / total } else { 0.0 };
        }
        covered
    }
}

/// Texts of which a task has several: its names, its clauses.
#[derive(Debug)]
pub(super) struct TaskTexts {
    holders: Holders,
    /// The task of each text.
    tasks: Vec<usize>,
    count: usize,
}

impl TaskTexts {
    /// Learns the texts of every task.
    pub(super) fn new<'a>(tasks: &[Vec<&'a Grams>], vocabulary: &Vocabulary) -> Self {
        let texts = tasks.iter().enumerate().flat_map(|(task, texts)| texts.iter().map(move |text| (task, *text)));
        let (owners, texts): (Vec<usize>, Vec<&'a Grams>) = texts.unzip();
        Self { holders: Holders::new(texts.into_iter(), vocabulary), tasks: owners, count: tasks.len() }
    }

    /// For every task the share of its best covered text.
    pub(super) fn best_covered(&self, grams: &Grams, vocabulary: &Vocabulary) -> Vec<f64> {
        let mut best = vec![0.0f64; self.count];
        for (&task, share) in self.tasks.iter().zip(self.holders.covered(grams, vocabulary)) {
            best[task] = best[task].max(share);
        }
        best
    }
}

/// For every n-gram of a vocabulary the tasks that hold it, a bit for each.
#[derive(Debug)]
pub(super) struct TaskBits {
    width: usize,
    bits: Vec<u64>,
}

impl TaskBits {
    /// Learns the n-grams of every task.
    pub(super) fn new<'a>(tasks: impl ExactSizeIterator<Item = &'a Grams>, vocabulary: &Vocabulary) -> Self {
        let width = tasks.len().div_ceil(64).max(1);
        let mut bits = vec![0; width * vocabulary.len()];
        for (task, grams) in tasks.enumerate() {
            grams.iter().for_each(|&gram| bits[gram as usize * width + task / 64] |= 1u64 << (task % 64));
        }
        Self { width, bits }
    }

    /// Which of some tasks, at most 64, hold an n-gram: a bit for each in their order.
    pub(super) fn holders(&self, gram: u32, among: &[usize]) -> u64 {
        let bits = &self.bits[gram as usize * self.width..];
        let bit = |task: usize| bits[task / 64] >> (task % 64) & 1;
        among.iter().enumerate().fold(0, |holders, (place, &task)| holders | bit(task) << place)
    }
}

#[cfg(test)]
mod tests {
    use crate::list::Plan;
    use crate::matches::index::PlanIndex;

    #[test]
    fn all_texts_at_once_give_what_each_text_gives_alone() {
        let index = PlanIndex::new(&Plan::built_in());
        let vocabulary = &index.characters;
        let grams = vocabulary.known(&index.read("农村供水统管和农村公路养护"));
        let shared = index.task_holders.shared(&grams, vocabulary);
        let contents = index.contents.covered(&grams, vocabulary);
        for (position, task) in index.tasks.iter().enumerate() {
            assert!((shared[position] - vocabulary.shared(&grams, &task.grams)).abs() < 1e-9);
            assert!((contents[position] - vocabulary.coverage(&task.content_grams, &grams)).abs() < 1e-9);
        }
    }
}
