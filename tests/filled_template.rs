//! Does a template that was filled in say the same however it was sorted, widened, typed and saved?
#![allow(clippy::unwrap_used)]

mod answering;
mod clerk;

use std::path::Path;

use answering::{findings, hedui, json, rows};
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
