//! The findings on the samples against their truth: every planted defect at its cell, and nothing else.
//!
//! The rows' tasks are taken from the truth, so that this measures the findings and not the matching.
#![expect(clippy::unwrap_used, reason = "a sample that cannot be read must fail the test")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use hedui::findings::{Finding, Run, check};
use hedui::list::Plan;
use hedui::matches::{Candidate, DecidedBy, Match, MatchedSubmission, Outcome, Shelf, settle_versions};
use hedui::period::Period;
use hedui::records::{Reader, Submission};
use hedui::workbooks::{Limits, collect};
use serde_json::Value as Json;

/// File, sheet, cell, task and code, with – for what is absent: what a finding and a truth have in common.
type Place = (String, String, String, String, String);

fn run(folder: &Path, truth: &Path, plan: &Plan, period: Period) -> Vec<Finding> {
    let reader = Reader::new(plan);
    let limits = Limits::default();
    let mut submissions = Vec::new();
    for source in collect(&[folder.to_path_buf()]).unwrap() {
        for submission in reader.read(&source.arrive(&limits)) {
            let matches = true_matches(&submission, truth);
            submissions.push(MatchedSubmission { submission, matches });
        }
    }
    let mut submissions = Shelf::from(submissions);
    settle_versions(&mut submissions, period);
    check(&Run { period_asked: true, ..Run::new(plan, period, &submissions) })
}

/// What the truth says that each record answers. A record that the truth does not know answers nothing.
fn true_matches(submission: &Submission, truth: &Path) -> Vec<Match> {
    let truth = std::fs::read(truth.join(format!("{}.json", submission.file))).unwrap();
    let truth: Json = serde_json::from_slice(&truth).unwrap();
    let rows = truth["rows"].as_array().cloned().unwrap_or_default();
    let records = submission.records.iter();
    records
        .map(|record| {
            let (sheet, number) = (submission.sheet_name(record.sheet), u64::from(record.at.row_number()));
            let row = rows.iter().find(|row| row["sheet"] == sheet && row["row"] == number);
            let tasks = row.and_then(|row| row["tasks"].as_array()).into_iter().flatten();
            let tasks: Vec<u32> = tasks.filter_map(|task| u32::try_from(task.as_u64()?).ok()).collect();
            let outcome = match row.map_or("extra", |row| row["outcome"].as_str().unwrap_or("extra")) {
                "matched" => Outcome::Matched,
                "review" => Outcome::Review,
                _ => Outcome::Extra,
            };
            let candidates = vec![Candidate { tasks: tasks.clone(), probability: 0.9, why: String::new() }];
            Match {
                outcome,
                tasks,
                indicator: None,
                confidence: 0.9,
                by: DecidedBy::Text,
                reasons: Vec::new(),
                candidates,
            }
        })
        .collect()
}

fn or_dash(text: Option<&str>) -> String {
    text.unwrap_or("–").to_owned()
}

fn found(finding: &Finding) -> Place {
    let place = finding.place.as_ref();
    let cell = place.and_then(|place| place.cell);
    // What has no cell stands for its file or township as a whole.
    let file = match finding.kind.code {
        "missing-submission" | "duplicate-submission" => finding.township.clone(),
        _ => place.map(|place| place.file.clone()),
    };
    let sheet = place.filter(|_| cell.is_some()).and_then(|place| place.sheet.clone());
    let task = finding.tasks.first().filter(|_| finding.kind.code == "missing-task").map(u32::to_string);
    let cell = cell.map(hedui::location::CellRef::a1);
    (
        or_dash(file.as_deref()),
        or_dash(sheet.as_deref()),
        or_dash(cell.as_deref()),
        or_dash(task.as_deref()),
        finding.kind.code.to_owned(),
    )
}

