//! Is a table turned on its side, with the labels on the left and one column for each task, or several?

use std::collections::{BTreeMap, BTreeSet};

use super::blocks::card;
use super::labels::{Labels, is_part_of_year};
use super::{Pair, WIDEST, table, tell_by_values, weigh_by_values};
use crate::list::Field;
use crate::location::CellRef;
use crate::tables::grid::{Grid, Seen};
use crate::tables::table::Table;
use crate::tables::text::{is_narrative, is_numeric, is_status_word, length, quoted};
use crate::tables::vocabulary::Meaning;

/// First and last column of the values of one task.
pub(super) type Lane = (u32, u32);

/// Longest title, in characters, over one of several columns of a task: 定的, 实际完成.
const LONGEST_SUBTITLE: usize = 8;

/// At most one in so many values may be a word that is a title elsewhere.
const MOST_TITLES: usize = 12;

/// The columns of values beside a column of labels, where each of them is a task: a table turned on its side. A task
/// merged over several columns has them all.
pub(super) fn value_lanes(grid: &Grid, labels: &Labels, column: u32) -> Option<Vec<Lane>> {
    let wide = wide_lanes(grid, labels, column);
    let subtitles = subtitle_row(grid, column, &wide);
    let labelled: Vec<u32> = grid
        .used_rows()
        .filter(|row| label_at(grid, *row, column).is_some_and(|seen| labels.known(&seen).is_some()))
        .collect();
    let mut bands: Vec<Band> = vec![Band::default()];
    let mut titles: Vec<&str> = Vec::new();
    let mut tasks: BTreeSet<(u32, &str)> = BTreeSet::new();
    for row in labelled.iter().filter(|row| subtitles != Some(**row)) {
        // 已完成 is a value beside 状态, and a label of its own beside 年度目标.
        let label = grid.seen_at(CellRef::new(*row, column));
        let words = label.map(|label| label.plain()).unwrap_or_default();
        let beside = label.and_then(|seen| labels.known(&seen));
        let of_status = beside.as_ref().is_some_and(|meaning| meaning.fields.contains(&Field::Status));
        let of_task = beside.is_some_and(|meaning| meaning.fields.first() == Some(&Field::Name));
        if bands.last().is_some_and(|band| band.labels.contains(&words)) {
            bands.push(Band::default());
        }
        let Some(band) = bands.last_mut() else { continue };
        for seen in values_beside(grid, *row, column).take(WIDEST) {
            if seen.plain() == words {
                // The labels stand there once more, before further tasks.
                continue;
            }
            if of_task && !tasks.insert((seen.left(), seen.plain())) {
                // No task is told twice in one column: 分管 beside each of them is a label.
                return None;
            }
            let status = of_status && is_status_word(seen.plain());
            titles.extend((labels.known(&seen).is_some() && !status).then(|| seen.plain()));
            *band.values.entry(seen.left()).or_default() += 1;
        }
        band.labels.push(words);
    }
    // Among many values one or another may be a title elsewhere: 卡点 │ 指标.
    let again = (1..titles.len()).any(|index| titles[..index].contains(&titles[index]));
    if again || titles.len() * MOST_TITLES > bands.iter().flat_map(|band| band.values.values()).sum() {
        return None;
    }
    if subtitles.is_some() {
        return Some(wide);
    }
    // The last band is often shorter than the ones above it: what counts is a column's own band.
    let columns: BTreeSet<u32> = bands.iter().flat_map(Band::filled).collect();
    (columns.len() >= 2).then(|| columns.into_iter().map(|column| (column, column)).collect())
}

/// The cell in the column of labels, where it begins in the row. It may be merged from the left: 任务 stands over groups of
/// labels and over the labels themselves.
fn label_at<'s>(grid: &Grid<'s>, row: u32, column: u32) -> Option<Seen<'s>> {
    grid.seen_at(CellRef::new(row, column)).filter(|seen| seen.region.first.row == row)
}

/// Labels of which none comes again, and how many values each column has beside them.
#[derive(Default)]
struct Band<'s> {
    labels: Vec<&'s str>,
    values: BTreeMap<u32, usize>,
}

impl Band<'_> {
    /// The columns that are filled beside at least half of the labels.
    fn filled(&self) -> impl Iterator<Item = u32> {
        let half = self.labels.len().div_ceil(2);
        self.values.iter().filter(move |(_, count)| **count >= half).map(|(column, _)| *column)
    }
}

