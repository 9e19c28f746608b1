//! What do tasks hold of a row's wording: of its characters, its syllables, its name, its content?

use super::held::{Bits, Held};
use super::index::PlanIndex;
use super::telling::Telling;

/// The n-grams of a wording, and which of them each task holds.
#[derive(Debug)]
pub(super) struct HeldWords<'a> {
    /// Those of all of it.
    pub(super) all: Held<'a>,
    /// Those of them that stand in the name.
    pub(super) in_name: Bits,
    /// Those of them that stand in the content.
    pub(super) in_content: Bits,
    /// Those of its syllables.
    pub(super) sounds: Held<'a>,
    /// Its runs of two.
    pub(super) pairs: Held<'a>,
}

impl<'a> HeldWords<'a> {
    /// What tasks hold of a wording.
    pub(super) fn new(telling: &'a Telling, index: &PlanIndex) -> Self {
        let held = |grams| Held::new(grams, &index.task_holders, &index.characters);
        let all = held(&telling.grams);
        Self {
            in_name: all.standing_in(telling.name_text.grams(index)),
            in_content: all.standing_in(telling.content_text.grams(index)),
            sounds: Held::new(telling.sounds(index), &index.syllable_holders, &index.syllables),
            pairs: held(telling.pairs(index)),
            all,
        }
    }
}
