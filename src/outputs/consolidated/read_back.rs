//! Does the workbook that was written hold what it should? It is read back before success is reported.
//!
//! Only the rows are counted, in the bytes of the file as they were written: to make values of all cells again would
//! take longer than everything before it. Each part is inflated to its end, so that its checksum is tested too.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read, Seek};

use anyhow::{Context, ensure};
use memchr::memmem;
use quick_xml::events::Event;
use rayon::prelude::*;
use zip::ZipArchive;

use super::{details, findings, leftovers, sources};
use crate::consolidation::Consolidation;
use crate::outputs::inflation::{Blocks, Inflated};

/// Counts the rows of the long sheets and compares them with the consolidation.
///
/// # Errors
/// Where the workbook cannot be read, or a count differs: a mistake of ours that must not go out.
pub(super) fn check<R: Read + Seek>(
    open: impl Fn() -> io::Result<R> + Sync,
    blocks: &Blocks,
    consolidation: &Consolidation,
) -> anyhow::Result<()> {
    // Each thread opens the file for itself.
    let open = || anyhow::Ok(ZipArchive::new(open()?)?);
    let parts = open().and_then(|mut file| sheet_parts(&mut file)).context("汇总表写出后无法读回")?;
    let records = consolidation.records();
    let kept: usize = consolidation.submissions.heads().iter().map(|head| head.kept).sum();
    let expected = [
        (details::NAME, records, true),
        (findings::NAME, consolidation.findings.len(), true),
        (sources::NAME, consolidation.submissions.len(), true),
        // A text over a cell's limit takes several rows.
        (leftovers::NAME, kept, false),
    ];
    expected.into_par_iter().try_for_each(|(name, expected, exact)| {
        let found = rows(&open, &parts, blocks, name)?;
        let agrees = if exact { found == expected } else { found >= expected };
        ensure!(agrees, "汇总表写出后读回，“{name}”应有{expected}行，实有{found}行，请告知软件维护人员");
        Ok(())
    })
}

/// Rows below the headings of a sheet and of the numbered ones that go on from it.
fn rows<R: Read + Seek>(
    open: &(impl Fn() -> anyhow::Result<ZipArchive<R>> + Sync),
    parts: &BTreeMap<String, String>,
    blocks: &Blocks,
    name: &str,
) -> anyhow::Result<usize> {
    let continues = |sheet: &str| sheet.strip_prefix(name).is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit()));
    let sheets: Vec<(&String, &String)> = parts.iter().filter(|(sheet, _)| continues(sheet)).collect();
    let counted = sheets
        .into_par_iter()
        .map(|(sheet, part)| rows_of(&mut open()?, part, blocks).with_context(|| format!("“{sheet}”写出后无法读回")));
    counted.sum()
}

/// Rows of one part of the file.
fn rows_of<R: Read + Seek>(file: &mut ZipArchive<R>, part: &str, blocks: &Blocks) -> anyhow::Result<usize> {
    let Some(blocks) = blocks.get(part) else {
        return count_rows(BufReader::with_capacity(1 << 16, file.by_name(part)?));
    };
    let place = file.index_for_name(part).context("没有这个部分")?;
    let part = file.by_index_raw(place)?;
    let crc = part.crc32();
    count_rows(Inflated::new(part, blocks, crc))
}

