//! Which rows of a sheet are the header of a table, and what is written over each column?

use std::borrow::Cow;

use super::bands::{are_staggered, bands, is_captioned};
use super::below_a_bar;
use super::grid::{Grid, Seen};
use super::header_columns::columns;
use super::header_extent::{are_titles_of_blocks, first_row, is_below, last_row};
use super::header_rows::{is_of_contacts, second_lines, titles_of_two_lines};
use super::header_series::beside_series;
use super::layout::Knowledge;
use super::legends::without_legend;
use super::lines_of_records::further_lines;
use super::questions::is_exported;
use super::rows::REPORTED;
use super::sister_headers::with_sisters;
use super::text::{is_numeric, is_percentage, is_status_word, length, plain};
use super::vocabulary::{Meaning, Recognised, Vocabulary};
use crate::list::Field;
use crate::location::CellRef;
use crate::numeral::circled;
use crate::workbooks::Value;

/// Longest text of a header cell, in characters; explanations in brackets make titles long.
const LONGEST_HEADER_CELL: usize = 40;
/// Longest title, in characters, that does not explain itself.
const LONGEST_BARE_TITLE: usize = 6;
/// A header has at most so many titles; real forms have up to forty.
pub(super) const MOST_COLUMNS: usize = 256;
/// At most so many tables are looked for on one sheet. Real sheets hold one to ten, with headers repeated on each
/// printed page some dozens.
const MOST_TABLES: usize = 512;

/// So many questions of a form on the web make a header.
const FEWEST_QUESTIONS: usize = 3;

/// So many titles that come again in one row begin a table of their own.
const SAME_TITLES: usize = 3;

/// A header: where it stands, and the titles over its columns.
#[derive(Debug, Clone, Default)]
pub(crate) struct Header {
    /// Rows of the header, ascending; empty where the table has none.
    pub(crate) rows: Vec<u32>,
    /// Titles from left to right; a column without a title is not among them.
    pub(crate) columns: Vec<HeaderColumn>,
    /// Titles of the second line of each record: first and last column, and what is written there.
    pub(crate) lines: Vec<(u32, u32, String)>,
}

/// What is written over one column.
#[derive(Debug, Clone)]
pub(crate) struct HeaderColumn {
    /// Zero-based column.
    pub(crate) column: u32,
    /// Texts from top to bottom.
    pub(crate) path: Vec<String>,
    /// The lowest title's cell.
    pub(crate) at: CellRef,
}

impl Header {
    /// First titled column.
    pub(crate) fn left(&self) -> u32 {
        self.columns.first().map_or(0, |column| column.column)
    }

    /// Whether cells lie where the titles of a second line stand, all of them.
    pub(super) fn is_second_line(&self, cells: &[Seen]) -> bool {
        let lies =
            |seen: &Seen| self.lines.iter().any(|(left, right, _)| (*left, *right) == (seen.left(), seen.right()));
        !self.lines.is_empty() && cells.iter().all(lies)
    }

    /// Last titled column.
    pub(crate) fn right(&self) -> u32 {
        self.columns.last().map_or(0, |column| column.column)
    }

    /// First row of the header.
    pub(crate) fn first_row(&self) -> u32 {
        self.rows.first().copied().unwrap_or(0)
    }

    /// Last row of the header.
    pub(crate) fn last_row(&self) -> u32 {
        self.rows.last().copied().unwrap_or(0)
    }
}

impl HeaderColumn {
    /// The title as a person would say it: texts joined by `›`.
    pub(crate) fn title(&self) -> String {
        self.path.join("›")
    }
}

/// All headers of a sheet that are known by their words, from top to bottom, left to right.
pub(crate) fn find(grid: &Grid, knowledge: &Knowledge) -> Vec<Header> {
    let vocabulary = &knowledge.vocabulary;
    let whole = find_in(grid, knowledge, false);
    let mut of_bands: Vec<Header> = Vec::new();
    for (left, right) in bands(grid) {
        of_bands.extend(find_in(&grid.of_columns(left, right), knowledge, true));
    }
    if of_bands.len() <= whole.len() || !are_staggered(&of_bands) {
        return with_sisters(grid, vocabulary, whole);
    }
    of_bands.sort_by_key(|header| (header.first_row(), header.left()));
    of_bands
}

