//! Which numbers in Chinese characters are quantities? 三十家, 两个, 百分之三, 翻一番; not 三大中心, 一件事.

use super::figures::Figure;
use super::units::{after_length, known_unit};
use crate::numeral;

/// Characters of numbers.
const NUMBER: &str = "一二三四五六七八九十百千万两零";

/// What ends a clause behind a quantity.
const ENDS: &str = "，。；、,;） )";

/// Verbs in front of a number that counts what is made: 新建两个.
const MAKING: [&str; 24] = [
    "建成",
    "新建",
    "新增",
    "创建",
    "打造",
    "培育",
    "引进",
    "建设",
    "举办",
    "开展",
    "完成",
    "改造",
    "新改建",
    "改建",
    "创成",
    "新创",
    "引育",
    "开通",
    "组建",
    "扩建",
    "达到",
    "不少于",
    "修建",
    "不低于",
];

/// What stands before a number that counts nothing: 第一批, 每月一次, 统一.
const NO_COUNT: [char; 14] = ['第', '每', '同', '某', '任', '唯', '统', '单', '前', '后', '逐', '之', '另', '首'];

/// The quantities in Chinese characters of a text, in its order.
pub(super) fn figures(text: &str) -> Vec<Figure> {
    let mut figures = Vec::new();
    let mut from = 0;
    while let Some((start, figure)) = next(text, from, figures.last()) {
        from = figure.as_ref().map_or(start + 1, |figure| figure.end);
        while !text.is_char_boundary(from) {
            from += 1;
        }
        figures.extend(figure);
    }
    figures
}

/// The next place from `from` where a number may begin, and the quantity that begins there. `last` is the quantity
/// before it.
fn next(text: &str, from: usize, last: Option<&Figure>) -> Option<(usize, Option<Figure>)> {
    let offset = text[from..].find(|c: char| c == '翻' || NUMBER.contains(c))?;
    let start = from + offset;
    let rest = &text[start..];
    let without = || none(&text[..start], rest);
    let figure = doubling(rest).or_else(|| percentage(rest)).or_else(without).or_else(|| {
        let goes_on =
            |last: &Figure| text[..start].ends_with('、') && !text[last.end..start].contains(['，', '。', '；']);
        count(&text[..start], rest, last.is_some_and(goes_on))
    });
    let (value, unit, length) = match figure {
        Some(figure) => figure,
        None if rest.starts_with(|c: char| NUMBER.contains(c)) => {
            // The rest of a number that counts nothing is none either.
            let length: usize = rest.chars().take_while(|c| NUMBER.contains(*c)).map(char::len_utf8).sum();
            return Some((start + length - 1, None));
        }
        None => return Some((start, None)),
    };
    let unit_end = start + length;
    let end = unit_end + after_length(&text[unit_end..]);
    Some((start, Some(Figure { start, unit_end, end, value, unit })))
}

/// 翻番, 翻一番, 翻两番.
fn doubling(rest: &str) -> Option<(f64, String, usize)> {
    let (times, ending) = [("翻番", 1.0), ("翻一番", 1.0), ("翻两番", 2.0), ("翻三番", 3.0)]
        .into_iter()
        .find_map(|(word, times)| rest.starts_with(word).then_some((times, word.len())))?;
    Some((times, "番".to_owned(), ending))
}

/// 事故起数为零: none is to happen.
fn none(before: &str, rest: &str) -> Option<(f64, String, usize)> {
    let counted = before.strip_suffix('为')?.strip_suffix('数')?;
    let behind =
        rest.strip_prefix('零').filter(|behind| behind.is_empty() || behind.starts_with(|c| ENDS.contains(c)))?;
    let last = counted.len() - counted.chars().next_back()?.len_utf8();
    let unit = known_unit(&counted[last..]);
    (!unit.is_empty()).then(|| (0.0, unit.to_owned(), rest.len() - behind.len()))
}

/// 百分之三, 百分之九十五.
fn percentage(rest: &str) -> Option<(f64, String, usize)> {
    let behind = rest.strip_prefix("百分之")?;
    let (value, length) = number(behind)?;
    (value <= 100.0).then(|| (value, "%".to_owned(), rest.len() - behind.len() + length))
}

