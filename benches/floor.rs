//! The floor under every program of this kind: read all cells of all workbooks, write as many into one workbook, and
//! nothing else. `cargo run --release --example floor -- FOLDER OUT.xlsx`.

use std::path::{Path, PathBuf};

use anyhow::Context;
use calamine::{Data, Reader, Xlsx, open_workbook};
use rust_xlsxwriter::{Workbook, Worksheet};

/// Rows that are written to a sheet before the next one is begun.
const MOST_ROWS: u32 = 1_000_000;

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args_os().skip(1);
    let usage = "usage: floor FOLDER OUT.xlsx";
    let (folder, output) = (arguments.next().context(usage)?, arguments.next().context(usage)?);
    let mut files = Vec::new();
    collect(Path::new(&folder), &mut files)?;
    files.sort();
    let mut workbook = Workbook::new();
    let mut sheet = Worksheet::new();
    let (mut next, mut cells) = (0, 0usize);
    for file in &files {
        let mut source: Xlsx<_> = open_workbook(file).with_context(|| file.display().to_string())?;
        for (_, range) in source.worksheets() {
            for row in range.rows() {
                if next == MOST_ROWS {
                    workbook.push_worksheet(std::mem::replace(&mut sheet, Worksheet::new()));
                    next = 0;
                }
                for (column, cell) in (0u16..).zip(row) {
                    match cell {
                        Data::Empty => continue,
                        Data::Float(number) => sheet.write_number(next, column, *number)?,
                        Data::String(text) => sheet.write_string(next, column, text)?,
                        other => sheet.write_string(next, column, other.to_string())?,
                    };
                    cells += 1;
                }
                next += 1;
            }
        }
    }
    workbook.push_worksheet(sheet);
    workbook.save(&output)?;
    eprintln!("{} workbooks, {cells} cells", files.len());
    Ok(())
}

/// All workbooks below a folder.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "xlsx") {
            files.push(path);
        }
    }
    Ok(())
}
