//! Does the consolidated workbook of the period before tell the same as its result file?
#![allow(clippy::unwrap_used)]

mod answering;
mod clerk;
mod office;

use std::path::{Path, PathBuf};

use answering::{answer, findings, hedui, json};
use clerk::{Line, Typed, fill, right};
use hedui::findings::Previous;
use hedui::list::Plan;
use serde_json::Value as Json;

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// What changes in a row of the form between the two periods; the rest is filled in rightly.
type Change = fn(&Line) -> Option<(&'static str, Typed)>;

/// A folder with the sample of one township, as it filed it, and the form of another one, filled in.
fn filed(folder: &Path, period: &str, change: Change) -> PathBuf {
    let to = folder.join(period);
    std::fs::create_dir_all(&to).unwrap();
    std::fs::copy("samples/2024Q1/大门镇2024Q1各办汇总.xlsx", to.join("大门镇各办汇总.xlsx")).unwrap();
    let templates = folder.join("模板");
    hedui(&["template", "--period", period, "-o", text(&templates), "--quiet"], 0);
    let name = format!("北岙街道{period}填报表.xlsx");
    let plan = Plan::built_in();
    let form = fill(&std::fs::read(templates.join(&name)).unwrap(), |line| {
        let mut typed = right(&plan, line);
        if line.leads {
            // What is told of a period is told of that period.
            let words = format!("{period}第{}项已检查{}处，整改{}处。", line.task(), 3 + period.len(), line.task());
            let words = if period == "2024Q1" { words } else { words.replace("已检查", "走访农户后又复查") };
            typed.retain(|(heading, _)| *heading != "进展情况");
            typed.push(("进展情况", Typed::Text(words)));
        }
        if let Some((heading, other)) = change(line) {
            typed.retain(|(filled, _)| *filled != heading);
            typed.push((heading, other));
        }
        typed
    });
    std::fs::write(to.join(name), form).unwrap();
    to
}

fn before(line: &Line) -> Option<(&'static str, Typed)> {
    match line.task() {
        6 if line.leads => Some(("进展状态", "已完成".into())),
        11 if line.leads => Some(("进展情况", "全区样板现场会已在东沙渔村召开，三个点位对外开放。".into())),
        15 => Some(("累计完成", 0.3.into())),
        34 => Some(("目标值", 90.0.into())),
        38 if line.leads => Some(("进展情况", Typed::Nothing)),
        _ => None,
    }
}

/// The same, and one narrative with blanks and breaks that a program may be tempted to tidy up.
fn before_in_lines(line: &Line) -> Option<(&'static str, Typed)> {
    let text = "  一、3家企业已授信。\n\n二、余下的“2家”在谈 < 3月 >； \n";
    if line.task() == 45 && line.leads { Some(("进展情况", text.into())) } else { before(line) }
}

fn after(line: &Line) -> Option<(&'static str, Typed)> {
    match line.task() {
        6 if line.leads => Some(("进展状态", "推进中".into())),
        11 if line.leads => Some(("进展情况", "全区样板现场会已在东沙渔村召开，三个点位对外开放。".into())),
        15 => Some(("累计完成", 0.2.into())),
        34 => Some(("目标值", 80.0.into())),
        38 if line.leads => Some(("进展情况", Typed::Nothing)),
        _ => None,
    }
}

fn reconcile(filed: &Path, period: &str, output: &Path, previous: Option<&Path>) -> Json {
    let result = output.with_extension("json");
    let mut arguments = vec!["reconcile", text(filed), "-o", text(output), "--json", text(&result)];
    arguments.extend(["--period", period, "--quiet"]);
    arguments.extend(previous.into_iter().flat_map(|path| ["--previous", text(path)]));
    hedui(&arguments, 0);
    json(&result)
}

/// Code, township, task and explanation of the findings that compare with the period before.
fn against_the_past(result: &Json) -> Vec<(String, String, u64)> {
    let codes = ["status-regressed", "decreased", "repeated-text", "altered-target", "unrepaired"];
    let all = result["findings"].as_array().unwrap().iter();
    let own = all.filter(|finding| codes.contains(&finding["code"].as_str().unwrap()));
    let words = |finding: &Json, key: &str| finding[key].as_str().unwrap_or_default().to_owned();
    let mut told: Vec<_> = own
        .filter(|finding| finding["township"] == "北岙街道")
        .map(|finding| {
            (words(finding, "code"), words(finding, "township"), finding["task"].as_u64().unwrap_or_default())
        })
        .collect();
    told.sort();
    told
}

#[test]
fn workbook_and_result_file_of_the_last_period_give_the_same_findings() {
    let folder = tempfile::tempdir().unwrap();
    let last = folder.path().join("上期.xlsx");
    reconcile(&filed(folder.path(), "2024Q1", before), "2024Q1", &last, None);
    let by_workbook = Previous::read(&last).unwrap();
    assert!(by_workbook.rows.len() > 120 && by_workbook.findings.len() > 10);
    assert_eq!(by_workbook, Previous::read(&last.with_extension("json")).unwrap());

    let now = filed(folder.path(), "2024Q2", after);
    let output = folder.path().join("本期.xlsx");
    let told = reconcile(&now, "2024Q2", &output, Some(&last));
    let expected = ["altered-target 34", "decreased 15", "repeated-text 11", "status-regressed 6", "unrepaired 0"];
    let named = against_the_past(&told).into_iter().map(|(code, _, task)| format!("{code} {task}"));
    assert_eq!(named.collect::<Vec<_>>(), expected);
    assert!(findings(&told, "repeated-text").len() > 20, "the other township sent its old workbook again");
    let by_result_file = reconcile(&now, "2024Q2", &output, Some(&last.with_extension("json")));
    assert_eq!(told["findings"], by_result_file["findings"]);
    // The new workbook may take the old one's place.
    assert_eq!(reconcile(&now, "2024Q2", &last, Some(&last))["findings"], told["findings"]);
    // And the form of the next period shows the same beside its blanks.
    let forms = [&output, &output.with_extension("json")].map(|previous| {
        let to = folder.path().join(previous.extension().unwrap());
        let arguments = ["template", "--period", "2024Q3", "--previous", text(previous), "-o", text(&to), "--quiet"];
        hedui(&arguments, 0);
        std::fs::read(to.join("北岙街道2024Q3填报表.xlsx")).unwrap()
    });
    assert!(forms[0] == forms[1]);
}

#[test]
#[ignore = "needs LibreOffice"]
fn libreoffice_saves_the_workbook_of_the_last_period_and_it_tells_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let (last, explained) = (folder.path().join("上期.xlsx"), folder.path().join("上期已说明.xlsx"));
    reconcile(&filed(folder.path(), "2024Q1", before_in_lines), "2024Q1", &last, None);
    answer(&last, &explained, "问题清单", "说明", |row| {
        if row["问题类别"] == "必填未填" {
            row.insert("说明".into(), "该项由区级统一填报\n已核实".into());
        }
    });
    for told in [&last, &explained] {
        let before = Previous::read(told).unwrap();
        assert!(before.rows.len() > 120 && before.findings.len() > 10);
        for format in ["xlsx", "ods", "xls"] {
            let saved = office::saved_as(told, format, folder.path());
            assert_eq!(Previous::read(&saved).unwrap(), before, "{format}");
        }
    }
    let now = filed(folder.path(), "2024Q2", after);
    let results = [&last, &folder.path().join("xls/上期.xls")]
        .map(|previous| reconcile(&now, "2024Q2", &folder.path().join("本期.xlsx"), Some(previous)));
    assert_eq!(results[0]["findings"], results[1]["findings"]);
}

