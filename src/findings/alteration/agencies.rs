//! Were the responsible agencies changed? Short names are the same agency.

use std::collections::BTreeMap;

use super::super::context::{Row, plain_title, quote, shorten};
use super::super::finding::Finding;
use super::{ALTERED_AGENCIES, Case};
use crate::list::{Field, Task};
use crate::records::Entry;
use crate::records::values::written::half_width;

/// From this share of rows on, the file copies the official agencies as a habit.
const COPIES: f64 = 0.6;
/// From this share of rows on, what is left out stands out: below it the clerk shortens the list, or stars it as it
/// comes.
const NEVER_SHORTENS: f64 = 0.9;

/// Short names that share no beginning with the long one, both without the county in front.
const SHORT_NAMES: &[(&str, &str)] = &[
    ("资规局", "自然资源和规划分局"),
    ("资规分局", "自然资源和规划分局"),
    ("环保局", "生态环境分局"),
    ("环保分局", "生态环境分局"),
    ("文旅局", "文广旅体局"),
    ("电力公司", "国网洞头供电公司"),
    ("电力局", "国网洞头供电公司"),
    ("供电局", "国网洞头供电公司"),
    ("人民银行", "人行洞头支行"),
    ("公安局", "公安分局"),
];

/// An agency as written in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Written {
    name: String,
    lead: bool,
}

/// Reports a changed lead, and in a file that copies the list, added and missing agencies.
pub(super) fn check(case: &Case<'_, '_>, findings: &mut Vec<Finding>) {
    let Some(entry) = agencies_of(case.row, case.task, case.habits.agencies_column.as_ref()) else { return };
    let copies = case.habits.agencies >= COPIES;
    // A cell over several tasks names an office of the township, not the agencies of one task.
    if entry.shared && !copies {
        return;
    }
    let Some(change) = change(case, &parse(&entry.text), copies) else { return };
    let official = case.task.agencies();
    let (title, written) = (title_at(entry), quote(&shorten(&entry.text, 40)));
    let message = format!("“{title}”写的是{written}，{change}，请改回清单的“{official}”。");
    let finding = case.row.finding(&ALTERED_AGENCIES, entry.at, message).found(entry.text.trim());
    findings.push(finding.fix(format!("改为“{official}”")).expected(official));
}

/// A column: its title, and where it stands.
type Column = (String, u32);

/// The cell in which a row names the agencies: where it has columns for its own offices and for the list's, the latter.
/// `usual` is the column in which the other rows name them.
pub(super) fn agencies_of<'a>(row: &Row<'a>, task: &Task, usual: Option<&Column>) -> Option<&'a Entry> {
    let known = |one: &Written| task.leads.iter().chain(&task.supports).any(|official| same(&one.name, official));
    let named = |entry: &&&Entry| {
        let agencies = parse(&entry.text).iter().filter(|one| known(one)).count();
        let titled = usual.is_some_and(|(title, _)| *title == entry.title);
        (agencies, titled, usual.is_some_and(|(_, column)| *column == entry.at.column))
    };
    let entries: Vec<&Entry> = row.record.entries.iter().filter(|entry| entry.field == Some(Field::Agencies)).collect();
    if let [only] = entries[..] {
        return Some(only);
    }
    // Of several that name as many, the first.
    entries.iter().rev().max_by_key(named).copied()
}

/// The column in which most rows name a lead; none where no row does.
pub(super) fn usual_column<'a>(rows: impl Iterator<Item = (Row<'a>, &'a Task)>) -> Option<Column> {
    let mut times: BTreeMap<(&str, u32), usize> = BTreeMap::new();
    for (row, task) in rows {
        let entry = agencies_of(&row, task, None).filter(|entry| name_a_lead(&entry.text, task));
        if let Some(entry) = entry {
            *times.entry((&entry.title, entry.at.column)).or_default() += 1;
        }
    }
    times.into_iter().max_by_key(|(_, times)| *times).map(|((title, column), _)| (title.to_owned(), column))
}

fn title_at(entry: &Entry) -> String {
    let title = plain_title(&entry.title);
    if title.trim().is_empty() { Field::Agencies.title().to_owned() } else { title }
}

