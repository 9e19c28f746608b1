//! Does a row stand beside the other townships, and do they all together reach the district's targets?

use std::collections::{BTreeMap, BTreeSet};

use super::context::{Context, Row, cite, counts_alike, number, percent, say, shorten};
use super::finding::{Finding, Kind, Place, Severity};
use super::placeholder;
use super::row::{completion, with_unit};
use super::rules::{COPIED_SIMILARITY, DISTRICT_TIMES, OUTLIER_TIMES};
use super::wording::{fold, likeness, share};
use crate::list::{Direction, Field, Indicator, Task};
use crate::matches::Outcome;
use crate::records::values::unit::{Dimension, Unit, convert};
use crate::records::values::{Precision, Quantity};

pub(super) static COPIED_TEXT: Kind = Kind {
    code: "copied-text",
    title: "文字雷同",
    severity: Severity::Warning,
    reports: "进展情况与另一个单位一字不差或者几乎一样。",
    matters: "多半是抄来的，不是本单位的情况。",
    remedy: "请按本单位的实际情况重写。",
    example: "两个街道都写“共排查326户……”：各自改写后消除。",
};

pub(super) static OUTLIER: Kind = Kind {
    code: "outlier",
    title: "数值异常",
    severity: Severity::Warning,
    reports: "一个数与其他单位或全区目标相差悬殊，常见的是多写一位，或者把万元写成亿元。",
    matters: "一个错数就会毁掉全区的合计。",
    remedy: "请核对数和单位；属实的，请说明。",
    example: "休闲农业产值写3800亿元，全区目标4亿元：改为3800万元后消除。",
};

pub(super) static TARGET_SHORTFALL: Kind = Kind {
    code: "target-shortfall",
    title: "全区未达目标",
    severity: Severity::Info,
    reports: "到本期应当完成的目标，各单位合计还没有达到。",
    matters: "全区的目标没有完成。",
    remedy: "请查看差在哪些单位，安排补上。",
    example: "文明村镇2023年应建成3个，各单位合计2个。",
};

/// Compares the townships with each other and with the district's targets.
pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    copied(context, findings);
    outliers(context, findings);
    shortfalls(context, findings);
}

/// Shorter narratives agree by chance.
const SHORTEST: usize = 12;
/// Length of the sequences by which candidates are found.
const SHINGLE: usize = 6;
/// Of texts longer than this only some sequences are looked up.
const LONG: usize = 40;
/// A sequence that stands in more narratives than this is everybody's phrase.
const COMMON: usize = 24;

/// A narrative, made comparable.
struct Narrative<'a> {
    row: Row<'a>,
    text: String,
}

fn copied(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let narratives = narratives(context);
    let mut best: BTreeMap<usize, (usize, f64)> = BTreeMap::new();
    let limit = context.limit(&COPIED_SIMILARITY);
    for (one, other) in candidates(&narratives) {
        let alike = likeness(&narratives[one].text, &narratives[other].text);
        if alike < limit {
            continue;
        }
        for (from, to) in [(one, other), (other, one)] {
            let slot = best.entry(from).or_insert((to, alike));
            if alike > slot.1 {
                *slot = (to, alike);
            }
        }
    }
    findings.extend(
        best.into_iter().map(|(one, (other, alike))| copy(&narratives[one].row, &narratives[other].row, alike)),
    );
}

