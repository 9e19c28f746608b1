//! How do digits fall into the places of a number format?

use super::number_format::Token;

/// A number laid out.
pub(super) struct LaidOut {
    pub(super) text: String,
    /// What the number was divided by before it was shown.
    pub(super) scale: f64,
}

/// The plainest form: as many digits as tell the number apart, at most fifteen.
pub(super) fn general(number: f64) -> String {
    if number == 0.0 {
        return "0".to_owned();
    }
    let magnitude = number.abs();
    if !(1e-9..1e20).contains(&magnitude) {
        let text = format!("{number:.14e}");
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let exponent: i32 = exponent.parse().unwrap_or(0);
        let sign = if exponent < 0 { '-' } else { '+' };
        return format!("{}E{sign}{:02}", trim_zeros(mantissa), exponent.abs());
    }
    if has_few_digits(number) {
        return number.to_string();
    }
    // Fifteen digits are all that a spreadsheet holds: 0.1 + 0.2 shows 0.3.
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    rounded.to_string()
}

/// Whether a file writes a number in its plainest form, as nearly all are written: few digits without a needless zero.
pub(super) fn is_plainest(written: &str) -> bool {
    /// Digits, sign and point together: a number of so few is neither too large nor too small for its digits.
    const MOST: usize = 10;
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let magnitude = written.strip_prefix('-').unwrap_or(written);
    let (whole, decimals) = magnitude.split_once('.').map_or((magnitude, None), |(whole, rest)| (whole, Some(rest)));
    written.len() <= MOST
        && digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && decimals.map_or(written != "-0", |decimals| digits(decimals) && !decimals.ends_with('0'))
}

/// Whether a number is the one nearest to a decimal number of at most twelve digits, four of them behind the point: it
/// need not be rounded to fifteen. Nearly all numbers are such.
fn has_few_digits(number: f64) -> bool {
    let parts = (number * 1e4).round();
    parts.abs() < 1e12 && (parts / 1e4).to_bits() == number.to_bits()
}

fn trim_zeros(text: &str) -> &str {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text }
}

/// Lays a number out by the tokens of one section.
pub(super) fn lay_out(number: f64, tokens: &[Token]) -> LaidOut {
    if matches!(tokens, [Token::General]) {
        return LaidOut { text: general(number), scale: 1.0 };
    }
    let has_digits = tokens.iter().any(|token| matches!(token, Token::Digit(_)));
    if !has_digits {
        let text = tokens
            .iter()
            .map(|token| match token {
                Token::General | Token::At => general(number),
                token => literal(token),
            })
            .collect();
        return LaidOut { text, scale: 1.0 };
    }
    if tokens.contains(&Token::Slash) {
        return LaidOut { text: fraction(number, tokens), scale: 1.0 };
    }
    if let Some(at) = tokens.iter().position(|token| matches!(token, Token::Exponent(_))) {
        return LaidOut { text: exponent(number, tokens, at), scale: 1.0 };
    }
    decimal(number, tokens)
}

fn literal(token: &Token) -> String {
    match token {
        Token::Literal(text) => text.clone(),
        Token::Percent => "%".to_owned(),
        Token::Point => ".".to_owned(),
        Token::Slash => "/".to_owned(),
        _ => String::new(),
    }
}

fn decimal(number: f64, tokens: &[Token]) -> LaidOut {
    let is_digit = |token: &Token| matches!(token, Token::Digit(_));
    let point = tokens.iter().position(|token| *token == Token::Point);
    let (whole, rest) = tokens.split_at(point.unwrap_or(tokens.len()));
    let decimals = rest.iter().filter(|token| is_digit(token)).count().min(30);
    let last_digit = tokens.iter().rposition(is_digit).unwrap_or(0);
    let commas = tokens[last_digit..].iter().take_while(|token| is_digit(token) || **token == Token::Comma);
    let mut divisor = 1000f64.powi(i32::try_from(commas.filter(|token| **token == Token::Comma).count()).unwrap_or(0));
    // A point between quotes among the digits (`0!.0,`) is how Chinese offices show 万: it scales, too.
    let quoted_point = whole.iter().position(|token| matches!(token, Token::Literal(text) if text == "."));
    let behind = quoted_point.map_or(0, |at| whole[at..].iter().filter(|token| is_digit(token)).count());
    let percents = tokens.iter().filter(|token| **token == Token::Percent).count();
    let shown = number * 100f64.powi(i32::try_from(percents).unwrap_or(0)) / divisor;
    divisor *= 10f64.powi(i32::try_from(behind).unwrap_or(0));
    let digits = with_decimals(shown.abs(), decimals);
    let (whole_digits, decimal_digits) = digits.split_once('.').unwrap_or((&digits, ""));
    let grouped = whole.windows(3).any(|three| is_digit(&three[0]) && three[1] == Token::Comma && is_digit(&three[2]));
    let mut text = fill_whole(whole, whole_digits, grouped);
    text.push_str(&fill_decimals(rest, decimal_digits));
    let is_zero = digits.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    if number < 0.0 && !is_zero {
        text.insert(0, '-');
    }
    LaidOut { text: text.trim().to_owned(), scale: divisor }
}

