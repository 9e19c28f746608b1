//! Is what a row must tell told?

use super::context::{Context, Row, quote, say, shorten, title_of};
use super::finding::{Finding, Kind, Severity};
use super::placeholder;
use crate::list::{Field, FormColumn, Requirement};
use crate::location::CellRef;
use crate::matches::Outcome;
use crate::records::Entry;
use crate::records::values::Status;
use crate::records::values::written::is_blank;
use crate::workbooks::Value;

pub(super) static BLANK_FIELD: Kind = Kind {
    code: "blank-field",
    title: "必填未填",
    severity: Severity::Error,
    reports: "必须填写的一格空着：状态、进展情况；有目标值的还要填累计完成，滞后的还要填存在问题。",
    matters: "汇总表上这一格是空的，完成情况无从判断。",
    remedy: "请补填这一格；没有数的填0，没有进展的写明原因。",
    example: "目标值填了6.5%，累计完成空着：补填累计完成后消除。",
};

pub(super) static PLACEHOLDER_TEXT: Kind = Kind {
    code: "placeholder-text",
    title: "空话代填",
    severity: Severity::Warning,
    reports: "必须写明情况的一格只写了“无”“/”“同上”“按计划推进”一类的话。",
    matters: "看不出做了什么、做到哪一步。",
    remedy: "请写明本期做了什么、完成多少、还差什么。",
    example: "进展情况只写“按计划推进”：写明具体进展后消除。",
};

/// Required narratives that say nothing.
pub(super) fn narratives(context: &Context<'_>, row: &Row<'_>, findings: &mut Vec<Finding>) {
    for field in [Field::Progress, Field::Problem, Field::Plan] {
        if !wanted(context, row, field) {
            continue;
        }
        let Some(first) = row.entry(field) else { continue };
        // Where a row is behind, 没有问题 is no answer.
        let says_nothing = |entry: &Entry| {
            context.says_nothing(&entry.text) || (field == Field::Problem && placeholder::denies_problems(&entry.text))
        };
        if !row.record.entries_of(field).all(says_nothing) {
            continue;
        }
        let title = title_of(row, field);
        let text = shorten(&first.text, 20);
        let (said, wanted) = match field {
            Field::Problem if row.record.values.status == Some(Status::Behind) => {
                ("，状态却是滞后", "写明卡在哪里、因为什么")
            }
            Field::Problem => ("", "写明有什么问题、因为什么"),
            Field::Plan => ("", "写明下一步做什么、什么时候做完"),
            _ => ("", "写明做了什么、完成多少、还差什么"),
        };
        let message = format!("“{title}”只写了{}{said}，请{wanted}。", quote(&text));
        let finding = row.finding(&PLACEHOLDER_TEXT, first.at, message).found(text);
        findings.push(finding.expected("具体的情况").fix(wanted));
    }
}

/// Whether the row must fill in a field.
pub(super) fn wanted(context: &Context<'_>, row: &Row<'_>, field: Field) -> bool {
    match context.plan.form.requirement(field) {
        Requirement::Always => true,
        Requirement::WithTarget => has_target(row),
        Requirement::WhenLate => row.record.values.status == Some(Status::Behind),
        Requirement::OneOf | Requirement::Never => false,
    }
}

fn has_target(row: &Row<'_>) -> bool {
    row.record.values.target.is_some()
}

/// The columns of the form in which something may be wanted: in most of them nothing is, whatever the row.
pub(super) fn columns<'a>(context: &Context<'a>) -> Vec<&'a FormColumn> {
    let form = &context.plan.form;
    let may_be_wanted =
        |column: &&FormColumn| !matches!(form.requirement(column.key), Requirement::OneOf | Requirement::Never);
    form.columns.iter().filter(may_be_wanted).collect()
}

/// Required cells that are blank. Rows that share a task cell are one task: a field that only the first of them
/// fills in is filled in for all.
pub(super) fn blanks(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let sources = context.sources();
    let asked = context.numbered_rows().filter(|(.., row)| row.matched.outcome != Outcome::Extra || is_reported(row));
    let mut rows: Vec<((usize, usize, usize), Row<'_>)> =
        asked.map(|(filed, _, row)| ((sources[filed], row.record.sheet, row.record.group), row)).collect();
    rows.sort_by_key(|(task_cell, _)| *task_cell);
    let columns = columns(context);
    for group in rows.chunk_by(|(one, _), (next, _)| one == next) {
        for column in &columns {
            let field = column.key;
            // Of a row outside the list no more is asked than of every row.
            let asked = |row: &Row<'_>| row.matched.outcome != Outcome::Extra || column.required == Requirement::Always;
            let wants = |row: &&Row<'_>| wanted(context, row, field) && asked(row) && row.has_place(field);
            let wanting = || group.iter().map(|(_, row)| row).filter(wants);
            let blank: Vec<&Row<'_>> = wanting().filter(|row| is_blank_in(row, field)).collect();
            if blank.is_empty() {
                continue;
            }
            let filled = wanting().count() - blank.len();
            let of_each = column.required == Requirement::WithTarget || (filled >= 2 && filled > blank.len());
            let first_only = filled == 0;
            for row in blank.iter().take(if of_each { usize::MAX } else { usize::from(first_only) }) {
                findings.push(blank_field(row, field, column.required));
            }
        }
    }
}

/// Whether a row outside the list is reported as if it stood on it: its state or its progress is told.
fn is_reported(row: &Row<'_>) -> bool {
    [Field::Status, Field::Progress].into_iter().any(|field| row.entry(field).is_some() && !is_blank_in(row, field))
}

/// Whether nothing stands in the field. A narrative that says 无 is a placeholder, not blank.
fn is_blank_in(row: &Row<'_>, field: Field) -> bool {
    let narrative = matches!(field, Field::Progress | Field::Problem | Field::Plan);
    row.record.entries_of(field).all(|entry| match &entry.value {
        Value::Error(_) | Value::NotCalculated => false,
        _ => entry.text.trim().is_empty() || (!narrative && is_blank(&entry.text)),
    })
}

fn blank_field(row: &Row<'_>, field: Field, requirement: Requirement) -> Finding {
    let cell: CellRef = row.cell(field);
    let title = title_of(row, field);
    let task = if row.matched.tasks.is_empty() { "这一行".to_owned() } else { row.cited() };
    let message = match requirement {
        Requirement::WithTarget => {
            let target = row.record.values.target.as_ref().map(say).unwrap_or_default();
            format!("{task}的目标值是{target}，“{title}”空着，请补填。")
        }
        Requirement::WhenLate => format!("{task}进度滞后，“{title}”空着，请写明原因。"),
        _ => format!("{task}的“{title}”空着，请补填。"),
    };
    row.finding(&BLANK_FIELD, cell, message).found("空白").expected(format!("填写{title}")).fix(format!("补填{title}"))
}
