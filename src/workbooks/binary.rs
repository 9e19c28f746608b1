//! Which number stands at a place of a binary record? None where the record is too short.

use std::borrow::Cow;

use encoding_rs::UTF_16LE;

pub(super) fn u8_at(data: &[u8], at: usize) -> Option<u8> {
    data.get(at).copied()
}

pub(super) fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    let bytes = data.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(bytes.try_into().ok()?))
}

pub(super) fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    let bytes = data.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

pub(super) fn f64_at(data: &[u8], at: usize) -> Option<f64> {
    let bytes = data.get(at..at.checked_add(8)?)?;
    Some(f64::from_le_bytes(bytes.try_into().ok()?))
}

/// A number in the packed form of RK records: an integer or the upper half of a floating number, perhaps hundredfold.
pub(super) fn rk(bits: u32) -> f64 {
    let number =
        if bits & 2 == 0 { f64::from_bits(u64::from(bits & !3) << 32) } else { f64::from(bits.cast_signed() >> 2) };
    if bits & 1 == 0 { number } else { number / 100.0 }
}

/// A text in UTF-16 behind a length of four bytes, and how many bytes both take.
pub(super) fn wide_text(data: &[u8], at: usize) -> Option<(Cow<'_, str>, usize)> {
    let count = usize::try_from(u32_at(data, at)?).ok()?;
    let length = count.checked_mul(2)?;
    let bytes = data.get(at.checked_add(4)?..)?.get(..length)?;
    Some((UTF_16LE.decode_without_bom_handling(bytes).0, 4 + length))
}

/// The code of an error value.
pub(super) fn error_code(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2B => "#GETTING_DATA",
        _ => "#N/A",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_numbers_are_unpacked() {
        for (bits, number) in
            [(0x3FF0_0000, 1.0), (0x3FF0_0001, 0.01), ((75u32 << 2) | 2, 75.0), ((7530 << 2) | 3, 75.3)]
        {
            assert!((rk(bits) - number).abs() < 1e-12, "{bits:x}");
        }
        assert!((rk((-5i32 << 2).cast_unsigned() | 2) + 5.0).abs() < 1e-12);
    }

    #[test]
    fn a_number_beyond_the_end_is_absent() {
        assert_eq!(u16_at(&[1, 2, 3], 1), Some(0x0302));
        assert_eq!((u16_at(&[1, 2, 3], 2), u32_at(&[1], usize::MAX), f64_at(&[0; 7], 0)), (None, None, None));
    }
}
