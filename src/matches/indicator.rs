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
    let score = |indicator: &IndicatorIndex, named: f64| {
        let same_unit = !indicator.unit.is_empty() && units.contains(&indicator.unit);
        let same_target =
            record.values.target.as_ref().is_some_and(|target| (target.value - indicator.value).abs() < 1e-9);
        named + if same_unit { 0.5 } else { 0.0 } + if same_unit && same_target { 0.5 } else { 0.0 }
    };
    let range = |indicator: &IndicatorIndex| {
        let [one, other] = wording.each_ref().map(|text| range_of_likeness(text, &indicator.name));
        (score(indicator, one.0.max(other.0)), score(indicator, one.1.max(other.1)))
    };
    // Nearly always the least and the most that the names may say decide already.
    let ranges: Vec<(f64, f64)> = indicators.iter().map(range).collect();
    if ranges.iter().all(|(_, most)| *most < NEAR) {
        return None;
    }
    let far_ahead = |&place: &usize| {
        let (least, _) = ranges[place];
        let mut others = ranges.iter().enumerate().filter(|(other, _)| *other != place);
        least >= NEAR && others.all(|(_, (_, most))| is_clear(least, *most))
    };
    if let Some(place) = (0..indicators.len()).find(far_ahead) {
        return Some(place);
    }
    let named =
        |indicator: &IndicatorIndex| wording.iter().map(|text| likeness(text, &indicator.name)).fold(0.0, f64::max);
    let scores = indicators.iter().map(|indicator| score(indicator, named(indicator)));
    let mut ranked: Vec<(f64, usize)> = scores.zip(0..).collect();
    ranked.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
    let (best, position) = *ranked.first()?;
    let clear = ranked.get(1).is_none_or(|(second, _)| is_clear(best, *second));
    (best >= NEAR && clear).then_some(position)
}

/// Whether the best indicator is clearly better than another one.
fn is_clear(best: f64, other: f64) -> bool {
    best - other > 0.1
}

/// How much a wording means an indicator's name: 1 where it holds it, else the overlap of their pairs of characters.
fn likeness(text: &str, name: &str) -> f64 {
    if text.is_empty() || name.is_empty() {
        return 0.0;
    }
    if holds(text, name) { 1.0 } else { strsim::sorensen_dice(text, name) }
}

/// What the likeness is at least and at most: without one holding the other, twice the pairs that both may have, and all
/// bytes but two, as they are counted there.
fn range_of_likeness(text: &str, name: &str) -> (f64, f64) {
    if text.is_empty() || name.is_empty() {
        return (0.0, 0.0);
    }
    if holds(text, name) {
        return (1.0, 1.0);
    }
    let pairs = text.chars().count().min(name.chars().count()) - 1;
    #[expect(clippy::cast_precision_loss, reason = "a cell has at most 32,767 characters")]
    let overlap = || (2 * pairs) as f64 / (text.len() + name.len() - 2) as f64;
    (0.0, if pairs == 0 { 1.0 } else { overlap() })
}

/// Whether a wording holds a name, or is a part of it that is not too short.
fn holds(text: &str, name: &str) -> bool {
    text.contains(name) || name.contains(text) && text.chars().count() >= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_likeness_lies_between_the_least_and_the_most_that_it_can_be() {
        let texts =
            ["", "粮", "粮食", "粮食播种面积", "播种面积与粮食", "gdp", "1.2万亩", "a", "ab", "ba", "粮a", "食b"];
        for (text, name) in texts.iter().flat_map(|text| texts.iter().map(move |name| (text, name))) {
            let (least, most) = range_of_likeness(text, name);
            assert!((least..=most).contains(&likeness(text, name)), "{text} {name}");
        }
    }
}
