//! The sample quarter once a person has answered what was left to her: equal to the truth, but for the one row that
//! the truth leaves open too.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value as Json;

use crate::answering::{Row, answer};
use crate::support::{folder, json, reconcile, run, sample};
use crate::truth::{truths, unexplained, wrong_rows};

/// File, sheet and row.
type Place = (String, String, u64);

/// Which tasks each row answers in truth; rows that even the truth leaves open are not among them.
fn true_tasks() -> BTreeMap<Place, Vec<u64>> {
    let mut tasks = BTreeMap::new();
    for truth in truths().0 {
        let rows = truth["rows"].as_array().unwrap().iter();
        for row in rows.filter(|row| row["outcome"] != "review") {
            let text = |value: &Json| value.as_str().unwrap().to_owned();
            let place = (text(&truth["file"]), text(&row["sheet"]), row["row"].as_u64().unwrap());
            tasks.insert(place, row["tasks"].as_array().unwrap().iter().map(|task| task.as_u64().unwrap()).collect());
        }
    }
    tasks
}

/// The place that a row of the review sheet bears in its hidden column.
fn place(row: &Row) -> Place {
    let key: Json = serde_json::from_str(&row["行标识"]).unwrap();
    let text = |at: usize| key[at].as_str().unwrap().to_owned();
    let number = text(3).trim_start_matches(|c: char| c.is_ascii_alphabetic()).parse().unwrap();
    (text(1), text(2), number)
}

/// Answers as somebody does who knows the truth, in the rows that wait.
fn decide(row: &mut Row, truth: &BTreeMap<Place, Vec<u64>>) {
    let waits = row["系统判定"].starts_with("待复核");
    let Some(tasks) = truth.get(&place(row)).filter(|_| waits) else { return };
    let numbers: Vec<String> = tasks.iter().map(u64::to_string).collect();
    let verdict = if tasks.is_empty() { "不属于清单" } else { "另填编号" };
    row.insert("判定".to_owned(), verdict.to_owned());
    row.insert("另填编号".to_owned(), numbers.join("、"));
}

#[test]
fn once_decided_rows_and_findings_equal_the_truth() {
    let folder = folder("decided");
    let (workbook, answered, result) = (folder.join("汇总.xlsx"), folder.join("已判定.xlsx"), folder.join("结果.json"));
    run(reconcile().arg(sample("")).arg("-o").arg(&workbook), 0);
    let truth = true_tasks();
    answer(&workbook, &answered, "匹配复核", "判定", |row| decide(row, &truth));
    let again = |decisions: &Path| {
        let mut command = reconcile();
        command.arg(sample("")).arg("-o").arg(&workbook).arg("--json").arg(&result);
        run(command.arg("--decisions").arg(decisions), 0);
        json(&result)
    };
    let settled = again(&answered);
    // No row waits besides those, so that nothing else can be explained by waiting.
    let left_open = |truth: &Json| {
        let rows = truth["rows"].as_array().unwrap().iter();
        rows.filter(|row| row["outcome"] == "review").count()
    };
    assert_eq!(settled["summary"]["review"], truths().0.iter().map(left_open).sum::<usize>());
    assert_eq!(wrong_rows(&settled), Vec::<String>::new());
    assert_eq!(unexplained(&settled), [vec![], vec![]], "missed, and not in the truth");
}
