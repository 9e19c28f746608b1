//! What lies among the submissions and is none: is it told as what it is, and not read as a report?
#![allow(clippy::unwrap_used)]

mod answering;

use std::path::Path;

use answering::{findings, hedui, json, submissions};
use serde_json::Value as Json;

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn plans_outputs_and_blank_forms_are_told_as_what_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let filed = submissions(folder.path(), &["霓屿_2024年第一季度.csv"]);
    let put = |name: &str| filed.join(name);
    hedui(&["import", "tests/fixtures/documents/dongtou.txt", "-o", text(&put("方案.xlsx")), "--quiet"], 0);
    for period in ["2024Q1", "2024Q2"] {
        let templates = folder.path().join(period);
        hedui(&["template", "--period", period, "-o", text(&templates), "--quiet"], 0);
        // The next period's forms lie beside what was filed; one township sent its form back as it was.
        let names: &[&str] =
            if period == "2024Q1" { &["北岙街道"] } else { &["霓屿街道", "东屏街道", "大门镇"] };
        for name in names {
            let name = format!("{name}{period}填报表.xlsx");
            std::fs::copy(templates.join(&name), put(&name)).unwrap();
        }
    }
    let [output, result] = ["汇总.xlsx", "结果.json"].map(|name| filed.join(name));
    let arguments = ["reconcile", text(&filed), "-o", text(&output), "--json", text(&result), "--quiet"];
    hedui(&arguments, 0);
    let first = json(&result);
    // Again, now with the outputs among the submissions: nothing changes but that they are named.
    hedui(&arguments, 0);
    let again = json(&result);
    assert_eq!(first["findings"], again["findings"]);
    assert_eq!((&again["period"], &again["summary"]["received"]), (&"2024Q1".into(), &1.into()));

    let remark = |file: &str| -> String {
        let all = again["submissions"].as_array().unwrap().iter();
        let one: Vec<&Json> = all.filter(|one| one["file"] == file).collect();
        assert_eq!((one.len(), one[0]["rows"].as_array().unwrap().len()), (1, 0), "{file}");
        assert!(one[0]["status"] == "unreadable" || one[0]["status"] == "no-table", "{file}");
        one[0]["remarks"][0].as_str().unwrap().to_owned()
    };
    assert!(remark("方案.xlsx").contains("责任分解方案，不是报送材料"));
    assert!(remark("汇总.xlsx").contains("本工具生成的汇总结果"));
    assert!(remark("结果.json").contains("本工具生成的汇总结果"));
    assert_eq!(remark("霓屿街道2024Q2填报表.xlsx"), "这是霓屿街道2024年第二季度的空白填报表，还没有填写，不算报送。");
    assert_eq!(remark("北岙街道2024Q1填报表.xlsx"), "这是北岙街道2024年第一季度的空白填报表，还没有填写，不算报送。");

    // Who sent nothing but a blank form has filed nothing; nobody is blamed for the rest.
    let missing = findings(&again, "missing-submission");
    let said = |township: &str| {
        missing.iter().find(|finding| finding["township"] == township).unwrap()["message"].as_str().unwrap().to_owned()
    };
    assert!(said("北岙街道").contains("“北岙街道2024Q1填报表.xlsx”是空白的填报表"), "{}", said("北岙街道"));
    assert!(!said("鹿西乡").contains("空白"));
    assert_eq!(missing.len(), 5);
    let all = again["findings"].as_array().unwrap().iter();
    let others = all.filter(|finding| finding["code"] != "missing-submission");
    let elsewhere: Vec<&Json> = others.filter(|finding| finding["township"] != "霓屿街道").collect();
    assert!(elsewhere.is_empty(), "{elsewhere:#?}");
}
