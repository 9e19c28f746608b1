//! Submissions written out as text, so that a case shows what the clerk filled in.
//!
//! The first column says what a row answers: `12` a task, `12.1` its second indicator, `4+30` two tasks merged,
//! `x` none, `?60` a review, `~12` a struck-through row; `=` before it: the row shares the task cell of the row above.
//! `Σ4-6` is a total over the sheet rows 4 to 6. Empty cells are blank. The header stands in row 3, rows follow.

use crate::findings::{Finding, Previous, Run, UnappliedDecision, check};
use crate::list::{Field, Plan};
use crate::location::{CellRef, Region};
use crate::matches::{Candidate, DecidedBy, Match, MatchedSubmission, Outcome, Shelf};
use crate::records::values::{self, unit::Unit};
use crate::records::{Entry, KeptCell, KeptRole, Record, SheetSummary, Submission, TableSummary, WrittenTotal};
use crate::tables::TableColumn;
use crate::workbooks::Value;

/// A plan with tasks of every sort.
const PLAN: &str = include_str!("../../../tests/fixtures/findings/plan.toml");

/// Row of the header, zero-based.
const HEADER: u32 = 2;

/// The plan of the cases.
pub(super) fn plan() -> Plan {
    Plan::from_bytes(PLAN.as_bytes()).expect("the plan of the cases is well-formed")
}

/// A run to be written out.
pub(super) struct Desk {
    plan: Plan,
    period: String,
    submissions: Vec<MatchedSubmission>,
    previous: Option<Previous>,
    unapplied: Vec<UnappliedDecision>,
}

impl Desk {
    pub(super) fn new() -> Self {
        let period = "2024Q1".to_owned();
        Self { plan: plan(), period, submissions: Vec::new(), previous: None, unapplied: Vec::new() }
    }

    pub(super) fn period(mut self, period: &str) -> Self {
        self.period = period.into();
        self
    }

    /// Lets the case change the plan.
    pub(super) fn plan(mut self, change: impl FnOnce(&mut Plan)) -> Self {
        change(&mut self.plan);
        self
    }

    /// Adds a submission that the case makes itself.
    pub(super) fn with(mut self, submission: MatchedSubmission) -> Self {
        self.submissions.push(submission);
        self
    }

    /// Adds a township's table.
    pub(super) fn files(self, township: &str, table: &str) -> Self {
        let submission = submission(&format!("{township}.xlsx"), Some(township), table, &self.period);
        self.with(submission)
    }

    /// Adds what the period before was.
    pub(super) fn before(mut self, previous: Previous) -> Self {
        self.previous = Some(previous);
        self
    }

    /// Adds decisions that could not be applied.
    pub(super) fn unapplied(mut self, unapplied: Vec<UnappliedDecision>) -> Self {
        self.unapplied = unapplied;
        self
    }

    pub(super) fn findings(&self) -> Vec<Finding> {
        let period = self.period.parse().expect("the case states a period");
        let submissions = Shelf::from(self.submissions.clone());
        let mut run = Run::new(&self.plan, period, &submissions);
        run.previous = self.previous.as_ref();
        run.unapplied = &self.unapplied;
        check(&run)
    }

    /// The findings of one code as `township cell`, the cell `–` where there is none.
    pub(super) fn places(&self, code: &str) -> Vec<String> {
        let findings = self.findings();
        let of_code = findings.iter().filter(|finding| finding.kind.code == code);
        of_code.map(place).collect()
    }
}

fn place(finding: &Finding) -> String {
    let cell = finding.place.as_ref().and_then(|place| place.cell).map_or_else(|| "–".to_owned(), CellRef::a1);
    let township = finding.township.as_deref().unwrap_or("–");
    let number = finding.tasks.first().filter(|_| cell == "–").map(|task| format!(" {task}")).unwrap_or_default();
    format!("{township} {cell}{number}")
}

