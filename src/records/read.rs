//! What did a file report? From an arrival to its submissions: whose, when, records, and where every cell went.

use std::collections::{BTreeMap, BTreeSet};

use super::accepted;
use super::attribution::{self, Witness};
use super::keyed::{self, group_by_key};
use super::ledger;
use super::record::Record;
use super::segment::Segmenter;
use super::submission::{
    Attribution, Evidence, EvidencePlace, SheetSummary, Submission, SubmissionStatus, TableSummary, WrittenTotal,
};
use super::township::Roster;
use super::values;
use crate::list::{Field, Plan};
use crate::location::CellRef;
use crate::tables::{
    Grid, Knowledge, Official, OutsideRole, RowRole, SheetLayout, Table, is_period, is_place, lay_out_with, one_line,
};
use crate::workbooks::{Arrival, Sheet, Workbook};

/// Reads files with what the plan says about them.
pub struct Reader {
    knowledge: Knowledge,
    roster: Roster,
}

/// Reads one file. To read many, make one [`Reader`].
pub fn read(arrival: &Arrival, plan: &Plan) -> Vec<Submission> {
    Reader::new(plan).read(arrival)
}

/// The records of one table, before it is known whose they are.
struct Segment {
    /// Index of the sheet, and of the table on it.
    place: (usize, usize),
    hidden: bool,
    /// What the sheet says about this table.
    witnesses: Vec<Witness>,
    records: Vec<Record>,
    /// The township of each record, where the table has a column for it.
    townships: Vec<Option<Evidence<String>>>,
}

/// A township's part of a file.
pub(crate) struct Part {
    /// Its official name; absent where nothing tells.
    pub(crate) township: Option<String>,
    /// What its tables and the file say.
    witnesses: Vec<Witness>,
    /// Evidence in the cells of a township column.
    in_cells: Vec<Evidence<String>>,
    records: Vec<Record>,
    /// Whether one of its tables is on a visible sheet.
    visible: bool,
}

impl Part {
    /// The cells of its records, with their sheets.
    pub(crate) fn cells(&self) -> impl Iterator<Item = (usize, CellRef)> {
        self.records.iter().flat_map(|record| record.entries.iter().map(|entry| (record.sheet, entry.at)))
    }

    /// The rows of a sheet in which its records start.
    pub(crate) fn rows_on(&self, sheet: usize) -> impl Iterator<Item = u32> {
        self.records.iter().filter(move |record| record.sheet == sheet).map(|record| record.at.row)
    }
}

impl Reader {
    /// A reader for a plan's submissions.
    pub fn new(plan: &Plan) -> Self {
        Self { knowledge: Knowledge::new(plan), roster: Roster::new(plan) }
    }

    /// Reads one file: one submission, or one for each township that it holds.
    pub fn read(&self, arrival: &Arrival) -> Vec<Submission> {
        self.read_laid_out(arrival).0
    }

    /// Reads one file, and tells how its sheets were laid out; of a refused one nothing.
    pub fn read_laid_out(&self, arrival: &Arrival) -> (Vec<Submission>, Vec<SheetLayout>) {
        let names = attribution::names(&arrival.file, arrival.outer_folder.as_deref());
        let blank = Submission {
            file: arrival.file.clone(),
            path: arrival.path.clone(),
            size: arrival.size,
            sha256: arrival.sha256.clone(),
            ..Submission::default()
        };
        let refused = match &arrival.content {
            Ok(workbook) => {
                let layouts = self.lay_out(workbook);
                return (self.read_workbook(workbook, &layouts, &names, &blank), layouts);
            }
            // What is no submission says nothing of townships and periods, whatever its name.
            Err(refusal) if refusal.reason.is_skipped() => vec![Submission {
                status: SubmissionStatus::Unreadable,
                skipped: true,
                remarks: vec![refusal.sentence.clone()],
                ..blank
            }],
            Err(refusal) => vec![Submission {
                status: SubmissionStatus::Unreadable,
                township: attribution::township(&names, &self.roster),
                period: attribution::period(&names),
                remarks: vec![refusal.sentence.clone()],
                ..blank
            }],
        };
        (refused, Vec::new())
    }

    /// The layouts of a workbook's sheets, as [`Self::read`] uses them.
    pub fn lay_out(&self, workbook: &Workbook) -> Vec<SheetLayout> {
        lay_out_with(workbook, &self.knowledge)
    }

