//! The inspection as lines for a terminal, columns aligned for double-width characters.

use std::fmt::Write as _;

use super::roles::{of_evidence, of_outside, of_row};
use super::{
    InspectedEvidence, InspectedRecord, InspectedSheet, InspectedSubmission, InspectedTable, Inspection, one_line,
};
use crate::list::Field;
use crate::outputs::text::{clean, width};
use crate::records::SubmissionStatus;
use crate::tables::Layout;

/// Widest quotation of a cell, in half-width units.
const WIDEST_QUOTE: usize = 60;
/// Cells outside the tables that are listed; the rest is counted.
const MOST_OUTSIDE: usize = 40;

/// The whole inspection, ending with a line break.
pub fn text(inspection: &Inspection) -> String {
    let mut lines = Lines::default();
    let format = inspection.format.map(|format| format!("，{format} 格式")).unwrap_or_default();
    lines.add(0, &format!("文件：{}（{}{format}）", inspection.file, size(inspection.size)));
    if let Some(refusal) = &inspection.refusal {
        lines.add(0, &format!("没有读取：{refusal}"));
    }
    for remark in &inspection.remarks {
        lines.add(0, &format!("提醒：{remark}"));
    }
    for submission in &inspection.submissions {
        of_submission(&mut lines, submission, inspection);
    }
    for sheet in &inspection.sheets {
        of_sheet(&mut lines, sheet);
    }
    for submission in inspection.submissions.iter().filter(|one| !one.records.is_empty()) {
        of_records(&mut lines, submission, inspection.submissions.len() > 1);
    }
    lines.text
}

/// Lines with their indent.
#[derive(Default)]
struct Lines {
    text: String,
}

impl Lines {
    /// Adds a line.
    fn add(&mut self, indent: usize, line: &str) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.text, "{:indent$}{}", "", clean(line).replace('\n', " "));
    }

    /// Adds rows as columns that stand below each other.
    fn add_table(&mut self, indent: usize, rows: &[Vec<String>]) {
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let widths: Vec<usize> = (0..columns)
            .map(|column| rows.iter().filter_map(|row| row.get(column)).map(|text| width(text)).max().unwrap_or(0))
            .collect();
        for row in rows {
            let mut line = String::new();
            for (index, text) in row.iter().enumerate() {
                line.push_str(text);
                if index + 1 < row.len() {
                    line.extend(std::iter::repeat_n(' ', widths[index].saturating_sub(width(text)) + 2));
                }
            }
            self.add(indent, line.trim_end());
        }
    }
}

/// Whose, when, how many, and where the cells went.
fn of_submission(lines: &mut Lines, submission: &InspectedSubmission, inspection: &Inspection) {
    lines.add(0, "");
    let township = submission.township.as_deref().unwrap_or("看不出是哪个乡镇街道");
    lines.add(0, &format!("单位：{township}"));
    of_evidence_list(lines, &submission.township_evidence);
    if submission.township.is_none() && inspection.refusal.is_none() {
        lines.add(2, "标题、填报单位、工作表名、落款、文件名里都没有方案名册上的名称；请写明，或在方案里给该乡镇加别名（aliases）。");
    }
    lines.add(0, &format!("期间：{}", submission.period.as_deref().unwrap_or("没有写明")));
    of_evidence_list(lines, &submission.period_evidence);
    if let Some(day) = &submission.stated_day {
        lines.add(0, &format!("表中所写日期：{day}"));
    }
    if inspection.refusal.is_some() {
        return;
    }
    lines.add(0, &format!("填报记录：{} 条", submission.records.len()));
    if submission.status == SubmissionStatus::NoTable {
        lines.add(
            2,
            "没有找到填报表：填报表要有任务名称（或主要内容）栏，并有完成数、状态、进展情况等填报栏中的至少一栏。",
        );
    }
    let ledger = submission.ledger;
    let balance = if ledger.balances() { "账平" } else { "账不平，请反馈给软件维护人员" };
    lines.add(
        0,
        &format!(
            "单元格去向：共 {} 格 = 记录 {} + 表头、标题、合计、说明等 {} + 未归集 {}（{balance}）",
            ledger.cells, ledger.records, ledger.surroundings, ledger.unassigned
        ),
    );
}

/// The pieces of evidence, one a line.
fn of_evidence_list(lines: &mut Lines, pieces: &[InspectedEvidence]) {
    for piece in pieces {
        let cell = piece.cell.as_ref().map(|cell| format!(" {cell}")).unwrap_or_default();
        let place = of_evidence(piece.place);
        let verdict =
            if piece.contradicts { format!("，写的是{}，与上面不一致", piece.value) } else { String::new() };
        lines.add(2, &format!("依据：{place}{cell}“{}”{verdict}", quote(&piece.text)));
    }
}

