//! Do several small tables stand beside and below each other, in bands of columns that a blank column parts?
//!
//! ```text
//!  附表1 农村养老服务         │   │ 附表2 自建房整治
//!  编号 │ 名称   │ 开展情况   │   │ 编号 │ 村     │ 已整治
//!   1   │ …      │ …          │   │  1   │ …      │ …
//!  附表3 农村公路             │   │  2   │ …      │ …
//!  编号 │ 项目   │ 完成投资   │   │ 附表4 素质培训
//! ```

use super::grid::{Grid, Seen};
use super::header::Header;
use super::text::{is_numeric, is_status_word, length};
use super::vocabulary::{Recognised, Vocabulary};

/// A band has so many columns at least.
const NARROWEST: u32 = 3;
/// A sheet has at most so many bands.
const MOST_BANDS: usize = 6;
/// Columns beyond which no bands are looked for.
const LAST_COLUMN: u32 = 128;
/// Longest title below a caption, in characters.
const LONGEST_TITLE: usize = 12;

/// The bands of a sheet, first and last column of each; none where no blank column parts them. What stands alone in its
/// row (a title over the whole sheet) belongs to none.
pub(super) fn bands(grid: &Grid) -> Vec<(u32, u32)> {
    bands_of_width(grid, NARROWEST)
}

/// The same of bands that have at least so many columns.
pub(super) fn bands_of_width(grid: &Grid, narrowest: u32) -> Vec<(u32, u32)> {
    if has_full_row(grid) {
        return Vec::new();
    }
    let mut used: Vec<bool> = Vec::new();
    for row in grid.used_rows().filter(|row| grid.row(*row).len() >= 2) {
        for seen in grid.row(row).iter().filter(|seen| seen.right() <= LAST_COLUMN) {
            let last = seen.right() as usize;
            used.resize(used.len().max(last + 1), false);
            used[seen.left() as usize..=last].fill(true);
        }
    }
    let mut bands: Vec<(u32, u32)> = Vec::new();
    for column in (0u32..).zip(&used).filter(|(_, used)| **used).map(|(column, _)| column) {
        match bands.last_mut() {
            Some((_, last)) if *last + 1 == column => *last = column,
            _ => bands.push((column, column)),
        }
    }
    let wide = bands.iter().all(|(left, right)| right - left + 1 >= narrowest);
    if wide && (2..=MOST_BANDS).contains(&bands.len()) { bands } else { Vec::new() }
}

/// Whether a row, as that of a header mostly is, fills all columns of the sheet, so that no blank one parts them.
fn has_full_row(grid: &Grid) -> bool {
    let Some(extent) = grid.sheet.extent().filter(|extent| extent.last.column <= LAST_COLUMN) else { return false };
    let (first, last) = (extent.first.column, extent.last.column);
    let is_full = |cells: &[Seen]| {
        let ends = cells.first().zip(cells.last());
        ends.is_some_and(|(left, right)| left.left() == first && right.right() == last)
            && cells.windows(2).all(|pair| pair[0].right() + 1 == pair[1].left())
    };
    grid.used_rows().map(|row| grid.row(row)).any(|cells| cells.len() >= 2 && is_full(cells))
}

/// Whether headers stand in several bands, and not only side by side.
pub(super) fn are_staggered(headers: &[Header]) -> bool {
    let beside = |one: &Header, other: &Header| one.right() < other.left();
    let pairs = || headers.iter().flat_map(|one| headers.iter().map(move |other| (one, other)));
    pairs().any(|(one, other)| beside(one, other))
        && pairs().any(|(one, other)| beside(one, other) && one.first_row() != other.first_row())
}

/// Whether short texts below a caption that names a table (附表4 农民素质培训) are its titles: the first of them is known, so is
/// another one, and none is a figure or a state.
pub(super) fn is_captioned(above: &[Seen], cells: &[Seen], vocabulary: &Vocabulary) -> bool {
    let [caption] = above else { return false };
    if !names_table(caption.plain()) || cells.len() < NARROWEST as usize {
        return false;
    }
    let title = |seen: &Seen| {
        let text = seen.plain();
        length(text) <= LONGEST_TITLE && !is_numeric(text) && !is_status_word(text)
    };
    let meanings: Vec<_> = cells.iter().map(|seen| vocabulary.meaning(&seen.cell.text)).collect();
    let opens = meanings[0].as_ref().is_some_and(|meaning| meaning.by != Recognised::Part);
    // 已整治 is a state, but as a title that we know.
    let titled = cells.iter().zip(&meanings).all(|(seen, meaning)| title(seen) || meaning.is_some());
    opens && titled && meanings.iter().flatten().count() >= 2
}

/// Whether a text names a table by its number: 附表4 农民素质培训, 表二:公路, 任务三、海塘.
pub(crate) fn names_table(text: &str) -> bool {
    ["附表", "附件", "子表", "分表", "表", "任务", "事项", "专项"].iter().any(|word| {
        let Some(rest) = text.strip_prefix(word) else { return false };
        let name = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
        name.len() < rest.len() && length(name.trim_start_matches([':', '、', '.', '-'])) >= 2
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_that_name_a_table() {
        for text in ["附表4农民素质培训", "表二:公路", "任务3、海塘加固"] {
            assert!(names_table(text), "{text}");
        }
        for text in ["附表", "表现良好的村", "附表1", "农村公路"] {
            assert!(!names_table(text), "{text}");
        }
    }
}
