//! Does a plan say what its published document gives when it is imported again?

use super::changes::{Change, changes, pairs};
use crate::list::plan::{Indicator, Plan};

/// A plan held against what its document gives.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Comparison {
    /// Tasks that stand in both.
    pub tasks: usize,
    /// Targets that the plan states in these tasks.
    pub indicators: usize,
    /// What differs, the document being the earlier one: a plan that was corrected may differ on purpose.
    pub differences: Vec<Change>,
    /// Differences of tasks that a person confirmed; they are not among the others.
    pub confirmed: usize,
    /// Whether so few tasks stand in both that the document holds another list.
    pub another_list: bool,
}

/// Compares a plan with the import of its document.
pub fn with_document(plan: &Plan, document: &Plan) -> Comparison {
    let pairs = pairs(document, plan);
    let both = plan.tasks.iter().zip(&pairs).filter(|(_, pair)| pair.is_some()).map(|(task, _)| task);
    let (tasks, indicators) = (both.clone().count(), both.map(|task| task.indicators.len()).sum());
    let another_list = tasks * 3 < plan.tasks.len().min(document.tasks.len());
    if another_list {
        return Comparison { tasks, indicators, another_list, ..Comparison::default() };
    }
    let all = changes(document, &with_confirmed_targets_as_read(plan, document, &pairs));
    let confirmed =
        |change: &Change| change.after.and_then(|number| plan.task(number)).is_some_and(|task| task.confirmed);
    let (settled, differences): (Vec<_>, Vec<_>) = all.into_iter().partition(confirmed);
    Comparison { tasks, indicators, differences, confirmed: settled.len(), another_list }
}

/// The plan with its confirmed targets as the document gives them, where it has one with that value: a person who
/// confirmed a target may have given it another name.
fn with_confirmed_targets_as_read(plan: &Plan, document: &Plan, pairs: &[Option<usize>]) -> Plan {
    let mut plan = plan.clone();
    for (task, pair) in plan.tasks.iter_mut().zip(pairs) {
        let Some(read) = pair.map(|index| &document.tasks[index]) else { continue };
        let mut left: Vec<&Indicator> = read.indicators.iter().collect();
        for target in &mut task.indicators {
            let same_value = |read: &&Indicator| (read.value - target.value).abs() < f64::EPSILON;
            let named = left.iter().position(|read| same_value(read) && read.name == target.name);
            let Some(place) = named.or_else(|| left.iter().position(same_value)) else { continue };
            let read = left.remove(place);
            if target.confirmed {
                *target = read.clone();
            }
        }
    }
    plan
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::list::lint::ChangeKind;

    #[test]
    fn a_plan_against_its_document() {
        let document = Plan::built_in();
        let same = with_document(&document, &document);
        let targets = document.tasks.iter().map(|task| task.indicators.len()).sum::<usize>();
        assert_eq!((same.tasks, same.indicators, same.another_list), (69, targets, false));
        assert_eq!((same.differences, same.confirmed), (Vec::new(), 0));
        let mut plan = document.clone();
        plan.tasks[0].indicators[1].value = 65.0;
        plan.tasks[4].leads.clear();
        plan.tasks.remove(27);
        let kinds = |plan: &Plan| {
            let found = with_document(plan, &document);
            let kinds: Vec<_> = found.differences.iter().map(|change| (change.kind, change.before)).collect();
            (kinds, found.confirmed)
        };
        let removed = (ChangeKind::Removed, Some(28));
        let (retargeted, reassigned) = ((ChangeKind::Retargeted, Some(1)), (ChangeKind::Reassigned, Some(5)));
        assert_eq!(kinds(&plan), (vec![retargeted, reassigned, removed], 0));
        plan.tasks[4].confirmed = true;
        assert_eq!(kinds(&plan), (vec![retargeted, removed], 1));
    }

    #[test]
    fn a_confirmed_target_may_bear_another_name_and_no_other_value() {
        let document = Plan::built_in();
        let mut plan = document.clone();
        let target = &mut plan.tasks[0].indicators[1];
        target.name = "投资".into();
        let differences = |plan: &Plan| with_document(plan, &document).differences.len();
        assert_eq!(differences(&plan), 1);
        plan.tasks[0].indicators[1].confirmed = true;
        assert_eq!(differences(&plan), 0);
        plan.tasks[0].indicators[1].value = 6.0;
        assert_eq!(differences(&plan), 1);
    }

    #[test]
    fn another_list_is_none_of_the_plan() {
        let plan = Plan::built_in();
        let mut other = plan.clone();
        for (index, task) in other.tasks.iter_mut().enumerate().skip(10) {
            (task.name, task.content) = (format!("事项{index}"), format!("{index}号线建设"));
        }
        let found = with_document(&plan, &other);
        assert_eq!((found.tasks, found.another_list, found.differences.len()), (10, true, 0));
    }
}
