//! The runs of characters that some texts hold, each with one number wherever it is met.
//!
//! The plan's own texts, the wordings under which its tasks are known and a row's cells are all read through one such
//! dictionary: a cell is cut and looked up once, and every piece of evidence starts from the same numbers.

mod learning;

use rustc_hash::FxHashMap;

pub(super) use self::learning::Learnt;

/// Stands where a run has no number, and a character none.
const UNKNOWN: u32 = u32::MAX;
/// Characters up to here have their numbers in a list; nearly all that people write are among them.
const LISTED: usize = 0x1_0000;
/// So many different characters are told apart, more than there are in any script; further ones count as unknown.
const MOST_CHARACTERS: usize = 0xFFFF;

/// The runs of one to three (or two to three) characters that were learnt, numbered in the order in which they came.
#[derive(Debug)]
pub(super) struct Runs {
    characters: Characters,
    /// For each character its number as a run; nothing where single characters are no runs.
    single: Option<Vec<u32>>,
    /// Numbers of runs of two, by the numbers of their characters: 32 bits, for small entries are met sooner.
    pairs: FxHashMap<u32, u32>,
    /// Numbers of runs of three, in the same way.
    triples: FxHashMap<u64, u32>,
    /// For each number whether it is a run of two.
    is_pair: Vec<bool>,
}

/// The characters (or syllables) that were met, numbered.
#[derive(Debug)]
struct Characters {
    listed: Vec<u32>,
    others: FxHashMap<u32, u32>,
    count: u32,
}

/// The runs of a text.
#[derive(Debug, Default, PartialEq)]
pub(super) struct TextRuns {
    /// Numbers of the known runs, ascending, each once.
    pub(super) numbers: Vec<u32>,
    /// The number of every run of two, in the order of the text; [`u32::MAX`] where it is not known.
    pairs: Vec<u32>,
    /// How many different runs of two are known.
    known_pairs: usize,
    /// The characters of each different run of two that is not known, ascending.
    unknown_pairs: Vec<(u32, u32)>,
}

/// Where two parts of a text meet: the characters around the place, at most two before it and two after.
pub(super) struct Seam<'a> {
    /// The runs of these characters.
    pub(super) runs: &'a TextRuns,
    /// How many of the characters stand before the place.
    pub(super) before: usize,
}

impl Runs {
    /// A dictionary that knows nothing yet, of runs from two on or of single characters, too.
    pub(super) fn new(with_single: bool) -> Self {
        Self {
            characters: Characters { listed: vec![UNKNOWN; LISTED], others: FxHashMap::default(), count: 0 },
            single: with_single.then(Vec::new),
            pairs: FxHashMap::default(),
            triples: FxHashMap::default(),
            is_pair: Vec::new(),
        }
    }

    /// How many runs were learnt.
    pub(super) const fn len(&self) -> usize {
        self.is_pair.len()
    }

    /// Whether a number is that of a run of two.
    pub(super) fn is_pair(&self, number: u32) -> bool {
        self.is_pair[number as usize]
    }

    /// The number of a run of two characters; a number that no run bears where it is not known.
    pub(super) fn pair(&self, first: char, second: char) -> u32 {
        let characters = [first, second].map(|character| self.characters.number(u32::from(character)));
        pair_key(&characters).and_then(|key| self.pairs.get(&key).copied()).unwrap_or(UNKNOWN)
    }

    /// Looks up a text's runs.
    pub(super) fn read(&self, codes: &[u32]) -> TextRuns {
        let (mut numbers, pairs) = self.look_up(codes);
        let mut unknown = Vec::new();
        for (pair, &number) in codes.windows(2).zip(&pairs) {
            if number == UNKNOWN {
                unknown.push((pair[0], pair[1]));
            }
        }
        numbers.sort_unstable();
        self.text_runs(numbers, pairs, unknown)
    }

    /// The numbers of the runs of a text that are known, in any order.
    pub(super) fn known(&self, codes: &[u32]) -> Vec<u32> {
        self.look_up(codes).0
    }

