//! A person decides, once: what is answered in a consolidated workbook settles the same wording for good, can be
//! taken back, and what cannot be applied is said.
#![allow(clippy::unwrap_used)]

mod answering;

use std::fmt::Write;
use std::path::{Path, PathBuf};

use answering::{Row, answer, findings, hedui, json, rows, sheets, submissions, table};
use serde_json::Value as Json;

const REVIEW: (&str, &str) = ("匹配复核", "判定");
const DECIDED: (&str, &str) = ("已定匹配", "判定");
const FILE: &str = "霓屿_2024年第一季度.csv";

struct Office {
    folder: tempfile::TempDir,
    filed: PathBuf,
}

impl Office {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let filed = submissions(folder.path(), &[FILE]);
        Self { folder, filed }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A run into `output`; returns its result file.
    fn run(&self, output: &str, decisions: Option<&str>, period: &str) -> Json {
        let (output, result) = (self.path(output), self.path("结果.json"));
        let decisions = decisions.map(|name| self.path(name));
        let text = |path: &Path| path.to_str().unwrap().to_owned();
        let mut arguments = vec!["reconcile".to_owned(), text(&self.filed), "-o".into(), text(&output)];
        arguments.extend(["--json".into(), text(&result), "--period".into(), period.into()]);
        // No risk is taken: whatever the matcher is sure of, every row is to be reviewed.
        arguments.extend(["--max-wrong".into(), "0".into()]);
        if let Some(decisions) = &decisions {
            arguments.extend(["--decisions".into(), text(decisions)]);
        }
        hedui(&arguments.iter().map(String::as_str).collect::<Vec<_>>(), 0);
        json(&result)
    }

    /// Answers every row of the review sheet: the first candidate, for the last row that it is not listed.
    fn decide_all(&self, from: &str, to: &str) -> usize {
        let waiting = table(&self.path(from), REVIEW.0, REVIEW.1).len();
        assert!(waiting > 3, "the sample has rows to review");
        let mut place = 0;
        answer(&self.path(from), &self.path(to), REVIEW.0, REVIEW.1, |row| {
            place += 1;
            set(row, "判定", if place == waiting { "不属于清单" } else { "候选1" });
        });
        waiting
    }
}

fn set(row: &mut Row, heading: &str, text: &str) {
    text.clone_into(row.get_mut(heading).unwrap());
}

