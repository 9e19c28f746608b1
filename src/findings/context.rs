//! What do the checks look at: the plan, the period, and every counted row with the task it answers.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::finding::{Finding, Kind, Place};
use super::placeholder;
use super::prepared::Prepared;
use super::previous::Previous;
use super::rules::{self, Limit};
use crate::list::{Field, Indicator, Plan, Task};
use crate::location::CellRef;
use crate::matches::{Match, MatchedSubmission, Outcome, Shelf};
use crate::memo::Memo;
use crate::period::Period;
use crate::records::values::Quantity;
use crate::records::values::unit::{Dimension, Unit};
use crate::records::{Entry, Record, Submission, TableSummary};

/// Everything that the checks of a run look at.
#[derive(Debug, Clone, Copy)]
pub struct Run<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The period reported.
    pub period: Period,
    /// Whether a person asked for this period; else it is the one that most submissions state.
    pub period_asked: bool,
    /// All submissions with their matches.
    pub submissions: &'a Shelf,
    /// The period before, where it is known.
    pub previous: Option<&'a Previous>,
    /// Decisions of a person that could not be applied.
    pub unapplied: &'a [UnappliedDecision],
    /// Explanations that townships gave instead of a change.
    pub explanations: &'a [Explanation],
}

/// What a check of single submissions looks at: those of one township, or of one file with several, so that nothing else
/// needs to be in memory.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context<'a> {
    /// The plan.
    pub(super) plan: &'a Plan,
    /// The period reported.
    pub(super) period: Period,
    /// Whether a person asked for this period.
    pub(super) period_asked: bool,
    /// The submissions with their matches.
    pub(super) submissions: &'a [Arc<MatchedSubmission>],
    /// What holds for all submissions of the run.
    pub(super) prepared: &'a Prepared<'a>,
    /// Whether narratives say nothing, of those that were read.
    placeholders: &'a Memo<bool>,
}

/// A decision of a person that could not be applied.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnappliedDecision {
    /// The township of the row, where known.
    pub township: Option<String>,
    /// The file of the row, where known.
    pub file: Option<String>,
    /// The task decided for, where one was.
    pub task: Option<u32>,
    /// The row's words that were decided on.
    pub words: String,
    /// Why it was not applied, as part of a Chinese sentence (这一行已不在提交件中).
    pub why: String,
}

/// A township's explanation of a finding that it does not change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// Code of the finding.
    pub code: String,
    /// Official name of the township.
    pub township: Option<String>,
    /// Official number of the task.
    pub task: Option<u32>,
    /// What stood there: the explanation holds as long as it does.
    pub found: Option<String>,
    /// The explanation.
    pub words: String,
}

impl<'a> Run<'a> {
    /// A run without previous period, decisions and explanations.
    pub const fn new(plan: &'a Plan, period: Period, submissions: &'a Shelf) -> Self {
        Self { plan, period, period_asked: false, submissions, previous: None, unapplied: &[], explanations: &[] }
    }

    /// What the checks of some submissions look at; `placeholders`: of no others.
    pub(super) const fn of<'b>(
        &'b self,
        submissions: &'b [Arc<MatchedSubmission>],
        prepared: &'b Prepared<'b>,
        placeholders: &'b Memo<bool>,
    ) -> Context<'b> {
        let Self { plan, period, period_asked, .. } = *self;
        Context { plan, period, period_asked, submissions, prepared, placeholders }
    }

    /// A limit as the office set it.
    pub(super) fn limit(&self, limit: &Limit) -> f64 {
        rules::limit(&self.plan.rules, limit)
    }
}

