//! Which of several submissions of one township counts.
//!
//! Files that complete each other all count. Of two that report the same tasks, a stated correction comes first, then
//! the date inside the document, then the version in the file name, then the fuller one; never the file's own time.
//! A correction that holds only some rows replaces those rows.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::answer::{MatchedSubmission, Outcome};
use super::shelf::Shelf;
use crate::period::Period;
use crate::records::{KeptRole, Submission, SubmissionStatus, Superseding};
use crate::tables::OutsideRole;

/// Two files report the same tasks when the smaller shares at least this share of its tasks with the larger.
const SAME_TASKS: f64 = 0.5;
/// A correction that covers at least this share of the other file's tasks replaces the whole file.
const WHOLE: f64 = 0.6;

/// Decides for every township which of its submissions, or which rows of them, count.
pub fn settle_versions(submissions: &mut Shelf, period: Period) {
    let mut by_township: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, head) in submissions.heads().iter().enumerate() {
        if let (SubmissionStatus::Read, Some(name)) = (head.status, &head.township) {
            by_township.entry(name.clone()).or_default().push(place);
        }
    }
    for places in by_township.into_values().filter(|places| places.len() > 1) {
        let mut of_township: Vec<(usize, MatchedSubmission)> =
            places.into_iter().map(|place| (place, Arc::unwrap_or_clone(submissions.get(place)))).collect();
        of_township.sort_by(|(_, one), (_, other)| rank(one, other, period));
        let (places, mut of_township): (Vec<usize>, Vec<MatchedSubmission>) = of_township.into_iter().unzip();
        settle_township(&mut of_township, period);
        for (place, settled) in places.into_iter().zip(of_township) {
            submissions.change(place, |filed| *filed = settled);
        }
    }
}

/// Settles the submissions of one township, the weakest first.
fn settle_township(submissions: &mut [MatchedSubmission], period: Period) {
    // Each is compared with all that come after it.
    for weaker in 0..submissions.len() {
        for stronger in (weaker + 1..submissions.len()).rev() {
            if submissions[weaker].submission.status == SubmissionStatus::Read {
                settle_pair(submissions, weaker, stronger, period);
            }
        }
    }
}

/// The weaker submission first.
fn rank(one: &MatchedSubmission, other: &MatchedSubmission, period: Period) -> Ordering {
    let standing = |matched: &MatchedSubmission| {
        let submission = &matched.submission;
        let other_period = submission.period.value.is_some_and(|stated| stated != period);
        (
            !other_period,
            is_correction(submission),
            submission.stated_day,
            file_version(&submission.file),
            matched.matches.len(),
        )
    };
    let by_standing = standing(one).cmp(&standing(other));
    by_standing.then_with(|| other.submission.file.cmp(&one.submission.file))
}

/// Lets the stronger submission replace the weaker one, or the rows of it that it repeats, or nothing.
fn settle_pair(submissions: &mut [MatchedSubmission], weaker: usize, stronger: usize, period: Period) {
    let why = reason(&submissions[weaker].submission, &submissions[stronger].submission, period);
    let by_file = submissions[stronger].submission.file.clone();
    let identical = submissions[weaker].submission.sha256 == submissions[stronger].submission.sha256
        && !submissions[weaker].submission.sha256.is_empty()
        && submissions[weaker].submission.records.len() == submissions[stronger].submission.records.len();
    let (old, new) = (tasks_of(&submissions[weaker]), tasks_of(&submissions[stronger]));
    let shared = old.intersection(&new).count();
    let share = |part: usize, whole: usize| {
        #[expect(clippy::cast_precision_loss, reason = "a plan has far fewer than 2^52 tasks")]
        let share = part as f64 / whole.max(1) as f64;
        share
    };
    let same = shared > 0 && share(shared, old.len().min(new.len())) >= SAME_TASKS;
    if identical || (same && share(shared, old.len()) >= WHOLE) {
        let weaker = &mut submissions[weaker].submission;
        weaker.status = SubmissionStatus::Superseded;
        weaker.superseded = Some(Superseding { by_file, by_row: None, why });
    } else if shared > 0 && is_correction(&submissions[stronger].submission) {
        replace_rows(submissions, weaker, stronger, &why);
    }
}

