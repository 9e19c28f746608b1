//! How does a record stand in few bytes? Without what is said again and again: a title stands over a cell of every row, the
//! value of a cell is nearly always its text, and there are few sentences in which a match is reasoned. To read it back is
//! most of what the shelf costs.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use encoding_rs::UTF_8;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

use crate::list::Field;
use crate::location::CellRef;
use crate::matches::Match;
use crate::records::{Entry, Record};
use crate::workbooks::Value;

/// Texts that are kept in memory once for all records; what comes beyond stands with its record.
const MOST_TEXTS: usize = 1 << 14;
/// Bytes of the longest of them.
const LONGEST_TEXT: usize = 200;

/// Titles and reasons by their numbers.
#[derive(Debug, Default)]
pub(super) struct Packing(RwLock<Numbered>);

#[derive(Debug, Default)]
struct Numbered {
    numbers: HashMap<Arc<str>, u32>,
    texts: Vec<Arc<str>>,
}

/// A cell of a record; its value is left out where it is the text.
#[derive(Serialize, Deserialize)]
struct Packed<'a, V> {
    field: Option<Field>,
    #[serde(borrow)]
    title: Numerable<'a>,
    at: CellRef,
    #[serde(borrow)]
    text: Own<'a>,
    value: Option<V>,
    unit: Option<&'a str>,
    shared: bool,
}

/// A text by its number, or as it is.
#[derive(Clone, Copy, Serialize, Deserialize)]
enum Numerable<'a> {
    Known(u32),
    #[serde(borrow)]
    Own(Own<'a>),
}

/// A text as it is. Most of what is read back are texts: whether they are such is asked of many bytes at once.
#[derive(Clone, Copy, Serialize)]
struct Own<'a>(&'a str);

impl<'de: 'a, 'a> Deserialize<'de> for Own<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = <&[u8]>::deserialize(deserializer)?;
        match UTF_8.decode_without_bom_handling_and_without_replacement(bytes) {
            Some(Cow::Borrowed(text)) => Ok(Self(text)),
            _ => Err(Error::custom("no text")),
        }
    }
}

impl Packing {
    /// The number of a text; `None` where it is none of those that are kept.
    fn number(&self, text: &str) -> Option<u32> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner).numbers.get(text).copied();
        if known.is_some() || text.len() > LONGEST_TEXT {
            return known;
        }
        let mut numbered = self.0.write().unwrap_or_else(PoisonError::into_inner);
        // Another thread may have been quicker.
        if let Some(number) = numbered.numbers.get(text) {
            return Some(*number);
        }
        let number = u32::try_from(numbered.texts.len()).ok()?;
        if numbered.texts.len() >= MOST_TEXTS {
            return None;
        }
        let text: Arc<str> = text.into();
        numbered.texts.push(Arc::clone(&text));
        numbered.numbers.insert(text, number);
        Some(number)
    }

    fn numerable<'a>(&self, text: &'a str) -> Numerable<'a> {
        self.number(text).map_or(Numerable::Own(Own(text)), Numerable::Known)
    }

    /// A record with its match behind other bytes.
    pub(super) fn pack(&self, mut record: Record, mut matched: Match, to: Vec<u8>) -> postcard::Result<Vec<u8>> {
        let entries = std::mem::take(&mut record.entries);
        let reasons = std::mem::take(&mut matched.reasons);
        let reasons: Vec<Numerable<'_>> = reasons.iter().map(|reason| self.numerable(reason)).collect();
        let entries: Vec<Packed<'_, &Value>> = entries.iter().map(|entry| self.packed(entry)).collect();
        postcard::to_extend(&(record, matched, reasons, entries), to)
    }

    fn packed<'a>(&self, entry: &'a Entry) -> Packed<'a, &'a Value> {
        let Entry { field, title, at, text, value, unit, shared } = entry;
        let is_text = matches!(value, Value::Text(value) if value == text);
        Packed {
            field: *field,
            title: self.numerable(title),
            at: *at,
            text: Own(text),
            value: (!is_text).then_some(value),
            unit: unit.as_deref(),
            shared: *shared,
        }
    }

    /// A record with its match at the beginning of some bytes, and what stands behind them. Where only some fields are wanted,
    /// its other entries and the reasons of the match are left out.
    pub(super) fn unpack<'a>(
        &self,
        bytes: &'a [u8],
        wanted: Option<&[Field]>,
    ) -> postcard::Result<(Record, Match, &'a [u8])> {
        let is_wanted = |field: Option<Field>| match wanted {
            None => true,
            Some(fields) => field.is_some_and(|field| fields.contains(&field)),
        };
        let ((mut record, mut matched), rest): ((Record, Match), _) = postcard::take_from_bytes(bytes)?;
        let numbered = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let (reasons, rest) = unpacked(rest, |reason| wanted.is_none().then(|| numbered.text(reason)))?;
        let (entries, rest) =
            unpacked(rest, |entry: Packed<'_, Value>| is_wanted(entry.field).then(|| numbered.entry(entry)))?;
        matched.reasons = reasons;
        record.entries = entries;
        Ok((record, matched, rest))
    }
}