    /// The numbers of the runs of a text that are known, in any order, and those of every run of two. A run is known only
    /// where all runs in it are, so most unknown ones need not be looked for.
    fn look_up(&self, codes: &[u32]) -> (Vec<u32>, Vec<u32>) {
        let characters: Vec<u32> = codes.iter().map(|&code| self.characters.number(code)).collect();
        let mut numbers = Vec::with_capacity(codes.len() * 3);
        if let Some(single) = &self.single {
            let known = characters.iter().filter(|&&character| character != UNKNOWN);
            numbers.extend(known.map(|&character| single[character as usize]));
        }
        let mut pairs = Vec::with_capacity(codes.len());
        for pair in characters.windows(2) {
            let number = pair_key(pair).and_then(|key| self.pairs.get(&key)).copied().unwrap_or(UNKNOWN);
            pairs.push(number);
            if number != UNKNOWN {
                numbers.push(number);
            }
        }
        for (triple, pairs) in characters.windows(3).zip(pairs.windows(2)) {
            if pairs[0] != UNKNOWN
                && pairs[1] != UNKNOWN
                && let Some(&number) = triple_key(triple).and_then(|key| self.triples.get(&key))
            {
                numbers.push(number);
            }
        }
        (numbers, pairs)
    }

    /// The runs of a text that is written in parts, with a seam between each two: no run is longer than three characters,
    /// and so each stands in a part or at a seam.
    pub(super) fn join(&self, parts: &[&TextRuns], seams: &[Seam<'_>]) -> TextRuns {
        let all = || parts.iter().copied().chain(seams.iter().map(|seam| seam.runs));
        let mut pairs = Vec::with_capacity(parts.iter().map(|part| part.pairs.len() + 1).sum());
        for (place, part) in parts.iter().enumerate() {
            if let Some(seam) = place.checked_sub(1).and_then(|before| seams.get(before)) {
                pairs.push(seam.runs.pairs[seam.before - 1]);
            }
            pairs.extend_from_slice(&part.pairs);
        }
        let numbers = all().fold(Vec::new(), |numbers, runs| merged(&numbers, &runs.numbers));
        let unknown = all().flat_map(|runs| &runs.unknown_pairs).copied().collect();
        self.text_runs(numbers, pairs, unknown)
    }

    /// The runs of a text, from ascending numbers and a list of unknown ones, in which a run may stand several times.
    fn text_runs(&self, mut numbers: Vec<u32>, pairs: Vec<u32>, mut unknown_pairs: Vec<(u32, u32)>) -> TextRuns {
        numbers.dedup();
        unknown_pairs.sort_unstable();
        unknown_pairs.dedup();
        let known_pairs = numbers.iter().filter(|&&number| self.is_pair(number)).count();
        TextRuns { numbers, pairs, known_pairs, unknown_pairs }
    }
}

impl Characters {
    fn learn(&mut self, code: u32) -> u32 {
        let number = match self.listed.get_mut(code as usize) {
            Some(number) => number,
            None => self.others.entry(code).or_insert(UNKNOWN),
        };
        if *number == UNKNOWN && (self.count as usize) < MOST_CHARACTERS {
            *number = self.count;
            self.count += 1;
        }
        *number
    }

    fn number(&self, code: u32) -> u32 {
        self.listed.get(code as usize).or_else(|| self.others.get(&code)).copied().unwrap_or(UNKNOWN)
    }
}

/// Two ascending lists as one.
fn merged(one: &[u32], other: &[u32]) -> Vec<u32> {
    let mut merged = Vec::with_capacity(one.len() + other.len());
    let (mut at, mut there) = (0, 0);
    while at < one.len() && there < other.len() {
        let first = one[at] <= other[there];
        merged.push(if first { one[at] } else { other[there] });
        at += usize::from(first);
        there += usize::from(!first);
    }
    merged.extend_from_slice(&one[at..]);
    merged.extend_from_slice(&other[there..]);
    merged
}

/// The numbers of two characters as one, where both are known.
#[inline]
fn pair_key(pair: &[u32]) -> Option<u32> {
    let [first, second] = *pair else { return None };
    (first != UNKNOWN && second != UNKNOWN).then_some(first << 16 | second)
}

/// The numbers of three characters as one, where all are known.
#[inline]
fn triple_key(triple: &[u32]) -> Option<u64> {
    let [first, second, third] = *triple else { return None };
    let key = || u64::from(first) << 32 | u64::from(second) << 16 | u64::from(third);
    (first != UNKNOWN && second != UNKNOWN && third != UNKNOWN).then(key)
}

impl TextRuns {
    /// The number of every run of two, in the order of the text; a number that no run bears where it is not known.
    pub(super) fn pairs(&self) -> &[u32] {
        &self.pairs
    }

