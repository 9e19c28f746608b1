//! A data record: one reported row, its fields as written and as read.

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::values::Values;
use crate::list::{Field, Key};
use crate::location::CellRef;
use crate::workbooks::Value;

/// One data record of a submission, in the contract's sense.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Record {
    /// Index of its sheet in [`Submission::sheets`](super::Submission::sheets).
    pub sheet: usize,
    /// Where it starts: its sheet row and first column; of a card, the cell of the task's name.
    pub at: CellRef,
    /// Whether tables stand side by side, so that the column is needed to tell records apart.
    pub side_by_side: bool,
    /// Its cells in reading order, the township's own columns included.
    pub entries: Vec<Entry>,
    /// What was read from the entries.
    pub values: Values,
    /// Section and subsection headings above the row, outermost first; rows below the same ones share them.
    pub headings: Arc<[String]>,
    /// Number of the group of records that share one task cell (merged, or left blank below it), or whose keys name
    /// one task.
    /// A record alone is a group of one.
    pub group: usize,
    /// Hidden key of the standard template, where the row carries them.
    pub key: Option<Key>,
    /// Fields of the record's table that are blank here, and the place where each would stand.
    pub blanks: Vec<(Field, CellRef)>,
    /// False for a struck-through record.
    pub counted: bool,
}

/// One cell of a record.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Entry {
    /// The field; absent for the township's own columns.
    pub field: Option<Field>,
    /// Title of its column as the township wrote it.
    pub title: Arc<str>,
    /// Where the text really stands (the upper left cell of a merged region).
    pub at: CellRef,
    /// The text as shown.
    pub text: Arc<str>,
    /// The value as stored.
    pub value: Value,
    /// Unit from the number format, else the header, else the unit column; absent where nobody wrote one.
    pub unit: Option<Arc<str>>,
    /// True where the cell spans several records, or stands in the row above and was left blank here.
    pub shared: bool,
}

impl Entry {
    /// A part of the cell, or what it means, as a text of its own.
    pub(super) fn saying(&self, field: Field, text: &str) -> Self {
        let text: Arc<str> = text.into();
        Self { field: Some(field), value: Value::Text(Arc::clone(&text)), text, ..self.clone() }
    }
}

impl Record {
    /// A record without any cell.
    pub(crate) fn empty() -> Self {
        Self {
            sheet: 0,
            at: CellRef::new(0, 0),
            side_by_side: false,
            entries: Vec::new(),
            values: Values::default(),
            headings: Arc::default(),
            group: 0,
            key: None,
            blanks: Vec::new(),
            counted: true,
        }
    }

    /// The first non-blank entry of a field.
    pub fn entry(&self, field: Field) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.field == Some(field))
    }

    /// All non-blank entries of a field, in reading order.
    pub fn entries_of(&self, field: Field) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |entry| entry.field == Some(field))
    }

    /// The text of a field, several cells parted by a line break; empty where it is blank.
    pub fn text(&self, field: Field) -> Cow<'_, str> {
        let mut texts = self.entries_of(field).map(|entry| &*entry.text);
        let mut text = Cow::Borrowed(texts.next().unwrap_or_default());
        for further in texts {
            text += "\n";
            text += further;
        }
        text
    }

    /// The texts of all fields in the order of [`Field::ALL`], each as [`Record::text`] gives it.
    pub fn texts(&self) -> [Cow<'_, str>; Field::ALL.len()] {
        let mut texts = [const { None::<Cow<'_, str>> }; Field::ALL.len()];
        for entry in &self.entries {
            let Some(field) = entry.field else { continue };
            match &mut texts[field as usize] {
                None => texts[field as usize] = Some(Cow::Borrowed(&entry.text)),
                Some(text) => text.to_mut().extend(["\n", &entry.text]),
            }
        }
        texts.map(Option::unwrap_or_default)
    }

    /// The place where a blank field would stand; absent where it is filled in or the table has no such column.
    pub fn blank_at(&self, field: Field) -> Option<CellRef> {
        let blank = self.entry(field).is_none();
        self.blanks.iter().find(|(candidate, _)| blank && *candidate == field).map(|(_, at)| *at)
    }

    /// The cell that stands for the row: its name, else its content, else its first cell.
    pub fn name_cell(&self) -> CellRef {
        let entry = self.entry(Field::Name).or_else(|| self.entry(Field::Content));
        entry.map_or(self.at, |entry| entry.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_texts_of_all_fields_are_those_of_each() {
        let entry = |field, text: &str| Entry {
            field,
            title: "".into(),
            at: CellRef::new(0, 0),
            text: text.into(),
            value: Value::Text(text.into()),
            unit: None,
            shared: false,
        };
        let entries = vec![
            entry(Some(Field::Progress), "推进中"),
            entry(None, "本镇"),
            entry(Some(Field::Number), "3"),
            entry(Some(Field::Progress), "已完成"),
        ];
        let record = Record { entries, ..Record::empty() };
        assert_eq!(record.texts(), Field::ALL.map(|field| record.text(field)));
        assert_eq!(record.text(Field::Progress), "推进中\n已完成");
    }
}
