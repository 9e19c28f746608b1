//! Scores findings against what a careful colleague found: planted defects per code, and alarms where nothing is wrong.

use std::collections::{BTreeMap, BTreeSet};

use super::truth::{Truth, TruthFinding};
use super::{Loaded, sheet_name, sorted, truth_of};
use crate::findings::{Finding, Run, check};
use crate::location::CellRef;
use crate::matches::{Match, MatchedSubmission, Outcome, Shelf, settle_versions};
use crate::period::Period;
use crate::records::SubmissionStatus;

/// Codes that say how rows were matched; the matching's own figures measure them.
const BY_MATCHING: [&str; 3] = ["missing-task", "extra-row", "uncertain-match"];
/// Codes that labels which are not complete leave out.
const NOT_LABELLED: [&str; 6] = [
    "missing-submission",
    "duplicate-submission",
    "missing-column",
    "number-mismatch",
    "status-contradiction",
    "bad-number",
];

/// The figures of one part.
#[derive(Debug, Default)]
pub struct FindingScore {
    /// Usable reports.
    pub reports: usize,
    /// By code: how many were planted, and how many of them were found at their cell.
    pub by_code: BTreeMap<String, (usize, usize)>,
    /// Planted and not found: place and code.
    pub missed: Vec<String>,
    /// Found where nothing is wrong: place, code and message.
    pub alarms: Vec<String>,
    /// Of the planted ones that were not found, those of rows whose match is wrong or waits for a person.
    pub missed_by_match: usize,
    /// Found where nothing is wrong, in rows whose match is wrong or waits for a person: place, code and message.
    pub alarms_by_match: Vec<String>,
}

/// Codes that compare a row with its task: they follow from the match.
const FROM_THE_MATCH: [&str; 6] =
    ["duplicate-row", "number-mismatch", "altered-text", "altered-target", "altered-agencies", "outlier"];
/// Codes for which the contract leaves the cell open: one of them concerns the file as a whole, or a sheet's header.
const OF_THE_FILE: [&str; 2] = ["hidden-content", "conflicting-township"];
/// The code that points at a header row, which may be several sheet rows.
const OF_THE_HEADER: &str = "missing-column";

/// File or township, sheet, cell and code: what a finding and a label have in common.
type Place = (String, String, String, String);

/// Scores a part: as one run where its files belong together, else file by file.
pub(super) fn score(part: &Loaded, matches: &[Vec<Match>]) -> FindingScore {
    let mut score = FindingScore::default();
    let settled = part
        .submissions
        .iter()
        .zip(matches)
        .map(|(submission, matches)| MatchedSubmission { submission: submission.clone(), matches: matches.clone() });
    let settled: Vec<MatchedSubmission> = settled.collect();
    match &part.run {
        Some(run) => {
            let labels = part.truths.iter().chain([run]).flat_map(labels).collect();
            add(part, settled, run, &labels, &mut score);
        }
        None => {
            for truth in &part.truths {
                let own = settled.iter().filter(|one| one.submission.file == truth.file).cloned().collect();
                add(part, own, truth, &labels(truth).collect(), &mut score);
            }
        }
    }
    score
}

/// Scores the findings of one run.
fn add(
    part: &Loaded,
    matched: Vec<MatchedSubmission>,
    truth: &Truth,
    labels: &BTreeSet<Place>,
    score: &mut FindingScore,
) {
    if !truth.findings_labelled {
        return;
    }
    let mut matched = Shelf::from(matched);
    let stated = matched.heads().iter().find_map(|head| head.period);
    let Some(period) = truth.period.as_deref().and_then(|period| period.parse::<Period>().ok()).or(stated) else {
        return;
    };
    settle_versions(&mut matched, period);
    score.reports += matched.heads().iter().filter(|head| head.status == SubmissionStatus::Read).count();
    let findings = check(&Run { period_asked: true, ..Run::new(&part.plan, period, &matched) });
    let doubtful = doubtful_rows(part, &matched);
    let by_match = |(file, sheet, cell, code): &Place| {
        let row = CellRef::parse_a1(cell).map(CellRef::row_number);
        FROM_THE_MATCH.contains(&code.as_str())
            && row.is_some_and(|row| doubtful.contains(&(file.clone(), sheet.clone(), row)))
    };
    let found: BTreeMap<Place, &Finding> = findings.iter().map(|finding| (place(finding), finding)).collect();
    for label in labels.iter().filter(|label| !BY_MATCHING.contains(&label.3.as_str())) {
        let counts = score.by_code.entry(label.3.clone()).or_default();
        counts.0 += 1;
        if found.contains_key(label) {
            counts.1 += 1;
        } else {
            score.missed.push(shown(label));
            score.missed_by_match += usize::from(by_match(label));
        }
    }
    let expected = |place: &Place| {
        let code = place.3.as_str();
        labels.contains(place)
            || BY_MATCHING.contains(&code)
            // A report that is scored alone says nothing of the other townships.
            || part.run.is_none() && code == "missing-submission"
            || !truth.findings_complete && NOT_LABELLED.contains(&code)
    };
    for (place, finding) in found.iter().filter(|(place, _)| !expected(place)) {
        let list = if by_match(place) { &mut score.alarms_by_match } else { &mut score.alarms };
        list.push(format!("{} {}", shown(place), finding.message));
    }
}

/// File, sheet and row of the records whose match is wrong by the labels, or waits for a person.
fn doubtful_rows(part: &Loaded, matched: &Shelf) -> BTreeSet<(String, String, u32)> {
    let mut rows = BTreeSet::new();
    for one in matched.iter() {
        let submission = &one.submission;
        let truth = part.truths.iter().find(|truth| truth.file == submission.file);
        for (record, found) in one.pairs() {
            let told = truth.and_then(|truth| truth_of(record, submission, truth));
            let wrong = told.is_some_and(|row| sorted(&row.tasks) != sorted(&found.tasks));
            if wrong || found.outcome == Outcome::Review {
                let sheet = sheet_name(record, submission).to_owned();
                rows.insert((submission.file.clone(), sheet, record.at.row_number()));
            }
        }
    }
    rows
}

fn labels(truth: &Truth) -> impl Iterator<Item = Place> {
    truth.findings.iter().map(|finding: &TruthFinding| {
        let whose = if truth.file.is_empty() { finding.township.clone() } else { Some(truth.file.clone()) };
        as_open(whose, finding.sheet.clone(), finding.cell.clone(), &finding.code)
    })
}

/// A place, without the sheet or cell where the contract leaves them open.
fn as_open(whose: Option<String>, sheet: Option<String>, cell: Option<String>, code: &str) -> Place {
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "–".to_owned());
    let of_file = OF_THE_FILE.contains(&code);
    let (sheet, cell) = (sheet.filter(|_| !of_file), cell.filter(|_| !of_file && code != OF_THE_HEADER));
    (or_dash(whose), or_dash(sheet), or_dash(cell), code.to_owned())
}

/// What has no cell stands for its file, and what concerns a township's files together for the township.
fn place(finding: &Finding) -> Place {
    let place = finding.place.as_ref();
    let cell = place.and_then(|place| place.cell);
    let whose = match finding.kind.code {
        "missing-submission" | "duplicate-submission" => finding.township.clone(),
        _ => place.map(|place| place.file.clone()),
    };
    let sheet = place.filter(|_| cell.is_some()).and_then(|place| place.sheet.clone());
    as_open(whose, sheet, cell.map(CellRef::a1), finding.kind.code)
}

fn shown((whose, sheet, cell, code): &Place) -> String {
    format!("{whose} {sheet} {cell} {code}")
}
