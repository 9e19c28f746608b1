//! Which texts do the cells of an xlsx workbook share, and which of their runs are struck through?

use std::borrow::Cow;

use memchr::memchr;

use crate::workbooks::limits::Budget;
use crate::workbooks::refusal::Refusal;
use crate::workbooks::rich_text::RichText;
use crate::workbooks::xml::{Node, Xml, attribute, local_name, number};

/// The table of shared strings.
pub(super) fn read(text: &str, budget: &mut Budget<'_>) -> Result<Vec<RichText>, Refusal> {
    let mut xml = Xml::new(text);
    let (mut strings, mut runs) = (Vec::new(), Vec::new());
    loop {
        match xml.next(budget)? {
            Node::Start(start) => match local_name(&start) {
                "sst" => budget.shared_strings(number(&start, "uniqueCount").unwrap_or(0))?,
                "si" => {
                    budget.shared_strings(strings.len() + 1)?;
                    let string = read_string(&mut xml, &mut runs, budget)?;
                    budget.hold(size_of::<RichText>() * 2 + string.bytes())?;
                    strings.push(string);
                }
                _ => {}
            },
            Node::Eof => return Ok(strings),
            _ => {}
        }
    }
}

/// A run of a string, and whether it is struck through where its own font tells.
type Run<'a> = (Cow<'a, str>, Option<bool>);

/// One string (`si`, `is`, or the text of a comment) whose start was read last. `runs` has room for its runs, which the
/// next string may use again.
pub(super) fn read_string<'a>(
    xml: &mut Xml<'a>,
    runs: &mut Vec<Run<'a>>,
    budget: &mut Budget<'_>,
) -> Result<RichText, Refusal> {
    runs.clear();
    let mut struck = None;
    let mut depth = 1;
    while depth > 0 {
        match xml.next(budget)? {
            Node::Start(start) => {
                match local_name(&start) {
                    "t" => {
                        let text = unescaped(xml.text(budget)?);
                        runs.push((text, struck));
                        continue;
                    }
                    // How the characters are pronounced is no part of the text.
                    "rPh" | "phoneticPr" => {
                        xml.skip(budget)?;
                        continue;
                    }
                    "r" => struck = None,
                    "rPr" => struck = Some(false),
                    "strike" => {
                        struck = Some(attribute(&start, "val").is_none_or(|value| value != "0" && value != "false"));
                    }
                    _ => {}
                }
                depth += 1;
            }
            Node::End => depth -= 1,
            Node::Text(_) => {}
            Node::Eof => break,
        }
    }
    Ok(RichText::from_runs(runs))
}

/// `_x000D_` stands for a character that XML cannot hold, `_x005F_` for the underscore that begins such a mark.
pub(super) fn unescaped(text: Cow<'_, str>) -> Cow<'_, str> {
    if memchr(b'_', text.as_bytes()).is_none() {
        return text;
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = &*text;
    while let Some(at) = rest.find("_x") {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let code = rest.get(2..6).filter(|_| rest.as_bytes().get(6) == Some(&b'_'));
        let c = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        if let Some(c) = c {
            plain.push(c);
            rest = &rest[7..];
        } else {
            plain.push_str("_x");
            rest = &rest[2..];
        }
    }
    plain.push_str(rest);
    plain.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbooks::Limits;
    use crate::workbooks::rich_text::Seen;

    fn strings(text: &str) -> Vec<RichText> {
        let limits = Limits::default();
        read(text, &mut Budget::new(&limits)).unwrap()
    }

    #[test]
    fn runs_are_joined_unless_one_is_struck_through() {
        let read = strings(
            "<sst><si><t>甲</t></si>\
             <si><r><t>乙</t></r><r><rPr><b/></rPr><t>丙</t></r><rPh><t>yin</t></rPh></si>\
             <si><r><rPr><strike/></rPr><t>50</t></r><r><rPr><strike val=\"0\"/></rPr><t>60</t></r></si>\
             <si/></sst>",
        );
        let seen: Vec<Seen> = read.iter().map(|string| string.seen(false)).collect();
        let plain = |text: &str| Seen { text: text.into(), struck: false, removed: None };
        let partly = Seen { text: "60".into(), struck: false, removed: Some("50".to_owned()) };
        assert_eq!(seen, [plain("甲"), plain("乙丙"), partly, plain("")]);
        assert!(read[0].seen(true).struck);
    }

    #[test]
    fn a_text_all_of_whose_runs_are_struck_is_struck() {
        let read = strings("<sst><si><r><rPr><strike/></rPr><t>旧</t></r><r><t> </t></r></si></sst>");
        assert_eq!(read[0].seen(false), Seen { text: "旧".into(), struck: true, removed: None });
    }

    #[test]
    fn marks_for_characters_are_resolved() {
        for (text, plain) in [
            ("一_x000D_\n二", "一\r\n二"),
            ("_x005F_x000D_", "_x000D_"),
            ("a_x00zz_b_x", "a_x00zz_b_x"),
            ("_x4E2D_", "中"),
        ] {
            assert_eq!(unescaped(Cow::Borrowed(text)), plain);
        }
    }

    #[test]
    fn a_count_over_the_limit_is_refused_before_anything_is_allocated() {
        let limits = Limits { shared_strings: 1, ..Limits::default() };
        for text in ["<sst uniqueCount=\"2\"/>", "<sst><si/><si/></sst>"] {
            assert!(read(text, &mut Budget::new(&limits)).is_err(), "{text}");
        }
        assert!(read("<sst uniqueCount=\"1\"><si/></sst>", &mut Budget::new(&limits)).is_ok());
    }
}
