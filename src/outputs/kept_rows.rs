//! In which bytes is a row of a long sheet kept, and which XML does it become? A cell is kept as its column, the place of
//! its look, and either nothing, the place of its text, or the XML behind the number of its format.

use std::io::{self, BufRead, Write};

/// Pixels of a row whose height need not be stated.
const USUAL_HEIGHT: u32 = 20;
/// Bytes of XML that are handed on at once.
const HANDED_ON: usize = 1 << 15;
/// Bytes that the pieces of a cell have at most.
const PIECE_ROOM: usize = 32;

/// What a cell holds: nothing, a text of the sheet by its place, or XML of its own.
const BLANK: u8 = 0;
const SHARED: u8 = 1;
const OWN: u8 = 2;

/// Adds a cell that holds nothing.
pub(super) fn push_blank(cells: &mut Vec<u8>, column: u16, look: u8) {
    cells.extend(&head(column, look, BLANK));
}

/// Adds a cell that holds the text at this place of the sheet's texts.
pub(super) fn push_shared(cells: &mut Vec<u8>, column: u16, look: u8, text: u32) {
    let [low, high, look, holds] = head(column, look, SHARED);
    let [a, b, c, d] = text.to_le_bytes();
    cells.extend(&[low, high, look, holds, a, b, c, d]);
}

/// Adds a cell of which `write` adds the XML that stands behind the number of its format.
pub(super) fn push_own(cells: &mut Vec<u8>, column: u16, look: u8, write: impl FnOnce(&mut Vec<u8>)) {
    let [low, high, look, holds] = head(column, look, OWN);
    let length = cells.len() + 4;
    cells.extend(&[low, high, look, holds, 0, 0, 0, 0]);
    write(cells);
    let written = u32::try_from(cells.len() - length - 4).unwrap_or(u32::MAX);
    cells[length..length + 4].copy_from_slice(&written.to_le_bytes());
}

/// What every cell begins with.
const fn head(column: u16, look: u8, holds: u8) -> [u8; 4] {
    let [low, high] = column.to_le_bytes();
    [low, high, look, holds]
}

/// A row as it is kept.
#[derive(Default)]
pub(super) struct KeptRow {
    /// Zero-based.
    pub(super) row: u32,
    /// Its height.
    pub(super) pixels: u32,
    /// First and last column of its block.
    pub(super) span: Option<(u16, u16)>,
    /// Its cells from left to right.
    pub(super) cells: Vec<u8>,
}

impl KeptRow {
    /// Notes that its last cell stands in this column.
    pub(super) fn reach(&mut self, column: u16) {
        self.span = Some((self.span.map_or(column, |(first, _)| first), column));
    }

    /// Adds the row to others.
    pub(super) fn keep(&self, to: &mut Vec<u8>) {
        // A first column behind the last one stands for none.
        let (first, last) = self.span.unwrap_or((1, 0));
        let length = u32::try_from(self.cells.len()).unwrap_or(u32::MAX);
        to.extend(self.row.to_le_bytes());
        to.extend(self.pixels.to_le_bytes());
        to.extend(first.to_le_bytes());
        to.extend(last.to_le_bytes());
        to.extend(length.to_le_bytes());
        to.extend(&self.cells);
    }

    /// Reads the next row into this one; false where there is none.
    pub(super) fn read(&mut self, from: &mut impl BufRead) -> io::Result<bool> {
        if from.fill_buf()?.is_empty() {
            return Ok(false);
        }
        let mut head = [0; 16];
        from.read_exact(&mut head)?;
        let [row, pixels, span, length] = [0, 4, 8, 12].map(|at| number_at(&head, at));
        let [first, last] = [span & 0xffff, span >> 16].map(|column| u16::try_from(column).unwrap_or_default());
        (self.row, self.pixels) = (row, pixels);
        self.span = (first <= last).then_some((first, last));
        self.cells.resize(usize::try_from(length).unwrap_or_default(), 0);
        from.read_exact(&mut self.cells)?;
        Ok(true)
    }
}

/// Four bytes of a kept row as a number.
fn number_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map_or(0, u32::from_le_bytes)
}

/// A short piece of XML. Its whole room is copied however short it is: a fixed number of bytes takes two steps, any other a call, and a
/// sheet has millions of pieces.
#[derive(Clone, Copy)]
struct Piece {
    bytes: [u8; PIECE_ROOM],
    length: usize,
}

impl Piece {
    fn new(xml: &str) -> Self {
        let mut bytes = [0; PIECE_ROOM];
        bytes[..xml.len()].copy_from_slice(xml.as_bytes());
        Self { bytes, length: xml.len() }
    }

