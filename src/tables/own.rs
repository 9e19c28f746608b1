//! Which sheets of a returned workbook are ours and hold answers, not reports?

use super::table::{OutsideCell, OutsideRole, SheetLayout};
use crate::workbooks::Sheet;

/// First part of the hidden key beside each problem of a return workbook (问题单).
pub const FINDING_MARK: &str = "hedui-finding/1";

/// The layout of a sheet that carries keys of ours beside its rows: no table, all of it notes. `None` for any other.
pub(super) fn answers(index: usize, sheet: &Sheet) -> Option<SheetLayout> {
    let key = format!("[\"{FINDING_MARK}\"");
    if !sheet.cells().iter().any(|cell| cell.text.starts_with(&key)) {
        return None;
    }
    let note = |cell: &crate::workbooks::Cell| OutsideCell { at: cell.at, role: OutsideRole::Note };
    Some(SheetLayout { sheet: index, outside: sheet.cells().iter().map(note).collect(), ..SheetLayout::default() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::location::CellRef;
    use crate::workbooks::Cell;

    #[test]
    fn a_sheet_with_keys_of_problems_is_no_report() {
        let heading = Cell::text(CellRef::new(0, 0), "核对发现");
        let key = Cell::text(CellRef::new(1, 9), r#"["hedui-finding/1","blank-field","北岙街道",1,null]"#);
        let ours = Sheet::new("问题单", vec![heading.clone(), key]);
        assert_eq!(answers(2, &ours).map(|layout| (layout.sheet, layout.outside.len())), Some((2, 2)));
        let other = Sheet::new("问题单", vec![heading, Cell::text(CellRef::new(1, 9), "hedui-finding/1")]);
        assert!(answers(2, &other).is_none());
    }
}