/// Rows with a value below the first row that has two: title and lines above the headings are one merged cell each.
fn count_rows(mut sheet: impl BufRead) -> anyhow::Result<usize> {
    let (mut rows, mut below) = (0, false);
    // A text never holds the sign `<`: these are tags wherever they stand.
    let [end, value, text] = ["</row>", "<v>", "<is>"].map(memmem::Finder::new);
    let values = |row: &[u8], most: usize| value.find_iter(row).chain(text.find_iter(row)).take(most).count();
    // Counts the whole rows of some bytes; tells where the last one ends.
    let mut count = |bytes: &[u8]| {
        let mut done = 0;
        for at in end.find_iter(bytes) {
            let row = &bytes[done..at];
            if below {
                rows += values(row, 1);
            } else {
                below = values(row, 2) > 1;
            }
            done = at + end.needle().len();
        }
        done
    };
    // What was read and is no whole row yet.
    let mut held: Vec<u8> = Vec::new();
    loop {
        let read = sheet.fill_buf()?;
        let length = read.len();
        if length == 0 {
            break;
        }
        // What was held goes on to the end of its row; the rows behind that are counted where they are.
        let joined = if held.is_empty() { 0 } else { end.find(read).map_or(length, |at| at + end.needle().len()) };
        held.extend_from_slice(&read[..joined]);
        let done = count(&held);
        held.drain(..done);
        let done = joined + count(&read[joined..]);
        held.extend_from_slice(&read[done..]);
        sheet.consume(length);
    }
    ensure!(held.ends_with(b"</worksheet>"), "工作表不完整");
    Ok(rows)
}

/// The part of the file that holds each sheet, by the sheet's name.
fn sheet_parts<R: Read + Seek>(file: &mut ZipArchive<R>) -> anyhow::Result<BTreeMap<String, String>> {
    let mut targets = BTreeMap::new();
    for element in elements(file, "xl/_rels/workbook.xml.rels")? {
        if let (Some(id), Some(target)) = (element.get("Id"), element.get("Target")) {
            targets.insert(id.clone(), format!("xl/{target}"));
        }
    }
    let mut parts = BTreeMap::new();
    for element in elements(file, "xl/workbook.xml")? {
        if let (Some(name), Some(id)) = (element.get("name"), element.get("r:id")) {
            parts.insert(name.clone(), targets.get(id).context("工作表没有内容")?.clone());
        }
    }
    Ok(parts)
}

/// The attributes of all elements of a small part.
fn elements<R: Read + Seek>(file: &mut ZipArchive<R>, part: &str) -> anyhow::Result<Vec<BTreeMap<String, String>>> {
    let mut text = String::new();
    file.by_name(part)?.read_to_string(&mut text)?;
    let mut reader = quick_xml::Reader::from_str(&text);
    let mut elements = Vec::new();
    loop {
        match reader.read_event()? {
            Event::Eof => return Ok(elements),
            Event::Start(tag) | Event::Empty(tag) => {
                let mut attributes = BTreeMap::new();
                for attribute in tag.attributes() {
                    let attribute = attribute?;
                    attributes.insert(attribute.key.as_ref().to_owned(), attribute.value.into_owned());
                }
                elements.push(attributes);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_counted_below_the_headings_and_only_where_they_hold_a_value() {
        let cell = "<c r=\"A1\" t=\"s\"><v>0</v></c>";
        let blank = "<c r=\"A1\" s=\"1\"/>";
        let row = |cells: &[&str]| format!("<row r=\"1\">{}</row>", cells.concat());
        let sheet = |rows: &[String]| format!("<worksheet><sheetData>{}</sheetData></worksheet>", rows.concat());
        let above = [row(&[cell, blank]), row(&[cell]), row(&[cell, cell])];
        for (below, expected) in [
            (vec![], 0),
            (vec![row(&[cell, blank]), row(&[cell, cell])], 2),
            (vec![row(&[blank, blank]), row(&["<c r=\"A1\" t=\"inlineStr\"><is><t>甲</t></is></c>"])], 1),
        ] {
            let sheet = sheet(&[above.to_vec(), below].concat());
            assert_eq!(count_rows(sheet.as_bytes()).unwrap(), expected, "{sheet}");
            let in_pieces = BufReader::with_capacity(7, sheet.as_bytes());
            assert_eq!(count_rows(in_pieces).unwrap(), expected, "{sheet}");
        }
        let whole = sheet(&above);
        assert!(count_rows(&whole.as_bytes()[..whole.len() - 12]).is_err(), "a sheet that was cut off");
    }
}
