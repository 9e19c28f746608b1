//! Has the table its columns, and do its totals add up?

use std::collections::BTreeSet;

use super::context::{Context, Row, number};
use super::finding::{Finding, Kind, Severity};
use crate::list::{Field, Requirement};
use crate::location::CellRef;
use crate::records::values::quantity::{self, Reading};
use crate::records::values::unit::convert;
use crate::records::values::{Quantity, Status};
use crate::records::{KeptRole, Submission, SubmissionStatus, TableSummary, WrittenTotal};
use crate::tables::TableColumn;
use crate::workbooks::Value;

pub(super) static MISSING_COLUMN: Kind = Kind {
    code: "missing-column",
    title: "缺少必填列",
    severity: Severity::Error,
    reports: "表里没有必须填报的一列；每张表每列只提一次。",
    matters: "这张表的所有行都缺这一项内容。",
    remedy: "请补上这一列并填写，或者改用下发的模板。",
    example: "表里没有“进展状态”列：补上这一列后消除。",
};

pub(super) static TOTAL_MISMATCH: Kind = Kind {
    code: "total-mismatch",
    title: "合计不符",
    severity: Severity::Warning,
    reports: "表里写的小计或合计，与各行相加的结果不一样。",
    matters: "不知道是某一行错了，还是合计错了。",
    remedy: "请核对各行和合计，改正写错的一个。",
    example: "四个村为14、8、6、5宗，小计写36宗，应为33宗：改正后消除。",
};

/// Finds missing columns and totals that do not add up.
pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    columns(context, findings);
    let read = context.submissions.iter().filter(|matched| matched.submission.status == SubmissionStatus::Read);
    for submission in read.map(|matched| &matched.submission) {
        for (sheet, summary) in submission.sheets.iter().enumerate().filter(|(_, summary)| summary.counted) {
            for table in &summary.tables {
                let totals = Totals { context, submission, sheet, table };
                for total in &table.totals {
                    totals.check(total, findings);
                }
            }
        }
    }
}

/// Required columns that a table with rows lacks, once for each table and column.
fn columns(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut seen = BTreeSet::new();
    for row in context.rows() {
        let Some(table) = row.table().filter(|table| !table.columns.is_empty()) else { continue };
        for column in &context.plan.form.columns {
            let has = |field: Field| table.columns.iter().any(|column| column.field == Some(field));
            let wanted = match column.required {
                Requirement::Always => true,
                Requirement::WithTarget => row.record.values.target.is_some(),
                Requirement::WhenLate => row.record.values.status == Some(Status::Behind),
                Requirement::OneOf | Requirement::Never => false,
            };
            let first = table.region.first;
            let key = (row.submission.file.as_str(), row.township(), row.record.sheet, first, column.key);
            if wanted && !has(column.key) && seen.insert(key) {
                findings.push(missing_column(&row, table, column.key, &column.title));
            }
        }
    }
}

fn missing_column(row: &Row<'_>, table: &TableSummary, field: Field, title: &str) -> Finding {
    let header = table.header_rows.last().copied().unwrap_or(table.region.first.row);
    let cell = CellRef::new(header, table.region.first.column);
    let message = format!("这张表没有“{title}”列，请补上这一列并填写。");
    let finding = Finding::new(&MISSING_COLUMN, message).township(row.township());
    let titles: Vec<&str> = table.columns.iter().map(|column| column.title.as_str()).collect();
    let finding = finding.at(&row.submission.file, Some(row.sheet()), Some(cell)).found(titles.join("、"));
    finding.expected(format!("{title}（{}）", field.title())).fix(format!("补上“{title}”列"))
}

/// The totals of one table.
struct Totals<'a, 'b> {
    context: &'b Context<'a>,
    submission: &'a Submission,
    sheet: usize,
    table: &'a TableSummary,
}

