//! Do the outputs of a run hold what was read, in the contract's words, safely and always alike?
#![allow(clippy::unwrap_used)]

mod outputs_support;

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::Path;

use calamine::{Data, Reader, Xlsx};
use hedui::consolidation::TaskState::{self, Missing, NoSubmission, Reported, Review};
use hedui::consolidation::{Consolidation, TaskCell, consolidate};
use hedui::findings::{self, Run};
use hedui::list::Plan;
use hedui::matches::{MatchSettings, MatchedSubmission, Model, PlanIndex, Shelf, match_submission, settle_versions};
use hedui::outputs::template::Template;
use hedui::outputs::{consolidated, result_file};
use hedui::records;
use hedui::workbooks::{Limits, collect};
use outputs_support::{HOSTILE, plan, run};

/// Every non-blank cell of every sheet, as text.
fn texts(bytes: &[u8]) -> BTreeMap<String, Vec<String>> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    let names = workbook.sheet_names();
    let sheets = names.into_iter().map(|name| {
        let range = workbook.worksheet_range(&name).unwrap();
        let cells = range.used_cells().filter(|(_, _, data)| !matches!(data, Data::Empty));
        (name, cells.map(|(_, _, data)| data.to_string()).collect())
    });
    sheets.collect()
}

fn consolidated_bytes(run: &Consolidation) -> Vec<u8> {
    consolidated::bytes(run, Path::new("/tmp/汇总.xlsx")).unwrap()
}

#[test]
fn the_figures_agree_with_the_rows() {
    let run = run();
    let summary = run.summary;
    assert_eq!((summary.townships, summary.received, summary.tasks), (3, 2, 3));
    assert_eq!((summary.matched, summary.review, summary.extra, summary.missing), (4, 1, 1, 2));
    assert_eq!((summary.errors, summary.warnings, summary.infos), (3, 1, 0));
    let states: Vec<TaskState> = (1..=3)
        .flat_map(|task| (0..3).map(move |place| (task, place)))
        .map(|(task, place)| run.cell(task, place).unwrap().state)
        .collect();
    assert_eq!(
        states,
        [Reported, Reported, NoSubmission, Reported, Missing, NoSubmission, Review, Missing, NoSubmission]
    );
}

#[test]
fn indicators_are_summed_in_their_own_unit_and_rates_never() {
    let run = run();
    let of = |position: usize| {
        let summary = &run.indicators[position];
        let values: Vec<Option<f64>> = summary.values.iter().map(|value| value.map(|(value, _)| value)).collect();
        (values, summary.sum)
    };
    assert_eq!(of(0), (vec![Some(12.0), None, None], Some(12.0)));
    assert_eq!(of(1), (vec![Some(3.2), Some(1.5), None], Some(4.7)));
    assert_eq!(of(2), (vec![Some(58.5), None, None], None));
}

#[test]
fn the_result_file_is_the_contracts() {
    let json: serde_json::Value = serde_json::from_str(&result_file::text(&run()).unwrap()).unwrap();
    assert_eq!(json["schema"], "hedui/result/1");
    assert_eq!(json["list"]["tasks"], 3);
    assert_eq!(json["period"], "2024Q1");
    // By name: 东 comes before 北 in Unicode.
    let row = &json["submissions"][1]["rows"][1];
    assert_eq!(row["sheet"], "填报表");
    assert_eq!((&row["row"], &row["tasks"][0]), (&8.into(), &1.into()));
    assert_eq!((&row["outcome"], &row["by"]), (&"matched".into(), &"text".into()));
    assert_eq!(row["indicator"], "完成投资额");
    assert_eq!(row["values"]["done"], serde_json::json!({"value": 32000.0, "unit": "万元"}));
    assert_eq!(row["values"]["status"], "推进中");
    assert!(row.get("counted").is_none() && row.get("column").is_none());
    let finding = &json["findings"][0];
    assert_eq!((&finding["code"], &finding["severity"]), (&"outlier".into(), &"warning".into()));
    assert_eq!((&finding["task"], &finding["cell"]), (&1.into(), &"B8".into()));
    let missing = json["findings"].as_array().unwrap().iter().find(|one| one["code"] == "missing-task").unwrap();
    assert!(missing["sheet"].is_null() && missing["cell"].is_null() && missing["file"].is_null());
    assert_eq!(json["summary"]["matched"], 4);
}

#[test]
fn every_cell_of_the_submissions_is_found_again() {
    let run = run();
    let sheets = texts(&consolidated_bytes(&run));
    let all: String =
        ["明细", "未归集内容"].iter().flat_map(|name| sheets[*name].clone()).collect::<Vec<_>>().join("\n");
    for filed in run.submissions.iter() {
        let entries = filed.submission.records.iter().flat_map(|record| &record.entries).map(|entry| &entry.text);
        for text in entries.chain(filed.submission.kept.iter().map(|kept| &kept.text)) {
            let shown = text.replace('\u{1}', "␁");
            let (start, end) = (shown.chars().take(16_000).collect::<String>(), shown.chars().rev().take(900));
            assert!(all.contains(&start), "{start}");
            assert!(all.contains(&end.collect::<Vec<_>>().into_iter().rev().collect::<String>()), "{start}");
        }
    }
}

