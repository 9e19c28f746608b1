//! How do the cells of a record stand on the disk? Without what they say twice: a title stands over a cell of every row, and
//! the value of a cell is nearly always its text. To read it back is most of what the shelf costs.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use serde::{Deserialize, Serialize};

use crate::list::Field;
use crate::location::CellRef;
use crate::records::Entry;
use crate::workbooks::Value;

/// Titles that are kept in memory once for all cells; what comes beyond stands with its cell.
const MOST_TITLES: usize = 1 << 14;
/// Bytes of the longest of them.
const LONGEST_TITLE: usize = 200;

/// Titles by their numbers.
#[derive(Debug, Default)]
pub(super) struct Titles(RwLock<Numbered>);

#[derive(Debug, Default)]
struct Numbered {
    numbers: HashMap<Arc<str>, u32>,
    titles: Vec<Arc<str>>,
}

/// A cell of a record; its value is left out where it is the text.
#[derive(Serialize, Deserialize)]
struct Packed<'a, V> {
    field: Option<Field>,
    #[serde(borrow)]
    title: Title<'a>,
    at: CellRef,
    text: &'a str,
    value: Option<V>,
    unit: Option<&'a str>,
    shared: bool,
}

/// A title by its number, or as it is.
#[derive(Serialize, Deserialize)]
enum Title<'a> {
    Known(u32),
    Own(&'a str),
}

impl Titles {
    /// The number of a title; `None` where it is none of those that are kept.
    fn number(&self, title: &str) -> Option<u32> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner).numbers.get(title).copied();
        if known.is_some() || title.len() > LONGEST_TITLE {
            return known;
        }
        let mut numbered = self.0.write().unwrap_or_else(PoisonError::into_inner);
        // Another thread may have been quicker.
        if let Some(number) = numbered.numbers.get(title) {
            return Some(*number);
        }
        let number = u32::try_from(numbered.titles.len()).ok()?;
        if numbered.titles.len() >= MOST_TITLES {
            return None;
        }
        let title: Arc<str> = title.into();
        numbered.titles.push(Arc::clone(&title));
        numbered.numbers.insert(title, number);
        Some(number)
    }

    /// The cells of a record behind other bytes.
    pub(super) fn pack(&self, entries: &[Entry], to: Vec<u8>) -> postcard::Result<Vec<u8>> {
        let packed: Vec<Packed<'_, &Value>> = entries.iter().map(|entry| self.packed(entry)).collect();
        postcard::to_extend(&packed, to)
    }

    fn packed<'a>(&self, entry: &'a Entry) -> Packed<'a, &'a Value> {
        let Entry { field, title, at, text, value, unit, shared } = entry;
        let is_text = matches!(value, Value::Text(value) if value == text);
        Packed {
            field: *field,
            title: self.number(title).map_or(Title::Own(title), Title::Known),
            at: *at,
            text,
            value: (!is_text).then_some(value),
            unit: unit.as_deref(),
            shared: *shared,
        }
    }

    /// The cells of a record at the beginning of some bytes, and what stands behind them.
    pub(super) fn unpack<'a>(&self, bytes: &'a [u8]) -> postcard::Result<(Vec<Entry>, &'a [u8])> {
        let (packed, rest): (Vec<Packed<'a, Value>>, _) = postcard::take_from_bytes(bytes)?;
        let numbered = self.0.read().unwrap_or_else(PoisonError::into_inner);
        Ok((packed.into_iter().map(|entry| numbered.unpacked(entry)).collect(), rest))
    }
}

impl Numbered {
    fn unpacked(&self, packed: Packed<'_, Value>) -> Entry {
        let Packed { field, title, at, text, value, unit, shared } = packed;
        let title = match title {
            Title::Own(own) => own.into(),
            Title::Known(number) => {
                let known = usize::try_from(number).ok().and_then(|number| self.titles.get(number));
                known.map_or_else(Arc::default, Arc::clone)
            }
        };
        let text: Arc<str> = text.into();
        let value = value.unwrap_or_else(|| Value::Text(Arc::clone(&text)));
        Entry { field, title, at, text, value, unit: unit.map(str::to_owned), shared }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_come_back_as_they_were() {
        let titles = Titles::default();
        let long = "题".repeat(LONGEST_TITLE);
        let entry = |title: &str, text: &str, value| Entry {
            field: Some(Field::Done),
            title: title.into(),
            at: CellRef::new(3, 4),
            text: text.into(),
            value,
            unit: Some("个".to_owned()),
            shared: true,
        };
        let entries = [
            entry("完成数", "3", Value::Number(3.0)),
            entry("完成数", "三", Value::Text("三".into())),
            entry(&long, " 三", Value::Text("三".into())),
            entry("", "", Value::NotCalculated),
        ];
        let bytes = titles.pack(&entries, vec![7]).unwrap();
        let bytes = titles.pack(&entries[..1], bytes).unwrap();
        let (back, rest) = titles.unpack(&bytes[1..]).unwrap();
        assert_eq!(format!("{back:?}"), format!("{entries:?}"));
        let (back, rest) = titles.unpack(rest).unwrap();
        assert_eq!(format!("{back:?}"), format!("{:?}", &entries[..1]));
        assert!(rest.is_empty());
    }

    #[test]
    fn more_titles_than_are_kept_stand_with_their_cells() {
        let titles = Titles::default();
        let numbers = (0..=MOST_TITLES).map(|title| titles.number(&title.to_string()));
        assert_eq!(numbers.filter(Option::is_none).count(), 1);
        assert_eq!(titles.number("0"), Some(0));
    }
}
