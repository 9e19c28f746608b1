//! How do plan, matched submissions and findings become the figures that every output shows?

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::filed::{Given, OfTownship, Outcomes};
use super::indicators;
use super::model::{Consolidation, IndicatorSummary, OpenRow, Summary, TaskState, TownshipSummary};
use super::task_cells::TaskCells;
use crate::findings::{Alongside, Finding, Severity};
use crate::list::Plan;
use crate::matches::{Decisions, Head, MatchedSubmission, Shelf};
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
    findings: Vec<Finding>,
) -> Consolidation {
    let submissions = submissions.into();
    let mut gathered = Gathered::of(plan, period, &submissions);
    for groups in submissions.groups().chunks(GROUPS_TOGETHER) {
        let shares = groups.par_iter().map(|group| {
            let filed: Vec<_> = group.iter().map(|place| submissions.get(*place)).collect();
            gathered.share_of(group, &filed)
        });
        for share in shares.collect::<Vec<_>>() {
            gathered.add(share);
        }
    }
    gathered.consolidate(plan_source, period_source, submissions, findings)
}

/// What the submissions of a run give to its figures, gathered while they are at hand for the checks.
#[derive(Debug)]
pub struct Gathered {
    plan: Arc<Plan>,
    period: Period,
    townships: Vec<TownshipSummary>,
    /// The place of each township, by its name.
    place_of: BTreeMap<String, usize>,
    /// For each submission the place that it will have in the consolidation.
    places: Vec<usize>,
    cells: TaskCells,
    indicators: Vec<IndicatorSummary>,
    outcomes: Outcomes,
    open: Vec<OpenRow>,
}

/// What a group of submissions gives.
#[derive(Debug)]
pub struct GivenByGroup(Given);

impl Alongside for Gathered {
    type Share = GivenByGroup;

    fn share_of(&self, places: &[usize], filed: &[Arc<MatchedSubmission>]) -> GivenByGroup {
        let places = places.iter().map(|place| self.places[*place]);
        let group = places.zip(filed).map(|(place, filed)| (place, &**filed)).collect();
        GivenByGroup(Given::of(&self.plan, self.period, &group))
    }

    fn add(&mut self, GivenByGroup(given): GivenByGroup) {
        self.outcomes.add(given.outcomes);
        self.open.extend(given.open);
        for (name, of_township) in given.townships {
            let place = self.place_of[&name];
            settle(&mut self.townships[place], place, of_township, &mut self.cells, &mut self.indicators);
        }
    }
}

impl Gathered {
    /// Nothing yet. What is known of the submissions without taking them from the shelf tells where each will stand.
    pub fn of(plan: impl Into<Arc<Plan>>, period: Period, submissions: &Shelf) -> Self {
        let plan: Arc<Plan> = plan.into();
        let townships = roster(&plan, submissions);
        let names = townships.iter().enumerate();
        let place_of: BTreeMap<String, usize> = names.map(|(place, township)| (township.name.clone(), place)).collect();
        let heads = submissions.heads();
        let mut order: Vec<usize> = (0..heads.len()).collect();
        order.sort_by_cached_key(|place| standing(&heads[*place], &place_of));
        let mut places = vec![0; heads.len()];
        for (place, submission) in order.into_iter().enumerate() {
            places[submission] = place;
        }
        let cells = TaskCells::new(&plan, townships.len());
        let indicators = indicators::unreported(&plan, townships.len());
        let (outcomes, open) = (Outcomes::default(), Vec::new());
        Self { plan, period, townships, place_of, places, cells, indicators, outcomes, open }
    }

    /// Everything together: these are the submissions of which all was gathered.
    pub fn consolidate(
        self,
        plan_source: impl Into<String>,
        period_source: impl Into<String>,
        mut submissions: Shelf,
        mut findings: Vec<Finding>,
    ) -> Consolidation {
        let Self { plan, period, mut townships, place_of, mut cells, mut indicators, outcomes, mut open, .. } = self;
        submissions.sort_by_key(|head| standing(head, &place_of));
        sort_findings(&mut findings, &place_of);
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
}

/// What puts submissions into their order: file, and township as the roster has them.
fn standing(head: &Head, place_of: &BTreeMap<String, usize>) -> (String, usize) {
    let township = head.township.as_ref().and_then(|name| place_of.get(name)).copied();
    (head.file.clone(), township.unwrap_or(usize::MAX))
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
