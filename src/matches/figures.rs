//! The figures in a wording: 80亩, 1.18万亩, 98% tell tasks apart that sound alike.

use std::sync::Arc;

/// A number with the unit written behind it. Copies share the texts: rows with one wording have its figures.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Figure {
    /// The number as written, without scaling.
    number: Arc<str>,
    /// The characters behind it up to the unit's end, at most two.
    unit: Arc<str>,
}

/// All figures of a plain wording, years left out: they say when, not how much.
pub(super) fn figures(plain: &str) -> Vec<Figure> {
    let is_digit = |c: char| c.is_ascii_digit();
    let mut figures = Vec::new();
    let mut rest = plain;
    while let Some(start) = rest.find(is_digit) {
        let figure = &rest[start..];
        let end = figure.find(|c| !is_digit(c) && c != '.').unwrap_or(figure.len());
        let (number, behind) = figure.split_at(end);
        let unit: String = behind.chars().take(2).take_while(|c| !is_digit(*c)).collect();
        let is_year = number.len() == 4 && number.starts_with("20") && unit.starts_with('年');
        if !is_year && !unit.is_empty() {
            figures.push(Figure { number: number.into(), unit: unit.into() });
        }
        rest = behind;
    }
    figures
}

impl Figure {
    /// Whether two figures state the same number in the same unit.
    fn agrees(&self, other: &Self) -> bool {
        self.number == other.number && self.same_unit(other)
    }

    /// Whether two figures count the same thing: their units share the first character.
    fn same_unit(&self, other: &Self) -> bool {
        self.unit.chars().next() == other.unit.chars().next()
    }
}

/// How many figures of a row stand in some official texts, and how many stand there with another number.
pub(super) fn compare<'a, Texts>(row: &[Figure], official: impl Fn() -> Texts) -> (usize, usize)
where
    Texts: Iterator<Item = &'a Vec<Figure>>,
{
    let (mut agreeing, mut differing) = (0, 0);
    for figure in row {
        let agrees = official().flatten().any(|other| figure.agrees(other));
        let counted = agrees || official().flatten().any(|other| figure.same_unit(other));
        agreeing += usize::from(agrees);
        differing += usize::from(counted && !agrees);
    }
    (agreeing, differing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_carry_their_units_and_years_are_none() {
        let found = figures("到2027年累计盘活900宗1.18万亩98%");
        let written: Vec<(&str, &str)> = found.iter().map(|f| (f.number.as_ref(), f.unit.as_ref())).collect();
        assert_eq!(written, [("900", "宗"), ("1.18", "万亩"), ("98", "%")]);
    }

    #[test]
    fn the_same_number_of_another_thing_does_not_agree() {
        let official = figures("示范区4个覆盖行政村44个污水处理设施130个98%以上");
        for (written, expected) in [("改造130个", (1, 0)), ("改造120个", (0, 1)), ("流转130亩", (0, 0))] {
            assert_eq!(compare(&figures(written), || std::iter::once(&official)), expected);
        }
    }
}
