//! Has the table its columns, and do its totals add up?

use std::collections::BTreeSet;

use super::context::{Context, Row, number, plain_title, quote, shorten};
use super::finding::{Finding, Kind, Severity};
use crate::list::{Field, Requirement};
use crate::location::CellRef;
use crate::records::values::Quantity;
use crate::records::values::quantity::{self, Reading};
use crate::records::values::unit::{Unit, convert};
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
    for matched in read {
        let submission = &matched.submission;
        let rows: Vec<Row<'_>> = context.rows_of(matched).collect();
        for (sheet, summary) in submission.sheets.iter().enumerate().filter(|(_, summary)| summary.counted) {
            for table in &summary.tables {
                let totals = Totals { rows: &rows, submission, sheet, table };
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
                // A column wanted by single rows only is no column of the form.
                Requirement::WhenLate | Requirement::OneOf | Requirement::Never => false,
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
    let titles: Vec<String> = table.columns.iter().map(|column| plain_title(&column.title)).collect();
    let titles: Vec<&str> = titles.iter().map(String::as_str).filter(|title| !title.is_empty()).collect();
    let header_words = quote(&shorten(&titles.join("、"), 60));
    let message = format!("这张表的表头是{header_words}，没有“{title}”列，请补上这一列并填写。");
    let finding = Finding::new(&MISSING_COLUMN, message).township(row.township());
    let finding = finding.at(&row.submission.file, Some(row.sheet()), Some(cell)).found(titles.join("、"));
    let expected = if title == field.title() { title.to_owned() } else { format!("{title}（{}）", field.title()) };
    finding.expected(expected).fix(format!("补上“{title}”列；已有这一列的，把表头改成“{title}”"))
}

/// The totals of one table.
struct Totals<'a, 'b> {
    rows: &'b [Row<'a>],
    submission: &'a Submission,
    sheet: usize,
    table: &'a TableSummary,
}

impl<'a> Totals<'a, '_> {
    fn check(&self, total: &WrittenTotal, findings: &mut Vec<Finding>) {
        if self.is_no_sum(total) {
            return;
        }
        let (rows, below) = (self.rows_of(total), self.rows_below(total));
        let stated = self.table.columns.iter().filter_map(|column| {
            let of = Of { field: column.field, column: column.column };
            let summed = match column.field {
                Some(field) => field.is_quantity(),
                None => is_summed(column, &rows),
            };
            summed.then_some(())?;
            Some((column, of, self.stated(CellRef::new(total.row, column.column), column)?))
        });
        let stated: Vec<Stated<'_>> = stated.collect();
        let subtotal = self.is_subtotal(total);
        let heads = Self::heads(&stated, &rows, &below);
        let start = || self.start_of_one_task(total, &stated, &rows).or_else(|| start_closed(&stated, &rows));
        let closed = if subtotal && !heads { start() } else { None }.map(|start| from(&rows, start));
        for (column, of, stated) in &stated {
            let sum = match &closed {
                _ if heads => sum_of(stated, &below, *of).filter(|_| !adds_up(stated, &below, *of)),
                Some(closed) if adds_up(stated, closed, *of) => None,
                Some(closed) => sum_of(stated, closed, *of),
                None if sum_of(stated, &below, *of).is_some_and(|sum| (sum - stated.value).abs() < 1e-6) => None,
                None => mismatch(stated, &rows, *of, subtotal),
            };
            if let Some(sum) = sum {
                findings.push(self.finding(CellRef::new(total.row, column.column), column, stated, sum, &rows));
            }
        }
    }

    /// The sheet row from which on a subtotal closes the rows of one task, where it names what they have in common:
    /// 照料中心小计 after 九厅照料中心 and 小三盘照料中心.
    fn start_of_one_task(&self, total: &WrittenTotal, stated: &[Stated<'_>], rows: &[Row<'a>]) -> Option<u32> {
        let last = rows.last()?;
        let run = rows.iter().rev().take_while(|row| row.matched.tasks == last.matched.tasks).count();
        let run = &rows[rows.len() - run..];
        let kept = self.submission.kept.iter().filter(|cell| cell.sheet == self.sheet && cell.at.row == total.row);
        let label = kept.map(|cell| cell.text.as_str()).find(|text| text.contains("小计") || text.contains("合计"))?;
        let what = label.replace("小计", "").replace("合计", "");
        let what = what.trim_matches(|c: char| !c.is_alphanumeric());
        let named = |row: &Row<'_>| row.record.entries.iter().any(|entry| entry.text.contains(what));
        let start = run.first()?.record.at.row;
        let closes = stated.iter().any(|(_, of, stated)| starts_closed(stated, rows, *of).contains(&start));
        (run.len() >= 2 && what.chars().count() >= 2 && run.iter().all(named) && closes).then_some(start)
    }

    /// Whether a total stands above its rows: a column of it is the sum of the rows below, and none is that of those above.
    fn heads(stated: &[Stated<'_>], above: &[Row<'a>], below: &[Row<'a>]) -> bool {
        let is_sum_of = |rows: &[Row<'a>]| {
            stated.iter().any(|(_, of, stated)| {
                let values = rows.iter().filter(|row| value_of(row, *of).is_some()).count();
                let sum = sum_of(stated, rows, *of).filter(|_| values >= 2 && stated.value > 0.0);
                sum.is_some_and(|sum| (sum - stated.value).abs() < 1e-6)
            })
        };
        is_sum_of(below) && start_closed(stated, above).is_none()
    }

    /// The rows that a total is over, as far as the table tells.
    fn rows_of(&self, total: &WrittenTotal) -> Vec<Row<'a>> {
        let on_sheet = self.rows.iter().filter(|row| row.record.sheet == self.sheet);
        let within = on_sheet.filter(|row| (total.first_row..=total.last_row).contains(&row.record.at.row));
        within.filter(|row| self.table.region.contains(row.record.at)).copied().collect()
    }

    /// The total written in a cell, in the unit of the cell, the column or the row.
    fn stated(&self, at: CellRef, column: &TableColumn) -> Option<Quantity> {
        let text = self.kept(at)?;
        let unit_column = self.table.columns.iter().find(|column| column.field == Some(Field::Unit));
        let unit = unit_column.and_then(|column| self.kept(CellRef::new(at.row, column.column)));
        let around = column.unit.as_deref().or(unit.filter(|unit| Unit::parse(unit).is_some()));
        match quantity::read(&Value::Text(text.to_owned()), text, around) {
            Reading::Read(quantity) => Some(quantity),
            Reading::Blank | Reading::Unreadable => None,
        }
    }

    /// The text of a cell of a total row.
    fn kept(&self, at: CellRef) -> Option<&'a str> {
        let mut kept = self.submission.kept.iter();
        let cell = kept.find(|cell| cell.sheet == self.sheet && cell.at == at && cell.role == KeptRole::Total)?;
        Some(cell.text.as_str())
    }

    /// Whether the row states means or shares: of these nothing adds up.
    fn is_no_sum(&self, total: &WrittenTotal) -> bool {
        const MEANS: &[&str] = &["平均", "月均", "户均", "人均", "均值", "完成率", "占比"];
        let mut on_row =
            self.submission.kept.iter().filter(|cell| cell.sheet == self.sheet && cell.at.row == total.row);
        on_row.any(|cell| MEANS.iter().any(|word| cell.text.contains(word)))
    }

    /// The rows between a total and the next one: some clerks write a subtotal above its rows.
    fn rows_below(&self, total: &WrittenTotal) -> Vec<Row<'a>> {
        let next = self.table.totals.iter().map(|other| other.row).filter(|row| *row > total.row).min();
        let on_sheet = self.rows.iter().filter(|row| row.record.sheet == self.sheet);
        let between =
            on_sheet.filter(|row| row.record.at.row > total.row && row.record.at.row < next.unwrap_or(u32::MAX));
        between.filter(|row| self.table.region.contains(row.record.at)).copied().collect()
    }

    /// Whether the total row calls itself a subtotal, or stands amid the rows and closes those above it.
    fn is_subtotal(&self, total: &WrittenTotal) -> bool {
        let on_row = self.submission.kept.iter().filter(|cell| cell.sheet == self.sheet && cell.at.row == total.row);
        let closes = total.last_row < total.row && self.has_rows_below(total.row);
        closes || on_row.into_iter().any(|cell| cell.text.replace(char::is_whitespace, "").contains("小计"))
    }

    fn has_rows_below(&self, row: u32) -> bool {
        let on_sheet = self.rows.iter().filter(|one| one.record.sheet == self.sheet);
        on_sheet.into_iter().any(|one| one.record.at.row > row && self.table.region.contains(one.record.at))
    }

    fn finding(&self, at: CellRef, column: &TableColumn, stated: &Quantity, sum: f64, rows: &[Row<'_>]) -> Finding {
        let unit = stated
            .unit
            .clone()
            .or_else(|| unit_of(rows, Of { field: column.field, column: column.column }))
            .unwrap_or_default();
        let (found, expected) = (format!("{}{unit}", number(stated.value)), format!("{}{unit}", number(sum)));
        let title = plain_title(&column.title);
        let title = if title.is_empty() { column.field.map_or("数", Field::title).to_owned() } else { title };
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

/// Which values of the rows a total is over: those of a field, or of a column that the form does not know.
#[derive(Clone, Copy)]
struct Of {
    field: Option<Field>,
    column: u32,
}

fn value_of(row: &Row<'_>, of: Of) -> Option<Quantity> {
    let values = &row.record.values;
    match of.field {
        Some(Field::Target) => values.target.clone(),
        Some(Field::PeriodDone) => values.period_done.clone(),
        Some(Field::Done) => values.done.clone(),
        Some(_) => None,
        None => {
            let mut entries = row.record.entries.iter();
            let entry = entries.find(|entry| entry.at.column == of.column && !entry.shared)?;
            match quantity::read(&entry.value, &entry.text, entry.unit.as_deref()) {
                Reading::Read(quantity) => Some(quantity),
                Reading::Blank | Reading::Unreadable => None,
            }
        }
    }
}

/// Whether a column that the form does not know holds amounts that add up: numbers in all its rows, three at least.
fn is_summed(column: &TableColumn, rows: &[Row<'_>]) -> bool {
    const FEWEST: usize = 3;
    const NO_AMOUNTS: &[&str] =
        &["率", "比", "号", "电话", "年份", "月份", "日期", "时间", "均", "排名", "名次", "得分"];
    let entries: Vec<_> = rows
        .iter()
        .flat_map(|row| row.record.entries.iter())
        .filter(|entry| entry.at.column == column.column && entry.field.is_none())
        .collect();
    let is_amount = |text: &str| {
        let text = text.trim();
        !text.ends_with('%') && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-'))
    };
    !NO_AMOUNTS.iter().any(|word| column.title.contains(word))
        && entries.len() >= FEWEST
        && entries.iter().all(|entry| is_amount(&entry.text))
}

fn unit_of(rows: &[Row<'_>], of: Of) -> Option<String> {
    rows.iter().find_map(|row| value_of(row, of).and_then(|quantity| quantity.unit))
}

/// A row's value in the unit of the total.
struct Addend<'a> {
    tasks: &'a [u32],
    value: f64,
}

/// The sum of the rows, where the stated total agrees with no way of adding them up.
///
/// A row followed by the villages or indicators of its task is their sum already: the total may be meant over the
/// parts, over the wholes, or over everything; and a subtotal over the last task's rows only.
fn mismatch(stated: &Quantity, rows: &[Row<'_>], of: Of, subtotal: bool) -> Option<f64> {
    let with_value: Vec<&Row<'_>> = rows.iter().filter(|row| value_of(row, of).is_some()).collect();
    let last = with_value.last()?.matched.tasks.as_slice();
    let tail = with_value.iter().rev().take_while(|row| row.matched.tasks == last).count();
    let tail = addends(stated, &with_value[with_value.len() - tail..], of).filter(|tail| tail.len() >= 2);
    let whole = addends(stated, &with_value, of);
    let parts = whole.as_deref().into_iter().chain(tail.as_deref()).filter(|rows| rows.len() >= 2);
    let agrees = |rows: &[Addend<'_>]| sums(rows).into_iter().any(|sum| is_sum(stated, sum, rows));
    if parts.into_iter().any(agrees) || (subtotal && closes_some(stated, &with_value, of, agrees)) {
        return None;
    }
    let meant = if subtotal { tail.or(whole) } else { whole.or(tail) }?;
    if meant.len() < 2 {
        return None;
    }
    // The first sum over parts where all rows after the first are parts of it, else the sum over everything.
    let sums = sums(&meant);
    let one_task = meant.iter().all(|row| row.tasks == meant[0].tasks) && subtotal && is_parent(&meant);
    if one_task { sums.last().copied() } else { sums.first().copied() }
}

/// Nobody adds up more rows than that by hand.
const MOST: usize = 200;

/// Whether a total amid the rows is the sum of some rows right above it, two at least.
fn closes_some(stated: &Quantity, rows: &[&Row<'_>], of: Of, agrees: impl Fn(&[Addend<'_>]) -> bool) -> bool {
    (2..=rows.len().min(MOST))
        .map_while(|count| addends(stated, &rows[rows.len() - count..], of))
        .any(|above| agrees(&above))
}

/// A column of a total row, and what is written there.
type Stated<'a> = (&'a TableColumn, Of, Quantity);

/// From which sheet row on a subtotal closes the rows above it: where all its columns agree, else where one does, the
/// target before what was done.
fn start_closed(stated: &[Stated<'_>], rows: &[Row<'_>]) -> Option<u32> {
    let starts = || stated.iter().flat_map(|(_, of, stated)| starts_closed(stated, rows, *of));
    let agrees = |start: &u32| stated.iter().all(|(_, of, stated)| adds_up(stated, &from(rows, *start), *of));
    starts().find(agrees).or_else(|| starts().next())
}

/// The sheet rows from which on the rows right above a total, two at least, add up to it; the nearest first.
fn starts_closed(stated: &Quantity, rows: &[Row<'_>], of: Of) -> Vec<u32> {
    let rows: Vec<&Row<'_>> = rows.iter().filter(|row| value_of(row, of).is_some()).collect();
    let above = (2..=rows.len().min(MOST)).map(|count| &rows[rows.len() - count..]);
    above
        .map_while(|above| Some((above[0].record.at.row, addends(stated, above, of)?)))
        .filter(|(_, addends)| agree(stated, addends))
        .map(|(start, _)| start)
        .collect()
}

/// The rows from a sheet row on.
fn from<'a>(rows: &[Row<'a>], start: u32) -> Vec<Row<'a>> {
    rows.iter().filter(|row| row.record.at.row >= start).copied().collect()
}

/// Whether the rows add up to a stated total, or cannot be added up.
fn adds_up(stated: &Quantity, rows: &[Row<'_>], of: Of) -> bool {
    let with_value: Vec<&Row<'_>> = rows.iter().filter(|row| value_of(row, of).is_some()).collect();
    let addends = addends(stated, &with_value, of).filter(|addends| addends.len() >= 2);
    addends.is_none_or(|addends| sums(&addends).iter().any(|sum| is_sum(stated, *sum, &addends)))
}

/// The sum of all rows.
fn sum_of(stated: &Quantity, rows: &[Row<'_>], of: Of) -> Option<f64> {
    let with_value: Vec<&Row<'_>> = rows.iter().filter(|row| value_of(row, of).is_some()).collect();
    Some(addends(stated, &with_value, of)?.iter().map(|addend| addend.value).sum())
}

/// Whether values add up to a stated total.
fn agree(stated: &Quantity, rows: &[Addend<'_>]) -> bool {
    is_sum(stated, rows.iter().map(|row| row.value).sum(), rows)
}

fn is_sum(stated: &Quantity, sum: f64, rows: &[Addend<'_>]) -> bool {
    (sum - stated.value).abs() <= tolerance(stated, rows)
}

/// Values in the unit of the total; `None` where they do not go together.
fn addends<'a>(stated: &Quantity, rows: &[&Row<'a>], of: Of) -> Option<Vec<Addend<'a>>> {
    let first = rows.iter().find_map(|row| value_of(row, of).and_then(|quantity| quantity.unit));
    let unit = stated.unit.as_deref().or(first.as_deref());
    let addend = |row: &&Row<'a>| {
        let quantity = value_of(row, of).filter(|quantity| quantity.high.is_none())?;
        let value = convert(quantity.value, quantity.unit.as_deref().or(unit), unit)?;
        Some(Addend { tasks: &row.matched.tasks, value })
    };
    rows.iter().map(addend).collect()
}

/// The sums that a total may be meant as: over everything, over the wholes, over the parts.
fn sums(rows: &[Addend<'_>]) -> Vec<f64> {
    let part = |index: &usize| *index > 0 && rows[*index].tasks == rows[*index - 1].tasks;
    let over =
        |chosen: &dyn Fn(&usize) -> bool| (0..rows.len()).filter(chosen).map(|index| rows[index].value).sum::<f64>();
    let mut sums = vec![over(&|_| true)];
    if (0..rows.len()).any(|index| part(&index)) {
        sums.extend([over(&|index| !part(index)), over(&part)]);
    }
    sums
}

/// Whether the first row is the sum of the others, or about so.
fn is_parent(rows: &[Addend<'_>]) -> bool {
    let parts: f64 = rows[1..].iter().map(|row| row.value).sum();
    rows.len() >= 3 && (rows[0].value - parts).abs() <= 0.1 * parts
}

/// Rounded rows add up to a rounded total only within half a unit of the last place each.
fn tolerance(stated: &Quantity, rows: &[Addend<'_>]) -> f64 {
    let decimals = rows.iter().map(|row| places(row.value)).max().unwrap_or(0).max(places(stated.value));
    let count = f64::from(u32::try_from(rows.len()).unwrap_or(u32::MAX));
    if decimals == 0 { 1e-6 } else { 0.5 * 0.1f64.powi(decimals) * count.min(4.0) + 1e-9 }
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
