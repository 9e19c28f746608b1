//! What goes back to each township: its own values in the standard template with the faulty cells marked, its list of
//! problems, and a reminder ready to paste.

mod filling;
mod problems;
mod reminder;

use std::path::{Path, PathBuf};

use super::beside;
use super::template::Template;
use crate::consolidation::Consolidation;
use crate::findings::{Finding, Severity};
use crate::period::Day;

pub use problems::NAME as PROBLEM_SHEET;
pub use reminder::text as reminder;

/// Writes a return workbook and a reminder text for each township that has something to correct or has not filed.
/// Returns the files in their order.
///
/// # Errors
/// Where a file cannot be written, see [`beside::write`].
pub fn write(consolidation: &Consolidation, due: Option<Day>, folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for place in 0..consolidation.townships.len() {
        let Some(text) = reminder(consolidation, place, due) else { continue };
        let mut template =
            Template::new(&consolidation.plan, &consolidation.townships[place].name, consolidation.period);
        template.due = due;
        let bytes = workbook(consolidation, place, due)?;
        let stem = template.file_name().trim_end_matches("填报表.xlsx").to_owned();
        for (name, bytes) in
            [(format!("{stem}退回.xlsx"), bytes.as_slice()), (format!("{stem}催报.txt"), text.as_bytes())]
        {
            let path = folder.join(name);
            beside::write(&path, bytes)?;
            files.push(path);
        }
    }
    Ok(files)
}

/// The return workbook of a township as bytes: the form with what it reported, and the list of its problems.
///
/// # Errors
/// Where a limit of the file format is broken.
pub fn workbook(consolidation: &Consolidation, place: usize, due: Option<Day>) -> anyhow::Result<Vec<u8>> {
    let (filled, marks) = filling::of(consolidation, place);
    let township = &consolidation.townships[place].name;
    let mut template = Template::new(&consolidation.plan, township, consolidation.period);
    template.due = due;
    template.filled = Some(&filled);
    template.marks = Some(&marks);
    let sheet = problems::sheet(consolidation, place, &template)?;
    template.bytes_with(sheet)
}

/// Findings about a township that only the office can clear: it decides matches.
const FOR_THE_OFFICE: [&str; 2] = ["uncertain-match", "decision-not-applied"];

/// The findings that a township is asked to clear: its own, not yet explained, those for the office alone left out.
fn own(consolidation: &Consolidation, place: usize) -> impl Iterator<Item = &Finding> {
    let name = consolidation.townships[place].name.as_str();
    consolidation.findings.iter().filter(move |finding| {
        finding.township.as_deref() == Some(name)
            && finding.severity != Severity::Info
            && !FOR_THE_OFFICE.contains(&finding.kind.code)
            && finding.explained.is_none()
    })
}
