//! 问题清单: every finding, with what to change and where, and a column for the explanation.

use rust_xlsxwriter::XlsxError;

use super::links::Links;
use super::words;
use crate::consolidation::Consolidation;
use crate::findings::explanations::{EXPLANATION_HEADING, KEY_HEADING, key};
use crate::findings::{Finding, Severity};
use crate::outputs::grid::{Cell, Grid, Setup, column, hidden_column};
use crate::outputs::style::{Kind, Paper, Tone};

/// Name of the sheet.
pub(super) const NAME: &str = "问题清单";

/// The sheet, a row for each finding.
pub(super) fn grid(consolidation: &Consolidation, links: &Links<'_>) -> Result<Grid, XlsxError> {
    let summary = consolidation.summary;
    let mut grid = Grid::long(
        Setup {
            name: NAME,
            title: format!("{}报送问题清单", consolidation.period.chinese()),
            lines: vec![format!(
                "共{}条：必改{}条（应退回改正），核实{}条（请核对，确属实情的在“说明”栏写明），提示{}条（供参考）。",
                consolidation.findings.len(),
                summary.errors,
                summary.warnings,
                summary.infos
            )],
            columns: vec![
                column("编号", 6.0),
                column("级别", 6.0),
                column("填报单位", 11.0),
                column("问题类别", 13.0),
                column("任务", 16.0),
                column("问题", 46.0),
                column("现填", 18.0),
                column("应为", 18.0),
                column("怎样改", 30.0),
                column("文件", 22.0),
                column("工作表", 11.0),
                column("位置", 8.0),
                column("明细", 7.0),
                column(EXPLANATION_HEADING, 24.0),
                hidden_column(KEY_HEADING),
            ],
            paper: Paper::A3Landscape,
            wide: 1,
            high: 0,
            frozen: 4,
            filter: true,
            repeat: true,
        },
        links.folder(),
    )?;
    for (number, finding) in (1usize..).zip(&consolidation.findings) {
        let cells = row(consolidation, links, number, finding);
        grid.row(&cells)?;
    }
    Ok(grid)
}

fn row<'a>(consolidation: &Consolidation, links: &Links<'_>, number: usize, finding: &'a Finding) -> Vec<Cell<'a>> {
    let place = finding.place.as_ref();
    let sheet = place.and_then(|place| place.sheet.as_deref());
    let cell = place.and_then(|place| place.cell);
    let file = place.map_or("", |place| place.file.as_str());
    let source = match sheet.zip(cell) {
        Some((sheet, cell)) => links.ways.cell(file, sheet, cell),
        None => links.ways.file(file).map(str::to_owned),
    };
    vec![
        Cell::centred(number.to_string()),
        Cell::centred(finding.severity.word()).tone(tone(finding.severity)),
        Cell::text(finding.township.as_deref().unwrap_or("")),
        Cell::text(consolidation.plan.in_its_word(finding.kind.title)),
        Cell::text(words::tasks(consolidation, &finding.tasks)),
        Cell::text(finding.message.as_str()),
        Cell::text(finding.found.as_deref().unwrap_or("")),
        Cell::text(finding.expected.as_deref().unwrap_or("")),
        Cell::text(finding.fix.as_deref().unwrap_or("")),
        Cell::text(file),
        Cell::text(sheet.unwrap_or("")),
        Cell::link(source, cell.map(crate::location::CellRef::a1).unwrap_or_default()),
        match place.and_then(|place| links.place(place)) {
            Some(target) => Cell::link(Some(target), "查看"),
            None => Cell::blank(),
        },
        Cell::text(finding.explained.as_deref().unwrap_or("")).tone(Tone::FillIn),
        Cell::text(key(finding)).look(|look| look.kind(Kind::Hidden)),
    ]
}

/// Colour of a severity.
pub(super) const fn tone(severity: Severity) -> Tone {
    match severity {
        Severity::Error => Tone::Red,
        Severity::Warning => Tone::Yellow,
        Severity::Info => Tone::Muted,
    }
}
