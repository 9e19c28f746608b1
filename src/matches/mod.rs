//! Stage 5: which official task each record answers. The plan and a submission go in, one [`Match`] per record comes out.
//!
//! Imports `list` and `records`, and no later stage.

mod answer;
mod aside;
mod baselines;
mod candidates;
mod context;
pub mod decisions;
mod doubt;
mod evidence;
mod figures;
mod fitting;
mod grams;
mod holders;
mod index;
mod indicator;
mod known;
mod lexicon;
mod likelihood;
mod lists;
mod matching;
mod meanings;
mod meeting;
mod model;
mod name_words;
mod newton;
mod parents;
mod parts;
mod plain_text;
mod pool;
mod reasons;
mod row;
mod row_evidence;
mod row_key;
mod runs;
mod scored;
mod shelf;
mod task_words;
mod telling;
mod versions;
mod vocabulary;
mod wording;
mod wording_evidence;

pub use answer::{Candidate, DecidedBy, Match, MatchedSubmission, Outcome};
pub use baselines::Baselines;
pub use decisions::{Decision, Decisions, RefusedDecision, Verdict};
pub use evidence::{Evidence, Piece};
pub use fitting::{Labelled, LabelledAnswer, LeftOutFigures, fit};
pub use index::PlanIndex;
pub use matching::{MatchSettings, match_submission};
pub use meanings::mean_the_same;
pub use model::{Band, Model};
pub use row_key::{RowKey, wording_fingerprint};
pub use shelf::{Filling, Head, Outline, Shelf, Shelved};
pub use versions::settle_versions;
pub use wording::plain;
