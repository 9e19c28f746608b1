//! Does a card, or a column of a table turned on its side, sum up the others instead of telling of a task?
//!
//! ```text
//!  任务     │ 景区村创建 │ 农村公路 │ 合计
//!  全年目标 │ 2个        │ 3公里    │ 2项
//!  状态     │ 推进中     │ 已完成   │
//! ```

use crate::list::Field;
use crate::tables::counted_tasks::is_count_of_tasks;
use crate::tables::grid::Grid;
use crate::tables::table::{Card, CardPair};
use crate::tables::text::{is_numeric, plain};
use crate::tables::total_words::{counts_kinds, counts_states, counts_with_kinds, is_mean, total_role};

/// Words that are those of a sum whatever stands below them.
const SUMS: [&str; 8] = ["合计", "总计", "小计", "共计", "总和", "求和", "分计", "合计数"];

/// Whether a word for a sum stands where the task would. One that may be a part of a task's name, or where it is done, is
/// believed over figures and counts alone.
pub(super) fn sums_up(grid: &Grid, card: &Card) -> bool {
    let text = |pair: &CardPair| grid.sheet.cell(pair.value).map(|cell| plain(&cell.text)).unwrap_or_default();
    let of_task = |pair: &CardPair| pair.filled && pair.field.is_some_and(Field::names_task);
    let Some(named) = card.pairs.iter().position(of_task) else { return false };
    let task = text(&card.pairs[named]);
    let task = task.trim_matches(['(', ')', '【', '】', '[', ']', ':', '—', '-']);
    let others = || card.pairs.iter().enumerate().filter(|(index, pair)| pair.filled && *index != named);
    let figure = |text: String| {
        let struck = text.chars().all(|c| matches!(c, '-' | '—' | '/'));
        let counted =
            is_count_of_tasks(&text) || counts_kinds(&text) || counts_states(&text) || counts_with_kinds(&text);
        struck || counted || is_numeric(&text) || is_mean(&text)
    };
    SUMS.contains(&task) || total_role(task).is_some() && others().all(|(_, pair)| figure(text(pair)))
}
