//! Is a value far from the other townships', from its own target or from the district's?

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use rayon::prelude::*;

use super::ordered::{Ordered, Others};
use super::{RowPlace, Townships};
use crate::findings::context::{Context, Row, Run, counts_alike, number, say, title_of};
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

/// Values of one kind: task, position of the indicator (the last number where it is none), whether they are targets, and
/// their unit.
type ValueKind = (u32, usize, bool, String);

/// A value with its kind.
pub(super) type Stated = (ValueKind, Comparable);

/// A value that may be compared with others of its kind.
#[derive(Debug, Clone, Copy)]
pub(super) struct Comparable {
    row: RowPlace,
    /// In the unit of the kind.
    value: f64,
    /// Share of the township's own target.
    completion: Option<f64>,
    /// How it stands to the district's target.
    district: District,
    /// Whether it is a percentage.
    percentage: bool,
}

/// How the unit of a value goes with that of the district's target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum District {
    /// It does not.
    Unlike,
    /// Both measure the same.
    Alike,
    /// Both count, and perhaps not the same: 个 counts anything.
    Counted,
}

/// The values of all townships.
#[derive(Debug, Default)]
pub(super) struct Values(BTreeMap<ValueKind, Vec<Comparable>>);

/// What values of one kind usually are.
struct Usual {
    /// Those that are positive.
    values: Ordered,
    /// Townships with a value of any sign.
    townships: BTreeSet<u32>,
}

/// What a value is told to be far from.
struct Beside {
    words: String,
    expected: String,
    times: f64,
}

/// The values that some submissions state, which have these places on the shelf.
pub(super) fn stated(context: &Context<'_>, places: &[usize], found: &[Finding]) -> Vec<Stated> {
    // What cannot be right at all need not be far from the others, too, nor are the others far from it.
    let out_of_range = found.iter().filter(|finding| finding.kind.code == "out-of-range");
    let told: BTreeSet<&Place> = out_of_range.filter_map(|finding| finding.place.as_ref()).collect();
    let mut stated = Vec::new();
    for (filed, record, row) in context.numbered_rows() {
        let Some(task) = row.task() else { continue };
        let indicator = row.indicator();
        let position = indicator.and_then(|own| task.indicators.iter().position(|other| std::ptr::eq(own, other)));
        for (field, quantity) in [(Field::Done, &row.record.values.done), (Field::Target, &row.record.values.target)] {
            let Some(quantity) = quantity.as_ref().filter(|quantity| quantity.high.is_none()) else { continue };
            let is_told = |at| told.contains(&row.place(at));
            if !told.is_empty() && row.entry(field).is_some_and(|entry| is_told(entry.at)) {
                continue;
            }
            let base = base_unit(quantity, indicator);
            let Some(value) = convert(quantity.value, quantity.unit.as_deref().or(Some(base.as_str())), Some(&base))
            else {
                continue;
            };
            let unit = quantity.unit.as_deref();
            let comparable = Comparable {
                row: RowPlace::new(places[filed], record),
                value,
                completion: completion(&row),
                district: unit.zip(indicator).map_or(District::Unlike, |(unit, indicator)| district(unit, indicator)),
                percentage: unit.is_some_and(|unit| unit.contains('%')),
            };
            let kind = (task.number, position.unwrap_or(usize::MAX), field == Field::Target, base);
            stated.push((kind, comparable));
        }
    }
    stated
}

/// How a unit goes with that of an indicator. A number without unit may count anything; so may 个.
fn district(unit: &str, indicator: &Indicator) -> District {
    let counted = Unit::parse(unit).is_some_and(|unit| matches!(unit.dimension, Dimension::Any | Dimension::Things));
    match counts_alike(unit, &indicator.unit) {
        false => District::Unlike,
        true if counted => District::Counted,
        true => District::Alike,
    }
}

impl Values {
    /// Adds further values.
    pub(super) fn add(&mut self, stated: Vec<Stated>) {
        for (kind, value) in stated {
            self.0.entry(kind).or_default().push(value);
        }
    }

    /// Compares all values of each kind. Each finding comes with the place of its submission.
    pub(super) fn compare(self, run: &Run<'_>, townships: &Townships) -> Vec<(usize, Finding)> {
        let kinds: Vec<(ValueKind, Vec<Comparable>)> = self.0.into_iter().collect();
        let found = kinds.par_iter().map(|(kind, values)| compare_kind(run, townships, kind, values));
        found.collect::<Vec<_>>().into_iter().flatten().collect()
    }
}

impl Usual {
    /// How many townships besides one state a value.
    fn other_townships(&self, township: Option<u32>) -> usize {
        self.townships.len() - usize::from(township.is_some_and(|township| self.townships.contains(&township)))
    }
}

