//! Which figures of a text are quantities, as opposed to years, names and numbers of documents?

use super::chinese;
use super::units::{ENDS, after_length, twin_unit, unit};

/// A quantity in a text. All positions are byte offsets.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Figure {
    /// Where the number begins.
    pub(crate) start: usize,
    /// Where the unit ends.
    pub(crate) unit_end: usize,
    /// Where the words that belong to it (以上, 左右) end.
    pub(crate) end: usize,
    /// The number in its unit.
    pub(crate) value: f64,
    /// The unit as written, 万 and 亿 included; empty where none is written.
    pub(crate) unit: String,
}

/// Signs between the ends of a range.
const DASHES: [char; 6] = ['-', '—', '~', '～', '至', '到'];

/// Units of time that something may take: 30分钟内.
const LASTS: [&str; 7] = ["分钟", "小时", "天", "个工作日", "工作日", "个月", "日"];

/// Words in front of a span of days or months that is a limit: 办结时间不超过30日.
const LIMITING: [&str; 12] = [
    "不超过",
    "不多于",
    "不少于",
    "少于",
    "控制在",
    "压缩至",
    "压缩到",
    "缩短至",
    "缩短到",
    "压减至",
    "压减到",
    "降至",
];

/// What follows a number that is no quantity: years, dates, ages, grades, numbers of documents and roads.
const NOT_AFTER: [&str; 21] = [
    "/", "年", "月", "日", "岁", "周岁", "号", "级", "省道", "国道", "+", "G", "A", "〕", "届", "线", "版", "星", "时",
    "代", "楼",
];

/// The quantities of a text, in its order.
pub(crate) fn figures(text: &str) -> Vec<Figure> {
    let named = named_parts(text);
    let mut figures: Vec<Figure> = Vec::new();
    let mut from = 0;
    while let Some(offset) = text[from..].find(|c: char| c.is_ascii_digit()) {
        let start = from + offset;
        let (number, length) = number(&text[start..]);
        let after_number = start + length;
        from = after_number;
        if named.iter().any(|(begin, end)| (*begin..*end).contains(&start)) || !begins_quantity(&text[..start]) {
            continue;
        }
        // 3-5个 states its lower end, which has no unit of its own.
        let rest = &text[after_number..];
        let (unit_at, rest) = match rest.strip_prefix(DASHES) {
            Some(upper) if upper.starts_with(|c: char| c.is_ascii_digit()) => {
                let (_, length) = self::number(upper);
                (text.len() - upper.len() + length, &upper[length..])
            }
            _ => (after_number, rest),
        };
        from = from.max(unit_at);
        let unit = unit(rest);
        if unit.is_empty() && (NOT_AFTER.iter().any(|word| rest.starts_with(word)) || enumerates(&text[..start], rest))
        {
            continue;
        }
        if unit.is_empty() && rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        if !unit.is_empty() && dates(unit, &text[..start], &rest[unit.len()..]) {
            continue;
        }
        let unit_end = unit_at + unit.len();
        let unit_end = unit_end + upper_end(&text[unit_end..], unit);
        // 1200台（套） counts in both.
        let twin = twin_unit(&text[unit_end..]);
        let behind = &text[unit_end + twin..];
        let within = LASTS.contains(&unit) && behind.starts_with('内');
        let after = if within { '内'.len_utf8() } else { after_length(behind) };
        let end = unit_end + twin + after;
        from = end;
        // 15分钟生活圈 is the name of something.
        if names_a_circle(unit, &text[end..]) {
            continue;
        }
        figures.push(Figure { start, unit_end: unit_end + twin, end, value: number, unit: unit.to_owned() });
    }
    figures.extend(chinese::figures(text).into_iter().filter(|figure| !named.iter().any(|part| holds(*part, figure))));
    figures.sort_by_key(|figure| figure.start);
    figures
}

/// The length of the upper end of a range that has the unit twice: 10%—15%, 5个至8个.
fn upper_end(text: &str, unit: &str) -> usize {
    let Some(upper) = text.strip_prefix(DASHES).filter(|upper| upper.starts_with(|c: char| c.is_ascii_digit())) else {
        return 0;
    };
    let (_, length) = number(upper);
    let twice = !unit.is_empty() && upper[length..].starts_with(unit);
    if twice { text.len() - upper.len() + length + unit.len() } else { 0 }
}

/// Whether days and months are a date or a stretch of time, and no limit: 6月30日, 连续3个月.
fn dates(unit: &str, before: &str, behind: &str) -> bool {
    let limits =
        LIMITING.iter().any(|word| before.ends_with(word)) || behind.starts_with('内') || behind.starts_with("以内");
    ["日", "个月"].contains(&unit) && (!limits || before.ends_with('月'))
}

fn holds((begin, end): (usize, usize), figure: &Figure) -> bool {
    (begin..end).contains(&figure.start)
}

