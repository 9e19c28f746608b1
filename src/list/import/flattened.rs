//! Where a table was flattened to one cell a line, which cells make a row, and which column is each cell of?

use super::closing::{ends_list, is_date_of_signature, signature};
use super::defect::{Defect, DefectKind};
use super::document::Paragraph;
use super::listing::{Item, Listing, Role, Row};
use super::marks::{Level, Mark, lone_number};
use super::shapes::{is_deadline, lists_agencies};
use super::titles::{self, Column, Title};

/// Share of the rows whose cells may be impossible to tell apart before the whole text counts as damaged. One row in
/// twenty can be looked up by hand; beyond that the columns themselves are in doubt.
const DAMAGED_SHARE: f64 = 0.05;

/// Longest heading without a mark, in characters.
const LONGEST_UNMARKED: usize = 20;

/// Reads a flattened table; `None` where the paragraphs hold none.
///
/// # Errors
/// A Chinese sentence where there is one, but so damaged that its cells cannot be told apart.
pub(super) fn read(paragraphs: &[&Paragraph]) -> Result<Option<Listing>, String> {
    let Some((begins, width, columns)) = header(paragraphs) else { return Ok(None) };
    let above = paragraphs[..begins].iter().map(|paragraph| paragraph.text.clone()).collect();
    let mut listing = Listing { above, above_paragraphs: Some(begins), ..Listing::default() };
    for (paragraph, title) in paragraphs[begins..].iter().zip(&columns) {
        if let Some(whole) = title.as_ref().and_then(|title| title.whole) {
            listing.defects.push(Defect::repaired(DefectKind::BrokenTitle, &paragraph.place, &paragraph.text, whole));
        }
    }
    let titled = paragraphs[begins..].iter().zip(&columns);
    let left_out = titled.filter(|(_, title)| title.as_ref().is_some_and(|title| title.column.is_left_out()));
    listing.left_out = left_out.map(|(paragraph, _)| format!("“{}”", paragraph.text)).collect();
    let columns: Vec<Column> = columns.into_iter().flatten().map(|title| title.column).collect();
    listing.leads_apart = columns.contains(&Column::Leads);
    let cells = &paragraphs[begins + width..];
    let end = cells.iter().position(|cell| ends_list(&cell.text)).unwrap_or(cells.len());
    // The date under a signature belongs to who signed in the line before.
    let end = end + usize::from(cells.get(end).is_some_and(|cell| is_date_of_signature(&cell.text)));
    let cells = without_repeated_headers(&cells[..end], &paragraphs[begins..begins + width]);
    let cells_of: Vec<Column> = columns.iter().copied().filter(|column| *column != Column::Number).collect();
    // One column of words holds sentences, whatever its title says.
    let one_text = !(cells_of.contains(&Column::Name) && cells_of.contains(&Column::Content));
    let as_content = |column: Column| if one_text && column == Column::Name { Column::Content } else { column };
    let cells_of: Vec<Column> = cells_of.into_iter().map(as_content).collect();
    let (rows, damaged) = if cells.iter().filter(|cell| lone_number(&cell.text).is_some()).count() >= 2 {
        numbered(&cells, &cells_of, &mut listing)
    } else {
        unnumbered(&cells, &cells_of, &mut listing)
    };
    #[expect(clippy::cast_precision_loss, reason = "a list has at most some thousand rows")]
    let share = damaged.len() as f64 / rows.max(1) as f64;
    if rows == 0 || share > DAMAGED_SHARE {
        let example = damaged.first().map_or_else(String::new, |place| format!("（如{place}）"));
        return Err(format!(
            "表格在这份文本里已经散开，{} 行中有 {} 行{example}分不清哪些字属于哪一栏",
            rows,
            damaged.len()
        ));
    }
    if one_text {
        for item in &mut listing.items {
            if let Item::Row(row) = item {
                *row = std::mem::take(row).with_one_text();
            }
        }
    }
    report_lead_borders(&mut listing);
    for place in damaged {
        listing.defects.push(Defect::left(DefectKind::LeftOut, &place, ""));
    }
    Ok(Some(listing))
}

