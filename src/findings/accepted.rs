//! Which values count as the township accepted them, not as it wrote them?

use super::context::{Context, percent, quote, say, shorten, title_of};
use super::finding::{Finding, Kind, Severity};
use crate::records::values::Proposed;

pub(super) static ACCEPTED_VALUE: Kind = Kind {
    code: "accepted-value",
    title: "按答复改用建议值",
    severity: Severity::Info,
    reports: "退回的问题单里给出了建议值，单位答复“同意”，而填报表那一格没有改：按建议值计入。",
    matters: "计入的值与表里写的不一样，要查得到由来。",
    remedy: "不必再改；下次报送时请直接写成计入的值。",
    example: "进展状态写“已完成”，问题单建议“推进中”，单位答复“同意”：按“推进中”计入；把格子改成“推进中”后消除。",
};

/// Says each value that was accepted, with what is written there.
pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for row in context.rows() {
        for accepted in &row.record.values.accepted {
            let field = accepted.value.field();
            let value = words(&accepted.value);
            let written = match accepted.written.as_str() {
                "" => "是空的".to_owned(),
                text => format!("写的是{}", quote(&shorten(text, 30))),
            };
            let title = title_of(&row, field);
            let message = format!("“{title}”{written}，单位在问题单中同意改为“{value}”，已按“{value}”计入。");
            let finding = row.at_field(&ACCEPTED_VALUE, field, message).found(if accepted.written.is_empty() {
                "空白"
            } else {
                accepted.written.as_str()
            });
            findings.push(finding.expected(value).fix("不必再改，已按建议值计入"));
        }
    }
}

/// A proposed value as a person writes it.
fn words(value: &Proposed) -> String {
    match value {
        Proposed::Target(target) => say(target),
        Proposed::Rate(rate) => percent(*rate),
        Proposed::Status(status) => status.word().to_owned(),
    }
}