/// Whether a time or a distance only names what follows: 15分钟品质文化生活圈.
fn names_a_circle(unit: &str, rest: &str) -> bool {
    let clause = rest.find(|c: char| ENDS.contains(c) || c.is_ascii_digit()).map_or(rest, |end| &rest[..end]);
    ["分钟", "小时", "公里"].contains(&unit) && clause.contains('圈')
}

/// The parts of a text between quotation marks or title marks: figures there belong to names (“15分钟”生活圈).
fn named_parts(text: &str) -> Vec<(usize, usize)> {
    let mut parts = Vec::new();
    let mut open = None;
    for (index, c) in text.char_indices() {
        match c {
            '“' | '《' | '〔' => open = open.or(Some(index)),
            '”' | '》' | '〕' => parts.extend(open.take().map(|begin| (begin, index))),
            _ => {}
        }
    }
    parts
}

/// A number at the beginning of a text (1000, 1.18, 3,000) and its length in bytes.
fn number(text: &str) -> (f64, usize) {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut length = digits(text);
    while length <= 12 && text[length..].starts_with(',') && digits(&text[length + 1..]) == 3 {
        length += 4;
    }
    if text[length..].starts_with('.') {
        let decimals = digits(&text[length + 1..]);
        length += if decimals > 0 { decimals + 1 } else { 0 };
    }
    (text[..length].replace(',', "").parse().unwrap_or(0.0), length)
}

/// Whether a quantity can begin after this text: not behind a letter (S1线, PM2.5), not as an ordinal.
fn begins_quantity(before: &str) -> bool {
    let last = before.chars().next_back().unwrap_or(' ');
    !(last.is_ascii_alphabetic()
        || last.is_ascii_digit()
        || matches!(last, '第' | '.' | '+' | '/' | ':' | '：') && !before.ends_with('：'))
}

/// Whether a number counts items of a text: （1）, 1. at the beginning of a line.
fn enumerates(before: &str, rest: &str) -> bool {
    let begins = before.trim_end().is_empty() || before.ends_with(['\n', '。', '；', '(', '（']);
    begins && rest.starts_with(['.', '．', '、', ')', '）'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        figures(text)
            .iter()
            .map(|figure| format!("{}{}{}", figure.value, figure.unit, &text[figure.unit_end..figure.end]))
            .collect()
    }

    #[test]
    fn quantities_with_their_units() {
        for (text, expected) in [
            ("每年推进项目90个以上,完成投资额超60亿元。", vec!["90个以上", "60亿元"]),
            ("粮播面积稳定在1.18万亩、总产量658万斤以上", vec!["1.18万亩", "658万斤以上"]),
            ("年均提高0.8个百分点,城镇化率达60%", vec!["0.8个百分点", "60%"]),
            ("缩小到1.54以内", vec!["1.54以内"]),
            ("培训3,000人次", vec!["3000人次"]),
            ("建成3-5个", vec!["3个"]),
            ("增长10%—15%，培训30至40人次，建成5个至8个", vec!["10%", "30人次", "5个"]),
            ("新增农机具1200台（套），幸福河湖3条（段）", vec!["1200台", "3条"]),
            ("接入视频2100路、送书6万册，年产菌棒3000万棒。", vec!["2100路", "6万册", "3000万棒"]),
            ("降尘量不高于6吨/平方千米·月，抽检达到5批次/千人以上", vec!["6吨/平方千米·月", "5批次/千人以上"]),
            ("死亡率控制在9/10万以下，发病率7.5/十万", vec!["9/10万以下", "7.5/十万"]),
            ("建成三十家，增长百分之三", vec!["30家", "3%"]),
            ("创建2个金3A景区村", vec!["2个"]),
            ("30分钟内送达，送教60课时，带宽不低于10Gbps", vec!["30分钟内", "60课时", "10Gbps"]),
            ("施工结束后15日内回收，办结时间不超过30日，3个月内整改到位", vec!["15日内", "30日", "3个月内"]),
            (
                "改造1200延米，机械800台套，载货3万架次，高差不超过5厘米",
                vec!["1200延米", "800台套", "3万架次", "5厘米"],
            ),
            ("室温不低于26℃，每人不超过3千克", vec!["26℃", "3千克"]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn figures_that_are_no_quantities() {
        for text in [
            "到2027年",
            "2024年6月30日前",
            "每月5日内报送，连续3个月排名靠后，25日前",
            "“15分钟”生活圈",
            "5G网络",
            "国家级4A级景区",
            "S1线",
            "211省道",
            "3岁以下",
            "80周岁以上",
            "15分钟生活圈",
            "国道331线，早上9时。",
            "获评5星、达到4星以上",
            "〔2023〕14号",
            "第3批次",
            "1.推进建设",
            "（2）推进",
            "“12345”“110”联动",
            "PM2.5",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }
}
