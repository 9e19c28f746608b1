//! What did a township report, cell by cell of the standard form, and which of these cells are faulty?

use std::borrow::Cow;

use super::own;
use crate::consolidation::Consolidation;
use crate::findings::Finding;
use crate::list::Field;
use crate::matches::Shelved;
use crate::outputs::template::{Answer, Filled, Mark, Marks, RowId, Template};
use crate::records::values::{Deadline, Proposed, Quantity, Status, unit};
use crate::records::{Proposal, Record};

/// Narratives: they stand in a task's first row.
const NARRATIVES: [Field; 5] = [Field::Progress, Field::Problem, Field::Plan, Field::Contact, Field::Remark];

/// The answers and the marks of a township.
pub(super) fn of(consolidation: &Consolidation, place: usize) -> (Filled, Marks) {
    let mut filled = Filled::default();
    for task in &consolidation.plan.tasks {
        let Some(cell) = consolidation.cell(task.number, place) else { continue };
        let records: Vec<Shelved> = cell.records().map(|index| consolidation.record(index)).collect();
        for row in &records {
            numbers(consolidation, row.record(), row_of(consolidation, row, task.number), &mut filled);
        }
        let first = first_row(consolidation, task.number);
        for field in NARRATIVES {
            let mut texts: Vec<Cow<'_, str>> = Vec::new();
            for row in &records {
                let text = row.record().text(field);
                if !text.trim().is_empty() && !texts.contains(&text) {
                    texts.push(text);
                }
            }
            if !texts.is_empty() {
                filled.set(first, field, Answer::Text(texts.join("\n")));
            }
        }
        if let Some(status) = consolidation.status(task.number, place).map(Status::word) {
            filled.set(first, Field::Status, Answer::Text(status.to_owned()));
        }
        let deadlines = records.iter().filter_map(|row| row.record().values.deadline);
        if let Some(deadline) = deadlines.map(Deadline::iso).next() {
            filled.set(first, Field::Deadline, Answer::Text(deadline));
        }
    }
    let mut marks = Marks::default();
    for finding in own(consolidation, place) {
        if let Some((row, field)) = target(consolidation, finding) {
            marks.add(row, field, Mark { severity: finding.severity, text: sentence(finding) });
        }
    }
    (filled, marks)
}

/// The numbers of a record: in the form's unit where they can be converted, else as they were written.
fn numbers(consolidation: &Consolidation, record: &Record, row: RowId, filled: &mut Filled) {
    let indicator = row.1.and_then(|position| consolidation.plan.task(row.0)?.indicators.get(position));
    let values = &record.values;
    if indicator.is_none() {
        beside_numbers(record, row, filled);
    }
    let unit = unit_of(consolidation, row, filled);
    for (field, quantity) in
        [(Field::Target, &values.target), (Field::PeriodDone, &values.period_done), (Field::Done, &values.done)]
    {
        if filled.get(row, field).is_some() {
            continue;
        }
        let written = record.text(field);
        let exact = quantity.as_ref().filter(|quantity| quantity.precision.is_exact());
        let number = exact.and_then(|quantity| match &unit {
            Some(unit) => in_unit(quantity, unit),
            None => Some(quantity.value),
        });
        match (number, exact) {
            (Some(number), _) => filled.set(row, field, Answer::Number(number)),
            (None, Some(quantity)) => {
                let unit = quantity.unit.as_deref().unwrap_or_default();
                filled.set(row, field, Answer::Text(format!("{}{unit}", quantity.value)));
            }
            (None, None) if !written.trim().is_empty() => filled.set(row, field, Answer::Text(written.into_owned())),
            (None, None) => {}
        }
    }
}

/// Unit and rate, where the form leaves them to the township: in the row of a task without indicators.
fn beside_numbers(record: &Record, row: RowId, filled: &mut Filled) {
    let values = &record.values;
    let mut quantities = [&values.target, &values.done, &values.period_done].into_iter().flatten();
    let unit = quantities.find_map(|quantity| quantity.unit.clone());
    if let Some(unit) = unit.filter(|_| filled.get(row, Field::Unit).is_none()) {
        filled.set(row, Field::Unit, Answer::Text(unit));
    }
    if filled.get(row, Field::Rate).is_some() {
        return;
    }
    let written = record.text(Field::Rate);
    match values.rate {
        Some(rate) => filled.set(row, Field::Rate, Answer::Number(rate)),
        None if !written.trim().is_empty() => filled.set(row, Field::Rate, Answer::Text(written.into_owned())),
        None => {}
    }
}

/// The unit of a row's numbers on the form: its indicator's, else the one that stands in the row.
fn unit_of(consolidation: &Consolidation, row: RowId, filled: &Filled) -> Option<String> {
    let indicator = row.1.and_then(|position| consolidation.plan.task(row.0)?.indicators.get(position));
    match (indicator, filled.get(row, Field::Unit)) {
        (Some(indicator), _) => Some(indicator.unit.clone()),
        (None, Some(Answer::Text(unit))) => Some(unit.clone()),
        (None, _) => None,
    }
}

