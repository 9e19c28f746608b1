//! Which record comes next in a part of a binary Office Open XML workbook?

/// Record types, named as in the published description of the format.
pub(super) mod kind {
    pub(in crate::workbooks::xlsb) const ROW: u32 = 0;
    pub(in crate::workbooks::xlsb) const CELL_RK: u32 = 2;
    pub(in crate::workbooks::xlsb) const CELL_ERROR: u32 = 3;
    pub(in crate::workbooks::xlsb) const CELL_BOOLEAN: u32 = 4;
    pub(in crate::workbooks::xlsb) const CELL_REAL: u32 = 5;
    pub(in crate::workbooks::xlsb) const CELL_SHARED_TEXT: u32 = 7;
    pub(in crate::workbooks::xlsb) const FORMULA_TEXT: u32 = 8;
    pub(in crate::workbooks::xlsb) const FORMULA_NUMBER: u32 = 9;
    pub(in crate::workbooks::xlsb) const FORMULA_BOOLEAN: u32 = 10;
    pub(in crate::workbooks::xlsb) const FORMULA_ERROR: u32 = 11;
    pub(in crate::workbooks::xlsb) const SHARED_STRING: u32 = 19;
    pub(in crate::workbooks::xlsb) const FONT: u32 = 43;
    pub(in crate::workbooks::xlsb) const FORMAT: u32 = 44;
    pub(in crate::workbooks::xlsb) const XF: u32 = 47;
    pub(in crate::workbooks::xlsb) const COLUMN_INFO: u32 = 60;
    pub(in crate::workbooks::xlsb) const CELL_RICH_TEXT: u32 = 62;
    pub(in crate::workbooks::xlsb) const SHEET_DATA_END: u32 = 146;
    pub(in crate::workbooks::xlsb) const WORKBOOK_PROPERTIES: u32 = 153;
    pub(in crate::workbooks::xlsb) const SHEET: u32 = 156;
    pub(in crate::workbooks::xlsb) const MERGE_CELL: u32 = 176;
    pub(in crate::workbooks::xlsb) const CELL_XFS: u32 = 617;
    pub(in crate::workbooks::xlsb) const CELL_XFS_END: u32 = 618;
    pub(in crate::workbooks::xlsb) const COMMENT: u32 = 635;
    pub(in crate::workbooks::xlsb) const COMMENT_TEXT: u32 = 637;
}

/// The records of a part. A last record that is cut short ends the part.
pub(super) struct Records<'a> {
    rest: &'a [u8],
}

impl<'a> Records<'a> {
    pub(super) const fn new(part: &'a [u8]) -> Self {
        Self { rest: part }
    }

    /// Whether everything was read.
    pub(super) const fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// A number in groups of seven bits, the lowest first; the highest bit of a byte says that another follows.
    fn number(&mut self, most_bytes: u32) -> Option<u32> {
        let mut number = 0;
        for index in 0..most_bytes {
            let (byte, rest) = self.rest.split_first()?;
            self.rest = rest;
            number |= u32::from(byte & 0x7F) << (7 * index);
            if byte & 0x80 == 0 {
                break;
            }
        }
        Some(number)
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = (u32, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let before = self.rest;
        let record = self.number(2).zip(self.number(4)).and_then(|(kind, length)| {
            let (data, rest) = self.rest.split_at_checked(usize::try_from(length).ok()?)?;
            self.rest = rest;
            Some((kind, data))
        });
        if record.is_none() {
            self.rest = before;
        }
        record
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_lengths_take_as_many_bytes_as_they_need() {
        // 617 is written 0xE9 0x04.
        let part = [7, 2, 1, 2, 0xE9, 0x04, 0, 5, 9, 1];
        let mut records = Records::new(&part);
        assert_eq!(records.next(), Some((7, &[1, 2][..])));
        assert_eq!(records.next(), Some((617, &[][..])));
        assert_eq!(records.next(), None);
        assert!(!records.is_at_end());
    }
}
