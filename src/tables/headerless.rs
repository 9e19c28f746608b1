//! What does a table without a known header hold? Its rows are compared with the table before, and its columns are
//! told by what they look like.

use std::collections::BTreeMap;

use super::grid::{Grid, Seen};
use super::header::{Header, HeaderColumn};
use super::header_columns::columns;
use super::look::{Fit, Look};
use super::official::Official;
use super::table::{Table, TableColumn};
use super::text::{is_date, is_narrative, is_numeric, is_ordinal, length, plain, quoted};
use crate::list::Field;

/// Rows with at least two cells that a table without a known header must have.
const FEWEST_ROWS: usize = 2;
/// Titles that a header must have of which one explains itself.
const FEWEST_OF_EXPLAINED: usize = 4;
/// Longest title, in characters, of a header whose words are not known.
const LONGEST_UNKNOWN_TITLE: usize = 12;
/// Longest title, in characters, that is a word of time below another title.
const LONGEST_SUBTITLE: usize = 6;
/// Rows in which an official name is looked for, where a table may go on.
const ROWS_COMPARED: usize = 60;
/// Widest row that is looked at.
const WIDEST: usize = 256;

/// A row of titles whose words are not known: all short words, over rows that hold figures, status words or sentences.
pub(crate) fn unknown_header(grid: &Grid) -> Option<Header> {
    let rows: Vec<u32> = grid.used_rows().filter(|row| (2..=WIDEST).contains(&grid.row(*row).len())).collect();
    rows.iter().take(12).enumerate().find_map(|(index, row)| {
        let below: Vec<u32> = rows[index + 1..].iter().copied().take(50).collect();
        let titles = grid.row(*row);
        let unlike: Vec<&Seen> = titles.iter().filter(|seen| !is_title_like(seen)).collect();
        // One title may say in brackets how to fill in its column.
        let are_titles =
            titles.len() >= FEWEST_OF_EXPLAINED && unlike.len() <= 1 && unlike.iter().all(|seen| explains(seen));
        let fits = below.len() >= FEWEST_ROWS && (unlike.is_empty() || are_titles) && contrasts(grid, titles, &below);
        fits.then(|| titled(grid, *row))
    })
}

/// The header of a row of titles, with the rows into which titles are merged down.
pub(super) fn titled(grid: &Grid, row: u32) -> Header {
    let titles = grid.row(row);
    let last = titles.iter().map(|seen| seen.region.last.row).max().unwrap_or(row).min(row + 3);
    let groups = titles.iter().any(|seen| seen.region.last.row == row && seen.width() >= 2);
    // 1月 │ 2月 │ 3月 are titles below one that groups them.
    let time = |seen: &Seen| is_date(seen.plain()) && length(seen.plain()) <= LONGEST_SUBTITLE;
    let subtitles = |row: u32| grid.row(row).iter().all(|seen| is_title_like(seen) || time(seen));
    if last > row && groups && (row + 1..=last).all(subtitles) {
        let rows: Vec<u32> = (row..=last).filter(|row| !grid.row(*row).is_empty()).collect();
        return Header { columns: columns(grid, &rows), rows, ..Header::default() };
    }
    single_row(titles, row)
}

/// The header of one row of titles, each over its own column.
pub(super) fn single_row(titles: &[Seen], row: u32) -> Header {
    let column =
        |seen: &Seen| HeaderColumn { column: seen.left(), path: vec![quoted(&seen.cell.text)], at: seen.cell.at };
    Header { rows: vec![row], columns: titles.iter().map(column).collect(), ..Header::default() }
}

/// Whether a cell could be a title: a short word, no figure, no date, no sentence.
pub(super) fn is_title_like(seen: &Seen) -> bool {
    let text = seen.plain();
    let count = length(text);
    let ordinal = is_ordinal(text) && count <= 2;
    let other = ordinal || is_numeric(text) || is_date(text) || text.contains(['。', ';', ':']);
    let asks = text.ends_with('?') && count <= LONGEST_EXPLAINING_TITLE;
    (1..=LONGEST_UNKNOWN_TITLE).contains(&count) && !other || asks
}

