//! Was the official text changed: its wording, its figures, its agencies?
//!
//! A clerk may shorten and reword on purpose; what counts is a text that looks like the official one and is not.
//! How a township handles the official text is learnt from its other rows: where most rows copy it to the letter, a
//! small change stands out; where the clerk rewords everything, only a change that cannot be rewording is reported.

mod agencies;
mod alignment;
mod degree;
mod figures;
mod groups;
mod habits;
mod islands;
mod judge;
mod named;
mod official;
mod reported;
mod same_words;
mod text;
mod whole_words;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use self::agencies::Cell;
use self::habits::Habits;
use self::official::Official;
pub(super) use self::official::Officials;
use self::reported::Beside;
use super::context::{Context, Row};
use super::finding::{Finding, Kind, Severity};
use crate::list::{Field, Task};
use crate::records::Entry;
use crate::words::Words;

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

/// A row with the one task it answers, its name, and what it tells of its content.
struct Answer<'a, 'o> {
    row: Row<'a>,
    task: &'a Task,
    official: &'o Official,
    name: Option<Beside<'o>>,
    told: Option<Told<'a, 'o>>,
}

/// Finds rows in which the official text was changed.
pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let sources = context.sources();
    let mut by_file: BTreeMap<usize, Vec<Answer<'_, '_>>> = BTreeMap::new();
    for (filed, _, row) in context.numbered_rows() {
        let officials = &context.prepared.officials.0;
        if let Some((task, official)) = row.task().and_then(|task| Some((task, officials.get(&task.number)?))) {
            let name = row.entry(Field::Name).map(|entry| official.beside_name(&entry.text));
            let told = content_of(&row, task);
            let told = told.map(|(entry, text)| Told { entry, text, beside: official.beside_content(text) });
            let answer = Answer { row, task, official, name, told };
            by_file.entry(sources[filed]).or_default().push(answer);
        }
    }
    for rows in by_file.into_values() {
        findings.extend(check_file(context, &rows));
    }
}

/// Checks the rows of one file that answer a task.
fn check_file(context: &Context<'_>, rows: &[Answer<'_, '_>]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let agencies = agencies::cells(rows);
    let mut times: FxHashMap<u32, usize> = FxHashMap::default();
    for one in rows {
        *times.entry(one.task.number).or_default() += 1;
    }
    let habits = Habits::of(rows, &agencies, &times);
    let words = OwnWords::of(context, rows[0].row.township());
    let mut seen = BTreeSet::new();
    for (Answer { row, task, official, name, told }, agencies) in rows.iter().zip(&agencies) {
        let mut own = Vec::new();
        let (name, told, agencies) = (name.as_ref(), told.as_ref(), agencies.as_ref());
        let part = times[&task.number] > 1;
        let case = Case { row, task, official, name, told, agencies, habits: &habits, words: &words, part };
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
    let rest = after_name(&entry.text).or_else(|| longer.then_some(&*entry.text))?;
    Some((entry, rest))
}

/// What a row tells of the content: the cell, the text, and how it stands to the official one.
struct Told<'a, 'o> {
    entry: &'a Entry,
    text: &'a str,
    beside: Beside<'o>,
}

/// A row, its task, and how its file handles the official text.
struct Case<'a, 'b> {
    row: &'b Row<'a>,
    task: &'a Task,
    official: &'b Official,
    /// Its name beside the official one.
    name: Option<&'b Beside<'b>>,
    /// What the row tells of the content.
    told: Option<&'b Told<'a, 'b>>,
    /// The cell in which the row names the agencies.
    agencies: Option<&'b Cell<'a>>,
    habits: &'b Habits,
    words: &'b OwnWords,
    /// Whether other rows of the file answer the task, too.
    part: bool,
}

impl Case<'_, '_> {
    /// What the row says in a field, beside the official text of that field; nothing where the cell is blank.
    fn beside(&self, field: Field) -> Option<&Beside<'_>> {
        if field == Field::Name { self.name } else { self.told.map(|told| &told.beside) }
    }
}

/// Words by which a township says that it speaks of its own share, whichever it is.
static SHARES: Words =
    Words::new("本街道 本镇 本乡 我街道 我镇 我乡 全镇 全街道 全乡 镇域 辖区 今年 本年 年度目标 当年");

/// Words by which one township says that it speaks of its own share: its name and the year.
#[derive(Debug)]
struct OwnWords(Vec<String>);

impl OwnWords {
    fn of(context: &Context<'_>, township: Option<&str>) -> Self {
        let mut words = vec![format!("{}年", context.period.year)];
        let own = township.and_then(|name| context.prepared.roster.get(name));
        for name in own.into_iter().flat_map(|own| std::iter::once(&own.name).chain(&own.aliases)) {
            words.push(name.clone());
        }
        Self(words)
    }

    /// Whether the text speaks of the township's own share where the official text does not.
    fn stand_in(&self, text: &str, official: &str) -> bool {
        let is_own = |word: &str| text.contains(word) && !official.contains(word);
        self.0.iter().any(|word| is_own(word)) || (SHARES.stand_in(text) && SHARES.iter().any(|word| is_own(word)))
    }
}
