//! Tables drawn with lines in a plain text: between two rules stands one row, its cells wrapped over several lines.

use super::document::{Grid, GridRow};
use super::text::{grid_cell, is_rule, parts_between, separator};

/// The drawn table that begins with the first line, and how many lines it takes. `None` where there is none, or every
/// row stands on one line: then nothing has to be joined.
pub(super) fn table(lines: &[String], place: impl Fn(usize) -> String) -> Option<(Grid, usize)> {
    if !is_rule(lines.first()?) {
        return None;
    }
    let drawn = lines.iter().take_while(|line| is_rule(line) || separator(line).is_some()).count();
    let end = lines[..drawn].iter().rposition(|line| is_rule(line))? + 1;
    let mut rows = Vec::new();
    let mut is_wrapped = false;
    let mut begin = 0;
    for between in lines[..end].split(|line| is_rule(line)) {
        if let Some(joined) = one_row(between) {
            is_wrapped |= between.len() > 1;
            rows.push(row(&joined, place(begin)));
        } else {
            rows.extend(between.iter().zip(begin..).map(|(line, index)| row(&cells(line), place(index))));
        }
        begin += between.len() + 1;
    }
    is_wrapped.then(|| (Grid { rows, ..Grid::default() }, end))
}

fn row(cells: &[String], place: String) -> GridRow {
    GridRow { cells: cells.iter().map(|text| grid_cell(text.trim())).collect(), place }
}

/// The cells of a line, the room behind their texts included.
fn cells(line: &str) -> Vec<String> {
    let parts = separator(line).map(|separator| parts_between(line, separator));
    parts.into_iter().flatten().map(str::to_owned).collect()
}

/// The cells of some lines between two rules, where they are one row: its first cell is filled once at most. Where each
/// line has a number of its own, only the head of the table is ruled off.
fn one_row(lines: &[String]) -> Option<Vec<String>> {
    let lines: Vec<Vec<String>> = lines.iter().map(|line| cells(line)).collect();
    let width = lines.first()?.len();
    let begun = lines.iter().filter(|cells| cells.first().is_some_and(|first| !first.trim().is_empty())).count();
    let fits = begun <= 1 && lines.iter().all(|cells| cells.len() == width);
    fits.then(|| (0..width).map(|column| whole(lines.iter().map(|cells| cells[column].as_str()))).collect())
}

/// The text of a cell. A line that fills it goes on in the next one; where one ends before, somebody broke it.
fn whole<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    /// Columns that are left behind a text that was wrapped: the frame's own room, and one for half a character.
    const ROOM: usize = 3;
    let mut text = String::new();
    for line in lines.filter(|line| !line.trim().is_empty()) {
        text.push_str(line.trim());
        let room = line.chars().rev().take_while(|c| c.is_whitespace()).map(|c| if c == '\u{3000}' { 2 } else { 1 });
        if room.sum::<usize>() > ROOM {
            text.push('\n');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Option<Vec<Vec<String>>> {
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let (grid, taken) = table(&lines, |line| line.to_string())?;
        assert_eq!(taken, lines.len());
        Some(grid.rows.iter().map(|row| row.own_texts().into_iter().map(str::to_owned).collect()).collect())
    }

    #[test]
    fn cells_wrapped_between_rules_are_one_row() {
        let drawn = "\
┌──┬────────┬──────┐
│序号│ 任务名称     │ 责任单位 │
├──┴────────┴──────┤
│ 一、稳就业                   │
├──┬────────┬──────┤
│ 1  │ 建立180家重  │ 县财政局 │
│    │ 点企业清单   │ 、县税务 │
│    │              │ 局       │
├──┼────────┼──────┤
│ 2  │ 以工代赈     │ 县水利局     │
│    │              │ 县教育局     │
└──┴────────┴──────┘";
        let rows = texts(drawn).unwrap();
        assert_eq!(rows[0], ["序号", "任务名称", "责任单位"]);
        assert_eq!(rows[1], ["一、稳就业"]);
        assert_eq!(rows[2], ["1", "建立180家重点企业清单", "县财政局、县税务局"]);
        assert_eq!(rows[3], ["2", "以工代赈", "县水利局\n县教育局"]);
    }

    #[test]
    fn rows_of_one_line_and_numbered_lines_are_left_to_others() {
        let head_alone = "+--+----+----+\n| 序号 | 任务 | 单位 |\n+--+----+----+\n| 1 | 甲 | 乙局 |\n| 2 | 丙 | 丁局 |\n+--+----+----+";
        assert_eq!(texts(head_alone), None);
        assert_eq!(texts("| 序号 | 任务 | 单位 |\n|---|---|---|\n| 1 | 甲 | 乙局 |"), None);
    }
}
