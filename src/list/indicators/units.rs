//! Which unit stands behind a number?

/// Units, longer ones before those that they begin with. Scales (万, 亿) may stand before each.
const UNITS: [&str; 111] = [
    "课时",
    "学时",
    "Gbps",
    "Mbps",
    "PB",
    "TB",
    "家次",
    "户次",
    "场次",
    "批次",
    "架次",
    "趟次",
    "班次",
    "轮次",
    "车次",
    "台次",
    "件次",
    "微克/立方米",
    "毫克/升",
    "微克",
    "个百分点",
    "百分点",
    "个工作日",
    "工作日",
    "平方公里",
    "平方千米",
    "平方米",
    "立方米",
    "千瓦时",
    "兆瓦",
    "千瓦",
    "公里",
    "千米",
    "公顷",
    "公斤",
    "人次",
    "人天",
    "标准吨",
    "标箱",
    "小时",
    "分钟",
    "美元",
    "台套",
    "延米",
    "厘米",
    "毫米",
    "千克",
    "个月",
    "℃",
    "%",
    "％",
    "‰",
    "米",
    "亩",
    "元",
    "斤",
    "吨",
    "个",
    "家",
    "条",
    "户",
    "名",
    "人",
    "宗",
    "件",
    "项",
    "处",
    "座",
    "套",
    "台",
    "辆",
    "所",
    "张",
    "场",
    "期",
    "次",
    "批",
    "栋",
    "幢",
    "支",
    "片",
    "对",
    "例",
    "份",
    "班",
    "门",
    "类",
    "种",
    "倍",
    "位",
    "只",
    "头",
    "羽",
    "株",
    "棵",
    "艘",
    "间",
    "篇",
    "部",
    "首",
    "起",
    "天",
    "盏",
    "口",
    "册",
    "块",
    "瓶",
    "枚",
    "轮",
    "日",
    "分",
];

/// Words after a quantity that belong to it.
const AFTER: [&str; 8] = ["及以上", "以上", "以内", "以下", "左右", "上下", "余", "多"];

/// Characters behind a number that are no unit, though only the clause's end follows: 331线, 9时, 5星.
const NO_UNIT: &str = "年月日号级届岁线版星时点代楼层周旬等大度式和与及或至到";

/// What ends a clause.
pub(super) const ENDS: &str = "，。；、,;）)（( \n";

/// The unit at the beginning of a text; empty where there is none. 吨/平方千米·月 is one, and a single character that
/// nothing but the clause's end follows: 2100路, 3000万棒.
pub(super) fn unit(text: &str) -> &str {
    if let Some(length) = per_many(text) {
        return &text[..length];
    }
    let known = known_unit(text);
    if !known.is_empty() {
        return &text[..known.len() + per_unit(&text[known.len()..])];
    }
    let scale = scale(text);
    let unknown = unknown_unit(&text[scale..]);
    if unknown == 0 { &text[..0] } else { &text[..scale + unknown] }
}

/// The unit of the list of units at the beginning of a text, with the scale in front of it; empty where there is none.
pub(super) fn known_unit(text: &str) -> &str {
    let scale = scale(text);
    let unit = UNITS.iter().find(|unit| text[scale..].starts_with(**unit)).map_or(0, |unit| unit.len());
    if unit == 0 { &text[..0] } else { &text[..scale + unit] }
}

/// The length of 万, 亿, 百万 at the beginning of a text.
fn scale(text: &str) -> usize {
    let scale = ["万", "亿", "千", "百"].iter().find(|scale| text.starts_with(**scale)).map_or(0, |scale| scale.len());
    if text[scale..].starts_with('亿') { scale + '亿'.len_utf8() } else { scale }
}

/// The length of a single character that counts, though no list of units is known to have it.
fn unknown_unit(text: &str) -> usize {
    let Some(first) = text.chars().next() else { return 0 };
    let rest = &text[first.len_utf8()..];
    let ends = rest.is_empty() || rest.starts_with(|c: char| ENDS.contains(c)) || after_length(rest) > 0;
    let counts = ('\u{4e00}'..='\u{9fff}').contains(&first) && !NO_UNIT.contains(first);
    if counts && ends && after_length(text) == 0 { first.len_utf8() } else { 0 }
}

/// The length of what a rate without a unit of its own is divided by: 9/10万, 7.5/十万.
fn per_many(text: &str) -> Option<usize> {
    let divisor = text.strip_prefix('/')?;
    let scale = divisor.trim_start_matches(|c: char| c.is_ascii_digit() || c == '十' || c == '百');
    let rest = scale.strip_prefix(['万', '千'])?;
    Some(text.len() - rest.len())
}

/// The length of what a unit is divided by: /千人, /平方千米·月.
fn per_unit(text: &str) -> usize {
    let Some(divisor) = text.strip_prefix('/') else { return 0 };
    let end = divisor.find(|c: char| ENDS.contains(c) || c.is_ascii_digit()).unwrap_or(divisor.len());
    let after = AFTER.iter().filter_map(|word| divisor.find(word)).min().unwrap_or(end).min(end);
    if (1..=6).contains(&divisor[..after].chars().count()) { text.len() - divisor.len() + after } else { 0 }
}

/// The length of the words that belong to a quantity behind its unit: 以上.
pub(super) fn after_length(text: &str) -> usize {
    AFTER.iter().find(|word| text.starts_with(**word)).map_or(0, |word| word.len())
}

/// The length of a second unit in brackets: （套）.
pub(super) fn twin_unit(text: &str) -> usize {
    let Some(inner) = text.strip_prefix(['(', '（']) else { return 0 };
    let Some(twin) = UNITS.iter().find(|unit| inner.starts_with(**unit)) else { return 0 };
    let behind = &inner[twin.len()..];
    let closed = behind.strip_prefix([')', '）']);
    closed.map_or(0, |rest| text.len() - rest.len())
}
