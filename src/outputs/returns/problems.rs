//! 问题单: a township's own problems, each with the proposal, and columns to accept or refuse it.

use rust_xlsxwriter::{DataValidation, Worksheet, XlsxError};

use super::own;
use crate::consolidation::Consolidation;
use crate::findings::explanations::{ANSWER_HEADING, ANSWERS, KEY_HEADING, REASON_HEADING, key};
use crate::findings::{Finding, Severity};
use crate::outputs::grid::{Cell, Grid, Setup, column, hidden_column};
use crate::outputs::style::{Kind, Paper, Tone};
use crate::outputs::template::Template;

/// Name of the sheet.
pub const NAME: &str = "问题单";
/// Places of the columns.
const ANSWER: u16 = 7;

/// The sheet.
pub(super) fn sheet(
    consolidation: &Consolidation,
    place: usize,
    template: &Template<'_>,
) -> Result<Worksheet, XlsxError> {
    let mut grid = Grid::new(Setup {
        name: NAME,
        title: format!("{}报送问题单", consolidation.period.chinese()),
        lines: vec![
            format!(
                "{}：请在“填报表”中改正标红、标黄的单元格，改好后在“答复”栏选“同意，已改”；情况属实、不需要改的，选“不同意”并写明理由。",
                template.township
            ),
            "标红的必须改正；标黄的请核实。改好后保存，按原文件名报送。".to_owned(),
        ],
        columns: vec![
            column("编号", 6.0),
            column("级别", 6.0),
            column("清单序号", 8.0),
            column("核对发现", 50.0),
            column("现写", 18.0),
            column("应写", 18.0),
            column("改法", 30.0),
            column(ANSWER_HEADING, 12.0),
            column(REASON_HEADING, 30.0),
            hidden_column(KEY_HEADING),
        ],
        paper: Paper::A4Landscape,
        wide: 1,
        high: 0,
        frozen: 0,
        filter: true,
        repeat: true,
    })?;
    let first = grid.next_row();
    for (number, finding) in (1usize..).zip(own(consolidation, place)) {
        grid.row(&row(number, finding))?;
    }
    let answer = DataValidation::new()
        .allow_list_strings(&ANSWERS)?
        .set_input_title(ANSWER_HEADING)?
        .set_input_message("改好了选“同意，已改”；不需要改的选“不同意”，并在右边写明理由。")?
        .set_error_title("请从列表中选择")?
        .set_error_message("请选“同意，已改”或“不同意”。")?;
    let last = grid.next_row();
    if last > first {
        grid.sheet().add_data_validation(first, ANSWER, last - 1, ANSWER, &answer)?;
    }
    grid.only_sheet()
}

fn row(number: usize, finding: &Finding) -> Vec<Cell<'_>> {
    let tone = if finding.severity == Severity::Error { Tone::Red } else { Tone::Yellow };
    let tasks = finding.tasks.iter().map(u32::to_string).collect::<Vec<_>>().join("、");
    let text = |text: &Option<String>| Cell::text(text.clone().unwrap_or_default());
    vec![
        Cell::centred(number.to_string()),
        Cell::centred(finding.severity.word()).tone(tone),
        Cell::centred(tasks),
        Cell::text(finding.message.as_str()),
        text(&finding.found),
        text(&finding.expected),
        text(&finding.fix),
        Cell::blank().look(|look| look.tone(Tone::FillIn).centred()),
        Cell::blank().tone(Tone::FillIn),
        Cell::text(key(finding)).look(|look| look.kind(Kind::Hidden)),
    ]
}
