//! How do plan, matched submissions and findings become the figures that every output shows?

use std::collections::{BTreeMap, BTreeSet};

use super::indicators;
use super::model::{Consolidation, RecordIndex, Summary, TaskCell, TaskState, TownshipSummary};
use super::unfilled::is_unfilled;
use crate::findings::{Finding, Severity};
use crate::list::Plan;
use crate::matches::{Decisions, MatchedSubmission, Outcome};
use crate::period::Period;
use crate::records::SubmissionStatus;

/// Brings everything of one run together. The order of the arguments does not matter: submissions and findings are
/// sorted here, so that the same content gives the same outputs.
pub fn consolidate(
    plan: Plan,
    plan_source: impl Into<String>,
    period: Period,
    period_source: impl Into<String>,
    mut submissions: Vec<MatchedSubmission>,
    mut findings: Vec<Finding>,
) -> Consolidation {
    let mut townships = roster(&plan, &submissions);
    let place_of: BTreeMap<String, usize> =
        townships.iter().enumerate().map(|(place, township)| (township.name.clone(), place)).collect();
    submissions.sort_by(|one, other| {
        let key = |filed: &MatchedSubmission| {
            let township = filed.submission.township.value.as_ref().and_then(|name| place_of.get(name)).copied();
            (filed.submission.file.clone(), township.unwrap_or(usize::MAX))
        };
        key(one).cmp(&key(other))
    });
    sort_findings(&mut findings, &place_of);

    let mut cells = cells(&plan, &submissions, &place_of, &mut townships);
    note_contradictions(&mut cells, &findings, &place_of);
    count_findings(&mut townships, &findings, &place_of);
    let indicators = indicators::summarise(&plan, &submissions, &cells, townships.len());
    let summary = summary(&plan, &townships, &submissions, &findings);
    Consolidation {
        plan,
        plan_source: plan_source.into(),
        period,
        period_source: period_source.into(),
        submissions,
        findings,
        townships,
        cells,
        indicators,
        summary,
        due: None,
        decisions: Decisions::default(),
    }
}

/// The roster in its order, then townships that filed and are not on it (all of them where the plan has no roster).
fn roster(plan: &Plan, submissions: &[MatchedSubmission]) -> Vec<TownshipSummary> {
    let mut names: Vec<String> = plan.townships.iter().map(|township| township.name.clone()).collect();
    let filed: BTreeSet<&String> =
        submissions.iter().filter_map(|filed| filed.submission.township.value.as_ref()).collect();
    let listed: BTreeSet<&String> = plan.townships.iter().map(|township| &township.name).collect();
    names.extend(filed.difference(&listed).map(|name| (*name).clone()));
    names.into_iter().map(|name| TownshipSummary { name, ..TownshipSummary::default() }).collect()
}

/// By township as the roster has them (nobody's last), then file, sheet, cell, code, task and sentence.
fn sort_findings(findings: &mut [Finding], place_of: &BTreeMap<String, usize>) {
    findings.sort_by(|one, other| {
        let township = |finding: &Finding| {
            finding.township.as_ref().map_or(usize::MAX, |name| place_of.get(name).copied().unwrap_or(usize::MAX - 1))
        };
        (township(one), &one.place, one.kind.code, &one.tasks, &one.message, &one.found).cmp(&(
            township(other),
            &other.place,
            other.kind.code,
            &other.tasks,
            &other.message,
            &other.found,
        ))
    });
}

