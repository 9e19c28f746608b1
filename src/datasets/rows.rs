//! Which rows give a township's submissions, records, matches, values, findings and figures?

use std::borrow::Borrow;
use std::sync::Arc;

use serde::Serialize;

use super::table::{Table, Value};
use super::tables;
use crate::consolidation::Consolidation;
use crate::findings::Finding;
use crate::list::Field;
use crate::location::{CellRef, column_letters};
use crate::matches::MatchedSubmission;
use crate::records::values::{Deadline, Precision, Quantity};
use crate::records::{KeptRole, Record};
use crate::tables::OutsideRole;

/// The values of one row.
type Row = Vec<Value>;

/// A township's part of a run; or what belongs to no township.
pub(super) struct Share<'a> {
    pub(super) consolidation: &'a Consolidation,
    /// Its place among the run's townships.
    pub(super) place: Option<usize>,
    pub(super) filed: Vec<Filed>,
    pub(super) findings: Vec<&'a Finding>,
}

/// A submission with its place in its file and its exact form.
pub(super) struct Filed {
    pub(super) matched: Arc<MatchedSubmission>,
    pub(super) part: u32,
    pub(super) exact: Vec<u8>,
}

impl Share<'_> {
    /// The rows of each table.
    pub(super) fn tables(&self) -> [(&'static Table, Vec<Row>); 8] {
        let of_filed = |rows: fn(&Filed) -> Vec<Row>| self.filed.iter().flat_map(rows).collect();
        [
            (&tables::SUBMISSIONS, of_filed(|filed| vec![submission(filed)])),
            (&tables::RECORDS, of_filed(records)),
            (&tables::MATCHES, of_filed(matches)),
            (&tables::VALUES, of_filed(values)),
            (&tables::FINDINGS, self.findings.iter().map(|found| finding(found)).collect()),
            (&tables::UNASSIGNED, of_filed(unassigned)),
            (&tables::LEDGERS, of_filed(|filed| vec![ledger(filed)])),
            (&tables::INDICATORS, self.indicators()),
        ]
    }

    /// What the township reported for each indicator.
    fn indicators(&self) -> Vec<Row> {
        let Some(place) = self.place else { return Vec::new() };
        let reported = self.consolidation.indicators.iter().filter_map(|summary| {
            let (value, _) = summary.values.of(place)?;
            let indicator = self.consolidation.plan.task(summary.task)?.indicators.get(summary.indicator)?;
            Some(vec![
                summary.task.into(),
                summary.indicator.into(),
                indicator.name.as_str().into(),
                value.into(),
                indicator.unit.as_str().into(),
                indicator.value.into(),
                key(indicator.direction),
                indicator.when.as_str().into(),
                indicator.adds_up.into(),
            ])
        });
        reported.collect()
    }
}

fn submission(filed: &Filed) -> Row {
    let submission = &filed.matched.submission;
    let superseded = submission.superseded.as_ref();
    vec![
        submission.file.as_str().into(),
        filed.part.into(),
        key(submission.status),
        submission.skipped.into(),
        submission.period.value.map(|period| period.to_string()).into(),
        submission.stated_day.map(|day| format!("{}-{:02}-{:02}", day.year, day.month, day.day)).into(),
        submission.size.into(),
        Some(submission.sha256.as_str()).filter(|sha256| !sha256.is_empty()).into(),
        submission.records.len().into(),
        superseded.map(|superseding| superseding.by_file.as_str()).into(),
        superseded.map(|superseding| superseding.why.as_str()).into(),
        lines(&submission.remarks).into(),
        Value::Bytes(filed.exact.clone()),
    ]
}

/// Columns that say which record it is.
fn which(filed: &Filed, record: usize) -> Row {
    vec![filed.matched.submission.file.as_str().into(), filed.part.into(), record.into()]
}

fn records(filed: &Filed) -> Vec<Row> {
    let submission = &filed.matched.submission;
    let rows = submission.records.iter().enumerate().map(|(index, record)| {
        let mut row = which(filed, index);
        row.extend([
            submission.sheet_name(record.sheet).into(),
            record.at.row_number().into(),
            column_letters(record.at.column).into(),
            submission.counts(index).into(),
            record.group.into(),
            Some(record.headings.join(" › ")).filter(|headings| !headings.is_empty()).into(),
        ]);
        row.extend(Field::ALL.into_iter().map(|field| written(record, field)));
        row
    });
    rows.collect()
}

/// A field as the township wrote it.
fn written(record: &Record, field: Field) -> Value {
    Some(record.text(field)).filter(|text| !text.is_empty()).into()
}

