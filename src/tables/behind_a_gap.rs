//! Does a text behind a blank row, below the last record, belong to the records at all?
//!
//! ```text
//!  事项     │ 数字    │ 情况
//!  农房审批 │ 11/20户 │ 平均14天
//!
//!           │         │ 2024年8月1日 手机填 有空白的是没有
//! ```
//!
//! What a clerk adds there for himself names no task and has no number; a record that somebody set apart has one of them, or
//! figures, or a state.

use super::grid::Seen;
use super::rows::{Body, Draft, Drafted};
use super::table::{RowRole, TableColumn};
use super::text::{is_numeric, is_ordinal, is_status_word, is_village, length};
use super::vocabulary::is_place;
use crate::list::Field;
use crate::location::CellRef;

/// Records that must stand above, from which is told that each names its task.
const FEWEST_RECORDS: usize = 2;
/// Records above of which is asked whether they do.
const RECORDS_COMPARED: usize = 200;
/// Cells of such a row.
const MOST_CELLS: usize = 2;

impl Body<'_, '_> {
    /// Takes lone texts behind a blank row and below the last record for what stands around the table.
    pub(super) fn leave_texts_behind_a_gap(&self, drafts: &mut [Drafted]) {
        let is_record = |drafted: &Drafted| drafted.draft == Draft::Role(RowRole::Record);
        let beside = |drafted: &&Drafted| match drafted.draft {
            Draft::Role(RowRole::Record) => self.is_text_without_task(drafted.row),
            Draft::Role(RowRole::Note) => !drafted.part,
            Draft::LoneText | Draft::Outside => true,
            Draft::Role(_) => false,
        };
        let first = drafts.len() - drafts.iter().rev().take_while(beside).count();
        let Some(gap) = (first..drafts.len()).find(|index| *index > 0 && self.is_behind_a_gap(drafts[*index].row))
        else {
            return;
        };
        let (above, below) = drafts.split_at_mut(gap);
        let records = above.iter().rev().filter(|drafted| is_record(drafted)).take(RECORDS_COMPARED);
        let (all, named) = records
            .fold((0, 0), |(all, named), drafted| (all + 1, named + usize::from(self.names_its_task(drafted.row))));
        if all < FEWEST_RECORDS || named * 4 < all * 3 {
            return;
        }
        for drafted in below.iter_mut().filter(|drafted| is_record(drafted)) {
            drafted.draft = Draft::Outside;
            "空行下面的一段话，没有序号和任务，不是填报记录".clone_into(&mut drafted.why);
        }
    }

    /// Whether nothing stands in the row above, not even a part of a merged cell.
    fn is_behind_a_gap(&self, row: u32) -> bool {
        let Some(above) = row.checked_sub(1).filter(|above| *above >= self.rows.0) else { return false };
        let blank = |column: u32| self.grid.seen_at(CellRef::new(above, column)).is_none();
        self.cells(above).next().is_none() && self.columns.iter().all(|column| blank(column.column))
    }

    /// Whether a row has a number or names a task or a place, in a cell of its own or in one merged from above.
    fn names_its_task(&self, row: u32) -> bool {
        let opens = |column: &&TableColumn| match column.field {
            Some(field) => field == Field::Number || field.names_task(),
            None => is_place(&column.title),
        };
        let mut columns = self.columns.iter().filter(opens);
        columns.any(|column| self.grid.seen_at(CellRef::new(row, column.column)).is_some())
    }

    /// Whether a row holds nothing but a text, or two of which one says who reports or when, where no task stands.
    fn is_text_without_task(&self, row: u32) -> bool {
        let cells: Vec<Seen> = self.cells(row).collect();
        let text = |seen: &Seen| {
            let text = seen.plain();
            let value = is_numeric(text) || is_ordinal(text) || is_status_word(text) || is_village(text);
            !value && length(text) >= 2 && !self.official.is_task(text)
        };
        (1..=MOST_CELLS).contains(&cells.len())
            && !self.names_its_task(row)
            && cells.iter().all(text)
            && (cells.len() == 1 || cells.iter().any(Self::says_who_or_when))
    }
}