/// A list at the beginning of some bytes, each of its items as it was before it was packed, without those that are not wanted,
/// and what stands behind them.
fn unpacked<'a, P: Deserialize<'a>, T>(
    bytes: &'a [u8],
    unpack: impl Fn(P) -> Option<T>,
) -> postcard::Result<(Vec<T>, &'a [u8])> {
    // A list is its length and then its items.
    let (length, mut rest): (usize, _) = postcard::take_from_bytes(bytes)?;
    // Each item takes a byte at least.
    let mut items = Vec::with_capacity(length.min(rest.len()));
    for _ in 0..length {
        let (packed, further) = postcard::take_from_bytes(rest)?;
        items.extend(unpack(packed));
        rest = further;
    }
    Ok((items, rest))
}

impl Numbered {
    fn text(&self, text: Numerable<'_>) -> Arc<str> {
        match text {
            Numerable::Own(Own(text)) => text.into(),
            Numerable::Known(number) => {
                let known = usize::try_from(number).ok().and_then(|number| self.texts.get(number));
                known.map_or_else(Arc::default, Arc::clone)
            }
        }
    }

    fn entry(&self, packed: Packed<'_, Value>) -> Entry {
        let Packed { field, title, at, text: Own(text), value, unit, shared } = packed;
        let text: Arc<str> = text.into();
        let value = value.unwrap_or_else(|| Value::Text(Arc::clone(&text)));
        Entry { field, title: self.text(title), at, text, value, unit: unit.map(Arc::from), shared }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_come_back_as_they_were() {
        let packing = Packing::default();
        let long = "题".repeat(LONGEST_TEXT);
        let entry = |title: &str, text: &str, value| Entry {
            field: Some(Field::Done),
            title: title.into(),
            at: CellRef::new(3, 4),
            text: text.into(),
            value,
            unit: Some("个".into()),
            shared: true,
        };
        let entries = vec![
            entry("完成数", "3", Value::Number(3.0)),
            entry("完成数", "三", Value::Text("三".into())),
            entry(&long, " 三", Value::Text("三".into())),
            entry("", "", Value::NotCalculated),
        ];
        let reasons = vec!["序号一致".into(), long.as_str().into()];
        let record = |entries: &[Entry]| Record { entries: entries.to_vec(), group: 3, ..Record::empty() };
        let all = [
            (record(&entries), Match { reasons, confidence: 0.5, ..Match::none() }),
            (record(&entries[..1]), Match::none()),
        ];
        let mut bytes = vec![7];
        for (record, matched) in all.clone() {
            bytes = packing.pack(record, matched, bytes).unwrap();
        }
        let mut rest = &bytes[1..];
        for expected in all {
            let (record, matched, further) = packing.unpack(rest, None).unwrap();
            assert_eq!(format!("{:?}", (record, matched)), format!("{expected:?}"));
            rest = further;
        }
        assert!(rest.is_empty());
        assert!(packing.unpack(&bytes[1..bytes.len() / 2], None).is_err(), "cut off");
        let fields = |fields| packing.unpack(&bytes[1..], Some(fields)).unwrap();
        assert_eq!((fields(&[Field::Done]).0.entries.len(), fields(&[Field::Name]).0.entries.len()), (4, 0));
        assert!(fields(&[Field::Done]).1.reasons.is_empty());
        let place = bytes.windows(3).position(|some| some == "三".as_bytes()).unwrap();
        bytes[place] = 0xFF;
        assert!(packing.unpack(&bytes[1..], None).is_err(), "no text");
    }

    #[test]
    fn more_texts_than_are_kept_stand_with_their_records() {
        let packing = Packing::default();
        let numbers = (0..=MOST_TEXTS).map(|text| packing.number(&text.to_string()));
        assert_eq!(numbers.filter(Option::is_none).count(), 1);
        assert_eq!(packing.number("0"), Some(0));
    }
}
