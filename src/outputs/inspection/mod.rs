//! How was one workbook read, and why? What `hedui inspect` shows, as text, JSON and picture.

mod picture;
mod roles;
mod text;

use serde::Serialize;

use crate::list::Field;
use crate::location::column_letters;
use crate::records::{Attribution, EvidencePlace, Ledger, Reader, Record, Submission};
use crate::tables::{Layout, RowRole, SheetLayout, Table, TableColumn};
use crate::workbooks::{Arrival, Workbook};

pub use picture::picture;
pub use text::text;

/// The schema that the JSON states.
pub const INSPECTION_SCHEMA: &str = "hedui/inspection/1";

/// How one file was read.
#[derive(Debug, Serialize)]
pub struct Inspection {
    /// Always [`INSPECTION_SCHEMA`].
    pub schema: &'static str,
    /// Name of the file.
    pub file: String,
    /// Size in bytes.
    pub size: u64,
    /// What the content is; absent where the file was refused.
    pub format: Option<&'static str>,
    /// Why the file was refused.
    pub refusal: Option<String>,
    /// The reader's remarks.
    pub remarks: Vec<String>,
    /// Sheets in order.
    pub sheets: Vec<InspectedSheet>,
    /// What each township filed in the file.
    pub submissions: Vec<InspectedSubmission>,
}

/// How one sheet was read.
#[derive(Debug, Serialize)]
pub struct InspectedSheet {
    /// Name on the tab.
    pub name: String,
    /// Whether the tab is hidden.
    pub hidden: bool,
    /// Whether its records count.
    pub counted: bool,
    /// Number of non-blank cells.
    pub cells: usize,
    /// Its tables.
    pub tables: Vec<InspectedTable>,
    /// Rows that look like a header, but of no reporting table, and why.
    pub refused_headers: Vec<Reasoned>,
    /// Cells outside the tables, with what they were taken for.
    pub outside: Vec<InspectedCell>,
}

/// How one table was read.
#[derive(Debug, Serialize)]
pub struct InspectedTable {
    /// A1 notation.
    pub range: String,
    /// `rows` or `card`.
    pub layout: Layout,
    /// One-based header rows.
    pub header_rows: Vec<u32>,
    /// Columns from left to right.
    pub columns: Vec<InspectedColumn>,
    /// One-based rows of the records.
    pub records: Vec<u32>,
    /// Rows that were not taken for records.
    pub others: Vec<OtherRow>,
}

/// One column of a table and what it was taken for.
#[derive(Debug, Serialize)]
pub struct InspectedColumn {
    /// Letters of the column.
    pub column: String,
    /// The title as written.
    pub title: String,
    /// Key of the field; absent for the township's own columns.
    pub field: Option<Field>,
    /// Unit in the header.
    pub unit: Option<String>,
    /// Why.
    pub why: String,
}

/// A row that was not taken for a record.
#[derive(Debug, Serialize)]
pub struct OtherRow {
    /// One-based row.
    pub row: u32,
    /// What it was taken for.
    pub role: RowRole,
    /// Its first words.
    pub text: String,
    /// Why.
    pub why: String,
}

/// Something at a row, and the reason.
#[derive(Debug, Serialize)]
pub struct Reasoned {
    /// One-based row.
    pub row: u32,
    /// Why.
    pub why: String,
}

/// A cell outside all tables.
#[derive(Debug, Serialize)]
pub struct InspectedCell {
    /// A1 notation.
    pub cell: String,
    /// What it was taken for.
    pub role: crate::tables::OutsideRole,
    /// The text.
    pub text: String,
}

/// What one township filed.
#[derive(Debug, Serialize)]
pub struct InspectedSubmission {
    /// Official name.
    pub township: Option<String>,
    /// What tells whose it is.
    pub township_evidence: Vec<InspectedEvidence>,
    /// The period as the contract writes it.
    pub period: Option<String>,
    /// What tells for when it is.
    pub period_evidence: Vec<InspectedEvidence>,
    /// The date that the document states.
    pub stated_day: Option<String>,
    /// Whether it counts.
    pub status: crate::records::SubmissionStatus,
    /// Its records.
    pub records: Vec<InspectedRecord>,
    /// Where its cells went.
    pub ledger: Ledger,
}

/// One piece of evidence.
#[derive(Debug, Serialize)]
pub struct InspectedEvidence {
    /// What it says.
    pub value: String,
    /// Where it was seen.
    pub place: EvidencePlace,
    /// The cell, with its sheet.
    pub cell: Option<String>,
    /// The words.
    pub text: String,
    /// Whether it contradicts what was concluded.
    pub contradicts: bool,
}

/// One record.
#[derive(Debug, Serialize)]
pub struct InspectedRecord {
    /// Name of its sheet.
    pub sheet: String,
    /// One-based row.
    pub row: u32,
    /// Letters of its first column, where a row alone does not name it.
    pub column: Option<String>,
    /// Headings above it.
    pub headings: Vec<String>,
    /// Name, else content, else indicator.
    pub task: String,
    /// Whether it counts (a struck-through one does not).
    pub counted: bool,
    /// Whether it shares its task cell with the record before.
    pub shares_task: bool,
    /// Fields as written, in the order of the form.
    pub fields: Vec<(Field, String)>,
}

