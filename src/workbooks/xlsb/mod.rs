//! What does a binary Office Open XML workbook hold?
//!
//! calamine passes over formulas whose result is an error and over rich texts without a word, and gives neither merged
//! regions nor styles; the records are simple enough to read all of them.

mod comments;
mod records;
mod styles;
mod worksheet;

use std::sync::Arc;

use super::binary::{u8_at, u16_at, u32_at, wide_text};
use super::builder::SheetBuilder;
use super::container::Container;
use super::limits::Budget;
use super::ooxml::{self, Relationship};
use super::refusal::Refusal;
use super::rich_text::RichText;
use super::sheet::{Format, Workbook};
use super::xlsx::drawings;
use records::{Records, kind};
use styles::Styles;

/// What all sheets of a workbook share.
struct Shared {
    strings: Vec<RichText>,
    styles: Styles,
    from_1904: bool,
}

#[derive(Default)]
struct Tab {
    name: String,
    hidden: bool,
    relationship: String,
}

/// Reads the workbook of which a part is the main one.
pub(super) fn read(container: &mut Container<'_>, part: &str, budget: &mut Budget<'_>) -> Result<Workbook, Refusal> {
    let related = ooxml::relationships(container, part, budget)?;
    let (tabs, from_1904) = container.with_part(part, budget, tabs)?.unwrap_or_default();
    budget.sheets(tabs.len())?;
    let target = |kind: &str| related.iter().find(|relationship| relationship.kind == kind);
    let styles = match target("styles") {
        Some(part) => container.with_part(&part.target, budget, styles::read)?.unwrap_or_default(),
        None => Styles::default(),
    };
    let strings = match target("sharedstrings") {
        Some(part) => {
            container.with_part(&part.target, budget, |bytes, budget| shared_strings(bytes, &styles, budget))?
        }
        None => None,
    };
    let shared = Shared { strings: strings.unwrap_or_default(), styles, from_1904 };
    let mut workbook = Workbook { format: Format::Xlsb, ..Workbook::default() };
    let mut formulas = 0;
    for tab in &tabs {
        formulas += read_tab(container, tab, &related, &shared, budget, &mut workbook)?;
    }
    if formulas > 0 {
        workbook.remarks.push("xlsb 格式的公式只读取计算结果，不读取算式。".to_owned());
    }
    if target("vbaproject").is_some() {
        workbook.remarks.push("工作簿带有宏，宏没有运行。".to_owned());
    }
    if workbook.sheets.is_empty() {
        return Err(Refusal::no_worksheet(related.iter().any(Relationship::is_tab_without_cells)));
    }
    Ok(workbook)
}

/// Reads one tab and returns how many formulas it holds.
fn read_tab(
    container: &mut Container<'_>,
    tab: &Tab,
    related: &[Relationship],
    shared: &Shared,
    budget: &mut Budget<'_>,
    workbook: &mut Workbook,
) -> Result<usize, Refusal> {
    let name = &tab.name;
    let relationship = related.iter().find(|relationship| relationship.id == tab.relationship);
    let Some(relationship) = relationship.filter(|relationship| container.has(&relationship.target)) else {
        workbook.remarks.push(format!("工作表“{name}”的内容在文件中缺失。"));
        return Ok(0);
    };
    if relationship.is_tab_without_cells() {
        workbook.remarks.push(format!("“{name}”是图表页或对话框页，没有单元格，没有读取。"));
        return Ok(0);
    }
    let mut sheet = SheetBuilder::new(name);
    sheet.hidden = tab.hidden;
    sheet.from_1904 = shared.from_1904;
    let remarks = &mut workbook.remarks;
    let formulas = container.with_part(&relationship.target, budget, |bytes, budget| {
        worksheet::read(bytes, shared, &mut sheet, remarks, budget)
    })?;
    let around = ooxml::relationships(container, &relationship.target, budget)?;
    comments::read(container, &around, &mut sheet, budget)?;
    drawings::read(container, &around, name, remarks, budget)?;
    workbook.sheets.push(sheet.finish(remarks));
    Ok(formulas.unwrap_or(0))
}

fn tabs(bytes: &[u8], budget: &mut Budget<'_>) -> Result<(Vec<Tab>, bool), Refusal> {
    let (mut tabs, mut from_1904) = (Vec::new(), false);
    for (kind, data) in Records::new(bytes) {
        budget.step()?;
        match kind {
            kind::WORKBOOK_PROPERTIES => from_1904 = u32_at(data, 0).is_some_and(|flags| flags & 1 != 0),
            kind::SHEET => tabs.extend(tab(data)),
            _ => {}
        }
    }
    Ok((tabs, from_1904))
}

/// A tab: its state, its number, its relationship and its name. The first programs that wrote the format put four
/// bytes more in front; the right reading is the one that ends with the record.
fn tab(data: &[u8]) -> Option<Tab> {
    [8, 12].into_iter().find_map(|at| {
        let (relationship, length) = wide_text(data, at)?;
        let (name, rest) = wide_text(data, at + length)?;
        (at + length + rest == data.len()).then(|| Tab {
            name: name.into_owned(),
            hidden: u32_at(data, 0).is_some_and(|state| state != 0),
            relationship: relationship.into_owned(),
        })
    })
}

fn shared_strings(bytes: &[u8], styles: &Styles, budget: &mut Budget<'_>) -> Result<Vec<RichText>, Refusal> {
    let mut strings = Vec::new();
    for (kind, data) in Records::new(bytes) {
        budget.step()?;
        // They are counted as they come: the number that the file states may be anything.
        if kind == kind::SHARED_STRING {
            budget.shared_strings(strings.len() + 1)?;
            let string = rich_text(data, styles).unwrap_or_else(|| RichText::Plain(Arc::default()));
            budget.hold(size_of::<RichText>() * 2 + string.bytes())?;
            strings.push(string);
        }
    }
    Ok(strings)
}

/// A text with its font runs.
fn rich_text(data: &[u8], styles: &Styles) -> Option<RichText> {
    let flags = u8_at(data, 0)?;
    let (text, length) = wide_text(data, 1)?;
    if flags & 1 == 0 {
        return Some(RichText::Plain(text.into()));
    }
    let count = usize::try_from(u32_at(data, 1 + length)?).ok()?;
    let mut runs = Vec::new();
    for run in data.get(5 + length..).unwrap_or_default().chunks_exact(4).take(count) {
        let (at, font) = (u16_at(run, 0)?, u16_at(run, 2)?);
        runs.push((usize::from(at), styles.font_is_struck(usize::from(font))));
    }
    let units: Vec<u16> = text.encode_utf16().collect();
    Some(RichText::cut(&units, &runs))
}
