//! Is a sheet a text in one column, with one paragraph for each task, or several lines?
//!
//! ```text
//!  一、产业提升                                     重大项目建设
//!  (一)重大项目建设：新开工4个，在建9个。【推进中】     进展：新开工4个，在建9个。
//!  (二)粮食安全：春播复耕51亩。【推进中】              状态：推进中
//! ```

mod forms;

use std::collections::{BTreeMap, BTreeSet};

use self::forms::Told;
use super::grid::{Grid, Seen};
use super::layout::Knowledge;
use super::table::{Card, CardPair, Layout, RowRole, Table, TableColumn, TableRow};
use super::text::{is_ordinal, is_status_word, length};
use super::told_below::told_below;
use crate::list::Field;
use crate::location::{CellRef, Region};

/// Tasks of one form that a text must tell of.
const FEWEST: usize = 3;
/// At least one in so many rows tells of a task.
const SHARE_OF_ROWS: usize = 4;
/// Shortest narrative, in characters.
const SHORTEST_NARRATIVE: usize = 4;
/// Longest text, in characters, of the cells beside a paragraph: a name, a time, a number.
const LONGEST_BESIDE: usize = 20;
/// Rows from which on a sheet is no letter or chat, and lines of one cell that are looked at.
const MOST_ROWS: usize = 2_000;
/// See [`MOST_ROWS`].
const MOST_LINES: usize = 200;
/// Words in the names of sheets that explain how to fill in the form.
const EXPLAINING: [&str; 5] = ["说明", "须知", "解释", "口径", "要求"];
/// Cells of one row that are looked at.
const MOST_BESIDE: usize = 8;

/// What a text tells of one task.
struct Passage<'s> {
    /// The cell that names it.
    cell: Seen<'s>,
    /// Whether its name is, but for slips, that of an official task.
    official: bool,
    /// Whether its name stands on a line of its own.
    by_name: bool,
    /// Its fields with the cells they stand in, the name first.
    told: Vec<(Field, Seen<'s>, String)>,
}

impl Passage<'_> {
    fn has(&self, wanted: Field) -> bool {
        self.told.iter().any(|(field, ..)| *field == wanted)
    }
}

/// The passages of a text, while its lines are read.
#[derive(Default)]
struct Passages<'s> {
    done: Vec<Passage<'s>>,
    /// The name on a line of its own, until it shows whether lines of what was done follow.
    named: Option<Passage<'s>>,
    /// Whether states stand over the tasks that are in them, as headings.
    states_are_headings: bool,
}

impl<'s> Passages<'s> {
    /// Takes in what a line tells. Beside other cells (`alone` false) a sentence may be anything, such as the official
    /// text beside its name.
    fn take(&mut self, told: Told, seen: Seen<'s>, alone: bool) {
        match told {
            Told::Sentence(_, text) if self.named.as_ref().is_some_and(|named| named.official) => {
                self.go_on(Field::Progress, seen, text);
            }
            Told::Sentence(all, _) => self.take(*all, seen, alone),
            Told::All { status: None, .. } | Told::Unlabelled(Field::Progress, _) if !alone => self.named = None,
            Told::Name { name, official, status } => {
                let mut told = vec![(Field::Name, seen, name)];
                told.extend(status.map(|status| (Field::Status, seen, status)));
                self.named = Some(Passage { cell: seen, official, by_name: true, told });
            }
            Told::More(field, text, status) => {
                self.done.extend(self.named.take());
                let state = status.map(|status| (Field::Status, status));
                for (field, text) in std::iter::once((field, text)).chain(state) {
                    if let Some(open) = self.done.last_mut().filter(|open| !open.has(field)) {
                        open.told.push((field, seen, text));
                    }
                }
            }
            Told::All { name, official, narrative, status } => {
                self.named = None;
                let mut told = vec![(Field::Name, seen, name), (Field::Progress, seen, narrative)];
                told.extend(status.map(|status| (Field::Status, seen, status)));
                self.done.push(Passage { cell: seen, official, by_name: false, told });
            }
            Told::Unlabelled(Field::Status, _) if self.done.is_empty() && self.named.is_none() => {
                self.states_are_headings = true;
            }
            Told::Unlabelled(Field::Status, _) if self.states_are_headings => self.named = None,
            Told::Unlabelled(field, text) => self.go_on(field, seen, text),
            Told::Nothing => self.named = self.named.take().filter(|named| named.cell.cell.at == seen.cell.at),
        }
    }

