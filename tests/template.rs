//! Does a filled template come back by its keys, whatever happened to it on the way?
#![allow(clippy::unwrap_used)]

#[path = "outputs_support/plan.rs"]
mod official;

use hedui::findings::{self, Finding, Previous, Run};
use hedui::list::{Field, Plan};
use hedui::matches::{DecidedBy, MatchSettings, MatchedSubmission, Model, Outcome, PlanIndex, Shelf, match_submission};
use hedui::outputs::template::{Answer, Filled, RowId, Template};
use hedui::records::{self, Record, Submission, SubmissionStatus};
use hedui::workbooks::{Arrival, Limits, open};
use official::plan;

/// The rows of the form, as the plan gives them.
fn rows(plan: &Plan) -> Vec<RowId> {
    let rows = plan.tasks.iter().flat_map(|task| match task.indicators.len() {
        0 => vec![(task.number, None)],
        several => (0..several).map(|position| (task.number, Some(position))).collect(),
    });
    rows.collect()
}

/// A correct filling: every open cell that is required, with numbers that agree.
fn filled(plan: &Plan) -> Filled {
    let mut filled = Filled::default();
    for (task, indicator) in rows(plan) {
        let row = (task, indicator);
        if indicator.is_some() {
            filled.set(row, Field::Target, Answer::Number(60.0));
            filled.set(row, Field::PeriodDone, Answer::Number(12.0));
            filled.set(row, Field::Done, Answer::Number(30.0));
        }
        if indicator.unwrap_or(0) == 0 {
            filled.set(row, Field::Status, Answer::Text("推进中".into()));
            let progress = format!("第{task}项二季度完成前期手续，开工标段3个，投入资金420万元。");
            filled.set(row, Field::Progress, Answer::Text(progress));
            filled.set(row, Field::Problem, Answer::Text("无".into()));
            filled.set(row, Field::Plan, Answer::Text("9月底前完成主体工程。".into()));
        }
    }
    filled
}

fn read(bytes: &[u8], file: &str, plan: &Plan) -> Vec<Submission> {
    let arrival = Arrival {
        file: file.into(),
        outer_folder: None,
        path: None,
        size: bytes.len() as u64,
        sha256: String::new(),
        content: open(bytes, &Limits::default()),
    };
    records::read(&arrival, plan)
}

#[test]
fn a_filled_template_is_matched_by_its_keys_row_by_row() {
    let plan = plan();
    let filled = filled(&plan);
    let template =
        Template { filled: Some(&filled), ..Template::new(&plan, "北岙街道", "2024Q2".parse().unwrap()) };
    // The name says nothing: whose and when must come from the keys.
    let submissions = read(&template.bytes().unwrap(), "新建工作表.xlsx", &plan);
    assert_eq!(submissions.len(), 1);
    let submission = &submissions[0];
    assert_eq!(submission.status, SubmissionStatus::Read);
    assert_eq!(submission.township.value.as_deref(), Some("北岙街道"));
    assert_eq!(submission.period.value, "2024Q2".parse().ok());
    assert!(submission.ledger.balances());

    let index = PlanIndex::new(&plan);
    let matches = match_submission(submission, &index, Model::built_in(), MatchSettings::default());
    let found: Vec<RowId> = matches.iter().map(|found| (found.tasks[0], found.indicator)).collect();
    assert_eq!(found, rows(&plan));
    for (record, found) in submission.records.iter().zip(&matches) {
        assert_eq!((found.outcome, found.by), (Outcome::Matched, DecidedBy::Id), "row {}", record.at.row_number());
        assert!(record.values.unreadable.is_empty(), "{:?}", record.values.unreadable);
    }
    let first = &submission.records[0];
    assert_eq!(first.values.done.as_ref().map(|done| (done.value, done.unit.as_deref())), Some((30.0, Some("个"))));
    assert_eq!(first.values.rate, Some(0.5));
    assert!(first.text(Field::Progress).starts_with("第1项"));
}

/// The findings of a submission that concern its own township.
fn findings_of(plan: &Plan, submissions: Vec<Submission>, period: &str) -> Vec<Finding> {
    let index = PlanIndex::new(plan);
    let matched = submissions.into_iter().map(|submission| {
        let matches = match_submission(&submission, &index, Model::built_in(), MatchSettings::default());
        MatchedSubmission { submission, matches }
    });
    let matched: Vec<MatchedSubmission> = matched.collect();
    let findings = findings::check(&Run::new(plan, period.parse().unwrap(), &Shelf::from(matched)));
    findings.into_iter().filter(|finding| finding.kind.code != "missing-submission").collect()
}

/// As [`filled`], with the plan's own targets where the form has them.
fn filled_for_real(plan: &Plan) -> Filled {
    let mut filled = filled(plan);
    for (task, indicator) in rows(plan) {
        let Some(target) = indicator.map(|position| plan.task(task).unwrap().indicators[position].clone()) else {
            continue;
        };
        let row = (task, indicator);
        // A township bears a share of what adds up, and a rate as it is.
        let value = if target.adds_up { target.value / 10.0 } else { target.value };
        filled.set(row, Field::Target, Answer::Number(value));
        filled.set(row, Field::Done, Answer::Number(value));
        filled.set(row, Field::PeriodDone, Answer::Number(value));
        if indicator == Some(0) {
            filled.set(row, Field::Status, Answer::Text("已完成".into()));
        }
    }
    filled
}

