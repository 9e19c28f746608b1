//! The result file for programs: schema `hedui/result/1` of the contract.

use std::borrow::Cow;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};

use super::beside;
use crate::consolidation::{Consolidation, Summary};
use crate::findings::Finding;
use crate::list::{Field, Plan};
use crate::location::column_letters;
use crate::matches::{DecidedBy, Match, MatchedSubmission, Outcome};
use crate::period::Period;
use crate::records::values::{Precision, Quantity, Status, Values};
use crate::records::{Ledger, Record, SubmissionStatus};

/// The schema that result files state.
pub const RESULT_SCHEMA: &str = "hedui/result/1";

/// Narratives and names that are copied as text; the other fields are read into quantities, a status and a date.
const TEXT_FIELDS: [Field; 8] = [
    Field::Name,
    Field::Content,
    Field::Agencies,
    Field::Progress,
    Field::Problem,
    Field::Plan,
    Field::Contact,
    Field::Remark,
];

/// Writes the result file.
///
/// # Errors
/// As [`prepare`].
pub fn write(consolidation: &Consolidation, path: &Path) -> anyhow::Result<()> {
    prepare(consolidation, path)?.put()
}

/// Writes the result file beside its place.
///
/// # Errors
/// Where the file cannot be written, see [`beside::prepare`].
pub fn prepare(consolidation: &Consolidation, path: &Path) -> anyhow::Result<beside::Prepared> {
    beside::prepare_with(path, |file| write_to(consolidation, file))
}

/// Writes the result file piece by piece, so that it is nowhere whole in memory.
fn write_to(consolidation: &Consolidation, mut to: impl Write) -> anyhow::Result<()> {
    serde_json::to_writer_pretty(&mut to, &ResultFile::new(consolidation)).map_err(io::Error::from)?;
    to.write_all(b"\n")?;
    Ok(())
}

/// The result file as JSON text, a line break at its end.
///
/// # Errors
/// Never for a consolidation: every key is text and every number finite.
pub fn text(consolidation: &Consolidation) -> anyhow::Result<String> {
    let mut text = Vec::new();
    write_to(consolidation, &mut text)?;
    Ok(String::from_utf8(text)?)
}

#[derive(Serialize)]
struct ResultFile<'a> {
    schema: &'static str,
    list: List<'a>,
    period: Period,
    submissions: Submissions<'a>,
    findings: Findings<'a>,
    summary: Summary,
}

/// The submissions, each made into its form when its turn comes.
struct Submissions<'a>(&'a Consolidation);

impl Serialize for Submissions<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.0.submissions.len()))?;
        for filed in self.0.submissions.iter() {
            list.serialize_element(&Filed::new(&filed, &self.0.plan))?;
        }
        list.end()
    }
}

/// The findings, each made into its form when its turn comes.
struct Findings<'a>(&'a [Finding]);

impl Serialize for Findings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(Found::new))
    }
}

#[derive(Serialize)]
struct List<'a> {
    title: &'a str,
    tasks: usize,
}

#[derive(Serialize)]
struct Filed<'a> {
    file: &'a str,
    township: Option<&'a str>,
    status: SubmissionStatus,
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<Period>,
    size: u64,
    sha256: &'a str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    remarks: &'a [String],
    ledger: Ledger,
    rows: Vec<Row<'a>>,
}

#[derive(Serialize)]
#[expect(clippy::struct_field_names, reason = "the names are the contract's keys")]
struct Row<'a> {
    sheet: &'a str,
    row: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    indicator: Option<&'a str>,
    tasks: &'a [u32],
    outcome: Outcome,
    confidence: f64,
    by: DecidedBy,
    #[serde(skip_serializing_if = "Option::is_none")]
    counted: Option<bool>,
    values: Read<'a>,
    #[serde(skip_serializing_if = "<[Arc<str>]>::is_empty")]
    reasons: &'a [Arc<str>],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    candidates: Vec<Candidate<'a>>,
}

#[derive(Serialize)]
struct Candidate<'a> {
    tasks: &'a [u32],
    probability: f64,
    why: &'a str,
}

#[derive(Serialize)]
struct Read<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<Status>,
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<Amount<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    period_done: Option<Amount<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    done: Option<Amount<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rate: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deadline: Option<String>,
    #[serde(flatten)]
    texts: std::collections::BTreeMap<&'static str, Cow<'a, str>>,
}

#[derive(Serialize)]
struct Amount<'a> {
    value: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'a str>,
    #[serde(skip_serializing_if = "Precision::is_exact")]
    precision: Precision,
    #[serde(skip_serializing_if = "Option::is_none")]
    high: Option<f64>,
}