/// A number with a unit that counts something: behind a verb of making, at the end of its clause, or where the clause
/// `goes_on` to count.
fn count(before: &str, rest: &str, goes_on: bool) -> Option<(f64, String, usize)> {
    let (value, length) = number(rest)?;
    let unit = known_unit(&rest[length..]);
    let behind = &rest[length + unit.len()..];
    let one_word = before.is_empty() || before.ends_with(NO_COUNT) || before.ends_with(|c: char| c.is_ascii_digit());
    if unit.is_empty() || one_word || repeats(before) && !done_each_time(before, unit, behind) {
        return None;
    }
    if repeats(before) {
        return Some((value, unit.to_owned(), length + unit.len()));
    }
    let ends = behind.is_empty() || behind.starts_with(|c: char| ENDS.contains(c)) || after_length(behind) > 0;
    let one = (value - 1.0).abs() < f64::EPSILON;
    let made = MAKING.iter().any(|verb| before.ends_with(verb)) && !behind.starts_with(['一', '大', '“']) && !one;
    let noun = before.chars().rev().take_while(|c| !ENDS.contains(*c)).count() >= 2;
    let counts = made || goes_on || ends && noun && !(one && is_refrain(before, &rest[..length + unit.len()], behind));
    counts.then(|| (value, unit.to_owned(), length + unit.len()))
}

/// Whether a sentence says the same of each one: 发现一户、帮扶一户.
fn is_refrain(before: &str, words: &str, behind: &str) -> bool {
    let in_sentence = |text: Option<&str>| text.is_some_and(|text| text.contains(words));
    in_sentence(before.rsplit(['。', '；', '，']).next()) || in_sentence(behind.split(['。', '；', '，']).next())
}

/// Whether the clause says how often something is done: 每月调度一次.
fn repeats(before: &str) -> bool {
    let clause = before.rsplit(|c: char| "，。；,;".contains(c)).next().unwrap_or_default();
    ["每月", "每季", "每周", "每旬", "每日", "每天", "每半年", "定期", "每年至少", "每两"]
        .iter()
        .any(|word| clause.contains(word))
}

/// Whether a clause that says how often something is done says what: 每季度开展一次集中排查.
fn done_each_time(before: &str, unit: &str, behind: &str) -> bool {
    let clause = before.rsplit(|c: char| "，。；,;".contains(c)).next().unwrap_or_default();
    let often = ["每月", "每季", "每半年", "每周"].iter().any(|word| clause.contains(word));
    let what = behind.split(|c: char| ENDS.contains(c)).next().unwrap_or_default();
    let done = ["开展", "组织", "举办", "召开"].iter().any(|verb| before.ends_with(verb));
    often && done && ["次", "场", "轮"].contains(&unit) && what.chars().count() >= 2
}

/// A number in Chinese characters at the beginning of a text and its length in bytes: 三十, 一百二十, 两; the lower end
/// of 三至五.
fn number(text: &str) -> Option<(f64, usize)> {
    let (value, length) = lone_number(text)?;
    let upper = ["至", "到", "—", "-"].iter().find_map(|dash| {
        let rest = text[length..].strip_prefix(*dash)?;
        lone_number(rest).map(|(_, upper)| text.len() - rest.len() + upper)
    });
    Some((value, upper.unwrap_or(length)))
}

fn lone_number(text: &str) -> Option<(f64, usize)> {
    // 万 and 亿 belong to the unit here; 余 and 多 are no part of a quantity that is asked for.
    let digits = &text[..text.find(['万', '亿', '余', '多', '几']).unwrap_or(text.len())];
    let numeral = numeral::read(digits)?;
    let written = &text[..numeral.length];
    // 百家 and 千户 say many, not how many; digits side by side are no number: 三五家, 一二三产.
    let many = written.starts_with(['百', '千']);
    let side_by_side = written.chars().count() > 1 && !written.contains(['十', '百', '千']);
    (numeral.value > 0.0 && !many && !side_by_side).then_some((numeral.value, numeral.length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        figures(text).iter().map(|figure| format!("{}{}", figure.value, figure.unit)).collect()
    }

    #[test]
    fn quantities_in_characters() {
        for (text, expected) in [
            ("建成示范村三十家，新建平台两个。", vec!["30家", "2个"]),
            ("新建两个园区、三座水厂", vec!["2个", "3座"]),
            ("增长百分之三以上，覆盖率达到百分之九十五", vec!["3%", "95%"]),
            ("工业产值翻一番，农民收入实现翻番", vec!["1番", "1番"]),
            ("培育企业一百二十家以上", vec!["120家"]),
            ("培训骨干两千人次", vec!["2000人次"]),
            ("引进项目三至五个", vec!["3个"]),
            ("较大以上事故起数为零，死亡人数为零。", vec!["0起", "0人"]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn words_that_only_hold_a_number() {
        for text in [
            "建成胸痛、卒中、创伤三大中心",
            "推进“一件事”集成改革",
            "第一批，第三期。",
            "每月调度一次，每季度通报一次。",
            "三级网格、两癌筛查",
            "统一部署，进一步做好工作",
            "一二三产融合，三五家企业",
            "百家企业、千户农民",
            "“六个百分之百”落实",
            "建立一个机制",
            "唯一一家",
            "做到发现一户、帮扶一户",
            "在长三角、粤港澳推介",
            "服务三农、五保",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }
}
