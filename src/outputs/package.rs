//! How do workbook and the rows of its long sheets become one file?
//!
//! `rust_xlsxwriter` writes everything but those rows: it would keep each of their cells in memory and hash its whole
//! format. Its file, small as it is then, is taken apart; into each long sheet go the rows, and all texts of the file are
//! numbered anew in the order in which they stand, as it would have numbered them.

use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use rust_xlsxwriter::{Workbook, Worksheet};
use zip::ZipArchive;

use super::compression::{Part, Parts};
use super::inflation::Blocks;
use super::package_links::{self as links, Link};
use super::rows::Rows;
use super::shared_texts::{SharedTexts, renumbered};
use crate::location::CellRef;

/// How hard is compressed what is taken apart at once, 1 to 9.
const QUICK: u8 = 1;
/// The part that holds the texts of all cells.
const TEXTS: &str = "xl/sharedStrings.xml";

/// A workbook with the rows of its long sheets.
pub(super) struct Book {
    workbook: Workbook,
    /// For each sheet in order, its rows, where it is long.
    rows: Vec<Option<Rows>>,
}

impl Book {
    pub(super) const fn new(workbook: Workbook) -> Self {
        Self { workbook, rows: Vec::new() }
    }

    /// Adds a sheet.
    pub(super) fn push(&mut self, sheet: Worksheet, rows: Option<Rows>) {
        self.workbook.push_worksheet(sheet);
        self.rows.push(rows);
    }

    /// Writes the file; temporary files lie in the folder until then. Tells of which blocks its parts consist.
    ///
    /// # Errors
    /// Where it cannot be written, or a limit of the format is broken.
    pub(super) fn write<W: Write>(mut self, folder: &Path, to: W) -> anyhow::Result<Blocks> {
        self.workbook.set_zip_compression_level(QUICK);
        let bare = self.workbook.save_to_buffer()?;
        drop(self.workbook);
        let mut bare = ZipArchive::new(Cursor::new(bare)).context("汇总表无法写出")?;
        let mut texts = SharedTexts::of(&texts_of(&mut bare)?);
        let mut parts = Parts::new(folder);
        rayon::in_place_scope(|scope| {
            for place in 0..bare.len() {
                let name = bare.by_index_raw(place)?.name()?.into_owned();
                if let Some(number) = sheet_number(&name) {
                    let mut xml = String::new();
                    bare.by_index(place)?.read_to_string(&mut xml)?;
                    let rows = self.rows.get_mut(number - 1).and_then(Option::take);
                    let sheet = Sheet::new(&xml, rows, &mut texts)?;
                    let links = Arc::clone(&sheet.links);
                    parts.begin(scope, &name, |part| sheet.write(part));
                    if links::have_ways(&links) {
                        let name = format!("xl/worksheets/_rels/sheet{number}.xml.rels");
                        parts.begin(scope, &name, move |part| Ok(links::write_ways(&links, part)?));
                    }
                } else if name == TEXTS {
                    // They stand behind all sheets.
                    let texts = std::mem::take(&mut texts);
                    parts.begin(scope, &name, move |part| texts.write(part));
                } else {
                    parts.take_over(place);
                }
            }
            anyhow::Ok(())
        })?;
        parts.write(&mut bare, to)
    }
}

/// The part that holds the texts; blank where there is none.
fn texts_of(parts: &mut ZipArchive<Cursor<Vec<u8>>>) -> anyhow::Result<String> {
    let mut xml = String::new();
    if parts.index_for_name(TEXTS).is_some() {
        parts.by_name(TEXTS)?.read_to_string(&mut xml)?;
    }
    Ok(xml)
}

/// Which sheet a part holds, from 1.
fn sheet_number(name: &str) -> Option<usize> {
    name.strip_prefix("xl/worksheets/sheet")?.strip_suffix(".xml")?.parse().ok()
}

/// A sheet whose texts are numbered, to be written.
struct Sheet {
    above: Vec<u8>,
    rows: Option<NumberedRows>,
    /// What stands below the rows, before and after the links.
    below: [String; 2],
    links: Arc<[Link]>,
}

/// The rows of a long sheet and what their looks and texts are in the file.
struct NumberedRows {
    rows: Rows,
    formats: Vec<u32>,
    texts: Vec<u32>,
}

impl Sheet {
    /// A sheet as it was written without its rows, with them.
    fn new(xml: &str, rows: Option<Rows>, texts: &mut SharedTexts) -> anyhow::Result<Self> {
        let Some((mut rows, last)) = rows.and_then(|rows| rows.last_row().map(|last| (rows, last))) else {
            let above = renumbered(xml, texts)?;
            return Ok(Self { above, rows: None, below: Default::default(), links: Arc::default() });
        };
        let end = xml.find("</sheetData>").context("汇总表无法写出：工作表没有内容")?;
        let begin = first_row_from(&xml[..end], rows.header() + 2).unwrap_or(end);
        let above = renumbered(&reaching_down_to(&xml[..begin], last), texts)?;
        let samples = &xml[begin..end];
        let formats: Option<Vec<u32>> = rows.looks().iter().map(|(_, cell)| format_of(samples, *cell)).collect();
        let formats = formats.context("汇总表无法写出：单元格格式不全")?;
        let numbers = texts.take_over(rows.take_texts());
        let below = &xml[end..];
        // Links stand before how the sheet is printed, which every sheet of ours says.
        let print = below.find("<printOptions").context("汇总表无法写出：工作表没有打印设置")?;
        let below = [below[..print].to_owned(), below[print..].to_owned()];
        let links = rows.take_links();
        Ok(Self { above, rows: Some(NumberedRows { rows, formats, texts: numbers }), below, links })
    }

    /// Writes what stands above its rows, the rows, what stands below them.
    fn write(self, to: &mut Part) -> anyhow::Result<()> {
        to.write_all(&self.above)?;
        if let Some(NumberedRows { rows, formats, texts }) = self.rows {
            rows.write(&formats, &texts, to)?;
        }
        let [before, after] = self.below;
        to.write_all(before.as_bytes())?;
        links::write(&self.links, to)?;
        to.write_all(after.as_bytes())?;
        Ok(())
    }
}

/// Where the first row begins whose number, from 1, is at least this one.
fn first_row_from(xml: &str, number: u32) -> Option<usize> {
    let mark = "<row r=\"";
    let mut rows = xml.match_indices(mark);
    rows.find(|(place, _)| leading_number(&xml[place + mark.len()..]) >= Some(number)).map(|(place, _)| place)
}

/// The number of the format of a cell.
fn format_of(xml: &str, cell: CellRef) -> Option<u32> {
    let mark = format!("<c r=\"{}\" s=\"", cell.a1());
    let place = xml.find(&mark)?;
    leading_number(&xml[place + mark.len()..])
}

/// The beginning of a sheet, its dimension made to reach down to a zero-based row.
fn reaching_down_to(xml: &str, last: u32) -> String {
    let mark = "<dimension ref=\"";
    let reach = xml.find(mark).and_then(|place| {
        let begin = place + mark.len();
        let end = begin + xml[begin..].find('"')?;
        let corner = begin + xml[begin..end].rfind(':')? + 1;
        let row = corner + xml[corner..end].find(|c: char| c.is_ascii_digit())?;
        Some(format!("{}{}{}", &xml[..row], last + 1, &xml[end..]))
    });
    reach.unwrap_or_else(|| xml.to_owned())
}

fn leading_number(text: &str) -> Option<u32> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text[..end].parse().ok()
}
