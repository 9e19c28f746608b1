//! The forms in which one line of a text tells of a task.

use super::{SHORTEST_NARRATIVE, told_below};
use crate::list::Field;
use crate::numeral::circled;
use crate::tables::figures::is_digit_of_ten;
use crate::tables::layout::Knowledge;
use crate::tables::outside::{is_caption, is_note, is_signature};
use crate::tables::rows::REPORTED;
use crate::tables::text::{is_narrative, is_numeric, is_status_word, length, one_line, plain};
use crate::tables::vocabulary::Recognised;

/// Longest name, in characters.
const LONGEST_NAME: usize = 30;
/// Shortest sentence, in characters, behind a name that only a comma parts from it.
const SHORTEST_SENTENCE: usize = 8;
/// Longest text, in characters, before a name in brackets: who reports it.
const LONGEST_REPORTER: usize = 20;
/// Pairs of brackets in which names and states stand.
const BRACKETS: [(char, char); 7] =
    [('【', '】'), ('《', '》'), ('「', '」'), ('[', ']'), ('〔', '〕'), ('(', ')'), ('（', '）')];

/// What one line of a text tells.
#[derive(Debug, PartialEq)]
pub(super) enum Told {
    /// Nothing of a task.
    Nothing,
    /// The name of a task and nothing else.
    Name { name: String, official: bool, status: Option<String> },
    /// More of the task above: 进展:….
    More(Field, String, Option<String>),
    /// A state or a narrative that stands alone.
    Unlabelled(Field, String),
    /// The name of a task, and what was done.
    All { name: String, official: bool, narrative: String, status: Option<String> },
    /// The same, but only a comma parts the name from what was done: below a name it is but a narrative.
    Sentence(Box<Told>, String),
}

/// What one line tells.
pub(super) fn line(text: &str, knowledge: &Knowledge) -> Told {
    let text = one_line(text);
    if is_example(&text) {
        return Told::Nothing;
    }
    let unnumbered = without_number(&text);
    if let Some((field, told)) = told_below(unnumbered).or_else(|| labelled(unnumbered, knowledge)) {
        let (told, status) = if field == Field::Progress { without_status(told) } else { (told.to_owned(), None) };
        return Told::More(field, told, status);
    }
    if let Some(all) = paragraph(&text, knowledge) {
        return all;
    }
    let labelled = unnumbered.split_once([':', '：']).filter(|(label, _)| {
        matches!(plain(label).as_str(), "任务" | "任务名称" | "问" | "事项" | "工作任务" | "项目" | "工作" | "任务事项")
    });
    let name = labelled.map_or(unnumbered, |(_, name)| name.trim()).trim_end_matches([':', '：']);
    let (name, status) = without_status(name);
    let name = in_brackets(&name).unwrap_or(&name);
    let named = is_name(name);
    let official = named && knowledge.official.is_task(name);
    let numbered = unnumbered.len() < text.len() || labelled.is_some();
    let named = named && !knowledge.official.is_section(name);
    if named && (official || numbered) {
        Told::Name { name: name.to_owned(), official, status }
    } else if is_status_word(&plain(unnumbered)) {
        Told::Unlabelled(Field::Status, unnumbered.to_owned())
    } else if is_narrative(&plain(&text)) && !is_note(&plain(&text)) && !is_caption(&plain(&text)) {
        Told::Unlabelled(Field::Progress, text)
    } else {
        Told::Nothing
    }
}

/// A label of the form with its value: 目标:3亿元.
fn labelled<'t>(text: &'t str, knowledge: &Knowledge) -> Option<(Field, &'t str)> {
    let (label, told) = text.split_once([':', '：'])?;
    let meaning = knowledge.vocabulary.meaning(label).filter(|meaning| meaning.by != Recognised::Part)?;
    let value =
        |field: &&Field| REPORTED.contains(field) || matches!(field, Field::Target | Field::Unit | Field::Deadline);
    let figures = is_numeric(&plain(told));
    let field = meaning.fields.iter().filter(value).find(|field| field.is_quantity() == figures);
    let field = field.or(meaning.fields.first().filter(value));
    let told = told.trim();
    field.filter(|_| !told.is_empty()).map(|field| (*field, told))
}

