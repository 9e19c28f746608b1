//! Where no table of a document is the list, but its cells hold what numbered paragraphs do, the tables are read as
//! paragraphs: agencies in brackets behind each content, several numbered tasks in one cell, a small table of labels
//! below each task.

use super::document::{Block, Document, Grid, GridRow, Paragraph};
use super::marks::lone_number;
use super::titles::{self, Column, Title};

/// Longest label, in characters.
const LONGEST_LABEL: usize = 8;

/// The document with the cells of its tables as paragraphs; `None` where it has no table.
pub(super) fn document(document: &Document) -> Option<Document> {
    let has_tables = document.blocks.iter().any(|block| matches!(block, Block::Grid(_)));
    let blocks = document.blocks.iter().flat_map(|block| match block {
        Block::Paragraph(paragraph) => vec![Block::Paragraph(paragraph.clone())],
        Block::Grid(grid) => paragraphs(grid).into_iter().map(Block::Paragraph).collect(),
    });
    has_tables.then(|| Document { blocks: blocks.collect() })
}

fn paragraphs(grid: &Grid) -> Vec<Paragraph> {
    let mut columns: Vec<Option<Title>> = Vec::new();
    let mut paragraphs = Vec::new();
    for row in &grid.rows {
        let lines = if let Some(lines) = labels(row) {
            lines
        } else if is_header(row) {
            columns = titles::columns(std::slice::from_ref(row));
            continue;
        } else {
            lines_of(row, &columns)
        };
        paragraphs.extend(lines.iter().filter_map(|line| Paragraph::new(line, row.place.clone())));
    }
    paragraphs
}

/// Whether most texts of a row are titles of a list's columns.
fn is_header(row: &GridRow) -> bool {
    let texts = row.own_texts();
    let known = texts.iter().filter(|text| titles::title(text).is_some()).count();
    texts.len() > 1 && known * 2 > texts.len()
}

/// The label lines of a row of labels with their values beside them: 牵头单位 │ 县发改局 │ 完成时限 │ 2025年.
fn labels(row: &GridRow) -> Option<Vec<String>> {
    let texts: Vec<&str> = row.cells.iter().filter(|cell| !cell.is_covered()).map(|cell| cell.text.as_str()).collect();
    let pairs = texts.chunks_exact(2);
    let is_pair = |pair: &[&str]| pair[0].chars().count() <= LONGEST_LABEL && titles::title(pair[1]).is_none();
    let all = !texts.is_empty()
        && pairs.remainder().is_empty()
        && pairs.clone().all(is_pair)
        && pairs.clone().any(|pair| titles::title(pair[0]).is_some());
    let line = |pair: &[&str]| match titles::title(pair[0]).map(|title| title.column) {
        Some(column) if !column.is_left_out() => labelled(pair[0], pair[1]),
        // Persons and remarks are no part of the task.
        _ => String::new(),
    };
    all.then(|| pairs.map(line).collect())
}

fn labelled(title: &str, text: &str) -> String {
    format!("{}：{}", title.replace('\n', ""), text.replace('\n', "、"))
}