/// The headers of a sheet, or of a band of its columns (`banded`), in which a table may be named by its caption alone.
fn find_in(grid: &Grid, knowledge: &Knowledge, banded: bool) -> Vec<Header> {
    let vocabulary = &knowledge.vocabulary;
    let rows: Vec<u32> = grid.used_rows().collect();
    let mut headers = Vec::new();
    let (mut index, mut free) = (0, 0);
    while index < rows.len() && headers.len() < MOST_TABLES {
        let captioned = || {
            banded && index > free && {
                let caption = rows[index] - 1 == rows[index - 1];
                caption && is_captioned(grid.row(rows[index - 1]), grid.row(rows[index]), vocabulary)
            }
        };
        let cells = grid.row(rows[index]);
        let begins_anew = || !headers.is_empty() && counts_from_one(grid, &rows, index, vocabulary);
        if !is_header(cells, vocabulary) && !is_of_contacts(cells) && !captioned() && !begins_anew() {
            if let Some((left, right)) = below_a_bar::columns(grid, rows[index], knowledge) {
                let row = [rows[index]];
                let columns = columns(&grid.of_columns(left, right), &row);
                headers.push(Header { rows: row.to_vec(), columns, ..Header::default() });
                free = index + 1;
            }
            index += 1;
            continue;
        }
        let top = first_row(grid, vocabulary, &rows, index, free);
        let further = further_lines(grid, &rows, index);
        let bottom = match &further {
            Some((count, _)) => index + count,
            None => last_row(grid, vocabulary, &rows, index),
        };
        let titled_apart = top.checked_sub(1).is_some_and(|above| {
            rows[above] + 1 == rows[top] && are_titles_of_blocks(grid.row(rows[above]), grid.row(rows[index]))
        });
        let of_two_lines = titles_of_two_lines(grid, &rows[top..=bottom], vocabulary);
        let (titled, lines) = match further {
            Some((_, lines)) => (&rows[top..=index], lines),
            None if of_two_lines.is_empty() => (&rows[top..=bottom], second_lines(grid, &rows[top..=bottom])),
            None => (&rows[top..bottom], of_two_lines),
        };
        let columns = columns(grid, titled);
        let of_row = split(columns, &rows[top..=bottom], vocabulary, titled_apart);
        let of_row = with_own_last_rows(grid, of_row, &rows, bottom, vocabulary);
        let of_row = of_row.into_iter().flat_map(|header| without_legend(grid, header, &rows[bottom + 1..]));
        headers.extend(of_row.map(|header| Header { lines: lines.clone(), ..header }));
        index = bottom + 1;
        free = index;
    }
    headers
}

/// Whether the cells of a row are column titles: two known ones at least, known ones in the majority, and no figures.
fn is_header(cells: &[Seen], vocabulary: &Vocabulary) -> bool {
    are_titles(cells, vocabulary)
        || beside_series(cells).is_some_and(|others| names_task(&others, vocabulary) && are_titles(&others, vocabulary))
}

/// Whether a title that surely asks for the task is among some cells.
fn names_task(cells: &[Seen], vocabulary: &Vocabulary) -> bool {
    let sure = |seen: &Seen| vocabulary.meaning(&seen.cell.text).filter(|meaning| meaning.by != Recognised::Part);
    cells.iter().filter_map(sure).any(|meaning| meaning.fields.first().is_some_and(|field| field.names_task()))
}

/// The plain text of a cell without the mark before it: made plain, ① would be a 1.
fn without_mark<'s>(seen: &Seen<'s>) -> Cow<'s, str> {
    let text = seen.cell.text.trim_start();
    let unmarked = text.trim_start_matches(|c| circled(c).is_some());
    if unmarked.len() < text.len() { plain(unmarked).into() } else { seen.plain().into() }
}