    /// Reads a workbook that was opened and laid out.
    fn read_workbook(
        &self,
        workbook: &Workbook,
        layouts: &[SheetLayout],
        names: &[Witness],
        blank: &Submission,
    ) -> Vec<Submission> {
        let segments = self.segments(workbook, layouts);
        let parts = self.parts(workbook, layouts, segments, names);
        let owners = ledger::Owners::new(layouts, &parts);
        let mut submissions = Vec::new();
        for (index, part) in parts.into_iter().enumerate() {
            submissions.push(self.submission(workbook, layouts, &owners, index, part, blank));
        }
        submissions
    }

    /// The records of every table, with what its sheet says about it.
    fn segments(&self, workbook: &Workbook, layouts: &[SheetLayout]) -> Vec<Segment> {
        let mut next_group = 0;
        let mut segments = Vec::new();
        for layout in layouts {
            let sheet = &workbook.sheets[layout.sheet];
            let grid = Grid::new(sheet);
            let on_sheet = attribution::on_sheet(sheet, layout);
            let keys = attribution::keys(sheet, layout.sheet);
            for (index, table) in layout.tables.iter().enumerate() {
                let headings = headings_above(sheet, layout, index, segments.last(), &self.knowledge.official);
                let segmenter = Segmenter { grid: &grid, sheet: layout.sheet, table, headings };
                let mut records = segmenter.records(&mut next_group);
                group_by_key(&mut records);
                let mut witnesses = keys_of(&keys, table, layout);
                let speaks = |witness: &&Witness| {
                    let nobodys = self.roster.named_in(&witness.text).is_empty();
                    speaks_of(witness, index, layout, nobodys)
                };
                witnesses.extend(on_sheet.iter().filter(speaks).cloned());
                witnesses.push(attribution::sheet_name(sheet));
                witnesses.extend(period_in_cells(table, &records));
                let townships = self.townships_in_cells(table, &records);
                segments.push(Segment {
                    place: (layout.sheet, index),
                    hidden: sheet.hidden,
                    witnesses,
                    records,
                    townships,
                });
            }
        }
        segments
    }

    /// The township of each record, where a column of the table names one.
    fn townships_in_cells(&self, table: &Table, records: &[Record]) -> Vec<Option<Evidence<String>>> {
        let mut last: Option<Evidence<String>> = None;
        let columns: Vec<&str> =
            table.columns.iter().filter(|column| is_place(&column.title)).map(|column| column.title.as_str()).collect();
        if columns.is_empty() {
            return vec![None; records.len()];
        }
        records
            .iter()
            .map(|record| {
                let entries = record.entries.iter().filter(|entry| columns.contains(&entry.title.as_str()));
                let named = entries.into_iter().find_map(|entry| {
                    let value = self.roster.is_name(&entry.text)?;
                    let cell = Some((record.sheet, entry.at));
                    Some(Evidence { value, place: EvidencePlace::Caption, cell, text: entry.text.clone() })
                });
                if named.is_some() {
                    last.clone_from(&named);
                }
                named.or_else(|| last.clone())
            })
            .collect()
    }