impl<'a> Context<'a> {
    /// Every counted row of every submission that counts, in reading order.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'a>> {
        self.numbered_rows().map(|(.., row)| row)
    }

    /// The counted rows of one submission; none where it does not count.
    pub(super) fn rows_of(&self, matched: &'a MatchedSubmission) -> impl Iterator<Item = Row<'a>> + use<'a> {
        let (plan, submission) = (self.plan, &matched.submission);
        let counted = matched.pairs().enumerate().filter(|(index, _)| submission.counts(*index));
        counted.map(move |(_, (record, matched))| Row { plan, submission, record, matched })
    }

    /// Every counted row of the submissions, with the index of its submission and its own therein.
    pub(super) fn numbered_rows(&self) -> impl Iterator<Item = (usize, usize, Row<'a>)> {
        let plan = self.plan;
        self.submissions.iter().enumerate().flat_map(move |(place, matched)| {
            let counted = (0..matched.matches.len()).filter(|record| matched.submission.counts(*record));
            counted.filter_map(move |record| Some((place, record, Row::of(plan, matched, record)?)))
        })
    }

    /// For each submission the first one of the same file and township: rows of all of these may share cells.
    pub(super) fn sources(&self) -> Vec<usize> {
        let mut first: BTreeMap<(&str, Option<&str>), usize> = BTreeMap::new();
        let source = |(place, matched): (usize, &'a Arc<MatchedSubmission>)| {
            let submission = &matched.submission;
            *first.entry((&submission.file, submission.township.value.as_deref())).or_insert(place)
        };
        self.submissions.iter().enumerate().map(source).collect()
    }

    /// The submissions of each township, in reading order, those that do not count included.
    pub(super) fn by_township(&self) -> BTreeMap<&'a str, Vec<&'a MatchedSubmission>> {
        let mut by_township: BTreeMap<&str, Vec<&MatchedSubmission>> = BTreeMap::new();
        for matched in self.submissions {
            if let Some(township) = &matched.submission.township.value {
                by_township.entry(township).or_default().push(matched);
            }
        }
        by_township
    }

    /// A limit as the office set it.
    pub(super) fn limit(&self, limit: &Limit) -> f64 {
        rules::limit(&self.plan.rules, limit)
    }

    /// Whether a narrative says nothing (see [`placeholder::is_one`]): several checks ask.
    pub(super) fn says_nothing(&self, narrative: &str) -> bool {
        *self.placeholders.get(narrative, || placeholder::is_one(narrative))
    }
}

/// A counted row with the task it answers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a> {
    /// The plan.
    pub(super) plan: &'a Plan,
    /// The submission it stands in.
    pub(super) submission: &'a Submission,
    /// The row.
    pub(super) record: &'a Record,
    /// What it answers.
    pub(super) matched: &'a Match,
}

impl<'a> Row<'a> {
    /// A row of a submission by its index.
    pub(super) fn of(plan: &'a Plan, filed: &'a MatchedSubmission, index: usize) -> Option<Self> {
        let (record, matched) = (filed.submission.records.get(index)?, filed.matches.get(index)?);
        Some(Self { plan, submission: &filed.submission, record, matched })
    }

    /// Official name of the township.
    pub(super) fn township(&self) -> Option<&'a str> {
        self.submission.township.value.as_deref()
    }

    /// Name of the sheet.
    pub(super) fn sheet(&self) -> &'a str {
        self.submission.sheets.get(self.record.sheet).map_or("", |sheet| sheet.name.as_str())
    }

    /// The table the row stands in.
    pub(super) fn table(&self) -> Option<&'a TableSummary> {
        let tables = &self.submission.sheets.get(self.record.sheet)?.tables;
        tables.iter().find(|table| table.region.contains(self.record.at))
    }

    /// The one task that the row surely answers.
    pub(super) fn task(&self) -> Option<&'a Task> {
        match (self.matched.outcome, self.matched.tasks.as_slice()) {
            (Outcome::Matched, [task]) => self.plan.task(*task),
            _ => None,
        }
    }

    /// The indicator that the row reports: the one matched, else the only one of the task in the row's unit.
    pub(super) fn indicator(&self) -> Option<&'a Indicator> {
        let indicators = &self.task()?.indicators;
        if let Some(index) = self.matched.indicator {
            return indicators.get(index);
        }
        let values = &self.record.values;
        let unit = [&values.done, &values.target].into_iter().flatten().find_map(|quantity| quantity.unit.as_deref());
        let Some(unit) = unit else { return if indicators.len() == 1 { indicators.first() } else { None } };
        let mut fitting = indicators.iter().filter(|indicator| counts_alike(unit, &indicator.unit));
        let only = fitting.next()?;
        fitting.next().is_none().then_some(only)
    }

    /// The first entry of a field.
    pub(super) fn entry(&self, field: Field) -> Option<&'a Entry> {
        self.record.entry(field)
    }

    /// Whether the row's table has a place for the field.
    pub(super) fn has_place(&self, field: Field) -> bool {
        self.entry(field).is_some() || self.record.blank_at(field).is_some()
    }

    /// Where a field of the row stands, or would stand.
    pub(super) fn cell(&self, field: Field) -> CellRef {
        let filled = self.entry(field).map(|entry| entry.at);
        filled.or_else(|| self.record.blank_at(field)).unwrap_or_else(|| self.record.name_cell())
    }

    /// A finding about a cell of the row.
    pub(super) fn finding(&self, kind: &'static Kind, cell: CellRef, message: impl Into<String>) -> Finding {
        Finding::new(kind, message).township(self.township()).tasks(&self.matched.tasks).at(
            &self.submission.file,
            Some(self.sheet()),
            Some(cell),
        )
    }

    /// The place of one of its cells, as findings name it.
    pub(super) fn place(&self, cell: CellRef) -> Place {
        Place { file: self.submission.file.clone(), sheet: Some(self.sheet().to_owned()), cell: Some(cell) }
    }

    /// A finding about a field of the row.
    pub(super) fn at_field(&self, kind: &'static Kind, field: Field, message: impl Into<String>) -> Finding {
        self.finding(kind, self.cell(field), message)
    }

    /// The tasks it answers, as an office cites them: one with its name, several by their numbers.
    pub(super) fn cited(&self) -> String {
        match self.matched.tasks.as_slice() {
            [task] => self.plan.task(*task).map_or_else(|| cite_numbers(&[*task]), cite),
            tasks => cite_numbers(tasks),
        }
    }

    /// How the row calls itself: its name, else the beginning of its content.
    pub(super) fn words(&self) -> String {
        let name = self.record.text(Field::Name);
        let words = if name.trim().is_empty() { self.record.text(Field::Content) } else { name };
        shorten(&words, 24)
    }
}

