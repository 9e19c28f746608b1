//! How are the rows of a long sheet kept until its file is written? As the XML that they become, on the disk where
//! they are many, so that a sheet may be as long as it likes.
//!
//! Which number a format and a text get in the file is known only when all sheets are there. Until then a mark stands
//! in the XML for each; see [`Rows::write`].

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, Seek, Write};
use std::path::Path;

use tempfile::SpooledTempFile;

use super::style::Look;
use super::text_xml::{escaped, item, run};
use crate::location::{CellRef, column_letters};

/// Bytes of a sheet that are kept in memory; what is longer goes to the disk. All sheets of a workbook are made before the
/// first is written, and a table over a province has dozens.
const KEPT_IN_MEMORY: usize = 4 << 20;
/// The same of a sheet with which a table goes on.
const KEPT_OF_FURTHER: usize = 1 << 20;
/// Texts of a sheet that the file holds once for all cells, and their bytes; what comes beyond stands in its own cell, so
/// that the texts of a province need not be in memory together.
const SHARED_TEXTS: usize = 1 << 16;
const SHARED_BYTES: usize = 8 << 20;
/// A byte that stands for the number of a format, with the place of its look behind it. No text holds it.
const FORMAT: u8 = 1;
/// A byte that stands for the number of a text, with four bytes of its number on this sheet behind it.
const TEXT: u8 = 2;
/// Rows of a block, all of which state the same span of columns, as Excel writes them.
const BLOCK: u32 = 16;
/// Pixels of a row whose height need not be stated.
const USUAL_HEIGHT: u32 = 20;

/// What a cell of a long sheet holds.
pub(super) enum Held<'a> {
    Blank,
    Text(&'a str),
    /// Pieces of a text; the marked ones are coloured.
    Marked(&'a [(bool, Cow<'a, str>)]),
    Number(f64),
    /// A formula and its result.
    Formula(&'a str, f64),
}

/// A row that may still get cells.
struct Draft {
    row: u32,
    pixels: u32,
    cells: Vec<u8>,
    /// First and last column.
    span: Option<(u16, u16)>,
}

/// The rows of one sheet below its headings.
pub(super) struct Rows {
    /// Zero-based row of the headings, which are not among these rows.
    header: u32,
    /// Letters of the columns.
    letters: Vec<String>,
    /// The rows of the block that is not finished.
    block: Vec<Draft>,
    /// Room of rows that were written, for the next ones.
    spare: Vec<Vec<u8>>,
    finished: SpooledTempFile,
    written: Vec<u8>,
    /// Each look, and the cell that it came with first.
    looks: Vec<(Look, CellRef)>,
    texts: Texts,
    links: Vec<Link>,
    last_row: Option<u32>,
}

/// A link in a cell.
pub(super) struct Link {
    pub(super) cell: CellRef,
    /// `internal:…` or `file://…`.
    pub(super) target: String,
    /// What the cell shows.
    pub(super) text: String,
}

/// The texts of a sheet that are shared, each once.
struct Texts {
    numbers: HashMap<Box<str>, u32>,
    bytes: usize,
    /// How many there may be.
    most: usize,
}

impl Default for Texts {
    fn default() -> Self {
        Self { numbers: HashMap::new(), bytes: 0, most: SHARED_TEXTS }
    }
}

impl Texts {
    /// The number of a text; `None` for a further one where there are as many as may be.
    fn number(&mut self, text: &str) -> Option<u32> {
        if let Some(number) = self.numbers.get(text) {
            return Some(*number);
        }
        if self.numbers.len() >= self.most || self.bytes >= SHARED_BYTES {
            return None;
        }
        let number = u32::try_from(self.numbers.len()).ok()?;
        self.bytes += text.len();
        self.numbers.insert(text.into(), number);
        Some(number)
    }

