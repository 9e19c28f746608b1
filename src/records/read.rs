//! What did a file report? From an arrival to its submissions: whose, when, records, and where every cell went.

use std::collections::{BTreeMap, BTreeSet};

use super::accepted;
use super::attribution::{self, Witness};
use super::earlier_tables::set_earlier_tables_aside;
use super::headings::headings_above;
use super::in_cells;
use super::keyed::{self, group_by_key};
use super::ledger;
use super::legend::{Legend, legends};
use super::record::Record;
use super::segment::Segmenter;
use super::submission::{Attribution, Evidence, SheetSummary, Submission, SubmissionStatus};
use super::summaries::sheet_summaries;
use super::told_aside;
use super::told_period;
use super::township::Roster;
use super::values::ValueReader;
use super::witnesses::{beside_the_tables, keys_of, speaks_of, townships_of_sheets};
use crate::list::Plan;
use crate::location::CellRef;
use crate::tables::{CellTexts, Grid, Knowledge, SheetLayout, grids, lay_out_grids, lay_out_with};
use crate::workbooks::{Arrival, Workbook};

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
pub(super) struct Segment {
    /// Index of the sheet, and of the table on it.
    pub(super) place: (usize, usize),
    pub(super) hidden: bool,
    /// What the sheet says about this table.
    pub(super) witnesses: Vec<Witness>,
    pub(super) records: Vec<Record>,
    /// The township of each record, where the table has a column for it.
    pub(super) townships: Vec<Option<Evidence<String>>>,
    /// What a column of the table says about the period of each record, where it has one.
    pub(super) periods: Vec<Option<Witness>>,
    /// What is said to the clerk where the table was set aside.
    pub(super) set_aside: Option<String>,
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
    /// What is said to the clerk about how its tables were read.
    remarks: Vec<String>,
    /// What is said to the clerk about tables that were set aside.
    set_aside: Vec<String>,
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

/// An opened file with what is worked out once for all its submissions.
struct OpenFile<'a> {
    workbook: &'a Workbook,
    layouts: &'a [SheetLayout],
    owners: ledger::Owners,
    /// Of each layout what its marks stand for.
    legends: Vec<Legend>,
    /// Values that the township accepted.
    proposals: Vec<accepted::Proposal>,
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
                // What was worked out for the cells to lay them out is used for the records, too.
                let texts: Vec<CellTexts> = workbook.sheets.iter().map(CellTexts::of).collect();
                let grids = grids(workbook, &texts);
                let layouts = lay_out_grids(workbook, &grids, &self.knowledge);
                return (self.read_workbook(workbook, &grids, &layouts, &names, &blank), layouts);
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
                period: told_period::period(&names),
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
        grids: &[Grid],
        layouts: &[SheetLayout],
        names: &[Witness],
        blank: &Submission,
    ) -> Vec<Submission> {
        let segments = self.segments(grids, layouts);
        let parts = self.parts(workbook, layouts, segments, names);
        let file = OpenFile {
            workbook,
            layouts,
            owners: ledger::Owners::new(layouts, &parts),
            legends: legends(workbook, layouts),
            proposals: accepted::accepted(workbook, layouts),
        };
        let parts = parts.into_iter().enumerate();
        parts.map(|(index, part)| self.submission(&file, index, part, blank)).collect()
    }

    /// The records of every table, with what its sheet says about it.
    fn segments(&self, grids: &[Grid], layouts: &[SheetLayout]) -> Vec<Segment> {
        let mut next_group = 0;
        let mut segments = Vec::new();
        for layout in layouts {
            let grid = &grids[layout.sheet];
            let sheet = grid.sheet;
            let on_sheet = attribution::on_sheet(sheet, layout);
            let keys = attribution::keys(grid.keys_between(0, u32::MAX).iter().copied(), layout.sheet);
            for (index, table) in layout.tables.iter().enumerate() {
                let headings = headings_above(sheet, layout, index, segments.last(), &self.knowledge.official);
                let segmenter =
                    Segmenter { grid, sheet: layout.sheet, table, official: &self.knowledge.official, headings };
                let mut records = segmenter.records(&mut next_group);
                group_by_key(&mut records);
                let mut witnesses = keys_of(&keys, table, layout);
                let speaks = |witness: &&Witness| {
                    let nobodys = self.roster.named_in(&witness.text).is_empty();
                    speaks_of(witness, index, layout, nobodys)
                };
                witnesses.extend(on_sheet.iter().filter(speaks).cloned());
                witnesses.push(attribution::sheet_name(sheet));
                let periods = in_cells::periods(table, &records);
                let townships = in_cells::townships(table, &records, &self.roster);
                segments.push(Segment {
                    place: (layout.sheet, index),
                    hidden: sheet.hidden,
                    witnesses,
                    records,
                    townships,
                    periods,
                    set_aside: None,
                });
            }
            let first = segments.iter().position(|segment: &Segment| segment.place.0 == layout.sheet);
            let first = first.unwrap_or(segments.len());
            set_earlier_tables_aside(&mut segments[first..], layout, sheet);
        }
        segments
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
        let witnesses = segments.iter().map(|segment| segment.witnesses.as_slice());
        let own = townships_of_sheets(witnesses, of_file.as_ref(), &self.roster);
        let first_named = own.iter().flatten().next().cloned().or_else(|| of_file.clone());
        let in_sight = segments.iter().zip(&own).filter(|(segment, _)| !segment.hidden);
        let in_sight: BTreeSet<Option<String>> = in_sight.map(|(_, own)| own.clone()).collect();
        let mut above: Option<(usize, Option<String>)> = None;
        let hidden: Vec<Witness> =
            segments.iter().filter(|segment| segment.hidden).flat_map(|segment| segment.witnesses.clone()).collect();
        for (segment, own) in segments.into_iter().zip(own) {
            let sheet = segment.place.0;
            let same_sheet = above.as_ref().filter(|(before, _)| *before == sheet).and_then(|(_, named)| named.clone());
            // What is out of sight belongs to the one whose tables are in sight, whatever the file is called.
            let beside = in_sight.first().filter(|_| segment.hidden && in_sight.len() == 1).cloned().flatten();
            let in_file = own.or(same_sheet).or(beside);
            let township = in_file.or_else(|| of_file.clone()).or_else(|| first_named.clone());
            above = Some((sheet, township.clone()));
            if segment.records.is_empty() {
                let part = part_of(&mut parts, township.as_ref());
                part.visible |= !segment.hidden;
                part.witnesses.extend(segment.witnesses);
                part.set_aside.extend(segment.set_aside);
                continue;
            }
            let mut periods: BTreeMap<Option<String>, Vec<Witness>> = BTreeMap::new();
            if segment.townships.iter().all(Option::is_none) {
                // No cell says that some of them are of others.
                let part = part_of(&mut parts, township.as_ref());
                part.visible |= !segment.hidden;
                part.records.extend(segment.records);
                periods.insert(township.clone(), segment.periods.into_iter().flatten().collect());
            } else {
                let in_cells = segment.townships.into_iter().zip(segment.periods);
                for (record, (in_cell, period)) in segment.records.into_iter().zip(in_cells) {
                    let whose = in_cell.as_ref().map(|evidence| &evidence.value).or(township.as_ref()).cloned();
                    let part = part_of(&mut parts, whose.as_ref());
                    part.visible |= !segment.hidden;
                    part.records.push(record);
                    part.in_cells.extend(in_cell);
                    periods.entry(whose).or_default().extend(period);
                }
            }
            for (whose, told) in periods.into_iter().filter(|_| !segment.hidden || in_sight.is_empty()) {
                let part = part_of(&mut parts, whose.as_ref());
                match in_cells::agreed(told) {
                    Ok(witness) => part.witnesses.extend(witness),
                    Err(remark) => part.remarks.push(remark),
                }
            }
            // A table with a township column speaks of each of them: its captions are everybody's.
            for part in parts.iter_mut().filter(|part| part.records.iter().any(|record| record.sheet == sheet)) {
                let of_it = part.township == township;
                let fits = |witness: &&Witness| of_it || self.roster.only_one_in(&witness.text).is_none();
                part.witnesses.extend(segment.witnesses.iter().filter(fits).cloned());
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
    fn submission(&self, file: &OpenFile<'_>, index: usize, part: Part, blank: &Submission) -> Submission {
        let OpenFile { workbook, layouts, owners, legends, proposals } = file;
        let mut township = attribution::township(&part.witnesses, &self.roster);
        let mut told: BTreeSet<CellRef> = BTreeSet::new();
        let in_cells = part.in_cells.into_iter().filter(|piece| piece.cell.is_some_and(|(_, at)| told.insert(at)));
        township.evidence.splice(0..0, in_cells.take(1));
        township.evidence.sort_by_key(|piece| piece.place);
        township.value = part.township.clone().or(township.value);
        if township.evidence.is_empty() && index == 0 && township.value.is_none() {
            township = told_aside::township(workbook, layouts, &part.records, &self.roster);
        }
        let period = told_period::period(&part.witnesses);
        let in_sight = layouts.iter().filter(|layout| !(part.visible && workbook.sheets[layout.sheet].hidden));
        let in_sight: Vec<&SheetLayout> = in_sight.collect();
        let period = told_aside::period(&part.witnesses, workbook, &in_sight, period);
        let mut records = part.records;
        if part.visible {
            records.retain(|record| !workbook.sheets[record.sheet].hidden);
        }
        let mut values = ValueReader::new(period.value);
        for record in &mut records {
            record.values = values.read(&record.entries, &legends[record.sheet]);
            accepted::apply(proposals, record);
        }
        let sheets = sheet_summaries(workbook, layouts, part.visible);
        let (kept, balance) = ledger::account(workbook, layouts, owners, index, &records, part.visible);
        let mut remarks = workbook.remarks.clone();
        remarks.extend(part.remarks.into_iter().filter(|_| period.value.is_none()));
        remarks.extend(part.set_aside);
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
            stated_day: told_period::stated_day(&part.witnesses, period.value),
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

/// The part of a township; a new one where it has none yet.
fn part_of<'p>(parts: &'p mut Vec<Part>, township: Option<&String>) -> &'p mut Part {
    let index = parts.iter().position(|part| part.township.as_ref() == township).unwrap_or_else(|| {
        parts.push(Part {
            township: township.cloned(),
            witnesses: Vec::new(),
            in_cells: Vec::new(),
            records: Vec::new(),
            remarks: Vec::new(),
            set_aside: Vec::new(),
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
        witnesses.extend(attribution::keys(sheet.cells(), layout.sheet));
        witnesses.extend(attribution::on_sheet(sheet, layout));
        witnesses.push(attribution::sheet_name(sheet));
    }
    let (in_cells, records) = (Vec::new(), Vec::new());
    Part { township: None, witnesses, in_cells, records, remarks: Vec::new(), set_aside: Vec::new(), visible: false }
}
