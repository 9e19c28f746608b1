//! A list pasted into a text with tabs or bars between its cells: its rows, the headings between them, and cells whose
//! line breaks part a row into several lines.

use super::closing::{ends_list, is_date_of_signature};
use super::document::{Grid, GridCell, GridRow};
use super::marks::{Level, Mark, lone_number};
use super::shapes::lists_agencies;
use super::text::{cells_between, grid_cell, is_rule, separator};
use super::titles::{self, Column, Title};

/// Longest heading with a mark, in characters.
const LONGEST_HEADING: usize = 60;

/// How long a heading without a mark may be, in characters.
const UNMARKED: std::ops::RangeInclusive<usize> = 2..=20;

/// The farthest that the line breaks of a row's cells may part it, in lines.
const LONGEST_ROW: usize = 60;

/// What the header tells about the lines below it.
struct Header {
    separator: char,
    columns: Vec<Option<Column>>,
}

/// The list whose header is the first of the lines, and how many lines it takes; `None` where none begins there.
/// `place` says where a line stands.
pub(super) fn table(lines: &[String], place: impl Fn(usize) -> String) -> Option<(Grid, usize)> {
    let header = Header::of(lines.first()?)?;
    let mut rows = vec![header.row(&lines[0], place(0))];
    let (mut index, mut end, mut records) = (1, 1, 0);
    while index < lines.len() {
        let line = &lines[index];
        if line.trim().is_empty() || is_rule(line) {
            index += 1;
            continue;
        }
        if header.separators(line) > 0 {
            let taken = header.lines_of_row(&lines[index..]);
            rows.push(header.row(&lines[index..index + taken].join("\n"), place(index)));
            records += 1;
            index += taken;
        } else if header.is_heading(line, &lines[index + 1..]) {
            rows.push(header.spanning(line, place(index)));
            index += 1;
        } else if let Some(row) = rows.last_mut().filter(|_| records > 0 && header.goes_on(line, &lines[index + 1..])) {
            let cell = row.cells.last_mut()?;
            *cell = GridCell::new(&format!("{}\n{line}", cell.text));
            index += 1;
        } else {
            break;
        }
        end = index;
    }
    (records > 0).then_some((Grid { rows, ..Grid::default() }, end))
}

impl Header {
    /// The header of a list that a line is.
    fn of(line: &str) -> Option<Self> {
        let separator = separator(line)?;
        let cells = cells_between(line, separator);
        let mut columns: Vec<Option<Title>> = cells.iter().map(|cell| titles::title(cell)).collect();
        titles::settle(&mut columns);
        let known = columns.iter().flatten().count();
        let of_list = titles::is_list(&columns) && known >= 3 && known * 3 >= columns.len() * 2;
        let columns = columns.into_iter().map(|title| title.map(|title| title.column)).collect();
        of_list.then_some(Self { separator, columns })
    }

    fn width(&self) -> usize {
        self.columns.len()
    }

    fn separators(&self, line: &str) -> usize {
        line.matches(self.separator).count()
    }

    /// A row; cells that the end of the line lacks are blank.
    fn row(&self, line: &str, place: String) -> GridRow {
        let mut cells: Vec<GridCell> = cells_between(line, self.separator).iter().map(|text| grid_cell(text)).collect();
        cells.resize(cells.len().max(self.width()), GridCell::default());
        GridRow { cells, place }
    }

    fn spanning(&self, line: &str, place: String) -> GridRow {
        let first = GridCell::new(line);
        let mut cells = vec![GridCell { from_left: true, ..first.clone() }; self.width()];
        cells[0] = first;
        GridRow { cells, place }
    }

    /// Whether a line begins a row: with the number of a task, where the list has numbers.
    fn begins_row(&self, line: &str) -> bool {
        let first = cells_between(line, self.separator).into_iter().next().unwrap_or_default();
        let numbered = self.columns.first() == Some(&Some(Column::Number));
        let separators = self.separators(line);
        separators > 0 && if numbered { lone_number(&first).is_some() } else { separators + 1 >= self.width() }
    }

    /// How many lines the row takes that begins with the first of them. A cell with line breaks parts a row whose lines
    /// together have the separators of one; where they have not, each stands for itself.
    fn lines_of_row(&self, lines: &[String]) -> usize {
        let wanted = self.width() - 1;
        let mut found = self.separators(&lines[0]);
        let numbered = self.columns.first() == Some(&Some(Column::Number)) && self.begins_row(&lines[0]);
        if found >= wanted || self.separator != '\t' || !numbered {
            return 1;
        }
        for (taken, line) in lines.iter().enumerate().take(LONGEST_ROW).skip(1) {
            // （二）新增平台2个 inside a cell is no heading: no row begins below it.
            let heading = self.separators(line) == 0 && self.is_heading(line, &lines[taken + 1..]);
            if self.begins_row(line) || heading || ends_list(line) {
                return 1;
            }
            found += self.separators(line);
            if found >= wanted {
                return if found == wanted { taken + 1 } else { 1 };
            }
        }
        1
    }

