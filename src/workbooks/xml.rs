//! What comes next in this XML part? The XML of every format is read through here, so that no document type, entity or
//! depth can do harm.

use std::borrow::Cow;
use std::str::FromStr;

use encoding_rs::{Encoding, UTF_8};
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::QName;
use quick_xml::reader::Reader;

use super::limits::Budget;
use super::refusal::Refusal;
use super::text;

/// Elements within elements; real documents stay below a hundred.
const MOST_DEEP: usize = 1000;
/// Bytes of one start tag; the longest real ones hold a formula or the text of a cell.
const MOST_TAG_BYTES: usize = 1024 * 1024;

/// The next piece of a part.
#[derive(Debug)]
pub(super) enum Node<'a> {
    /// The start of an element; an empty element gives a start and an end.
    Start(BytesStart<'a>),
    /// The end of the innermost element.
    End,
    /// Characters, entities resolved.
    Text(Cow<'a, str>),
    /// The end of the part.
    Eof,
}

/// A part of a workbook in XML.
pub(super) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    depth: usize,
    /// Whether the start was that of an empty element, whose end comes next.
    is_empty: bool,
}

/// The text of a part: UTF-8 nearly always, else what its mark or its declaration says.
pub(super) fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    let plain = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
    // UTF-16 without a mark is valid UTF-8 where all of it is Latin, with zeros in between.
    match UTF_8.decode_without_bom_handling_and_without_replacement(plain) {
        Some(text) if !plain.iter().take(4).any(|byte| *byte == 0) => text,
        _ => Cow::Owned(text::decode(bytes, declared_encoding(bytes)).text),
    }
}

/// The encoding that an XML declaration or a web page names in its first lines.
pub(super) fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase();
    if !head.trim_start().starts_with('<') {
        return None;
    }
    let at = head.find("encoding=").map(|at| at + 9).or_else(|| head.find("charset=").map(|at| at + 8))?;
    let rest = head[at..].trim_start_matches(['"', '\'', ' ']);
    let label: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
    Encoding::for_label(label.as_bytes())
}

impl<'a> Xml<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.check_end_names = true;
        config.check_comments = false;
        Self { reader, depth: 0, is_empty: false }
    }

    /// The next piece.
    #[inline]
    pub(super) fn next(&mut self, budget: &mut Budget<'_>) -> Result<Node<'a>, Refusal> {
        loop {
            budget.step()?;
            if std::mem::take(&mut self.is_empty) {
                self.depth = self.depth.saturating_sub(1);
                return Ok(Node::End);
            }
            let event = self.reader.read_event().map_err(|_| Refusal::damaged("内部的 XML 不完整"))?;
            budget.work(event.len())?;
            self.is_empty = matches!(event, Event::Empty(_));
            return Ok(match event {
                Event::Start(start) | Event::Empty(start) => {
                    if start.len() > MOST_TAG_BYTES {
                        return Err(Refusal::damaged("内部的 XML 标记过长"));
                    }
                    self.depth += 1;
                    if self.depth > MOST_DEEP {
                        return Err(Refusal::damaged("内部的 XML 嵌套过深"));
                    }
                    Node::Start(start)
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    Node::End
                }
                Event::Text(text) => Node::Text(text.xml10_content()),
                Event::CData(data) => Node::Text(data.xml10_content()),
                Event::GeneralRef(reference) => Node::Text(resolved(&reference)),
                // One that only names a published type declares nothing; nothing is fetched for it.
                Event::DocType(declaration) if declaration.contains('[') => return Err(Refusal::document_type()),
                // A part that ends amid its elements was cut off.
                Event::Eof if self.depth > 0 => return Err(Refusal::damaged("内部的 XML 不完整")),
                Event::Eof => Node::Eof,
                _ => continue,
            });
        }
    }

    /// Passes over the rest of the element whose start was read last.
    pub(super) fn skip(&mut self, budget: &mut Budget<'_>) -> Result<(), Refusal> {
        let outside = self.depth.saturating_sub(1);
        loop {
            match self.next(budget)? {
                Node::Eof => return Ok(()),
                Node::End if self.depth <= outside => return Ok(()),
                _ => {}
            }
        }
    }

    /// All characters of the element whose start was read last, its children's included.
    pub(super) fn text(&mut self, budget: &mut Budget<'_>) -> Result<Cow<'a, str>, Refusal> {
        let outside = self.depth.saturating_sub(1);
        let mut text = Cow::Borrowed("");
        loop {
            match self.next(budget)? {
                Node::Text(piece) if text.is_empty() => text = piece,
                Node::Text(piece) => text.to_mut().push_str(&piece),
                Node::Eof => return Ok(text),
                Node::End if self.depth <= outside => return Ok(text),
                Node::End | Node::Start(_) => {}
            }
        }
    }
}

fn resolved(reference: &quick_xml::events::BytesRef<'_>) -> Cow<'static, str> {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return Cow::Owned(c.to_string());
    }
    match &**reference {
        "lt" => Cow::Borrowed("<"),
        "gt" => Cow::Borrowed(">"),
        "amp" => Cow::Borrowed("&"),
        "quot" => Cow::Borrowed("\""),
        "apos" => Cow::Borrowed("'"),
        // Without a document type no other entity can be declared: the characters stand for themselves.
        other => Cow::Owned(format!("&{other};")),
    }
}

/// The local name of an element.
pub(super) fn local_name<'e>(element: &'e BytesStart<'_>) -> &'e str {
    local(element.name())
}

/// A name without its prefix. Few have one, and names are short.
fn local(name: QName<'_>) -> &str {
    let whole = name.into_inner();
    if whole.as_bytes().contains(&b':') { name.local_name().into_inner() } else { whole }
}

/// The attributes of an element by their local names, entities resolved.
pub(super) fn attributes<'e>(element: &'e BytesStart<'_>) -> impl Iterator<Item = (&'e str, Cow<'e, str>)> {
    let mut attributes = element.attributes();
    attributes.with_checks(false);
    attributes.filter_map(Result::ok).map(|attribute| {
        let raw = attribute.value;
        // Most attributes are of few bytes and hold no entity.
        let resolved = if raw.as_bytes().contains(&b'&') { with_entities_resolved(&raw) } else { None };
        let value = resolved.map_or(raw, Cow::Owned);
        (local(attribute.key), value)
    })
}

