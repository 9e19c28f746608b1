//! How do the links of a long sheet stand in its file? In a list below the rows; ways to other files in a part of their own.

use std::borrow::Cow;
use std::io::{self, Write};

use super::cells::in_cell;
use super::compression::Part;
use crate::location::CellRef;

/// Characters of the longest link that Excel takes.
const LONGEST: usize = 2_000;
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

/// Whether a link is longer than Excel takes, so that it stays plain text; no text has more UTF-16 units than bytes.
pub(super) fn is_too_long(target: &str) -> bool {
    target.len() > LONGEST && target.encode_utf16().count() > LONGEST
}

/// A link in a cell.
pub(super) struct Link {
    cell: CellRef,
    /// `internal:…` or `file://…`.
    target: String,
    /// What the cell shows; blank where the link leads to a file, which does not say it.
    text: String,
}

impl Link {
    /// A link in a cell that shows a text.
    pub(super) fn new(cell: CellRef, target: String, text: &str) -> Self {
        let mut link = Self { cell, target, text: String::new() };
        if link.inside().is_some() {
            link.text = in_cell(text).into_owned();
        }
        link
    }

    /// The place in our workbook that it leads to.
    fn inside(&self) -> Option<&str> {
        self.target.strip_prefix("internal:")
    }

    /// The way to the file that it leads to, and the place in it, which may be blank.
    fn way(&self) -> (&str, &str) {
        let file = self.target.strip_prefix("file://").unwrap_or(&self.target);
        file.split_once('#').unwrap_or((file, ""))
    }
}

/// The links with the numbers of their ways to files, from 1; those inside have none. Cells of one file stand together and
/// share one way.
fn numbered(links: &[Link]) -> impl Iterator<Item = (&Link, Option<usize>)> {
    let (mut last, mut ways) = (None, 0);
    links.iter().map(move |link| {
        if link.inside().is_some() {
            return (link, None);
        }
        let way = Some(link.way().0);
        if way != last {
            (last, ways) = (way, ways + 1);
        }
        (link, Some(ways))
    })
}

/// Whether some of the links lead to files.
pub(super) fn have_ways(links: &[Link]) -> bool {
    links.iter().any(|link| link.inside().is_none())
}

/// Writes the links of a sheet. Ways to files are numbered in their order, see [`write_ways`].
pub(super) fn write(links: &[Link], to: &mut Part) -> io::Result<()> {
    if links.is_empty() {
        return Ok(());
    }
    to.write_all(b"<hyperlinks>")?;
    for (link, way) in numbered(links) {
        let xml = to.room()?;
        xml.extend(b"<hyperlink ref=\"");
        xml.extend(link.cell.a1().as_bytes());
        if let Some(place) = link.inside() {
            push_attribute(xml, "\" location=\"", place);
            push_attribute(xml, "\" display=\"", &link.text);
        } else if let Some(way) = way {
            write!(xml, "\" r:id=\"rId{way}")?;
            let (_, place) = link.way();
            if !place.is_empty() {
                push_attribute(xml, "\" location=\"", place);
            }
        }
        xml.extend(b"\"/>");
    }
    to.write_all(b"</hyperlinks>")
}

/// Writes the part that holds the ways to files.
pub(super) fn write_ways(links: &[Link], to: &mut Part) -> io::Result<()> {
    to.write_all(
        b"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
          <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
    )?;
    let mut written = 0;
    for (link, way) in numbered(links) {
        let Some(way) = way.filter(|way| *way > written) else { continue };
        written = way;
        let xml = to.room()?;
        write!(xml, "<Relationship Id=\"rId{way}")?;
        xml.extend(b"\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink");
        push_attribute(xml, "\" Target=\"", &escaped(link.way().0));
        xml.extend(b"\" TargetMode=\"External\"/>");
    }
    to.write_all(b"</Relationships>")
}

/// A way as it stands in the file: escaped, unless it shows that it was escaped before.
fn escaped(way: &str) -> Cow<'_, str> {
    let is_sign = |c: char| ESCAPED.iter().any(|(sign, _)| *sign == c);
    // Every code begins with a sign, so that nothing else can show one.
    if !way.contains(is_sign) {
        return Cow::Borrowed(way);
    }
    let shows = |code: &str| way.contains(code) || way.contains(&code.to_uppercase());
    if ESCAPED.iter().any(|(_, code)| shows(code)) {
        return Cow::Borrowed(way);
    }
    let mut escaped = String::with_capacity(way.len());
    for c in way.chars() {
        match ESCAPED.iter().find(|(sign, _)| *sign == c) {
            Some((_, code)) => escaped.push_str(code),
            None => escaped.push(c),
        }
    }
    Cow::Owned(escaped)
}

/// Adds a name and a text as the value of that attribute.
fn push_attribute(to: &mut Vec<u8>, name: &str, text: &str) {
    to.extend(name.as_bytes());
    let escaped = |byte| match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        b'\n' => Some("&#xA;"),
        _ => None,
    };
    let mut rest = text.as_bytes();
    while let Some((place, code)) = rest.iter().enumerate().find_map(|(place, byte)| Some((place, escaped(*byte)?))) {
        to.extend(&rest[..place]);
        to.extend(code.as_bytes());
        rest = &rest[place + 1..];
    }
    to.extend(rest);
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn links_lead_to_places_here_and_in_other_files() {
        let link = |row, target: &str| Link::new(CellRef::new(row, 1), target.to_owned(), "查<看>");
        let links = [
            link(3, "internal:'明细'!A4"),
            link(4, "file://../提交/a&b.xlsx#'表 1'!C7"),
            link(4, "file://../提交/a&b.xlsx"),
            link(5, "file://./1%23 c.xlsx"),
            link(6, "file://./d%20e.xlsx"),
        ];
        let mut written = Part::new(Path::new("."));
        write(&links, &mut written).unwrap();
        assert_eq!(
            str::from_utf8(written.room().unwrap()).unwrap(),
            "<hyperlinks><hyperlink ref=\"B4\" location=\"'明细'!A4\" display=\"查&lt;看&gt;\"/>\
             <hyperlink ref=\"B5\" r:id=\"rId1\" location=\"'表 1'!C7\"/>\
             <hyperlink ref=\"B5\" r:id=\"rId1\"/>\
             <hyperlink ref=\"B6\" r:id=\"rId2\"/><hyperlink ref=\"B7\" r:id=\"rId3\"/></hyperlinks>"
        );
        let mut part = Part::new(Path::new("."));
        write_ways(&links, &mut part).unwrap();
        let part = str::from_utf8(part.room().unwrap()).unwrap();
        let ways: Vec<&str> = part.split("Target=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert_eq!(ways, ["../提交/a&amp;b.xlsx", "./1%2523%20c.xlsx", "./d%20e.xlsx"]);
        assert!(part.contains("Target=\"../提交/a&amp;b.xlsx\" TargetMode=\"External\"/>"));
        assert!(have_ways(&links) && !have_ways(&links[..1]));
    }
}
