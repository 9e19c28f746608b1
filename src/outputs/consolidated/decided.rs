//! 已定匹配: the decisions in force, carried on from run to run until a person clears them.

use rust_xlsxwriter::{DataValidation, XlsxError};

use super::words;
use crate::consolidation::{Consolidation, OpenRow};
use crate::matches::decisions::{
    ANSWER_HEADING, ANSWERS, KEY_HEADING, NUMBER_HEADING, REMARK_HEADING, TOWNSHIP_HEADING, WORDS_HEADING,
};
use crate::matches::{Decision, RowKey, Verdict};
use crate::outputs::grid::{Cell, Grid, Setup, column, hidden_column};
use crate::outputs::style::{Kind, Paper, Tone};

/// Name of the sheet.
pub const NAME: &str = "已定匹配";

/// Places of the columns.
const ANSWER: u16 = 4;

/// The sheet, a row for each decision; absent where nothing was decided.
pub(super) fn grid(consolidation: &Consolidation) -> Result<Option<Grid>, XlsxError> {
    let decisions: Vec<&Decision> = listed(consolidation).collect();
    if decisions.is_empty() {
        return Ok(None);
    }
    let mut grid = Grid::new(Setup {
        name: NAME,
        title: "已定匹配".to_owned(),
        lines: vec![
            "以下文字已由人工判定，各单位今后再报同样的文字，即按判定处理。下次核对时用 --decisions 指明本文件，判定继续有效。".to_owned(),
            "要改判，请修改“判定”和“另填编号”；要撤销，请清空这两格，下次核对时重新判断。请勿改动隐藏的列。".to_owned(),
        ],
        columns: vec![
            column("编号", 6.0),
            column(TOWNSHIP_HEADING, 11.0),
            column(WORDS_HEADING, 48.0),
            column("对应任务", 30.0),
            column(ANSWER_HEADING, 12.0),
            column(NUMBER_HEADING, 9.0),
            column(REMARK_HEADING, 22.0),
            column("本期采用（行）", 8.0),
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
    for (number, decision) in (1usize..).zip(decisions) {
        grid.row(&row(consolidation, number, decision))?;
    }
    let last = grid.next_row() - 1;
    let answers = DataValidation::new()
        .allow_list_strings(&ANSWERS[3..])?
        .set_error_title("请从列表中选择")?
        .set_error_message("请选“另填编号”“不属于清单”“无法判断”中的一个，或清空。")?;
    grid.sheet().add_data_validation(first, ANSWER, last, ANSWER, &answers)?;
    Ok(Some(grid))
}

/// The decisions that have no row in the review sheet: there, who could not tell is asked again.
fn listed(consolidation: &Consolidation) -> impl Iterator<Item = &Decision> {
    let undecided = |open: &OpenRow| {
        let row = consolidation.record(open.index);
        let about = consolidation.decisions.about(row.record());
        about.filter(|decision| decision.verdict == Verdict::Undecided).map(|decision| decision.row.wording.as_str())
    };
    let asked: std::collections::BTreeSet<&str> = consolidation.open.iter().filter_map(undecided).collect();
    consolidation.decisions.in_force.iter().filter(move |decision| !asked.contains(decision.row.wording.as_str()))
}

fn row<'a>(consolidation: &Consolidation, number: usize, decision: &'a Decision) -> Vec<Cell<'a>> {
    let (answer, tasks): (&str, &[u32]) = match &decision.verdict {
        Verdict::Tasks(tasks) => (ANSWERS[3], tasks),
        Verdict::NotListed => (ANSWERS[4], &[]),
        Verdict::Undecided => (ANSWERS[5], &[]),
    };
    let numbers = tasks.iter().map(u32::to_string).collect::<Vec<_>>().join("、");
    // The candidates are not shown here, so that no answer may name one.
    let key = RowKey { candidates: Vec::new(), ..decision.row.clone() };
    vec![
        Cell::centred(number.to_string()),
        Cell::text(decision.township.as_deref().unwrap_or("（单位不明）")),
        Cell::text(decision.words.as_str()),
        Cell::text(words::tasks(consolidation, tasks)),
        Cell::centred(answer).tone(Tone::FillIn),
        Cell::centred(numbers).tone(Tone::FillIn),
        Cell::text(decision.remark.as_str()).tone(Tone::FillIn),
        Cell::count(decision.settled),
        Cell::text(key.text()).look(|look| look.kind(Kind::Hidden)),
    ]
}
