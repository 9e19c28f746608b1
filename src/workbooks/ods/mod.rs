//! What does an Open Document spreadsheet hold?
//!
//! calamine's reader gives neither merged regions nor hidden rows, comments or shown texts, expands repeated rows, and
//! refuses white space between cells; one sparse pass over the content gives all of them.

mod styles;
mod table;

use super::container::Container;
use super::limits::Budget;
use super::refusal::Refusal;
use super::sheet::{Format, Workbook};
use super::xml::{Node, Xml, attribute, text_of};
use styles::Styles;

/// Reads a packed document.
pub(super) fn read(container: &mut Container<'_>, budget: &mut Budget<'_>) -> Result<Workbook, Refusal> {
    let is_encrypted = container
        .with_part("META-INF/manifest.xml", budget, |bytes, _| Ok(text_of(bytes).contains("encryption-data")))?;
    if is_encrypted == Some(true) {
        return Err(Refusal::encrypted());
    }
    let mut styles = Styles::default();
    container.with_part("styles.xml", budget, |bytes, budget| styles.read(&text_of(bytes), budget))?;
    let workbook =
        container.with_part("content.xml", budget, |bytes, budget| content(&text_of(bytes), styles, budget))?;
    workbook.ok_or_else(|| Refusal::damaged("缺少工作簿主体"))
}

/// Reads a document that is one XML file (`.fods`).
pub(super) fn read_flat(text: &str, budget: &mut Budget<'_>) -> Result<Workbook, Refusal> {
    content(text, Styles::default(), budget)
}

fn content(text: &str, mut styles: Styles, budget: &mut Budget<'_>) -> Result<Workbook, Refusal> {
    styles.read(text, budget)?;
    let mut xml = Xml::new(text);
    let mut workbook = Workbook { format: Format::Ods, ..Workbook::default() };
    let (mut is_spreadsheet, mut is_other) = (false, false);
    loop {
        match xml.next(budget)? {
            Node::Start(start) => match start.name().as_ref() {
                "office:spreadsheet" => is_spreadsheet = true,
                "office:text" | "office:presentation" | "office:drawing" | "office:chart" => is_other = true,
                // The format's forerunner, OpenOffice.org 1, says so at the root.
                "office:document-content" | "office:document" => {
                    let class = attribute(&start, "class");
                    is_spreadsheet |= class.as_deref() == Some("spreadsheet");
                    is_other |= class.is_some_and(|class| class != "spreadsheet");
                }
                // Deleted cells that are kept for the record of changes stand on no sheet.
                "table:tracked-changes" => xml.skip(budget)?,
                "table:table" if is_spreadsheet => {
                    budget.sheets(workbook.sheets.len() + 1)?;
                    let name = attribute(&start, "name").unwrap_or_default().into_owned();
                    let is_hidden = styles.hides_table(attribute(&start, "style-name").as_deref());
                    let mut sheet = table::read(&mut xml, &name, &styles, &mut workbook.remarks, budget)?;
                    sheet.hidden = is_hidden;
                    workbook.sheets.push(sheet);
                }
                _ => {}
            },
            Node::Eof => break,
            _ => {}
        }
    }
    if is_other && !is_spreadsheet {
        return Err(Refusal::not_a_workbook("文字或演示文档"));
    }
    if !is_spreadsheet {
        return Err(Refusal::damaged("缺少工作簿主体"));
    }
    if workbook.sheets.is_empty() {
        return Err(Refusal::damaged("其中没有工作表"));
    }
    Ok(workbook)
}
