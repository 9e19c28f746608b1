//! In which bytes is a row of a long sheet kept, and which XML does it become? A cell is kept as its column, the place of
//! its look, and either nothing, the place of its text, or the XML behind the number of its format.

/// Pixels of a row whose height need not be stated.
const USUAL_HEIGHT: u32 = 20;
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

/// Bytes that stand before the cells of a row: its number, its height, how long the cells are.
const HEAD: usize = 12;

/// Begins a row behind those that are kept; its cells are added behind its head. Returns where the row begins, for
/// [`end_row`].
pub(super) fn begin_row(row: u32, pixels: u32, kept: &mut Vec<u8>) -> usize {
    let begin = kept.len();
    kept.extend(&row.to_le_bytes());
    kept.extend(&pixels.to_le_bytes());
    // How long the cells are is known when the row ends.
    kept.resize(begin + HEAD, 0);
    begin
}

/// Completes the head of the last row, which begins at this place.
pub(super) fn end_row(begin: usize, kept: &mut [u8]) {
    let length = u32::try_from(kept.len() - begin - HEAD).unwrap_or(u32::MAX);
    kept[begin + 8..][..4].copy_from_slice(&length.to_le_bytes());
}

/// A row as it is kept.
pub(super) struct KeptRow<'k> {
    /// Zero-based.
    row: u32,
    /// Its height.
    pixels: u32,
    /// Its cells from left to right.
    cells: &'k [u8],
}

impl<'k> KeptRow<'k> {
    /// Takes the first of the kept rows; absent where it is cut off.
    pub(super) fn take(rows: &mut &'k [u8]) -> Option<Self> {
        let (head, behind) = rows.split_at_checked(HEAD)?;
        let [row, pixels, length] = [0, 4, 8].map(|at| number_at(head, at));
        let (cells, rest) = behind.split_at_checked(usize::try_from(length).ok()?)?;
        *rows = rest;
        Some(Self { row, pixels, cells })
    }
}

/// Four bytes of a kept row as a number.
fn number_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map_or(0, u32::from_le_bytes)
}

/// A short piece of XML. Its whole room is copied however short it is: a fixed number of bytes takes two steps, any other
/// a call, and a sheet has millions of pieces.
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
}

impl<'a> RowWriter<'a> {
    /// A writer for columns of these letters, looks and texts with these numbers in the file.
    pub(super) fn new(letters: &[String], formats: &[u32], texts: &'a [u32]) -> Self {
        Self {
            begins: letters.iter().map(|letters| Piece::new(&format!("<c r=\"{letters}"))).collect(),
            formats: formats.iter().copied().map(Format::new).collect(),
            texts,
        }
    }

    /// Adds one row.
    pub(super) fn push(&self, row: &KeptRow<'_>, xml: &mut Vec<u8>) {
        let number = Piece::new(&(row.row + 1).to_string());
        Self::begin(row, &number, xml);
        if row.cells.is_empty() {
            xml.extend(b"\"/>");
        } else {
            xml.extend(b"\">");
            let mut rest = row.cells;
            while let [low, high, look, holds, behind @ ..] = rest {
                rest = self.cell(u16::from_le_bytes([*low, *high]), &number, *look, *holds, behind, xml);
            }
            xml.extend(b"</row>");
        }
    }

    /// The row up to its cells, without the end of its tag.
    fn begin(row: &KeptRow<'_>, number: &Piece, xml: &mut Vec<u8>) {
        xml.extend(b"<row r=\"");
        number.push(xml);
        if row.pixels != USUAL_HEIGHT {
            // A pixel is three quarters of a point.
            let (points, quarters) = (row.pixels * 3 / 4, row.pixels * 3 % 4);
            xml.extend(b"\" ht=\"");
            push_number(xml, points);
            xml.extend(match quarters {
                0 => &b""[..],
                1 => b".25",
                2 => b".5",
                _ => b".75",
            });
            xml.extend(b"\" customHeight=\"1");
        }
    }

    /// Adds a cell; returns what is kept behind it.
    fn cell<'c>(
        &self,
        column: u16,
        number: &Piece,
        look: u8,
        holds: u8,
        behind: &'c [u8],
        xml: &mut Vec<u8>,
    ) -> &'c [u8] {
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
