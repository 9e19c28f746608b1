//! How is a plan read from TOML and written as TOML?

use anyhow::anyhow;

use super::explain;
use crate::list::plan::Plan;

/// Reads a plan; the error names the line.
pub(super) fn read(text: &str) -> anyhow::Result<Plan> {
    toml::from_str(text).map_err(|error| {
        let start = error.span().map_or(0, |span| span.start.min(text.len()));
        let line = String::from_utf8_lossy(&text.as_bytes()[..start]).matches('\n').count() + 1;
        anyhow!("第 {line} 行：{}", explain::serde(error.message(), "TOML"))
    })
}

/// Writes a plan; every value of a plan can be written as TOML.
pub(super) fn write(plan: &Plan) -> String {
    toml::to_string(plan).expect("a plan holds only texts, numbers, lists and tables")
}
