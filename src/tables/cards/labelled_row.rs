//! Which cells of one row are labels? Each of them is asked once, for several questions about the row.

use super::labels::Labels;
use crate::list::Field;
use crate::tables::grid::Seen;
use crate::tables::text::is_status_word;
use crate::tables::vocabulary::Meaning;

/// So many titles in one row are the header of a table, not the labels of a card.
pub(super) const TITLES_OF_A_HEADER: usize = 5;

/// The cells of a row with what is known of them.
pub(super) struct LabelledRow<'r, 's> {
    cells: &'r [Seen<'s>],
    labels: &'r Labels<'r, 's>,
    /// What each cell means as a label by its words alone.
    known: Vec<Option<Meaning>>,
}

impl<'r, 's> LabelledRow<'r, 's> {
    /// The cells of a row among the labels of its sheet.
    pub(super) fn new(cells: &'r [Seen<'s>], labels: &'r Labels<'r, 's>) -> Self {
        Self { cells, labels, known: cells.iter().map(|seen| labels.known(seen)).collect() }
    }

    /// What a cell means as a label by its words alone.
    pub(super) fn known(&self, index: usize) -> Option<&Meaning> {
        self.known.get(index)?.as_ref()
    }

    /// Whether a cell is a label, by its words or because it comes again as labels do.
    fn is_label(&self, index: usize) -> bool {
        self.known(index).is_some() || self.labels.comes_again(&self.cells[index])
    }

    /// Whether the row is the header of a table: mostly titles, and more of them than labels stand in one row of a card.
    pub(super) fn is_of_titles(&self) -> bool {
        if self.cells.len() < TITLES_OF_A_HEADER {
            return false;
        }
        // Of most rows the first cells tell that too few of them are left.
        let all = self.cells.len();
        let enough = |titles: usize| titles >= TITLES_OF_A_HEADER && titles * 5 >= all * 3;
        let mut others = (0..all).filter(|index| !self.is_label(*index)).zip(1..);
        others.all(|(_, others)| enough(all - others))
    }

    /// Whether the cell to the right of a label is itself a title, as in a header. A status word is a value, though it may
    /// be a title elsewhere (已完成).
    pub(super) fn beside_a_label(&self, index: usize) -> bool {
        let right = self.cells[index].right() + 1;
        let next = self.cells.get(index + 1).filter(|next| next.left() == right);
        next.is_some_and(|next| self.is_label(index + 1) && !is_status_word(next.plain()))
    }

    /// Whether the label of the task stands behind another label and its value, with the task beside it: 任务编号 │ 37 │
    /// 任务名称 │ 优化空间布局.
    pub(super) fn names_task_beside(&self, index: usize) -> bool {
        let names = |index| self.known(index).is_some_and(|meaning| meaning.fields.first() == Some(&Field::Name));
        let (value, label, task) = (index + 1, index + 2, index + 3);
        task < self.cells.len() && names(label) && self.known(value).is_none() && self.known(task).is_none()
    }
}
