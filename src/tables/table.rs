//! A reporting table as found in a sheet: its columns, and what each of its rows is.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::list::Field;
use crate::location::{CellRef, Region};

/// How one sheet is understood: its tables, and the role of every non-blank cell outside them.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SheetLayout {
    /// Index of the sheet in its workbook.
    pub sheet: usize,
    /// Tables from top to bottom, left to right.
    pub tables: Vec<Table>,
    /// Rows that look like a header, but of a table that reports nothing.
    pub refused: Vec<RefusedHeader>,
    /// Non-blank cells outside all tables: titles, notes, signatures and the rest.
    pub outside: Vec<OutsideCell>,
}

/// A row that looks like a header, but of a table that reports nothing.
#[derive(Debug, Clone, Serialize)]
pub struct RefusedHeader {
    /// Zero-based row.
    pub row: u32,
    /// Why, in Chinese words a clerk reads.
    pub why: String,
}

/// A non-blank cell outside all tables.
#[derive(Debug, Clone, Serialize)]
pub struct OutsideCell {
    /// Where it stands.
    pub at: CellRef,
    /// What it is.
    pub role: OutsideRole,
}

/// What a cell outside the tables is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OutsideRole {
    /// Title of the form or of a table.
    Title,
    /// Who reports, for when, in which unit (填报单位:…, 单位:万元).
    Caption,
    /// A footnote or instruction.
    Note,
    /// Names, telephone, date, seal line.
    Signature,
    /// None of these: goes to 未归集内容.
    Unassigned,
}

/// One reporting table.
#[derive(Debug, Clone, Serialize)]
pub struct Table {
    /// From its header to its last row.
    pub region: Region,
    /// How it is laid out.
    pub layout: Layout,
    /// Header rows, zero-based; empty where the table goes on from an earlier one or is a card.
    pub header_rows: Vec<u32>,
    /// Columns from left to right.
    pub columns: Vec<TableColumn>,
    /// Rows below the header, from top to bottom.
    pub rows: Vec<TableRow>,
    /// The cards, one for each of `rows`; empty for a table of rows.
    pub cards: Vec<Card>,
    /// For the cells of cards: which card, and whether the cell is only a label.
    #[serde(skip)]
    pub(crate) card_cells: BTreeMap<CellRef, (usize, bool)>,
    /// Where each record has two lines, the titles of the second.
    #[serde(skip)]
    pub(crate) second_line: Vec<SecondLine>,
    /// The column in whose cells the task stands in front of what was done about it, where there is one.
    #[serde(skip)]
    pub(crate) told_with_task: Option<u32>,
    /// Where the tasks are the titles of columns, these tasks; each row holds a record of each.
    #[serde(skip)]
    pub(crate) across: Vec<TaskAcross>,
    /// Whether another table stands beside it on the same sheet rows, or its records are columns: then a sheet row
    /// alone does not name a record.
    pub side_by_side: bool,
}

impl Table {
    /// Whether a cell belongs to the table: to its header or one of its rows.
    pub fn holds(&self, at: CellRef) -> bool {
        self.has_row(at.row) && self.holds_in_row(at)
    }

    /// Whether cells of a sheet row may belong to the table: it is one of the header, or of its rows.
    pub(crate) fn has_row(&self, row: u32) -> bool {
        self.layout == Layout::Card || self.header_rows.contains(&row) || self.row_at(row).is_some()
    }

    /// Whether a cell belongs to the table, which has its row.
    pub(crate) fn holds_in_row(&self, at: CellRef) -> bool {
        if self.layout == Layout::Card { self.card_cell(at).is_some() } else { self.region.contains(at) }
    }

    /// The position of the card that a cell belongs to, and whether it is a label only.
    pub fn card_cell(&self, at: CellRef) -> Option<(usize, bool)> {
        self.card_cells.get(&at).copied()
    }