/// One sheet: its tables, the headers that were refused, the cells outside.
fn of_sheet(lines: &mut Lines, sheet: &InspectedSheet) {
    let visibility = match (sheet.hidden, sheet.counted) {
        (false, _) => "",
        (true, true) => "，隐藏，因没有其他填报表而计入",
        (true, false) => "，隐藏，不计入",
    };
    lines.add(0, "");
    lines.add(0, &format!("工作表“{}”（{} 格{visibility}）", sheet.name, sheet.cells));
    for (index, table) in sheet.tables.iter().enumerate() {
        of_table(lines, table, index + 1);
    }
    for refused in &sheet.refused_headers {
        lines.add(2, &format!("第 {} 行没有当作填报表：{}", refused.row, refused.why));
    }
    if sheet.tables.is_empty() && sheet.refused_headers.is_empty() && sheet.cells > 0 {
        lines.add(2, "没有找到填报表。");
    }
    if !sheet.outside.is_empty() {
        lines.add(2, "表外的单元格：");
        let shown = sheet.outside.iter().take(MOST_OUTSIDE);
        let rows: Vec<Vec<String>> = shown
            .map(|outside| vec![outside.cell.clone(), of_outside(outside.role).to_owned(), quote(&outside.text)])
            .collect();
        lines.add_table(4, &rows);
        let rest = sheet.outside.len().saturating_sub(MOST_OUTSIDE);
        if rest > 0 {
            lines.add(4, &format!("……另有 {rest} 格，--json 可列出全部"));
        }
    }
}

/// One table: its columns and the rows that are no records.
fn of_table(lines: &mut Lines, table: &InspectedTable, number: usize) {
    let layout = match (table.layout, table.header_rows.as_slice()) {
        (Layout::Card, _) => "卡片式：栏名在左、内容在右".to_owned(),
        (Layout::Rows, []) => "没有表头".to_owned(),
        (Layout::Rows, [row]) => format!("表头在第 {row} 行"),
        (Layout::Rows, [first, .., last]) => format!("表头在第 {first}—{last} 行"),
    };
    lines.add(2, &format!("表 {number}：{}，{layout}，{} 条记录", table.range, table.records.len()));
    let mut rows = vec![["栏", "表头", "认作", "单位", "理由"].map(str::to_owned).to_vec()];
    for column in &table.columns {
        let field = column.field.map_or("自设栏", Field::title);
        rows.push(vec![
            column.column.clone(),
            quote(&column.title),
            field.to_owned(),
            column.unit.clone().unwrap_or_default(),
            column.why.clone(),
        ]);
    }
    lines.add_table(4, &rows);
    if !table.others.is_empty() {
        lines.add(4, "没有当作记录的行：");
        let rows: Vec<Vec<String>> = table
            .others
            .iter()
            .map(|row| {
                vec![format!("第 {} 行", row.row), of_row(row.role).to_owned(), quote(&row.text), row.why.clone()]
            })
            .collect();
        lines.add_table(6, &rows);
    }
}

/// The records of one township.
fn of_records(lines: &mut Lines, submission: &InspectedSubmission, several: bool) {
    lines.add(0, "");
    let whose =
        submission.township.as_deref().filter(|_| several).map(|name| format!("（{name}）")).unwrap_or_default();
    lines.add(0, &format!("填报记录{whose}："));
    let rows: Vec<Vec<String>> = submission.records.iter().map(record_line).collect();
    lines.add_table(2, &rows);
}

/// One record on one line.
fn record_line(record: &InspectedRecord) -> Vec<String> {
    let column = record.column.as_ref().map(|column| format!(" {column} 列")).unwrap_or_default();
    let told =
        [Field::Indicator, Field::Target, Field::PeriodDone, Field::Done, Field::Rate, Field::Status, Field::Progress];
    let fields = record.fields.iter().filter(|(field, _)| told.contains(field));
    let said: Vec<String> = fields.map(|(field, text)| format!("{field}：{}", quote(text))).collect();
    let mut marks = String::new();
    if record.shares_task {
        marks.push_str("（与上一条同一任务）");
    }
    if !record.counted {
        marks.push_str("（有删除线，不计）");
    }
    vec![format!("{} 第 {} 行{column}", record.sheet, record.row), quote(&record.task) + &marks, said.join("；")]
}

/// A text on one line, shortened.
fn quote(text: &str) -> String {
    let text = one_line(text);
    let mut quoted = String::new();
    for c in text.chars() {
        if width(&quoted) >= WIDEST_QUOTE {
            quoted.push('…');
            break;
        }
        quoted.push(c);
    }
    quoted
}

/// A number of bytes as people say it.
fn size(bytes: u64) -> String {
    if bytes < 1024 { format!("{bytes} 字节") } else { format!("{} KB", bytes.div_ceil(1024)) }
}
