//! 汇总表: the official list in its order; under each task what every township reports, and the district's sums.

use rust_xlsxwriter::XlsxError;

use super::links::Links;
use super::words;
use crate::consolidation::{Consolidation, IndicatorSummary, LIGHT_RULE, RecordIndex, TaskState};
use crate::list::{Field, Indicator, Task};
use crate::outputs::grid::{Cell, Column, Grid, Setup, column};
use crate::outputs::style::{self, Kind, Look, Paper, Tone};
use crate::records::values::{Quantity, Status};

/// Name of the sheet.
pub(super) const NAME: &str = "汇总表";

/// Columns by their place.
const INDICATOR: u16 = 4;
const DONE: u16 = 5;
const LAST: u16 = 12;
/// Where the task's row holds name and content, and where its agencies.
const CONTENT_SPAN: (u16, u16) = (1, 9);
const AGENCIES_SPAN: (u16, u16) = (10, LAST);

/// One line under a task.
struct Line<'a> {
    indicator: String,
    done: Option<f64>,
    target: Option<f64>,
    unit: String,
    rate: Option<f64>,
    /// Whether the value goes into the sum above which the indicator's name stands.
    _of: std::marker::PhantomData<&'a ()>,
}

/// The sheet, a block of rows for each task.
pub(super) fn grid(consolidation: &Consolidation, links: &Links) -> Result<Grid, XlsxError> {
    let mut grid = Grid::new(Setup {
        name: NAME,
        title: format!("{}任务落实情况汇总表", consolidation.period.chinese()),
        lines: vec![
            format!("方案：{}", consolidation.plan.title),
            format!("灯号：{LIGHT_RULE}“全区合计”由各单位累计完成数相加（自动计算），不能相加的指标不合计。"),
        ],
        columns: columns(),
        paper: Paper::A3Landscape,
        wide: 1,
        high: 0,
        frozen: 2,
        filter: true,
    })?;
    let mut heading = String::new();
    for task in &consolidation.plan.tasks {
        let rows: Vec<(usize, Vec<Line<'_>>)> = (0..consolidation.townships.len())
            .filter(|place| shown(consolidation, task, *place))
            .map(|place| (place, lines(consolidation, task, place)))
            .collect();
        let height: usize = rows.iter().map(|(_, lines)| lines.len()).sum();
        let height = height + 2 + task.indicators.len();
        grid.keep_together(u32::try_from(height).unwrap_or(u32::MAX))?;
        if task.heading() != heading {
            heading = task.heading();
            section(&mut grid, &heading)?;
        }
        task_row(&mut grid, task)?;
        let first = grid.next_row();
        for (place, lines) in &rows {
            township_rows(&mut grid, consolidation, links, task, *place, lines)?;
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

/// What a township reports for a task, one line for each indicator and each value of its own; at least one.
fn lines<'a>(consolidation: &'a Consolidation, task: &'a Task, place: usize) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    for summary in consolidation.indicators.iter().filter(|summary| summary.task == task.number) {
        let (Some(indicator), Some((value, index))) = (task.indicators.get(summary.indicator), summary.values[place])
        else {
            continue;
        };
        let values = &consolidation.record(index).0.values;
        lines.push(Line {
            indicator: words::indicator_name(task, indicator),
            done: Some(value),
            target: values.target.as_ref().filter(|target| same_unit(target, values.done.as_ref())).map(|target| {
                let done = values.done.as_ref().map_or(value, |done| done.value);
                // The target in the indicator's unit: converted as the value beside it was.
                if done == 0.0 { target.value } else { target.value * value / done }
            }),
            unit: indicator.unit.clone(),
            rate: values.rate,
            _of: std::marker::PhantomData,
        });
    }
    for index in consolidation.cell(task.number, place).map_or(&[][..], |cell| &cell.records) {
        lines.extend(own_line(consolidation, task, *index));
    }
    if lines.is_empty() {
        lines.push(Line {
            indicator: String::new(),
            done: None,
            target: None,
            unit: String::new(),
            rate: None,
            _of: std::marker::PhantomData,
        });
    }
    lines
}