    /// Below the name of an official task stands what was done, and maybe its state alone.
    fn go_on(&mut self, field: Field, seen: Seen<'s>, text: String) {
        self.done.extend(self.named.take().filter(|named| named.official));
        let open = self.done.last_mut().filter(|open| open.official && open.by_name && !open.has(field));
        if let Some(open) = open {
            open.told.push((field, seen, text));
        }
    }
}

/// The passages of a text as one table of cards; `None` where it does not tell of tasks one by one.
pub(super) fn find(grid: &Grid, knowledge: &Knowledge) -> Option<Table> {
    let too_long = grid.used_rows().nth(MOST_ROWS).is_some();
    if too_long || EXPLAINING.iter().any(|word| grid.sheet.name.contains(word)) {
        return None;
    }
    let mut reading = Passages::default();
    let lists = columns_of_lists(grid, knowledge);
    for (seen, alone) in grid.used_rows().flat_map(|row| telling_cells(grid.row(row), &lists, knowledge)) {
        for told in told_in(&seen.cell.text, knowledge) {
            reading.take(told, seen, alone);
        }
    }
    let mut passages = reading.done;
    let sure = |passage: &&Passage| passage.official || passage.has(Field::Status);
    let known = passages.iter().filter(sure).count();
    if known < FEWEST || known * 2 < passages.len() || !passages.iter().any(|passage| passage.official) {
        return None;
    }
    // Where all tasks bear a state, a paragraph without one is something else.
    let states = passages.iter().filter(|passage| passage.has(Field::Status)).count();
    if states * 5 >= passages.len() * 4 {
        passages.retain(|passage| passage.official || passage.has(Field::Status));
    }
    // A long document that names tasks here and there is no report on them.
    let told: BTreeSet<u32> =
        passages.iter().flat_map(|passage| passage.told.iter().map(|(_, seen, _)| seen.cell.at.row)).collect();
    if told.len() * SHARE_OF_ROWS < grid.used_rows().count() { None } else { table(&passages) }
}

/// What the lines of a cell tell; where they do not tell of tasks line by line, what they tell together.
fn told_in(text: &str, knowledge: &Knowledge) -> Vec<Told> {
    let lines = text.lines().filter(|line| !line.trim().is_empty()).take(MOST_LINES);
    let told: Vec<Told> = lines.map(|line| forms::line(line, knowledge)).collect();
    let telling = |told: &Told| !matches!(told, Told::Nothing | Told::Unlabelled(..));
    // 任务:粮食安全;完成:80亩;状态:推进中 on one line.
    let parts: Vec<&str> = text.split([';', '；']).filter(|part| !part.trim().is_empty()).take(MOST_LINES).collect();
    if told.len() == 1 && parts.len() >= FEWEST {
        let told: Vec<Told> = parts.iter().map(|part| forms::line(part, knowledge)).collect();
        let labelled = told[1..].iter().all(|told| matches!(told, Told::More(..)));
        if labelled && matches!(told[0], Told::Name { .. }) {
            return told;
        }
    }
    if told.iter().filter(|told| telling(told)).count() >= 2 { told } else { vec![forms::line(text, knowledge)] }
}

/// The columns in which a cell beside others tells of several tasks, line by line: below or above it a single one may stand.
fn columns_of_lists(grid: &Grid, knowledge: &Knowledge) -> BTreeSet<u32> {
    let cells = grid.used_rows().map(|row| grid.row(row)).filter(|cells| (2..=MOST_BESIDE).contains(&cells.len()));
    let several = cells.flatten().filter(|seen| seen.cell.text.contains('\n'));
    let lists = several.filter(|seen| {
        let told = told_in(&seen.cell.text, knowledge);
        told.iter().filter(|told| matches!(told, Told::All { official: true, .. })).count() >= 2
    });
    lists.map(Seen::left).collect()
}