/// Whether two units may measure one indicator. 6篇 and 3个 are counts of different things, whatever converts.
pub(super) fn counts_alike(one: &str, other: &str) -> bool {
    use Dimension::{Any, Households, People, Things};
    // A ratio is written with 倍 or with nothing.
    let ratio = |unit: &str| matches!(unit, "" | "倍" | "比值");
    if one == other || (ratio(one) && ratio(other)) {
        return true;
    }
    let (Some(one), Some(other)) = (Unit::parse(one), Unit::parse(other)) else { return false };
    let counts = |unit: Unit| matches!(unit.dimension, Any | Things | Households);
    let people = one.dimension == People && other.dimension == People;
    one.fits(other) && (people || !(counts(one) || counts(other) || one.dimension == People))
}

/// A task as an office cites it: 第12项“粮食安全和重要农产品稳产保供”.
pub(super) fn cite(task: &Task) -> String {
    let name = if task.name.is_empty() { &task.content } else { &task.name };
    format!("第{}项“{}”", task.number, shorten(name, 20).replace(['“', '”'], ""))
}

/// Several official numbers as an office cites them: 第4、30项.
pub(super) fn cite_numbers(tasks: &[u32]) -> String {
    let numbers: Vec<String> = tasks.iter().map(u32::to_string).collect();
    format!("第{}项", numbers.join("、"))
}

/// The title of a field's column as the township wrote it, whether the row fills it in or not.
pub(super) fn title_of(row: &Row<'_>, field: Field) -> String {
    let of_column = || {
        let mut columns = row.table()?.columns.iter();
        columns.find(|column| column.field == Some(field)).map(|column| &*column.title)
    };
    let written = row.entry(field).map(|entry| &*entry.title).filter(|title| !title.trim().is_empty());
    let title = written.or_else(of_column).map(plain_title).filter(|title| !title.is_empty());
    title.unwrap_or_else(|| field.title().to_owned())
}

/// A column's title as it stands right above the cells, without what stands over several columns.
pub(super) fn plain_title(title: &str) -> String {
    shorten(title.rsplit('›').next().unwrap_or(title), 16)
}

/// A text in quotation marks; those within it become single ones.
pub(super) fn quote(text: &str) -> String {
    format!("“{}”", text.replace('“', "‘").replace('”', "’"))
}

/// A value in a unit, as something to be filled in: 以亩为单位的数, 百分数.
pub(super) fn number_in(unit: &str) -> String {
    match unit {
        "" => "一个数".to_owned(),
        "%" => "百分数（如75%）".to_owned(),
        unit => format!("以“{unit}”为单位的数"),
    }
}

/// The text in one line, cut after some characters.
pub(super) fn shorten(text: &str, characters: usize) -> String {
    let line: String = text.split_whitespace().collect();
    if line.chars().count() <= characters {
        return line;
    }
    let cut: String = line.chars().take(characters).collect();
    format!("{cut}…")
}

/// A quantity with its unit, as a person writes it.
pub(super) fn say(quantity: &Quantity) -> String {
    let unit = quantity.unit.as_deref().unwrap_or("");
    match quantity.high {
        Some(high) => format!("{}—{}{unit}", number(quantity.value), number(high)),
        None => format!("{}{unit}", number(quantity.value)),
    }
}

/// A number without needless decimals.
pub(super) fn number(value: f64) -> String {
    let rounded = (value * 10_000.0).round() / 10_000.0;
    rounded.to_string()
}

/// A share as a percentage with at most one decimal.
pub(super) fn percent(share: f64) -> String {
    format!("{}%", (share * 1000.0).round() / 10.0)
}