/// A submission from its table.
pub(super) fn submission(file: &str, township: Option<&str>, table: &str, period: &str) -> MatchedSubmission {
    let mut lines = table.lines().map(str::trim).filter(|line| !line.is_empty());
    let titles: Vec<&str> = cells(lines.next().expect("a table has a header")).skip(1).collect();
    let columns: Vec<TableColumn> = titles.iter().zip(0..).map(|(title, column)| table_column(title, column)).collect();
    let mut submission = Submission { file: file.into(), ..Submission::default() };
    submission.township.value = township.map(str::to_owned);
    let (mut matches, mut totals, mut group, mut row) = (Vec::new(), Vec::new(), 0, HEADER);
    for line in lines {
        row += 1;
        let mut parts = cells(line);
        let answer = parts.next().unwrap_or_default();
        let texts: Vec<&str> = parts.collect();
        if let Some(range) = answer.strip_prefix('Σ') {
            let (first, last) = range.split_once('-').expect("a total names its rows");
            let number = |text: &str| text.parse::<u32>().expect("a row number") - 1;
            totals.push(WrittenTotal { row, first_row: number(first), last_row: number(last) });
            submission.kept.extend(kept(&texts, row));
            continue;
        }
        let with_above = answer.starts_with('=');
        group += usize::from(!with_above);
        let answer = answer.trim_start_matches('=');
        matches.push(matched(answer.trim_start_matches('~')));
        submission.records.push(record(&columns, &texts, row, group, !answer.starts_with('~'), period));
    }
    let last = CellRef::new(row, u32::try_from(columns.len()).unwrap_or(1) - 1);
    let region = Region::new(CellRef::new(HEADER, 0), last);
    let table = TableSummary { region, header_rows: vec![HEADER], columns, totals };
    let sheet =
        SheetSummary { name: "填报表".into(), counted: true, tables: vec![table], ..SheetSummary::default() };
    submission.sheets.push(sheet);
    MatchedSubmission { submission, matches }
}

fn cells(line: &str) -> impl Iterator<Item = &str> {
    line.split('|').map(str::trim)
}

fn table_column(title: &str, column: u32) -> TableColumn {
    let plain = title.rsplit('›').next().unwrap_or(title).split(['(', '（']).next().unwrap_or(title);
    let field = Field::ALL.into_iter().find(|field| field.title() == plain);
    let unit = title.split_once('(').and_then(|(_, unit)| unit.strip_suffix(')')).map(Into::into);
    let title_at = Some(CellRef::new(HEADER, column));
    TableColumn { column, title: title.into(), title_at, field, unit, why: String::new() }
}

fn kept(texts: &[&str], row: u32) -> Vec<KeptCell> {
    let cells = texts.iter().zip(0..).filter(|(text, _)| !text.is_empty());
    cells
        .map(|(text, column)| KeptCell {
            sheet: 0,
            at: CellRef::new(row, column),
            text: (*text).into(),
            role: KeptRole::Total,
        })
        .collect()
}

fn record(columns: &[TableColumn], texts: &[&str], row: u32, group: usize, counted: bool, period: &str) -> Record {
    let unit_cell = columns.iter().zip(texts).find(|(column, _)| column.field == Some(Field::Unit));
    let unit_cell = unit_cell.map(|(_, text)| *text).filter(|text| Unit::parse(text).is_some());
    let filled = columns.iter().zip(texts).filter(|(_, text)| !text.is_empty());
    let entries: Vec<Entry> = filled
        .map(|(column, text)| Entry {
            field: column.field,
            title: column.title.clone(),
            at: CellRef::new(row, column.column),
            text: (*text).into(),
            value: value(text),
            unit: column.unit.clone().or_else(|| unit_cell.map(Into::into)),
            shared: false,
        })
        .collect();
    let values = values::read(&entries, period.parse().ok());
    let blanks = columns.iter().filter(|column| !entries.iter().any(|entry| entry.at.column == column.column));
    let blanks = blanks.filter_map(|column| Some((column.field?, CellRef::new(row, column.column)))).collect();
    Record {
        sheet: 0,
        at: CellRef::new(row, 0),
        side_by_side: false,
        entries,
        values,
        headings: [].into(),
        group,
        key: None,
        blanks,
        counted,
    }
}

fn value(text: &str) -> Value {
    match text {
        "=?" => Value::NotCalculated,
        _ if text.starts_with('#') => Value::Error(text.to_owned()),
        _ => Value::Text(text.into()),
    }
}

fn matched(answer: &str) -> Match {
    let (outcome, numbers) = match answer.strip_prefix('?') {
        Some(rest) => (Outcome::Review, rest),
        None if answer == "x" => (Outcome::Extra, ""),
        None => (Outcome::Matched, answer),
    };
    let (numbers, indicator) = numbers.split_once('.').map_or((numbers, None), |(task, one)| (task, one.parse().ok()));
    let tasks: Vec<u32> = numbers.split('+').filter_map(|number| number.parse().ok()).collect();
    let candidates = tasks.iter().map(|task| Candidate { tasks: vec![*task], probability: 0.6, why: String::new() });
    let candidates = candidates.collect();
    Match { outcome, tasks, indicator, confidence: 0.9, by: DecidedBy::Text, reasons: Vec::new(), candidates }
}
