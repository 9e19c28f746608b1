//! Which tables of a document are the responsibility list, and what stands in their rows?

use super::agencies::without_persons;
use super::defect::{Defect, DefectKind};
use super::document::{Block, Document, Grid, GridCell, GridRow};
use super::listing::{Item, Listing, Role, Row};
use super::marks::{Level, Mark, lone_number};
use super::shapes::lists_agencies;
use super::titles::{self, Column, Title};
use super::{untitled, yearly};

/// How far down in its table a header may stand: titles and remarks come before it.
const DEEPEST_HEADER: usize = 12;
/// Longest heading of a section, in characters.
const LONGEST_HEADING: usize = 60;
/// Words that begin a row of sums.
const TOTALS: [&str; 5] = ["合计", "总计", "小计", "共计", "总 计"];
/// Words that begin a note below the rows.
const NOTES: [&str; 10] = ["注:", "注：", "注 ", "备注:", "备注：", "说明:", "说明：", "填表", "抄送", "制表"];

/// A table whose header was found.
struct Found<'a> {
    grid: &'a Grid,
    /// Rows of the header, the first and the one after the last.
    header: (usize, usize),
    columns: Vec<Option<Title>>,
}

/// Reads the tables that are a responsibility list, in the order of the document; `None` where there is none.
pub(super) fn read(document: &Document) -> Option<Listing> {
    let mut listing = Listing::default();
    let mut previous: Option<Vec<Option<Title>>> = None;
    let mut between: Vec<&str> = Vec::new();
    let mut sheets: Vec<(usize, &str)> = Vec::new();
    for block in &document.blocks {
        let grid = match block {
            Block::Paragraph(paragraph) => {
                between.push(&paragraph.text);
                continue;
            }
            Block::Grid(grid) => grid,
        };
        let found = find(grid).or_else(|| continued(grid, previous.as_deref()?));
        let Some(found) = found else {
            // A table of another sort: what stands between it and the list is not the list's heading.
            between.clear();
            continue;
        };
        if previous.is_none() {
            listing.above = between.iter().map(|text| (*text).to_owned()).collect();
            let rows = &grid.rows[..found.header.0];
            listing.above.extend(rows.iter().flat_map(|row| row.own_texts()).map(str::to_owned));
        }
        let over_header = grid.rows[..found.header.0].iter().filter_map(|row| match row.own_texts().as_slice() {
            [text] if is_marked_heading(text) => Some((*text).to_owned()),
            _ => None,
        });
        let headings = between.iter().rev().take_while(|text| is_marked_heading(text)).copied().collect::<Vec<_>>();
        let headings = headings.into_iter().rev().map(str::to_owned).chain(over_header);
        let before = listing.items.len();
        listing.items.extend(headings.map(|text| Item::Heading { text }));
        between.clear();
        rows(&found, &mut listing);
        drop_repetition(&mut listing.items, before);
        sheets.extend(grid.sheet.as_deref().filter(|_| listing.items.len() > before).map(|name| (before, name)));
        report_broken_titles(&found, &mut listing.defects);
        for title in left_out(&found) {
            if !listing.left_out.contains(&title) {
                listing.left_out.push(title);
            }
        }
        listing.leads_apart |= found.columns.iter().flatten().any(|title| title.column == Column::Leads);
        previous = Some(found.columns);
    }
    sections_by_sheet(&mut listing.items, &sheets);
    listing.take_numbers_from_names();
    (listing.rows() > 0).then_some(listing)
}

/// A list in several sheets, none of which states a section: the sheets are the sections. `sheets` says where each
/// begins.
fn sections_by_sheet(items: &mut Vec<Item>, sheets: &[(usize, &str)]) {
    let states = |item: &Item| match item {
        Item::Heading { .. } => true,
        Item::Row(row) => !row.sections.is_empty(),
    };
    // Sheet2, 表3, 续表, 任务清单 say nothing.
    let of_any_list = |name: &str| {
        let words = ["任务", "分解", "分工", "责任", "清单", "台账", "重点", "工作", "明细", "汇总", "表"];
        words.iter().fold(name.to_owned(), |name, word| name.replace(word, "")).is_empty()
    };
    let tells = |name: &str| {
        let word = name.trim_end_matches(|c: char| c.is_ascii_digit() || "()（） ".contains(c)).to_lowercase();
        !(["sheet", "第", "页", "续表", "附件", "附表"].contains(&word.as_str()) || of_any_list(&word))
    };
    if sheets.len() < 2 || items.iter().any(states) || !sheets.iter().all(|(_, name)| tells(name)) {
        return;
    }
    for (begin, name) in sheets.iter().rev() {
        items.insert(*begin, Item::Heading { text: (*name).trim().to_owned() });
    }
}

