//! Tables whose cells are parted by wide gaps: 序号    任务名称    责任单位.

use super::document::{Grid, GridCell, GridRow};
use super::marks::Mark;
use super::titles::{self, Title};

/// Words that begin the lines below a table.
const BELOW: [&str; 5] = ["注", "备注", "说明", "抄送", "附件"];

/// The table that begins with the first of the lines, and how many lines it takes; `None` where none begins there, or
/// where one of its lines has another number of cells: nothing tells then which cell is missing. `places` says where
/// the lines stand.
pub(super) fn table(lines: &[String], place: impl Fn(usize) -> String) -> Option<(Grid, usize)> {
    let header = cells(lines.first()?);
    let mut columns: Vec<Option<Title>> = header.iter().map(|text| titles::title(text)).collect();
    titles::settle(&mut columns);
    if header.len() < 3 || columns.contains(&None) || !titles::is_list(&columns) {
        return None;
    }
    let mut grid = Grid::default();
    let mut end = 0;
    for (index, line) in lines.iter().enumerate() {
        let texts = cells(line);
        let alone = texts.len() == 1;
        if texts.is_empty() {
            continue;
        }
        if alone && BELOW.iter().any(|word| texts[0].starts_with(word)) {
            break;
        }
        if !(texts.len() == header.len() || alone && Mark::of(texts[0]).is_some()) {
            return None;
        }
        let mut cells: Vec<GridCell> = texts.iter().map(|text| GridCell::new(text)).collect();
        let first = cells[0].clone();
        cells.resize_with(header.len(), || GridCell { from_left: true, ..first.clone() });
        grid.rows.push(GridRow { cells, place: place(index) });
        end = index + 1;
    }
    (grid.rows.len() > 1).then_some((grid, end))
}

/// The cells of a line between gaps of two spaces or more.
fn cells(line: &str) -> Vec<&str> {
    let line = line.trim();
    let mut cells = Vec::new();
    let mut rest = line;
    while let Some(at) =
        ["  ", "\u{3000}\u{3000}", " \u{3000}", "\u{3000} "].iter().filter_map(|gap| rest.find(gap)).min()
    {
        cells.push(rest[..at].trim());
        rest = rest[at..].trim_start();
    }
    cells.push(rest);
    cells.retain(|cell| !cell.is_empty());
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Option<Vec<usize>> {
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        table(&lines, |index| index.to_string())
            .map(|(grid, _)| grid.rows.iter().map(|row| row.own_texts().len()).collect())
    }

    #[test]
    fn lines_of_equally_many_cells_are_a_table_and_others_are_not_guessed_at() {
        let whole = "序号    任务名称  责任单位\n一、产业\n1    冷库  县甲局、县乙局\n\n2    学校  县丙局\n注：略。";
        assert_eq!(rows(whole), Some(vec![3, 1, 3, 3]));
        assert_eq!(rows("序号    任务名称  责任单位\n1    冷库  县甲局  县乙局"), None);
        assert_eq!(rows("序号    任务名称  责任单位\n1    冷库"), None);
        assert_eq!(rows("甲    乙  丙\n1    冷库  县甲局"), None);
    }
}
