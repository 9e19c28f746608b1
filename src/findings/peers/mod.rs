//! Does a row stand beside the other townships, and do they all together reach the district's targets?
//!
//! Of each row only what is compared is taken together; the rows themselves are asked for again where something is found.

mod copied;
mod kept_texts;
mod ordered;
mod outliers;
mod pairs;
mod shortfalls;

use std::collections::BTreeMap;

use super::context::{Context, Row, Run};
use super::finding::Finding;

pub(super) use copied::COPIED_TEXT;
pub(super) use outliers::OUTLIER;
pub(super) use shortfalls::{TARGET_SHORTFALL, check as shortfalls};

/// What is compared of all townships.
pub(super) struct Peers {
    narratives: copied::Narratives,
    values: outliers::Values,
    sums: shortfalls::Sums,
}

/// What is compared of some submissions.
pub(super) struct Share {
    narratives: Vec<copied::Told>,
    values: Vec<outliers::Stated>,
    sums: shortfalls::SumsOfTownships,
}

/// A row by the place of its submission on the shelf, and its own therein.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct RowPlace {
    submission: u32,
    record: u32,
}

impl RowPlace {
    fn new(submission: usize, record: usize) -> Self {
        let number = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
        Self { submission: number(submission), record: number(record) }
    }

    fn submission(self) -> usize {
        usize::try_from(self.submission).unwrap_or(usize::MAX)
    }

    /// What is made of the row, which is taken from the shelf without those around it.
    fn with_row<T>(self, run: &Run<'_>, make: impl FnOnce(&Row<'_>) -> T) -> Option<T> {
        let record = usize::try_from(self.record).ok()?;
        let filed = run.submissions.cover(self.submission());
        let taken = run.submissions.record(self.submission(), record);
        let (record, matched) = (taken.record(), taken.matched());
        Some(make(&Row { plan: run.plan, submission: &filed.submission, record, matched }))
    }
}

/// A number for each township, the same for all its submissions; `None` for those of which nobody knows whose they are.
struct Townships(Vec<Option<u32>>);

impl Townships {
    fn of(run: &Run<'_>) -> Self {
        let mut numbers: BTreeMap<&str, u32> = BTreeMap::new();
        let mut number = |name| {
            let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            *numbers.entry(name).or_insert(next)
        };
        Self(run.submissions.heads().iter().map(|head| head.township.as_deref().map(&mut number)).collect())
    }

    fn of_row(&self, row: RowPlace) -> Option<u32> {
        self.0[row.submission()]
    }
}

impl Peers {
    /// Nothing yet.
    pub(super) fn of(run: &Run<'_>) -> Self {
        Self {
            narratives: copied::Narratives::of(run),
            values: outliers::Values::default(),
            sums: shortfalls::Sums::default(),
        }
    }

    /// What is compared of some submissions, which have these places on the shelf.
    pub(super) fn share_of(&self, context: &Context<'_>, places: &[usize], found: &[Finding]) -> Share {
        Share {
            narratives: self.narratives.told(context, places),
            values: outliers::stated(context, places, found),
            sums: shortfalls::sums(context),
        }
    }

    /// Adds what is compared of some submissions.
    pub(super) fn add(&mut self, run: &Run<'_>, share: Share) {
        self.narratives.add(run, share.narratives);
        self.values.add(share.values);
        self.sums.add(share.sums);
    }

    /// Compares the townships with each other. Each finding comes with the place of its submission.
    pub(super) fn compare(&mut self, run: &Run<'_>) -> Vec<(usize, Finding)> {
        let townships = Townships::of(run);
        let mut findings = std::mem::take(&mut self.values).compare(run, &townships);
        findings.extend(self.narratives.compare(run, &townships));
        findings
    }
}