#[test]
fn what_the_office_explained_in_the_workbook_holds_while_the_facts_are_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let (last, explained) = (folder.path().join("上期.xlsx"), folder.path().join("上期已说明.xlsx"));
    reconcile(&filed(folder.path(), "2024Q1", before), "2024Q1", &last, None);
    let mut answered = 0;
    answer(&last, &explained, "问题清单", "说明", |row| {
        if row["填报单位"] == "北岙街道" && row["问题类别"] == "必填未填" {
            row.insert("说明".into(), "该项由区级统一填报".into());
            answered += 1;
        }
    });
    assert_eq!(answered, 1);
    let output = folder.path().join("本期.xlsx");
    let told = reconcile(&filed(folder.path(), "2024Q2", after), "2024Q2", &output, Some(&explained));
    let blank = findings(&told, "blank-field").into_iter().find(|finding| finding["township"] == "北岙街道").unwrap();
    assert_eq!((&blank["task"], &blank["explained"]), (&38.into(), &"该项由区级统一填报".into()));
    let again = against_the_past(&told);
    assert!(again.iter().all(|(code, ..)| code != "unrepaired"), "what is explained is not reproached: {again:?}");
}

#[test]
fn other_files_are_no_previous_period() {
    let folder = tempfile::tempdir().unwrap();
    let filed = filed(folder.path(), "2024Q2", |_| None);
    let output = folder.path().join("汇总.xlsx");
    let (table, words) = (Path::new("samples/2024Q1/霓屿_2024年第一季度.csv"), folder.path().join("其他.json"));
    std::fs::write(&words, "{\"schema\": \"hedui/plan/1\"}").unwrap();
    let form = filed.join("北岙街道2024Q2填报表.xlsx");
    for previous in [table, &words, &form, &folder.path().join("没有.xlsx")] {
        let said = hedui(&["reconcile", text(&filed), "-o", text(&output), "--previous", text(previous)], 2);
        assert!(said.contains("--previous 后面"), "{said}");
        assert!(!output.exists());
    }
}
