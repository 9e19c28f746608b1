//! Where a cell stands: the only place that turns positions into A1 text and row numbers.

use std::fmt::{self, Write as _};

use serde::{Deserialize, Serialize};

/// Rows that a worksheet can have in every format we read (Excel's limit).
pub const MAX_ROWS: u32 = 1_048_576;
/// Columns that a worksheet can have in every format we read (Excel's limit).
pub const MAX_COLUMNS: u32 = 16_384;

/// Position of one cell in its sheet. Both numbers are absolute (counted from A1) and zero-based.
///
/// The order is row by row, left to right, as a person reads a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CellRef {
    /// Zero-based row.
    pub row: u32,
    /// Zero-based column.
    pub column: u32,
}

impl CellRef {
    /// A position from a zero-based row and a zero-based column.
    pub const fn new(row: u32, column: u32) -> Self {
        Self { row, column }
    }

    /// The row number a person sees at the left edge of the sheet (one-based).
    pub const fn row_number(self) -> u32 {
        self.row + 1
    }

    /// The A1 notation, such as `H12`.
    pub fn a1(self) -> String {
        let mut text = column_letters(self.column);
        // Writing to memory cannot fail.
        let _ = write!(text, "{}", self.row_number());
        text
    }

    /// Reads A1 notation (`H12`, `$H$12`, any case); `None` where the text is no cell of a sheet.
    pub fn parse_a1(text: &str) -> Option<Self> {
        let (mut column, mut letters) = (0u32, 0);
        let mut row: Option<u32> = None;
        for byte in text.bytes().filter(|byte| *byte != b'$') {
            if byte.is_ascii_digit() && letters > 0 {
                row = Some(row.unwrap_or(0).checked_mul(10)?.checked_add(u32::from(byte - b'0'))?);
            } else if byte.is_ascii_alphabetic() && row.is_none() && letters < 3 {
                column = column * 26 + u32::from(byte.to_ascii_uppercase() - b'A') + 1;
                letters += 1;
            } else {
                return None;
            }
        }
        let row = row?;
        let inside = (1..=MAX_ROWS).contains(&row) && column <= MAX_COLUMNS;
        inside.then(|| Self::new(row - 1, column - 1))
    }
}

impl fmt::Display for CellRef {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.a1())
    }
}

/// Letters of a zero-based column: 0 is `A`, 26 is `AA`.
pub fn column_letters(column: u32) -> String {
    // As many as the largest number has; they come from right to left.
    let mut letters = [0; 7];
    let mut start = letters.len();
    let mut rest = column.saturating_add(1);
    while rest > 0 {
        start -= 1;
        letters[start] = b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0);
        rest = (rest - 1) / 26;
    }
    // Room for a row, too, which nearly always follows.
    let mut text = String::with_capacity(letters.len() - start + 7);
    text.extend(letters[start..].iter().copied().map(char::from));
    text
}

/// A rectangle of cells; both corners belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Region {
    /// Upper left cell.
    pub first: CellRef,
    /// Lower right cell.
    pub last: CellRef,
}

impl Region {
    /// A rectangle from its upper left and its lower right cell.
    pub const fn new(first: CellRef, last: CellRef) -> Self {
        Self { first, last }
    }

    /// Whether the cell lies in the rectangle.
    pub const fn contains(&self, cell: CellRef) -> bool {
        cell.row >= self.first.row
            && cell.row <= self.last.row
            && cell.column >= self.first.column
            && cell.column <= self.last.column
    }

    /// The A1 notation, such as `A4:H72`.
    pub fn a1(&self) -> String {
        format!("{}:{}", self.first.a1(), self.last.a1())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a1_and_back_at_the_corners_of_a_sheet() {
        for (row, column, text) in [
            (0, 0, "A1"),
            (6, 7, "H7"),
            (0, 25, "Z1"),
            (0, 26, "AA1"),
            (9, 701, "ZZ10"),
            (9, 702, "AAA10"),
            (MAX_ROWS - 1, MAX_COLUMNS - 1, "XFD1048576"),
        ] {
            let cell = CellRef::new(row, column);
            assert_eq!(cell.a1(), text);
            assert_eq!(CellRef::parse_a1(text), Some(cell));
        }
        for text in ["$H$7", "h7", "H$7", "H007", "$h0000000000007"] {
            assert_eq!(CellRef::parse_a1(text), Some(CellRef::new(6, 7)), "{text}");
        }
    }

    #[test]
    fn text_outside_a_sheet_is_no_cell() {
        for text in [
            "",
            "7",
            "H",
            "H0",
            "XFE1",
            "A1048577",
            "A1B",
            "ABCD1",
            "第7行",
            "A-1",
            "7H",
            "H7 ",
            "$",
            "H",
            "H4294967303",
        ] {
            assert_eq!(CellRef::parse_a1(text), None, "{text}");
        }
    }

    #[test]
    fn a_region_holds_its_corners_and_nothing_beside_them() {
        let region = Region::new(CellRef::new(3, 0), CellRef::new(71, 7));
        assert_eq!(region.a1(), "A4:H72");
        assert!(region.contains(CellRef::new(3, 0)) && region.contains(CellRef::new(71, 7)));
        assert!(!region.contains(CellRef::new(2, 0)) && !region.contains(CellRef::new(71, 8)));
    }
}
