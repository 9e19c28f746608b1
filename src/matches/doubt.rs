//! What leaves an answer doubtful however probable it is?

use super::context::Weighed;
use super::index::PlanIndex;
use super::lexicon::Lexicon;
use super::row::Row;

/// Whether nothing but its narrative tells of the row's task: what was done may be told of any task without naming it.
pub(super) fn only_narrates(row: &Row) -> bool {
    row.scored.only_narrates
}

/// Whether the name only says that something is done about a field that the plan has tasks in (配合做好数字化相关工作):
/// not even that it is none of them can be told then.
pub(super) fn is_vague(row: &Row, index: &PlanIndex) -> bool {
    let scored = &row.scored;
    Lexicon::built_in().is_vague(&scored.name)
        && index.tasks.iter().any(|task| scored.meanings.iter().any(|&group| task.meanings.has(group)))
}

/// From this probability on that a row answers its tasks and others besides it is looked at by a person, however likely
/// the tasks alone are: a task that is passed over in silence is missed by everybody.
const MORE: f64 = 0.05;

/// Whether the row may well answer more tasks than its likeliest answer has.
pub(super) fn may_answer_more(weighed: &Weighed) -> bool {
    let best = weighed.answers.tasks_of(weighed.best());
    let more = |tasks: &[usize]| tasks.len() > best.len() && best.iter().all(|task| tasks.contains(task));
    let larger = weighed.answers.tasks().zip(&weighed.probabilities).filter(|(tasks, _)| more(tasks));
    larger.map(|(_, probability)| probability).sum::<f64>() >= MORE
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::list::{Field, Plan};
    use crate::matches::matching::options;
    use crate::matches::row::records::record;

    fn row(name: &str, index: &PlanIndex) -> Row {
        Row::new(&record(&[(Field::Name, name)]), None, index)
    }

    /// A row whose likeliest answer is the first task, with a larger answer as likely as is said.
    fn weighed(larger: f64, index: &PlanIndex) -> Weighed {
        let row = row("就业创业、技能培训", index);
        let mut weighed = options(row, &[], index);
        let [one, both] = [&[31][..], &[31, 32]].map(|tasks| weighed.answers.position(tasks).unwrap());
        weighed.probabilities = vec![0.0; weighed.answers.len()];
        weighed.probabilities[one] = 1.0 - larger;
        weighed.probabilities[both] = larger;
        weighed
    }

    #[test]
    fn a_row_that_may_name_one_task_more_is_doubtful() {
        let index = PlanIndex::new(&Plan::built_in());
        assert!(may_answer_more(&weighed(0.06, &index)));
        assert!(!may_answer_more(&weighed(0.04, &index)));
    }

    #[test]
    fn only_words_about_a_field_of_the_plan_are_vague() {
        let index = PlanIndex::new(&Plan::built_in());
        assert!(is_vague(&row("配合做好数字化相关工作", &index), &index));
        for told in ["数字化改造", "配合做好征兵相关工作"] {
            assert!(!is_vague(&row(told, &index), &index), "{told}");
        }
    }
}
