//! In which encoding was this text written?

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

/// Bytes from which the encoding is guessed.
const DETECTED_BYTES: usize = 256 * 1024;

/// A decoded text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    pub(super) text: String,
    /// What a person should know of the decoding.
    pub(super) remark: Option<String>,
}

/// Decodes a text by its byte order mark, else by what its bytes allow: UTF-8 is tried first because other text is
/// hardly ever valid UTF-8, then the Chinese encodings, then what a detector says.
pub(super) fn decode(bytes: &[u8], declared: Option<&'static Encoding>) -> Decoded {
    if let Some(order) = utf32(bytes) {
        return from_utf32(bytes, order);
    }
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return with(encoding, bytes.get(length..).unwrap_or_default(), false);
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return with(encoding, bytes, false);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: text.to_owned(), remark: None };
    }
    if let Some(encoding) = declared.filter(|encoding| *encoding != UTF_8) {
        // Pages that declare gb2312 hold characters of its successors.
        let encoding = if encoding == GBK { GB18030 } else { encoding };
        return with(encoding, bytes, false);
    }
    if let Some(text) = GB18030.decode_without_bom_handling_and_without_replacement(bytes) {
        return Decoded { text: text.into_owned(), remark: None };
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let head = &bytes[..bytes.len().min(DETECTED_BYTES)];
    detector.feed(head, head.len() == bytes.len());
    let guess = detector.guess(Some(b"cn"), Utf8Detection::Allow);
    let guess = if guess == GBK { GB18030 } else { guess };
    with(guess, bytes, guess != UTF_8 && guess != GB18030)
}

fn with(encoding: &'static Encoding, bytes: &[u8], guessed: bool) -> Decoded {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    let text = text.into_owned();
    let remark = if had_errors {
        Some(unknown_bytes(encoding.name()))
    } else {
        guessed.then(|| format!("文字编码不是常见的中文编码，按 {} 读取，请核对有无乱码。", encoding.name()))
    };
    Decoded { text, remark }
}

/// In which order the four bytes of a character stand.
#[derive(Clone, Copy)]
enum ByteOrder {
    Little,
    Big,
}

/// UTF-32 gives itself away by the zeros of every character: none lies above 0x10FFFF, and nearly all of a text lie
/// below 0xFFFF. Its mark is such a character, too.
fn utf32(bytes: &[u8]) -> Option<ByteOrder> {
    let head = &bytes[..bytes.len().min(4096) & !3];
    if head.is_empty() || !bytes.len().is_multiple_of(4) {
        return None;
    }
    let all = |is_plain: fn(&[u8]) -> bool| head.chunks_exact(4).all(is_plain);
    if all(|four| matches!(four, [low, high, 0..=0x10, 0] if (*low, *high) != (0, 0))) {
        return Some(ByteOrder::Little);
    }
    all(|four| matches!(four, [0, 0..=0x10, high, low] if (*low, *high) != (0, 0))).then_some(ByteOrder::Big)
}

fn from_utf32(bytes: &[u8], order: ByteOrder) -> Decoded {
    let code = |four: &[u8]| match (four, order) {
        ([a, b, c, d], ByteOrder::Little) => u32::from_le_bytes([*a, *b, *c, *d]),
        ([a, b, c, d], ByteOrder::Big) => u32::from_be_bytes([*a, *b, *c, *d]),
        _ => u32::MAX,
    };
    let mut is_broken = false;
    let text: String = bytes
        .chunks(4)
        .map(|four| {
            char::from_u32(code(four)).unwrap_or_else(|| {
                is_broken = true;
                char::REPLACEMENT_CHARACTER
            })
        })
        .collect();
    let text = text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text);
    Decoded { text, remark: is_broken.then(|| unknown_bytes("UTF-32")) }
}

fn unknown_bytes(encoding: &str) -> String {
    format!("文字编码（{encoding}）中有无法识别的字节，已用“\u{FFFD}”代替，请核对原文。")
}

/// Whether the beginning of a text is written in characters of two or four bytes, with or without a mark.
pub(super) fn is_wide(head: &[u8]) -> bool {
    utf32(&head[..head.len() & !3]).is_some() || is_utf16(head)
}

fn is_utf16(head: &[u8]) -> bool {
    Encoding::for_bom(head).is_some_and(|(encoding, _)| encoding != UTF_8) || utf16_without_mark(head).is_some()
}

/// UTF-16 without a mark gives itself away by Latin letters, digits, tabs and line breaks, whose zeros stand on the
/// same side.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(4096) & !1)?;
    let (mut even, mut odd) = (0usize, 0usize);
    for pair in head.chunks_exact(2) {
        match pair {
            [0, 0] => return None,
            [0, _] => even += 1,
            [_, 0] => odd += 1,
            _ => {}
        }
    }
    // Chinese characters whose lower byte is zero are rare.
    let is_clear = |many: usize, few: usize| many * 50 >= head.len() && many >= few * 20;
    if is_clear(odd, even) && odd > 0 { Some(UTF_16LE) } else { (is_clear(even, odd) && even > 0).then_some(UTF_16BE) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "序号\t任务名称\t完成率\r\n1\t重大项目建设\t75.3%\r\n2\t海岛民宿提质增效\t100%\r\n";

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    }

    fn utf32(text: &str, big: bool) -> Vec<u8> {
        text.chars().flat_map(|c| if big { u32::from(c).to_be_bytes() } else { u32::from(c).to_le_bytes() }).collect()
    }

    #[test]
    fn chinese_text_is_read_in_every_encoding_that_offices_write() {
        let with_mark = |mark: &[u8], bytes: Vec<u8>| [mark, bytes.as_slice()].concat();
        for (what, bytes) in [
            ("utf-8", TABLE.as_bytes().to_vec()),
            ("utf-8 with mark", with_mark(&[0xEF, 0xBB, 0xBF], TABLE.as_bytes().to_vec())),
            ("gb18030", GB18030.encode(TABLE).0.into_owned()),
            ("utf-16 from Excel", with_mark(&[0xFF, 0xFE], utf16(TABLE, false))),
            ("utf-16 big-endian", with_mark(&[0xFE, 0xFF], utf16(TABLE, true))),
            ("utf-16 without mark", utf16(TABLE, false)),
            ("utf-16 big-endian without mark", utf16(TABLE, true)),
            ("utf-32", utf32(TABLE, false)),
            ("utf-32 with mark", utf32(&format!("\u{FEFF}{TABLE}"), false)),
            ("utf-32 big-endian with mark", utf32(&format!("\u{FEFF}{TABLE}"), true)),
        ] {
            assert_eq!(decode(&bytes, None), Decoded { text: TABLE.to_owned(), remark: None }, "{what}");
        }
    }

    #[test]
    fn a_rare_character_of_gb18030_is_kept_and_a_broken_byte_is_said() {
        let rare = "𠮷，镕\n";
        assert_eq!(decode(&GB18030.encode(rare).0, None).text, rare);
        let mut broken = GB18030.encode(TABLE).0.into_owned();
        broken.push(0xFF);
        let decoded = decode(&broken, None);
        assert!(decoded.text.starts_with(TABLE));
        assert!(decoded.remark.unwrap().contains("无法识别"));
    }
}
