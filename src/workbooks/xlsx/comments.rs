//! Which comments hang on the cells of an xlsx worksheet?

use std::collections::BTreeSet;

use super::strings::read_string;
use crate::location::CellRef;
use crate::workbooks::builder::SheetBuilder;
use crate::workbooks::container::Container;
use crate::workbooks::limits::Budget;
use crate::workbooks::ooxml::Relationship;
use crate::workbooks::refusal::Refusal;
use crate::workbooks::xml::{Node, Xml, attribute, local_name, text_of};

/// Reads both kinds of comments. A conversation leaves an old-fashioned comment beside it for older programs, which
/// would say the same twice.
pub(super) fn read(
    container: &mut Container<'_>,
    related: &[Relationship],
    sheet: &mut SheetBuilder,
    budget: &mut Budget<'_>,
) -> Result<(), Refusal> {
    let mut conversations = BTreeSet::new();
    for (kind, element) in [("threadedcomment", "threadedComment"), ("comments", "comment")] {
        for relationship in related.iter().filter(|relationship| relationship.kind == kind) {
            let found = container
                .with_part(&relationship.target, budget, |bytes, budget| comments(&text_of(bytes), element, budget))?;
            for (at, text) in found.unwrap_or_default() {
                if kind == "threadedcomment" {
                    conversations.insert(at);
                } else if conversations.contains(&at) {
                    continue;
                }
                sheet.comment(at, &text, budget)?;
            }
        }
    }
    Ok(())
}

fn comments(text: &str, element: &str, budget: &mut Budget<'_>) -> Result<Vec<(CellRef, String)>, Refusal> {
    let mut xml = Xml::new(text);
    let mut found = Vec::new();
    let mut at = None;
    loop {
        match xml.next(budget)? {
            Node::Start(start) if local_name(&start) == element => {
                at = attribute(&start, "ref").and_then(|reference| CellRef::parse_a1(&reference));
            }
            Node::Start(start) if local_name(&start) == "text" => {
                let text = if element == "comment" {
                    read_string(&mut xml, &mut Vec::new(), budget)?.seen(false).text.to_string()
                } else {
                    xml.text(budget)?.into_owned()
                };
                found.extend(at.map(|at| (at, text)));
            }
            Node::Eof => return Ok(found),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbooks::Limits;

    #[test]
    fn a_comment_is_joined_from_its_runs() {
        let text = "<comments><authors><author>张三</author></authors><commentList>\
            <comment ref=\"B3\" authorId=\"0\"><text><r><rPr><b/></rPr><t>张三:\n</t></r><r><t>数据待核</t></r></text></comment>\
            <comment ref=\"nowhere\"><text><t>x</t></text></comment></commentList></comments>";
        let limits = Limits::default();
        let found = comments(text, "comment", &mut Budget::new(&limits)).unwrap();
        assert_eq!(found, [(CellRef::new(2, 1), "张三:\n数据待核".to_owned())]);
    }
}
