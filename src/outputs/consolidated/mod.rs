//! The consolidated workbook: one module per sheet, in the order of the tabs.

pub mod decided;
mod details;
mod findings;
mod indicators;
mod leftovers;
mod links;
mod matrix;
mod overview;
mod read_back;
pub mod review;
mod sources;
mod summary_table;
mod words;

use std::fs::File;
use std::io::{BufReader, Write};
use std::path::Path;

use rayon::prelude::*;
use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

use super::grid::Grid;
use super::inflation::Blocks;
use super::package::Book;
use super::{beside, style};
use crate::consolidation::Consolidation;
use crate::workbooks::OWN_SHEET;
use links::{Links, Ways};

/// First cell of the hidden sheet that marks our own outputs, so that a later run does not take them for submissions.
pub const OUTPUT_MARK: &str = OWN_SHEET.1;
/// Name of the hidden sheet that carries [`OUTPUT_MARK`].
pub const MARK_SHEET: &str = OWN_SHEET.0;

/// Writes the consolidated workbook.
///
/// # Errors
/// As [`prepare`].
pub fn write(consolidation: &Consolidation, path: &Path) -> anyhow::Result<()> {
    prepare(consolidation, path)?.put()
}

/// Writes the consolidated workbook beside its place.
///
/// # Errors
/// Where the file cannot be written, see [`beside::prepare`], or does not hold what it should when it is read back.
pub fn prepare(consolidation: &Consolidation, path: &Path) -> anyhow::Result<beside::Prepared> {
    let mut blocks = Blocks::new();
    let prepared = beside::prepare_with(path, |file| {
        blocks = write_to(consolidation, path, file)?;
        Ok(())
    })?;
    read_back::check(|| File::open(prepared.lies()).map(BufReader::new), &blocks, consolidation)?;
    Ok(prepared)
}

/// The consolidated workbook as bytes. The path is where it will lie: links to the submissions start from there.
///
/// # Errors
/// Where a limit of the file format is broken that no sheet can get round.
pub fn bytes(consolidation: &Consolidation, path: &Path) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    write_to(consolidation, path, &mut bytes)?;
    Ok(bytes)
}

/// Writes the consolidated workbook piece by piece: its long sheets are nowhere whole in memory. Tells of which blocks its parts
/// consist.
fn write_to(consolidation: &Consolidation, path: &Path, to: impl Write) -> anyhow::Result<Blocks> {
    let title = format!("{}{}汇总", consolidation.plan.title, consolidation.period.chinese());
    let mut workbook = Workbook::new();
    workbook.set_properties(&style::properties(&title));
    let mut book = Book::new(workbook);
    let ways = Ways::new(consolidation, path);
    // Sheets are made at the same time, and stand in the order of the tabs.
    let (details, others) = rayon::join(|| details::grid(consolidation, &ways), || other_grids(consolidation, &ways));
    let (before, behind) = others?;
    for grid in before.into_iter().chain([details?]).chain(behind) {
        grid.end_in(&mut book)?;
    }
    book.push(mark(consolidation)?, None);
    book.write(&ways.folder(), to)
}

/// The sheets before 明细, and those behind it.
fn other_grids(consolidation: &Consolidation, ways: &Ways) -> Result<(Vec<Grid>, [Grid; 2]), XlsxError> {
    // Where the rows will stand is noted first: the sheets link to each other.
    let mut links = Links::new(consolidation, ways);
    let leftovers = leftovers::grid(consolidation, &mut links)?;
    let sources = sources::grid(consolidation, &mut links)?;
    let links = &links;
    let makers: [&(dyn Fn() -> Result<Vec<Grid>, XlsxError> + Sync); 7] = [
        &|| Ok(vec![overview::grid(consolidation, links)?]),
        &|| Ok(vec![summary_table::grid(consolidation, links)?]),
        &|| matrix::grids(consolidation, links),
        &|| indicators::grids(consolidation, links),
        &|| Ok(vec![findings::grid(consolidation, links)?]),
        &|| Ok(vec![review::grid(consolidation, links)?]),
        &|| Ok(decided::grid(consolidation)?.into_iter().collect()),
    ];
    let grids: Vec<Vec<Grid>> = makers.into_par_iter().map(|make| make()).collect::<Result<_, _>>()?;
    Ok((grids.into_iter().flatten().collect(), [leftovers, sources]))
}

/// The very hidden sheet that marks the file as ours and says what it was made from.
fn mark(consolidation: &Consolidation) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(MARK_SHEET)?.set_very_hidden(true);
    sheet.write_string(0, 0, OUTPUT_MARK)?;
    sheet.write_string(1, 0, consolidation.plan.fingerprint())?;
    sheet.write_string(2, 0, consolidation.period.to_string())?;
    Ok(sheet)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::list::Plan;

    static KIND: crate::findings::Kind = crate::findings::Kind {
        code: "no-table",
        title: "",
        severity: crate::findings::Severity::Error,
        reports: "",
        matters: "",
        remedy: "",
        example: "",
    };

    #[test]
    fn a_workbook_that_lacks_rows_is_not_reported_as_written() {
        let empty =
            || crate::consolidation::consolidate(Plan::built_in(), "", "2024Q1".parse().unwrap(), "", vec![], vec![]);
        let mut bytes = Vec::new();
        let blocks = write_to(&empty(), Path::new("汇总.xlsx"), &mut bytes).unwrap();
        let open = || Ok(std::io::Cursor::new(&bytes));
        read_back::check(open, &blocks, &empty()).unwrap();
        let mut with_finding = empty();
        with_finding.findings.push(crate::findings::Finding::new(&KIND, "一条"));
        let error = read_back::check(open, &blocks, &with_finding).unwrap_err();
        assert!(error.to_string().contains("应有1行，实有0行"), "{error}");
    }
}
