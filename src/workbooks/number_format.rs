//! What does a cell show for a number, given its number format?

use std::rc::Rc;
use std::sync::Arc;

use super::limits::Budget;
use super::refusal::Refusal;
use super::serial_date;

/// A number format such as `0.00"亿元"`, taken apart once and shared by many styles.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct NumberFormat {
    sections: Rc<[Section]>,
}

/// Characters of a format code; Excel allows 255.
const MOST_CHARACTERS: usize = 512;

/// What a cell shows.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shown {
    pub(super) text: String,
    /// The number as a person reads it: smaller than the stored one where the format scales (`0,` shows thousands).
    pub(super) number: f64,
    /// The unit behind the number, where the format adds one.
    pub(super) unit: Option<Arc<str>>,
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Section {
    tokens: Vec<Token>,
    /// The unit that it shows behind numbers.
    unit: Option<Arc<str>>,
    condition: Option<(Comparison, f64)>,
    /// Whether the tokens show a date, a time or a duration.
    is_date: bool,
    /// Whether the tokens show the text of a text cell.
    shows_text: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    Less,
    LessOrEqual,
    Equal,
    NotEqual,
    GreaterOrEqual,
    Greater,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// Text that stands as it is.
    Literal(String),
    /// `0`, `#` or `?`.
    Digit(char),
    /// The decimal point between digits.
    Point,
    /// A comma among or behind the digits.
    Comma,
    /// Shows hundredths.
    Percent,
    /// `E+` or `E-`.
    Exponent(bool),
    /// The bar of a fraction.
    Slash,
    /// The number in its plainest form.
    General,
    /// The text of a text cell.
    At,
    /// Letters of a date or time: `yyyy`, `[h]`, `AM/PM` …
    Date(String),
}

impl NumberFormat {
    /// The format that shows a number in its plainest form.
    pub(super) fn general() -> Self {
        Self { sections: Rc::new([Section { tokens: vec![Token::General], ..Section::default() }]) }
    }

    /// Takes a format code apart. Every text is some format.
    pub(super) fn parse(code: &str) -> Self {
        let code = code.char_indices().nth(MOST_CHARACTERS).map_or(code, |(end, _)| &code[..end]);
        let mut sections: Vec<Section> = super::number_format_code::sections(code)
            .into_iter()
            .map(|(tokens, condition)| Section {
                is_date: tokens.iter().any(|token| matches!(token, Token::Date(_))),
                shows_text: tokens.contains(&Token::At),
                condition: condition.and_then(|condition| comparison(&condition)),
                unit: unit_of(&tokens),
                tokens,
            })
            .collect();
        // Some programs write an empty code for the plainest form.
        if sections.is_empty() || code.is_empty() {
            return Self::general();
        }
        sections.truncate(4);
        Self { sections: sections.into() }
    }

    /// Takes apart a format code of a file, with the memory it takes counted.
    pub(super) fn read(code: &str, budget: &mut Budget<'_>) -> Result<Self, Refusal> {
        budget.hold(size_of::<Self>() + code.len().min(MOST_CHARACTERS) * size_of::<Token>())?;
        Ok(Self::parse(code))
    }

    /// The format of a built-in number, as a Chinese Excel shows it.
    pub(super) fn built_in(id: u32) -> Self {
        super::number_format_code::built_in(id).map_or_else(Self::general, Self::parse)
    }

    /// Whether numbers in this format are dates, times or durations.
    pub(super) fn is_date(&self) -> bool {
        self.sections[0].is_date
    }

    /// Whether every number is shown in its plainest form and nothing else.
    pub(super) fn is_general(&self) -> bool {
        matches!(&*self.sections, [only] if only.condition.is_none() && matches!(only.tokens[..], [Token::General]))
    }

    /// What a number shows.
    pub(super) fn show(&self, number: f64) -> Shown {
        let plain = |text: String| Shown { text, number, unit: None };
        if !number.is_finite() {
            return plain(number.to_string());
        }
        let (section, strip_sign) = self.section(number);
        let Some(section) = section else { return plain(String::new()) };
        if section.is_date {
            let shown = serial_date::show(number, &section.tokens);
            return plain(shown.unwrap_or_else(|| super::number_layout::general(number)));
        }
        let shown = super::number_layout::lay_out(if strip_sign { number.abs() } else { number }, &section.tokens);
        Shown { number: number / shown.scale, unit: section.unit.clone(), text: shown.text }
    }