/// Pairs of narratives of two townships that share a sequence that is not everybody's, each pair once.
fn candidates(narratives: &[Narrative<'_>]) -> BTreeSet<(usize, usize)> {
    let mut places: Vec<(u64, usize)> = Vec::new();
    for (index, narrative) in narratives.iter().enumerate() {
        let characters: Vec<char> = narrative.text.chars().collect();
        let hashes = characters.windows(SHINGLE).map(hash);
        // Of long texts a quarter of the sequences is enough to find a copy.
        let long = characters.len() > LONG;
        let mut chosen: Vec<u64> = hashes.filter(|hash| !long || hash % 4 == 0).collect();
        chosen.sort_unstable();
        chosen.dedup();
        places.extend(chosen.into_iter().map(|hash| (hash, index)));
    }
    places.sort_unstable();
    let mut pairs = BTreeSet::new();
    for shared in places.chunk_by(|one, other| one.0 == other.0).filter(|shared| (2..=COMMON).contains(&shared.len())) {
        for (position, (_, one)) in shared.iter().enumerate() {
            for (_, other) in &shared[position + 1..] {
                if narratives[*one].row.township() != narratives[*other].row.township() {
                    pairs.insert((*one, *other));
                }
            }
        }
    }
    pairs
}

/// FNV-1a over characters: the same on every machine.
fn hash(characters: &[char]) -> u64 {
    characters.iter().fold(0xcbf2_9ce4_8422_2325, |hash, c| (hash ^ u64::from(*c)).wrapping_mul(0x0100_0000_01b3))
}

/// Narratives that are long enough, with township names taken out and everybody's phrases left aside.
fn narratives<'a>(context: &Context<'a>) -> Vec<Narrative<'a>> {
    let names: Vec<&String> = context
        .plan
        .townships
        .iter()
        .flat_map(|township| std::iter::once(&township.name).chain(&township.aliases))
        .collect();
    let mut seen = BTreeSet::new();
    let rows = context.rows().filter(|row| row.township().is_some());
    let mut narratives: Vec<Narrative<'a>> = rows
        .filter_map(|row| {
            let entry = row.entry(Field::Progress)?;
            if placeholder::is_one(&entry.text)
                || !seen.insert((row.submission.file.as_str(), row.township(), row.record.sheet, entry.at))
            {
                return None;
            }
            let official = row.task().map(|task| fold(&task.content)).unwrap_or_default();
            let mut text = row.record.text(Field::Progress);
            for name in &names {
                text = text.replace(name.as_str(), "");
            }
            let text = fold(&text);
            let length = text.chars().count();
            let said_by_the_list =
                !official.is_empty() && (official.contains(&text) || likeness(&official, &text) > 0.6);
            let long = length >= SHORTEST + 6 || (length >= SHORTEST && text.chars().any(|c| c.is_ascii_digit()));
            (long && !said_by_the_list).then_some(Narrative { row, text })
        })
        .collect();
    // A text that most townships give for the task was handed out to them.
    let mut given: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for narrative in &narratives {
        given.entry(&narrative.text).or_default().extend(narrative.row.township());
    }
    let townships: BTreeSet<&str> = narratives.iter().filter_map(|narrative| narrative.row.township()).collect();
    let handed_out: BTreeSet<String> = given
        .iter()
        .filter(|(_, from)| from.len() >= 4 && share(from.len(), townships.len()) > 0.6)
        .map(|(text, _)| (*text).to_owned())
        .collect();
    narratives.retain(|narrative| !handed_out.contains(&narrative.text));
    narratives
}

fn copy(row: &Row<'_>, other: &Row<'_>, alike: f64) -> Finding {
    let text = row.record.text(Field::Progress);
    let from = format!(
        "{}（“{}”第{}行）",
        other.township().unwrap_or_default(),
        other.submission.file,
        other.record.at.row_number()
    );
    let how = if alike > 0.9995 { "一字不差".to_owned() } else { format!("相似度{}", percent(alike)) };
    let message = format!("进展情况“{}”与{from}{how}，请按本单位的实际情况填写。", shorten(&text, 20));
    let finding = row.at_field(&COPIED_TEXT, Field::Progress, message).found(shorten(&text, 60));
    finding.expected("本单位的实际情况").fix("按本单位的实际情况重写")
}

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

