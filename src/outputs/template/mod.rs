//! The standard reporting workbook of one township for one period.

mod form;
mod rows;
mod rules;

use std::path::Path;

use rust_xlsxwriter::Workbook;

use super::{beside, style};
use crate::list::Plan;
use crate::period::Period;

/// Writes the standard reporting workbook of one township.
///
/// # Errors
/// Where the file cannot be written, see [`beside::write`].
pub fn write(plan: &Plan, township: &str, period: Period, path: &Path) -> anyhow::Result<()> {
    beside::write(path, &bytes(plan, township, period)?)
}

/// The standard reporting workbook as bytes.
///
/// # Errors
/// Where a limit of the file format is broken.
pub fn bytes(plan: &Plan, township: &str, period: Period) -> anyhow::Result<Vec<u8>> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&style::properties(&format!("{}填报表", period.chinese())));
    workbook.push_worksheet(form::sheet(plan, township, period)?);
    Ok(workbook.save_to_buffer()?)
}