/// Why decisions were not applied: the sentences.
fn refused(result: &Json) -> Vec<String> {
    let found = findings(result, "decision-not-applied");
    found.iter().map(|finding| finding["message"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn what_was_decided_once_is_never_asked_again() {
    let office = Office::new();
    let first = office.run("汇总.xlsx", None, "2024Q1");
    let asked = office.decide_all("汇总.xlsx", "汇总.xlsx");
    // The consolidated workbook may take the place of the one that holds the answers.
    let second = office.run("汇总.xlsx", Some("汇总.xlsx"), "2024Q1");
    assert_eq!(second["summary"]["review"], 0);
    assert_eq!(refused(&second), Vec::<String>::new());
    let mut settled = 0;
    for ((file, before), (_, after)) in rows(&first).iter().zip(rows(&second)) {
        if before["outcome"] == "matched" {
            assert_eq!(before["tasks"], after["tasks"], "{file}");
        } else {
            settled += 1;
            assert_eq!(after["by"], "decision", "{after}");
            assert!(after["confidence"].as_f64().unwrap() > 0.99);
        }
    }
    assert_eq!(settled, asked);
    let extra: Vec<_> = rows(&second).into_iter().filter(|(_, row)| row["outcome"] == "extra").collect();
    assert_eq!(extra.len(), 1);
    assert_eq!(extra[0].1["tasks"], serde_json::json!([]));
    assert_eq!(table(&office.path("汇总.xlsx"), DECIDED.0, DECIDED.1).len(), asked);

    // The next period, another township, in another file: the same wording, its order turned round.
    let decided = rows(&second).into_iter().filter(|(_, row)| row["by"] == "decision");
    let mut decided: Vec<Json> = decided.map(|(_, row)| row).collect();
    decided.reverse();
    let mut text = "北岙街道二季度落实情况\n序号,任务名称,工作内容,进展情况\n".to_owned();
    for (number, row) in (1..).zip(&decided) {
        let field = |key: &str| row["values"][key].as_str().unwrap_or_default().to_owned();
        writeln!(text, "{number},\"{}\",\"{}\",已开工", field("name"), field("content")).unwrap();
    }
    std::fs::remove_file(office.filed.join(FILE)).unwrap();
    std::fs::write(office.filed.join("北岙街道2024年二季度.csv"), text).unwrap();
    let next = office.run("二季度.xlsx", Some("汇总.xlsx"), "2024Q2");
    let next_rows = rows(&next);
    assert_eq!(next_rows.len(), decided.len());
    for (expected, (_, row)) in decided.iter().zip(&next_rows) {
        assert_eq!((&row["by"], &row["tasks"]), (&Json::from("decision"), &expected["tasks"]), "{row}");
    }
    assert_eq!(refused(&next), Vec::<String>::new(), "a wording that nobody uses this time is no mistake");

    // Cleared, it is taken back.
    let first_decided = table(&office.path("二季度.xlsx"), DECIDED.0, DECIDED.1)[0].clone();
    let mut place = 0;
    answer(&office.path("二季度.xlsx"), &office.path("撤销.xlsx"), DECIDED.0, DECIDED.1, |row| {
        place += 1;
        if place == 1 {
            set(row, "判定", "");
            set(row, "另填编号", "");
        }
    });
    let back = office.run("三.xlsx", Some("撤销.xlsx"), "2024Q2");
    let undecided: Vec<_> = rows(&back).into_iter().filter(|(_, row)| row["by"] != "decision").collect();
    assert_eq!(undecided.len(), 1, "{undecided:?}");
    assert!(first_decided["所报内容"].contains(undecided[0].1["values"]["name"].as_str().unwrap()));
    assert_eq!(table(&office.path("三.xlsx"), DECIDED.0, DECIDED.1).len(), asked - 1);
}

#[test]
fn a_whole_period_is_decided_in_one_sitting() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (output, result) = (path("汇总.xlsx"), path("结果.json"));
    let arguments = ["reconcile", "samples/2024Q1", "-o", &output, "--json", &result, "--max-wrong", "0"];
    hedui(&arguments, 0);
    let asked = json(Path::new(&result))["summary"]["review"].as_u64().unwrap();
    // One answer for each wording: the first row with it is answered, the others are left blank.
    let mut wordings = std::collections::BTreeSet::new();
    answer(Path::new(&output), Path::new(&output), REVIEW.0, REVIEW.1, |row| {
        if wordings.insert(row["所报内容"].clone()) {
            set(row, "判定", "候选1");
        }
    });
    assert!(asked > u64::try_from(wordings.len()).unwrap(), "the sample repeats a wording");
    hedui(&[&arguments[..], &["--decisions", &output]].concat(), 0);
    let second = json(Path::new(&result));
    assert_eq!((&second["summary"]["review"], refused(&second)), (&Json::from(0), Vec::new()));
}

#[test]
fn who_cannot_tell_is_asked_again_with_the_own_remark() {
    let office = Office::new();
    office.run("汇总.xlsx", None, "2024Q1");
    let mut place = 0;
    answer(&office.path("汇总.xlsx"), &office.path("答.xlsx"), REVIEW.0, REVIEW.1, |row| {
        place += 1;
        if place == 2 {
            set(row, "判定", "无法判断");
            set(row, "备注", "已去电询问");
        }
    });
    let before = table(&office.path("汇总.xlsx"), REVIEW.0, REVIEW.1);
    let second = office.run("汇总.xlsx", Some("答.xlsx"), "2024Q1");
    assert_eq!(refused(&second), Vec::<String>::new());
    let after = table(&office.path("汇总.xlsx"), REVIEW.0, REVIEW.1);
    assert_eq!(after.len(), before.len());
    assert_eq!((after[1]["判定"].as_str(), after[1]["备注"].as_str()), ("无法判断", "已去电询问"));
    assert!(!sheets(&office.path("汇总.xlsx")).contains(&DECIDED.0.to_owned()));
}

#[test]
fn what_cannot_be_applied_is_said() {
    let office = Office::new();
    office.run("汇总.xlsx", None, "2024Q1");
    let [tampered, gone, changed, contradicting, copied] =
        ["网上卖紫菜", "领导挂钩项目和晾晒", "健身场地", "村庄规划", "文明村镇"];
    let waiting = table(&office.path("汇总.xlsx"), REVIEW.0, REVIEW.1);
    let original = waiting.iter().find(|row| row["所报内容"].starts_with(contradicting)).unwrap();
    answer(&office.path("汇总.xlsx"), &office.path("答.xlsx"), REVIEW.0, REVIEW.1, |row| {
        let is = |name: &str| row["所报内容"].starts_with(name);
        if is(tampered) {
            set(row, "判定", "候选1");
            let key = row["行标识"].replace("hedui-row/1", "hedui-row/2");
            set(row, "行标识", &key);
        } else if is(gone) || is(changed) {
            set(row, "判定", "候选1");
        } else if is(contradicting) {
            set(row, "判定", "不属于清单");
        } else if is(copied) {
            // A row copied by hand over another, and answered otherwise.
            row.clone_from(original);
            set(row, "判定", "候选1");
        }
    });
    let path = office.filed.join(FILE);
    let text = String::from_utf8(std::fs::read(&path).unwrap()).unwrap_or_else(|error| {
        let (text, _, _) = encoding_rs::GB18030.decode(error.as_bytes());
        text.into_owned()
    });
    // One row is reworded, the last one is left out, so that no other moves to its place.
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for line in reader.records().map(Result::unwrap) {
        if !line.iter().any(|cell| cell == gone) {
            writer.write_record(line.iter().map(|cell| if cell == changed { "海塘加固" } else { cell })).unwrap();
        }
    }
    std::fs::write(&path, writer.into_inner().unwrap()).unwrap();
    let second = office.run("二.xlsx", Some("答.xlsx"), "2024Q1");
    let said = refused(&second);
    for (name, why) in [
        (tampered, "行标识缺失或被改动"),
        (gone, "已不在报来的材料中"),
        (changed, "文字已经改动"),
        (contradicting, "互相矛盾"),
    ] {
        assert!(said.iter().any(|sentence| sentence.contains(name) && sentence.contains(why)), "{name}: {said:?}");
    }
    let decided = rows(&second).into_iter().filter(|(_, row)| row["by"] == "decision").count();
    assert_eq!(decided, 0, "none of them may settle a row");
}

#[test]
fn decisions_for_another_plan_are_not_applied() {
    let office = Office::new();
    office.run("汇总.xlsx", None, "2024Q1");
    let asked = office.decide_all("汇总.xlsx", "答.xlsx");
    answer(&office.path("答.xlsx"), &office.path("别.xlsx"), "_hedui", "hedui/output/1", |row| {
        for text in row.values_mut().filter(|text| text.len() == 8) {
            *text = "00000000".to_owned();
        }
    });
    let second = office.run("二.xlsx", Some("别.xlsx"), "2024Q1");
    assert!(rows(&second).iter().all(|(_, row)| row["by"] != "decision"));
    let said = refused(&second);
    assert_eq!(said.len(), asked);
    assert!(said.iter().all(|sentence| sentence.contains("方案与这次不同")), "{said:?}");
}

#[test]
fn an_explanation_beside_a_finding_holds_from_run_to_run() {
    let office = Office::new();
    let first = office.run("汇总.xlsx", None, "2024Q1");
    let all = first["findings"].as_array().unwrap();
    let place = all.iter().position(|finding| !finding["found"].is_null()).unwrap();
    let mut row_number = 0;
    answer(&office.path("汇总.xlsx"), &office.path("汇总.xlsx"), "问题清单", "说明", |row| {
        if row_number == place {
            set(row, "说明", "经电话核实，属实");
        }
        row_number += 1;
    });
    for _ in 0..2 {
        let again = office.run("汇总.xlsx", Some("汇总.xlsx"), "2024Q1");
        let explained = again["findings"].as_array().unwrap().iter().filter(|finding| !finding["explained"].is_null());
        let explained: Vec<&Json> = explained.collect();
        assert!(!explained.is_empty());
        for finding in explained {
            assert_eq!(finding["explained"], "经电话核实，属实");
            assert_eq!((&finding["code"], &finding["found"]), (&all[place]["code"], &all[place]["found"]));
        }
    }
}

#[test]
fn what_holds_no_answers_is_refused_in_one_sentence() {
    let office = Office::new();
    let (filed, output) = (office.filed.to_str().unwrap(), office.path("汇总.xlsx"));
    let csv = office.filed.join(FILE);
    let said = hedui(&["reconcile", filed, "-o", output.to_str().unwrap(), "--decisions", csv.to_str().unwrap()], 2);
    assert!(said.contains("没有“匹配复核”表"), "{said}");
    let said = hedui(&["reconcile", filed, "-o", output.to_str().unwrap(), "--decisions", "没有.xlsx"], 2);
    assert!(said.contains("打不开"), "{said}");
    assert!(!output.exists());
}
