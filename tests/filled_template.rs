//! Does a template that was filled in say the same however it was sorted, widened, typed and saved?
#![allow(clippy::unwrap_used)]

mod answering;
mod clerk;

use std::path::Path;

use answering::{findings, hedui, json, rows, table};
use clerk::{Line, Typed, fill, full_width, right, sorted, without_results};
use hedui::list::Plan;
use serde_json::Value as Json;

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn template() -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    hedui(&["template", "--period", "2024Q2", "-o", text(folder.path()), "--quiet"], 0);
    std::fs::read(folder.path().join("北岙街道2024Q2填报表.xlsx")).unwrap()
}

fn reconciled(form: &[u8]) -> Json {
    let folder = tempfile::tempdir().unwrap();
    let [filed, output, result] = ["新建工作表.xlsx", "汇总.xlsx", "结果.json"].map(|name| folder.path().join(name));
    std::fs::write(&filed, form).unwrap();
    let arguments = ["-o", text(&output), "--json", text(&result), "--period", "2024Q2", "--quiet"];
    hedui(&[&["reconcile", text(&filed)], &arguments[..]].concat(), 0);
    json(&result)
}

/// What was found in the one file: code, task, what stands there and what was said.
fn told(result: &Json) -> Vec<String> {
    let all = result["findings"].as_array().unwrap().iter();
    let own = all.filter(|finding| finding["code"] != "missing-submission");
    let mut told: Vec<String> = own
        .map(|finding| format!("{} {} {} {}", finding["code"], finding["task"], finding["found"], finding["message"]))
        .collect();
    told.sort();
    told
}

/// The form as different hands and programs leave it.
fn left(form: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let backwards = |row: &[String]| {
        format!("{:?}", row.iter().map(|text| text.chars().rev().collect::<String>()).collect::<Vec<_>>())
    };
    vec![
        ("as it was saved", form.to_vec()),
        ("without results of formulas", without_results(form)),
        ("sorted by the narrative", sorted(form, |row| row[11].clone())),
        ("sorted anyhow", sorted(form, backwards)),
    ]
}

/// A right filling, its numbers in full width.
fn right_in_full_width(plan: &Plan, line: &Line) -> Vec<(&'static str, Typed)> {
    let wide = |typed| match typed {
        Typed::Number(number) => full_width(number),
        other => other,
    };
    right(plan, line).into_iter().map(|(heading, typed)| (heading, wide(typed))).collect()
}

#[test]
fn a_right_filling_gives_no_finding_in_any_order_width_and_saving() {
    let plan = Plan::built_in();
    let form = template();
    let narrow = fill(&form, |line| right(&plan, line));
    let wide = fill(&form, |line| right_in_full_width(&plan, line));
    for (width, form) in [("half width", narrow), ("full width", wide)] {
        let expected = clerk::lines(&form).1.len();
        for (how, form) in left(&form) {
            let result = reconciled(&form);
            assert_eq!(told(&result), Vec::<String>::new(), "{width} {how}");
            assert_eq!(findings(&result, "missing-submission").len(), plan.townships.len() - 1, "{width} {how}");
            let rows = rows(&result);
            assert_eq!(rows.len(), expected, "{width} {how}");
            assert!(rows.iter().all(|(_, row)| row["by"] == "id" && row["outcome"] == "matched"), "{width} {how}");
        }
    }
}

#[test]
fn the_same_faults_are_found_in_any_order_width_and_saving() {
    let plan = Plan::built_in();
    let faulty = |line: &Line, mut typed: Vec<(&'static str, Typed)>| {
        let fault: Option<(&str, Typed)> = match (line.task(), line.leads) {
            (5, true) => Some(("进展情况", Typed::Nothing)),
            (9, true) => Some(("进展情况", "按计划推进".into())),
            (15, true) => Some(("累计完成", "正在统计".into())),
            (19, true) => Some(("进展状态", "未启动".into())),
            (34, true) => Some(("进展状态", "已完成".into())),
            (41, true) => Some(("完成时限", "2032-12".into())),
            (49, true) => Some(("累计完成", 103.0.into())),
            (57, true) => Some(("累计完成", Typed::Nothing)),
            _ => None,
        };
        if let Some((heading, wrong)) = fault {
            typed.retain(|(filled, _)| *filled != heading);
            typed.push((heading, wrong));
        }
        typed
    };
    let form = template();
    let narrow = fill(&form, |line| faulty(line, right(&plan, line)));
    let expected = told(&reconciled(&narrow));
    let codes: Vec<&str> = expected.iter().map(|told| told.split('"').nth(1).unwrap()).collect();
    let planted = [
        "bad-number",
        "blank-field",
        "blank-field",
        "date-out-of-plan",
        "out-of-range",
        "placeholder-text",
        "status-contradiction",
        "status-contradiction",
    ];
    assert_eq!(codes, planted, "{expected:#?}");
    for (how, form) in left(&narrow) {
        assert_eq!(told(&reconciled(&form)), expected, "{how}");
    }
    let wide = fill(&form, |line| faulty(line, right_in_full_width(&plan, line)));
    let codes_of = |told: Vec<String>| -> Vec<String> {
        told.into_iter().map(|one| one.split(' ').take(2).collect::<Vec<_>>().join(" ")).collect()
    };
    assert_eq!(codes_of(told(&reconciled(&wide))), codes_of(expected));
}

