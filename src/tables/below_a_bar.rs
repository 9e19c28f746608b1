//! Does a row head a table of villages, though few of its words are known, because the bar right above it names their task?
//!
//! ```text
//!  任务20:农村人居环境提升(镇领导 余文斌,单位:户)       │   │ 值班表
//!  名次 │ 村   │ 应整治户数 │ 已整治户数 │ 村里怎么说    │   │ 6月1日 吴志强
//!  1    │ 美岙 │ 77         │ 70         │ 还剩沿港一排  │   │ 6月2日 陈国平
//! ```
//!
//! Each task may have such a bar and a header in words of its own, with other columns than the next one.

use super::bands::names_table;
use super::grid::{Grid, Seen};
use super::layout::Knowledge;
use super::rows::REPORTED;
use super::text::{is_date, is_narrative, is_numeric, is_status_word, is_village, length};
use super::vocabulary::is_place;

/// Titles that such a header has at least.
const FEWEST_TITLES: usize = 3;
/// Longest of them, in characters.
const LONGEST_TITLE: usize = 12;
/// One in so many of its titles must be known.
const KNOWN_SHARE: usize = 3;
/// Longest bar, in characters.
const LONGEST_BAR: usize = 60;

/// The first and last column of such a header in a row; `None` where the row is none.
pub(super) fn columns(grid: &Grid, row: u32, knowledge: &Knowledge) -> Option<(u32, u32)> {
    let cells = grid.row(row);
    let first = cells.first()?;
    let bar = row.checked_sub(1).and_then(|above| grid.row(above).first().copied())?;
    let end = (1..cells.len()).find(|index| cells[*index].left() > cells[index - 1].right() + 1);
    let block = &cells[..end.unwrap_or(cells.len())];
    let last = block.last()?.right();
    // Nothing else stands over the block, and what stands beside the bar stands beside the block, too.
    let alone = grid.row_between(row - 1, first.left(), last).count() == 1 && bar.left() == first.left();
    let names_task = || {
        let text = bar.plain();
        length(text) <= LONGEST_BAR && (names_table(text) || knowledge.official.is_name(without_aside(text)))
    };
    if !alone || block.len() < FEWEST_TITLES || !block.iter().all(is_title) || !names_task() {
        return None;
    }
    let place = block.iter().find(|seen| is_place(&seen.cell.text))?;
    let meanings: Vec<_> = block.iter().filter_map(|seen| knowledge.vocabulary.meaning(&seen.cell.text)).collect();
    let told = meanings.iter().any(|meaning| meaning.fields.first().is_some_and(|field| REPORTED.contains(field)));
    let below: Vec<Seen> = grid.row_between(row + 1, first.left(), last).collect();
    let of_place = below.iter().find(|seen| seen.left() == place.left());
    // What a place is called in the first row, and a figure or a story of it.
    let named = of_place.is_some_and(|seen| {
        let text = seen.plain();
        is_village(text) || (2..=LONGEST_TITLE).contains(&length(text)) && !is_numeric(text) && !is_status_word(text)
    });
    let tells = |seen: &Seen| {
        let text = seen.plain();
        seen.left() > place.left() && (is_numeric(text) || is_narrative(text) || is_status_word(text))
    };
    let known = told && meanings.len() * KNOWN_SHARE >= block.len();
    (known && named && below.iter().any(tells)).then_some((first.left(), last))
}

/// Whether a cell could be a title: a short word over one column.
fn is_title(seen: &Seen) -> bool {
    let text = seen.plain();
    let value = is_numeric(text) || is_date(text) || is_village(text) && !is_place(text) || text.contains('。');
    (1..=LONGEST_TITLE).contains(&length(text)) && !value && seen.width() == 1
}

/// A bar without what is said in brackets behind the task: 农村人居环境提升(单位:户).
fn without_aside(text: &str) -> &str {
    text.split('(').next().unwrap_or(text)
}
