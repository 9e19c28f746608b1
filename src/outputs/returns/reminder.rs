//! 催报: a short text per township, ready to paste into a chat.

use std::fmt::Write;

use super::own;
use crate::consolidation::{Consolidation, TaskState};
use crate::findings::{Finding, Severity};
use crate::list::Task;
use crate::period::Day;

/// Problems that a reminder names; the rest stands in the return workbook.
const NAMED: usize = 5;

/// The reminder of a township; absent where there is nothing to remind it of.
pub fn text(consolidation: &Consolidation, place: usize, due: Option<Day>) -> Option<String> {
    let township = &consolidation.townships[place];
    let period = consolidation.period.chinese();
    let until = due.map_or_else(|| "尽快".to_owned(), |day| format!("于{}月{}日前", day.month, day.day));
    if !township.received {
        return Some(format!(
            "{}：\n{period}任务落实情况填报表尚未收到（或收到的文件无法使用），请{until}报送。填报表见附件，共{}项任务，有问题请及时联系。\n",
            township.name,
            consolidation.plan.tasks.iter().filter(|task| consolidation.plan.must_report(&township.name, task)).count()
        ));
    }
    let errors = own(consolidation, place).filter(|finding| finding.severity == Severity::Error).count();
    let warnings = own(consolidation, place).filter(|finding| finding.severity == Severity::Warning).count();
    if errors + warnings == 0 {
        return None;
    }
    let mut text = format!("{}：\n{period}填报表已收到，经核对", township.name);
    let parts = [(errors, "必须改正"), (warnings, "需要核实")];
    let parts: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("有{count}处{what}")).collect();
    let _ = write!(text, "{}，请{until}改好重报。", parts.join("、"));
    for state in [TaskState::Missing, TaskState::Unfilled] {
        let those = tasks_in(consolidation, place, state);
        if !those.is_empty() {
            let _ = write!(text, "\n{}{}项：第{}项。", state.word(), those.len(), those.join("、"));
        }
    }
    let mut others = own(consolidation, place).filter(|finding| !is_named_already(consolidation, place, finding));
    let named: Vec<_> = others.by_ref().take(NAMED).collect();
    for (number, finding) in (1..).zip(&named) {
        let _ = write!(text, "\n{number}．{}", finding.message);
    }
    let rest = others.count();
    if rest > 0 {
        let _ = write!(text, "\n其余{rest}处见附件“问题单”。");
    }
    text.push_str("\n附件已带出贵单位所报内容，请在标红、标黄处改正后，按原文件名报送。\n");
    Some(text)
}

/// Official numbers of the tasks that are in a state.
fn tasks_in(consolidation: &Consolidation, place: usize, state: TaskState) -> Vec<String> {
    let is_so = |task: &&Task| consolidation.cell(task.number, place).is_some_and(|cell| cell.state == state);
    consolidation.plan.tasks.iter().filter(is_so).map(|task| task.number.to_string()).collect()
}

/// Whether a finding says no more than that its task is missing, or was left blank.
fn is_named_already(consolidation: &Consolidation, place: usize, finding: &Finding) -> bool {
    let [task] = finding.tasks[..] else { return false };
    let unfilled = || consolidation.cell(task, place).is_some_and(|cell| cell.state == TaskState::Unfilled);
    finding.kind.code == "missing-task" || (finding.kind.code == "blank-field" && unfilled())
}
