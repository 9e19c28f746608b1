//! What did a township report, cell by cell of the standard form, and which of these cells are faulty?

use super::own;
use crate::consolidation::{Consolidation, RecordIndex};
use crate::findings::Finding;
use crate::list::Field;
use crate::outputs::template::{Answer, Filled, Mark, Marks, RowId};
use crate::records::values::{Deadline, Quantity, Status, unit};

/// Narratives: they stand in a task's first row.
const NARRATIVES: [Field; 5] = [Field::Progress, Field::Problem, Field::Plan, Field::Contact, Field::Remark];

/// The answers and the marks of a township.
pub(super) fn of(consolidation: &Consolidation, place: usize) -> (Filled, Marks) {
    let mut filled = Filled::default();
    for task in &consolidation.plan.tasks {
        let Some(cell) = consolidation.cell(task.number, place) else { continue };
        for index in &cell.records {
            numbers(consolidation, *index, row_of(consolidation, *index, task.number), &mut filled);
        }
        let first = first_row(consolidation, task.number);
        for field in NARRATIVES {
            let mut texts: Vec<String> = Vec::new();
            for index in &cell.records {
                let text = consolidation.record(*index).0.text(field);
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
        let deadlines = cell.records.iter().filter_map(|index| consolidation.record(*index).0.values.deadline);
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
fn numbers(consolidation: &Consolidation, index: RecordIndex, row: RowId, filled: &mut Filled) {
    let (record, _) = consolidation.record(index);
    let indicator = row.1.and_then(|position| consolidation.plan.task(row.0)?.indicators.get(position));
    let values = &record.values;
    for (field, quantity) in
        [(Field::Target, &values.target), (Field::PeriodDone, &values.period_done), (Field::Done, &values.done)]
    {
        if filled.get(row, field).is_some() {
            continue;
        }
        let written = record.text(field);
        let exact = quantity.as_ref().filter(|quantity| quantity.precision.is_exact());
        let number = exact.and_then(|quantity| match indicator {
            Some(indicator) => in_unit(quantity, &indicator.unit),
            None => Some(quantity.value),
        });
        match (number, exact) {
            (Some(number), _) => filled.set(row, field, Answer::Number(number)),
            (None, Some(quantity)) => {
                let unit = quantity.unit.as_deref().unwrap_or_default();
                filled.set(row, field, Answer::Text(format!("{}{unit}", quantity.value)));
            }
            (None, None) if !written.trim().is_empty() => filled.set(row, field, Answer::Text(written)),
            (None, None) => {}
        }
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
fn row_of(consolidation: &Consolidation, index: RecordIndex, task: u32) -> RowId {
    let (record, matched) = consolidation.record(index);
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
    let Some(at) = finding.place.as_ref().and_then(|place| place.cell) else {
        return Some((first_row(consolidation, task), Field::Progress));
    };
    let place = finding.place.as_ref()?;
    let mut of_file = consolidation.records().filter(|(_, filed, record, _)| {
        let sheet = filed.submission.sheet_name(record.sheet);
        filed.submission.file == place.file && place.sheet.as_deref() == Some(sheet)
    });
    let (index, field) = of_file.find_map(|(index, _, record, _)| {
        let written = record.entries.iter().filter(|entry| !entry.shared).find(|entry| entry.at == at);
        let blank = || record.blanks.iter().find(|(_, place)| *place == at).map(|(field, _)| *field);
        Some((index, written.and_then(|entry| entry.field).or_else(blank)?))
    })?;
    let field = if field.is_reported() && field != Field::Indicator { field } else { Field::Progress };
    let narrative = NARRATIVES.contains(&field) || matches!(field, Field::Status | Field::Deadline);
    let row = if narrative { first_row(consolidation, task) } else { row_of(consolidation, index, task) };
    Some((row, field))
}

/// What is wrong and how to clear it, as a note says it.
fn sentence(finding: &Finding) -> String {
    match &finding.fix {
        Some(fix) => format!("【{}】{}\n改法：{fix}", finding.severity.word(), finding.message),
        None => format!("【{}】{}", finding.severity.word(), finding.message),
    }
}
