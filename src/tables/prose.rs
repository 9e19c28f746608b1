//! Is a sheet a text in one column, with one paragraph for each task?
//!
//! ```text
//!  一、产业提升
//!  (一)重大项目建设：新开工4个，在建9个。【推进中】
//!  (二)粮食安全：春播复耕51亩。【推进中】
//! ```

use std::collections::BTreeMap;

use super::grid::{Grid, Seen};
use super::layout::Knowledge;
use super::outside::{is_caption, is_note, is_signature};
use super::table::{Card, CardPair, Layout, RowRole, Table, TableColumn, TableRow};
use super::text::{is_status_word, length, one_line, plain};
use crate::list::Field;
use crate::location::{CellRef, Region};

/// Paragraphs of one form that a text must have.
const FEWEST: usize = 3;
/// Longest name before the colon, in characters.
const LONGEST_NAME: usize = 30;
/// Shortest narrative behind the colon, in characters.
const SHORTEST_NARRATIVE: usize = 4;

/// A paragraph that names a task and tells what was done about it.
struct Paragraph<'s> {
    cell: Seen<'s>,
    name: String,
    narrative: String,
    status: Option<String>,
    /// Whether its name is, but for slips, that of an official task.
    official: bool,
}

/// The paragraphs of a text as one table of cards; `None` where it does not tell of tasks one by one.
pub(super) fn find(grid: &Grid, knowledge: &Knowledge) -> Option<Table> {
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    for row in grid.used_rows() {
        let [only] = grid.row(row) else { continue };
        paragraphs.extend(paragraph(*only, knowledge));
    }
    let sure = |paragraph: &&Paragraph| paragraph.official || paragraph.status.is_some();
    let known = paragraphs.iter().filter(sure).count();
    if known < FEWEST || known * 2 < paragraphs.len() || !paragraphs.iter().any(|paragraph| paragraph.official) {
        return None;
    }
    // Where all tasks bear a state, a paragraph without one is something else.
    let states = paragraphs.iter().filter(|paragraph| paragraph.status.is_some()).count();
    if states * 5 >= paragraphs.len() * 4 {
        paragraphs.retain(|paragraph| paragraph.official || paragraph.status.is_some());
    }
    table(&paragraphs)
}

/// What a paragraph says of a task; `None` where it is none of that form.
fn paragraph<'s>(cell: Seen<'s>, knowledge: &Knowledge) -> Option<Paragraph<'s>> {
    let text = one_line(&cell.cell.text);
    let place = text.find([':', '：'])?;
    let (name, rest) = text.split_at(place);
    let name = without_number(name);
    let (narrative, status) = without_status(rest.trim_start_matches([':', '：']).trim());
    let bare = plain(name);
    let is_name = (2..=LONGEST_NAME).contains(&length(&bare)) && !bare.contains(['。', ';', ',', '，', '；']);
    let label = || {
        let short = plain(&text);
        is_caption(&short) || is_signature(&short) || is_note(&short) || knowledge.vocabulary.meaning(name).is_some()
    };
    let official = knowledge.official.is_task(name);
    let told = is_name && length(&plain(&narrative)) >= SHORTEST_NARRATIVE && (official || !label());
    told.then(|| Paragraph { cell, name: name.to_owned(), narrative, status, official })
}

/// A name without the number before it: (一)重大项目建设, 3.粮食安全, 2、养老服务.
fn without_number(name: &str) -> &str {
    let name = name.trim();
    let unbracketed = name.trim_start_matches(['(', '（', '第']);
    let digits = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let rest = unbracketed.trim_start_matches(digits);
    let marked = rest.len() < unbracketed.len() && rest.starts_with([')', '）', '.', '、', '．', '项']);
    let circled = name.trim_start_matches(|c| matches!(c, '①'..='⑳'));
    if marked { rest.trim_start_matches([')', '）', '.', '、', '．', '项']).trim() } else { circled.trim() }
}