fn true_places(folder: &Path) -> BTreeSet<Place> {
    let mut places = BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let truth: Json = serde_json::from_slice(&std::fs::read(entry.unwrap().path()).unwrap()).unwrap();
        for finding in truth["findings"].as_array().into_iter().flatten() {
            let code = finding["code"].as_str().unwrap();
            let file = truth["file"].as_str().or(finding["township"].as_str());
            let (sheet, cell) = (finding["sheet"].as_str(), finding["cell"].as_str());
            let task = finding["task"].as_u64().filter(|_| code == "missing-task").map(|task| task.to_string());
            places.insert((or_dash(file), or_dash(sheet), or_dash(cell), or_dash(task.as_deref()), code.to_owned()));
        }
    }
    places
}

#[test]
fn the_sample_quarter_gives_the_findings_of_its_truth() {
    let samples = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("samples");
    let plan = Plan::built_in();
    let truth = samples.join("2024Q1.truth");
    let findings = run(&samples.join("2024Q1"), &truth, &plan, "2024Q1".parse().unwrap());
    let ours: BTreeSet<Place> = findings.iter().map(found).collect();
    let truth = true_places(&truth);
    let missed: Vec<&Place> = truth.difference(&ours).collect();
    let alarms: Vec<String> = ours.difference(&truth).map(|place| with_message(place, &findings)).collect();
    let hits = truth.len() - missed.len();
    assert!(
        missed.is_empty() && alarms.is_empty(),
        "{hits} of {} found\nmissed:\n{missed:#?}\nnot in the truth:\n{}",
        truth.len(),
        alarms.join("\n")
    );
}

fn with_message(place: &Place, findings: &[Finding]) -> String {
    let finding = findings.iter().find(|one| found(one) == *place);
    format!("{place:?} {}", finding.map(|one| one.message.as_str()).unwrap_or_default())
}

/// Codes that the labels of the evaluation do not speak of: they belong to the matching, or to the form of a table.
const NOT_LABELLED: &[&str] = &[
    "missing-submission",
    "missing-task",
    "extra-row",
    "uncertain-match",
    "duplicate-submission",
    "missing-column",
    "number-mismatch",
    "status-contradiction",
    "bad-number",
];

#[test]
fn rows_in_many_voices_raise_what_their_labels_say_and_no_false_alarm() {
    let evaluation = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("samples/evaluation");
    let plan = Plan::built_in();
    let (mut missed, mut alarms) = (Vec::new(), Vec::new());
    for part in ["development", "development-3"] {
        let truth = evaluation.join(format!("{part}.truth"));
        let labels = true_places(&truth);
        for (file, period) in periods(&truth) {
            let findings = run(&evaluation.join(part).join(&file), &truth, &plan, period);
            let ours: BTreeSet<Place> = findings.iter().map(found).collect();
            let labelled: BTreeSet<Place> = labels.iter().filter(|place| place.0 == file).cloned().collect();
            let counts = |place: &&Place| !["uncertain-match", "extra-row"].contains(&place.4.as_str());
            missed.extend(labelled.difference(&ours).filter(counts).cloned());
            let false_alarm = |place: &&Place| !NOT_LABELLED.contains(&place.4.as_str());
            alarms.extend(ours.difference(&labelled).filter(false_alarm).map(|place| with_message(place, &findings)));
        }
    }
    assert!(missed.is_empty() && alarms.is_empty(), "missed:\n{missed:#?}\nfalse alarms:\n{}", alarms.join("\n"));
}

/// The files of a truth folder whose findings are labelled, with the period each states.
fn periods(truth: &Path) -> Vec<(String, Period)> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(truth).unwrap() {
        let truth: Json = serde_json::from_slice(&std::fs::read(entry.unwrap().path()).unwrap()).unwrap();
        if truth["findings_labelled"] == false {
            continue;
        }
        let period = truth["period"].as_str().unwrap_or("2024Q1").parse().unwrap();
        files.push((truth["file"].as_str().unwrap().to_owned(), period));
    }
    files.sort();
    files
}
