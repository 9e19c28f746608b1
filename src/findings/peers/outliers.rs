//! Is a value far from the other townships', from its own target or from the district's?

use std::collections::{BTreeMap, BTreeSet};

use crate::findings::context::{Context, Row, counts_alike, number, say, title_of};
use crate::findings::finding::{Finding, Kind, Place, Severity};
use crate::findings::row::{completion, with_unit};
use crate::findings::rules::{DISTRICT_TIMES, OUTLIER_TIMES};
use crate::list::{Direction, Field, Indicator};
use crate::records::values::Quantity;
use crate::records::values::unit::{Dimension, Unit, convert};

pub(in crate::findings) static OUTLIER: Kind = Kind {
    code: "outlier",
    title: "数值异常",
    severity: Severity::Warning,
    reports: "一个数与其他单位或全区目标相差悬殊，常见的是多写一位，或者把万元写成亿元。",
    matters: "一个错数就会毁掉全区的合计。",
    remedy: "请核对数和单位；属实的，请说明。",
    example: "休闲农业产值写3800亿元，全区目标4亿元：改为3800万元后消除。",
};

/// A value that may be compared with others of its kind.
struct Comparable<'a> {
    row: Row<'a>,
    field: Field,
    quantity: &'a Quantity,
    /// In the unit of the kind.
    value: f64,
    /// Share of the township's own target.
    completion: Option<f64>,
}

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    // What cannot be right at all need not be far from the others, too, nor are the others far from it.
    let out_of_range = findings.iter().filter(|finding| finding.kind.code == "out-of-range");
    let told: BTreeSet<Place> = out_of_range.filter_map(|finding| finding.place.clone()).collect();
    let mut kinds: BTreeMap<(u32, usize, u8, String), Vec<Comparable<'_>>> = BTreeMap::new();
    for row in context.rows() {
        let Some(task) = row.task() else { continue };
        let indicator = row.indicator();
        let position = indicator.and_then(|own| task.indicators.iter().position(|other| std::ptr::eq(own, other)));
        for (field, quantity) in [(Field::Done, &row.record.values.done), (Field::Target, &row.record.values.target)] {
            let Some(quantity) = quantity.as_ref().filter(|quantity| quantity.high.is_none()) else { continue };
            let place = row.entry(field).map(|entry| row.place(entry.at));
            if place.is_some_and(|place| told.contains(&place)) {
                continue;
            }
            let base = base_unit(quantity, indicator);
            let Some(value) = convert(quantity.value, quantity.unit.as_deref().or(Some(base.as_str())), Some(&base))
            else {
                continue;
            };
            let order = u8::from(field == Field::Target);
            let comparable = Comparable { row, field, quantity, value, completion: completion(&row) };
            kinds.entry((task.number, position.unwrap_or(usize::MAX), order, base)).or_default().push(comparable);
        }
    }
    for ((task, position, _, base), values) in &kinds {
        let task = context.plan.task(*task);
        let indicator = task.and_then(|task| task.indicators.get(*position));
        let ordered = Ordered::new(values);
        for (index, one) in values.iter().enumerate() {
            let found = beyond_district(context, one, indicator)
                .or_else(|| beyond_target(context, one, values, index))
                .or_else(|| beyond_others(context, one, &ordered, base));
            findings.extend(found);
        }
    }
}

/// The unit in which values of a kind are compared: the indicator's, else the base of the quantity's own.
fn base_unit(quantity: &Quantity, indicator: Option<&Indicator>) -> String {
    let own = quantity.unit.as_deref().unwrap_or_default();
    if let Some(unit) = indicator.map(|indicator| indicator.unit.as_str()).filter(|unit| !unit.is_empty())
        && convert(1.0, Some(if own.is_empty() { unit } else { own }), Some(unit)).is_some()
    {
        return unit.to_owned();
    }
    match Unit::parse(own).map(|unit| unit.dimension) {
        Some(Dimension::Money) => "万元".to_owned(),
        Some(Dimension::Area) => "亩".to_owned(),
        Some(Dimension::Length) => "公里".to_owned(),
        Some(Dimension::Mass) => "斤".to_owned(),
        _ => own.to_owned(),
    }
}

