//! Which rows below a record go on with it?

use super::grid::Seen;
use super::rows::{Body, REPORTED};
use super::table::TableColumn;
use super::told_below::told_under;
use crate::list::Field;
use crate::location::CellRef;

impl Body<'_, '_> {
    /// Whether a row is the second line of the record above: its cells lie where the header has a second line of titles.
    pub(super) fn is_second_line(&self, cells: &[Seen]) -> bool {
        let lies = |seen: &Seen| self.lines.iter().any(|line| (line.left, line.right) == (seen.left(), seen.right()));
        cells.iter().all(lies)
    }

    /// Whether a row only goes on with whom to ask or who does it, while the task and what was done are merged over it:
    /// a name and, below it, the telephone.
    pub(super) fn goes_on_below_merged_cells(&self, cells: &[Seen]) -> bool {
        let aside = [Field::Contact, Field::Agencies, Field::Remark];
        let Some(row) = cells.first().map(|seen| seen.region.first.row) else { return false };
        let from_above = |column: &TableColumn| {
            let at = CellRef::new(row, column.column);
            self.grid.seen_at(at).is_some_and(|seen| (self.rows.0..row).contains(&seen.region.first.row))
        };
        let merged = |fields: &[Field]| {
            let mut columns = self.columns.iter();
            columns.any(|column| column.field.is_some_and(|field| fields.contains(&field)) && from_above(column))
        };
        cells.iter().all(|seen| self.field(seen).is_some_and(|field| aside.contains(&field)))
            && merged(&[Field::Name, Field::Content])
            && merged(&REPORTED)
    }

    /// Whether a row below a task is made of labels with their values beside them: 进展 │ 立面整治完成.
    pub(super) fn is_labelled_line(&self, cells: &[Seen]) -> bool {
        let opens = |seen: &Seen| matches!(self.field(seen), None | Some(Field::Number | Field::Name | Field::Content));
        let labels = cells.iter().filter(|seen| !told_under(&seen.cell.text).is_empty()).count();
        let first = cells.first().is_some_and(|first| !told_under(&first.cell.text).is_empty() && opens(first));
        first && cells.len() <= 6 && labels < cells.len() && labels * 3 >= cells.len()
    }
}