#[test]
fn a_correct_filling_of_the_shipped_plan_has_no_finding() {
    let plan = Plan::built_in();
    let filled = filled_for_real(&plan);
    let template =
        Template { filled: Some(&filled), ..Template::new(&plan, "北岙街道", "2024Q2".parse().unwrap()) };
    let submissions = read(&template.bytes().unwrap(), "北岙街道2024Q2填报表.xlsx", &plan);
    assert_eq!(submissions[0].records.len(), rows(&plan).len());
    let findings = findings_of(&plan, submissions, "2024Q2");
    let shown: Vec<String> = findings
        .iter()
        .map(|finding| format!("{} {:?} {:?} {}", finding.kind.code, finding.tasks, finding.place, finding.message))
        .collect();
    assert!(shown.is_empty(), "{}\n{}", shown.len(), shown.join("\n"));
}

#[test]
fn an_empty_template_reports_nothing_but_is_still_known() {
    let plan = plan();
    let template = Template::new(&plan, "鹿西乡", "2024Q2".parse().unwrap());
    let submissions = read(&template.bytes().unwrap(), "鹿西乡2024Q2填报表.xlsx", &plan);
    assert_eq!(submissions.len(), 1);
    assert_eq!(submissions[0].township.value.as_deref(), Some("鹿西乡"));
    assert!(submissions[0].ledger.balances());
}

#[test]
fn the_last_period_stands_beside_the_blanks_and_is_no_value_of_this_one() {
    let plan = plan();
    let json = serde_json::json!({
        "schema": "hedui/result/1", "period": "2024Q1", "findings": [],
        "submissions": [{"township": "北岙街道", "status": "read", "rows": [
            {"tasks": [1], "indicator": "完成投资额", "outcome": "matched",
             "values": {"status": "推进中", "target": {"value": 125_000.0, "unit": "万元"},
                        "done": {"value": 3.1, "unit": "亿元"}}}
        ]}]
    });
    let previous = Previous::from_json(json.to_string().as_bytes()).unwrap();
    let period = "2024Q2".parse().unwrap();
    // A row that nobody has filled in is no record.
    let mut filled = Filled::default();
    filled.set((1, Some(1)), Field::PeriodDone, Answer::Number(2.0));
    let template =
        Template { previous: Some(&previous), filled: Some(&filled), ..Template::new(&plan, "北岙街道", period) };
    let submissions = read(&template.bytes().unwrap(), "北岙街道.xlsx", &plan);
    let key = |record: &&Record| record.key.as_ref().map(|key| (key.task, key.indicator)) == Some((Some(1), Some(1)));
    let record = submissions[0].records.iter().find(key).unwrap();
    assert!(record.text(Field::Indicator).ends_with("上期：累计3.1亿元，推进中"));
    assert_eq!(record.values.target.as_ref().map(|target| target.value), Some(12.5));
    assert_eq!((&record.values.done, record.values.status), (&None, None));
}

#[test]
fn the_file_name_leaves_out_what_a_file_system_refuses() {
    let plan = plan();
    let name = |township| Template::new(&plan, township, "2024Q2".parse().unwrap()).file_name();
    assert_eq!(name("北岙街道"), "北岙街道2024Q2填报表.xlsx");
    assert_eq!(name("../甲:乙/*"), "甲乙2024Q2填报表.xlsx");
}

fn hedui(arguments: &[&str]) -> std::process::Output {
    std::process::Command::new(env!("CARGO_BIN_EXE_hedui")).args(arguments).output().unwrap()
}

#[test]
fn the_command_writes_one_workbook_per_township_and_an_archive_always_alike() {
    let folder = tempfile::tempdir().unwrap();
    let files = |name: &str| {
        let output = folder.path().join(name);
        let path = output.to_str().unwrap();
        let done = hedui(&["template", "--period", "2024Q2", "-o", path, "--due", "2024-07-10", "--zip"]);
        assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
        let mut files: Vec<(String, Vec<u8>)> = std::fs::read_dir(&output)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read(&path).unwrap()))
            .collect();
        files.sort();
        files
    };
    let first = files("甲");
    assert_eq!(first.len(), Plan::built_in().townships.len() + 1);
    assert!(first.iter().any(|(name, _)| name == "2024Q2填报表.zip"));
    assert_eq!(first, files("乙"));
}

#[test]
fn wrong_usage_of_the_command_is_one_chinese_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let taken = folder.path().join("已有.txt");
    std::fs::write(&taken, "x").unwrap();
    let free = folder.path().join("模板");
    for (period, output, due, said) in [
        ("2024Q5", &free, "2024-07-10", "报送周期"),
        ("2024Q2", &free, "2024-02-30", "日期"),
        ("2024Q2", &taken, "2024-07-10", "是文件"),
    ] {
        let done = hedui(&["template", "--period", period, "-o", output.to_str().unwrap(), "--due", due]);
        let sentence = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), Some(2), "{sentence}");
        assert!(sentence.contains(said), "{sentence}");
    }
    assert!(!free.exists());
    assert_eq!(std::fs::read(&taken).unwrap(), b"x");
}
