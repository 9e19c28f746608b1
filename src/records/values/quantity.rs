//! Which number, unit and precision does a cell state: 3.2亿, 32000万元, 约30个, 三十余家, 八成, 3-5个, 98％.

use super::model::{Precision, Quantity};
use super::numeral;
use super::unit::{known_at, without_multiplier};
use super::written::{compact, is_blank, is_error_code};
use crate::workbooks::Value;

/// What was found in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Reading<T> {
    /// Nothing, 无, or a dash.
    Blank,
    /// A value.
    Read(T),
    /// Something else.
    Unreadable,
}

/// Words that may stand before a number without changing it.
const BEFORE: &[&str] = &[
    "完成投资",
    "完成率",
    "覆盖率",
    "累计",
    "已",
    "完成",
    "实际",
    "共计",
    "合计",
    "总计",
    "共",
    "计",
    "达到",
    "达",
    "建成",
    "新增",
    "新建",
    "为",
    "是",
    "有",
    "人均",
    "年均",
    "每年",
    "同比",
    "增长",
    "增幅",
    "增速",
    "提高",
    "上升",
    "增加",
    "实现",
    "目标",
    "本期",
    "本季度",
    "本年",
    "今年",
    "全年",
    "年度",
    "培训",
    "约合",
    "折合",
    "投资",
    "建设",
    "改造",
    "创建",
    "创成",
    "培育",
    "打造",
    "引育",
    "占",
    "稳定在",
    "控制在",
    "缩小到",
    "￥",
    "¥",
    ":",
    "=",
    "其中",
    "预计",
    "计划",
    "截至目前",
    "目前",
];

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

/// A number with its unit as it stands in the text.
#[derive(Debug, Clone, PartialEq)]
struct Stated {
    value: f64,
    high: Option<f64>,
    precision: Precision,
    /// 万, 亿 … between number and unit.
    multiplier: String,
    unit: Option<String>,
}

/// Reads the quantity of a cell. `around` is the unit from the number format, the header or the unit column.
pub fn read(value: &Value, text: &str, around: Option<&str>) -> Reading<Quantity> {
    let stated = match value {
        Value::Error(_) | Value::NotCalculated => return Reading::Blank,
        Value::Boolean(_) | Value::Date(_) => return Reading::Unreadable,
        Value::Number(number) => stated_beside(*number, text),
        Value::Text(_) if is_blank(text) || is_error_code(text) => return Reading::Blank,
        Value::Text(_) => match state(text) {
            Some(stated) => stated,
            None => return Reading::Unreadable,
        },
    };
    let unit = unit_of(&stated, around);
    Reading::Read(Quantity { value: stated.value, unit, precision: stated.precision, high: stated.high })
}

/// Reads a quantity out of a bare text, such as a target in the official content.
pub fn read_text(text: &str) -> Option<Quantity> {
    match read(&Value::Text(text.to_owned()), text, None) {
        Reading::Read(quantity) => Some(quantity),
        Reading::Blank | Reading::Unreadable => None,
    }
}

/// A number as stored, with what its number format shows. The stored number is more exact than the one shown,
/// except where the format divides it (Excel's `0,"万元"`).
fn stated_beside(number: f64, text: &str) -> Stated {
    let plain =
        |value| Stated { value, high: None, precision: Precision::Exact, multiplier: String::new(), unit: None };
    let Some(shown) = state(text) else { return plain(tidy(number)) };
    let percent = shown.unit.as_deref() == Some("%");
    let stored = if percent { number * 100.0 } else { number };
    let rounding = 0.51 * 0.1f64.powi(decimals(text));
    if (stored - shown.value).abs() <= rounding {
        Stated { value: tidy(stored), ..shown }
    } else if shown.unit.is_some() {
        shown
    } else {
        plain(tidy(number))
    }
}

/// Number of digits after the decimal point of the first number in a text.
fn decimals(text: &str) -> i32 {
    let after = text.split_once('.').map_or("", |(_, after)| after);
    i32::try_from(after.chars().take_while(char::is_ascii_digit).count()).unwrap_or(0)
}

