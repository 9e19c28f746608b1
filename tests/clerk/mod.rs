//! A clerk's hand: opens a workbook that hedui wrote, types into its cells, and saves it with all else as it was.
#![allow(dead_code, reason = "each test uses its part")]

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use calamine::{Data, Reader, Xlsx};
use hedui::list::{Direction, Key, Plan};
use hedui::location::column_letters;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// What a clerk types into a cell.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Typed {
    Number(f64),
    Text(String),
    /// The cell is cleared.
    Nothing,
}

impl From<&str> for Typed {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<f64> for Typed {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

/// A row of the form as the clerk sees it.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    /// Zero-based row of the sheet.
    pub(crate) row: u32,
    /// What stands below each heading.
    pub(crate) texts: BTreeMap<String, String>,
    pub(crate) key: Key,
    /// Whether it is its task's first row, which bears status and narratives.
    pub(crate) leads: bool,
}

impl Line {
    pub(crate) fn task(&self) -> u32 {
        self.key.task.unwrap()
    }
}

/// The form's headings with their columns, and its rows.
pub(crate) fn lines(form: &[u8]) -> (BTreeMap<String, u32>, Vec<Line>) {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(form.to_vec())).unwrap();
    let range = workbook.worksheet_range("填报表").unwrap();
    let (top, left) = range.start().unwrap();
    let texts: Vec<Vec<String>> = range.rows().map(|row| row.iter().map(Data::to_string).collect()).collect();
    let header = texts.iter().position(|row| row.iter().any(|text| text == "进展状态")).unwrap();
    let columns = texts[header].iter().cloned().zip(left..).collect();
    let mut last = None;
    let mut lines = Vec::new();
    for (row, cells) in (top..).zip(&texts).skip(header + 1) {
        let Some(key) = cells.iter().find_map(|text| Key::parse(text)) else { continue };
        let leads = last != key.task;
        last = key.task;
        let texts = texts[header].iter().cloned().zip(cells.iter().cloned()).collect();
        lines.push(Line { row, texts, key, leads });
    }
    (columns, lines)
}

/// The form with what the clerk types, row by row; formulas keep the results that they had.
pub(crate) fn fill(form: &[u8], mut typed: impl FnMut(&Line) -> Vec<(&'static str, Typed)>) -> Vec<u8> {
    let (columns, lines) = lines(form);
    change_sheet(form, FORM, |mut sheet| {
        for line in &lines {
            for (heading, typed) in typed(line) {
                let cell = format!("{}{}", column_letters(columns[heading]), line.row + 1);
                sheet = type_into(&sheet, &cell, &typed);
            }
        }
        sheet
    })
}

/// The part that holds the form, and the one with the list of problems of a return.
const FORM: &str = "xl/worksheets/sheet1.xml";
const PROBLEMS: &str = "xl/worksheets/sheet2.xml";

/// What a township answers in the list of problems of a return, row by row: 答复 and 理由.
pub(crate) fn answer_problems(
    returned: &[u8],
    mut answer: impl FnMut(&BTreeMap<String, String>) -> Option<(&'static str, &'static str)>,
) -> Vec<u8> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(returned.to_vec())).unwrap();
    let range = workbook.worksheet_range("问题单").unwrap();
    let (top, left) = range.start().unwrap();
    let texts: Vec<Vec<String>> = range.rows().map(|row| row.iter().map(Data::to_string).collect()).collect();
    let header = texts.iter().position(|row| row.iter().any(|text| text == "答复")).unwrap();
    let column = |heading: &str| {
        let place = texts[header].iter().position(|text| text == heading).unwrap();
        column_letters(left + u32::try_from(place).unwrap())
    };
    change_sheet(returned, PROBLEMS, |mut sheet| {
        for (row, cells) in (top..).zip(&texts).skip(header + 1) {
            let line = texts[header].iter().cloned().zip(cells.iter().cloned()).collect();
            if let Some((answer, reason)) = answer(&line) {
                sheet = type_into(&sheet, &format!("{}{}", column("答复"), row + 1), &answer.into());
                sheet = type_into(&sheet, &format!("{}{}", column("理由"), row + 1), &reason.into());
            }
        }
        sheet
    })
}

/// The workbook with the XML of one sheet changed.
fn change_sheet(workbook: &[u8], part: &str, change: impl FnOnce(String) -> String) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(workbook)).unwrap();
    let mut xml = String::new();
    archive.by_name(part).unwrap().read_to_string(&mut xml).unwrap();
    let changed = change(xml);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).unwrap();
        if entry.name().unwrap() != part {
            writer.raw_copy_file(entry).unwrap();
        }
    }
    writer.start_file(part, SimpleFileOptions::default()).unwrap();
    writer.write_all(changed.as_bytes()).unwrap();
    writer.finish().unwrap().into_inner()
}