/// See [`is_header`]; years, shares and days in a row, which look like figures, are left out.
fn are_titles(cells: &[Seen], vocabulary: &Vocabulary) -> bool {
    let too_long = |seen: &Seen| seen.cell.text.len() > 4 * 4 * LONGEST_HEADER_CELL;
    let figures = |seen: &Seen| matches!(seen.cell.value, Value::Number(_) | Value::Date(_));
    if !(2..=MOST_COLUMNS).contains(&cells.len()) || cells.iter().any(|seen| too_long(seen) || figures(seen)) {
        return false;
    }
    let mut texts: Vec<Cow<str>> = Vec::with_capacity(cells.len());
    for text in cells.iter().map(without_mark) {
        if length(&text) > LONGEST_HEADER_CELL && !is_exported(&text) {
            return false;
        }
        texts.push(text);
    }
    // 出水达标率 │ 98% │ % │ 98.6% │ 已完成 is an indicator, however much its cells sound like titles.
    if texts.iter().any(|text| is_percentage(text)) {
        return false;
    }
    // 2025目标 and 4月 begin with a number as 14个 does, but are titles.
    let known = |seen: &Seen| vocabulary.meaning(&seen.cell.text).is_some();
    if texts.iter().zip(cells).any(|(text, seen)| is_numeric(text) && !known(seen)) {
        return false;
    }
    // Titles of a form on the web are questions; other questions of it may be about anything.
    let exported = texts.iter().filter(|text| is_exported(text)).count();
    let of_form = are_numbered(cells) || exported >= FEWEST_QUESTIONS && exported * 2 >= cells.len();
    // Of all other headers half of the titles are known, or more.
    let most_unknown = if of_form { cells.len() } else { cells.len() / 2 };
    let Some(meanings) = meanings(cells, most_unknown, vocabulary) else { return false };
    let mut sure: Vec<Option<Field>> = Vec::new();
    let mut known = 0;
    for meaning in meanings.iter().flatten() {
        known += 1;
        let first = meaning.fields.first().copied();
        if meaning.by != Recognised::Part && !sure.contains(&first) {
            sure.push(first);
        }
    }
    let fields = sure.iter().flatten().count();
    let majority = known * 2 >= cells.len() && (fields >= 3 || known * 3 >= cells.len() * 2);
    // 情况如何 │ 做到几成 │ 归口 │ 任务: one sure word is enough where nearly all sound like titles and none is a value.
    let names = sure.iter().flatten().any(|field| matches!(field, Field::Name | Field::Content));
    let title_like = |text: &Cow<str>| length(text) <= LONGEST_BARE_TITLE && !is_status_word(text);
    let all_sound_so = cells.len() >= 4 && known * 4 >= cells.len() * 3 && texts.iter().all(title_like);
    // 事项名称 │ 本季度做了什么、做到什么程度 │ 进度自评: the others all ask for what is told of a task.
    let others_ask = || {
        let first = |meaning: &Meaning| meaning.fields.first().copied();
        let asks = |meaning: &&Meaning| first(meaning).is_some_and(|field| REPORTED.contains(&field));
        let asking = meanings.iter().flatten().filter(asks).count();
        cells.len() >= 3 && asking + 1 == cells.len() && !texts.iter().any(|text| is_status_word(text))
    };
    fields >= 2 && majority || names && (all_sound_so || others_ask()) || known >= 3 && of_form
}

/// What the texts of cells mean as titles; `None` where more of them are unknown than may be, of which no more are asked.
fn meanings(cells: &[Seen], most_unknown: usize, vocabulary: &Vocabulary) -> Option<Vec<Option<Meaning>>> {
    let mut meanings = Vec::with_capacity(cells.len());
    let mut unknown = 0;
    for seen in cells {
        let meaning = vocabulary.meaning(&seen.cell.text);
        unknown += usize::from(meaning.is_none());
        if unknown > most_unknown {
            return None;
        }
        meanings.push(meaning);
    }
    Some(meanings)
}

/// Whether a row of short words below another table opens a numbering of its own: 序号 over 1, whatever its other titles say.
///
/// ```text
///  序号 │ 自选工作             │ 牵头领导 │ 亮点做法
///  ①   │ 石厝民宿夜间降噪公约 │ 苏伟     │ 23家民宿签约。
/// ```
fn counts_from_one(grid: &Grid, rows: &[u32], index: usize, vocabulary: &Vocabulary) -> bool {
    let cells = grid.row(rows[index]);
    let [number, others @ ..] = cells else { return false };
    let title_like = |seen: &Seen| {
        let text = seen.plain();
        length(text) <= LONGEST_BARE_TITLE && !is_numeric(text) && !is_status_word(text)
    };
    let numbers = || {
        let meaning = vocabulary.meaning(&number.cell.text);
        meaning.is_some_and(|meaning| meaning.by == Recognised::Word && meaning.fields == [Field::Number])
    };
    let known = || others.iter().any(|seen| vocabulary.meaning(&seen.cell.text).is_some());
    let next = rows.get(index + 1).filter(|next| **next == rows[index] + 1);
    let first = next.and_then(|next| grid.row(*next).first()).filter(|first| first.left() == number.left());
    let one = |text: &str| matches!(text.trim_end_matches(['.', '、']), "1" | "一" | "(1)" | "01");
    (2..MOST_COLUMNS).contains(&others.len())
        && first.is_some_and(|first| one(first.plain()))
        && others.iter().all(title_like)
        && numbers()
        && known()
}

