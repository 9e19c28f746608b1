//! Which rows does the form have, and what do they already say?

use crate::list::{Direction, Indicator, Plan, Task};

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
    pub(super) fn content(&self) -> String {
        match self.quantified() {
            Some(indicator) if !self.leads && !indicator.quote.is_empty() => indicator.quote.clone(),
            _ => self.task.content.clone(),
        }
    }

    /// The indicator with the district's target; empty for a task without one.
    pub(super) fn label(&self) -> String {
        self.quantified().map(label).unwrap_or_default()
    }

    /// Unit of the indicator; empty for a task without one.
    pub(super) fn unit(&self) -> &str {
        self.quantified().map_or("", |indicator| indicator.unit.as_str())
    }

    /// The target that the form already bears: a rate holds for each township alike, while of a sum each bears a
    /// share that only the township knows.
    pub(super) fn target(&self) -> Option<f64> {
        self.quantified().filter(|indicator| !indicator.adds_up).map(|indicator| indicator.value)
    }
}

/// An indicator as the form names it: 完成投资额（全区目标：每年60亿元以上）.
pub(super) fn label(indicator: &Indicator) -> String {
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