/// Longest title, in characters, that says how to fill in its column.
const LONGEST_EXPLAINING_TITLE: usize = 30;

/// Whether a cell could be a title that explains itself: 未履约的原因及难处(已履约的不填).
fn explains(seen: &Seen) -> bool {
    let text = seen.plain();
    let (title, hint) = text.split_once('(').unwrap_or_default();
    (2..=LONGEST_UNKNOWN_TITLE).contains(&length(title))
        && hint.ends_with(')')
        && length(text) <= LONGEST_EXPLAINING_TITLE
}

/// Whether the cells below titles are of other kinds than the titles: figures, status words, longer texts; in the
/// majority of the columns, and the rows below fill the columns.
pub(super) fn contrasts(grid: &Grid, titles: &[Seen], below: &[u32]) -> bool {
    let mut looks: BTreeMap<u32, Look> = BTreeMap::new();
    for row in below {
        for seen in grid.row(*row) {
            looks.entry(seen.left()).or_default().add(seen.cell);
        }
    }
    let other_kind = |seen: &&Seen| {
        let Some(look) = looks.get(&seen.left()) else { return false };
        let title = length(seen.plain());
        let kinds = look.numbers().max(look.statuses()).max(look.dates()).max(look.ordinals()).max(look.agencies());
        kinds * 3 >= look.cells * 2 || look.narratives() * 2 >= look.cells || look.mean_length() >= title + 3
    };
    let filled = titles.iter().filter(|seen| looks.contains_key(&seen.left())).count();
    let contrasting = titles.iter().filter(other_kind).count();
    // Over a column of running numbers, or over one of stories, a word is a title whatever the other columns hold.
    let numbered = titles.first().and_then(|seen| looks.get(&seen.left()));
    let numbered = numbered.is_some_and(|look| look.ordinals() >= 3 && look.ordinals() * 5 >= look.cells * 4);
    let tells = |seen: &Seen| {
        let title = length(seen.plain());
        let stories = |look: &Look| look.narratives() * 2 >= look.cells && look.mean_length() >= title + 6;
        looks.get(&seen.left()).is_some_and(stories)
    };
    let plainly = numbered || titles.iter().any(tells);
    let enough = contrasting * if plainly { 3 } else { 2 } >= titles.len();
    enough && contrasting >= 2 && filled * 3 >= titles.len() * 2
}

/// The row, among the first of a sheet, that repeats the titles of the table before: what stands above it is no record.
pub(crate) fn repeated_titles(grid: &Grid, before: &Table) -> Option<u32> {
    const FIRST_ROWS: usize = 12;
    const FEWEST: usize = 3;
    let titles: Vec<(u32, String)> = before
        .columns
        .iter()
        .map(|column| (column.column, plain(&column.title)))
        .filter(|it| !it.1.is_empty())
        .collect();
    grid.used_rows().take(FIRST_ROWS).find(|row| {
        let cells = grid.row(*row).iter().filter(|seen| seen.cell.text.len() <= 120);
        let same = cells
            .filter(|seen| titles.iter().any(|(column, title)| *column == seen.left() && title == seen.plain()))
            .count();
        same >= FEWEST && same * 4 >= titles.len() * 3
    })
}

