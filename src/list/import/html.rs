//! What stands on a published web page? Its paragraphs, and its tables with rowspan and colspan.

use encoding_rs::Encoding;
use scraper::{ElementRef, Html, Node};

use super::document::{Block, Document, Grid, GridCell, GridRow, Paragraph, tidy};

/// Elements that hold no text for a reader.
const UNSEEN: [&str; 10] =
    ["script", "style", "head", "noscript", "template", "svg", "select", "button", "textarea", "iframe"];
/// Elements that run inside a line.
const INLINE: [&str; 20] = [
    "span",
    "a",
    "b",
    "strong",
    "i",
    "em",
    "u",
    "font",
    "sup",
    "sub",
    "small",
    "big",
    "label",
    "s",
    "mark",
    "o:p",
    "st1:chsdate",
    "ins",
    "time",
    "abbr",
];
/// Rows or columns that one cell may cover.
const WIDEST_SPAN: usize = 1000;

/// Whether a text is a web page.
pub(super) fn is_page(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let head = head.trim_start_matches('\u{feff}').trim_start();
    head.starts_with("<!doctype html")
        || head.starts_with('<') && ["<html", "<body", "<table", "<div", "<p"].iter().any(|tag| head.contains(tag))
}

/// The encoding that a page names for itself.
pub(super) fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let rest = &head[head.find("charset=")? + "charset=".len()..];
    let label: String = rest
        .trim_start_matches(['"', '\''])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c))
        .collect();
    Encoding::for_label(label.as_bytes())
}

/// Reads a page.
pub(super) fn document(text: &str) -> Document {
    let page = Html::parse_document(text);
    let mut reading = Reading::default();
    reading.walk(page.root_element());
    reading.flush();
    reading.document
}

#[derive(Default)]
struct Reading {
    document: Document,
    line: String,
    paragraphs: usize,
    tables: usize,
}

impl Reading {
    fn walk(&mut self, element: ElementRef<'_>) {
        for child in element.children() {
            match child.value() {
                Node::Text(text) => self.line.push_str(&text.replace(['\n', '\r', '\t', '\u{a0}'], " ")),
                Node::Element(_) => {
                    if let Some(element) = ElementRef::wrap(child) {
                        self.element(element);
                    }
                }
                _ => {}
            }
        }
    }

    fn element(&mut self, element: ElementRef<'_>) {
        let name = element.value().name();
        if UNSEEN.contains(&name) || is_hidden(element) {
            return;
        }
        match name {
            "br" | "hr" => self.flush(),
            "table" if !lays_out(element) => {
                self.flush();
                self.tables += 1;
                let grid = grid(element, self.tables);
                self.document.blocks.push(Block::Grid(grid));
            }
            "ol" => {
                self.flush();
                let items = element.child_elements().filter(|item| item.value().name() == "li");
                for (index, item) in items.enumerate() {
                    self.line = format!("{}. ", index + 1);
                    self.walk(item);
                    self.flush();
                }
            }
            _ if INLINE.contains(&name) => self.walk(element),
            _ => {
                self.flush();
                self.walk(element);
                self.flush();
            }
        }
    }

    /// Ends the line.
    fn flush(&mut self) {
        let line = std::mem::take(&mut self.line);
        if let Some(paragraph) = Paragraph::new(&squeezed(&line), format!("第{}段", self.paragraphs + 1)) {
            self.paragraphs += 1;
            self.document.blocks.push(Block::Paragraph(paragraph));
        }
    }
}

fn is_hidden(element: ElementRef<'_>) -> bool {
    let style = element.attr("style").unwrap_or_default().replace(' ', "").to_ascii_lowercase();
    style.contains("display:none") || element.attr("hidden").is_some()
}

/// Whether a table only lays out the page: it holds other tables of several columns, or a single column. A cell that
/// lists its agencies in a table of one column leaves the table around it what it is.
fn lays_out(table: ElementRef<'_>) -> bool {
    let inner = table.descendent_elements().skip(1).filter(|element| element.value().name() == "table");
    let one_column = |table: ElementRef<'_>| rows(table).iter().all(|row| cells(*row).len() < 2);
    one_column(table) || inner.into_iter().any(|inner| !one_column(inner))
}

/// The rows of a table itself, without those of tables in its cells.
fn rows(table: ElementRef<'_>) -> Vec<ElementRef<'_>> {
    let own = |row: &ElementRef<'_>| {
        let around = row.ancestors().filter_map(ElementRef::wrap).find(|element| element.value().name() == "table");
        around.is_some_and(|around| around.id() == table.id())
    };
    let rows = table.descendent_elements().filter(|element| element.value().name() == "tr" && !is_hidden(*element));
    rows.filter(own).collect()
}

