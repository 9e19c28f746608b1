//! Which part of an Office Open XML package does a relationship lead to?

use super::container::Container;
use super::limits::Budget;
use super::refusal::Refusal;
use super::xml::{Node, Xml, local_name, text_of, values};

/// A relationship from one part of a package to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Relationship {
    pub(super) id: String,
    /// Last part of its type, in lower case: `worksheet`, `comments`, `drawing` …
    pub(super) kind: String,
    /// Full name of the part it leads to.
    pub(super) target: String,
}

impl Relationship {
    /// Whether it leads to a tab of another kind than a worksheet.
    pub(super) fn is_tab_without_cells(&self) -> bool {
        matches!(&*self.kind, "chartsheet" | "dialogsheet")
    }
}

/// The relationships of a part (of the package itself for the empty name). Links to the outside are left out: nothing
/// outside the file is ever read.
pub(super) fn relationships(
    container: &mut Container<'_>,
    part: &str,
    budget: &mut Budget<'_>,
) -> Result<Vec<Relationship>, Refusal> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let name = if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
    let read = container.with_part(&name, budget, |bytes, budget| {
        let text = text_of(bytes);
        let mut xml = Xml::new(&text);
        let mut found = Vec::new();
        loop {
            match xml.next(budget)? {
                Node::Start(start) if local_name(&start) == "Relationship" => {
                    let [id, kind, target, mode] = values(&start, ["Id", "Type", "Target", "TargetMode"]);
                    let is_outside = mode.is_some_and(|mode| mode == "External");
                    let (Some(kind), Some(target), false) = (kind, target, is_outside) else { continue };
                    found.push(Relationship {
                        id: id.unwrap_or_default().into_owned(),
                        kind: kind.rsplit('/').next().unwrap_or_default().to_lowercase(),
                        target: resolve(folder, &target),
                    });
                }
                Node::Eof => return Ok(found),
                _ => {}
            }
        }
    })?;
    Ok(read.unwrap_or_default())
}

/// The part that a target names, seen from a folder of the package.
fn resolve(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let (base, relative) = match target.strip_prefix('/') {
        Some(absolute) => ("", absolute),
        None => (folder, target.as_str()),
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in base.split('/').chain(relative.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            other => parts.push(other),
        }
    }
    parts.join("/")
}

/// The name of the workbook part: what the package says, else where every program puts it.
pub(super) fn workbook_part(container: &mut Container<'_>, budget: &mut Budget<'_>) -> Result<Option<String>, Refusal> {
    let said = relationships(container, "", budget)?
        .into_iter()
        .find(|relationship| relationship.kind == "officedocument")
        .map(|relationship| relationship.target);
    let usual = ["xl/workbook.xml", "xl/workbook.bin"].into_iter().map(str::to_owned);
    Ok(said.into_iter().chain(usual).find(|name| container.has(name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_resolved_from_their_folder_and_never_leave_the_package() {
        for (folder, target, part) in [
            ("xl", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl/worksheets", "../comments1.xml", "xl/comments1.xml"),
            ("xl", "/xl/styles.xml", "xl/styles.xml"),
            ("", "xl\\workbook.xml", "xl/workbook.xml"),
            ("xl", "../../../etc/passwd", "etc/passwd"),
        ] {
            assert_eq!(resolve(folder, target), part);
        }
    }
}
