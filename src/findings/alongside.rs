//! What else is made of the submissions while the checks have them at hand? Where many are sent they stand on the disk, and
//! each is to be taken from there once.

use std::sync::Arc;

use crate::matches::MatchedSubmission;

/// Something that is gathered from all submissions beside the findings.
pub trait Alongside: Sync {
    /// What some submissions give to it.
    type Share: Send;

    /// What the submissions of a group give, which have these places on the shelf. Groups come in any order, several at a
    /// time.
    fn share_of(&self, places: &[usize], filed: &[Arc<MatchedSubmission>]) -> Self::Share;

    /// Adds what a group gave. Groups come in their order on the shelf.
    fn add(&mut self, share: Self::Share);
}

/// Nothing.
impl Alongside for () {
    type Share = ();

    fn share_of(&self, _: &[usize], _: &[Arc<MatchedSubmission>]) {}

    fn add(&mut self, (): ()) {}
}
