//! Which number stands in front of a heading or paragraph, and how deep does it sit?

use crate::numeral::circled;

/// The kinds of numbers that Chinese documents put in front of headings, the outermost first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Level {
    /// 第一章, 第一部分.
    Chapter,
    /// 第一节.
    ChapterSection,
    /// 壹、 甲、
    Formal,
    /// 一、
    Chinese,
    /// （一）
    ChineseInBrackets,
    /// 1. 1、 1．
    Arabic,
    /// （1） 1）
    ArabicInBrackets,
    /// ①
    Circled,
    /// A paragraph without a number that stands for itself.
    Unmarked,
}

/// A number in front of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark<'a> {
    /// How deep it sits.
    pub(crate) level: Level,
    /// The number itself.
    pub(crate) number: u32,
    /// The text after the mark.
    pub(crate) rest: &'a str,
}

const CHINESE: &str = "零一二三四五六七八九十百〇";

impl<'a> Mark<'a> {
    /// The mark in front of a text; `None` where there is none. `2.4亿元` and `1000人` have none.
    pub(crate) fn of(text: &'a str) -> Option<Self> {
        let text = text.trim_start();
        let first = text.chars().next()?;
        if let Some(number) = circled(first) {
            let rest = text[first.len_utf8()..].trim_start();
            return Some(Self { level: Level::Circled, number, rest });
        }
        if let Some(inner) = text.strip_prefix('第') {
            let (number, after) = chinese_number(inner).or_else(|| arabic_number(inner))?;
            if let Some(rest) = after.strip_prefix('项').and_then(behind_stop) {
                return Some(Self { level: Level::Arabic, number, rest });
            }
            if let Some(rest) = after.strip_prefix('节') {
                return Some(Self { level: Level::ChapterSection, number, rest: rest.trim_start() });
            }
            let rest = ["部分", "章", "篇"].iter().find_map(|word| after.strip_prefix(word))?;
            return Some(Self { level: Level::Chapter, number, rest: rest.trim_start() });
        }
        if let Some(mark) = Self::formal(text) {
            return Some(mark);
        }
        if let Some(mark) = Self::of_two_numbers(text) {
            return Some(mark);
        }
        if let Some(mark) = Self::of_task(text) {
            return Some(mark);
        }
        let bracketed = matches!(first, '(' | '（');
        let inner = if bracketed { text[first.len_utf8()..].trim_start() } else { text };
        let (chinese, number, after) = match chinese_number(inner) {
            Some((number, after)) => (true, number, after),
            None => arabic_number(inner).map(|(number, after)| (false, number, after))?,
        };
        // 二　千万工程: a gap after a Chinese number stands for its stop.
        if chinese && !bracketed && after.starts_with([' ', '\u{3000}']) && begins_heading(after) {
            return Some(Self { level: Level::Chinese, number, rest: after.trim_start() });
        }
        let after = after.trim_start();
        let stop = after.chars().next()?;
        let rest = after[stop.len_utf8()..].trim_start();
        let closing = matches!(stop, ')' | '）');
        let level = match (chinese, bracketed, closing) {
            (true, true, true) => Level::ChineseInBrackets,
            (false, true | false, true) => Level::ArabicInBrackets,
            (true, false, false) if matches!(stop, '、' | '.' | '．' | ',' | '，') => Level::Chinese,
            (false, false, false) if matches!(stop, '、' | '.' | '．') && !starts_with_digit(rest) => Level::Arabic,
            _ => return None,
        };
        Some(Self { level, number, rest })
    }
}

impl<'a> Mark<'a> {
    /// 1.65岁以上老年人: the number 1 in front of a figure, or the figure 1.65. Only its neighbours tell which.
    pub(crate) fn before_figure(text: &'a str) -> Option<Self> {
        let (number, after) = arabic_number(text.trim_start())?;
        let rest = after.strip_prefix(['.', '．'])?;
        starts_with_digit(rest).then_some(Self { level: Level::Arabic, number, rest })
    }

    /// 壹、构建体系, 甲、重点任务. 甲、乙两类 only begins with an enumeration.
    fn formal(text: &'a str) -> Option<Self> {
        let first = text.chars().next()?;
        let stem = stem(first);
        let (number, after) = match stem {
            Some(number) => (number, &text[first.len_utf8()..]),
            None => formal_number(text)?,
        };
        let rest = after.trim_start().strip_prefix(['、', '．', '.'])?.trim_start();
        let goes_on = stem.is_some() && rest.chars().next().and_then(self::stem).is_some();
        (!rest.is_empty() && !goes_on).then_some(Self { level: Level::Formal, number, rest })
    }

