//! Do the tasks stand across a table as the titles of its columns, with places below each other?
//!
//! ```text
//!  村名   │ 和美庭院创建(户) │ 闲置农房盘活(宗)        村名   │ 和美庭院创建 │ 闲置农房盘活
//!  东沙村 │ 12               │ 3                              │ 目标 │ 完成  │ 目标 │ 完成
//! ```
//!
//! Each figure, or what stands below one task in a row, is a record.

use super::assign::{Candidate, assign};
use super::grid::{Grid, Seen};
use super::header::{Header, HeaderColumn};
use super::headerless::titled;
use super::layout::Knowledge;
use super::look::Look;
use super::official::Official;
use super::table::{TableColumn, TaskAcross};
use super::text::{length, plain};
use super::vocabulary::{unit_in, unit_in_brackets};
use crate::list::Field;
use crate::location::CellRef;

/// Rows in which a header of tasks is looked for.
const ROWS_OF_TITLES: usize = 12;
/// Rows below it from which is told that figures stand there.
const ROWS_COMPARED: usize = 30;
/// Widest header, in columns.
const WIDEST: usize = 128;
/// Longest name of a task over a column, in characters.
const LONGEST_NAME: usize = 30;
/// So many tasks stand across a table at least.
const FEWEST: usize = 2;

/// The header of tasks over figures, where the sheet has no titles that we know.
pub(super) fn header(grid: &Grid, official: &Official) -> Option<Header> {
    grid.used_rows().take(ROWS_OF_TITLES).filter(|row| (3..=WIDEST).contains(&grid.row(*row).len())).find_map(|row| {
        let header = titled(grid, row);
        let tasks = tasks(grid, &header, official);
        (!tasks.is_empty() && stand_over_figures(grid, &header, &tasks)).then_some(header)
    })
}

/// Whether the cells below the tasks are figures, in two rows at least.
fn stand_over_figures(grid: &Grid, header: &Header, tasks: &[TaskAcross]) -> bool {
    let last = grid.last_row().unwrap_or(0);
    let (mut look, mut rows) = (Look::default(), 0);
    for row in grid.used_rows_between(header.last_row() + 1, last).take(ROWS_COMPARED) {
        let below: Vec<&Seen> = grid.row(row).iter().filter(|seen| task_at(tasks, seen.left()).is_some()).collect();
        rows += usize::from(!below.is_empty());
        for seen in below {
            look.add(seen.cell);
        }
    }
    rows >= 2 && (look.numbers + look.statuses) * 3 >= look.cells * 2
}

/// The tasks over the columns of a header, from left to right; empty where its columns are no tasks.
pub(super) fn tasks(grid: &Grid, header: &Header, official: &Official) -> Vec<TaskAcross> {
    let mut tasks: Vec<TaskAcross> = Vec::new();
    if header.columns.len() > WIDEST {
        return tasks;
    }
    let mut covered = 0;
    for column in &header.columns {
        let Some((at, name)) = upper_title(grid, header, column.column) else { continue };
        if let Some(last) = tasks.last_mut().filter(|last| last.at == at) {
            last.right = column.column;
            covered += 1;
        } else if is_task(&name, official) {
            let name = without_unit(&name).to_owned();
            tasks.push(TaskAcross { name, at, left: column.column, right: column.column });
            covered += 1;
        }
    }
    let names: Vec<String> = tasks.iter().map(|task| plain(&task.name)).collect();
    let distinct = (1..names.len()).all(|index| !names[..index].contains(&names[index]));
    let beside = tasks.first().is_some_and(|first| first.left > 0);
    if tasks.len() < FEWEST || !distinct || !beside || covered * 2 < header.columns.len() {
        tasks.clear();
    }
    tasks
}

/// The cell of the uppermost title over a column, and its text; without merged regions the nearest one to the left.
fn upper_title(grid: &Grid, header: &Header, column: u32) -> Option<(CellRef, String)> {
    let row = header.first_row();
    let deep = header.rows.len() > 1;
    let seen = grid.seen_at(CellRef::new(row, column)).or_else(|| {
        let left = (header.left()..column).rev().find_map(|left| grid.seen_at(CellRef::new(row, left)));
        left.filter(|_| deep)
    })?;
    Some((seen.cell.at, seen.cell.text.trim().to_owned()))
}

/// A name without the unit in brackets behind it: 和美庭院创建(户).
fn without_unit(name: &str) -> &str {
    let cut = name.strip_suffix([')', '）']).and_then(|open| open.rsplit_once(['(', '（']));
    cut.filter(|(_, unit)| unit_in(unit).is_some()).map_or(name, |(name, _)| name.trim_end())
}

/// Whether a title is the name of an official task, maybe with its unit behind it.
fn is_task(title: &str, official: &Official) -> bool {
    let text = plain(title);
    let named = |name: &str| (3..=LONGEST_NAME).contains(&length(name)) && official.is_name(name);
    named(&text) || text.split_once('(').is_some_and(|(name, _)| named(name))
}

/// The task over a column.
pub(super) fn task_at(tasks: &[TaskAcross], column: u32) -> Option<&TaskAcross> {
    tasks.iter().find(|task| task.covers(column))
}

/// The columns of a table whose tasks stand across it: below each task its own, the others as they are titled.
pub(super) fn columns(
    candidates: Vec<Candidate>,
    tasks: &[TaskAcross],
    knowledge: &Knowledge,
    unit: Option<&str>,
) -> Vec<TableColumn> {
    let mut beside: Vec<Candidate> = Vec::new();
    let mut below: Vec<Vec<Candidate>> = tasks.iter().map(|_| Vec::new()).collect();
    for candidate in candidates {
        match tasks.iter().position(|task| task.covers(candidate.column)) {
            Some(task) => below[task].push(candidate),
            None => beside.push(candidate),
        }
    }
    let mut columns = assign(&beside, &knowledge.vocabulary, unit, None, false);
    let of_row = [Field::Number, Field::Agencies, Field::Contact, Field::Remark];
    for column in &mut columns {
        column.field = column.field.filter(|field| of_row.contains(field));
    }
    for group in &below {
        let named_alone = |header: &&HeaderColumn| header.path.len() == 1;
        match group.as_slice() {
            [only] if only.header.as_ref().is_some_and(named_alone) => {
                let mut column = assign(group, &knowledge.vocabulary, unit, None, false);
                for column in &mut column {
                    tell_by_look(column, &only.look);
                }
                columns.extend(column);
            }
            several => columns.extend(assign(several, &knowledge.vocabulary, unit, None, false)),
        }
    }
    columns.sort_by_key(|column| column.column);
    columns
}

/// The field of the only column of a task: what its cells are.
fn tell_by_look(column: &mut TableColumn, look: &Look) {
    let plainly = [Field::Rate, Field::Status, Field::Progress].into_iter().find(|field| look.is_plainly(*field));
    let field = plainly.unwrap_or(Field::Done);
    column.field = Some(field);
    column.unit = column.unit.take().or_else(|| unit_in_brackets(&column.title));
    column.why = format!("表头是任务名称，按栏内所写判断为“{field}”");
}
