//! Which texts does the file of a workbook hold once for all cells? Each sheet keeps its own until all are made; then they are numbered
//! in the order in which they stand in the file.
//!
//! A text is hashed once, when its cell comes: from then on it goes by its hash, and is compared only with what has the same one.

use std::borrow::Cow;
use std::hash::{BuildHasher, RandomState};
use std::io::Write;
use std::ops::Range;
use std::sync::LazyLock;

use anyhow::{Context, ensure};
use hashbrown::HashTable;

use super::cells::in_cell;
use super::compression::Part;
use super::text_xml::push_shared_item;

/// Texts of a sheet that the file holds once for all cells, and their bytes; what comes beyond stands in its own cell, so
/// that the texts of a province need not be in memory together.
pub(super) const SHARED_TEXTS: usize = 1 << 16;
const SHARED_BYTES: usize = 8 << 20;

/// What texts are hashed with, in all sheets. Nobody outside knows it, so that no file can bring texts that all have one hash.
static KEYS: LazyLock<RandomState> = LazyLock::new(RandomState::new);

/// Numbers of texts with their hashes.
#[derive(Default)]
struct Numbers(HashTable<(u64, u32)>);

impl Numbers {
    /// The number of the text that has a hash and `is_it`.
    fn find(&self, hash: u64, is_it: impl Fn(u32) -> bool) -> Option<u32> {
        self.0.find(hash, |(other, number)| *other == hash && is_it(*number)).map(|(_, number)| *number)
    }

    /// Adds the number of a text that has none.
    fn put(&mut self, hash: u64, number: u32) {
        self.0.insert_unique(hash, (hash, number), |(hash, _)| *hash);
    }
}

/// The texts of a sheet that are shared, each once.
pub(super) struct SheetTexts {
    /// One after the other, where each ends, and their hashes.
    all: String,
    ends: Vec<usize>,
    hashes: Vec<u64>,
    numbers: Numbers,
    /// How many there may be.
    most: usize,
    /// Cells that hold one.
    uses: usize,
    /// For each column the text that it had last: often that of its next cell, too.
    last: Vec<Option<u32>>,
}

impl SheetTexts {
    /// No texts yet, of which so many are shared at most.
    pub(super) fn new(most: usize) -> Self {
        Self {
            all: String::new(),
            ends: Vec::new(),
            hashes: Vec::new(),
            numbers: Numbers::default(),
            most,
            uses: 0,
            last: Vec::new(),
        }
    }

    /// The place of the text of a column's next cell, which is given as it was before it was made safe. Where it is a further
    /// one and there are as many as may be, the text as it may stand in the cell.
    pub(super) fn place<'t>(&mut self, column: u16, text: &'t str) -> Result<u32, Cow<'t, str>> {
        let column = usize::from(column);
        if self.last.len() <= column {
            self.last.resize(column + 1, None);
        }
        let above = self.last[column].filter(|place| self.is(*place, text));
        let place = match above {
            Some(place) => place,
            None => self.place_of(text)?,
        };
        self.uses += 1;
        self.last[column] = Some(place);
        Ok(place)
    }

    fn place_of<'t>(&mut self, text: &'t str) -> Result<u32, Cow<'t, str>> {
        let hash = KEYS.hash_one(text);
        // What is safe stays as it is: a text that is known is the one that this would become.
        if let Some(place) = self.find(hash, text) {
            return Ok(place);
        }
        match in_cell(text) {
            Cow::Borrowed(safe) => self.put(hash, safe).ok_or(Cow::Borrowed(safe)),
            Cow::Owned(safe) => {
                let hash = KEYS.hash_one(&safe);
                self.find(hash, &safe).or_else(|| self.put(hash, &safe)).ok_or(Cow::Owned(safe))
            }
        }
    }

    fn find(&self, hash: u64, text: &str) -> Option<u32> {
        self.numbers.find(hash, |place| self.is(place, text))
    }

    /// Adds a text; `None` where there are as many as may be.
    fn put(&mut self, hash: u64, text: &str) -> Option<u32> {
        if self.ends.len() >= self.most || self.all.len() >= SHARED_BYTES {
            return None;
        }
        let place = u32::try_from(self.ends.len()).ok()?;
        self.numbers.put(hash, place);
        self.all.push_str(text);
        self.ends.push(self.all.len());
        self.hashes.push(hash);
        Some(place)
    }

    /// The text at a place.
    fn text(&self, place: u32) -> &str {
        &self.all[self.range(place)]
    }

    /// Whether the text at a place is this one.
    fn is(&self, place: u32, text: &str) -> bool {
        let range = self.range(place);
        range.len() == text.len() && self.all.as_bytes()[range] == *text.as_bytes()
    }

    /// Where the text at a place stands.
    fn range(&self, place: u32) -> Range<usize> {
        let place = usize::try_from(place).unwrap_or(usize::MAX);
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        start..self.ends[place]
    }
}

