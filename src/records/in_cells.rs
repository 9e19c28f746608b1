//! Whose and when, as the cells of a table tell: a column with the township of each row, one with its period.

use std::collections::BTreeSet;

use super::attribution::Witness;
use super::record::{Entry, Record};
use super::submission::{Evidence, EvidencePlace};
use super::time;
use super::told_period;
use super::township::Roster;
use crate::list::Field;
use crate::period::Period;
use crate::tables::{Table, TableColumn, is_of_answers, is_period, is_place, one_line};

/// The township of each record, where a column of the table names one.
pub(super) fn townships(table: &Table, records: &[Record], roster: &Roster) -> Vec<Option<Evidence<String>>> {
    // 单位 over names of the roster is whose row it is, too, as is a code that an office system has for it: TBDW.
    let names_all = |title: &str| {
        let mut cells = records.iter().flat_map(|record| &record.entries).filter(|entry| &*entry.title == title);
        (title.trim() == "单位" || is_code(title)) && cells.all(|entry| roster.is_name(&entry.text).is_some())
    };
    let columns = table.columns.iter().map(|column| &*column.title);
    let columns: Vec<&str> = columns.filter(|title| is_place(title) || names_all(title)).collect();
    if columns.is_empty() {
        return vec![None; records.len()];
    }
    let answers = is_of_answers_to_a_form(table);
    let named = |record: &Record| {
        let entries = || record.entries.iter().filter(|entry| columns.contains(&&*entry.title));
        let whose = |entry: &Entry| {
            let unit = ["街道", "镇", "乡", "单位", "部门", "科室"].iter().any(|word| entry.title.contains(word));
            let office = || roster.is_office_of(&entry.text).filter(|_| answers && unit);
            // 洞头区/元觉街道/经济发展办公室
            let path = || roster.among_parts(&entry.text).filter(|_| is_path(&entry.title));
            let value = roster.is_name(&entry.text).or_else(office).or_else(path)?;
            let cell = Some((record.sheet, entry.at));
            Some(Evidence { value, place: EvidencePlace::Caption, cell, text: entry.text.to_string() })
        };
        entries().find_map(whose)
    };
    let named: Vec<Option<Evidence<String>>> = records.iter().map(named).collect();
    if answers { of_answers(named) } else { as_above(named) }
}

/// Whether a title is of a column that names the organ that reports, with those above and below it.
fn is_path(title: &str) -> bool {
    ["机构", "组织", "路径"].iter().any(|word| title.contains(word))
}

/// What a column tells that names offices, where those in every row are of the same township: 承办单位 over 北岙街道办事处.
/// Asked only where nothing else tells the township. Who helps, checks or is an example may be another one.
pub(super) fn offices(records: &[Record], roster: &Roster) -> Vec<Witness> {
    const ORGANS: [&str; 6] = ["单位", "机构", "组织", "部门", "主体", "所属"];
    const OTHERS: [&str; 14] =
        ["配合", "协", "帮扶", "结对", "支援", "对口", "挂钩", "联系", "学习", "对标", "监督", "审核", "上级", "验收"];
    if records.len() < FEWEST_ROWS {
        return Vec::new();
    }
    let of_organs = |entry: &&Entry| {
        let named = entry.field == Some(Field::Agencies) || ORGANS.iter().any(|word| entry.title.contains(word));
        named && !OTHERS.iter().any(|word| entry.title.contains(word))
    };
    let first = records.iter().take(1).flat_map(|record| record.entries.iter().filter(of_organs));
    let told = first.filter_map(|first| {
        let value = roster.among_parts(&first.text)?;
        let says =
            |entry: &Entry| entry.title == first.title && roster.among_parts(&entry.text).as_ref() == Some(&value);
        let cell = records.first().map(|record| (record.sheet, first.at));
        let witness = Witness { place: EvidencePlace::Caption, cell, text: one_line(&first.text), key: None };
        records.iter().all(|record| record.entries.iter().any(says)).then_some(witness)
    });
    told.collect()
}

