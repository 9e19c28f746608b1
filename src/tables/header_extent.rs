//! Which rows above and below its fullest one belong to a header?

use super::grid::{Grid, Seen};
use super::header_rows::{counts_columns, names_units, titles_of_two_lines};
use super::header_series::is_year_below;
use super::outside::{is_bare_label, is_caption, is_page_mark, is_title};
use super::text::{has_section_mark, is_date, is_numeric, is_status_word, is_village, length};
use super::vocabulary::{Recognised, Vocabulary};
use crate::list::Field;

/// Longest text of a cell in the second or third row of a header.
const LONGEST_SUBTITLE: usize = 16;
/// A header has at most so many rows above or below its fullest one.
const MOST_HEADER_ROWS: usize = 4;
/// Longest title, in characters, over several columns that have the same titles as others beside them: the name of a task.
const LONGEST_OVER_SAME: usize = 30;

/// The position among `rows` of the first row of the header whose fullest row is at `index`; `free` is the first row
/// that no earlier header has.
pub(super) fn first_row(grid: &Grid, vocabulary: &Vocabulary, rows: &[u32], index: usize, free: usize) -> usize {
    let mut top = index;
    while top > free && index - top < MOST_HEADER_ROWS && rows[top - 1] + 1 == rows[top] {
        let above = grid.row(rows[top - 1]);
        let below = grid.row(rows[top]);
        if !is_above(above, below, rows[top], vocabulary) {
            break;
        }
        top -= 1;
    }
    top
}

/// Whether a row stands over a header row as its upper part: it reaches into it through merged cells, or groups its
/// columns, or names the columns that the header row leaves blank. A line of captions does none of it.
fn is_above(above: &[Seen], below: &[Seen], below_row: u32, vocabulary: &Vocabulary) -> bool {
    let Some((first, last)) = below.first().zip(below.last()) else { return false };
    let same_below = stand_over_same_titles(above, below);
    let short = above.iter().all(|seen| {
        let text = seen.plain();
        let longest = if same_below && seen.width() >= 2 { LONGEST_OVER_SAME } else { LONGEST_SUBTITLE };
        length(text) <= longest && !text.contains([':', ';', '。'])
    });
    let captions = is_line_of_captions(above, below_row);
    if captions || are_titles_of_blocks(above, below) || is_of_the_page(above, first, below_row) {
        return false;
    }
    let known = above.iter().filter(|seen| vocabulary.meaning(&seen.cell.text).is_some()).count();
    let whole = last.right() - first.left() + 1;
    let reaches_down = above.iter().any(|seen| seen.region.last.row >= below_row && seen.width() < whole);
    let groups = above.iter().any(|seen| seen.width() >= 2 && seen.width() < whole);
    let beside = above.iter().any(|seen| {
        let uncovered = !below.iter().any(|cell| cell.left() <= seen.left() && seen.left() <= cell.right());
        uncovered && vocabulary.meaning(&seen.cell.text).is_some_and(|meaning| meaning.by == Recognised::Word)
    });
    // 序号 │ 任务名称 merged down, and each township over its two columns.
    let down = |seen: &Seen| seen.region.last.row >= below_row;
    let enough = known >= 2 || same_below;
    let grouped = || enough && above.iter().all(|seen| down(seen) || seen.width() >= 2 && seen.width() < whole);
    let known = known * 2 >= above.len() || reaches_down && grouped() || divide_columns(above, below);
    short && above.len() >= 2 && known && (reaches_down || groups || beside)
}

/// Whether a row holds labels of the whole form with their values beside them, each merged over some columns:
/// 填报乡镇(街道) │ 鹿西乡 │ 填报人 │ 方晓.
fn is_line_of_captions(above: &[Seen], below_row: u32) -> bool {
    let texts: Vec<&str> = above.iter().map(Seen::plain).collect();
    let labels: Vec<bool> = texts.iter().map(|text| is_bare_label(text)).collect();
    let whose = texts.first().is_some_and(|text| is_caption(text) && is_bare_label(text));
    let valued = labels.windows(2).filter(|pair| pair[0] && !pair[1]).count();
    whose && valued >= 2 && above.iter().all(|seen| seen.region.last.row < below_row)
}

/// Whether a row tells the time of the whole page or counts it, though its cells are merged over the columns: 2024年6月份
/// over number and task, 第1页 共3页 on the right. The task that stands below is of no time.
fn is_of_the_page(above: &[Seen], first_below: &Seen, below_row: u32) -> bool {
    let ends_above = above.iter().all(|seen| seen.region.last.row < below_row);
    let texts: Vec<&str> = above.iter().map(Seen::plain).collect();
    let over_first = above.first().is_some_and(|seen| seen.left() <= first_below.left() && seen.width() >= 2);
    let dated = texts.first().is_some_and(|text| {
        let inner = text.trim_matches(['(', ')', '[', ']', '【', '】']).trim_end_matches('份');
        inner.contains('年') && inner.contains(['月', '季', '半']) && is_date(inner)
    });
    ends_above && (over_first && dated || texts.iter().any(|text| is_page_mark(text)))
}

/// Whether each cell of a row stands over all columns of one block, with blank columns between the blocks: the titles
/// of tables side by side.
pub(super) fn are_titles_of_blocks(above: &[Seen], below: &[Seen]) -> bool {
    let blocks = blocks(below);
    let covers = |seen: &Seen, block: &(u32, u32)| seen.left() <= block.0 && block.1 <= seen.right();
    blocks.len() >= 2
        && above.len() == blocks.len()
        && above.iter().zip(&blocks).all(|(seen, block)| covers(seen, block) && block.0 < block.1)
}