    fn in_order(&self) -> Vec<&str> {
        let mut texts = vec![""; self.numbers.len()];
        #[expect(clippy::iter_over_hash_type, reason = "each text goes to the place of its number")]
        for (text, number) in &self.numbers {
            texts[usize::try_from(*number).unwrap_or(usize::MAX)] = text;
        }
        texts
    }
}

impl Rows {
    /// No rows yet, below headings over so many columns. A temporary file would lie in the folder.
    pub(super) fn new(header: u32, columns: usize, folder: &Path) -> Self {
        let columns = u32::try_from(columns).unwrap_or(u32::MAX);
        Self {
            header,
            letters: (0..columns).map(column_letters).collect(),
            block: Vec::new(),
            spare: Vec::new(),
            finished: tempfile::spooled_tempfile_in(KEPT_IN_MEMORY, folder),
            written: Vec::new(),
            looks: Vec::new(),
            texts: Texts::default(),
            links: Vec::new(),
            last_row: None,
        }
    }

    /// No rows yet on a sheet with which a table goes on, of whose texts so many are shared at most.
    pub(super) fn further(header: u32, columns: usize, folder: &Path, texts: usize) -> Self {
        let mut rows = Self::new(header, columns, folder);
        rows.finished = tempfile::spooled_tempfile_in(KEPT_OF_FURTHER, folder);
        rows.texts.most = texts;
        rows
    }

    /// Zero-based number of the last row.
    pub(super) const fn last_row(&self) -> Option<u32> {
        self.last_row
    }

    /// Zero-based row of the headings.
    pub(super) const fn header(&self) -> u32 {
        self.header
    }

    /// The looks in the order in which they came, each with the first cell that bears it.
    pub(super) fn looks(&self) -> &[(Look, CellRef)] {
        &self.looks
    }

    /// The texts in the order in which they came, each once.
    pub(super) fn texts(&self) -> Vec<&str> {
        self.texts.in_order()
    }

    /// The links in the order of their cells.
    pub(super) fn links(&self) -> &[Link] {
        &self.links
    }

