//! Which year are the targets of a column of, where the list has a column for each: 2024年目标, 2025年目标?

use super::dates;
use super::document::GridRow;
use super::titles::{Column, Title};

/// Tells the columns of contents apart by their years, where there are several with a year each.
pub(super) fn date(columns: &mut [Option<Title>], rows: &[GridRow]) {
    let year = |column: usize| {
        let mut texts = rows.iter().rev().map(|row| row.text(column));
        texts.find_map(dates::single_year)
    };
    let dated: Vec<(usize, u16)> = (0..columns.len())
        .filter(|index| columns[*index].as_ref().is_some_and(|title| title.column == Column::Content))
        .filter_map(|index| Some((index, year(index)?)))
        .collect();
    let mut years: Vec<u16> = dated.iter().map(|(_, year)| *year).collect();
    years.sort_unstable();
    years.dedup();
    if years.len() < 2 || years.len() != dated.len() {
        return;
    }
    for (index, year) in dated {
        if let Some(title) = &mut columns[index] {
            title.year = Some(year);
        }
    }
}

/// The target of one year: 2024年：建成20家. A dash is none.
pub(super) fn of_year(year: u16, text: &str) -> String {
    let says = text.chars().any(char::is_alphanumeric);
    if says { format!("{year}年：{text}") } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::super::titles::columns;
    use super::*;
    use crate::list::import::document::GridCell;

    fn row(texts: &[&str]) -> GridRow {
        let cell = |text: &&str| GridCell { text: (*text).to_owned(), ..GridCell::default() };
        GridRow { place: String::new(), cells: texts.iter().map(cell).collect() }
    }

    fn years(rows: &[GridRow]) -> Vec<Option<u16>> {
        columns(rows).into_iter().map(|title| title.and_then(|title| title.year)).collect()
    }

    #[test]
    fn each_year_has_a_column() {
        let rows = [
            row(&["序号", "工作任务", "主要内容", "年度目标", "年度目标", "牵头单位"]),
            row(&["", "", "", "2024年目标", "2025年目标", ""]),
        ];
        assert_eq!(years(&rows), [None, None, None, Some(2024), Some(2025), None]);
        // One year in a title is that of the whole list.
        assert_eq!(years(&[row(&["序号", "任务名称", "2025年目标任务", "责任单位"])]), [None; 4]);
        assert_eq!(of_year(2024, "建成20家"), "2024年：建成20家");
        assert_eq!(of_year(2024, "——"), "");
    }
}
