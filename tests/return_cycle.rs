//! A return goes out, comes back repaired in part, and the next period remembers: which findings are closed?
#![allow(clippy::unwrap_used)]

mod answering;
mod clerk;
mod office;

use std::path::{Path, PathBuf};

use answering::{findings, hedui, json, rows, table};
use clerk::{Typed, answer_problems, fill, right};
use hedui::list::Plan;
use serde_json::Value as Json;

/// What was wrong in the first filing: task, heading, what was typed, and the finding.
const FAULTS: [(u32, &str, Option<&str>, &str); 7] = [
    (5, "进展情况", None, "blank-field"),
    (9, "进展情况", Some("按计划推进"), "placeholder-text"),
    (15, "累计完成", Some("正在统计"), "bad-number"),
    (34, "进展状态", Some("已完成"), "status-contradiction"),
    (38, "完成时限", Some("2032-12"), "date-out-of-plan"),
    (41, "完成时限", Some("2023-12"), "overdue"),
    (49, "累计完成", Some("103"), "out-of-range"),
];
/// The tasks that the township repairs.
const REPAIRED: [u32; 4] = [5, 15, 34, 41];

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A form of 北岙街道 for a period, filled in with the faults of some tasks.
fn filed(folder: &Path, period: &str, faulty: &[u32]) -> PathBuf {
    let templates = folder.join("模板");
    hedui(&["template", "--period", period, "-o", text(&templates), "--quiet"], 0);
    let name = format!("北岙街道{period}填报表.xlsx");
    let form = std::fs::read(templates.join(&name)).unwrap();
    let plan = Plan::built_in();
    let form = fill(&form, |line| {
        let mut typed = right(&plan, line);
        for (task, heading, wrong, _) in FAULTS.iter().filter(|fault| faulty.contains(&fault.0)) {
            if line.task() == *task && line.leads {
                typed.retain(|(filled, _)| filled != heading);
                typed.push((heading, wrong.map_or(Typed::Nothing, as_typed)));
            }
        }
        if period != "2024Q2" {
            for (heading, typed) in &mut typed {
                // What is filler stays filler, all else is told of this period.
                if let ("进展情况", Typed::Text(text)) = (*heading, &typed)
                    && text.contains("本期")
                {
                    *typed =
                        Typed::Text(format!("三季度转入收尾，{}已通过验收", text.chars().rev().collect::<String>()));
                }
            }
        }
        typed
    });
    let to = folder.join(format!("提交{period}"));
    std::fs::create_dir_all(&to).unwrap();
    std::fs::write(to.join(name), form).unwrap();
    to
}

fn as_typed(text: &str) -> Typed {
    text.parse().map_or_else(|_| text.into(), Typed::Number)
}

fn reconcile(filed: &Path, period: &str, further: &[&str]) -> Json {
    let folder = filed.parent().unwrap();
    let [output, result] = ["xlsx", "json"].map(|ending| folder.join(format!("{period}.{ending}")));
    let arguments = ["reconcile", text(filed), "-o", text(&output), "--json", text(&result)];
    hedui(&[&arguments[..], &["--period", period, "--quiet"], further].concat(), 0);
    json(&result)
}

/// Code, task and explanation of what was found in the form.
fn told(result: &Json) -> Vec<(String, u64, String)> {
    let all = result["findings"].as_array().unwrap().iter();
    let words = |finding: &Json, key: &str| finding[key].as_str().unwrap_or_default().to_owned();
    let mut told: Vec<_> = all
        .filter(|finding| finding["code"] != "missing-submission")
        .map(|finding| {
            (words(finding, "code"), finding["task"].as_u64().unwrap_or_default(), words(finding, "explained"))
        })
        .collect();
    told.sort_by_key(|(code, task, _)| (*task, code.clone()));
    told
}

/// The findings of some faults, with their explanations.
fn of_faults(tasks: &[u32], explained: &[(u32, &str)]) -> Vec<(String, u64, String)> {
    let faults = FAULTS.iter().filter(|fault| tasks.contains(&fault.0));
    let faults = faults.map(|(task, _, _, code)| {
        let words = explained.iter().find(|(explained, _)| explained == task).map_or("", |(_, words)| words);
        ((*code).to_owned(), u64::from(*task), words.to_owned())
    });
    faults.collect()
}

