//! What do all layouts have in common? A listing: headings and rows in the published order, not yet tasks.

use super::defect::Defect;

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
}

impl Listing {
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