/// What a paragraph says of a task: 重大项目建设：开工4个。【推进中】, 建设办林莉【重大项目建设】开工4个——推进中.
pub(super) fn paragraph(text: &str, knowledge: &Knowledge) -> Option<Told> {
    let whole = without_number(text);
    let (whole, ahead) = without_status_ahead(whole);
    let (rest, behind) = without_status(whole);
    let status = behind.or(ahead);
    let told = |name: &str, narrative: &str| {
        // 任务:指… explains the task.
        if !is_name(name) || narrative.starts_with('指') || length(&plain(narrative)) < SHORTEST_NARRATIVE {
            return None;
        }
        let official = knowledge.official.is_task(name);
        let fits = official || !is_label(text, name, knowledge);
        fits.then(|| Told::All {
            name: name.to_owned(),
            official,
            narrative: narrative.to_owned(),
            status: status.clone(),
        })
    };
    if let Some((name, narrative)) = name_in_brackets(&rest) {
        let known = status.is_some() || is_name(name) && knowledge.official.is_task(name);
        return told(name, narrative).filter(|_| known);
    }
    for mark in [":", "：", "——", "--"] {
        // (一)粮食安全。陈海英汇报:…: the name ended before.
        let parted = rest.split_once(mark).filter(|(name, _)| !name.contains(['。', ';', '；']));
        if let Some((name, narrative)) = parted {
            let known = [":", "："].contains(&mark) || is_name(name) && knowledge.official.is_task(name);
            return told(without_number(name), narrative.trim()).filter(|_| known);
        }
    }
    // 一是重大项目建设。码头结顶, 重大项目建设方面，码头结顶: the name of an official task opens the sentence.
    let (name, narrative) = rest.split_once(['。', '，', ',', ' '])?;
    let name = opened_by(name);
    // One after the other numbered, each with its state at the end: the words before the first stop name the task.
    let counted = whole.len() < text.trim().len() && status.is_some() && is_sentence(&format!("{narrative}。"));
    let named = is_name(name) && (knowledge.official.is_name(name) || counted);
    let all = told(name, narrative.trim()).filter(|_| named && (status.is_some() || is_sentence(narrative)))?;
    Some(Told::Sentence(Box::new(all), text.to_owned()))
}

/// Whether words tell something to the end, as a letter does and a keyword does not.
fn is_sentence(words: &str) -> bool {
    let bare = plain(words);
    length(&bare) >= SHORTEST_SENTENCE && bare.ends_with(['。', ';', ')'])
}

/// The name in the words that open a sentence of a letter: 一是…, …方面.
fn opened_by(words: &str) -> &str {
    let counted = words.trim_start_matches(is_digit_of_ten);
    let name = counted.strip_prefix('是').filter(|_| counted.len() < words.len()).unwrap_or(words);
    ["方面", "工作方面", "情况"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name).trim()
}

/// Whether a line only shows how to write one: 例:…, 格式:….
fn is_example(text: &str) -> bool {
    let text = plain(text);
    let bare = text.trim_start_matches(['(', '【', '*', '#']);
    ["例:", "例如:", "示例:", "示例】", "如:", "样例:", "格式:", "模板:"].iter().any(|word| bare.starts_with(word))
}

/// Whether a text could be the name of a task.
fn is_name(name: &str) -> bool {
    let bare = plain(name);
    // 2024-04-02 09:10 is a time.
    let worded = bare.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count() >= 2;
    worded && (2..=LONGEST_NAME).contains(&length(&bare)) && !bare.contains(['。', ';', ',', '，', '；'])
}

/// Whether what stands before the colon is a label of a form, not a task.
fn is_label(text: &str, name: &str, knowledge: &Knowledge) -> bool {
    let short = plain(text);
    is_caption(&short) || is_signature(&short) || is_note(&short) || knowledge.vocabulary.meaning(name).is_some()
}

/// The name in the brackets at the beginning of a line or behind who reports it, and what follows.
fn name_in_brackets(text: &str) -> Option<(&str, &str)> {
    BRACKETS.iter().take(5).find_map(|(left, right)| {
        let (before, rest) = text.split_once(*left)?;
        let (name, after) = rest.split_once(*right)?;
        let reporter = length(&plain(before)) <= LONGEST_REPORTER && !before.contains([':', '：', '。', ',', '，']);
        let after = after.trim_start_matches(|c: char| c.is_whitespace() || ":：,，—-".contains(c));
        (reporter && !after.is_empty()).then(|| (name.trim(), after))
    })
}

/// What stands in brackets where the whole text does.
fn in_brackets(text: &str) -> Option<&str> {
    BRACKETS.iter().find_map(|(left, right)| text.strip_prefix(*left)?.strip_suffix(*right)).map(str::trim)
}

/// A text without the number before it: (一)重大项目建设, 3.粮食安全, 2、养老服务.
fn without_number(name: &str) -> &str {
    let name = name.trim();
    let unbracketed = name.trim_start_matches(['(', '（', '第']);
    let digits = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let rest = unbracketed.trim_start_matches(digits);
    let marked = rest.len() < unbracketed.len() && rest.starts_with([')', '）', '.', '、', '．', '项']);
    let unmarked = name.trim_start_matches(|c| circled(c).is_some());
    if marked { rest.trim_start_matches([')', '）', '.', '、', '．', '项']).trim() } else { unmarked.trim() }
}

