//! Does the notice say what the consolidated workbook shows, and nothing else?
#![allow(clippy::unwrap_used)]

mod answering;
mod outputs_support;

use std::io::{Cursor, Read};

use answering::{hedui, json, submissions};
use hedui::outputs::notice;
use outputs_support::run;

/// The paragraphs of a document as text, cells of tables too.
fn paragraphs(bytes: &[u8]) -> Vec<String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut xml = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut xml).unwrap();
    let mut reader = quick_xml::Reader::from_str(&xml);
    let (mut paragraphs, mut text) = (Vec::new(), String::new());
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Text(piece) => text += &piece,
            quick_xml::events::Event::GeneralRef(name) => {
                text += match &*name {
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    "apos" => "'",
                    _ => "&",
                }
            }
            quick_xml::events::Event::End(end) if end.name().as_ref() == "w:p" => {
                paragraphs.push(std::mem::take(&mut text));
            }
            quick_xml::events::Event::Eof => return paragraphs,
            _ => {}
        }
    }
}

#[test]
fn every_figure_is_one_of_the_consolidation() {
    let mut run = run();
    run.due = "2024-04-10".parse().ok();
    let text = paragraphs(&notice::bytes(&run).unwrap());
    for expected in [
        "关于2024年第一季度任务落实情况的通报",
        "北岙街道、东屏街道、鹿西乡：",
        "应报3个单位，已报2个，未报1个（鹿西乡）。",
        "报送截止2024年4月10日，以表内填报日期为准：按时0个，逾期0个，表内未写日期2个。",
        "清单任务3项。计入汇总的记录6条，其中已对应清单任务4条，待复核1条，清单外1条。",
        "共列出问题4条：必改3条，核实1条，提示0条。漏报任务2项次。",
        "需要单位改正或核实的问题中较多的是：任务漏报2条，必填未填1条，数值异常1条。",
        "（一）北岙街道（必改0条，核实1条）",
        "1．数值异常1条（核实）：数值偏大。",
        "（二）东屏街道（必改3条，核实0条）",
        "1．任务漏报2条（必改）：未报第2项；未报第3项。",
        "（发文单位）",
    ] {
        assert!(text.iter().any(|paragraph| paragraph == expected), "{expected} is missing in {text:#?}");
    }
    let start = text.iter().position(|paragraph| paragraph == "名次").unwrap();
    let table: Vec<&[String]> = text[start..start + 40].chunks(10).collect();
    let firsts: Vec<(&str, &str, &str)> =
        table[1..].iter().map(|row| (row[0].as_str(), row[1].as_str(), row[2].as_str())).collect();
    assert_eq!(firsts, [("1", "北岙街道", "已报送"), ("2", "东屏街道", "已报送"), ("—", "鹿西乡", "未报送")]);
}

#[test]
fn the_text_is_chinese_to_the_program_that_breaks_its_lines() {
    let mut archive = zip::ZipArchive::new(Cursor::new(notice::bytes(&run()).unwrap())).unwrap();
    let mut styles = String::new();
    archive.by_name("word/styles.xml").unwrap().read_to_string(&mut styles).unwrap();
    assert!(styles.contains(r#"<w:lang w:val="en-US" w:eastAsia="zh-CN" /></w:rPr></w:rPrDefault>"#), "{styles}");
}

#[test]
fn texts_of_townships_stay_text() {
    let mut run = run();
    run.findings[0].message = "<w:p/>&\u{1}甲\n乙".into();
    let township = run.findings[0].township.clone();
    assert!(township.is_some());
    let text = paragraphs(&notice::bytes(&run).unwrap());
    assert!(text.iter().any(|paragraph| paragraph.contains("<w:p/>&␁甲 乙")), "{text:#?}");
}

#[test]
fn the_command_writes_the_same_notice_each_time() {
    let folder = tempfile::tempdir().unwrap();
    let filed = submissions(folder.path(), &["霓屿_2024年第一季度.csv"]);
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (filed, output, result) = (filed.to_str().unwrap().to_owned(), path("汇总.xlsx"), path("结果.json"));
    let mut written = Vec::new();
    for name in ["通报一.docx", "通报二.docx"] {
        let notice = path(name);
        let line = ["reconcile", &filed, "-o", &output, "--json", &result, "--period", "2024Q1", "--notice", &notice];
        let said = hedui(&line, 0);
        assert!(said.contains(&notice), "{said}");
        written.push(std::fs::read(&notice).unwrap());
    }
    assert!(written[0] == written[1]);
    let summary = &json(std::path::Path::new(&result))["summary"];
    let expected = format!(
        "必改{}条，核实{}条，提示{}条。漏报任务{}项次。",
        summary["errors"], summary["warnings"], summary["infos"], summary["missing"]
    );
    assert!(paragraphs(&written[0]).iter().any(|paragraph| paragraph.ends_with(&expected)), "{expected}");
    let said = hedui(&["reconcile", &filed, "-o", &output, "--notice", &output], 2);
    assert!(said.contains("写了两次"), "{said}");
}
