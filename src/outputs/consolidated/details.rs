//! 明细: every record with every field, the text as written, what was read from it, and where it stands.

use rust_xlsxwriter::XlsxError;

use super::links::{self, Ways};
use super::words;
use crate::consolidation::Consolidation;
use crate::findings::previous_workbook::{RECORD_HEADING, record_key};
use crate::list::Field;
use crate::matches::{DecidedBy, Match, MatchedSubmission, Outcome};
use crate::outputs::grid::{Cell, Column, Grid, Setup, column, hidden_column};
use crate::outputs::style::{Kind, Look, Paper, Tone};
use crate::outputs::{result_file, text};
use crate::records::values::{Deadline, Quantity};
use crate::records::{Record, Submission};

/// Name of the sheet.
pub(super) const NAME: &str = "明细";

/// How the sheet is set up. Its rows are the records in the order of the submissions, so that others know where they stand.
pub(super) fn setup(consolidation: &Consolidation) -> Setup {
    Setup {
        name: NAME,
        title: format!("{}报送明细", consolidation.period.chinese()),
        lines: vec![
            "每一行对应报送表中的一条记录。白底各栏为报送原文，灰底各栏为系统读出的数值和对应情况；点“位置”可打开原表。"
                .to_owned(),
        ],
        columns: columns(links::file_width(consolidation)),
        paper: Paper::A3Landscape,
        wide: 2,
        high: 0,
        frozen: 3,
        filter: true,
        repeat: true,
    }
}

/// The sheet, a row for each record of each submission; these are taken from the shelf one at a time.
pub(super) fn grid(consolidation: &Consolidation, ways: &Ways) -> Result<Grid, XlsxError> {
    let mut grid = Grid::long(setup(consolidation), ways.folder())?;
    let mut number = 0;
    for filed in consolidation.submissions.iter() {
        let file = ways.file(&filed.submission.file);
        for index in 0..filed.matches.len() {
            number += 1;
            grid.row(&row(consolidation, file, number, &filed, index))?;
        }
    }
    Ok(grid)
}

fn columns(file_width: f64) -> Vec<Column> {
    let mut columns = vec![column("编号", 6.0), column("填报单位", 11.0), column("对应任务", 16.0)];
    columns.extend(Field::ALL.into_iter().map(|field| column(field.title(), width(field))));
    columns.push(column("其他栏目", 24.0));
    let read = [
        ("判定", 10.0),
        ("把握", 8.0),
        ("是否计入", 9.0),
        ("读出：目标值", 10.0),
        ("读出：本期完成", 10.0),
        ("读出：累计完成", 10.0),
        ("读出：单位", 9.0),
        ("读出：完成率", 9.0),
        ("读出：进展状态", 9.0),
        ("读出：完成时限", 11.0),
    ];
    columns.extend(read.map(|(title, width)| column(title, width).tone(Tone::Official)));
    columns.extend([column("来源文件", file_width), column("工作表", 12.0), column("位置", 8.0)]);
    columns.push(hidden_column(RECORD_HEADING));
    columns
}

const fn width(field: Field) -> f64 {
    match field {
        Field::Number | Field::Unit => 7.0,
        Field::Name | Field::Agencies => 16.0,
        Field::Content => 30.0,
        Field::Indicator | Field::Remark => 14.0,
        Field::Progress => 46.0,
        Field::Problem | Field::Plan => 26.0,
        Field::Contact => 13.0,
        Field::Target | Field::PeriodDone | Field::Done | Field::Rate | Field::Status | Field::Deadline => 10.0,
    }
}

/// The row of a record, to whose file there may be a link.
fn row<'a>(
    consolidation: &'a Consolidation,
    file: Option<&str>,
    number: usize,
    filed: &'a MatchedSubmission,
    index: usize,
) -> Vec<Cell<'a>> {
    let (submission, record, matched) = (&filed.submission, &filed.submission.records[index], &filed.matches[index]);
    let sheet = submission.sheet_name(record.sheet);
    let tone = if submission.counts(index) { Tone::Plain } else { Tone::Muted };
    let mut cells = Vec::with_capacity(Field::ALL.len() + 18);
    cells.extend([
        Cell::count(number).look(|_| Look::text().centred()),
        Cell::text(submission.township.value.as_deref().unwrap_or("（单位不明）")),
        Cell::text(tasks(consolidation, matched)),
    ]);
    cells.extend(record.texts().map(Cell::text));
    cells.push(Cell::text(others(record)));
    for cell in &mut cells {
        cell.look = cell.look.tone(tone);
    }
    let values = &record.values;
    let quantity = |quantity: &Option<Quantity>| match quantity {
        Some(quantity) => Cell::number(quantity.value),
        None => Cell::blank(),
    };
    let read = [
        Cell::text(outcome(matched)).tone(match matched.outcome {
            Outcome::Matched => Tone::Official,
            Outcome::Review => Tone::Yellow,
            Outcome::Extra => Tone::Red,
        }),
        Cell::percent(matched.confidence).tone(Tone::Official),
        Cell::centred(counted(submission, index)).tone(Tone::Official),
        quantity(&values.target).tone(Tone::Official),
        quantity(&values.period_done).tone(Tone::Official),
        quantity(&values.done).tone(Tone::Official),
        Cell::text(units(record)).tone(Tone::Official),
        values.rate.map_or_else(Cell::blank, Cell::percent).tone(Tone::Official),
        Cell::centred(values.status.map_or("", crate::records::values::Status::word)).tone(Tone::Official),
        Cell::centred(values.deadline.map(Deadline::iso).unwrap_or_default()).tone(Tone::Official),
        Cell::link(file.map(str::to_owned), submission.file.as_str()),
        Cell::text(sheet),
        Cell::link(file.map(|file| links::cell_of(file, sheet, record.at)), record.at.a1()),
        Cell::text(key(consolidation, filed, index)).look(|look| look.kind(Kind::Hidden)),
    ];
    cells.extend(read);
    cells
}

