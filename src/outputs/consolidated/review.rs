//! 匹配复核: the rows that a person must decide, the township's words beside the best candidates.

use rust_xlsxwriter::{DataValidation, DataValidationRule, XlsxError};

use super::links::Links;
use crate::consolidation::{Consolidation, OpenRow, RecordIndex};
use crate::list::Field;
use crate::matches::decisions::{CANDIDATE_HEADINGS, TOWNSHIP_HEADING, WORDS_HEADING};
use crate::matches::{Candidate, Outcome, RowKey, Shelved, Verdict};
use crate::outputs::difference;
use crate::outputs::grid::{Cell, Column, Content, Grid, Setup, column, hidden_column};
use crate::outputs::style::{Kind, Look, Paper, Tone};
use crate::records::{Record, Submission};

pub use crate::matches::decisions::{ANSWER_HEADING, ANSWERS, KEY_HEADING, NUMBER_HEADING, REMARK_HEADING};

/// Name of the sheet.
pub const NAME: &str = "匹配复核";
/// Rows in which differing pieces are coloured. Nobody settles more of them in one sitting, and a coloured text takes the room
/// of many plain ones. A longer table is not kept as cells.
const COLOURED_ROWS: usize = 5_000;
/// Places of the columns.
const ANSWER: u16 = 7;
const NUMBER: u16 = 8;

/// The sheet: first the rows to review, the least sure ones at the top, then the rows taken to answer no task.
pub(super) fn grid(consolidation: &Consolidation, links: &Links<'_>) -> Result<Grid, XlsxError> {
    let waiting = waiting(consolidation);
    let review = waiting.iter().filter(|row| row.outcome == Outcome::Review).count();
    let mut grid = Grid::long_from(COLOURED_ROWS, waiting.len(), links.folder(), Setup {
        name: NAME,
        title: format!("{}匹配复核", consolidation.period.chinese()),
        lines: vec![
            format!(
                "待复核{review}条，清单外{}条。请在“判定”栏选择：与候选任务是同一项的选“候选1”至“候选3”；是清单中其他任务的选“另填编号”，并在右栏填任务序号；清单中没有的选“不属于清单”；拿不准的选“无法判断”。",
                waiting.len() - review
            ),
            "红字是双方文字不同之处。填好后保存，下次核对时用 --decisions 指明本文件，判定即生效；表格可以排序、筛选，请勿改动隐藏的列。"
                .to_owned(),
        ],
        columns: columns(),
        paper: Paper::A3Landscape,
        wide: 1,
        high: 0,
        frozen: 2,
        filter: true,
        repeat: true,
    })?;
    let first = grid.next_row();
    for (number, open) in (1usize..).zip(&waiting) {
        // They stand in the order of their confidence: each record is taken alone.
        let filed = consolidation.submissions.cover(open.index.0);
        let taken = consolidation.record(open.index);
        grid.row(&row(consolidation, links, number, &filed.submission, (open.index, &taken)))?;
    }
    let last = grid.next_row();
    if last > first {
        rules(&mut grid, (first, last - 1))?;
    } else {
        grid.row(&[Cell::blank(), Cell::text("没有需要复核的记录。")])?;
    }
    Ok(grid)
}

fn columns() -> Vec<Column> {
    vec![
        column("编号", 6.0),
        column(TOWNSHIP_HEADING, 11.0),
        column(WORDS_HEADING, 40.0),
        column("系统判定", 15.0),
        column(CANDIDATE_HEADINGS[0], 38.0),
        column(CANDIDATE_HEADINGS[1], 32.0),
        column(CANDIDATE_HEADINGS[2], 32.0),
        column(ANSWER_HEADING, 12.0),
        column(NUMBER_HEADING, 9.0),
        column(REMARK_HEADING, 20.0),
        column("位置", 16.0),
        hidden_column(KEY_HEADING),
    ]
}

/// Drop-down and number limits with their prompts, for the rows from the first to the last.
fn rules(grid: &mut Grid, (first, last): (u32, u32)) -> Result<(), XlsxError> {
    let answer = DataValidation::new()
        .allow_list_strings(&ANSWERS)?
        .set_input_title(ANSWER_HEADING)?
        .set_input_message("点右侧箭头选择。")?
        .set_error_title("请从列表中选择")?
        .set_error_message("请选“候选1”“候选2”“候选3”“另填编号”“不属于清单”“无法判断”中的一个。")?;
    let number = DataValidation::new()
        .allow_whole_number(DataValidationRule::Between(1, 100_000))
        .set_input_title(NUMBER_HEADING)?
        .set_input_message("“判定”选“另填编号”时，填清单中的任务序号。")?
        .set_error_title("请填序号")?
        .set_error_message("请填清单中的任务序号，如12。")?;
    grid.sheet().add_data_validation(first, ANSWER, last, ANSWER, &answer)?;
    grid.sheet().add_data_validation(first, NUMBER, last, NUMBER, &number)?;
    Ok(())
}

