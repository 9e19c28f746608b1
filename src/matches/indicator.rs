//! Which indicator of its task a record reports, where the task has several.

use super::index::IndicatorIndex;
use super::wording::plain;
use crate::list::Field;
use crate::records::Record;

/// A name that shares less than this with an indicator's name does not mean it.
const NEAR: f64 = 0.5;

/// Position of the indicator that a record reports; `None` where nothing tells, or two are equally likely.
pub(super) fn indicator_of(record: &Record, indicators: &[IndicatorIndex]) -> Option<usize> {
    if indicators.is_empty() {
        return None;
    }
    let wording = [Field::Indicator, Field::Name].map(|field| plain(&record.text(field)));
    let quantities = [&record.values.target, &record.values.done, &record.values.period_done];
    let units: Vec<String> =
        quantities.iter().filter_map(|quantity| quantity.as_ref()?.unit.as_deref().map(plain)).collect();
    let score = |indicator: &IndicatorIndex| {
        let named = wording.iter().map(|text| likeness(text, &indicator.name)).fold(0.0, f64::max);
        let same_unit = !indicator.unit.is_empty() && units.contains(&indicator.unit);
        let same_target =
            record.values.target.as_ref().is_some_and(|target| (target.value - indicator.value).abs() < 1e-9);
        named + if same_unit { 0.5 } else { 0.0 } + if same_unit && same_target { 0.5 } else { 0.0 }
    };
    let mut ranked: Vec<(f64, usize)> =
        indicators.iter().enumerate().map(|(position, indicator)| (score(indicator), position)).collect();
    ranked.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
    let (best, position) = *ranked.first()?;
    let clear = ranked.get(1).is_none_or(|(second, _)| best - second > 0.1);
    (best >= NEAR && clear).then_some(position)
}

/// How much a wording means an indicator's name: 1 where it holds it, else the overlap of their pairs of characters.
fn likeness(text: &str, name: &str) -> f64 {
    if text.is_empty() || name.is_empty() {
        return 0.0;
    }
    if text.contains(name) || name.contains(text) && text.chars().count() >= 3 {
        return 1.0;
    }
    overlap(text, name)
}

/// What `strsim::sorensen_dice` says of two different plain texts, which counts their lengths in bytes; without its hash
/// tables, which cost more than to look through the few pairs of a name.
fn overlap(text: &str, name: &str) -> f64 {
    if text.len() < 2 || name.len() < 2 {
        return 0.0;
    }
    let pairs = |text: &'_ str| text.chars().zip(text.chars().skip(1)).collect::<Vec<_>>();
    let mut of_name = pairs(name);
    let mut shared = 0;
    for pair in pairs(text) {
        if let Some(place) = of_name.iter().position(|other| *other == pair) {
            of_name.swap_remove(place);
            shared += 1;
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "a cell has at most 32,767 characters")]
    let share = f64::from(2 * shared) / (text.len() + name.len() - 2) as f64;
    share
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_overlap_is_that_of_the_library() {
        let texts = ["建设示范村", "示范村建设", "建设建设", "新建示范村数", "a", "收入", "ab收入收入", "公里"];
        for (one, other) in texts.iter().flat_map(|one| texts.map(|other| (*one, other))) {
            if one != other {
                assert_eq!(overlap(one, other).to_bits(), strsim::sorensen_dice(one, other).to_bits(), "{one} {other}");
            }
        }
    }
}
