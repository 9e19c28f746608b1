//! What goes back to the townships, and what they answer in it.
#![allow(clippy::unwrap_used)]

mod answering;

use std::collections::BTreeSet;
use std::path::Path;

use answering::{answer, hedui, json, rows, sheets, submissions, table};
use serde_json::Value as Json;

const FILE: &str = "霓屿_2024年第一季度.csv";
const RETURNED: &str = "霓屿街道2024Q1退回.xlsx";

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn a_refusal_with_its_reason_explains_the_findings_when_the_return_is_filed() {
    let folder = tempfile::tempdir().unwrap();
    let filed = submissions(folder.path(), &[FILE]);
    let [output, result, returns] = ["汇总.xlsx", "结果.json", "退回"].map(|name| folder.path().join(name));
    let arguments = ["reconcile", text(&filed), "-o", text(&output), "--json", text(&result)];
    let said = hedui(&[&arguments[..], &["--period", "2024Q1", "--returns", text(&returns)]].concat(), 0);
    assert!(said.contains("退回："), "{said}");
    let problems = table(&returns.join(RETURNED), "问题单", "答复");
    assert!(problems.len() > 5);

    // Tasks that are missing are agreed to (the form has a row for each), every other problem is refused with a reason.
    let is_refused = |key: &str| !key.contains("missing-task");
    assert!(
        problems.iter().any(|row| is_refused(&row["标识"])) && problems.iter().any(|row| !is_refused(&row["标识"]))
    );
    std::fs::remove_file(filed.join(FILE)).unwrap();
    let mut place = 0;
    answer(&returns.join(RETURNED), &filed.join(RETURNED), "问题单", "答复", |row| {
        let refused = is_refused(&row["标识"]);
        place += 1;
        row.insert("答复".into(), if refused { "不同意" } else { "同意，已改" }.into());
        row.insert("理由".into(), if refused { format!("属实{place}") } else { "已改".into() });
    });
    hedui(&[&arguments[..], &["--period", "2024Q1"]].concat(), 0);
    let again = json(&result);
    let submission = &again["submissions"][0];
    assert_eq!((&submission["file"], &submission["status"]), (&Json::from(RETURNED), &Json::from("read")));
    assert!(rows(&again).iter().all(|(_, row)| row["by"] == "id"), "the form's rows are known by their keys");
    let explained: Vec<&Json> =
        again["findings"].as_array().unwrap().iter().filter(|finding| !finding["explained"].is_null()).collect();
    assert!(!explained.is_empty(), "what was not changed is still found, and explained");
    let refused = problems.iter().filter(|row| is_refused(&row["标识"]));
    let refused: BTreeSet<&str> = refused.map(|row| row["核对发现"].as_str()).collect();
    for finding in explained {
        assert!(finding["explained"].as_str().unwrap().starts_with("属实"), "{finding}");
        assert_eq!(finding["township"], "霓屿街道");
        let task = finding["task"].to_string();
        let about = problems
            .iter()
            .filter(|row| is_refused(&row["标识"]))
            .any(|row| row["标识"].contains(finding["code"].as_str().unwrap()) && row["标识"].contains(&task));
        assert!(about, "{finding} {refused:?}");
    }
}

#[test]
fn the_same_run_gives_the_same_files_and_says_who_filed_in_time() {
    let folder = tempfile::tempdir().unwrap();
    let filed = submissions(folder.path(), &[FILE, "元觉街道一季度(更正).xlsx"]);
    let mut runs = Vec::new();
    for name in ["一", "二"] {
        let (output, returns) = (folder.path().join("汇总.xlsx"), folder.path().join(name));
        let due = ["--due", "2024-04-10", "--period", "2024Q1"];
        hedui(&[&["reconcile", text(&filed), "-o", text(&output), "--returns", text(&returns)], &due[..]].concat(), 0);
        let mut written: Vec<_> = std::fs::read_dir(&returns).unwrap().map(|entry| entry.unwrap().path()).collect();
        written.sort();
        let contents = written.iter().map(|path| (path.file_name().unwrap().to_owned(), std::fs::read(path).unwrap()));
        runs.push((std::fs::read(&output).unwrap(), contents.collect::<Vec<_>>()));
    }
    assert!(runs[0] == runs[1]);
    let names: Vec<String> = runs[0].1.iter().map(|(name, _)| name.to_string_lossy().into_owned()).collect();
    assert!(names.contains(&"鹿西乡2024Q1催报.txt".to_owned()), "who did not file is reminded: {names:?}");
    let reminder =
        String::from_utf8(runs[0].1.iter().find(|(name, _)| name == "鹿西乡2024Q1催报.txt").unwrap().1.clone());
    assert!(reminder.unwrap().contains("4月10日"));
    let output = folder.path().join("汇总.xlsx");
    assert!(sheets(&output).contains(&"总览".to_owned()));
    let overview = table(&output, "总览", "报送情况");
    let filed_as = |name: &str| overview.iter().find(|row| row["填报单位"] == name).unwrap()["报送情况"].clone();
    assert_eq!(filed_as("鹿西乡"), "未报送");
    for name in ["霓屿街道", "元觉街道"] {
        assert!(["按时", "已报送"].contains(&filed_as(name).as_str()) || filed_as(name).starts_with("逾期"));
    }
}

#[test]
fn a_folder_for_returns_cannot_be_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let filed = submissions(folder.path(), &[FILE]);
    let output = folder.path().join("汇总.xlsx");
    let file = filed.join(FILE);
    let said = hedui(&["reconcile", text(&filed), "-o", text(&output), "--returns", text(&file)], 2);
    assert!(said.contains("请给出放退回材料的文件夹"), "{said}");
}
