//! What stands in a plain text: lines, and tables pasted with tabs or bars between their cells?

use encoding_rs::{Encoding, UTF_8};

use super::document::{Block, Document, Grid, GridCell, GridRow, Paragraph};
use super::{drawn, gaps, pasted};

/// Decodes a text by its byte order mark, else UTF-8, else as it declares, else by the look of its bytes (GB18030 as a rule). `None` where
/// bytes are left that are no text in that encoding.
pub(super) fn decode(bytes: &[u8], declared: Option<&'static Encoding>) -> Option<String> {
    let encoding = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let encoding = encoding.unwrap_or_else(|| {
        if std::str::from_utf8(bytes).is_ok() {
            return UTF_8;
        }
        if let Some(declared) = declared {
            return declared;
        }
        let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
        detector.feed(bytes, true);
        detector.guess(Some(b"cn"), chardetng::Utf8Detection::Allow)
    });
    let (text, _, faulty) = encoding.decode(bytes);
    (!faulty && !text.contains(['\0', '\u{fffd}'])).then(|| text.into_owned())
}

/// Reads the lines of a text; runs of lines with tabs or bars between their cells become tables.
pub(super) fn document(text: &str) -> Document {
    let (starts, lines): (Vec<usize>, Vec<String>) = whole_lines(text).into_iter().unzip();
    let mut blocks = Vec::new();
    let mut width = None;
    let mut index = 0;
    while index < lines.len() {
        let place_of = |offset| place(starts[index + offset]);
        let joined = pasted::table(&lines[index..], place_of).or_else(|| drawn::table(&lines[index..], place_of));
        if let Some((grid, taken)) = joined {
            width = Some(grid.width());
            blocks.push(Block::Grid(grid));
            index += taken;
            continue;
        }
        let run = table_run(&lines[index..]);
        // One line between headings goes on with the table before it.
        let goes_on = run == 1 && width.is_some() && cells(&lines[index]).map(|cells| cells.len()) == width;
        if run > 1 || goes_on {
            width = cells(&lines[index]).map(|cells| cells.len());
            let rows = (index..index + run).filter_map(|line| row(&lines[line], starts[line])).collect();
            blocks.push(Block::Grid(Grid { rows, ..Grid::default() }));
            index += run;
        } else if let Some((grid, taken)) = gaps::table(&lines[index..], place_of) {
            blocks.push(Block::Grid(grid));
            index += taken;
        } else {
            blocks.extend(Paragraph::new(&lines[index], place(starts[index])).map(Block::Paragraph));
            index += 1;
        }
    }
    Document { blocks }
}

/// The farthest that a quoted cell may reach, in lines.
const LONGEST_CELL: usize = 30;

/// The lines with their indices. A cell of a pasted table that holds line breaks stands between quotation marks over
/// several lines: they are one.
fn whole_lines(text: &str) -> Vec<(usize, String)> {
    let lines: Vec<&str> = text.lines().collect();
    let odd = |cell: &str| cell.matches('"').count() % 2 == 1;
    let mut whole = Vec::new();
    let mut index = 0;
    while index < lines.len() {
        let (begin, mut line) = (index, lines[index].to_owned());
        index += 1;
        // The lines up to the one whose first cell ends with the mark; it may open a further one.
        while line.contains('\t')
            && line.rsplit('\t').next().is_some_and(|cell| cell.trim_start().starts_with('"') && odd(cell))
        {
            let until = lines[index..].iter().take(LONGEST_CELL).position(|line| line.contains(['"', '\t']));
            let closes = |line: &&str| {
                let first = line.split('\t').next().unwrap_or_default();
                first.trim_end().ends_with('"') && odd(first)
            };
            let Some(end) = until.map(|offset| index + offset).filter(|end| closes(&lines[*end])) else { break };
            for further in &lines[index..=end] {
                line.push('\n');
                line.push_str(further);
            }
            index = end + 1;
        }
        whole.push((begin, line));
    }
    whole
}

fn place(line: usize) -> String {
    format!("第{}行", line + 1)
}

/// The sign between the cells of a line: a bar or a tab; `None` where it has fewer than two of them.
pub(super) fn separator(line: &str) -> Option<char> {
    ['|', '｜', '│', '┃', '\t'].into_iter().find(|separator| line.matches(*separator).count() >= 2)
}

/// The cells of a line between bars or tabs; `None` where it has fewer than two of them.
fn cells(line: &str) -> Option<Vec<String>> {
    separator(line).map(|separator| cells_between(line, separator))
}

