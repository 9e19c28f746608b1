//! What is every cell of a sheet that lies in no table?

use std::collections::BTreeMap;

use super::dated_acts::tells_when_filled_in;
use super::grid::Grid;
use super::outside::{is_caption, is_note, is_signature, is_title, role_above, role_below};
use super::signing::is_signed;
use super::table::{Layout, OutsideCell, OutsideRole, Table};
use super::text::{length, plain};
use crate::location::CellRef;

/// Loose cells of a sheet whose roles are told. Around the tables of a form stand some dozens; a sheet with more than this
/// is something else, and its further cells are kept without a role.
const ROLES_TOLD: usize = 5_000;

/// The roles of all cells that lie in no table.
pub(super) fn outside(grid: &Grid, tables: &[Table]) -> Vec<OutsideCell> {
    let mut cells: Vec<OutsideCell> = Vec::new();
    for row in grid.used_rows() {
        let here: Vec<&Table> = tables.iter().filter(|table| table.has_row(row)).collect();
        let around = Around::of(row, tables);
        let alone = grid.row(row).len() == 1;
        for seen in grid.row(row) {
            if !here.iter().any(|table| table.holds_in_row(seen.cell.at)) {
                let told = cells.len() < ROLES_TOLD;
                let role = if told { around.role(seen.plain(), alone) } else { OutsideRole::Unassigned };
                let loose = told && matches!(role, OutsideRole::Note | OutsideRole::Unassigned);
                let signs = loose && (is_signed(&seen.cell.text) || tells_when_filled_in(&seen.cell.text));
                let role = if signs { OutsideRole::Signature } else { role };
                cells.push(OutsideCell { at: seen.cell.at, role });
            }
        }
    }
    take_titles_from_below(grid, &mut cells, tables.is_empty());
    take_labels_of_time(grid, tables, &mut cells);
    let leftovers = grid.leftovers().iter();
    cells.extend(leftovers.map(|cell| OutsideCell { at: cell.at, role: OutsideRole::Unassigned }));
    cells.sort_by_key(|cell| cell.at);
    cells
}

/// Parts of a year below each other at the side of cards are labels of their rows: they say nothing of the time of the report.
///
/// ```text
///  任务 │ 粮播面积 │ 供水改造
///  1月  │ 0        │ 20
///  2月  │ 40       │ 35
///  累计 │ 40       │ 55
/// ```
fn take_labels_of_time(grid: &Grid, tables: &[Table], cells: &mut [OutsideCell]) {
    let in_cards = |at: CellRef| {
        let cards = tables.iter().filter(|table| table.layout == Layout::Card);
        cards.map(|table| table.region).any(|region| region.contains(at))
    };
    let is_label = |cell: &OutsideCell| {
        let text = grid.sheet.cell(cell.at).map(|found| plain(&found.text)).unwrap_or_default();
        matches!(cell.role, OutsideRole::Caption | OutsideRole::Signature)
            && is_part_of_year(&text)
            && in_cards(cell.at)
    };
    let mut labels: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (index, cell) in cells.iter().enumerate().filter(|(_, cell)| is_label(cell)) {
        labels.entry(cell.at.column).or_default().push(index);
    }
    for index in labels.into_values().filter(|column| column.len() >= FEWEST_LABELS_OF_TIME).flatten() {
        cells[index].role = OutsideRole::Unassigned;
    }
}

/// So many parts of a year below each other are labels of rows.
const FEWEST_LABELS_OF_TIME: usize = 3;

/// Whether a text is a month or quarter without its year and nothing else: 1月, 10月份, 第三季度.
fn is_part_of_year(text: &str) -> bool {
    let bare = text.trim_start_matches('第');
    let number = ["月份", "月", "季度"].iter().find_map(|end| bare.strip_suffix(end));
    number.is_some_and(|number| {
        (1..=2).contains(&length(number))
            && number.chars().all(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
    })
}

/// Where nothing above the tables says whose and when, a title below or beside them does: one that names a time.
/// On a sheet without a table, as a cover is, it does whatever else stands there.
fn take_titles_from_below(grid: &Grid, cells: &mut [OutsideCell], is_cover: bool) {
    let told = |cell: &OutsideCell| matches!(cell.role, OutsideRole::Title | OutsideRole::Caption);
    if cells.len() > ROLES_TOLD || !is_cover && cells.iter().any(told) {
        return;
    }
    let names_form = |cell: &OutsideCell| {
        let text = grid.sheet.cell(cell.at).map(|cell| plain(&cell.text)).unwrap_or_default();
        let dated = text.contains(['年', '月']) || text.contains("季度");
        length(&text) <= 40 && dated && is_title(&text) && !is_note(&text)
    };
    for cell in cells.iter_mut().filter(|cell| cell.role != OutsideRole::Signature && names_form(cell)) {
        cell.role = OutsideRole::Title;
    }
}

/// Where a row outside the tables stands.
#[derive(Clone, Copy)]
enum Around {
    /// Above the first table; also the first row of a sheet without one, which may still bear a title.
    Above,
    /// Between two tables.
    Between,
    /// Below the last table, or on a sheet without one.
    Below,
}

impl Around {
    /// Where a row stands.
    fn of(row: u32, tables: &[Table]) -> Self {
        let above_one = tables.iter().any(|table| table.region.first.row > row);
        let below_one = tables.iter().any(|table| table.region.last.row < row);
        match (above_one, below_one) {
            (true, true) => Self::Between,
            (true, false) => Self::Above,
            (false, false) if row == 0 => Self::Above,
            (false, _) => Self::Below,
        }
    }

    /// The role of one cell of the row, by where it stands and what it says.
    fn role(self, text: &str, alone: bool) -> OutsideRole {
        let closes_upper = is_signature(text) || is_note(text);
        let opens_lower = is_caption(text) || is_title(text);
        match self {
            Self::Above => role_above(text, alone),
            Self::Between if opens_lower && !closes_upper => role_above(text, alone),
            Self::Between | Self::Below => role_below(text, alone),
        }
    }
}
