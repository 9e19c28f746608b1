//! Which decisions of a person could not be applied?

use super::context::{Run, cite_numbers, quote, shorten};
use super::finding::{Finding, Kind, Severity};

pub(super) static DECISION_NOT_APPLIED: Kind = Kind {
    code: "decision-not-applied",
    title: "复核决定未采用",
    severity: Severity::Warning,
    reports: "以前在“匹配复核”中作的决定这次没有用上：那一行不在了、文字改了，或者两个决定互相矛盾。",
    matters: "这一行按机器的判断处理，可能与当时的决定不同。",
    remedy: "请在新的“匹配复核”表中重新选定。",
    example: "决定针对的那一行已被删去：在复核表中清除该决定后消除。",
};

/// Reports what could not be applied.
pub(super) fn check(run: &Run<'_>, findings: &mut Vec<Finding>) {
    for decision in run.unapplied {
        let words = shorten(&decision.words, 24);
        let task = decision.task.map_or_else(|| "清单外".to_owned(), |task| cite_numbers(&[task]));
        let message = format!(
            "{}曾定为{task}，这次没有采用：{}，请重新确认。",
            quote(&words),
            decision.why.trim_end_matches('。')
        );
        let tasks: Vec<u32> = decision.task.into_iter().collect();
        let mut finding =
            Finding::new(&DECISION_NOT_APPLIED, message).township(decision.township.as_deref()).tasks(&tasks);
        if let Some(file) = &decision.file {
            finding = finding.at(file, None, None);
        }
        findings.push(finding.found(words).fix("在“匹配复核”表中重新选定"));
    }
}
