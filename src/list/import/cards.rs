//! One small table for each task, whose rows are labels and what they say: cards. Together they are one table.

use super::document::{Block, Document, Grid, GridCell, GridRow, Paragraph};
use super::marks::{Level, Mark};
use super::titles::{self, Column};

/// Longest label, in characters.
const LONGEST_LABEL: usize = 8;
/// Longest heading or caption over a card, in characters.
const LONGEST_CAPTION: usize = 60;

/// What stands in a table of cards.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    /// A section's heading over cards.
    Heading(String),
    /// A card.
    Card(Card),
}

impl Piece {
    const fn card(&self) -> Option<&Card> {
        match self {
            Self::Card(card) => Some(card),
            Self::Heading(_) => None,
        }
    }
}

/// The labels of one task and what they say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Card {
    place: String,
    fields: Vec<(String, String)>,
}

/// The document with its cards gathered into one table where the first of them stands; `None` where it has no two
/// cards that make a list.
pub(super) fn gathered(document: &Document) -> Option<Document> {
    let read: Vec<Option<Vec<Piece>>> = document.blocks.iter().map(read_block).collect();
    let cards: Vec<&Card> = read.iter().flatten().flatten().filter_map(Piece::card).collect();
    let of_one_list = |pieces: &Vec<Piece>| pieces.iter().filter_map(Piece::card).all(|card| has_like(card, &cards));
    let accepted: Vec<bool> = read.iter().map(|pieces| pieces.as_ref().is_some_and(of_one_list)).collect();
    let mut blocks = Vec::new();
    let mut pieces: Vec<Piece> = Vec::new();
    let mut first = None;
    for ((block, read), accepted) in document.blocks.iter().zip(read.clone()).zip(accepted) {
        let Some(mut found) = read.filter(|_| accepted) else {
            blocks.push(block.clone());
            continue;
        };
        caption_above(&mut found, &blocks);
        if let Some(first) = first {
            pieces.extend(headings_above(&mut blocks, first));
        }
        first = first.or(Some(blocks.len()));
        pieces.append(&mut found);
    }
    let labels = labels(&pieces);
    let columns: Vec<Column> =
        labels.iter().filter_map(|label| titles::title(label)).map(|title| title.column).collect();
    let agencies = [Column::Agencies, Column::Leads, Column::Supports];
    let of_list = columns.iter().any(|column| agencies.contains(column)) && !columns.contains(&Column::Foreign);
    if pieces.iter().filter_map(Piece::card).count() < 2 || !of_list {
        return None;
    }
    blocks.insert(first?, Block::Grid(table(&pieces, &labels)));
    Some(Document { blocks })
}

/// Whether another card has most of the labels of this one: the particulars of a notice are alone in their kind.
fn has_like(card: &Card, cards: &[&Card]) -> bool {
    let has = |other: &Card, label: &str| other.fields.iter().any(|(own, _)| own == label);
    let like = |other: &&&Card| {
        let common = card.fields.iter().filter(|(label, _)| has(other, label)).count();
        common * 3 >= 2 * card.fields.len().max(other.fields.len())
    };
    cards.iter().filter(|other| !std::ptr::eq(**other, card)).any(|other| like(&other))
}

fn read_block(block: &Block) -> Option<Vec<Piece>> {
    match block {
        Block::Grid(grid) => read(grid).filter(|pieces| pieces.iter().any(|piece| piece.card().is_some())),
        Block::Paragraph(_) => None,
    }
}

/// The pieces of a table of cards; `None` where it is a table of another sort.
fn read(grid: &Grid) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut card = Card::default();
    let mut alone: Option<String> = None;
    let close = |card: &mut Card, pieces: &mut Vec<Piece>| {
        if card.fields.iter().any(|(_, value)| !value.is_empty()) {
            pieces.push(Piece::Card(std::mem::take(card)));
        }
    };
    for row in &grid.rows {
        let texts = row.own_texts();
        match texts.as_slice() {
            [] => close(&mut card, &mut pieces),
            // A label over the whole width, with what it says below.
            [text] if titles::title(text).is_some() && alone.is_none() && spans(row) => alone = Some(label(text)),
            [text] if alone.is_some() => card.fields.extend(alone.take().map(|label| (label, (*text).to_owned()))),
            [text] if is_heading(text) => {
                close(&mut card, &mut pieces);
                pieces.push(Piece::Heading((*text).to_owned()));
            }
            [text] if spans(row) && text.chars().count() <= LONGEST_CAPTION => {
                close(&mut card, &mut pieces);
                card.fields.extend(captioned(text));
            }
            _ => {
                for field in fields(row)? {
                    add(&mut card, field, |card| close(card, &mut pieces));
                }
            }
        }
        if card.place.is_empty() {
            card.place.clone_from(&row.place);
        }
    }
    close(&mut card, &mut pieces);
    // Labels that no list has stand among those that lists have.
    let labels = labels(&pieces);
    let known = labels.iter().filter(|label| titles::title(label).is_some()).count();
    (known >= 2 && known * 2 >= labels.len()).then_some(pieces)
}

