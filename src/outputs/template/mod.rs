//! The standard reporting workbook of one township for one period.

mod captions;
mod filled;
mod form;
mod guide;
mod rows;
mod rules;

use std::path::Path;

use rust_xlsxwriter::{Workbook, Worksheet};

pub use filled::{Answer, Filled, Mark, Marks, RowId};

use super::{beside, style};
use crate::findings::Previous;
use crate::list::{Key, Plan};
use crate::period::{Day, Period};

/// What a template is made for.
#[derive(Debug, Clone, Copy)]
pub struct Template<'a> {
    /// The plan with tasks and form.
    pub plan: &'a Plan,
    /// Official name of the township.
    pub township: &'a str,
    /// The period to be reported.
    pub period: Period,
    /// The day by which it is to be filed.
    pub due: Option<Day>,
    /// What the form already holds of what the township is to fill in.
    pub filled: Option<&'a Filled>,
    /// What was reported in the period before: shown beside the blanks, with the own targets taken over.
    pub previous: Option<&'a Previous>,
    /// What is wrong with what the form already holds.
    pub marks: Option<&'a Marks>,
}

impl<'a> Template<'a> {
    /// A template without a date of filing.
    pub const fn new(plan: &'a Plan, township: &'a str, period: Period) -> Self {
        Self { plan, township, period, due: None, filled: None, previous: None, marks: None }
    }

    /// The name under which it is sent out and comes back: 北岙街道2024Q2填报表.xlsx. Signs that a file system
    /// refuses are left out.
    pub fn file_name(&self) -> String {
        let refused = |c: &char| !(c.is_control() || r#"\/:*?"<>|"#.contains(*c));
        let township: String = self.township.chars().filter(refused).collect();
        format!("{}{}填报表.xlsx", township.trim().trim_matches('.'), self.period)
    }

    /// The key of a row of the form; without a task the form's own.
    pub(super) fn key(&self, task: Option<u32>, indicator: Option<usize>) -> Key {
        let (plan, township) = (self.plan.fingerprint(), self.township.to_owned());
        Key { plan, period: self.period, township, task, indicator }
    }

    /// How a deadline may be written, in examples that lie in the plan's years: 2024、2024-12或2024-12-31.
    pub(super) fn deadline_examples(&self) -> String {
        let [first, last] = self.plan.years;
        let year = if (first..=last).contains(&self.period.year) { self.period.year } else { first };
        format!("{year}、{year}-12或{year}-12-31")
    }

    /// The workbook as bytes: the form and the guide.
    ///
    /// # Errors
    /// Where a limit of the file format is broken.
    pub fn bytes(&self) -> anyhow::Result<Vec<u8>> {
        self.workbook(None)
    }

    /// The workbook as bytes, with a further sheet between form and guide.
    pub(super) fn bytes_with(&self, sheet: Worksheet) -> anyhow::Result<Vec<u8>> {
        self.workbook(Some(sheet))
    }

    fn workbook(&self, further: Option<Worksheet>) -> anyhow::Result<Vec<u8>> {
        let mut workbook = Workbook::new();
        workbook.set_properties(&style::properties(&format!("{}填报表", self.period.chinese())));
        workbook.push_worksheet(form::sheet(self)?);
        if let Some(sheet) = further {
            workbook.push_worksheet(sheet);
        }
        workbook.push_worksheet(guide::sheet(self)?);
        Ok(workbook.save_to_buffer()?)
    }
}

/// Writes the standard reporting workbook of one township.
///
/// # Errors
/// Where the file cannot be written, see [`beside::write`].
pub fn write(plan: &Plan, township: &str, period: Period, path: &Path) -> anyhow::Result<()> {
    beside::write(path, &Template::new(plan, township, period).bytes()?)
}
