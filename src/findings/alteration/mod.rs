//! Was the official text changed: its wording, its figures, its agencies?
//!
//! A clerk may shorten and reword on purpose; what counts is a text that looks like the official one and is not.
//! How a township handles the official text is learnt from its other rows: where most rows copy it to the letter, a
//! small change stands out; where the clerk rewords everything, only a change that cannot be rewording is reported.

mod agencies;
mod degree;
mod figures;
mod groups;
mod islands;
mod judge;
mod same_words;
mod text;
mod whole_words;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use super::context::{Context, Row};
use super::finding::{Finding, Kind, Severity};
use super::wording::{Pieces, fold, pieces, share};
use crate::list::{Field, Plan, Task};
use crate::records::Entry;
use crate::records::values::written::half_width;

pub(super) static ALTERED_TEXT: Kind = Kind {
    code: "altered-text",
    title: "改动官方文字",
    severity: Severity::Warning,
    reports: "任务名称或主要内容照抄了清单，却改了其中的字，意思变了；数字的改动另列。简写、标点和空格不算。",
    matters: "任务的要求以印发的清单为准，不能在填报时改动。",
    remedy: "请改回清单的文字。",
    example: "“稳慎推进宅基地制度改革”写成“加快推进”：改回后消除。",
};

pub(super) static ALTERED_TARGET: Kind = Kind {
    code: "altered-target",
    title: "改动目标",
    severity: Severity::Error,
    reports: "主要内容里的数字与清单不同；或者本单位的目标值与上期不同。本单位自己的年度目标不算。",
    matters: "目标变了，完成率就没有意义。",
    remedy: "请改回原来的数字；确有调整的，请写明依据。",
    example: "清单写“体育场地设施50个”，表里写40个：改回后消除。",
};

pub(super) static ALTERED_AGENCIES: Kind = Kind {
    code: "altered-agencies",
    title: "改动责任单位",
    severity: Severity::Warning,
    reports: "责任单位与清单不同：换了牵头单位；一向照抄清单的表里，漏了牵头标记或者增减了单位。写简称、整张表只写前几个单位不算。",
    matters: "责任不清，督办会找错单位。",
    remedy: "请改回清单的责任单位。",
    example: "清单为“*区住建局”牵头，表里没有标出牵头：补上星号后消除。",
};

/// A row with the one task it answers, and its texts made comparable.
type Answer<'a, 'o> = (Row<'a>, &'a Task, &'o Official);

/// Finds rows in which the official text was changed.
pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut by_file: BTreeMap<(&str, Option<&str>), Vec<Answer<'_, '_>>> = BTreeMap::new();
    for row in context.rows() {
        let officials = &context.prepared.officials.0;
        if let Some((task, official)) = row.task().and_then(|task| Some((task, officials.get(&task.number)?))) {
            by_file.entry((&row.submission.file, row.township())).or_default().push((row, task, official));
        }
    }
    for rows in by_file.into_values() {
        findings.extend(check_file(context, &rows));
    }
}

/// Checks the rows of one file that answer a task.
fn check_file(context: &Context<'_>, rows: &[Answer<'_, '_>]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let habits = Habits::of(rows);
    let words = OwnWords::of(context, rows[0].0.township());
    let mut seen = BTreeSet::new();
    for (row, task, official) in rows {
        let mut own = Vec::new();
        let name = row.entry(Field::Name).map(|entry| pieces(&entry.text)).unwrap_or_default();
        let told = content_of(row, task).map(|(_, text)| pieces(text)).unwrap_or_default();
        let reported = Wordings { name, content: told };
        let part = rows.iter().filter(|other| other.1.number == task.number).count() > 1;
        let case = Case { row, task, official, reported, habits: &habits, words: &words, part };
        figures::check(&case, &mut own);
        text::check(&case, &mut own);
        agencies::check(&case, &mut own);
        // A merged cell belongs to several rows and is reported once.
        findings.extend(own.into_iter().filter(|finding| seen.insert((finding.kind.code, finding.place.clone()))));
    }
    findings
}

