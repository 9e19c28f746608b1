//! Which rows does the form have, and what do they already say?

use super::Template;
use super::filled::Answer;
use crate::findings::PreviousRow;
use crate::list::{Direction, Field, Indicator, Plan, Task};
use crate::outputs::text::due_in_words;
use crate::records::values::unit;

/// A row of the form.
#[derive(Debug)]
pub(super) enum FormRow<'a> {
    /// Section and subsection.
    Heading(String),
    /// A task, or one of its indicators.
    Task(TaskLine<'a>),
}

/// A row that stands for a task or for one of its indicators.
#[derive(Debug)]
pub(super) struct TaskLine<'a> {
    pub(super) task: &'a Task,
    /// Position of the indicator; absent for a task without one.
    pub(super) indicator: Option<usize>,
    /// Whether it is the task's first row, which bears status and narratives.
    pub(super) leads: bool,
}

/// The rows of a township's form: its tasks in official order under their headings.
pub(super) fn rows<'a>(plan: &'a Plan, township: &str) -> Vec<FormRow<'a>> {
    let mut rows = Vec::new();
    let mut heading = String::new();
    for task in plan.tasks.iter().filter(|task| plan.must_report(township, task)) {
        if task.heading() != heading {
            heading = task.heading();
            rows.push(FormRow::Heading(heading.clone()));
        }
        let positions: Vec<Option<usize>> = match task.indicators.len() {
            0 => vec![None],
            several => (0..several).map(Some).collect(),
        };
        for (place, indicator) in positions.into_iter().enumerate() {
            rows.push(FormRow::Task(TaskLine { task, indicator, leads: place == 0 }));
        }
    }
    rows
}

impl TaskLine<'_> {
    fn quantified(&self) -> Option<&Indicator> {
        self.task.indicators.get(self.indicator?)
    }

    /// The official content; of a further indicator the words that it comes from.
    fn content(&self) -> String {
        match self.quantified() {
            Some(indicator) if !self.leads && !indicator.quote.is_empty() => indicator.quote.clone(),
            _ => self.task.content.clone(),
        }
    }

    /// What stands in a cell: the official text, or what has been filled in already.
    pub(super) fn answer(&self, template: &Template<'_>, field: Field) -> Option<Answer> {
        let text = |text: String| (!text.is_empty()).then_some(Answer::Text(text));
        let official = match field {
            Field::Number => Some(Answer::Number(f64::from(self.task.number))),
            Field::Name => text(self.task.name.clone()),
            Field::Content => text(self.content()),
            Field::Agencies if self.leads => text(self.task.agencies()),
            Field::Indicator => text(self.described(template)),
            Field::Unit => text(self.quantified().map(|indicator| indicator.unit.clone()).unwrap_or_default()),
            _ => None,
        };
        let filled = || template.filled?.get((self.task.number, self.indicator), field).cloned();
        official.or_else(filled).or_else(|| match field {
            Field::Target => self.previous_target(template).or_else(|| self.target()).map(Answer::Number),
            Field::Deadline if self.leads => text(self.task.deadline.clone().unwrap_or_default()),
            _ => None,
        })
    }

    /// The indicator with the district's target, and what the township reported last time.
    fn described(&self, template: &Template<'_>) -> String {
        let official = self.quantified().map(|indicator| label(template.plan, indicator));
        let last_time = self.previous(template).and_then(last_time);
        official.into_iter().chain(last_time).collect::<Vec<_>>().join("\n")
    }

    /// The township's row of the period before.
    fn previous<'a>(&self, template: &Template<'a>) -> Option<&'a PreviousRow> {
        let several = self.task.indicators.len() > 1;
        let name = self.quantified().map(|indicator| indicator.name.as_str());
        template.previous?.rows.iter().find(|row| {
            let same_indicator = !several || row.indicator.as_deref() == name;
            row.township == template.township && row.tasks == [self.task.number] && same_indicator
        })
    }

    /// The township's own target of the period before, in the indicator's unit.
    fn previous_target(&self, template: &Template<'_>) -> Option<f64> {
        let target = self.previous(template)?.target.as_ref()?;
        let wanted = self.quantified()?.unit.as_str();
        let written = target.unit.as_deref().unwrap_or(wanted);
        if written == wanted { Some(target.value) } else { unit::convert(target.value, Some(written), Some(wanted)) }
    }

    /// Done ÷ target as a formula's stored result; blank until both are there.
    pub(super) fn rate(&self, template: &Template<'_>) -> String {
        let number = |field| match self.answer(template, field) {
            Some(Answer::Number(number)) => Some(number),
            _ => None,
        };
        match (number(Field::Target), number(Field::Done)) {
            (Some(target), Some(done)) if target != 0.0 => (done / target).to_string(),
            _ => String::new(),
        }
    }

    /// The target that the form already bears: a rate holds for each township alike, while of a sum each bears a
    /// share that only the township knows.
    fn target(&self) -> Option<f64> {
        self.quantified().filter(|indicator| !indicator.adds_up).map(|indicator| indicator.value)
    }
}

/// What a township reported last time, in a few words; absent where it is nothing that a form asks again.
fn last_time(row: &PreviousRow) -> Option<String> {
    let done = row.done.as_ref().map(|done| format!("累计{}{}", done.value, done.unit.as_deref().unwrap_or("")));
    let status = row.status.map(|status| status.word().to_owned());
    let said: Vec<String> = done.into_iter().chain(status).collect();
    (!said.is_empty()).then(|| format!("上期：{}", said.join("，")))
}

/// An indicator as the form names it: 完成投资额（全区目标：每年60亿元以上）.
fn label(plan: &Plan, indicator: &Indicator) -> String {
    let side = match indicator.direction {
        // Nobody does more than all of it.
        Direction::AtLeast if is_all(indicator) => "",
        Direction::AtLeast => "以上",
        Direction::AtMost => "以内",
        Direction::Equal => "",
    };
    let (whole, when) = (plan.whole(), due_in_words(&indicator.when));
    format!("{}（{whole}目标：{when}{}{}{side}）", indicator.name, indicator.value, indicator.unit)
}

/// Whether a target is a share of 100 %, unless the list itself speaks of more (增长100%以上).
fn is_all(indicator: &Indicator) -> bool {
    let more = ["以上", "超"].iter().any(|word| indicator.quote.contains(word));
    indicator.unit == "%" && (indicator.value - 100.0).abs() < 1e-9 && !more
}
