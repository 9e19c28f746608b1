//! Which characters stand in a text, in sixteen bytes: enough to tell of most texts that they are no copies of each other,
//! without fetching them.

use super::wording::share;

/// How many characters a text has, and a bit for each that stands in it; several characters share a bit.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Characters {
    count: u32,
    bits: [u64; 2],
    /// How many bits are set.
    set: u32,
}

impl Characters {
    /// Those of a text.
    pub(super) fn of(text: &str) -> Self {
        let mut characters = Self::default();
        text.chars().for_each(|c| characters.add(c));
        characters
    }

    /// Adds a further character of the text.
    pub(super) fn add(&mut self, c: char) {
        self.count = self.count.saturating_add(1);
        let (word, bit) = place(c);
        self.set += u32::from(self.bits[word] & bit == 0);
        self.bits[word] |= bit;
    }

    /// Whether a character may stand in the text.
    pub(super) fn may_hold(&self, c: char) -> bool {
        let (word, bit) = place(c);
        self.bits[word] & bit != 0
    }

    /// Whether the other text may be a part of this one.
    pub(super) fn may_contain(&self, other: &Self) -> bool {
        other.count <= self.count && self.bits.iter().zip(other.bits).all(|(here, there)| there & !here == 0)
    }

    /// How many characters the text has.
    pub(super) fn count(&self) -> usize {
        usize::try_from(self.count).unwrap_or(usize::MAX)
    }

    /// What the likeness of two texts (the share of their sequences of three characters that both have) is at most.
    pub(super) fn likeness_at_most(&self, other: &Self) -> f64 {
        let [one, two] = self.bits;
        let [same, again] = other.bits;
        let in_both = (one & same).count_ones() + (two & again).count_ones();
        let shared = self.shared_at_most(in_both).min(other.shared_at_most(in_both));
        share(2 * shared, self.sequences() + other.sequences())
    }

    /// How many of the sequences can stand in another text, too, with which this one has so many bits in common: every
    /// character that the other lacks spoils a sequence of its own, but for the last two.
    fn shared_at_most(&self, in_both: u32) -> usize {
        let spoilt = (self.set - in_both).saturating_sub(2);
        self.sequences().saturating_sub(usize::try_from(spoilt).unwrap_or_default())
    }

    fn sequences(&self) -> usize {
        usize::try_from(self.count.saturating_sub(2)).unwrap_or(usize::MAX)
    }
}

/// The bit of a character.
const fn place(c: char) -> (usize, u64) {
    // The multiplier of Fibonacci hashing: neighbours in Unicode are no neighbours here.
    let place = (c as u32).wrapping_mul(0x9e37_79b9) >> 25;
    (place as usize / 64, 1 << (place % 64))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::wording::Likened;
    use super::*;

    proptest! {
        #[test]
        fn texts_are_never_more_alike_than_said(one in "[一-乙0-9]{12,60}", other in "[一-乙0-9]{12,60}") {
            let at_most = Characters::of(&one).likeness_at_most(&Characters::of(&other));
            let alike = Likened::new(one.as_str()).likeness(&Likened::new(other.as_str()));
            prop_assert!(alike <= at_most, "{alike} > {at_most}");
        }

        #[test]
        fn a_text_with_something_changed_may_still_be_a_copy(text in "[一-龥]{20,60}", at in 0usize..20, put in "[一-龥]{0,2}") {
            let mut changed: Vec<char> = text.chars().collect();
            changed.splice(at..=at, put.chars());
            let changed: String = changed.into_iter().collect();
            let at_most = Characters::of(&text).likeness_at_most(&Characters::of(&changed));
            let alike = Likened::new(text.as_str()).likeness(&Likened::new(changed.as_str()));
            prop_assert!(alike <= at_most, "{alike} > {at_most}");
        }
    }

    #[test]
    fn a_text_may_hold_what_stands_in_it() {
        let text = Characters::of("组织志愿者入户走访独居老人");
        assert!("组织志愿者入户走访独居老人".chars().all(|c| text.may_hold(c)));
        assert!(text.may_contain(&Characters::of("志愿者")) && text.may_contain(&text));
        assert!(!text.may_contain(&Characters::of("登记需求清单")));
    }

    #[test]
    fn texts_that_share_a_phrase_alone_are_told_apart() {
        let one = Characters::of("组织志愿者入户走访独居老人并登记需求清单");
        let other = Characters::of("组织志愿者入户宣传渔船禁捕规定发放资料百份");
        assert!(one.likeness_at_most(&other) < 0.8);
        assert!((one.likeness_at_most(&one) - 1.0).abs() < 1e-9);
    }
}
