//! Which number format has a cell style of an xlsx workbook, and is its font struck through?

use std::collections::BTreeMap;

use crate::workbooks::builder::CellStyle;
use crate::workbooks::limits::Budget;
use crate::workbooks::number_format::NumberFormat;
use crate::workbooks::refusal::Refusal;
use crate::workbooks::xml::{Node, Xml, attribute, local_name, number, parsed, values};

/// Cell styles by their index.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: Vec<CellStyle>,
    plain: CellStyle,
}

impl Styles {
    /// The style of an index; the plain one where the workbook has none.
    pub(super) fn get(&self, index: usize) -> &CellStyle {
        self.styles.get(index).unwrap_or(&self.plain)
    }
}

/// Formats and styles that a real workbook may have (Excel allows 65,490 styles).
const MOST_STYLES: usize = 100_000;

pub(super) fn read(text: &str, budget: &mut Budget<'_>) -> Result<Styles, Refusal> {
    let mut xml = Xml::new(text);
    let mut formats: BTreeMap<u32, NumberFormat> = BTreeMap::new();
    let mut struck_fonts: Vec<bool> = Vec::new();
    let mut styles = Styles::default();
    // The lists of interest stand right below the root; elsewhere the same elements mean something else.
    let (mut list, mut depth) = (String::new(), 0usize);
    loop {
        match xml.next(budget)? {
            Node::Start(start) => {
                let name = local_name(&start);
                if depth == 1 {
                    name.clone_into(&mut list);
                }
                match ((depth > 1).then_some(list.as_str()), name) {
                    (Some("numFmts"), "numFmt") => {
                        if let (Some(id), Some(code)) = (number(&start, "numFmtId"), attribute(&start, "formatCode")) {
                            formats.insert(id, NumberFormat::read(&code, budget)?);
                        }
                    }
                    (Some("fonts"), "font") => struck_fonts.push(false),
                    (Some("fonts"), "strike") => {
                        let is_struck = attribute(&start, "val").is_none_or(|value| value != "0" && value != "false");
                        if let Some(font) = struck_fonts.last_mut() {
                            *font = is_struck;
                        }
                    }
                    (Some("cellXfs"), "xf") => {
                        let [id, font] = values(&start, ["numFmtId", "fontId"]);
                        let id: u32 = id.and_then(|id| parsed(&id)).unwrap_or(0);
                        let format = formats.get(&id).cloned().unwrap_or_else(|| NumberFormat::built_in(id));
                        let font: usize = font.and_then(|font| parsed(&font)).unwrap_or(0);
                        let struck = struck_fonts.get(font).copied().unwrap_or(false);
                        styles.styles.push(CellStyle { format, struck });
                    }
                    _ => {}
                }
                if formats.len().max(struck_fonts.len()).max(styles.styles.len()) > MOST_STYLES {
                    return Err(Refusal::too_large(format!("单元格样式超过{MOST_STYLES}种")));
                }
                depth += 1;
            }
            Node::End => {
                depth = depth.saturating_sub(1);
            }
            Node::Text(_) => {}
            Node::Eof => return Ok(styles),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbooks::Limits;

    #[test]
    fn a_style_has_its_format_and_its_strike() {
        let text = "<styleSheet><numFmts><numFmt numFmtId=\"176\" formatCode=\"0.0&quot;亿元&quot;\"/></numFmts>\
            <fonts><font/><font><strike/></font><font><strike val=\"0\"/></font></fonts>\
            <cellStyleXfs><xf numFmtId=\"9\"/></cellStyleXfs>\
            <cellXfs><xf numFmtId=\"0\" fontId=\"0\"/><xf numFmtId=\"176\" fontId=\"1\"><alignment/></xf>\
            <xf numFmtId=\"10\" fontId=\"2\"/></cellXfs>\
            <dxfs><dxf><font><strike/></font><numFmt numFmtId=\"10\" formatCode=\"@\"/></dxf></dxfs></styleSheet>";
        let limits = Limits::default();
        let styles = read(text, &mut Budget::new(&limits)).unwrap();
        let shown = |index: usize| (styles.get(index).format.show(0.5).text, styles.get(index).struck);
        assert_eq!(shown(0), ("0.5".to_owned(), false));
        assert_eq!(shown(1), ("0.5亿元".to_owned(), true));
        assert_eq!(shown(2), ("50.00%".to_owned(), false));
        assert_eq!(shown(9), ("0.5".to_owned(), false));
    }
}