/// The tasks that the rows of a submission answer, doubtful ones included.
fn tasks_of(matched: &MatchedSubmission) -> BTreeSet<u32> {
    let answering = matched.matches.iter().filter(|one| one.outcome != Outcome::Extra);
    answering.flat_map(|one| one.tasks.iter().copied()).collect()
}

/// Takes the weaker rows out of the count that the correction repeats.
fn replace_rows(submissions: &mut [MatchedSubmission], weaker: usize, stronger: usize, why: &str) {
    let by_file = submissions[stronger].submission.file.clone();
    let mut corrected = BTreeMap::new();
    for (record, one) in submissions[stronger].pairs() {
        if one.outcome == Outcome::Matched {
            let sheet = submissions[stronger]
                .submission
                .sheets
                .get(record.sheet)
                .map_or_else(String::new, |sheet| sheet.name.clone());
            corrected.entry((one.tasks.clone(), one.indicator)).or_insert((sheet, record.name_cell()));
        }
    }
    let old = &mut submissions[weaker];
    for (place, one) in old.matches.iter().enumerate() {
        if let Some(row) = corrected.get(&(one.tasks.clone(), one.indicator)) {
            old.submission.records[place].counted = false;
            let by_row = Some(row.clone());
            old.submission
                .replaced
                .insert(place, Superseding { by_file: by_file.clone(), by_row, why: why.to_owned() });
        }
    }
}

/// Why the second submission counts and not the first.
fn reason(weaker: &Submission, stronger: &Submission, period: Period) -> String {
    let other_period = |one: &Submission| one.period.value.is_some_and(|stated| stated != period);
    if other_period(weaker) && !other_period(stronger) {
        return format!("另一份填报的是{}", period.chinese());
    }
    if is_correction(stronger) && !is_correction(weaker) {
        return "另一份写明是更正稿".to_owned();
    }
    match (weaker.stated_day, stronger.stated_day) {
        (one, Some(day)) if one != Some(day) => {
            return format!("另一份的填报日期更晚（{}年{}月{}日）", day.year, day.month, day.day);
        }
        _ => {}
    }
    if file_version(&stronger.file) > file_version(&weaker.file) {
        return "另一份文件名中的版本更新".to_owned();
    }
    if weaker.sha256 == stronger.sha256 {
        return "两份文件内容完全相同".to_owned();
    }
    "另一份填报的行数更多".to_owned()
}

/// Words by which an office says that a file corrects an earlier one.
const CORRECTION_WORDS: [&str; 9] = ["更正", "改正", "修正", "修改", "修订", "订正", "更新", "重报", "最新"];

/// Whether the file name or the title states a correction.
fn is_correction(submission: &Submission) -> bool {
    let name = file_stem(&submission.file);
    let short_mark = ["改)", "改）", "_改", "-改", "（改", "(改", " 改"].iter().any(|mark| name.contains(mark))
        || name.ends_with('改');
    let states = |text: &str| CORRECTION_WORDS.iter().any(|word| text.contains(word));
    let titles = submission.kept.iter().filter(|cell| {
        matches!(cell.role, KeptRole::Surroundings(OutsideRole::Title | OutsideRole::Caption))
            && cell.text.chars().count() <= 60
    });
    short_mark || states(name) || titles.map(|cell| &*cell.text).any(states)
}

