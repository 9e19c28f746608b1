//! What table does a delimited text hold?

use csv::{ReaderBuilder, StringRecord, Trim};

use super::builder::{is_blank, is_error_code};
use super::limits::Budget;
use super::refusal::{Refusal, RefusalReason};
use super::sheet::{Cell, Format, Sheet, Value, Workbook};
use crate::location::{CellRef, MAX_COLUMNS, MAX_ROWS};

/// Records and bytes looked at to choose the delimiter.
const SAMPLE: usize = 200;
const SAMPLE_BYTES: usize = 64 * 1024;
/// Fields and lines that a text must have of which spaces part the columns.
const FEWEST_PRINTED: usize = 3;
/// See [`FEWEST_PRINTED`].
const FEWEST_LINES: u32 = 4;

/// Reads a decoded text as one sheet. Every cell stays the text that stands there; blank lines count as rows, as in a
/// spreadsheet program.
pub(super) fn read(text: &str, budget: &mut Budget<'_>) -> Result<Workbook, Refusal> {
    let (declared, text) = declared_delimiter(text);
    let (best, score) = best_delimiter(text);
    let parted = declared.is_none().then(|| parted_by_spaces(text, score)).flatten();
    let delimiter = declared.unwrap_or(if parted.is_some() { b'\t' } else { best });
    let text = parted.as_deref().unwrap_or(text);
    let mut reader = reader(text, delimiter);
    let mut record = StringRecord::new();
    let mut cells = Vec::new();
    let mut row = 0u64;
    loop {
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {}
            Err(_) => return Err(Refusal::damaged("文本无法按表格读取")),
        }
        budget.step()?;
        // The library passes over blank lines; a spreadsheet program shows them as rows.
        let start = record.position().map_or(0, csv::Position::byte);
        row += blank_lines_at(text, usize::try_from(start).unwrap_or(usize::MAX));
        push_row(&mut cells, &record, row, budget)?;
        row += 1;
    }
    if cells.is_empty() {
        return Err(Refusal::new(RefusalReason::Empty, "文件中没有任何文字，请检查后重新报送。"));
    }
    let mut workbook = Workbook { format: Format::Csv, ..Workbook::default() };
    workbook.sheets.push(Sheet::new("Sheet1", cells));
    Ok(workbook)
}

fn push_row(cells: &mut Vec<Cell>, record: &StringRecord, row: u64, budget: &mut Budget<'_>) -> Result<(), Refusal> {
    for (column, field) in record.iter().enumerate() {
        let field = unwrapped(field);
        if is_blank(field) {
            continue;
        }
        let row = u32::try_from(row).ok().filter(|row| *row < MAX_ROWS);
        let column = u32::try_from(column).ok().filter(|column| *column < MAX_COLUMNS);
        let (Some(row), Some(column)) = (row, column) else {
            return Err(Refusal::too_large(format!("表格超过{MAX_ROWS}行或{MAX_COLUMNS}列")));
        };
        budget.cell(field.len())?;
        let mut cell = Cell::text(CellRef::new(row, column), field.replace("\r\n", "\n"));
        if is_error_code(field) {
            cell.value = Value::Error(field.to_owned());
        }
        cells.push(cell);
    }
    Ok(())
}

/// Line breaks at a place where a record should begin.
fn blank_lines_at(text: &str, start: usize) -> u64 {
    let bytes = text.as_bytes();
    let mut rest = bytes.get(start..).unwrap_or_default();
    if start > 0 && bytes.get(start - 1) == Some(&b'\r') {
        rest = rest.strip_prefix(b"\n").unwrap_or(rest);
    }
    let mut lines = 0;
    while let [b'\r' | b'\n', ..] = rest {
        rest = rest.strip_prefix(b"\r\n").unwrap_or(&rest[1..]);
        lines += 1;
    }
    lines
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .trim(Trim::None)
        .from_reader(text.as_bytes())
}

/// Excel's own first line `sep=;` names the delimiter and is no record.
fn declared_delimiter(text: &str) -> (Option<u8>, &str) {
    let rest = text.get(..4).filter(|beginning| beginning.eq_ignore_ascii_case("sep=")).map(|_| &text[4..]);
    let Some(rest) = rest else { return (None, text) };
    let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
    match line.trim_end_matches('\r').as_bytes() {
        [delimiter] => (Some(*delimiter), after),
        _ => (None, text),
    }
}

/// The delimiter that cuts most records into an equal number of fields; of equals the first of comma, tab, semicolon,
/// bar.
fn best_delimiter(text: &str) -> (u8, (u32, usize)) {
    let mut best = (b',', (0, 0));
    let text = sample(text);
    for delimiter in [b',', b'\t', b';', b'|'] {
        let mut widths = std::collections::BTreeMap::new();
        for record in reader(text, delimiter).records().take(SAMPLE).flatten() {
            *widths.entry(record.len()).or_insert(0u32) += 1;
        }
        let score = widths.into_iter().filter(|(width, _)| *width > 1).map(|(width, times)| (times, width)).max();
        if score.is_some_and(|score| score > best.1) {
            best = (delimiter, score.unwrap_or_default());
        }
    }
    best
}

