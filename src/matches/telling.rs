//! What tells which task a record answers: name, content and indicator, cut into n-grams and held against every task.

use std::sync::Arc;

use super::figures::{Figure, figures};
use super::index::{Grams, PlanIndex, Vocabulary, union};
use super::lexicon::Lexicon;
use super::likelihood::KnownRuns;
use super::likeness::Likeness;
use super::parts::{Part, meant_parts};
use super::plain_text::PlainText;
use super::wording::plain;

/// The cells that tell which task a record answers, as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TellingCells<'a> {
    /// Name column.
    pub(super) name: &'a str,
    /// Content column.
    pub(super) content: &'a str,
    /// Indicator column.
    pub(super) indicator: &'a str,
    /// The narrative, where all others are blank; else blank.
    pub(super) narrative: &'a str,
}

/// What tells which task a record answers. Wordings are plain (see [`plain`]); empty where the cell is blank.
#[derive(Debug)]
pub(super) struct Telling {
    /// What the name column says.
    pub(super) name_text: Arc<PlainText>,
    /// What the content column says.
    pub(super) content_text: Arc<PlainText>,
    /// What all cells together say, written one behind the other.
    whole: Arc<PlainText>,
    /// Whether name, content and indicator are blank.
    pub(super) only_narrates: bool,
    /// Parts of the name (of the content where there is no name), parted where two tasks may be joined.
    pub(super) parts: Vec<Arc<Part>>,
    /// N-grams of all that says which task it is.
    pub(super) grams: Grams,
    /// Weight of all runs of two of the same, the unknown ones included.
    pub(super) pairs_weight: f64,
    /// Whether the wording names work that townships do besides any plan, and this plan does not name.
    pub(super) own_work: bool,
    /// Share of the runs of two characters in the name and content that no task holds.
    pub(super) unknown: f64,
    /// Figures in the wording.
    pub(super) figures: Vec<Figure>,
    /// How like name and content are to the likest wording of each of the plan's tasks, whichever is liker.
    pub(super) likest: Vec<f64>,
    /// Length in characters.
    pub(super) length: usize,
    /// For each task how much of its best covered name all of the wording covers.
    pub(super) names_covered: Vec<f64>,
    /// For each task how much of its best covered clause is covered.
    pub(super) clauses_covered: Vec<f64>,
}

impl Telling {
    /// Reads the cells.
    pub(super) fn new(cells: TellingCells<'_>, index: &PlanIndex) -> Self {
        let vocabulary = &index.characters;
        let [name, content, indicator] =
            [cells.name, cells.content, cells.indicator].map(|cell| index.text(&plain(cell)));
        // A narrative is a row's own.
        let narrative = Arc::new(PlainText::new(&plain(cells.narrative), index));
        let cells_in_order = [&name, &content, &indicator, &narrative];
        let filled: Vec<&Arc<PlainText>> = cells_in_order.into_iter().filter(|words| !words.text.is_empty()).collect();
        let (whole, grams, names_covered) = if let [only] = filled[..] {
            (Arc::clone(only), only.grams(index).clone(), only.names_covered(index).to_vec())
        } else {
            let grams = union(filled.iter().map(|words| words.grams(index)));
            let names_covered = index.names.best_covered(&grams, vocabulary);
            (Arc::new(PlainText::joined(&filled, index)), grams, names_covered)
        };
        let only_narrates = [&name, &content, &indicator].iter().all(|words| words.text.is_empty());
        let own_work = Lexicon::built_in().own_work(&whole.text).any(|word| !index.all_texts.contains(word));
        // A part is often all of the name: its likeness is known then.
        let likest = likest(&name, &content, &whole, index);
        Self {
            parts: meant_parts(cells.name, cells.content, index),
            pairs_weight: whole.pairs_weight(index),
            own_work,
            unknown: unknown(&name, &content, vocabulary),
            figures: figures(&whole.text),
            length: whole.text.chars().count(),
            names_covered,
            clauses_covered: index.clauses.best_covered(&grams, vocabulary),
            likest,
            only_narrates,
            grams,
            name_text: name,
            content_text: content,
            whole,
        }
    }

    /// Name column.
    pub(super) fn name(&self) -> &str {
        &self.name_text.text
    }

    /// Content column.
    pub(super) fn content(&self) -> &str {
        &self.content_text.text
    }

    /// Runs of two characters of all that says which task it is that the plan knows.
    pub(super) fn pairs(&self, index: &PlanIndex) -> &Grams {
        self.whole.pairs(index)
    }

    /// Groups of words that mean the same, touched by the same.
    pub(super) fn meanings(&self) -> &Grams {
        self.whole.meanings()
    }

    /// Syllable n-grams of the same.
    pub(super) fn sounds(&self, index: &PlanIndex) -> &Grams {
        self.whole.sounds(index)
    }

    /// How likely the wording is under each task, and under none.
    pub(super) fn runs(&self, index: &PlanIndex) -> &KnownRuns {
        self.whole.known_runs(index)
    }

    /// What is held against the known wordings.
    fn likened(&self) -> impl Iterator<Item = &PlainText> {
        likened(&self.name_text, &self.content_text, &self.whole)
    }

    /// How like name and content are to the wordings known for exactly these tasks, whichever is liker.
    pub(super) fn likeness(&self, tasks: &[usize], index: &PlanIndex) -> Likeness {
        let likenesses = self.likened().map(|text| index.known.likeness(text.likenesses(index), tasks));
        likenesses.fold(Likeness::default(), Likeness::best_of)
    }

    /// The answers of several tasks for which a wording is known that name or content is so like.
    pub(super) fn like_several<'a>(&'a self, least: f64, index: &'a PlanIndex) -> impl Iterator<Item = &'a Vec<usize>> {
        self.likened().flat_map(move |text| index.known.several(text.likenesses(index), least))
    }
}

/// The share of the runs of two characters in name and content, written one behind the other, that the plan does not
/// know.
fn unknown(name: &PlainText, content: &PlainText, vocabulary: &Vocabulary) -> f64 {
    let between = name.text.chars().next_back().zip(content.text.chars().next());
    let between = between.map(|(last, first)| vocabulary.runs.pair(last, first));
    vocabulary.unknown(name.runs.pairs().iter().copied().chain(between).chain(content.runs.pairs().iter().copied()))
}

/// What is held against the known wordings: name and content, or where both are blank, what else tells of the task.
fn likened<'a>(
    name: &'a PlainText,
    content: &'a PlainText,
    whole: &'a PlainText,
) -> impl Iterator<Item = &'a PlainText> {
    let blank = name.text.is_empty() && content.text.is_empty();
    let filled = [name, content].into_iter().filter(|words| !words.text.is_empty());
    filled.chain(blank.then_some(whole))
}

/// How like name and content are to the likest wording of each of the plan's tasks, whichever is liker.
fn likest(name: &PlainText, content: &PlainText, whole: &PlainText, index: &PlanIndex) -> Vec<f64> {
    let mut best = vec![0.0f64; index.tasks.len()];
    for likenesses in likened(name, content, whole).map(|text| text.likenesses(index)) {
        best.iter_mut().enumerate().for_each(|(task, best)| *best = best.max(likenesses.best(task)));
    }
    best
}
