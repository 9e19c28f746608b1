//! What do the other townships usually report? Values stand in order, so that it is found without sorting, or even looking
//! at, all of them anew for each township.

use std::collections::BTreeMap;

/// Values in order, each of a township, or of nobody knows whom.
pub(super) struct Ordered {
    values: Vec<f64>,
    /// Where each township's own values stand, ascending.
    places: BTreeMap<Option<u32>, Vec<usize>>,
}

/// The values of all townships but one.
pub(super) struct Others<'a> {
    values: &'a [f64],
    /// Places that are left out, ascending.
    without: &'a [usize],
    /// How many values there are.
    pub(super) count: usize,
}

impl Ordered {
    /// Puts values into order.
    pub(super) fn new(values: impl Iterator<Item = (f64, Option<u32>)>) -> Self {
        let mut ordered: Vec<(f64, Option<u32>)> = values.collect();
        ordered.sort_by(|one, other| one.0.total_cmp(&other.0));
        let mut places: BTreeMap<Option<u32>, Vec<usize>> = BTreeMap::new();
        for (place, (_, township)) in ordered.iter().enumerate() {
            places.entry(*township).or_default().push(place);
        }
        Self { values: ordered.into_iter().map(|(value, _)| value).collect(), places }
    }

    /// The values that are not a township's own.
    pub(super) fn others(&self, township: Option<u32>) -> Others<'_> {
        let without = self.places.get(&township).map_or(&[][..], Vec::as_slice);
        Others { values: &self.values, without, count: self.values.len() - without.len() }
    }
}

impl Others<'_> {
    /// The median; 0 of nothing.
    pub(super) fn median(&self) -> f64 {
        middle(self.count, |place| self.at(place))
    }

    /// The median of how many orders of magnitude they are away from a value; all of them are positive. 0 of nothing.
    pub(super) fn median_deviation(&self, from: f64) -> f64 {
        middle(self.count, |place| self.farthest_of_nearest(place + 1, from))
    }

    /// The value at a place of the order.
    fn at(&self, place: usize) -> f64 {
        self.values[self.without.iter().fold(place, |place, without| place + usize::from(*without <= place))]
    }

    /// How far away the farthest is of so many that are nearest to a value: they follow each other in the order.
    fn farthest_of_nearest(&self, so_many: usize, from: f64) -> f64 {
        let beyond = |place: usize| (self.at(place) / from).log10();
        let (mut first, mut last) = (0, self.count - so_many);
        while first < last {
            let middle = usize::midpoint(first, last);
            // Whether the one behind them is nearer than the first of them.
            if -beyond(middle) > beyond(middle + so_many) {
                first = middle + 1;
            } else {
                last = middle;
            }
        }
        beyond(first).abs().max(beyond(first + so_many - 1).abs())
    }
}

/// The middle of ordered values, or the mean of the two in the middle; 0 of nothing.
fn middle(count: usize, at: impl Fn(usize) -> f64) -> f64 {
    match (count, count / 2) {
        (0, _) => 0.0,
        (count, half) if count % 2 == 1 => at(half),
        (_, half) => f64::midpoint(at(half - 1), at(half)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALUES: [f64; 8] = [1.0, 2.0, 2.0, 5.0, 9.0, 40.0, 40.0, 40.0];

    fn median(values: impl Iterator<Item = f64>) -> f64 {
        let mut values: Vec<f64> = values.collect();
        values.sort_by(f64::total_cmp);
        middle(values.len(), |place| values[place])
    }

    #[test]
    fn the_medians_of_the_others_are_those_of_their_sorted_values() {
        for owners in [[0; 8], [0, 1, 2, 3, 4, 5, 6, 7], [0, 0, 1, 1, 2, 2, 3, 3], [0, 1, 0, 1, 0, 1, 0, 1]] {
            // Given in another order than they will stand in.
            let owned: Vec<(f64, Option<u32>)> = VALUES.into_iter().zip(owners.map(Some)).rev().collect();
            let ordered = Ordered::new(owned.iter().copied());
            for township in [None, Some(0), Some(1), Some(3), Some(7)] {
                let others = ordered.others(township);
                let left = || owned.iter().filter(|(_, owner)| *owner != township).map(|(value, _)| *value);
                assert_eq!(others.count, left().count());
                let same = |one: f64, other: f64| (one - other).abs() < 1e-12;
                assert!(same(others.median(), median(left())), "{owners:?} {township:?}");
                for from in [0.1, 1.0, 2.0, 3.0, 7.0, 20.0, 40.0, 500.0] {
                    let away = median(left().map(|value| (value / from).log10().abs()));
                    assert!(same(others.median_deviation(from), away), "{owners:?} {township:?} {from}");
                }
            }
        }
    }
}
