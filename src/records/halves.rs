//! Do two things stand in one cell: two figures under a title that names both (完成数/目标数 over 3.1/6亿元), or the task and
//! what was done about it?

use super::record::Entry;
use super::values::status_of;
use crate::list::Field;
use crate::tables::{plain, task_apart};

/// Words for what was done.
const DONE: [&str; 5] = ["完成", "实际", "累计", "实绩", "已"];
/// Words for what was to be done.
const TARGET: [&str; 6] = ["目标", "任务", "计划", "应", "总数", "指标"];

/// The two entries of a cell whose title and text have a stroke between what was done and what was to be done; `None`
/// for any other.
pub(super) fn of(entry: &Entry) -> Option<[Entry; 2]> {
    let quantity = entry.field.is_some_and(Field::is_quantity);
    if !quantity || entry.text.len() > 80 {
        return None;
    }
    let (left, right) = entry.text.trim().split_once(['/', '／'])?;
    let title = plain(entry.title.rsplit('›').next().unwrap_or_default());
    let bare = title.split('(').next().unwrap_or_default();
    let (first, second) = bare.split_once('/').and_then(|(first, second)| Some((half(first)?, half(second)?)))?;
    if first == second {
        return None;
    }
    if right.contains(['/', '／']) || left.trim().is_empty() || right.trim().is_empty() {
        return None;
    }
    // 3.1/6亿元: the unit behind the second figure is that of both.
    let unit = right.trim().trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
    let figure = |text: &str| text.trim().chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    let left = if figure(left) { format!("{}{unit}", left.trim()) } else { left.trim().to_owned() };
    Some([entry.saying(first, &left), entry.saying(second, right.trim())])
}

/// The task in front of a text and what was done behind it, as two entries.
pub(super) fn task_and_told(entry: &Entry) -> Option<[Entry; 2]> {
    let (task, told) = task_apart(&entry.text)?;
    Some([entry.saying(Field::Name, task), entry.saying(Field::Progress, told)])
}

/// The state that opens or ends a narrative, as an entry beside it: 推进中:终端还差五个, 【已完成】三家挂牌. The narrative stays whole.
pub(super) fn state_told(entry: &Entry) -> Option<Entry> {
    const LONGEST: usize = 8;
    if entry.field != Some(Field::Progress) {
        return None;
    }
    let text = entry.text.trim();
    let bracketed = |(left, right): (char, char)| {
        let ahead = text.strip_prefix(left).and_then(|rest| rest.split_once(right)).map(|(state, _)| state);
        ahead.or_else(|| text.strip_suffix(right).and_then(|rest| rest.rsplit_once(left)).map(|(_, state)| state))
    };
    let labelled = || text.split_once([':', '：']).map(|(state, _)| state);
    let states = [('【', '】'), ('[', ']'), ('〔', '〕'), ('(', ')'), ('（', '）')]
        .into_iter()
        .filter_map(bracketed)
        .chain(labelled());
    let state = states.map(str::trim).find(|state| state.chars().count() <= LONGEST && status_of(state).is_some())?;
    Some(Entry { unit: None, ..entry.saying(Field::Status, state) })
}

/// What one half of a title names.
fn half(title: &str) -> Option<Field> {
    let has = |words: &[&str]| words.iter().any(|word| title.contains(word));
    match (has(&DONE), has(&TARGET)) {
        // 应完成, 目标完成数 say what was to be done.
        (_, true) => Some(Field::Target),
        (true, false) => Some(Field::Done),
        (false, false) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::location::CellRef;
    use crate::workbooks::Value;

    fn halves(title: &str, text: &str) -> Option<Vec<(Field, String)>> {
        let entry = Entry {
            field: Some(Field::Target),
            title: title.into(),
            at: CellRef::new(3, 2),
            text: text.into(),
            value: Value::Text(text.into()),
            unit: None,
            shared: false,
        };
        let both = of(&entry)?;
        Some(both.into_iter().filter_map(|entry| Some((entry.field?, entry.text.to_string()))).collect())
    }

    #[test]
    fn two_figures_in_one_cell() {
        let both =
            |done: &str, target: &str| Some(vec![(Field::Done, done.to_owned()), (Field::Target, target.to_owned())]);
        assert_eq!(halves("完成数/目标数", "3.1/6亿元"), both("3.1亿元", "6亿元"));
        assert_eq!(halves("完成/应完成（个）", "9个/12个"), both("9个", "12个"));
        let turned = halves("目标/完成", "12/9").unwrap();
        assert_eq!(turned, [(Field::Target, "12".to_owned()), (Field::Done, "9".to_owned())]);
    }

    #[test]
    fn a_state_opens_or_ends_a_narrative() {
        let told = |text: &str| {
            let entry = Entry {
                field: Some(Field::Progress),
                title: "进展".into(),
                at: CellRef::new(3, 2),
                text: text.into(),
                value: Value::Text(text.into()),
                unit: None,
                shared: false,
            };
            state_told(&entry).map(|state| state.text)
        };
        for (text, state) in [
            ("推进中:终端还差五个", "推进中"),
            ("【已完成】三家挂牌。", "已完成"),
            ("石料没到【滞后】", "滞后"),
            ("还要等秋收过秤。（推进中）", "推进中"),
        ] {
            assert_eq!(told(text).as_deref(), Some(state), "{text}");
        }
        for text in ["进展:终端还差五个", "【照料中心】三家挂牌。", "全部完成", "目标:完成三家"]
        {
            assert_eq!(told(text), None, "{text}");
        }
    }

    #[test]
    fn other_strokes_stay() {
        for (title, text) in
            [("目标值", "3/4"), ("完成数/目标数", "3.1亿元"), ("完成数/目标数", "2024/6/30"), ("单位/科室", "3/4")]
        {
            assert_eq!(halves(title, text), None, "{title} {text}");
        }
    }
}