const ALL: [u32; 7] = [5, 9, 15, 34, 38, 41, 49];

#[test]
fn a_return_that_comes_back_closes_what_was_repaired_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let submissions = filed(folder.path(), "2024Q2", &ALL);
    let returns = folder.path().join("退回");
    let first = reconcile(&submissions, "2024Q2", &["--returns", text(&returns)]);
    assert_eq!(told(&first), of_faults(&ALL, &[]));

    // The return lists exactly these, and holds the township's own values.
    let returned = returns.join("北岙街道2024Q2退回.xlsx");
    let problems = table(&returned, "问题单", "答复");
    assert_eq!(problems.len(), FAULTS.len());
    let bytes = std::fs::read(&returned).unwrap();
    let (_, lines) = clerk::lines(&bytes);
    let line = |task: u32| lines.iter().find(|line| line.task() == task && line.leads).unwrap();
    for (task, heading, wrong, _) in FAULTS {
        assert_eq!(line(task).texts[heading], wrong.unwrap_or_default(), "{task} {heading}");
    }

    // The township repairs some, claims to have changed one that it did not, and refuses one with a reason.
    let plan = Plan::built_in();
    let repaired = fill(&bytes, |line| {
        let fault = FAULTS.iter().find(|fault| fault.0 == line.task() && REPAIRED.contains(&fault.0) && line.leads);
        let Some((_, heading, ..)) = fault else { return Vec::new() };
        right(&plan, line).into_iter().filter(|(filled, _)| filled == heading).collect()
    });
    let reason = "含两家备用水厂，已与区水务公司核对";
    let answered = answer_problems(&repaired, |row| match row["清单序号"].as_str() {
        "38" => Some(("同意，已改", "")),
        "49" => Some(("不同意", reason)),
        "15" => Some(("同意，已改", "数已报来")),
        _ => None,
    });
    let name = submissions.join("北岙街道2024Q2填报表.xlsx");
    std::fs::write(&name, &answered).unwrap();
    let second = reconcile(&submissions, "2024Q2", &["--returns", text(&returns)]);
    let left: Vec<u32> = ALL.into_iter().filter(|task| !REPAIRED.contains(task)).collect();
    assert_eq!(told(&second), of_faults(&left, &[(49, reason)]));
    assert!(rows(&second).iter().all(|(_, row)| row["by"] == "id" && row["outcome"] == "matched"));
    assert_eq!(rows(&first).len(), rows(&second).len());

    // What was explained is listed as explained, and the next return does not ask again.
    let listed = table(&folder.path().join("2024Q2.xlsx"), "问题清单", "说明");
    let stated: Vec<&str> =
        listed.iter().filter(|row| row["问题类别"] == "超出可能范围").map(|row| row["说明"].as_str()).collect();
    assert_eq!(stated, [reason]);
    let asked: Vec<String> = table(&returned, "问题单", "答复").iter().map(|row| row["清单序号"].clone()).collect();
    assert_eq!(asked, ["9", "38"]);
}

/// The row of a result that answers a task with a status.
fn row_of(result: &Json, task: u64) -> Json {
    let mut rows = rows(result).into_iter().map(|(_, row)| row);
    rows.find(|row| row["tasks"][0] == task && row["values"]["status"].is_string()).unwrap()
}

