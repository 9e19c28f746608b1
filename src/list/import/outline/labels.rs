//! Which part of a paragraph is text, and which names agencies and deadlines behind labels or in brackets?

use crate::list::import::agencies::LABELS;
use crate::list::import::listing::Role;
use crate::list::import::marks::lone_number;
use crate::list::import::shapes::{
    STARS, is_agency, lists_agencies, name_agencies, split_outside_brackets, trimmed_of_duties,
};
use crate::list::import::titles::{self, Column};

/// Labels in front of deadlines.
const DEADLINES: [&str; 9] =
    ["完成时限", "完成时间", "时间节点", "时间要求", "完成期限", "时限要求", "办结时限", "时限", "完成日期"];
/// Labels in front of persons and of what is no content.
const OTHERS: [&str; 9] =
    ["责任领导", "分管领导", "牵头领导", "责任人", "联系人", "联系电话", "负责人", "包抓领导", "挂钩领导"];
/// Labels in front of content, which stays.
const CONTENTS: [&str; 9] =
    ["工作内容", "主要内容", "工作目标", "任务内容", "具体措施", "工作措施", "工作任务", "目标任务", "主要措施"];
/// Labels in front of the task's name.
const NAMES: [&str; 3] = ["任务名称", "项目名称", "工作名称"];

/// Longest label, in characters.
const LONGEST_LABEL: usize = 8;

/// Brackets that close.
const CLOSING: [char; 4] = [')', '）', '】', '〕'];

/// What labels say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Labelled {
    /// Agencies as written, with the role of the label.
    pub(super) agencies: Vec<(Role, String)>,
    /// The deadline as written; empty where there is none.
    pub(super) deadline: String,
    /// The name, where a label gives it.
    pub(super) name: Option<String>,
    /// The number, where a label gives it.
    pub(super) number: Option<u32>,
    /// The section, where a label gives it.
    pub(super) section: Option<String>,
    /// Labels of what a plan has no place for: 责任人.
    pub(super) left_out: Vec<String>,
}

impl Labelled {
    /// Whether agencies are named.
    pub(super) fn names_agencies(&self) -> bool {
        !self.agencies.is_empty()
    }

    /// Takes what a further line says. 责任单位 beside 牵头单位 means support.
    pub(super) fn join(&mut self, other: Self) {
        self.agencies.extend(other.agencies);
        self.left_out.extend(other.left_out);
        if self.deadline.is_empty() {
            self.deadline = other.deadline;
        }
        self.name = self.name.take().or(other.name);
        self.number = self.number.or(other.number);
        self.section = self.section.take().or(other.section);
        if self.agencies.iter().any(|(role, _)| *role == Role::Lead) {
            for (role, _) in &mut self.agencies {
                *role = if *role == Role::Open { Role::Support } else { *role };
            }
        }
    }
}

/// What a label introduces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    Agencies(Role),
    Deadline,
    Other,
    Content,
    Name,
    Number,
    Section,
}

/// Parts a paragraph into its text and what its labels say.
pub(super) fn split(paragraph: &str) -> (String, Labelled) {
    let mut labelled = Labelled::default();
    let (text, inside) = bracketed_end(paragraph);
    if let Some(inside) = inside {
        let rest = read_labels(inside, &mut labelled);
        if !labelled.names_agencies() && labelled.deadline.is_empty() && !rest.is_empty() {
            labelled.agencies.push((Role::Open, rest));
        }
    }
    let text = read_labels(text, &mut labelled);
    let mut joined = Labelled::default();
    joined.join(labelled);
    (text, joined)
}

