//! How do plan, matched submissions and findings become the figures that every output shows?

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::filed::{Given, OfTownship, Outcomes};
use super::indicators;
use super::model::{Consolidation, IndicatorSummary, OpenRow, Summary, TaskState, TownshipSummary};
use super::task_cells::TaskCells;
use crate::findings::{Finding, Severity};
use crate::list::Plan;
use crate::matches::{Decisions, Shelf};
use crate::period::Period;

/// Groups of submissions that are taken from the shelf beside each other.
const GROUPS_TOGETHER: usize = 256;

/// Brings everything of one run together. The order of the arguments does not matter: submissions and findings are
/// sorted here, so that the same content gives the same outputs.
pub fn consolidate(
    plan: impl Into<Arc<Plan>>,
    plan_source: impl Into<String>,
    period: Period,
    period_source: impl Into<String>,
    submissions: impl Into<Shelf>,
    mut findings: Vec<Finding>,
) -> Consolidation {
    let plan: Arc<Plan> = plan.into();
    let mut submissions = submissions.into();
    let mut townships = roster(&plan, &submissions);
    let place_of: BTreeMap<String, usize> =
        townships.iter().enumerate().map(|(place, township)| (township.name.clone(), place)).collect();
    submissions.sort_by_key(|head| {
        let township = head.township.as_ref().and_then(|name| place_of.get(name)).copied();
        (head.file.clone(), township.unwrap_or(usize::MAX))
    });
    sort_findings(&mut findings, &place_of);

    let mut cells = TaskCells::new(&plan, townships.len());
    let mut indicators = indicators::unreported(&plan, townships.len());
    let mut outcomes = Outcomes::default();
    let mut open = Vec::new();
    for groups in submissions.groups().chunks(GROUPS_TOGETHER) {
        let given = groups.par_iter().map(|group| Given::of(&plan, period, &submissions, group));
        for given in given.collect::<Vec<Given>>() {
            outcomes.add(given.outcomes);
            open.extend(given.open);
            for (name, of_township) in given.townships {
                let place = place_of[&name];
                settle(&mut townships[place], place, of_township, &mut cells, &mut indicators);
            }
        }
    }
    open.sort_by_key(|row: &OpenRow| row.index);
    indicators::add_up(&plan, &mut indicators);
    note_absences(&plan, &mut cells, &mut townships);
    note_contradictions(&mut cells, &findings, &place_of);
    count_findings(&mut townships, &findings, &place_of);
    let summary = summary(&plan, &townships, outcomes, &findings);
    Consolidation {
        plan,
        plan_source: plan_source.into(),
        period,
        period_source: period_source.into(),
        submissions,
        findings,
        townships,
        cells,
        open,
        indicators,
        summary,
        due: None,
        decisions: Decisions::default(),
    }
}

/// The roster in its order, then townships that filed and are not on it (all of them where the plan has no roster).
fn roster(plan: &Plan, submissions: &Shelf) -> Vec<TownshipSummary> {
    let mut names: Vec<String> = plan.townships.iter().map(|township| township.name.clone()).collect();
    let filed: BTreeSet<&String> = submissions.heads().iter().filter_map(|head| head.township.as_ref()).collect();
    let listed: BTreeSet<&String> = plan.townships.iter().map(|township| &township.name).collect();
    names.extend(filed.difference(&listed).map(|name| (*name).clone()));
    names.into_iter().map(|name| TownshipSummary { name, ..TownshipSummary::default() }).collect()
}

/// Puts what the submissions of a township gave into its place.
fn settle(
    township: &mut TownshipSummary,
    place: usize,
    given: OfTownship,
    cells: &mut TaskCells,
    indicators: &mut [IndicatorSummary],
) {
    township.submissions = given.submissions;
    township.received = given.received;
    let Outcomes { matched, review, extra } = given.outcomes;
    (township.rows, township.matched, township.review, township.extra) = (given.outcomes.all(), matched, review, extra);
    for (task, of_task) in given.cells {
        if let Some(cell) = cells.get_mut(task, place) {
            *cell = of_task;
        }
    }
    for (indicator, value, index) in given.values {
        indicators[indicator].values.set(place, value, index);
    }
}

/// Says of each cell without records why it has none.
fn note_absences(plan: &Plan, cells: &mut TaskCells, townships: &mut [TownshipSummary]) {
    for task in &plan.tasks {
        for (place, township) in townships.iter_mut().enumerate() {
            let Some(cell) = cells.get_mut(task.number, place) else { continue };
            if !cell.is_empty() {
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

/// Notes where a status is contradicted: it makes no light green.
fn note_contradictions(cells: &mut TaskCells, findings: &[Finding], place_of: &BTreeMap<String, usize>) {
    let open = |finding: &&Finding| finding.kind.code == "status-contradiction" && finding.explained.is_none();
    for finding in findings.iter().filter(open) {
        let Some(place) = finding.township.as_ref().and_then(|name| place_of.get(name)) else { continue };
        for task in &finding.tasks {
            if let Some(cell) = cells.get_mut(*task, *place) {
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
fn summary(plan: &Plan, townships: &[TownshipSummary], outcomes: Outcomes, findings: &[Finding]) -> Summary {
    let severity = |wanted: Severity| findings.iter().filter(|finding| finding.severity == wanted).count();
    Summary {
        townships: townships.len(),
        received: townships.iter().filter(|township| township.received).count(),
        tasks: plan.tasks.len(),
        matched: outcomes.matched,
        review: outcomes.review,
        extra: outcomes.extra,
        missing: findings.iter().filter(|finding| finding.kind.code == "missing-task").count(),
        unfilled: townships.iter().map(|township| township.unfilled).sum(),
        errors: severity(Severity::Error),
        warnings: severity(Severity::Warning),
        infos: severity(Severity::Info),
    }
}