/// Columns without a gap between them, first and last, from left to right.
fn blocks(cells: &[Seen]) -> Vec<(u32, u32)> {
    let mut blocks: Vec<(u32, u32)> = Vec::new();
    for seen in cells {
        match blocks.last_mut() {
            Some((_, last)) if seen.left() <= *last + 1 => *last = seen.right(),
            _ => blocks.push((seen.left(), seen.right())),
        }
    }
    blocks
}

/// Whether the cells of a row divide all columns of the header row below among them, each over several: 区专班评定 │
/// 街道自评. Captions and titles over a table do not.
fn divide_columns(above: &[Seen], below: &[Seen]) -> bool {
    let longest = if stand_over_same_titles(above, below) { LONGEST_OVER_SAME } else { 10 };
    let groups = above.iter().all(|seen| {
        let text = seen.plain();
        let other = is_caption(text) || is_title(text) || text.contains(|c: char| c.is_ascii_digit());
        seen.width() >= 2 && length(text) <= longest && !other
    });
    let covered = |seen: &Seen| above.iter().any(|group| group.left() <= seen.left() && seen.right() <= group.right());
    above.len() >= 2 && groups && below.iter().all(covered)
}

/// Whether a row groups the columns of the header row below, and most groups have a title in common, but for its unit: each
/// task over 目标(处), 完成(处), 进展情况. Groups so told may have any names.
fn stand_over_same_titles(above: &[Seen], below: &[Seen]) -> bool {
    let bare = |seen: &Seen| seen.plain().split('(').next().unwrap_or_default().to_owned();
    let wide = above.iter().filter(|seen| seen.width() >= 2);
    let groups: Vec<Vec<String>> = wide
        .map(|group| {
            let within = |seen: &&Seen| group.left() <= seen.left() && seen.right() <= group.right();
            below.iter().filter(within).map(bare).collect()
        })
        .collect();
    let most = |title: &String| groups.iter().filter(|titles| titles.contains(title)).count() * 2 > groups.len();
    groups.len() >= 2
        && groups.iter().all(|titles| titles.len() >= 2)
        && groups.iter().flatten().any(|title| !title.is_empty() && most(title))
}

/// The position among `rows` of the last row of the header whose fullest row is at `index`.
pub(super) fn last_row(grid: &Grid, vocabulary: &Vocabulary, rows: &[u32], index: usize) -> usize {
    let mut bottom = index;
    while bottom + 1 < rows.len() && bottom - index < MOST_HEADER_ROWS && rows[bottom + 1] == rows[bottom] + 1 {
        let next = rows[bottom + 1];
        let upper: Vec<Seen> = (index..=bottom).flat_map(|at| grid.row(rows[at])).copied().collect();
        let below = grid.row(next);
        let belongs = is_below(below, &upper, next, vocabulary)
            || counts_columns(below, &upper)
            || names_units(below, &upper)
            || bottom == index && !titles_of_two_lines(grid, &[rows[index], next], vocabulary).is_empty();
        if !belongs {
            break;
        }
        bottom += 1;
    }
    bottom
}

/// Whether a row is a further row of a header: titles under a merged or wide title, and nothing under the others.
pub(super) fn is_below(cells: &[Seen], upper: &[Seen], row: u32, vocabulary: &Vocabulary) -> bool {
    let titles = cells.iter().all(|seen| {
        let text = seen.plain();
        let known = || vocabulary.meaning(&seen.cell.text).is_some();
        let as_deep = || upper.iter().any(|title| title.region.last.row >= seen.region.last.row);
        let single = seen.region.last.row == row || as_deep() || known();
        // 14周 counts as 14个 does, but is a title.
        // 2022 below 历年实绩, 2024-03-31 below 25%, while other titles are merged down beside them.
        let merged_down = || upper.iter().any(|title| title.region.last.row >= row);
        let time = || is_date(text) && length(text) > 4 || is_year_below(seen, upper);
        let counts = is_numeric(text) && !(text.ends_with('周') && known()) && !(merged_down() && time());
        length(text) <= LONGEST_SUBTITLE && !counts && single
    });
    // 一、发展目标 over the whole table is a heading, whatever stands beside it.
    let heads = cells.first().is_some_and(|first| {
        let over = upper.iter().filter(|title| first.left() <= title.left() && title.right() <= first.right()).count();
        has_section_mark(first.plain()) && over >= 2 && over * 2 > upper.len()
    });
    // 下社村 │ 推进中 │ … where no title stands over the village is the first record.
    let of_village = cells.first().is_some_and(|first| {
        let under_title = upper.iter().any(|title| title.left() <= first.left() && first.left() <= title.right());
        !under_title && is_village(first.plain())
    });
    let told = || cells.iter().any(|seen| is_status_word(seen.plain()));
    if cells.is_empty() || !titles || heads || of_village && told() {
        return false;
    }
    if upper.iter().any(|seen| seen.region.last.row >= row) {
        return true;
    }
    let above =
        |seen: &Seen| upper.iter().rev().find(|title| title.left() <= seen.left() && seen.left() <= title.right());
    let under_wide = cells.iter().filter(|seen| above(seen).is_none_or(|title| title.width() >= 2)).count();
    let known = cells.iter().filter(|seen| vocabulary.meaning(&seen.cell.text).is_some()).count();
    let opens_row = cells.iter().any(|seen| {
        let opening = [Field::Number, Field::Name, Field::Content];
        let title = above(seen).filter(|title| title.width() == 1);
        let title = title.and_then(|title| vocabulary.meaning(&title.cell.text));
        title.is_some_and(|meaning| meaning.fields.first().is_some_and(|field| opening.contains(field)))
    });
    let hangs_together = under_wide >= 1 && cells.len() >= 2 || known == cells.len() && known >= 2;
    !opens_row && known * 2 >= cells.len() && hangs_together
}