    /// Begins a row below the last one. The height is in points.
    pub(super) fn begin(&mut self, row: u32, height: f64) -> io::Result<()> {
        if self.block.first().is_some_and(|first| first.row / BLOCK != row / BLOCK) {
            self.finish_block()?;
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a row has at most 409 points")]
        let pixels = (height * 4.0 / 3.0).round() as u32;
        let cells = self.spare.pop().unwrap_or_default();
        self.block.push(Draft { row, pixels, cells, span: None });
        self.last_row = Some(row);
        Ok(())
    }

    /// Adds a cell to the row that was begun last, right of its other cells. Tells whether no cell looked so before.
    pub(super) fn cell(&mut self, column: u16, look: Look, held: &Held<'_>) -> bool {
        let Some(draft) = self.block.last_mut() else { return false };
        let known = self.looks.iter().position(|(known, _)| *known == look);
        let place = known.unwrap_or_else(|| {
            self.looks.push((look, CellRef::new(draft.row, column.into())));
            self.looks.len() - 1
        });
        draft.span = Some((draft.span.map_or(column, |(first, _)| first), column));
        let cells = &mut draft.cells;
        cells.extend(b"<c r=\"");
        cells.extend(self.letters.get(usize::from(column)).map_or(&b""[..], |letters| letters.as_bytes()));
        push_number(cells, draft.row + 1);
        cells.extend(b"\" s=\"");
        cells.extend([FORMAT, u8::try_from(place).unwrap_or(u8::MAX)]);
        match held {
            Held::Blank | Held::Text("") => cells.extend(b"\"/>"),
            Held::Text(text) => {
                if let Some(number) = self.texts.number(text) {
                    cells.extend(b"\" t=\"s\"><v>");
                    cells.push(TEXT);
                    cells.extend(number.to_le_bytes());
                    cells.extend(b"</v></c>");
                } else {
                    cells.extend(b"\" t=\"inlineStr\"><is>");
                    cells.extend(item(text).as_bytes());
                    cells.extend(b"</is></c>");
                }
            }
            Held::Marked(pieces) => {
                cells.extend(b"\" t=\"inlineStr\"><is>");
                pieces.iter().for_each(|(marked, piece)| cells.extend(run(*marked, piece, look.size()).as_bytes()));
                cells.extend(b"</is></c>");
            }
            Held::Number(number) => push(cells, format_args!("\"><v>{number}</v></c>")),
            Held::Formula(formula, result) => {
                let formula = escaped(formula.strip_prefix('=').unwrap_or(formula));
                push(cells, format_args!("\"><f>{formula}</f><v>{result}</v></c>"));
            }
        }
        known.is_none()
    }

    /// Adds a text that leads somewhere, as [`Rows::cell`] does.
    pub(super) fn link(&mut self, column: u16, look: Look, text: String, target: String) -> bool {
        let new = self.cell(column, look, &Held::Text(&text));
        let row = self.last_row.unwrap_or_default();
        self.links.push(Link { cell: CellRef::new(row, column.into()), target, text });
        new
    }

    /// Writes the rows of a block that is full.
    fn finish_block(&mut self) -> io::Result<()> {
        let spans = self.block.iter().filter_map(|draft| draft.span);
        // The headings of the same block run over all columns.
        let with_headings = self.block.first().is_some_and(|first| first.row / BLOCK == self.header / BLOCK);
        let whole = with_headings.then(|| (0, u16::try_from(self.letters.len()).unwrap_or(u16::MAX).saturating_sub(1)));
        let span = spans.chain(whole).reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)));
        for mut draft in self.block.drain(..) {
            let row = &mut self.written;
            row.extend(b"<row r=\"");
            push_number(row, draft.row + 1);
            if let Some((first, last)) = span {
                push(row, format_args!("\" spans=\"{}:{}", u32::from(first) + 1, u32::from(last) + 1));
            }
            if draft.pixels != USUAL_HEIGHT {
                push(row, format_args!("\" ht=\"{}\" customHeight=\"1", f64::from(draft.pixels) * 0.75));
            }
            if draft.cells.is_empty() {
                row.extend(b"\"/>");
            } else {
                row.extend(b"\">");
                row.extend(&draft.cells);
                row.extend(b"</row>");
            }
            draft.cells.clear();
            self.spare.push(draft.cells);
        }
        self.finished.write_all(&self.written)?;
        self.written.clear();
        Ok(())
    }

    /// Writes all rows. `formats` has the numbers of the looks, `texts` those of the texts, in the order of
    /// [`Rows::looks`] and [`Rows::texts`]. Tells how many cells hold a text.
    pub(super) fn write(&mut self, formats: &[u32], texts: &[u32], to: &mut impl Write) -> io::Result<usize> {
        self.finish_block()?;
        self.finished.rewind()?;
        let mut from = BufReader::with_capacity(1 << 18, &mut self.finished);
        let mut uses = 0;
        let mut number = Vec::new();
        loop {
            let piece = from.fill_buf()?;
            if piece.is_empty() {
                return Ok(uses);
            }
            let Some(place) = memchr::memchr2(FORMAT, TEXT, piece) else {
                to.write_all(piece)?;
                let length = piece.len();
                from.consume(length);
                continue;
            };
            to.write_all(&piece[..place])?;
            let mark = piece[place];
            from.consume(place + 1);
            number.clear();
            if mark == FORMAT {
                let mut place = [0];
                io::Read::read_exact(&mut from, &mut place)?;
                push_number(&mut number, formats.get(usize::from(place[0])).copied().unwrap_or_default());
            } else {
                let mut place = [0; 4];
                io::Read::read_exact(&mut from, &mut place)?;
                let place = usize::try_from(u32::from_le_bytes(place)).unwrap_or(usize::MAX);
                push_number(&mut number, texts.get(place).copied().unwrap_or_default());
                uses += 1;
            }
            to.write_all(&number)?;
        }
    }
}