/// Of several lines of agencies behind a lead's column nothing tells which are the lead's.
fn report_lead_borders(listing: &mut Listing) {
    for item in &listing.items {
        let Item::Row(row) = item else { continue };
        let roles: Vec<Role> = row.agencies.iter().map(|(role, _)| *role).collect();
        let texts: Vec<&str> = row.agencies.iter().map(|(_, text)| text.as_str()).collect();
        if roles == [Role::Lead, Role::Support] && texts.iter().any(|text| text.contains('\n')) {
            let found = texts.join("、").replace('\n', "、");
            listing.defects.push(Defect::left(DefectKind::LeadBorder, &row.place, found));
        }
    }
}

/// The header: where it begins, how many lines it has, and its columns.
fn header(paragraphs: &[&Paragraph]) -> Option<(usize, usize, Vec<Option<Title>>)> {
    let is_title = |paragraph: &&Paragraph| titles::title(&paragraph.text).is_some();
    let mut begins = 0;
    while begins < paragraphs.len() {
        let width = paragraphs[begins..].iter().take_while(|paragraph| is_title(paragraph)).count();
        if width >= 2 {
            let mut columns: Vec<Option<Title>> =
                paragraphs[begins..begins + width].iter().map(|paragraph| titles::title(&paragraph.text)).collect();
            titles::settle(&mut columns);
            if titles::is_list(&columns) {
                return Some((begins, width, columns));
            }
        }
        begins += width.max(1);
    }
    None
}

/// The cells without the headers that page breaks repeat.
fn without_repeated_headers<'a>(cells: &[&'a Paragraph], header: &[&Paragraph]) -> Vec<&'a Paragraph> {
    let mut kept = Vec::new();
    let mut index = 0;
    while index < cells.len() {
        let repeated = cells[index..].iter().zip(header).take_while(|(cell, title)| cell.text == title.text).count();
        if repeated == header.len() {
            index += repeated;
        } else {
            kept.push(cells[index]);
            index += 1;
        }
    }
    kept
}

/// Whether a line is a heading between rows: 一、… or （一）….
fn is_heading(cell: &Paragraph) -> bool {
    let mark = Mark::of(&cell.text);
    mark.is_some_and(|mark| mark.level <= Level::ChineseInBrackets && !mark.rest.is_empty())
        && !cell.text.ends_with(['。', '；', ';'])
        && cell.text.chars().count() <= 40
}

/// Whether a line can be a heading that has no mark.
fn may_be_heading(cell: &Paragraph) -> bool {
    let short = cell.text.chars().count() <= LONGEST_UNMARKED && !cell.text.contains(['。', '；', '，', '、']);
    short && !cell.text.chars().any(|c| c.is_ascii_digit()) && !lists_agencies(&cell.text)
}

