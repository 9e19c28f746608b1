//! What is known of a submission without taking it from the shelf.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::matches::MatchedSubmission;
use crate::period::{Day, Period};
use crate::records::{Ledger, Record, SubmissionStatus};

/// The few facts of a submission that all others need; each as in [`crate::records::Submission`].
#[derive(Debug, Clone, Default)]
pub struct Head {
    /// Name of the file.
    pub file: String,
    /// Where the file lies.
    pub path: Option<PathBuf>,
    /// Official name of the township.
    pub township: Option<String>,
    /// Whether it counts.
    pub status: SubmissionStatus,
    /// Whether the file is no submission at all.
    pub skipped: bool,
    /// The period that it states.
    pub period: Option<Period>,
    /// The date that it states.
    pub stated_day: Option<Day>,
    /// Where its cells went.
    pub ledger: Ledger,
    /// How many records it has.
    pub records: usize,
    /// How many of them count.
    pub counted: usize,
    /// Bytes that the cells of the largest record take, written one after the other with their titles.
    pub largest_record: usize,
    /// How many of its cells belong to no record.
    pub kept: usize,
    /// Fingerprints of the plans whose standard form its rows are of, with the number of these rows.
    pub forms: Vec<(String, usize)>,
}

impl Head {
    /// The head of a submission.
    pub fn of(filed: &MatchedSubmission) -> Self {
        let submission = &filed.submission;
        let mut forms: BTreeMap<&str, usize> = BTreeMap::new();
        for key in submission.records.iter().filter_map(|record| record.key.as_ref()) {
            *forms.entry(&key.plan).or_default() += 1;
        }
        Self {
            file: submission.file.clone(),
            path: submission.path.clone(),
            township: submission.township.value.clone(),
            status: submission.status,
            skipped: submission.skipped,
            period: submission.period.value,
            stated_day: submission.stated_day,
            ledger: submission.ledger,
            records: submission.records.len(),
            counted: (0..submission.records.len()).filter(|record| submission.counts(*record)).count(),
            largest_record: submission.records.iter().map(bytes).max().unwrap_or_default(),
            kept: submission.kept.len(),
            forms: forms.into_iter().map(|(plan, rows)| (plan.to_owned(), rows)).collect(),
        }
    }
}

/// Bytes of a record's cells with their titles and what parts them, at most.
fn bytes(record: &Record) -> usize {
    const BETWEEN: usize = 4;
    record.entries.iter().map(|entry| entry.title.len() + entry.text.len() + BETWEEN).sum()
}

/// Groups of submissions that have a township or a file in common, by their places.
pub(super) fn groups(heads: &[Head]) -> Vec<Vec<usize>> {
    let mut with: Vec<usize> = (0..heads.len()).collect();
    let mut join = |one: usize, other: usize| {
        let (one, other) = (root(&mut with, one), root(&mut with, other));
        with[one.max(other)] = one.min(other);
    };
    let (mut files, mut townships) = (BTreeMap::new(), BTreeMap::new());
    for (place, head) in heads.iter().enumerate() {
        join(*files.entry(&head.file).or_insert(place), place);
        if let Some(township) = &head.township {
            join(*townships.entry(township).or_insert(place), place);
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for place in 0..heads.len() {
        groups.entry(root(&mut with, place)).or_default().push(place);
    }
    groups.into_values().collect()
}

/// The first submission of a group.
fn root(with: &mut [usize], mut place: usize) -> usize {
    while with[place] != place {
        with[place] = with[with[place]];
        place = with[place];
    }
    place
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_shares_a_township_or_a_file_stands_together() {
        let head = |file: &str, township: &str| Head {
            file: file.to_owned(),
            township: Some(township.to_owned()).filter(|name| !name.is_empty()),
            ..Head::default()
        };
        let heads =
            [head("1", "甲"), head("2", "乙"), head("3", ""), head("4", "丙"), head("4", "乙"), head("5", "甲")];
        assert_eq!(groups(&heads), [vec![0, 5], vec![1, 3, 4], vec![2]]);
        assert!(groups(&[]).is_empty());
    }
}