/// A number with so many decimals; behind the fifteenth digit, which is the last that a spreadsheet holds, stand zeros.
fn with_decimals(number: f64, decimals: usize) -> String {
    // Few decimals of a number that is not large are all held.
    let told = if decimals <= 4 && number < 1e10 { decimals } else { held_decimals(number, decimals) };
    let digits = format!("{:.told$}", round_as_written(number, told));
    digits + &"0".repeat(decimals - told)
}

/// How many of so many decimals a spreadsheet holds of a number.
fn held_decimals(number: f64, decimals: usize) -> usize {
    let exponent = format!("{number:.14e}").split_once('e').and_then(|(_, exponent)| exponent.parse::<i32>().ok());
    let held = exponent.and_then(|exponent| usize::try_from(14 - exponent).ok()).unwrap_or(0);
    if held == 0 || number == 0.0 { decimals } else { decimals.min(held) }
}

/// Rounds half away from zero as the number is written in decimals: 1.005 shows 1.01 though it is stored below.
fn round_as_written(number: f64, decimals: usize) -> f64 {
    let nudged = number * (1.0 + f64::EPSILON);
    let factor = 10f64.powi(i32::try_from(decimals).unwrap_or(0));
    let scaled = nudged * factor;
    if scaled < 1e15 { scaled.round() / factor } else { number }
}

/// The places before the point, filled from the right.
fn fill_whole(tokens: &[Token], digits: &str, grouped: bool) -> String {
    let mut left: Vec<char> = if digits == "0" { Vec::new() } else { digits.chars().collect() };
    let first_place = tokens.iter().position(|token| matches!(token, Token::Digit(_)));
    let mut reversed = String::new();
    let mut count = 0;
    let mut put = |reversed: &mut String, c: char| {
        if grouped && count > 0 && count % 3 == 0 {
            reversed.push(',');
        }
        reversed.push(c);
        count += 1;
    };
    for (index, token) in tokens.iter().enumerate().rev() {
        let Token::Digit(kind) = token else {
            reversed.extend(literal(token).chars().rev());
            continue;
        };
        match left.pop() {
            Some(digit) => put(&mut reversed, digit),
            None if *kind == '0' => put(&mut reversed, '0'),
            None if *kind == '?' => reversed.push(' '),
            None => {}
        }
        if Some(index) == first_place {
            while let Some(digit) = left.pop() {
                put(&mut reversed, digit);
            }
        }
    }
    reversed.chars().rev().collect()
}

/// The point and the places behind it; `#` shows no trailing zero.
fn fill_decimals(tokens: &[Token], digits: &str) -> String {
    let places: Vec<char> = tokens
        .iter()
        .filter_map(|token| match token {
            Token::Digit(kind) => Some(*kind),
            _ => None,
        })
        .collect();
    let mut kept = digits.len();
    while kept > 0 && places.get(kept - 1) != Some(&'0') && digits.as_bytes()[kept - 1] == b'0' {
        kept -= 1;
    }
    let mut digits = digits[..kept].chars();
    tokens
        .iter()
        .map(|token| match token {
            Token::Digit(_) => digits.next().map(String::from).unwrap_or_default(),
            token => literal(token),
        })
        .collect()
}