/// Rows that begin with a number on a line of its own. Gives the number of rows and the places of damaged ones.
fn numbered(cells: &[&Paragraph], columns: &[Column], listing: &mut Listing) -> (usize, Vec<String>) {
    let mut starts = Vec::new();
    let mut last = 0;
    for (index, cell) in cells.iter().enumerate() {
        let after_heading = index == 0 || is_heading(cells[index - 1]);
        match lone_number(&cell.text) {
            // A gap of a few numbers is the list's own; a number that jumps further is a figure in a cell.
            Some(number) if (last..=last + 3).contains(&number) || (number == 1 && after_heading) => {
                starts.push((index, number));
                last = number;
            }
            _ => {}
        }
    }
    let first = starts.first().map_or(cells.len(), |(index, _)| *index);
    // Headings without marks: a line before the first number shows that the list has them.
    let unmarked = (1..=2).contains(&first) && cells[..first].iter().all(|cell| may_be_heading(cell));
    for cell in cells[..first].iter().filter(|cell| is_heading(cell) || unmarked) {
        listing.items.push(Item::Heading { text: cell.text.clone() });
    }
    let mut damaged = Vec::new();
    for (position, (start, number)) in starts.iter().enumerate() {
        let end = starts.get(position + 1).map_or(cells.len(), |(index, _)| *index);
        let mut own = &cells[start + 1..end];
        while let Some((_, before)) = own.split_last().filter(|(last, _)| is_heading(last)) {
            own = before;
        }
        let place = cells[*start].place.clone();
        // The last of several rows: a list of one says nothing of how its rows end.
        let is_last = end == cells.len() && position >= 2;
        if is_last {
            let (row, below) = own.split_at(length_of_last(own, columns));
            report_below(below, listing);
            own = row;
        }
        let mut row = align(own, columns);
        let without_last = own.split_last().filter(|(last, _)| unmarked && row.is_none() && may_be_heading(last));
        if let Some((_, before)) = without_last {
            row = align(before, columns);
            own = if row.is_some() { before } else { own };
        }
        match row {
            Some(row) => listing.items.push(Item::Row(Row { number: Some(*number), place, ..row })),
            None => damaged.push(place),
        }
        for cell in cells[start + 1 + own.len()..end].iter().filter(|_| !is_last) {
            listing.items.push(Item::Heading { text: cell.text.clone() });
        }
    }
    (starts.len(), damaged)
}

/// How many of the lines behind the last number are the last row: all of them, unless a signature or lines that no
/// column takes stand below it.
fn length_of_last(own: &[&Paragraph], columns: &[Column]) -> usize {
    let row = |length: usize| align(&own[..length], columns).filter(|row| !row.agencies.is_empty());
    let dated = |row: &Row| !columns.contains(&Column::Deadline) || !row.deadline.is_empty();
    let signed = signature(own).filter(|at| row(*at).is_some_and(|row| dated(&row)));
    if let Some(signed) = signed {
        return signed;
    }
    if align(own, columns).is_some() {
        return own.len();
    }
    (1..own.len()).rev().find(|length| row(*length).is_some()).unwrap_or(own.len())
}

/// Tells of lines below the list.
fn report_below(below: &[&Paragraph], listing: &mut Listing) {
    if let Some(first) = below.first() {
        let texts: Vec<&str> = below.iter().map(|line| line.text.as_str()).collect();
        listing.defects.push(Defect::left(DefectKind::LeftOut, &first.place, texts.join(" ")));
    }
}

/// Rows without numbers: each has one line for each column, and its last agencies end it.
fn unnumbered(cells: &[&Paragraph], columns: &[Column], listing: &mut Listing) -> (usize, Vec<String>) {
    let mut rows = 0;
    let mut damaged = Vec::new();
    let mut index = 0;
    // An agency and a date may be the last row's own, where it has none before them.
    let dated = |at: usize| at.checked_sub(1).is_some_and(|before| is_deadline(&cells[before].text));
    let signed = signature(cells).filter(|at| !columns.contains(&Column::Deadline) || dated(*at));
    let (cells, below) = cells.split_at(signed.unwrap_or(cells.len()));
    report_below(below, listing);
    while index < cells.len() {
        if is_heading(cells[index]) {
            listing.items.push(Item::Heading { text: cells[index].text.clone() });
            index += 1;
            continue;
        }
        let until =
            cells[index..].iter().position(|cell| is_heading(cell)).map_or(cells.len(), |offset| index + offset);
        let lengths = (1..=columns.len() + 2).filter(|length| index + length <= until);
        let whole = lengths.clone().find(|length| *length == columns.len());
        let length = whole.or_else(|| lengths.max()).unwrap_or(1);
        let own = &cells[index..index + length];
        let place = own[0].place.clone();
        match align(own, columns).filter(|_| length == columns.len()) {
            Some(row) => listing.items.push(Item::Row(Row { place, ..row })),
            None => damaged.push(place),
        }
        rows += 1;
        index += length;
    }
    (rows, damaged)
}

