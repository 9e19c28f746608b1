//! What stands in the brackets of a title, and what outside?

use std::borrow::Cow;

use memchr::{memchr_iter, memchr3};

/// Brackets in a title.
const OPENING: [char; 6] = ['(', '[', '【', '〔', '<', '《'];
/// See [`OPENING`].
const CLOSING: [char; 6] = [')', ']', '】', '〕', '>', '》'];

/// A title without what stands in brackets, and the texts in the brackets.
pub(super) fn without_brackets(whole: &str) -> (Cow<'_, str>, Vec<String>) {
    if !has_brackets(whole) {
        return (Cow::Borrowed(whole), Vec::new());
    }
    let (mut outside, mut inside, mut depth) = (String::new(), vec![], 0u32);
    for c in whole.chars() {
        match c {
            _ if OPENING.contains(&c) => {
                depth += 1;
                if depth == 1 {
                    inside.push(String::new());
                }
            }
            _ if CLOSING.contains(&c) => depth = depth.saturating_sub(1),
            _ if depth == 0 => outside.push(c),
            _ => {
                if let Some(inner) = inside.last_mut() {
                    inner.push(c);
                }
            }
        }
    }
    let outside = if outside.is_empty() { inside.concat() } else { outside };
    (Cow::Owned(outside), inside)
}

/// Whether a text holds a bracket. Asked of many texts that hold none, of which only the bytes are looked at.
pub(super) fn has_brackets(text: &str) -> bool {
    /// The first byte of brackets that are no single bytes; 、 and 。 share it.
    const OF_MORE: u8 = 0xe3;
    let bytes = text.as_bytes();
    let bracket = |place: usize| text[place..].starts_with(['【', '】', '〔', '〕', '《', '》']);
    memchr3(b'(', b')', b'[', bytes).is_some()
        || memchr3(b']', b'<', b'>', bytes).is_some()
        || memchr_iter(OF_MORE, bytes).any(bracket)
}