/// The cells of a line between separators.
pub(super) fn cells_between(line: &str, separator: char) -> Vec<String> {
    let emphasised = |cell: &str| cell.strip_prefix("**").and_then(|cell| cell.strip_suffix("**")).map(str::to_owned);
    let cell = |cell: &str| emphasised(cell.trim()).unwrap_or_else(|| cell.trim().trim_matches('"').to_owned());
    parts_between(line, separator).map(cell).collect()
}

/// What stands between the separators of a line, white space and all, without those that frame it.
pub(super) fn parts_between(line: &str, separator: char) -> impl Iterator<Item = &str> {
    let line = line.trim_matches([' ', '\r', '\u{3000}']);
    let framed = separator != '\t' && line.starts_with(separator);
    let line = if framed { line.trim_start_matches(separator) } else { line };
    let line = if framed { line.strip_suffix(separator).unwrap_or(line) } else { line };
    line.split(separator)
}

/// How many of the first lines belong to one table: blank lines and rules between its rows do.
fn table_run(lines: &[String]) -> usize {
    let mut run = 0;
    for (index, line) in lines.iter().enumerate() {
        if cells(line).is_some() {
            run = index + 1;
        } else if run == 0 || !(line.trim().is_empty() || is_rule(line)) {
            break;
        }
    }
    run
}

/// A line drawn between rows: |---|:-:|, +----+, ├──┼──┤.
pub(super) fn is_rule(line: &str) -> bool {
    let drawn = |c: char| "|｜+-:=—–_ \t".contains(c) || ('\u{2500}'..='\u{257f}').contains(&c);
    !line.trim().is_empty()
        && line.chars().all(drawn)
        && line.chars().any(|c| "-=—–_".contains(c) || ('\u{2500}'..='\u{257f}').contains(&c))
}

fn row(line: &str, index: usize) -> Option<GridRow> {
    let cells = cells(line).filter(|_| !is_rule(line))?;
    Some(GridRow { cells: cells.iter().map(|text| grid_cell(text)).collect(), place: place(index) })
}

/// A cell, with the line breaks of a pasted Markdown table.
pub(super) fn grid_cell(text: &str) -> GridCell {
    GridCell::new(&text.replace("<br>", "\n").replace("<br/>", "\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pasted_tables_are_told_from_lines() {
        for text in [
            "标题\n| 序号 | 任务 | 责任单位 |\n|---|---|---|\n| 1 | 甲 | 乙局 |\n抄送:各部门",
            "标题\n序号\t任务\t责任单位\n\n1\t甲\t乙局\n抄送:各部门",
            "标题\n序号 | 任务 | 责任单位\n1 | 甲 | 乙局\n抄送:各部门",
        ] {
            let document = document(text);
            let Block::Grid(grid) = &document.blocks[1] else { panic!("{text}") };
            let rows: Vec<Vec<&str>> = grid.rows.iter().map(GridRow::own_texts).collect();
            assert_eq!(rows, [vec!["序号", "任务", "责任单位"], vec!["1", "甲", "乙局"]]);
            assert_eq!(document.paragraphs().count(), 2);
        }
    }

    #[test]
    fn a_quoted_cell_reaches_over_lines() {
        let text = "序号\t任务\t责任单位\t时限\n1\t甲\t\"乙局\n丙局\"\t6月\n2\t\"丁\n戊\"\t\"己局\n庚局\"\t9月\n3\t12\"屏\t辛局\t9月";
        let document = document(text);
        let [Block::Grid(grid)] = document.blocks.as_slice() else { panic!("{:?}", document.blocks) };
        let rows: Vec<Vec<&str>> = grid.rows.iter().map(GridRow::own_texts).collect();
        assert_eq!(rows[1], ["1", "甲", "乙局\n丙局", "6月"]);
        assert_eq!(rows[2], ["2", "丁\n戊", "己局\n庚局", "9月"]);
        assert_eq!(rows[3], ["3", "12\"屏", "辛局", "9月"]);
        assert_eq!(grid.rows[3].place, "第7行");
    }

    #[test]
    fn texts_of_chinese_offices_are_decoded_and_torn_bytes_refused() {
        let (gbk, _, _) = encoding_rs::GB18030.encode("区发改局牵头负责重大项目建设");
        assert_eq!(decode(&gbk, None).as_deref(), Some("区发改局牵头负责重大项目建设"));
        assert_eq!(decode("方案".as_bytes(), None).as_deref(), Some("方案"));
        assert_eq!(decode(b"\xef\xbb\xbfa", None).as_deref(), Some("a"));
        assert_eq!(decode("方案\u{fffd}".as_bytes(), None), None);
    }
}
