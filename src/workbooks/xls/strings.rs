//! Which texts do the records of an Excel 97 workbook hold?

use encoding_rs::{Encoding, GB18030, WINDOWS_1252};

use crate::workbooks::binary::{u8_at, u16_at};
use crate::workbooks::limits::Budget;
use crate::workbooks::refusal::Refusal;
use crate::workbooks::rich_text::RichText;

/// How a workbook writes its texts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Writing {
    /// Excel 97 and later: UTF-16, perhaps without its high bytes; before: bytes of a code page.
    pub(super) is_unicode: bool,
    pub(super) code_page: &'static Encoding,
}

impl Writing {
    /// The text behind a length of one or two bytes at the beginning of the data.
    pub(super) fn text(self, data: &[u8], length_bytes: usize) -> Option<String> {
        let length = match length_bytes {
            1 => usize::from(u8_at(data, 0)?),
            _ => usize::from(u16_at(data, 0)?),
        };
        let rest = data.get(length_bytes..)?;
        if !self.is_unicode {
            let bytes = &rest[..length.min(rest.len())];
            return Some(self.code_page.decode_without_bom_handling(bytes).0.into_owned());
        }
        let mut pieces = Pieces::new(vec![rest]);
        let flags = pieces.u8()?;
        let skipped = if flags & 8 == 0 { 0 } else { 2 } + if flags & 4 == 0 { 0 } else { 4 };
        pieces.skip(skipped);
        Some(String::from_utf16_lossy(&pieces.characters(length, flags & 1 != 0)))
    }
}

/// The encoding of a code page; Chinese is assumed where the number means nothing.
pub(super) fn code_page(number: u16) -> &'static Encoding {
    match number {
        950 => encoding_rs::BIG5,
        932 => encoding_rs::SHIFT_JIS,
        949 => encoding_rs::EUC_KR,
        866 => encoding_rs::IBM866,
        874 => encoding_rs::WINDOWS_874,
        10000 | 32768 => encoding_rs::MACINTOSH,
        367 | 437 | 850 | 1252 | 32769 => WINDOWS_1252,
        1250..=1258 => Encoding::for_label(format!("windows-{number}").as_bytes()).unwrap_or(WINDOWS_1252),
        _ => GB18030,
    }
}

/// A record and its continuations, read from front to back.
pub(super) struct Pieces<'a> {
    chunks: Vec<&'a [u8]>,
    chunk: usize,
    at: usize,
}

impl<'a> Pieces<'a> {
    pub(super) const fn new(chunks: Vec<&'a [u8]>) -> Self {
        Self { chunks, chunk: 0, at: 0 }
    }

    /// Moves to the next chunk where this one is used up; false at the end.
    fn has_more(&mut self) -> bool {
        while self.chunks.get(self.chunk).is_some_and(|chunk| self.at >= chunk.len()) {
            self.chunk += 1;
            self.at = 0;
        }
        self.chunk < self.chunks.len()
    }

    fn u8(&mut self) -> Option<u8> {
        if !self.has_more() {
            return None;
        }
        let byte = self.chunks[self.chunk].get(self.at).copied();
        self.at += 1;
        byte
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.u8()?, self.u8()?]))
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from(self.u16()?) | u32::from(self.u16()?) << 16)
    }

    fn skip(&mut self, mut count: usize) {
        while count > 0 && self.has_more() {
            let step = count.min(self.chunks[self.chunk].len() - self.at);
            self.at += step;
            count -= step;
        }
    }

    /// Characters of a string; in a continuation the rest of them follows a new flag.
    fn characters(&mut self, count: usize, wide: bool) -> Vec<u16> {
        let mut wide = wide;
        let mut units = Vec::with_capacity(count.min(65_536));
        let mut chunk = self.chunk;
        while units.len() < count && self.has_more() {
            if self.chunk != chunk {
                chunk = self.chunk;
                wide = self.u8().is_some_and(|flags| flags & 1 != 0);
                continue;
            }
            let rest = &self.chunks[self.chunk][self.at..];
            let width = if wide { 2 } else { 1 };
            let whole = (rest.len() / width).min(count - units.len());
            let (bytes, after) = rest.split_at(whole * width);
            if wide {
                units.extend(bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])));
            } else {
                units.extend(bytes.iter().map(|byte| u16::from(*byte)));
            }
            self.at += bytes.len();
            if units.len() < count && wide && after.len() == 1 {
                // Half a character at the end of a record: the string is broken.
                self.at += 1;
            }
        }
        units
    }

    /// A string of the shared table with its font runs.
    fn rich_string(&mut self, struck_fonts: &[bool]) -> Option<RichText> {
        let count = usize::from(self.u16()?);
        let flags = self.u8()?;
        let runs = if flags & 8 == 0 { 0 } else { self.u16()? };
        let extension = if flags & 4 == 0 { 0 } else { self.u32()? };
        let units = self.characters(count, flags & 1 != 0);
        let mut fonts = Vec::new();
        for _ in 0..runs {
            let (at, font) = (usize::from(self.u16()?), usize::from(self.u16()?));
            fonts.push((at, is_struck(font, struck_fonts)));
        }
        self.skip(usize::try_from(extension).unwrap_or(usize::MAX));
        Some(RichText::cut(&units, &fonts))
    }
}