/// Adds a formatted text; writing to memory cannot fail.
fn push(to: &mut Vec<u8>, text: std::fmt::Arguments<'_>) {
    let _ = to.write_fmt(text);
}

/// Adds a number, quicker than by formatting it.
fn push_number(to: &mut Vec<u8>, mut number: u32) {
    let mut digits = [0; 10];
    let mut start = digits.len();
    loop {
        start -= 1;
        digits[start] = b'0' + u8::try_from(number % 10).unwrap_or_default();
        number /= 10;
        if number == 0 {
            break;
        }
    }
    to.extend(&digits[start..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_texts_than_may_be_shared_stand_in_their_cells() {
        let mut rows = Rows::new(0, 1, Path::new("."));
        let many = u32::try_from(SHARED_TEXTS).unwrap();
        for row in 1..=many {
            rows.begin(row, 15.0).unwrap();
            rows.cell(0, Look::text(), &Held::Text(&row.to_string()));
        }
        for text in ["1", "<新>"] {
            rows.begin(many + 1, 15.0).unwrap();
            rows.cell(0, Look::text(), &Held::Text(text));
        }
        assert_eq!(rows.texts().len(), SHARED_TEXTS);
        let numbers: Vec<u32> = (0..many).collect();
        let mut written = Vec::new();
        assert_eq!(rows.write(&[3], &numbers, &mut written).unwrap(), SHARED_TEXTS + 1);
        let written = String::from_utf8(written).unwrap();
        let end = &written[written.len() - 190..];
        assert!(end.contains(r#" s="3" t="s"><v>0</v></c>"#), "{end}");
        assert!(end.ends_with(r#" s="3" t="inlineStr"><is><t>&lt;新&gt;</t></is></c></row>"#), "{end}");
    }

    #[test]
    fn pieces_of_a_text_have_fonts_of_their_own() {
        let mut rows = Rows::new(0, 1, Path::new("."));
        rows.begin(1, 15.0).unwrap();
        let pieces = [(false, Cow::Borrowed("新建")), (true, Cow::Borrowed("<2>家"))];
        assert!(rows.cell(0, Look::text(), &Held::Marked(&pieces)));
        let mut written = Vec::new();
        assert_eq!(rows.write(&[3], &[], &mut written).unwrap(), 0);
        let written = String::from_utf8(written).unwrap();
        assert!(written.contains("t=\"inlineStr\"><is><r><rPr><sz"), "{written}");
        assert!(written.contains("<rPr><b/><sz") && written.contains("rgb=\"FFC00000\""), "{written}");
        assert!(
            written.contains("<t>新建</t></r>") && written.contains("<t>&lt;2&gt;家</t></r></is></c>"),
            "{written}"
        );
    }

    #[test]
    fn marks_become_numbers_when_all_sheets_are_known() {
        let mut rows = Rows::new(0, 2, Path::new("."));
        for row in 1..20 {
            rows.begin(row, 15.0).unwrap();
            assert_eq!(rows.cell(0, Look::text(), &Held::Text(if row % 2 == 0 { "甲" } else { "乙" })), row == 1);
            assert_eq!(rows.cell(1, Look::text().bold(), &Held::Number(0.5)), row == 1);
        }
        let mut written = Vec::new();
        assert_eq!(rows.write(&[7, 12], &[30, 4], &mut written).unwrap(), 19);
        let written = String::from_utf8(written).unwrap();
        let first =
            r#"<row r="2" spans="1:2"><c r="A2" s="7" t="s"><v>30</v></c><c r="B2" s="12"><v>0.5</v></c></row>"#;
        assert!(written.starts_with(first), "{written}");
        assert!(written.ends_with(r#"<c r="A20" s="7" t="s"><v>30</v></c><c r="B20" s="12"><v>0.5</v></c></row>"#));
    }
}