/// A quantity in a unit of the form; a number without a unit is taken to be in it.
fn in_unit(quantity: &Quantity, wanted: &str) -> Option<f64> {
    match quantity.unit.as_deref() {
        Some(written) if written != wanted => unit::convert(quantity.value, Some(written), Some(wanted)),
        _ => Some(quantity.value),
    }
}

/// The form's row for a record that answers a task: that of its indicator, else of the first one whose unit fits.
fn row_of(consolidation: &Consolidation, row: &Shelved, task: u32) -> RowId {
    let (record, matched) = (row.record(), row.matched());
    let indicators = consolidation.plan.task(task).map_or(&[][..], |task| &task.indicators);
    if let Some(position) = matched.indicator.filter(|position| *position < indicators.len()) {
        return (task, Some(position));
    }
    let quantity = record.values.done.as_ref().or(record.values.target.as_ref());
    let fitting = quantity
        .and_then(|quantity| indicators.iter().position(|indicator| in_unit(quantity, &indicator.unit).is_some()));
    fitting.map_or_else(|| first_row(consolidation, task), |position| (task, Some(position)))
}

/// The first row of a task on the form.
fn first_row(consolidation: &Consolidation, task: u32) -> RowId {
    let quantified = consolidation.plan.task(task).is_some_and(|task| !task.indicators.is_empty());
    (task, quantified.then_some(0))
}

/// The form's cell that a finding is about: the one that holds what the faulty cell held.
fn target(consolidation: &Consolidation, finding: &Finding) -> Option<(RowId, Field)> {
    let task = *finding.tasks.first()?;
    if finding.place.as_ref().is_none_or(|place| place.cell.is_none()) {
        return Some((first_row(consolidation, task), Field::Progress));
    }
    let (row, field) = cell(consolidation, finding)?;
    let field = if field.is_reported() && field != Field::Indicator { field } else { Field::Progress };
    Some((form_row(consolidation, &row, task, field), field))
}

/// The record and the field that a finding is about.
fn cell(consolidation: &Consolidation, finding: &Finding) -> Option<(Shelved, Field)> {
    let place = finding.place.as_ref()?;
    let at = place.cell?;
    let field_of = |record: &Record| {
        let written = record.entries.iter().filter(|entry| !entry.shared).find(|entry| entry.at == at);
        let blank = || record.blanks.iter().find(|(_, place)| *place == at).map(|(field, _)| *field);
        written.and_then(|entry| entry.field).or_else(blank)
    };
    consolidation.filed_as(&place.file).find_map(|submission| {
        let filed = consolidation.submissions.get(submission);
        let on_sheet = |record: &Record| place.sheet.as_deref() == Some(filed.submission.sheet_name(record.sheet));
        let mut records = filed.submission.records.iter().enumerate().filter(|(_, record)| on_sheet(record));
        let (index, field) = records.find_map(|(index, record)| Some((index, field_of(record)?)))?;
        Some((Shelved::InMemory(filed, index), field))
    })
}

/// The form's row for a field of a record.
fn form_row(consolidation: &Consolidation, row: &Shelved, task: u32, field: Field) -> RowId {
    let narrative = NARRATIVES.contains(&field) || matches!(field, Field::Status | Field::Deadline);
    if narrative { first_row(consolidation, task) } else { row_of(consolidation, row, task) }
}

/// What a finding proposes for a cell of the form: only where that cell holds what the finding is about and nothing
/// else, and the township may change it.
pub(super) fn proposal(consolidation: &Consolidation, template: &Template<'_>, finding: &Finding) -> Option<Proposal> {
    let [task] = finding.tasks[..] else { return None };
    let value = finding.proposed.as_ref()?;
    let (reported, field) = cell(consolidation, finding).filter(|(_, field)| *field == value.field())?;
    let row = form_row(consolidation, &reported, task, field);
    if field == Field::Rate && row.1.is_some() {
        return None;
    }
    let mut own = Filled::default();
    numbers(consolidation, reported.record(), row, &mut own);
    if let Some(status) = reported.record().values.status {
        own.set(row, Field::Status, Answer::Text(status.word().to_owned()));
    }
    let filled = template.filled?;
    let alike = |field| own.get(row, field) == filled.get(row, field);
    let held = filled.get(row, field).filter(|_| alike(field) && (field != Field::Target || alike(Field::Unit)))?;
    let value = match value {
        Proposed::Target(target) => {
            let unit = unit_of(consolidation, row, filled).or_else(|| target.unit.clone());
            let value = unit.as_deref().map_or(Some(target.value), |unit| in_unit(target, unit))?;
            Proposed::Target(Quantity { value, unit, ..target.clone() })
        }
        other => other.clone(),
    };
    let written = match held {
        Answer::Number(number) => number.to_string(),
        Answer::Text(text) => text.clone(),
    };
    Some(Proposal { row: template.key(Some(row.0), row.1), value, written })
}

/// What is wrong and how to clear it, as a note says it.
fn sentence(finding: &Finding) -> String {
    match &finding.fix {
        Some(fix) => format!("【{}】{}\n改法：{fix}", finding.severity.word(), finding.message),
        None => format!("【{}】{}", finding.severity.word(), finding.message),
    }
}
