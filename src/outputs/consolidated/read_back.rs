//! Does the workbook that was written hold what it should? It is read back before success is reported.

use std::io::Cursor;

use anyhow::{Context, ensure};
use calamine::{Data, Reader, Xlsx};

use super::{details, findings, leftovers, sources};
use crate::consolidation::Consolidation;

/// Counts the rows of the long sheets and compares them with the consolidation.
///
/// # Errors
/// Where the workbook cannot be read, or a count differs: a mistake of ours that must not go out.
pub(super) fn check(bytes: &[u8], consolidation: &Consolidation) -> anyhow::Result<()> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).context("汇总表写出后无法读回")?;
    let records = consolidation.records().count();
    let kept: usize = consolidation.submissions.iter().map(|filed| filed.submission.kept.len()).sum();
    for (name, expected, exact) in [
        (details::NAME, records, true),
        (findings::NAME, consolidation.findings.len(), true),
        (sources::NAME, consolidation.submissions.len(), true),
        // A text over a cell's limit takes several rows.
        (leftovers::NAME, kept, false),
    ] {
        let found = rows(&mut workbook, name)?;
        let agrees = if exact { found == expected } else { found >= expected };
        ensure!(agrees, "汇总表写出后读回，“{name}”应有{expected}行，实有{found}行，请告知软件维护人员");
    }
    Ok(())
}

/// Rows below the headings of a sheet and of the numbered ones that go on from it.
fn rows(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> anyhow::Result<usize> {
    let continues = |sheet: &str| sheet.strip_prefix(name).is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit()));
    let sheets: Vec<String> = workbook.sheet_names().into_iter().filter(|sheet| continues(sheet)).collect();
    let mut rows = 0;
    for sheet in sheets {
        let range = workbook.worksheet_range(&sheet).with_context(|| format!("“{sheet}”写出后无法读回"))?;
        let filled = |row: &[Data]| row.iter().filter(|cell| !matches!(cell, Data::Empty)).count();
        // Title and lines above the headings are one merged cell each.
        let below = range.rows().skip_while(|row| filled(row) < 2).skip(1);
        rows += below.filter(|row| filled(row) > 0).count();
    }
    Ok(rows)
}
