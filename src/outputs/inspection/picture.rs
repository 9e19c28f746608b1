//! The inspection as a web page: the sheets as they look, each cell coloured by what it was taken for.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::roles::of_kept;
use crate::location::{CellRef, Region, column_letters};
use crate::outputs::text::clean;
use crate::records::{KeptRole, Reader, Submission};
use crate::tables::OutsideRole;
use crate::workbooks::{Arrival, Sheet};

/// Rows of a sheet that are drawn; a browser grows slow beyond.
const MOST_ROWS: usize = 3_000;
/// Columns of a sheet that are drawn.
const MOST_COLUMNS: u32 = 120;

/// Colours of roles: class, background, what it means. All are light, so that black text on them can be read, and
/// differ in lightness too, for a black-and-white print.
const COLOURS: [(&str, &str, &str); 9] = [
    ("record", "#d9f0d3", "填报记录"),
    ("header", "#b3cde3", "表头"),
    ("section", "#fff2ae", "分节标题"),
    ("total", "#fdcdac", "合计、小计"),
    ("title", "#e5d8f0", "标题、填报单位、日期"),
    ("note", "#eeeeee", "说明、签名落款、未填的预置行"),
    ("hidden", "#cccccc", "隐藏工作表（不计）"),
    ("key", "#f0f7ff", "模板标识"),
    ("loose", "#f4a6a6", "未归集"),
];

/// The page of a file that could be opened; `None` where it was refused.
pub fn picture(arrival: &Arrival, reader: &Reader) -> Option<String> {
    let workbook = arrival.content.as_ref().ok()?;
    let submissions = reader.read(arrival);
    let mut page = String::new();
    // Writing to a string cannot fail.
    let _ = write!(
        page,
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<title>{0} 的读法</title>\n<style>\n{1}</style>\n\
         </head>\n<body>\n<h1>{0}</h1>\n{2}",
        escape(&arrival.file),
        style(),
        legend()
    );
    for (index, sheet) in workbook.sheets.iter().enumerate() {
        draw(&mut page, sheet, &roles(index, &submissions));
    }
    page.push_str("</body>\n</html>\n");
    Some(page)
}

/// The style sheet of the page.
fn style() -> String {
    let mut style = String::from(
        "body{font-family:\"Microsoft YaHei\",\"SimSun\",sans-serif;margin:1.5em}\n\
         table{border-collapse:collapse;margin-bottom:2em}\n\
         td,th{border:1px solid #999;padding:.2em .4em;max-width:22em;vertical-align:top;font-size:14px;white-space:pre-wrap}\n\
         th{background:#fff;color:#666;font-weight:normal}\n\
         .legend span{display:inline-block;padding:.2em .6em;margin:.2em;border:1px solid #999}\n\
         .struck{text-decoration:line-through}\n",
    );
    for (class, colour, _) in COLOURS {
        let _ = writeln!(style, ".{class}{{background:{colour}}}");
    }
    style
}

/// What the colours mean.
fn legend() -> String {
    let mut legend = String::from("<p class=\"legend\">");
    for (class, _, meaning) in COLOURS {
        let _ = write!(legend, "<span class=\"{class}\">{meaning}</span>");
    }
    legend + "</p>\n"
}

/// The class and the words for each cell of a sheet.
fn roles(sheet: usize, submissions: &[Submission]) -> BTreeMap<CellRef, (&'static str, String)> {
    let mut roles = BTreeMap::new();
    for submission in submissions {
        for cell in submission.kept.iter().filter(|cell| cell.sheet == sheet && cell.role != KeptRole::Comment) {
            roles.insert(cell.at, (class(cell.role), of_kept(cell.role).to_owned()));
        }
        for record in submission.records.iter().filter(|record| record.sheet == sheet) {
            for entry in &record.entries {
                let field = entry.field.map_or("自设栏", crate::list::Field::title);
                roles.insert(entry.at, ("record", format!("第 {} 行的记录：{field}", record.at.row_number())));
            }
        }
    }
    roles
}