/// The unit of the cell, else the one around it. A multiplier in the cell replaces the one around it.
fn unit_of(stated: &Stated, around: Option<&str>) -> Option<String> {
    let multiplier = &stated.multiplier;
    match (&stated.unit, around.filter(|unit| !unit.trim().is_empty())) {
        (Some(unit), _) => Some(format!("{multiplier}{unit}")),
        (None, around) if multiplier.is_empty() => around.map(str::to_owned),
        (None, Some(around)) => Some(format!("{multiplier}{}", without_multiplier(around))),
        // Nothing but money is counted in 亿 without saying so.
        (None, None) if multiplier.contains('亿') => Some(format!("{multiplier}元")),
        (None, None) => Some(multiplier.clone()),
    }
}

/// Reads the one number that a text states.
fn state(text: &str) -> Option<Stated> {
    let text = without_remarks(&compact(text));
    let mut rest = text.trim_matches(|c: char| matches!(c, '。' | ';' | ',' | '.' | '、' | ':'));
    let mut precision = Precision::Exact;
    loop {
        if let Some((word, exactness)) = EXACTNESS_BEFORE.iter().find(|(word, _)| rest.starts_with(word)) {
            (precision, rest) = (stronger(precision, *exactness), &rest[word.len()..]);
        } else if let Some(word) = BEFORE.iter().find(|word| rest.starts_with(**word)) {
            rest = &rest[word.len()..];
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
    while let Some((word, exactness)) = EXACTNESS_AFTER.iter().find(|(word, _)| rest.starts_with(word)) {
        (stated.precision, rest) = (stronger(stated.precision, *exactness), &rest[word.len()..]);
    }
    stated.precision = stronger(stated.precision, precision);
    is_harmless(rest).then_some(stated)
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
        for word in ["余", "多", "几", "+"] {
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
    let exactness = EXACTNESS_AFTER.iter().any(|(word, _)| text.starts_with(word));
    let range = ["至", "到"].iter().any(|sign| text.starts_with(sign));
    if word && !exactness && !range { text.len() } else { 0 }
}

/// The number at the beginning of a text.
fn number(text: &str) -> Option<(Stated, &str)> {
    let plain = |value, precision| Stated { value, high: None, precision, multiplier: String::new(), unit: None };
    if let Some((value, length)) = arabic(text) {
        return Some((plain(value, Precision::Exact), &text[length..]));
    }
    let numeral = numeral::read(text)?;
    let rest = &text[numeral.length..];
    let precision = match (numeral.high, numeral.over) {
        (Some(_), _) => Precision::Range,
        (None, true) => Precision::Over,
        (None, false) => Precision::Exact,
    };
    let mut stated = Stated { high: numeral.high, ..plain(numeral.value, precision) };
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
    let value: f64 = format!("{}{}", &text[..sign], digits.replace(',', "")).parse().ok()?;
    value.is_finite().then_some((value, sign + digits.len()))
}

/// 八成, 八成五, 过半, 百分之七十五.
fn share_in_words(text: &str) -> Option<Stated> {
    let percent = |value, precision| {
        Some(Stated { value, high: None, precision, multiplier: String::new(), unit: Some("%".to_owned()) })
    };
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
        let unit = super::unit::Unit::parse(inside).is_some();
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

/// The number without the noise of binary fractions (0.57 × 100 is 57).
pub fn tidy(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return value;
    }
    format!("{value:.11e}").parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(reading: &Reading<Quantity>) -> String {
        match reading {
            Reading::Blank => "blank".to_owned(),
            Reading::Unreadable => "unreadable".to_owned(),
            Reading::Read(Quantity { value, unit, precision, high }) => {
                let unit = unit.as_deref().unwrap_or("");
                let high = high.map(|high| format!("..{high}")).unwrap_or_default();
                let mark = match precision {
                    Precision::About => "~",
                    Precision::Over => ">",
                    Precision::Exact | Precision::Range => "",
                };
                format!("{mark}{value}{high} {unit}").trim().to_owned()
            }
        }
    }

    fn text(written: &str, around: Option<&str>) -> String {
        shown(&read(&Value::Text(written.to_owned()), written, around))
    }

    #[test]
    fn numbers_as_townships_write_them() {
        for (written, expected) in [
            ("45.2", "45.2"),
            ("１２", "12"),
            ("1,200", "1200"),
            ("1，234.5", "1234.5"),
            ("45.2亿元", "45.2 亿元"),
            ("3.2亿", "3.2 亿元"),
            ("32000万元", "32000 万元"),
            ("1.18万亩", "1.18 万亩"),
            ("1.18 万\n亩", "1.18 万亩"),
            ("658万斤", "658 万斤"),
            ("5千克", "5 千克"),
            ("3千万元", "3000 万元"),
            ("5千户", "5000 户"),
            ("98％", "98 %"),
            ("98.5%", "98.5 %"),
            ("约30个", "~30 个"),
            ("近百人", "~100 人"),
            ("30个左右", "~30 个"),
            ("30余家", ">30 家"),
            ("三十余家", ">30 家"),
            ("十几个", ">10 个"),
            ("3万余人", ">3 万人"),
            ("100多万元", ">100 万元"),
            ("20家以上", ">20 家"),
            ("超60亿元", ">60 亿元"),
            ("≥30", ">30"),
            ("1.54以内", "1.54"),
            ("5%以内", "5 %"),
            ("3-5个", "3..5 个"),
            ("3个-5个", "3..5 个"),
            ("3～5", "3..5"),
            ("30%至40%", "30..40 %"),
            ("三至五家", "3..5 家"),
            ("两三个", "2..3 个"),
            ("八成", "80 %"),
            ("八成五", "85 %"),
            ("8成以上", ">80 %"),
            ("过半", ">50 %"),
            ("百分之七十五", "75 %"),
            ("十二", "12"),
            ("两千三百户", "2300 户"),
            ("三十万元", "30 万元"),
            ("累计完成45.2亿元", "45.2 亿元"),
            ("已建成3个村", "3 个"),
            ("120家企业", "120 家"),
            ("12（含续建3）个", "12 个"),
            ("12个（其中新建3个）", "12 个"),
            ("12个，其中新建3个", "12 个"),
            ("45.2（亿元）", "45.2 亿元"),
            ("12家，正在推进", "12 家"),
            ("0", "0"),
            ("0个", "0 个"),
            ("-3", "-3"),
            ("3.2万人次", "3.2 万人次"),
            ("0.8个百分点", "0.8 个百分点"),
        ] {
            assert_eq!(text(written, None), expected, "{written}");
        }
    }

    #[test]
    fn what_says_nothing_is_blank_and_what_cannot_be_read_is_said() {
        for written in ["", "无", "—", "-", "/", "暂无"] {
            assert_eq!(text(written, Some("个")), "blank", "{written}");
        }
        for written in [
            "正在统计",
            "若干",
            "较多",
            "全覆盖",
            "12,00",
            "3/5",
            "新建3个、改造5个",
            "2024年3月",
            "见附件",
            "几十",
            "1.2.3",
            "待定",
            "2024年底",
            "6月",
            "三季度",
        ] {
            assert_eq!(text(written, Some("个")), "unreadable", "{written}");
        }
    }

    #[test]
    fn the_nearest_unit_wins() {
        for (written, around, expected) in [
            ("3.2", Some("亿元"), "3.2 亿元"),
            ("3.2亿", Some("万元"), "3.2 亿元"),
            ("32000万", Some("亿元"), "32000 万元"),
            ("1.18万", Some("亩"), "1.18 万亩"),
            ("320万元", Some("亿元"), "320 万元"),
            ("98%", Some("个"), "98 %"),
            ("3", None, "3"),
        ] {
            assert_eq!(text(written, around), expected, "{written} {around:?}");
        }
    }

    #[test]
    fn stored_numbers_keep_their_digits_and_take_the_unit_shown() {
        for (number, written, around, expected) in [
            (45.2345, "45.2", None, "45.2345"),
            (0.753, "75.3%", None, "75.3 %"),
            (0.57, "57%", None, "57 %"),
            (3.2, "3.20亿元", None, "3.2 亿元"),
            (320_000.0, "32万元", None, "32 万元"),
            (0.1 + 0.2, "0.3", Some("亿元"), "0.3 亿元"),
            (1200.0, "1,200 ", Some("户"), "1200 户"),
            (45.0, "#####", Some("户"), "45 户"),
            (-1200.0, "(1,200)", None, "-1200"),
        ] {
            assert_eq!(shown(&read(&Value::Number(number), written, around)), expected, "{number} {written}");
        }
        assert_eq!(read(&Value::Date(45_356.0), "3月5日", None), Reading::Unreadable);
        assert_eq!(read(&Value::Error("#REF!".into()), "#REF!", None), Reading::Blank);
    }
}
