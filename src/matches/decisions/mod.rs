//! What did a person decide about doubtful rows, and which rows does that settle?
//!
//! A decision is about a wording: it holds for every row so worded, whoever reports it and whenever, until a person
//! takes it back.

mod sheet;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::answer::{DecidedBy, Match, MatchedSubmission, Outcome};
use super::index::PlanIndex;
use super::indicator::indicator_of;
use super::row_key::{RowKey, wording_fingerprint};
use super::shelf::Shelf;
use crate::period::Period;
use crate::records::Record;

pub use sheet::{
    ANSWER_HEADING, ANSWERS, CANDIDATE_HEADINGS, KEY_HEADING, NUMBER_HEADING, REMARK_HEADING, TOWNSHIP_HEADING,
    WORDS_HEADING,
};

/// Confidence of what a person decided: people err too, but nothing here knows better.
const DECIDED: f64 = 0.9999;

/// What a person chose for a wording.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// It answers these official numbers, ascending.
    Tasks(Vec<u32>),
    /// It answers none.
    NotListed,
    /// The person cannot tell: the row stays to be reviewed.
    Undecided,
}

/// A decision in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The row that it was made about.
    pub row: RowKey,
    /// The township of that row, where known.
    pub township: Option<String>,
    /// The words that were decided on, as the sheet shows them.
    pub words: String,
    /// What was chosen.
    pub verdict: Verdict,
    /// The person's remark.
    pub remark: String,
    /// Whether it was just made in the review sheet; else it was carried on from an earlier run.
    pub fresh: bool,
    /// Rows of this run that it settled.
    pub settled: usize,
}

/// A decision that could not be applied.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RefusedDecision {
    /// The township of the row, where known.
    pub township: Option<String>,
    /// The file of the row, where known.
    pub file: Option<String>,
    /// The task decided for, where it was one.
    pub task: Option<u32>,
    /// The words that were decided on.
    pub words: String,
    /// Why it was not applied, as part of a Chinese sentence.
    pub why: String,
}

/// What a person decided so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decisions {
    /// One for each wording, in the order of the rows they were made about.
    pub in_force: Vec<Decision>,
    /// What could not be applied.
    pub refused: Vec<RefusedDecision>,
    /// The period of the workbook that they were read from, where it tells.
    pub period: Option<Period>,
}

impl Decisions {
    /// Brings the answers of a workbook together: one decision for each wording. Answers that contradict each other
    /// are refused, all of them.
    fn settle(answers: Vec<Decision>, refused: Vec<RefusedDecision>, period: Option<Period>) -> Self {
        let mut by_wording: BTreeMap<String, Vec<Decision>> = BTreeMap::new();
        for answer in answers {
            by_wording.entry(answer.row.wording.clone()).or_default().push(answer);
        }
        let mut decisions = Self { in_force: Vec::new(), refused, period };
        for mut answers in by_wording.into_values() {
            // Who cannot tell contradicts nobody.
            if answers.iter().any(|answer| answer.verdict != Verdict::Undecided) {
                answers.retain(|answer| answer.verdict != Verdict::Undecided);
            }
            answers.sort_by(|one, other| (&one.row, &one.verdict).cmp(&(&other.row, &other.verdict)));
            let verdicts: BTreeSet<&Verdict> = answers.iter().map(|answer| &answer.verdict).collect();
            if verdicts.len() > 1 {
                let why = "同样的文字另有一个不同的判定，两者互相矛盾";
                decisions.refused.extend(answers.iter().map(|answer| answer.refused(why)));
            } else {
                decisions.in_force.extend(answers.into_iter().next());
            }
        }
        decisions.in_force.sort_by(|one, other| one.row.cmp(&other.row));
        decisions.refused.sort();
        decisions
    }