fn cells(row: ElementRef<'_>) -> Vec<ElementRef<'_>> {
    row.child_elements().filter(|cell| matches!(cell.value().name(), "td" | "th")).collect()
}

/// A table with its merged cells spread over the places that they cover.
fn grid(table: ElementRef<'_>, number: usize) -> Grid {
    let mut grid = Grid::default();
    // For each column the cell from above that still covers it, and for how many further rows.
    let mut covering: Vec<Option<(GridCell, usize)>> = Vec::new();
    for (index, row) in rows(table).into_iter().enumerate() {
        let mut placed: Vec<GridCell> = Vec::new();
        let mut own = cells(row).into_iter();
        loop {
            let column = placed.len();
            if covering.len() <= column {
                covering.resize(column + 1, None);
            }
            if let Some((cell, rows)) = covering[column].take() {
                placed.push(cell.clone());
                covering[column] = (rows > 1).then_some((cell, rows - 1));
                continue;
            }
            let Some(cell) = own.next() else {
                if covering[column..].iter().all(Option::is_none) {
                    break;
                }
                placed.push(GridCell::default());
                continue;
            };
            let span = |name: &str| {
                cell.attr(name).and_then(|span| span.trim().parse::<usize>().ok()).unwrap_or(1).clamp(1, WIDEST_SPAN)
            };
            let first = GridCell::new(&cell_text(cell));
            for offset in 0..span("colspan") {
                let here = GridCell { from_left: offset > 0, ..first.clone() };
                if covering.len() <= column + offset {
                    covering.resize(column + offset + 1, None);
                }
                let below = GridCell { from_above: true, ..here.clone() };
                covering[column + offset] = (span("rowspan") > 1).then_some((below, span("rowspan") - 1));
                placed.push(here);
            }
        }
        grid.rows.push(GridRow { cells: placed, place: format!("表{number}第{}行", index + 1) });
    }
    grid
}

/// The text of a cell, its paragraphs on lines of their own.
fn cell_text(cell: ElementRef<'_>) -> String {
    let mut reading = Reading::default();
    reading.walk(cell);
    reading.flush();
    let lines: Vec<String> = reading.document.paragraphs().map(|paragraph| paragraph.text.clone()).collect();
    tidy(&lines.join("\n"))
}

/// A text with single spaces.
fn squeezed(text: &str) -> String {
    text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rowspan_and_colspan_are_spread_over_the_places_they_cover() {
        let page = "<html><body><p>标题</p><script>var a;</script><div style='display: none'>旧</div><table><tr><th>序号</th><th>任务</th><th>单位</th></tr>\
            <tr><td colspan=3>一、产业</td></tr><tr><td>1</td><td rowspan=2>冷库<br>建设</td><td>甲局</td></tr><tr><td>2</td><td>乙局</td></tr></table><p>抄送</p></body></html>";
        let document = document(page);
        let Block::Grid(grid) = &document.blocks[1] else { panic!() };
        let rows: Vec<Vec<&str>> =
            grid.rows.iter().map(|row| row.cells.iter().map(|cell| cell.text.as_str()).collect()).collect();
        assert_eq!(rows[1], ["一、产业", "一、产业", "一、产业"]);
        assert_eq!(rows[3], ["2", "冷库\n建设", "乙局"]);
        assert!(grid.rows[3].cells[1].from_above && grid.rows[1].cells[2].from_left);
        assert_eq!(
            document.paragraphs().map(|paragraph| paragraph.text.as_str()).collect::<Vec<_>>(),
            ["标题", "抄送"]
        );
    }

    #[test]
    fn a_table_of_one_column_inside_a_cell_is_its_text() {
        let page = "<table><tr><td><table><tr><th>任务</th><th>单位</th></tr><tr><td>冷库</td>\
            <td><table><tr><td>甲局</td></tr><tr><td>乙局</td></tr></table></td></tr></table></td></tr></table>";
        let document = document(page);
        let [Block::Grid(grid)] = document.blocks.as_slice() else { panic!("{:?}", document.blocks) };
        assert_eq!(grid.rows[1].own_texts(), ["冷库", "甲局\n乙局"]);
    }

    #[test]
    fn a_table_that_lays_out_the_page_is_read_as_text() {
        let page = "<table><tr><td><p>一、目标</p><table><tr><td>任务</td><td>单位</td></tr></table></td></tr></table>";
        let document = document(page);
        assert_eq!(document.paragraphs().count(), 1);
        assert!(matches!(document.blocks[1], Block::Grid(_)));
        assert!(is_page(page.as_bytes()) && !is_page("标题\n一、目标".as_bytes()));
    }
}
