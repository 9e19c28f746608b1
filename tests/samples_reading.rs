//! Are the records, townships and periods of the samples those that people wrote down?

#![expect(clippy::unwrap_used, reason = "helpers of a test: a sample that cannot be read must fail it")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use hedui::list::Plan;
use hedui::records::{Reader, Submission};
use hedui::workbooks::{Limits, Source, collect};
use serde_json::Value;

/// The folders of samples; each has its truth beside it, one of another county also its plan.
const FOLDERS: [&str; 4] = [
    "samples/2024Q1",
    "samples/evaluation/development",
    "samples/evaluation/development-3",
    "samples/evaluation/development-county-1",
];

/// Sums over many files.
#[derive(Default)]
struct Score {
    expected: usize,
    found: usize,
    wrong: usize,
    /// Rows that were not found, or taken for records.
    misses: Vec<String>,
    /// Wrong townships and periods, ledgers that do not balance.
    faults: Vec<String>,
}

impl Score {
    fn compare(&mut self, truth: &Value, submission: &Submission) {
        let file = &submission.file;
        let rows: BTreeSet<(String, u64)> = truth["rows"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| (row["sheet"].as_str().unwrap().to_owned(), row["row"].as_u64().unwrap()))
            .collect();
        let read: BTreeSet<(String, u64)> = submission
            .records
            .iter()
            .map(|record| (submission.sheets[record.sheet].name.clone(), u64::from(record.at.row_number())))
            .collect();
        self.expected += rows.len();
        self.found += rows.intersection(&read).count();
        self.wrong += read.difference(&rows).count();
        self.misses.extend(rows.difference(&read).map(|row| format!("{file}: {row:?} not found")));
        self.misses.extend(read.difference(&rows).map(|row| format!("{file}: {row:?} is no record")));
        if let Some(township) = truth["township"].as_str()
            && submission.township.value.as_deref() != Some(township)
        {
            self.faults.push(format!("{file}: township {:?}, not {township}", submission.township.value));
        }
        let wrong_period =
            truth["findings"].as_array().unwrap().iter().any(|finding| finding["code"] == "wrong-period");
        let period = submission.period.value.map(|period| period.to_string());
        if let Some(expected) = truth["period"].as_str()
            && period.as_deref() != Some(expected)
            && !wrong_period
        {
            self.faults.push(format!("{file}: period {period:?}, not {expected}"));
        }
        if !submission.ledger.balances() {
            self.faults.push(format!("{file}: {:?}", submission.ledger));
        }
    }
}

/// The truth of a file, if it has one.
fn truth(folder: &Path, source: &Source) -> Option<Value> {
    let name = format!("{}.truth/{}.json", folder.display(), source.file);
    let text = fs::read_to_string(name).ok()?;
    Some(serde_json::from_str(&text).unwrap())
}

#[test]
fn the_samples_hold_the_records_that_people_found() {
    let mut score = Score::default();
    for folder in FOLDERS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let plan = PathBuf::from(format!("{}.plan.toml", folder.display()));
        let plan = if plan.exists() { Plan::load(&plan).unwrap() } else { Plan::built_in() };
        let reader = Reader::new(&plan);
        let paths: Vec<PathBuf> = vec![folder.clone()];
        for source in collect(&paths).unwrap() {
            let Some(truth) = truth(&folder, &source) else { continue };
            for submission in reader.read(&source.arrive(&Limits::default())) {
                score.compare(&truth, &submission);
            }
        }
    }
    assert!(score.expected > 500, "only {} records in the samples", score.expected);
    let summary = format!(
        "{} of {} records found, {} other rows taken for records\n{}",
        score.found,
        score.expected,
        score.wrong,
        score.misses.join("\n")
    );
    assert!(score.found * 100 >= score.expected * 99, "{summary}");
    assert!(score.wrong * 100 <= score.expected, "{summary}");
    assert!(score.faults.is_empty(), "{}", score.faults.join("\n"));
}
