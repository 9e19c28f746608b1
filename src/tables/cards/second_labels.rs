//! Do the rows of a card hold two pairs, the labels of the second one in no list of ours?
//!
//! ```text
//!  任务名称 │ 重大项目建设
//!  年度目标 │ 在建项目12个 │ 年底完成 │ 7个
//!  完成率   │ 58.3%        │ 自评     │ □已完成 ☑推进中
//! ```

use super::labels::Labels;
use crate::list::Field;
use crate::tables::grid::{Grid, Seen};
use crate::tables::text::{is_date, is_numeric, is_village, length};

/// Longest of such labels, in characters.
const LONGEST: usize = 10;
/// Rows with a second pair that a card must have.
const FEWEST: usize = 2;

/// The column of the second labels, where one task stands over the whole width of the cards and what stands in the column
/// are short words with something behind them: they are no values of a second task.
pub(super) fn column(grid: &Grid, labels: &Labels, first: u32) -> Option<u32> {
    let label_in = |row: u32| grid.row(row).iter().find(|seen| seen.left() == first && seen.region.first.row == row);
    let labelled: Vec<(u32, Field)> = grid
        .used_rows()
        .filter_map(|row| Some((row, labels.known(label_in(row)?)?.fields.first().copied()?)))
        .collect();
    let behind = |row: u32| grid.row(row).iter().filter(|seen| seen.left() > first).collect::<Vec<&Seen>>();
    let mut tasks = labelled.iter().filter(|(_, field)| field.names_task()).map(|(row, _)| behind(*row)).peekable();
    tasks.peek()?;
    let right = tasks.map(|cells| match cells[..] {
        [only] if only.width() >= 3 => Some(only.right()),
        _ => None,
    });
    let right = right.collect::<Option<Vec<u32>>>()?.into_iter().max()?;
    let of_four = labelled.iter().map(|(row, _)| behind(*row)).filter(|cells| (2..=3).contains(&cells.len()));
    let of_four: Vec<Vec<&Seen>> = of_four.collect();
    let column = of_four.first()?.get(1)?.left();
    // 年底完成 sounds like a state; as a label it stands among others.
    let is_label = |seen: &Seen| {
        let text = seen.plain();
        length(text) <= LONGEST && !is_numeric(text) && !is_date(text) && !is_village(text)
    };
    let pairs = |cells: &Vec<&Seen>| match cells[..] {
        [_, label] | [_, label, _] => label.left() == column && label.right() < right && is_label(label),
        _ => false,
    };
    let filled = of_four.iter().filter(|cells| cells.len() == 3).count();
    let plainly = of_four.iter().filter(|cells| labels.unknown(cells[1]).is_some()).count();
    (filled >= FEWEST && plainly * 2 >= of_four.len() && of_four.iter().all(pairs)).then_some(column)
}
