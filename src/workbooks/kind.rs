//! What is this file, judged by its content and never by its extension?

use super::refusal::{Refusal, RefusalReason};

/// The families of content that have a reader of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A zip container; its parts tell which.
    Zip,
    /// An OLE compound file; its streams tell which.
    Compound,
    /// A naked stream of Excel records, as Excel wrote them before compound files.
    NakedRecords,
    /// Some kind of text: delimited, a web page, XML.
    Text,
}

/// What the first bytes are, or the refusal of what is no workbook.
pub(super) fn tell(bytes: &[u8]) -> Result<Kind, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::new(RefusalReason::Empty, "文件是空的（0字节），请检查后重新报送。"));
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") || bytes.starts_with(b"PK\x07\x08") {
        return Ok(Kind::Zip);
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
        return Ok(Kind::Compound);
    }
    if is_record_stream(bytes) {
        return Ok(Kind::NakedRecords);
    }
    if let Some(refusal) = foreign(bytes) {
        return Err(refusal);
    }
    if looks_binary(bytes) {
        return Err(Refusal::not_a_workbook("无法识别的二进制文件"));
    }
    Ok(Kind::Text)
}

/// BOF records of Excel 2 to 5: type, length, version.
fn is_record_stream(bytes: &[u8]) -> bool {
    [[0x09, 0x00, 0x04, 0x00], [0x09, 0x02, 0x06, 0x00], [0x09, 0x04, 0x06, 0x00], [0x09, 0x08, 0x08, 0x00]]
        .iter()
        .any(|beginning| bytes.starts_with(beginning))
        || bytes.starts_with(&[0x09, 0x08, 0x10, 0x00, 0x00, 0x06])
}

/// The refusal of a foreign format, by its signature.
fn foreign(bytes: &[u8]) -> Option<Refusal> {
    const ARCHIVES: [(&[u8], &str); 5] = [
        (b"Rar!\x1A\x07", "RAR "),
        (b"7z\xBC\xAF\x27\x1C", "7z "),
        (b"\x1F\x8B", "gzip "),
        (b"BZh", "bzip2 "),
        (b"\xFD7zXZ\x00", "xz "),
    ];
    const TABLES: [(&[u8], &str); 8] = [
        // The first record of a newer Excel around the sheet of an older one.
        (b"\x09\x08\x06\x00\x00\x00", "Excel 4.0 或更早版本的表格"),
        (b"ID;P", "SYLK 交换文件"),
        (b"TABLE\r\n0,1", "DIF 交换文件"),
        (b"TABLE\n0,1", "DIF 交换文件"),
        (b"\x00\x00\x02\x00\x06\x04", "Lotus 1-2-3 表格"),
        (b"\x00\x00\x1A\x00", "Lotus 1-2-3 表格"),
        (b"\x00\x00\x02\x00", "Lotus 1-2-3 或 Quattro 表格"),
        (b"\xFF\x00\x02\x00\x04\x04", "Works 表格"),
    ];
    const OTHERS: [(&[u8], &str); 14] = [
        (b"%PDF", "PDF 文件"),
        (b"\x89PNG\r\n\x1A\n", "图片"),
        (b"\xFF\xD8\xFF", "图片"),
        (b"GIF8", "图片"),
        (b"II*\x00", "图片"),
        (b"MM\x00*", "图片"),
        (b"{\\rtf", "RTF 文档"),
        (b"MZ", "程序文件"),
        (b"\x7FELF", "程序文件"),
        (b"SQLite format 3\x00", "数据库文件"),
        (b"\x00\x01\x00\x00Standard ", "Access 数据库文件"),
        (b"PAR1", "Parquet 数据文件"),
        (b"ID3", "录音文件"),
        (b"OggS", "录音文件"),
    ];
    let head = &bytes[..bytes.len().min(4096)];
    let named = |list: &[(&[u8], &'static str)]| {
        list.iter().find(|(signature, _)| head.starts_with(signature)).map(|(_, what)| *what)
    };
    let at = |from: usize, word: &[u8]| head.get(from..from + word.len()) == Some(word);
    if let Some(what) = named(&ARCHIVES) {
        return Some(Refusal::other_archive(what));
    }
    if at(257, b"ustar") {
        return Some(Refusal::other_archive("tar "));
    }
    if let Some(what) = named(&TABLES) {
        return Some(Refusal::other_format(what));
    }
    if is_mail(head) {
        return Some(Refusal::mail());
    }
    let is_text = !looks_binary(bytes);
    let what = named(&OTHERS).filter(|what| !is_text || !matches!(*what, "程序文件" | "录音文件")).or_else(|| {
        if at(0, b"RIFF") && at(8, b"WEBP") || at(0, b"BM") && !is_text {
            Some("图片")
        } else if at(4, b"ftyp") {
            Some(if at(8, b"heic") || at(8, b"mif1") || at(8, b"avif") { "图片" } else { "录音或录像文件" })
        } else {
            (at(0, b"RIFF") && !is_text).then_some("录音或录像文件")
        }
    });
    what.map(Refusal::not_a_workbook)
}

/// A mail begins with header lines; two of the usual ones must be among them.
fn is_mail(head: &[u8]) -> bool {
    const FIELDS: [&str; 8] =
        ["from:", "to:", "subject:", "date:", "received:", "return-path:", "mime-version:", "message-id:"];
    let text = String::from_utf8_lossy(head).to_lowercase();
    let is_field = |line: &str| FIELDS.iter().any(|field| line.starts_with(field));
    let header = text.lines().take_while(|line| !line.trim().is_empty());
    text.lines().next().is_some_and(is_field) && header.filter(|line| is_field(line)).count() >= 3
}

/// Control characters that no text holds; UTF-16 and UTF-32 have zeros beside other bytes and are told apart first.
fn looks_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(64 * 1024)];
    if super::text::is_wide(head) {
        return false;
    }
    let controls = head.iter().filter(|byte| matches!(byte, 0..=8 | 14..=25 | 28..=31)).count();
    controls * 100 > head.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_signature_leads_to_its_reader_or_its_refusal() {
        for (bytes, kind) in [
            (&b"PK\x03\x04rest"[..], Kind::Zip),
            (&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0], Kind::Compound),
            (&[0x09, 0x00, 0x04, 0x00, 0x02, 0x00], Kind::NakedRecords),
            ("序号,任务名称\n1,重大项目建设\n".as_bytes(), Kind::Text),
            (b"From: the first column\n1", Kind::Text),
            (b"\xFF\xFE1\x00\t\x002\x00", Kind::Text),
        ] {
            assert_eq!(tell(bytes), Ok(kind), "{bytes:?}");
        }
        for (bytes, word) in [
            (&b"%PDF-1.4"[..], "PDF"),
            (b"Rar!\x1A\x07\x01\x00", "RAR"),
            (b"7z\xBC\xAF\x27\x1C", "7z"),
            (b"\x89PNG\r\n\x1A\n", "图片"),
            (b"RIFF\0\0\0\0WEBPVP8", "图片"),
            (b"\0\0\0\x18ftypheic", "图片"),
            (b"{\\rtf1", "RTF"),
            (b"From: a\r\nTo: b\r\nSubject: c\r\n\r\nbody", "邮件"),
            (&[1, 2, 3, 4, 0, 0, 0, 250], "二进制"),
        ] {
            let refusal = tell(bytes).unwrap_err();
            assert_eq!(refusal.reason, RefusalReason::NotAWorkbook);
            assert!(refusal.sentence.contains(word), "{}", refusal.sentence);
        }
        assert_eq!(tell(b"").unwrap_err().reason, RefusalReason::Empty);
    }
}