/// In so many rows a township must be named to be whose they are.
const FEWEST_ROWS: usize = 3;

/// Whether a title is a code of an office system, without a word of Chinese: TBDW.
fn is_code(title: &str) -> bool {
    let title = title.trim();
    title.starts_with(|c: char| c.is_ascii_alphabetic()) && title.is_ascii()
}

/// Whether a text names a half-year, quarter or month and nothing else.
fn names_a_period(text: &str) -> bool {
    let times = time::read(text);
    let short = text.chars().count() <= LONGEST_PERIOD;
    short && times.days.is_empty() && matches!(times.periods.as_slice(), [period] if period.part.is_some())
}

/// Longest name of a period, in characters: 二〇二四年第二季度.
const LONGEST_PERIOD: usize = 10;

/// A row that names no township is of the one above: it is written once for several rows.
fn as_above(named: Vec<Option<Evidence<String>>>) -> Vec<Option<Evidence<String>>> {
    let mut last: Option<Evidence<String>> = None;
    let mut told = |named: Option<Evidence<String>>| {
        if named.is_some() {
            last.clone_from(&named);
        }
        named.or_else(|| last.clone())
    };
    named.into_iter().map(&mut told).collect()
}

/// Each answer to a form stands for itself, and the one above is somebody else's: one that names no township is only of
/// the township of all others, where there is but one.
fn of_answers(named: Vec<Option<Evidence<String>>>) -> Vec<Option<Evidence<String>>> {
    let all: BTreeSet<&String> = named.iter().flatten().map(|evidence| &evidence.value).collect();
    let only = named.iter().flatten().next().filter(|_| all.len() == 1).cloned();
    named.into_iter().map(|named| named.or_else(|| only.clone())).collect()
}

/// Whether a table holds the answers to a form on the web: it notes by itself who answered when.
fn is_of_answers_to_a_form(table: &Table) -> bool {
    table.columns.iter().any(|column| column.field.is_none() && is_of_answers(&column.title))
}

/// What a column of the table says about the period of each record, where there is one.
pub(super) fn periods(table: &Table, records: &[Record]) -> Vec<Option<Witness>> {
    let coded = |column: &TableColumn| {
        let mut cells = records.iter().flat_map(|record| &record.entries).filter(|entry| entry.title == column.title);
        is_code(&column.title) && cells.all(|entry| names_a_period(&entry.text))
    };
    let told = |column: &&TableColumn| column.field.is_none() && is_period(&column.title) || coded(column);
    let column = table.columns.iter().find(told);
    let told = |record: &Record| {
        let entry = record.entries.iter().find(|entry| Some(&entry.title) == column.map(|column| &column.title))?;
        let cell = Some((record.sheet, entry.at));
        Some(Witness { place: EvidencePlace::Caption, cell, text: one_line(&entry.text), key: None })
    };
    records.iter().map(told).collect()
}

/// The witness that speaks for all records of a township in a table, where they name the same period; else a remark that
/// they do not. A ledger that goes on through several periods says nothing of the one that is reported.
pub(super) fn agreed(told: Vec<Witness>) -> Result<Option<Witness>, String> {
    let mut distinct: Vec<Witness> = Vec::new();
    for witness in told {
        if distinct.iter().all(|other| other.text != witness.text) {
            distinct.push(witness);
        }
    }
    if distinct.len() <= 1 {
        return Ok(distinct.pop());
    }
    let evidence = told_period::period(&distinct).evidence;
    let mut periods: Vec<Period> = Vec::new();
    for piece in &evidence {
        if !periods.contains(&piece.value) {
            periods.push(piece.value);
        }
    }
    match periods.as_slice() {
        [] => Ok(None),
        [_] => Ok(distinct.into_iter().find(|witness| witness.text == evidence[0].text)),
        several => {
            let names: Vec<String> = several.iter().map(|period| period.chinese()).collect();
            Err(format!("表内各行填报的期间不一致（{}），没有据此认定本表的期间，请核对。", names.join("、")))
        }
    }
}
