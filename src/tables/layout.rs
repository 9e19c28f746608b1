//! Where are the tables of a sheet, and what is every cell outside them?

use std::cell::LazyCell;
use std::collections::BTreeMap;

use super::across;
use super::around::outside;
use super::assign::{Candidate, assign};
use super::below_a_bar;
use super::beside_cards;
use super::cards;
use super::cell_text::CellTexts;
use super::grid::{Grid, Seen};
use super::header::{self, Header};
use super::headerless::{self, OfficialShare};
use super::legends::names_no_task;
use super::lines_below::is_broken;
use super::look::Look;
use super::neighbours::{as_one, settle_neighbours, stand_below_tasks};
use super::official::Official;
use super::outside::{is_caption, is_signature};
use super::own;
use super::places::{Place, places, rows_above};
use super::prose;
use super::repeated_sums;
use super::reporting::{
    goes_on_with_the_task_above, is_plainly_reporting, is_reporting, is_titled_by_task, lists_choices, repeats_figures,
    take_places_for_names, tells_in_lines,
};
use super::rows::Body;
use super::state_counts::counts_states;
use super::states::state_of_heading;
use super::table::{Layout, RefusedHeader, SecondLine, SheetLayout, Table, TableColumn};
use super::text::{is_status_word, plain};
use super::told_with_task;
use super::vocabulary::{Vocabulary, unit_in};
use crate::list::{Field, Plan};
use crate::location::{CellRef, Region};
use crate::workbooks::Workbook;

/// What every sheet of a run is laid out with.
pub(crate) struct Knowledge {
    /// Column titles.
    pub(crate) vocabulary: Vocabulary,
    /// Official texts.
    pub(crate) official: Official,
}

impl Knowledge {
    /// What a plan says about tables.
    pub(crate) fn new(plan: &Plan) -> Self {
        Self { vocabulary: Vocabulary::new(&plan.form), official: Official::new(plan) }
    }
}

/// Lays out every sheet of a workbook.
pub fn lay_out(workbook: &Workbook, plan: &Plan) -> Vec<SheetLayout> {
    lay_out_with(workbook, &Knowledge::new(plan))
}

/// Lays out every sheet of a workbook with what was learned from the plan before.
pub(crate) fn lay_out_with(workbook: &Workbook, knowledge: &Knowledge) -> Vec<SheetLayout> {
    let texts: Vec<CellTexts> = workbook.sheets.iter().map(CellTexts::of).collect();
    lay_out_grids(workbook, &grids(workbook, &texts), knowledge)
}

/// The grid of each sheet of a workbook.
pub(crate) fn grids<'s>(workbook: &'s Workbook, texts: &'s [CellTexts]) -> Vec<Grid<'s>> {
    workbook.sheets.iter().zip(texts).map(|(sheet, texts)| Grid::new(sheet, texts)).collect()
}

/// Lays out every sheet of a workbook by its grids, which others go on to read.
pub(crate) fn lay_out_grids(workbook: &Workbook, grids: &[Grid], knowledge: &Knowledge) -> Vec<SheetLayout> {
    let mut layouts: Vec<SheetLayout> = Vec::new();
    for (index, grid) in grids.iter().enumerate() {
        let before = layouts.iter().rev().find_map(|layout| layout.tables.last());
        let layout = own::answers(index, grid.sheet).unwrap_or_else(|| lay_out_sheet(index, grid, knowledge, before));
        layouts.push(layout);
    }
    repeated_sums::refuse(workbook, &mut layouts);
    layouts
}

/// Lays out one sheet; `before` is the last table of the sheets before it.
fn lay_out_sheet(index: usize, grid: &Grid, knowledge: &Knowledge, before: Option<&Table>) -> SheetLayout {
    let (mut tables, mut refused) = (Vec::new(), Vec::new());
    let tables_of = |part: &Grid| {
        let headers = header::find(part, knowledge);
        if headers.is_empty() { Vec::new() } else { below_headers(part, &headers, knowledge, None).0 }
    };
    if let Some(both) = beside_cards::find(grid, knowledge, tables_of) {
        tables = both;
    } else if let Some(cards) = cards::find(grid, knowledge) {
        tables.push(cards);
    } else {
        let headers = header::find(grid, knowledge);
        let of_states = headers.iter().all(is_of_states);
        tables.extend(of_states.then(|| cards::tiles::find(grid, &knowledge.official)).flatten());
        if tables.is_empty() {
            (tables, refused) = below_headers(grid, &headers, knowledge, before);
        }
    }
    let outside = outside(grid, &tables);
    SheetLayout { sheet: index, tables, refused, outside }
}

