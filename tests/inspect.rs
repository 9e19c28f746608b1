//! Does `inspect` explain how a file was read: whose, when, which columns, which rows not, and why?
#![expect(clippy::unwrap_used, reason = "helpers of a test: a fixture that cannot be read must fail it")]

use std::path::Path;

use hedui::list::Plan;
use hedui::outputs::inspection::{Inspection, picture, text};
use hedui::records::Reader;
use hedui::workbooks::{Arrival, Limits, collect};

fn arrival(fixture: &str) -> Arrival {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/layouts").join(fixture);
    collect(&[path]).unwrap()[0].arrive(&Limits::default())
}

fn inspected(fixture: &str) -> String {
    text(&Inspection::new(&arrival(fixture), &Reader::new(&Plan::built_in())))
}

#[test]
fn the_text_tells_whose_when_and_why() {
    let shown = inspected("caption-and-title-contradict.xlsx");
    for words in [
        "单位：元觉街道\n",
        "依据：填报单位等栏 填报表!A2“填报单位:元觉街道”\n",
        "依据：标题 填报表!A1“东屏街道2024年第一季度落实情况表”，写的是东屏街道，与上面不一致\n",
        "期间：2024Q1\n",
        "（账平）\n",
    ] {
        assert!(shown.contains(words), "{words} is not in\n{shown}");
    }
}

#[test]
fn every_row_that_is_no_record_has_its_reason() {
    let shown = inspected("subtotals-and-totals.xlsx");
    for words in ["第 4 行  小计", "第 6 行  小计", "第 7 行  合计", "写着“合计”，是合计行"] {
        assert!(shown.contains(words), "{words} is not in\n{shown}");
    }
}

#[test]
fn columns_stand_below_each_other_in_double_width() {
    let shown = inspected("plain-header-row.xlsx");
    let columns: Vec<&str> = shown.lines().filter(|line| line.contains("与标准表头相同")).collect();
    assert!(columns.len() >= 8, "{shown}");
    let place = |line: &str| {
        let before = &line[..line.find("与标准").unwrap()];
        before.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>()
    };
    let places: Vec<usize> = columns.iter().map(|line| place(line)).collect();
    assert!(places.windows(2).all(|pair| pair[0] == pair[1]), "{places:?}\n{shown}");
}

#[test]
fn a_file_without_a_table_says_what_is_missing() {
    let shown = inspected("contacts-only.xlsx");
    assert!(shown.contains("没有找到填报表"), "{shown}");
    assert!(shown.contains("没有当作填报表："), "{shown}");
}

#[test]
fn the_json_carries_columns_rows_and_ledger() {
    let inspection = Inspection::new(&arrival("header-over-two-rows.xlsx"), &Reader::new(&Plan::built_in()));
    let json = serde_json::to_value(&inspection).unwrap();
    assert_eq!(json["schema"], "hedui/inspection/1");
    let table = &json["sheets"][0]["tables"][0];
    assert_eq!(table["range"], "A2:H5");
    assert_eq!(table["header_rows"], serde_json::json!([2, 3]));
    assert_eq!(table["columns"][4]["field"], "period_done");
    assert_eq!(table["records"], serde_json::json!([4, 5]));
    let submission = &json["submissions"][0];
    let ledger = &submission["ledger"];
    let sum: u64 = ["records", "surroundings", "unassigned"].iter().map(|part| ledger[part].as_u64().unwrap()).sum();
    assert_eq!(ledger["cells"].as_u64().unwrap(), sum);
    assert_eq!(submission["township"], "东屏街道");
}

#[test]
fn the_picture_colours_cells_and_lets_no_markup_through() {
    let reader = Reader::new(&Plan::built_in());
    let page = picture(&arrival("task-merged-over-indicators.xlsx"), &reader).unwrap();
    assert!(page.contains("rowspan=\"3\" colspan=\"1\""), "merged task cell");
    assert!(page.contains("class=\"header\"") && page.contains("class=\"record\""));
    let mut hostile = arrival("plain-header-row.xlsx");
    hostile.file = "<script>alert(1)</script>.xlsx".to_owned();
    let page = picture(&hostile, &reader).unwrap();
    assert!(!page.contains("<script>"), "markup in a file name");
}
