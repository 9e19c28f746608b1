//! What does a form already hold of what the township is to fill in?

use std::collections::BTreeMap;

use crate::findings::Severity;
use crate::list::Field;

/// A row of the form: official number, and the indicator's position where the row stands for one.
pub type RowId = (u32, Option<usize>);

/// What stands in a fill-in cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// A number in the row's unit.
    Number(f64),
    /// A word or a narrative.
    Text(String),
}

/// Answers by row and field.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filled {
    rows: BTreeMap<RowId, BTreeMap<Field, Answer>>,
}

impl Filled {
    /// Fills in a cell.
    pub fn set(&mut self, row: RowId, field: Field, answer: Answer) {
        self.rows.entry(row).or_default().insert(field, answer);
    }

    /// What stands in a cell.
    pub fn get(&self, row: RowId, field: Field) -> Option<&Answer> {
        self.rows.get(&row)?.get(&field)
    }
}

/// What is wrong with a fill-in cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// How much it weighs.
    pub severity: Severity,
    /// What is wrong and how to clear it.
    pub text: String,
}

/// Marks by row and field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    cells: BTreeMap<(RowId, Field), Vec<Mark>>,
}

impl Marks {
    /// Marks a cell.
    pub fn add(&mut self, row: RowId, field: Field, mark: Mark) {
        self.cells.entry((row, field)).or_default().push(mark);
    }

    /// The marks of a cell.
    pub fn get(&self, row: RowId, field: Field) -> &[Mark] {
        self.cells.get(&(row, field)).map_or(&[], Vec::as_slice)
    }
}
