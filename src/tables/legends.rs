//! Does a small list stand on the right of a table, in the same rows, under titles in the table's own header row?
//!
//! ```text
//!  考核要点     │ 自评依据       │ 失分原因 │   │ 等次 │ 分数段   │ 挂钩
//!  重大项目建设 │ 完成1.45亿元。 │          │   │ 优秀 │ 95分以上 │ 奖励
//!  村级集体经济 │ 收入312万元。  │          │   │ 良好 │ 90—94.9  │ 奖励
//!  景区村创建   │ 完成规划。     │ 未动工   │
//! ```

use super::grid::Grid;
use super::header::{Header, HeaderColumn};
use super::text::length;
use super::vocabulary::Vocabulary;

/// Rows below the header that are looked at.
const ROWS_LOOKED_AT: usize = 200;
/// Columns that such a list has at least, and that the table on its left has.
const FEWEST_COLUMNS: usize = 2;
/// Rows that such a list has at least, and that the table goes on below it.
const FEWEST_ROWS: usize = 2;

/// A header without the titles of a list on its right, and those as a header of their own, which is none of a report (see
/// [`names_no_task`]). A list is told by its shape: behind a blank column its first rows are full, and the others, in which
/// the table goes on, are blank.
pub(super) fn without_legend(grid: &Grid, header: Header, below: &[u32]) -> Vec<Header> {
    let is_gap = |pair: &[HeaderColumn]| pair[1].column > pair[0].column + 1;
    let Some(place) = header.columns.windows(2).rposition(is_gap).map(|place| place + 1) else { return vec![header] };
    let (table, list) = header.columns.split_at(place);
    if !has_the_shape(grid, table, list, below) {
        return vec![header];
    }
    let part = |columns: &[HeaderColumn]| Header { columns: columns.to_vec(), ..header.clone() };
    vec![part(table), part(list)]
}

/// Whether the rows below the columns of a table and of a list have the shape of these.
fn has_the_shape(grid: &Grid, table: &[HeaderColumn], list: &[HeaderColumn], below: &[u32]) -> bool {
    let (Some(first), Some(edge)) = (table.first(), table.last()) else { return false };
    let (Some(start), Some(end)) = (list.first(), list.last()) else { return false };
    let (left, edge, start, end) = (first.column, edge.column, start.column, end.column);
    let rows: Vec<u32> = below.iter().copied().take(ROWS_LOOKED_AT).collect();
    let count = |row: u32, left: u32, right: u32| grid.row_between(row, left, right).count();
    let of_list: Vec<bool> = rows.iter().map(|row| count(*row, start, end) > 0).collect();
    let length = of_list.iter().rposition(|filled| *filled).map_or(0, |last| last + 1);
    let in_list = || rows[..length].iter().map(|row| count(*row, start, end)).filter(|cells| *cells > 0);
    let filled = in_list().count();
    // A second list may stand below the first one, parted by a blank row.
    let full = of_list.first() == Some(&true) && filled * 4 >= length * 3 && in_list().all(|cells| cells == list.len());
    let goes_on = rows[length..].iter().filter(|row| count(**row, left, edge) >= 2).count();
    // Cells merged over the gap, or that stand in it, belong to the table.
    let apart = rows.iter().all(|row| {
        let mut cells = grid.row_between(*row, 0, start - 1);
        cells.all(|seen| seen.left() <= edge && (seen.right() < start || seen.left() == left))
    });
    let enough = table.len() > FEWEST_COLUMNS && list.len() >= FEWEST_COLUMNS;
    enough && full && apart && filled >= FEWEST_ROWS && goes_on >= FEWEST_ROWS
}

/// Whether a header right of another one in the same rows has no title that speaks of tasks, and stands over a list to look
/// things up in.
pub(super) fn names_no_task(grid: &Grid, headers: &[Header], index: usize, vocabulary: &Vocabulary) -> bool {
    let header = &headers[index];
    let beside = |left: &Header| left.rows == header.rows && !left.rows.is_empty() && left.right() < header.left();
    let of_task = |column: &HeaderColumn| {
        let meaning = column.path.last().and_then(|title| vocabulary.meaning(title));
        meaning.is_some_and(|meaning| meaning.fields.iter().any(|field| field.names_task()))
    };
    let reports = |header: &Header| header.columns.iter().any(of_task);
    let mut before = headers[..index].iter().filter(|left| beside(left)).peekable();
    // Few headers have another beside them.
    if before.peek().is_none() || reports(header) {
        return false;
    }
    let below: Vec<u32> = grid.used_rows().filter(|row| *row > header.last_row()).collect();
    before.any(|left| reports(left) && has_the_shape(grid, &left.columns, &header.columns, &below))
}

/// Whether the texts of a row explain marks or short words that the table uses: 图例 │ 绿=正常 │ 黄=偏慢 │ 红=滞后, also each mark in a
/// cell of its own behind 图例.
pub(super) fn explains_marks(texts: &[&str]) -> bool {
    const LONGEST_MARK: usize = 6;
    const LONGEST_MEANING: usize = 12;
    let [first, others @ ..] = texts else { return false };
    let first = first.trim_matches(['(', ')', '【', '】', '[', ']', ':', '*']);
    let legend = matches!(first, "图例" | "图示" | "图例说明" | "颜色说明" | "符号说明" | "图标说明" | "标识说明");
    let announced = legend || matches!(first, "注" | "说明" | "备注" | "标识" | "颜色" | "符号" | "代码说明");
    let explained = |text: &&str| {
        let parts = text.split_once(['=', ':']).or_else(|| text.split_once("表示")).or_else(|| text.split_once('为'));
        parts.is_some_and(|(mark, meaning)| {
            (1..=LONGEST_MARK).contains(&length(mark)) && (1..=LONGEST_MEANING).contains(&length(meaning))
        })
    };
    let short = |text: &&str| length(text) <= LONGEST_MEANING;
    let enough = others.len() >= 2;
    enough && (announced && others.iter().all(explained) || legend && others.iter().all(short))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_explain_marks() {
        let explains = |line: &str| explains_marks(&line.split(' ').collect::<Vec<_>>());
        for line in
            ["图例 绿=正常 黄=偏慢 红=滞后", "注: ▲:新增 ★:重点", "图例 ● 正常 ▲ 滞后", "颜色 绿表示正常 红表示滞后"]
        {
            assert!(explains(line), "{line}");
        }
        for line in ["图例", "备注 已完成 3个", "图例设计 绿=正常 红=滞后", "说明 推进中 农办"]
        {
            assert!(!explains(line), "{line}");
        }
    }
}
