//! Which one number does a text state, with the words before and after it.

use std::sync::LazyLock;

use super::super::model::Precision;
use super::super::unit::{Unit, known_at};
use super::super::written::compact;
use super::tidy;
use crate::beginnings::Beginnings;
use crate::numeral;
use crate::words::Words;

/// Words that may stand before a number without changing it.
static BEFORE: Words = Words::new(
    "年初至今 截至目前 到目前 至今 现有 现已 上半年 下半年 半年 一共 总共 已完成 完成了 已完 \
     建了 做了 做好 完成投资 完成率 覆盖率 累计 已 完成 实际 共计 合计 总计 共 计 达到 达 \
     建成 新增 新建 为 是 有 人均 年均 每年 同比 增长 增幅 增速 提高 上升 增加 实现 目标 \
     本期 本季度 本年 今年 全年 年度 培训 约合 折合 投资 建设 改造 创建 创成 培育 打造 引育 \
     占 稳定在 控制在 缩小到 ￥ ¥ : = 其中 预计 计划 截至目前 目前 建 做",
);

/// Words before a number that say how exact it is.
const EXACTNESS_BEFORE: &[(&str, Precision)] = &[
    ("大约", Precision::About),
    ("约为", Precision::About),
    ("约", Precision::About),
    ("将近", Precision::About),
    ("接近", Precision::About),
    ("近", Precision::About),
    ("不足", Precision::About),
    ("不到", Precision::About),
    ("大概", Precision::About),
    ("~", Precision::About),
    ("≈", Precision::About),
    ("超过", Precision::Over),
    ("超出", Precision::Over),
    ("突破", Precision::Over),
    ("超", Precision::Over),
    ("逾", Precision::Over),
    ("高于", Precision::Over),
    ("大于", Precision::Over),
    ("不少于", Precision::Over),
    ("不低于", Precision::Over),
    ("至少", Precision::Over),
    (">=", Precision::Over),
    ("≥", Precision::Over),
    (">", Precision::Over),
    ("不超过", Precision::Exact),
    ("不高于", Precision::Exact),
    ("低于", Precision::Exact),
    ("小于", Precision::Exact),
    ("<=", Precision::Exact),
    ("≤", Precision::Exact),
    ("<", Precision::Exact),
];

/// Words after a number that say how exact it is.
const EXACTNESS_AFTER: &[(&str, Precision)] = &[
    ("左右", Precision::About),
    ("上下", Precision::About),
    ("及以上", Precision::Over),
    ("以上", Precision::Over),
    ("有余", Precision::Over),
    ("多", Precision::Over),
    ("余", Precision::Over),
    ("+", Precision::Over),
    ("及以下", Precision::Exact),
    ("以下", Precision::Exact),
    ("以内", Precision::Exact),
    ("之内", Precision::Exact),
];

/// [`EXACTNESS_BEFORE`] and [`EXACTNESS_AFTER`] by first characters.
static EXACT_BEFORE: LazyLock<Beginnings<Precision>> =
    LazyLock::new(|| Beginnings::new(EXACTNESS_BEFORE.iter().copied()));
static EXACT_AFTER: LazyLock<Beginnings<Precision>> =
    LazyLock::new(|| Beginnings::new(EXACTNESS_AFTER.iter().copied()));

/// A number with its unit as it stands in the text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stated {
    pub(super) value: f64,
    pub(super) high: Option<f64>,
    pub(super) precision: Precision,
    /// 万, 亿 … between number and unit.
    pub(super) multiplier: String,
    pub(super) unit: Option<String>,
}

impl Stated {
    /// A number without words.
    pub(super) const fn bare(value: f64) -> Self {
        Self { value, high: None, precision: Precision::Exact, multiplier: String::new(), unit: None }
    }
}

/// Reads the one number that a text states.
pub(super) fn state(text: &str) -> Option<Stated> {
    // Most cells hold a number or a percentage and no word.
    if let Some((value, length)) = arabic(text) {
        match &text[length..] {
            "" => return Some(Stated::bare(value)),
            "%" => return Some(Stated { unit: Some("%".to_owned()), ..Stated::bare(value) }),
            _ => {}
        }
    }
    let text = without_remarks(&compact(text));
    let mut rest = text.trim_matches(['。', ';', ',', '.', '、', ':', '*', '“', '”', '"', '\'', '√']);
    let mut precision = Precision::Exact;
    loop {
        if let Some((word, exactness)) = EXACT_BEFORE.of(rest).next() {
            (precision, rest) = (stronger(precision, exactness), &rest[word.len()..]);
        } else if let Some(word) = BEFORE.beginning(rest).next() {
            rest = &rest[word.len()..];
        } else if let Some(after) = after_month(rest) {
            rest = after;
        } else {
            break;
        }
    }
    if rest.len() < text.len() && rest.starts_with(['万', '亿', '%']) {
        return None;
    }
    if let Some(stated) = share_in_words(rest) {
        return Some(Stated { precision: stronger(precision, stated.precision), ..stated });
    }
    let (mut stated, after) = number_with_unit(rest)?;
    rest = after;
    if let Some((high, after)) = upper_end(rest) {
        stated = ranged(stated, high)?;
        rest = after;
    }
    while let Some((word, exactness)) = EXACT_AFTER.of(rest).next() {
        (stated.precision, rest) = (stronger(stated.precision, exactness), &rest[word.len()..]);
    }
    stated.precision = stronger(stated.precision, precision);
    is_harmless(rest).then_some(stated)
}

