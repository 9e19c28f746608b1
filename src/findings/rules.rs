//! What did the office decide: which kinds are off, how much they weigh, and where the limits of the checks lie.

use super::finding::{Finding, Severity};
use crate::list::Rules;

/// A limit of a check that the office may move in `[rules.limits]`.
#[derive(Debug, PartialEq)]
pub struct Limit {
    /// Its name in the plan file.
    pub name: &'static str,
    /// Its value unless the plan says otherwise.
    pub default: f64,
    /// What it decides, in plain Chinese with its unit.
    pub about: &'static str,
}

/// Largest difference between stated and computed completion rate.
pub(super) static RATE_POINTS: Limit =
    Limit {
        name: "rate_points", default: 1.0, about: "填报的完成率与“累计完成÷目标值”允许相差多少个百分点"
    };
/// How alike two townships' narratives must be.
pub(super) static COPIED_SIMILARITY: Limit =
    Limit {
        name: "copied_similarity", default: 0.85, about: "两个单位的进展情况相似到多少（0至1）算雷同"
    };
/// How alike a narrative and that of the previous period must be.
pub(super) static REPEATED_SIMILARITY: Limit =
    Limit {
        name: "repeated_similarity", default: 0.9, about: "本期与上期的进展情况相似到多少（0至1）算照抄"
    };
/// How many times the usual a value must be.
pub(super) static OUTLIER_TIMES: Limit =
    Limit { name: "outlier_times", default: 8.0, about: "一个数是其他单位中位数的多少倍算异常" };
/// Share of the district's target beyond which one township's value is doubted.
pub(super) static DISTRICT_TIMES: Limit =
    Limit { name: "district_times", default: 2.0, about: "一个单位的数超过全区目标的多少倍算异常" };
/// Share of rows that must bear their official number.
pub(super) static NUMBERING_SHARE: Limit = Limit {
    name: "numbering_share",
    default: 0.7,
    about: "一张表中多大比例（0至1）的行写着官方序号，才认为它沿用官方编号",
};

/// All limits, in the order of the documentation.
pub static LIMITS: &[&Limit] =
    &[&RATE_POINTS, &COPIED_SIMILARITY, &REPEATED_SIMILARITY, &OUTLIER_TIMES, &DISTRICT_TIMES, &NUMBERING_SHARE];

/// The limit as the office set it, else its default.
pub(super) fn limit(rules: &Rules, limit: &Limit) -> f64 {
    rules.limits.get(limit.name).copied().unwrap_or(limit.default)
}

/// Drops what is switched off and gives the rest the office's severity.
pub(super) fn apply(rules: &Rules, findings: &mut Vec<Finding>) {
    findings.retain(|finding| !rules.off.iter().any(|code| code == finding.kind.code));
    for finding in findings {
        let severity = rules.severity.get(finding.kind.code).and_then(|key| Severity::from_key(key));
        finding.severity = severity.unwrap_or(finding.kind.severity);
    }
}