/// The texts of all sheets, numbered in the order in which they stand in the file.
#[derive(Default)]
pub(super) struct SharedTexts {
    /// Those of the sheets that are written without keeping their rows, as they were numbered there.
    before: Vec<Before>,
    sheets: Vec<SheetTexts>,
    numbers: Numbers,
    /// Where the texts are, by their numbers.
    places: Vec<Place>,
    /// Cells that hold a text.
    uses: usize,
}

/// A text that was numbered before.
struct Before {
    /// As it stands among the texts of the file.
    item: String,
    /// The text alone; `None` where its pieces have fonts of their own.
    text: Option<String>,
    number: Option<u32>,
}

/// Where a text is.
#[derive(Clone, Copy)]
enum Place {
    Before(usize),
    /// On a sheet, at a place of its texts.
    Sheet(usize, u32),
}

impl SharedTexts {
    /// The texts of a part that was written before, whose numbers change.
    pub(super) fn of(part: &str) -> Self {
        let mark = "</si>";
        let items = part.split_inclusive(mark).filter(|piece| piece.ends_with(mark));
        let items = items.filter_map(|piece| piece.find("<si>").map(|place| &piece[place..]));
        let before = items.map(|item| Before { item: item.to_owned(), text: text_of(item), number: None });
        Self { before: before.collect(), ..Self::default() }
    }

    /// Notes that a further cell holds a text that was numbered before; returns its number.
    pub(super) fn use_before(&mut self, before: usize) -> Option<u32> {
        self.uses += 1;
        let Before { item, text, number } = self.before.get(before)?;
        if number.is_some() {
            return *number;
        }
        let hash = KEYS.hash_one(text.as_ref().unwrap_or(item).as_str());
        let found = self.numbers.find(hash, |other| match text {
            Some(text) => self.is(other, text),
            None => false,
        });
        let number = found.unwrap_or_else(|| self.put(hash, Place::Before(before)));
        self.before[before].number = Some(number);
        Some(number)
    }

    /// Takes the texts of the next sheet over; returns their numbers by their places.
    pub(super) fn take_over(&mut self, texts: SheetTexts) -> Vec<u32> {
        self.uses += texts.uses;
        let mut numbers = Vec::with_capacity(texts.hashes.len());
        for (place, hash) in (0..).zip(&texts.hashes) {
            let text = texts.text(place);
            let found = self.numbers.find(*hash, |other| self.is(other, text));
            numbers.push(found.unwrap_or_else(|| self.put(*hash, Place::Sheet(self.sheets.len(), place))));
        }
        self.sheets.push(texts);
        numbers
    }

    /// Whether the text with a number, all in one font, is this one.
    fn is(&self, number: u32, text: &str) -> bool {
        match self.places[usize::try_from(number).unwrap_or(usize::MAX)] {
            Place::Before(before) => self.before[before].text.as_deref() == Some(text),
            Place::Sheet(sheet, place) => self.sheets[sheet].is(place, text),
        }
    }

    /// Gives a new text its number.
    fn put(&mut self, hash: u64, place: Place) -> u32 {
        let number = u32::try_from(self.places.len()).unwrap_or(u32::MAX);
        self.places.push(place);
        self.numbers.put(hash, number);
        number
    }

    /// Writes the part of the file that holds the texts.
    pub(super) fn write(&self, to: &mut Part) -> anyhow::Result<()> {
        ensure!(u32::try_from(self.places.len()).is_ok(), "汇总表无法写出：不同的文字太多");
        write!(
            to,
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
             <sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" count=\"{}\" uniqueCount=\"{}\">",
            self.uses,
            self.places.len()
        )?;
        for place in &self.places {
            let xml = to.room()?;
            match *place {
                Place::Before(before) => xml.extend(self.before[before].item.as_bytes()),
                Place::Sheet(sheet, place) => push_shared_item(xml, self.sheets[sheet].text(place)),
            }
        }
        to.write_all(b"</sst>")?;
        Ok(())
    }
}