/// What follows the month up to which a number counts: 截至6月底3个.
fn after_month(text: &str) -> Option<&str> {
    let rest = ["截至", "截止", "到", "至"].iter().find_map(|word| text.strip_prefix(word))?;
    let month = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = month.strip_prefix('月').filter(|_| month.len() < rest.len())?;
    Some(rest.trim_start_matches(['份', '底', '末']))
}

/// Both ends of a range as one statement; the unit may stand at either end.
fn ranged(low: Stated, high: Stated) -> Option<Stated> {
    if high.value <= low.value && high.multiplier == low.multiplier {
        return None;
    }
    let unit = low.unit.or(high.unit);
    let multiplier = if low.multiplier.is_empty() { high.multiplier } else { low.multiplier };
    Some(Stated { value: low.value, high: Some(high.value), precision: Precision::Range, multiplier, unit })
}

/// The upper end after a range sign.
fn upper_end(text: &str) -> Option<(Stated, &str)> {
    let signs = ["--", "——", "-", "—", "–", "~", "～", "至", "到", "─"];
    let rest = signs.iter().find_map(|sign| text.strip_prefix(sign))?;
    number_with_unit(rest)
}

/// A number, the multiplier and the unit after it, and the text that is left.
fn number_with_unit(text: &str) -> Option<(Stated, &str)> {
    let (mut stated, mut rest) = number(text)?;
    let over = |rest: &mut &str, stated: &mut Stated| {
        for word in ["余", "多", "几", "来", "+"] {
            if let Some(after) = rest.strip_prefix(word) {
                (*rest, stated.precision) = (after, Precision::Over);
            }
        }
    };
    over(&mut rest, &mut stated);
    while known_at(rest).is_none() {
        let Some(word) = ["亿", "万", "千", "百", "十"].iter().find(|word| rest.starts_with(**word)) else {
            break;
        };
        match *word {
            "亿" | "万" => stated.multiplier.push_str(word),
            "千" => stated.value = tidy(stated.value * 1000.0),
            "百" => stated.value = tidy(stated.value * 100.0),
            _ => stated.value = tidy(stated.value * 10.0),
        }
        rest = &rest[word.len()..];
        over(&mut rest, &mut stated);
    }
    if let Some(inner) = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        rest = inner;
    }
    let length = known_at(rest).unwrap_or_else(|| unknown_unit(rest));
    // 1O is no ten, and O no unit.
    if length == 1 && known_at(rest).is_none() {
        return None;
    }
    if length > 0 {
        stated.unit = Some(rest[..length].to_owned());
        rest = &rest[length..];
    }
    Some((stated, rest))
}

/// Length of a unit that we do not know: the whole rest, where it is one short word.
fn unknown_unit(text: &str) -> usize {
    let short = (1..=4).contains(&text.chars().count());
    // 2024年底 is a date.
    let dated = text.starts_with('年') || text.starts_with('月') || text.starts_with('季');
    let word = short && !dated && text.chars().all(|c| c.is_alphabetic() || c == '/');
    let exactness = EXACT_AFTER.of(text).next().is_some();
    let range = ["至", "到"].iter().any(|sign| text.starts_with(sign));
    if word && !exactness && !range { text.len() } else { 0 }
}

/// The number at the beginning of a text.
fn number(text: &str) -> Option<(Stated, &str)> {
    if let Some(rest) = text.strip_prefix('负') {
        let (stated, rest) = number(rest).filter(|(stated, _)| stated.high.is_none())?;
        return Some((Stated { value: -stated.value, ..stated }, rest));
    }
    if let Some((value, length)) = arabic(text) {
        return Some((Stated::bare(value), &text[length..]));
    }
    // 七七八八 and 三三两两 count nothing either.
    if ["七七八八", "三三两两", "三三五五", "一五一十"].iter().any(|saying| text.starts_with(saying)) {
        return None;
    }
    let numeral = numeral::read(text)?;
    let rest = &text[numeral.length..];
    // 一部分, 一些, 一点 and 一大批 count nothing.
    if text.starts_with('一')
        && ["部分", "些", "点", "小半", "大半", "多半", "半", "系列", "大批", "大堆", "堆", "群", "拨"]
            .iter()
            .any(|word| rest.starts_with(word))
    {
        return None;
    }
    let precision = match (numeral.high, numeral.over) {
        (Some(_), _) => Precision::Range,
        (None, true) => Precision::Over,
        (None, false) => Precision::Exact,
    };
    let mut stated = Stated { high: numeral.high, precision, ..Stated::bare(numeral.value) };
    if let Some(last) = numeral.ends_in {
        stated.value = tidy(stated.value / if last == '万' { 1e4 } else { 1e8 });
        stated.multiplier = last.to_string();
    }
    Some((stated, rest))
}