    /// Divides the records among the townships that the file holds.
    fn parts(
        &self,
        workbook: &Workbook,
        layouts: &[SheetLayout],
        segments: Vec<Segment>,
        names: &[Witness],
    ) -> Vec<Part> {
        let of_file = attribution::township(names, &self.roster).value;
        let mut parts: Vec<Part> = Vec::new();
        let own: Vec<Option<String>> =
            segments.iter().map(|segment| attribution::township(&segment.witnesses, &self.roster).value).collect();
        let first_named = own.iter().flatten().next().cloned().or_else(|| of_file.clone());
        let mut above: Option<(usize, Option<String>)> = None;
        let hidden: Vec<Witness> =
            segments.iter().filter(|segment| segment.hidden).flat_map(|segment| segment.witnesses.clone()).collect();
        for (segment, own) in segments.into_iter().zip(own) {
            let sheet = segment.place.0;
            let same_sheet = above.as_ref().filter(|(before, _)| *before == sheet).and_then(|(_, named)| named.clone());
            let township = own.or(same_sheet).or_else(|| of_file.clone()).or_else(|| first_named.clone());
            above = Some((sheet, township.clone()));
            if segment.records.is_empty() {
                let part = part_of(&mut parts, township.as_ref());
                part.visible |= !segment.hidden;
                part.witnesses.extend(segment.witnesses);
                continue;
            }
            for (record, in_cell) in segment.records.into_iter().zip(segment.townships) {
                let whose = in_cell.as_ref().map(|evidence| &evidence.value).or(township.as_ref());
                let part = part_of(&mut parts, whose);
                part.visible |= !segment.hidden;
                part.records.push(record);
                part.in_cells.extend(in_cell);
            }
            // A table with a township column speaks of each of them: its captions are everybody's.
            for part in parts.iter_mut().filter(|part| part.records.iter().any(|record| record.sheet == sheet)) {
                let township_of = |witness: &Witness| self.roster.only_one_in(&witness.text);
                let fitting = segment
                    .witnesses
                    .iter()
                    .filter(|witness| part.township == township || township_of(witness).is_none());
                part.witnesses.extend(fitting.cloned());
            }
        }
        if parts.is_empty() {
            parts.push(without_tables(workbook, layouts));
        }
        let several = parts.len() > 1;
        let names: Vec<Witness> =
            beside_the_tables(workbook, layouts).into_iter().chain(names.iter().cloned()).collect();
        for part in &mut parts {
            if part.visible {
                // A sheet that does not count says nothing about whose and when: it may be last quarter's.
                part.witnesses.retain(|witness| !hidden.contains(witness));
            }
            let mine = |witness: &&Witness| {
                let whose = self.roster.only_one_in(&witness.text);
                !several || whose.is_none() || whose == part.township
            };
            let names: Vec<Witness> = names.iter().filter(mine).cloned().collect();
            part.witnesses.extend(names);
        }
        parts
    }

    /// The submission of one part.
    fn submission(
        &self,
        workbook: &Workbook,
        layouts: &[SheetLayout],
        owners: &ledger::Owners,
        index: usize,
        part: Part,
        blank: &Submission,
    ) -> Submission {
        let mut township = attribution::township(&part.witnesses, &self.roster);
        let mut told: BTreeSet<CellRef> = BTreeSet::new();
        let in_cells = part.in_cells.into_iter().filter(|piece| piece.cell.is_some_and(|(_, at)| told.insert(at)));
        township.evidence.splice(0..0, in_cells.take(1));
        township.evidence.sort_by_key(|piece| piece.place);
        township.value = part.township.clone().or(township.value);
        let period = attribution::period(&part.witnesses);
        let mut records = part.records;
        if part.visible {
            records.retain(|record| !workbook.sheets[record.sheet].hidden);
        }
        let proposals = accepted::accepted(workbook, layouts);
        for record in &mut records {
            record.values = values::read(&record.entries, period.value);
            accepted::apply(&proposals, record);
        }
        let sheets = sheet_summaries(workbook, layouts, part.visible);
        let (kept, balance) = ledger::account(workbook, layouts, owners, index, &records, part.visible);
        let mut remarks = workbook.remarks.clone();
        if !balance.balances() {
            remarks.push(format!(
                "读取时有单元格没有归集清楚（共{}格，已归集{}格），请将本文件反馈给软件维护人员。",
                balance.cells,
                balance.records + balance.surroundings + balance.unassigned
            ));
        }
        let blank_form = keyed::is_blank_form(&records, &township);
        if blank_form {
            remarks.insert(0, keyed::blank_form_remark(&township, &period));
        }
        let status = if blank_form { SubmissionStatus::NoTable } else { status(&sheets, &township) };
        let contradicted = township.evidence.iter().any(|piece| Some(&piece.value) != township.value.as_ref());
        if status == SubmissionStatus::NoTable && contradicted {
            // A list of all townships is nobody's report.
            township.value = None;
        }
        Submission {
            status,
            skipped: blank_form,
            stated_day: attribution::stated_day(&part.witnesses, period.value),
            township,
            period,
            sheets,
            records,
            kept,
            ledger: balance,
            remarks,
            ..blank.clone()
        }
    }
}

/// The period that a column of the table names, where it is the same for all records. A ledger that goes on through
/// several periods says nothing of the one that is reported.
fn period_in_cells(table: &Table, records: &[Record]) -> Option<Witness> {
    let column = table.columns.iter().find(|column| column.field.is_none() && is_period(&column.title))?;
    let mut cells = records.iter().map(|record| record.entries.iter().find(|entry| entry.title == column.title));
    let first = cells.next()??;
    let place = (records.first()?.sheet, first.at);
    let same = cells.flatten().all(|entry| entry.text.trim() == first.text.trim());
    same.then(|| Witness { place: EvidencePlace::Caption, cell: Some(place), text: one_line(&first.text), key: None })
}

