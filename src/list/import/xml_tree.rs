//! What does an XML part hold, as a tree? Published documents are small enough to be held whole.

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

/// Elements within elements; documents of word processors stay far below.
const MOST_DEEP: usize = 256;

/// An element with its attributes and children, all by local names.
#[derive(Debug, Clone, Default)]
pub(super) struct Element {
    pub(super) name: String,
    attributes: BTreeMap<String, String>,
    pub(super) children: Vec<Node>,
}

/// A child of an element.
#[derive(Debug, Clone)]
pub(super) enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    /// The root of a document.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        let mut open = vec![Self::default()];
        loop {
            match reader.read_event().ok()? {
                Event::Start(start) if open.len() < MOST_DEEP => open.push(Self::from_start(&start)),
                Event::Start(_) | Event::DocType(_) => return None,
                Event::End(_) => {
                    let element = open.pop()?;
                    open.last_mut()?.children.push(Node::Element(element));
                }
                Event::Text(text) => open.last_mut()?.children.push(Node::Text(text.xml10_content().into_owned())),
                Event::CData(data) => open.last_mut()?.children.push(Node::Text(data.xml10_content().into_owned())),
                Event::GeneralRef(reference) => {
                    let resolved = match (&*reference, reference.resolve_char_ref()) {
                        (_, Ok(Some(c))) => c.to_string(),
                        ("lt", _) => "<".to_owned(),
                        ("gt", _) => ">".to_owned(),
                        ("amp", _) => "&".to_owned(),
                        ("quot", _) => "\"".to_owned(),
                        ("apos", _) => "'".to_owned(),
                        _ => String::new(),
                    };
                    open.last_mut()?.children.push(Node::Text(resolved));
                }
                Event::Eof => break,
                _ => {}
            }
        }
        let [root] = <[Self; 1]>::try_from(open).ok()?;
        root.children.into_iter().find_map(|child| match child {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    fn from_start(start: &BytesStart<'_>) -> Self {
        let mut attributes = BTreeMap::new();
        for attribute in start.attributes().with_checks(false).flatten() {
            let value = quick_xml::escape::unescape(&attribute.value).map(std::borrow::Cow::into_owned);
            attributes.insert(attribute.key.local_name().as_ref().to_owned(), value.unwrap_or_default());
        }
        Self { name: start.local_name().as_ref().to_owned(), attributes, children: Vec::new() }
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    /// The child elements.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|child| match child {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first child element of a name.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.elements().find(|element| element.name == name)
    }

    /// The attribute `val` of the child element of a name, as word processors write properties.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.child(name)?.attribute("val")
    }
}
