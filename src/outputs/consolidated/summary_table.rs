//! 汇总表: the official list in its order; under each task what every township reports, and the district's sums.

use rust_xlsxwriter::XlsxError;

use super::links::Links;
use super::words;
use crate::consolidation::{
    Consolidation, IndicatorSummary, LIGHT_RULE, RecordIndex, TaskCell, TaskState, is_in_indicators, target_in_unit,
};
use crate::list::{Field, Indicator, Task};
use crate::location::column_letters;
use crate::matches::Shelved;
use crate::outputs::grid::{Cell, Column, Grid, Setup, column};
use crate::outputs::style::{self, Kind, Look, Paper, Tone};
use crate::records::values::Status;

/// Name of the sheet.
pub(super) const NAME: &str = "汇总表";

/// Columns by their place.
const INDICATOR: u16 = 4;
const DONE: u16 = 5;
const TARGET: u16 = 7;
const LAST: u16 = 12;
/// Where the task's row holds name and content, and where its agencies.
const CONTENT_SPAN: (u16, u16) = (1, 9);
const AGENCIES_SPAN: (u16, u16) = (10, LAST);

/// The fields of a record that are shown as they are written.
const SHOWN: [Field; 4] = [Field::Indicator, Field::Progress, Field::Problem, Field::Plan];

/// What a township reports for a task: the records, and the lines that they become.
struct Reported {
    /// Of the township.
    place: usize,
    records: Vec<(RecordIndex, Shelved)>,
    lines: Vec<Line>,
}

/// One line of a township under a task.
#[derive(Default)]
struct Line {
    indicator: String,
    done: Option<f64>,
    target: Option<f64>,
    unit: String,
    rate: Option<f64>,
}

/// The sheet, a block of rows for each task.
pub(super) fn grid(consolidation: &Consolidation, links: &Links<'_>) -> Result<Grid, XlsxError> {
    let mut grid = Grid::long(
        Setup {
            name: NAME,
            title: format!("{}任务落实情况汇总表", consolidation.period.chinese()),
            lines: vec![
                format!("方案：{}", consolidation.plan.title),
                LIGHT_RULE.to_owned(),
                consolidation.plan.in_its_word("“全区合计”由各单位累计完成数相加（自动计算），不能相加的指标不合计。"),
            ],
            columns: columns(),
            paper: Paper::A3Landscape,
            wide: 1,
            high: 0,
            frozen: 2,
            filter: true,
            repeat: true,
        },
        links.folder(),
    )?;
    let mut heading = String::new();
    for task in &consolidation.plan.tasks {
        let in_turn = || (0..consolidation.townships.len()).filter(|place| shown(consolidation, task, *place));
        let around = 2 + task.indicators.len();
        let most: usize = in_turn().map(|place| most_lines(consolidation, task, place)).sum();
        // How high the block is exactly is asked only near the end of a sheet: it takes all records from the shelf.
        if !grid.has_room(most + around) {
            let height: usize = in_turn().map(|place| reported(consolidation, task, place).lines.len()).sum();
            grid.keep_together(height + around)?;
        }
        if task.heading() != heading {
            heading = task.heading();
            section(&mut grid, &heading)?;
        }
        task_row(&mut grid, task)?;
        let first = grid.next_row();
        for place in in_turn() {
            township_rows(&mut grid, consolidation, links, task, &reported(consolidation, task, place))?;
        }
        sums(&mut grid, consolidation, task, first)?;
    }
    Ok(grid)
}

fn columns() -> Vec<Column> {
    vec![
        column("序号", 5.0),
        column("填报单位", 11.0),
        column("灯号", 5.0),
        column("进展状态", 8.5),
        column("指标", 17.0),
        column("累计完成", 10.0),
        column("计量单位", 7.5),
        column("目标值", 9.0),
        column("完成率", 8.5),
        column("进展情况", 52.0),
        column("存在问题", 24.0),
        column("下一步计划", 24.0),
        column("明细", 6.0),
    ]
}

/// Whether a township has a row under a task: not where it need not report it and has not.
fn shown(consolidation: &Consolidation, task: &Task, place: usize) -> bool {
    consolidation.cell(task.number, place).is_some_and(|cell| cell.state != TaskState::NotExpected)
}