/// The value of an attribute that holds entities, these resolved; `None` where they are none.
fn with_entities_resolved(raw: &str) -> Option<String> {
    match quick_xml::escape::unescape(raw) {
        Ok(Cow::Owned(resolved)) => Some(resolved),
        _ => None,
    }
}

/// The value of an attribute by its local name, entities resolved.
pub(super) fn attribute<'e>(element: &'e BytesStart<'_>, name: &str) -> Option<Cow<'e, str>> {
    attributes(element).find(|(other, _)| *other == name).map(|(_, value)| value)
}

/// The values of several attributes by their local names, in one walk.
pub(super) fn values<'e, const N: usize>(element: &'e BytesStart<'_>, names: [&str; N]) -> [Option<Cow<'e, str>>; N] {
    let mut values = [const { None }; N];
    for (name, value) in attributes(element) {
        if let Some(place) = names.iter().position(|wanted| *wanted == name) {
            values[place].get_or_insert(value);
        }
    }
    values
}

/// A number in an attribute.
pub(super) fn number<T: FromStr>(element: &BytesStart<'_>, name: &str) -> Option<T> {
    parsed(&attribute(element, name)?)
}

/// The number that a text is, maybe with white space around it, which hardly any program writes.
pub(super) fn parsed<T: FromStr>(text: &str) -> Option<T> {
    text.parse().or_else(|_| text.trim().parse()).ok()
}

/// A truth value in an attribute: absent is false.
pub(super) fn is_set(element: &BytesStart<'_>, name: &str) -> bool {
    attribute(element, name).is_some_and(|value| is_true(&value))
}

/// Whether the value of an attribute is true.
pub(super) fn is_true(value: &str) -> bool {
    matches!(value.trim(), "1" | "true" | "on")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbooks::Limits;

    #[expect(clippy::format_push_string, reason = "a test may be slow")]
    fn all(text: &str) -> Result<String, Refusal> {
        let limits = Limits::default();
        let mut budget = Budget::new(&limits);
        let mut xml = Xml::new(text);
        let mut seen = String::new();
        loop {
            match xml.next(&mut budget)? {
                Node::Start(start) => seen.push_str(&format!("<{}>", local_name(&start))),
                Node::End => seen.push_str("</>"),
                Node::Text(text) => seen.push_str(&text),
                Node::Eof => return Ok(seen),
            }
        }
    }

    #[test]
    fn entities_are_resolved_and_strange_ones_stand_for_themselves() {
        assert_eq!(
            all("<a>1 &lt; 2 &#x4E2D;<x:b/><![CDATA[<c>]]>&nbsp;</a>").unwrap(),
            "<a>1 < 2 中<b></><c>&nbsp;</>"
        );
    }

    #[test]
    fn a_document_type_a_cut_and_a_great_depth_are_refused() {
        assert!(all("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>").is_err());
        assert_eq!(all("<!DOCTYPE a PUBLIC \"-//b\" \"b.dtd\"><a>&b;</a>").unwrap(), "<a>&b;</>");
        assert!(all("<a><b></b>").is_err());
        assert!(all("<a></b>").is_err());
        let deep = |levels: usize| "<a>".repeat(levels) + &"</a>".repeat(levels);
        assert!(all(&deep(MOST_DEEP)).is_ok());
        assert!(all(&deep(MOST_DEEP + 1)).is_err());
    }

    #[test]
    fn attributes_are_found_by_local_name() {
        let start = BytesStart::from_content("c r:id=\"x\" name=\"a &amp; b\" n=\" 12 \" hidden=\"true\"", 1);
        assert_eq!(attribute(&start, "id").unwrap(), "x");
        assert_eq!(attribute(&start, "name").unwrap(), "a & b");
        assert_eq!(number::<u32>(&start, "n"), Some(12));
        assert!(is_set(&start, "hidden") && !is_set(&start, "name"));
        let unusual = BytesStart::from_content("c bare n = '12' x:y=\"1\"", 1);
        assert_eq!(number::<u32>(&unusual, "n"), Some(12));
        assert!(is_set(&unusual, "y") && attribute(&unusual, "bare").is_none());
    }

    #[test]
    fn what_is_not_well_formed_is_refused() {
        for text in ["<a", "<", "<a b='>", "<a>&b</a>", "<a>&b&c;</a>", "</a>", "<a></a></a>", "<a><!-- </a>", "<!x>"] {
            assert!(all(text).is_err(), "{text}");
        }
        assert_eq!(all("\u{FEFF}<?xml version=\"1.0\"?><a b='>'>1<!-- <c> -->2</a\n>3").unwrap(), "<a>12</>3");
    }

    #[test]
    fn a_part_in_gbk_or_utf_16_is_decoded() {
        let text = "<?xml version=\"1.0\" encoding=\"GB2312\"?><a>填报</a>";
        assert_eq!(text_of(&encoding_rs::GBK.encode(text).0), text);
        let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(text_of(&utf16), text);
        let latin: Vec<u8> = "<?xml version=\"1.0\"?><a/>".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(text_of(&latin), "<?xml version=\"1.0\"?><a/>");
    }
}