impl<'a> Totals<'a, '_> {
    fn check(&self, total: &WrittenTotal, findings: &mut Vec<Finding>) {
        let rows: Vec<Row<'a>> = self
            .context
            .rows()
            .filter(|row| std::ptr::eq(row.submission, self.submission) && row.record.sheet == self.sheet)
            .filter(|row| (total.first_row..=total.last_row).contains(&row.record.at.row))
            .filter(|row| self.table.region.contains(row.record.at))
            .collect();
        for column in &self.table.columns {
            let Some(field) = column.field.filter(|field| field.is_quantity()) else { continue };
            let at = CellRef::new(total.row, column.column);
            let Some(stated) = self.stated(at, column) else { continue };
            if let Some(sum) = mismatch(&stated, &rows, field) {
                findings.push(self.finding(at, column, &stated, sum, &rows));
            }
        }
    }

    /// The total written in a cell.
    fn stated(&self, at: CellRef, column: &TableColumn) -> Option<Quantity> {
        let mut kept = self.submission.kept.iter();
        let cell = kept.find(|cell| cell.sheet == self.sheet && cell.at == at && cell.role == KeptRole::Total)?;
        match quantity::read(&Value::Text(cell.text.clone()), &cell.text, column.unit.as_deref()) {
            Reading::Read(quantity) => Some(quantity),
            Reading::Blank | Reading::Unreadable => None,
        }
    }

    fn finding(&self, at: CellRef, column: &TableColumn, stated: &Quantity, sum: f64, rows: &[Row<'_>]) -> Finding {
        let unit = stated.unit.clone().or_else(|| unit_of(rows, column.field)).unwrap_or_default();
        let (found, expected) = (format!("{}{unit}", number(stated.value)), format!("{}{unit}", number(sum)));
        let title = column.title.rsplit('›').next().unwrap_or(&column.title);
        let message = format!("“{title}”的合计写的是{found}，各行相加是{expected}，请核对。");
        let sheet = self.submission.sheets.get(self.sheet).map(|sheet| sheet.name.as_str());
        let finding = Finding::new(&TOTAL_MISMATCH, message).township(self.submission.township.value.as_deref());
        let mut tasks: Vec<u32> = rows.iter().flat_map(|row| row.matched.tasks.iter().copied()).collect();
        tasks.sort_unstable();
        tasks.dedup();
        let tasks = if tasks.len() == 1 { tasks } else { Vec::new() };
        let fix = format!("核对各行后改为{expected}");
        finding.tasks(&tasks).at(&self.submission.file, sheet, Some(at)).found(found).expected(expected).fix(fix)
    }
}

fn value_of<'a>(row: &Row<'a>, field: Field) -> Option<&'a Quantity> {
    let values = &row.record.values;
    match field {
        Field::Target => values.target.as_ref(),
        Field::PeriodDone => values.period_done.as_ref(),
        Field::Done => values.done.as_ref(),
        _ => None,
    }
}

fn unit_of(rows: &[Row<'_>], field: Option<Field>) -> Option<String> {
    let field = field?;
    rows.iter().find_map(|row| value_of(row, field).and_then(|quantity| quantity.unit.clone()))
}

/// The sum of the rows, where the stated total agrees with no way of adding them up.
///
/// A row followed by the villages or indicators of its task is their sum already: the total may be meant over the
/// parts, over the wholes, or over everything.
fn mismatch(stated: &Quantity, rows: &[Row<'_>], field: Field) -> Option<f64> {
    let unit = stated.unit.clone().or_else(|| unit_of(rows, Some(field)));
    let mut values = Vec::new();
    for row in rows {
        let Some(quantity) = value_of(row, field) else { continue };
        // Rows in units that do not go together have no sum.
        let own = quantity.unit.as_deref().or(unit.as_deref());
        let value = convert(quantity.value, own, unit.as_deref())?;
        if quantity.high.is_some() {
            return None;
        }
        values.push((row, value));
    }
    if values.len() < 2 {
        return None;
    }
    let part = |index: usize| index > 0 && values[index].0.matched.tasks == values[index - 1].0.matched.tasks;
    let all: f64 = values.iter().map(|(_, value)| value).sum();
    let wholes: f64 = (0..values.len()).filter(|index| !part(*index)).map(|index| values[index].1).sum();
    let parts: f64 = (0..values.len()).filter(|index| part(*index)).map(|index| values[index].1).sum();
    let decimals = values.iter().map(|(_, value)| places(*value)).max().unwrap_or(0).max(places(stated.value));
    let rows = f64::from(u32::try_from(values.len()).unwrap_or(u32::MAX));
    // Rounded rows add up to a rounded total only within half a unit of the last place each.
    let tolerance = if decimals == 0 { 1e-6 } else { 0.5 * 0.1f64.powi(decimals) * rows.min(4.0) + 1e-9 };
    let agrees = |sum: f64| (sum - stated.value).abs() <= tolerance;
    let has_parts = (0..values.len()).any(part);
    if agrees(all) || (has_parts && (agrees(wholes) || agrees(parts))) {
        return None;
    }
    Some(if has_parts && !part(0) && (1..values.len()).all(part) { parts } else { all })
}

/// Decimal places of a number, at most six.
fn places(value: f64) -> i32 {
    (0..6)
        .find(|places| {
            let scaled = value * 10f64.powi(*places);
            (scaled - scaled.round()).abs() < 1e-6
        })
        .unwrap_or(6)
}
