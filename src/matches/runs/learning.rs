//! How are the runs of many texts numbered? In the order in which they come. To look for each run among those that came
//! before takes most of the time, and is done for runs of two and of three at the same time.

use std::hash::Hash;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::{Runs, UNKNOWN, pair_key, triple_key};
use crate::matches::beside::beside;
use crate::matches::lists::Lists;

/// From here on a number stands for a run that is new, by how many new ones came before it: which number it will bear
/// depends on the other runs, too. No plan has so many runs.
const NEW: u32 = 1 << 31;

/// The runs of some texts, by their numbers, each once in its text.
#[derive(Debug, Default)]
pub(in crate::matches) struct Learnt {
    numbers: Vec<u32>,
    texts: Vec<LearntText>,
}

/// Where the runs of a text stand among all, and where those of two.
#[derive(Debug)]
struct LearntText {
    runs: Range<usize>,
    pairs: Range<usize>,
}

/// What was found for the runs of one length of some texts.
struct Found {
    /// For each text the number of every run, as it was known or from [`NEW`] on.
    numbers: Lists<u32>,
    /// For each new run the number that it bears in the end.
    new: Vec<u32>,
}

impl Learnt {
    /// The runs of a text, single characters first, then those of two, then of three.
    pub(in crate::matches) fn runs(&self, text: usize) -> &[u32] {
        &self.numbers[self.texts[text].runs.clone()]
    }

    /// Those of two.
    pub(in crate::matches) fn pairs(&self, text: usize) -> &[u32] {
        &self.numbers[self.texts[text].pairs.clone()]
    }
}

impl Found {
    /// Looks for the runs of some texts, each of them by the numbers of its characters.
    fn new<K: Hash + Eq>(
        texts: &Lists<u32>,
        length: usize,
        known: &mut FxHashMap<K, u32>,
        key: impl Fn(&[u32]) -> Option<K>,
    ) -> Self {
        let mut numbers = Lists::with_room(texts.len(), texts.items().len());
        let mut new = 0;
        for text in 0..texts.len() {
            let keys = texts.get(text).windows(length).filter_map(&key);
            numbers.push(keys.map(|key| {
                *known.entry(key).or_insert_with(|| {
                    new += 1;
                    NEW + new - 1
                })
            }));
        }
        Self { numbers, new: vec![UNKNOWN; new as usize] }
    }

    /// Gives the new runs the numbers that they bear.
    fn settle<K>(&self, known: &mut FxHashMap<K, u32>) {
        let new = known.values_mut().filter(|number| **number >= NEW);
        new.for_each(|number| *number = self.new[(*number - NEW) as usize]);
    }
}

/// Numbers are given out here.
struct Numbering<'a> {
    /// For each number whether it is that of a run of two.
    is_pair: &'a mut Vec<bool>,
    /// For each number the last text that holds it, by which runs that a text holds twice are told.
    last_text: Vec<usize>,
    /// The numbers of all texts.
    numbers: Vec<u32>,
}

impl Numbering<'_> {
    /// Adds a run of a text; one that has no number yet is given the next one.
    fn add(&mut self, number: &mut u32, text: usize, is_pair: bool) {
        if *number == UNKNOWN {
            *number = u32::try_from(self.is_pair.len()).unwrap_or(UNKNOWN);
            self.is_pair.push(is_pair);
            self.last_text.push(text);
        } else if std::mem::replace(&mut self.last_text[*number as usize], text) == text {
            return;
        }
        self.numbers.push(*number);
    }

    /// Adds the runs of one length of a text.
    fn add_found(&mut self, found: &mut Found, text: usize, is_pair: bool) {
        for &number in found.numbers.get(text) {
            match number.checked_sub(NEW) {
                Some(new) => self.add(&mut found.new[new as usize], text, is_pair),
                None => self.add(&mut { number }, text, is_pair),
            }
        }
    }
}

impl Runs {
    /// Learns the runs of texts.
    pub(in crate::matches) fn learn(&mut self, texts: &Lists<u32>) -> Learnt {
        let characters = texts.map(|&code| self.characters.learn(code));
        let count = characters.items().len();
        // Most runs stand in several texts.
        self.pairs.reserve(count / 3);
        self.triples.reserve(count / 2);
        let (pairs, triples) = (&mut self.pairs, &mut self.triples);
        let (mut found_pairs, mut found_triples) =
            beside(|| Found::new(&characters, 2, pairs, pair_key), || Found::new(&characters, 3, triples, triple_key));
        let last_text = vec![usize::MAX; self.is_pair.len()];
        let mut numbering = Numbering { is_pair: &mut self.is_pair, last_text, numbers: Vec::with_capacity(count * 3) };
        let mut learnt = Vec::with_capacity(texts.len());
        for text in 0..texts.len() {
            let begin = numbering.numbers.len();
            if let Some(single) = &mut self.single {
                single.resize(self.characters.count as usize, UNKNOWN);
                let known = characters.get(text).iter().filter(|&&character| character != UNKNOWN);
                known.for_each(|&character| numbering.add(&mut single[character as usize], text, false));
            }
            let begin_of_pairs = numbering.numbers.len();
            numbering.add_found(&mut found_pairs, text, true);
            let end_of_pairs = numbering.numbers.len();
            numbering.add_found(&mut found_triples, text, false);
            learnt.push(LearntText { runs: begin..numbering.numbers.len(), pairs: begin_of_pairs..end_of_pairs });
        }
        let numbers = numbering.numbers;
        beside(|| found_pairs.settle(&mut self.pairs), || found_triples.settle(&mut self.triples));
        Learnt { numbers, texts: learnt }
    }
}
