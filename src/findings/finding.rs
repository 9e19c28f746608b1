//! A finding and its kind.

use serde::{Deserialize, Serialize};

use crate::location::CellRef;
use crate::records::values::Proposed;

/// What is known about a kind of finding before any data is read.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// The contract's kebab-case code.
    pub code: &'static str,
    /// Chinese title.
    pub title: &'static str,
    /// Severity unless the plan's rules say otherwise.
    pub severity: Severity,
    /// What it reports, in plain Chinese.
    pub reports: &'static str,
    /// Why it matters, in plain Chinese.
    pub matters: &'static str,
    /// What to do, in plain Chinese.
    pub remedy: &'static str,
    /// An example: what stands there, and what clears it.
    pub example: &'static str,
}

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Must go back to the township.
    Error,
    /// Somebody must look.
    Warning,
    /// Worth knowing.
    Info,
}

impl Severity {
    /// The word an office uses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Error => "必改",
            Self::Warning => "核实",
            Self::Info => "提示",
        }
    }

    /// The severity that bears a key.
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Error, Self::Warning, Self::Info].into_iter().find(|severity| severity.key() == key)
    }

    /// The contract's key.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// Where a finding points: a file, or a sheet or a cell in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The submission's file name.
    pub file: String,
    /// The sheet's name.
    pub sheet: Option<String>,
    /// The cell.
    pub cell: Option<CellRef>,
}

/// One finding. Location, values and remedy are fields of their own; the sentence only says them.
#[derive(Debug, Clone)]
pub struct Finding {
    /// Its kind.
    pub kind: &'static Kind,
    /// Severity after the plan's rules.
    pub severity: Severity,
    /// Official name of the township concerned.
    pub township: Option<String>,
    /// Official numbers of the tasks concerned; the first stands for the finding.
    pub tasks: Vec<u32>,
    /// Where it points; absent for what is missing altogether.
    pub place: Option<Place>,
    /// One polite Chinese sentence: what stands there and what was expected.
    pub message: String,
    /// What stands there.
    pub found: Option<String>,
    /// What was expected.
    pub expected: Option<String>,
    /// The smallest change that clears it.
    pub fix: Option<String>,
    /// The value that clears it when it stands in the faulty cell, where there is one.
    pub proposed: Option<Proposed>,
    /// The township's explanation, if one was given.
    pub explained: Option<String>,
}

impl Finding {
    /// A finding of a kind with its sentence; the builder methods below add what else is known.
    pub fn new(kind: &'static Kind, message: impl Into<String>) -> Self {
        Self {
            kind,
            severity: kind.severity,
            township: None,
            tasks: Vec::new(),
            place: None,
            message: message.into(),
            found: None,
            expected: None,
            fix: None,
            proposed: None,
            explained: None,
        }
    }

    /// Names the township.
    #[must_use]
    pub fn township(mut self, township: Option<&str>) -> Self {
        self.township = township.map(str::to_owned);
        self
    }

    /// Names the official tasks.
    #[must_use]
    pub fn tasks(mut self, tasks: &[u32]) -> Self {
        self.tasks = tasks.to_vec();
        self
    }

    /// Points at a file, or a sheet or cell of it.
    #[must_use]
    pub fn at(mut self, file: &str, sheet: Option<&str>, cell: Option<CellRef>) -> Self {
        self.place = Some(Place { file: file.to_owned(), sheet: sheet.map(str::to_owned), cell });
        self
    }

    /// States what stands there.
    #[must_use]
    pub fn found(mut self, found: impl Into<String>) -> Self {
        self.found = Some(found.into());
        self
    }

    /// States what was expected.
    #[must_use]
    pub fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self
    }

    /// States the smallest change that clears it.
    #[must_use]
    pub fn fix(mut self, fix: impl Into<String>) -> Self {
        self.fix = Some(fix.into());
        self
    }

    /// The same, its texts without room for more: a province has hundreds of thousands of findings.
    pub(super) fn without_spare_room(mut self) -> Self {
        self.message.shrink_to_fit();
        for text in [&mut self.found, &mut self.expected, &mut self.fix].into_iter().flatten() {
            text.shrink_to_fit();
        }
        self
    }

    /// Proposes a value for the faulty cell.
    #[must_use]
    pub fn proposes(mut self, value: Proposed) -> Self {
        self.proposed = Some(value);
        self
    }
}