    fn push(&self, to: &mut Vec<u8>) {
        let end = to.len() + self.length;
        to.extend(&self.bytes);
        to.truncate(end);
    }
}

/// What stands behind the number of the row in a cell of one look.
struct Format {
    /// In one that holds nothing, up to its end.
    blank: Piece,
    /// In one that holds a text, up to the number of the text.
    shared: Piece,
    /// In one that holds XML of its own, up to that.
    own: Piece,
}

impl Format {
    fn new(number: u32) -> Self {
        let with = |end: &str| Piece::new(&format!("\" s=\"{number}{end}"));
        Self { blank: with("\"/>"), shared: with("\" t=\"s\"><v>"), own: with("") }
    }
}

/// Writes rows as XML.
pub(super) struct RowWriter<'a> {
    /// What stands before the number of the row in a cell of each column.
    begins: Vec<Piece>,
    /// What stands behind it in a cell of each look.
    formats: Vec<Format>,
    /// The numbers of the texts.
    texts: &'a [u32],
    written: Vec<u8>,
}

impl<'a> RowWriter<'a> {
    /// A writer for columns of these letters, looks and texts with these numbers in the file.
    pub(super) fn new(letters: &[String], formats: &[u32], texts: &'a [u32]) -> Self {
        Self {
            begins: letters.iter().map(|letters| Piece::new(&format!("<c r=\"{letters}"))).collect(),
            formats: formats.iter().copied().map(Format::new).collect(),
            texts,
            written: Vec::with_capacity(HANDED_ON * 2),
        }
    }

    /// Writes one row.
    pub(super) fn write(&mut self, row: &KeptRow, to: &mut impl Write) -> io::Result<()> {
        let number = Piece::new(&(row.row + 1).to_string());
        self.begin(row, &number);
        if row.cells.is_empty() {
            self.written.extend(b"\"/>");
        } else {
            self.written.extend(b"\">");
            let mut rest = &row.cells[..];
            while let [low, high, look, holds, behind @ ..] = rest {
                rest = self.cell(u16::from_le_bytes([*low, *high]), &number, *look, *holds, behind);
            }
            self.written.extend(b"</row>");
        }
        if self.written.len() >= HANDED_ON {
            self.flush(to)?;
        }
        Ok(())
    }

    /// Hands on what was written.
    pub(super) fn flush(&mut self, to: &mut impl Write) -> io::Result<()> {
        to.write_all(&self.written)?;
        self.written.clear();
        Ok(())
    }

    /// The row up to its cells, without the end of its tag.
    fn begin(&mut self, row: &KeptRow, number: &Piece) {
        let xml = &mut self.written;
        xml.extend(b"<row r=\"");
        number.push(xml);
        if let Some((first, last)) = row.span {
            xml.extend(b"\" spans=\"");
            push_number(xml, u32::from(first) + 1);
            xml.push(b':');
            push_number(xml, u32::from(last) + 1);
        }
        if row.pixels != USUAL_HEIGHT {
            let height = f64::from(row.pixels) * 0.75;
            // Writing to memory cannot fail.
            let _ = write!(xml, "\" ht=\"{height}\" customHeight=\"1");
        }
    }

    /// Writes a cell; returns what is kept behind it.
    fn cell<'c>(&mut self, column: u16, number: &Piece, look: u8, holds: u8, behind: &'c [u8]) -> &'c [u8] {
        let xml = &mut self.written;
        self.begins[usize::from(column)].push(xml);
        number.push(xml);
        let format = &self.formats[usize::from(look)];
        match holds {
            SHARED => {
                let place = usize::try_from(number_at(behind, 0)).unwrap_or(usize::MAX);
                format.shared.push(xml);
                push_number(xml, self.texts.get(place).copied().unwrap_or_default());
                xml.extend(b"</v></c>");
                behind.get(4..).unwrap_or_default()
            }
            OWN => {
                let end = usize::try_from(number_at(behind, 0)).unwrap_or_default().saturating_add(4);
                format.own.push(xml);
                xml.extend(behind.get(4..end).unwrap_or_default());
                behind.get(end..).unwrap_or_default()
            }
            _ => {
                format.blank.push(xml);
                behind
            }
        }
    }
}

/// Adds a number, quicker than by formatting it: ten bytes are copied however many digits it has.
fn push_number(to: &mut Vec<u8>, mut number: u32) {
    const MOST: usize = 10;
    let mut digits = [0; MOST * 2];
    let mut start = MOST;
    loop {
        start -= 1;
        digits[start] = b'0' + u8::try_from(number % 10).unwrap_or_default();
        number /= 10;
        if number == 0 {
            break;
        }
    }
    let end = to.len() + MOST - start;
    to.extend(&digits[start..start + MOST]);
    to.truncate(end);
}