#[test]
fn no_text_becomes_a_formula_or_a_link() {
    let bytes = consolidated_bytes(&run());
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let mut xml = String::new();
        if std::io::Read::read_to_string(&mut part, &mut xml).is_err() {
            continue;
        }
        assert!(!xml.contains("<f>HYPERLINK") && !xml.contains("Target=\"http://x"), "part {index}");
        assert!(!xml.contains("<r><t>假"), "part {index}");
        assert!(!xml.contains('\u{1}') && !xml.contains("_x0001_"), "part {index}");
    }
    assert_eq!(HOSTILE.len(), 4);
}

#[test]
fn the_same_run_gives_the_same_bytes() {
    assert_eq!(consolidated_bytes(&run()), consolidated_bytes(&run()));
    let period = "2024Q2".parse().unwrap();
    let template = || Template::new(&plan(), "北岙街道", period).bytes().unwrap();
    assert_eq!(template(), template());
}

#[test]
fn our_outputs_carry_the_mark_that_keeps_them_from_being_read_again() {
    let sheets = texts(&consolidated_bytes(&run()));
    assert_eq!(sheets[consolidated::MARK_SHEET][0], consolidated::OUTPUT_MARK);
}

/// Not a test of its own: writes the workbooks for a look, `HEDUI_LOOK=/tmp/look cargo test --test outputs look`.
#[test]
#[ignore = "writes files for a look at them"]
fn look() {
    let folder = std::env::var("HEDUI_LOOK").unwrap();
    let folder = Path::new(&folder);
    consolidated::write(&run(), &folder.join("汇总.xlsx")).unwrap();
    let mut plan = Plan::built_in();
    plan.tasks[0].indicators = outputs_support::plan().tasks[0].indicators.clone();
    plan.tasks[1].indicators = outputs_support::plan().tasks[1].indicators.clone();
    let due = Some(hedui::period::Day { year: 2024, month: 7, day: 10 });
    let template = Template { due, ..Template::new(&plan, "北岙街道", "2024Q2".parse().unwrap()) };
    std::fs::write(folder.join("模板.xlsx"), template.bytes().unwrap()).unwrap();
}

/// The samples through all stages.
fn samples() -> Consolidation {
    samples_from(Shelf::from)
}

/// The samples through all stages, their submissions on a shelf made so.
fn samples_from(shelf: impl Fn(Vec<MatchedSubmission>) -> Shelf) -> Consolidation {
    let plan = Plan::built_in();
    let index = PlanIndex::new(&plan);
    let reader = records::Reader::new(&plan);
    let mut filed = Vec::new();
    for source in collect(&[Path::new("samples/2024Q1").to_owned()]).unwrap() {
        for submission in reader.read(&source.arrive(&Limits::default())) {
            let matches = match_submission(&submission, &index, Model::built_in(), MatchSettings::default());
            filed.push(MatchedSubmission { submission, matches });
        }
    }
    let period = "2024Q1".parse().unwrap();
    let mut filed = shelf(filed);
    settle_versions(&mut filed, period);
    let findings = findings::check(&Run::new(&plan, period, &filed));
    consolidate(plan, "内置方案", period, "由参数指定", filed, findings)
}

#[test]
fn submissions_on_the_disk_give_the_same_outputs_as_those_in_memory() {
    let folder = tempfile::tempdir().unwrap();
    let (memory, disk) = (samples(), samples_from(|filed| Shelf::on_disk(filed, folder.path()).unwrap()));
    assert_eq!(result_file::text(&memory).unwrap(), result_file::text(&disk).unwrap());
    assert!(consolidated_bytes(&memory) == consolidated_bytes(&disk));
    for place in 0..memory.townships.len() {
        let returned = |run: &Consolidation| hedui::outputs::returns::workbook(run, place, None).unwrap();
        assert!(returned(&memory) == returned(&disk), "{place}");
    }
    disk.submissions.sound().unwrap();
}

#[test]
fn every_cell_of_the_samples_is_found_again() {
    let sheets = texts(&consolidated_bytes(&samples()));
    let all = ["明细", "未归集内容"].map(|name| sheets[name].join("\n")).join("\n");
    let mut cells = 0;
    for source in collect(&[Path::new("samples/2024Q1").to_owned()]).unwrap() {
        let Ok(workbook) = source.arrive(&Limits::default()).content else { continue };
        for sheet in &workbook.sheets {
            for cell in sheet.cells() {
                let text = cell.text.replace("\r\n", "\n").replace('\r', "\n");
                let text = text.replace('\t', " ");
                assert!(all.contains(text.trim_end()), "{} {} {}: {text:?}", source.file, sheet.name, cell.at);
                cells += 1;
            }
        }
    }
    assert!(cells > 2_000, "{cells}");
}

