//! What does an Excel 97 workbook hold, or a WPS et file, which is the same?
//!
//! calamine reads the values, too, but dense, so that two cells in far corners fill the memory, and neither styles nor
//! hidden rows nor comments; it also takes the first stream of the right name, which may be an embedded object.

mod globals;
mod notes;
mod records;
mod strings;
mod worksheet;

use std::io::{Cursor, Read};

use cfb::CompoundFile;

use super::binary::u16_at;
use super::limits::Budget;
use super::refusal::Refusal;
use super::sheet::{Format, Workbook};
use records::{Records, kind};

/// Reads a compound file.
pub(super) fn read(bytes: &[u8], budget: &mut Budget<'_>) -> Result<Workbook, Refusal> {
    let mut compound = CompoundFile::open(Cursor::new(bytes)).map_err(|_| Refusal::damaged("复合文档的结构不完整"))?;
    // Only the root's own stream is the document: an embedded workbook has one of the same name further down.
    let Some(name) = ["/Workbook", "/Book"].into_iter().find(|name| compound.is_stream(name)) else {
        return Err(foreign(&compound));
    };
    let stream = compound.open_stream(name).map_err(|_| Refusal::damaged("复合文档的结构不完整"))?;
    let mut content = Vec::new();
    let most = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    // A stream holds sectors of the file, each once, so it cannot be longer than the file.
    let read = stream.take(most).read_to_end(&mut content);
    if read.is_err() && content.is_empty() {
        return Err(Refusal::damaged("复合文档的结构不完整"));
    }
    budget.hold(content.len())?;
    let mut workbook = read_stream(&content, budget)?;
    if compound.is_storage("/_VBA_PROJECT_CUR") {
        workbook.remarks.push("工作簿带有宏，宏没有运行。".to_owned());
    }
    Ok(workbook)
}

/// Reads the stream of records itself, as Excel 5 and older programs wrote it without a compound file around it.
pub(super) fn read_stream(stream: &[u8], budget: &mut Budget<'_>) -> Result<Workbook, Refusal> {
    let globals = globals::read(stream, budget)?;
    budget.sheets(globals.tabs.len())?;
    let mut workbook = Workbook { format: Format::Xls, ..Workbook::default() };
    let mut formulas = 0;
    for (index, tab) in globals.tabs.iter().enumerate() {
        if !tab.has_cells {
            workbook.remarks.push(format!("“{}”是图表页或宏表，没有读取。", tab.name));
            continue;
        }
        let Some(records) = records_of(stream, tab.position, index) else {
            workbook.remarks.push(format!("工作表“{}”的内容在文件中缺失。", tab.name));
            continue;
        };
        let sheet = worksheet::read(records, tab, &globals, &mut workbook.remarks, &mut formulas, budget)?;
        workbook.sheets.push(sheet);
    }
    if formulas > 0 {
        workbook.remarks.push("xls 格式的公式只读取计算结果，不读取算式。".to_owned());
    }
    if workbook.sheets.is_empty() {
        return Err(Refusal::no_worksheet(globals.tabs.iter().any(|tab| !tab.has_cells)));
    }
    Ok(workbook)
}

/// The records of the tab with this index: where the workbook says they begin, or, where nothing begins there, in the
/// order of the stream. `None` where there are none.
fn records_of(stream: &[u8], position: usize, index: usize) -> Option<&[u8]> {
    let begins = |records: &&[u8]| u16_at(records, 0) == Some(kind::BOF);
    let stated = stream.get(position..).filter(|records| !records.is_empty());
    stated.filter(begins).or_else(|| part(stream, index + 1)).or(stated)
}

/// The part of a stream with this index; the first one is what all sheets share.
fn part(stream: &[u8], index: usize) -> Option<&[u8]> {
    let mut records = Records::new(stream);
    let (mut depth, mut parts) = (0usize, 0usize);
    loop {
        let rest = records.rest();
        match records.next()?.kind {
            kind::BOF => {
                if depth == 0 && parts == index {
                    return Some(rest);
                }
                parts += usize::from(depth == 0);
                depth += 1;
            }
            kind::EOF => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
}

/// What a compound file is that holds no workbook.
fn foreign<F>(compound: &CompoundFile<F>) -> Refusal {
    let has = |name: &str| compound.is_stream(name);
    if has("/EncryptedPackage") {
        return Refusal::encrypted();
    }
    if has("/__properties_version1.0") {
        return Refusal::mail();
    }
    Refusal::not_a_workbook(if has("/WordDocument") {
        "Word（或 WPS 文字）文档"
    } else if has("/PowerPoint Document") {
        "演示文稿"
    } else if has("/VisioDocument") {
        "Visio 图"
    } else {
        "无法识别的复合文档"
    })
}
