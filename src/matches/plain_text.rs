//! What a plain text says of the tasks by its characters. Each thing is worked out when it is first asked for, and once:
//! the name of a row is often all of its wording, and the only part of itself.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use super::index::{Grams, PlanIndex};
use super::known::Likenesses;
use super::likelihood::KnownRuns;
use super::meanings::meanings;
use super::runs::TextRuns;

/// A plain text and what it says.
pub(super) struct PlainText<'index> {
    index: &'index PlanIndex,
    /// The text.
    pub(super) text: String,
    /// Its runs of characters.
    pub(super) runs: TextRuns,
    grams: OnceCell<Grams>,
    pairs: OnceCell<Grams>,
    meanings: OnceCell<Grams>,
    likenesses: OnceCell<Likenesses>,
    known_runs: OnceCell<KnownRuns>,
    names_covered: OnceCell<Vec<f64>>,
}

impl<'index> PlainText<'index> {
    fn new(text: &str, index: &'index PlanIndex) -> Self {
        Self {
            index,
            text: text.to_owned(),
            runs: index.read(text),
            grams: OnceCell::new(),
            pairs: OnceCell::new(),
            meanings: OnceCell::new(),
            likenesses: OnceCell::new(),
            known_runs: OnceCell::new(),
            names_covered: OnceCell::new(),
        }
    }

    /// Its n-grams that the plan knows.
    pub(super) fn grams(&self) -> &Grams {
        self.grams.get_or_init(|| self.index.characters.known(&self.runs))
    }

    /// Its runs of two characters that the plan knows.
    pub(super) fn pairs(&self) -> &Grams {
        self.pairs.get_or_init(|| self.index.characters.pairs(&self.runs))
    }

    /// Weight of all its runs of two, the unknown ones included.
    pub(super) fn pairs_weight(&self) -> f64 {
        self.index.characters.pairs_weight(&self.runs, self.pairs())
    }

    /// Groups of words that mean the same, touched by it.
    pub(super) fn meanings(&self) -> &Grams {
        self.meanings.get_or_init(|| meanings(&self.text))
    }

    /// How like it is to the wordings known for each answer.
    pub(super) fn likenesses(&self) -> &Likenesses {
        self.likenesses.get_or_init(|| self.index.known.likenesses(&self.runs))
    }

    /// How likely it is under each task, and under none.
    pub(super) fn known_runs(&self) -> &KnownRuns {
        self.known_runs.get_or_init(|| self.index.known.model.read(&self.runs))
    }

    /// For each task how much of its best covered name it covers.
    pub(super) fn names_covered(&self) -> &[f64] {
        self.names_covered.get_or_init(|| self.index.names.best_covered(self.grams(), &self.index.characters))
    }
}

/// The texts of one row, each read once.
pub(super) struct Texts<'index> {
    /// The plan that they are held against.
    pub(super) index: &'index PlanIndex,
    read: RefCell<Vec<Rc<PlainText<'index>>>>,
}

impl<'index> Texts<'index> {
    pub(super) const fn new(index: &'index PlanIndex) -> Self {
        Self { index, read: RefCell::new(Vec::new()) }
    }

    /// What a plain text says.
    pub(super) fn of(&self, text: &str) -> Rc<PlainText<'index>> {
        let mut read = self.read.borrow_mut();
        if let Some(words) = read.iter().find(|words| words.text == text) {
            return Rc::clone(words);
        }
        let words = Rc::new(PlainText::new(text, self.index));
        read.push(Rc::clone(&words));
        words
    }
}