fn outliers(context: &Context<'_>, findings: &mut Vec<Finding>) {
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
        for (index, one) in values.iter().enumerate() {
            let found = beyond_district(context, one, indicator)
                .or_else(|| beyond_target(context, one, values, index))
                .or_else(|| beyond_others(context, one, values, index, base));
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
    let beside = format!("是全区目标{target}的{}倍", rounded(times));
    Some(finding(one, &beside, &format!("不超过全区目标{target}"), times))
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

/// Far from what the other townships report, by the median and the median deviation of the orders of magnitude.
/// Counts below this differ by chance.
const FEW: f64 = 10.0;

/// Whether a unit counts things, people or households.
fn is_counted(unit: &str) -> bool {
    use Dimension::{Any, Households, People, Things};
    Unit::parse(unit).is_some_and(|unit| matches!(unit.dimension, Any | Households | People | Things))
}

fn beyond_others(
    context: &Context<'_>,
    one: &Comparable<'_>,
    values: &[Comparable<'_>],
    index: usize,
    base: &str,
) -> Option<Finding> {
    let mut others: Vec<f64> = others(values, index).map(|other| other.value).filter(|value| *value > 0.0).collect();
    let townships: BTreeSet<_> = self::others(values, index).filter_map(|other| other.row.township()).collect();
    if others.len() < 4 || townships.len() < 4 || one.value <= 0.0 {
        return None;
    }
    let usual = median(&mut others);
    // Eight beside one is much in a share, and nothing among villages and parcels.
    if is_counted(base) && one.value.max(usual) < FEW {
        return None;
    }
    let mut deviations: Vec<f64> = others.iter().map(|value| (value / usual).log10().abs()).collect();
    // Townships of unlike size differ by half an order of magnitude as a matter of course.
    let spread = (1.4826 * median(&mut deviations)).max(0.2);
    let away = (one.value / usual).log10();
    let limit = context.limit(&OUTLIER_TIMES).log10();
    if away.abs() < limit || away.abs() < 4.0 * spread {
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
    let title = one.row.entry(one.field).map_or(one.field.title(), |entry| entry.title.as_str());
    let title = shorten(title.rsplit('›').next().unwrap_or(title), 16);
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
    match (values.len(), values.len() / 2) {
        (0, _) => 0.0,
        (count, half) if count % 2 == 1 => values[half],
        (_, half) => f64::midpoint(values[half - 1], values[half]),
    }
}

/// Targets that are due, and that all townships together fall short of. Only where every township has reported.
fn shortfalls(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let roster = context.plan.townships.len();
    for task in &context.plan.tasks {
        for (position, indicator) in task.indicators.iter().enumerate() {
            if !indicator.adds_up || indicator.direction == Direction::AtMost || !is_due(context, &indicator.when) {
                continue;
            }
            let mut sums: BTreeMap<&str, f64> = BTreeMap::new();
            for row in context.rows().filter(|row| row.matched.outcome == Outcome::Matched) {
                let own = row.task().is_some_and(|own| own.number == task.number)
                    && row
                        .indicator()
                        .is_some_and(|own| std::ptr::eq(own, indicator) || own == &task.indicators[position]);
                if let (true, Some(township), Some(value)) = (own, row.township(), value_in(&row, indicator)) {
                    *sums.entry(township).or_insert(0.0) += value;
                }
            }
            let expected =
                context.plan.townships.iter().filter(|township| context.plan.must_report(&township.name, task)).count();
            let total: f64 = sums.values().sum();
            if roster > 0 && sums.len() == expected && total < indicator.value * (1.0 - 1e-9) {
                findings.push(shortfall(task, indicator, total));
            }
        }
    }
}

fn value_in(row: &Row<'_>, indicator: &Indicator) -> Option<f64> {
    let done = row.record.values.done.as_ref().filter(|done| done.precision != Precision::Range)?;
    convert(done.value, done.unit.as_deref().or(Some(&indicator.unit)), Some(&indicator.unit))
}

/// Whether a target is due by the period's end.
fn is_due(context: &Context<'_>, when: &str) -> bool {
    let end = context.period.last_day();
    let year_over = end.month == 12;
    match when.trim_end_matches('年').parse::<u16>() {
        Ok(year) => year < end.year || (year == end.year && year_over),
        Err(_) => when.starts_with("每年") && year_over,
    }
}

fn shortfall(task: &Task, indicator: &Indicator, total: f64) -> Finding {
    let (sum, target) = (with_unit(total, Some(&indicator.unit)), with_unit(indicator.value, Some(&indicator.unit)));
    let gap = with_unit(indicator.value - total, Some(&indicator.unit));
    let message = format!("{}的“{}”各单位合计{sum}，目标{target}，还差{gap}。", cite(task), indicator.name);
    let finding = Finding::new(&TARGET_SHORTFALL, message).tasks(&[task.number]);
    finding.found(sum).expected(target).fix("查看差在哪些单位")
}
