//! How do the links of a long sheet stand in its file? In a list below the rows; ways to other files in a part of their own.

use std::io::{self, Write};

use super::rows::Link;

/// Signs that stand escaped in a way to a file.
const ESCAPED: [(char, &str); 11] = [
    ('%', "%25"),
    ('"', "%22"),
    (' ', "%20"),
    ('<', "%3c"),
    ('>', "%3e"),
    ('[', "%5b"),
    (']', "%5d"),
    ('^', "%5e"),
    ('`', "%60"),
    ('{', "%7b"),
    ('}', "%7d"),
];

/// Writes the links of a sheet. Returns the ways to files in the order of their numbers.
pub(super) fn write(links: &[Link], to: &mut impl Write) -> io::Result<Vec<String>> {
    let mut ways = Vec::new();
    if links.is_empty() {
        return Ok(ways);
    }
    to.write_all(b"<hyperlinks>")?;
    for link in links {
        let cell = link.cell.a1();
        if let Some(place) = link.target.strip_prefix("internal:") {
            let (place, text) = (attribute(place), attribute(&link.text));
            write!(to, "<hyperlink ref=\"{cell}\" location=\"{place}\" display=\"{text}\"/>")?;
            continue;
        }
        let file = link.target.strip_prefix("file://").unwrap_or(&link.target);
        let (way, place) = file.split_once('#').unwrap_or((file, ""));
        ways.push(escaped(way));
        write!(to, "<hyperlink ref=\"{cell}\" r:id=\"rId{}\"", ways.len())?;
        if !place.is_empty() {
            write!(to, " location=\"{}\"", attribute(place))?;
        }
        to.write_all(b"/>")?;
    }
    to.write_all(b"</hyperlinks>")?;
    Ok(ways)
}

/// Writes the part that holds the ways to files.
pub(super) fn write_ways(ways: &[String], to: &mut impl Write) -> io::Result<()> {
    to.write_all(
        b"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
          <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
    )?;
    for (number, way) in (1usize..).zip(ways) {
        write!(
            to,
            "<Relationship Id=\"rId{number}\" \
             Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink\" \
             Target=\"{}\" TargetMode=\"External\"/>",
            attribute(way)
        )?;
    }
    to.write_all(b"</Relationships>")
}

/// A way as it stands in the file: escaped, unless it shows that it was escaped before.
fn escaped(way: &str) -> String {
    let shows = |code: &str| way.contains(code) || way.contains(&code.to_uppercase());
    if ESCAPED.iter().any(|(_, code)| shows(code)) {
        return way.to_owned();
    }
    let mut escaped = String::with_capacity(way.len());
    for c in way.chars() {
        match ESCAPED.iter().find(|(sign, _)| *sign == c) {
            Some((_, code)) => escaped.push_str(code),
            None => escaped.push(c),
        }
    }
    escaped
}

/// A text as the value of an attribute.
fn attribute(text: &str) -> String {
    super::text_xml::escaped(text).replace('"', "&quot;").replace('\n', "&#xA;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::location::CellRef;

    #[test]
    fn links_lead_to_places_here_and_in_other_files() {
        let link =
            |row, target: &str| Link { cell: CellRef::new(row, 1), target: target.to_owned(), text: "查看".into() };
        let links = [
            link(3, "internal:'明细'!A4"),
            link(4, "file://../提交/a&b.xlsx#'表 1'!C7"),
            link(5, "file://./1%23 c.xlsx"),
            link(6, "file://./d%20e.xlsx"),
        ];
        let mut written = Vec::new();
        let ways = write(&links, &mut written).unwrap();
        assert_eq!(ways, ["../提交/a&b.xlsx", "./1%2523%20c.xlsx", "./d%20e.xlsx"]);
        assert_eq!(
            String::from_utf8(written).unwrap(),
            "<hyperlinks><hyperlink ref=\"B4\" location=\"'明细'!A4\" display=\"查看\"/>\
             <hyperlink ref=\"B5\" r:id=\"rId1\" location=\"'表 1'!C7\"/>\
             <hyperlink ref=\"B6\" r:id=\"rId2\"/><hyperlink ref=\"B7\" r:id=\"rId3\"/></hyperlinks>"
        );
        let mut part = Vec::new();
        write_ways(&ways, &mut part).unwrap();
        assert!(String::from_utf8(part).unwrap().contains("Target=\"../提交/a&amp;b.xlsx\" TargetMode=\"External\"/>"));
    }
}
