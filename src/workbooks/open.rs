//! Which reader reads this file?

use super::container::Container;
use super::guard::caught;
use super::kind::{self, Kind};
use super::limits::{Budget, Limits};
use super::refusal::{Refusal, RefusalReason};
use super::sheet::Workbook;
use super::{delimited, libraries, source, text};

/// Reads a file into the sparse model, by its content and under limits.
///
/// # Errors
/// A [`Refusal`] says why the file is not read. It never panics.
pub fn open(bytes: &[u8], limits: &Limits) -> Result<Workbook, Refusal> {
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > limits.file_bytes {
        return Err(source::over_file_limit(limits));
    }
    caught(|| {
        let mut budget = Budget::new(limits);
        let workbook = match kind::tell(bytes)? {
            Kind::Zip => read_container(bytes, &mut budget)?,
            Kind::Compound => libraries::read_xls(bytes, &mut budget)?,
            Kind::NakedRecords => {
                return Err(Refusal::not_a_workbook("Excel 5.0 以前的旧格式文件（请另存为 xlsx）"));
            }
            Kind::Text => read_text(bytes, &mut budget)?,
        };
        refuse_own_output(workbook)
    })
}

fn read_container(bytes: &[u8], budget: &mut Budget<'_>) -> Result<Workbook, Refusal> {
    let mut container = Container::open(bytes, budget)?;
    container.verify(budget)?;
    if container.has("xl/workbook.bin") {
        return libraries::read_xlsb(bytes, budget);
    }
    if container.has("content.xml") && container.has("mimetype") {
        return libraries::read_ods(bytes, budget);
    }
    if container.has("[Content_Types].xml") && !container.names().any(|name| name.starts_with("word/")) {
        return libraries::read_xlsx(bytes, budget);
    }
    Err(Refusal::not_a_workbook("文档或压缩包"))
}

fn read_text(bytes: &[u8], budget: &mut Budget<'_>) -> Result<Workbook, Refusal> {
    let decoded = text::decode(bytes, None);
    let mut workbook = delimited::read(&decoded.text, budget)?;
    workbook.remarks.extend(decoded.remark);
    Ok(workbook)
}

/// Name of the hidden sheet by which our own outputs are known, and what stands in its first cell.
pub const OWN_SHEET: (&str, &str) = ("_hedui", "hedui/output/1");

fn refuse_own_output(workbook: Workbook) -> Result<Workbook, Refusal> {
    let is_own = workbook
        .sheets
        .iter()
        .any(|sheet| sheet.name == OWN_SHEET.0 && sheet.cells().first().is_some_and(|cell| cell.text == OWN_SHEET.1));
    if is_own {
        let sentence = "这是本工具生成的汇总结果，不是报送材料，已跳过。";
        return Err(Refusal::new(RefusalReason::OwnOutput, sentence));
    }
    Ok(workbook)
}
