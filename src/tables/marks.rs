//! Which marks may stand in a plain text? Told of several at once by one walk over its bytes: most texts hold none of them.

/// The marks that may stand in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Marks(u8);

const COLON: u8 = 1;
const BRACKETS: u8 = 2;
const STROKES: u8 = 4;

/// The mark that each byte is, or may begin. With the last byte of the brackets begin 【】〔〕《》, but also 、 and 。; with that
/// of the strokes begins ╲.
const OF_BYTES: [u8; 256] =
    of_bytes(of_bytes(of_bytes([0; 256], b":", COLON), b"()[]<>\xe3", BRACKETS), b"\\/|\xe2", STROKES);

const fn of_bytes(mut marks: [u8; 256], bytes: &[u8], mark: u8) -> [u8; 256] {
    let mut place = 0;
    while place < bytes.len() {
        marks[bytes[place] as usize] = mark;
        place += 1;
    }
    marks
}

impl Marks {
    /// Those of a plain text.
    pub(super) fn of(plain: &str) -> Self {
        Self(plain.bytes().fold(0, |marks, byte| marks | OF_BYTES[usize::from(byte)]))
    }

    /// Whether a colon stands in the text.
    pub(super) const fn hold_colon(self) -> bool {
        self.0 & COLON != 0
    }

    /// Whether a bracket may stand in the text.
    pub(super) const fn may_be_brackets(self) -> bool {
        self.0 & BRACKETS != 0
    }

    /// Whether a stroke that parts two words may stand in the text, as in 项目/月份.
    pub(super) const fn may_be_strokes(self) -> bool {
        self.0 & STROKES != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::title_brackets::has_brackets;

    #[test]
    fn every_bracket_and_colon_is_told() {
        for c in ('\0'..='\u{ffff}').filter(|c| has_brackets(c.encode_utf8(&mut [0; 4]))) {
            assert!(Marks::of(&format!("甲{c}乙")).may_be_brackets(), "{c}");
        }
        assert!(Marks::of("进展:").hold_colon() && !Marks::of("进展3.5").hold_colon());
        assert!(!Marks::of("进展:3.5").may_be_brackets() && !Marks::of("进展:3.5").may_be_strokes());
        assert!(
            ["月份\\事项", "项目/季度", "事项╲月份", "周|任务"].iter().all(|text| Marks::of(text).may_be_strokes())
        );
    }
}
