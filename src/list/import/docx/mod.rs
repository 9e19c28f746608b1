//! What stands in a Word document? Paragraphs with their automatic numbers, tables with their merged cells.

mod numbering;

use super::document::{Block, Document, Grid, GridCell, GridRow, Paragraph};
use super::xml_tree::{Element, Node};
use crate::workbooks::{Limits, Refusal, document_parts};
use numbering::Numbering;

/// Part of a document that holds its text.
const MAIN: &str = "word/document.xml";

/// Reads a document; `None` where the container holds no Word document.
///
/// # Errors
/// A refusal where the container is damaged or too large.
pub(super) fn read(bytes: &[u8]) -> Result<Option<Document>, Refusal> {
    let parts = document_parts(bytes, &[MAIN, "word/numbering.xml", "word/styles.xml"], &Limits::default())?;
    let [main, numbering, styles] = <[Option<String>; 3]>::try_from(parts).unwrap_or_default();
    let Some(main) = main else { return Ok(None) };
    let parse = |part: Option<String>| part.and_then(|part| Element::parse(&part)).unwrap_or_default();
    let Some(main) = Element::parse(&main) else { return Ok(None) };
    let mut reader = Reading {
        numbering: Numbering::new(&parse(numbering), &parse(styles)),
        document: Document::default(),
        paragraphs: 0,
        tables: 0,
    };
    if let Some(body) = main.child("body") {
        reader.blocks(body);
    }
    Ok(Some(reader.document))
}

struct Reading {
    numbering: Numbering,
    document: Document,
    paragraphs: usize,
    tables: usize,
}

impl Reading {
    /// The paragraphs and tables of the body or of a wrapper inside it (content controls, insertions).
    fn blocks(&mut self, parent: &Element) {
        for element in parent.elements() {
            match element.name.as_str() {
                "p" => {
                    let text = self.paragraph(element);
                    self.paragraphs += 1;
                    let place = format!("第{}段", self.paragraphs);
                    let lines = text.split('\n').filter_map(|line| Paragraph::new(line, place.clone()));
                    self.document.blocks.extend(lines.map(Block::Paragraph));
                }
                "tbl" => {
                    self.tables += 1;
                    let grid = self.table(element);
                    self.document.blocks.push(Block::Grid(grid));
                }
                name if is_passed_over(name) => {}
                _ => self.blocks(element),
            }
        }
    }

    /// The text of a paragraph behind its automatic number.
    fn paragraph(&mut self, paragraph: &Element) -> String {
        let label = self.numbering.label(paragraph.child("pPr"));
        let mut text = String::new();
        inline(paragraph, &mut text);
        // A number on its own is a cell's content; an empty paragraph that is numbered in running text is a slip.
        format!("{label}{}", text.trim_start())
    }

    fn table(&mut self, table: &Element) -> Grid {
        let mut grid = Grid::default();
        for (index, row) in rows(table).into_iter().enumerate() {
            let before = row.child("trPr").and_then(|properties| properties.value("gridBefore"));
            let mut cells = vec![GridCell::default(); before.and_then(|count| count.parse().ok()).unwrap_or(0)];
            for cell in cells_of(row) {
                let properties = cell.child("tcPr");
                let property = |name: &str| properties.and_then(|properties| properties.child(name));
                let span = property("gridSpan").and_then(|span| span.attribute("val")?.parse().ok());
                let continues = property("vMerge").is_some_and(|merge| merge.attribute("val") != Some("restart"));
                let mut lines = Vec::new();
                self.cell_lines(cell, &mut lines);
                let above =
                    grid.rows.last().map(|row: &GridRow| row.text(cells.len()).to_owned()).filter(|_| continues);
                let first =
                    GridCell { from_above: continues, ..GridCell::new(&above.unwrap_or_else(|| lines.join("\n"))) };
                let further = GridCell { from_left: true, ..first.clone() };
                cells.push(first);
                cells.extend(std::iter::repeat_n(further, span.unwrap_or(1usize).clamp(1, 64) - 1));
            }
            grid.rows.push(GridRow { cells, place: format!("表{}第{}行", self.tables, index + 1) });
        }
        grid
    }

    /// The lines of a cell; a table inside a cell is read as lines.
    fn cell_lines(&mut self, parent: &Element, lines: &mut Vec<String>) {
        for element in parent.elements() {
            match element.name.as_str() {
                "p" => lines.push(self.paragraph(element)),
                name if is_passed_over(name) => {}
                _ => self.cell_lines(element, lines),
            }
        }
    }
}

/// The rows of a table, also those inside content controls; deleted rows are none.
fn rows(table: &Element) -> Vec<&Element> {
    let mut found = Vec::new();
    for element in table.elements() {
        match element.name.as_str() {
            "tr" if element.child("trPr").is_some_and(|properties| properties.child("del").is_some()) => {}
            "tr" => found.push(element),
            name if is_passed_over(name) => {}
            _ => found.extend(rows(element)),
        }
    }
    found
}

fn cells_of(row: &Element) -> Vec<&Element> {
    let mut found = Vec::new();
    for element in row.elements() {
        match element.name.as_str() {
            "tc" => found.push(element),
            name if is_passed_over(name) => {}
            _ => found.extend(cells_of(element)),
        }
    }
    found
}

/// Properties, deleted text, and the older copy that is kept beside a drawing.
fn is_passed_over(name: &str) -> bool {
    let names = [
        "pPr",
        "tblPr",
        "tblGrid",
        "trPr",
        "tcPr",
        "sectPr",
        "del",
        "moveFrom",
        "Fallback",
        "sdtPr",
        "sdtEndPr",
        "instrText",
        "delText",
    ];
    names.contains(&name)
}

/// The text of the runs inside an element.
fn inline(parent: &Element, text: &mut String) {
    let hidden = parent.child("rPr").and_then(|properties| properties.child("vanish"));
    if hidden.is_some_and(|vanish| !matches!(vanish.attribute("val"), Some("0" | "false"))) {
        return;
    }
    for element in parent.elements() {
        match element.name.as_str() {
            "t" => text.extend(element.children.iter().filter_map(|child| match child {
                Node::Text(text) => Some(text.as_str()),
                Node::Element(_) => None,
            })),
            "tab" => text.push('\t'),
            "br" | "cr" => text.push('\n'),
            "noBreakHyphen" => text.push('-'),
            // Paragraphs of a text box inside a paragraph.
            "p" if !text.is_empty() => {
                text.push('\n');
                inline(element, text);
            }
            "rPr" => {}
            name if is_passed_over(name) => {}
            _ => inline(element, text),
        }
    }
}
