//! Which tokens make up a number format code?

use super::number_format::Token;

/// The sections of a code with their tokens and, in square brackets, their condition.
pub(super) fn sections(code: &str) -> Vec<(Vec<Token>, Option<String>)> {
    let mut sections = vec![(Vec::new(), None)];
    let mut rest = code;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        if c == ';' {
            sections.push((Vec::new(), None));
            rest = after;
            continue;
        }
        let last = sections.len() - 1;
        let (tokens, condition) = &mut sections[last];
        rest = match c {
            '"' => quoted(tokens, after),
            '[' => bracketed(tokens, condition, after),
            // The next character stands as it is; `!` is what a Chinese Excel writes for `\`.
            '\\' | '!' => one(after, |c| literal(tokens, c)),
            // A gap as wide as the next character, and a character that fills the cell.
            '_' | '*' => one(after, |_| {}),
            _ => unquoted(tokens, rest),
        };
    }
    sections
}

fn one(text: &str, mut take: impl FnMut(char)) -> &str {
    let Some(c) = text.chars().next() else { return text };
    take(c);
    &text[c.len_utf8()..]
}

fn literal(tokens: &mut Vec<Token>, c: char) {
    if let Some(Token::Literal(text)) = tokens.last_mut() {
        text.push(c);
    } else {
        tokens.push(Token::Literal(c.to_string()));
    }
}

fn quoted<'a>(tokens: &mut Vec<Token>, text: &'a str) -> &'a str {
    let (inside, after) = text.split_once('"').unwrap_or((text, ""));
    inside.chars().for_each(|c| literal(tokens, c));
    after
}

/// `[Red]`, `[>=100]`, `[$¥-804]`, `[h]`, `[DBNum1]`.
fn bracketed<'a>(tokens: &mut Vec<Token>, condition: &mut Option<String>, text: &'a str) -> &'a str {
    let (inside, after) = text.split_once(']').unwrap_or((text, ""));
    if inside.starts_with(['<', '>', '=']) {
        *condition = Some(inside.to_owned());
    } else if let Some(currency) = inside.strip_prefix('$') {
        let sign = currency.split('-').next().unwrap_or_default();
        sign.chars().for_each(|c| literal(tokens, c));
    } else if !inside.is_empty()
        && (inside.bytes().all(|b| b.eq_ignore_ascii_case(&b'h'))
            || inside.bytes().all(|b| b.eq_ignore_ascii_case(&b'm'))
            || inside.bytes().all(|b| b.eq_ignore_ascii_case(&b's')))
    {
        tokens.push(Token::Date(format!("[{}]", inside.to_ascii_lowercase())));
    }
    after
}

const WORDS: [&str; 8] = ["general", "g/通用格式", "通用格式", "standard", "am/pm", "a/p", "上午/下午", "e+"];

fn unquoted<'a>(tokens: &mut Vec<Token>, rest: &'a str) -> &'a str {
    for word in WORDS {
        let Some(beginning) = rest.get(..word.len()) else { continue };
        if !beginning.eq_ignore_ascii_case(word) {
            continue;
        }
        tokens.push(match word {
            "am/pm" | "a/p" | "上午/下午" => Token::Date(word.to_owned()),
            "e+" => Token::Exponent(true),
            _ => Token::General,
        });
        return &rest[word.len()..];
    }
    if rest.get(..2).is_some_and(|beginning| beginning.eq_ignore_ascii_case("e-")) {
        tokens.push(Token::Exponent(false));
        return &rest[2..];
    }
    let c = rest.chars().next().unwrap_or_default();
    let lower = c.to_ascii_lowercase();
    if matches!(lower, 'y' | 'm' | 'd' | 'h' | 's' | 'e' | 'a' | 'b' | 'g' | 'n') {
        let length = rest.bytes().take_while(|b| b.to_ascii_lowercase() == lower as u8).count();
        let letters = rest[..length].to_ascii_lowercase();
        match lower {
            // Eras and foreign calendars are not shown; `aaa` is the weekday.
            'b' | 'g' | 'n' => letters.chars().for_each(|c| literal(tokens, c)),
            'a' if length < 3 => letters.chars().for_each(|c| literal(tokens, c)),
            _ => tokens.push(Token::Date(letters)),
        }
        return &rest[length..];
    }
    match c {
        '0' | '#' | '?' => tokens.push(Token::Digit(c)),
        '.' => tokens.push(Token::Point),
        ',' => tokens.push(Token::Comma),
        '%' => tokens.push(Token::Percent),
        '/' => tokens.push(Token::Slash),
        '@' => tokens.push(Token::At),
        _ => literal(tokens, c),
    }
    &rest[c.len_utf8()..]
}

/// The code of a built-in format number as a Chinese Excel shows it; `None` for the plain one.
pub(super) const fn built_in(id: u32) -> Option<&'static str> {
    Some(match id {
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        5 | 6 => "\"¥\"#,##0;\"¥\"-#,##0",
        7 | 8 => "\"¥\"#,##0.00;\"¥\"-#,##0.00",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        12 => "# ?/?",
        13 => "# ??/??",
        14 => "yyyy/m/d",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 => "h:mm AM/PM",
        19 => "h:mm:ss AM/PM",
        20 => "h:mm",
        21 => "h:mm:ss",
        22 => "yyyy/m/d h:mm",
        27 | 36 | 50 | 52 | 57 => "yyyy\"年\"m\"月\"",
        28 | 29 | 51 | 53 | 54 | 58 => "m\"月\"d\"日\"",
        30 => "m-d-yy",
        31 => "yyyy\"年\"m\"月\"d\"日\"",
        32 => "h\"时\"mm\"分\"",
        33 => "h\"时\"mm\"分\"ss\"秒\"",
        34 | 55 => "上午/下午h\"时\"mm\"分\"",
        35 | 56 => "上午/下午h\"时\"mm\"分\"ss\"秒\"",
        37 | 38 => "#,##0;-#,##0",
        39 | 40 => "#,##0.00;-#,##0.00",
        41 => "#,##0;-#,##0;\"-\";@",
        42 => "\"¥\"#,##0;\"¥\"-#,##0;\"¥-\";@",
        43 => "#,##0.00;-#,##0.00;\"-\";@",
        44 => "\"¥\"#,##0.00;\"¥\"-#,##0.00;\"¥-\";@",
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        47 => "mm:ss.0",
        48 => "##0.0E+0",
        49 => "@",
        _ => return None,
    })
}
