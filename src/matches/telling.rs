//! What tells which task a record answers: name, content and indicator, cut into n-grams and held against every task.

use std::rc::Rc;

use super::figures::{Figure, figures};
use super::index::{Grams, PlanIndex, union};
use super::known::Likenesses;
use super::lexicon::Lexicon;
use super::likelihood::KnownRuns;
use super::parts::{Part, meant_parts};
use super::plain_text::{PlainText, Texts};
use super::wording::{plain, sounds};

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
    /// Name column.
    pub(super) name: String,
    /// Content column.
    pub(super) content: String,
    /// Indicator column.
    pub(super) indicator: String,
    /// Parts of the name (of the content where there is no name), parted where two tasks may be joined.
    pub(super) parts: Vec<Part>,
    /// N-grams of the name.
    pub(super) name_grams: Grams,
    /// N-grams of the content.
    pub(super) content_grams: Grams,
    /// N-grams of all that says which task it is.
    pub(super) grams: Grams,
    /// Runs of two characters of the same that the plan knows.
    pub(super) pairs: Grams,
    /// Weight of all runs of two of the same, the unknown ones included.
    pub(super) pairs_weight: f64,
    /// Groups of words that mean the same, touched by the same.
    pub(super) meanings: Grams,
    /// Syllable n-grams of the same.
    pub(super) sounds: Grams,
    /// How likely the wording is under each task, and under none.
    pub(super) runs: KnownRuns,
    /// The tasks under which together the wording is likeliest, the likeliest one first.
    pub(super) likeliest: Vec<usize>,
    /// How like the wording is to those known for each answer.
    pub(super) likenesses: Likenesses,
    /// Whether the wording names work that townships do besides any plan, and this plan does not name.
    pub(super) own_work: bool,
    /// Share of the runs of two characters in the name and content that no task holds.
    pub(super) unknown: f64,
    /// Figures in the wording.
    pub(super) figures: Vec<Figure>,
    /// Length in characters.
    pub(super) length: usize,
    /// For each task the weight of the n-grams that it shares.
    pub(super) shared: Vec<f64>,
    /// For each task how much of its best covered name all of the wording covers.
    pub(super) names_covered: Vec<f64>,
    /// The same for the name alone.
    pub(super) name_covered: Vec<f64>,
    /// For each task how much of its content is covered.
    pub(super) contents_covered: Vec<f64>,
    /// For each task how much of its best covered clause is covered.
    pub(super) clauses_covered: Vec<f64>,
}

impl Telling {
    /// Reads the cells.
    pub(super) fn new(cells: TellingCells<'_>, index: &PlanIndex) -> Self {
        let vocabulary = &index.characters;
        let texts = Texts::new(index);
        let cells_in_order = [cells.name, cells.content, cells.indicator, cells.narrative];
        let words = cells_in_order.map(|cell| texts.of(&plain(cell)));
        let [name, content, indicator, _] = &words;
        let whole = texts.of(&words.each_ref().map(|words| words.text.as_str()).concat());
        let filled: Vec<&Rc<PlainText<'_>>> = words.iter().filter(|words| !words.text.is_empty()).collect();
        let (grams, names_covered) = if let [only] = filled[..] {
            (only.grams().clone(), only.names_covered().to_vec())
        } else {
            let grams = union(filled.iter().map(|words| words.grams()));
            let names_covered = index.names.best_covered(&grams, vocabulary);
            (grams, names_covered)
        };
        let named = texts.of(&format!("{}{}", name.text, content.text));
        Self {
            parts: meant_parts(cells.name, cells.content, &texts),
            pairs_weight: whole.pairs_weight(),
            pairs: whole.pairs().clone(),
            meanings: whole.meanings().clone(),
            sounds: index.syllables.known_codes(&sounds(&whole.text)),
            likeliest: index.known.model.likeliest_together(whole.known_runs(), index.tasks.len()),
            runs: whole.known_runs().clone(),
            likenesses: likenesses(name, content, &whole),
            own_work: Lexicon::built_in().own_work(&whole.text).any(|word| !index.text.contains(word)),
            unknown: vocabulary.unknown(&named.runs),
            figures: figures(&whole.text),
            length: whole.text.chars().count(),
            shared: index.task_holders.shared(&grams, vocabulary),
            names_covered,
            name_covered: name.names_covered().to_vec(),
            contents_covered: index.contents.covered(&grams, vocabulary),
            clauses_covered: index.clauses.best_covered(&grams, vocabulary),
            name: name.text.clone(),
            content: content.text.clone(),
            indicator: indicator.text.clone(),
            name_grams: name.grams().clone(),
            content_grams: content.grams().clone(),
            grams,
        }
    }
}

/// How like name and content are to the known wordings, whichever is liker. Where both are blank, what else tells of
/// the task.
fn likenesses(name: &PlainText<'_>, content: &PlainText<'_>, whole: &PlainText<'_>) -> Likenesses {
    match (name.text.is_empty(), content.text.is_empty()) {
        (true, true) => whole.likenesses().clone(),
        (false, true) => name.likenesses().clone(),
        (true, false) => content.likenesses().clone(),
        (false, false) => name.likenesses().clone().best_of(content.likenesses()),
    }
}
