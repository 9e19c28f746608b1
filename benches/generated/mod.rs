//! What would all the townships of a county, a city or a province send in? Workbooks made up in a fixed way: the same
//! number gives the same workbook, and no two have their titles, columns, wordings, narratives and figures in common.
#![allow(dead_code, reason = "each bench takes what it needs")]

pub(crate) mod formats;
mod names;
mod sentences;
pub(crate) mod table;
mod wording;

use std::path::Path;

use fastrand::Rng;
use hedui::list::{Plan, Township};

use table::{Habits, Table};

/// The period that the workbooks report.
pub(crate) const PERIOD: &str = "2024Q1";

/// The built-in plan for a roster of made-up townships.
pub(crate) fn plan(townships: usize) -> Plan {
    let mut plan = Plan::built_in();
    plan.townships = (0..townships).map(|place| Township { name: names::township(place), aliases: vec![] }).collect();
    plan
}

/// What the township at a place of the roster reports: one table with a row for each task.
pub(crate) fn table(plan: &Plan, place: usize) -> Table {
    let mut random = Rng::with_seed(u64::try_from(place).unwrap_or(u64::MAX));
    let township = &plan.townships[place].name;
    let habits = Habits::of(township, &mut random);
    Table::fill_in(plan, township, &habits, &mut random)
}

/// Name and bytes of the workbook that the township at a place of the roster sends.
pub(crate) fn workbook(plan: &Plan, place: usize) -> (String, Vec<u8>) {
    let table = table(plan, place);
    (format!("{}.xlsx", table.file), formats::xlsx(&table))
}

/// Writes the plan (`方案.toml`) and a folder with one workbook for each of its townships (`提交`, a hundred to a
/// folder).
///
/// # Errors
/// Where a file cannot be written.
pub(crate) fn write_folder(folder: &Path, townships: usize) -> std::io::Result<()> {
    let plan = plan(townships);
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join("方案.toml"), plan.to_toml())?;
    for place in 0..townships {
        let below = folder.join("提交").join(format!("{:03}", place / 100));
        std::fs::create_dir_all(&below)?;
        let (file, bytes) = workbook(&plan, place);
        std::fs::write(below.join(file), bytes)?;
    }
    Ok(())
}
