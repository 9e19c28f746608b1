//! Does LibreOffice open what hedui writes, and does what it saves come back whole?
//!
//! Run by `.ci/run` where LibreOffice is installed: `cargo test --test libreoffice -- --ignored`.
#![allow(clippy::unwrap_used)]

mod answering;
mod clerk;
mod office;

use std::collections::BTreeMap;
use std::path::Path;

use answering::{findings, hedui, json, rows};
use calamine::{Data, Reader, open_workbook_auto};
use clerk::{Typed, fill, right};
use hedui::list::Plan;
use office::saved_as;

/// The cells of each sheet by their place; numbers to nine digits, as two programs may differ in the last.
fn cells(workbook: &Path) -> BTreeMap<String, BTreeMap<(u32, u32), String>> {
    let mut workbook = open_workbook_auto(workbook).unwrap();
    let sheets = workbook.sheet_names().into_iter().map(|name| {
        let range = workbook.worksheet_range(&name).unwrap();
        let (top, left) = range.start().unwrap_or_default();
        let cells = range.used_cells().filter_map(|(row, column, data)| {
            let text = match data {
                Data::Empty => return None,
                Data::Float(number) => format!("{number:.9e}"),
                other => other.to_string(),
            };
            let place = (top + u32::try_from(row).unwrap(), left + u32::try_from(column).unwrap());
            (!text.is_empty()).then_some((place, text))
        });
        (name, cells.collect())
    });
    sheets.collect()
}

/// The pages of a PDF that LibreOffice wrote.
fn pages(pdf: &Path) -> usize {
    let bytes = std::fs::read(pdf).unwrap();
    let text = String::from_utf8_lossy(&bytes);
    text.matches("/Type/Page/").count() + text.matches("/Type /Page\n").count()
}

/// Cells whose text follows from a formula that only a person's program computes.
fn is_computed_later(text: &str) -> bool {
    text.contains("打开后自动计算")
}

/// Every cell stands after LibreOffice's saving where it stood, formulas computed anew; and there are pages to print.
fn stands(workbook: &Path, folder: &Path) {
    let (before, after) = (cells(workbook), cells(&saved_as(workbook, "xlsx", folder)));
    let shown = workbook.display();
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>(), "{shown}");
    for (sheet, cells) in &before {
        assert!(!cells.is_empty(), "{shown} {sheet}");
        for (place, text) in cells {
            let now = after[sheet].get(place).map(String::as_str).unwrap_or_default();
            if is_computed_later(text) {
                assert!(!now.is_empty() && now != text, "{shown} {sheet} {place:?}: not computed");
            } else {
                assert_eq!(now, text, "{shown} {sheet} {place:?}");
            }
        }
    }
    let pages = pages(&saved_as(workbook, "pdf", folder));
    let visible = before.keys().filter(|name| !name.starts_with('_')).count();
    assert!(pages >= visible, "{shown}: {pages} pages of {visible} sheets");
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
#[ignore = "needs LibreOffice"]
fn libreoffice_opens_the_workbooks_of_a_run_and_computes_the_same_sums() {
    let folder = tempfile::tempdir().unwrap();
    let [output, returns, notice] = ["汇总.xlsx", "退回", "通报.docx"].map(|name| folder.path().join(name));
    let outputs = ["-o", text(&output), "--returns", text(&returns), "--notice", text(&notice)];
    hedui(&[&["reconcile", "samples/2024Q1", "--due", "2024-04-10", "--quiet"], &outputs[..]].concat(), 0);
    stands(&output, folder.path());
    stands(&returns.join("霓屿街道2024Q1退回.xlsx"), folder.path());
    stands(&returns.join("鹿西乡2024Q1退回.xlsx"), folder.path());
    assert!(pages(&saved_as(&notice, "pdf", folder.path())) >= 2);
    let words = std::fs::read_to_string(saved_as(&notice, "txt:Text (encoded):UTF8", folder.path())).unwrap();
    for sentence in
        ["关于2024年第一季度任务落实情况的通报", "应报6个单位，已报5个，未报1个（鹿西乡）。", "（发文单位）"]
    {
        assert!(words.contains(sentence), "{sentence}\n{words}");
    }
}

#[test]
#[ignore = "needs LibreOffice"]
fn libreoffice_opens_templates_and_plan_workbooks() {
    let folder = tempfile::tempdir().unwrap();
    let templates = folder.path().join("模板");
    hedui(&["template", "--period", "2024Q2", "--due", "2024-07-10", "-o", text(&templates), "--quiet"], 0);
    stands(&templates.join("北岙街道2024Q2填报表.xlsx"), folder.path());
    let plan = folder.path().join("方案.xlsx");
    let published = "tests/fixtures/documents/dongtou.txt";
    hedui(&["import", published, "-o", text(&plan), "--quiet"], 0);
    stands(&plan, folder.path());
    // Saved by LibreOffice, the plan is the same plan.
    for format in ["xlsx", "ods"] {
        let saved = saved_as(&plan, format, folder.path());
        assert_eq!(Plan::load(&saved).unwrap(), Plan::load(&plan).unwrap(), "{format}");
    }
}

