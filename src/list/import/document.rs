//! What stands in a published document, whatever its file format: paragraphs and tables, in reading order.

/// A published document.
#[derive(Debug, Clone, Default)]
pub(crate) struct Document {
    /// Paragraphs and tables in reading order.
    pub(crate) blocks: Vec<Block>,
}

/// A paragraph or a table.
#[derive(Debug, Clone)]
pub(crate) enum Block {
    /// A line of running text.
    Paragraph(Paragraph),
    /// A table whose cells are told apart.
    Grid(Grid),
}

/// A line of running text, trimmed and not empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Paragraph {
    /// The text, with the number that a word processor puts in front of it.
    pub(crate) text: String,
    /// Where it stands, as a person looks it up: 第 173 行.
    pub(crate) place: String,
}

/// A table: rows of equally many cells.
#[derive(Debug, Clone, Default)]
pub(crate) struct Grid {
    /// The name of its sheet, where a workbook has several.
    pub(crate) sheet: Option<String>,
    /// Rows from top to bottom.
    pub(crate) rows: Vec<GridRow>,
}

/// One row of a table.
#[derive(Debug, Clone, Default)]
pub(crate) struct GridRow {
    /// Cells from left to right.
    pub(crate) cells: Vec<GridCell>,
    /// Where it stands, as a person looks it up.
    pub(crate) place: String,
}

/// One cell of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct GridCell {
    /// The text that a person sees there: of a merged cell the same text in all places it covers.
    pub(crate) text: String,
    /// Whether a merged cell that begins in a row above covers the place.
    pub(crate) from_above: bool,
    /// Whether a merged cell that begins in a column to the left covers the place.
    pub(crate) from_left: bool,
}

impl Document {
    /// All paragraphs in reading order; the cells of tables are not among them.
    pub(crate) fn paragraphs(&self) -> impl Iterator<Item = &Paragraph> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Paragraph(paragraph) => Some(paragraph),
            Block::Grid(_) => None,
        })
    }

    /// All texts, of paragraphs and of cells, each merged cell once.
    pub(crate) fn texts(&self) -> Vec<&str> {
        let mut texts = Vec::new();
        for block in &self.blocks {
            match block {
                Block::Paragraph(paragraph) => texts.push(paragraph.text.as_str()),
                Block::Grid(grid) => {
                    let cells = grid.rows.iter().flat_map(|row| &row.cells);
                    texts.extend(cells.filter(|cell| !cell.is_covered()).map(|cell| cell.text.as_str()));
                }
            }
        }
        texts
    }
}

impl Paragraph {
    /// A paragraph from its text and place; `None` where nothing is written, or only the number of a page.
    pub(crate) fn new(text: &str, place: String) -> Option<Self> {
        let text = tidy(text);
        (!text.is_empty() && !is_page_number(&text)).then_some(Self { text, place })
    }
}

impl Grid {
    /// How many columns the widest row has.
    pub(crate) fn width(&self) -> usize {
        self.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0)
    }
}

impl GridRow {
    /// The text at a column; empty beyond the row's end.
    pub(crate) fn text(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| cell.text.as_str())
    }

    /// The texts of the cells that begin in this row, blanks left out.
    pub(crate) fn own_texts(&self) -> Vec<&str> {
        let own = self.cells.iter().filter(|cell| !cell.is_covered() && !cell.text.is_empty());
        own.map(|cell| cell.text.as_str()).collect()
    }
}

impl GridCell {
    /// A cell of its own.
    pub(crate) fn new(text: &str) -> Self {
        Self { text: tidy(text), from_above: false, from_left: false }
    }

    /// Whether the cell is a part of a merged one that begins elsewhere.
    pub(crate) const fn is_covered(&self) -> bool {
        self.from_above || self.from_left
    }
}

/// Whether a line is the number of a page: — 3 —, 第3页 共9页.
fn is_page_number(text: &str) -> bool {
    let dashed =
        text.starts_with(['-', '—', '–', '·']) && text.ends_with(['-', '—', '–', '·']) && text.chars().count() > 2;
    let paged = text.starts_with('第') && text.contains('页');
    let only = |signs: &str| text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || signs.contains(c));
    let numbered = text.chars().any(|c| c.is_ascii_digit());
    numbered && (dashed && only("-—–·") || paged && only("第页共,，/"))
}

/// A text without the white space at the ends of its lines, without blank lines and invisible characters.
///
/// Punctuation stays as published, half-width or full-width: a plan quotes, it does not edit.
pub(crate) fn tidy(text: &str) -> String {
    let invisible = |c: char| matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{ad}' | '\u{2060}');
    let visible: String =
        text.chars().filter(|c| !invisible(*c) && (!c.is_control() || "\t\n\r".contains(*c))).collect();
    let lines = visible.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_pages_are_no_paragraphs() {
        for text in ["- 3 -", "—12—", "第 3 页 共 9 页", "第3页", "", " \u{200b}"] {
            assert_eq!(Paragraph::new(text, String::new()), None, "{text}");
        }
        for text in ["3", "-", "第3页起执行", "——", "2024-2026"] {
            assert!(Paragraph::new(text, String::new()).is_some(), "{text}");
        }
    }
}