fn exponent(number: f64, tokens: &[Token], at: usize) -> String {
    let is_digit = |token: &&Token| matches!(token, Token::Digit(_));
    let (mantissa, rest) = tokens.split_at(at);
    let point = mantissa.iter().position(|token| *token == Token::Point).unwrap_or(mantissa.len());
    let whole = mantissa[..point].iter().filter(is_digit).count().max(1);
    let decimals = mantissa[point..].iter().filter(is_digit).count().min(30);
    let width = rest.iter().filter(is_digit).count();
    let step = i32::try_from(whole).unwrap_or(1);
    let text = format!("{:e}", number.abs());
    let power: i32 = text.split_once('e').and_then(|(_, power)| power.parse().ok()).unwrap_or(0);
    let power = power.div_euclid(step) * step;
    let shown = round_as_written(number.abs() / 10f64.powi(power), decimals);
    let sign = if number < 0.0 { "-" } else { "" };
    let plus = if power < 0 {
        "-"
    } else if rest.first() == Some(&Token::Exponent(true)) {
        "+"
    } else {
        ""
    };
    let behind: String = rest[1..].iter().map(literal).collect();
    format!("{sign}{shown:.decimals$}E{plus}{:0width$}{behind}", power.abs())
}

/// A whole number and the nearest fraction: of the denominator that the format names, else of one that fits its places.
/// Where the format has no place for whole numbers, they are part of the fraction.
fn fraction(number: f64, tokens: &[Token]) -> String {
    let slash = tokens.iter().position(|token| *token == Token::Slash).unwrap_or(0);
    let (before, behind) = tokens.split_at(slash);
    let magnitude = number.abs();
    let whole = if has_whole_places(before) { magnitude.trunc() } else { 0.0 };
    let part = magnitude - whole;
    let denominator = fixed_denominator(behind).unwrap_or_else(|| nearest_denominator(part, behind));
    let mut numerator = (part * f64::from(denominator)).round();
    let mut shown_whole = whole;
    if numerator >= f64::from(denominator) && has_whole_places(before) {
        shown_whole += 1.0;
        numerator = 0.0;
    }
    let sign = if number < 0.0 { "-" } else { "" };
    match (shown_whole > 0.0, numerator > 0.0) {
        (_, false) => format!("{sign}{shown_whole}"),
        (true, true) => format!("{sign}{shown_whole} {numerator}/{denominator}"),
        (false, true) => format!("{sign}{numerator}/{denominator}"),
    }
}

/// Whether something parts the places before the stroke: those in front of it are for whole numbers.
fn has_whole_places(before: &[Token]) -> bool {
    let is_digit = |token: &Token| matches!(token, Token::Digit(_));
    before.chunk_by(|one, other| is_digit(one) == is_digit(other)).filter(|run| is_digit(&run[0])).count() > 1
}

/// The denominator that stands behind the stroke as a number: the 8 of `# ?/8`.
fn fixed_denominator(behind: &[Token]) -> Option<u32> {
    let digits: String = behind
        .iter()
        .skip(1)
        .map_while(|token| match token {
            Token::Literal(text) if text.bytes().all(|byte| byte.is_ascii_digit()) => Some(text.as_str()),
            Token::Digit('0') => Some("0"),
            _ => None,
        })
        .collect();
    digits.parse().ok().filter(|denominator| *denominator > 0)
}

/// The denominator with at most as many digits as there are places that comes nearest.
fn nearest_denominator(part: f64, behind: &[Token]) -> u32 {
    let places = behind.iter().filter(|token| matches!(token, Token::Digit(_))).count().clamp(1, 3);
    let most = 10u32.pow(u32::try_from(places).unwrap_or(1)) - 1;
    let error = |denominator: u32| {
        let scaled = part * f64::from(denominator);
        (scaled - scaled.round()).abs() / f64::from(denominator)
    };
    let nearest = (1..=most).reduce(|best, next| if error(next) + 1e-12 < error(best) { next } else { best });
    nearest.unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_in_the_plainest_form_is_shown_as_it_is_written() {
        let tenths = (0..12_000).map(|tenth| format!("{}.{}", tenth / 10, tenth % 10));
        let small = (1..3000).map(|part| format!("-0.{part:07}"));
        let written = tenths.chain(small).chain((0_u64..3000).map(|number| (number * 3_333_337).to_string()));
        let (plainest, others): (Vec<String>, Vec<String>) = written.partition(|written| is_plainest(written));
        for written in plainest {
            assert_eq!(general(written.parse().unwrap()), written);
        }
        assert!(others.iter().all(|written| written.ends_with('0') || written.len() > 10), "{others:?}");
        for written in ["", "-", "-0", "0.", ".5", "01", "1.50", "1e3", "0.000000001", "12345678901", "+1", "--1"] {
            assert!(!is_plainest(written), "{written}");
        }
    }
}
