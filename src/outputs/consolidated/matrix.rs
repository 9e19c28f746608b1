//! 缺报矩阵: the official tasks by township on one page: reported, to review, missing.

use rust_xlsxwriter::XlsxError;

use super::links::Links;
use super::words;
use crate::consolidation::{Consolidation, LIGHT_RULE, TaskState};
use crate::location::column_letters;
use crate::outputs::grid::{Cell, Grid, Setup, column, number};
use crate::outputs::style::{Look, Paper, Tone};

/// Name of the sheet.
pub(super) const NAME: &str = "缺报矩阵";
/// Townships that one page can hold side by side, their names set upright.
const PAGE_TOWNSHIPS: usize = 24;
/// Townships a sheet can hold: Excel has 16,384 columns. 汇总表 lists them all however many they are.
pub(super) const MOST_TOWNSHIPS: usize = 16_000;
/// Width of the names: seventeen characters, most names fit on one line.
const NAME_WIDTH: f64 = 34.0;
/// Height of a line in points: tight, so that all tasks stand on one page.
const LINE_HEIGHT: f64 = 15.0;
/// Columns left of the townships.
const LEFT: u16 = 2;
/// What stands where a task is reported; the sums count it.
const REPORTED: &str = "√";

/// The sheet, a row for each task.
pub(super) fn grid(consolidation: &Consolidation, links: &Links<'_>) -> Result<Grid, XlsxError> {
    let townships = consolidation.townships.len().min(MOST_TOWNSHIPS);
    let names = consolidation.townships.iter().take(townships).map(|township| township.name.clone());
    let mut columns = vec![column("序号", 5.0), column("任务名称", NAME_WIDTH)];
    columns.extend(names.map(|name| column(name, 9.5)));
    columns.push(column("已报单位", 9.0));
    let pages = u16::try_from(townships.div_ceil(PAGE_TOWNSHIPS)).unwrap_or(u16::MAX);
    let mut grid = Grid::long(
        Setup {
            name: NAME,
            title: format!("{}任务报送情况一览", consolidation.period.chinese()),
            lines: vec![
            "√：已报；待复核：只有待人工确认的记录；漏报：该单位已报送，但无此项；未报送：该单位未报送；—：不需报。"
                .to_owned(),
            LIGHT_RULE.to_owned(),
        ],
            columns,
            paper: Paper::A4Portrait,
            wide: pages,
            high: u16::from(pages == 1 && consolidation.plan.tasks.len() <= 100),
            frozen: LEFT,
            filter: false,
            repeat: true,
        },
        links.folder(),
    )?;
    let first = grid.next_row();
    for task in &consolidation.plan.tasks {
        let mut cells = vec![Cell::centred(task.number.to_string()), Cell::text(task.name.as_str())];
        let mut reported = 0;
        for place in 0..townships {
            let state = consolidation.cell(task.number, place).map_or(TaskState::NotExpected, |cell| cell.state);
            reported += usize::from(state == TaskState::Reported);
            let tone = consolidation.light(task.number, place).map_or(Tone::Muted, words::light_tone);
            cells.push(Cell::centred(mark(state)).tone(tone));
        }
        let row = grid.next_row() + 1;
        let (left, right) = (column_letters(LEFT.into()), last_township(townships));
        cells.push(count(&format!("{left}{row}:{right}{row}"), reported));
        let height = grid.lines_over((1, 1), &task.name);
        grid.row_of(&cells, f64::from(height) * LINE_HEIGHT)?;
    }
    totals(&mut grid, consolidation, first, townships)?;
    Ok(grid)
}

/// The last row: tasks that each township has reported.
fn totals(grid: &mut Grid, consolidation: &Consolidation, first: u32, townships: usize) -> Result<(), XlsxError> {
    let last = grid.next_row();
    let mut cells = vec![Cell::blank().tone(Tone::Band), Cell::text("已报任务数").tone(Tone::Band)];
    let mut all = 0;
    for place in 0..townships {
        let states = consolidation.plan.tasks.iter().filter_map(|task| consolidation.cell(task.number, place));
        let reported = states.filter(|cell| cell.state == TaskState::Reported).count();
        all += reported;
        let letters = column_letters(u32::from(LEFT) + u32::try_from(place).unwrap_or(u32::MAX));
        cells.push(count(&format!("{letters}{}:{letters}{last}", first + 1), reported).tone(Tone::Band));
    }
    let (left, right) = (column_letters(LEFT.into()), last_township(townships));
    cells.push(count(&format!("{left}{}:{right}{last}", first + 1), all).tone(Tone::Band));
    grid.row(&cells)?;
    Ok(())
}

/// Letters of the last township's column.
fn last_township(townships: usize) -> String {
    column_letters(u32::from(LEFT) + u32::try_from(townships.max(1) - 1).unwrap_or(u32::MAX))
}

/// A live count of the reported tasks of a range.
fn count(range: &str, result: usize) -> Cell<'static> {
    Cell::formula(format!("=COUNTIF({range},\"{REPORTED}\")"), number(result)).look(Look::centred)
}

/// What stands in a cell of the matrix.
const fn mark(state: TaskState) -> &'static str {
    match state {
        TaskState::Reported => REPORTED,
        TaskState::NotExpected => "—",
        other => other.word(),
    }
}