/// The cells of a row that may tell of tasks, and whether they stand alone or hold a whole task each: the only one, the
/// longest beside short ones, or all that tell of a task line by line.
fn telling_cells<'s>(cells: &[Seen<'s>], lists: &BTreeSet<u32>, knowledge: &Knowledge) -> Vec<(Seen<'s>, bool)> {
    if let [only] = cells {
        return vec![(*only, true)];
    }
    let whole = |seen: &&Seen| {
        let told = told_in(&seen.cell.text, knowledge);
        told.len() >= 2 || matches!(told.first(), Some(Told::All { official: true, .. }))
    };
    let cards: Vec<Seen> = cells.iter().take(MOST_BESIDE).filter(whole).copied().collect();
    let listed = |seen: &Seen| seen.cell.text.contains('\n') || lists.contains(&seen.left());
    if cards.len() >= 2 || cards.iter().any(listed) {
        return cards.into_iter().map(|seen| (seen, true)).collect();
    }
    let Some(longest) = cells.iter().max_by_key(|seen| length(seen.plain())) else { return Vec::new() };
    let beside = cells.iter().filter(|seen| seen.cell.at != longest.cell.at);
    let short = cells.len() <= MOST_BESIDE && beside.into_iter().all(|seen| length(seen.plain()) <= LONGEST_BESIDE);
    // Beside nothing but its number or its state a text stands alone.
    let mut others = cells.iter().filter(|seen| seen.cell.at != longest.cell.at);
    let aside = |text: &str| is_ordinal(text) || is_status_word(text);
    let alone = others.all(|seen| aside(seen.plain()));
    if short { vec![(*longest, alone)] } else { Vec::new() }
}

/// The table of the passages, each one a card of its own.
fn table(passages: &[Passage]) -> Option<Table> {
    let cards: Vec<Card> = passages.iter().map(card).collect();
    let beside_each_other = passages.windows(2).any(|pair| {
        pair[0].cell.cell.at != pair[1].cell.cell.at && pair[0].cell.cell.at.row == pair[1].cell.cell.at.row
    });
    let regions = passages.iter().flat_map(|passage| passage.told.iter().map(|(_, seen, _)| seen.region));
    let region = regions.reduce(|one, other| {
        let first = CellRef::new(one.first.row.min(other.first.row), one.first.column.min(other.first.column));
        let last = CellRef::new(one.last.row.max(other.last.row), one.last.column.max(other.last.column));
        Region::new(first, last)
    })?;
    let rows = passages.iter().map(|passage| TableRow {
        row: passage.cell.region.first.row,
        last_row: passage.told.iter().map(|(_, seen, _)| seen.region.last.row).max().unwrap_or_default(),
        role: RowRole::Record,
        part: false,
        counts_only: false,
        why: if passage.told.iter().all(|(_, seen, _)| seen.cell.at == passage.cell.cell.at) {
            "一段文字写一项任务，先写任务、后写进展，是一条填报记录".to_owned()
        } else {
            "几行文字写一项任务，先写任务、下面逐行写进展，是一条填报记录".to_owned()
        },
    });
    let cells = passages.iter().enumerate();
    let cells =
        cells.flat_map(|(index, passage)| passage.told.iter().map(move |(_, seen, _)| (seen.cell.at, (index, false))));
    let mut columns: Vec<TableColumn> = Vec::new();
    for pair in cards.iter().flat_map(|card| &card.pairs) {
        if !columns.iter().any(|column| column.field == pair.field) {
            columns.push(TableColumn {
                column: pair.value.column,
                title: pair.title.as_str().into(),
                title_at: None,
                field: pair.field,
                unit: None,
                why: "全文没有表格，按“任务：进展【状态】”逐段读出".to_owned(),
            });
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
        rows: rows.collect(),
        card_cells: cells.collect::<BTreeMap<_, _>>(),
        cards,
        side_by_side: beside_each_other,
    })
}

/// The card of a passage: several of its parts may stand in one cell.
fn card(passage: &Passage) -> Card {
    let pair = |(field, seen, written): &(Field, Seen, String)| CardPair {
        field: Some(*field),
        title: field.title().to_owned(),
        unit: None,
        label: seen.cell.at,
        value: seen.cell.at,
        filled: true,
        written: Some(written.clone()),
    };
    Card { pairs: passage.told.iter().map(pair).collect() }
}
