//! Stage 3: the tables in a sheet. A [`Workbook`](crate::workbooks::Workbook) and the plan's form go in,
//! a [`SheetLayout`] per sheet comes out, in which every non-blank cell has a role.
//!
//! Hidden keys of the standard template are no cells of a form: they are left out here and read by
//! [`records`](crate::records).
//!
//! Imports `list` and `workbooks`, and no later stage.

mod across;
mod around;
mod assign;
mod bands;
mod behind_a_gap;
mod below_a_bar;
mod beside_cards;
mod by_cells;
mod captions;
mod cards;
mod cell_text;
mod closing_rows;
mod counted_tasks;
mod counts_in_words;
mod dated_acts;
mod examples;
mod figures;
mod grid;
mod header;
mod header_columns;
mod header_extent;
mod header_rows;
mod header_series;
mod headerless;
mod kinds_of_told;
mod layout;
mod legends;
mod lines_below;
mod lines_of_records;
mod lists_below;
mod lone_texts;
mod look;
mod marks;
mod neighbours;
mod numbered;
mod official;
mod outside;
mod own;
mod places;
mod prose;
mod questions;
mod repeated_sums;
mod reporting;
mod rows;
mod seals;
mod signing;
mod sister_headers;
mod state_counts;
mod states;
mod table;
mod tallies;
mod text;
mod title_brackets;
mod title_ends;
mod title_manner;
mod title_parts;
mod title_time;
mod titles;
mod told_below;
mod told_with_task;
mod total_words;
mod totals;
mod vocabulary;

pub(crate) use bands::names_table;
pub(crate) use cell_text::CellTexts;
pub(crate) use grid::{Grid, Seen, is_blank};
pub use layout::lay_out;
pub(crate) use layout::{Knowledge, grids, lay_out_grids, lay_out_with};
pub(crate) use official::Official;
pub(crate) use outside::{is_bare_label, is_person, is_signature};
pub use own::FINDING_MARK;
pub(crate) use rows::REPORTED;
pub(crate) use seals::is_sealed;
pub(crate) use states::state_of_heading;
pub(crate) use table::TaskAcross;
pub use table::{
    Card, CardPair, Layout, OutsideCell, OutsideRole, RefusedHeader, RowRole, SheetLayout, Table, TableColumn, TableRow,
};
pub(crate) use text::{is_numeric, is_status_word, is_tick, is_village, one_line, plain, quoted};
pub(crate) use told_below::{leads_down, told_below, told_under};
pub(crate) use told_with_task::apart as task_apart;
pub(crate) use vocabulary::{is_grouping, is_of_answers, is_period, is_place};
