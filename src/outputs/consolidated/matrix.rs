//! 缺报矩阵: the official tasks by township on one page: reported, to review, missing. Townships beyond the columns of
//! a sheet stand on numbered further ones.

use std::ops::Range;

use rust_xlsxwriter::XlsxError;

use super::links::Links;
use super::words;
use crate::consolidation::{Consolidation, LIGHT_RULE, TaskState};
use crate::location::column_letters;
use crate::outputs::grid::{Cell, Column, Grid, Setup, column, number};
use crate::outputs::style::{Look, Paper, Tone};

/// Name of the sheet.
pub(super) const NAME: &str = "缺报矩阵";
/// Townships that one page can hold side by side, their names set upright.
const PAGE_TOWNSHIPS: usize = 24;
/// Townships a sheet can hold: Excel has 16,384 columns.
pub(super) const MOST_TOWNSHIPS: usize = 16_000;
/// Width of the names: seventeen characters, most names fit on one line.
const NAME_WIDTH: f64 = 34.0;
/// Height of a line in points: tight, so that all tasks stand on one page.
const LINE_HEIGHT: f64 = 15.0;
/// Columns left of the townships.
const LEFT: u16 = 2;
/// What stands where a task is reported; the sums count it.
const REPORTED: &str = "√";

/// The sheets, each with a row for each task: one, unless there are more townships than a sheet has columns.
pub(super) fn grids(consolidation: &Consolidation, links: &Links<'_>) -> Result<Vec<Grid>, XlsxError> {
    grids_of(consolidation, links, MOST_TOWNSHIPS)
}

/// The sheets, so many townships on each.
fn grids_of(consolidation: &Consolidation, links: &Links<'_>, most: usize) -> Result<Vec<Grid>, XlsxError> {
    let shares = shares(consolidation.townships.len(), most);
    let several = shares.len() > 1;
    shares.into_iter().enumerate().map(|(before, places)| grid(consolidation, links, places, before, several)).collect()
}

/// The townships of each sheet, by their places; no township is still one sheet.
pub(super) fn shares(townships: usize, most: usize) -> Vec<Range<usize>> {
    let starts = (0..townships.max(1)).step_by(most.max(1));
    starts.map(|start| start..(start + most).min(townships)).collect()
}

/// One sheet, after so many others.
fn grid(
    consolidation: &Consolidation,
    links: &Links<'_>,
    places: Range<usize>,
    before: usize,
    several: bool,
) -> Result<Grid, XlsxError> {
    let pages = u16::try_from(places.len().div_ceil(PAGE_TOWNSHIPS)).unwrap_or(u16::MAX);
    let setup = Setup {
        name: NAME,
        title: format!("{}任务报送情况一览", consolidation.period.chinese()),
        lines: above(&places, consolidation.townships.len(), several),
        columns: columns(consolidation, places.clone()),
        paper: Paper::A4Portrait,
        wide: pages,
        high: u16::from(pages == 1 && consolidation.plan.tasks.len() <= 100),
        frozen: LEFT,
        filter: false,
        repeat: true,
    };
    let mut grid = Grid::long_after(before, setup, links.folder())?;
    let first = grid.next_row();
    for task in &consolidation.plan.tasks {
        let mut cells = vec![Cell::centred(task.number.to_string()), Cell::text(task.name.as_str())];
        let mut reported = 0;
        for place in places.clone() {
            let state = consolidation.cell(task.number, place).map_or(TaskState::NotExpected, |cell| cell.state);
            reported += usize::from(state == TaskState::Reported);
            let tone = consolidation.light(task.number, place).map_or(Tone::Muted, words::light_tone);
            cells.push(Cell::centred(mark(state)).tone(tone));
        }
        let row = grid.next_row() + 1;
        let (left, right) = (column_letters(LEFT.into()), last_township(places.len()));
        cells.push(count(&format!("{left}{row}:{right}{row}"), reported));
        let height = grid.lines_over((1, 1), &task.name);
        grid.row_of(&cells, f64::from(height) * LINE_HEIGHT)?;
    }
    totals(&mut grid, consolidation, first, places)?;
    Ok(grid)
}

/// What stands above the table.
fn above(places: &Range<usize>, townships: usize, several: bool) -> Vec<String> {
    let marks = "√：已报；待复核：只有待人工确认的记录；未填：填报表里有此项，进展各栏都空着；漏报：该单位已报送，但无此项；未报送：该单位未报送；—：不需报。";
    let mut lines = vec![marks.to_owned(), LIGHT_RULE.to_owned()];
    if several {
        lines.push(format!("{}“已报单位”只计本表所列单位。", listed(places, townships)));
    }
    lines
}

/// Which townships a sheet lists, where there are several sheets.
pub(super) fn listed(places: &Range<usize>, townships: usize) -> String {
    let (first, last) = (places.start + 1, places.end);
    format!("单位较多，分表列出：本表列第{first}至第{last}个单位（共{townships}个）。")
}

fn columns(consolidation: &Consolidation, places: Range<usize>) -> Vec<Column> {
    let names = consolidation.townships[places].iter().map(|township| township.name.clone());
    let mut columns = vec![column("序号", 5.0), column("任务名称", NAME_WIDTH)];
    columns.extend(names.map(|name| column(name, 9.5)));
    columns.push(column("已报单位", 9.0));
    columns
}

/// The last row: tasks that each township has reported.
fn totals(grid: &mut Grid, consolidation: &Consolidation, first: u32, places: Range<usize>) -> Result<(), XlsxError> {
    let last = grid.next_row();
    let townships = places.len();
    let mut cells = vec![Cell::blank().tone(Tone::Band), Cell::text("已报任务数").tone(Tone::Band)];
    let mut all = 0;
    for (column, place) in (u32::from(LEFT)..).zip(places) {
        let states = consolidation.plan.tasks.iter().filter_map(|task| consolidation.cell(task.number, place));
        let reported = states.filter(|cell| cell.state == TaskState::Reported).count();
        all += reported;
        let letters = column_letters(column);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::list::Plan;
    use crate::outputs::consolidated::links::Ways;

    #[test]
    fn townships_beyond_the_columns_of_a_sheet_stand_on_the_next_one() {
        let ends = |townships| shares(townships, MOST_TOWNSHIPS).iter().map(|share| share.end).collect::<Vec<_>>();
        assert_eq!((ends(0), ends(16_000)), (vec![0], vec![16_000]));
        assert_eq!(shares(40_000, MOST_TOWNSHIPS), [0..16_000, 16_000..32_000, 32_000..40_000]);
        let plan = Plan::built_in();
        let townships = plan.townships.len();
        let consolidation = crate::consolidation::consolidate(plan, "", "2024Q1".parse().unwrap(), "", vec![], vec![]);
        let ways = Ways::new(&consolidation, std::path::Path::new("汇总.xlsx"));
        let links = Links::new(&consolidation, &ways);
        for (most, sheets) in [(MOST_TOWNSHIPS, 1), (townships, 1), (townships - 1, 2), (1, townships)] {
            let grids = grids_of(&consolidation, &links, most).unwrap();
            let names: Vec<String> = grids.iter().map(Grid::sheet_name).collect();
            let further = (2..=sheets).map(|number| format!("{NAME}{number}"));
            assert_eq!(names, std::iter::once(NAME.to_owned()).chain(further).collect::<Vec<_>>(), "{most}");
        }
    }
}
