//! Is a sheet filled in as cards, with labels beside their values and one block for each task?
//!
//! ```text
//!  任务名称 │ 重大项目建设 │ 责任单位 │ 区发改局          任务名称 │ 重大项目建设 │ 粮食安全
//!  进展情况 │ 一季度完成投资2.86亿元 …                  完成情况 │ 2.86亿元     │ 112亩
//!  存在问题 │ …                                      存在问题 │ …            │ …
//! ```
//!
//! On the left one block for each task; on the right a table turned on its side, one column for each task.

mod blocks;
mod boxes;
mod corner;
mod heads;
mod labelled_row;
mod labels;
mod long;
mod pairs;
mod rows_of_labels;
mod second_labels;
pub(super) mod tiles;
mod totals;
mod turned;

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use self::blocks::{blocks, card, lanes};
use self::boxes::is_unticked;
use self::heads::without_head;
use self::labelled_row::LabelledRow;
use self::labels::{Labels, is_part_of_year};
use self::pairs::{Pair, pairs_of_row, value_below};
use self::rows_of_labels::{has_second_labels, labelled_in_cells, over_second_labels};
use self::turned::{turned_table, value_lanes};
use super::examples::{is_example, is_example_of_task};
use super::grid::{Grid, Seen};
use super::layout::Knowledge;
use super::look::{Fit, Look};
use super::official::Official;
use super::rows::REPORTED;
use super::table::{Card, CardPair, Layout, RowRole, Table, TableColumn, TableRow};
use super::text::{is_status_word, plain, quoted};
use crate::list::Field;
use crate::location::{CellRef, Region};

/// Labels that must stand below each other before a column of them is believed. A header over three rows has at most
/// three titles below each other, so that four labels, or three beside values, cannot be one.
const LABELS_BELOW_EACH_OTHER: usize = 3;
/// Rows without a label that may part the labels of one card: a narrative over several unmerged rows.
const UNLABELLED_ROWS: u32 = 3;
/// Values of a label that are compared with the official names.
const CARDS_COMPARED: usize = 30;
/// Cells of the widest sheet row that is looked at.
const WIDEST: usize = 64;

/// The cards of a sheet as one table, if there are any.
pub(crate) fn find(grid: &Grid, knowledge: &Knowledge) -> Option<Table> {
    let labels = Labels::new(grid, &knowledge.vocabulary, &knowledge.official);
    if let Some(mut blocks) = long::blocks(grid, &labels, &knowledge.official) {
        weigh_by_values(grid, &mut blocks);
        return table(grid, blocks.into_iter().filter_map(card).collect(), false);
    }
    let found = label_column(grid, &labels).or_else(|| labels.column_that_comes_again());
    let found = found.or_else(|| over_second_labels(grid, &labels)).or_else(|| labelled_in_cells(grid, &labels));
    let Some(column) = found else {
        return corner::find(grid, &labels, &knowledge.official);
    };
    let second = second_labels::column(grid, &labels, column);
    if let Some(lanes) = value_lanes(grid, &labels, column).filter(|_| second.is_none()) {
        return turned_table(grid, &labels, column, &lanes);
    }
    let mut pairs: Vec<Vec<Pair>> = grid
        .used_rows()
        .map(|row| pairs_of_row(grid, &labels, row, second))
        .filter(|pairs| !pairs.is_empty())
        .collect();
    weigh_by_values(grid, &mut pairs);
    tell_by_values(grid, &mut pairs, &knowledge.official);
    let has = |field: &Field| pairs.iter().flatten().any(|pair| pair.field == Some(*field));
    let task = [Field::Name, Field::Content, Field::Indicator].into_iter().find(has).unwrap_or(Field::Name);
    let pairs = without_head(grid, pairs, task);
    let lanes = lanes(&pairs);
    let mut cards: Vec<Card> = Vec::new();
    for (index, start) in lanes.iter().enumerate() {
        let end = lanes.get(index + 1).copied().unwrap_or(u32::MAX);
        let inside = |pair: &&Pair| (*start..end).contains(&pair.label.column);
        let mine = pairs.iter().map(|row| row.iter().filter(inside).cloned().collect::<Vec<Pair>>());
        cards.extend(blocks(mine.filter(|row| !row.is_empty()).collect(), task).into_iter().filter_map(card));
    }
    cards.sort_by_key(|card| card.pairs.iter().map(|pair| (pair.label.row, pair.label.column)).min());
    table(grid, cards, lanes.len() > 1)
}

