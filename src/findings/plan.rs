//! Is the official list itself sound? From `import` and `lint`, not from each `reconcile`.

use super::finding::{Finding, Kind, Severity};
use crate::list::import::Defect;
use crate::list::lint::{Conflict, Quoted};

pub(super) static CONFLICTING_TARGETS: Kind = Kind {
    code: "conflicting-targets",
    title: "同一指标两个目标",
    severity: Severity::Warning,
    reports: "公布的清单（或正文与清单之间）对同一个指标写了两个不同的目标值。",
    matters: "按哪个目标考核说不清，各地填报的完成率也不能相比。",
    remedy: "请向印发单位核实以哪个为准，在方案里改正另一处。",
    example: "第32项写农创客100名、第59项写300名：核实后把其中一处改成同一数值即消除。",
};

pub(super) static LIST_DEFECT: Kind = Kind {
    code: "list-defect",
    title: "清单有缺漏",
    severity: Severity::Warning,
    reports: "公布的清单本身有缺漏：没有名称、没有牵头单位、责任单位连写、序号跳号、表头缺字等；说明已经怎样处理，或者照原样保留。",
    matters: "缺漏的地方，任务由谁负责、叫什么名称，各地理解会不一样。",
    remedy: "请核对方案里处理的结果；照原样保留的，请向印发单位核实后补正。",
    example: "第19项写“区发改局区住建局”：方案里分成两个单位并核对后消除。",
};

/// The findings on a plan: its gaps, then its conflicts.
pub fn on_plan(gaps: &[Defect], conflicts: &[Conflict]) -> Vec<Finding> {
    gaps.iter().map(gap).chain(conflicts.iter().map(conflict)).collect()
}

fn gap(defect: &Defect) -> Finding {
    let tasks: Vec<u32> = defect.task.into_iter().collect();
    let mut finding = Finding::new(&LIST_DEFECT, defect.sentence()).tasks(&tasks);
    if !defect.found.is_empty() {
        finding = finding.found(&defect.found);
    }
    if let Some(made) = &defect.repaired {
        finding = finding.fix(made);
    }
    finding
}

fn conflict(conflict: &Conflict) -> Finding {
    let Conflict { first, second } = conflict;
    let tasks: Vec<u32> = [first.task, second.task].into_iter().flatten().collect();
    let message = format!("{}，{}，同一指标有两个目标值，请核实以哪个为准", quoted(first), quoted(second));
    let finding = Finding::new(&CONFLICTING_TARGETS, message).tasks(&tasks).found(value(first));
    finding.expected(value(second)).fix("核实后把写错的一处改过来")
}

/// A place and its words: 任务 32（第441行）写“引育农创客100名以上”.
fn quoted(quoted: &Quoted) -> String {
    let task = quoted.task.map_or_else(|| "正文".to_owned(), |task| format!("任务 {task}"));
    let place = if quoted.place.is_empty() { String::new() } else { format!("（{}）", quoted.place) };
    format!("{task}{place}写“{}”", quoted.indicator.quote)
}

fn value(quoted: &Quoted) -> String {
    format!("{}{}", quoted.indicator.value, quoted.indicator.unit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::list::{Plan, lint};

    #[test]
    fn each_finding_on_the_plan_quotes_both_places() {
        let plan = Plan::built_in();
        let findings = on_plan(&lint::gaps(&plan), &lint::conflicts(&plan));
        let conflicts: Vec<&Finding> =
            findings.iter().filter(|finding| finding.kind.code == "conflicting-targets").collect();
        assert_eq!(conflicts[0].tasks, [32, 59]);
        assert!(
            conflicts[0].message.contains("引育农创客100名以上")
                && conflicts[0].message.contains("引育农创客300名以上")
        );
        let lead = findings.iter().find(|finding| finding.tasks == [63]).unwrap();
        assert_eq!((lead.kind.code, lead.message.contains("没有标明牵头单位")), ("list-defect", true));
    }
}