/// An Arabic number with its length in bytes. Commas must part thousands.
pub fn arabic(text: &str) -> Option<(f64, usize)> {
    let signed = text.strip_prefix(['-', '+']).unwrap_or(text);
    let sign = text.len() - signed.len();
    let length = signed.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(signed.len());
    let digits = signed[..length].trim_end_matches([',', '.']);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() || fraction.contains(['.', ',']) {
        return None;
    }
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let grouped = whole.contains(',');
    if first.is_empty() || (grouped && (first.len() > 3 || groups.any(|group| group.len() != 3))) {
        return None;
    }
    let length = sign + digits.len();
    let number = &text[..length];
    let value: f64 = if grouped { number.replace(',', "").parse() } else { number.parse() }.ok()?;
    value.is_finite().then_some((value, length))
}

/// 八成, 八成五, 过半, 百分之七十五.
fn share_in_words(text: &str) -> Option<Stated> {
    let percent = |value, precision| Some(Stated { precision, unit: Some("%".to_owned()), ..Stated::bare(value) });
    match text {
        "过半" | "半数以上" | "一半以上" | "过半数" | "半数多" => {
            return percent(50.0, Precision::Over);
        }
        "一半" | "半数" => return percent(50.0, Precision::Exact),
        "近半" | "近一半" => return percent(50.0, Precision::About),
        _ => {}
    }
    if let Some(rest) = text.strip_prefix("百分之") {
        let (stated, rest) = number(rest)?;
        return percent(stated.value, after_precision(rest)?);
    }
    let (stated, rest) = number(text)?;
    let rest = rest.strip_prefix('成')?;
    if !(0.0..=10.0).contains(&stated.value) {
        return None;
    }
    let half = rest.strip_prefix('半').map(|rest| (5.0, rest));
    let (tenth, rest) = half.or_else(|| number(rest).map(|(tenth, rest)| (tenth.value, rest))).unwrap_or((0.0, rest));
    percent(tidy(stated.value * 10.0 + tenth), after_precision(rest)?)
}

/// The precision that the whole rest of a text states; `None` where something else stands there.
fn after_precision(rest: &str) -> Option<Precision> {
    if rest.is_empty() {
        return Some(Precision::Exact);
    }
    EXACTNESS_AFTER.iter().find(|(word, _)| *word == rest).map(|(_, precision)| *precision)
}

/// Whether what follows the number states no second one: a counted thing, or a clause about shares and parts.
fn is_harmless(rest: &str) -> bool {
    if rest.starts_with(['年', '月', '季']) {
        return false;
    }
    if rest.chars().all(|c| c.is_alphabetic() && numeral::digit(c).is_none()) {
        return rest.chars().count() <= 10;
    }
    let Some((thing, clause)) = rest.split_once([',', ';', '。', '、', ':']) else { return false };
    let aside = ["其中", "占", "同比", "环比", "增长", "较", "完成率", "比", "含"];
    let about_parts = aside.iter().any(|word| clause.trim_start_matches("均").starts_with(word));
    thing.chars().count() <= 10
        && thing.chars().all(char::is_alphabetic)
        && (about_parts || !clause.chars().any(|c| c.is_ascii_digit()))
}

/// The text without bracketed remarks, where a number stands outside them. Units in brackets stay.
fn without_remarks(text: &str) -> String {
    let mut outside = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('(') {
        let Some((inside, after)) = after.split_once(')') else { break };
        outside.push_str(before);
        let unit = Unit::parse(inside).is_some();
        if unit && before.ends_with(|c: char| c.is_ascii_digit()) {
            outside.push_str(inside);
        }
        rest = after;
    }
    outside.push_str(rest);
    let states = |text: &str| text.chars().any(|c| c.is_ascii_digit() || numeral::digit(c).is_some());
    if states(&outside) { outside } else { text.trim_matches(['(', ')']).to_owned() }
}

/// The less exact of two.
fn stronger(one: Precision, other: Precision) -> Precision {
    if one.is_exact() { other } else { one }
}