fn report_broken_titles(found: &Found<'_>, defects: &mut Vec<Defect>) {
    for row in &found.grid.rows[found.header.0..found.header.1] {
        for text in row.own_texts() {
            if let Some(whole) = titles::title(text).and_then(|title| title.whole) {
                defects.push(Defect::repaired(DefectKind::BrokenTitle, &row.place, text, whole));
            }
        }
    }
}

/// What stands in a table and in no field of a task: the titles of columns that none takes, and persons beside agencies.
fn left_out(found: &Found<'_>) -> Vec<String> {
    let header = &found.grid.rows[found.header.0..found.header.1];
    let below = &found.grid.rows[found.header.1..];
    let holds = |column: usize| {
        let cells = below.iter().filter_map(|row| row.cells.get(column));
        cells.filter(|cell| !cell.is_covered()).any(|cell| !cell.text.is_empty())
    };
    let told = |(column, title): (usize, &Option<Title>)| {
        let persons = title.as_ref().is_some_and(|title| title.names_persons);
        let passed_over = title.as_ref().is_none_or(|title| title.column.is_left_out());
        let texts = header.iter().rev().map(|row| row.text(column).replace('\n', ""));
        let text = texts.into_iter().find(|text| !text.is_empty()).filter(|_| holds(column))?;
        let what = if persons && !passed_over { "中的人名" } else { "" };
        (persons || passed_over).then(|| format!("“{text}”{what}"))
    };
    found.columns.iter().enumerate().filter_map(told).collect()
}

/// A table with a header of its own.
fn find(grid: &Grid) -> Option<Found<'_>> {
    let is_title_row = |row: &GridRow| {
        let texts = row.own_texts();
        // One text over the whole row is a section's heading, however like a title it sounds.
        let below = texts.len() > 1 || row.cells.iter().any(|cell| cell.from_above && !cell.text.is_empty());
        below && !texts.is_empty() && texts.iter().all(|text| titles::title(text).is_some())
    };
    for first in 0..grid.rows.len().min(DEEPEST_HEADER) {
        if grid.rows[first].own_texts().len() < 2 {
            continue;
        }
        let mut last = first + 1;
        // A title merged down into the next row takes it into the header, whatever else stands there.
        let reached =
            |row: &GridRow| row.cells.iter().any(|cell| cell.from_above && titles::title(&cell.text).is_some());
        while last < grid.rows.len()
            && last - first < 3
            && (reached(&grid.rows[last]) || is_title_row(&grid.rows[last]))
        {
            last += 1;
        }
        let mut columns = titles::columns(&grid.rows[first..last]);
        untitled::name_columns(&mut columns, &grid.rows[last..]);
        untitled::name_classes(&mut columns, &grid.rows[last..]);
        untitled::section_names(&mut columns, &grid.rows[last..]);
        if titles::is_list(&columns) {
            return Some(Found { grid, header: (first, last), columns });
        }
    }
    None
}

/// A table without a header that goes on where the table before it ended.
fn continued<'a>(grid: &'a Grid, columns: &[Option<Title>]) -> Option<Found<'a>> {
    let agencies: Vec<usize> = (0..columns.len()).filter(|index| role(columns[*index].as_ref()).is_some()).collect();
    let fits = |row: &&GridRow| agencies.iter().any(|column| lists_agencies(row.text(*column)));
    let rows = grid.rows.iter().filter(|row| row.own_texts().len() > 1);
    let (fitting, all) = (rows.clone().filter(fits).count(), rows.count());
    let same_width = grid.width() == columns.len();
    (same_width && all > 0 && fitting * 2 > all).then(|| Found { grid, header: (0, 0), columns: columns.to_vec() })
}

fn role(title: Option<&Title>) -> Option<Role> {
    match title?.column {
        Column::Agencies => Some(Role::Open),
        Column::Leads => Some(Role::Lead),
        Column::Supports => Some(Role::Support),
        _ => None,
    }
}

fn is_marked_heading(text: &str) -> bool {
    let mark = Mark::of(text);
    mark.is_some_and(|mark| mark.level <= Level::ChineseInBrackets && !mark.rest.is_empty())
        && text.chars().count() <= LONGEST_HEADING
        && !text.ends_with('。')
}

