//! Which rows does the form have, and what do they already say?

use super::Template;
use super::filled::Answer;
use crate::list::{Direction, Field, Indicator, Plan, Task};

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
            Field::Indicator => text(self.quantified().map(label).unwrap_or_default()),
            Field::Unit => text(self.quantified().map(|indicator| indicator.unit.clone()).unwrap_or_default()),
            _ => None,
        };
        let filled = || template.filled?.get((self.task.number, self.indicator), field).cloned();
        official.or_else(filled).or_else(|| match field {
            Field::Target => self.target().map(Answer::Number),
            Field::Deadline if self.leads => text(self.task.deadline.clone().unwrap_or_default()),
            _ => None,
        })
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

/// An indicator as the form names it: 完成投资额（全区目标：每年60亿元以上）.
fn label(indicator: &Indicator) -> String {
    let side = match indicator.direction {
        Direction::AtLeast => "以上",
        Direction::AtMost => "以内",
        Direction::Equal => "",
    };
    let when = match indicator.when.parse::<u16>() {
        Ok(year) => format!("到{year}年"),
        Err(_) => indicator.when.clone(),
    };
    format!("{}（全区目标：{when}{}{}{side}）", indicator.name, indicator.value, indicator.unit)
}
