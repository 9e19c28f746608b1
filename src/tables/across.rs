//! Do the tasks stand across a table as the titles of its columns, with places below each other?
//!
//! ```text
//!  村名   │ 和美庭院创建(户) │ 闲置农房盘活(宗)        村名   │ 和美庭院创建 │ 闲置农房盘活
//!  东沙村 │ 12               │ 3                              │ 目标 │ 完成  │ 目标 │ 完成
//! ```
//!
//! Each figure, or what stands below one task in a row, is a record.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::assign::{Candidate, assign};
use super::grid::{Grid, Seen};
use super::header::{Header, HeaderColumn};
use super::headerless::titled;
use super::layout::Knowledge;
use super::look::Look;
use super::official::Official;
use super::table::{TableColumn, TaskAcross};
use super::text::{is_village, length, plain};
use super::total_words::total_role;
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
        let stands = || stand_over_figures(grid, &header, &tasks) || stand_beside_villages(grid, &header, &tasks);
        (!tasks.is_empty() && stands()).then_some(header)
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
            look.add_seen(seen);
        }
    }
    rows >= 2 && (look.numbers() + look.statuses()) * 3 >= look.cells * 2
}

/// Whether villages stand on the left of nearly all rows below the tasks: then each may tell in words what it did.
fn stand_beside_villages(grid: &Grid, header: &Header, tasks: &[TaskAcross]) -> bool {
    let last = grid.last_row().unwrap_or(0);
    let (mut rows, mut of_villages) = (0, 0);
    for row in grid.used_rows_between(header.last_row() + 1, last).take(ROWS_COMPARED) {
        let cells = grid.row(row);
        let told = cells.iter().any(|seen| task_at(tasks, seen.left()).is_some());
        let beside = cells.iter().take_while(|seen| task_at(tasks, seen.left()).is_none());
        let texts: Vec<&str> = beside.map(Seen::plain).collect();
        let sums = texts.iter().any(|text| total_role(text).is_some());
        rows += usize::from(told && !sums);
        of_villages += usize::from(told && !sums && texts.iter().any(|text| is_village(text)));
    }
    of_villages >= 2 && of_villages * 4 >= rows * 3
}

/// The tasks over the columns of a header, from left to right; empty where its columns are no tasks.
pub(super) fn tasks(grid: &Grid, header: &Header, official: &Official) -> Vec<TaskAcross> {
    let mut tasks: Vec<TaskAcross> = Vec::new();
    if header.columns.len() > WIDEST {
        return tasks;
    }
    // Uppermost titles with the columns below them, tasks or not.
    let mut groups: Vec<TaskAcross> = Vec::new();
    for column in &header.columns {
        let Some((at, name)) = upper_title(grid, header, column.column) else { continue };
        match groups.last_mut().filter(|last| last.at == at) {
            Some(last) => last.right = column.column,
            None => groups.push(TaskAcross { name, at, left: column.column, right: column.column }),
        }
    }
    let official_ones: Vec<bool> = groups.iter().map(|group| is_task(&group.name, official)).collect();
    let known: Vec<Vec<String>> = groups
        .iter()
        .zip(&official_ones)
        .filter(|(_, official)| **official)
        .map(|(group, _)| below(header, group))
        .collect();
    let mut covered = 0;
    for (group, official) in groups.into_iter().zip(official_ones) {
        // A task of the township's own among them is told by the same titles below it. So would be their sum.
        let sums = || total_role(&plain(&group.name)).is_some();
        let same = || group.right > group.left && known.contains(&below(header, &group));
        let own = || known.len() >= FEWEST && same() && !sums();
        if official || own() {
            covered += below(header, &group).len();
            tasks.push(TaskAcross { name: without_unit(&group.name).to_owned(), ..group });
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

/// The lowest titles below an uppermost one, without their units.
fn below(header: &Header, group: &TaskAcross) -> Vec<String> {
    let columns = header.columns.iter().filter(|column| group.covers(column.column));
    let lowest = columns.map(|column| column.path.last().map(|title| plain(title)).unwrap_or_default());
    lowest.map(|title| title.split('(').next().unwrap_or_default().to_owned()).collect()
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
    let mut told: Vec<Vec<TableColumn>> = Vec::new();
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
            several => told.push(assign(several, &knowledge.vocabulary, unit, None, false)),
        }
    }
    let looks: BTreeMap<u32, usize> =
        below.iter().flatten().map(|candidate| (candidate.column, candidate.look.cells)).collect();
    agree_below_tasks(&mut told, &looks);
    columns.extend(told.into_iter().flatten());
    columns.sort_by_key(|column| column.column);
    columns
}

/// What the same title means below one task it means below the others: the field that most cells below it speak for. No column
/// there names a task, for the title above does.
fn agree_below_tasks(told: &mut [Vec<TableColumn>], cells: &BTreeMap<u32, usize>) {
    let bare = |column: &TableColumn| {
        let title = plain(column.title.rsplit('›').next().unwrap_or_default());
        title.split('(').next().unwrap_or_default().to_owned()
    };
    let mut meant: BTreeMap<String, BTreeMap<Field, usize>> = BTreeMap::new();
    for column in told.iter_mut().flatten() {
        column.field = column.field.filter(|field| !matches!(field, Field::Name | Field::Indicator));
        let Some(field) = column.field else { continue };
        let count = cells.get(&column.column).copied().unwrap_or(0);
        *meant.entry(bare(column)).or_default().entry(field).or_default() += count;
    }
    for group in told {
        for place in 0..group.len() {
            let Some(fields) = meant.get(&bare(&group[place])).filter(|_| group[place].title_at.is_some()) else {
                continue;
            };
            // Of as many cells, stories are told rather than states.
            let most = fields.iter().max_by_key(|(field, count)| (**count, **field == Field::Progress));
            let Some(field) = most.map(|(field, _)| *field) else { continue };
            if !group.iter().any(|column| column.field == Some(field)) {
                group[place].field = Some(field);
                group[place].why = format!("其他任务下面同名的栏是“{field}”");
            }
        }
    }
}

/// The field of the only column of a task: what its cells are.
fn tell_by_look(column: &mut TableColumn, look: &Look) {
    let plainly = [Field::Rate, Field::Status, Field::Progress].into_iter().find(|field| look.is_plainly(*field));
    let words = look.numbers() * 2 < look.cells;
    let field = plainly.unwrap_or(if words { Field::Progress } else { Field::Done });
    column.field = Some(field);
    column.unit = column.unit.take().or_else(|| unit_in_brackets(&column.title).map(Arc::from));
    column.why = format!("表头是任务名称，按栏内所写判断为“{field}”");
}
