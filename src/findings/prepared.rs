//! What is worked out once for all submissions of a run, whichever of them are looked at.

use std::collections::BTreeMap;

use super::alteration::Officials;
use super::context::Run;
use super::history::Before;
use super::other_plan::{OtherPlan, other_plan};
use crate::list::Township;

/// What holds for all submissions.
#[derive(Debug)]
pub(super) struct Prepared<'a> {
    /// How many forms are of another plan.
    pub(super) forms: OtherPlan,
    /// What was reported in the period before, where it is known.
    pub(super) before: Option<Before<'a>>,
    /// The townships of the roster by their names.
    pub(super) roster: BTreeMap<&'a str, &'a Township>,
    /// The official texts, made comparable.
    pub(super) officials: Officials,
}

impl<'a> Prepared<'a> {
    /// What holds for the submissions of a run.
    pub(super) fn of(run: &Run<'a>) -> Self {
        Self {
            forms: other_plan(run),
            before: run.previous.map(Before::of),
            roster: run.plan.townships.iter().map(|township| (township.name.as_str(), township)).collect(),
            officials: Officials::of(run.plan),
        }
    }
}
