//! What does a unit measure, and how do two units convert: 亿元/万元/元, 亩/公顷, 公里/米, 吨/公斤/斤.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use rustc_hash::FxBuildHasher;

use super::written::compact;
use crate::beginnings::Beginnings;

/// What a unit measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dimension {
    /// 元.
    Money,
    /// Foreign money.
    Dollar,
    /// Square metres.
    Area,
    /// Metres.
    Length,
    /// Kilograms.
    Mass,
    /// Cubic metres.
    Volume,
    /// Watts.
    Power,
    /// Kilowatt-hours.
    Energy,
    /// Days.
    Time,
    /// A share of one: %, ‰, 成.
    Share,
    /// Percentage points.
    Points,
    /// People: 人, 名, 位, 人次.
    People,
    /// Households: 户.
    Households,
    /// 个, which counts anything.
    Any,
    /// Things, places, events: 家, 处, 条, 场 …
    Things,
}

/// A unit that is understood.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unit {
    /// What it measures.
    pub dimension: Dimension,
    /// How many of the dimension's base unit it is.
    pub factor: f64,
}

/// Units with their factors. Longer words that begin like shorter ones are found first, see [`known_at`].
const UNITS: &[(&str, Dimension, f64)] = &[
    ("元", Dimension::Money, 1.0),
    ("块钱", Dimension::Money, 1.0),
    ("人民币", Dimension::Money, 1.0),
    ("美元", Dimension::Dollar, 1.0),
    ("亩", Dimension::Area, 2000.0 / 3.0),
    ("公顷", Dimension::Area, 10_000.0),
    ("hm2", Dimension::Area, 10_000.0),
    ("hm²", Dimension::Area, 10_000.0),
    ("平方公里", Dimension::Area, 1_000_000.0),
    ("平方千米", Dimension::Area, 1_000_000.0),
    ("km2", Dimension::Area, 1_000_000.0),
    ("km²", Dimension::Area, 1_000_000.0),
    ("平方米", Dimension::Area, 1.0),
    ("平米", Dimension::Area, 1.0),
    ("平方", Dimension::Area, 1.0),
    ("㎡", Dimension::Area, 1.0),
    ("m2", Dimension::Area, 1.0),
    ("m²", Dimension::Area, 1.0),
    ("公里", Dimension::Length, 1000.0),
    ("千米", Dimension::Length, 1000.0),
    ("km", Dimension::Length, 1000.0),
    ("里", Dimension::Length, 500.0),
    ("海里", Dimension::Length, 1852.0),
    ("米", Dimension::Length, 1.0),
    ("延米", Dimension::Length, 1.0),
    ("m", Dimension::Length, 1.0),
    ("吨", Dimension::Mass, 1000.0),
    ("t", Dimension::Mass, 1000.0),
    ("公斤", Dimension::Mass, 1.0),
    ("千克", Dimension::Mass, 1.0),
    ("kg", Dimension::Mass, 1.0),
    ("斤", Dimension::Mass, 0.5),
    ("克", Dimension::Mass, 0.001),
    ("立方米", Dimension::Volume, 1.0),
    ("立方", Dimension::Volume, 1.0),
    ("方", Dimension::Volume, 1.0),
    ("m3", Dimension::Volume, 1.0),
    ("m³", Dimension::Volume, 1.0),
    ("千瓦", Dimension::Power, 1000.0),
    ("kw", Dimension::Power, 1000.0),
    ("兆瓦", Dimension::Power, 1_000_000.0),
    ("mw", Dimension::Power, 1_000_000.0),
    ("千瓦时", Dimension::Energy, 1.0),
    ("kwh", Dimension::Energy, 1.0),
    ("度", Dimension::Energy, 1.0),
    ("天", Dimension::Time, 1.0),
    ("日", Dimension::Time, 1.0),
    ("小时", Dimension::Time, 1.0 / 24.0),
    ("%", Dimension::Share, 0.01),
    ("‰", Dimension::Share, 0.001),
    ("个百分点", Dimension::Points, 1.0),
    ("百分点", Dimension::Points, 1.0),
    ("人", Dimension::People, 1.0),
    ("个人", Dimension::People, 1.0),
    ("名", Dimension::People, 1.0),
    ("位", Dimension::People, 1.0),
    ("人次", Dimension::People, 1.0),
    ("户", Dimension::Households, 1.0),
    ("户次", Dimension::Households, 1.0),
    ("个", Dimension::Any, 1.0),
];