#[test]
fn a_task_that_was_left_blank_is_not_reported() {
    let plan = Plan::built_in();
    // A task whose targets the form bears already, one with several sums, one without indicators.
    let blank = [2, 20, 38];
    let form = fill(&template(), |line| if blank.contains(&line.task()) { Vec::new() } else { right(&plan, line) });
    let folder = tempfile::tempdir().unwrap();
    let [filed, output, result, returns] =
        ["北岙街道.xlsx", "汇总.xlsx", "结果.json", "退回"].map(|name| folder.path().join(name));
    std::fs::write(&filed, form).unwrap();
    let arguments = ["-o", text(&output), "--json", text(&result), "--returns", text(&returns), "--period", "2024Q2"];
    let said = hedui(&[&["reconcile", text(&filed)], &arguments[..]].concat(), 0);
    assert!(said.contains("缺报任务0项，未填任务3项"), "{said}");

    let result = json(&result);
    assert_eq!((&result["summary"]["missing"], &result["summary"]["unfilled"]), (&0.into(), &3.into()));
    let of_blank = |code: &str| -> Vec<u64> {
        findings(&result, code).iter().filter_map(|finding| finding["task"].as_u64()).collect()
    };
    assert_eq!(of_blank("missing-task"), Vec::<u64>::new());
    for task in blank {
        assert!(of_blank("blank-field").contains(&u64::from(task)), "{task}");
    }
    for row in table(&output, "缺报矩阵", "任务名称") {
        let number: Option<u32> = row["序号"].parse().ok();
        let expected = number.map(|number| if blank.contains(&number) { "未填" } else { "√" });
        assert!(expected.is_none_or(|expected| row["北岙街道"] == expected), "{row:?}");
    }
    let own = |row: &&answering::Row| row["填报单位"] == "北岙街道";
    let overview = table(&output, "总览", "填报单位");
    let overview = overview.iter().find(own).unwrap();
    assert_eq!((overview["漏报任务"].as_str(), overview["未填任务"].as_str()), ("0", "3"));
    let blanks = table(&output, "汇总表", "填报单位");
    let blanks = blanks.iter().filter(own).filter(|row| row["进展状态"] == "未填" && row["灯号"] == "红");
    assert_eq!(blanks.count(), 3);
    let reminder = std::fs::read_to_string(returns.join("北岙街道2024Q2催报.txt")).unwrap();
    assert!(reminder.contains("\n未填3项：第2、20、38项。\n"), "{reminder}");
    assert!(!reminder.contains("空着"), "{reminder}");
}

#[test]
fn the_status_in_the_first_row_stands_for_all_indicators() {
    let plan = Plan::built_in();
    let several = |line: &Line| plan.task(line.task()).unwrap().indicators.len() > 1;
    // All of the first indicators is done, and all but the second of one task.
    let form = fill(&template(), |line| {
        let mut typed = right(&plan, line);
        if several(line) {
            let half = line.task() == 12 && line.key.indicator == Some(1);
            let target = typed.iter().find(|(heading, _)| *heading == "目标值").unwrap().1.clone();
            if !half {
                typed.retain(|(heading, _)| *heading != "累计完成");
                typed.push(("累计完成", target));
            }
            typed.retain(|(heading, _)| *heading != "进展状态");
            if line.leads {
                typed.push(("进展状态", "已完成".into()));
            }
        }
        typed
    });
    for (how, form) in left(&form) {
        let result = reconciled(&form);
        let found = findings(&result, "status-contradiction");
        let told: Vec<&str> = found.iter().filter_map(|finding| finding["message"].as_str()).collect();
        let [only] = told[..] else { panic!("{how}: {told:#?}") };
        assert!(only.contains("“已完成”，但指标“") && only.contains("没有达到目标值"), "{how}: {only}");
    }
}

#[test]
fn a_folder_of_blank_forms_says_that_nothing_was_filled_in() {
    let folder = tempfile::tempdir().unwrap();
    let [forms, output] = ["模板", "汇总.xlsx"].map(|name| folder.path().join(name));
    hedui(&["template", "--period", "2024Q2", "-o", text(&forms), "--quiet"], 0);
    let said = hedui(&["reconcile", text(&forms), "-o", text(&output)], 0);
    assert!(said.contains("周期：2024年第二季度（没有一份报表填了内容，6份空白填报表写明）"), "{said}");
    assert!(said.contains("已报0个"), "{said}");
}

#[test]
fn forms_of_another_plan_and_periods_outside_the_plan_are_said() {
    let plan = Plan::built_in();
    let form = fill(&template(), |line| right(&plan, line));
    let folder = tempfile::tempdir().unwrap();
    let [filed, output, other, forms] =
        ["北岙街道.xlsx", "汇总.xlsx", "方案.toml", "模板"].map(|name| folder.path().join(name));
    std::fs::write(&filed, form).unwrap();
    let own = std::fs::read_to_string("templates/dongtou.toml").unwrap();
    let title = format!("title = \"{}", plan.title);
    std::fs::write(&other, own.replacen(&title, &format!("{title}（修订）"), 1)).unwrap();
    let arguments = ["reconcile", text(&filed), "-o", text(&output), "--plan", text(&other)];
    let said = hedui(&arguments, 0);
    assert!(said.contains("注意：1份标准填报表中有1份的模板与本次所用方案不同"), "{said}");
    assert!(said.find("请检查 --plan") < said.find("已写出"), "{said}");
    let said = hedui(&["template", "--period", "2029Q1", "-o", text(&forms)], 0);
    assert!(said.contains("注意：2029年第一季度不在方案的年份（2023—2027年）之内"), "{said}");
}