/// The columns of the table before, where the rows of a sheet without a header go on with it: they fill the same
/// columns with the same kinds of cells.
pub(crate) fn goes_on(grid: &Grid, before: &Table, official: &Official) -> Option<Vec<TableColumn>> {
    let mut looks: BTreeMap<u32, Look> = BTreeMap::new();
    let mut rows = 0usize;
    for row in grid.used_rows() {
        let cells = grid.row(row);
        if (2..=WIDEST).contains(&cells.len()) {
            rows += 1;
            for seen in cells {
                looks.entry(seen.left()).or_default().add(seen.cell);
            }
        }
    }
    let known: Vec<&TableColumn> = before.columns.iter().filter(|column| column.field.is_some()).collect();
    let filled = known.iter().filter(|column| looks.contains_key(&column.column)).count();
    let fitting = known
        .iter()
        .filter_map(|column| Some((column.field?, looks.get(&column.column)?)))
        .filter(|(field, look)| look.fits(*field) != Fit::Against)
        .count();
    // A list of materials fills the same columns, but names no tasks.
    let tasks = known.iter().filter(|column| matches!(column.field, Some(Field::Name | Field::Content)));
    let tasks: Vec<u32> = tasks.map(|column| column.column).collect();
    let named = |row: u32| {
        let mut names = grid.row(row).iter().filter(|seen| tasks.contains(&seen.left()));
        names.any(|seen| official.is_task(&seen.cell.text))
    };
    if !tasks.is_empty() && !grid.used_rows().take(ROWS_COMPARED).any(named) {
        return None;
    }
    let strange = looks.keys().filter(|column| !before.columns.iter().any(|known| known.column == **column)).count();
    let same = rows > 0 && filled * 2 >= known.len() && fitting * 5 >= filled * 4 && strange == 0 && filled >= 2;
    let title = |column: &TableColumn| {
        if column.title.is_empty() { String::from("无表头的栏") } else { format!("“{}”", column.title) }
    };
    same.then(|| {
        let columns = before.columns.iter().map(|column| TableColumn {
            title_at: None,
            why: format!("本页没有表头，接着前一张表的{}", title(column)),
            ..column.clone()
        });
        columns.collect()
    })
}

/// The fields of columns that nobody gave a title we know, by what they look like.
pub(crate) fn fields_by_look(looks: &[(u32, Look)], official: &OfficialShare) -> Vec<Option<Field>> {
    let mut fields: Vec<Option<Field>> = vec![None; looks.len()];
    let take = |fields: &mut Vec<Option<Field>>, field: Field, suits: &dyn Fn(usize, &Look) -> bool| {
        let found = (0..looks.len())
            .find(|index| fields[*index].is_none() && looks[*index].1.cells > 0 && suits(*index, &looks[*index].1));
        if let Some(index) = found {
            fields[index] = Some(field);
        }
        found
    };
    let most = |count: usize, look: &Look| count * 3 >= look.cells * 2;
    take(&mut fields, Field::Number, &|index, look| index <= 1 && most(look.ordinals(), look) && look.counts_up());
    take(&mut fields, Field::Status, &|_, look| most(look.statuses(), look));
    take(&mut fields, Field::Name, &|index, look| {
        official.names(looks[index].0) && look.fits(Field::Name) == Fit::Good
    });
    take(&mut fields, Field::Content, &|index, _| official.contents(looks[index].0));
    take(&mut fields, Field::Unit, &|_, look| most(look.units(), look));
    while take(&mut fields, Field::Agencies, &|_, look| most(look.agencies(), look)).is_some() {}
    take(&mut fields, Field::Rate, &|_, look| most(look.percentages(), look));
    take(&mut fields, Field::Deadline, &|_, look| most(look.dates(), look));
    take(&mut fields, Field::Contact, &|_, look| most(look.telephones(), look));
    let figures: Vec<usize> = (0..looks.len())
        .filter(|index| fields[*index].is_none() && most(looks[*index].1.numbers(), &looks[*index].1))
        .collect();
    let quantities: &[Field] = match figures.len() {
        0 => &[],
        1 => &[Field::Done],
        2 => &[Field::Target, Field::Done],
        _ => &[Field::Target, Field::PeriodDone, Field::Done],
    };
    figures.iter().zip(quantities).for_each(|(index, field)| fields[*index] = Some(*field));
    if !fields.contains(&Some(Field::Name)) && !fields.contains(&Some(Field::Content)) {
        take(&mut fields, Field::Name, &|_, look| look.fits(Field::Name) == Fit::Good);
    }
    // Of several columns of texts the narratives are what was done: 目标6村/完成4村 before them is not.
    let told = (0..looks.len())
        .filter(|index| fields[*index].is_none() && most(looks[*index].1.narratives(), &looks[*index].1));
    if let Some(index) = told.max_by_key(|index| (looks[*index].1.mean_length() / 10, std::cmp::Reverse(*index))) {
        fields[index] = Some(Field::Progress);
    }
    for field in [Field::Progress, Field::Remark] {
        if !fields.contains(&Some(field)) {
            take(&mut fields, field, &|_, look| look.narratives() * 3 >= look.cells || look.mean_length() >= 10);
        }
    }
    fields
}