/// How well a text fits a column: below 0 it cannot stand there.
fn fit(column: Column, text: &str) -> f64 {
    let length = text.chars().count();
    let ends_as_sentence = text.ends_with(['。', '；', ';']);
    match column {
        Column::Agencies | Column::Leads | Column::Supports => match text {
            "/" | "-" | "—" | "无" => 0.5,
            _ if lists_agencies(text) => 2.0,
            _ => -3.0,
        },
        Column::Deadline if is_deadline(text) => 2.0,
        Column::Deadline => -3.0,
        Column::Person if (2..=4).contains(&length) && !lists_agencies(text) => 1.5,
        Column::Name if ends_as_sentence || length > 40 || is_deadline(text) => -1.5,
        // 统筹城镇和村庄布局 ends like an agency and is a name: only a list of several is surely none.
        Column::Name if lists_agencies(text) && text.contains(['、', ',', '，', '*']) => -1.5,
        Column::Name if lists_agencies(text) => 0.2,
        Column::Name => 1.0,
        Column::Content if lists_agencies(text) || is_deadline(text) => -2.0,
        Column::Content if ends_as_sentence => 2.0,
        Column::Content if length > 15 => 1.0,
        Column::Content => 0.0,
        Column::Section if length <= 25 && !ends_as_sentence => 0.5,
        Column::Person | Column::Section => -2.0,
        Column::Number | Column::Foreign | Column::Other if length <= 40 => 0.0,
        Column::Number | Column::Foreign | Column::Other => -1.0,
    }
}

/// What it costs that a column has no cell: names and agencies may be merged over rows, a content cannot.
const fn cost_of_absence(column: Column) -> f64 {
    match column {
        Column::Content => 3.0,
        Column::Agencies => 2.5,
        Column::Leads => 2.0,
        Column::Name | Column::Supports => 1.0,
        _ => 0.3,
    }
}

/// Gives each cell its column, in order; several lines may make one cell. `None` where no assignment fits every cell.
fn align(cells: &[&Paragraph], columns: &[Column]) -> Option<Row> {
    // best[i][j]: the best way to lay the first i cells over the first j columns; the step says how many cells the
    // j-th column took.
    let mut best = vec![vec![(f64::NEG_INFINITY, 0usize); columns.len() + 1]; cells.len() + 1];
    best[0][0] = (0.0, 0);
    for (j, column) in columns.iter().enumerate() {
        for i in 0..=cells.len() {
            let mut choice = (best[i][j].0 - cost_of_absence(*column), 0);
            let mut sum = 0.0;
            for taken in 1..=i {
                let fitting = fit(*column, &cells[i - taken].text);
                // A further line of one cell is worth less than a cell of its own, so that columns are filled first.
                sum += if taken == 1 { fitting } else { fitting.min(0.0) - 0.4 };
                if fitting < 0.0 {
                    break;
                }
                let score = best[i - taken][j].0 + sum;
                // A further line goes on the later column: of two lines of agencies behind 牵头 and 配合 one leads.
                if score > choice.0 || taken > 1 && score >= choice.0 {
                    choice = (score, taken);
                }
            }
            best[i][j + 1] = choice;
        }
    }
    let total = best[cells.len()][columns.len()].0;
    if !total.is_finite() || total <= 0.0 {
        return None;
    }
    let mut row = Row::default();
    let mut i = cells.len();
    for j in (0..columns.len()).rev() {
        let taken = best[i][j + 1].1;
        let texts: Vec<&str> = cells[i - taken..i].iter().map(|cell| cell.text.as_str()).collect();
        place(&mut row, columns[j], &texts.join("\n"));
        i -= taken;
    }
    row.agencies.reverse();
    row.sections.reverse();
    (!row.content.is_empty() || !row.name.is_empty()).then_some(row)
}

