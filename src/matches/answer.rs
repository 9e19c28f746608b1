//! What a record answers: the types that leave this stage.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// What a record answers, and how sure we are.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Match {
    /// Used as it is, to be reviewed, or answering no task.
    pub outcome: Outcome,
    /// Official numbers that the record answers, ascending; of a review the best candidate; empty for an extra.
    pub tasks: Vec<u32>,
    /// Position of the indicator that the record reports, where it reports one of several of its task.
    pub indicator: Option<usize>,
    /// Probability that `tasks` is exactly right (for an extra: that it answers none), 0 to 1.
    pub confidence: f64,
    /// What decided.
    pub by: DecidedBy,
    /// Pieces of evidence for and against, in words a clerk reads, weightiest first.
    pub reasons: Vec<Arc<str>>,
    /// The best candidates, most probable first, at most three.
    pub candidates: Vec<Candidate>,
}

impl Match {
    /// The match of a row that says nothing.
    pub(crate) const fn none() -> Self {
        Self {
            outcome: Outcome::Extra,
            tasks: Vec::new(),
            indicator: None,
            confidence: 0.0,
            by: DecidedBy::Text,
            reasons: Vec::new(),
            candidates: Vec::new(),
        }
    }

    /// Whether a person is asked about a record that more probably than not answers no task: all the candidates
    /// together are less likely than that.
    pub fn probably_none(&self) -> bool {
        let some_task: f64 = self.candidates.iter().map(|candidate| candidate.probability).sum();
        self.outcome == Outcome::Review && some_task < 0.5
    }
}

/// The three outcomes of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Used as it is.
    Matched,
    /// A person must confirm.
    Review,
    /// Answers no official task.
    Extra,
}

/// What decided a match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DecidedBy {
    /// The hidden key of the standard template.
    Id,
    /// The record's text.
    Text,
    /// A person's earlier decision.
    Decision,
}

/// One possible answer.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Candidate {
    /// Official numbers, ascending; several where the row may merge tasks.
    pub tasks: Vec<u32>,
    /// Probability, 0 to 1.
    pub probability: f64,
    /// Why, in words a clerk reads.
    pub why: String,
}

/// A submission whose records have been matched.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MatchedSubmission {
    /// What was filed.
    pub submission: crate::records::Submission,
    /// One match per record, in the same order.
    pub matches: Vec<Match>,
}

impl MatchedSubmission {
    /// Records with their matches.
    pub fn pairs(&self) -> impl Iterator<Item = (&crate::records::Record, &Match)> {
        self.submission.records.iter().zip(&self.matches)
    }
}