/// A section heading over the tasks below it.
fn section(grid: &mut Grid, heading: &str) -> Result<(), XlsxError> {
    let row = grid.row_of(&[], 22.0)?;
    let look = Look::text().kind(Kind::Heading).bold();
    grid.merged(row, (0, LAST), heading, look)
}

/// The official task: number, name, content, agencies.
fn task_row(grid: &mut Grid, task: &Task) -> Result<(), XlsxError> {
    let text = format!("{}：{}", task.name, task.content);
    let agencies = format!("责任单位：{}", task.agencies());
    let lines = grid.lines_over(CONTENT_SPAN, &text).max(grid.lines_over(AGENCIES_SPAN, &agencies));
    let band = Look::text().tone(Tone::Band).bold();
    let number = Cell::centred(task.number.to_string()).look(|_| band.centred());
    let row = grid.row_of(&[number], style::row_height(lines, style::BODY_SIZE) + 3.0)?;
    grid.merged(row, CONTENT_SPAN, &text, band)?;
    grid.merged(row, AGENCIES_SPAN, &agencies, Look::text().tone(Tone::Band))
}

/// Lines that a township has under a task at most.
fn most_lines(consolidation: &Consolidation, task: &Task, place: usize) -> usize {
    let records = consolidation.cell(task.number, place).into_iter().flat_map(TaskCell::records).count();
    (task.indicators.len() + records).max(1)
}

/// What a township reports for a task, one line for each indicator and each value of its own; at least one.
fn reported(consolidation: &Consolidation, task: &Task, place: usize) -> Reported {
    let mut lines = Vec::new();
    let records = consolidation.cell(task.number, place).into_iter().flat_map(TaskCell::records);
    let records: Vec<(RecordIndex, Shelved)> =
        records.map(|index| (index, consolidation.fields(index, &SHOWN))).collect();
    for summary in consolidation.indicators.iter().filter(|summary| summary.task == task.number) {
        let Some(indicator) = task.indicators.get(summary.indicator) else { continue };
        let Some((value, index)) = summary.values.of(place) else { continue };
        let Some((_, row)) = records.iter().find(|(own, _)| *own == index) else { continue };
        let record = row.record();
        lines.push(Line {
            indicator: words::indicator_name(task, indicator),
            done: Some(value),
            target: target_in_unit(record, &indicator.unit),
            unit: indicator.unit.clone(),
            rate: record.values.rate,
        });
    }
    lines.extend(records.iter().filter_map(|(_, row)| own_line(row, task)));
    if lines.is_empty() {
        lines.push(Line::default());
    }
    Reported { place, records, lines }
}

/// A value that a record reports and that is in none of the plan's indicators: shown as written, in its own unit.
fn own_line(row: &Shelved, task: &Task) -> Option<Line> {
    let record = row.record();
    if is_in_indicators(record, row.matched(), task) {
        return None;
    }
    let done = record.values.done.as_ref()?;
    let named = record.text(Field::Indicator);
    let target = record.values.target.as_ref().filter(|target| target.unit == done.unit);
    Some(Line {
        indicator: format!("（自报）{named}"),
        done: Some(done.value),
        target: target.map(|target| target.value),
        unit: done.unit.clone().unwrap_or_default(),
        rate: record.values.rate,
    })
}

