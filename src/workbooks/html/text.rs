//! What does a piece of a web page show?

/// Stands for an explicit break while text is collected; as a character of a page it is white space.
pub(super) const BREAK: char = '\u{0B}';

/// The runs as shown: white space collapsed, lines trimmed, explicit breaks as line feeds.
pub(super) fn tidy(runs: Vec<(String, Option<bool>)>) -> Vec<(String, Option<bool>)> {
    let mut tidied: Vec<(String, Option<bool>)> = Vec::with_capacity(runs.len());
    // A space or break is only shown once something follows it.
    let (mut pending, mut has_text) = (None, false);
    for (text, struck) in runs {
        let mut shown = String::with_capacity(text.len());
        for c in text.chars() {
            if c == BREAK {
                pending = has_text.then_some('\n');
            } else if c.is_ascii_whitespace() {
                pending = pending.or(has_text.then_some(' '));
            } else {
                shown.extend(pending.take());
                // Spaces that do not break, and wide ones, are written to be seen.
                shown.push(if c == '\u{A0}' { ' ' } else { c });
                has_text = true;
            }
        }
        tidied.push((shown, struck));
    }
    tidied
}

/// The names of the style classes that strike a text through.
pub(super) fn struck_classes(style_sheet: &str) -> Vec<String> {
    let mut classes = Vec::new();
    for rule in style_sheet.split('}') {
        let Some((selectors, declarations)) = rule.split_once('{') else { continue };
        if !declarations.to_ascii_lowercase().contains("line-through") {
            continue;
        }
        let names = selectors.split(',').filter_map(|selector| selector.trim().rsplit_once('.'));
        classes.extend(names.map(|(_, name)| name.trim().to_owned()));
    }
    classes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_collapses_across_runs() {
        let runs = vec![
            (" a \n".to_owned(), None),
            ("\t b\u{0B}".to_owned(), Some(true)),
            (" \u{A0}c\u{3000}\u{3000}d ".to_owned(), None),
        ];
        assert_eq!(
            tidy(runs),
            [("a".to_owned(), None), (" b".to_owned(), Some(true)), ("\n c\u{3000}\u{3000}d".to_owned(), None)]
        );
    }

    #[test]
    fn classes_that_strike_through_are_found() {
        let sheet = "td.xl65, .xl66 {color:red; text-decoration:line-through} .xl67{color:red}";
        assert_eq!(struck_classes(sheet), ["xl65", "xl66"]);
    }
}
