//! How do two sets of n-grams meet quickly? Each is a sorted list with a bit for every number in it.

use std::ops::Deref;
use std::sync::OnceLock;

/// N-grams known to a plan (or groups of meaning), by number: sorted, each once. Reads like a slice.
#[derive(Debug, Clone, Default)]
pub(super) struct Grams {
    numbers: Vec<u32>,
    /// Bit `n % 64` of word `n / 64` tells whether `n` is in the list.
    bits: Vec<u64>,
    /// Sum of the weights in the one vocabulary that the numbers belong to, once it was asked for.
    pub(super) weight: OnceLock<f64>,
}

const BITS: u32 = u64::BITS;

/// Word and bit of a number.
#[inline]
const fn place(number: u32) -> (usize, u32) {
    ((number / BITS) as usize, number % BITS)
}

impl Grams {
    /// The set of some numbers.
    pub(super) fn new(mut numbers: Vec<u32>) -> Self {
        numbers.sort_unstable();
        numbers.dedup();
        let mut bits = vec![0; numbers.last().map_or(0, |&last| place(last).0 + 1)];
        for &number in &numbers {
            let (word, bit) = place(number);
            bits[word] |= 1u64 << bit;
        }
        Self { numbers, bits, weight: OnceLock::new() }
    }

    /// Whether a number is in the set.
    #[inline]
    pub(super) fn has(&self, number: u32) -> bool {
        let (word, bit) = place(number);
        self.bits.get(word).is_some_and(|word| word >> bit & 1 == 1)
    }

    /// The numbers that two sets share, ascending.
    pub(super) fn shared<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = u32> + 'a {
        let (list, set) = if self.len() <= other.len() { (self, other) } else { (other, self) };
        list.numbers.iter().copied().filter(|number| set.has(*number))
    }
}

impl Deref for Grams {
    type Target = [u32];

    fn deref(&self) -> &[u32] {
        &self.numbers
    }
}

/// The union of sets.
pub(super) fn union<'a>(mut sets: impl Iterator<Item = &'a Grams>) -> Grams {
    let Some(first) = sets.next() else { return Grams::default() };
    let Some(second) = sets.next() else { return first.clone() };
    let (mut bits, mut most) = (first.bits.clone(), first.len());
    for set in std::iter::once(second).chain(sets) {
        most += set.len();
        if bits.len() < set.bits.len() {
            bits.resize(set.bits.len(), 0);
        }
        for (word, other) in bits.iter_mut().zip(&set.bits) {
            *word |= other;
        }
    }
    let mut numbers = Vec::with_capacity(most);
    for (base, word) in (0u32..).step_by(BITS as usize).zip(&bits) {
        let mut rest = *word;
        while rest != 0 {
            numbers.push(base + rest.trailing_zeros());
            rest &= rest - 1;
        }
    }
    Grams { numbers, bits, weight: OnceLock::new() }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn sets_behave_as_sets(one in prop::collection::vec(0u32..300, 0..40), other in prop::collection::vec(0u32..300, 0..40)) {
            let (left, right) = (BTreeSet::from_iter(one.clone()), BTreeSet::from_iter(other.clone()));
            let (one, other) = (Grams::new(one), Grams::new(other));
            let list = |set: BTreeSet<u32>| set.into_iter().collect::<Vec<_>>();
            prop_assert_eq!(one.to_vec(), list(left.clone()));
            prop_assert_eq!(one.shared(&other).collect::<Vec<_>>(), list(&left & &right));
            let both = union([&one, &other].into_iter());
            prop_assert_eq!(both.to_vec(), list(&left | &right));
            prop_assert!((0..400).all(|number| both.has(number) == (left.contains(&number) || right.contains(&number))));
        }
    }
}
