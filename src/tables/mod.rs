//! Stage 3: the tables in a sheet. A [`Workbook`](crate::workbooks::Workbook) and the plan's form go in,
//! a [`SheetLayout`] per sheet comes out, in which every non-blank cell has a role.
//!
//! Imports `list` and `workbooks`, and no later stage.

mod table;

pub use table::{Layout, OutsideCell, OutsideRole, RowRole, SheetLayout, Table, TableColumn, TableRow};