fn file_stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// How late a version the file name states: 定稿 and 终稿 after drafts, then the number behind them; 0 where it states none.
fn file_version(file: &str) -> u32 {
    let stem = file_stem(file).to_lowercase();
    let last = [("终稿", 200), ("定稿", 100), ("最终", 200), ("终版", 200)];
    let base = last.iter().filter(|(word, _)| stem.contains(word)).map(|(_, version)| *version).max().unwrap_or(0);
    let numbered = ["第", "v", "(", "（", "稿", "版"].iter().filter_map(|mark| {
        let after = stem.rsplit_once(mark)?.1;
        let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
        // Longer numbers are dates and years.
        (digits.len() <= 2).then(|| digits.parse::<u32>().ok()).flatten()
    });
    base + numbered.max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::location::CellRef;
    use crate::matches::Match;
    use crate::period::Day;
    use crate::records::{Attribution, Record};

    fn submission(file: &str, tasks: &[u32]) -> MatchedSubmission {
        let record =
            |row: usize| Record { at: CellRef::new(u32::try_from(row).unwrap(), 0), group: row, ..Record::empty() };
        let matched =
            |task: u32| Match { outcome: Outcome::Matched, tasks: vec![task], confidence: 1.0, ..Match::none() };
        let submission = Submission {
            file: file.to_owned(),
            sha256: file.to_owned(),
            township: Attribution { value: Some("北岙街道".to_owned()), evidence: Vec::new() },
            records: (0..tasks.len()).map(record).collect(),
            ..Submission::default()
        };
        MatchedSubmission { submission, matches: tasks.iter().copied().map(matched).collect() }
    }

    fn settled(submissions: Vec<MatchedSubmission>) -> Vec<(String, SubmissionStatus, usize)> {
        let mut submissions = Shelf::from(submissions);
        settle_versions(&mut submissions, "2024Q1".parse().unwrap());
        let statuses = submissions.iter().map(|one| {
            let counted = one.submission.records.iter().filter(|record| record.counted).count();
            (one.submission.file.clone(), one.submission.status, counted)
        });
        statuses.collect()
    }

    #[test]
    fn files_that_complete_each_other_all_count() {
        let statuses = settled(vec![submission("一.xlsx", &[1, 2, 3]), submission("二.xlsx", &[4, 5, 6])]);
        assert!(statuses.iter().all(|(_, status, counted)| *status == SubmissionStatus::Read && *counted == 3));
    }

    #[test]
    fn a_correction_wins_over_a_fuller_and_later_file() {
        let mut later = submission("一季度.xlsx", &[1, 2, 3, 4]);
        later.submission.stated_day = Some(Day { year: 2024, month: 4, day: 9 });
        let statuses = settled(vec![submission("一季度（更正）.xlsx", &[1, 2, 3]), later]);
        assert_eq!(statuses[0].1, SubmissionStatus::Read);
        assert_eq!(statuses[1].1, SubmissionStatus::Superseded);
    }

    #[test]
    fn the_date_inside_comes_before_the_version_in_the_name() {
        let mut dated = submission("表.xlsx", &[1, 2]);
        dated.submission.stated_day = Some(Day { year: 2024, month: 4, day: 9 });
        let mut numbered = submission("表 定稿2.xlsx", &[1, 2]);
        numbered.submission.stated_day = Some(Day { year: 2024, month: 4, day: 1 });
        assert_eq!(settled(vec![numbered, dated])[0].1, SubmissionStatus::Superseded);
    }

    #[test]
    fn a_correction_of_a_few_rows_replaces_just_those() {
        let statuses = settled(vec![submission("表.xlsx", &[1, 2, 3, 4, 5]), submission("表（更正）.xlsx", &[2])]);
        assert_eq!(statuses[0], ("表.xlsx".to_owned(), SubmissionStatus::Read, 4));
        assert_eq!(statuses[1].1, SubmissionStatus::Read);
    }

    #[test]
    fn versions_in_file_names() {
        for (earlier, later) in [
            ("表.xlsx", "表(2).xlsx"),
            ("表v2.xls", "表v3.xls"),
            ("表（3）.xlsx", "表定稿.xlsx"),
            ("定稿.xlsx", "定稿2.xlsx"),
        ] {
            assert!(file_version(earlier) < file_version(later), "{earlier} {later}");
        }
        assert_eq!(file_version("北岙街道2024年第1季度.xlsx"), file_version("北岙街道2023年第1季度.xlsx"));
    }
}
