//! Which record comes next in the stream of an Excel 97 workbook?

use crate::workbooks::binary::u16_at;

/// Record types, named as in the published description of the format.
pub(super) mod kind {
    pub(in crate::workbooks::xls) const FORMULA: u16 = 0x0006;
    pub(in crate::workbooks::xls) const EOF: u16 = 0x000A;
    pub(in crate::workbooks::xls) const NOTE: u16 = 0x001C;
    pub(in crate::workbooks::xls) const DATE_MODE: u16 = 0x0022;
    pub(in crate::workbooks::xls) const FILE_PASS: u16 = 0x002F;
    pub(in crate::workbooks::xls) const FONT: u16 = 0x0031;
    pub(in crate::workbooks::xls) const CONTINUE: u16 = 0x003C;
    pub(in crate::workbooks::xls) const CODE_PAGE: u16 = 0x0042;
    pub(in crate::workbooks::xls) const OBJECT: u16 = 0x005D;
    pub(in crate::workbooks::xls) const COLUMN_INFO: u16 = 0x007D;
    pub(in crate::workbooks::xls) const BOUND_SHEET: u16 = 0x0085;
    pub(in crate::workbooks::xls) const MULTIPLE_RK: u16 = 0x00BD;
    pub(in crate::workbooks::xls) const RICH_STRING: u16 = 0x00D6;
    pub(in crate::workbooks::xls) const XF: u16 = 0x00E0;
    pub(in crate::workbooks::xls) const MERGE_CELLS: u16 = 0x00E5;
    pub(in crate::workbooks::xls) const SHARED_STRINGS: u16 = 0x00FC;
    pub(in crate::workbooks::xls) const LABEL_SHARED: u16 = 0x00FD;
    pub(in crate::workbooks::xls) const TEXT_OBJECT: u16 = 0x01B6;
    pub(in crate::workbooks::xls) const NUMBER: u16 = 0x0203;
    pub(in crate::workbooks::xls) const LABEL: u16 = 0x0204;
    pub(in crate::workbooks::xls) const BOOLEAN_OR_ERROR: u16 = 0x0205;
    /// Some programs write the record of an older Excel into newer workbooks.
    pub(in crate::workbooks::xls) const FORMULA_OF_EXCEL_3: u16 = 0x0206;
    pub(in crate::workbooks::xls) const FORMULA_OF_EXCEL_4: u16 = 0x0406;
    pub(in crate::workbooks::xls) const STRING: u16 = 0x0207;
    pub(in crate::workbooks::xls) const ROW: u16 = 0x0208;
    pub(in crate::workbooks::xls) const RK: u16 = 0x027E;
    pub(in crate::workbooks::xls) const FORMAT: u16 = 0x041E;
    pub(in crate::workbooks::xls) const BOF: u16 = 0x0809;
}

/// Continuations of one record: a full one takes 8 KiB, so that more would not fit into a file.
const MOST_CHUNKS: usize = 16 * 1024;

/// One record with the continuations behind it.
pub(super) struct Record<'a> {
    pub(super) kind: u16,
    /// The record's own data first.
    pub(super) chunks: Vec<&'a [u8]>,
}

impl<'a> Record<'a> {
    /// The record's own data.
    pub(super) fn data(&self) -> &'a [u8] {
        self.chunks.first().copied().unwrap_or_default()
    }
}

/// The records of a stream. A last record that is cut short ends the stream.
pub(super) struct Records<'a> {
    rest: &'a [u8],
}

impl<'a> Records<'a> {
    pub(super) const fn new(stream: &'a [u8]) -> Self {
        Self { rest: stream }
    }

    /// The stream from the next record on.
    pub(super) const fn rest(&self) -> &'a [u8] {
        self.rest
    }

    fn take(&mut self) -> Option<(u16, &'a [u8])> {
        let (kind, length) = (u16_at(self.rest, 0)?, usize::from(u16_at(self.rest, 2)?));
        let data = self.rest.get(4..4 + length)?;
        self.rest = &self.rest[4 + length..];
        Some((kind, data))
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        let (kind, data) = self.take()?;
        let mut chunks = vec![data];
        while chunks.len() < MOST_CHUNKS && u16_at(self.rest, 0) == Some(kind::CONTINUE) {
            let Some((_, data)) = self.take() else { break };
            chunks.push(data);
        }
        Some(Record { kind, chunks })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn continuations_belong_to_their_record_and_a_cut_ends_the_stream() {
        let stream = [0xFC, 0, 2, 0, 1, 2, 0x3C, 0, 1, 0, 3, 0x0A, 0, 0, 0, 0x0A, 0, 9, 0, 1];
        let records: Vec<(u16, Vec<Vec<u8>>)> = Records::new(&stream)
            .map(|record| (record.kind, record.chunks.iter().map(|chunk| chunk.to_vec()).collect()))
            .collect();
        assert_eq!(records, [(0xFC, vec![vec![1, 2], vec![3]]), (0x0A, vec![vec![]])]);
    }
}
