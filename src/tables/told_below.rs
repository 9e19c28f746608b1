//! Does a line below a task go on with what is told of it: 进展:…, 存在问题:…?

use super::text::{is_mark_around, plain_form};
use crate::list::Field;

/// Labels of such lines and the field that they tell.
static LABELS: [(Field, &[&str]); 4] = [
    (
        Field::Progress,
        &[
            "进展",
            "进展情况",
            "工作进展",
            "目前进展",
            "推进情况",
            "完成情况",
            "工作情况",
            "落实情况",
            "开展情况",
            "办理情况",
            "做法",
            "主要做法",
            "成效",
            "做了什么",
            "推进",
            "跟进",
            "现状",
            "答",
            "答复",
            "回答",
            "进度",
        ],
    ),
    (
        Field::Problem,
        &[
            "问题",
            "存在问题",
            "困难",
            "存在困难",
            "困难和问题",
            "问题和困难",
            "问题困难",
            "难点",
            "原因",
            "滞后原因",
            "问题和打算",
            "问题及打算",
            "存在问题及打算",
            "问题和下步打算",
            "存在问题和下步打算",
        ],
    ),
    (
        Field::Plan,
        &["下一步", "下步", "下一步计划", "下一步打算", "下步打算", "下步计划", "下步工作", "计划", "打算", "措施"],
    ),
    (Field::Status, &["状态", "进展状态", "目前状态", "完成状态"]),
];

/// Labels of what is in the way and, behind it, what is to be done.
const PROBLEM_AND_PLAN: [&str; 10] = [
    "问题和打算",
    "问题及打算",
    "问题与打算",
    "存在问题及打算",
    "问题和下步打算",
    "存在问题和下步打算",
    "存在问题及下步打算",
    "问题及下步打算",
    "问题和措施",
    "问题及措施",
];

/// Arrows and angles that lead from a task down to what goes on below it.
const LEADING_DOWN: &[char] = &['↳', '└', '┗', '╰', '∟', '⤷', '→', '⮡'];

/// Whether a cell holds nothing but an arrow from the task above: the cells beside it go on with that task.
pub(crate) fn leads_down(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty()
        && text.len() <= 16
        && text.chars().all(|c| LEADING_DOWN.contains(&c) || matches!(c, '─' | '-'))
        && text.contains(LEADING_DOWN)
}

/// The field and the text of such a line, without its label.
pub(crate) fn told_below(text: &str) -> Option<(Field, &str)> {
    let (label, told) = text.split_once([':', '：'])?;
    let field = *told_under(label).first()?;
    let told = told.trim();
    (!told.is_empty()).then_some((field, told))
}

/// The fields that stand behind a label of such lines, in the same cell or in the next ones; empty where it is none.
pub(crate) fn told_under(label: &str) -> &'static [Field] {
    if label.len() > 60 {
        return &[];
    }
    let label = plain_form(label);
    let label = label.trim_start_matches(LEADING_DOWN).trim_matches(is_mark_around);
    if PROBLEM_AND_PLAN.contains(&label) {
        return &[Field::Problem, Field::Plan];
    }
    LABELS.iter().find(|(_, labels)| labels.contains(&label)).map_or(&[], |(field, _)| std::slice::from_ref(field))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_below_a_task() {
        assert_eq!(told_below("进展：抛石过半。"), Some((Field::Progress, "抛石过半。")));
        assert_eq!(told_below("存在问题: 征地"), Some((Field::Problem, "征地")));
        assert_eq!(told_below("↳ 进展:抛石过半。"), Some((Field::Progress, "抛石过半。")));
        assert!(leads_down("↳") && leads_down(" └─ ") && !leads_down("—") && !leads_down("↳花岗村") && !leads_down(""));
        for text in ["进展：", "重大项目建设:开工", "注:以统计局为准", "进展顺利"] {
            assert_eq!(told_below(text), None, "{text}");
        }
    }
}