    /// What a text shows in this format: `@"元"` adds to it.
    pub(super) fn show_text(&self, text: &Arc<str>) -> Arc<str> {
        let section = self
            .sections
            .get(3)
            .or_else(|| self.sections.iter().find(|section| section.shows_text).filter(|_| self.sections.len() < 4));
        let Some(section) = section.filter(|section| section.shows_text) else {
            return Arc::clone(text);
        };
        let pieces = section.tokens.iter().map(|token| match token {
            Token::At => text,
            Token::Literal(literal) => literal.as_str(),
            _ => "",
        });
        pieces.collect::<String>().into()
    }

    /// The section for a number, and whether the section shows the sign by itself.
    fn section(&self, number: f64) -> (Option<&Section>, bool) {
        let conditional = self.sections.iter().any(|section| section.condition.is_some());
        if conditional {
            let found = self.sections.iter().take(3).find(|section| {
                section.condition.is_none_or(|(comparison, limit)| match comparison {
                    Comparison::Less => number < limit,
                    Comparison::LessOrEqual => number <= limit,
                    Comparison::Equal => number.total_cmp(&limit).is_eq(),
                    Comparison::NotEqual => number.total_cmp(&limit).is_ne(),
                    Comparison::GreaterOrEqual => number >= limit,
                    Comparison::Greater => number > limit,
                })
            });
            return (found.or(self.sections.last()), false);
        }
        let index = match self.sections.len() {
            1 => 0,
            2 => usize::from(number < 0.0),
            _ if number > 0.0 => 0,
            _ if number < 0.0 => 1,
            _ => 2,
        };
        (self.sections.get(index), index == 1)
    }
}

fn comparison(text: &str) -> Option<(Comparison, f64)> {
    let (comparison, rest) = [
        ("<=", Comparison::LessOrEqual),
        (">=", Comparison::GreaterOrEqual),
        ("<>", Comparison::NotEqual),
        ("<", Comparison::Less),
        (">", Comparison::Greater),
        ("=", Comparison::Equal),
    ]
    .into_iter()
    .find_map(|(sign, comparison)| text.strip_prefix(sign).map(|rest| (comparison, rest)))?;
    rest.trim().parse().ok().map(|limit| (comparison, limit))
}

