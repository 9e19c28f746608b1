//! How does a text stand in the XML of a workbook: escaped, among the shared ones, or as a piece with a font of its own?

use super::style::BODY_FONT;

/// A text as it stands between tags.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A text as an item of the shared texts.
pub(super) fn shared(text: &str) -> String {
    format!("<si>{}</si>", item(text))
}

/// A piece of a text with its own font: a marked one is bold and coloured.
pub(super) fn run(marked: bool, piece: &str, size: f64) -> String {
    let (bold, colour) = if marked { ("<b/>", "rgb=\"FFC00000\"") } else { ("", "theme=\"1\"") };
    let font = format!("{bold}<sz val=\"{size}\"/><color {colour}/><rFont val=\"{BODY_FONT}\"/><family val=\"2\"/>");
    format!("<r><rPr>{font}</rPr>{}</r>", item(piece))
}

/// A text as it stands in a cell or among the shared ones. Where it holds what Excel takes for a character's code (`_x000A_`), the first
/// sign of it is written as its own code.
pub(super) fn item(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(place) = rest.find("_x") {
        let code = rest.as_bytes().get(place + 2..place + 7);
        safe.push_str(&rest[..place]);
        if code.is_some_and(|code| code[..4].iter().all(u8::is_ascii_hexdigit) && code[4] == b'_') {
            safe.push_str("_x005F");
        }
        safe.push_str("_x");
        rest = &rest[place + 2..];
    }
    safe.push_str(rest);
    let blanks = ['\t', '\n', ' '];
    let kept = if text.starts_with(blanks) || text.ends_with(blanks) { " xml:space=\"preserve\"" } else { "" };
    format!("<t{kept}>{}</t>", escaped(&safe))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_escaped_as_excel_wants_them() {
        for (text, expected) in [
            ("甲<乙>&丙", "<si><t>甲&lt;乙&gt;&amp;丙</t></si>"),
            (" 甲\n", "<si><t xml:space=\"preserve\"> 甲\n</t></si>"),
            ("a_x000A_b", "<si><t>a_x005F_x000A_b</t></si>"),
            ("_x00_x00G0_", "<si><t>_x00_x00G0_</t></si>"),
        ] {
            assert_eq!(shared(text), expected);
        }
    }
}
