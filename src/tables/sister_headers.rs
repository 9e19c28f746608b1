//! Which rows are headers in an office's own words, beside tables whose header is known: laid out as one of those, or below a
//! caption of their own?
//!
//! ```text
//!  编号 │ 阵地           │ 季末战果 │ 旗色   │ 尖兵        编号 │ 任务名称     │ 季末情况 │ 状态   │ 责任人
//!  1-1  │ 景区村创建     │ …        │ 推进中 │ 叶丽君      2-1  │ 和美乡村建设 │ …        │ 推进中 │ 郭晓
//! ```

use super::grid::{Grid, Seen};
use super::header::{Header, HeaderColumn};
use super::headerless::{contrasts, is_title_like, single_row};
use super::text::{is_status_word, length, plain};
use super::vocabulary::Vocabulary;

/// Titles that such a header must have.
const FEWEST_TITLES: usize = 4;
/// Rows below it whose cells are looked at.
const ROWS_LOOKED_AT: usize = 50;
/// So many rows of one sheet are compared with its headers; a long sheet has dozens of headers and thousands of rows.
const MOST_ROWS: usize = 2_000;

/// The known headers of a sheet with those that stand in the same columns and share a title with one of them, or below
/// which a table of its own begins.
pub(super) fn with_sisters(grid: &Grid, vocabulary: &Vocabulary, known: Vec<Header>) -> Vec<Header> {
    let models: Vec<&Header> = known.iter().filter(|header| is_model(header)).collect();
    if known.is_empty() {
        return known;
    }
    let free = |row: &u32| !known.iter().any(|header| (header.first_row()..=header.last_row()).contains(row));
    let rows: Vec<u32> = grid.used_rows().take(MOST_ROWS).filter(free).collect();
    let sister = |(index, row): (usize, &u32)| {
        let titles = grid.row(*row);
        let opens = || models.iter().any(|model| stands_as(titles, model)) || is_captioned(grid, *row, vocabulary);
        if titles.len() < FEWEST_TITLES || !titles.iter().all(is_title) || !opens() {
            return None;
        }
        let end = known.iter().map(Header::first_row).filter(|first| first > row).min().unwrap_or(u32::MAX);
        let below = rows[index + 1..].iter().copied().take_while(|below| *below < end);
        let below: Vec<u32> = below.filter(|below| grid.row(*below).len() >= 2).take(ROWS_LOOKED_AT).collect();
        (below.len() >= 2 && contrasts(grid, titles, &below)).then(|| single_row(titles, *row))
    };
    let sisters: Vec<Header> = rows.iter().enumerate().filter_map(sister).collect();
    let mut all: Vec<Header> = known.into_iter().chain(sisters).collect();
    all.sort_by_key(|header| (header.first_row(), header.left()));
    all
}

/// Whether other headers may be told by this one: it has one row, and each of its titles stands over one column.
fn is_model(header: &Header) -> bool {
    let single = header.columns.iter().all(|column| column.path.len() == 1);
    header.rows.len() == 1 && header.lines.is_empty() && single && header.columns.len() >= FEWEST_TITLES
}

/// Whether cells stand in the columns of a header, and one of them says the same.
fn stands_as(cells: &[Seen], header: &Header) -> bool {
    let mut pairs = cells.iter().zip(&header.columns);
    let same = |(seen, column): (&Seen, &HeaderColumn)| seen.plain() == plain(&column.title());
    cells.len() == header.columns.len()
        && cells.iter().zip(&header.columns).all(|(seen, column)| seen.left() == column.column && seen.width() == 1)
        && pairs.any(same)
}

/// Whether a row stands right below a caption alone in its row and names the task among its titles, all of them short words:
/// 乙 看过程的 over 软任务 │ 牵头 │ 协同 │ 工作实录.
fn is_captioned(grid: &Grid, row: u32, vocabulary: &Vocabulary) -> bool {
    const LONGEST: usize = 6;
    let caption = row.checked_sub(1).is_some_and(|above| grid.row(above).len() == 1);
    let fields = |seen: &Seen| vocabulary.meaning(&seen.cell.text).map(|meaning| meaning.fields).unwrap_or_default();
    let mut titles = grid.row(row).iter();
    caption
        && titles.clone().all(|seen| length(seen.plain()) <= LONGEST)
        && titles.any(|seen| fields(seen).iter().any(|field| field.names_task()))
}

/// Whether a cell could be a title in an office's own words.
fn is_title(seen: &Seen) -> bool {
    is_title_like(seen) && !is_status_word(seen.plain())
}