/// A label and what it says.
struct Field {
    label: String,
    value: String,
    /// Whether the label is merged with the one above.
    goes_on: bool,
}

/// Adds a field. A label that the card has already begins the next card.
fn add(card: &mut Card, field: Field, close: impl FnOnce(&mut Card)) {
    let known = card.fields.iter().position(|(label, _)| *label == field.label);
    match known {
        Some(index) if field.goes_on => {
            let value = &mut card.fields[index].1;
            let whole = [value.as_str(), &field.value].join("\n");
            whole.trim().clone_into(value);
        }
        Some(_) => {
            close(card);
            card.fields.push((field.label, field.value));
        }
        None => card.fields.push((field.label, field.value)),
    }
}

/// The labels of a row and what they say; `None` where the row is not made of such pairs.
fn fields(row: &GridRow) -> Option<Vec<Field>> {
    let cells: Vec<&GridCell> = row.cells.iter().filter(|cell| !cell.from_left).collect();
    let is_title = |cell: &GridCell| titles::title(&cell.text).is_some();
    let mut found = Vec::new();
    let mut index = 0;
    while index < cells.len() {
        let cell = cells[index];
        let next = cells.get(index + 1);
        if cell.text.is_empty() {
            index += 1;
        } else if let Some((label, value)) = labelled(&cell.text) {
            found.push(Field { label, value, goes_on: false });
            index += 1;
        } else if may_be_label(&cell.text) && next.is_some_and(|next| is_title(next)) && (cells.len() - index) % 2 == 1
        {
            // 责任落实 beside 牵头单位 and 配合单位.
            index += 1;
        } else {
            let is_label = is_title(cell) || may_be_label(&cell.text);
            let value = next.filter(|_| is_label)?.text.clone();
            found.push(Field { label: label(&cell.text), value, goes_on: cell.from_above });
            index += 2;
        }
    }
    // A header: every title has the next one beside it.
    let header = found.iter().all(|field| titles::title(&field.value).is_some());
    (!header).then_some(found)
}

/// 牵头单位：县住建局 in one cell.
fn labelled(text: &str) -> Option<(String, String)> {
    let (before, value) = text.split_once([':', '：'])?;
    titles::title(before)?;
    (!value.trim().is_empty()).then(|| (label(before), value.trim().to_owned()))
}

fn label(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !":：".contains(*c)).collect()
}

fn may_be_label(text: &str) -> bool {
    let letters =
        text.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c) || c.is_whitespace() || ":：".contains(c));
    letters && text.chars().count() <= LONGEST_LABEL
}

fn spans(row: &GridRow) -> bool {
    row.cells.iter().skip(1).all(|cell| cell.from_left || cell.text.is_empty())
}

fn is_heading(text: &str) -> bool {
    let mark = Mark::of(text);
    mark.is_some_and(|mark| mark.level <= Level::ChineseInBrackets && !mark.rest.is_empty())
        && text.chars().count() <= LONGEST_CAPTION
        && !text.ends_with('。')
}

/// Number and name from a caption: 任务一：改造管网, 3.改造管网. A caption without a number says nothing sure.
fn captioned(text: &str) -> Vec<(String, String)> {
    match Mark::of(text) {
        Some(mark) if mark.level > Level::ChineseInBrackets && !mark.rest.is_empty() => {
            let fields = [("序号", mark.number.to_string()), ("任务名称", mark.rest.to_owned())];
            fields.map(|(label, value)| (label.to_owned(), value)).to_vec()
        }
        _ => Vec::new(),
    }
}

/// The paragraph directly over a card names its task, where the card does not.
fn caption_above(pieces: &mut [Piece], blocks: &[Block]) {
    let Some(Block::Paragraph(Paragraph { text, .. })) = blocks.last() else { return };
    let Some(Piece::Card(card)) = pieces.first_mut() else { return };
    let has = |card: &Card, column: Column| {
        card.fields.iter().any(|(label, _)| titles::title(label).is_some_and(|title| title.column == column))
    };
    let caption = if text.chars().count() <= LONGEST_CAPTION { captioned(text) } else { Vec::new() };
    if !has(card, Column::Name) {
        let known = has(card, Column::Number);
        card.fields.splice(0..0, caption.into_iter().filter(|(label, _)| !(known && label == "序号")));
    }
}