/// The lines of a row of a list: a number and a name before the content, deadlines and agencies behind their titles.
fn lines_of(row: &GridRow, columns: &[Option<Title>]) -> Vec<String> {
    let (mut lines, mut beside) = (Vec::new(), Vec::new());
    let mut number = None;
    for (cell, column) in row.cells.iter().zip(0..).filter(|(cell, _)| !cell.is_covered() && !cell.text.is_empty()) {
        let column = columns.get(column).and_then(Option::as_ref).map(|title| title.column);
        match column {
            Some(column) if column.is_left_out() => {}
            Some(Column::Deadline) => beside.push(labelled("完成时限", &cell.text)),
            Some(Column::Agencies) => beside.push(labelled("责任单位", &cell.text)),
            Some(Column::Leads) => beside.push(labelled("牵头单位", &cell.text)),
            Some(Column::Supports) => beside.push(labelled("配合单位", &cell.text)),
            _ if lone_number(&cell.text).is_some() => number = lone_number(&cell.text),
            _ => lines.extend(cell.text.lines().map(str::to_owned)),
        }
    }
    if let (Some(number), Some(first)) = (number, lines.first_mut()) {
        *first = format!("{number}.{first}");
    }
    // A deadline beside a section of several tasks holds for all of them: it stands below the heading.
    let behind = if number.is_some() { lines.len() } else { lines.len().min(1) };
    lines.splice(behind..behind, beside);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::list::import::outline;

    fn grid(rows: &[&[&str]]) -> Block {
        let row = |cells: &&[&str]| GridRow {
            cells: cells.iter().map(|text| crate::list::import::text::grid_cell(text)).collect(),
            place: String::new(),
        };
        Block::Grid(Grid { rows: rows.iter().map(row).collect(), ..Grid::default() })
    }

    fn names_and_agencies(blocks: Vec<Block>) -> Vec<(String, String, Vec<String>)> {
        let unrolled = document(&Document { blocks }).unwrap();
        let listing = outline::read(&unrolled.paragraphs().collect::<Vec<_>>()).unwrap();
        let rows = listing.items.iter().filter_map(|item| match item {
            crate::list::import::listing::Item::Row(row) => Some(row),
            crate::list::import::listing::Item::Heading { .. } => None,
        });
        rows.map(|row| {
            let agencies = row.agencies.iter().map(|(_, text)| text.clone()).collect();
            (row.name.clone(), row.deadline.clone(), agencies)
        })
        .collect()
    }

    #[test]
    fn agencies_in_brackets_behind_the_content() {
        let rows = names_and_agencies(vec![grid(&[
            &["序号", "工作任务", "具体措施"],
            &["1", "祭祀用火治理", "推广鲜花祭祀，建成祭祀点40个。【牵头：县民政局；配合：县林业局】"],
            &["2", "防火道路改造", "改造防火道路46公里。【牵头：县林业局；配合：县财政局】"],
        ])]);
        assert_eq!(rows[0].0, "祭祀用火治理");
        assert_eq!(rows[1].2, ["县林业局", "县财政局"]);
    }

    #[test]
    fn a_small_table_of_labels_below_each_task() {
        let paragraph = |text: &str| Block::Paragraph(Paragraph::new(text, String::new()).unwrap());
        let labels = |lead: &str| {
            grid(&[
                &["牵头单位", lead, "责任单位", "县财政局"],
                &["县级分管领导", "陈立明", "完成时限", "2026年12月底"],
            ])
        };
        let rows = names_and_agencies(vec![
            paragraph("1．智能工厂示范"),
            paragraph("建成省级智能工厂5家。"),
            labels("县经信局"),
            paragraph("2．专精特新培育"),
            paragraph("新增专精特新企业22家。"),
            labels("县科技局"),
        ]);
        assert_eq!(rows[0], ("智能工厂示范".into(), "2026年12月底".into(), vec!["县经信局".into(), "县财政局".into()]));
        assert_eq!(rows.len(), 2);
    }

    #[test]
    fn several_numbered_tasks_in_one_cell() {
        let rows = names_and_agencies(vec![grid(&[
            &["重点领域", "工作任务（责任单位）", "完成时限"],
            &[
                "一、建强医共体",
                "1.组建医共体2个。（县卫健局、县委编办负责）\n2.推行统一管理。（县卫健局负责）",
                "2025年12月底前",
            ],
            &["二、提升服务", "3.建设专科6个。（县卫健局、县人民医院负责）", "2025年6月底前"],
        ])]);
        assert_eq!(rows.len(), 3);
        assert_eq!(rows.iter().map(|row| row.2.len()).collect::<Vec<_>>(), [1, 1, 1]);
    }
}
