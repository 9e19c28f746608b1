//! Which program, under which plan and settings, made a reading? Only readings of one identity belong together.

use anyhow::Context;
use serde::{Deserialize, Serialize};

use crate::list::{Plan, fingerprint};
use crate::matches::MatchSettings;

/// Version of the program and fingerprint of its sources.
pub(super) const PROGRAM: &str = concat!(env!("CARGO_PKG_VERSION"), " ", env!("HEDUI_SOURCES"));

/// Everything besides the file and the limits of reading that a reading depends on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Identity {
    /// Version of the program and fingerprint of its sources.
    pub program: String,
    /// SHA-256 of the whole plan, hexadecimal.
    pub plan: String,
    /// Share of wrong matches that the office allows.
    pub max_wrong: f64,
}

impl Identity {
    /// The identity of this program with a plan and settings.
    ///
    /// # Errors
    /// Never for a plan that was loaded: it can be written as it was read.
    pub fn new(plan: &Plan, settings: MatchSettings) -> anyhow::Result<Self> {
        let plan = serde_json::to_string(plan).context("方案无法保存")?;
        Ok(Self { program: PROGRAM.to_owned(), plan: fingerprint(&[plan], 64), max_wrong: settings.max_wrong })
    }
}