/// Whether a submission counts.
fn status(sheets: &[SheetSummary], township: &Attribution<String>) -> SubmissionStatus {
    if sheets.iter().all(|sheet| sheet.tables.is_empty()) {
        SubmissionStatus::NoTable
    } else if township.value.is_none() {
        SubmissionStatus::UnknownTownship
    } else {
        SubmissionStatus::Read
    }
}

/// Headings that hold for a table from its start: its title, where no column names the task; the last headings of the
/// table before, where it goes on with the same titles.
fn headings_above(
    sheet: &Sheet,
    layout: &SheetLayout,
    index: usize,
    before: Option<&Segment>,
    official: &Official,
) -> Vec<String> {
    let table = &layout.tables[index];
    let names_task = table.columns.iter().any(|column| matches!(column.field, Some(Field::Name | Field::Content)));
    let earlier = index.checked_sub(1).map(|before| &layout.tables[before]);
    if !names_task {
        let start = earlier.map_or(0, |earlier| earlier.region.last.row);
        let between = layout.outside.iter().filter(|cell| (start..=table.region.first.row).contains(&cell.at.row));
        let titles = between.filter(|cell| matches!(cell.role, OutsideRole::Title | OutsideRole::Note));
        let nearest = titles.filter_map(|cell| sheet.cell(cell.at)).next_back();
        let of_sheet = official.is_task(&sheet.name).then(|| sheet.name.clone());
        return nearest.map(|cell| one_line(&cell.text)).or(of_sheet).into_iter().collect();
    }
    let captioned = earlier.is_some_and(|earlier| {
        let between = earlier.region.last.row..table.region.first.row;
        layout.outside.iter().any(|cell| cell.role == OutsideRole::Caption && between.contains(&cell.at.row))
    });
    let titles = |table: &Table| table.columns.iter().map(|column| column.title.clone()).collect::<Vec<_>>();
    let goes_on = earlier.is_some_and(|earlier| titles(earlier) == titles(table) && !table.side_by_side && !captioned);
    let same_sheet = before.filter(|before| goes_on && before.place == (layout.sheet, index - 1));
    same_sheet.and_then(|before| before.records.last()).map(|last| last.headings.clone()).unwrap_or_default()
}

/// The part of a township; a new one where it has none yet.
fn part_of<'p>(parts: &'p mut Vec<Part>, township: Option<&String>) -> &'p mut Part {
    let index = parts.iter().position(|part| part.township.as_ref() == township).unwrap_or_else(|| {
        parts.push(Part {
            township: township.cloned(),
            witnesses: Vec::new(),
            in_cells: Vec::new(),
            records: Vec::new(),
            visible: false,
        });
        parts.len() - 1
    });
    &mut parts[index]
}

/// The only part of a workbook in which no table was found.
fn without_tables(workbook: &Workbook, layouts: &[SheetLayout]) -> Part {
    let mut witnesses = Vec::new();
    for layout in layouts {
        let sheet = &workbook.sheets[layout.sheet];
        witnesses.extend(attribution::keys(sheet, layout.sheet));
        witnesses.extend(attribution::on_sheet(sheet, layout));
        witnesses.push(attribution::sheet_name(sheet));
    }
    Part { township: None, witnesses, in_cells: Vec::new(), records: Vec::new(), visible: false }
}

/// What visible sheets without a table say, such as a cover.
fn beside_the_tables(workbook: &Workbook, layouts: &[SheetLayout]) -> Vec<Witness> {
    let silent = layouts.iter().filter(|layout| layout.tables.is_empty() && !workbook.sheets[layout.sheet].hidden);
    let mut witnesses = Vec::new();
    for layout in silent.filter(|_| layouts.iter().any(|layout| !layout.tables.is_empty())) {
        let sheet = &workbook.sheets[layout.sheet];
        witnesses.extend(attribution::keys(sheet, layout.sheet));
        witnesses.extend(attribution::on_sheet(sheet, layout));
    }
    witnesses
}

