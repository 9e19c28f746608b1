//! The value types: each keeps what was written apart from what was understood.

use serde::{Deserialize, Serialize};

use crate::list::Field;
use crate::location::CellRef;

/// Everything that was read from one record. A value that cannot be read is absent and listed in `unreadable`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Values {
    /// The township's own target.
    pub target: Option<Quantity>,
    /// Value of this period alone.
    pub period_done: Option<Quantity>,
    /// Cumulative value.
    pub done: Option<Quantity>,
    /// Stated completion rate as a fraction (75.3 % is 0.753).
    pub rate: Option<f64>,
    /// One of the four status words.
    pub status: Option<Status>,
    /// Deadline to the precision written.
    pub deadline: Option<Deadline>,
    /// Cells whose text could not be read as their field wants.
    pub unreadable: Vec<Unreadable>,
    /// Values of this record that stand here as the township accepted them, not as its cells say.
    pub accepted: Vec<Accepted>,
}

/// A value that the office proposes for a cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proposed {
    /// The township's own target.
    Target(Quantity),
    /// Completion rate as a fraction.
    Rate(f64),
    /// One of the four status words.
    Status(Status),
}

impl Proposed {
    /// The field it is proposed for.
    pub const fn field(&self) -> Field {
        match self {
            Self::Target(_) => Field::Target,
            Self::Rate(_) => Field::Rate,
            Self::Status(_) => Field::Status,
        }
    }
}

/// A proposed value that the township accepted in a returned workbook. What it wrote stays in the record's entries.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Accepted {
    /// The value that counts.
    pub value: Proposed,
    /// What stands in the cell; empty where it is blank.
    pub written: String,
}

/// A cell that could not be read as its field wants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unreadable {
    /// What was wanted.
    pub field: Field,
    /// Where it stands.
    pub at: CellRef,
    /// What stands there.
    pub text: String,
}

/// A number with its unit, as the township wrote it (3.2亿 is 3.2 with the unit 亿元 of its column).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// The stated number; the lower one of a range. Percentages with the unit `%` stay as written (98 for 98%).
    pub value: f64,
    /// The unit; absent where nobody wrote one.
    pub unit: Option<String>,
    /// How exact the number is.
    pub precision: Precision,
    /// Upper end of a range.
    pub high: Option<f64>,
}

/// How exact a stated number is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Precision {
    /// The number itself.
    #[default]
    Exact,
    /// 约, 左右, 近.
    About,
    /// 余, 多, 以上, 超, 过半.
    Over,
    /// From one number to another.
    Range,
}

impl Precision {
    /// Whether nothing need be said of it.
    pub const fn is_exact(&self) -> bool {
        matches!(self, Self::Exact)
    }
}

/// The four status words of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Status {
    /// Not begun.
    #[serde(rename = "未启动")]
    NotStarted,
    /// Under way.
    #[serde(rename = "推进中")]
    UnderWay,
    /// Done.
    #[serde(rename = "已完成")]
    Completed,
    /// Behind schedule.
    #[serde(rename = "滞后")]
    Behind,
}

impl Status {
    /// All four words, from nothing to done, then the late one.
    pub const ALL: [Self; 4] = [Self::NotStarted, Self::UnderWay, Self::Completed, Self::Behind];

    /// The contract's word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::NotStarted => "未启动",
            Self::UnderWay => "推进中",
            Self::Completed => "已完成",
            Self::Behind => "滞后",
        }
    }
}

/// A deadline to the precision written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Deadline {
    /// Calendar year.
    pub year: u16,
    /// Month 1 to 12; absent where only the year was written.
    pub month: Option<u8>,
    /// Day 1 to 31; absent where only the month was written.
    pub day: Option<u8>,
}

impl Deadline {
    /// ISO text to the precision written: 2024, 2024-12, 2024-12-31.
    pub fn iso(self) -> String {
        match (self.month, self.day) {
            (Some(month), Some(day)) => format!("{}-{month:02}-{day:02}", self.year),
            (Some(month), None) => format!("{}-{month:02}", self.year),
            _ => self.year.to_string(),
        }
    }
}
