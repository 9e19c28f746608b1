//! A text that a row has for the name or the content of its task, laid beside the official one. Townships copy texts from
//! the list and from each other: what is worked out for one row holds for all that have the same text.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::alignment::{Alignment, align};
use super::islands::without_islands;
use super::whole_words::{of_whole_words, words_of};
use crate::findings::wording::{Pieces, fold, folds_to, in_common_at_most, pieces};
use crate::memo::Memo;

/// So many texts of a name or a content are kept with what was worked out for them.
const TEXTS_KEPT: usize = 64;

/// The official name or content of a task, made comparable once for all rows.
#[derive(Debug)]
pub(super) struct Wording {
    text: String,
    folded: String,
    pub(super) pieces: Pieces,
    /// Where words stand in it by which something is asked.
    words_asked: Vec<Range<usize>>,
    /// What it is beside itself.
    same: Arc<Reported>,
    /// What rows have in its place.
    others: Memo<Reported>,
}

/// What a row has in the place of an official text.
#[derive(Debug)]
struct Reported {
    is_exact: bool,
    copied: Option<usize>,
    pieces: Pieces,
    in_common: OnceLock<usize>,
    alignment: OnceLock<Alignment>,
    of_whole_words: OnceLock<Alignment>,
}

impl Wording {
    /// That of a text, of which `length` characters are to be copied (see [`Beside::copied`]).
    pub(super) fn of(text: &str, length: Option<usize>) -> Self {
        let pieces = pieces(text);
        Self {
            text: text.to_owned(),
            folded: fold(text),
            words_asked: words_of(&pieces),
            same: Arc::new(Reported::of(pieces.clone(), true, length)),
            pieces,
            others: Memo::new(TEXTS_KEPT),
        }
    }

    /// A text of a row beside the official one; `copied` tells how much it copies of it (see [`Beside::copied`]).
    pub(super) fn beside(&self, text: &str, copied: impl FnOnce() -> Option<usize>) -> Beside<'_> {
        // Many rows copy the official text byte for byte: nothing needs to be compared.
        let reported = if text == self.text {
            Arc::clone(&self.same)
        } else {
            self.others.get(text, || Reported::of(pieces(text), folds_to(text, &self.folded), copied()))
        };
        Beside { official: self, reported }
    }
}

impl Reported {
    const fn of(pieces: Pieces, is_exact: bool, copied: Option<usize>) -> Self {
        Self {
            is_exact,
            copied,
            pieces,
            in_common: OnceLock::new(),
            alignment: OnceLock::new(),
            of_whole_words: OnceLock::new(),
        }
    }
}

/// A text of a row beside the official one.
#[derive(Debug)]
pub(super) struct Beside<'o> {
    official: &'o Wording,
    reported: Arc<Reported>,
}

impl Beside<'_> {
    /// The pieces of the official text.
    pub(super) const fn of_list(&self) -> &Pieces {
        &self.official.pieces
    }

    /// The pieces of the row's text.
    pub(super) fn of_row(&self) -> &Pieces {
        &self.reported.pieces
    }

    /// Whether it is the official text byte for byte.
    pub(super) fn is_official(&self) -> bool {
        Arc::ptr_eq(&self.reported, &self.official.same)
    }

    /// Whether it is the official text to the letter, width, spaces and punctuation aside.
    pub(super) fn is_exact(&self) -> bool {
        self.reported.is_exact
    }

    /// How many characters a content has, figures aside, of which every clause is one of the official content, figures aside;
    /// nothing of any other text.
    pub(super) fn copied(&self) -> Option<usize> {
        self.reported.copied
    }

    /// See [`in_common_at_most`].
    pub(super) fn in_common_at_most(&self) -> usize {
        *self.reported.in_common.get_or_init(|| in_common_at_most(self.of_list(), self.of_row()))
    }

    /// Both texts laid beside each other.
    pub(super) fn alignment(&self) -> &Alignment {
        self.reported.alignment.get_or_init(|| align(self.of_list(), self.of_row()))
    }

    /// The same by whole words, what differs on both sides of a lone character taken together.
    pub(super) fn alignment_of_whole_words(&self) -> &Alignment {
        self.reported.of_whole_words.get_or_init(|| {
            let (old, new) = (self.of_list(), self.of_row());
            let alignment = of_whole_words(self.alignment().clone(), (old, &self.official.words_asked), new);
            without_islands(alignment, old, new)
        })
    }
}