/// More than the whole district is to reach.
fn beyond_district(context: &Context<'_>, one: &Comparable<'_>, indicator: Option<&Indicator>) -> Option<Finding> {
    let indicator = indicator.filter(|indicator| indicator.adds_up && indicator.direction != Direction::AtMost)?;
    // A number without unit may count anything; so may 个.
    let unit = one.quantity.unit.as_deref()?;
    let counted = Unit::parse(unit).is_some_and(|unit| matches!(unit.dimension, Dimension::Any | Dimension::Things));
    let limit = context.limit(&DISTRICT_TIMES) * if counted { 2.0 } else { 1.0 };
    let times = one.value / indicator.value;
    if !counts_alike(unit, &indicator.unit) || times.is_nan() || times < limit {
        return None;
    }
    let target = with_unit(indicator.value, Some(&indicator.unit));
    let whole = context.plan.whole();
    let beside = format!("是{whole}目标{target}的{}倍", rounded(times));
    Some(finding(one, &beside, &format!("不超过{whole}目标{target}"), times))
}

/// Far beyond the township's own target, while the others are where one expects them.
fn beyond_target(
    context: &Context<'_>,
    one: &Comparable<'_>,
    values: &[Comparable<'_>],
    index: usize,
) -> Option<Finding> {
    if one.field != Field::Done || one.quantity.unit.as_deref().is_some_and(|unit| unit.contains('%')) {
        return None;
    }
    let own = one.completion.filter(|own| *own > 1.5)?;
    let mut others: Vec<f64> = others(values, index).filter_map(|other| other.completion).collect();
    let usual = if others.len() >= 2 { median(&mut others).max(0.1) } else { 1.0 };
    let times = own / usual;
    if own < 5.0 && times < context.limit(&OUTLIER_TIMES) {
        return None;
    }
    let target = one.row.record.values.target.as_ref().map(say).unwrap_or_default();
    let beside = format!("是本单位目标值{target}的{}倍", rounded(own));
    Some(finding(one, &beside, &format!("与目标值{target}相称的数"), if own < 20.0 { 10.0 } else { own }))
}

/// Counts below this differ by chance.
const FEW: f64 = 10.0;

/// Whether a unit counts things, people or households.
fn is_counted(unit: &str) -> bool {
    use Dimension::{Any, Households, People, Things};
    Unit::parse(unit).is_some_and(|unit| matches!(unit.dimension, Any | Households | People | Things))
}

/// Far from what the other townships report, by the median and the median deviation of the orders of magnitude.
fn beyond_others(context: &Context<'_>, one: &Comparable<'_>, ordered: &Ordered<'_>, base: &str) -> Option<Finding> {
    let others = ordered.others(one.row.township());
    if others.count < 4 || others.townships < 4 || one.value <= 0.0 {
        return None;
    }
    let usual = others.median();
    // Eight beside one is much in a share, and nothing among villages and parcels.
    if is_counted(base) && one.value.max(usual) < FEW {
        return None;
    }
    let away = (one.value / usual).log10();
    let limit = context.limit(&OUTLIER_TIMES).log10();
    if away.abs() < limit {
        return None;
    }
    let mut deviations: Vec<f64> = others.values().map(|value| (value / usual).log10().abs()).collect();
    // Townships of unlike size differ by half an order of magnitude as a matter of course.
    let spread = (1.4826 * median(&mut deviations)).max(0.2);
    if away.abs() < 4.0 * spread {
        return None;
    }
    let usual_words = with_unit(usual, Some(base).filter(|base| !base.is_empty()));
    let times = 10f64.powf(away.abs());
    let beside = if away > 0.0 {
        format!("是其他单位中位数{usual_words}的{}倍", rounded(times))
    } else {
        format!("只有其他单位中位数{usual_words}的{}分之一", rounded(times))
    };
    Some(finding(one, &beside, &format!("与其他单位（中位数{usual_words}）相近的数"), times))
}

/// The positive values of a kind in order, so that what the other townships usually report is found without sorting
/// them anew for each.
struct Ordered<'a> {
    values: Vec<f64>,
    /// Where each township's own values stand, ascending.
    places: BTreeMap<Option<&'a str>, Vec<usize>>,
    /// Townships with a value of any sign.
    townships: BTreeSet<&'a str>,
}

