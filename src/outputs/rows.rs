//! How are the rows of a long sheet kept until its file is written? Cell by cell in few bytes, on the disk where they are
//! many, so that a sheet may be as long as it likes.
//!
//! Which number a format and a text get in the file is known only when all sheets are there. Until then a cell names
//! the place of its look and of its text on this sheet; see [`Rows::write`].

use std::borrow::Cow;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use super::cells::in_cell;
use super::compression::Part;
use super::kept_rows::{KeptRow, RowWriter, begin_row, end_row, push_blank, push_own, push_shared};
use super::package_links::Link;
use super::shared_texts::{SHARED_TEXTS, SheetTexts};
use super::style::Look;
use super::text_xml::{push_escaped, push_item, push_run};
use crate::kept_bytes::KeptBytes;
use crate::location::{CellRef, column_letters};

/// Bytes of a sheet that are kept in memory; what is longer goes to the disk. All sheets of a workbook are made before the
/// first is written, and a table over a province has dozens.
const KEPT_IN_MEMORY: usize = 4 << 20;
/// The same of a sheet with which a table goes on.
const KEPT_OF_FURTHER: usize = 1 << 20;
/// Bytes of whole rows that are put aside at once.
const PUT_ASIDE: usize = 1 << 16;

/// What a cell of a long sheet holds.
pub(super) enum Held<'a> {
    Blank,
    /// As it was before it was made safe.
    Text(&'a str),
    /// The same of a text that hardly any other cell holds: it is not looked up among the shared ones.
    OwnText(&'a str),
    /// Pieces of a text; the marked ones are coloured.
    Marked(&'a [(bool, Cow<'a, str>)]),
    Number(f64),
    /// A formula and its result.
    Formula(&'a str, f64),
}

/// The rows of one sheet below its headings.
pub(super) struct Rows {
    /// Zero-based row of the headings, which are not among these rows.
    header: u32,
    /// Letters of the columns.
    letters: Vec<String>,
    /// Rows as they are kept.
    kept: Vec<u8>,
    /// Where the last of them begins, which is not finished.
    last: Option<usize>,
    /// Pieces of whole rows that were put aside, and how long they are.
    aside: KeptBytes,
    pieces: Vec<usize>,
    looks: Looks,
    texts: SheetTexts,
    links: Vec<Link>,
    last_row: Option<u32>,
}

/// The looks of a sheet in the order in which they came, each with the cell that it came with first.
#[derive(Default)]
struct Looks {
    known: Vec<(Look, CellRef)>,
    /// For each column, the place of the look that it had last: nearly always that of its next cell.
    usual: Vec<usize>,
}

impl Looks {
    /// The place of a look where it is the one that a column had last.
    fn usual(&self, column: u16, look: Look) -> Option<usize> {
        let usual = *self.usual.get(usize::from(column))?;
        self.known.get(usual).is_some_and(|(known, _)| *known == look).then_some(usual)
    }

    /// The place of a cell's look, and whether none looked so before.
    fn place(&mut self, look: Look, row: u32, column: u16) -> (usize, bool) {
        if let Some(usual) = self.usual(column, look) {
            return (usual, false);
        }
        let at = CellRef::new(row, column.into());
        let column = usize::from(column);
        if self.usual.len() <= column {
            self.usual.resize(column + 1, 0);
        }
        let known = self.known.iter().position(|(known, _)| *known == look);
        let place = known.unwrap_or(self.known.len());
        if known.is_none() {
            self.known.push((look, at));
        }
        self.usual[column] = place;
        (place, known.is_none())
    }
}

impl Rows {
    /// No rows yet, below headings over so many columns. A temporary file would lie in the folder.
    pub(super) fn new(header: u32, columns: usize, folder: &Path) -> Self {
        let columns = u32::try_from(columns).unwrap_or(u32::MAX);
        Self {
            header,
            letters: (0..columns).map(column_letters).collect(),
            kept: Vec::new(),
            last: None,
            aside: KeptBytes::new(KEPT_IN_MEMORY, folder.to_owned()),
            pieces: Vec::new(),
            looks: Looks::default(),
            texts: SheetTexts::new(SHARED_TEXTS),
            links: Vec::new(),
            last_row: None,
        }
    }

    /// No rows yet on a sheet with which a table goes on, of whose texts so many are shared at most.
    pub(super) fn further(header: u32, columns: usize, folder: &Path, texts: usize) -> Self {
        let mut rows = Self::new(header, columns, folder);
        rows.aside = KeptBytes::new(KEPT_OF_FURTHER, folder.to_owned());
        rows.texts = SheetTexts::new(texts);
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
        &self.looks.known
    }

    /// The texts in the order in which they came, each once; they are no longer here then.
    pub(super) fn take_texts(&mut self) -> SheetTexts {
        std::mem::replace(&mut self.texts, SheetTexts::new(0))
    }

    /// The links in the order of their cells; they are no longer here then.
    pub(super) fn take_links(&mut self) -> Arc<[Link]> {
        std::mem::take(&mut self.links).into()
    }

