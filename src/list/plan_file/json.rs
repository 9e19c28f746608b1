//! How is a plan read from JSON and written as JSON?

use anyhow::anyhow;

use super::explain;
use crate::list::plan::Plan;

/// Reads a plan; the error names the line.
pub(super) fn read(text: &str) -> anyhow::Result<Plan> {
    serde_json::from_str(text).map_err(|error| {
        let message = error.to_string();
        let told = message.rsplit_once(" at line ").map_or(message.as_str(), |(told, _)| told);
        anyhow!("第 {} 行第 {} 列：{}", error.line(), error.column(), explain::serde(told, "JSON"))
    })
}

/// Writes a plan; every value of a plan can be written as JSON.
pub(super) fn write(plan: &Plan) -> String {
    let mut text = serde_json::to_string_pretty(plan).expect("a plan holds only texts, numbers, lists and tables");
    text.push('\n');
    text
}
