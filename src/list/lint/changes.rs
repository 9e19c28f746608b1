//! What did a new plan change against an earlier one: tasks added, removed, renamed, re-targeted?

use strsim::normalized_levenshtein;

use crate::list::plan::{Indicator, Plan, Task};

/// How a task of the new plan differs from the earlier plan's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// Only in the new plan.
    Added,
    /// Only in the earlier plan.
    Removed,
    /// Another number for the same task.
    Renumbered,
    /// Another name for the same content.
    Renamed,
    /// Another content under the same name.
    Reworded,
    /// An indicator with another value, unit, direction or time, or one more, or one less.
    Retargeted,
    /// Other agencies, or other roles.
    Reassigned,
    /// Another deadline, or one more, or one less.
    Rescheduled,
}

impl ChangeKind {
    /// The word that an office uses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Added => "新增",
            Self::Removed => "删除",
            Self::Renumbered => "改号",
            Self::Renamed => "改名",
            Self::Reworded => "改内容",
            Self::Retargeted => "改目标",
            Self::Reassigned => "改责任单位",
            Self::Rescheduled => "改时限",
        }
    }

    /// What of a task differs; absent where the whole task does.
    pub const fn subject(self) -> Option<&'static str> {
        match self {
            Self::Added | Self::Removed => None,
            Self::Renumbered => Some("序号"),
            Self::Renamed => Some("名称"),
            Self::Reworded => Some("内容"),
            Self::Retargeted => Some("指标"),
            Self::Reassigned => Some("责任单位"),
            Self::Rescheduled => Some("完成时限"),
        }
    }
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What sort of difference.
    pub kind: ChangeKind,
    /// Number in the earlier plan; absent for an added task.
    pub before: Option<u32>,
    /// Number in the new plan; absent for a removed task.
    pub after: Option<u32>,
    /// What stood there.
    pub old: String,
    /// What stands there now.
    pub new: String,
}

/// Texts up to this length are quoted whole.
const SHORT: usize = 40;

/// Characters that are quoted on either side of what differs.
const AROUND: usize = 10;

impl Change {
    /// What stood there and what stands there now, of long texts only the part that differs and the words around it.
    pub fn quoted(&self) -> [String; 2] {
        let texts: [Vec<char>; 2] = [&self.old, &self.new].map(|text| text.chars().collect());
        let [old, new] = &texts;
        let shortest = old.len().min(new.len());
        if shortest == 0 || old.len().max(new.len()) <= SHORT {
            return [self.old.clone(), self.new.clone()];
        }
        let begin = old.iter().zip(new).take_while(|(one, other)| one == other).count();
        let behind = old.iter().rev().zip(new.iter().rev()).take_while(|(one, other)| one == other).count();
        let behind = behind.min(shortest - begin);
        let (from, left) = (begin.saturating_sub(AROUND), behind.saturating_sub(AROUND));
        texts.map(|text| {
            let part: String = text[from..text.len() - left].iter().collect();
            let [ahead, rest] = [from, left].map(|cut| if cut > 0 { "…" } else { "" });
            format!("{ahead}{part}{rest}")
        })
    }
}

/// Contents that are at least so alike are one task reworded: of the Dongtou list's contents no two reach it.
const ALIKE: f64 = 0.6;

/// All differences, by the new plan's order, removed tasks last.
pub fn changes(old: &Plan, new: &Plan) -> Vec<Change> {
    let pairs = pairs(old, new);
    let mut changes = Vec::new();
    for (task, pair) in new.tasks.iter().zip(&pairs) {
        match pair.map(|index| &old.tasks[index]) {
            Some(before) => changes.extend(of_pair(before, task)),
            None => changes.push(Change {
                kind: ChangeKind::Added,
                before: None,
                after: Some(task.number),
                old: String::new(),
                new: task.name.clone(),
            }),
        }
    }
    for (index, task) in old.tasks.iter().enumerate() {
        if !pairs.contains(&Some(index)) {
            changes.push(Change {
                kind: ChangeKind::Removed,
                before: Some(task.number),
                after: None,
                old: task.name.clone(),
                new: String::new(),
            });
        }
    }
    changes
}

/// For each task of the new plan the index of the earlier plan's task that it is: the surest pairs first.
pub(in crate::list) fn pairs(old: &Plan, new: &Plan) -> Vec<Option<usize>> {
    let mut pairs: Vec<Option<usize>> = vec![None; new.tasks.len()];
    let mut taken = vec![false; old.tasks.len()];
    let mut ranked: Vec<(u32, usize, usize)> = Vec::new();
    for (after, task) in new.tasks.iter().enumerate() {
        for (before, earlier) in old.tasks.iter().enumerate() {
            ranked.extend(likeness(earlier, task).map(|likeness| (likeness, after, before)));
        }
    }
    // Highest likeness first; among equals the order of the lists.
    ranked.sort_by_key(|(likeness, after, before)| (std::cmp::Reverse(*likeness), *after, *before));
    for (_, after, before) in ranked {
        if pairs[after].is_none() && !taken[before] {
            pairs[after] = Some(before);
            taken[before] = true;
        }
    }
    pairs
}

