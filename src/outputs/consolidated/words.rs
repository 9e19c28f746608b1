//! Words and sums that several sheets share.

use std::borrow::Cow;

use crate::consolidation::{Consolidation, Light};
use crate::list::{Direction, Field, Indicator, Task};
use crate::outputs::style::Tone;
use crate::outputs::text::due_in_words;
use crate::records::Record;

/// Colour of a traffic light.
pub(super) const fn light_tone(light: Light) -> Tone {
    match light {
        Light::Green => Tone::Green,
        Light::Yellow => Tone::Yellow,
        Light::Red => Tone::Red,
    }
}

/// Tasks by number and name: 12 粮食生产；13 ….
pub(super) fn tasks(consolidation: &Consolidation, numbers: &[u32]) -> String {
    let mut text = String::new();
    for number in numbers {
        if !text.is_empty() {
            text.push('；');
        }
        text.push_str(&number.to_string());
        if let Some(task) = consolidation.plan.task(*number) {
            text.push(' ');
            text.push_str(&task.name);
        }
    }
    text
}

/// Name of an indicator within its task; the due year is added where a task has the name twice.
pub(super) fn indicator_name(task: &Task, indicator: &Indicator) -> String {
    let named_alike = task.indicators.iter().filter(|other| other.name == indicator.name).count();
    if named_alike > 1 { format!("{}（{}）", indicator.name, when(indicator)) } else { indicator.name.clone() }
}

/// When an indicator is due: 每年, 到2025年, 到2025年9月.
fn when(indicator: &Indicator) -> String {
    due_in_words(&indicator.when)
}

/// When an indicator is due, the deadline of its task taken for its own where it has none.
pub(super) fn due(consolidation: &Consolidation, task: &Task, indicator: &Indicator) -> String {
    due_in_words(&consolidation.when(task, indicator))
}

/// Which side of the target is reached.
pub(super) const fn side(direction: Direction) -> &'static str {
    match direction {
        Direction::AtLeast => "不低于",
        Direction::AtMost => "不高于",
        Direction::Equal => "等于",
    }
}

/// Whether a value reaches an indicator's target.
pub(super) fn reached(indicator: &Indicator, value: f64) -> bool {
    match indicator.direction {
        Direction::AtLeast => value >= indicator.value,
        Direction::AtMost => value <= indicator.value,
        Direction::Equal => (value - indicator.value).abs() < 1e-9,
    }
}

/// The texts of a field over several records, each once, in their order.
pub(super) fn joined<'r>(records: impl Iterator<Item = &'r Record>, field: Field) -> Cow<'r, str> {
    let mut texts: Vec<Cow<'r, str>> = Vec::new();
    for record in records {
        let text = record.text(field);
        if !text.trim().is_empty() && !texts.contains(&text) {
            texts.push(text);
        }
    }
    match <[_; 1]>::try_from(texts) {
        Ok([only]) => only,
        Err(texts) => Cow::Owned(texts.join("\n")),
    }
}