/// The cells of a row behind its label; where the labels are the last column of the sheet, those before it.
fn values_beside<'g, 's>(grid: &'g Grid<'s>, row: u32, column: u32) -> impl Iterator<Item = Seen<'s>> + use<'g, 's> {
    let last = grid.sheet.extent().map_or(column, |extent| extent.last.column);
    let (first, last) = if column == last { (0, column.saturating_sub(1)) } else { (column + 1, u32::MAX) };
    grid.row_between(row, first, last)
}

/// The columns of tasks of which each is merged over several columns, all as many.
fn wide_lanes(grid: &Grid, labels: &Labels, column: u32) -> Vec<Lane> {
    let of_tasks = |row: &u32| {
        let seen = grid.seen_at(CellRef::new(*row, column));
        seen.and_then(|seen| labels.known(&seen)).is_some_and(|meaning| meaning.fields.first() == Some(&Field::Name))
    };
    let Some(row) = grid.used_rows().find(of_tasks) else { return Vec::new() };
    let tasks: Vec<Seen> = values_beside(grid, row, column).take(WIDEST).collect();
    let width = tasks.first().map_or(0, Seen::width);
    let even = width >= 2 && tasks.len() >= 2 && tasks.iter().all(|seen| seen.width() == width);
    if even { tasks.iter().map(|seen| (seen.left(), seen.right())).collect() } else { Vec::new() }
}

/// The row that gives the columns of every task the same short titles: 定的 │ 做的.
fn subtitle_row(grid: &Grid, column: u32, lanes: &[Lane]) -> Option<u32> {
    let first = lanes.first()?;
    let titles = |row: u32, lane: &Lane| -> Vec<&str> {
        grid.row_between(row, lane.0, lane.1).map(|seen| seen.plain()).collect()
    };
    let width = usize::try_from(first.1 - first.0 + 1).ok()?;
    grid.used_rows().find(|row| {
        let of_first = titles(*row, first);
        let short = |title: &&str| (1..=LONGEST_SUBTITLE).contains(&length(title)) && !is_numeric(title);
        let differ = of_first.windows(2).all(|pair| pair[0] != pair[1]);
        let labelled = grid.seen_at(CellRef::new(*row, column)).is_none_or(|seen| seen.width() == 1);
        // A state that all tasks share, 推进中 beside each other, is no title.
        width >= 2
            && of_first.len() == width
            && labelled
            && differ
            && of_first.iter().all(short)
            && lanes.iter().all(|lane| titles(*row, lane) == of_first)
    })
}

/// The field of a value below a title that says whether it was planned or done.
fn planned_or_done(subtitle: &str, value: &Seen) -> Option<Field> {
    const PLANNED: [&str; 7] = ["定", "计划", "目标", "应", "要", "任务", "下达"];
    const DONE: [&str; 7] = ["做", "完成", "实", "已", "干", "落实", "进展"];
    let figures = is_numeric(value.plain());
    let has = |words: &[&str]| words.iter().any(|word| subtitle.contains(word));
    match (has(&PLANNED), has(&DONE)) {
        (true, _) => Some(if figures { Field::Target } else { Field::Content }),
        (false, true) => Some(if figures { Field::Done } else { Field::Progress }),
        (false, false) => None,
    }
}

