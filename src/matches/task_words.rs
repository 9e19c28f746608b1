//! What a wording says of each task alone. A set of tasks is told by the mean over them, so that a dozen answers that
//! combine the same few tasks are spared the comparing.

use super::evidence::{Evidence, Piece};
use super::held::Held;
use super::index::{Grams, PlanIndex, TaskIndex};
use super::plain_text::PlainText;
use super::telling::Telling;
use super::wording_evidence::{indicator, meaning_share, share};

/// The pieces of evidence that are a mean over the tasks of an answer.
const PIECES: [Piece; 13] = [
    Piece::NameCoveredByAll,
    Piece::NameSame,
    Piece::NameHolds,
    Piece::NameWithin,
    Piece::NameEdit,
    Piece::NameCovered,
    Piece::NameAbbreviates,
    Piece::ContentSame,
    Piece::ContentWithin,
    Piece::ContentCovered,
    Piece::ClauseCovered,
    Piece::ClauseSame,
    Piece::NameMeant,
];

/// Few answers combine more tasks.
const USUAL_TASKS: usize = 12;

/// What a wording says of some tasks.
#[derive(Debug)]
pub(super) struct TaskWords {
    /// By the position of each task its place in the list.
    places: Vec<Option<u32>>,
    strengths: Vec<[f64; PIECES.len()]>,
}

impl TaskWords {
    /// What a wording says of some tasks, each alone; `held`: which of its n-grams each task holds.
    pub(super) fn new(
        telling: &Telling,
        tasks: impl Iterator<Item = usize>,
        held: &Held<'_>,
        index: &PlanIndex,
    ) -> Self {
        let mut words = Self { places: vec![None; index.tasks.len()], strengths: Vec::with_capacity(USUAL_TASKS) };
        for task in tasks {
            if words.places[task].is_none() {
                words.places[task] = u32::try_from(words.strengths.len()).ok();
                words.strengths.push(strengths(telling, task, held, index));
            }
        }
        words
    }

    /// Sets what the wording says of some tasks.
    pub(super) fn set(&self, evidence: &mut Evidence, tasks: &[usize]) {
        let mut sums = [0.0; PIECES.len()];
        for place in tasks.iter().filter_map(|&task| self.places[task]) {
            let strengths = &self.strengths[place as usize];
            sums.iter_mut().zip(strengths).for_each(|(sum, strength)| *sum += strength);
        }
        #[expect(clippy::cast_precision_loss, reason = "a set has a handful of tasks")]
        let count = tasks.len().max(1) as f64;
        PIECES.into_iter().zip(sums).for_each(|(piece, sum)| evidence.set(piece, sum / count));
    }
}

/// Texts covered by less than this hold nothing word for word: each of their runs would be covered.
pub(super) const WHOLLY: f64 = 0.999;

/// The strengths of the pieces for one task, in their order.
fn strengths(telling: &Telling, position: usize, held: &Held<'_>, index: &PlanIndex) -> [f64; PIECES.len()] {
    let task = &index.tasks[position];
    let name_covered = if telling.name().is_empty() { 0.0 } else { telling.name_text.names_covered(index)[position] };
    let [same, holds, within, edit, abbreviates] = *telling.name_text.beside_names(position, index);
    let all_content = index.characters.sum(&task.content_grams);
    let content_covered = share(held.by_one_in(position, &task.content_grams), all_content);
    let clause_covered = telling.clauses_covered[position];
    let [content_same, content_within, clause_same] = content(telling, clause_covered, task, index);
    [
        telling.names_covered[position],
        same,
        holds,
        within,
        edit,
        name_covered,
        abbreviates,
        content_same,
        content_within,
        content_covered,
        clause_covered,
        clause_same,
        meaning_share(&task.name_meanings, |group| telling.meanings().has(group), index),
    ]
}

/// Whether a text may hold another one word for word: it holds every run of it that the plan knows.
pub(super) fn all_in(part: &Grams, whole: &Grams) -> bool {
    part.iter().all(|&gram| whole.has(gram))
}

/// A wording beside the official content: the same, a piece of it, holding one of its clauses.
fn content(telling: &Telling, clause_covered: f64, task: &TaskIndex, index: &PlanIndex) -> [f64; 3] {
    // Clerks write the content in the name column as often as in its own.
    let wordings = || {
        let both = [&telling.content_text, &telling.name_text].into_iter();
        both.filter(|words| !words.text.is_empty()).map(|words| &**words)
    };
    let within = |words: &PlainText| {
        all_in(words.grams(index), &task.content_grams)
            && words.text.chars().count() >= 6
            && words.text != task.content
            && task.content.contains(&words.text)
    };
    let stands = |clause: &String| clause.chars().count() >= 5 && wordings().any(|words| words.text.contains(clause));
    [
        indicator(wordings().any(|words| words.text == task.content)),
        indicator(wordings().any(within)),
        indicator(clause_covered >= WHOLLY && task.clauses.iter().any(|(clause, _)| stands(clause))),
    ]
}
