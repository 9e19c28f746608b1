//! What does a column hold whose title no list is known to have? Its cells tell, where they all say the same.

use std::collections::BTreeSet;

use super::document::GridRow;
use super::marks::{Level, Mark};
use super::shapes::lists_agencies;
use super::titles::{Column, Title};

/// Share of a column's cells that must list agencies before it counts as a column of them.
const AGENCY_CELLS: f64 = 0.7;
/// Mean length from which a column of texts describes tasks, in characters: names and places stay below.
const DESCRIBING: f64 = 12.0;
/// Share of a column's cells that must be sentences, where no other column names the tasks.
const SENTENCES: f64 = 0.5;

/// Names the columns of agencies and contents that have no known title, where the header is else that of a list.
pub(super) fn name_columns(columns: &mut [Option<Title>], rows: &[GridRow]) {
    let has = |columns: &[Option<Title>], wanted: &[Column]| {
        columns.iter().flatten().any(|title| wanted.contains(&title.column))
    };
    let known = columns.iter().flatten().count();
    if known < 2 || has(columns, &[Column::Foreign]) {
        return;
    }
    let set = |columns: &mut [Option<Title>], index: Option<usize>, column: Column| {
        if let Some(index) = index {
            columns[index] = Some(Title::of(column));
        }
    };
    if !has(columns, &[Column::Agencies, Column::Leads, Column::Supports]) {
        let agencies = (0..columns.len())
            .find(|index| columns[*index].is_none() && share(rows, *index, lists_agencies) >= AGENCY_CELLS);
        set(columns, agencies, Column::Agencies);
    }
    if !has(columns, &[Column::Content]) {
        let name = columns.iter().position(|title| title.as_ref().is_some_and(|title| title.column == Column::Name));
        let least = name.map_or(DESCRIBING, |name| mean_length(rows, name).max(DESCRIBING));
        let is_sentence = |text: &str| text.contains(['。', '，', '；', ',']);
        let describes = |index: &usize| {
            columns[*index].is_none()
                && mean_length(rows, *index) >= least
                && share(rows, *index, lists_agencies) < SENTENCES
                && (name.is_some() || share(rows, *index, is_sentence) >= SENTENCES)
        };
        let longest = (0..columns.len())
            .filter(describes)
            .max_by(|one, other| mean_length(rows, *one).total_cmp(&mean_length(rows, *other)));
        set(columns, longest, Column::Content);
    }
}

/// A column of names is one of sections, where all of them are numbered as sections are (一、稳工业) and stand over
/// several contents.
pub(super) fn section_names(columns: &mut [Option<Title>], rows: &[GridRow]) {
    let of = |columns: &[Option<Title>], wanted: Column| {
        columns.iter().position(|title| title.as_ref().is_some_and(|title| title.column == wanted))
    };
    let (Some(name), Some(content)) = (of(columns, Column::Name), of(columns, Column::Content)) else { return };
    let marked = |text: &str| Mark::of(text).is_some_and(|mark| mark.level <= Level::ChineseInBrackets);
    let names = texts(rows, name).count();
    if names > 0 && names < texts(rows, content).count() && texts(rows, name).all(marked) {
        columns[name] = Some(Title::of(Column::Section));
    }
}

/// A column of classes is one of names, where the list has one column that describes, and each row a class of its own:
/// 任务类别 beside 板块.
pub(super) fn name_classes(columns: &mut [Option<Title>], rows: &[GridRow]) {
    let position = |columns: &[Option<Title>], wanted: Column| {
        columns.iter().rposition(|title| title.as_ref().is_some_and(|title| title.column == wanted))
    };
    let words = (position(columns, Column::Name), position(columns, Column::Content));
    let ((Some(one_text), None) | (None, Some(one_text))) = words else { return };
    let describes = |text: &str| text.contains(['。', '，', '；', ',']) || text.chars().count() >= 12;
    let Some(class) = position(columns, Column::Section).filter(|_| share(rows, one_text, describes) >= SENTENCES)
    else {
        return;
    };
    let written: Vec<&str> = texts(rows, class).collect();
    let different: BTreeSet<&str> = written.iter().copied().collect();
    let marked = written.iter().any(|text| Mark::of(text).is_some_and(|mark| mark.level < Level::Arabic));
    let every_row = different.len() * 5 >= texts(rows, one_text).count() * 4;
    if every_row && different.len() == written.len() && !marked && written.len() > 1 {
        for (index, column) in [(class, Column::Name), (one_text, Column::Content)] {
            columns[index] = Some(Title::of(column));
        }
    }
}

/// The texts that begin in a column.
fn texts(rows: &[GridRow], column: usize) -> impl Iterator<Item = &str> {
    let own = rows.iter().filter_map(move |row| row.cells.get(column)).filter(|cell| !cell.is_covered());
    own.map(|cell| cell.text.as_str()).filter(|text| !text.is_empty())
}

#[expect(clippy::cast_precision_loss, reason = "a list has at most some thousand rows")]
fn share(rows: &[GridRow], column: usize, holds: impl Fn(&str) -> bool) -> f64 {
    let all = texts(rows, column).count();
    let fitting = texts(rows, column).filter(|text| holds(text)).count();
    if all == 0 { 0.0 } else { fitting as f64 / all as f64 }
}

#[expect(clippy::cast_precision_loss, reason = "a list has at most some thousand rows")]
fn mean_length(rows: &[GridRow], column: usize) -> f64 {
    let all = texts(rows, column).count();
    let characters: usize = texts(rows, column).map(|text| text.chars().count()).sum();
    if all == 0 { 0.0 } else { characters as f64 / all as f64 }
}

#[cfg(test)]
mod tests {
    use super::super::document::GridCell;
    use super::super::titles;
    use super::*;

    fn columns(header: &[&str], rows: &[&[&str]]) -> Vec<Option<Column>> {
        let row = |texts: &[&str]| GridRow {
            cells: texts.iter().map(|text| GridCell::new(text)).collect(),
            place: String::new(),
        };
        let mut columns = titles::columns(&[row(header)]);
        name_columns(&mut columns, &rows.iter().map(|texts| row(texts)).collect::<Vec<_>>());
        columns.into_iter().map(|title| title.map(|title| title.column)).collect()
    }

    #[test]
    fn cells_tell_what_unknown_titles_do_not() {
        let rows: [&[&str]; 2] = [
            &["1", "冷库", "新建冷库3座，完成投资2亿元。", "县农业农村局、县财政局"],
            &["2", "培训", "培训农民500人次，分两批进行。", "县人社局"],
        ];
        assert_eq!(
            columns(&["序号", "工作任务", "干到什么程度", "谁来干"], &rows),
            [Some(Column::Number), Some(Column::Name), Some(Column::Content), Some(Column::Agencies)]
        );
        // A list of addresses is none of tasks.
        let rows: [&[&str]; 1] = [&["1", "县农业农村局", "大河县人民路一百二十八号农业大厦"]];
        assert_eq!(columns(&["序号", "责任单位", "办公地点"], &rows)[2], None);
        let rows: [&[&str]; 1] = [&["1", "王某某", "县农业农村局", "负责日常工作，完成领导交办的任务。"]];
        assert_eq!(columns(&["序号", "姓名", "单位", "备考"], &rows)[3], None);
    }
}