/// What the next period compares with; blank where the record is not used.
fn key(consolidation: &Consolidation, filed: &MatchedSubmission, index: usize) -> String {
    let (submission, matched) = (&filed.submission, &filed.matches[index]);
    match submission.township.value.as_deref() {
        Some(township) if matched.outcome == Outcome::Matched && submission.counts(index) => {
            let indicator = result_file::indicator(matched, &consolidation.plan);
            record_key(township, &matched.tasks, indicator, &submission.records[index].values)
        }
        _ => String::new(),
    }
}

/// The tasks that the record answers, with their names.
fn tasks(consolidation: &Consolidation, matched: &Match) -> String {
    let mut text = words::tasks(consolidation, &matched.tasks);
    if let ([number], Some(position)) = (&matched.tasks[..], matched.indicator)
        && let Some(indicator) = consolidation.plan.task(*number).and_then(|task| task.indicators.get(position))
    {
        text.extend(["（", &indicator.name, "）"]);
    }
    text
}

/// How the match came about, in words.
const fn outcome(matched: &Match) -> &'static str {
    match (matched.outcome, matched.by) {
        (Outcome::Matched, DecidedBy::Id) => "按编码对应",
        (Outcome::Matched, DecidedBy::Text) => "按文字对应",
        (Outcome::Matched, DecidedBy::Decision) => "人工确认",
        (Outcome::Review, _) => "待复核",
        (Outcome::Extra, DecidedBy::Decision) => "人工确认为清单外",
        (Outcome::Extra, _) => "清单外",
    }
}

/// Whether the record counts, and if not, why not.
fn counted(filed: &Submission, record: usize) -> &'static str {
    match (filed.status.counts(), filed.records[record].counted) {
        (false, _) => filed.status.word(),
        (true, false) => "已划去",
        (true, true) if filed.replaced.contains_key(&record) => "已被更正替代",
        (true, true) => "计入",
    }
}

/// The units of what was read: one where all agree, else each with its field.
fn units(record: &Record) -> String {
    let values = &record.values;
    let read: Vec<(&str, &str)> =
        [("目标值", &values.target), ("本期完成", &values.period_done), ("累计完成", &values.done)]
            .into_iter()
            .filter_map(|(field, quantity)| Some((field, quantity.as_ref()?.unit.as_deref().unwrap_or("（无单位）"))))
            .collect();
    match read.first() {
        None => String::new(),
        Some((_, unit)) if read.iter().all(|(_, other)| other == unit) => (*unit).to_owned(),
        Some(_) => read.iter().map(|(field, unit)| format!("{field}：{unit}")).collect::<Vec<_>>().join("\n"),
    }
}

/// The township's own columns, `title：text` each.
fn others(record: &Record) -> String {
    let mut text = String::new();
    for (place, entry) in record.entries.iter().filter(|entry| entry.field.is_none()).enumerate() {
        let parting = if place == 0 { "" } else { "\n" };
        text.extend([parting, &entry.title, "：", &entry.text]);
    }
    text
}

/// A text of a record that is longer than a cell: what is left after the first piece, with its field's title.
pub(super) fn overflow(record: &Record) -> Vec<(&'static str, String)> {
    let fields = Field::ALL.map(Field::title).into_iter().zip(record.texts());
    let mut rest = Vec::new();
    for (title, whole) in fields.chain([("其他栏目", others(record).into())]) {
        let clean = text::clean(&whole);
        rest.extend(text::pieces(&clean).into_iter().skip(1).map(|piece| (title, piece.to_owned())));
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::list::Plan;
    use crate::location::MAX_ROWS;

    #[test]
    fn rows_stand_where_it_was_foreseen() {
        let run =
            crate::consolidation::consolidate(Plan::built_in(), "", "2024Q1".parse().unwrap(), "", vec![], vec![]);
        let setup = setup(&run);
        let mut grid = Grid::new(setup.clone()).unwrap();
        for before in 0..3 {
            assert_eq!(setup.target(before), grid.target(0));
            grid.row(&[]).unwrap();
        }
        let on_sheet = usize::try_from(MAX_ROWS).unwrap() - 3;
        assert_eq!(setup.target(on_sheet - 1), "internal:'明细'!A1048576");
        assert_eq!(setup.target(on_sheet), "internal:'明细2'!A4");
    }
}
