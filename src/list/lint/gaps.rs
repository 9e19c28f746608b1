//! What does a plan lack: leads, names of their own, numbers, units?

use std::collections::BTreeMap;

use crate::list::import::{Defect, DefectKind, run_together};
use crate::list::indicators;
use crate::list::plan::{Plan, Task};

/// The gaps of a plan, task by task, then those of the list as a whole.
pub fn gaps(plan: &Plan) -> Vec<Defect> {
    let mut gaps: Vec<Defect> = plan.tasks.iter().flat_map(of_task).collect();
    let nobody_leads = plan.tasks.iter().all(|task| task.leads.is_empty());
    if nobody_leads && !plan.tasks.is_empty() {
        gaps.retain(|gap| gap.kind != DefectKind::NoLead);
        gaps.push(Defect::left(DefectKind::NoLeadRule, "", ""));
    }
    for (number, found, made) in run_together(plan) {
        gaps.push(Defect::left(DefectKind::RunTogether, "", format!("{found}（疑为{}）", made.join("、"))).of(number));
    }
    gaps.extend(repeated_names(plan));
    gaps.extend(numbering(plan));
    gaps
}

fn of_task(task: &Task) -> Vec<Defect> {
    let mut gaps = Vec::new();
    let place = task.indicators.first().map_or("", |indicator| indicator.place.as_str());
    if task.leads.is_empty() {
        let kind = if task.supports.is_empty() { DefectKind::NoAgencies } else { DefectKind::NoLead };
        gaps.push(Defect::left(kind, place, task.supports.join("、")).of(task.number));
    }
    if task.name_inherited {
        gaps.push(Defect::repaired(DefectKind::InheritedName, place, "", &task.name).of(task.number));
    }
    for quote in indicators::without_unit(&task.content) {
        gaps.push(Defect::left(DefectKind::NoUnit, place, quote).of(task.number));
    }
    gaps
}

/// Names that several tasks bear on their own; a name given once for several rows is another gap.
fn repeated_names(plan: &Plan) -> Vec<Defect> {
    let mut bearers: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for task in plan.tasks.iter().filter(|task| !task.name_inherited) {
        bearers.entry(&task.name).or_default().push(task.number);
    }
    let repeated = bearers.into_iter().filter(|(_, numbers)| numbers.len() > 1);
    let mut gaps: Vec<Defect> = repeated
        .map(|(name, numbers)| {
            let listed: Vec<String> = numbers.iter().map(u32::to_string).collect();
            let found = format!("任务 {} 都叫“{name}”", listed.join("、"));
            Defect::left(DefectKind::RepeatedName, "", found).of(numbers[0])
        })
        .collect();
    gaps.sort_by_key(|gap| gap.task);
    gaps
}

/// Numbers that no task has. The order of the tasks is not looked at: a task that shares a number with the one above
/// it has the first free number.
fn numbering(plan: &Plan) -> Vec<Defect> {
    let mut numbers: Vec<u32> = plan.tasks.iter().map(|task| task.number).collect();
    numbers.sort_unstable();
    let steps = numbers.windows(2).filter(|pair| pair[1] != pair[0] + 1);
    steps
        .map(|pair| Defect::left(DefectKind::Numbering, "", format!("{} 之后是 {}", pair[0], pair[1])).of(pair[1]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(plan: &Plan) -> Vec<String> {
        gaps(plan).iter().map(|gap| format!("{} {:?}", gap.task.unwrap_or(0), gap.kind)).collect()
    }

    #[test]
    fn the_gaps_of_the_published_plan() {
        let expected = [
            "63 NoLead",
            "64 InheritedName",
            "65 InheritedName",
            "68 InheritedName",
            "69 InheritedName",
            "3 RepeatedName",
        ];
        assert_eq!(shown(&Plan::built_in()), expected);
    }

    #[test]
    fn gaps_that_the_published_plan_does_not_have() {
        let mut plan = Plan::built_in();
        plan.tasks.truncate(12);
        plan.tasks[1].number = 20;
        plan.tasks[3].content = "村级集体经济总收入超过2。".into();
        plan.tasks[4].supports = vec!["区发改局区农业农村局".into()];
        let shown = shown(&plan);
        for expected in ["20 Numbering", "4 NoUnit", "5 RunTogether"] {
            assert!(shown.contains(&expected.to_owned()), "{shown:?}");
        }
        for task in &mut plan.tasks {
            task.leads.clear();
        }
        assert_eq!(gaps(&plan).iter().filter(|gap| gap.kind == DefectKind::NoLeadRule).count(), 1);
    }
}
