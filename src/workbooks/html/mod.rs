//! Which tables does a web page hold that was saved as a workbook?
//!
//! Only the tokenizer of html5ever is used: building the tree of a hostile page can take the square of its size.

mod page;
mod text;

use html5ever::TokenizerResult;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tokenizer, TokenizerOpts};

use super::limits::Budget;
use super::refusal::Refusal;
use super::sheet::{Format, Workbook};
use page::Page;

/// Characters given to the tokenizer at once, between two looks at the limits.
const STEP: usize = 16 * 1024;

/// Whether a text begins like a web page.
pub(super) fn is_page(text: &str) -> bool {
    let mut rest = text.trim_start_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']);
    // Declarations and comments come before the first element.
    while let Some(after) = ["<?", "<!--"].iter().find(|mark| rest.starts_with(**mark)).map(|mark| {
        let end = if *mark == "<?" { "?>" } else { "-->" };
        rest.split_once(end).map_or("", |(_, after)| after)
    }) {
        rest = after.trim_start();
    }
    let head: String = rest.chars().take(20).collect::<String>().to_ascii_lowercase();
    [
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<meta",
        "<title",
        "<style",
        "<table",
        "<div",
        "<center",
        "<p>",
        "<tr",
    ]
    .iter()
    .any(|beginning| head.starts_with(beginning))
}

/// Reads a page: each table that shows something is a sheet, named by its caption or by the workbook that the page was
/// saved from; the text between tables stands in rows above the next one, as spreadsheet programs show it.
pub(super) fn read(text: &str, budget: &mut Budget<'_>) -> Result<Workbook, Refusal> {
    let tokenizer = Tokenizer::new(Page::new(budget), TokenizerOpts::default());
    let queue = BufferQueue::default();
    let mut rest = text;
    while !rest.is_empty() {
        let mut length = rest.len().min(STEP);
        while !rest.is_char_boundary(length) {
            length += 1;
        }
        queue.push_back(StrTendril::from(&rest[..length]));
        rest = &rest[length..];
        while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
        tokenizer.sink.outcome()?;
    }
    tokenizer.end();
    let (sheets, remarks) = tokenizer.sink.finish()?;
    if sheets.is_empty() {
        return Err(Refusal::not_a_workbook("没有表格的网页"));
    }
    Ok(Workbook { format: Format::Html, sheets, remarks })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbooks::{Limits, Sheet, Value};

    fn sheets(text: &str) -> Vec<Sheet> {
        let limits = Limits::default();
        read(text, &mut Budget::new(&limits)).unwrap().sheets
    }

    fn shown(sheet: &Sheet) -> Vec<String> {
        sheet.cells().iter().map(|cell| format!("{}={}", cell.at, cell.text)).collect()
    }

    #[test]
    fn spans_become_merged_regions_and_push_later_cells_aside() {
        let sheets = sheets(
            "<table><tr><td rowspan=2>序号<td colspan='2'>进展</tr><tr><td>本期<td>累计</tr>\
             <tr><td>1<td>开工<br>建设<td> 45.2 \n 亿元</table>",
        );
        assert_eq!(
            shown(&sheets[0]),
            ["A1=序号", "B1=进展", "B2=本期", "C2=累计", "A3=1", "B3=开工\n建设", "C3=45.2 亿元"]
        );
        let merged: Vec<String> = sheets[0].merged.iter().map(crate::location::Region::a1).collect();
        assert_eq!(merged, ["A1:A2", "B1:C1"]);
    }

    #[test]
    fn each_table_is_a_sheet_and_text_between_stands_above_the_next() {
        let sheets = sheets(
            "<html><style>p{}</style><h2>北岙街道</h2><p>单位：亿元</p><table><tr><td>甲</table>\
             <table><caption>附表</caption><tr><td>乙<table><tr><td>丙</table></table><p>填报人：张三</p></html>",
        );
        assert_eq!(sheets.iter().map(|sheet| sheet.name.as_str()).collect::<Vec<_>>(), ["Sheet1", "附表", "Sheet3"]);
        assert_eq!(shown(&sheets[0]), ["A1=北岙街道", "A2=单位：亿元", "A3=甲"]);
        assert_eq!(shown(&sheets[1]), ["A1=乙"]);
        assert_eq!(shown(&sheets[2]), ["A1=丙", "A2=填报人：张三"]);
    }

    #[test]
    fn what_excel_writes_into_attributes_is_read() {
        let sheets = sheets(
            "<html xmlns:x='urn:schemas-microsoft-com:office:excel'><style>.xl65{text-decoration:line-through;}</style>\
             <table><tr style='display:none'><td x:num='0.753'>75.3%<td x:num>12<td x:err='#REF!'>#REF!\
             <td class=xl65>旧<td><s>50</s>60<td>&nbsp;</table>",
        );
        let cells = sheets[0].cells();
        assert_eq!((&cells[0].value, &*cells[0].text), (&Value::Number(0.753), "75.3%"));
        assert_eq!(cells[1].value, Value::Number(12.0));
        assert_eq!(cells[2].value, Value::Error("#REF!".to_owned()));
        assert!(cells[3].struck && !cells[4].struck);
        assert_eq!((&*cells[4].text, cells.len()), ("60", 5));
        assert!(sheets[0].hidden_rows.contains(&0));
    }

    #[test]
    fn what_libreoffice_writes_into_attributes_is_read() {
        let sheets = sheets(
            "<table><tr><td sdval=\"45.2\" sdnum=\"1033;0;0.00&quot;亿元&quot;\"><comment>数据待核</comment> 45.20亿元</td>\
             <td sdval=\"45382\" sdnum=\"1033;0;YYYY/MM/DD\">2024/03/31</td><td sdval=\"0\" sdnum=\"1033;\">#DIV/0!</td></tr></table>",
        );
        let cells = sheets[0].cells();
        assert_eq!((&cells[0].value, &*cells[0].text), (&Value::Number(45.2), "45.20亿元"));
        assert_eq!(cells[0].format_unit.as_deref(), Some("亿元"));
        assert_eq!(cells[0].comment.as_deref(), Some("数据待核"));
        assert_eq!(cells[1].value, Value::Date(45_382.0));
        assert_eq!(cells[2].value, Value::Error("#DIV/0!".to_owned()));
    }

    #[test]
    fn pages_are_told_by_their_first_element() {
        for text in
            ["<html>", "\u{FEFF}\n<!DOCTYPE HTML>", "<?xml version='1.0'?><html>", "<!-- x --><TABLE>", "<meta>"]
        {
            assert!(is_page(text), "{text}");
        }
        for text in ["", "a,b", "<?xml version='1.0'?><Workbook>", "<svg>", "<!-- never ended"] {
            assert!(!is_page(text), "{text}");
        }
    }

    #[test]
    fn a_page_without_a_table_is_refused_and_hostile_spans_are_bounded() {
        let limits = Limits::default();
        assert!(read("<html><p>只有文字</p></html>", &mut Budget::new(&limits)).is_err());
        let huge = "<table><tr><td rowspan=4294967295 colspan=4294967295>x<tr><td>y</table>";
        let _ = read(huge, &mut Budget::new(&limits));
    }
}