/// What was changed, as part of a sentence.
fn change(case: &Case<'_, '_>, written: &[Written], copies: bool) -> Option<String> {
    let task = case.task;
    let known = |name: &str| task.leads.iter().chain(&task.supports).any(|official| same(name, official));
    // Offices and persons of the township's own have nothing to do with the list's agencies.
    if task.leads.is_empty() || written.is_empty() || case.habits.a_lead < COPIES {
        return None;
    }
    let stands = |official: &str| written.iter().any(|one| same(&one.name, official));
    if let Some(lost) = task.leads.iter().find(|lead| !stands(lead))
        && (!shortens(task, written) || (case.habits.leads >= NEVER_SHORTENS && !case.part))
    {
        return Some(format!("没有牵头单位“{lost}”"));
    }
    if let Some(marking) = wrong_marks(case, written) {
        return Some(marking);
    }
    if !copies {
        return None;
    }
    if let Some(added) = written.iter().find(|one| !known(&one.name) && !is_everybody(&one.name)) {
        return Some(format!("多了“{}”", added.name));
    }
    if case.habits.agencies < NEVER_SHORTENS {
        return None;
    }
    let missing = task.supports.iter().find(|support| !stands(support) && !is_everybody(support))?;
    Some(format!("漏了“{missing}”"))
}

/// Whether some of several leads stand there, and nobody whom the list does not name: the first lead stands for all,
/// and each part of a task that has several rows names those of its own.
fn shortens(task: &Task, written: &[Written]) -> bool {
    let official = |name: &str| task.leads.iter().chain(&task.supports).any(|agency| same(name, agency));
    let lead = |one: &Written| task.leads.iter().any(|lead| same(&one.name, lead));
    written.iter().any(lead) && written.iter().all(|one| official(&one.name) || is_everybody(&one.name))
}

/// Marks on agencies that do not lead, or missing on those that do.
fn wrong_marks(case: &Case<'_, '_>, written: &[Written]) -> Option<String> {
    let leads = &case.task.leads;
    if !written.iter().any(|one| one.lead) {
        // A lone name that is not written as in the list is shortened, mark and all.
        let official = |one: &Written| leads.contains(&one.name);
        let agencies = written.iter().filter(|one| !is_everybody(&one.name)).count();
        let copied = agencies > 1 || written.iter().any(official);
        return (copied && case.habits.marked >= NEVER_SHORTENS).then(|| "没有标出牵头单位（*）".to_owned());
    }
    if let Some(wrong) = written.iter().find(|one| one.lead && !leads.iter().any(|lead| same(&one.name, lead))) {
        return Some(format!("把“{}”写成了牵头单位", wrong.name));
    }
    let unmarked = leads.iter().find(|lead| !written.iter().any(|one| one.lead && same(&one.name, lead)))?;
    Some(format!("没有把“{unmarked}”标为牵头单位"))
}

/// Whether the text names the official agencies, leads aside.
pub(super) fn are_official(text: &str, task: &Task) -> bool {
    let written = parse(text);
    let stands = |official: &String| written.iter().any(|one| same(&one.name, official)) || is_everybody(official);
    let known = |one: &Written| task.leads.iter().chain(&task.supports).any(|official| same(&one.name, official));
    !written.is_empty()
        && task.leads.iter().chain(&task.supports).all(stands)
        && written.iter().all(|one| known(one) || is_everybody(&one.name))
}

/// Whether the text names all official leads.
pub(super) fn name_leads(text: &str, task: &Task) -> bool {
    let written = parse(text);
    !task.leads.is_empty() && task.leads.iter().all(|lead| written.iter().any(|one| same(&one.name, lead)))
}

/// Whether the text names one of the official leads.
pub(super) fn name_a_lead(text: &str, task: &Task) -> bool {
    let written = parse(text);
    task.leads.iter().any(|lead| written.iter().any(|one| same(&one.name, lead)))
}

/// Whether the text marks leads.
pub(super) fn has_mark(text: &str) -> bool {
    parse(text).iter().any(|one| one.lead)
}

