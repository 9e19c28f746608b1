//! Two simple matchers that the real one is compared with.

use super::candidates::best_by_grams;
use super::index::PlanIndex;
use super::row::Row;
use super::telling::Telling;
use crate::records::Record;

/// Counts of right answers of the simple matchers.
#[derive(Debug, Clone, Copy, Default)]
pub struct Baselines {
    rows: usize,
    by_edit: usize,
    by_grams: usize,
}

impl Baselines {
    /// Scores one record whose official numbers are known. Neither matcher knows "none" or "several".
    pub fn score(&mut self, record: &Record, right: &[u32], index: &PlanIndex) {
        let row = Row::new(record, None, index);
        let is_right =
            |position: Option<usize>| position.is_some_and(|position| right == [index.tasks[position].number]);
        self.rows += 1;
        row.ask_telling(index, |telling| {
            self.by_edit += usize::from(is_right(best_by_edit(telling, index)));
            self.by_grams += usize::from(is_right(best_by_grams(telling, index)));
        });
    }

    /// The share of right answers of each, by name.
    pub fn shares(&self) -> Vec<(&'static str, f64)> {
        #[expect(clippy::cast_precision_loss, reason = "there are some thousand rows at most")]
        let share = |right: usize| right as f64 / self.rows.max(1) as f64;
        vec![("名称的编辑距离", share(self.by_edit)), ("名称与内容的加权字串", share(self.by_grams))]
    }
}

/// The task whose name is nearest by normalised Levenshtein distance.
fn best_by_edit(telling: &Telling, index: &PlanIndex) -> Option<usize> {
    let wording = if telling.name().is_empty() { telling.content() } else { telling.name() };
    let scored = index
        .tasks
        .iter()
        .enumerate()
        .map(|(position, task)| (strsim::normalized_levenshtein(wording, &task.names[0]), position));
    scored.max_by(|one, other| one.0.total_cmp(&other.0).then(other.1.cmp(&one.1))).map(|(_, position)| position)
}
