//! Does a row tell nothing but who made the report and when, in pieces: 平安办 徐勇 │ 2024年7月1日, 制表 │ 许多?

use super::grid::Seen;
use super::outside::{is_closing, is_person, is_signature, names_office};
use super::rows::Body;
use super::text::{is_date, length, names_agencies, plain};
use super::told_below::told_under;
use crate::list::Field;

/// What one piece of such a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    /// A word or line that signs by itself: 复核, 制表李敏, 打印:李敏, …(盖章).
    Signs,
    /// The name of a person.
    Person,
    /// An office.
    Office,
    /// A day.
    Day,
    /// A telephone number.
    Telephone,
}

impl Body<'_, '_> {
    /// Whether all cells of a row together say who made the report and when. A name or an office alone says nothing: it may be
    /// whom to ask about a task, or who does it.
    pub(super) fn only_signs(&self, cells: &[Seen]) -> bool {
        if matches!(cells, [only] if tells_when_filled_in(&only.cell.text)) {
            return true;
        }
        let mut pieces: Vec<Piece> = Vec::new();
        for seen in cells {
            let Some(of_cell) = pieces_of(&seen.cell.text) else { return false };
            pieces.extend(of_cell);
        }
        let has = |piece: Piece| pieces.contains(&piece);
        // 王芳 │ 农业服务中心 under the titles of a list may be what the list is about.
        let names_task = cells.iter().any(|seen| self.field(seen).is_some_and(Field::names_task));
        has(Piece::Signs) || !names_task && has(Piece::Day) && (has(Piece::Person) || has(Piece::Office))
    }
}

/// Whether a text says who made the report and when, in pieces: 霓屿街道经济发展办 林珊珊 2024年7月6日.
pub(super) fn is_signed(text: &str) -> bool {
    let pieces = pieces_of(text).unwrap_or_default();
    let who = pieces.iter().any(|piece| matches!(piece, Piece::Person | Piece::Office));
    who && pieces.iter().any(|piece| matches!(piece, Piece::Day | Piece::Signs))
}

/// Whether a text says in passing on which day the form was filled in: 2025.4.3晚上填的, 2024年8月1日 手机填 空白的是没有.
/// What was done that day is no such thing: 2024年8月1日填海开工.
pub(super) fn tells_when_filled_in(text: &str) -> bool {
    const ACTS: [&str; 15] = [
        "填的", "填", "填好", "填完", "填报", "填写", "填表", "报的", "报送", "上报", "制表", "整理", "汇总", "更新",
        "打的",
    ];
    const LONGEST: usize = 120;
    /// What may stand between the day and the act. Any other word would be what was reported: 2024年8月1日方案上报.
    const BETWEEN: [&str; 18] = [
        "",
        "上午",
        "下午",
        "中午",
        "晚上",
        "晚",
        "早上",
        "夜里",
        "凌晨",
        "手机",
        "用手机",
        "电脑",
        "重新",
        "补",
        "再",
        "统一",
        "已",
        "前",
    ];
    if text.len() > LONGEST {
        return false;
    }
    let cut = |c: char| c.is_whitespace() || matches!(c, ',' | '，' | '。' | ';' | '；');
    let words: Vec<String> = text.split(cut).map(plain).filter(|word| !word.is_empty()).take(2).collect();
    let says = |words: &[String]| {
        let joined = words.concat();
        let acts = ACTS.iter().filter_map(|act| joined.trim_end_matches(['了', ')']).strip_suffix(act));
        let days = acts.map(|before| {
            let before = before.trim_start_matches('(');
            let end = before.rfind(|c: char| c.is_ascii_digit() || matches!(c, '日' | '号'))?;
            let end = end + before[end..].chars().next().map_or(1, char::len_utf8);
            Some(before.split_at(end))
        });
        days.flatten().any(|(day, between)| BETWEEN.contains(&between) && is_full_day(day))
    };
    (1..=words.len()).any(|count| says(&words[..count]))
}

