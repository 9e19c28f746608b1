//! What a plain text says of the tasks by its characters. Each thing is worked out when it is first asked for, and once:
//! the name of a row is often all of its wording, and the only part of itself, and other rows bear the same name with
//! another content, or the same content with another name.

use std::sync::{Arc, OnceLock};

use super::index::{Grams, PlanIndex, union};
use super::likelihood::KnownRuns;
use super::likeness::Likenesses;
use super::meanings::meanings;
use super::name_words::{NameWords, name_words};
use super::parts::Part;
use super::runs::{Seam, TextRuns};
use super::wording::sounds;

/// A plain text and what it says, under the one plan that it is held against.
#[derive(Debug)]
pub(super) struct PlainText {
    /// The text.
    pub(super) text: String,
    /// Its runs of characters.
    pub(super) runs: TextRuns,
    characters: OnceLock<Vec<char>>,
    grams: OnceLock<Grams>,
    pairs: OnceLock<Grams>,
    meanings: OnceLock<Grams>,
    sounds: OnceLock<Grams>,
    likenesses: OnceLock<Likenesses>,
    known_runs: OnceLock<KnownRuns>,
    names_covered: OnceLock<Vec<f64>>,
    part: OnceLock<Arc<Part>>,
    beside_names: OnceLock<Vec<OnceLock<Box<NameWords>>>>,
}

impl PlainText {
    /// Reads a plain text.
    pub(super) fn new(text: &str, index: &PlanIndex) -> Self {
        Self::of(text.to_owned(), index.read(text))
    }

    /// The text that some others, none of them empty, make one behind the other: what they say is not read again.
    pub(super) fn joined(parts: &[&Arc<Self>], index: &PlanIndex) -> Self {
        let seams = seams(parts.iter().map(|part| part.text.as_str()));
        let read: Vec<TextRuns> = seams.iter().map(|(around, _)| index.read(around)).collect();
        let of_seams: Vec<Seam<'_>> =
            read.iter().zip(&seams).map(|(runs, (_, before))| Seam { runs, before: *before }).collect();
        let of_parts: Vec<&TextRuns> = parts.iter().map(|part| &part.runs).collect();
        let text = parts.iter().map(|part| part.text.as_str()).collect();
        let joined = Self::of(text, index.characters.runs.join(&of_parts, &of_seams));
        let heard: Vec<Grams> = seams.iter().map(|(around, _)| index.syllables.known_codes(&sounds(around))).collect();
        joined.sounds.get_or_init(|| union(parts.iter().map(|part| part.sounds(index)).chain(&heard)));
        joined
    }

    fn of(text: String, runs: TextRuns) -> Self {
        Self {
            text,
            runs,
            characters: OnceLock::new(),
            grams: OnceLock::new(),
            pairs: OnceLock::new(),
            meanings: OnceLock::new(),
            sounds: OnceLock::new(),
            likenesses: OnceLock::new(),
            known_runs: OnceLock::new(),
            names_covered: OnceLock::new(),
            part: OnceLock::new(),
            beside_names: OnceLock::new(),
        }
    }

    /// Its characters.
    pub(super) fn characters(&self) -> &Vec<char> {
        self.characters.get_or_init(|| self.text.chars().collect())
    }

    /// Its n-grams that the plan knows.
    pub(super) fn grams(&self, index: &PlanIndex) -> &Grams {
        self.grams.get_or_init(|| index.characters.known(&self.runs))
    }

    /// Its runs of two characters that the plan knows.
    pub(super) fn pairs(&self, index: &PlanIndex) -> &Grams {
        self.pairs.get_or_init(|| index.characters.pairs(&self.runs))
    }

    /// Weight of all its runs of two, the unknown ones included.
    pub(super) fn pairs_weight(&self, index: &PlanIndex) -> f64 {
        index.characters.pairs_weight(&self.runs, self.pairs(index))
    }

    /// Groups of words that mean the same, touched by it.
    pub(super) fn meanings(&self) -> &Grams {
        self.meanings.get_or_init(|| meanings(&self.text))
    }