impl Inspection {
    /// How a file is read.
    pub fn new(arrival: &Arrival, reader: &Reader) -> Self {
        let (submissions, layouts) = reader.read_laid_out(arrival);
        let mut inspection = Self {
            schema: INSPECTION_SCHEMA,
            file: arrival.file.clone(),
            size: arrival.size,
            format: None,
            refusal: None,
            remarks: submissions.first().map(|first| first.remarks.clone()).unwrap_or_default(),
            sheets: Vec::new(),
            submissions: submissions.iter().map(submission).collect(),
        };
        match &arrival.content {
            Ok(workbook) => {
                inspection.format = Some(roles::of_format(workbook.format));
                inspection.sheets = sheets(workbook, &layouts, &submissions);
            }
            Err(refusal) => {
                inspection.refusal = Some(refusal.sentence.clone());
                inspection.remarks.clear();
            }
        }
        inspection
    }
}

/// The sheets of a workbook with their layouts.
fn sheets(workbook: &Workbook, layouts: &[SheetLayout], submissions: &[Submission]) -> Vec<InspectedSheet> {
    layouts
        .iter()
        .map(|layout| {
            let sheet = &workbook.sheets[layout.sheet];
            let summary = submissions.iter().filter_map(|one| one.sheets.get(layout.sheet));
            let text = |at| sheet.cell(at).map(|cell| cell.text.clone()).unwrap_or_default();
            InspectedSheet {
                name: sheet.name.clone(),
                hidden: sheet.hidden,
                counted: summary.clone().any(|summary| summary.counted),
                cells: summary.map(|summary| summary.cells).next().unwrap_or(0),
                tables: layout.tables.iter().map(|one| table(sheet, one)).collect(),
                refused_headers: layout
                    .refused
                    .iter()
                    .map(|refused| Reasoned { row: refused.row + 1, why: refused.why.clone() })
                    .collect(),
                outside: layout
                    .outside
                    .iter()
                    .map(|outside| InspectedCell {
                        cell: outside.at.a1(),
                        role: outside.role,
                        text: text(outside.at).to_string(),
                    })
                    .collect(),
            }
        })
        .collect()
}

/// One table.
fn table(sheet: &crate::workbooks::Sheet, table: &Table) -> InspectedTable {
    let (first, last) = (table.region.first.column, table.region.last.column);
    let words = |row: u32| {
        let cells = sheet.row(row).iter().filter(|cell| (first..=last).contains(&cell.at.column));
        let texts: Vec<String> = cells.map(|cell| one_line(&cell.text)).filter(|text| !text.is_empty()).collect();
        texts.join(" │ ")
    };
    let is_record = |role: RowRole| role == RowRole::Record;
    InspectedTable {
        range: table.region.a1(),
        layout: table.layout,
        header_rows: table.header_rows.iter().map(|row| row + 1).collect(),
        columns: table.columns.iter().map(column).collect(),
        records: table.rows.iter().filter(|row| is_record(row.role)).map(|row| row.row + 1).collect(),
        others: table
            .rows
            .iter()
            .filter(|row| !is_record(row.role))
            .map(|row| OtherRow { row: row.row + 1, role: row.role, text: words(row.row), why: row.why.clone() })
            .collect(),
    }
}

/// One column.
fn column(column: &TableColumn) -> InspectedColumn {
    InspectedColumn {
        column: column_letters(column.column),
        title: column.title.to_string(),
        field: column.field,
        unit: column.unit.as_deref().map(str::to_owned),
        why: column.why.clone(),
    }
}

/// One township's part.
fn submission(submission: &Submission) -> InspectedSubmission {
    let sheets: Vec<&str> = submission.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    let mut groups = Vec::new();
    let records = submission.records.iter().map(|record| {
        let shares_task = groups.last() == Some(&record.group);
        groups.push(record.group);
        inspected_record(record, &sheets, shares_task)
    });
    InspectedSubmission {
        records: records.collect(),
        township: submission.township.value.clone(),
        township_evidence: evidence(&submission.township, &sheets),
        period: submission.period.value.map(|period| period.to_string()),
        period_evidence: evidence(&submission.period, &sheets),
        stated_day: submission.stated_day.map(|day| format!("{}-{:02}-{:02}", day.year, day.month, day.day)),
        status: submission.status,
        ledger: submission.ledger,
    }
}

/// The evidence of a conclusion.
fn evidence<T: ToString + PartialEq>(attribution: &Attribution<T>, sheets: &[&str]) -> Vec<InspectedEvidence> {
    let pieces = attribution.evidence.iter().map(|piece| InspectedEvidence {
        value: piece.value.to_string(),
        place: piece.place,
        cell: piece.cell.map(|(sheet, at)| format!("{}!{at}", sheets.get(sheet).copied().unwrap_or_default())),
        text: piece.text.clone(),
        contradicts: attribution.value.as_ref() != Some(&piece.value),
    });
    pieces.collect()
}

/// One record.
fn inspected_record(record: &Record, sheets: &[&str], shares_task: bool) -> InspectedRecord {
    let fields = Field::ALL.into_iter().map(|field| (field, one_line(&record.text(field))));
    let task = [Field::Name, Field::Content, Field::Indicator].into_iter().map(|field| one_line(&record.text(field)));
    InspectedRecord {
        sheet: sheets.get(record.sheet).map(|name| (*name).to_owned()).unwrap_or_default(),
        row: record.at.row_number(),
        column: record.side_by_side.then(|| column_letters(record.at.column)),
        headings: record.headings.to_vec(),
        task: task.into_iter().find(|text| !text.is_empty()).unwrap_or_default(),
        counted: record.counted,
        shares_task,
        fields: fields.filter(|(_, text)| !text.is_empty()).collect(),
    }
}

/// A text on one line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
