//! Were the responsible agencies changed? Short names are the same agency.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::context::{plain_title, quote, shorten};
use super::super::finding::Finding;
use super::named::{Named, is_everybody};
use super::{ALTERED_AGENCIES, Answer, Case};
use crate::list::{Field, Task};
use crate::records::Entry;

/// From this share of rows on, the file copies the official agencies as a habit.
const COPIES: f64 = 0.6;
/// From this share of rows on, what is left out stands out: below it the clerk shortens the list, or stars it as it
/// comes.
const NEVER_SHORTENS: f64 = 0.9;

/// A cell that names agencies, and those that it names.
#[derive(Debug, Clone)]
pub(super) struct Cell<'a> {
    entry: &'a Entry,
    pub(super) named: Arc<Named>,
}

/// Reports a changed lead, and in a file that copies the list, added and missing agencies.
pub(super) fn check(case: &Case<'_, '_>, findings: &mut Vec<Finding>) {
    let Some(Cell { entry, named }) = case.agencies else { return };
    let copies = case.habits.agencies >= COPIES;
    // A cell over several tasks names an office of the township, not the agencies of one task.
    if entry.shared && !copies {
        return;
    }
    let Some(change) = change(case, named, copies) else { return };
    let official = case.task.agencies();
    let (title, written) = (title_at(entry), quote(&shorten(&entry.text, 40)));
    let message = format!("“{title}”写的是{written}，{change}，请改回清单的“{official}”。");
    let finding = case.row.finding(&ALTERED_AGENCIES, entry.at, message).found(entry.text.trim());
    findings.push(finding.fix(format!("改为“{official}”")).expected(official));
}

/// A column: its title, and where it stands.
type Column<'a> = (&'a str, u32);

/// For each row of a file the cell in which it names the agencies: where it has columns for its own offices and for the
/// list's, the latter.
pub(super) fn cells<'a>(rows: &[Answer<'a, '_>]) -> Vec<Option<Cell<'a>>> {
    let cells: Vec<Vec<Cell<'_>>> = rows.iter().map(cells_of).collect();
    let usual = usual_column(&cells);
    cells.iter().map(|cells| most_naming(cells, usual).cloned()).collect()
}

/// All cells in which a row may name the agencies.
fn cells_of<'a>(Answer { row, official, .. }: &Answer<'a, '_>) -> Vec<Cell<'a>> {
    let entries = row.record.entries_of(Field::Agencies);
    entries.map(|entry| Cell { entry, named: official.agencies.named(&entry.text) }).collect()
}

/// The cell of a row that names the most official agencies; of several that name as many the one in the usual column,
/// else the first.
fn most_naming<'c, 'a>(cells: &'c [Cell<'a>], usual: Option<Column<'_>>) -> Option<&'c Cell<'a>> {
    let named = |cell: &&Cell<'_>| {
        let titled = usual.is_some_and(|(title, _)| *title == *cell.entry.title);
        (cell.named.official(), titled, usual.is_some_and(|(_, column)| column == cell.entry.at.column))
    };
    cells.iter().rev().max_by_key(named)
}

/// The column in which most rows name a lead; none where no row does.
fn usual_column<'a>(rows: &[Vec<Cell<'a>>]) -> Option<Column<'a>> {
    let mut times: BTreeMap<Column<'_>, usize> = BTreeMap::new();
    for cells in rows {
        if let Some(Cell { entry, .. }) = most_naming(cells, None).filter(|cell| cell.named.has_a_lead()) {
            *times.entry((&entry.title, entry.at.column)).or_default() += 1;
        }
    }
    times.into_iter().max_by_key(|(_, times)| *times).map(|(column, _)| column)
}

fn title_at(entry: &Entry) -> String {
    let title = plain_title(&entry.title);
    if title.trim().is_empty() { Field::Agencies.title().to_owned() } else { title }
}

/// What was changed, as part of a sentence.
fn change(case: &Case<'_, '_>, named: &Named, copies: bool) -> Option<String> {
    let task = case.task;
    let written = &named.agencies;
    // Offices and persons of the township's own have nothing to do with the list's agencies.
    if task.leads.is_empty() || written.is_empty() || case.habits.a_lead < COPIES {
        return None;
    }
    if let Some((_, lost)) = task.leads.iter().enumerate().find(|(lead, _)| !named.holds(*lead))
        && (!shortens(named) || (case.habits.leads >= NEVER_SHORTENS && !case.part))
    {
        return Some(format!("没有牵头单位“{lost}”"));
    }
    if let Some(marking) = wrong_marks(case, named) {
        return Some(marking);
    }
    if !copies {
        return None;
    }
    if let Some(added) = written.iter().find(|one| !one.is_official() && !is_everybody(&one.name)) {
        return Some(format!("多了“{}”", added.name));
    }
    if case.habits.agencies < NEVER_SHORTENS {
        return None;
    }
    let supports = (task.leads.len()..).zip(&task.supports);
    let (_, missing) = { supports }.find(|(place, support)| !named.holds(*place) && !is_everybody(support))?;
    Some(format!("漏了“{missing}”"))
}

/// Whether some of several leads stand there, and nobody whom the list does not name: the first lead stands for all,
/// and each part of a task that has several rows names those of its own.
fn shortens(named: &Named) -> bool {
    named.has_a_lead() && named.are_official_or_everybody()
}

/// Marks on agencies that do not lead, or missing on those that do.
fn wrong_marks(case: &Case<'_, '_>, named: &Named) -> Option<String> {
    let Task { leads, .. } = case.task;
    let written = &named.agencies;
    if !named.has_mark() {
        // A lone name that is not written as in the list is shortened, mark and all.
        let official = || written.iter().any(|one| leads.contains(&one.name));
        let agencies = || written.iter().filter(|one| !is_everybody(&one.name)).count();
        let copied = case.habits.marked >= NEVER_SHORTENS && (agencies() > 1 || official());
        return copied.then(|| "没有标出牵头单位（*）".to_owned());
    }
    let leading = |lead: usize| written.iter().any(|one| one.lead && one.official.contains(&lead));
    if let Some(wrong) = written.iter().find(|one| one.lead && !one.official.iter().any(|place| *place < leads.len())) {
        return Some(format!("把“{}”写成了牵头单位", wrong.name));
    }
    let (_, unmarked) = leads.iter().enumerate().find(|(lead, _)| !leading(*lead))?;
    Some(format!("没有把“{unmarked}”标为牵头单位"))
}
