//! What the county published: the plan with its tasks, townships, reporting form and rules.
//!
//! The model carries the schema `hedui/plan/1`: field names here are the names in the file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::form::Form;
use super::wordings::Wordings;

/// The schema that plan files state.
pub const PLAN_SCHEMA: &str = "hedui/plan/1";

/// One county's plan: everything that `reconcile` needs to know of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Always [`PLAN_SCHEMA`].
    pub schema: String,
    /// Title of the responsibility list.
    pub title: String,
    /// First and last calendar year that the plan covers.
    pub years: [u16; 2],
    /// The roster: who must report.
    #[serde(default)]
    pub townships: Vec<Township>,
    /// The official responsibility list, in its published order.
    #[serde(default)]
    pub tasks: Vec<Task>,
    /// Words in which people speak of the tasks, and of work that the list does not ask for.
    #[serde(default, skip_serializing_if = "Wordings::is_empty")]
    pub wordings: Wordings,
    /// The reporting form; the standard one is not written out.
    #[serde(default, skip_serializing_if = "is_default")]
    pub form: Form,
    /// Findings switched off, changed severities and limits.
    #[serde(default, skip_serializing_if = "is_default")]
    pub rules: Rules,
}

/// A township (乡镇街道) of the roster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Township {
    /// Official name.
    pub name: String,
    /// Short and old names that people use.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
}

/// One numbered task of the responsibility list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// Official number.
    pub number: u32,
    /// Section heading with its mark, such as 一、发展目标; empty where the list has none.
    #[serde(default)]
    pub section: String,
    /// Subsection heading with its mark; absent where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subsection: Option<String>,
    /// Official name.
    pub name: String,
    /// True where the published table gives the name once for several rows.
    #[serde(default)]
    pub name_inherited: bool,
    /// Official content with its targets.
    pub content: String,
    /// Lead agencies (牵头单位).
    #[serde(default)]
    pub leads: Vec<String>,
    /// Supporting agencies.
    #[serde(default)]
    pub supports: Vec<String>,
    /// Deadline to the precision published: 2025, 2025-12 or 2025-12-31; absent where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<String>,
    /// Townships that must report the task; absent: every township, empty: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub townships: Option<Vec<String>>,
    /// Short names people use for the task.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Whether a person compared it with the published document: `lint` has no more remarks on it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub confirmed: bool,
    /// Quantified targets compiled from the content.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub indicators: Vec<Indicator>,
}

/// A quantified target of a task.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// What is counted or measured.
    pub name: String,
    /// Which side of the value is reached.
    pub direction: Direction,
    /// Target value in `unit`.
    pub value: f64,
    /// Unit as the plan writes it; empty for a bare number.
    #[serde(default)]
    pub unit: String,
    /// When it is due: 每年, 2023, 2025 …; where the file does not say, the plan's last year.
    #[serde(default)]
    pub when: String,
    /// Whether the townships' values may be summed.
    #[serde(default)]
    pub adds_up: bool,
    /// The words of the content that it comes from.
    #[serde(default)]
    pub quote: String,
    /// Where those words stand in the published document, as a person looks it up; empty where that is unknown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// Whether a person confirmed or corrected it: a new import leaves it alone.
    #[serde(default, skip_serializing_if = "is_default")]
    pub confirmed: bool,
}

/// Which side of an indicator's value counts as reached.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// 以上, 超, 不低于: the value or more.
    #[default]
    AtLeast,
    /// 以内, 控制在, 缩小到: the value or less.
    AtMost,
    /// Exactly the value.
    Equal,
}

/// What the office decided about findings: part `[rules]` of the plan file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// Codes that are not reported.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub off: Vec<String>,
    /// Code → `error`, `warning` or `info`, where the office wants another severity.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub severity: BTreeMap<String, String>,
    /// Named limits of the checks, in the unit their documentation states.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub limits: BTreeMap<String, f64>,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl Direction {
    /// The word that the plan workbook and messages use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::AtLeast => "至少",
            Self::AtMost => "至多",
            Self::Equal => "等于",
        }
    }
}

impl Plan {
    /// The task that bears an official number.
    pub fn task(&self, number: u32) -> Option<&Task> {
        self.tasks.iter().find(|task| task.number == number)
    }

    /// The years that the plan covers, as a person reads them: 2025, 2023—2027.
    pub fn years_in_words(&self) -> String {
        let [first, last] = self.years;
        if first == last { first.to_string() } else { format!("{first}—{last}") }
    }

    /// Whether the township must report the task.
    pub fn must_report(&self, township: &str, task: &Task) -> bool {
        let _ = self;
        task.townships.as_ref().is_none_or(|names| names.iter().any(|name| name == township))
    }
}

impl Task {
    /// Section and subsection as one heading: 二、… › (一)….
    pub fn heading(&self) -> String {
        match &self.subsection {
            Some(subsection) => format!("{} › {subsection}", self.section),
            None => self.section.clone(),
        }
    }

    /// The agencies as the published table writes them: leads marked `*`, parted by 、.
    pub fn agencies(&self) -> String {
        let leads = self.leads.iter().map(|lead| format!("*{lead}"));
        leads.chain(self.supports.iter().cloned()).collect::<Vec<_>>().join("、")
    }
}
