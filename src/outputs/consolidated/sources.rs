//! 来源: every file that was read, its fingerprint, what became of it, and where its cells went.

use rust_xlsxwriter::XlsxError;

use super::links::{self, Links};
use crate::consolidation::Consolidation;
use crate::outputs::grid::{Cell, Grid, Setup, column};
use crate::outputs::style::{Paper, Tone};
use crate::records::{Submission, SubmissionStatus};

/// Name of the sheet.
pub(super) const NAME: &str = "来源";

/// The sheet, a row for each file (or each township of a file that holds several).
pub(super) fn grid(consolidation: &Consolidation, links: &mut Links<'_>) -> Result<Grid, XlsxError> {
    let setup = Setup {
        name: NAME,
        title: "报送文件来源".to_owned(),
        lines: vec![
            "单元格去向：非空单元格 ＝ 归入明细 ＋ 表头标题等 ＋ 其他未归集，三项之和应与非空单元格相等。".to_owned(),
        ],
        columns: vec![
            column("文件", links::file_width(consolidation)),
            column("填报单位", 12.0),
            column("状态", 10.0),
            column("所报期间", 14.0),
            column("填报日期", 11.0),
            column("记录数", 8.0),
            column("非空单元格", 9.0),
            column("归入明细", 9.0),
            column("表头标题等", 9.0),
            column("其他未归集", 9.0),
            column("说明", 44.0),
            column("大小（字节）", 10.0),
            column("SHA-256", 36.0),
        ],
        paper: Paper::A3Landscape,
        wide: 1,
        high: 0,
        frozen: 1,
        filter: true,
        repeat: true,
    };
    let mut grid = Grid::long(setup, links.folder())?;
    for (place, head) in consolidation.submissions.heads().iter().enumerate() {
        links.note_file(&head.file, grid.target(0));
        let filed = consolidation.submissions.cover(place);
        let cells = row(&filed.submission, head.records, links);
        grid.row(&cells)?;
    }
    Ok(grid)
}

fn row<'a>(submission: &'a Submission, records: usize, links: &Links<'_>) -> Vec<Cell<'a>> {
    let ledger = submission.ledger;
    let tone = match submission.status {
        SubmissionStatus::Read => Tone::Plain,
        SubmissionStatus::Superseded => Tone::Muted,
        SubmissionStatus::UnknownTownship => Tone::Yellow,
        SubmissionStatus::Unreadable | SubmissionStatus::NoTable => Tone::Red,
    };
    let day = submission.stated_day.map(|day| format!("{}-{:02}-{:02}", day.year, day.month, day.day));
    let period = submission.period.value.map(crate::period::Period::chinese);
    vec![
        Cell::link(links.ways.file(&submission.file).map(str::to_owned), submission.file.as_str()),
        Cell::text(submission.township.value.as_deref().unwrap_or("")),
        Cell::centred(submission.status.word()).tone(tone),
        Cell::centred(period.unwrap_or_default()),
        Cell::centred(day.unwrap_or_default()),
        Cell::count(records),
        Cell::count(ledger.cells),
        Cell::count(ledger.records),
        Cell::count(ledger.surroundings),
        Cell::count(ledger.unassigned),
        Cell::text(remarks(submission)),
        Cell::number(size(submission.size)),
        Cell::text(submission.sha256.as_str()),
    ]
}

/// What the reader noticed, and which file counts instead.
fn remarks(submission: &Submission) -> String {
    let mut remarks = submission.remarks.clone();
    if let Some(superseding) = &submission.superseded {
        remarks.push(format!("以“{}”为准：{}", superseding.by_file, superseding.why));
    }
    if !submission.replaced.is_empty() {
        remarks.push(format!("其中{}条记录已被更正的报送替代，不计入汇总。", submission.replaced.len()));
    }
    remarks.join("\n")
}

#[expect(clippy::cast_precision_loss, reason = "files are far smaller than 2^52 bytes")]
const fn size(bytes: u64) -> f64 {
    bytes as f64
}