/// The samples' workbook for a look at a real run, as [`look`].
#[test]
#[ignore = "writes files for a look at them"]
fn look_at_the_samples() {
    let folder = std::env::var("HEDUI_LOOK").unwrap();
    let run = samples();
    consolidated::write(&run, &Path::new(&folder).join("样例.xlsx")).unwrap();
    result_file::write(&run, &Path::new(&folder).join("样例.json")).unwrap();
    let due = Some(hedui::period::Day { year: 2024, month: 4, day: 20 });
    hedui::outputs::returns::write(&run, due, &Path::new(&folder).join("退回")).unwrap();
}

/// A province's worth, for its limits and its time: `cargo test --release --test outputs thousand -- --ignored --nocapture`.
#[test]
#[ignore = "takes a while"]
fn a_thousand_townships_fit() {
    let base = samples();
    let filed = base.submissions.iter().find(|filed| filed.submission.records.len() > 60).unwrap();
    let mut plan = hedui::list::Plan::clone(&base.plan);
    plan.townships.clear();
    let submissions = (0..1000).map(|number| {
        let mut copy = MatchedSubmission::clone(&filed);
        copy.submission.township.value = Some(format!("第{number}乡"));
        copy.submission.file = format!("{number}.xlsx");
        copy
    });
    let submissions: Vec<MatchedSubmission> = submissions.collect();
    // As many findings as a real run has, many times over: copies of one return would be findings of their own kind.
    let findings = std::iter::repeat_n(base.findings, 200).flatten().collect();
    let start = std::time::Instant::now();
    let run = consolidate(plan, "", base.period, "", submissions, findings);
    eprintln!("consolidated in {:?}", start.elapsed());
    let start = std::time::Instant::now();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("汇总.xlsx");
    consolidated::write(&run, &path).unwrap();
    eprintln!(
        "{:?}, {} bytes, {} findings",
        start.elapsed(),
        std::fs::metadata(&path).unwrap().len(),
        run.findings.len()
    );
    if let Ok(look) = std::env::var("HEDUI_LOOK") {
        std::fs::copy(&path, Path::new(&look).join("千乡.xlsx")).unwrap();
    }
}

#[test]
fn a_return_workbook_comes_back_by_its_keys_and_its_list_of_problems_is_no_report() {
    let run = samples();
    let reader = records::Reader::new(&run.plan);
    let index = PlanIndex::new(&run.plan);
    for (place, township) in run.townships.iter().enumerate() {
        let bytes = hedui::outputs::returns::workbook(&run, place, None).unwrap();
        let arrival = hedui::workbooks::Arrival {
            file: "退回.xlsx".into(),
            outer_folder: None,
            path: None,
            size: bytes.len() as u64,
            sha256: String::new(),
            content: hedui::workbooks::open(&bytes, &Limits::default()),
        };
        let submissions = reader.read(&arrival);
        assert_eq!(submissions.len(), 1, "{}", township.name);
        assert_eq!(submissions[0].township.value.as_ref(), Some(&township.name));
        assert!(submissions[0].ledger.balances());
        let matches = match_submission(&submissions[0], &index, Model::built_in(), MatchSettings::default());
        for (record, found) in submissions[0].records.iter().zip(&matches) {
            let sheet = submissions[0].sheet_name(record.sheet);
            assert_eq!((sheet, record.key.is_some()), ("填报表", true), "{} {}", township.name, record.at);
            assert_eq!(found.by, hedui::matches::DecidedBy::Id, "{} {}", township.name, record.at);
        }
        // What was reported comes back: every narrative of a counted row stands in the form.
        let told = |text: &str| {
            submissions[0].records.iter().any(|record| record.text(hedui::list::Field::Progress).contains(text))
        };
        for task in &run.plan.tasks {
            for index in run.cell(task.number, place).into_iter().flat_map(TaskCell::records) {
                let text = run.record(index).record().text(hedui::list::Field::Progress).into_owned();
                assert!(text.is_empty() || told(text.trim_end()), "{} {text}", township.name);
            }
        }
    }
}

#[test]
fn a_reminder_says_what_is_missing_and_nobody_else_is_named() {
    let run = samples();
    for (place, township) in run.townships.iter().enumerate() {
        let due = Some(hedui::period::Day { year: 2024, month: 4, day: 20 });
        let text = hedui::outputs::returns::reminder(&run, place, due).unwrap();
        assert!(text.starts_with(&township.name) && text.contains("4月20日前"), "{text}");
        assert_eq!(text.contains("尚未收到"), !township.received, "{text}");
    }
}
