//! Does a row tell nothing but who made the report and when, in pieces: 平安办 徐勇 │ 2024年7月1日, 制表 │ 许多?

use super::dated_acts::tells_when_filled_in;
use super::grid::Seen;
use super::outside::{closes_unsigned, is_bare_figure, is_person, is_signature, names_office};
use super::rows::Body;
use super::text::{is_date, is_status_word, length, names_agencies, plain, plain_form};
use super::told_below::told_under;
use crate::list::Field;
use crate::words::Words;

/// Labels behind which nobody stands but who made the report: 填报:大门 颜伟.
static REPORTERS: Words = Words::new(
    "填报 填表 填写 填 报 编报 报送 上报 制表 制 审核 复核 核对 校对 经办 汇总 录入 记账 打印 整理 登记人 记账人 汇总人 整理人 录入人",
);

/// Longest text of a cell, in bytes, that signs.
const LONGEST: usize = 160;

/// Shortest telephone number, in characters.
const SHORTEST_TELEPHONE: usize = 7;

/// Longest name of a person, or of a township as people say it, in characters.
const LONGEST_NAME: usize = 4;

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
    /// Whether a cell says in all its pieces who made the report or when, or begins with the day on which something was done
    /// with it.
    pub(super) fn says_who_or_when(seen: &Seen) -> bool {
        let first = seen.cell.text.split_whitespace().next().map(plain).unwrap_or_default();
        pieces_of(&seen.cell.text).is_some() || piece(&first) == Some(Piece::Day)
    }

    /// Whether all cells of a row together say who made the report and when. A name or an office alone says nothing: it may be
    /// whom to ask about a task, or who does it.
    pub(super) fn only_signs(&self, cells: &[Seen]) -> bool {
        if matches!(cells, [only] if tells_when_filled_in(&only.cell.text) || signs_for_the_organ(&only.cell.text)) {
            return true;
        }
        if cells.iter().any(|seen| seen.cell.text.len() > LONGEST || is_figure(&seen.cell.text)) {
            return false;
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

/// Whether a text is the name of a task force and whose it is: 北岙街道千万工程专班.
fn is_task_force(text: &str) -> bool {
    const LONGEST: usize = 20;
    let begins = text.char_indices().nth(2).map_or("", |(place, _)| &text[place..]);
    ["专班", "领导小组", "指挥部"].iter().any(|end| text.ends_with(end))
        && length(text) <= LONGEST
        && ["街道", "镇", "乡"].iter().any(|kind| begins.starts_with(kind))
        // What was done: 成立街道工作专班.
        && !["成立", "组建", "设立", "召开", "抽调"].iter().any(|done| text.starts_with(done))
}

/// Whether a text names a township's organ, though not which, and a person: 街道办事处 陶敏.
fn signs_for_the_organ(text: &str) -> bool {
    const ORGANS: [&str; 5] = ["街道办事处", "镇人民政府", "乡人民政府", "镇政府", "乡政府"];
    let words: Vec<String> = text.split_whitespace().take(3).map(plain).collect();
    matches!(&words[..], [organ, person] if ORGANS.iter().any(|end| organ.ends_with(end)) && is_person(person))
}

/// Whether a text is a figure that is neither a date nor a telephone number, such as most rows hold.
fn is_figure(text: &str) -> bool {
    text.len() < SHORTEST_TELEPHONE && is_bare_figure(text)
}

/// The pieces of a cell, cut where it has white space; `None` where it says anything else.
fn pieces_of(text: &str) -> Option<Vec<Piece>> {
    if is_figure(text) {
        return None;
    }
    let whole = plain_form(text);
    let whole = whole.trim_matches(['(', ')']);
    if text.len() > LONGEST || whole.is_empty() {
        return None;
    }
    if text.split_whitespace().nth(1).is_none() {
        return piece(whole).map(|piece| vec![piece]);
    }
    let words: Vec<String> = text.split_whitespace().map(plain).collect();
    let labelled = words.first().is_some_and(|word| names_reporter(word.trim_matches(['(', ')'])));
    let pieces = words.iter().map(|word| {
        let word = word.trim_matches(['(', ')']);
        // 徐勇 6.28: a day without its year, which alone would be a figure. Behind 填报: any name is a person's.
        let day = || is_day_of_month(word).then_some(Piece::Day);
        piece(word).or_else(day).or_else(|| (labelled && may_be_name(word)).then_some(Piece::Person))
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
    } else if is_signature(text) || signed_by(text) || names_reporter(text) {
        Some(Piece::Signs)
    } else if names_office(text) || names_agencies(text) || is_task_force(text) {
        Some(Piece::Office)
    } else {
        closes_unsigned(text).then_some(Piece::Signs)
    }
}

/// Whether a text is a short label and a person's name, or a word of signatures with one: 打印:李敏, 制表李敏. What is told of a
/// task has labels, too, but those are known.
fn signed_by(text: &str) -> bool {
    if let Some((label, name)) = text.split_once(':') {
        return (2..=5).contains(&length(label)) && told_under(label).is_empty() && is_person(name);
    }
    let mut places = text.char_indices().map(|(place, _)| place).skip(2).take(5);
    places.any(|place| is_person(&text[place..]) && is_signature(&text[..place]))
}

/// Whether a text is a label of who made the report, with a name behind it or room for one: 填报:大门, 制表:.
fn names_reporter(text: &str) -> bool {
    let Some((label, name)) = text.split_once(':') else { return false };
    REPORTERS.contains(label) && (name.is_empty() || may_be_name(name))
}

/// Whether a text may be the name of a person or a township, whatever it is: characters alone, and no state.
fn may_be_name(text: &str) -> bool {
    (2..=LONGEST_NAME).contains(&length(text))
        && text.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
        && !is_status_word(text)
        && !matches!(text, "暂无" | "没有" | "同上" | "同前")
}

/// Whether a text is a telephone number and nothing else: 0577-63489911, 6348****.
pub(super) fn is_telephone(text: &str) -> bool {
    length(text) >= SHORTEST_TELEPHONE && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '*'))
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
    fn a_task_force_signs_with_a_day() {
        assert!(is_signed("北岙街道千万工程专班 2024-07-05") && is_signed("大门镇工作领导小组 2024年7月5日"));
        assert!(!is_signed("成立街道工作专班 2024-07-05") && !is_signed("工作专班 2024-07-05"));
    }

    #[test]
    fn an_organ_and_a_person_sign() {
        assert!(signs_for_the_organ("街道办事处 陶敏") && signs_for_the_organ("鹿西乡人民政府  林海"));
        for text in ["街道办事处", "经发办 陶敏", "街道办事处 陶敏 已完成", "镇政府 大楼"] {
            assert!(!signs_for_the_organ(text), "{text}");
        }
    }

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
            ("填报：大门  颜伟", Some(vec![Signs, Person])),
            ("制表： 司空明", Some(vec![Signs, Person])),
            ("2024年7月1日", Some(vec![Day])),
            ("上报:已完成", None),
            ("填报:3家 颜伟", None),
            ("上报 颜伟", None),
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
}