    /// 任务一：扩大普惠资源, 项目二　老旧小区改造. The colon or the gap tells it from running text.
    fn of_task(text: &'a str) -> Option<Self> {
        let after = ["任务", "专项", "事项", "项目"].iter().find_map(|word| text.strip_prefix(word))?;
        let (number, after) = chinese_number(after).or_else(|| arabic_number(after))?;
        Some(Self { level: Level::Arabic, number, rest: behind_stop(after)? })
    }

    /// 2-1 稳就业, 2.1 稳就业: the task's number within its section. The gap tells it from 2.1亿元.
    fn of_two_numbers(text: &'a str) -> Option<Self> {
        let (_, after) = arabic_number(text)?;
        let (number, after) = arabic_number(after.strip_prefix(['-', '—', '.', '．'])?)?;
        let rest = after.starts_with([' ', '\u{3000}', '\t', '、']).then(|| after.trim_start())?;
        let rest = rest.strip_prefix('、').unwrap_or(rest).trim_start();
        let unit = rest.starts_with(|c: char| !('\u{4e00}'..='\u{9fff}').contains(&c) && c != '“')
            || "亿万千百个家项人户公米年月日号次场".contains(rest.chars().next()?);
        (!unit && rest.chars().count() >= 2).then_some(Self { level: Level::Arabic, number, rest })
    }
}

/// The text behind a colon, a 、 or a gap; `None` where there is neither.
fn behind_stop(after: &str) -> Option<&str> {
    let spaced = after.starts_with([' ', '\u{3000}', '\t']).then(|| after.trim_start());
    let rest = after.trim_start().strip_prefix(['：', ':', '、']).or(spaced)?.trim_start();
    (!rest.is_empty()).then_some(rest)
}

/// Whether what follows a number and a gap is a heading of its own: no stop, no further number, no unit.
fn begins_heading(text: &str) -> bool {
    let text = text.trim_start();
    let first = text.chars().next().unwrap_or(' ');
    let goes_on = first.is_ascii() || "、.．，,)）年月日号个项次季".contains(first);
    let counts = chinese_number(text).is_some_and(|(_, rest)| rest.is_empty());
    text.chars().count() >= 2 && !goes_on && !counts
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

/// Which of 甲乙丙丁 a character is.
fn stem(c: char) -> Option<u32> {
    "甲乙丙丁戊己庚辛壬癸".chars().zip(1..).find(|(known, _)| *known == c).map(|(_, number)| number)
}

/// A number in the numerals of banknotes in front of a text: 壹, 拾贰.
fn formal_number(text: &str) -> Option<(u32, &str)> {
    const PLAIN: &str = "一二三四五六七八九十";
    const FORMAL: &str = "壹贰叁肆伍陆柒捌玖拾";
    let plain_of = |c: char| FORMAL.chars().zip(PLAIN.chars()).find(|(known, _)| *known == c).map(|(_, plain)| plain);
    let plain: String = text.chars().map_while(plain_of).collect();
    let length = text.chars().take(plain.chars().count()).map(char::len_utf8).sum::<usize>();
    let (number, rest) = chinese_number(&plain)?;
    rest.is_empty().then_some((number, &text[length..]))
}

fn arabic_number(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    (1..=3).contains(&end).then(|| text[..end].parse().ok()).flatten().map(|number| (number, &text[end..]))
}

/// A Chinese number up to 999 in front of a text.
pub(crate) fn chinese_number(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|c: char| !CHINESE.contains(c)).unwrap_or(text.len());
    let (mut total, mut digit) = (0, None);
    for c in text[..end].chars() {
        let scale = match c {
            '十' => 10,
            '百' => 100,
            _ => {
                let value = "零一二三四五六七八九".chars().position(|known| known == c).unwrap_or(0);
                digit = Some(u32::try_from(value).unwrap_or(0));
                continue;
            }
        };
        total += digit.take().unwrap_or(1) * scale;
    }
    let number = total + digit.unwrap_or(0);
    (end > 0 && number > 0).then(|| (number, &text[end..]))
}