/// Reads the labels of a text and gives the text that no label took.
fn read_labels(text: &str, labelled: &mut Labelled) -> String {
    let mut kept = String::new();
    let (mut label, mut word, mut start, mut index) = (Label::Content, "", 0, 0);
    let mut take = |label: Label, word: &str, part: &str| {
        let value =
            without_stray_bracket(part.trim().trim_end_matches(['；', ';', '。', '，', ',', '【', '〔']).trim());
        match label {
            Label::Content => kept.push_str(part.trim_end_matches(['【', '〔', '（', '('])),
            Label::Agencies(role) if !value.is_empty() => labelled.agencies.push((role, value.to_owned())),
            Label::Deadline if labelled.deadline.is_empty() => value.clone_into(&mut labelled.deadline),
            Label::Name => labelled.name = Some(value.to_owned()),
            Label::Number => labelled.number = lone_number(value),
            Label::Section => labelled.section = Some(value.to_owned()),
            Label::Other if !value.is_empty() => {
                labelled
                    .left_out
                    .push(word.trim_matches(|c: char| c.is_whitespace() || "：:【】".contains(c)).to_owned());
            }
            Label::Agencies(_) | Label::Deadline | Label::Other => {}
        }
    };
    while index < text.len() {
        let begins = index == 0
            || text[..index]
                .ends_with(['。', '；', ';', ' ', '　', '，', ',', '（', '(', '【', '〔', '\n', '、', '\t']);
        let found = begins.then(|| label_at(&text[index..])).flatten();
        if let Some((found, after)) = found.or_else(|| title_at(text).filter(|_| index == 0)) {
            take(label, word, &text[start..index]);
            (label, word, start) = (found, &text[index..index + after], index + after);
            index = start;
        } else {
            index += text[index..].chars().next().map_or(1, char::len_utf8);
        }
    }
    take(label, word, &text[start..]);
    kept.trim().to_owned()
}

/// A value without a closing bracket that was opened before its label: （牵头单位：甲局）.
fn without_stray_bracket(value: &str) -> &str {
    let count = |value: &str, signs: [char; 4]| value.matches(signs).count();
    let stray = |value: &str| count(value, CLOSING) > count(value, ['(', '（', '【', '〔']);
    let mut value = value;
    while stray(value) {
        let Some(shorter) = value.strip_suffix(CLOSING) else { break };
        value = shorter.trim_end_matches(['。', ' ']);
    }
    value
}

/// The label at the beginning of a text and the length up to behind its colon. Brackets around a label (【责任单位】)
/// take the colon's place.
fn label_at(text: &str) -> Option<(Label, usize)> {
    let known = || {
        let agencies = LABELS.iter().filter(|(word, _)| *word != "责任");
        agencies
            .map(|(word, role)| (*word, Label::Agencies(*role)))
            .chain(DEADLINES.iter().map(|word| (*word, Label::Deadline)))
            .chain(OTHERS.iter().map(|word| (*word, Label::Other)))
            .chain(CONTENTS.iter().map(|word| (*word, Label::Content)))
            .chain(NAMES.iter().map(|word| (*word, Label::Name)))
    };
    known().find_map(|(word, label)| {
        let after = text.strip_prefix(word)?.trim_start();
        let after = after
            .strip_prefix([':', '：'])
            .or_else(|| after.strip_prefix('】').map(|after| after.trim_start_matches([':', '：'])))?;
        Some((label, text.len() - after.len()))
    })
}

/// A title of a list's column in front of a paragraph: 整改时限：, 实施主体：. A title of names is no label where a
/// sentence may begin so (重点任务：推进……).
fn title_at(text: &str) -> Option<(Label, usize)> {
    let at = text.find([':', '：'])?;
    let after = at + text[at..].chars().next().map_or(1, char::len_utf8);
    // A sentence before a label is none: 推进建设。责任单位：.
    let word = text[..at].trim();
    let one_word =
        word.chars().count() <= LONGEST_LABEL && word.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    if !one_word {
        return None;
    }
    let label = match titles::title(&text[..at])?.column {
        Column::Number => Label::Number,
        Column::Section => Label::Section,
        Column::Name if text[..at].trim_end().ends_with("名称") => Label::Name,
        Column::Name | Column::Content => Label::Content,
        Column::Agencies => Label::Agencies(Role::Open),
        Column::Leads => Label::Agencies(Role::Lead),
        Column::Supports => Label::Agencies(Role::Support),
        Column::Deadline => Label::Deadline,
        Column::Person | Column::Other => Label::Other,
        Column::Foreign => return None,
    };
    Some((label, after))
}