/// Has the return of a period answered and filed in the form's place, after a clerk typed into one task's first row.
fn file_answered(
    submissions: &Path,
    period: &str,
    answers: &[(&str, &'static str)],
    typed: Option<&(u32, &'static str, Typed)>,
) {
    let returned = submissions.parent().unwrap().join(format!("退回/北岙街道{period}退回.xlsx"));
    let bytes = std::fs::read(returned).unwrap();
    let bytes = fill(&bytes, |line| match typed {
        Some((task, heading, typed)) if line.task() == *task && line.leads => vec![(*heading, typed.clone())],
        _ => Vec::new(),
    });
    let answered = answer_problems(&bytes, |row| {
        let given = answers.iter().find(|(task, _)| *task == row["清单序号"]);
        given.map(|(_, answer)| (*answer, ""))
    });
    std::fs::write(submissions.join(format!("北岙街道{period}填报表.xlsx")), answered).unwrap();
}

#[test]
fn a_proposed_value_that_is_accepted_counts_and_what_was_written_stays_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let submissions = filed(folder.path(), "2024Q2", &[34, 49]);
    let returns = folder.path().join("退回");
    reconcile(&submissions, "2024Q2", &["--returns", text(&returns)]);
    let problems = table(&returns.join("北岙街道2024Q2退回.xlsx"), "问题单", "答复");
    let proposed: Vec<(&str, &str, bool)> = problems
        .iter()
        .map(|row| (row["清单序号"].as_str(), row["应写"].as_str(), !row["建议值"].is_empty()))
        .collect();
    assert_eq!(proposed, [("34", "推进中", true), ("49", "不超过100%的数", false)]);

    // Only what is proposed as a value is applied; the form itself was not touched.
    file_answered(&submissions, "2024Q2", &[("34", "同意"), ("49", "同意，已改")], None);
    let second = reconcile(&submissions, "2024Q2", &["--returns", text(&returns)]);
    let expected = [("accepted-value".to_owned(), 34, String::new()), ("out-of-range".to_owned(), 49, String::new())];
    assert_eq!(told(&second), expected);
    assert_eq!(row_of(&second, 34)["values"]["status"], "推进中");
    let said = &findings(&second, "accepted-value")[0];
    assert_eq!((&said["found"], &said["expected"]), (&"已完成".into(), &"推进中".into()));
    assert_eq!((&said["severity"], said["cell"].is_string()), (&"info".into(), true));
    let details = table(&folder.path().join("2024Q2.xlsx"), "明细", "读出：进展状态");
    let row = details.iter().find(|row| row["对应任务"].starts_with("34") && !row["进展状态"].is_empty()).unwrap();
    assert_eq!((row["进展状态"].as_str(), row["读出：进展状态"].as_str()), ("已完成", "推进中"));

    // The next return asks no more, and its form holds what was agreed on.
    let returned = returns.join("北岙街道2024Q2退回.xlsx");
    let asked: Vec<String> = table(&returned, "问题单", "答复").iter().map(|row| row["清单序号"].clone()).collect();
    assert_eq!(asked, ["49"]);
    let (_, lines) = clerk::lines(&std::fs::read(&returned).unwrap());
    let line = lines.iter().find(|line| line.task() == 34 && line.leads).unwrap();
    assert_eq!(line.texts["进展状态"], "推进中");
}

#[test]
fn what_a_township_changes_itself_counts_for_more_than_its_acceptance_and_a_refusal_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let submissions = filed(folder.path(), "2024Q2", &[34]);
    let returns = folder.path().join("退回");
    reconcile(&submissions, "2024Q2", &["--returns", text(&returns)]);
    file_answered(&submissions, "2024Q2", &[("34", "不同意")], None);
    let refused = reconcile(&submissions, "2024Q2", &[]);
    assert_eq!(told(&refused), of_faults(&[34], &[]));
    for (typed, expected) in [("推进中", Vec::new()), ("已完成", told_accepted()), ("未启动", of_faults(&[34], &[]))]
    {
        file_answered(&submissions, "2024Q2", &[("34", "同意")], Some(&(34, "进展状态", typed.into())));
        assert_eq!(told(&reconcile(&submissions, "2024Q2", &[])), expected, "{typed}");
    }
}

#[test]
#[ignore = "needs LibreOffice"]
fn libreoffice_saves_an_answered_return_and_its_answers_are_applied() {
    let folder = tempfile::tempdir().unwrap();
    let submissions = filed(folder.path(), "2024Q2", &[34]);
    let returns = folder.path().join("退回");
    reconcile(&submissions, "2024Q2", &["--returns", text(&returns)]);
    file_answered(&submissions, "2024Q2", &[("34", "同意")], None);
    let answered = folder.path().join("答复.xlsx");
    std::fs::rename(submissions.join("北岙街道2024Q2填报表.xlsx"), &answered).unwrap();
    for format in ["xlsx", "ods", "xls"] {
        let saved = office::saved_as(&answered, format, folder.path());
        let to = submissions.join(saved.file_name().unwrap());
        std::fs::copy(&saved, &to).unwrap();
        assert_eq!(told(&reconcile(&submissions, "2024Q2", &[])), told_accepted(), "{format}");
        std::fs::remove_file(to).unwrap();
    }
}

fn told_accepted() -> Vec<(String, u64, String)> {
    vec![("accepted-value".to_owned(), 34, String::new())]
}

#[test]
fn the_target_of_the_period_before_is_proposed_and_accepted() {
    let folder = tempfile::tempdir().unwrap();
    let submissions = filed(folder.path(), "2024Q2", &[]);
    reconcile(&submissions, "2024Q2", &[]);
    let last = folder.path().join("2024Q2.xlsx");
    let returns = folder.path().join("退回");
    let now = filed(folder.path(), "2024Q3", &[]);
    let name = now.join("北岙街道2024Q3填报表.xlsx");
    let before = row_target(&json(&folder.path().join("2024Q2.json")), 15);
    let changed = fill(&std::fs::read(&name).unwrap(), |line| {
        let wrong = Typed::Number(before * 0.9);
        if line.task() == 15 && line.leads { vec![("目标值", wrong)] } else { Vec::new() }
    });
    std::fs::write(&name, changed).unwrap();
    let arguments = ["--previous", text(&last), "--returns", text(&returns)];
    let first = reconcile(&now, "2024Q3", &arguments);
    assert_eq!(findings(&first, "altered-target").len(), 1);
    file_answered(&now, "2024Q3", &[("15", "同意")], None);
    let second = reconcile(&now, "2024Q3", &arguments[..2]);
    assert!(findings(&second, "altered-target").is_empty());
    assert_eq!(findings(&second, "accepted-value").len(), 1);
    assert!((row_target(&second, 15) - before).abs() < 1e-9);
}

fn row_target(result: &Json, task: u64) -> f64 {
    row_of(result, task)["values"]["target"]["value"].as_f64().unwrap()
}

#[test]
fn the_next_period_keeps_an_explanation_while_the_facts_are_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let submissions = filed(folder.path(), "2024Q2", &[9, 49]);
    let returns = folder.path().join("退回");
    reconcile(&submissions, "2024Q2", &["--returns", text(&returns)]);
    let returned = std::fs::read(returns.join("北岙街道2024Q2退回.xlsx")).unwrap();
    let reason = "含两家备用水厂";
    let answered = answer_problems(&returned, |row| (row["清单序号"] == "49").then_some(("不同意", reason)));
    std::fs::write(submissions.join("北岙街道2024Q2填报表.xlsx"), answered).unwrap();
    reconcile(&submissions, "2024Q2", &[]);

    let last = folder.path().join("2024Q2.xlsx");
    let previous = ["--previous", text(&last)];
    let same = reconcile(&filed(folder.path(), "2024Q3", &[9, 49]), "2024Q3", &previous);
    let kept: Vec<_> = told(&same).into_iter().filter(|(code, ..)| code != "repeated-text").collect();
    assert_eq!(kept, of_faults(&[9, 49], &[(49, reason)]));

    // Another value is another fact: nobody has explained it.
    let now = filed(folder.path(), "2024Q3", &[9, 49]);
    let name = now.join("北岙街道2024Q3填报表.xlsx");
    let changed = fill(&std::fs::read(&name).unwrap(), |line| {
        if line.task() == 49 && line.leads { vec![("累计完成", 104.0.into())] } else { Vec::new() }
    });
    std::fs::write(&name, changed).unwrap();
    let other = reconcile(&now, "2024Q3", &previous);
    let found: Vec<_> = told(&other).into_iter().filter(|(code, ..)| code == "out-of-range").collect();
    assert_eq!(found, of_faults(&[49], &[]));
}