fn rows(found: &Found<'_>, listing: &mut Listing) {
    let merges = found.grid.rows.iter().flat_map(|row| &row.cells).any(|cell| cell.from_above);
    // A page break repeats the header, with its titles that no list is known to have.
    let headers: Vec<&str> =
        found.grid.rows[found.header.0..found.header.1].iter().flat_map(GridRow::own_texts).collect();
    let mut in_notes = false;
    for grid_row in &found.grid.rows[found.header.1..] {
        let texts = grid_row.own_texts();
        let Some(first) = texts.first() else { continue };
        let bare: String = first.chars().filter(|c| !c.is_whitespace()).collect();
        let sums = texts
            .iter()
            .take(2)
            .any(|text| TOTALS.iter().any(|word| text.starts_with(word) && text.chars().count() <= 4))
            || TOTALS.iter().any(|word| first.ends_with(word) && first.chars().count() <= 10);
        let repeated = texts.iter().all(|text| headers.contains(text))
            || texts.len() > 1 && texts.iter().all(|text| titles::title(text).is_some());
        let counts_columns = texts.len() > 2 && texts.iter().all(|text| lone_number(text).is_some());
        // 注：1.… goes on with 2.… in the next row.
        in_notes = texts.len() <= 2 && NOTES.iter().any(|word| bare.starts_with(word.trim_end()))
            || in_notes && texts.len() == 1 && !is_marked_heading(first);
        if sums || repeated || counts_columns || in_notes {
            continue;
        }
        if let Some(text) = heading(grid_row, &found.columns) {
            listing.items.push(Item::Heading { text });
            continue;
        }
        let above = listing.items.iter().rev().find_map(|item| match item {
            Item::Row(row) => Some(row),
            Item::Heading { .. } => None,
        });
        let row = row(grid_row, &found.columns, above, merges);
        let named = found.columns.iter().flatten().any(|title| title.column == Column::Name);
        let row = if named { row } else { row.with_one_text() };
        if row.name.is_empty() && row.content.is_empty() {
            listing.defects.push(Defect::left(DefectKind::LeftOut, &grid_row.place, texts.join(" ")));
        } else {
            listing.items.push(Item::Row(row));
        }
    }
}

/// The heading that a row is: one text over the whole row, or a Chinese number and a text with nothing behind them.
fn heading(row: &GridRow, columns: &[Option<Title>]) -> Option<String> {
    let holds = |cell: &&GridCell| !cell.text.is_empty() && !cell.from_left;
    let filled: Vec<&GridCell> = row.cells.iter().filter(holds).collect();
    if filled.iter().any(|cell| cell.from_above) {
        return None;
    }
    let texts: Vec<&str> = filled.iter().map(|cell| cell.text.as_str()).collect();
    let short = |text: &str| text.chars().count() <= LONGEST_HEADING && !text.ends_with(['。', '；', ';']);
    match texts.as_slice() {
        [text] if short(text) && lone_number(text).is_none() => {
            // One filled cell that is not merged over the row may also be a task without agencies: a mark, or its
            // place outside the columns of words, tells a heading.
            let spans = row.cells.iter().filter(|cell| cell.from_left).count() + 2 >= row.cells.len();
            let column = row.cells.iter().position(|cell| !cell.text.is_empty())?;
            let words = columns
                .get(column)
                .and_then(Option::as_ref)
                .is_some_and(|title| matches!(title.column, Column::Name | Column::Content));
            (spans || is_marked_heading(text) || !words).then(|| text.replace('\n', ""))
        }
        [number, text] if short(text) && !number.is_ascii() && lone_number(number).is_some() => {
            // A text merged over the columns of agencies names none.
            let own = |index: usize| row.cells.get(index).is_some_and(|cell| !cell.text.is_empty() && !cell.from_left);
            let agencies = (0..columns.len()).any(|index| role(columns[index].as_ref()).is_some() && own(index));
            let bracketed = number.starts_with(['(', '（']);
            let bare = number.trim_end_matches(['、', '.', '．']);
            (!agencies).then(|| if bracketed { format!("{bare}{text}") } else { format!("{bare}、{text}") })
        }
        _ => None,
    }
}

