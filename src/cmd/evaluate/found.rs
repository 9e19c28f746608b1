//! Scores findings against what a careful colleague found: planted defects per code, and alarms where nothing is wrong.

use std::collections::{BTreeMap, BTreeSet};

use super::Loaded;
use super::truth::{Truth, TruthFinding};
use crate::findings::{Context, Finding, check};
use crate::location::CellRef;
use crate::matches::{MatchSettings, MatchedSubmission, Model, match_submission, settle_versions};
use crate::period::Period;
use crate::records::{Submission, SubmissionStatus};

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
}

/// File or township, sheet, cell and code: what a finding and a label have in common.
type Place = (String, String, String, String);

/// Scores a part: as one run where its files belong together, else file by file.
pub(super) fn score(part: &Loaded, model: &Model, settings: MatchSettings) -> FindingScore {
    let mut score = FindingScore::default();
    match &part.run {
        Some(run) => {
            let labels = part.truths.iter().chain([run]).flat_map(labels).collect();
            add(part, model, settings, &part.submissions, run, &labels, &mut score);
        }
        None => {
            for truth in &part.truths {
                let own: Vec<Submission> =
                    part.submissions.iter().filter(|one| one.file == truth.file).cloned().collect();
                add(part, model, settings, &own, truth, &labels(truth).collect(), &mut score);
            }
        }
    }
    score
}

/// Scores the findings of one run.
fn add(
    part: &Loaded,
    model: &Model,
    settings: MatchSettings,
    submissions: &[Submission],
    truth: &Truth,
    labels: &BTreeSet<Place>,
    score: &mut FindingScore,
) {
    if !truth.findings_labelled {
        return;
    }
    let stated = submissions.iter().find_map(|submission| submission.period.value);
    let Some(period) = truth.period.as_deref().and_then(|period| period.parse::<Period>().ok()).or(stated) else {
        return;
    };
    let mut matched: Vec<MatchedSubmission> = submissions
        .iter()
        .map(|submission| MatchedSubmission {
            submission: submission.clone(),
            matches: match_submission(submission, &part.index, model, settings),
        })
        .collect();
    settle_versions(&mut matched, period);
    score.reports += matched.iter().filter(|one| one.submission.status == SubmissionStatus::Read).count();
    let findings = check(&Context { period_asked: true, ..Context::new(&part.plan, period, &matched) });
    let found: BTreeMap<Place, &Finding> = findings.iter().map(|finding| (place(finding), finding)).collect();
    for label in labels.iter().filter(|label| !BY_MATCHING.contains(&label.3.as_str())) {
        let counts = score.by_code.entry(label.3.clone()).or_default();
        counts.0 += 1;
        if found.contains_key(label) {
            counts.1 += 1;
        } else {
            score.missed.push(shown(label));
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
    let alarms = found.iter().filter(|(place, _)| !expected(place));
    score.alarms.extend(alarms.map(|(place, finding)| format!("{} {}", shown(place), finding.message)));
}

fn labels(truth: &Truth) -> impl Iterator<Item = Place> {
    truth.findings.iter().map(|finding: &TruthFinding| {
        let whose = if truth.file.is_empty() { finding.township.clone() } else { Some(truth.file.clone()) };
        let or_dash = |text: Option<String>| text.unwrap_or_else(|| "–".to_owned());
        (or_dash(whose), or_dash(finding.sheet.clone()), or_dash(finding.cell.clone()), finding.code.clone())
    })
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
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "–".to_owned());
    (or_dash(whose), or_dash(sheet), or_dash(cell.map(CellRef::a1)), finding.kind.code.to_owned())
}

fn shown((whose, sheet, cell, code): &Place) -> String {
    format!("{whose} {sheet} {cell} {code}")
}