/// The values of all townships but one.
struct Others<'a> {
    values: &'a [f64],
    /// Places that are left out, ascending.
    without: &'a [usize],
    /// How many values there are.
    count: usize,
    /// How many townships they are of.
    townships: usize,
}

impl<'a> Ordered<'a> {
    fn new(values: &[Comparable<'a>]) -> Self {
        let positive = values.iter().filter(|one| one.value > 0.0);
        let mut ordered: Vec<(f64, Option<&str>)> = positive.map(|one| (one.value, one.row.township())).collect();
        ordered.sort_by(|one, other| one.0.total_cmp(&other.0));
        let mut places: BTreeMap<Option<&str>, Vec<usize>> = BTreeMap::new();
        for (place, (_, township)) in ordered.iter().enumerate() {
            places.entry(*township).or_default().push(place);
        }
        let townships = values.iter().filter_map(|one| one.row.township()).collect();
        Self { values: ordered.into_iter().map(|(value, _)| value).collect(), places, townships }
    }

    fn others(&self, township: Option<&'a str>) -> Others<'_> {
        let without = self.places.get(&township).map_or(&[][..], Vec::as_slice);
        let own = usize::from(township.is_some_and(|township| self.townships.contains(township)));
        let count = self.values.len() - without.len();
        Others { values: &self.values, without, count, townships: self.townships.len() - own }
    }
}

impl Others<'_> {
    /// The values in order.
    fn values(&self) -> impl Iterator<Item = f64> {
        let kept = self.values.iter().enumerate().filter(|(place, _)| self.without.binary_search(place).is_err());
        kept.map(|(_, value)| *value)
    }

    /// The value at a place of the order.
    fn at(&self, place: usize) -> f64 {
        self.values[self.without.iter().fold(place, |place, without| place + usize::from(*without <= place))]
    }

    /// The median; 0 of nothing.
    fn median(&self) -> f64 {
        middle(self.count, |place| self.at(place))
    }
}

fn others<'a, 'b>(values: &'b [Comparable<'a>], index: usize) -> impl Iterator<Item = &'b Comparable<'a>> {
    let township = values[index].row.township();
    values.iter().filter(move |other| other.row.township() != township)
}

fn finding(one: &Comparable<'_>, beside: &str, expected: &str, times: f64) -> Finding {
    // What a slip of this size usually is.
    let slip = if (3_000.0..=30_000.0).contains(&times) {
        "，像是把“万元”写成了“亿元”，或者多写了“万”"
    } else if (5.0..=20.0).contains(&times) {
        "，像是小数点错了一位"
    } else if (50.0..=200.0).contains(&times) {
        "，像是小数点错了两位"
    } else {
        ""
    };
    let title = title_of(&one.row, one.field);
    let message = format!("“{title}”写的是{}，{beside}{slip}，请核对数和单位。", say(one.quantity));
    let finding = one.row.at_field(&OUTLIER, one.field, message).found(say(one.quantity));
    finding.expected(expected).fix("核对数和单位，改正或者说明")
}

fn rounded(times: f64) -> String {
    if times < 20.0 { number((times * 10.0).round() / 10.0) } else { number(times.round()) }
}

/// The median; 0 of nothing.
fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    middle(values.len(), |place| values[place])
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

    #[test]
    fn the_median_of_the_others_is_that_of_their_sorted_values() {
        let values = [1.0, 2.0, 2.0, 5.0, 9.0, 40.0];
        for without in [&[][..], &[0], &[5], &[2, 3], &[0, 1, 2], &[0, 1, 2, 3, 4], &[0, 1, 2, 3, 4, 5]] {
            let others = Others { values: &values, without, count: values.len() - without.len(), townships: 0 };
            let mut left: Vec<f64> = others.values().collect();
            assert_eq!(left.len(), others.count);
            assert!((others.median() - median(&mut left)).abs() < 1e-12, "{without:?}");
        }
    }
}
