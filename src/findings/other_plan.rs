//! Which submissions were filled in on the template of another plan, and are they so many that the plan may be wrong?

use super::context::Run;
use super::finding::{Finding, Kind, Severity};
use crate::matches::MatchedSubmission;
use crate::records::{Submission, SubmissionStatus};

pub(super) static OLD_TEMPLATE: Kind = Kind {
    code: "old-template",
    title: "模板不是最新",
    severity: Severity::Info,
    reports: "表不是用本次所用方案的模板填的：用的是以前的方案或以前版本的模板，或者本次汇总用错了方案。",
    matters: "任务的名称、编号和目标可能已经改过；内容仍按编号读入。",
    remedy: "下期请用新下发的模板；多数报表都这样的，请检查 --plan 指定的方案是否正确。",
    example: "行里的编号来自修订前的方案：换用新模板填报后消除。",
};

/// Finds rows that were filled in on the template of another plan.
pub(super) fn old_template(forms: &OtherPlan, matched: &MatchedSubmission, findings: &mut Vec<Finding>) {
    let submission = &matched.submission;
    let old = rows_of_another_plan(submission, &forms.fingerprint);
    if old == 0 {
        return;
    }
    let file = &submission.file;
    let (message, fix) = if forms.are_most() {
        let message = format!("“{file}”有{old}行的模板{DIFFERS}，{CHECK_PLAN}。");
        (message, "检查 --plan 指定的方案；方案没有用错的，换用新下发的模板")
    } else {
        (format!("“{file}”有{old}行是用以前的方案的模板填的，请下期换用新模板。"), "换用新下发的模板")
    };
    let finding = Finding::new(&OLD_TEMPLATE, message).township(submission.township.value.as_deref());
    findings.push(finding.at(file, None, None).found(format!("{old}行旧模板")).fix(fix));
}

const DIFFERS: &str = "与本次所用方案不同";
const CHECK_PLAN: &str = "可能是以前的方案，也可能是用错了方案，请检查 --plan";

/// Rows of a submission whose keys are of another plan than the one with this fingerprint.
fn rows_of_another_plan(submission: &Submission, plan: &str) -> usize {
    let keys = submission.records.iter().filter_map(|record| record.key.as_ref());
    keys.filter(|key| key.plan != plan).count()
}

/// How many of the standard forms that were filled in are of another plan than the one that is used.
#[derive(Debug, Clone)]
pub struct OtherPlan {
    /// Fingerprint of the plan that is used.
    fingerprint: String,
    /// Forms of any plan.
    forms: usize,
    /// Forms of another plan.
    others: usize,
}

impl OtherPlan {
    /// Whether most of the forms are: then it may well be the plan that is wrong.
    const fn are_most(&self) -> bool {
        self.others > 0 && self.others * 2 >= self.forms
    }

    /// What to say of it before anything is written; absent where most forms are of the plan that is used.
    pub fn warning(&self) -> Option<String> {
        let Self { forms, others, .. } = self;
        self.are_most().then(|| format!("注意：{forms}份标准填报表中有{others}份的模板{DIFFERS}：{CHECK_PLAN}"))
    }
}

/// Counts the forms that are of another plan than the one that is used.
pub fn other_plan(run: &Run<'_>) -> OtherPlan {
    let fingerprint = run.plan.fingerprint();
    let (mut forms, mut others) = (0, 0);
    // Of a wrong plan the townships are nobody on the roster.
    let read = [SubmissionStatus::Read, SubmissionStatus::UnknownTownship];
    for head in run.submissions.heads().iter().filter(|head| read.contains(&head.status)) {
        let rows = |of: &dyn Fn(&str) -> bool| -> usize {
            head.forms.iter().filter(|(plan, _)| of(plan)).map(|(_, rows)| rows).sum()
        };
        let (keys, of_another) = (rows(&|_| true), rows(&|plan| plan != fingerprint));
        forms += usize::from(keys > 0);
        others += usize::from(keys > 0 && of_another * 2 > keys);
    }
    OtherPlan { fingerprint, forms, others }
}