/// A text with its length in front that may go on in continuations.
pub(super) fn continued(chunks: &[&[u8]]) -> Option<String> {
    let mut pieces = Pieces::new(chunks.to_vec());
    let count = usize::from(pieces.u16()?);
    let flags = pieces.u8()?;
    Some(String::from_utf16_lossy(&pieces.characters(count, flags & 1 != 0)))
}

/// The text of an object, whose length stands elsewhere; each continuation begins with a flag.
pub(super) fn object_text(chunks: &[&[u8]], count: usize) -> Option<String> {
    let mut pieces = Pieces::new(chunks.to_vec());
    let flags = pieces.u8()?;
    Some(String::from_utf16_lossy(&pieces.characters(count, flags & 1 != 0)))
}

/// Whether a font is struck through; the number 4 is never used, so that later fonts count one less.
pub(super) fn is_struck(font: usize, struck_fonts: &[bool]) -> bool {
    struck_fonts.get(if font > 4 { font - 1 } else { font }).copied().unwrap_or(false)
}

/// The table of shared strings.
pub(super) fn shared(
    chunks: Vec<&[u8]>,
    struck_fonts: &[bool],
    budget: &mut Budget<'_>,
) -> Result<Vec<RichText>, Refusal> {
    let mut pieces = Pieces::new(chunks);
    let mut strings = Vec::new();
    let (_total, count) = (pieces.u32(), pieces.u32().unwrap_or(0));
    budget.shared_strings(usize::try_from(count).unwrap_or(usize::MAX))?;
    while pieces.has_more() && strings.len() < budget.limits.shared_strings {
        budget.step()?;
        let Some(string) = pieces.rich_string(struck_fonts) else { break };
        budget.hold(size_of::<RichText>() * 2 + string.bytes())?;
        strings.push(string);
    }
    Ok(strings)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbooks::Limits;

    #[test]
    fn a_string_goes_on_in_a_continuation_with_another_width() {
        let limits = Limits::default();
        let first = [1, 0, 0, 0, 1, 0, 0, 0, 4, 0, 0, b'a', b'b'];
        let second = [1, 0x2D, 0x4E, 0x87, 0x65];
        let strings = shared(vec![&first, &second], &[], &mut Budget::new(&limits)).unwrap();
        assert_eq!(strings, [RichText::Plain("ab中文".into())]);
    }

    #[test]
    fn the_font_that_is_never_used_is_passed_over() {
        let fonts = [false, false, false, false, true];
        assert_eq!([4, 5, 6].map(|font| is_struck(font, &fonts)), [true, true, false]);
    }

    #[test]
    fn texts_of_old_workbooks_are_decoded_by_their_code_page() {
        let gbk = encoding_rs::GBK.encode("填报").0.into_owned();
        let data: Vec<u8> = [4u8].into_iter().chain(gbk).collect();
        let old = Writing { is_unicode: false, code_page: code_page(936) };
        assert_eq!(old.text(&data, 1).as_deref(), Some("填报"));
        let new = Writing { is_unicode: true, code_page: code_page(1200) };
        assert_eq!(new.text(&[2, 0, 0, b'a', b'b'], 2).as_deref(), Some("ab"));
        assert_eq!(new.text(&[1, 1, 0x2D, 0x4E], 1).as_deref(), Some("中"));
        assert_eq!(new.text(&[9], 2), None);
    }
}
