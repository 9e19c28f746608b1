//! What was reported in the period before: read from its result file, or from its consolidated workbook.

use std::path::Path;

use anyhow::{Context as _, bail};
use serde_json::Value as Json;

use super::previous_workbook;
use crate::period::Period;
use crate::records::values::{Precision, Quantity, Status};

/// The previous period as far as the checks compare with it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Previous {
    /// Its period, where it was stated.
    pub period: Option<Period>,
    /// What was reported, row by row.
    pub rows: Vec<PreviousRow>,
    /// What was found.
    pub findings: Vec<PreviousFinding>,
}

/// One row of the previous period.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PreviousRow {
    /// Official name of the township.
    pub township: String,
    /// Official numbers that the row answered.
    pub tasks: Vec<u32>,
    /// Name of the indicator, where the row reported one of several.
    pub indicator: Option<String>,
    /// The township's own target.
    pub target: Option<Quantity>,
    /// The cumulative value.
    pub done: Option<Quantity>,
    /// The status.
    pub status: Option<Status>,
    /// The narrative.
    pub progress: String,
}

/// One finding of the previous period.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PreviousFinding {
    /// Its code.
    pub code: String,
    /// Its severity's key.
    pub severity: String,
    /// Official name of the township.
    pub township: Option<String>,
    /// Official number of the task.
    pub task: Option<u32>,
    /// What stood there.
    pub found: Option<String>,
    /// The township's explanation.
    pub explained: Option<String>,
}

impl Previous {
    /// Reads a result file (`--json`) or a consolidated workbook, told apart by their content.
    ///
    /// # Errors
    /// Where the file cannot be read, or is neither.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let shown = path.display();
        let bytes =
            std::fs::read(path).with_context(|| format!("上期的“{shown}”打不开，请检查 --previous 后面的文件名"))?;
        let is_json = bytes.iter().find(|byte| !byte.is_ascii_whitespace()).is_some_and(|first| *first == b'{');
        let read = if is_json { Self::from_json(&bytes) } else { previous_workbook::from_bytes(&bytes) };
        read.with_context(|| {
            format!("上期的“{shown}”不能用来比较，--previous 后面应是上期核对写出的汇总工作簿或结果文件")
        })
    }

    /// Reads the content of a result file.
    ///
    /// # Errors
    /// Where it is no JSON or not of the schema `hedui/result/1`.
    pub fn from_json(text: &[u8]) -> anyhow::Result<Self> {
        let json: Json = serde_json::from_slice(text).context("内容不是 JSON")?;
        if json["schema"] != "hedui/result/1" {
            bail!("没有写明 \"schema\": \"hedui/result/1\"");
        }
        let mut previous =
            Self { period: json["period"].as_str().and_then(|text| text.parse().ok()), ..Self::default() };
        for submission in list(&json["submissions"]) {
            let Some(township) = submission["township"].as_str().filter(|_| submission["status"] == "read") else {
                continue;
            };
            let counted =
                list(&submission["rows"]).filter(|row| row["counted"] != false && row["outcome"] == "matched");
            previous.rows.extend(counted.map(|row| row_of(township, row)));
        }
        previous.findings = list(&json["findings"]).map(finding_of).collect();
        Ok(previous)
    }
}

fn list(json: &Json) -> impl Iterator<Item = &Json> {
    json.as_array().into_iter().flatten()
}

fn text(json: &Json) -> Option<String> {
    json.as_str().map(str::to_owned)
}

pub(super) fn row_of(township: &str, row: &Json) -> PreviousRow {
    let values = &row["values"];
    PreviousRow {
        township: township.to_owned(),
        tasks: list(&row["tasks"]).filter_map(|task| u32::try_from(task.as_u64()?).ok()).collect(),
        indicator: text(&row["indicator"]),
        target: quantity(&values["target"]),
        done: quantity(&values["done"]),
        status: values["status"].as_str().and_then(|word| Status::ALL.into_iter().find(|status| status.word() == word)),
        progress: text(&values["progress"]).unwrap_or_default(),
    }
}

fn quantity(json: &Json) -> Option<Quantity> {
    let precision = match json["precision"].as_str() {
        Some("about") => Precision::About,
        Some("over") => Precision::Over,
        Some("range") => Precision::Range,
        _ => Precision::Exact,
    };
    Some(Quantity { value: json["value"].as_f64()?, unit: text(&json["unit"]), precision, high: json["high"].as_f64() })
}

fn finding_of(finding: &Json) -> PreviousFinding {
    PreviousFinding {
        code: text(&finding["code"]).unwrap_or_default(),
        severity: text(&finding["severity"]).unwrap_or_default(),
        township: text(&finding["township"]),
        task: finding["task"].as_u64().and_then(|task| u32::try_from(task).ok()),
        found: text(&finding["found"]),
        explained: text(&finding["explained"]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_file_tells_what_was_reported() {
        let text = r#"{"schema": "hedui/result/1", "period": "2023Q4", "submissions": [
            {"file": "a.xlsx", "township": "北岙街道", "status": "read", "rows": [
                {"sheet": "表", "row": 7, "tasks": [12], "outcome": "matched", "values":
                    {"status": "推进中", "done": {"value": 420, "unit": "亩", "precision": "about"}, "progress": "春播。"}},
                {"sheet": "表", "row": 8, "tasks": [13], "outcome": "review", "values": {}},
                {"sheet": "表", "row": 9, "tasks": [14], "outcome": "matched", "counted": false, "values": {}}]},
            {"file": "b.xlsx", "township": "北岙街道", "status": "superseded", "rows": [{"tasks": [1], "outcome": "matched"}]}],
          "findings": [{"code": "blank-field", "severity": "error", "township": "北岙街道", "task": 9, "explained": "未反馈"}]}"#;
        let previous = Previous::from_json(text.as_bytes()).unwrap();
        assert_eq!(previous.period.unwrap().to_string(), "2023Q4");
        assert_eq!(previous.rows.len(), 1);
        assert_eq!(previous.rows[0].status, Some(Status::UnderWay));
        assert_eq!(previous.rows[0].done.as_ref().unwrap().precision, Precision::About);
        assert_eq!(previous.findings[0].explained.as_deref(), Some("未反馈"));
    }

    #[test]
    fn other_files_are_refused() {
        for text in ["", "{}", "[]", r#"{"schema": "hedui/plan/1"}"#] {
            assert!(Previous::from_json(text.as_bytes()).is_err(), "{text}");
        }
    }
}
