//! Does a line below a task go on with what is told of it: 进展:…, 存在问题:…?

use super::text::plain;
use crate::list::Field;

/// Labels of such lines and the field that they tell.
const LABELS: [(Field, &[&str]); 4] = [
    (Field::Progress, &["进展", "进展情况", "工作进展", "推进情况", "完成情况", "工作情况"]),
    (Field::Problem, &["问题", "存在问题", "困难", "存在困难"]),
    (Field::Plan, &["下一步", "下步", "下一步计划", "下步打算", "计划"]),
    (Field::Status, &["状态", "进展状态"]),
];

/// The field and the text of such a line, without its label.
pub(crate) fn told_below(text: &str) -> Option<(Field, &str)> {
    let (label, told) = text.split_once([':', '：'])?;
    let label = plain(label);
    let field = LABELS.iter().find(|(_, labels)| labels.contains(&label.as_str())).map(|(field, _)| *field)?;
    let told = told.trim();
    (!told.is_empty()).then_some((field, told))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_below_a_task() {
        assert_eq!(told_below("进展：抛石过半。"), Some((Field::Progress, "抛石过半。")));
        assert_eq!(told_below("存在问题: 征地"), Some((Field::Problem, "征地")));
        for text in ["进展：", "重大项目建设:开工", "注:以统计局为准", "进展顺利"] {
            assert_eq!(told_below(text), None, "{text}");
        }
    }
}
