//! Does another list stand below the records, under titles of its own that no header knows?
//!
//! ```text
//!  撂荒地       │ 洪亮 │ 18亩 │ 口筐梯田复耕完。 │ 已完成
//!
//!  材料报送情况 │ 应报 │ 实报 │ 是否超时
//!  党政办       │ 5    │ 5    │ 否
//!  农办         │ 8    │ 6    │ 是
//! ```

use super::grid::Seen;
use super::outside::is_person;
use super::rows::{Body, Draft, Drafted};
use super::signing::is_telephone;
use super::table::RowRole;
use super::text::{is_narrative, is_numeric, is_ordinal, is_status_word, is_village, length, names_agencies};
use crate::list::Field;

/// Titles that such a list has at least.
const FEWEST_TITLES: usize = 3;
/// Rows that it has at least below its titles.
const FEWEST_ROWS: usize = 2;
/// Cells of a row that tells whom to ask.
const MOST_OF_PEOPLE: usize = 5;
/// Rows of it, and of the records above it, that are looked at.
const ROWS_LOOKED_AT: usize = 20;
/// Longest title of its columns, in characters.
const LONGEST_TITLE: usize = 8;

impl Body<'_, '_> {
    /// Ends the table above such a list. It is told by its shape: behind a blank row a row of short words, and below it
    /// figures alone in a column that holds words above.
    pub(super) fn end_above_another_list(&self, drafts: &mut Vec<Drafted>) {
        let apart = |pair: &[Drafted]| pair[1].row > pair[0].row + 1;
        let begins = drafts.windows(2).enumerate().filter(|(_, pair)| apart(pair)).map(|(index, _)| index + 1);
        if let Some(end) = begins.into_iter().find(|index| self.is_another_list(drafts, *index)) {
            drafts.truncate(end);
        }
    }

    /// Whether a row tells whom to ask and nothing else, in columns that hold tasks and figures: 东臼村 │ 余志强 │ 13600006036. A
    /// person stands in the place of the task, and a telephone number where a figure would.
    pub(super) fn is_of_people(&self, cells: &[Seen], texts: &[&str]) -> bool {
        let both = || cells.iter().zip(texts);
        let of_task = |seen: &Seen| self.field(seen).is_some_and(Field::names_task);
        let beside = |text: &str| is_person(text) || is_telephone(text) || is_village(text) || names_agencies(text);
        let instead = |(seen, text): (&Seen, &&str)| of_task(seen) && is_person(text) && !self.official.is_name(text);
        let number =
            |(seen, text): (&Seen, &&str)| is_telephone(text) && self.field(seen).is_some_and(Field::is_quantity);
        // 方芸 │ 13800000011, the name where the number of a task stands: no task is a telephone number.
        let number_for_task = || both().any(|(seen, text)| of_task(seen) && is_telephone(text));
        let of_task_and_figures = || both().any(instead) && both().any(number);
        let named = || texts.iter().any(|text| is_person(text));
        (2..=MOST_OF_PEOPLE).contains(&cells.len())
            && (of_task_and_figures() || named() && number_for_task())
            && texts.iter().all(|text| beside(text))
    }

    /// Whether a list with titles of its own begins at a row.
    fn is_another_list(&self, drafts: &[Drafted], index: usize) -> bool {
        let is_record = |drafted: &&Drafted| drafted.draft == Draft::Role(RowRole::Record);
        let (above, below) = drafts.split_at(index);
        let Some((titles, below)) = below.split_first().filter(|(titles, _)| is_record(titles)) else { return false };
        let cells: Vec<Seen> = self.cells(titles.row).collect();
        if cells.len() < FEWEST_TITLES || !cells.iter().all(|seen| self.may_be_title(seen)) {
            return false;
        }
        let own: Vec<&Drafted> = below.iter().take(ROWS_LOOKED_AT).collect();
        let rows = own.iter().copied().filter(is_record).count();
        let earlier: Vec<&Drafted> = above.iter().rev().filter(is_record).take(ROWS_LOOKED_AT).collect();
        if rows < FEWEST_ROWS || earlier.len() < FEWEST_ROWS {
            return false;
        }
        // What names tasks above names none below.
        let names_tasks = own.iter().any(|drafted| {
            let mut names = self.cells(drafted.row).filter(|seen| self.field(seen).is_some_and(Field::names_task));
            names.any(|seen| self.official.is_task(&seen.cell.text) || is_village(seen.plain()))
        });
        !names_tasks
            && cells.iter().any(|title| {
                let figures = |drafts: &[&Drafted]| self.figures_in(drafts, title.left());
                let ((above, all_above), (below, all_below)) = (figures(&earlier), figures(&own));
                all_above >= FEWEST_ROWS && above == 0 && all_below >= FEWEST_ROWS && below == all_below
            })
    }

    /// Whether a cell may be the title of a column: a short word that says nothing of a task.
    fn may_be_title(&self, seen: &Seen) -> bool {
        let text = seen.plain();
        let said = is_numeric(text) || is_ordinal(text) || is_status_word(text) || is_narrative(text);
        let named = is_village(text) || self.official.is_task(text);
        (2..=LONGEST_TITLE).contains(&length(text)) && !said && !named
    }

    /// How many cells of a column are bare figures in some rows, and how many there are.
    fn figures_in(&self, drafts: &[&Drafted], column: u32) -> (usize, usize) {
        let cells = drafts.iter().flat_map(|drafted| self.cells(drafted.row)).filter(|seen| seen.left() == column);
        let bare = |text: &str| text.chars().all(|c| c.is_ascii_digit() || c == '.');
        cells.fold((0, 0), |(figures, all), seen| (figures + usize::from(bare(seen.plain())), all + 1))
    }
}