#[derive(Serialize)]
#[expect(clippy::struct_field_names, reason = "the names are the contract's keys")]
struct Found<'a> {
    code: &'static str,
    severity: crate::findings::Severity,
    township: Option<&'a str>,
    task: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tasks: Option<&'a [u32]>,
    file: Option<&'a str>,
    sheet: Option<&'a str>,
    cell: Option<String>,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    found: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    explained: Option<&'a str>,
}

impl<'a> ResultFile<'a> {
    fn new(consolidation: &'a Consolidation) -> Self {
        let plan = &consolidation.plan;
        Self {
            schema: RESULT_SCHEMA,
            list: List { title: &plan.title, tasks: plan.tasks.len() },
            period: consolidation.period,
            submissions: Submissions(consolidation),
            findings: Findings(&consolidation.findings),
            summary: consolidation.summary,
        }
    }
}

impl<'a> Filed<'a> {
    fn new(filed: &'a MatchedSubmission, plan: &'a Plan) -> Self {
        let submission = &filed.submission;
        let rows = (0..submission.records.len()).map(|record| Row::new(filed, record, plan));
        Self {
            file: &submission.file,
            township: submission.township.value.as_deref(),
            status: submission.status,
            period: submission.period.value,
            size: submission.size,
            sha256: &submission.sha256,
            remarks: &submission.remarks,
            ledger: submission.ledger,
            rows: rows.collect(),
        }
    }
}

impl<'a> Row<'a> {
    fn new(filed: &'a MatchedSubmission, index: usize, plan: &'a Plan) -> Self {
        let submission = &filed.submission;
        let (record, matched) = (&submission.records[index], &filed.matches[index]);
        // Rows of a superseded submission do not count either, but its status already says so.
        let counted = record.counted && !submission.replaced.contains_key(&index);
        let candidates = matched.candidates.iter().map(|candidate| Candidate {
            tasks: &candidate.tasks,
            probability: four_digits(candidate.probability),
            why: &candidate.why,
        });
        Self {
            sheet: submission.sheet_name(record.sheet),
            row: record.at.row_number(),
            column: record.side_by_side.then(|| column_letters(record.at.column)),
            indicator: indicator(matched, plan),
            tasks: &matched.tasks,
            outcome: matched.outcome,
            confidence: four_digits(matched.confidence),
            by: matched.by,
            counted: (!counted).then_some(false),
            values: Read::new(record),
            reasons: &matched.reasons,
            candidates: candidates.collect(),
        }
    }
}

impl<'a> Read<'a> {
    fn new(record: &'a Record) -> Self {
        let Values { target, period_done, done, rate, status, deadline, .. } = &record.values;
        let texts = TEXT_FIELDS.into_iter().map(|field| (field.key(), record.text(field)));
        Self {
            status: *status,
            target: target.as_ref().map(Amount::new),
            period_done: period_done.as_ref().map(Amount::new),
            done: done.as_ref().map(Amount::new),
            rate: *rate,
            deadline: deadline.map(crate::records::values::Deadline::iso),
            texts: texts.filter(|(_, text)| !text.is_empty()).collect(),
        }
    }
}

impl<'a> Amount<'a> {
    fn new(quantity: &'a Quantity) -> Self {
        let Quantity { value, unit, precision, high } = quantity;
        Self { value: *value, unit: unit.as_deref(), precision: *precision, high: *high }
    }
}

impl<'a> Found<'a> {
    fn new(finding: &'a Finding) -> Self {
        let place = finding.place.as_ref();
        Self {
            code: finding.kind.code,
            severity: finding.severity,
            township: finding.township.as_deref(),
            task: finding.tasks.first().copied(),
            tasks: (finding.tasks.len() > 1).then_some(&finding.tasks),
            file: place.map(|place| place.file.as_str()),
            sheet: place.and_then(|place| place.sheet.as_deref()),
            cell: place.and_then(|place| place.cell).map(crate::location::CellRef::a1),
            message: &finding.message,
            found: finding.found.as_deref(),
            expected: finding.expected.as_deref(),
            fix: finding.fix.as_deref(),
            explained: finding.explained.as_deref(),
        }
    }
}

/// The name of the indicator, where the record reports one of several of its task.
pub(super) fn indicator<'a>(matched: &Match, plan: &'a Plan) -> Option<&'a str> {
    let [number] = matched.tasks[..] else { return None };
    let indicators = &plan.task(number)?.indicators;
    let indicator = indicators.get(matched.indicator?)?;
    (indicators.len() > 1).then_some(indicator.name.as_str())
}

/// A probability to four digits: more would only carry the noise of the arithmetic into the file.
fn four_digits(probability: f64) -> f64 {
    (probability * 10_000.0).round() / 10_000.0
}
