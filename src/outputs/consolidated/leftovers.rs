//! 未归集内容: every cell of the submissions that belongs to no record, so that nothing is lost.

use rust_xlsxwriter::XlsxError;

use super::details;
use super::links::Links;
use crate::consolidation::Consolidation;
use crate::outputs::grid::{Cell, Grid, Setup, column};
use crate::outputs::style::Paper;
use crate::outputs::text;
use crate::records::{KeptRole, Submission};
use crate::tables::OutsideRole;

/// Name of the sheet.
pub(super) const NAME: &str = "未归集内容";

/// How the sheet is set up.
pub(super) fn setup() -> Setup {
    Setup {
        name: NAME,
        title: "未归集内容".to_owned(),
        lines: vec![
            "报送表中不属于任何一条记录的单元格：标题、表头、小计、落款、说明、隐藏的工作表等。原文照录，不计入汇总。"
                .to_owned(),
        ],
        columns: vec![
            column("填报单位", 12.0),
            column("来源文件", 28.0),
            column("工作表", 16.0),
            column("位置", 8.0),
            column("类别", 14.0),
            column("内容", 62.0),
        ],
        paper: Paper::A4Landscape,
        wide: 1,
        high: 0,
        frozen: 0,
        filter: true,
        repeat: true,
    }
}

/// The sheet, a row for each kept cell.
pub(super) fn grid(consolidation: &Consolidation, links: &mut Links<'_>) -> Result<Grid, XlsxError> {
    let mut grid = Grid::long(setup(), links.folder())?;
    let mut rows = 0;
    for (place, head) in consolidation.submissions.heads().iter().enumerate() {
        // Nothing of records that fit into a cell is left over.
        let may_be_long = head.largest_record > text::CELL_LIMIT;
        let shelf = &consolidation.submissions;
        let filed = if may_be_long { shelf.get(place) } else { shelf.cover(place) };
        let submission = &filed.submission;
        let mut before = Vec::with_capacity(submission.kept.len());
        for kept in &submission.kept {
            let sheet = submission.sheet_name(kept.sheet);
            before.push(rows);
            let clean = text::clean(&kept.text);
            for (part, piece) in text::pieces(&clean).into_iter().enumerate() {
                let role = if part == 0 { role(kept.role).to_owned() } else { format!("{}（续）", role(kept.role)) };
                grid.row(&row(submission, links, sheet, kept.at, role, piece))?;
                rows += 1;
            }
        }
        links.note_kept(before);
        for record in submission.records.iter().filter(|_| may_be_long) {
            for (title, piece) in details::overflow(record) {
                let sheet = submission.sheet_name(record.sheet);
                grid.row(&row(submission, links, sheet, record.at, format!("{title}（续）"), &piece))?;
                rows += 1;
            }
        }
    }
    Ok(grid)
}

fn row<'a>(
    submission: &'a Submission,
    links: &Links<'_>,
    sheet: &'a str,
    at: crate::location::CellRef,
    role: String,
    text: &'a str,
) -> [Cell<'a>; 6] {
    [
        Cell::text(submission.township.value.as_deref().unwrap_or("（单位不明）")),
        Cell::text(submission.file.as_str()),
        Cell::text(sheet),
        Cell::link(links.ways.cell(&submission.file, sheet, at), at.a1()),
        Cell::text(role),
        Cell::text(text),
    ]
}

/// What a kept cell was taken for, in the words of an office.
const fn role(role: KeptRole) -> &'static str {
    match role {
        KeptRole::Header => "表头",
        KeptRole::Section => "分节标题",
        KeptRole::Total => "小计、合计",
        KeptRole::Surroundings(OutsideRole::Title) => "标题",
        KeptRole::Surroundings(OutsideRole::Caption) => "表前说明",
        KeptRole::Surroundings(OutsideRole::Note) => "备注、说明",
        KeptRole::Surroundings(OutsideRole::Signature) => "落款",
        KeptRole::EmptyRow => "未填的预留行",
        KeptRole::HiddenSheet => "隐藏工作表",
        KeptRole::Comment => "批注",
        KeptRole::Key => "模板编码",
        KeptRole::Unassigned | KeptRole::Surroundings(OutsideRole::Unassigned) => "其他",
    }
}
