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
    if let Some(what) = foreign(bytes) {
        return Err(Refusal::not_a_workbook(what));
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

/// The Chinese name of a foreign format, by its signature.
fn foreign(bytes: &[u8]) -> Option<&'static str> {
    const SIGNATURES: [(&[u8], &str); 23] = [
        (b"%PDF", "PDF 文件"),
        (b"Rar!\x1A\x07", "RAR 压缩包（请解压后报送其中的工作簿，或改用 zip 压缩）"),
        (b"7z\xBC\xAF\x27\x1C", "7z 压缩包（请解压后报送其中的工作簿，或改用 zip 压缩）"),
        (b"\x1F\x8B", "gzip 压缩包（请解压后报送其中的工作簿，或改用 zip 压缩）"),
        (b"BZh", "bzip2 压缩包（请解压后报送其中的工作簿，或改用 zip 压缩）"),
        (b"\xFD7zXZ\x00", "xz 压缩包（请解压后报送其中的工作簿，或改用 zip 压缩）"),
        (b"\x89PNG\r\n\x1A\n", "图片"),
        (b"\xFF\xD8\xFF", "图片"),
        (b"GIF8", "图片"),
        (b"II*\x00", "图片"),
        (b"MM\x00*", "图片"),
        (b"{\\rtf", "RTF 文档"),
        (b"MZ", "程序文件"),
        (b"\x7FELF", "程序文件"),
        (b"SQLite format 3\x00", "数据库文件"),
        (b"\x00\x01\x00\x00Standard Jet DB", "Access 数据库文件"),
        (b"\x00\x01\x00\x00Standard ACE DB", "Access 数据库文件"),
        (b"PAR1", "Parquet 数据文件"),
        (b"ID;P", "SYLK 交换文件（请另存为 xlsx）"),
        (b"\x00\x00\x02\x00\x06\x04", "Lotus 1-2-3 文件（请另存为 xlsx）"),
        (b"\x00\x00\x1A\x00", "Lotus 1-2-3 文件（请另存为 xlsx）"),
        (b"ID3", "录音文件"),
        (b"OggS", "录音文件"),
    ];
    let head = &bytes[..bytes.len().min(4096)];
    SIGNATURES.iter().find(|(signature, _)| head.starts_with(signature)).map(|(_, what)| *what).or_else(|| {
        let at = |from: usize, word: &[u8]| head.get(from..from + word.len()) == Some(word);
        if at(0, b"RIFF") && at(8, b"WEBP") || at(0, b"BM") && looks_binary(bytes) {
            Some("图片")
        } else if at(0, b"RIFF") {
            Some("录音或录像文件")
        } else if at(4, b"ftyp") {
            Some(if at(8, b"heic") || at(8, b"mif1") || at(8, b"avif") { "图片" } else { "录音或录像文件" })
        } else if at(257, b"ustar") {
            Some("tar 压缩包（请解压后报送其中的工作簿，或改用 zip 压缩）")
        } else {
            is_mail(head).then_some("电子邮件（请将附件中的工作簿单独报送）")
        }
    })
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

/// Control characters that no text holds; UTF-16 has its zeros in pairs with other bytes and is told apart first.
fn looks_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(64 * 1024)];
    if super::text::is_utf16(head) {
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