    /// Settles all rows whose wording was decided on, but for those that a hidden key settles; afterwards the fresh
    /// decisions of this very period that met no row are refused (and stay in force).
    pub fn apply(&mut self, submissions: &mut Shelf, index: &PlanIndex, period: Period) {
        let places: BTreeMap<String, usize> =
            self.in_force.iter().enumerate().map(|(place, decision)| (decision.row.wording.clone(), place)).collect();
        if places.is_empty() {
            return;
        }
        let mut met = vec![false; self.in_force.len()];
        for place in 0..submissions.len() {
            let decided = |filed: &MatchedSubmission| -> Vec<(usize, usize)> {
                let records = filed.submission.records.iter().enumerate();
                records.filter_map(|(row, record)| Some((row, *places.get(&wording_fingerprint(record))?))).collect()
            };
            let rows = decided(&submissions.get(place));
            if rows.is_empty() {
                continue;
            }
            submissions.change(place, |filed| {
                for (row, decision) in rows {
                    met[decision] = true;
                    let (record, found) = (&filed.submission.records[row], &mut filed.matches[row]);
                    if self.in_force[decision].settle(record, found, index) {
                        self.in_force[decision].settled += 1;
                    }
                }
            });
        }
        if self.period == Some(period) {
            let lost = self.in_force.iter().zip(met).filter(|(decision, met)| decision.is_lost(*met));
            self.refused.extend(lost.map(|(decision, _)| decision.refused(why_lost(&decision.row, submissions))));
            self.refused.sort();
        }
    }

    /// The decision about a record's wording.
    pub fn about(&self, record: &Record) -> Option<&Decision> {
        if self.in_force.is_empty() {
            return None;
        }
        let wording = wording_fingerprint(record);
        self.in_force.iter().find(|decision| decision.row.wording == wording)
    }
}

impl Decision {
    /// Settles a row so worded; `false` where it is left as it is.
    fn settle(&self, record: &Record, found: &mut Match, index: &PlanIndex) -> bool {
        let by_key = found.by == DecidedBy::Id && found.outcome != Outcome::Review;
        let (outcome, tasks) = match &self.verdict {
            _ if by_key => return false,
            Verdict::Undecided => return false,
            Verdict::Tasks(tasks) => (Outcome::Matched, tasks.clone()),
            Verdict::NotListed => (Outcome::Extra, Vec::new()),
        };
        let single = if let [task] = tasks[..] { index.position(task) } else { None };
        found.indicator = single.and_then(|task| indicator_of(record, &index.tasks[task].indicators));
        found.outcome = outcome;
        found.tasks = tasks;
        found.confidence = DECIDED;
        found.by = DecidedBy::Decision;
        let remark = if self.remark.is_empty() { String::new() } else { format!("（{}）", self.remark) };
        found.reasons.insert(0, format!("人工复核判定{remark}").into());
        true
    }

    /// Whether it was made just now for a row that this run does not have.
    fn is_lost(&self, met: bool) -> bool {
        self.fresh && !met && self.verdict != Verdict::Undecided
    }

    fn refused(&self, why: impl Into<String>) -> RefusedDecision {
        let task = if let Verdict::Tasks(tasks) = &self.verdict { tasks.first().copied() } else { None };
        RefusedDecision {
            township: self.township.clone(),
            file: Some(self.row.file.clone()),
            task,
            words: self.words.clone(),
            why: why.into(),
        }
    }
}

/// Why no row has the wording any more.
fn why_lost(row: &RowKey, submissions: &Shelf) -> &'static str {
    let heads = submissions.heads().iter().enumerate();
    let mut of_file = heads.filter(|(_, head)| head.file == row.file).map(|(place, _)| submissions.get(place));
    let stands = |filed: Arc<MatchedSubmission>| {
        let sheet_of = |record: &Record| filed.submission.sheet_name(record.sheet) == row.sheet;
        filed.submission.records.iter().any(|record| record.at == row.at && sheet_of(record))
    };
    if of_file.any(stands) { "这一行的文字已经改动" } else { "这一行已不在报来的材料中" }
}