/// The table of a sheet turned on its side: each column of values is a card.
pub(super) fn turned_table(grid: &Grid, labels: &Labels, column: u32, lanes: &[Lane]) -> Option<Table> {
    let subtitles = subtitle_row(grid, column, lanes);
    let mut blocks_of_labels: Vec<Vec<(Seen, Meaning)>> = Vec::new();
    for row in grid.used_rows().filter(|row| subtitles != Some(*row)) {
        let Some(seen) = label_at(grid, row, column) else { continue };
        let filled = lanes.iter().filter(|lane| grid.row_between(row, lane.0, lane.1).next().is_some()).count();
        let told = is_told_beside(grid, row, lanes);
        let unknown = || labels.unknown(&seen).or_else(|| told.then(Meaning::own));
        let own = || (filled * 2 >= lanes.len()).then(unknown).flatten();
        // A month of a book goes with the months above it, also where little or nothing stands beside it yet.
        let of_months = || {
            let mut above = blocks_of_labels.last().into_iter().flatten();
            let goes_on = is_part_of_year(&seen) && (filled > 0 || above.any(|(seen, _)| is_part_of_year(seen)));
            (goes_on && !blocks_of_labels.is_empty()).then(Meaning::own)
        };
        let Some(meaning) = labels.known(&seen).or_else(own).or_else(of_months) else { continue };
        // Where the label of the task comes again, the next tasks stand below the first ones.
        let task = meaning.fields.first() == Some(&Field::Name);
        let again = |block: &Vec<(Seen, Meaning)>| {
            block.iter().any(|(_, earlier)| earlier.fields.first() == Some(&Field::Name))
        };
        let first_comes_again = |block: &Vec<(Seen, Meaning)>| {
            block.len() > 1 && block.first().is_some_and(|(first, _)| first.plain() == seen.plain())
        };
        let begun = blocks_of_labels.last();
        let anew = begun.is_some_and(first_comes_again);
        let comes_again = anew || begun.is_some_and(|block| task && again(block));
        // 做的事 over stories, below the tasks, is what was done.
        let told = told && !anew;
        let meaning = if comes_again && told { Meaning::own() } else { meaning };
        if blocks_of_labels.is_empty() || comes_again && !told {
            blocks_of_labels.push(Vec::new());
        }
        if let Some(block) = blocks_of_labels.last_mut() {
            block.push((seen, meaning));
        }
    }
    let mut blocks: Vec<Vec<Pair>> = Vec::new();
    for (block, lane) in blocks_of_labels.iter().flat_map(|block| lanes.iter().map(move |lane| (block, lane))) {
        let pairs = block.iter().flat_map(|(label, meaning)| pairs_of_label(grid, label, meaning, *lane, subtitles));
        let pairs: Vec<Pair> = pairs.collect();
        // Where a band of tasks is shorter than another one, nothing stands in the columns behind its last task.
        if pairs.iter().any(|pair| pair.filled) {
            blocks.push(pairs);
        }
    }
    weigh_by_values(grid, &mut blocks);
    tell_by_values(grid, &mut blocks, labels.official);
    table(grid, blocks.into_iter().filter_map(card).collect(), true)
}

/// Whether stories stand beside a label in most columns of tasks.
fn is_told_beside(grid: &Grid, row: u32, lanes: &[Lane]) -> bool {
    let tells = |lane: &&Lane| {
        let mut cells = grid.row_between(row, lane.0, lane.1);
        cells.any(|seen| is_narrative(seen.plain()))
    };
    lanes.iter().filter(tells).count() * 2 > lanes.len()
}

/// The values of one label in the columns of one task: each with its own title, where there are several.
pub(super) fn pairs_of_label(
    grid: &Grid,
    label: &Seen,
    meaning: &Meaning,
    lane: Lane,
    subtitles: Option<u32>,
) -> Vec<Pair> {
    let at = CellRef::new(label.cell.at.row, lane.0);
    let pair = |cell: Option<&Seen>| Pair::of(label, meaning.clone(), cell.map(|cell| cell.cell.at).ok_or(at));
    let cells: Vec<Seen> = grid.row_between(at.row, lane.0, lane.1).collect();
    match cells.as_slice() {
        [] => vec![pair(grid.seen_at(at).as_ref())],
        [only] if only.width() > 1 || lane.0 == lane.1 => vec![pair(Some(only))],
        several => several
            .iter()
            .map(|seen| {
                let subtitle = subtitles.and_then(|row| grid.seen_at(CellRef::new(row, seen.left())));
                let subtitle = subtitle.map(|subtitle| quoted(&subtitle.cell.text)).unwrap_or_default();
                let title = format!("{}›{subtitle}", quoted(&label.cell.text));
                let last = several.last().is_some_and(|last| last.cell.at == seen.cell.at);
                match planned_or_done(&subtitle, seen) {
                    Some(field) => Pair { field: Some(field), meanings: vec![field], title, ..pair(Some(seen)) },
                    // Of 一季度 │ 二季度 the later one is reported.
                    None if last => Pair { title, ..pair(Some(seen)) },
                    None => Pair { field: None, meanings: Vec::new(), title, ..pair(Some(seen)) },
                }
            })
            .collect(),
    }
}
