//! What tells which task a record answers: name, content and indicator, cut into n-grams and held against every task.

use super::figures::{Figure, figures};
use super::index::{Grams, PlanIndex, union};
use super::known::Likenesses;
use super::lexicon::Lexicon;
use super::likelihood::KnownRuns;
use super::meanings::meanings;
use super::parts::{Part, meant_parts};
use super::runs::TextRuns;
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
        let [name, content, indicator, narrative] =
            [cells.name, cells.content, cells.indicator, cells.narrative].map(plain);
        let reading = Reading::new([&name, &content, &indicator, &narrative], index);
        let text = &reading.text;
        let [name_grams, content_grams, indicator_grams, narrative_grams] =
            reading.cells.each_ref().map(|cell| vocabulary.known(cell));
        let grams = union([&name_grams, &content_grams, &indicator_grams, &narrative_grams].into_iter());
        let runs = index.known.model.read(&reading.whole);
        let pairs = vocabulary.pairs(&reading.whole);
        Self {
            parts: meant_parts(cells.name, cells.content, index),
            pairs_weight: vocabulary.pairs_weight(&reading.whole, &pairs),
            pairs,
            meanings: meanings(text),
            sounds: index.syllables.known_codes(&sounds(text)),
            likeliest: index.known.model.likeliest_together(&runs, index.tasks.len()),
            runs,
            likenesses: reading.likenesses(index),
            own_work: Lexicon::built_in().own_work(text).any(|word| !index.text.contains(word)),
            unknown: vocabulary.unknown(&index.read(&format!("{name}{content}"))),
            figures: figures(text),
            length: text.chars().count(),
            shared: index.task_holders.shared(&grams, vocabulary),
            names_covered: index.names.best_covered(&grams, vocabulary),
            name_covered: index.names.best_covered(&name_grams, vocabulary),
            contents_covered: index.contents.covered(&grams, vocabulary),
            clauses_covered: index.clauses.best_covered(&grams, vocabulary),
            name,
            content,
            indicator,
            name_grams,
            content_grams,
            grams,
        }
    }
}

/// The cells in plain wording, cut into runs.
struct Reading {
    /// Name, content, indicator and narrative.
    cells: [TextRuns; 4],
    /// All of them as one text.
    text: String,
    /// Its runs.
    whole: TextRuns,
}

impl Reading {
    fn new(cells: [&str; 4], index: &PlanIndex) -> Self {
        let text = cells.concat();
        Self { cells: cells.map(|cell| index.read(cell)), whole: index.read(&text), text }
    }

    /// How like name and content are to the known wordings, whichever is liker. Where both are blank, what else tells
    /// of the task.
    fn likenesses(&self, index: &PlanIndex) -> Likenesses {
        let known = &index.known;
        let [name, content, ..] = &self.cells;
        match (name.is_blank(), content.is_blank()) {
            (true, true) => known.likenesses(&self.whole),
            (false, true) => known.likenesses(name),
            (true, false) => known.likenesses(content),
            (false, false) => known.likenesses(name).best_of(&known.likenesses(content)),
        }
    }
}