/// The rows of a township under a task: the first bears light, status and narratives.
fn township_rows(
    grid: &mut Grid,
    consolidation: &Consolidation,
    links: &Links<'_>,
    task: &Task,
    reported: &Reported,
) -> Result<(), XlsxError> {
    let place = reported.place;
    let Some(cell) = consolidation.cell(task.number, place) else { return Ok(()) };
    for (number, line) in reported.lines.iter().enumerate() {
        let mut cells = Vec::with_capacity(usize::from(LAST) + 1);
        cells.extend([
            Cell::centred(task.number.to_string()).look(|look| look.tone(Tone::Muted)),
            Cell::text(consolidation.townships[place].name.as_str()),
        ]);
        if number == 0 {
            let light = consolidation.light(task.number, place);
            let (word, tone) = light.map_or(("", Tone::Plain), |light| (light.word(), words::light_tone(light)));
            let status = match cell.state {
                TaskState::Reported => consolidation.status(task.number, place).map_or("（未写）", Status::word),
                other => other.word(),
            };
            cells.extend([Cell::centred(word).tone(tone), Cell::centred(status)]);
        } else {
            cells.extend([Cell::blank(), Cell::blank()]);
        }
        let number_or_blank = |value: Option<f64>| value.map_or_else(Cell::blank, Cell::number);
        cells.extend([
            Cell::text(line.indicator.as_str()),
            number_or_blank(line.done),
            Cell::centred(line.unit.as_str()),
            number_or_blank(line.target),
            line.rate.map_or_else(Cell::blank, Cell::percent),
        ]);
        if number == 0 {
            let records = || reported.records.iter().map(|(_, row)| row.record());
            let narrative = |field| Cell::text(words::joined(records(), field));
            cells.extend([Field::Progress, Field::Problem, Field::Plan].map(narrative));
            let target = cell.records().next().and_then(|index| links.record(index));
            cells.push(target.map_or_else(Cell::blank, |target| Cell::link(Some(target), "查看")));
        } else {
            cells.extend([Cell::blank(), Cell::blank(), Cell::blank(), Cell::blank()]);
        }
        grid.row(&cells)?;
    }
    Ok(())
}

/// A row for each indicator of the task: the district's sum as a live formula over the rows above, and its target.
fn sums(grid: &mut Grid, consolidation: &Consolidation, task: &Task, first: u32) -> Result<(), XlsxError> {
    let last = grid.next_row();
    for summary in consolidation.indicators.iter().filter(|summary| summary.task == task.number) {
        let Some(indicator) = task.indicators.get(summary.indicator) else { continue };
        let row = grid.next_row();
        let cells = sum_row(consolidation, summary, task, indicator, (first, last), row);
        let cells: Vec<Cell<'_>> = cells.into_iter().map(|cell| cell.tone(Tone::Official)).collect();
        grid.row(&cells)?;
    }
    Ok(())
}

/// The district's row of one indicator. `above` are the zero-based first row of the townships and the row after
/// their last; `row` is the zero-based row that is written.
fn sum_row<'a>(
    consolidation: &Consolidation,
    summary: &IndicatorSummary,
    task: &Task,
    indicator: &'a Indicator,
    above: (u32, u32),
    row: u32,
) -> Vec<Cell<'a>> {
    let here = |column: u16| format!("{}{}", column_letters(column.into()), row + 1);
    let over = |column: u16| {
        let letters = column_letters(column.into());
        format!("{letters}{}:{letters}{}", above.0 + 1, above.1)
    };
    let (done, rate) = match summary.sum {
        Some(sum) if above.1 > above.0 => {
            let formula = format!("=SUMPRODUCT(--({}={}),{})", over(INDICATOR), here(INDICATOR), over(DONE));
            let share = consolidation.share_done(summary);
            let rate = share.map_or_else(Cell::blank, |share| {
                let formula = format!("={}/{}", here(DONE), here(TARGET));
                Cell::formula(formula, share).look(|look| look.kind(Kind::Percent))
            });
            (Cell::formula(formula, sum).look(Look::bold), rate)
        }
        _ => (Cell::centred(if indicator.adds_up { "无数据" } else { "不合计" }), Cell::blank()),
    };
    let note = format!(
        "{}目标：{}{}{}{}",
        consolidation.plan.whole(),
        words::due(consolidation, task, indicator),
        words::side(indicator.direction),
        indicator.value,
        indicator.unit
    );
    vec![
        Cell::centred(task.number.to_string()),
        Cell::text(consolidation.plan.in_its_word("全区合计")).look(Look::bold),
        Cell::blank(),
        Cell::blank(),
        Cell::text(words::indicator_name(task, indicator)),
        done,
        Cell::centred(indicator.unit.as_str()),
        Cell::number(indicator.value),
        rate,
        Cell::text(note),
        Cell::blank(),
        Cell::blank(),
        Cell::blank(),
    ]
}
