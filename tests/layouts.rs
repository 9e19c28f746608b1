//! Each workbook in `tests/fixtures/layouts` shows one strange layout; the records that a person finds in it are
//! written beside it, in `NAME.records.txt`:
//!
//! ```text
//! township 北岙街道                      or - where nothing tells; begins the part of a township
//! period 2024Q1                         or -
//! day 2024-04-07                        the day that the document states
//! no-table                              the file holds no reporting table
//! kept comment C2 投资数请核对            a comment that is kept
//! 填报表!7:E | 重大项目建设 | done=2.86 亿元   sheet, row and column of a record, its task, what was read
//! ```
//!
//! `LAYOUTS_FOLDER=FOLDER` compares another folder, such as forms that a county would like to see read.
#![expect(clippy::unwrap_used, reason = "helpers of a test: a fixture that cannot be read must fail it")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use hedui::list::{Field, Plan};
use hedui::location::column_letters;
use hedui::records::values::Quantity;
use hedui::records::{KeptRole, Reader, Record, Submission, SubmissionStatus};
use hedui::workbooks::{Limits, collect};

/// What is written about one township's part of a file.
#[derive(Default)]
struct Expected {
    facts: Vec<(String, String)>,
    records: Vec<Vec<String>>,
}

fn expected(path: &Path) -> Vec<Expected> {
    let mut parts: Vec<Expected> = Vec::new();
    for line in fs::read_to_string(path).unwrap().lines() {
        let is_record = line.contains(" | ");
        if line.starts_with("township") || parts.is_empty() {
            parts.push(Expected::default());
        }
        let part = parts.last_mut().unwrap();
        if is_record {
            part.records.push(line.split(" | ").map(str::to_owned).collect());
        } else if let Some((key, value)) = line.split_once(' ') {
            part.facts.push((key.to_owned(), value.to_owned()));
        } else {
            part.facts.push((line.to_owned(), String::new()));
        }
    }
    parts
}

/// Where a record stands, with its column where tables stand side by side.
fn place(submission: &Submission, record: &Record) -> String {
    let column = record.side_by_side.then(|| format!(":{}", column_letters(record.at.column)));
    let sheet = &submission.sheets[record.sheet].name;
    format!("{sheet}!{}{}", record.at.row_number(), column.unwrap_or_default())
}

