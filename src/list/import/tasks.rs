//! How do the rows of a listing become tasks: sections, numbers, names given once, agencies, deadlines?

use std::collections::BTreeSet;

use super::agencies::{self, LeadRule, Responsible};
use super::defect::{Defect, DefectKind};
use super::listing::{Listing, Role, Row};
use super::sections::{self, Placed};
use super::{dates, names};
use crate::list::indicators;
use crate::list::plan::Task;

/// The tasks of a listing and what is to be told of them.
#[derive(Debug, Default)]
pub(super) struct Made {
    pub(super) tasks: Vec<Task>,
    /// Slips found while the tasks were made.
    pub(super) defects: Vec<Defect>,
    /// Tasks whose deadline says that they have no end, each with those words.
    pub(super) standing: Vec<(u32, String)>,
}

/// Tasks of a listing, with the slips found while they were made.
///
/// `stated` are the numbers of tasks that the document itself names.
pub(super) fn make(listing: &Listing, first_leads: bool, years: [u16; 2], stated: &[usize]) -> Made {
    let mut defects = Vec::new();
    let only_year = (years[0] == years[1]).then_some(years[0]);
    let rows = rows_of_tasks(sections::place(&listing.items), stated);
    let numbers = number(&rows, &mut defects);
    let cells: Vec<Vec<(Role, String)>> = rows.iter().map(|placed| placed.row.agencies.clone()).collect();
    let (responsible, rule) = agencies::read(&cells, first_leads);
    if rule == LeadRule::Unsaid {
        defects.push(Defect::left(DefectKind::NoLeadRule, "", ""));
    }
    let mut tasks: Vec<Task> = Vec::new();
    let mut standing = Vec::new();
    for ((placed, number), responsible) in rows.into_iter().zip(numbers).zip(responsible) {
        let row = &placed.row;
        report_agencies(&responsible, rule, number, &row.place, &mut defects);
        let (name, content, inherited) = name_and_content(row, tasks.last(), number, &mut defects);
        let deadline = deadline(row, number, only_year, &mut defects);
        if deadline.is_none() && row.deadline.contains(char::is_alphabetic) && dates::is_standing(&row.deadline) {
            standing.push((number, row.deadline.replace('\n', "")));
        }
        let mut task = Task {
            number,
            section: placed.section.clone(),
            subsection: placed.subsection.clone(),
            name,
            name_inherited: inherited,
            content,
            leads: responsible.leads,
            supports: responsible.supports,
            deadline,
            townships: None,
            aliases: Vec::new(),
            confirmed: false,
            indicators: Vec::new(),
        };
        task.indicators = indicators::compile(&task, years, &placed.row.place);
        tasks.push(task);
    }
    Made { tasks, defects, standing }
}

/// A row for each task. Rows of one task are joined, unless the document counts its tasks and the rows are as many.
fn rows_of_tasks(rows: Vec<Placed>, stated: &[usize]) -> Vec<Placed> {
    let joined = join_rows_of_one_task(rows.clone());
    let counts_rows = stated.contains(&rows.len()) && !stated.contains(&joined.len());
    let every_row_says = rows.iter().all(|placed| !(placed.row.content_from_above || placed.row.content.is_empty()));
    if counts_rows && every_row_says { rows } else { joined }
}

/// Rows under one merged number and one merged name are one task where nobody else is responsible for the further
/// ones, nor by another time: their contents follow each other.
fn join_rows_of_one_task(rows: Vec<Placed>) -> Vec<Placed> {
    let mut joined: Vec<Placed> = Vec::new();
    for placed in rows {
        let row = &placed.row;
        let continues = row.number_from_above && row.name_from_above && row.assigned_from_above;
        match joined.last_mut().filter(|_| continues) {
            Some(task) => {
                if !row.content_from_above && !row.content.is_empty() {
                    let contents = [task.row.content.as_str(), row.content.as_str()];
                    task.row.content = contents.join("\n").trim_start().into();
                }
            }
            None => joined.push(placed),
        }
    }
    joined
}