/// The beginning of a text, by which its delimiter is told.
fn sample(text: &str) -> &str {
    let end = text.char_indices().map(|(at, _)| at).take_while(|at| *at <= SAMPLE_BYTES).last().unwrap_or(0);
    if text.len() > SAMPLE_BYTES { &text[..end] } else { text }
}

/// A text as it is printed, with columns of which spaces part the fields, with a tab between them; `None` where a
/// delimiter parts as many lines as evenly (`score`), or few lines have as many fields as others.
fn parted_by_spaces(text: &str, score: (u32, usize)) -> Option<String> {
    let fields = |line: &str| -> Vec<String> {
        let wide = line.trim().replace('\u{3000}', "  ");
        wide.split("  ").map(str::trim).filter(|field| !field.is_empty()).map(str::to_owned).collect()
    };
    let mut widths = std::collections::BTreeMap::new();
    let mut lines = 0u32;
    for line in sample(text).lines().filter(|line| !line.trim().is_empty()).take(SAMPLE) {
        lines += 1;
        *widths.entry(fields(line).len()).or_insert(0u32) += 1;
    }
    let even =
        widths.into_iter().filter(|(width, _)| *width >= FEWEST_PRINTED).map(|(width, times)| (times, width)).max()?;
    let quoted = text.contains(['\t', '"']);
    if quoted || even.0 * 2 < lines || even.0 < FEWEST_LINES || even <= score {
        return None;
    }
    Some(text.lines().map(|line| fields(line).join("\t")).collect::<Vec<_>>().join("\n"))
}

/// The text of a field without the armour that phone exports put around it: `="00123"`, a leading apostrophe or tab.
fn unwrapped(field: &str) -> &str {
    let inner = field.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')).unwrap_or(field);
    inner.trim_matches(['\t', '\u{FEFF}', '\0'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbooks::Limits;

    fn cells(text: &str) -> Vec<(String, String)> {
        let limits = Limits::default();
        let workbook = read(text, &mut Budget::new(&limits)).unwrap();
        workbook.sheets[0].cells().iter().map(|cell| (cell.at.a1(), cell.text.to_string())).collect()
    }

    fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
        expected.iter().map(|(at, text)| ((*at).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn the_delimiter_is_the_one_that_cuts_evenly() {
        let expected = pairs(&[("A1", "序号"), ("B1", "进展, 问题"), ("A2", "1"), ("B2", "已开工")]);
        for text in [
            "序号,\"进展, 问题\"\n1,已开工\n",
            "序号\t进展, 问题\n1\t已开工\n",
            "序号;\"进展, 问题\"\n1;已开工\n",
            "sep=;\r\n序号;\"进展, 问题\"\r\n1;已开工\r\n",
            "序号|进展, 问题\n1|已开工\n",
        ] {
            assert_eq!(cells(text), expected, "{text}");
        }
    }

    #[test]
    fn spaces_part_the_columns_of_a_printed_text() {
        let text = "      进展表\n\n序号  任务      状态\n1     城镇化    推进中\n2     百链, 千亿  滞后\n3     养老　　已完成\n";
        let expected = pairs(&[
            ("A1", "进展表"),
            ("A3", "序号"),
            ("B3", "任务"),
            ("C3", "状态"),
            ("A4", "1"),
            ("B4", "城镇化"),
            ("C4", "推进中"),
            ("A5", "2"),
            ("B5", "百链, 千亿"),
            ("C5", "滞后"),
            ("A6", "3"),
            ("B6", "养老"),
            ("C6", "已完成"),
        ]);
        assert_eq!(cells(text), expected);
    }

    #[test]
    fn a_quoted_line_break_stays_in_its_cell_and_blank_lines_keep_their_rows() {
        let expected = pairs(&[("A2", "标题"), ("A4", "a"), ("B4", "1\n2"), ("A5", "b"), ("B5", "c"), ("A8", "d")]);
        assert_eq!(cells("\n标题\n\na,\"1\n2\"\nb,c\n\n\nd"), expected);
        assert_eq!(cells("\r\n标题\r\n\r\na,\"1\n2\"\r\nb,c\r\n\r\n\r\nd\r\n"), expected);
    }

    #[test]
    fn armour_of_phone_exports_is_taken_off() {
        assert_eq!(cells("=\"007\",\"13800000000\t\"\n"), pairs(&[("A1", "007"), ("B1", "13800000000")]));
    }

    #[test]
    fn a_text_of_spaces_is_empty() {
        let limits = Limits::default();
        let refusal = read(" \n,\u{3000},\n", &mut Budget::new(&limits)).unwrap_err();
        assert_eq!(refusal.reason, RefusalReason::Empty);
    }
}