/// The text of an item that is all in one font.
fn text_of(item: &str) -> Option<String> {
    let tagged = item.strip_prefix("<si><t")?.strip_suffix("</t></si>")?;
    let (_, escaped) = tagged.split_once('>')?;
    let text = quick_xml::escape::unescape(escaped).ok()?.replace("_x005F_", "_");
    // What would not become the same item is another text.
    let mut again = Vec::new();
    push_shared_item(&mut again, &text);
    (again == item.as_bytes()).then_some(text)
}

/// A piece of a sheet with the new numbers of its texts, which had others before.
pub(super) fn renumbered(xml: &str, texts: &mut SharedTexts) -> anyhow::Result<Vec<u8>> {
    /// A cell that holds the number of a text, up to that number.
    const TEXT_CELL: &str = " t=\"s\"><v>";
    let mut written = Vec::with_capacity(xml.len() + 64);
    let mut rest = xml;
    while let Some(place) = rest.find(TEXT_CELL) {
        let (head, tail) = rest.split_at(place + TEXT_CELL.len());
        let (number, tail) = tail.split_at(tail.find('<').unwrap_or(tail.len()));
        let new = number.parse().ok().and_then(|before| texts.use_before(before));
        written.extend(head.as_bytes());
        write!(written, "{}", new.context("汇总表无法写出：文字编号有误")?)?;
        rest = tail;
    }
    written.extend(rest.as_bytes());
    Ok(written)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn texts_are_numbered_in_the_order_of_the_file_whoever_brings_them() {
        let part = "<sst><si><t>甲</t></si><si><t xml:space=\"preserve\"> a&lt;_x005F_x000A_ </t></si>\
                    <si><r><t>丙</t></r></si><si><t>乙</t></si></sst>";
        let mut texts = SharedTexts::of(part);
        let mut sheet = SheetTexts::new(3);
        assert_eq!(["丙", "甲", "丙"].map(|text| sheet.place(0, text)), [Ok(0), Ok(1), Ok(0)]);
        assert_eq!((sheet.place(0, "丙"), sheet.place(1, "丙")), (Ok(0), Ok(0)));
        assert_eq!([" a<_x000A_ ", "丁", "甲"].map(|text| sheet.place(1, text)), [Ok(2), Err("丁".into()), Ok(1)]);
        assert_eq!(["乙\u{7}", "丙"].map(|text| sheet.place(1, text)), [Err("乙␇".into()), Ok(0)]);
        let cells = |numbers: [u32; 2]| numbers.map(|number| format!("<c t=\"s\"><v>{number}</v></c>")).concat();
        assert_eq!(renumbered(&cells([3, 2]), &mut texts).unwrap(), cells([0, 1]).as_bytes());
        assert_eq!(texts.take_over(sheet), [2, 3, 4]);
        assert_eq!(renumbered(&cells([1, 0]), &mut texts).unwrap(), cells([4, 3]).as_bytes());
        assert!(renumbered(&cells([1, 4]), &mut texts).is_err());
        let mut written = Part::new(Path::new("."));
        texts.write(&mut written).unwrap();
        let items = "<si><t>乙</t></si><si><r><t>丙</t></r></si><si><t>丙</t></si><si><t>甲</t></si>\
                     <si><t xml:space=\"preserve\"> a&lt;_x005F_x000A_ </t></si></sst>";
        let written = str::from_utf8(written.room().unwrap()).unwrap();
        assert!(written.ends_with(&format!("uniqueCount=\"5\">{items}")), "{written}");
    }

    #[test]
    fn texts_that_share_a_hash_are_told_apart() {
        let mut numbers = Numbers::default();
        let texts = ["甲", "乙"];
        for number in [0, 1] {
            numbers.put(u64::MAX, number);
        }
        assert_eq!(numbers.find(u64::MAX, |other| texts[other as usize] == "乙"), Some(1));
        assert_eq!(numbers.find(u64::MAX, |other| texts[other as usize] == "丙"), None);
        assert_eq!(numbers.find(0, |_| true), None);
    }
}