/// The class of a role.
const fn class(role: KeptRole) -> &'static str {
    match role {
        KeptRole::Header => "header",
        KeptRole::Section => "section",
        KeptRole::Total => "total",
        KeptRole::Surroundings(OutsideRole::Title | OutsideRole::Caption) => "title",
        KeptRole::Surroundings(_) | KeptRole::EmptyRow | KeptRole::Comment => "note",
        KeptRole::HiddenSheet => "hidden",
        KeptRole::Key => "key",
        KeptRole::Unassigned => "loose",
    }
}

/// One sheet as a table.
fn draw(page: &mut String, sheet: &Sheet, roles: &BTreeMap<CellRef, (&'static str, String)>) {
    let hidden = if sheet.hidden { "（隐藏）" } else { "" };
    let _ = writeln!(page, "<h2>{}{hidden}</h2>", escape(&sheet.name));
    let Some(extent) = sheet.extent() else {
        page.push_str("<p>空白工作表</p>\n");
        return;
    };
    let right = extent.last.column.min(MOST_COLUMNS - 1);
    page.push_str("<table>\n<tr><th></th>");
    for column in 0..=right {
        let _ = write!(page, "<th>{}</th>", column_letters(column));
    }
    page.push_str("</tr>\n");
    let rows = sheet.rows();
    let shown: Vec<u32> = rows.iter().copied().take(MOST_ROWS).collect();
    let merged = visible_merges(sheet, &shown, right);
    for row in &shown {
        let _ = write!(page, "<tr><th>{}</th>", row + 1);
        for column in 0..=right {
            draw_cell(page, sheet, CellRef::new(*row, column), &merged, roles);
        }
        page.push_str("</tr>\n");
    }
    page.push_str("</table>\n");
    let left_out = rows.len() - shown.len();
    if left_out > 0 {
        let _ = writeln!(page, "<p>……下面还有 {left_out} 行没有画出</p>");
    }
}

/// For the drawn places that lie in a merged region: how many rows and columns its first drawn cell covers, or zero
/// rows where another cell covers them.
fn visible_merges(sheet: &Sheet, rows: &[u32], right: u32) -> BTreeMap<CellRef, (usize, u32)> {
    let mut merged = BTreeMap::new();
    for Region { first, last } in &sheet.merged {
        let start = rows.partition_point(|row| *row < first.row);
        let end = rows.partition_point(|row| *row <= last.row);
        let last_column = last.column.min(right);
        // A region that begins in a row that is not drawn has no cell to draw: its text is not there either.
        if start >= end || first.column > right || rows[start] != first.row || merged.contains_key(first) {
            continue;
        }
        for row in &rows[start..end] {
            for column in first.column..=last_column {
                merged.insert(CellRef::new(*row, column), (0, 0));
            }
        }
        merged.insert(*first, (end - start, last_column - first.column + 1));
    }
    merged
}

/// One cell, or nothing where a merged region covers it.
fn draw_cell(
    page: &mut String,
    sheet: &Sheet,
    at: CellRef,
    merged: &BTreeMap<CellRef, (usize, u32)>,
    roles: &BTreeMap<CellRef, (&'static str, String)>,
) {
    let span = match merged.get(&at) {
        Some((0, _)) => return,
        Some((rows, columns)) => format!(" rowspan=\"{rows}\" colspan=\"{columns}\""),
        None => String::new(),
    };
    let cell = sheet.cell(at);
    let (class, words) = roles.get(&at).map_or(("", ""), |(class, words)| (*class, words.as_str()));
    let struck = if cell.is_some_and(|cell| cell.struck) { " struck" } else { "" };
    let hint = if words.is_empty() { String::new() } else { format!(" title=\"{at} {}\"", escape(words)) };
    let text = cell.map(|cell| escape(&cell.text)).unwrap_or_default();
    let _ = write!(page, "<td class=\"{class}{struck}\"{span}{hint}>{text}</td>");
}

/// A text that cannot become markup.
fn escape(text: &str) -> String {
    clean(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
