//! What stands in a published workbook or csv file? Visible sheets become tables, merged cells spread over their places.

use super::document::{Block, Document, Grid, GridCell, GridRow};
use crate::location::{CellRef, MAX_COLUMNS};
use crate::workbooks::{Sheet, Workbook};

/// Columns beyond which a list does not reach: what stands further right is a working copy.
const WIDEST_LIST: u32 = 60;

/// The visible sheets in their order.
pub(super) fn document(workbook: &Workbook) -> Document {
    let visible: Vec<&Sheet> = workbook.sheets.iter().filter(|sheet| !sheet.hidden).collect();
    let several = visible.len() > 1;
    let grids = visible.iter().map(|sheet| Block::Grid(grid(sheet, several)));
    Document { blocks: grids.collect() }
}

fn grid(sheet: &Sheet, several: bool) -> Grid {
    let Some(extent) = sheet.extent() else { return Grid::default() };
    let last = extent.last.column.min(extent.first.column + WIDEST_LIST).min(MAX_COLUMNS - 1);
    let rows = sheet.rows().into_iter().map(|row| {
        let cells = (extent.first.column..=last).map(|column| cell(sheet, CellRef::new(row, column))).collect();
        let number = row + 1;
        let place =
            if several { format!("工作表“{}”第{number}行", sheet.name) } else { format!("第{number}行") };
        GridRow { cells, place }
    });
    Grid { sheet: several.then(|| sheet.name.clone()), rows: rows.collect() }
}

fn cell(sheet: &Sheet, at: CellRef) -> GridCell {
    let region = sheet.merged_region(at);
    let struck = |cell: &&crate::workbooks::Cell| !cell.struck;
    let text = sheet.seen_at(at).filter(struck).map_or("", |cell| &*cell.text);
    GridCell {
        from_above: region.is_some_and(|region| at.row > region.first.row),
        from_left: region.is_some_and(|region| at.column > region.first.column),
        ..GridCell::new(text)
    }
}
