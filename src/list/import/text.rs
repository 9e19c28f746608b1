//! What stands in a plain text: lines, and tables pasted with tabs or bars between their cells?

use encoding_rs::{Encoding, UTF_8};

use super::document::{Block, Document, Grid, GridCell, GridRow, Paragraph};

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
    let lines: Vec<&str> = text.lines().collect();
    let mut blocks = Vec::new();
    let mut index = 0;
    while index < lines.len() {
        let run = table_run(&lines[index..]);
        if run > 1 {
            let rows = (index..index + run).filter_map(|line| row(lines[line], line)).collect();
            blocks.push(Block::Grid(Grid { rows, ..Grid::default() }));
            index += run;
        } else {
            blocks.extend(Paragraph::new(lines[index], place(index)).map(Block::Paragraph));
            index += 1;
        }
    }
    Document { blocks }
}

fn place(line: usize) -> String {
    format!("第{}行", line + 1)
}

/// The cells of a line between bars or tabs; `None` where it has fewer than two separators.
fn cells(line: &str) -> Option<Vec<String>> {
    let line = line.trim_matches([' ', '\r', '\u{3000}']);
    let separator = ['|', '｜', '│', '┃', '\t'].into_iter().find(|separator| line.matches(*separator).count() >= 2)?;
    let framed = separator != '\t' && line.starts_with(separator);
    let line = if framed { line.trim_start_matches(separator) } else { line };
    let line = if framed { line.strip_suffix(separator).unwrap_or(line) } else { line };
    Some(line.split(separator).map(|cell| cell.trim().trim_matches('"').to_owned()).collect())
}

/// How many of the first lines belong to one table: blank lines and rules between its rows do.
fn table_run(lines: &[&str]) -> usize {
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
fn is_rule(line: &str) -> bool {
    let drawn = |c: char| "|｜+-:=—–_ \t".contains(c) || ('\u{2500}'..='\u{257f}').contains(&c);
    !line.trim().is_empty()
        && line.chars().all(drawn)
        && line.chars().any(|c| "-=—–_".contains(c) || ('\u{2500}'..='\u{257f}').contains(&c))
}

fn row(line: &str, index: usize) -> Option<GridRow> {
    let cells = cells(line).filter(|_| !is_rule(line))?;
    // A line break inside a cell of a pasted Markdown table.
    let cell = |text: &String| GridCell::new(&text.replace("<br>", "\n").replace("<br/>", "\n"));
    Some(GridRow { cells: cells.iter().map(cell).collect(), place: place(index) })
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
    fn texts_of_chinese_offices_are_decoded_and_torn_bytes_refused() {
        let (gbk, _, _) = encoding_rs::GB18030.encode("区发改局牵头负责重大项目建设");
        assert_eq!(decode(&gbk, None).as_deref(), Some("区发改局牵头负责重大项目建设"));
        assert_eq!(decode("方案".as_bytes(), None).as_deref(), Some("方案"));
        assert_eq!(decode(b"\xef\xbb\xbfa", None).as_deref(), Some("a"));
        assert_eq!(decode("方案\u{fffd}".as_bytes(), None), None);
    }
}