/// Gives labels that nobody knows the field that their values plainly are, where no label has it: the task, the
/// narrative, the state.
fn tell_by_values(grid: &Grid, blocks: &mut [Vec<Pair>], official: &Official) {
    let mut looks: BTreeMap<String, (Look, usize)> = BTreeMap::new();
    for pair in blocks.iter().flatten().filter(|pair| pair.meanings.is_empty() && pair.filled) {
        let Some(cell) = grid.sheet.cell(pair.value) else { continue };
        let (look, names) = looks.entry(plain(&pair.title)).or_default();
        *names += usize::from(look.cells < CARDS_COMPARED && official.is_task(&quoted(&cell.text)));
        look.add(cell);
    }
    for field in [Field::Name, Field::Progress, Field::Status] {
        if blocks.iter().flatten().any(|pair| pair.field == Some(field)) {
            continue;
        }
        let fits = |(look, names): &(Look, usize)| match field {
            Field::Name => *names * 3 >= look.cells.min(CARDS_COMPARED) && look.fits(Field::Name) == Fit::Good,
            _ => look.is_plainly(field),
        };
        // Of several narratives the last one answers.
        let told = blocks.iter().flatten().filter(|pair| pair.field.is_none() && pair.meanings.is_empty());
        let fitting = told.filter_map(|pair| looks.get_key_value(&plain(&pair.title))).filter(|(_, look)| fits(look));
        let Some(title) = fitting.map(|(title, _)| title.clone()).next_back() else { continue };
        for pair in blocks.iter_mut().flatten().filter(|pair| plain(&pair.title) == title) {
            pair.field = Some(field);
        }
    }
}

/// Gives each title with several meanings the first one that its values on the sheet do not contradict: 目标 over
/// 900万元 is a figure, over a sentence the content.
fn weigh_by_values(grid: &Grid, blocks: &mut [Vec<Pair>]) {
    let mut looks: BTreeMap<String, Look> = BTreeMap::new();
    for pair in blocks.iter().flatten().filter(|pair| pair.filled && pair.label != pair.value) {
        if let Some(cell) = grid.sheet.cell(pair.value) {
            looks.entry(plain(&pair.title)).or_default().add(cell);
        }
    }
    for pair in blocks.iter_mut().flatten() {
        let Some(look) = looks.get(&plain(&pair.title)) else { continue };
        let fitting = pair.meanings.iter().find(|field| look.fits(**field) != Fit::Against);
        pair.field = fitting.copied().or(pair.field);
        // 做到 over figures is what was done, beside 怎么做的.
        let sounds_told = pair.meanings.contains(&Field::Progress) && !pair.meanings.contains(&Field::Done);
        if sounds_told && look.nearly_all(look.numbers()) {
            pair.field = Some(Field::Done);
        }
    }
}