/// The letters behind the last digit: `0.00"亿元"` shows 亿元, `0"%"` shows a sign that is no unit.
fn unit_of(tokens: &[Token]) -> Option<Arc<str>> {
    let is_number = |token: &Token| matches!(token, Token::Digit(_) | Token::General);
    let last = tokens.iter().rposition(is_number)?;
    let unit: String = tokens[last + 1..]
        .iter()
        .map(|token| match token {
            Token::Literal(literal) => literal.as_str(),
            _ => "",
        })
        .collect();
    let unit = unit.trim();
    unit.chars().any(char::is_alphabetic).then(|| unit.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_shows_as_its_format_says() {
        for (code, number, text) in [
            ("General", 45.2, "45.2"),
            ("General", 0.1 + 0.2, "0.3"),
            ("General", 12_345_678_901_234.0, "12345678901234"),
            ("0.00", 45.2, "45.20"),
            ("0", 45.5, "46"),
            ("0", -45.5, "-46"),
            ("0.00", -0.001, "0.00"),
            ("#,##0.00", 1_234_567.891, "1,234,567.89"),
            ("#,##0", 12.0, "12"),
            ("000", 7.0, "007"),
            ("#.##", 0.5, ".5"),
            ("0.##", 3.0, "3."),
            ("0%", 0.753, "75%"),
            ("0.0%", 0.753, "75.3%"),
            ("0.00\"亿元\"", 60.0, "60.00亿元"),
            ("0.00亿元", 60.0, "60.00亿元"),
            ("\"约\"0\"个\"", 30.0, "约30个"),
            ("G/通用格式\"万元\"", 3.5, "3.5万元"),
            ("#,##0.00;[Red]-#,##0.00", -3.0, "-3.00"),
            ("0;(0);\"—\"", 0.0, "—"),
            ("0;(0);\"—\"", -8.0, "(8)"),
            ("[>=10000]0!.0,\"万\";0", 123_456.0, "12.3万"),
            ("[>=10000]0!.0,\"万\";0", 1234.0, "1234"),
            ("0.0,", 12_345.0, "12.3"),
            ("0.00E+00", 12_345.0, "1.23E+04"),
            ("# ?/?", 2.5, "2 1/2"),
            ("# ?/2", 123.45, "123 1/2"),
            ("# ?/4", 123.45, "123 2/4"),
            ("# ??/16", 123.45, "123 7/16"),
            ("# ?/10", 0.46, "5/10"),
            ("# ??/100", 2.999, "3"),
            ("?/2", 2.5, "5/2"),
            ("0.000000000000000000", 8.8, "8.800000000000000000"),
            ("0.0000000000000000", 0.3, "0.3000000000000000"),
            ("_ ¥* #,##0.00_ ", 60.0, "¥60.00"),
            ("[$¥-804]#,##0", 60.0, "¥60"),
            ("[DBNum1]General", 12.0, "12"),
            ("000-0000", 5_551_234.0, "555-1234"),
            (";;;", 5.0, ""),
            ("", 5.0, "5"),
            ("@", 5.0, "5"),
        ] {
            assert_eq!(NumberFormat::parse(code).show(number).text, text, "{code} of {number}");
        }
    }

    #[test]
    fn a_date_shows_as_its_format_says() {
        for (code, number, text) in [
            ("yyyy/m/d", 45_382.0, "2024/3/31"),
            ("yyyy\"年\"m\"月\"d\"日\"", 45_382.0, "2024年3月31日"),
            ("yyyy年mm月", 45_382.0, "2024年03月"),
            ("[$-804]yyyy\\-mm\\-dd;@", 45_382.0, "2024-03-31"),
            ("yyyy-mm-dd hh:mm:ss", 45_382.75, "2024-03-31 18:00:00"),
            ("h:mm AM/PM", 0.75, "6:00 PM"),
            ("[h]:mm", 1.5, "36:00"),
            ("mm:ss", 0.5 + 61.0 / 86_400.0, "01:01"),
            ("m/d/yy", 45_382.0, "3/31/24"),
            ("d-mmm-yy", 45_382.0, "31-Mar-24"),
            ("yyyy/m/d", 59.0, "1900/2/28"),
            ("yyyy/m/d", 60.0, "1900/2/29"),
            ("yyyy/m/d", 61.0, "1900/3/1"),
            ("yyyy/m/d", 2_958_465.0, "9999/12/31"),
            ("yyyy/m/d", 2_958_466.0, "2958466"),
            ("yyyy/m/d", -1.0, "-1"),
        ] {
            let format = NumberFormat::parse(code);
            assert!(format.is_date(), "{code}");
            assert_eq!(format.show(number).text, text, "{code} of {number}");
        }
        for code in ["General", "0.00\"d\"", "[Red]0", "0.00_);[Red]\\(0.00\\)", "@", "#,##0\"元\""] {
            assert!(!NumberFormat::parse(code).is_date(), "{code}");
        }
    }

    #[test]
    fn the_unit_is_what_stands_behind_the_number() {
        for (code, unit) in [
            ("0.00\"亿元\"", Some("亿元")),
            ("0 \"km\"", Some("km")),
            ("\"约\"0", None),
            ("0%", None),
            ("0\"%\"", None),
            ("0_);(0)", None),
        ] {
            assert_eq!(NumberFormat::parse(code).show(5.0).unit.as_deref(), unit, "{code}");
        }
        let scaled = NumberFormat::parse("0!.0,\"万元\"").show(123_456.0);
        assert_eq!((scaled.unit.as_deref(), scaled.number), (Some("万元"), 12.3456));
    }

    #[test]
    fn a_text_shows_as_its_format_says() {
        for (code, text) in [("@", "甲"), ("General", "甲"), ("@\"镇\"", "甲镇"), ("0;0;0;\"无\"@", "无甲")] {
            assert_eq!(NumberFormat::parse(code).show_text(&"甲".into()), text.into(), "{code}");
        }
    }
}