/// The official numbers: as published where each is given once, else counted through.
fn number(rows: &[Placed], defects: &mut Vec<Defect>) -> Vec<u32> {
    let written: Vec<Option<u32>> =
        rows.iter().map(|placed| placed.row.number.filter(|_| !placed.row.number_from_above)).collect();
    let through = |index: usize| u32::try_from(index + 1).unwrap_or(u32::MAX);
    let given: Vec<u32> = written.iter().flatten().copied().collect();
    if given.is_empty() {
        if !rows.is_empty() {
            defects.push(Defect::repaired(DefectKind::Numbering, "", "", format!("1 至 {} 依次编号", rows.len())));
        }
        return (0..rows.len()).map(through).collect();
    }
    // Numbering that begins again with each section: the second 1 comes after higher numbers.
    let restarts = given.windows(2).filter(|pair| pair[1] == 1 && pair[0] >= 1).count();
    if restarts > 0 {
        let made = format!("1 至 {} 依次编号", rows.len());
        let found = "各部分重新从 1 编号";
        defects.push(Defect::repaired(DefectKind::Numbering, &rows[0].row.place, found, made));
        return (0..rows.len()).map(through).collect();
    }
    let mut taken: BTreeSet<u32> = given.iter().copied().collect();
    let mut free = given.iter().copied().max().unwrap_or(0) + 1;
    let mut used = BTreeSet::new();
    let mut numbers = Vec::new();
    for (index, placed) in rows.iter().enumerate() {
        let place = &placed.row.place;
        let shared = placed.row.number.filter(|_| placed.row.number_from_above);
        let found = match (written[index], shared) {
            (Some(number), _) => number.to_string(),
            (None, Some(number)) => format!("{number}（与上一行合用）"),
            (None, None) => String::new(),
        };
        let number = if let Some(number) = written[index].filter(|number| used.insert(*number)) {
            number
        } else {
            let next = numbers.last().map_or(1, |last: &u32| last + 1);
            let fits = written[index].is_none() && !placed.row.number_from_above && taken.insert(next);
            let number = if fits { next } else { free };
            free = free.max(number + 1);
            used.insert(number);
            taken.insert(number);
            defects.push(Defect::repaired(DefectKind::Numbering, place, found, format!("序号 {number}")).of(number));
            number
        };
        numbers.push(number);
    }
    report_gaps(&given, defects);
    numbers
}

fn report_gaps(given: &[u32], defects: &mut Vec<Defect>) {
    for pair in given.windows(2) {
        if pair[1] > pair[0] + 1 {
            let found = format!("{} 之后是 {}", pair[0], pair[1]);
            defects.push(Defect::left(DefectKind::Numbering, "", found).of(pair[1]));
        }
    }
}

/// Name, content, and whether the name is the row above's.
fn name_and_content(row: &Row, above: Option<&Task>, number: u32, defects: &mut Vec<Defect>) -> (String, String, bool) {
    // A name merged over several rows is nothing out of the ordinary.
    if row.name_from_above && !row.name.is_empty() {
        return (row.name.clone(), row.content.clone(), true);
    }
    match (row.name.is_empty(), row.content.is_empty()) {
        (false, false) => (row.name.clone(), row.content.clone(), false),
        (false, true) => {
            let (name, content) = names::from_text(&row.name);
            (name, content, false)
        }
        (true, _) => {
            if let Some(above) = above.filter(|_| row.name_from_above || !row.content.is_empty()) {
                defects.push(Defect::repaired(DefectKind::InheritedName, &row.place, "", &above.name).of(number));
                (above.name.clone(), row.content.clone(), true)
            } else {
                let (name, content) = names::from_text(&row.content);
                defects.push(Defect::repaired(DefectKind::NoName, &row.place, "", &name).of(number));
                (name, content, false)
            }
        }
    }
}

fn report_agencies(responsible: &Responsible, rule: LeadRule, number: u32, place: &str, defects: &mut Vec<Defect>) {
    for slip in &responsible.slips {
        let mut defect = Defect::left(slip.kind, place, &slip.found).of(number);
        defect.repaired.clone_from(&slip.made);
        defects.push(defect);
    }
    if responsible.leads.is_empty() {
        if responsible.supports.is_empty() {
            defects.push(Defect::left(DefectKind::NoAgencies, place, "").of(number));
        } else if rule != LeadRule::Unsaid {
            defects.push(Defect::left(DefectKind::NoLead, place, responsible.supports.join("、")).of(number));
        }
    }
}

fn deadline(row: &Row, number: u32, year: Option<u16>, defects: &mut Vec<Defect>) -> Option<String> {
    if row.deadline.is_empty() {
        return None;
    }
    let deadline = dates::deadline(&row.deadline, year);
    if deadline.is_none() && !dates::is_standing(&row.deadline) {
        defects.push(Defect::left(DefectKind::Deadline, &row.place, &row.deadline).of(number));
    }
    deadline
}