/// The column in which labels of different fields stand below each other, with their values beside them.
fn label_column(grid: &Grid, labels: &Labels) -> Option<u32> {
    let mut runs: BTreeMap<u32, (u32, Vec<Field>, Vec<&str>)> = BTreeMap::new();
    let mut bar: Option<u32> = None;
    for row in grid.used_rows() {
        let cells = grid.row(row);
        bar = labels.bar_over_card(grid, row).map(|seen| seen.region.last.row).or(bar);
        if cells.len() > WIDEST {
            continue;
        }
        let labelled = LabelledRow::new(cells, labels);
        if labelled.is_of_titles() {
            continue;
        }
        let over_card = OnceCell::new();
        let over_card = || *over_card.get_or_init(|| stands_over_card(grid, labels, row));
        for (index, seen) in cells.iter().enumerate() {
            // Twelve months may stand between the target of the year and what was done of it.
            if is_part_of_year(seen)
                && let Some((last, ..)) = runs.get_mut(&seen.left())
                && row <= *last + 1 + UNLABELLED_ROWS
            {
                *last = row;
            }
            let inside = labels.inside(seen).map(|(meaning, _)| meaning);
            let beside = || {
                let known = labelled.known(index)?;
                (!labelled.beside_a_label(index) || over_card()).then(|| known.clone())
            };
            let Some(meaning) = inside.or_else(beside) else { continue };
            let Some(field) = meaning.fields.first().copied() else { continue };
            // 任务 may be merged over groups of labels and over the labels themselves, which go on below it.
            let groups = seen.width() == 2 && inside_group(grid, seen);
            let column = if groups { seen.right() } else { seen.left() };
            let (last, fields, titles) = runs.entry(column).or_insert((row, Vec::new(), Vec::new()));
            if row > *last + 1 + UNLABELLED_ROWS {
                fields.clear();
                titles.clear();
            }
            if !fields.contains(&Field::Name) && labelled.names_task_beside(index) {
                fields.push(Field::Name);
            }
            if fields.is_empty() && bar.is_some_and(|bar| bar + 1 == row) {
                fields.push(Field::Name);
            }
            *last = seen.region.last.row.max(row);
            // 走到哪 and 一句话 may both be the narrative; below each other one is the state.
            let title = seen.plain();
            let second = field == Field::Progress && fields.contains(&field) && !titles.contains(&title);
            let field = if second && meaning.fields.contains(&Field::Status) { Field::Status } else { field };
            titles.push(title);
            if !fields.contains(&field) {
                fields.push(field);
            }
            let tells = fields.iter().any(|field| REPORTED.contains(field));
            let names = fields.iter().any(|field| field.names_task());
            if fields.len() >= LABELS_BELOW_EACH_OTHER && tells && names {
                return Some(column);
            }
        }
    }
    None
}

/// Whether below a label that is merged over two columns a group stands on the left, merged over several rows, and its labels
/// on the right.
fn inside_group(grid: &Grid, label: &Seen) -> bool {
    const REACH: u32 = 4;
    let below = label.region.last.row + 1;
    (below..below + REACH).any(|row| {
        let left = grid.seen_at(CellRef::new(row, label.left()));
        let right = grid.seen_at(CellRef::new(row, label.right()));
        let group = left.is_some_and(|seen| seen.region.last.row > seen.region.first.row && seen.width() == 1);
        group && right.is_some_and(|seen| seen.left() == label.right() && seen.region.first.row == row)
    })
}

/// Whether a row of labels belongs to a card whose values stand below their labels: below it one row of values, and
/// below that a label alone in its row with its value alone in the next.
fn stands_over_card(grid: &Grid, labels: &Labels, row: u32) -> bool {
    let all_labels = grid.row(row).iter().all(|seen| labels.is_label(seen));
    let [lone] = grid.row(row + 2) else { return has_second_labels(grid, labels, row) };
    all_labels && is_row_of_values(grid, labels, row + 1) && is_lone_label(grid, labels, lone)
}

/// Whether a row holds values and no label.
fn is_row_of_values(grid: &Grid, labels: &Labels, row: u32) -> bool {
    let is_value = |seen: &Seen| !labels.is_label(seen) || is_status_word(seen.plain());
    !grid.row(row).is_empty() && grid.row(row).iter().all(is_value)
}

/// Whether a label alone in its row has its value alone in the row below.
fn is_lone_label(grid: &Grid, labels: &Labels, lone: &Seen) -> bool {
    labels.is_label(lone) && value_below(grid, labels, lone, true).is_some()
}