/// The counted records that wait for a person, or answer no task as far as the text tells: least sure first, ties in their order.
fn waiting(consolidation: &Consolidation) -> Vec<OpenRow> {
    let mut waiting: Vec<OpenRow> = consolidation.open.iter().filter(|row| !row.decided).copied().collect();
    let by_confidence = |one: &OpenRow, other: &OpenRow| one.confidence.total_cmp(&other.confidence);
    waiting.sort_by(|one, other| {
        one.outcome.cmp(&other.outcome).then(by_confidence(one, other)).then_with(|| one.index.cmp(&other.index))
    });
    waiting
}

fn row<'a>(
    consolidation: &'a Consolidation,
    links: &Links<'_>,
    number: usize,
    submission: &'a Submission,
    (index, taken): (RecordIndex, &'a Shelved),
) -> Vec<Cell<'a>> {
    let (record, matched) = (taken.record(), taken.matched());
    let own = wording(record);
    let best = matched.candidates.first().map(|candidate| official(consolidation, candidate)).unwrap_or_default();
    let (verdict, tone) = match matched.outcome {
        Outcome::Extra => (format!("清单外\n把握{:.0}%", matched.confidence * 100.0), Tone::Red),
        _ if matched.probably_none() => ("待复核\n多半不属于清单".to_owned(), Tone::Yellow),
        _ => (format!("待复核\n把握{:.0}%", matched.confidence * 100.0), Tone::Yellow),
    };
    let sheet = submission.sheet_name(record.sheet);
    let place = format!("{sheet}!{}", record.at.a1());
    let mut cells = vec![
        Cell::centred(number.to_string()),
        Cell::text(submission.township.value.as_deref().unwrap_or("（单位不明）")),
        differing(number, marked(number, &own, &best)),
        Cell::centred(verdict).tone(tone),
    ];
    for place in 0..3 {
        cells.push(match matched.candidates.get(place) {
            Some(candidate) => differing(number, shown(consolidation, number, candidate, &own)),
            None => Cell::blank(),
        });
    }
    let fill_in = || Cell::blank().look(|look| look.tone(Tone::FillIn).centred());
    // Who could not tell finds the own answer and remark again.
    let undecided = consolidation.decisions.about(record).filter(|about| about.verdict == Verdict::Undecided);
    let answer = undecided.map_or_else(fill_in, |_| Cell::centred(ANSWERS[5]).tone(Tone::FillIn));
    let remark = undecided.map_or("", |about| about.remark.as_str());
    let candidates = matched.candidates.iter().take(3).map(|candidate| candidate.tasks.clone()).collect();
    cells.extend([
        answer,
        fill_in(),
        Cell::text(remark).tone(Tone::FillIn),
        Cell::link(links.record(index), place),
        Cell::text(RowKey::of(submission, record, candidates).text()).look(|look| look.kind(Kind::Hidden)),
    ]);
    cells
}

/// The township's words that were matched: name, content, indicator.
fn wording(record: &Record) -> String {
    let texts = [Field::Name, Field::Content, Field::Indicator].map(|field| record.text(field));
    let written: Vec<_> = texts.into_iter().filter(|text| !text.is_empty()).collect();
    if written.is_empty() { record.text(Field::Progress).into_owned() } else { written.join("\n") }
}

/// Official name and content of a candidate's tasks.
fn official(consolidation: &Consolidation, candidate: &Candidate) -> String {
    let tasks = candidate.tasks.iter().filter_map(|number| consolidation.plan.task(*number));
    tasks.map(|task| format!("{}\n{}", task.name, task.content)).collect::<Vec<_>>().join("\n")
}

/// A text in pieces, marked where another one differs; whole below the first rows, where nothing is coloured.
fn marked(number: usize, text: &str, other: &str) -> Vec<(bool, String)> {
    if number <= COLOURED_ROWS { difference::marked(text, other) } else { vec![(false, text.to_owned())] }
}

/// A text whose differing pieces are coloured in the first rows.
fn differing(number: usize, pieces: Vec<(bool, String)>) -> Cell<'static> {
    if number <= COLOURED_ROWS {
        return Cell { content: Content::Marked(pieces), look: Look::text() };
    }
    Cell::text(pieces.into_iter().map(|(_, piece)| piece).collect::<String>())
}

/// A candidate with its number, what differs coloured, and why it is one.
fn shown(consolidation: &Consolidation, number: usize, candidate: &Candidate, own: &str) -> Vec<(bool, String)> {
    let numbers = candidate.tasks.iter().map(u32::to_string).collect::<Vec<_>>().join("、");
    let mut pieces = vec![(false, format!("第{numbers}项（{:.0}%）\n", candidate.probability * 100.0))];
    pieces.extend(marked(number, &official(consolidation, candidate), own));
    if !candidate.why.is_empty() {
        pieces.push((false, format!("\n依据：{}", candidate.why)));
    }
    pieces
}
