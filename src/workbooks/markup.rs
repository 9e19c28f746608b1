//! Where does each piece of an XML text begin and end?
//!
//! Tags, characters and references, nearly all of a part, are told apart here by a few bytes each; comments,
//! declarations and the like are left to quick-xml. Both draw the same lines, also in what is not well formed.

use std::borrow::Cow;

use memchr::{memchr2, memchr3};
use quick_xml::events::{BytesStart, Event, attributes};
use quick_xml::reader::Reader;

/// White space as XML knows it.
pub(super) const WHITE_SPACE: [char; 4] = [' ', '\r', '\n', '\t'];

/// A piece of an XML text.
pub(super) enum Piece<'a> {
    /// The start of an element; an empty element gives a start and an end.
    Start(BytesStart<'a>),
    /// The end of the innermost element, by its name.
    End(&'a str),
    /// Characters as written.
    Text(&'a str),
    /// The name of an entity, or the number of a character.
    Reference(&'a str),
    /// Anything that begins with `<!` or `<?`.
    Other(Event<'a>),
    /// The end of the text.
    Eof,
}

/// An XML text that is taken apart from its beginning.
pub(super) struct Markup<'a> {
    rest: &'a str,
    /// Names of the elements that are open, outermost first.
    open: Vec<&'a str>,
    /// Whether the innermost element was written as an empty one, so that its end comes next.
    is_empty: bool,
}

/// The text is not well formed here.
pub(super) struct IllFormed;

impl Piece<'_> {
    /// Bytes of what the piece says.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Start(start) => start.len(),
            Self::End(text) | Self::Text(text) | Self::Reference(text) => text.len(),
            Self::Other(event) => event.len(),
            Self::Eof => 0,
        }
    }
}

impl<'a> Markup<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text.strip_prefix('\u{FEFF}').unwrap_or(text), open: Vec::new(), is_empty: false }
    }

    /// Elements that are open.
    pub(super) const fn depth(&self) -> usize {
        self.open.len()
    }

    /// The next piece.
    pub(super) fn next(&mut self) -> Result<Piece<'a>, IllFormed> {
        if std::mem::take(&mut self.is_empty) {
            return Ok(Piece::End(self.open.pop().unwrap_or_default()));
        }
        match self.rest.as_bytes() {
            [] => Ok(Piece::Eof),
            [b'<'] => Err(IllFormed),
            [b'<', b'/', ..] => self.end(),
            [b'<', b'!' | b'?', ..] => self.other(),
            [b'<', ..] => self.start(),
            [b'&', ..] => self.reference(),
            bytes => Ok(Piece::Text(self.take(memchr2(b'<', b'&', bytes).unwrap_or(bytes.len())))),
        }
    }

    /// The characters of the innermost element, taken with its end, where nothing else stands before it.
    pub(super) fn text_to_end(&mut self) -> Option<&'a str> {
        let name = self.open.last().filter(|_| !self.is_empty)?;
        let (text, behind) = self.rest.split_at(memchr2(b'<', b'&', self.rest.as_bytes())?);
        self.rest = behind.strip_prefix("</")?.strip_prefix(name)?.strip_prefix('>')?;
        self.open.pop();
        Some(text)
    }

    /// Takes so many bytes off the text.
    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }

    /// Takes a tag off the text, its brackets included.
    fn tag(&mut self) -> Result<&'a str, IllFormed> {
        let last = end_of_tag(self.rest.as_bytes()).ok_or(IllFormed)?;
        Ok(self.take(last + 1))
    }

    fn start(&mut self) -> Result<Piece<'a>, IllFormed> {
        let tag = self.tag()?;
        let whole = &tag[1..tag.len() - 1];
        let content = whole.strip_suffix('/').unwrap_or(whole);
        self.is_empty = content.len() < whole.len();
        let name = &content[..content.find(WHITE_SPACE).unwrap_or(content.len())];
        self.open.push(name);
        Ok(Piece::Start(BytesStart::from_content(content, name.len())))
    }

    fn end(&mut self) -> Result<Piece<'a>, IllFormed> {
        let tag = self.tag()?;
        let content = &tag[2..tag.len() - 1];
        let trimmed = content.trim_end_matches(WHITE_SPACE);
        let name = if trimmed.is_empty() { content } else { trimmed };
        if self.open.pop() == Some(name) { Ok(Piece::End(name)) } else { Err(IllFormed) }
    }

    fn reference(&mut self) -> Result<Piece<'a>, IllFormed> {
        let behind = &self.rest.as_bytes()[1..];
        let end = memchr3(b';', b'&', b'<', behind).filter(|end| behind[*end] == b';').ok_or(IllFormed)?;
        let reference = self.take(end + 2);
        Ok(Piece::Reference(&reference[1..=end]))
    }

    fn other(&mut self) -> Result<Piece<'a>, IllFormed> {
        let mut reader = Reader::from_str(self.rest);
        let event = reader.read_event().map_err(|_| IllFormed)?;
        let length = usize::try_from(reader.buffer_position()).map_err(|_| IllFormed)?;
        self.rest = &self.rest[length..];
        Ok(Piece::Other(event))
    }
}

/// Where the bracket stands that closes a tag: the first one outside quotes.
fn end_of_tag(tag: &[u8]) -> Option<usize> {
    let mut quoted_by = None;
    tag.iter().position(|byte| {
        match (quoted_by, *byte) {
            (None, b'>') => return true,
            (None, quote @ (b'"' | b'\'')) => quoted_by = Some(quote),
            (Some(quote), byte) if byte == quote => quoted_by = None,
            _ => {}
        }
        false
    })
}

/// The attributes of an element: local names, and values as written.
pub(super) struct Attributes<'e> {
    pub(super) rest: &'e str,
    /// What quick-xml makes of those that are not written as `name="value"`, and of all behind them.
    pub(super) unusual: Option<attributes::Attributes<'e>>,
}

impl<'e> Iterator for Attributes<'e> {
    type Item = (&'e str, Cow<'e, str>);

    fn next(&mut self) -> Option<Self::Item> {
        if self.unusual.is_none() {
            self.rest = self.rest.trim_start_matches(WHITE_SPACE);
            if self.rest.is_empty() {
                return None;
            }
            if let Some((key, value, rest)) = plain_attribute(self.rest) {
                self.rest = rest;
                let local = key.bytes().position(|byte| byte == b':').map_or(key, |colon| &key[colon + 1..]);
                return Some((local, Cow::Borrowed(value)));
            }
        }
        let unusual = self.unusual.get_or_insert_with(|| attributes::Attributes::new(self.rest, 0));
        let sound = unusual.with_checks(false).flatten().next()?;
        Some((sound.key.local_name().into_inner(), sound.value))
    }
}

/// The name and the value of an attribute that is written as nearly all are, and what stands behind it.
fn plain_attribute(text: &str) -> Option<(&str, &str, &str)> {
    let ends_key = |byte: u8| matches!(byte, b'=' | b' ' | b'\r' | b'\n' | b'\t');
    let (key, behind) = text.split_at(text.bytes().position(ends_key).filter(|end| *end > 0)?);
    let [b'=', quote @ (b'"' | b'\''), value @ ..] = behind.as_bytes() else { return None };
    let end = 2 + value.iter().position(|byte| byte == quote)?;
    Some((key, &behind[2..end], &behind[end + 1..]))
}
