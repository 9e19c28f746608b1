//! What does the consolidated workbook of the period before tell? Its 明细 says what was reported, its 问题清单 what was
//! found and what was explained since.
//!
//! Each row of 明细 that counted carries what the checks compare with in a hidden column, named as in the result file; so
//! both tell the same.

use anyhow::{Context as _, bail};
use serde::Serialize;
use serde_json::Value as Json;

use super::explanations::{EXPLANATION_HEADING, KEY_HEADING, read_key};
use super::finding::Severity;
use super::previous::{Previous, PreviousFinding, PreviousRow, row_of};
use crate::records::values::{Precision, Quantity, Status, Values};
use crate::workbooks::{OWN_SHEET, Sheet, Workbook};

/// First part of every record's key; the number is the version of its form.
const MARK: &str = "hedui-record/1";
/// Heading of the hidden column with the records' keys.
pub const RECORD_HEADING: &str = "记录标识";
/// Headings by which the columns are known.
const PROGRESS_HEADING: &str = "进展情况";
const SEVERITY_HEADING: &str = "级别";

/// What a record tells the period after it, a JSON object on one line without what there is nothing to say of. The narrative
/// stands in a column of its own.
pub fn record_key(township: &str, tasks: &[u32], indicator: Option<&str>, values: &Values) -> String {
    let values = ToldValues {
        done: values.done.as_ref().map(ToldQuantity::of),
        status: values.status,
        target: values.target.as_ref().map(ToldQuantity::of),
    };
    // Nothing in it can fail to become text.
    serde_json::to_string(&ToldRecord { indicator, mark: MARK, tasks, township, values }).unwrap_or_default()
}

/// What a key says, in the order of its members.
#[derive(Serialize)]
struct ToldRecord<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    indicator: Option<&'a str>,
    mark: &'a str,
    tasks: &'a [u32],
    township: &'a str,
    #[serde(skip_serializing_if = "ToldValues::are_none")]
    values: ToldValues<'a>,
}

/// What a key says of a record's values.
#[derive(Serialize)]
struct ToldValues<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    done: Option<ToldQuantity<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<Status>,
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<ToldQuantity<'a>>,
}

impl ToldValues<'_> {
    const fn are_none(&self) -> bool {
        self.done.is_none() && self.status.is_none() && self.target.is_none()
    }
}

/// A quantity in a key.
#[derive(Serialize)]
struct ToldQuantity<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    high: Option<f64>,
    precision: Precision,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'a str>,
    value: f64,
}

impl<'a> ToldQuantity<'a> {
    fn of(quantity: &'a Quantity) -> Self {
        let Quantity { value, unit, precision, high } = quantity;
        Self { high: *high, precision: *precision, unit: unit.as_deref(), value: *value }
    }
}

/// Reads the workbook.
///
/// # Errors
/// Where it is no consolidated workbook, or one of an earlier version whose 明细 has no keys.
pub(super) fn read(workbook: &Workbook) -> anyhow::Result<Previous> {
    let mark = workbook.sheets.iter().find(|sheet| sheet.name == OWN_SHEET.0);
    let lines = mark.map(|sheet| sheet.cells().iter().map(|cell| &*cell.text).collect::<Vec<_>>());
    let Some([OWN_SHEET_MARK, _, period, ..]) = lines.as_deref() else {
        bail!("不是核对写出的汇总工作簿，也不是结果文件");
    };
    let mut previous = Previous { period: period.parse().ok(), ..Previous::default() };
    let mut has_records = false;
    for table in workbook.sheets.iter().filter_map(|sheet| Table::of(sheet, RECORD_HEADING, PROGRESS_HEADING)) {
        has_records = true;
        previous.rows.extend(table.rows().filter_map(|row| record(&table, row)));
    }
    if !has_records {
        bail!("“明细”表中没有“{RECORD_HEADING}”列（可能被删去，或由旧版写出），请改用结果文件");
    }
    for table in workbook.sheets.iter().filter_map(|sheet| Table::of(sheet, KEY_HEADING, EXPLANATION_HEADING)) {
        previous.findings.extend(table.rows().filter_map(|row| finding(&table, row)));
    }
    Ok(previous)
}

/// The mark of our outputs, as a pattern.
const OWN_SHEET_MARK: &str = OWN_SHEET.1;

fn record(table: &Table<'_>, row: u32) -> Option<PreviousRow> {
    let told: Json = serde_json::from_str(table.key(row)?).ok()?;
    if told["mark"] != MARK {
        return None;
    }
    let progress = table.other(row).unwrap_or_default().to_owned();
    Some(PreviousRow { progress, ..row_of(told["township"].as_str()?, &told) })
}

fn finding(table: &Table<'_>, row: u32) -> Option<PreviousFinding> {
    let (_, code, township, task, found) = read_key(table.key(row)?)?;
    let word = table.column(SEVERITY_HEADING).and_then(|column| table.text(row, column));
    let severities = [Severity::Error, Severity::Warning, Severity::Info];
    let severity = severities.into_iter().find(|severity| Some(severity.word()) == word)?;
    let explained = table.other(row).map(str::to_owned);
    Some(PreviousFinding { code, severity: severity.key().to_owned(), township, task, found, explained })
}

/// A sheet whose columns are known by their headings, so that it may be sorted, renamed and saved by any program.
struct Table<'a> {
    sheet: &'a Sheet,
    header: u32,
    key: u32,
    other: u32,
}

impl<'a> Table<'a> {
    fn of(sheet: &'a Sheet, key: &str, other: &str) -> Option<Self> {
        sheet.rows().into_iter().find_map(|header| {
            let column = |heading| sheet.column_headed(header, heading);
            Some(Self { sheet, header, key: column(key)?, other: column(other)? })
        })
    }

    fn rows(&self) -> impl Iterator<Item = u32> {
        let header = self.header;
        self.sheet.rows().into_iter().filter(move |row| *row > header)
    }

    fn column(&self, heading: &str) -> Option<u32> {
        self.sheet.column_headed(self.header, heading)
    }

    fn key(&self, row: u32) -> Option<&'a str> {
        self.text(row, self.key)
    }

    fn other(&self, row: u32) -> Option<&'a str> {
        self.text(row, self.other)
    }

    fn text(&self, row: u32, column: u32) -> Option<&'a str> {
        let cell = self.sheet.row(row).iter().find(|cell| cell.at.column == column)?;
        Some(&*cell.text).filter(|text| !text.trim().is_empty())
    }
}

/// Reads a workbook from its bytes.
pub(super) fn from_bytes(bytes: &[u8]) -> anyhow::Result<Previous> {
    let limits = crate::workbooks::Limits::for_own_files();
    let workbook = crate::workbooks::open_any(bytes, &limits).map_err(|refusal| anyhow::anyhow!(refusal.sentence));
    read(&workbook.context("内容读不出来")?)
}
