//! Do two rows of one task state the same figures, so that one of them tells nothing of its own?

use super::parts::{is_another_part, is_village, name_places};
use super::same_target;
use crate::findings::context::Row;
use crate::findings::wording::fold;
use crate::list::Field;
use crate::records::values::Quantity;
use crate::records::values::unit::convert;

/// Counts up to this agree by chance.
const FEW: f64 = 20.0;
/// So many with what the narratives count besides do not.
const SOME: f64 = 5.0;
/// So many counts of two narratives do not.
const FEWEST: usize = 2;

/// Whether two rows of one file state the same target and the same part of it done, figures that do not agree by chance,
/// and neither names a place of its own.
pub(super) fn state_the_same(one: &Row<'_>, other: &Row<'_>) -> bool {
    let (Some(first), Some(again)) = (&one.record.values.done, &other.record.values.done) else { return false };
    let target = one.record.values.target.as_ref().map_or(0.0, |target| target.value);
    let telling = first.value > 0.0
        && (first.value - target).abs() > 1e-9 * target.abs()
        && (first.value > FEW
            || first.value.fract() != 0.0
            || names_one_indicator(one, other)
            || (first.value > SOME && counted_by_both(one, other).len() >= FEWEST));
    let indicators = one.matched.indicator.zip(other.matched.indicator);
    are_equal(first, again)
        && telling
        && same_target(one, other) == Some(true)
        && indicators.is_none_or(|(one, other)| one == other)
        && may_be_one(one, other)
}

/// Whether two quantities are equal, in whatever units.
pub(super) fn are_equal(one: &Quantity, other: &Quantity) -> bool {
    let converted = convert(other.value, other.unit.as_deref(), one.unit.as_deref());
    converted.is_some_and(|value| (value - one.value).abs() <= 1e-9 * one.value.abs())
}

/// Whether nothing shows that two rows of one file tell different parts of a task: keys, a shared cell, places.
fn may_be_one(one: &Row<'_>, other: &Row<'_>) -> bool {
    one.submission.file == other.submission.file
        && one.record.key.is_none()
        && one.record.group != other.record.group
        && is_village(one) == is_village(other)
        && !name_places(one, other)
        && !is_another_part(one, other)
}

/// Whether two rows write one name and one indicator, letter by letter.
fn names_one_indicator(one: &Row<'_>, other: &Row<'_>) -> bool {
    let text = |row: &Row<'_>, field: Field| fold(&row.record.text(field));
    let indicator = text(one, Field::Indicator);
    !indicator.is_empty()
        && indicator == text(other, Field::Indicator)
        && text(one, Field::Name) == text(other, Field::Name)
}

/// Whether the narratives of two rows of one file count the same several things: 412栋、D级2栋.
pub(super) fn count_the_same(one: &Row<'_>, other: &Row<'_>) -> bool {
    let shared = counted_by_both(one, other);
    shared.len() >= FEWEST && shared.iter().any(|(number, _)| *number > FEW) && may_be_one(one, other)
}

/// What the narratives of two rows count alike.
fn counted_by_both(one: &Row<'_>, other: &Row<'_>) -> Vec<(f64, char)> {
    let counts = |row: &Row<'_>| counts(&fold(&row.record.text(Field::Progress)));
    let theirs = counts(other);
    counts(one).into_iter().filter(|count| theirs.contains(count)).collect()
}

/// The numbers of a narrative, each with the character behind it, each once.
fn counts(text: &str) -> Vec<(f64, char)> {
    let mut counts = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let tail = &rest[start..];
        let end = tail.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(tail.len());
        rest = &tail[end..];
        let measure = rest.chars().next().filter(|c| c.is_alphabetic() && !"年月日季".contains(*c));
        if let (Ok(number), Some(measure)) = (tail[..end].parse::<f64>(), measure)
            && !counts.contains(&(number, measure))
        {
            counts.push((number, measure));
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_narrative_counts() {
        let counted = counts("412栋全扫了一遍，C级8栋、D级2栋，2024年12月，1.5公里");
        assert_eq!(counted, [(412.0, '栋'), (8.0, '栋'), (2.0, '栋'), (1.5, '公')]);
    }
}