/// The table that holds the cards.
pub(super) fn table(grid: &Grid, cards: Vec<Card>, turned: bool) -> Option<Table> {
    // A spare form offers its states, too: □未启动 □推进中 □已办结.
    let unticked = |pair: &CardPair| grid.sheet.cell(pair.value).is_some_and(|cell| is_unticked(&cell.text));
    let filled = |card: &Card| {
        let mut told = card.pairs.iter().filter(|pair| pair.field.is_some_and(|field| REPORTED.contains(&field)));
        told.any(|pair| pair.filled && !unticked(pair))
    };
    let nothing_reported = !cards.iter().any(filled);
    let mut rows = Vec::new();
    for card in &cards {
        let places = card.pairs.iter().flat_map(|pair| [pair.label.row, pair.value.row]);
        let (first, last) = places.fold((u32::MAX, 0), |(first, last), row| (first.min(row), last.max(row)));
        let named = card.pairs.iter().any(|pair| pair.filled && pair.field.is_some_and(Field::names_task));
        let (role, why) = if is_example_card(grid, card) {
            (RowRole::Note, "写明是示例，不是填报记录".to_owned())
        } else if totals::sums_up(grid, card) {
            (RowRole::Total, "任务处写的是合计，是合计的一列（块），不是填报记录".to_owned())
        } else if nothing_reported || !named && !filled(card) {
            (RowRole::Empty, "卡片没有填写".to_owned())
        } else if turned {
            (RowRole::Record, "栏名在左，每一列（块）是一条填报记录".to_owned())
        } else {
            (RowRole::Record, "栏名在左、内容在右，整块是一条填报记录".to_owned())
        };
        let counts_only = role == RowRole::Total;
        rows.push(TableRow { row: first, last_row: last, role, part: false, counts_only, why });
    }
    let all = cards.iter().flat_map(|card| card.pairs.iter()).flat_map(|pair| [pair.label, pair.value]);
    let region = all.map(|at| grid.region_at(at)).reduce(|one, other| {
        let first = CellRef::new(one.first.row.min(other.first.row), one.first.column.min(other.first.column));
        let last = CellRef::new(one.last.row.max(other.last.row), one.last.column.max(other.last.column));
        Region::new(first, last)
    })?;
    let columns = columns(&cards);
    let mut card_cells = BTreeMap::new();
    for (index, pair) in
        cards.iter().enumerate().flat_map(|(index, card)| card.pairs.iter().map(move |pair| (index, pair)))
    {
        card_cells.entry(pair.label).or_insert((index, true));
        card_cells.entry(pair.value).or_insert((index, true));
    }
    for (index, pair) in
        cards.iter().enumerate().flat_map(|(index, card)| card.pairs.iter().map(move |pair| (index, pair)))
    {
        if pair.filled && card_cells.get(&pair.value).is_none_or(|(_, label)| *label) {
            card_cells.insert(pair.value, (index, false));
        }
    }
    Some(Table {
        region,
        layout: Layout::Card,
        header_rows: Vec::new(),
        second_line: Vec::new(),
        told_with_task: None,
        across: Vec::new(),
        columns,
        rows,
        cards,
        card_cells,
        side_by_side: turned,
    })
}

/// Whether a card only shows how to fill in the others.
fn is_example_card(grid: &Grid, card: &Card) -> bool {
    let tasks = card.pairs.iter().filter(|pair| pair.filled && pair.field.is_some_and(Field::names_task));
    let of_task =
        tasks.filter_map(|pair| grid.sheet.cell(pair.value)).any(|cell| is_example_of_task(&plain(&cell.text)));
    // 示例(请勿删除) │ 任务:… │ 完成:….
    let first = card.pairs.first().and_then(|pair| grid.row(pair.label.row).first());
    let own = |seen: &Seen| card.pairs.iter().any(|pair| pair.label == seen.cell.at || pair.value == seen.cell.at);
    of_task || first.is_some_and(|seen| !own(seen) && is_example(seen.plain()))
}

/// The labels of the cards as columns, each field once, in the order of the first card that has it.
fn columns(cards: &[Card]) -> Vec<TableColumn> {
    let mut columns: Vec<TableColumn> = Vec::new();
    for pair in cards.iter().flat_map(|card| &card.pairs) {
        if columns.iter().any(|column| column.field == pair.field && *column.title == *pair.title) {
            continue;
        }
        let why = pair.field.map_or_else(
            || format!("“{}”是乡镇自设栏", pair.title),
            |field| format!("栏名“{}”是“{field}”的常用写法", pair.title),
        );
        columns.push(TableColumn {
            column: pair.value.column,
            title: pair.title.as_str().into(),
            title_at: Some(pair.label),
            field: pair.field,
            unit: pair.unit.as_deref().map(Arc::from),
            why,
        });
    }
    columns
}
