//! Has each record several lines, each under titles of its own?
//!
//! ```text
//!  项 │ 任务名称 │ 年初目标 │ 年末数 │ 责任人
//!     │ 全年推进情况
//!     │ 主要问题            │ 明年打算
//!  1  │ 景区村   │ 2个      │ 2个    │ 叶青
//!     │ 两个村通过复核
//!     │ 无                  │ 申报金3A
//! ```

use super::grid::{Grid, Seen};
use super::text::{is_numeric, length, quoted};

/// Longest title of a further line, in characters.
const LONGEST_TITLE: usize = 16;
/// Lines below the first one that a record may have.
const MOST_FURTHER: usize = 3;
/// Records below the header that are looked at, and how many of them must have all lines.
const RECORDS_LOOKED_AT: usize = 10;
/// See [`RECORDS_LOOKED_AT`].
const FEWEST: usize = 2;

/// A title of such a line: first and last column, and what is written there.
pub(super) type LineTitle = (u32, u32, String);

/// The titles of the lines below the first one of each record, where a record has three lines or more: first and last
/// column of each, what is written there, and in how many rows they stand below the row of titles at `index`.
pub(super) fn further_lines(grid: &Grid, rows: &[u32], index: usize) -> Option<(usize, Vec<LineTitle>)> {
    (2..=MOST_FURTHER).rev().find_map(|count| {
        let lower = rows.get(index + 1..=index + count)?;
        let titles = lower.iter().flat_map(|row| grid.row(*row));
        let fits = lower.last() == Some(&(rows[index] + u32::try_from(count).ok()?))
            && are_titles_of_lines(grid, rows[index], lower)
            && go_in_lines(grid, grid.row(rows[index]).first()?.left(), lower);
        fits.then(|| (count, titles.map(|seen| (seen.left(), seen.right(), quoted(&seen.cell.text))).collect()))
    })
}

/// Whether rows below a row of titles hold titles, too, each over whole columns of it, none over the first one.
fn are_titles_of_lines(grid: &Grid, first: u32, lower: &[u32]) -> bool {
    let upper = grid.row(first);
    let Some(number) = upper.first() else { return false };
    let covered = |seen: &Seen| upper.iter().filter(|title| overlap(title, seen)).count();
    let is_title = |seen: &Seen| {
        let text = seen.plain();
        let whole = |title: &Seen| {
            seen.left() <= title.left() && title.right() <= seen.right() && title.region.last.row == first
        };
        seen.left() > number.right()
            && seen.region.first.row == seen.region.last.row
            && length(text) <= LONGEST_TITLE
            && !is_numeric(text)
            && !text.contains(['。', ';'])
            && upper.iter().filter(|title| overlap(title, seen)).all(whole)
            && covered(seen) >= 1
    };
    let titles = || lower.iter().flat_map(|row| grid.row(*row));
    upper.len() >= 3 && titles().all(is_title) && titles().any(|seen| covered(seen) >= 2)
}

/// Whether two cells stand over a common column.
const fn overlap(one: &Seen, other: &Seen) -> bool {
    one.left() <= other.right() && other.left() <= one.right()
}

/// Whether below the last title the rows go in groups: one with a cell in the first column, and below it a line for each
/// row of titles, with cells in the places of these titles.
fn go_in_lines(grid: &Grid, first_column: u32, lower: &[u32]) -> bool {
    let Some(last) = lower.last() else { return false };
    let most = RECORDS_LOOKED_AT * (lower.len() + 1);
    let body: Vec<u32> = grid.used_rows_between(last + 1, u32::MAX).take(most).collect();
    let opens = |row: u32| grid.row(row).first().is_some_and(|seen| seen.left() == first_column);
    let lies = |row: u32, titles: u32| {
        let of_titles = |seen: &Seen| {
            let mut titles = grid.row(titles).iter();
            titles.any(|title| (title.left(), title.right()) == (seen.left(), seen.right()))
        };
        !opens(row) && grid.row(row).iter().all(of_titles)
    };
    let records: Vec<usize> = (0..body.len()).filter(|place| opens(body[*place])).collect();
    let in_lines = |place: &&usize| {
        let below = body.get(*place + 1..=*place + lower.len());
        below.is_some_and(|below| below.iter().zip(lower).all(|(row, titles)| lies(*row, *titles)))
    };
    let whole = records.iter().filter(in_lines).count();
    whole >= FEWEST && whole * 4 >= records.len() * 3
}