/// Compares all values of one kind.
fn compare_kind(
    run: &Run<'_>,
    townships: &Townships,
    (task, position, is_target, base): &ValueKind,
    values: &[Comparable],
) -> Vec<(usize, Finding)> {
    let task = run.plan.task(*task);
    let indicator = task.and_then(|task| task.indicators.get(*position));
    let of = |one: &Comparable| townships.of_row(one.row);
    let usual = Usual {
        values: Ordered::new(values.iter().filter(|one| one.value > 0.0).map(|one| (one.value, of(one)))),
        townships: values.iter().filter_map(of).collect(),
    };
    // Few values are so far beyond their target that it is asked how far the others are.
    let completions = OnceLock::new();
    let all_completions = || Ordered::new(values.iter().filter_map(|one| Some((one.completion?, of(one)))));
    let field = if *is_target { Field::Target } else { Field::Done };
    let far = |one: &Comparable| {
        let beside = beyond_district(run, one, indicator)
            .or_else(|| beyond_target(run, one, field, || completions.get_or_init(all_completions).others(of(one))))
            .or_else(|| beyond_others(run, one, &usual, of(one), base))?;
        let found = one.row.with_row(run, |row| finding(row, field, &beside)).flatten()?;
        Some((one.row.submission(), found))
    };
    values.par_iter().filter_map(far).collect()
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
fn beyond_district(run: &Run<'_>, one: &Comparable, indicator: Option<&Indicator>) -> Option<Beside> {
    let indicator = indicator.filter(|indicator| indicator.adds_up && indicator.direction != Direction::AtMost)?;
    let limit = match one.district {
        District::Unlike => return None,
        District::Alike => run.limit(&DISTRICT_TIMES),
        District::Counted => 2.0 * run.limit(&DISTRICT_TIMES),
    };
    let times = one.value / indicator.value;
    if times.is_nan() || times < limit {
        return None;
    }
    let target = with_unit(indicator.value, Some(&indicator.unit));
    let whole = run.plan.whole();
    let words = format!("是{whole}目标{target}的{}倍", rounded(times));
    Some(Beside { words, expected: format!("不超过{whole}目标{target}"), times })
}

/// Far beyond the township's own target, while the others are where one expects them.
fn beyond_target<'a>(run: &Run<'_>, one: &Comparable, field: Field, others: impl Fn() -> Others<'a>) -> Option<Beside> {
    if field != Field::Done || one.percentage {
        return None;
    }
    let own = one.completion.filter(|own| *own > 1.5)?;
    let others = others();
    let usual = if others.count >= 2 { others.median().max(0.1) } else { 1.0 };
    let times = own / usual;
    if own < 5.0 && times < run.limit(&OUTLIER_TIMES) {
        return None;
    }
    let target = one.row.with_row(run, |row| row.record.values.target.as_ref().map(say).unwrap_or_default())?;
    let words = format!("是本单位目标值{target}的{}倍", rounded(own));
    let times = if own < 20.0 { 10.0 } else { own };
    Some(Beside { words, expected: format!("与目标值{target}相称的数"), times })
}

/// Counts below this differ by chance.
const FEW: f64 = 10.0;

/// Whether a unit counts things, people or households.
fn is_counted(unit: &str) -> bool {
    use Dimension::{Any, Households, People, Things};
    Unit::parse(unit).is_some_and(|unit| matches!(unit.dimension, Any | Households | People | Things))
}

/// Far from what the other townships report, by the median and the median deviation of the orders of magnitude.
fn beyond_others(run: &Run<'_>, one: &Comparable, usual: &Usual, township: Option<u32>, base: &str) -> Option<Beside> {
    let others = usual.values.others(township);
    if others.count < 4 || usual.other_townships(township) < 4 || one.value <= 0.0 {
        return None;
    }
    let usual = others.median();
    // Eight beside one is much in a share, and nothing among villages and parcels.
    if one.value.max(usual) < FEW && is_counted(base) {
        return None;
    }
    let away = (one.value / usual).log10();
    let limit = run.limit(&OUTLIER_TIMES).log10();
    if away.abs() < limit {
        return None;
    }
    // Townships of unlike size differ by half an order of magnitude as a matter of course.
    let spread = (1.4826 * others.median_deviation(usual)).max(0.2);
    if away.abs() < 4.0 * spread {
        return None;
    }
    let usual_words = with_unit(usual, Some(base).filter(|base| !base.is_empty()));
    let times = 10f64.powf(away.abs());
    let words = if away > 0.0 {
        format!("是其他单位中位数{usual_words}的{}倍", rounded(times))
    } else {
        format!("只有其他单位中位数{usual_words}的{}分之一", rounded(times))
    };
    Some(Beside { words, expected: format!("与其他单位（中位数{usual_words}）相近的数"), times })
}

fn finding(row: &Row<'_>, field: Field, beside: &Beside) -> Option<Finding> {
    let values = &row.record.values;
    let quantity = if field == Field::Target { &values.target } else { &values.done };
    let (quantity, times) = (quantity.as_ref()?, beside.times);
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
    let title = title_of(row, field);
    let message = format!("“{title}”写的是{}，{}{slip}，请核对数和单位。", say(quantity), beside.words);
    let finding = row.at_field(&OUTLIER, field, message).found(say(quantity));
    Some(finding.expected(&beside.expected).fix("核对数和单位，改正或者说明"))
}

fn rounded(times: f64) -> String {
    if times < 20.0 { number((times * 10.0).round() / 10.0) } else { number(times.round()) }
}