    /// The position of the row of the table that a sheet row belongs to; of cards, the first that has cells in it.
    pub fn row_at(&self, row: u32) -> Option<usize> {
        if self.layout == Layout::Card {
            return self.rows.iter().position(|card| card.row <= row && row <= card.last_row);
        }
        let after = self.rows.partition_point(|candidate| candidate.row <= row);
        let index = after.checked_sub(1)?;
        (row <= self.rows[index].last_row).then_some(index)
    }

    /// The column of the table at a sheet column.
    pub fn column_at(&self, column: u32) -> Option<&TableColumn> {
        if self.layout == Layout::Card {
            return self.columns.iter().find(|candidate| candidate.column == column);
        }
        let index = self.columns.binary_search_by_key(&column, |candidate| candidate.column).ok()?;
        Some(&self.columns[index])
    }
}

/// A task that is the title of one column, or of several beside each other.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TaskAcross {
    /// Its name as written.
    pub(crate) name: String,
    /// The cell of the title.
    pub(crate) at: CellRef,
    /// First column.
    pub(crate) left: u32,
    /// Last column.
    pub(crate) right: u32,
}

impl TaskAcross {
    /// Whether a column stands below it.
    pub(crate) fn covers(&self, column: u32) -> bool {
        (self.left..=self.right).contains(&column)
    }
}

/// A title of the second line of records that have two: it stands over several columns, below their own titles.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SecondLine {
    /// First column.
    pub(crate) left: u32,
    /// Last column.
    pub(crate) right: u32,
    /// The title as written.
    pub(crate) title: String,
    /// What stands below it in each record.
    pub(crate) field: Field,
}

/// One card: labels with their values.
#[derive(Debug, Clone, Serialize)]
pub struct Card {
    /// Pairs in reading order.
    pub pairs: Vec<CardPair>,
}

/// A label of a card with its value.
#[derive(Debug, Clone, Serialize)]
pub struct CardPair {
    /// The field; absent for the township's own labels.
    pub field: Option<Field>,
    /// The label as written, without its colon.
    pub title: String,
    /// Unit in the label (完成投资(万元)).
    pub unit: Option<String>,
    /// The label's cell.
    pub label: CellRef,
    /// The value's cell; the label's where one cell holds both, a blank one where nothing was filled in.
    pub value: CellRef,
    /// Whether something was filled in.
    pub filled: bool,
    /// What of the cell is meant, where one cell holds several values.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub written: Option<String>,
}

/// How a table is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layout {
    /// A header above, one record a row.
    Rows,
    /// Labels beside values, one block a task.
    Card,
}

/// One column of a table.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TableColumn {
    /// Zero-based column of the sheet.
    pub column: u32,
    /// Header texts from top to bottom, joined by `›`; empty where nobody wrote one. The cells below share it.
    pub title: Arc<str>,
    /// The cell that bears the (lowest) title.
    pub title_at: Option<CellRef>,
    /// The field it holds; absent for the township's own columns.
    pub field: Option<Field>,
    /// Unit in the title or above the table (累计完成(万元)). The figures below it share it.
    pub unit: Option<Arc<str>>,
    /// Why it was taken for this field, in Chinese words a clerk reads.
    pub why: String,
}

/// One sheet row (or card) of a table.
#[derive(Debug, Clone, Serialize)]
pub struct TableRow {
    /// Zero-based first sheet row.
    pub row: u32,
    /// Zero-based last sheet row: the same, except where cells are merged over several rows throughout, and for cards.
    pub last_row: u32,
    /// What the row is.
    pub role: RowRole,
    /// Whether its number says that it is a part of the task above: 1.1 below 1.
    pub part: bool,
    /// Whether the row of a total only counts rows, or carries a sum over to the next page.
    pub counts_only: bool,
    /// Why, in Chinese words a clerk reads.
    pub why: String,
}

/// What a row of a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RowRole {
    /// A data record.
    Record,
    /// A heading over the rows below it.
    Section,
    /// The header again, after a page break.
    Header,
    /// 小计.
    Subtotal,
    /// 合计, 总计.
    Total,
    /// A footnote or instruction inside the table.
    Note,
    /// A prepared row that nobody filled in.
    Empty,
}