/// The result of a run over one file for the second quarter.
fn reconciled(file: &Path, folder: &Path) -> serde_json::Value {
    let [output, result] = ["汇总.xlsx", "结果.json"].map(|name| folder.join(name));
    let arguments = ["-o", text(&output), "--json", text(&result), "--period", "2024Q2", "--quiet"];
    hedui(&[&["reconcile", text(file)], &arguments[..]].concat(), 0);
    json(&result)
}

/// Findings about the one township that filed: code, task and cell.
fn told(result: &serde_json::Value) -> Vec<(String, u64, String)> {
    let all = result["findings"].as_array().unwrap().iter();
    let own = all.filter(|finding| finding["code"] != "missing-submission");
    let mut told: Vec<_> = own
        .map(|finding| {
            let words = |key: &str| finding[key].as_str().unwrap_or_default().to_owned();
            (words("code"), finding["task"].as_u64().unwrap_or_default(), words("cell"))
        })
        .collect();
    told.sort();
    told
}

/// A template that a clerk filled in, saved by LibreOffice in each format an office uses.
fn round_trip(form: &[u8], check: impl Fn(&serde_json::Value, &str)) {
    let folder = tempfile::tempdir().unwrap();
    let filled = folder.path().join("新建工作表.xlsx");
    std::fs::write(&filled, form).unwrap();
    check(&reconciled(&filled, folder.path()), "as the clerk saved it");
    for format in ["xlsx", "ods", "xls"] {
        let saved = saved_as(&filled, format, folder.path());
        let result = reconciled(&saved, folder.path());
        let rows = rows(&result);
        assert_eq!(rows.len(), clerk::lines(form).1.len(), "{format}");
        assert!(rows.iter().all(|(_, row)| row["by"] == "id" && row["outcome"] == "matched"), "{format}");
        let submission = &result["submissions"][0];
        assert_eq!(
            (&submission["township"], &submission["period"]),
            (&"北岙街道".into(), &"2024Q2".into()),
            "{format}"
        );
        check(&result, format);
    }
}

fn template() -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    hedui(&["template", "--period", "2024Q2", "-o", text(folder.path()), "--quiet"], 0);
    std::fs::read(folder.path().join("北岙街道2024Q2填报表.xlsx")).unwrap()
}

#[test]
#[ignore = "needs LibreOffice"]
fn libreoffice_saves_a_rightly_filled_template_without_a_finding() {
    let plan = Plan::built_in();
    round_trip(&fill(&template(), |line| right(&plan, line)), |result, format| {
        assert_eq!(told(result), [], "{format}: {:#?}", result["findings"]);
        assert_eq!(findings(result, "missing-submission").len(), plan.townships.len() - 1);
    });
}

#[test]
#[ignore = "needs LibreOffice"]
fn libreoffice_saves_a_template_with_faults_and_exactly_those_are_found() {
    let plan = Plan::built_in();
    let faults: [(u32, &str, Typed, &str); 5] = [
        (6, "进展情况", Typed::Nothing, "blank-field"),
        (11, "进展情况", "按计划推进".into(), "placeholder-text"),
        (15, "累计完成", "正在统计".into(), "bad-number"),
        (34, "进展状态", "已完成".into(), "status-contradiction"),
        (38, "完成时限", "2032-12".into(), "date-out-of-plan"),
    ];
    let form = template();
    let (columns, lines) = clerk::lines(&form);
    let filled = fill(&form, |line| {
        let mut typed = right(&plan, line);
        for (task, heading, wrong, _) in &faults {
            if line.task() == *task && line.leads {
                typed.retain(|(filled, _)| filled != heading);
                typed.push((heading, wrong.clone()));
            }
        }
        typed
    });
    let expected = faults.iter().map(|(task, heading, _, code)| {
        let line = lines.iter().find(|line| line.task() == *task && line.leads).unwrap();
        let cell = format!("{}{}", hedui::location::column_letters(columns[*heading]), line.row + 1);
        ((*code).to_owned(), u64::from(*task), cell)
    });
    let mut expected: Vec<_> = expected.collect();
    expected.sort();
    round_trip(&filled, |result, format| {
        assert_eq!(told(result), expected, "{format}: {:#?}", result["findings"]);
    });
}