/// The text and what stands in a bracket at its end, where that names agencies.
fn bracketed_end(text: &str) -> (&str, Option<&str>) {
    // A bracket on a label's own line belongs to an agency: 责任单位：各乡镇（街道）.
    if begins_with_label(text) {
        return (text, None);
    }
    let bare = text.trim_end().trim_end_matches(['。', '；', ';']);
    let closing = bare.chars().next_back().unwrap_or(' ');
    let Some(opening) = [(')', '('), ('）', '（'), ('】', '【'), ('〕', '〔')]
        .iter()
        .find(|(close, _)| *close == closing)
        .map(|(_, open)| *open)
    else {
        return (text, None);
    };
    let mut depth = 0usize;
    let mut begin = None;
    for (index, c) in bare.char_indices().rev() {
        if matches!(c, ')' | '）' | '】' | '〕') {
            depth += 1;
        } else if matches!(c, '(' | '（' | '【' | '〔') {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                begin = Some((index, c));
                break;
            }
        }
    }
    let Some((begin, found)) = begin else { return (text, None) };
    let inside = &bare[begin + found.len_utf8()..bare.len() - closing.len_utf8()];
    let names = found == opening && (begins_with_label(inside) || lists_agencies(inside) && assigns(inside));
    if !names || begin == 0 && !begins_with_label(inside) {
        return (text, None);
    }
    (text[..begin].trim_end(), Some(inside))
}

/// Whether a text begins with a label.
pub(super) fn begins_with_label(text: &str) -> bool {
    label_at(text.trim_start()).is_some()
}

/// Whether the next line belongs to a line that begins with a label: nothing stands behind it, or a separator ends it.
pub(super) fn goes_on(text: &str) -> bool {
    let text = text.trim();
    label_at(text).is_some_and(|(_, after)| text[after..].trim().is_empty() || text.ends_with('、'))
}

/// Whether a list in brackets assigns a task: every name is an agency, or a word says who leads and who supports.
fn assigns(inside: &str) -> bool {
    let names = split_outside_brackets(inside, |c| "、，,；; ".contains(c));
    // 未来乡村 and 社区 in brackets explain a word; they are not made responsible.
    let surely = |name: &&str| {
        let name = trimmed_of_duties(name.trim_matches(STARS));
        name.chars().count() >= 3 && is_agency(name) && !name.ends_with(['村', '园', '区', '场', '库', '站', '室'])
    };
    // The short name of a township shares the kind of the next one; （试点、示范镇） only sounds like it.
    let of_offices = ["政府", "办事处", "局"].iter().any(|word| inside.contains(word));
    let shares = |name: &str| of_offices && name.chars().count() <= 3 && !is_agency(name);
    let all = names.iter().zip(name_agencies(&names)).all(|(name, names)| surely(name) || names && shares(name));
    all || ["牵头", "负责", "配合"].iter().any(|word| inside.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_brackets_are_told_from_text() {
        for (paragraph, text, agencies, deadline) in [
            (
                "推进建设。（牵头单位：县发改局；责任单位：县财政局；完成时限：2025年底）",
                "推进建设。",
                "Lead县发改局+Support县财政局",
                "2025年底",
            ),
            (
                "推进建设（县发改局牵头，相关县（市、区）政府配合）。",
                "推进建设",
                "Open县发改局牵头，相关县（市、区）政府配合",
                "",
            ),
            (
                "开放场馆15处。（县文旅局牵头，城关、板桥两镇人民政府配合）",
                "开放场馆15处。",
                "Open县文旅局牵头，城关、板桥两镇人民政府配合",
                "",
            ),
            ("责任单位：县发改局、县财政局  责任领导：张某某", "", "Open县发改局、县财政局", ""),
            ("【责任单位】县发改局", "", "Open县发改局", ""),
            ("推进建设。责任单位：县发改局。", "推进建设。", "Open县发改局", ""),
            ("责任单位：县发改局，各乡镇（街道）", "", "Open县发改局，各乡镇（街道）", ""),
            (
                "改造小区。【责任单位：县住建局，各镇（街道、园区）】【完成时限：2025年6月】",
                "改造小区。",
                "Open县住建局，各镇（街道、园区）",
                "2025年6月",
            ),
            ("覆盖各乡镇（街道）", "覆盖各乡镇（街道）", "", ""),
            ("建成示范村（未来乡村）", "建成示范村（未来乡村）", "", ""),
            ("建成美丽城镇（试点、示范镇）", "建成美丽城镇（试点、示范镇）", "", ""),
            ("由县发改局牵头做好工作。", "由县发改局牵头做好工作。", "", ""),
            ("主要内容：推进建设。", "推进建设。", "", ""),
        ] {
            let (kept, labelled) = split(paragraph);
            let shown: Vec<String> = labelled.agencies.iter().map(|(role, text)| format!("{role:?}{text}")).collect();
            assert_eq!(
                (kept.as_str(), shown.join("+").as_str(), labelled.deadline.as_str()),
                (text, agencies, deadline),
                "{paragraph}"
            );
        }
    }
}
