//! Does a text only tell on which day something was done with the form: 2024年7月3日印发, 2025.4.3晚上填的?

use super::figures::is_mark_of_date;
use super::outside::is_person;
use super::text::{is_date, length, plain};
use crate::words::Words;

/// When and how a form was filled in.
static HOW: Words = Words::new("上午 下午 中午 晚上 晚 早上 夜里 凌晨 手机 用手机 电脑 重新 补 再 统一 已 前");

/// A shorter day, in characters, may be a figure.
const SHORTEST_DAY: usize = 6;

/// Whether a text says in passing on which day the form was filled in: 2025.4.3晚上填的, 2024年8月1日 手机填 空白的是没有.
/// What was done that day is no such thing: 2024年8月1日填海开工.
pub(super) fn tells_when_filled_in(text: &str) -> bool {
    /// What is done with a form, as it is written in its last line; also with a month alone: 2024年7月印发.
    const FORMAL: [&str; 8] = ["印发", "印制", "填报", "报送", "上报", "制表", "汇总", "填"];
    /// The same as people say it, behind a full day only.
    const SAID: [&str; 9] = ["填的", "填好", "填完", "填写", "填表", "报的", "整理", "更新", "打的"];
    const LONGEST: usize = 120;
    /// A day and one character behind it, in bytes.
    const SHORTEST: usize = SHORTEST_DAY + '填'.len_utf8();
    if !(SHORTEST..=LONGEST).contains(&text.len()) {
        return false;
    }
    let cut = |c: char| c.is_whitespace() || matches!(c, ',' | '，' | '。' | ';' | '；');
    // Most texts begin with a Chinese character of which no date is made; it stays when they are made plain.
    let undated = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c) && !is_mark_of_date(c);
    if text.trim_start_matches(|c| cut(c) || matches!(c, '(' | '（')).starts_with(undated) {
        return false;
    }
    let words: Vec<String> = text.split(cut).map(plain).filter(|word| !word.is_empty()).take(2).collect();
    let says = |words: &[String]| {
        let joined = words.concat();
        let text = joined.trim_end_matches(['了', ')']).trim_start_matches('(');
        let formal = FORMAL.iter().filter_map(|act| text.strip_suffix(act));
        let dated = formal.clone().any(|day| length(day) >= SHORTEST_DAY && is_date(day));
        let said = SAID.iter().filter_map(|act| text.strip_suffix(act));
        dated || formal.chain(said).any(|before| told_by_day(before).is_some_and(is_how))
    };
    (1..=words.len()).any(|count| says(&words[..count]))
}

/// What stands behind a full day with which a text begins.
fn told_by_day(text: &str) -> Option<&str> {
    let end = text.rfind(|c: char| c.is_ascii_digit() || matches!(c, '日' | '号'))?;
    let end = end + text[end..].chars().next().map_or(1, char::len_utf8);
    let (day, behind) = text.split_at(end);
    is_full_day(day).then_some(behind)
}

/// Whether a text may stand between the day and the act: when, how, by whom. Any other word would be what was reported:
/// 2024年8月1日方案上报.
fn is_how(text: &str) -> bool {
    text.is_empty() || HOW.contains(text) || is_somebody(text)
}

/// Whether a text is a day of a named year and nothing else: 2025.4.3, 2024年8月1日.
fn is_full_day(text: &str) -> bool {
    let bare = text.trim_end_matches(['日', '号']);
    let parts: Vec<&str> = bare.split(['年', '月', '.', '-', '/']).collect();
    let number = |part: &str, most: u16| part.parse::<u16>().is_ok_and(|number| (1..=most).contains(&number));
    matches!(parts[..], [year, month, day] if year.len() == 4 && year.starts_with("20") && number(month, 12) && number(day, 31))
}

/// Whether a text is how colleagues call a person: 小李, 老张. A full name may be a word: 方案.
fn is_somebody(text: &str) -> bool {
    let name = text.strip_prefix(['小', '老']).filter(|name| length(name) == 1);
    name.is_some_and(|name| is_person(&format!("{name}某")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_on_which_a_form_was_filled_in() {
        for text in
            ["2025.4.3晚上填的", "2024年8月1日 手机填 有空白的是没有", "(2024/7/2上报)", "2024年7月2日，用手机填的"]
        {
            assert!(tells_when_filled_in(text), "{text}");
        }
        for text in [
            "2024年8月1日填海开工",
            "2024年8月1日 专班到场,逐户填报",
            "2024年8月填的",
            "8月底前填报",
            "方案2024.4.3上报",
            "2024年8月1日方案上报",
        ] {
            assert!(!tells_when_filled_in(text), "{text}");
        }
    }
}
