//! Words that county and township offices use for one another, whatever the plan: knowledge that no plan spells out.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::grams::Grams;
use super::holders::by_gram;
use super::lists::Lists;

/// One group of words a line, parted by 、, in plain wording.
const MEANINGS: &str = include_str!("meanings.txt");
/// What parts the words of a group.
const BETWEEN: char = '、';

/// The built-in groups.
static BUILT_IN: LazyLock<Words> = LazyLock::new(Words::built_in);

/// Words of groups.
#[derive(Default)]
struct Words {
    words: Vec<Word>,
    /// The place of the last one with each beginning of three characters, or of the two that it has: looking for so many
    /// finds hardly any words but those that are written.
    last: FxHashMap<u64, u32>,
}

/// A word of a group.
struct Word {
    /// What follows its beginning.
    rest: &'static str,
    group: u32,
    /// The place of the word before it that begins alike.
    before: Option<u32>,
}

impl Words {
    fn built_in() -> Self {
        let mut words = Self::default();
        for (group, line) in (0..).zip(MEANINGS.lines()) {
            for word in line.split(BETWEEN) {
                words.add(word, group);
            }
        }
        words
    }

    fn add(&mut self, word: &'static str, group: u32) {
        let (beginning, rest) = parted(word);
        let place = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        let before = self.last.insert(beginning, place);
        self.words.push(Word { rest, group, before });
    }

    /// The words with a beginning.
    #[inline]
    fn of(&self, beginning: u64) -> impl Iterator<Item = &Word> {
        let at = |place: u32| &self.words[place as usize];
        std::iter::successors(self.last.get(&beginning).copied().map(at), move |word| word.before.map(at))
    }
}

/// The beginning of a word, and what follows it; no word is shorter than two characters.
fn parted(word: &str) -> (u64, &str) {
    let mut characters = word.chars();
    let [first, second] = [characters.next(), characters.next()].map(Option::unwrap_or_default);
    (beginning(first, second, characters.next()), characters.as_str())
}

/// The first three characters of a word, or both, as one number.
fn beginning(first: char, second: char, third: Option<char>) -> u64 {
    /// So many bits tell a character.
    const BITS: u32 = 21;
    /// The number of no character.
    const NONE: u64 = (1 << BITS) - 1;
    (u64::from(first) << BITS | u64::from(second)) << BITS | third.map_or(NONE, u64::from)
}

/// Number of groups.
pub(super) fn count() -> usize {
    MEANINGS.lines().count()
}

/// The groups that a plain wording touches.
pub(super) fn meanings(plain: &str) -> Grams {
    let known = &*BUILT_IN;
    let mut touched = Vec::new();
    let mut touch = |beginning: u64, rest: &str| {
        for word in known.of(beginning) {
            if rest.starts_with(word.rest) {
                touched.push(word.group);
            }
        }
    };
    let mut rest = plain.chars();
    let mut before = rest.next().zip(rest.next());
    while let Some((first, second)) = before {
        touch(beginning(first, second, None), rest.as_str());
        let third = rest.next();
        if third.is_some() {
            touch(beginning(first, second, third), rest.as_str());
        }
        before = third.map(|third| (second, third));
    }
    Grams::new(touched)
}

/// Which tasks touch each group of words that mean the same.
#[derive(Debug)]
pub(super) struct Touching {
    tasks: Lists<u32>,
    count: usize,
}

impl Touching {
    /// Learns what the tasks touch.
    pub(super) fn new<'a>(tasks: impl Iterator<Item = &'a Grams>) -> Self {
        let tasks: Vec<&Grams> = tasks.collect();
        Self { tasks: by_gram(&tasks, count()), count: tasks.len() }
    }

    /// For each task the share of some groups that it touches, all weighing the same.
    pub(super) fn shares(&self, groups: &Grams) -> Vec<f64> {
        let mut touched = vec![0u32; self.count];
        for &group in groups.iter() {
            self.tasks.get(group as usize).iter().for_each(|&task| touched[task as usize] += 1);
        }
        #[expect(clippy::cast_precision_loss, reason = "a row touches a handful of groups")]
        let all = groups.len().max(1) as f64;
        touched.into_iter().map(|touched| f64::from(touched) / all).collect()
    }
}

/// Whether two words, in plain wording, stand in one group.
pub fn mean_the_same(one: &str, other: &str) -> bool {
    let groups = |word: &str| {
        let (beginning, rest) = parted(word);
        let words = BUILT_IN.of(beginning).filter(|known| known.rest == rest);
        words.map(|known| known.group).collect::<Vec<_>>()
    };
    let of_one = groups(one);
    !of_one.is_empty() && groups(other).iter().any(|group| of_one.contains(group))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::matches::plain;

    #[test]
    fn every_word_is_plain_and_stands_in_few_groups() {
        let mut seen: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let words = || MEANINGS.lines().flat_map(|line| line.split(BETWEEN));
        let written: Vec<&str> = words().filter(|word| *word != plain(word)).collect();
        assert!(written.is_empty(), "not plain: {written:?}");
        for (line, words) in MEANINGS.lines().enumerate() {
            for word in words.split(BETWEEN) {
                assert!(word.chars().count() >= 2, "{word}");
                seen.entry(word).or_default().push(line);
            }
        }
        for (word, lines) in seen {
            assert!(lines.len() <= 3 && lines.windows(2).all(|pair| pair[0] < pair[1]), "{word}: {lines:?}");
        }
    }

    #[test]
    fn words_of_one_group_are_told_together() {
        let shared = |one: &str, other: &str| meanings(one).iter().any(|group| meanings(other).has(*group));
        assert!(shared("自来水统一管", "农村供水"));
        assert!(!shared("自来水统一管", "秋季征兵"));
        assert!(meanings("一周一会").is_empty());
    }
}
