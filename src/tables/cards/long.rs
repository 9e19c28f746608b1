//! Is each task followed by its fields below each other, with their labels in a column of their own?
//!
//! ```text
//!  任务名称     │ 项   │ 内容
//!  重大项目建设 │ 目标 │ 3亿元
//!               │ 完成 │ 1.6亿元
//!               │ 状态 │ 推进中
//! ```

use super::Pair;
use super::labels::Labels;
use crate::list::Field;
use crate::location::CellRef;
use crate::tables::grid::{Grid, Seen};
use crate::tables::official::Official;
use crate::tables::text::{length, quoted};

/// Longest name of a task, in characters.
const LONGEST_NAME: usize = 40;
/// Tasks that such a table must have.
const FEWEST: usize = 2;

/// The pairs of each task, its name first; `None` where the sheet is none of that form.
pub(super) fn blocks(grid: &Grid, labels: &Labels, official: &Official) -> Option<Vec<Vec<Pair>>> {
    let column = labels.column_of_known()?;
    let mut blocks: Vec<Vec<Pair>> = Vec::new();
    let mut last_name: Option<CellRef> = None;
    let mut official_names = 0;
    for row in grid.used_rows() {
        let cells: Vec<Seen> = grid.row_between(row, column, u32::MAX).collect();
        let [label, value] = cells.as_slice() else { continue };
        let Some(meaning) = labels.of(label).filter(|_| label.left() == column) else { continue };
        let name = (0..column).rev().find_map(|left| grid.seen_at(CellRef::new(row, left)));
        let name = name.filter(|name| Some(name.cell.at) != last_name);
        if let Some(name) = name.filter(|name| length(&quoted(&name.cell.text)) <= LONGEST_NAME) {
            last_name = Some(name.cell.at);
            official_names += usize::from(official.is_task(&name.cell.text));
            let field = Some(Field::Name);
            let title = Field::Name.title().to_owned();
            let (label, value) = (label.cell.at, name.cell.at);
            let meanings = vec![Field::Name];
            blocks.push(vec![Pair { field, meanings, title, unit: None, label, value, filled: true }]);
        }
        blocks.last_mut()?.push(Pair::of(label, meaning, Ok(value.cell.at)));
    }
    (blocks.len() >= FEWEST && official_names * 2 >= blocks.len()).then_some(blocks)
}