/// The keys in the rows of a table; where no row of any table has one, the sheet's.
fn keys_of(keys: &[Witness], table: &Table, layout: &SheetLayout) -> Vec<Witness> {
    let in_rows = |witness: &&Witness| witness.cell.is_some_and(|(_, at)| table.row_at(at.row).is_some());
    let own: Vec<Witness> = keys.iter().filter(in_rows).cloned().collect();
    let taken = |witness: &&Witness| {
        witness.cell.is_some_and(|(_, at)| layout.tables.iter().any(|table| table.row_at(at.row).is_some()))
    };
    if own.is_empty() { keys.iter().filter(|key| !taken(key)).cloned().collect() } else { own }
}

/// Whether a text outside the tables speaks of a table: titles and captions of the next table below, signatures of
/// the last one above; beside each other, of the one in whose columns they stand, unless they name no township
/// (`nobodys`) and stand above or below both.
fn speaks_of(witness: &Witness, index: usize, layout: &SheetLayout, nobodys: bool) -> bool {
    let Some((_, at)) = witness.cell else { return true };
    let table = &layout.tables[index];
    let below = layout.tables.iter().filter(|table| table.region.first.row > at.row);
    let next = below.map(|table| table.region.first.row).min();
    let above = layout.tables.iter().filter(|table| table.region.last.row < at.row);
    let last = above.map(|table| table.region.last.row).max();
    let beside = !layout.tables.iter().any(|table| table.region.first.row <= at.row && at.row <= table.region.last.row);
    let of_next = next.is_some_and(|next| (next..next + 3).contains(&table.region.first.row));
    let of_last = last.is_some_and(|last| table.region.last.row == last);
    let signs = witness.place == EvidencePlace::Signature;
    let vertical = if signs {
        if last.is_some() { of_last } else { of_next }
    } else if next.is_some() {
        of_next
    } else {
        of_last
    };
    let within = |table: &Table| (table.region.first.column..=table.region.last.column).contains(&at.column);
    let of_all = nobodys && beside;
    let horizontal = !table.side_by_side || of_all || within(table) || !layout.tables.iter().any(within);
    (vertical || !beside) && horizontal
}

/// The sheets of a workbook and their tables.
fn sheet_summaries(workbook: &Workbook, layouts: &[SheetLayout], visible: bool) -> Vec<SheetSummary> {
    layouts
        .iter()
        .map(|layout| {
            let sheet = &workbook.sheets[layout.sheet];
            SheetSummary {
                name: sheet.name.clone(),
                hidden: sheet.hidden,
                counted: !(sheet.hidden && visible),
                cells: ledger::non_blank(sheet).count(),
                tables: layout.tables.iter().map(table_summary).collect(),
            }
        })
        .collect()
}

/// What later stages need to know of a table.
fn table_summary(table: &Table) -> TableSummary {
    TableSummary {
        region: table.region,
        header_rows: table.header_rows.clone(),
        columns: table.columns.clone(),
        totals: totals(table),
    }
}

/// The totals of a table: a subtotal sums the records since the last heading or subtotal, a total amid
/// the records those since the last total, any other all of them.
fn totals(table: &Table) -> Vec<WrittenTotal> {
    let records: Vec<u32> = table.rows.iter().filter(|row| row.role == RowRole::Record).map(|row| row.row).collect();
    let last_record = records.last().copied().unwrap_or(0);
    // A 合计 with records above and below it closes rows above it, maybe of several sections.
    let inside = |row: u32| row < last_record && records.first().is_some_and(|first| *first < row);
    let mut starts: BTreeMap<usize, u32> = BTreeMap::new();
    let (mut start, mut closed) = (0, 0);
    for (index, row) in table.rows.iter().enumerate() {
        match row.role {
            RowRole::Total if inside(row.row) => {
                starts.insert(index, closed);
                (start, closed) = (row.row, row.row);
            }
            RowRole::Subtotal => {
                starts.insert(index, start);
                start = row.row;
            }
            RowRole::Section => start = row.row,
            _ => {}
        }
    }
    let mut totals = Vec::new();
    for (index, row) in table.rows.iter().enumerate() {
        let summed: Vec<u32> = match row.role {
            RowRole::Subtotal | RowRole::Total if starts.contains_key(&index) => {
                let start = starts.get(&index).copied().unwrap_or(0);
                records.iter().copied().filter(|record| *record >= start && *record < row.row).collect()
            }
            RowRole::Total => records.clone(),
            _ => continue,
        };
        if let Some((first, last)) = summed.first().zip(summed.last()) {
            totals.push(WrittenTotal { row: row.row, first_row: *first, last_row: *last });
        }
    }
    totals
}
