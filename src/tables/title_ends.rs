//! Can a text end in a known title? Asked of every cell of a sheet, of which few are titles.

use std::collections::HashSet;

use rustc_hash::FxBuildHasher;

use super::marks::Marks;
use super::title_brackets::has_brackets;

/// How the known titles end.
#[derive(Default)]
pub(super) struct TitleEnds {
    /// Their last characters.
    last: HashSet<char, FxBuildHasher>,
    /// Titles of one character.
    alone: HashSet<char, FxBuildHasher>,
    /// The last two characters of longer ones.
    last_two: HashSet<(char, char), FxBuildHasher>,
}

impl TitleEnds {
    /// The ends of some titles.
    pub(super) fn of<'t>(titles: impl IntoIterator<Item = &'t str>) -> Self {
        let mut ends = Self::default();
        for title in titles {
            let mut characters = title.chars().rev();
            let Some(last) = characters.next() else { continue };
            ends.last.insert(last);
            match characters.next() {
                Some(before) => ends.last_two.insert((before, last)),
                None => ends.alone.insert(last),
            };
        }
        ends
    }

    /// Whether a title may end in a character behind another.
    fn have(&self, before: Option<char>, last: char) -> bool {
        let behind = |before| self.last_two.contains(&(before, last));
        self.last.contains(&last) && (self.alone.contains(&last) || before.is_some_and(behind))
    }

    /// Whether a plain text ends as a known title does, maybe with marks behind it. What is taken from a text before it is
    /// looked up are words before the title and marks around it.
    pub(super) fn may_end(&self, plain: &str) -> bool {
        let mut rest = plain.chars().rev();
        while let Some(last) = rest.next() {
            if self.have(rest.clone().next(), last) {
                return true;
            }
            if !surrounds_titles(last) {
                return false;
            }
        }
        false
    }

    /// Whether a plain text ends in no known title whatever is taken from it and however it is read: sooner told than by
    /// reading it, of texts that end in Chinese characters or a figure and hold no brackets.
    pub(super) fn are_not_of(&self, plain: &str, marks: Marks) -> bool {
        let mut rest = plain.chars().rev();
        while let Some(last) = rest.next() {
            #[expect(clippy::match_same_arms, reason = "these characters are asked for before all others")]
            let unlike = match (rest.clone().next(), last) {
                // A figure is of no translation behind a title.
                (_, '0'..='9') => !self.last.contains(&last),
                (before @ Some('0'..='9'), '%') => !self.have(before, last),
                // 情形 would be read as 情况.
                (Some('形'), _) | (_, '形') => false,
                (before @ Some('\u{4e00}'..='\u{9fff}'), '\u{4e00}'..='\u{9fff}') => !self.have(before, last),
                _ if surrounds_titles(last) && !self.last.contains(&last) => continue,
                _ => false,
            };
            return unlike && !(marks.may_be_brackets() && has_brackets(plain));
        }
        false
    }
}

/// Whether a character may stand around a title without being of it.
pub(super) const fn surrounds_titles(c: char) -> bool {
    matches!(c, '*' | '#' | ':' | ';' | ',' | '.' | '、' | '。' | '·' | '_' | '-' | '—' | '/' | '\\' | '|' | '?' | '!')
        || matches!(c, '"' | '\'' | '“' | '”')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_told_from_titles_by_their_ends() {
        let ends = TitleEnds::of(["进展情况", "值", "完成率%"]);
        for text in
            ["一季度进展情况", "目标值", "进展情况:", "完成率%", "进展情形", "推进情形表", "进展(第一)情况", "任务Task"]
        {
            assert!(!ends.are_not_of(text, Marks::of(text)), "{text}");
        }
        for text in ["推进正常。", "3.5", "98%", "已完成十家", "近况"] {
            assert!(ends.are_not_of(text, Marks::of(text)), "{text}");
        }
        assert!(ends.may_end("进展情况?") && ends.may_end("目标值") && !ends.may_end("近况") && !ends.may_end(""));
    }
}
