//! Does a table only count how many tasks are in which state, one row for each village or office?
//!
//! ```text
//!  村名   │ 任务数 │ 已完成 │ 推进中 │ 滞后
//!  口筐村 │ 3      │ 0      │ 2      │ 1
//! ```
//!
//! The tasks themselves stand elsewhere. Three states that add up to a count of tasks are the evidence: under 已完成 and 未完成
//! houses may stand, and where tasks are ticked nothing adds up.

use super::grid::{Grid, Seen};
use super::layout::ROWS_LOOKED_AT;
use super::places::Place;
use super::states::is_status_word;
use super::table::TableColumn;
use super::text::{length, plain};
use crate::workbooks::Value;

/// Columns of states from which on a table counts.
const FEWEST_STATES: usize = 3;
/// Rows in which they must add up.
const FEWEST_ROWS: usize = 2;
/// What the titles of counts of tasks end with, and those that are nothing else.
const COUNTS: [&str; 6] = ["任务数", "事项数", "项目数", "总项数", "任务总数", "事项总数"];
/// See [`COUNTS`].
const TOTALS: [&str; 6] = ["项数", "件数", "总数", "合计", "小计", "总计"];

/// Whether the columns of states of every row add up to a column that counts tasks.
pub(super) fn counts_states(grid: &Grid, place: &Place, columns: &[TableColumn]) -> bool {
    let states: Vec<u32> =
        columns.iter().filter(|column| is_state(&column.title)).map(|column| column.column).collect();
    if states.len() < FEWEST_STATES {
        return false;
    }
    let totals = columns.iter().filter(|column| counts_tasks(&column.title)).map(|column| column.column);
    totals.into_iter().any(|total| {
        let rows = grid.used_rows_between(place.body.0, place.body.1).take(ROWS_LOOKED_AT);
        let counted: Vec<Option<bool>> = rows.map(|row| adds_up(grid, row, &states, total)).collect();
        let told = counted.iter().flatten().count();
        told >= FEWEST_ROWS && counted.iter().flatten().all(|adds_up| *adds_up)
    })
}

/// The words of a column's own title, without what stands in brackets behind them.
fn own_title(title: &str) -> String {
    let title = plain(title.rsplit('›').next().unwrap_or_default());
    title.split('(').next().unwrap_or_default().to_owned()
}

/// Whether a title is a state, or counts those in it: 已完成, 推进中(项), 滞后数.
fn is_state(title: &str) -> bool {
    let title = own_title(title);
    let bare = title.trim_end_matches(['数', '项', '量']);
    (2..=LONGEST_STATE).contains(&length(bare)) && is_status_word(bare)
}

/// Characters of a state, at most: 计划完成投资 is none.
const LONGEST_STATE: usize = 4;

/// Whether a title says that tasks are counted below it.
fn counts_tasks(title: &str) -> bool {
    let title = own_title(title);
    TOTALS.contains(&title.as_str()) || COUNTS.iter().any(|count| title.ends_with(count))
}

/// Whether the counts of a row's states make its total; `None` where a row has none. A blank cell counts nothing.
fn adds_up(grid: &Grid, row: u32, states: &[u32], total: u32) -> Option<bool> {
    let cells = states.iter().filter_map(|column| grid.row_between(row, *column, *column).next());
    let counts: Vec<Option<f64>> = cells.map(|seen| count(&seen)).collect();
    if counts.is_empty() {
        return None;
    }
    let sum: Option<f64> = counts.into_iter().sum();
    let total = grid.row_between(row, total, total).next().and_then(|seen| count(&seen));
    let (Some(sum), Some(total)) = (sum, total) else { return Some(false) };
    Some(total > 0.0 && (total - sum).abs() < 1e-9)
}

/// The whole number in a cell; `None` where it holds something else.
fn count(seen: &Seen) -> Option<f64> {
    let number = match seen.cell.value {
        Value::Number(number) => Some(number),
        _ => seen.plain().trim_end_matches(['项', '个', '件']).parse().ok(),
    };
    number.filter(|number: &f64| number.fract() == 0.0 && *number >= 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_that_count_a_state() {
        for title in ["已完成", "推进中(项)", "滞后数", "其中›未启动"] {
            assert!(is_state(title), "{title}");
        }
        for title in ["任务数", "村名", "计划完成投资", "完成时限要求"] {
            assert!(!is_state(title), "{title}");
        }
    }
}
