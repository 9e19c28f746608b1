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
static BUILT_IN: LazyLock<ByBeginning> = LazyLock::new(by_beginning);

/// Words by their first two characters.
type ByBeginning = FxHashMap<u64, Vec<Word>>;

/// A word of a group.
struct Word {
    text: &'static str,
    /// Its third character, where it has one: it tells most words that begin alike apart.
    third: Option<char>,
    group: u32,
}

fn by_beginning() -> ByBeginning {
    let mut words = ByBeginning::default();
    for (group, line) in (0..).zip(MEANINGS.lines()) {
        for word in line.split(BETWEEN) {
            words.entry(beginning(word)).or_default().push(Word { text: word, third: word.chars().nth(2), group });
        }
    }
    words
}

/// The first two characters of a word; no word is shorter.
fn beginning(word: &str) -> u64 {
    let mut characters = word.chars();
    let [first, second] = [characters.next(), characters.next()].map(Option::unwrap_or_default);
    pair(first, second)
}

/// Two characters as one number.
fn pair(first: char, second: char) -> u64 {
    u64::from(first) << 32 | u64::from(second)
}

/// Number of groups.
pub(super) fn count() -> usize {
    MEANINGS.lines().count()
}

/// The groups that a plain wording touches.
pub(super) fn meanings(plain: &str) -> Grams {
    let known = &*BUILT_IN;
    let mut touched = Vec::new();
    let mut following = plain.chars().skip(1);
    for (place, first) in plain.char_indices() {
        let Some(second) = following.next() else { break };
        let Some(words) = known.get(&pair(first, second)) else { continue };
        let third = following.clone().next();
        for word in words {
            if word.third.is_none() || word.third == third && plain[place..].starts_with(word.text) {
                touched.push(word.group);
            }
        }
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
        let words = BUILT_IN.get(&beginning(word)).into_iter().flatten();
        words.filter(|known| known.text == word).map(|known| known.group).collect::<Vec<_>>()
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
