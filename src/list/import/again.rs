//! What of a plan that a person corrected stays when its document is imported again? All of it.
//!
//! A revised document belongs into a new plan file, which `hedui lint --against` compares with the old one.

use std::collections::BTreeSet;

use crate::list::lint::{Change, ChangeKind, changes, pairs};
use crate::list::plan::Plan;

/// The imported plan with everything that the existing plan says otherwise, and one Chinese sentence for each thing
/// that was kept or is new.
pub fn keep_corrections(existing: &Plan, imported: &Plan) -> (Plan, Vec<String>) {
    let pairs = pairs(existing, imported);
    let mut notes: Vec<String> = changes(existing, imported).iter().filter_map(told).collect();
    let mut taken: BTreeSet<u32> = existing.tasks.iter().map(|task| task.number).collect();
    let mut plan = existing.clone();
    for (task, pair) in imported.tasks.iter().zip(&pairs) {
        if pair.is_some() {
            continue;
        }
        let mut task = task.clone();
        if !taken.insert(task.number) {
            task.number = taken.last().map_or(1, |last| last + 1);
            taken.insert(task.number);
        }
        notes.push(format!("文件里的“{}”方案里没有，已补为任务 {}；若是有意删去的，请再删去", task.name, task.number));
        plan.tasks.push(task);
    }
    plan.tasks.sort_by_key(|task| task.number);
    if plan.townships.is_empty() {
        plan.townships.clone_from(&imported.townships);
    }
    if existing.title != imported.title {
        notes.push(format!("标题保留方案里的“{}”（文件里是“{}”）", existing.title, imported.title));
    }
    if existing.years != imported.years {
        let [kept, read] = [existing, imported].map(Plan::years_in_words);
        notes.push(format!("起止年份保留方案里的 {kept}（文件里是 {read}）"));
    }
    (plan, notes)
}

/// What of a task was kept against the document.
fn told(change: &Change) -> Option<String> {
    if change.kind == ChangeKind::Removed {
        return Some(format!("任务 {}“{}”文件里没有，方案里保留", change.before?, change.old));
    }
    let what = change.kind.subject()?;
    let [kept, read] =
        change.quoted().map(|text| if text.is_empty() { "空着".to_owned() } else { format!("“{text}”") });
    Some(format!("任务 {} 的{what}保留方案里的{kept}（文件里是{read}）", change.before?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corrections_stay_and_what_was_lost_comes_back() {
        let imported = Plan::built_in();
        assert_eq!(keep_corrections(&imported, &imported), (imported.clone(), Vec::new()));
        let mut corrected = imported.clone();
        corrected.tasks[62].leads = vec!["区发改局".into()];
        corrected.tasks[0].indicators[1].value = 65.0;
        corrected.tasks[0].indicators[1].confirmed = true;
        corrected.tasks[19].indicators.pop();
        corrected.tasks[20].name = "和美乡村示范创建".into();
        corrected.townships[0].aliases.push("老城".into());
        corrected.rules.off.push("copied-text".into());
        let (kept, notes) = keep_corrections(&corrected, &imported);
        assert!(kept == corrected);
        assert_eq!(notes.len(), 4);
        corrected.tasks.remove(30);
        let (kept, notes) = keep_corrections(&corrected, &imported);
        assert_eq!((kept.tasks.len(), kept.tasks[30].number), (69, 31));
        assert!(notes.iter().any(|note| note.contains("联农带农机制") && note.contains("任务 31")));
    }
}