/// The task's name as a reader of the sheet would say it.
fn task(record: &Record) -> String {
    let fields = [Field::Name, Field::Content, Field::Indicator];
    let text = fields.into_iter().map(|field| record.text(field)).find(|text| !text.is_empty()).unwrap_or_default();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn quantity(quantity: Option<&Quantity>) -> String {
    let Some(quantity) = quantity else { return String::new() };
    let unit = quantity.unit.as_deref().map(|unit| format!(" {unit}")).unwrap_or_default();
    format!("{}{unit}", quantity.value)
}

/// What the record says under a key of the expectations.
fn said(record: &Record, key: &str, expected: &str) -> String {
    match key {
        "target" => quantity(record.values.target.as_ref()),
        "period_done" => quantity(record.values.period_done.as_ref()),
        "done" => quantity(record.values.done.as_ref()),
        "rate" => record.values.rate.map(|rate| rate.to_string()).unwrap_or_default(),
        "status" => record.values.status.map(|status| status.word().to_owned()).unwrap_or_default(),
        "deadline" => record.values.deadline.map(hedui::records::values::Deadline::iso).unwrap_or_default(),
        "heading" => record.headings.join("›"),
        "counted" => record.counted.to_string(),
        "key" => record.key.as_ref().map_or_else(String::new, |key| {
            let indicator = key.indicator.map(|indicator| format!(".{indicator}")).unwrap_or_default();
            format!("{}{indicator}", key.task.unwrap())
        }),
        "blank" => {
            let blank = Field::from_key(expected).unwrap();
            record.blank_at(blank).map_or_else(|| "filled in".to_owned(), |_| expected.to_owned())
        }
        field => record.text(Field::from_key(field).unwrap()).into_owned(),
    }
}

/// Faults of one record against its line. `groups` remembers which number each group's letter stands for.
fn faults_of_record(record: &Record, line: &[String], groups: &mut BTreeMap<String, usize>) -> Vec<String> {
    let mut faults = Vec::new();
    if task(record) != line[1] {
        faults.push(format!("{}: task “{}”", line[0], task(record)));
    }
    for wanted in &line[2..] {
        let (key, value) = wanted.split_once('=').unwrap();
        if key == "group" {
            let known = *groups.entry(value.to_owned()).or_insert(record.group);
            if known != record.group {
                faults.push(format!("{}: is not in group {value}", line[0]));
            }
            continue;
        }
        let found = said(record, key, value);
        if found != value {
            faults.push(format!("{}: {key} is “{found}”, not “{value}”", line[0]));
        }
    }
    let letters: Vec<usize> = groups.values().copied().collect();
    let distinct = letters.iter().collect::<std::collections::BTreeSet<_>>().len();
    if distinct < letters.len() {
        faults.push(format!("{}: two groups are one: {groups:?}", line[0]));
    }
    faults
}

fn faults_of_part(submission: &Submission, expected: &Expected) -> Vec<String> {
    let mut faults = Vec::new();
    let or_dash = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
    for (key, value) in &expected.facts {
        let found = match key.as_str() {
            "township" => or_dash(submission.township.value.clone()),
            "period" => or_dash(submission.period.value.map(|period| period.to_string())),
            "day" => or_dash(submission.stated_day.map(|day| format!("{}-{:02}-{:02}", day.year, day.month, day.day))),
            "no-table" if submission.status == SubmissionStatus::NoTable => continue,
            "kept" => {
                let comments = submission.kept.iter().filter(|cell| cell.role == KeptRole::Comment);
                comments.map(|cell| format!("comment {} {}", cell.at, cell.text)).collect::<Vec<_>>().join("; ")
            }
            _ => format!("{:?}", submission.status),
        };
        if found != *value {
            faults.push(format!("{key} is {found}, not {value}"));
        }
    }
    let found: Vec<String> = submission.records.iter().map(|record| place(submission, record)).collect();
    let wanted: Vec<&String> = expected.records.iter().map(|line| &line[0]).collect();
    faults.extend(wanted.iter().filter(|place| !found.contains(place)).map(|place| format!("{place} not found")));
    faults.extend(found.iter().filter(|place| !wanted.contains(place)).map(|place| format!("{place} is no record")));
    let mut groups = BTreeMap::new();
    for line in &expected.records {
        let Some(index) = found.iter().position(|place| *place == line[0]) else { continue };
        faults.extend(faults_of_record(&submission.records[index], line, &mut groups));
    }
    if !submission.ledger.balances() {
        faults.push(format!("{:?}", submission.ledger));
    }
    faults
}

#[test]
fn every_layout_is_read_as_a_person_reads_it() {
    let folder = std::env::var_os("LAYOUTS_FOLDER")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/layouts"), PathBuf::from);
    let reader = Reader::new(&Plan::built_in());
    let mut faults = Vec::new();
    let mut files = 0;
    let mut paths: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let beside = folder.join(format!("{name}.records.txt"));
        if !beside.exists() {
            continue;
        }
        files += 1;
        let parts = expected(&beside);
        let sources = collect(&[path]).unwrap();
        let submissions = reader.read(&sources[0].arrive(&Limits::default()));
        if submissions.len() != parts.len() {
            faults.push(format!("{name}: {} townships, not {}", submissions.len(), parts.len()));
        }
        for (submission, part) in submissions.iter().zip(&parts) {
            faults.extend(faults_of_part(submission, part).into_iter().map(|fault| format!("{name}: {fault}")));
        }
    }
    assert!(files >= 60 || std::env::var_os("LAYOUTS_FOLDER").is_some(), "only {files} layouts");
    assert!(faults.is_empty(), "{} faults in {files} layouts\n{}", faults.len(), faults.join("\n"));
}