/// One cell per task and township, filled from the counted records; counts the townships' rows on the way.
fn cells(
    plan: &Plan,
    submissions: &[MatchedSubmission],
    place_of: &BTreeMap<String, usize>,
    townships: &mut [TownshipSummary],
) -> BTreeMap<(u32, usize), TaskCell> {
    let mut cells: BTreeMap<(u32, usize), TaskCell> = BTreeMap::new();
    for (index, filed) in submissions.iter().enumerate() {
        let Some(place) = filed.submission.township.value.as_ref().and_then(|name| place_of.get(name)).copied() else {
            continue;
        };
        let township = &mut townships[place];
        township.submissions.push(index);
        if filed.submission.status != SubmissionStatus::Read {
            continue;
        }
        township.received = true;
        for (record, matched) in filed.matches.iter().enumerate() {
            if !filed.submission.counts(record) {
                continue;
            }
            township.rows += 1;
            match matched.outcome {
                Outcome::Matched => township.matched += 1,
                Outcome::Review => township.review += 1,
                Outcome::Extra => township.extra += 1,
            }
            let unfilled = is_unfilled(&filed.submission.records[record]);
            for task in &matched.tasks {
                add(cells.entry((*task, place)).or_default(), (index, record), matched.outcome, unfilled);
            }
        }
    }
    for task in &plan.tasks {
        for (place, township) in townships.iter_mut().enumerate() {
            let cell = cells.entry((task.number, place)).or_default();
            if !cell.records.is_empty() {
                township.unfilled += usize::from(cell.state == TaskState::Unfilled);
                continue;
            }
            cell.state = match (plan.must_report(&township.name, task), township.received) {
                (false, _) => TaskState::NotExpected,
                (true, false) => TaskState::NoSubmission,
                (true, true) => TaskState::Missing,
            };
            township.missing += usize::from(cell.state == TaskState::Missing);
        }
    }
    cells
}

/// A further record of a cell: one that is matched makes it reported, one under review leaves it waiting, a row of the
/// standard form that nobody filled in does neither.
fn add(cell: &mut TaskCell, record: RecordIndex, outcome: Outcome, unfilled: bool) {
    cell.records.push(record);
    cell.state = match (outcome, cell.state) {
        (_, TaskState::Reported) => TaskState::Reported,
        (Outcome::Matched, _) if !unfilled => TaskState::Reported,
        (Outcome::Review, _) | (_, TaskState::Review) => TaskState::Review,
        _ => TaskState::Unfilled,
    };
}

/// Notes where a status is contradicted: it makes no light green.
fn note_contradictions(
    cells: &mut BTreeMap<(u32, usize), TaskCell>,
    findings: &[Finding],
    place_of: &BTreeMap<String, usize>,
) {
    let open = |finding: &&Finding| finding.kind.code == "status-contradiction" && finding.explained.is_none();
    for finding in findings.iter().filter(open) {
        let Some(place) = finding.township.as_ref().and_then(|name| place_of.get(name)) else { continue };
        for task in &finding.tasks {
            if let Some(cell) = cells.get_mut(&(*task, *place)) {
                cell.contradicted = true;
            }
        }
    }
}

/// Counts the findings of each township by severity.
fn count_findings(townships: &mut [TownshipSummary], findings: &[Finding], place_of: &BTreeMap<String, usize>) {
    for finding in findings {
        let Some(place) = finding.township.as_ref().and_then(|name| place_of.get(name)) else { continue };
        let township = &mut townships[*place];
        *match finding.severity {
            Severity::Error => &mut township.errors,
            Severity::Warning => &mut township.warnings,
            Severity::Info => &mut township.infos,
        } += 1;
    }
}

/// The counts of the contract. Rows of a workbook that does not tell whose it is count as rows, in no township.
fn summary(
    plan: &Plan,
    townships: &[TownshipSummary],
    submissions: &[MatchedSubmission],
    findings: &[Finding],
) -> Summary {
    let rows = |wanted: Outcome| {
        let counting = |filed: &MatchedSubmission| {
            let matches = filed.matches.iter().enumerate();
            matches.filter(|(record, matched)| filed.submission.counts(*record) && matched.outcome == wanted).count()
        };
        submissions.iter().map(counting).sum()
    };
    let severity = |wanted: Severity| findings.iter().filter(|finding| finding.severity == wanted).count();
    Summary {
        townships: townships.len(),
        received: townships.iter().filter(|township| township.received).count(),
        tasks: plan.tasks.len(),
        matched: rows(Outcome::Matched),
        review: rows(Outcome::Review),
        extra: rows(Outcome::Extra),
        missing: findings.iter().filter(|finding| finding.kind.code == "missing-task").count(),
        unfilled: townships.iter().map(|township| township.unfilled).sum(),
        errors: severity(Severity::Error),
        warnings: severity(Severity::Warning),
        infos: severity(Severity::Info),
    }
}
