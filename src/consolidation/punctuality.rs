//! Who filed in time? Only a date in the file tells; file times change without the content.

use super::model::Consolidation;
use crate::period::Day;

/// How a township filed, measured by the day that the office set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Punctuality {
    /// A file of it bears a date up to that day.
    InTime(Day),
    /// All its dated files bear later dates.
    Late(Day),
    /// It filed, and no file bears a date.
    Undated,
    /// Nothing of it could be read.
    NotFiled,
}

impl Consolidation {
    /// How a township filed; absent where the office set no day. The earliest date counts: a later correction does
    /// not make a township late.
    pub fn punctuality(&self, township: usize) -> Option<Punctuality> {
        let due = self.due?;
        let filed = &self.townships[township];
        if !filed.received {
            return Some(Punctuality::NotFiled);
        }
        let days = filed.submissions.iter().filter_map(|index| self.submissions.heads()[*index].stated_day);
        Some(match days.min_by_key(|day| order(*day)) {
            Some(day) if order(day) <= order(due) => Punctuality::InTime(day),
            Some(day) => Punctuality::Late(day),
            None => Punctuality::Undated,
        })
    }
}

const fn order(day: Day) -> (u16, u8, u8) {
    (day.year, day.month, day.day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consolidation::consolidate;
    use crate::list::Plan;
    use crate::matches::MatchedSubmission;
    use crate::records::{Attribution, Submission};

    fn filed(file: &str, township: &str, stated: Option<&str>) -> MatchedSubmission {
        let submission = Submission {
            file: file.into(),
            township: Attribution { value: Some(township.into()), evidence: Vec::new() },
            stated_day: stated.map(|day| day.parse().unwrap()),
            ..Submission::default()
        };
        MatchedSubmission { submission, matches: Vec::new() }
    }

    #[test]
    fn the_earliest_date_in_the_files_tells() {
        let submissions = vec![
            filed("1.xlsx", "北岙街道", Some("2024-04-10")),
            filed("2.xlsx", "北岙街道", Some("2024-04-15")),
            filed("3.xlsx", "东屏街道", Some("2024-04-11")),
            filed("4.xlsx", "元觉街道", None),
        ];
        let mut run = consolidate(Plan::built_in(), "", "2024Q1".parse().unwrap(), "", submissions, vec![]);
        let place = |name: &str| run.townships.iter().position(|township| township.name == name).unwrap();
        let places = [place("北岙街道"), place("东屏街道"), place("元觉街道"), place("大门镇")];
        assert_eq!(run.punctuality(places[0]), None);
        run.due = "2024-04-10".parse().ok();
        let day = |text: &str| text.parse().unwrap();
        assert_eq!(
            places.map(|place| run.punctuality(place)),
            [
                Some(Punctuality::InTime(day("2024-04-10"))),
                Some(Punctuality::Late(day("2024-04-11"))),
                Some(Punctuality::Undated),
                Some(Punctuality::NotFiled),
            ]
        );
    }
}