fn matches(filed: &Filed) -> Vec<Row> {
    let mut rows = Vec::new();
    for (index, matched) in filed.matched.matches.iter().enumerate() {
        let tasks: Vec<Option<u32>> =
            if matched.tasks.is_empty() { vec![None] } else { matched.tasks.iter().copied().map(Some).collect() };
        for (place, task) in tasks.into_iter().enumerate() {
            let mut row = which(filed, index);
            row.extend([
                filed.matched.submission.counts(index).into(),
                place.into(),
                task.into(),
                key(matched.outcome),
                matched.indicator.into(),
                matched.confidence.into(),
                key(matched.by),
                lines(&matched.reasons).into(),
            ]);
            rows.push(row);
        }
    }
    rows
}

fn values(filed: &Filed) -> Vec<Row> {
    let mut rows = Vec::new();
    for (index, record) in filed.matched.submission.records.iter().enumerate() {
        let read = &record.values;
        let quantities =
            [(Field::Target, &read.target), (Field::PeriodDone, &read.period_done), (Field::Done, &read.done)];
        let quantities = quantities.into_iter().filter_map(|(field, read)| Some((field, quantity(read.as_ref()?))));
        let rate = read.rate.map(|rate| (Field::Rate, only_number(rate)));
        let status = read.status.map(|status| (Field::Status, only_word(status.word().to_owned())));
        let deadline = read.deadline.map(|deadline| (Field::Deadline, only_word(Deadline::iso(deadline))));
        for (field, read) in quantities.chain(rate).chain(status).chain(deadline) {
            let mut row = which(filed, index);
            row.extend([filed.matched.submission.counts(index).into(), field.key().into()]);
            row.extend(read);
            rows.push(row);
        }
    }
    rows
}

/// Number, high, unit, precision and word of a quantity.
fn quantity(quantity: &Quantity) -> [Value; 5] {
    [quantity.value.into(), quantity.high.into(), quantity.unit.as_deref().into(), key(quantity.precision), Value::Null]
}

fn only_number(number: f64) -> [Value; 5] {
    [number.into(), Value::Null, Value::Null, key(Precision::Exact), Value::Null]
}

fn only_word(word: String) -> [Value; 5] {
    [Value::Null, Value::Null, Value::Null, Value::Null, word.into()]
}

fn unassigned(filed: &Filed) -> Vec<Row> {
    let submission = &filed.matched.submission;
    let left = submission.kept.iter().filter_map(|kept| {
        let hidden = match kept.role {
            KeptRole::HiddenSheet => true,
            KeptRole::Unassigned | KeptRole::Surroundings(OutsideRole::Unassigned) => false,
            _ => return None,
        };
        Some(vec![
            submission.file.as_str().into(),
            filed.part.into(),
            submission.sheet_name(kept.sheet).into(),
            kept.at.a1().into(),
            (&*kept.text).into(),
            hidden.into(),
        ])
    });
    left.collect()
}

fn ledger(filed: &Filed) -> Row {
    let submission = &filed.matched.submission;
    let ledger = submission.ledger;
    vec![
        submission.file.as_str().into(),
        filed.part.into(),
        ledger.cells.into(),
        ledger.records.into(),
        ledger.surroundings.into(),
        ledger.unassigned.into(),
    ]
}

fn finding(finding: &Finding) -> Row {
    let place = finding.place.as_ref();
    let tasks: Vec<String> = finding.tasks.iter().map(ToString::to_string).collect();
    vec![
        finding.kind.code.into(),
        finding.severity.key().into(),
        finding.tasks.first().copied().into(),
        Some(tasks.join(",")).filter(|tasks| !tasks.is_empty()).into(),
        place.map(|place| place.file.as_str()).into(),
        place.and_then(|place| place.sheet.as_deref()).into(),
        place.and_then(|place| place.cell).map(CellRef::a1).into(),
        finding.message.as_str().into(),
        finding.found.as_deref().into(),
        finding.expected.as_deref().into(),
        finding.fix.as_deref().into(),
        finding.explained.as_deref().into(),
    ]
}

/// One of a few words, as the result file writes it.
fn key(word: impl Serialize) -> Value {
    match serde_json::to_value(word) {
        Ok(serde_json::Value::String(word)) => Value::Text(word),
        _ => Value::Null,
    }
}

/// Sentences, one a line; absent where there is none.
fn lines<S: Borrow<str>>(sentences: &[S]) -> Option<String> {
    (!sentences.is_empty()).then(|| sentences.join("\n"))
}