/// In which columns official texts stand.
pub(crate) struct OfficialShare {
    shares: BTreeMap<u32, (usize, usize, usize)>,
}

impl OfficialShare {
    /// Counts the cells of each column that are official names or parts of official contents.
    pub(crate) fn new<'s>(cells: impl Iterator<Item = Seen<'s>>, official: &Official) -> Self {
        let mut shares: BTreeMap<u32, (usize, usize, usize)> = BTreeMap::new();
        for seen in cells {
            let (all, names, contents) = shares.entry(seen.left()).or_default();
            *all += 1;
            let text = seen.plain();
            if official.is_task(text) || without_person(text).is_some_and(|name| official.is_task(name)) {
                if is_narrative(text) { *contents += 1 } else { *names += 1 }
            }
        }
        Self { shares }
    }

    /// Whether a third of the cells of a column are official names.
    pub(crate) fn names(&self, column: u32) -> bool {
        self.shares.get(&column).is_some_and(|(all, names, _)| names * 3 >= *all && *names > 0)
    }

    /// Whether at least two cells of a column are official names or parts of contents.
    fn has_some(&self, column: u32) -> bool {
        self.shares.get(&column).is_some_and(|(_, names, contents)| names + contents >= 2)
    }

    /// Whether official names or contents stand in a column.
    pub(crate) fn is_official(&self, column: u32) -> bool {
        self.names(column) || self.contents(column)
    }

    /// Whether so many cells of a column are official contents, word for word, that it holds them on purpose.
    pub(crate) fn quotes(&self, column: u32) -> bool {
        const FEWEST: usize = 3;
        self.shares.get(&column).is_some_and(|(all, _, contents)| *contents >= FEWEST && contents * 8 >= *all)
    }

    /// Whether a third of the cells of a column are official contents.
    fn contents(&self, column: u32) -> bool {
        self.shares.get(&column).is_some_and(|(all, _, contents)| contents * 3 >= *all && *contents > 0)
    }
}

/// Texts of a list that must be numbered one after the other.
const FEWEST_LISTED: usize = 5;

/// Whether tasks are numbered one after the other, and beside each stands what was done, so that a few official names
/// among them are enough: 1.休闲农业(小金) │ 观鸟季来了三千人.
pub(super) fn lists_tasks(grid: &Grid, rows: (u32, u32), columns: &[TableColumn], share: &OfficialShare) -> bool {
    let of = |field: Field| columns.iter().find(|column| column.field == Some(field)).map(|column| column.column);
    let Some((names, told)) = of(Field::Name).zip(of(Field::Progress)) else { return false };
    let number = |row: u32| {
        let cells = grid.row(row);
        let name = cells.iter().find(|seen| seen.left() == names)?;
        cells.iter().find(|seen| seen.left() == told)?;
        let text = name.plain();
        let (number, _) = text.split_once(['.', '、', ')'])?;
        number.trim_start_matches('(').parse::<u32>().ok()
    };
    let paired = |row: &u32| grid.row(*row).len() >= 2;
    let listed: Vec<Option<u32>> = grid.used_rows_between(rows.0, rows.1).filter(paired).map(number).collect();
    let runs_on =
        listed.windows(2).filter(|pair| pair[0].is_some() && pair[1] == pair[0].map(|number| number + 1)).count();
    listed.len() >= FEWEST_LISTED && (runs_on + 1) * 5 >= listed.len() * 4 && share.has_some(names)
}

/// The name of a task without who reports it: 3.养老服务(小金).
fn without_person(text: &str) -> Option<&str> {
    let (name, person) = text.strip_suffix(')')?.rsplit_once('(')?;
    ((2..=4).contains(&length(person)) && length(name) >= 2).then_some(name)
}