/// Measure words of things, places and events; they count each other's things in offices' tables.
const THINGS: &[&str] = &[
    "家", "处", "座", "条", "项", "件", "宗", "场", "次", "场次", "期", "份", "套", "台", "辆", "艘", "只", "头", "株",
    "棵", "所", "间", "栋", "幢", "片", "块", "张", "本", "册", "例", "批", "批次", "趟", "航次", "车", "船", "袋",
    "箱", "瓶", "桶", "幅", "部", "首", "餐", "票", "封", "粒", "尾", "对", "组", "支", "起", "门", "篇", "台套", "盏",
    "根", "口", "村", "村次", "社区", "班", "届", "道", "段", "类", "种", "网格", "床", "张床", "车次", "班次", "面",
    "枚", "单", "笔", "节", "堂", "课时", "站",
];

/// [`UNITS`] and [`THINGS`] by their words.
static KNOWN: LazyLock<HashMap<&str, Unit, FxBuildHasher>> = LazyLock::new(|| {
    let mut known: HashMap<&str, Unit, FxBuildHasher> = HashMap::default();
    let things = THINGS.iter().map(|word| (*word, Dimension::Things, 1.0));
    for (word, dimension, factor) in UNITS.iter().copied().chain(things) {
        known.entry(word).or_insert(Unit { dimension, factor });
    }
    known
});

/// The words of [`UNITS`] and [`THINGS`] by first characters.
static WORDS: LazyLock<Beginnings<()>> = LazyLock::new(|| Beginnings::new(KNOWN.keys().map(|word| (*word, ()))));

/// Multipliers that stand before a unit, longest first.
const MULTIPLIERS: &[(&str, f64)] = &[
    ("千亿", 1e11),
    ("百亿", 1e10),
    ("十亿", 1e9),
    ("千万", 1e7),
    ("百万", 1e6),
    ("十万", 1e5),
    ("亿", 1e8),
    ("万", 1e4),
    ("千", 1e3),
    ("百", 1e2),
];

impl Unit {
    /// Understands a unit as written; `None` where it is none of ours.
    pub fn parse(text: &str) -> Option<Self> {
        // Nearly all are written as they are listed.
        if let Some(unit) = KNOWN.get(text) {
            return Some(*unit);
        }
        let text = compact(text).to_lowercase();
        let text = text.trim_matches(|c: char| matches!(c, '(' | ')' | ':' | '/' | '、'));
        if let Some(unit) = exact(text) {
            return Some(unit);
        }
        let (rest, times) =
            MULTIPLIERS.iter().find_map(|(word, times)| text.strip_prefix(word).map(|rest| (rest, *times)))?;
        if rest.is_empty() {
            return Some(Self { dimension: Dimension::Any, factor: times });
        }
        exact(rest).map(|unit| Self { factor: unit.factor * times, ..unit })
    }

    /// Whether values in the two units can be compared.
    pub fn fits(self, other: Self) -> bool {
        use Dimension::{Any, Households, People, Points, Share, Things};
        let countable = |dimension| matches!(dimension, Any | Things | People | Households);
        self.dimension == other.dimension
            || (self.dimension == Any && countable(other.dimension))
            || (other.dimension == Any && countable(self.dimension))
            // Growth of 7 % and growth of 7 percentage points are told apart by nobody who fills in a table.
            || matches!((self.dimension, other.dimension), (Share, Points) | (Points, Share))
    }

    /// The factor that brings a value in this unit into another unit; `None` where they do not fit.
    pub fn factor_to(self, other: Self) -> Option<f64> {
        if !self.fits(other) {
            return None;
        }
        match (self.dimension, other.dimension) {
            (Dimension::Share, Dimension::Points) | (Dimension::Points, Dimension::Share) => Some(1.0),
            _ => Some(self.factor / other.factor),
        }
    }
}

