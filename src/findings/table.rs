//! Has the table its columns, and do its totals add up?

use std::collections::BTreeSet;

use super::adding_up::{
    Of, Stated, adds_up, is_summed, mismatch, rows_from, start_closed, starts_closed, sum_of, unit_of, value_of,
};
use super::context::{Context, Row, number, plain_title, quote, shorten};
use super::finding::{Finding, Kind, Severity};
use super::required::{self, wanted};
use crate::list::{Field, FormColumn, Requirement};
use crate::location::CellRef;
use crate::records::values::Quantity;
use crate::records::values::quantity::{self, Reading};
use crate::records::values::unit::Unit;
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
    let may_be_wanted = required::columns(context);
    for row in context.rows() {
        let Some(table) = row.table().filter(|table| !table.columns.is_empty()) else { continue };
        for &column in &may_be_wanted {
            let has = |field: Field| table.columns.iter().any(|column| column.field == Some(field));
            let first = table.region.first;
            let key = (row.submission.file.as_str(), row.township(), row.record.sheet, first, column.key);
            if !has(column.key) && wanted(context, &row, column.key) && seen.insert(key) {
                findings.push(missing_column(&row, table, column));
            }
        }
    }
}

fn missing_column(row: &Row<'_>, table: &TableSummary, column: &FormColumn) -> Finding {
    let (field, title) = (column.key, column.title.as_str());
    let header = table.header_rows.last().copied().unwrap_or(table.region.first.row);
    let cell = CellRef::new(header, table.region.first.column);
    let titles: Vec<String> = table.columns.iter().map(|column| plain_title(&column.title)).collect();
    let titles: Vec<&str> = titles.iter().map(String::as_str).filter(|title| !title.is_empty()).collect();
    let header_words = quote(&shorten(&titles.join("、"), 60));
    let late = if column.required == Requirement::WhenLate { "有滞后的任务，却" } else { "" };
    let message = format!("这张表的表头是{header_words}，{late}没有“{title}”列，请补上这一列并填写。");
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
        let closed = if subtotal && !heads { start() } else { None }.map(|start| rows_from(&rows, start));
        let closed = closed.or_else(|| self.rows_named(total, &stated));
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
        let what = self.what(total)?;
        let named = |row: &Row<'_>| row.record.entries.iter().any(|entry| entry.text.contains(&what));
        let start = run.first()?.record.at.row;
        let closes = stated.iter().any(|(_, of, stated)| starts_closed(stated, rows, *of).contains(&start));
        (run.len() >= 2 && run.iter().all(named) && closes).then_some(start)
    }

    /// What a total says it is of: 照料中心 of 照料中心小计.
    fn what(&self, total: &WrittenTotal) -> Option<String> {
        let kept = self.submission.kept.iter().filter(|cell| cell.sheet == self.sheet && cell.at.row == total.row);
        let label = kept.map(|cell| &*cell.text).find(|text| text.contains("小计") || text.contains("合计"))?;
        let what = label.replace("小计", "").replace("合计", "");
        let what = what.trim_matches(|c: char| !c.is_alphanumeric());
        (what.chars().count() >= 2).then(|| what.to_owned())
    }

    /// The rows above that bear the name of a total, wherever they stand, where one of its columns is their sum: 和美庭院小计
    /// at the end of a table in which every village has a row for its 和美庭院.
    fn rows_named(&self, total: &WrittenTotal, stated: &[Stated<'_>]) -> Option<Vec<Row<'a>>> {
        let what = self.what(total)?;
        let on_sheet = self.rows.iter().filter(|row| row.record.sheet == self.sheet && row.record.at.row < total.row);
        let named = on_sheet
            .filter(|row| self.table.region.contains(row.record.at) && row.record.text(Field::Name).contains(&what));
        let named: Vec<Row<'a>> = named.copied().collect();
        let is_their_sum = |(_, of, stated): &Stated<'_>| {
            sum_of(stated, &named, *of).is_some_and(|sum| (sum - stated.value).abs() < 1e-6)
        };
        (named.len() >= 2 && stated.iter().any(is_their_sum)).then_some(named)
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
        match quantity::read(&Value::Text(text.into()), text, around) {
            Reading::Read(quantity) => Some(quantity),
            Reading::Blank | Reading::Unreadable => None,
        }
    }

    /// The text of a cell of a total row.
    fn kept(&self, at: CellRef) -> Option<&'a str> {
        let mut kept = self.submission.kept.iter();
        let cell = kept.find(|cell| cell.sheet == self.sheet && cell.at == at && cell.role == KeptRole::Total)?;
        Some(&*cell.text)
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