/// A narrative and the state that stands in brackets at its end.
fn without_status(text: &str) -> (String, Option<String>) {
    let open = text.trim_end_matches(['。', ';', '；', ' ']);
    for (left, right) in [('【', '】'), ('(', ')'), ('（', '）'), ('[', ']'), ('〔', '〕')] {
        let Some((before, inner)) = open.strip_suffix(right).and_then(|open| open.rsplit_once(left)) else { continue };
        if is_status_word(&plain(inner)) {
            return (before.trim().to_owned(), Some(inner.trim().to_owned()));
        }
    }
    (text.to_owned(), None)
}

/// The table of the paragraphs, each one a card of its own.
fn table(paragraphs: &[Paragraph]) -> Option<Table> {
    let cards: Vec<Card> = paragraphs.iter().map(card).collect();
    let regions = paragraphs.iter().map(|paragraph| paragraph.cell.region);
    let region = regions.reduce(|one, other| {
        let first = CellRef::new(one.first.row.min(other.first.row), one.first.column.min(other.first.column));
        let last = CellRef::new(one.last.row.max(other.last.row), one.last.column.max(other.last.column));
        Region::new(first, last)
    })?;
    let rows = paragraphs.iter().map(|paragraph| TableRow {
        row: paragraph.cell.region.first.row,
        last_row: paragraph.cell.region.last.row,
        role: RowRole::Record,
        part: false,
        counts_only: false,
        why: "一段文字写一项任务，冒号前是任务、后是进展，是一条填报记录".to_owned(),
    });
    let cells = paragraphs.iter().enumerate().map(|(index, paragraph)| (paragraph.cell.cell.at, (index, false)));
    let mut columns: Vec<TableColumn> = Vec::new();
    for pair in cards.iter().flat_map(|card| &card.pairs) {
        if !columns.iter().any(|column| column.field == pair.field) {
            columns.push(TableColumn {
                column: pair.value.column,
                title: pair.title.clone(),
                title_at: None,
                field: pair.field,
                unit: None,
                why: "全文没有表格，按“任务：进展【状态】”逐段读出".to_owned(),
            });
        }
    }
    Some(Table {
        region,
        layout: Layout::Card,
        header_rows: Vec::new(),
        columns,
        rows: rows.collect(),
        card_cells: cells.collect::<BTreeMap<_, _>>(),
        cards,
        side_by_side: false,
    })
}

/// The card of a paragraph: its parts stand in one cell.
fn card(paragraph: &Paragraph) -> Card {
    let at = paragraph.cell.cell.at;
    let pair = |field: Field, written: &str| CardPair {
        field: Some(field),
        title: field.title().to_owned(),
        unit: None,
        label: at,
        value: at,
        filled: true,
        written: Some(written.to_owned()),
    };
    let mut pairs = vec![pair(Field::Name, &paragraph.name), pair(Field::Progress, &paragraph.narrative)];
    pairs.extend(paragraph.status.as_ref().map(|status| pair(Field::Status, status)));
    Card { pairs }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_before_names() {
        for text in [
            "(一)重大项目建设",
            "（12）重大项目建设",
            "3.重大项目建设",
            "四、重大项目建设",
            "①重大项目建设",
            "重大项目建设",
        ] {
            assert_eq!(without_number(text), "重大项目建设", "{text}");
        }
        assert_eq!(without_number("三位一体改革"), "三位一体改革");
    }

    #[test]
    fn states_in_brackets_at_the_end() {
        let cut = |text: &str| without_status(text);
        assert_eq!(cut("终端漏水，拟换泵。【滞后】"), ("终端漏水，拟换泵。".to_owned(), Some("滞后".to_owned())));
        assert_eq!(cut("全部建成(已完成)。"), ("全部建成".to_owned(), Some("已完成".to_owned())));
        assert_eq!(cut("全部建成(附照片)"), ("全部建成(附照片)".to_owned(), None));
    }
}
