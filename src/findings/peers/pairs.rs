//! Millions of pairs of numbers, of which those with the same first number are to be looked at together.

use rayon::prelude::*;

/// Two numbers as one, which is compared in less time: first by the first.
pub(super) fn pair(first: u32, second: u32) -> u64 {
    (u64::from(first) << 32) | u64::from(second)
}

/// The two numbers of a [`pair`].
#[expect(clippy::cast_possible_truncation, reason = "each half is a number of its own")]
pub(super) const fn parted(pair: u64) -> (u32, u32) {
    ((pair >> 32) as u32, pair as u32)
}

/// Pairs in several lists, those with the same first number in the same one: the lists are sorted on all cores, each of them
/// sooner than one long list would be.
pub(super) struct Pairs(Vec<Vec<u64>>);

impl Pairs {
    const LISTS: u64 = 64;

    /// Pairs in any order, each made by [`pair`].
    pub(super) fn collect(pairs: impl ParallelIterator<Item = u64>) -> Self {
        pairs.fold(Self::none, Self::with).reduce(Self::none, Self::and)
    }

    fn none() -> Self {
        Self((0..Self::LISTS).map(|_| Vec::new()).collect())
    }

    fn with(mut self, pair: u64) -> Self {
        let list = usize::try_from((pair >> 32) % Self::LISTS).unwrap_or_default();
        self.0[list].push(pair);
        self
    }

    /// These and others.
    pub(super) fn and(mut self, others: Self) -> Self {
        for (list, other) in self.0.iter_mut().zip(others.0) {
            if list.is_empty() {
                *list = other;
            } else {
                list.extend(other);
            }
        }
        self
    }

    /// The lists, each in order and without what came more than once.
    pub(super) fn sorted(self) -> impl ParallelIterator<Item = Vec<u64>> {
        self.0.into_par_iter().map(|mut list| {
            list.sort_unstable();
            list.dedup();
            list
        })
    }
}

/// The pairs of a list in order that have the same first number, together.
pub(super) fn by_first(list: &[u64]) -> impl Iterator<Item = &[u64]> {
    list.chunk_by(|one, next| parted(*one).0 == parted(*next).0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_with_the_same_first_number_come_together() {
        let numbers = [(7, 3), (71, 1), (7, 1), (u32::MAX, 0), (71, u32::MAX), (7, 3)];
        let half = |pairs: &[(u32, u32)]| Pairs::collect(pairs.par_iter().map(|(first, second)| pair(*first, *second)));
        let lists: Vec<Vec<u64>> = half(&numbers[..4]).and(half(&numbers[4..])).sorted().collect();
        let mut found: Vec<Vec<(u32, u32)>> = lists
            .iter()
            .flat_map(|list| by_first(list))
            .map(|same| same.iter().copied().map(parted).collect())
            .collect();
        found.sort();
        assert_eq!(found, [vec![(7, 1), (7, 3)], vec![(71, 1), (71, u32::MAX)], vec![(u32::MAX, 0)]]);
    }
}