fn exact(text: &str) -> Option<Unit> {
    if let Some(unit) = KNOWN.get(text) {
        return Some(*unit);
    }
    // 个村, 个项目: the noun says what is counted, 个 counts it.
    let noun = text.strip_prefix('个')?;
    let dimension = if THINGS.contains(&noun) { Dimension::Things } else { Dimension::Any };
    (dimension == Dimension::Things || (1..=4).contains(&noun.chars().count()))
        .then_some(Unit { dimension, factor: 1.0 })
}

/// Length in bytes of the longest unit without multiplier at the beginning of a text.
pub fn known_at(text: &str) -> Option<usize> {
    let capital = text.bytes().any(|byte| byte.is_ascii_uppercase());
    let lower = if capital { Cow::Owned(text.to_ascii_lowercase()) } else { Cow::Borrowed(text) };
    WORDS.of(&lower).map(|(word, ())| word.len()).max()
}

/// The unit without the multiplier before it: 万元 → 元.
pub fn without_multiplier(unit: &str) -> &str {
    if KNOWN.contains_key(unit) || exact(&compact(unit).to_lowercase()).is_some() {
        return unit;
    }
    let rest = MULTIPLIERS.iter().find_map(|(word, _)| unit.strip_prefix(word));
    rest.unwrap_or(unit)
}

/// The value in another unit; `None` where one of them is unknown or they do not fit. Two absent units are one.
pub fn convert(value: f64, from: Option<&str>, to: Option<&str>) -> Option<f64> {
    if from == to {
        return Some(value);
    }
    let factor = Unit::parse(from?)?.factor_to(Unit::parse(to?)?)?;
    Some(super::quantity::tidy(value * factor))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_that_measure_the_same_convert() {
        for (value, from, to, expected) in [
            (32_000.0, "万元", "亿元", 3.2),
            (3.2, "亿元", "元", 320_000_000.0),
            (1.18, "万亩", "亩", 11_800.0),
            (15.0, "亩", "公顷", 1.0),
            (20.0, "公里", "米", 20_000.0),
            (20.0, "km", "公里", 20.0),
            (658.0, "万斤", "吨", 3290.0),
            (1.0, "吨", "公斤", 1000.0),
            (2.0, "千户", "户", 2000.0),
            (30.0, "人次", "人", 30.0),
            (3.0, "个", "家", 3.0),
            (3.0, "个", "名", 3.0),
            (5.0, "‰", "%", 0.5),
            (7.0, "个百分点", "%", 7.0),
        ] {
            let got = convert(value, Some(from), Some(to)).unwrap();
            assert!((got - expected).abs() < 1e-9 * expected, "{value}{from} → {to}: {got}");
        }
    }

    #[test]
    fn units_are_listed_as_they_are_looked_up() {
        for word in UNITS.iter().map(|(word, ..)| word).chain(THINGS) {
            let looked_up = compact(word).to_lowercase();
            assert_eq!(looked_up.trim_matches(|c: char| matches!(c, '(' | ')' | ':' | '/' | '、')), *word);
        }
    }

    #[test]
    fn units_that_measure_different_things_do_not() {
        for (from, to) in [("户", "人"), ("个", "%"), ("亿元", "%"), ("亩", "公里"), ("万元", "户"), ("家", "名")]
        {
            assert_eq!(convert(1.0, Some(from), Some(to)), None, "{from} {to}");
        }
    }

    #[test]
    fn the_longest_unit_is_taken() {
        for (text, unit) in [
            ("人次以上", "人次"),
            ("平方公里", "平方公里"),
            ("个百分点", "个百分点"),
            ("千克", "千克"),
            ("户农户", "户"),
        ] {
            assert_eq!(known_at(text), Some(unit.len()), "{text}");
        }
        assert_eq!(known_at("万元"), None);
        assert_eq!(without_multiplier("万元"), "元");
        assert_eq!(without_multiplier("千克"), "千克");
    }
}