    /// Its syllable n-grams that the plan knows.
    pub(super) fn sounds(&self, index: &PlanIndex) -> &Grams {
        self.sounds.get_or_init(|| index.syllables.known_codes(&sounds(&self.text)))
    }

    /// How like it is to the wordings known for each answer.
    pub(super) fn likenesses(&self, index: &PlanIndex) -> &Likenesses {
        self.likenesses.get_or_init(|| index.known.likenesses(&self.runs))
    }

    /// How like it is to the likest wording of each task of the plan.
    pub(super) fn likest(&self, index: &PlanIndex) -> Vec<f64> {
        let Some(likenesses) = self.likenesses.get() else {
            // Less is to be compared.
            return index.known.likest_of_singles(&self.runs);
        };
        (0..index.tasks.len()).map(|task| likenesses.best(task)).collect()
    }

    /// How likely it is under each task, and under none.
    pub(super) fn known_runs(&self, index: &PlanIndex) -> &KnownRuns {
        self.known_runs.get_or_init(|| index.known.model.read(&self.runs))
    }

    /// For each task how much of its best covered name it covers.
    pub(super) fn names_covered(&self, index: &PlanIndex) -> &[f64] {
        self.names_covered.get_or_init(|| index.names.best_covered(self.grams(index), &index.characters))
    }

    /// What it says as the name of a row, beside the names of the task at a position.
    pub(super) fn beside_names(&self, position: usize, index: &PlanIndex) -> &NameWords {
        let tasks = index.tasks.len();
        let by_task = self.beside_names.get_or_init(|| std::iter::repeat_with(OnceLock::new).take(tasks).collect());
        by_task[position].get_or_init(|| Box::new(name_words(self, position, index)))
    }

    /// What it says as a part of a name.
    pub(super) fn part(&self, index: &PlanIndex) -> Arc<Part> {
        Arc::clone(self.part.get_or_init(|| Arc::new(Part::new(self, index))))
    }
}

/// What stands around the places where some texts, none of them empty, meet: at most two characters before each and two
/// after, and how many before.
fn seams<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<(String, usize)> {
    let mut seams = Vec::new();
    // The last two characters of all that was written before.
    let mut before = String::new();
    for text in texts {
        if !before.is_empty() {
            let after: String = text.chars().take(2).collect();
            seams.push((format!("{before}{after}"), before.chars().count()));
        }
        let last_two = text.char_indices().rev().nth(1).map(|(place, _)| &text[place..]);
        before =
            last_two.map_or_else(|| before.chars().last().into_iter().chain(text.chars()).collect(), str::to_owned);
    }
    seams
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::list::Plan;

    #[test]
    fn texts_meet_in_two_characters_of_each_side() {
        let seams = |texts: &[&str]| {
            super::seams(texts.iter().copied()).into_iter().map(|(around, _)| around).collect::<Vec<_>>()
        };
        assert_eq!(seams(&["农村公路", "建设养护"]), ["公路建设"]);
        assert_eq!(seams(&["农", "村", "公路建设"]), ["农村", "农村公路"]);
        assert!(seams(&["农村"]).is_empty());
    }

    #[test]
    fn a_joined_text_says_what_the_whole_says() {
        let index = PlanIndex::new(&Plan::built_in());
        for parts in [vec!["和美乡村", "建设景区村"], vec!["农", "村", "公路养护"], vec!["供水☃", "☃", "统管1"]]
        {
            let whole = PlainText::new(&parts.concat(), &index);
            let parts: Vec<Arc<PlainText>> = parts.iter().map(|part| index.text(part)).collect();
            let joined = PlainText::joined(&parts.iter().collect::<Vec<_>>(), &index);
            assert_eq!((&joined.text, &joined.runs), (&whole.text, &whole.runs));
            assert_eq!(joined.sounds(&index).to_vec(), whole.sounds(&index).to_vec());
        }
    }
}
