//! Which styles of an Open Document spreadsheet hide a sheet, strike through a text or add a unit to a number?

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::workbooks::limits::Budget;
use crate::workbooks::refusal::Refusal;
use crate::workbooks::xml::{Node, Xml, attribute, number};

/// What the styles say, by their names.
#[derive(Debug, Default)]
pub(super) struct Styles {
    hidden_tables: BTreeSet<String>,
    /// Whether a style strikes through; absent where it leaves that to its parent.
    struck: BTreeMap<String, bool>,
    parents: BTreeMap<String, String>,
    /// The number style of a cell style.
    numbers: BTreeMap<String, String>,
    formats: BTreeMap<String, NumberStyle>,
}

/// What a number style does to a number.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct NumberStyle {
    /// The letters behind the number.
    pub(super) unit: Option<Arc<str>>,
    /// What the number is divided by before it is shown.
    pub(super) factor: f64,
}

/// Styles inherit from styles; a circle ends here.
const MOST_PARENTS: usize = 16;

impl Styles {
    pub(super) fn hides_table(&self, style: Option<&str>) -> bool {
        style.is_some_and(|style| self.hidden_tables.contains(style))
    }

    /// Whether a style, or the ones it inherits from, strikes through.
    pub(super) fn strikes(&self, style: &str) -> Option<bool> {
        let chain = std::iter::successors(Some(style), |style| self.parents.get(*style).map(String::as_str));
        chain.take(MOST_PARENTS).find_map(|style| self.struck.get(style).copied())
    }

    /// The number style of a cell style.
    pub(super) fn number_style(&self, style: &str) -> Option<&NumberStyle> {
        let chain = std::iter::successors(Some(style), |style| self.parents.get(*style).map(String::as_str));
        let name = chain.take(MOST_PARENTS).find_map(|style| self.numbers.get(style))?;
        self.formats.get(name)
    }

    /// Adds the styles of a part; those of the content count over those of the document.
    pub(super) fn read(&mut self, text: &str, budget: &mut Budget<'_>) -> Result<(), Refusal> {
        let mut xml = Xml::new(text);
        let mut style: Option<String> = None;
        loop {
            let start = match xml.next(budget)? {
                Node::Start(start) => start,
                Node::Eof => return Ok(()),
                _ => continue,
            };
            match start.name().as_ref() {
                "office:body" => xml.skip(budget)?,
                "style:style" => {
                    let name = attribute(&start, "name").unwrap_or_default().into_owned();
                    budget.hold(name.len() * 3 + 200)?;
                    if let Some(parent) = attribute(&start, "parent-style-name") {
                        self.parents.insert(name.clone(), parent.into_owned());
                    }
                    if let Some(data) = attribute(&start, "data-style-name") {
                        self.numbers.insert(name.clone(), data.into_owned());
                    }
                    style = Some(name);
                }
                "style:default-style" => style = None,
                "style:table-properties" => {
                    if let (Some(style), Some("false")) = (&style, attribute(&start, "display").as_deref()) {
                        self.hidden_tables.insert(style.clone());
                    }
                }
                "style:text-properties" => {
                    let line = attribute(&start, "text-line-through-style")
                        .or_else(|| attribute(&start, "text-line-through-type"));
                    if let (Some(style), Some(line)) = (&style, line) {
                        self.struck.insert(style.clone(), line != "none");
                    }
                }
                "number:number-style" | "number:currency-style" | "number:percentage-style" => {
                    let name = attribute(&start, "name").unwrap_or_default().into_owned();
                    budget.hold(name.len() + 200)?;
                    let format = number_style(&mut xml, budget)?;
                    self.formats.insert(name, format);
                }
                _ => {}
            }
        }
    }
}

fn number_style(xml: &mut Xml<'_>, budget: &mut Budget<'_>) -> Result<NumberStyle, Refusal> {
    let (mut behind, mut factor, mut seen_number) = (String::new(), 1.0, false);
    let mut depth = 1;
    while depth > 0 {
        match xml.next(budget)? {
            Node::Start(start) => {
                match start.name().as_ref() {
                    "number:number" => {
                        seen_number = true;
                        factor = number(&start, "display-factor").filter(|factor| *factor > 0.0).unwrap_or(1.0);
                    }
                    "number:text" | "number:currency-symbol" => {
                        let text = xml.text(budget)?;
                        if seen_number {
                            behind.push_str(&text);
                        }
                        continue;
                    }
                    _ => {}
                }
                depth += 1;
            }
            Node::End => depth -= 1,
            Node::Text(_) => {}
            Node::Eof => break,
        }
    }
    let unit = behind.trim();
    Ok(NumberStyle { unit: unit.chars().any(char::is_alphabetic).then(|| unit.into()), factor })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbooks::Limits;

    #[test]
    fn styles_inherit_and_a_circle_of_parents_ends() {
        let text = "<office:document><office:automatic-styles>\
            <number:number-style style:name=\"N1\"><number:text>约</number:text><number:number/>\
            <number:text>亿元</number:text></number:number-style>\
            <number:percentage-style style:name=\"N2\"><number:number/><number:text>%</number:text></number:percentage-style>\
            <style:style style:name=\"ce1\" style:data-style-name=\"N1\"><style:text-properties style:text-line-through-style=\"solid\"/></style:style>\
            <style:style style:name=\"ce2\" style:parent-style-name=\"ce1\"/>\
            <style:style style:name=\"ce3\" style:parent-style-name=\"ce1\" style:data-style-name=\"N2\">\
            <style:text-properties style:text-line-through-style=\"none\"/></style:style>\
            <style:style style:name=\"a\" style:parent-style-name=\"b\"/><style:style style:name=\"b\" style:parent-style-name=\"a\"/>\
            <style:style style:name=\"ta1\"><style:table-properties table:display=\"false\"/></style:style>\
            </office:automatic-styles><office:body><style:style style:name=\"ta2\"/></office:body></office:document>";
        let limits = Limits::default();
        let mut styles = Styles::default();
        styles.read(text, &mut Budget::new(&limits)).unwrap();
        let strikes = ["ce1", "ce2", "ce3", "a", "none"].map(|name| styles.strikes(name));
        assert_eq!(strikes, [Some(true), Some(true), Some(false), None, None]);
        assert_eq!(styles.number_style("ce2").unwrap().unit.as_deref(), Some("亿元"));
        assert_eq!(styles.number_style("ce3").unwrap().unit, None);
        assert!(styles.hides_table(Some("ta1")) && !styles.hides_table(Some("ta2")));
    }
}