    /// Whether a line without separators is a heading over rows that follow.
    fn is_heading(&self, line: &str, below: &[String]) -> bool {
        let mut below = below.iter().filter(|line| !line.trim().is_empty() && !is_rule(line));
        let next = below.find(|line| self.separators(line) > 0 || !is_marked_heading(line));
        let over_rows = next.is_some_and(|line| self.begins_row(line) && Self::of(line).is_none());
        let names_agencies = self.ends_with_agencies() && lists_agencies(line);
        let sentence =
            line.contains(['。', '；', ';', '，', ',', '：', ':']) || line.chars().any(|c| c.is_ascii_digit());
        let other = names_agencies || sentence || line.starts_with('附') || line.starts_with("续表");
        let plain = UNMARKED.contains(&line.trim().chars().count()) && !other;
        over_rows && (is_marked_heading(line) || plain)
    }

    /// Whether a line goes on with the last cell of the row above, one of agencies.
    fn goes_on(&self, line: &str, below: &[String]) -> bool {
        let next = below.iter().find(|line| !line.trim().is_empty());
        let signed = next.is_some_and(|line| is_date_of_signature(line));
        self.ends_with_agencies() && lists_agencies(line) && !signed && !ends_list(line)
    }

    fn ends_with_agencies(&self) -> bool {
        let last = self.columns.last().copied().flatten();
        matches!(last, Some(Column::Agencies | Column::Leads | Column::Supports))
    }
}

fn is_marked_heading(line: &str) -> bool {
    let mark = Mark::of(line);
    mark.is_some_and(|mark| mark.level <= Level::ChineseInBrackets && !mark.rest.is_empty())
        && line.chars().count() <= LONGEST_HEADING
        && !line.trim_end().ends_with(['。', '；', ';'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Option<(Vec<String>, usize)> {
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let (grid, taken) = table(&lines, |index| index.to_string())?;
        Some((grid.rows.iter().map(|row| row.own_texts().join("/")).collect(), taken))
    }

    #[test]
    fn headings_stand_between_the_rows_and_nothing_below_them_is_one() {
        let text = "序号\t任务\t内容\t责任单位\n（一）产业\n1\t冷库\t建3座。\t县甲局\n民生保障\n2\t学校\t建1所。\t县乙局\n三、要求\n县政府办";
        let (rows, taken) = rows(text).unwrap();
        assert_eq!(rows[1..], ["（一）产业", "1/冷库/建3座。/县甲局", "民生保障", "2/学校/建1所。/县乙局"]);
        assert_eq!(taken, 5);
    }

    #[test]
    fn cells_with_line_breaks_make_one_row() {
        let text = "序号\t任务\t内容\t责任单位\t时限\n1\t冷库\t建3座；\n购车2辆。\t县甲局\n县丙局\t6月\n2\t学校\t建1所。\t县乙局\n二、民生\n3\t修路\t修3公里。\t县丁局\t9月";
        let (rows, _) = rows(text).unwrap();
        assert_eq!(
            rows[1..],
            [
                "1/冷库/建3座；\n购车2辆。/县甲局\n县丙局/6月",
                "2/学校/建1所。/县乙局",
                "二、民生",
                "3/修路/修3公里。/县丁局/9月"
            ]
        );
    }

    #[test]
    fn numbered_lines_inside_a_cell_are_no_headings() {
        let text = "序号\t任务\t内容\t责任单位\t时限\n1\t冷库\t（一）建3座\n（二）购车2辆\n（三）培训30人\t县甲局\t6月\n2\t学校\t建1所。\t县乙局\t9月";
        let (rows, _) = rows(text).unwrap();
        assert_eq!(
            rows[1..],
            ["1/冷库/（一）建3座\n（二）购车2辆\n（三）培训30人/县甲局/6月", "2/学校/建1所。/县乙局/9月"]
        );
    }

    #[test]
    fn agencies_go_on_below_the_last_cell_but_no_signature_does() {
        let text = "序号\t任务\t责任单位\n1\t冷库\t县甲局\n县丙局\n2\t学校\t县乙局\n县政府办公室\n2025年3月6日";
        let (rows, taken) = rows(text).unwrap();
        assert_eq!((rows[1].as_str(), rows[2].as_str(), taken), ("1/冷库/县甲局\n县丙局", "2/学校/县乙局", 4));
        assert_eq!(self::rows("甲\t乙\t丙\n1\t冷库\t县甲局"), None);
    }
}
