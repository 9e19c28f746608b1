//! Words that county and township offices use for one another, whatever the plan: knowledge that no plan spells out.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::grams::Grams;

/// One group of words a line, parted by 、, in plain wording.
const MEANINGS: &str = include_str!("meanings.txt");
/// What parts the words of a group.
const BETWEEN: char = '、';

/// The built-in groups.
static BUILT_IN: LazyLock<ByBeginning> = LazyLock::new(by_beginning);

/// Words with the number of their group, by the first two characters of the word.
type ByBeginning = FxHashMap<[char; 2], Vec<(&'static str, u32)>>;

fn by_beginning() -> ByBeginning {
    let mut words = ByBeginning::default();
    for (group, line) in (0..).zip(MEANINGS.lines()) {
        for word in line.split(BETWEEN) {
            words.entry(beginning(word)).or_default().push((word, group));
        }
    }
    words
}

/// The first two characters of a word; no word is shorter.
fn beginning(word: &str) -> [char; 2] {
    let mut characters = word.chars();
    [characters.next(), characters.next()].map(Option::unwrap_or_default)
}

/// Number of groups.
pub(super) fn count() -> usize {
    MEANINGS.lines().count()
}

/// The groups that a plain wording touches.
pub(super) fn meanings(plain: &str) -> Grams {
    let ends = plain.char_indices();
    let pairs = ends.zip(plain.chars().skip(1)).map(|((place, first), second)| (place, [first, second]));
    let mut touched = Vec::new();
    for (place, pair) in pairs {
        let words = BUILT_IN.get(&pair).into_iter().flatten();
        let stand = words.filter(|(word, _)| plain[place..].starts_with(word));
        touched.extend(stand.map(|(_, group)| *group));
    }
    Grams::new(touched)
}

/// Whether two words, in plain wording, stand in one group.
pub fn mean_the_same(one: &str, other: &str) -> bool {
    let groups = |word: &str| {
        let words = BUILT_IN.get(&beginning(word)).into_iter().flatten();
        words.filter(|(known, _)| *known == word).map(|(_, group)| *group).collect::<Vec<_>>()
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
