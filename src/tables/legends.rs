//! Does a small list stand on the right of a table, in the same rows, under titles in the table's own header row?
//!
//! ```text
//!  考核要点     │ 自评依据       │ 失分原因 │   │ 等次 │ 分数段   │ 挂钩
//!  重大项目建设 │ 完成1.45亿元。 │          │   │ 优秀 │ 95分以上 │ 奖励
//!  村级集体经济 │ 收入312万元。  │          │   │ 良好 │ 90—94.9  │ 奖励
//!  景区村创建   │ 完成规划。     │ 未动工   │
//! ```

use super::grid::Grid;
use super::header::Header;

/// Rows below the header that are looked at.
const ROWS_LOOKED_AT: usize = 200;
/// Columns that such a list has at least, and that the table on its left has.
const FEWEST_COLUMNS: usize = 2;
/// Rows that such a list has at least, and that the table goes on below it.
const FEWEST_ROWS: usize = 2;

/// A header without the titles of a list on its right, which is no table: its cells are kept as what stands beside. A list
/// is told by its shape: behind a blank column its first rows are full, and the others, in which the table goes on, are blank.
pub(super) fn without_legend(grid: &Grid, header: Header, below: &[u32]) -> Header {
    let is_gap = |pair: &[super::header::HeaderColumn]| pair[1].column > pair[0].column + 1;
    let Some(place) = header.columns.windows(2).rposition(is_gap).map(|place| place + 1) else { return header };
    let (table, list) = header.columns.split_at(place);
    let (Some(left), Some(right)) = (table.last(), list.first()) else { return header };
    let (edge, start, end) = (left.column, right.column, header.right());
    let rows: Vec<u32> = below.iter().copied().take(ROWS_LOOKED_AT).collect();
    let count = |row: u32, left: u32, right: u32| grid.row_between(row, left, right).count();
    let of_list: Vec<bool> = rows.iter().map(|row| count(*row, start, end) > 0).collect();
    let length = of_list.iter().rposition(|filled| *filled).map_or(0, |last| last + 1);
    let in_list = || rows[..length].iter().map(|row| count(*row, start, end)).filter(|cells| *cells > 0);
    let filled = in_list().count();
    // A second list may stand below the first one, parted by a blank row.
    let full = of_list.first() == Some(&true) && filled * 4 >= length * 3 && in_list().all(|cells| cells == list.len());
    let goes_on = rows[length..].iter().filter(|row| count(**row, header.left(), edge) >= 2).count();
    // Cells merged over the gap, or that stand in it, belong to the table.
    let apart = rows.iter().all(|row| {
        grid.row_between(*row, 0, start - 1)
            .all(|seen| seen.left() <= edge && (seen.right() < start || seen.left() == header.left()))
    });
    let enough = table.len() > FEWEST_COLUMNS && list.len() >= FEWEST_COLUMNS;
    if !(enough && full && apart && filled >= FEWEST_ROWS && goes_on >= FEWEST_ROWS) {
        return header;
    }
    Header { columns: table.to_vec(), ..header.clone() }
}
