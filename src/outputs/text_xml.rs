//! How does a text stand in the XML of a workbook: escaped, among the shared ones, or as a piece with a font of its own?

use super::style::BODY_FONT;

/// Adds a text as it stands between tags.
pub(super) fn push_escaped(to: &mut Vec<u8>, text: &str) {
    let mut rest = text.as_bytes();
    while let Some(place) = memchr::memchr3(b'&', b'<', b'>', rest) {
        to.extend(&rest[..place]);
        to.extend(match rest[place] {
            b'&' => &b"&amp;"[..],
            b'<' => b"&lt;",
            _ => b"&gt;",
        });
        rest = &rest[place + 1..];
    }
    to.extend(rest);
}

/// Adds a text as an item of the shared texts.
pub(super) fn push_shared_item(to: &mut Vec<u8>, text: &str) {
    to.extend(b"<si>");
    push_item(to, text);
    to.extend(b"</si>");
}

/// Adds a piece of a text with its own font: a marked one is bold and coloured.
pub(super) fn push_run(to: &mut Vec<u8>, marked: bool, piece: &str, size: f64) {
    let (bold, colour) = if marked { ("<b/>", "rgb=\"FFC00000\"") } else { ("", "theme=\"1\"") };
    let font = format!("{bold}<sz val=\"{size}\"/><color {colour}/><rFont val=\"{BODY_FONT}\"/><family val=\"2\"/>");
    to.extend(b"<r><rPr>");
    to.extend(font.as_bytes());
    to.extend(b"</rPr>");
    push_item(to, piece);
    to.extend(b"</r>");
}

/// Adds a text as it stands in a cell or among the shared ones. Where it holds what Excel takes for a character's code (`_x000A_`), the
/// first sign of it is written as its own code.
pub(super) fn push_item(to: &mut Vec<u8>, text: &str) {
    let blanks = ['\t', '\n', ' '];
    let kept = text.starts_with(blanks) || text.ends_with(blanks);
    to.extend(if kept { &b"<t xml:space=\"preserve\">"[..] } else { b"<t>" });
    let mut rest = text;
    while let Some(place) = memchr::memchr(b'_', rest.as_bytes()) {
        let code = rest.as_bytes().get(place + 1..place + 7);
        push_escaped(to, &rest[..place]);
        let is_code = |code: &[u8]| code[0] == b'x' && code[1..5].iter().all(u8::is_ascii_hexdigit) && code[5] == b'_';
        to.extend(if code.is_some_and(is_code) { &b"_x005F_"[..] } else { b"_" });
        rest = &rest[place + 1..];
    }
    push_escaped(to, rest);
    to.extend(b"</t>");
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
            let mut item = Vec::new();
            push_shared_item(&mut item, text);
            assert_eq!(String::from_utf8(item).unwrap(), expected);
        }
    }
}