/// Whether the titles of a header are states and nothing else: 已完成 │ 推进中 │ 滞后.
fn is_of_states(header: &Header) -> bool {
    let mut titles = header.columns.iter().filter_map(|column| column.path.last());
    titles.all(|title| is_status_word(&plain(title)))
}

/// The tables below the headers of a sheet, or what it holds without any; and the headers of what is no report.
fn below_headers(
    grid: &Grid,
    headers: &[Header],
    knowledge: &Knowledge,
    before: Option<&Table>,
) -> (Vec<Table>, Vec<RefusedHeader>) {
    let (mut tables, mut refused) = (Vec::new(), Vec::new());
    let headers = if stand_below_tasks(grid, headers, &knowledge.official) { &[] } else { headers };
    let mut places = places(grid, headers, before.is_some_and(is_broken));
    if let [only] = headers
        && let Some(above) = rows_above(grid, only, &places[0])
    {
        places[0].body = above;
    }
    for (index, (header, place)) in headers.iter().zip(&places).enumerate() {
        if names_no_task(grid, headers, index, &knowledge.vocabulary) {
            let why = "在填报表右侧的同一行里，没有任务一类的栏目，是供对照的小表".to_owned();
            refused.push(RefusedHeader { row: header.first_row(), why });
            continue;
        }
        match table(grid, header, place, knowledge, Words::Known) {
            Ok(table) => tables.push(table),
            Err(why) => refused.push(RefusedHeader { row: header.first_row(), why }),
        }
    }
    if tables.is_empty()
        && let Some((header, place)) = as_one(headers, &places)
        && let Ok(table) = table(grid, &header, &place, knowledge, Words::Known)
    {
        refused.clear();
        tables.push(table);
    }
    if headers.is_empty() {
        tables.extend(without_known_header(grid, knowledge, before));
    }
    if tables.is_empty() {
        tables.extend(prose::find(grid, knowledge));
    }
    settle_neighbours(&mut tables);
    (tables, refused)
}

/// The table of a sheet in which no known column titles stand.
fn without_known_header(grid: &Grid, knowledge: &Knowledge, before: Option<&Table>) -> Option<Table> {
    let last = grid.last_row()?;
    let whole = |first: u32| Place {
        span: (0, grid.sheet.extent().map_or(0, |extent| extent.last.column)),
        body: (first, last),
        side_by_side: false,
        goes_on_broken: before.is_some_and(is_broken),
    };
    let closing = |seen: &Seen| {
        let text = seen.plain();
        is_caption(text) || is_signature(text)
    };
    // 填报单位:北岙街道 │ 表号:统1表 is no row of the table.
    let captions = |row: u32| {
        let first = grid.row(row).first().map(Seen::plain).unwrap_or_default();
        first.contains(':') && is_caption(first)
    };
    let of_table = |row: u32| grid.row(row).len() >= 2 && !grid.row(row).iter().all(closing) && !captions(row);
    let first = grid.used_rows().find(|row| of_table(*row))?;
    // 一、已完成任务(2项) over the first rows is their heading.
    let dated = |text: &str| text.contains(['年', '季', '月', '镇', '乡']) || text.contains("街道");
    let states = |text: &str| state_of_heading(text).is_some() && !dated(text);
    let opens = |row: &u32| matches!(grid.row(*row), [only] if states(&only.cell.text));
    let first = first.checked_sub(1).filter(opens).unwrap_or(first);
    if repeats_figures(grid) {
        return None;
    }
    if let Some(columns) = before.and_then(|before| headerless::goes_on(grid, before, &knowledge.official)) {
        let none = Header::default();
        let first = before.and_then(|before| headerless::repeated_titles(grid, before)).unwrap_or(first);
        return rows_below(grid, &whole(first), columns, &none, knowledge).ok();
    }
    if let Some(header) = across::header(grid, &knowledge.official) {
        return table(grid, &header, &whole(header.last_row() + 1), knowledge, Words::Known).ok();
    }
    if let Some(header) = headerless::unknown_header(grid) {
        let place = whole(header.last_row() + 1);
        if let Ok(table) = table(grid, &header, &place, knowledge, Words::Unknown) {
            return Some(table);
        }
        // Its words are misleading: 条线 over the tasks. The cells below it may tell by themselves.
        let none = Header::default();
        if let Ok(table) = table(grid, &none, &place, knowledge, Words::Unknown) {
            return Some(table);
        }
    }
    let none = Header::default();
    table(grid, &none, &whole(first), knowledge, Words::Unknown).ok()
}