/// The headings directly over a card, taken from the paragraphs behind the first card.
fn headings_above(blocks: &mut Vec<Block>, first: usize) -> Vec<Piece> {
    let heading = |block: &Block| match block {
        Block::Paragraph(paragraph) if is_heading(&paragraph.text) => Some(Piece::Heading(paragraph.text.clone())),
        _ => None,
    };
    let caption = |block: &Block| match block {
        Block::Paragraph(paragraph) => !captioned(&paragraph.text).is_empty(),
        Block::Grid(_) => false,
    };
    let end = blocks.len() - blocks[first..].iter().rev().take_while(|block| caption(block)).count();
    let begin = end - blocks[first..end].iter().rev().take_while(|block| heading(block).is_some()).count();
    let headings = blocks[begin..end].iter().filter_map(heading).collect();
    blocks.truncate(begin);
    headings
}

/// The labels of all cards in the order in which they first stand.
fn labels(pieces: &[Piece]) -> Vec<String> {
    let mut labels: Vec<String> = Vec::new();
    for card in pieces.iter().filter_map(Piece::card) {
        for (label, _) in &card.fields {
            if !labels.contains(label) {
                labels.push(label.clone());
            }
        }
    }
    labels
}

/// The table that the cards make: their labels over it, a row for each.
fn table(pieces: &[Piece], labels: &[String]) -> Grid {
    let header = GridRow { cells: labels.iter().map(|label| GridCell::new(label)).collect(), place: String::new() };
    let rows = pieces.iter().map(|piece| match piece {
        Piece::Heading(text) => {
            let first = GridCell::new(text);
            let further = GridCell { from_left: true, ..first.clone() };
            let mut cells = vec![further; labels.len()];
            cells[0] = first;
            GridRow { cells, place: String::new() }
        }
        Piece::Card(card) => {
            let value =
                |label: &String| card.fields.iter().find(|(own, _)| own == label).map(|(_, value)| value.as_str());
            let cells = labels.iter().map(|label| GridCell::new(value(label).unwrap_or_default())).collect();
            GridRow { cells, place: card.place.clone() }
        }
    });
    Grid { sheet: None, rows: std::iter::once(header).chain(rows).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::list::import::text;

    fn rows(text: &str) -> Option<Vec<String>> {
        let document = gathered(&text::document(text))?;
        let grid = document.blocks.iter().find_map(|block| match block {
            Block::Grid(grid) => Some(grid),
            Block::Paragraph(_) => None,
        })?;
        Some(grid.rows.iter().map(|row| row.own_texts().join("/")).collect())
    }

    #[test]
    fn cards_make_a_table_whose_header_are_their_labels() {
        let text = "甲县任务卡\n任务编号|1|所属板块|一、产业\n任务名称|新建冷库|\n主办单位|县甲局|参加单位|县乙局\n\n文\n二、民生\n任务编号|2|所属板块|二、民生\n任务名称|改造小区|\n主办单位|县丙局|参加单位|";
        assert_eq!(
            rows(text).unwrap(),
            [
                "任务编号/所属板块/任务名称/主办单位/参加单位",
                "1/一、产业/新建冷库/县甲局/县乙局",
                "二、民生",
                "2/二、民生/改造小区/县丙局"
            ]
        );
    }

    #[test]
    fn cards_follow_each_other_in_one_table_and_captions_name_them() {
        let text = "任务一：新建冷库||\n具体措施|建冷库3座。|\n责任单位|县甲局|\n任务二：改造小区||\n具体措施|改造小区5个。|\n责任单位|县乙局|";
        assert_eq!(
            rows(text).unwrap(),
            ["序号/任务名称/具体措施/责任单位", "1/新建冷库/建冷库3座。/县甲局", "2/改造小区/改造小区5个。/县乙局"]
        );
    }

    #[test]
    fn paragraphs_over_cards_are_their_captions() {
        let text = "甲县清单\n1.新建冷库\n项目内容|建冷库3座。|\n责任单位|县甲局|\n2.改造小区\n项目内容|改造小区5个。|\n责任单位|县乙局|\n二、教育\n3.新建学校\n项目内容|新建学校1所。|\n责任单位|县丙局|";
        let rows = rows(text).unwrap();
        assert_eq!(rows[1..3], ["1/新建冷库/建冷库3座。/县甲局", "2/改造小区/改造小区5个。/县乙局"]);
        assert_eq!(rows[3..], ["二、教育", "3/新建学校/新建学校1所。/县丙局"]);
    }

    #[test]
    fn a_list_with_a_header_and_the_particulars_of_a_notice_are_no_cards() {
        for text in [
            "序号|任务名称|责任单位|时限\n1|新建冷库|县甲局|6月\n2|改造小区|县乙局|9月",
            "索引号|12|发布机构|县政府办\n名称|关于印发方案的通知|文号|3号",
            "任务名称|新建冷库|\n责任单位|县甲局|",
            "发布机构|县政府办|责任部门|县政府办\n名称|关于印发方案的通知|文号|3号\n\n文\n联系人|王某|联系电话|123\n责任单位|县政府办|备注|",
        ] {
            assert_eq!(rows(text), None, "{text}");
        }
    }
}