    /// Begins a row below the last one. The height is in points.
    pub(super) fn begin(&mut self, row: u32, height: f64) -> io::Result<()> {
        self.finish_row();
        if self.kept.len() >= PUT_ASIDE {
            self.put_aside()?;
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a row has at most 409 points")]
        let pixels = (height * 4.0 / 3.0).round() as u32;
        self.last = Some(begin_row(row, pixels, &mut self.kept));
        self.last_row = Some(row);
        Ok(())
    }

    /// Adds a cell to the row that was begun last, right of its other cells. Tells whether no cell looked so before.
    pub(super) fn cell(&mut self, column: u16, look: Look, held: &Held<'_>) -> bool {
        let Some(row) = self.last_row else { return false };
        let (place, new) = self.looks.place(look, row, column);
        let cells = &mut self.kept;
        let place = small(place);
        match held {
            Held::Blank | Held::Text("") | Held::OwnText("") => push_blank(cells, column, place),
            Held::Text(text) => match self.texts.place(column, text) {
                Ok(text) => push_shared(cells, column, place, text),
                Err(text) => push_in_place(cells, column, place, |xml| push_item(xml, &text)),
            },
            Held::OwnText(text) => push_in_place(cells, column, place, |xml| push_item(xml, &in_cell(text))),
            Held::Marked(pieces) => push_in_place(cells, column, place, |xml| {
                pieces.iter().for_each(|(marked, piece)| push_run(xml, *marked, piece, look.size()));
            }),
            Held::Number(number) => push_own(cells, column, place, |xml| {
                push(xml, format_args!("\"><v>{number}</v></c>"));
            }),
            Held::Formula(formula, result) => push_own(cells, column, place, |xml| {
                xml.extend(b"\"><f>");
                push_escaped(xml, formula.strip_prefix('=').unwrap_or(formula));
                push(xml, format_args!("</f><v>{result}</v></c>"));
            }),
        }
        new
    }

    /// Adds a text that leads somewhere, as [`Rows::cell`] does.
    pub(super) fn link(&mut self, column: u16, look: Look, text: &str, target: String) -> bool {
        let new = self.cell(column, look, &Held::Text(text));
        let row = self.last_row.unwrap_or_default();
        self.links.push(Link::new(CellRef::new(row, column.into()), target, text));
        new
    }

    /// Finishes the row that was begun last.
    fn finish_row(&mut self) {
        if let Some(begin) = self.last.take() {
            end_row(begin, &mut self.kept);
        }
    }

    /// Puts finished rows behind those before them.
    fn put_aside(&mut self) -> io::Result<()> {
        self.aside.push(&self.kept)?;
        self.pieces.push(self.kept.len());
        self.kept.clear();
        Ok(())
    }

    /// Writes all rows. `formats` has the numbers of the looks, `texts` those of the texts, in the order of
    /// [`Rows::looks`] and [`Rows::texts`].
    pub(super) fn write(mut self, formats: &[u32], texts: &[u32], to: &mut Part) -> io::Result<()> {
        self.finish_row();
        self.put_aside()?;
        let writer = RowWriter::new(&self.letters, formats, texts);
        for kept in self.aside.pieces(self.pieces) {
            let kept = kept?;
            let mut rows = &*kept;
            while !rows.is_empty() {
                let row = KeptRow::take(&mut rows).ok_or(io::ErrorKind::UnexpectedEof)?;
                writer.push(&row, to.room()?);
            }
        }
        Ok(())
    }
}

/// Adds a cell that holds a text of its own.
fn push_in_place(cells: &mut Vec<u8>, column: u16, look: u8, write: impl FnOnce(&mut Vec<u8>)) {
    push_own(cells, column, look, |xml| {
        xml.extend(b"\" t=\"inlineStr\"><is>");
        write(xml);
        xml.extend(b"</is></c>");
    });
}

/// The place of a look as a cell names it: no sheet has as many.
fn small(look: usize) -> u8 {
    u8::try_from(look).unwrap_or(u8::MAX)
}

/// Adds a formatted text; writing to memory cannot fail.
fn push(to: &mut Vec<u8>, text: std::fmt::Arguments<'_>) {
    let _ = to.write_fmt(text);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outputs::shared_texts::SharedTexts;

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
        let numbers = SharedTexts::default().take_over(rows.take_texts());
        assert_eq!(numbers, (0..many).collect::<Vec<u32>>());
        let mut written = Part::new(Path::new("."));
        rows.write(&[3], &numbers, &mut written).unwrap();
        let written = str::from_utf8(written.room().unwrap()).unwrap();
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
        let mut written = Part::new(Path::new("."));
        rows.write(&[3], &[], &mut written).unwrap();
        let written = str::from_utf8(written.room().unwrap()).unwrap();
        assert!(written.contains("t=\"inlineStr\"><is><r><rPr><sz"), "{written}");
        assert!(written.contains("<rPr><b/><sz") && written.contains("rgb=\"FFC00000\""), "{written}");
        assert!(
            written.contains("<t>新建</t></r>") && written.contains("<t>&lt;2&gt;家</t></r></is></c>"),
            "{written}"
        );
    }

    #[test]
    fn places_become_numbers_when_all_sheets_are_known() {
        let mut rows = Rows::new(0, 2, Path::new("."));
        for row in 1..20 {
            rows.begin(row, 15.0).unwrap();
            assert_eq!(rows.cell(0, Look::text(), &Held::Text(if row % 2 == 0 { "甲" } else { "乙" })), row == 1);
            assert_eq!(rows.cell(1, Look::text().bold(), &Held::Number(0.5)), row == 1);
        }
        let mut written = Part::new(Path::new("."));
        rows.write(&[7, 12], &[30, 4], &mut written).unwrap();
        let written = str::from_utf8(written.room().unwrap()).unwrap();
        let first = r#"<row r="2"><c r="A2" s="7" t="s"><v>30</v></c><c r="B2" s="12"><v>0.5</v></c></row>"#;
        assert!(written.starts_with(first), "{written}");
        assert!(written.ends_with(r#"<c r="A20" s="7" t="s"><v>30</v></c><c r="B20" s="12"><v>0.5</v></c></row>"#));
    }
}