/// Whether a text is a day of a named year and nothing else: 2025.4.3, 2024年8月1日.
fn is_full_day(text: &str) -> bool {
    let bare = text.trim_end_matches(['日', '号']);
    let parts: Vec<&str> = bare.split(['年', '月', '.', '-', '/']).collect();
    let number = |part: &str, most: u16| part.parse::<u16>().is_ok_and(|number| (1..=most).contains(&number));
    matches!(parts[..], [year, month, day] if year.len() == 4 && year.starts_with("20") && number(month, 12) && number(day, 31))
}

/// The pieces of a cell, cut where it has white space; `None` where it says anything else.
fn pieces_of(text: &str) -> Option<Vec<Piece>> {
    const LONGEST: usize = 160;
    let whole = plain(text);
    let whole = whole.trim_matches(['(', ')']);
    if text.len() > LONGEST || whole.is_empty() {
        return None;
    }
    let words: Vec<String> = text.split_whitespace().map(plain).collect();
    if words.len() == 1 {
        return piece(whole).map(|piece| vec![piece]);
    }
    let pieces = words.iter().map(|word| {
        let word = word.trim_matches(['(', ')']);
        // 徐勇 6.28: a day without its year, which alone would be a figure.
        piece(word).or_else(|| is_day_of_month(word).then_some(Piece::Day))
    });
    let pieces: Option<Vec<Piece>> = pieces.collect();
    pieces.or_else(|| piece(whole).map(|piece| vec![piece]))
}

/// What a text without white space is.
fn piece(text: &str) -> Option<Piece> {
    if is_date(text) && length(text) >= 6 {
        Some(Piece::Day)
    } else if is_telephone(text) {
        Some(Piece::Telephone)
    } else if is_person(text) {
        Some(Piece::Person)
    } else if is_signature(text) || signed_by(text) {
        Some(Piece::Signs)
    } else if names_office(text) || names_agencies(text) {
        Some(Piece::Office)
    } else {
        is_closing(text).then_some(Piece::Signs)
    }
}

/// Whether a text is a short label and a person's name, or a word of signatures with one: 打印:李敏, 制表李敏. What is told of a
/// task has labels, too, but those are known.
fn signed_by(text: &str) -> bool {
    if let Some((label, name)) = text.split_once(':') {
        return (2..=5).contains(&length(label)) && told_under(label).is_empty() && is_person(name);
    }
    let mut places = text.char_indices().map(|(place, _)| place).skip(2).take(5);
    places.any(|place| is_signature(&text[..place]) && is_person(&text[place..]))
}

/// Whether a text is a telephone number and nothing else: 0577-63489911, 6348****.
fn is_telephone(text: &str) -> bool {
    const SHORTEST: usize = 7;
    length(text) >= SHORTEST && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '*'))
}

/// Whether a text may be a day without its year: 6.28.
fn is_day_of_month(text: &str) -> bool {
    let parts = text.split_once(['.', '/', '-']);
    let within = |part: &str, last: u8| part.parse::<u8>().is_ok_and(|number| (1..=last).contains(&number));
    parts.is_some_and(|(month, day)| within(month, 12) && within(day, 31))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_of_those_who_sign() {
        use Piece::{Day, Office, Person, Signs, Telephone};
        for (text, pieces) in [
            ("苏雨桐 0577-63489911", Some(vec![Person, Telephone])),
            ("平安办 徐勇", Some(vec![Office, Person])),
            ("(党建办 黄丽 6.28)", Some(vec![Office, Person, Day])),
            ("制表 李敏", Some(vec![Signs, Person])),
            ("打印:李敏", Some(vec![Signs])),
            ("单位负责人", Some(vec![Signs])),
            ("2024年7月1日", Some(vec![Day])),
            ("6.28", None),
            ("进展:高岙", None),
            ("平安办 已完成", None),
            ("推进中", None),
        ] {
            assert_eq!(pieces_of(text), pieces, "{text}");
        }
        assert!(is_signed("霓屿街道经济发展办 林珊珊 2024年7月6日") && !is_signed("2024年7月6日"));
        assert!(!is_signed("说明 实做为年初以来累计") && !is_signed("推进中 已完成"));
        assert!(signed_by("制表李敏") && !signed_by("制表单位"));
    }

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