/// The agencies of a cell. Leads bear a star or 牵头, or stand behind the label 牵头单位.
fn parse(text: &str) -> Vec<Written> {
    let text =
        half_width(text).replace("配合单位", "、配合单位").replace("牵头单位", "、牵头单位").replace(['*', '★'], "、*");
    let mut agencies = Vec::new();
    let mut leading = false;
    // 牵头:甲、乙;配合:丙;丁: each label holds for its own list.
    let mut until_semicolon = false;
    for part in text.split_inclusive(['、', ',', ';', '。', '\n', ' ', '/']) {
        let ends_list = part.ends_with([';', '。', '\n']);
        let mut name = part.trim_end_matches(['、', ',', ';', '。', '\n', ' ', '/']).trim();
        // (标*的为牵头单位,下同) is a note of the published table.
        if name.contains("的为") || name.contains("下同") || name.starts_with("(标") {
            continue;
        }
        if let Some(rest) = name.strip_prefix("牵头单位") {
            (leading, name) = (true, rest);
        } else if let Some(rest) = name.strip_prefix("牵头:") {
            (leading, until_semicolon, name) = (true, true, rest);
        } else if let Some(rest) = OTHER_LABELS.iter().find_map(|label| name.strip_prefix(label)) {
            (leading, name) = (false, rest);
        }
        let lead = leading || name.starts_with('*') || name.contains("牵头");
        let name = name.replace("牵头", "");
        let name = name.trim_matches(|c: char| matches!(c, '*' | '(' | ')' | ':'));
        if name.chars().count() >= 2 && !name.starts_with("的为") {
            agencies.push(Written { name: name.to_owned(), lead });
        }
        if ends_list && until_semicolon {
            (leading, until_semicolon) = (false, false);
        }
    }
    agencies
}

/// What stands before agencies that do not lead.
const OTHER_LABELS: &[&str] = &["配合单位", "责任单位", "参与单位", "配合:", "协办:", "协同:", "参与:", "责任:"];

/// Townships, and words for all of them.
fn is_everybody(name: &str) -> bool {
    let ends = ["街道", "乡镇", "镇", "乡", "办事处", "政府", "街道办", "村", "社区", "部门", "单位"];
    name.starts_with('各') || name.contains("镇街") || ends.iter().any(|end| name.ends_with(end))
}

/// Whether two names mean one agency: 农业农村局, 区农业农村局; 资规局, 自然资源和规划分局.
fn same(one: &str, other: &str) -> bool {
    let (one, other) = (bare(one), bare(other));
    let (short, long) = if one.chars().count() <= other.chars().count() { (one, other) } else { (other, one) };
    if short == long {
        return true;
    }
    if short.chars().count() < 2 {
        return false;
    }
    let begins_alike = short.chars().next() == long.chars().next();
    let ends_alike = short.chars().count() >= 4 && short.chars().last() == long.chars().last();
    long.contains(&short)
        || ((begins_alike || ends_alike) && is_subsequence(&short, &long))
        || SHORT_NAMES.iter().any(|(one, other)| *one == short && long.contains(other))
}

fn is_subsequence(short: &str, long: &str) -> bool {
    let mut rest = long.chars();
    short.chars().all(|c| rest.any(|other| other == c))
}

/// The name without the county in front.
fn bare(name: &str) -> String {
    let mut name = name.trim();
    for prefix in ["温州市", "洞头区", "洞头县", "市", "区", "县"] {
        name = name.strip_prefix(prefix).filter(|rest| rest.chars().count() >= 2).unwrap_or(name);
    }
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_names_are_the_same_agency() {
        for (one, other) in [
            ("农业农村局", "区农业农村局"),
            ("洞头区农业农村局", "区农业农村局"),
            ("发改局", "区发改局"),
            ("区资规局", "自然资源和规划分局"),
            ("文旅局", "区文广旅体局"),
            ("农业局", "区农业农村局"),
            ("组织部", "区委组织部"),
            ("人社局", "区人力社保局"),
            ("卫健局", "区卫生健康局"),
            ("区文明中心", "区精神文明建设指导中心"),
        ] {
            assert!(same(one, other), "{one} {other}");
        }
        for (one, other) in [
            ("区民政局", "区教育局"),
            ("区住建局", "区农业农村局"),
            ("区科技局", "区经信局"),
            ("区财政局", "区民政局"),
            ("区委宣传部", "区委组织部"),
        ] {
            assert!(!same(one, other), "{one} {other}");
        }
    }

    #[test]
    fn leads_are_told_by_star_label_or_word() {
        let leads = |text: &str| parse(text).into_iter().filter(|one| one.lead).count();
        assert_eq!(leads("*区住建局、*区农业农村局*自然资源和规划分局,各街道乡镇"), 3);
        assert_eq!(leads("＊区发改局、区经信局"), 1);
        assert_eq!(leads("牵头单位:区住建局;配合单位:区教育局"), 1);
        assert_eq!(leads("区住建局(牵头)、区教育局"), 1);
        assert_eq!(leads("区住建局、区教育局(标*的为牵头单位,下同)"), 0);
        assert_eq!(parse("区住建局、区教育局(标*的为牵头单位,下同)").len(), 2);
    }
}