/// How surely two tasks are one, in thousandths, 2000 for equal name and content; `None` where they are not.
fn likeness(old: &Task, new: &Task) -> Option<u32> {
    let contents = normalized_levenshtein(&old.content, &new.content);
    let same_name = old.name == new.name;
    let same_number = old.number == new.number;
    let own_names = !old.name_inherited && !new.name_inherited;
    if contents < ALIKE && !(same_name && own_names) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a likeness lies between 0 and 1")]
    let thousandths = (contents * 1000.0) as u32;
    Some(thousandths + if same_name { 1000 } else { 0 } + u32::from(same_number))
}

fn of_pair(old: &Task, new: &Task) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut differ = |kind, old_text: String, new_text: String| {
        if old_text != new_text {
            let (before, after) = (Some(old.number), Some(new.number));
            changes.push(Change { kind, before, after, old: old_text, new: new_text });
        }
    };
    differ(ChangeKind::Renumbered, old.number.to_string(), new.number.to_string());
    differ(ChangeKind::Renamed, old.name.clone(), new.name.clone());
    differ(ChangeKind::Reworded, old.content.clone(), new.content.clone());
    differ(ChangeKind::Retargeted, targets_beyond(old, new), targets_beyond(new, old));
    differ(ChangeKind::Reassigned, old.agencies(), new.agencies());
    let [before, after] = [old, new].map(|task| task.deadline.clone().unwrap_or_default());
    differ(ChangeKind::Rescheduled, before, after);
    changes
}

/// The targets of a task that another one does not have.
fn targets_beyond(task: &Task, other: &Task) -> String {
    let mut known = targets(other);
    let mut own = targets(task);
    own.retain(|target| match known.iter().position(|known| known == target) {
        Some(place) => {
            known.remove(place);
            false
        }
        None => true,
    });
    own.join("；")
}

fn targets(task: &Task) -> Vec<String> {
    let shown = |indicator: &Indicator| {
        let Indicator { name, direction, value, unit, when, .. } = indicator;
        format!("{name}{}{value}{unit}（{when}）", direction.word())
    };
    task.indicators.iter().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_sort_of_change_is_found_and_nothing_else() {
        let old = Plan::built_in();
        assert_eq!(changes(&old, &old), []);
        let mut new = old.clone();
        new.tasks.remove(27);
        new.tasks[0].name = "重点项目建设".into();
        new.tasks[3].indicators[0].value = 3.0;
        new.tasks[4].leads.clear();
        new.tasks[10].content.push_str("年底前完成。");
        new.tasks[12].deadline = Some("2025-12".into());
        let mut added = new.tasks[5].clone();
        (added.number, added.name, added.content) = (70, "数字门牌".into(), "安装数字门牌一万块。".into());
        new.tasks.push(added);
        let found: Vec<_> =
            changes(&old, &new).into_iter().map(|change| (change.kind, change.before, change.after)).collect();
        assert_eq!(
            found,
            [
                (ChangeKind::Renamed, Some(1), Some(1)),
                (ChangeKind::Retargeted, Some(4), Some(4)),
                (ChangeKind::Reassigned, Some(5), Some(5)),
                (ChangeKind::Reworded, Some(11), Some(11)),
                (ChangeKind::Rescheduled, Some(13), Some(13)),
                (ChangeKind::Added, None, Some(70)),
                (ChangeKind::Removed, Some(28), None),
            ]
        );
    }

    #[test]
    fn of_long_texts_what_differs_is_quoted_and_of_targets_those_that_do() {
        let old = Plan::built_in();
        let mut new = old.clone();
        new.tasks[0].content = new.tasks[0].content.replace("60亿元", "65亿元");
        new.tasks[0].indicators[1].value = 65.0;
        let found = changes(&old, &new);
        let quoted: Vec<_> = found.iter().map(Change::quoted).collect();
        assert!(quoted[0][0].contains("60亿元") && quoted[0][1].contains("65亿元"), "{quoted:?}");
        assert_eq!(quoted[1].each_ref().map(|text| text.matches("至少").count()), [1, 1], "{quoted:?}");
        let content = "甲".repeat(50);
        let change = |old: &str, new: &str| Change {
            kind: ChangeKind::Reworded,
            before: None,
            after: None,
            old: format!("{content}{old}{content}"),
            new: format!("{content}{new}{content}"),
        };
        let around = "甲".repeat(10);
        assert_eq!(change("1", "2").quoted(), ["1", "2"].map(|figure| format!("…{around}{figure}{around}…")));
        assert_eq!(change("", "甲").quoted(), [format!("…{around}"), format!("…{around}甲")]);
    }

    #[test]
    fn a_task_that_only_moved_is_renumbered() {
        let old = Plan::built_in();
        let mut new = old.clone();
        let moved = new.tasks.remove(20);
        new.tasks.push(Task { number: 70, ..moved });
        let found = changes(&old, &new);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].kind, found[0].before, found[0].after), (ChangeKind::Renumbered, Some(21), Some(70)));
    }
}
