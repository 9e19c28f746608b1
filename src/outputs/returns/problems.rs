//! 问题单: a township's own problems, each with the proposal, and columns to accept or refuse it.

use rust_xlsxwriter::{DataValidation, Worksheet, XlsxError};

use super::{filling, own};
use crate::consolidation::Consolidation;
use crate::findings::explanations::{ANSWER_HEADING, ANSWERS, ANSWERS_TO_PROPOSAL, KEY_HEADING, REASON_HEADING, key};
use crate::findings::{Finding, Severity};
use crate::outputs::grid::{Cell, Grid, Setup, column, hidden_column};
use crate::outputs::style::{Kind, Paper, Tone};
use crate::outputs::template::Template;
use crate::records::{PROPOSAL_HEADING, Proposal};

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
    let problems: Vec<(&Finding, Option<Proposal>)> = own(consolidation, place)
        .map(|finding| (finding, filling::proposal(consolidation, template, finding)))
        .collect();
    let proposes = problems.iter().any(|(_, proposal)| proposal.is_some());
    let mut grid = Grid::new(setup(consolidation, template, proposes))?;
    for (number, (finding, proposal)) in (1usize..).zip(&problems) {
        let row = grid.row(&row(number, finding, proposal.as_ref()))?;
        grid.sheet().add_data_validation(row, ANSWER, row, ANSWER, &answers(proposal.is_some())?)?;
    }
    grid.only_sheet()
}

fn setup(consolidation: &Consolidation, template: &Template<'_>, proposes: bool) -> Setup {
    let mut lines = vec![format!(
        "{}：请在“填报表”中改正标红、标黄的单元格，改好后在“答复”栏选“同意，已改”；情况属实、不需要改的，选“不同意”并写明理由。",
        template.township
    )];
    if proposes {
        lines.push(
            "“应写”栏标绿的是建议值：选“同意”，报回后即按建议值计入，填报表里不用再改；自己改了那一格的，以改的为准。"
                .to_owned(),
        );
    }
    lines.push("标红的必须改正；标黄的请核实。改好后保存，按原文件名报送。".to_owned());
    Setup {
        name: NAME,
        title: format!("{}报送问题单", consolidation.period.chinese()),
        lines,
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
            hidden_column(PROPOSAL_HEADING),
        ],
        paper: Paper::A4Landscape,
        wide: 1,
        high: 0,
        frozen: 0,
        filter: true,
        repeat: true,
    }
}

/// The drop-down of an answer, beside a proposed value or not.
fn answers(proposed: bool) -> Result<DataValidation, XlsxError> {
    let (words, prompt, error) = if proposed {
        (
            ANSWERS_TO_PROPOSAL,
            "选“同意”即按“应写”栏的建议值计入；不同意的选“不同意”，并在右边写明理由。",
            "请选“同意”或“不同意”。",
        )
    } else {
        (ANSWERS, "改好了选“同意，已改”；不需要改的选“不同意”，并在右边写明理由。", "请选“同意，已改”或“不同意”。")
    };
    DataValidation::new()
        .allow_list_strings(&words)?
        .set_input_title(ANSWER_HEADING)?
        .set_input_message(prompt)?
        .set_error_title("请从列表中选择")?
        .set_error_message(error)
}

fn row<'a>(number: usize, finding: &'a Finding, proposal: Option<&Proposal>) -> Vec<Cell<'a>> {
    let tone = if finding.severity == Severity::Error { Tone::Red } else { Tone::Yellow };
    let tasks = finding.tasks.iter().map(u32::to_string).collect::<Vec<_>>().join("、");
    let text = |text: &Option<String>| Cell::text(text.clone().unwrap_or_default());
    vec![
        Cell::centred(number.to_string()),
        Cell::centred(finding.severity.word()).tone(tone),
        Cell::centred(tasks),
        Cell::text(finding.message.as_str()),
        text(&finding.found),
        text(&finding.expected).tone(if proposal.is_some() { Tone::Green } else { Tone::Plain }),
        text(&finding.fix),
        Cell::blank().look(|look| look.tone(Tone::FillIn).centred()),
        Cell::blank().tone(Tone::FillIn),
        Cell::text(key(finding)).look(|look| look.kind(Kind::Hidden)),
        Cell::text(proposal.map(Proposal::text).unwrap_or_default()).look(|look| look.kind(Kind::Hidden)),
    ]
}
