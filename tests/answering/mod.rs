//! What a person does between two runs: opens a workbook that hedui wrote, answers in it, saves it.
#![allow(dead_code, reason = "each test uses its part")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use calamine::{Data, DataType, Reader, Xlsx, open_workbook};
use rust_xlsxwriter::Workbook;
use serde_json::Value as Json;

/// A row of a table by its headings.
pub(crate) type Row = BTreeMap<String, String>;

/// Runs hedui; it must end with the status given. Returns what it said.
pub(crate) fn hedui(arguments: &[&str], status: i32) -> String {
    let done = Command::new(env!("CARGO_BIN_EXE_hedui")).args(arguments).output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert_eq!(done.status.code(), Some(status), "{said}");
    said
}

/// The samples of some townships in a folder of their own.
pub(crate) fn submissions(folder: &Path, names: &[&str]) -> PathBuf {
    let to = folder.join("提交");
    std::fs::create_dir_all(&to).unwrap();
    for name in names {
        std::fs::copy(Path::new("samples/2024Q1").join(name), to.join(name)).unwrap();
    }
    to
}

pub(crate) fn json(path: &Path) -> Json {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// All rows of a result file with their file's name.
pub(crate) fn rows(result: &Json) -> Vec<(String, Json)> {
    let submissions = result["submissions"].as_array().unwrap().iter();
    let rows = submissions.flat_map(|submission| {
        let file = submission["file"].as_str().unwrap().to_owned();
        submission["rows"].as_array().unwrap().iter().map(move |row| (file.clone(), row.clone()))
    });
    rows.collect()
}

/// The findings of a result file that bear a code.
pub(crate) fn findings(result: &Json, code: &str) -> Vec<Json> {
    let all = result["findings"].as_array().unwrap().iter();
    all.filter(|finding| finding["code"] == code).cloned().collect()
}

/// The rows of a sheet, by the headings in the first row that has the one named.
pub(crate) fn table(path: &Path, sheet: &str, heading: &str) -> Vec<Row> {
    let mut workbook: Xlsx<_> = open_workbook(path).unwrap();
    let range = workbook.worksheet_range(sheet).unwrap();
    let texts: Vec<Vec<String>> = range.rows().map(|row| row.iter().map(Data::to_string).collect()).collect();
    let header = texts.iter().position(|row| row.iter().any(|text| text == heading)).unwrap();
    let row = |row: &Vec<String>| texts[header].iter().cloned().zip(row.iter().cloned()).collect();
    texts[header + 1..].iter().map(row).collect()
}

pub(crate) fn sheets(path: &Path) -> Vec<String> {
    let workbook: Xlsx<_> = open_workbook(path).unwrap();
    workbook.sheet_names()
}

/// Saves a workbook again with the rows of one sheet changed; nothing but texts and numbers survives.
pub(crate) fn answer(from: &Path, to: &Path, sheet: &str, heading: &str, mut change: impl FnMut(&mut Row)) {
    let mut workbook: Xlsx<_> = open_workbook(from).unwrap();
    let mut saved = Workbook::new();
    for name in workbook.sheet_names() {
        let range = workbook.worksheet_range(&name).unwrap();
        let page = saved.add_worksheet();
        page.set_name(&name).unwrap();
        let (first_row, first_column) = range.start().unwrap_or_default();
        let mut headings: Option<Vec<String>> = None;
        for (row, cells) in (first_row..).zip(range.rows()) {
            let mut cells = cells.to_vec();
            if name == sheet {
                if let Some(headings) = &headings {
                    let texts = cells.iter().map(Data::to_string);
                    let mut line: Row = headings.iter().cloned().zip(texts).collect();
                    change(&mut line);
                    for (cell, heading) in cells.iter_mut().zip(headings) {
                        if cell.to_string() != line[heading] {
                            *cell = Data::String(line[heading].clone());
                        }
                    }
                } else if cells.iter().any(|cell| cell.as_string().as_deref() == Some(heading)) {
                    headings = Some(cells.iter().map(Data::to_string).collect());
                }
            }
            for (column, cell) in (u16::try_from(first_column).unwrap()..).zip(&cells) {
                match cell {
                    Data::Empty => {}
                    Data::Float(number) => drop(page.write_number(row, column, *number).unwrap()),
                    other => {
                        page.write_string(row, column, other.to_string()).unwrap();
                    }
                }
            }
        }
    }
    saved.save(to).unwrap();
}
