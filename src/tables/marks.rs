//! Which marks may stand in a plain text? Told of several at once by one walk over its bytes: most texts hold none of them.

/// The marks that may stand in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Marks(u8);

const COLON: u8 = 1;
const BRACKETS: u8 = 2;

/// The mark that each byte is, or may begin.
const OF_BYTES: [u8; 256] = {
    let mut marks = [0; 256];
    marks[b':' as usize] = COLON;
    let brackets = *b"()[]<>";
    let mut place = 0;
    while place < brackets.len() {
        marks[brackets[place] as usize] = BRACKETS;
        place += 1;
    }
    // 【】〔〕《》, but also 、 and 。.
    marks[0xe3] = BRACKETS;
    marks
};

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
        assert!(!Marks::of("进展:3.5").may_be_brackets());
    }
}