/// A text without the state in brackets at its beginning.
fn without_status_ahead(text: &str) -> (&str, Option<String>) {
    let cut = BRACKETS.iter().find_map(|(left, right)| text.strip_prefix(*left)?.split_once(*right));
    match cut {
        Some((inner, rest)) if is_status_word(&plain(inner)) => (rest.trim(), Some(inner.trim().to_owned())),
        _ => (text, None),
    }
}

/// A narrative and the state at its end, in brackets or behind a dash.
fn without_status(text: &str) -> (String, Option<String>) {
    let open = text.trim_end_matches(['。', ';', '；', ' ']);
    for (left, right) in BRACKETS {
        let Some((before, inner)) = open.strip_suffix(right).and_then(|open| open.rsplit_once(left)) else { continue };
        if is_status_word(&plain(inner)) {
            return (before.trim().to_owned(), Some(inner.trim().to_owned()));
        }
    }
    for mark in ["——", "--", "—", "状态:", "状态：", "|", "/", "。目前", "，目前", ",目前", "。"] {
        let Some((before, state)) = open.rsplit_once(mark) else { continue };
        if is_status_word(&plain(state)) {
            let before = before.trim_end_matches(|c: char| c.is_whitespace() || ",，;；。—-(（".contains(c));
            return (before.to_owned(), Some(state.trim().to_owned()));
        }
    }
    (text.to_owned(), None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::list::Plan;

    #[test]
    fn numbers_before_names() {
        for text in [
            "(一)重大项目建设",
            "（12）重大项目建设",
            "3.重大项目建设",
            "四、重大项目建设",
            "①重大项目建设",
            "重大项目建设",
        ] {
            assert_eq!(without_number(text), "重大项目建设", "{text}");
        }
        assert_eq!(without_number("三位一体改革"), "三位一体改革");
    }

    #[test]
    fn states_at_the_end() {
        let cut = |text: &str| without_status(text);
        assert_eq!(cut("终端漏水，拟换泵。【滞后】"), ("终端漏水，拟换泵。".to_owned(), Some("滞后".to_owned())));
        assert_eq!(cut("全部建成(已完成)。"), ("全部建成".to_owned(), Some("已完成".to_owned())));
        assert_eq!(cut("全部建成(附照片)"), ("全部建成(附照片)".to_owned(), None));
        assert_eq!(cut("租金一次收齐——已完成"), ("租金一次收齐".to_owned(), Some("已完成".to_owned())));
        assert_eq!(cut("路基完成，状态：推进中"), ("路基完成".to_owned(), Some("推进中".to_owned())));
    }

    #[test]
    fn lines_of_a_chat_and_of_a_letter() {
        let knowledge = Knowledge::new(&Plan::built_in());
        let all = |narrative: &str, status: Option<&str>| Told::All {
            name: "重大项目建设".to_owned(),
            official: true,
            narrative: narrative.to_owned(),
            status: status.map(str::to_owned),
        };
        let read = |text: &str| match line(text, &knowledge) {
            Told::Sentence(all, _) => *all,
            told => told,
        };
        assert_eq!(read("1. 建设办林莉【重大项目建设】码头结顶——推进中"), all("码头结顶", Some("推进中")));
        assert_eq!(read("【推进中】重大项目建设：码头已结顶"), all("码头已结顶", Some("推进中")));
        assert_eq!(read("重大项目建设——码头已结顶——推进中"), all("码头已结顶", Some("推进中")));
        assert_eq!(read("(三)重大项目建设:码头已结顶。"), all("码头已结顶。", None));
        assert_eq!(read("一是重大项目建设。码头已结顶，目前推进中。"), all("码头已结顶", Some("推进中")));
        assert_eq!(read("重大项目建设方面，滨海码头已结顶。"), all("滨海码头已结顶。", None));
        let name = |status: Option<&str>| Told::Name {
            name: "重大项目建设".to_owned(),
            official: true,
            status: status.map(str::to_owned),
        };
        assert_eq!(read("3.重大项目建设(推进中)"), name(Some("推进中")));
        assert_eq!(read("任务：重大项目建设"), name(None));
        assert_eq!(read("【重大项目建设】"), name(None));
        assert_eq!(read("进展:码头已结顶"), Told::More(Field::Progress, "码头已结顶".to_owned(), None));
        let answer = Told::More(Field::Progress, "码头已结顶".to_owned(), Some("推进中".to_owned()));
        assert_eq!(read("答:码头已结顶(推进中)"), answer);
        for text in [
            "例:党政办张三【某某任务】本月做了某某——推进中",
            "收到,辛苦各位",
            "#接龙",
            "填报人:林莉",
            "2024-04-02 09:10 农办小林",
        ] {
            assert!(matches!(read(text), Told::Nothing | Told::Unlabelled(..)), "{text}");
        }
    }
}