/// One row by its columns. In tables that know no merged cells (csv, pasted text) a blank section or a blank name with
/// blank agencies stands for the row above.
fn row(grid_row: &GridRow, columns: &[Option<Title>], above: Option<&Row>, merges: bool) -> Row {
    let mut row = Row { place: grid_row.place.clone(), assigned_from_above: true, ..Row::default() };
    let mut section_columns = 0;
    for (index, title) in columns.iter().enumerate() {
        let (Some(title), Some(cell)) = (title, grid_row.cells.get(index)) else { continue };
        if cell.from_left && index > 0 && columns[index - 1].as_ref().map(|title| title.column) == Some(title.column) {
            continue;
        }
        let mut text = cell.text.clone();
        if title.names_persons {
            text = without_persons(&text);
        }
        if let Some(year) = title.year {
            text = yearly::of_year(year, &text);
        }
        match title.column {
            Column::Number => {
                row.number = lone_number(&text);
                row.number_from_above = cell.from_above;
            }
            Column::Section => {
                // A blank goes on with the section above, but not with the subsection of another section.
                let before = above.map_or(&[][..], |above| &above.sections);
                let same_outer = before.get(..section_columns) == Some(&row.sections[..]);
                let inherited = before.get(section_columns).filter(|_| text.is_empty() && same_outer);
                row.sections.push(inherited.cloned().unwrap_or_else(|| text.replace('\n', "")));
                section_columns += 1;
            }
            Column::Name => {
                (row.name, row.name_from_above) = (text, cell.from_above);
            }
            Column::Content if row.content.is_empty() => {
                (row.content, row.content_from_above) = (text, cell.from_above);
            }
            Column::Content if !text.is_empty() => row.content = format!("{}\n{text}", row.content),
            Column::Deadline => {
                row.assigned_from_above &= cell.from_above || text.is_empty();
                row.deadline = text;
            }
            Column::Agencies | Column::Leads | Column::Supports if !text.is_empty() => {
                row.assigned_from_above &= cell.from_above;
                row.agencies.extend(role(Some(title)).map(|role| (role, text)));
            }
            _ => {}
        }
    }
    row.name = row.name.replace('\n', "");
    // Tasks behind their agency's column are grouped by it.
    let words = |title: &Option<Title>| {
        title.as_ref().is_some_and(|title| matches!(title.column, Column::Name | Column::Content))
    };
    let grouped = columns.iter().position(|title| role(title.as_ref()).is_some()) < columns.iter().position(words);
    let blank_stands_for_above =
        !merges && row.agencies.is_empty() && (row.name.is_empty() || row.number.is_none() || grouped);
    if let Some(above) = above.filter(|_| blank_stands_for_above) {
        row.agencies.clone_from(&above.agencies);
    }
    row
}

/// Drops what a further table repeats: a second sheet that shows the same tasks again.
fn drop_repetition(items: &mut Vec<Item>, before: usize) {
    let texts = |item: &Item| match item {
        Item::Row(row) => Some((row.name.clone(), row.content.clone())),
        Item::Heading { .. } => None,
    };
    let known: Vec<_> = items[..before].iter().filter_map(texts).collect();
    let new: Vec<_> = items[before..].iter().filter_map(texts).collect();
    let repeated = new.iter().filter(|row| known.contains(row)).count();
    if !new.is_empty() && repeated * 2 > new.len() {
        items.truncate(before);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::list::import::text;

    fn listing(text: &str) -> Listing {
        read(&text::document(text)).unwrap()
    }

    fn shown(listing: &Listing) -> Vec<String> {
        let shown = |item: &Item| match item {
            Item::Heading { text } => format!("# {text}"),
            Item::Row(row) => {
                let agencies: Vec<&str> = row.agencies.iter().map(|(_, text)| text.as_str()).collect();
                format!("{:?} {} {} {}", row.number, row.name, row.content, agencies.join("+"))
            }
        };
        listing.items.iter().map(shown).collect()
    }

    #[test]
    fn section_rows_totals_and_notes_are_no_tasks() {
        let text = "甲县任务分解表\n序号|重点任务|工作内容|责任单位\n1|2|3|4\n一|产业提升||\n1|冷库|新建冷库3座|县农业农村局\n合计||1项|\n||（二）民生|\n2|培训|培训500人|县人社局\n注：*为牵头单位|||";
        let listing = listing(text);
        assert_eq!(
            shown(&listing),
            [
                "# 一、产业提升",
                "Some(1) 冷库 新建冷库3座 县农业农村局",
                "# （二）民生",
                "Some(2) 培训 培训500人 县人社局"
            ]
        );
        assert_eq!(listing.above, ["甲县任务分解表"]);
    }

    #[test]
    fn a_scoring_table_is_no_list_and_a_second_table_goes_on() {
        let text = "考核内容|分值|评分标准|责任单位\n组织领导|10|酌情扣分|县委办\n\n文\n序号|工作任务|牵头单位|责任单位\n1|新建冷库|县农业农村局|县财政局\n\n文\n2|培训农民|县人社局|县财政局\n3|修路|县交通局|县财政局";
        let listing = listing(text);
        assert_eq!(
            shown(&listing),
            [
                "Some(1) 新建冷库  县农业农村局+县财政局",
                "Some(2) 培训农民  县人社局+县财政局",
                "Some(3) 修路  县交通局+县财政局"
            ]
        );
        assert!(listing.leads_apart);
    }
}