/// Whether a table's header was found by words that we know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Words {
    Known,
    Unknown,
}

/// Rows of a table from which is told what its columns hold; real tables have up to some hundreds.
pub(super) const ROWS_LOOKED_AT: usize = 500;
/// Rows and cells of a row that are compared with the official list, where a sheet has no known titles.
const ROWS_COMPARED: usize = 60;
/// See [`ROWS_COMPARED`].
pub(super) const CELLS_COMPARED: usize = 40;

/// The table below a header, or why it is no reporting table.
fn table(grid: &Grid, header: &Header, place: &Place, knowledge: &Knowledge, words: Words) -> Result<Table, String> {
    let unit = caption_unit(grid, header, place);
    let candidates = candidates(grid, header, place);
    let across = across::tasks(grid, header, &knowledge.official);
    if !across.is_empty() {
        let columns = across::columns(candidates, &across, knowledge, unit.as_deref());
        is_reporting(&columns, || true, || false)?;
        return rows_below(grid, place, columns, header, knowledge).map(|table| Table {
            across,
            side_by_side: true,
            ..table
        });
    }
    // Few tables ask where official texts stand.
    let share = LazyCell::new(|| {
        let rows = grid.used_rows_between(place.body.0, place.body.1).take(ROWS_COMPARED);
        OfficialShare::new(rows.flat_map(|row| grid.row(row).iter().copied().take(CELLS_COMPARED)), &knowledge.official)
    });
    let unknown = words == Words::Unknown;
    let official = || &*share;
    let mut columns = assign(&candidates, &knowledge.vocabulary, unit.as_deref(), Some(&official), unknown);
    let titled_by_task = LazyCell::new(|| is_titled_by_task(grid, header, knowledge));
    let below_bar = || below_a_bar::columns(grid, header.first_row(), knowledge).is_some();
    if *titled_by_task && (place.side_by_side || below_bar()) {
        take_places_for_names(&mut columns, knowledge);
    }
    let with_task = told_with_task::column(grid, place, &columns, &knowledge.official);
    if lists_choices(grid, place, &columns) {
        return Err("各栏是供选择的名称、状态、单位，不是各项任务的进展".to_owned());
    }
    if !*titled_by_task && counts_states(grid, place, &columns) {
        return Err("各栏是各种状态的任务各有几项，是统计，不是各项任务的进展".to_owned());
    }
    let told_in_lines = || with_task.is_some() || tells_in_lines(grid, place);
    is_reporting(&columns, || with_task.is_some() || *titled_by_task, told_in_lines)?;
    let says = |title: &String| knowledge.vocabulary.meaning(title).is_some_and(|meaning| !meaning.fields.is_empty());
    let titled = header.columns.iter().filter_map(|column| column.path.last()).any(says);
    let listed = || headerless::lists_tasks(grid, place.body, &columns, &share);
    if unknown && !is_plainly_reporting(&columns, &share, titled) && !listed() {
        return Err("没有认得的表头，栏内也看不出是任务和进展".to_owned());
    }
    rows_below(grid, place, columns, header, knowledge).map(|table| Table { told_with_task: with_task, ..table })
}

/// The field of each column of the sheet, from the first of some columns to the last.
fn fields(columns: &[TableColumn]) -> Vec<Option<Field>> {
    let mut fields = Vec::new();
    for column in columns {
        let place = (column.column - columns[0].column) as usize;
        fields.resize(place, None);
        fields.push(column.field);
    }
    fields
}

