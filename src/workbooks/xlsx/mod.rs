//! What does an Office Open XML workbook hold?
//!
//! One pass over each part gives everything the model keeps. calamine reads the values, too, but neither hidden rows
//! nor comments nor struck runs, and refuses some sheets that every spreadsheet program opens; a second pass beside it
//! would have to look at every cell again (`docs/reading.md`).

mod comments;
pub(super) mod drawings;
mod strings;
mod styles;
mod worksheet;

use super::builder::SheetBuilder;
use super::container::Container;
use super::limits::Budget;
use super::ooxml::{self, Relationship};
use super::refusal::Refusal;
use super::rich_text::RichText;
use super::sheet::{Format, Workbook};
use super::xml::{Node, Xml, attribute, is_set, local_name, text_of};
use styles::Styles;

/// What all sheets of a workbook share.
struct Shared {
    strings: Vec<RichText>,
    styles: Styles,
    from_1904: bool,
}

/// A tab of the workbook.
#[derive(Debug, Default)]
struct Tab {
    name: String,
    hidden: bool,
    relationship: String,
}

/// Reads the workbook of which a part is the main one.
pub(super) fn read(container: &mut Container<'_>, part: &str, budget: &mut Budget<'_>) -> Result<Workbook, Refusal> {
    let related = ooxml::relationships(container, part, budget)?;
    let listed = container.with_part(part, budget, |bytes, budget| tabs(&text_of(bytes), budget))?;
    let (tabs, from_1904) = listed.unwrap_or_default();
    budget.sheets(tabs.len())?;
    let shared = Shared {
        strings: read_related(container, &related, "sharedstrings", budget, strings::read)?.unwrap_or_default(),
        styles: read_related(container, &related, "styles", budget, styles::read)?.unwrap_or_default(),
        from_1904,
    };
    let mut workbook = Workbook { format: Format::Xlsx, ..Workbook::default() };
    if related.iter().any(|relationship| relationship.kind == "vbaproject") {
        workbook.format = Format::Xlsm;
        workbook.remarks.push("工作簿带有宏，宏没有运行。".to_owned());
    }
    for tab in &tabs {
        read_tab(container, tab, &related, &shared, budget, &mut workbook)?;
    }
    if workbook.sheets.is_empty() {
        return Err(Refusal::no_worksheet(related.iter().any(Relationship::is_tab_without_cells)));
    }
    Ok(workbook)
}

fn read_related<T>(
    container: &mut Container<'_>,
    related: &[Relationship],
    kind: &str,
    budget: &mut Budget<'_>,
    read: impl FnOnce(&str, &mut Budget<'_>) -> Result<T, Refusal>,
) -> Result<Option<T>, Refusal> {
    let Some(relationship) = related.iter().find(|relationship| relationship.kind == kind) else { return Ok(None) };
    container.with_part(&relationship.target, budget, |bytes, budget| read(&text_of(bytes), budget))
}

fn tabs(text: &str, budget: &mut Budget<'_>) -> Result<(Vec<Tab>, bool), Refusal> {
    let mut xml = Xml::new(text);
    let (mut tabs, mut from_1904) = (Vec::new(), false);
    loop {
        match xml.next(budget)? {
            Node::Start(start) => match local_name(&start) {
                "sheet" => tabs.push(Tab {
                    name: attribute(&start, "name").unwrap_or_default().into_owned(),
                    hidden: attribute(&start, "state").is_some_and(|state| state != "visible"),
                    relationship: attribute(&start, "id").unwrap_or_default().into_owned(),
                }),
                "workbookPr" => from_1904 |= is_set(&start, "date1904"),
                _ => {}
            },
            Node::Eof => return Ok((tabs, from_1904)),
            _ => {}
        }
    }
}

fn read_tab(
    container: &mut Container<'_>,
    tab: &Tab,
    related: &[Relationship],
    shared: &Shared,
    budget: &mut Budget<'_>,
    workbook: &mut Workbook,
) -> Result<(), Refusal> {
    let name = &tab.name;
    let relationship = related.iter().find(|relationship| relationship.id == tab.relationship);
    let Some(relationship) = relationship.filter(|relationship| container.has(&relationship.target)) else {
        workbook.remarks.push(format!("工作表“{name}”的内容在文件中缺失。"));
        return Ok(());
    };
    if relationship.is_tab_without_cells() {
        workbook.remarks.push(format!("“{name}”是图表页或对话框页，没有单元格，没有读取。"));
        return Ok(());
    }
    let mut sheet = SheetBuilder::new(name);
    sheet.hidden = tab.hidden;
    sheet.from_1904 = shared.from_1904;
    let remarks = &mut workbook.remarks;
    container.with_part(&relationship.target, budget, |bytes, budget| {
        worksheet::read(&text_of(bytes), shared, &mut sheet, remarks, budget)
    })?;
    let around = ooxml::relationships(container, &relationship.target, budget)?;
    comments::read(container, &around, &mut sheet, budget)?;
    drawings::read(container, &around, name, remarks, budget)?;
    workbook.sheets.push(sheet.finish(remarks));
    Ok(())
}