    /// How many different runs of two there are, the unknown ones included.
    pub(super) const fn different_pairs(&self) -> usize {
        self.known_pairs + self.unknown_pairs.len()
    }
}

/// Characters of a plain wording as codes.
pub(super) fn character_codes(plain: &str) -> Vec<u32> {
    plain.chars().map(u32::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matches::lists::Lists;

    /// Learns texts; the runs of the first one.
    fn learn(runs: &mut Runs, texts: &[&[u32]]) -> Vec<u32> {
        let mut lists = Lists::default();
        for text in texts {
            lists.push(text.iter().copied());
        }
        runs.learn(&lists).runs(0).to_vec()
    }

    #[test]
    fn a_text_that_was_learnt_is_known_whole() {
        let mut runs = Runs::new(true);
        let mut learnt = learn(&mut runs, &[&character_codes("和美乡村建设")]);
        learnt.sort_unstable();
        assert_eq!((learnt.len(), runs.len()), (6 + 5 + 4, 6 + 5 + 4));
        let read = runs.read(&character_codes("和美乡村建设"));
        assert_eq!((&read.numbers, read.different_pairs()), (&learnt, 5));
        assert_eq!(learnt.iter().filter(|&&number| runs.is_pair(number)).count(), 5);
    }

    #[test]
    fn of_another_text_the_shared_runs_are_known_and_strange_pairs_counted_once() {
        let mut runs = Runs::new(true);
        learn(&mut runs, &[&character_codes("美乡村")]);
        // 美, 乡, 村, 乡村; 村乡 holds known characters only and is no known run.
        let read = runs.read(&character_codes("美好乡村乡村☃好"));
        assert_eq!(read.numbers.len(), 4);
        assert_eq!(read.different_pairs(), 6);
        assert_eq!(read.pairs().len(), 7);
    }

    #[test]
    fn a_text_that_is_joined_has_the_runs_of_the_whole() {
        let mut runs = Runs::new(true);
        learn(&mut runs, &[&character_codes("农村公路建设与供水管护")]);
        let read = |text: &str| runs.read(&character_codes(text));
        for (parts, seams) in [
            (vec!["农村公路", "建设☃☃"], vec![("公路建设", 2)]),
            (vec!["农", "村", "公路☃建"], vec![("农村", 1), ("农村公路", 2)]),
            (vec!["供水☃", "☃", "☃☃水管护"], vec![("水☃☃", 2), ("☃☃☃☃", 2)]),
        ] {
            let (of_parts, of_seams): (Vec<TextRuns>, Vec<TextRuns>) =
                (parts.iter().map(|part| read(part)).collect(), seams.iter().map(|seam| read(seam.0)).collect());
            let seams: Vec<Seam<'_>> =
                of_seams.iter().zip(&seams).map(|(runs, seam)| Seam { runs, before: seam.1 }).collect();
            assert_eq!(runs.join(&of_parts.iter().collect::<Vec<_>>(), &seams), read(&parts.concat()));
        }
    }

    #[test]
    fn syllables_count_from_two_on() {
        let mut runs = Runs::new(false);
        learn(&mut runs, &[&[0x10_0001, 0x10_0002, 0x10_0003]]);
        assert_eq!(runs.len(), 3);
        assert_eq!(runs.read(&[0x10_0002, 0x10_0003, 0x10_0001]).numbers.len(), 1);
    }
}