/// The table of some columns, with its rows told apart.
fn rows_below(
    grid: &Grid,
    place: &Place,
    columns: Vec<TableColumn>,
    header: &Header,
    knowledge: &Knowledge,
) -> Result<Table, String> {
    let header_rows = &header.rows;
    let lines = second_line(header, knowledge);
    let (span, official) = (place.span, &knowledge.official);
    let titles: Vec<String> = columns.iter().map(|column| plain(&column.title)).collect();
    let body = Body {
        grid,
        columns: &columns,
        fields: &fields(&columns),
        titles: &titles,
        span,
        rows: place.body,
        official,
        lines: &lines,
        goes_on_broken: place.goes_on_broken,
    };
    let rows = body.classify();
    let last_of_header = header_rows.last().copied();
    let last_row = rows.iter().map(|row| row.last_row).chain(last_of_header).max().ok_or("没有数据行")?;
    let first_row = header_rows.iter().copied().chain(rows.first().map(|row| row.row)).min().unwrap_or(last_row);
    let left = columns.iter().map(|column| column.column).min().unwrap_or(place.span.0);
    let right = columns.iter().map(|column| column.column).max().unwrap_or(place.span.1);
    Ok(Table {
        region: Region::new(CellRef::new(first_row, left), CellRef::new(last_row, right)),
        layout: Layout::Rows,
        header_rows: header_rows.clone(),
        second_line: lines,
        told_with_task: None,
        across: Vec::new(),
        columns,
        rows,
        cards: Vec::new(),
        card_cells: BTreeMap::new(),
        side_by_side: place.side_by_side,
    })
}

/// What stands in the second line of each record: what its title says that a township tells, else the narrative.
fn second_line(header: &Header, knowledge: &Knowledge) -> Vec<SecondLine> {
    let field = |title: &str| {
        let meaning = knowledge.vocabulary.meaning(title)?;
        let of_task = |field: &Field| matches!(field, Field::Number | Field::Name | Field::Content | Field::Indicator);
        meaning.fields.first().copied().filter(|field| !of_task(field))
    };
    let lines = header.lines.iter();
    lines
        .map(|(left, right, title)| SecondLine {
            left: *left,
            right: *right,
            title: title.clone(),
            field: field(title).unwrap_or(Field::Progress),
        })
        .collect()
}

/// The columns of a table: those with a title, and those in which its rows hold cells.
fn candidates<'h>(grid: &Grid<'h>, header: &'h Header, place: &Place) -> Vec<Candidate<'h>> {
    let mut looks: BTreeMap<u32, (Look, usize)> = BTreeMap::new();
    for (index, row) in grid.used_rows_between(place.body.0, place.body.1).enumerate() {
        let cells = grid.row_within(row, place.span.0, place.span.1);
        let tells = cells.len() >= 2
            && index < ROWS_LOOKED_AT
            && !goes_on_with_the_task_above(cells)
            && !header.is_second_line(cells);
        for seen in cells {
            let (look, all) = looks.entry(seen.left()).or_default();
            *all += 1;
            if tells {
                look.add_seen(seen);
            }
        }
    }
    let mut columns: Vec<Candidate> = Vec::new();
    let titled = header.columns.iter().map(|column| column.column);
    let mut places: Vec<u32> = titled.chain(looks.keys().copied()).collect();
    places.sort_unstable();
    places.dedup();
    for column in places {
        let title = header.columns.iter().find(|title| title.column == column);
        let (look, cells) = looks.remove(&column).unwrap_or_default();
        let goes_on = columns.last().and_then(|last| last.header).map(|last| last.at);
        let same_title = title.is_some() && title.map(|title| title.at) == goes_on;
        if cells == 0 && same_title {
            continue;
        }
        columns.push(Candidate { column, header: title, look });
    }
    columns
}

/// The unit that a caption above the table states for all its figures (单位:万元).
fn caption_unit(grid: &Grid, header: &Header, place: &Place) -> Option<String> {
    let above = grid.used_rows_between(header.first_row().saturating_sub(4), header.first_row().checked_sub(1)?);
    above.rev().find_map(|row| {
        let mut cells = grid.row_between(row, place.span.0, place.span.1);
        cells.find_map(|seen| {
            let text = seen.plain();
            let (_, after) = text.split_once("单位")?;
            unit_in(after.trim_end_matches([')', ']', '】']))
        })
    })
}