/// The cell in which a row tells the content, and what it tells of it: the content's own, what follows the name in a cell
/// of both, or the only text of the row, where it is more than a name.
fn content_of<'a>(row: &Row<'a>, task: &Task) -> Option<(&'a Entry, &'a str)> {
    let after_name = |text: &'a str| -> Option<&'a str> {
        let rest = text.trim_start().strip_prefix(task.name.as_str()).filter(|_| !task.name.is_empty())?;
        let parted = rest.trim_start_matches([':', '：', '—', '-', ' ', '\n', '(', '（', '。', ';', '；']);
        (parted.len() < rest.len() && !parted.is_empty()).then_some(parted)
    };
    if let Some(entry) = row.entry(Field::Content) {
        return Some((entry, after_name(&entry.text).unwrap_or(&entry.text)));
    }
    let entry = row.entry(Field::Name)?;
    let longer = entry.text.chars().count() > task.name.chars().count() + 4;
    let rest = after_name(&entry.text).or_else(|| longer.then_some(entry.text.as_str()))?;
    Some((entry, rest))
}

/// Name and content, cut into pieces.
#[derive(Debug)]
struct Wordings {
    name: Pieces,
    content: Pieces,
}

impl Wordings {
    const fn of(&self, field: Field) -> &Pieces {
        if matches!(field, Field::Name) { &self.name } else { &self.content }
    }
}

/// The official texts of all tasks by their numbers, made comparable once for all rows.
#[derive(Debug)]
pub(super) struct Officials(BTreeMap<u32, Official>);

impl Officials {
    /// The texts of a plan.
    pub(super) fn of(plan: &Plan) -> Self {
        Self(plan.tasks.iter().rev().map(|task| (task.number, Official::of(task))).collect())
    }
}

/// The official texts of a task.
#[derive(Debug)]
struct Official {
    wordings: Wordings,
    name: String,
    content: String,
    /// The content without its figures.
    words: String,
}

impl Official {
    fn of(task: &Task) -> Self {
        Self {
            wordings: Wordings { name: pieces(&task.name), content: pieces(&task.content) },
            name: fold(&task.name),
            content: fold(&task.content),
            words: words_only(&task.content),
        }
    }
}

/// A row, its task, and how its file handles the official text.
struct Case<'a, 'b> {
    row: &'b Row<'a>,
    task: &'a Task,
    official: &'b Official,
    /// What the row says; nothing where the cell is blank.
    reported: Wordings,
    habits: &'b Habits,
    words: &'b OwnWords,
    /// Whether other rows of the file answer the task, too.
    part: bool,
}

/// How many of a file's rows copy the official text to the letter.
#[derive(Debug, Default)]
struct Habits {
    /// Share of the rows with a name that bear the official one.
    names: f64,
    /// Share of the rows with a content that copy the official one or a part of it, figures aside.
    contents: f64,
    /// Share of the rows with a content that bear the official one to the letter.
    exact: f64,
    /// Rows enough copy their content, and not more than one of them leaves out any of it.
    never_shortens: bool,
    /// The column in which most rows name a lead, where one does.
    agencies_column: Option<(String, u32)>,
    /// Share of the rows with agencies that bear the official ones.
    agencies: f64,
    /// Share of the rows with agencies that name all leads of their task.
    leads: f64,
    /// Share of the rows with agencies that name one of the leads at least.
    a_lead: f64,
    /// Share of the rows with agencies that mark the leads.
    marked: f64,
}