/// Whether texts are numbered from left to right, as titles of forms are that explain how one follows from the others:
/// ①编号 │ ②哪一项 │ ③认领多少.
fn are_numbered(cells: &[Seen]) -> bool {
    let numbered = |(place, seen): (usize, &Seen)| {
        let text = seen.cell.text.trim_start();
        let mark = text.chars().next().and_then(circled).and_then(|number| usize::try_from(number).ok());
        mark == Some(place + 1) || text.starts_with(&format!("{}.", place + 1))
    };
    cells.len() >= 4 && cells.iter().enumerate().all(numbered)
}

/// Gives each of several headers side by side the row of subtitles that it alone has, beside the first record of its
/// neighbour: titles merged down into that row, and others below a wide one.
fn with_own_last_rows(
    grid: &Grid,
    headers: Vec<Header>,
    rows: &[u32],
    bottom: usize,
    vocabulary: &Vocabulary,
) -> Vec<Header> {
    let next = rows.get(bottom + 1).copied().filter(|next| *next == rows[bottom] + 1);
    let Some(next) = next.filter(|_| headers.len() >= 2) else { return headers };
    let extended = |header: Header| {
        let (left, right) = (header.left(), header.right());
        let upper: Vec<Seen> = header.rows.iter().flat_map(|row| grid.row_between(*row, left, right)).collect();
        let below: Vec<Seen> = grid.row_between(next, left, right).collect();
        let under_wide = |seen: &Seen| {
            upper.iter().any(|title| title.width() >= 2 && title.left() <= seen.left() && seen.left() <= title.right())
        };
        let reaches = upper.iter().any(|title| title.region.last.row >= next);
        if !reaches || below.is_empty() || !below.iter().all(under_wide) || !is_below(&below, &upper, next, vocabulary)
        {
            return header;
        }
        let rows: Vec<u32> = header.rows.iter().copied().chain([next]).collect();
        Header { columns: columns(&grid.of_columns(left, right), &rows), rows, ..header }
    };
    headers.into_iter().map(extended).collect()
}

/// Splits one header row into the headers of tables that stand side by side: a new table begins where the first title
/// comes again, or behind a blank column where the blocks have titles of their own (`titled_apart`), or with a title
/// that opens a table.
fn split(columns: Vec<HeaderColumn>, rows: &[u32], vocabulary: &Vocabulary, titled_apart: bool) -> Vec<Header> {
    let mut headers: Vec<Header> = Vec::new();
    let lowest = |column: &HeaderColumn| column.path.last().map(|title| plain(title)).unwrap_or_default();
    let opens = |column: &HeaderColumn| {
        let meaning = vocabulary.meaning(&lowest(column));
        let opening = [Field::Number, Field::Name, Field::Content];
        meaning.and_then(|meaning| meaning.fields.first().copied()).filter(|field| opening.contains(field))
    };
    let titles: Vec<String> = columns.iter().map(lowest).collect();
    // Below titles of their own (已完成, 推进中) the tables are told by the titles that come again in the same order.
    let goes_over_again = |header: &Header, place: usize| {
        let first = header.columns.iter().map(lowest).take(SAME_TITLES);
        header.columns.len() >= SAME_TITLES && first.eq(titles[place..].iter().take(SAME_TITLES).cloned())
    };
    let reports_by_itself = |columns: &[HeaderColumn]| {
        let meanings: Vec<Meaning> = columns.iter().filter_map(|column| vocabulary.meaning(&lowest(column))).collect();
        let names =
            |meaning: &Meaning| meaning.fields.iter().any(|field| matches!(field, Field::Name | Field::Content));
        let tells = |meaning: &Meaning| meaning.fields.first().is_some_and(|field| REPORTED.contains(field));
        meanings.iter().any(names) && meanings.iter().any(tells)
    };
    let all = columns.clone();
    for (place, column) in columns.into_iter().enumerate() {
        let begins = headers.last().is_none_or(|header| {
            let same = plain(&header.columns[0].title()) == plain(&column.title());
            let again = header.columns.len() >= 2 && same || goes_over_again(header, place);
            let gap = column.column > header.right() + 1;
            let opening = opens(&column);
            let had = opening.is_some() && header.columns.iter().any(|earlier| opens(earlier) == opening);
            let named = matches!(opening, Some(Field::Number | Field::Name));
            let complete = || named && reports_by_itself(&header.columns) && reports_by_itself(&all[place..]);
            again && opening.is_some() || gap && (had || titled_apart || complete())
        });
        if begins {
            headers.push(Header { rows: rows.to_vec(), ..Header::default() });
        }
        if let Some(header) = headers.last_mut() {
            header.columns.push(column);
        }
    }
    headers
}
