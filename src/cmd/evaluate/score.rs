//! Scores matches against the truth: by kind, by band, and how right the stated confidences are.

use std::collections::BTreeMap;

use super::truth::TruthOutcome;
use crate::matches::Outcome;

/// One scored row.
#[derive(Debug, Clone)]
pub struct ScoredRow {
    /// How the row was worded.
    pub kind: String,
    /// What a careful colleague says.
    pub truth: TruthOutcome,
    /// Official numbers that it answers.
    pub truth_tasks: Vec<u32>,
    /// What we say.
    pub outcome: Outcome,
    /// Official numbers that we give.
    pub tasks: Vec<u32>,
    /// The stated probability that `tasks` is exactly right.
    pub confidence: f64,
    /// Whether "no task" is likelier than all the candidates together.
    pub none_is_likelier: bool,
    /// Where it stands, for the list of mistakes.
    pub place: String,
    /// Its words, shortened, for the list of mistakes.
    pub words: String,
}

impl ScoredRow {
    /// Whether our likeliest answer is exactly right, whatever the band.
    pub fn is_right(&self) -> bool {
        let none = self.outcome == Outcome::Extra || (self.outcome == Outcome::Review && self.none_is_likelier);
        let answered = if none { &[][..] } else { &self.tasks };
        answered == self.truth_tasks
    }

    /// Whether the tasks to which the stated confidence belongs are exactly right.
    fn is_as_stated(&self) -> bool {
        let answered = if self.outcome == Outcome::Extra { &[][..] } else { &self.tasks };
        answered == self.truth_tasks
    }

    /// Wrong, and not marked for review: the worst that can happen.
    pub fn is_wrong_but_certain(&self) -> bool {
        self.outcome != Outcome::Review && !self.is_right()
    }
}

/// The figures of one part.
#[derive(Debug, Default)]
pub struct Score {
    /// All scored rows.
    pub rows: Vec<ScoredRow>,
    /// Rows of the truth for which no record was found.
    pub not_found: Vec<String>,
    /// Records that the truth does not list.
    pub surplus: Vec<String>,
    /// Share of rows that each baseline gets right, by name.
    pub baselines: Vec<(&'static str, f64)>,
}

/// Share of `part` in `whole`; 1 for nothing in nothing.
fn share(part: usize, whole: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "there are some thousand rows at most")]
    let share = part as f64 / whole.max(1) as f64;
    if whole == 0 { 1.0 } else { share }
}

impl Score {
    /// Of each kind: rows, and the share whose best answer is right.
    pub fn by_kind(&self) -> Vec<(String, usize, f64)> {
        let mut kinds: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for row in &self.rows {
            let kind = if row.truth == TruthOutcome::Review { "review" } else { row.kind.as_str() };
            let counts = kinds.entry(kind).or_default();
            counts.0 += 1;
            counts.1 += usize::from(row.is_right());
        }
        kinds.into_iter().map(|(kind, (rows, right))| (kind.to_owned(), rows, share(right, rows))).collect()
    }

    /// Share of the rows left to review.
    pub fn review_share(&self) -> f64 {
        share(self.count(|row| row.outcome == Outcome::Review), self.rows.len())
    }

    /// Rows that are wrong and not marked for review.
    pub fn wrong_but_certain(&self) -> Vec<&ScoredRow> {
        self.rows.iter().filter(|row| row.is_wrong_but_certain()).collect()
    }

    /// Precision of `extra`: of those that we call extra, how many are.
    pub fn extra_precision(&self) -> f64 {
        let called = self.count(|row| row.outcome == Outcome::Extra);
        share(self.count(|row| row.outcome == Outcome::Extra && row.truth == TruthOutcome::Extra), called)
    }

    /// Recall of `extra`: of those that are, how many we call so.
    pub fn extra_recall(&self) -> f64 {
        let extra = self.count(|row| row.truth == TruthOutcome::Extra);
        share(self.count(|row| row.outcome == Outcome::Extra && row.truth == TruthOutcome::Extra), extra)
    }

    /// Ten bands of confidence: rows in it, mean confidence, share right.
    pub fn calibration(&self) -> Vec<(usize, f64, f64)> {
        let mut bands = vec![(0usize, 0.0f64, 0usize); 10];
        for row in &self.rows {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a confidence lies in 0 to 1")]
            let band = ((row.confidence * 10.0) as usize).min(9);
            bands[band].0 += 1;
            bands[band].1 += row.confidence;
            bands[band].2 += usize::from(row.is_as_stated());
        }
        #[expect(clippy::cast_precision_loss, reason = "there are some thousand rows at most")]
        let mean = |sum: f64, count: usize| if count == 0 { 0.0 } else { sum / count as f64 };
        bands.into_iter().map(|(rows, sum, right)| (rows, mean(sum, rows), share(right, rows))).collect()
    }

    /// Expected calibration error over the ten bands.
    pub fn calibration_error(&self) -> f64 {
        let bands = self.calibration();
        bands.iter().map(|(rows, stated, right)| share(*rows, self.rows.len()) * (stated - right).abs()).sum()
    }

    fn count(&self, holds: impl Fn(&ScoredRow) -> bool) -> usize {
        self.rows.iter().filter(|row| holds(row)).count()
    }
}
