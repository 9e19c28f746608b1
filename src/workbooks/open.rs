//! Which reader reads this file?

use super::container::Container;
use super::guard::caught;
use super::kind::{self, Kind};
use super::limits::{Budget, Limits};
use super::refusal::{Refusal, RefusalReason};
use super::sheet::{Sheet, Workbook};
use super::{delimited, html, ods, ooxml, source, spreadsheetml, text, xls, xlsb, xlsx, xml};

/// Reads a file into the sparse model, by its content and under limits.
///
/// # Errors
/// A [`Refusal`] says why the file is not read. It never panics.
pub fn open(bytes: &[u8], limits: &Limits) -> Result<Workbook, Refusal> {
    refuse_own_output(open_any(bytes, limits)?)
}

/// As [`open`], and reads our own outputs too: a person's answers come back in them.
///
/// # Errors
/// As [`open`].
pub fn open_any(bytes: &[u8], limits: &Limits) -> Result<Workbook, Refusal> {
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > limits.file_bytes {
        return Err(source::over_file_limit(limits));
    }
    caught(|| {
        let mut budget = Budget::new(limits);
        match kind::tell(bytes)? {
            Kind::Zip => read_container(bytes, &mut budget),
            Kind::Compound => xls::read(bytes, &mut budget),
            Kind::NakedRecords => xls::read_stream(bytes, &mut budget),
            Kind::Text => read_text(bytes, &mut budget),
        }
    })
}

fn read_container(bytes: &[u8], budget: &mut Budget<'_>) -> Result<Workbook, Refusal> {
    let mut container = Container::open(bytes, budget)?;
    if container.has("content.xml") || container.has("mimetype") {
        return ods::read(&mut container, budget);
    }
    if let Some(part) = ooxml::workbook_part(&mut container, budget)? {
        return match part.rsplit_once('/').map_or("", |(folder, _)| folder).to_lowercase().as_str() {
            "word" => Err(Refusal::not_a_workbook("Word（或 WPS 文字）文档")),
            "ppt" => Err(Refusal::not_a_workbook("演示文稿")),
            "visio" => Err(Refusal::not_a_workbook("Visio 图")),
            _ if part.to_lowercase().ends_with(".bin") => xlsb::read(&mut container, &part, budget),
            _ => xlsx::read(&mut container, &part, budget),
        };
    }
    let begins = |folder: &str| container.names().any(|name| name.starts_with(folder));
    Err(if container.has("OFD.xml") {
        Refusal::not_a_workbook("OFD 版式文件")
    } else if begins("index/") || container.has("index.xml") {
        Refusal::other_format("苹果 Numbers 或 Pages 文档")
    } else if container.has("[Content_Types].xml") {
        Refusal::damaged("缺少工作簿主体")
    } else {
        Refusal::not_a_workbook("压缩包")
    })
}

fn read_text(bytes: &[u8], budget: &mut Budget<'_>) -> Result<Workbook, Refusal> {
    let most = budget.limits.text_file_bytes;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > most {
        return Err(Refusal::too_large(format!("文本文件超过{}MB", most / (1024 * 1024))));
    }
    let decoded = text::decode(bytes, xml::declared_encoding(bytes));
    budget.hold(decoded.text.len())?;
    let text = decoded.text.trim_start_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']);
    let head: String = text.chars().take(2000).collect();
    if is_own_text(&head) {
        return Err(own_output());
    }
    let mut workbook = if html::is_page(text) {
        html::read(text, budget)?
    } else if head.starts_with("<?xml") || head.starts_with('<') && head.contains("xmlns") {
        if head.contains(spreadsheetml::NAMESPACE) && head.contains("Workbook") {
            spreadsheetml::read(text, budget)?
        } else if head.contains("<gnm:Workbook") || head.contains("<gmr:Workbook") {
            return Err(Refusal::other_format("Gnumeric 表格"));
        } else if head.contains("<office:document") {
            ods::read_flat(text, budget)?
        } else if head.contains("w:wordDocument") || head.contains("Word.Document") {
            return Err(Refusal::not_a_workbook("Word（或 WPS 文字）文档"));
        } else if head.contains("<svg") {
            return Err(Refusal::not_a_workbook("图片"));
        } else {
            return Err(Refusal::other_format("无法识别的 XML 文件"));
        }
    } else {
        delimited::read(&decoded.text, budget)?
    };
    workbook.remarks.extend(decoded.remark);
    Ok(workbook)
}

/// Name of the hidden sheet by which our own outputs are known, and what stands in its first cell.
pub const OWN_SHEET: (&str, &str) = ("_hedui", "hedui/output/1");

fn refuse_own_output(workbook: Workbook) -> Result<Workbook, Refusal> {
    let is_own = workbook
        .sheets
        .iter()
        .any(|sheet| sheet.name == OWN_SHEET.0 && sheet.cells().first().is_some_and(|cell| &*cell.text == OWN_SHEET.1));
    if is_own {
        return Err(own_output());
    }
    if workbook.sheets.iter().any(states_plan_schema) {
        let sentence = "这是责任分解方案，不是报送材料，已跳过；要按这份方案核对，请用 --plan 指明。";
        return Err(Refusal::new(RefusalReason::OwnOutput, sentence));
    }
    Ok(workbook)
}

/// Whether a sheet is the first one of a plan workbook, which states its schema below the title.
fn states_plan_schema(sheet: &Sheet) -> bool {
    const ROWS: usize = 10;
    let mut top = sheet.rows().into_iter().take(ROWS).flat_map(|row| sheet.row(row));
    top.any(|cell| cell.text.starts_with("hedui/plan/"))
}

fn own_output() -> Refusal {
    Refusal::new(RefusalReason::OwnOutput, "这是本工具生成的汇总结果，不是报送材料，已跳过。")
}

/// Whether a text names a schema of ours in its first lines, as a result file and a plan file do.
fn is_own_text(head: &str) -> bool {
    let names_schema = |line: &str| {
        let line = line.trim_start().trim_start_matches('"');
        line.starts_with("schema") && line.contains("\"hedui/")
    };
    head.lines().take(5).any(names_schema)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_texts_are_told_by_their_schema_and_no_other() {
        let reason = |text: &str| open(text.as_bytes(), &Limits::default()).err().map(|refusal| refusal.reason);
        for own in ["{\n  \"schema\": \"hedui/result/1\",\n", "# 方案\nschema = \"hedui/plan/1\"\ntitle = \"甲\"\n"]
        {
            assert_eq!(reason(own), Some(RefusalReason::OwnOutput), "{own}");
        }
        for other in ["任务,进展\nschema,推进中\n", "任务,进展\nhedui/result/1,推进中\n"] {
            assert_eq!(reason(other), None, "{other}");
        }
    }
}
