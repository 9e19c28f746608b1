//! What do all layouts have in common? A listing: headings and rows in the published order, not yet tasks.

use super::defect::Defect;
use super::marks::{Level, Mark};

/// A responsibility list as it stands in the document, whatever its layout.
#[derive(Debug, Clone, Default)]
pub(crate) struct Listing {
    /// Headings and rows in the published order.
    pub(crate) items: Vec<Item>,
    /// The texts above the list, from the top of the document.
    pub(crate) above: Vec<String>,
    /// How many of the document's paragraphs are outside the list, from the top; absent where all are.
    pub(crate) above_paragraphs: Option<usize>,
    /// Slips found on the way.
    pub(crate) defects: Vec<Defect>,
    /// Whether agencies have a column or label of their own for the lead.
    pub(crate) leads_apart: bool,
    /// What a plan has no place for, in quotation marks: “责任人”, “备注”, “责任单位（责任人）”中的人名.
    pub(crate) left_out: Vec<String>,
}

impl Listing {
    /// Takes the numbers in front of the names (1.滨湖路改造), where no row has a number of its own, or the same.
    pub(crate) fn take_numbers_from_names(&mut self) {
        fn mark(row: &Row) -> Option<Mark<'_>> {
            Mark::of(&row.name).filter(|mark| mark.level == Level::Arabic && !mark.rest.is_empty())
        }
        let rows = || self.items.iter().filter_map(Item::row);
        let counts = rows().filter_map(mark).map(|mark| mark.number).collect::<Vec<_>>();
        let begins = counts.first() == Some(&1) && counts.len() >= 2;
        let other = |row: &Row| mark(row).is_none_or(|mark| row.number.is_some_and(|number| number != mark.number));
        if !begins || rows().any(other) {
            return;
        }
        for item in &mut self.items {
            let Item::Row(row) = item else { continue };
            let Some((number, name)) = mark(row).map(|mark| (mark.number, mark.rest.to_owned())) else { continue };
            (row.number, row.name) = (Some(number), name);
            row.number_from_above = row.name_from_above;
        }
    }

    /// How many rows there are.
    pub(crate) fn rows(&self) -> usize {
        self.items.iter().filter(|item| matches!(item, Item::Row(_))).count()
    }
}

/// A heading or a row.
#[derive(Debug, Clone)]
pub(crate) enum Item {
    /// A line that names a section or a subsection.
    Heading {
        /// The heading with its mark.
        text: String,
    },
    /// A row of the list.
    Row(Row),
}

impl Item {
    /// The row, where it is one.
    pub(crate) const fn row(&self) -> Option<&Row> {
        match self {
            Self::Row(row) => Some(row),
            Self::Heading { .. } => None,
        }
    }
}

/// One row: what is written there, and what is only meant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each tells of one cell whether it is merged with the one above")]
pub(crate) struct Row {
    /// Where it stands, as a person looks it up.
    pub(crate) place: String,
    /// The number as written; absent where there is none.
    pub(crate) number: Option<u32>,
    /// Whether a merged number of the row above covers this row.
    pub(crate) number_from_above: bool,
    /// Sections in columns of their own, outermost first.
    pub(crate) sections: Vec<String>,
    /// The name; empty where none is written.
    pub(crate) name: String,
    /// Whether the name is the row above's.
    pub(crate) name_from_above: bool,
    /// The content; empty where none is written.
    pub(crate) content: String,
    /// Whether the content is the row above's.
    pub(crate) content_from_above: bool,
    /// Agencies as written, each cell with the role that its column or label gives.
    pub(crate) agencies: Vec<(Role, String)>,
    /// The deadline as written; empty where none is.
    pub(crate) deadline: String,
    /// Whether agencies and deadline are all the row above's.
    pub(crate) assigned_from_above: bool,
}

impl Row {
    /// In a list with one column of words the text is both name and content: it stands as the name until the tasks
    /// are made.
    pub(crate) fn with_one_text(mut self) -> Self {
        if self.name.is_empty() {
            self.name = std::mem::take(&mut self.content);
            self.name_from_above = std::mem::take(&mut self.content_from_above);
        }
        self
    }
}

/// The role that a column or label gives to its agencies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Role {
    /// 牵头单位.
    Lead,
    /// 配合单位.
    Support,
    /// 责任单位: marks inside the cell tell who leads.
    Open,
}