impl Habits {
    fn of(rows: &[Answer<'_, '_>]) -> Self {
        let share_of = |field: Field, holds: &dyn Fn(&str, &Task, &Official) -> bool| {
            let texts = rows.iter().filter_map(|row| Some((row.0.entry(field)?.text.as_str(), row)));
            let held: Vec<bool> = texts.map(|(text, (_, task, official))| holds(text, task, official)).collect();
            // One or two rows are no habit.
            if held.len() < 3 { 0.0 } else { share(held.iter().filter(|held| **held).count(), held.len()) }
        };
        let contents = |holds: &dyn Fn(&str, &Official) -> bool| {
            let texts = rows.iter().filter_map(|(row, task, official)| Some((content_of(row, task)?.1, official)));
            let held: Vec<bool> = texts.map(|(text, official)| holds(text, official)).collect();
            if held.len() < 3 { 0.0 } else { share(held.iter().filter(|held| **held).count(), held.len()) }
        };
        let agencies_column = agencies::usual_column(rows.iter().map(|(row, task, _)| (*row, *task)));
        let usual = agencies_column.as_ref();
        let named = |holds: &dyn Fn(&str, &Task) -> bool| {
            let texts = rows.iter().filter_map(|(row, task, _)| Some((agencies::agencies_of(row, task, usual)?, task)));
            let held: Vec<bool> = texts.map(|(entry, task)| holds(&entry.text, task)).collect();
            if held.len() < 3 { 0.0 } else { share(held.iter().filter(|held| **held).count(), held.len()) }
        };
        Self {
            names: share_of(Field::Name, &|text, _, official| fold(text) == official.name),
            contents: contents(&|text, official| copies_clauses(text, &official.words)),
            exact: contents(&|text, official| fold(text) == official.content),
            never_shortens: never_shortens(rows),
            agencies: named(&agencies::are_official),
            leads: named(&agencies::name_leads),
            a_lead: named(&agencies::name_a_lead),
            marked: named(&|text, _| agencies::has_mark(text)),
            agencies_column,
        }
    }
}

/// Whether many rows copy their content and one at most leaves out any of it. The rows of a task that has several tell
/// a part each.
fn never_shortens(rows: &[Answer<'_, '_>]) -> bool {
    const ENOUGH: usize = 15;
    const LEFT_OUT: usize = 6;
    let mut times: BTreeMap<u32, usize> = BTreeMap::new();
    for (_, task, _) in rows {
        *times.entry(task.number).or_default() += 1;
    }
    let alone = rows.iter().filter(|(_, task, _)| times.get(&task.number) == Some(&1));
    let told: Vec<(&str, &Official)> =
        alone.filter_map(|(row, task, official)| Some((content_of(row, task)?.1, *official))).collect();
    let copied: Vec<(usize, usize)> = told
        .iter()
        .filter(|(text, official)| copies_clauses(text, &official.words))
        .map(|(text, official)| (words_only(text).chars().count(), official.words.chars().count()))
        .collect();
    copied.len() >= ENOUGH
        && 2 * copied.len() >= told.len()
        && copied.iter().filter(|(told, official)| told + LEFT_OUT <= *official).count() <= 1
}

/// Whether every clause of a text is one of the official text, of which the words are given; figures aside.
fn copies_clauses(text: &str, official: &str) -> bool {
    let text = half_width(text);
    let mut clauses = text.split([',', ';', '。', '、', '\n']).map(words_only).filter(|clause| !clause.is_empty());
    clauses.all(|clause| official.contains(&clause))
}

/// The characters of a text without its figures.
fn words_only(text: &str) -> String {
    fold(text).chars().filter(|c| !c.is_ascii_digit() && *c != '.').collect()
}

/// Words by which a township says that it speaks of its own share: 本镇, 今年, its name.
#[derive(Debug)]
struct OwnWords(Vec<String>);

impl OwnWords {
    fn of(context: &Context<'_>, township: Option<&str>) -> Self {
        const SHARES: &[&str] = &[
            "本街道",
            "本镇",
            "本乡",
            "我街道",
            "我镇",
            "我乡",
            "全镇",
            "全街道",
            "全乡",
            "镇域",
            "辖区",
            "今年",
            "本年",
            "年度目标",
            "当年",
        ];
        let mut words: Vec<String> = SHARES.iter().map(|word| (*word).to_owned()).collect();
        words.push(format!("{}年", context.period.year));
        let own = township.and_then(|name| context.prepared.roster.get(name));
        for name in own.into_iter().flat_map(|own| std::iter::once(&own.name).chain(&own.aliases)) {
            words.push(name.clone());
        }
        Self(words)
    }

    /// Whether the text speaks of the township's own share where the official text does not.
    fn stand_in(&self, text: &str, official: &str) -> bool {
        self.0.iter().any(|word| text.contains(word.as_str()) && !official.contains(word.as_str()))
    }
}