/// A sheet with one cell's value replaced; its format stays.
fn type_into(sheet: &str, cell: &str, typed: &Typed) -> String {
    let start = sheet.find(&format!("<c r=\"{cell}\"")).unwrap_or_else(|| panic!("the form has no cell {cell}"));
    let tag = start + sheet[start..].find('>').unwrap();
    let end = if sheet[..tag].ends_with('/') { tag + 1 } else { tag + sheet[tag..].find("</c>").unwrap() + 4 };
    let style = sheet[start..tag].split_once(" s=\"").map_or("0", |(_, rest)| rest.split('"').next().unwrap());
    let written = match typed {
        Typed::Number(number) => format!("<c r=\"{cell}\" s=\"{style}\"><v>{number}</v></c>"),
        Typed::Text(text) => {
            let text = text.replace('&', "&amp;").replace('<', "&lt;");
            format!("<c r=\"{cell}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>")
        }
        Typed::Nothing => format!("<c r=\"{cell}\" s=\"{style}\"/>"),
    };
    format!("{}{written}{}", &sheet[..start], &sheet[end..])
}

/// What a clerk types who fills in a row rightly: half done where the indicator is a sum, at the target where it is
/// a rate, each narrative the township's own.
pub(crate) fn right(plan: &Plan, line: &Line) -> Vec<(&'static str, Typed)> {
    let task = line.task();
    let mut typed = Vec::new();
    if let Some(position) = line.key.indicator {
        let indicator = &plan.task(task).unwrap().indicators[position];
        let (target, done) = if indicator.adds_up {
            (indicator.value / 10.0, indicator.value / 20.0)
        } else if indicator.direction == Direction::AtMost {
            (indicator.value, indicator.value * 1.02)
        } else {
            (indicator.value, indicator.value * 0.98)
        };
        typed.push(("目标值", target.into()));
        typed.push(("累计完成", done.into()));
        typed.push(("本期完成", (done / 2.0).into()));
    }
    if line.leads {
        let village = ["岙仔村", "东沙村", "海霞村", "观潮村", "沙岙村"][task as usize % 5];
        typed.push(("进展状态", "推进中".into()));
        let progress = format!(
            "{village}第{task}项工作本期开工标段{}个，{}已签约，投入资金{}万元。",
            task % 4 + 1,
            ["设计", "施工", "监理"][task as usize % 3],
            120 + task
        );
        typed.push(("进展情况", Typed::Text(progress)));
        typed.push(("存在问题", "无".into()));
        typed.push(("下一步计划", Typed::Text(format!("9月底前完成{village}第{task}项的验收。"))));
        typed.push(("完成时限", "2027-12".into()));
        typed.push(("联系人", "林海燕".into()));
    }
    typed
}

/// The workbook saved anew by a program that keeps nothing but texts and numbers, the form's rows in another order
/// and its columns wider.
pub(crate) fn sorted(form: &[u8], order: impl Fn(&[String]) -> String) -> Vec<u8> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(form.to_vec())).unwrap();
    let mut saved = rust_xlsxwriter::Workbook::new();
    for name in workbook.sheet_names() {
        let range = workbook.worksheet_range(&name).unwrap();
        let (top, left) = range.start().unwrap();
        let mut rows: Vec<Vec<Data>> = range.rows().map(<[Data]>::to_vec).collect();
        let texts = |row: &[Data]| row.iter().map(Data::to_string).collect::<Vec<_>>();
        if let Some(header) = rows.iter().position(|row| texts(row).iter().any(|text| text == "进展状态")) {
            rows[header + 1..].sort_by_cached_key(|row| order(&texts(row)));
        }
        let page = saved.add_worksheet();
        page.set_name(&name).unwrap();
        for (row, cells) in (top..).zip(&rows) {
            for (column, cell) in (u16::try_from(left).unwrap()..).zip(cells) {
                page.set_column_width(column, 60).unwrap();
                match cell {
                    Data::Empty => {}
                    Data::Float(number) => drop(page.write_number(row, column, *number).unwrap()),
                    other => drop(page.write_string(row, column, other.to_string()).unwrap()),
                }
            }
        }
    }
    saved.save_to_buffer().unwrap()
}

/// The workbook saved by a program that keeps formulas without their results.
pub(crate) fn without_results(form: &[u8]) -> Vec<u8> {
    change_sheet(form, FORM, |sheet| {
        let mut pieces = sheet.split("</f>");
        let mut whole = pieces.next().unwrap().to_owned();
        for piece in pieces {
            whole.push_str("</f>");
            whole.push_str(&piece[piece.find("</c>").unwrap()..]);
        }
        whole
    })
}

/// A number as an input method writes it that was left in full width.
pub(crate) fn full_width(number: f64) -> Typed {
    let wide = |c: char| match c {
        '0'..='9' | '.' => char::from_u32(u32::from(c) + 0xFEE0).unwrap(),
        other => other,
    };
    Typed::Text(number.to_string().chars().map(wide).collect())
}