fn place(row: &mut Row, column: Column, text: &str) {
    if text.is_empty() {
        return;
    }
    let text = text.to_owned();
    match column {
        Column::Section => row.sections.push(text),
        Column::Name => row.name = text,
        Column::Content => row.content = text,
        Column::Agencies => row.agencies.push((Role::Open, text)),
        Column::Leads => row.agencies.push((Role::Lead, text)),
        Column::Supports => row.agencies.push((Role::Support, text)),
        Column::Deadline => row.deadline = text,
        Column::Number | Column::Person | Column::Foreign | Column::Other => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Result<Option<Vec<Row>>, String> {
        let paragraphs: Vec<Paragraph> = text
            .lines()
            .enumerate()
            .filter_map(|(index, line)| Paragraph::new(line, format!("第{}行", index + 1)))
            .collect();
        let listing = read(&paragraphs.iter().collect::<Vec<_>>())?;
        Ok(listing.map(|listing| {
            let rows = listing.items.into_iter().filter_map(|item| match item {
                Item::Row(row) => Some(row),
                Item::Heading { .. } => None,
            });
            rows.collect()
        }))
    }

    #[test]
    fn a_name_given_once_leaves_the_next_row_without_one() {
        let text = "序号\n任务名称\n主要内容\n责任单位\n完成时限\n1\n产业提升\n新建冷库3座。\n*县农业农村局、县财政局\n2024年底\n2\n培训农民500人次。\n分两批进行。\n县农业农村局\n2025年";
        let rows = rows(text).unwrap().unwrap();
        assert_eq!(rows.len(), 2);
        assert_eq!((rows[0].name.as_str(), rows[0].deadline.as_str()), ("产业提升", "2024年底"));
        assert_eq!((rows[1].name.as_str(), rows[1].content.as_str()), ("", "培训农民500人次。\n分两批进行。"));
        assert_eq!(rows[1].agencies, [(Role::Open, "县农业农村局".to_owned())]);
    }

    #[test]
    fn a_lead_is_one_line_and_doubt_about_it_is_reported() {
        let text = "序号\n任务名称\n主要内容\n牵头单位\n配合单位\n1\n产业提升\n新建冷库3座。\n县农业农村局\n县财政局\n县发改局\n2\n平台建设\n建成平台1个。\n县发改局\n县财政局";
        let paragraphs: Vec<Paragraph> =
            text.lines().filter_map(|line| Paragraph::new(line, "第1行".to_owned())).collect();
        let listing = read(&paragraphs.iter().collect::<Vec<_>>()).unwrap().unwrap();
        let Item::Row(row) = &listing.items[0] else { panic!() };
        assert_eq!(row.agencies[0], (Role::Lead, "县农业农村局".to_owned()));
        let kinds: Vec<DefectKind> = listing.defects.iter().map(|defect| defect.kind).collect();
        assert_eq!(kinds, [DefectKind::LeadBorder]);
    }

    #[test]
    fn cells_in_the_order_of_columns_instead_of_rows_are_refused() {
        let text = "序号\n任务名称\n主要内容\n责任单位\n1\n2\n3\n产业提升\n平台建设\n人才引育\n新建冷库3座。\n建成平台1个。\n引进人才30名。\n县农业农村局\n县发改局\n县人社局";
        assert!(rows(text).unwrap_err().contains("分不清"));
    }

    #[test]
    fn who_printed_the_document_is_no_cell() {
        let text = "序号\n任务名称\n主要内容\n责任单位\n1\n产业提升\n新建冷库3座。\n县农业农村局\n2\n平台建设\n建成平台1个。\n县发改局\n县林长制办公室　2025年2月26日印发";
        let rows = rows(text).unwrap().unwrap();
        assert_eq!(rows[1].agencies, [(Role::Open, "县发改局".to_owned())]);
    }

    #[test]
    fn text_without_a_header_is_no_flattened_table() {
        assert_eq!(rows("关于印发方案的通知\n1\n第一\n第二").unwrap(), None);
    }
}