/// The number of a cell or line that holds nothing else: 12, 12. or 12、, （12）, 十二, ①, 第三项, 任务3.
pub(crate) fn lone_number(text: &str) -> Option<u32> {
    let bare = text.trim().trim_matches(['.', '．', '、', '(', ')', '（', '）', ' ', '〔', '〕', '【', '】']);
    let mut characters = bare.chars();
    if let Some(number) = characters.next().and_then(circled).filter(|_| characters.next().is_none()) {
        return Some(number);
    }
    let ordinal = bare.strip_prefix('第').and_then(|rest| rest.strip_suffix(['项', '条', '号']));
    let counted = ["任务", "事项", "项目"].iter().find_map(|word| bare.strip_prefix(word));
    let bare = ordinal.or(counted).unwrap_or(bare);
    let number = arabic_number(bare).or_else(|| chinese_number(bare)).or_else(|| formal_number(bare));
    number.filter(|(number, rest)| rest.is_empty() && *number > 0).map(|(number, _)| number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_every_level_and_texts_that_only_begin_with_a_number() {
        for (text, expected) in [
            ("一、发展目标", Some((Level::Chinese, 1, "发展目标"))),
            ("十二、 其他", Some((Level::Chinese, 12, "其他"))),
            ("(二)实施", Some((Level::ChineseInBrackets, 2, "实施"))),
            ("（二十一）实施", Some((Level::ChineseInBrackets, 21, "实施"))),
            ("8. 提升", Some((Level::Arabic, 8, "提升"))),
            ("8．提升", Some((Level::Arabic, 8, "提升"))),
            ("8、提升", Some((Level::Arabic, 8, "提升"))),
            ("（3）建设", Some((Level::ArabicInBrackets, 3, "建设"))),
            ("3)建设", Some((Level::ArabicInBrackets, 3, "建设"))),
            ("③建设", Some((Level::Circled, 3, "建设"))),
            ("第二部分 主要任务", Some((Level::Chapter, 2, "主要任务"))),
            ("任务一：扩大普惠资源", Some((Level::Arabic, 1, "扩大普惠资源"))),
            ("任务12、改造管网", Some((Level::Arabic, 12, "改造管网"))),
            ("项目二　老旧小区改造", Some((Level::Arabic, 2, "老旧小区改造"))),
            ("二 千万工程", Some((Level::Chinese, 2, "千万工程"))),
            ("二　千万工程", Some((Level::Chinese, 2, "千万工程"))),
            ("二 、提升", Some((Level::Chinese, 2, "提升"))),
            ("三 季度", None),
            ("第一项　新增就业", Some((Level::Arabic, 1, "新增就业"))),
            ("第12项：新增就业", Some((Level::Arabic, 12, "新增就业"))),
            ("2-1 稳就业", Some((Level::Arabic, 1, "稳就业"))),
            ("2.1、稳就业", Some((Level::Arabic, 1, "稳就业"))),
            ("第二节 慢性病", Some((Level::ChapterSection, 2, "慢性病"))),
            ("壹、构建体系", Some((Level::Formal, 1, "构建体系"))),
            ("拾贰、其他", Some((Level::Formal, 12, "其他"))),
            ("乙、区级自定任务", Some((Level::Formal, 2, "区级自定任务"))),
            ("甲、乙两类任务", None),
            ("2.4 亿元", None),
            ("1-3 月完成", None),
            ("第一项任务", None),
            ("任务一览表", None),
            ("项目3个", None),
            ("2.4亿元", None),
            ("1000人", None),
            ("2023年6月", None),
            ("一批项目", None),
            ("三基三主、十大工程", None),
            ("第一书记", None),
            ("“一村万树”", None),
        ] {
            let mark = Mark::of(text).map(|mark| (mark.level, mark.number, mark.rest));
            assert_eq!(mark, expected, "{text}");
        }
    }

    #[test]
    fn lone_numbers() {
        for (text, expected) in [
            ("12", Some(12)),
            (" 3. ", Some(3)),
            ("（十二）", Some(12)),
            ("⑫", Some(12)),
            ("第三项", Some(3)),
            ("任务3", Some(3)),
            ("叁", Some(3)),
            ("1.54", None),
            ("0", None),
            ("3个", None),
            ("", None),
        ] {
            assert_eq!(lone_number(text), expected, "{text}");
        }
    }
}
