//! The official texts of tasks, made comparable once for all rows.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::named::Agencies;
use super::reported::{Beside, Wording};
use crate::findings::characters::Characters;
use crate::findings::wording::{all_folded, fold};
use crate::list::{Plan, Task};

/// The official texts of all tasks by their numbers, made comparable once for all rows.
#[derive(Debug)]
pub(in crate::findings) struct Officials(pub(super) BTreeMap<u32, Official>);

impl Officials {
    /// The texts of a plan.
    pub(in crate::findings) fn of(plan: &Plan) -> Self {
        let places = plan.places().into();
        Self(plan.tasks.iter().rev().map(|task| (task.number, Official::of(task, &places))).collect())
    }
}

/// The official texts of a task.
#[derive(Debug)]
pub(super) struct Official {
    name: Wording,
    pub(super) content: Wording,
    /// The content without its figures.
    words: String,
    /// How many characters that are, and which.
    pub(super) length: usize,
    characters: Characters,
    pub(super) agencies: Agencies,
}

impl Official {
    fn of(task: &Task, places: &Arc<[String]>) -> Self {
        let words = words_only(&task.content);
        let length = words.chars().count();
        Self {
            name: Wording::of(&task.name, None),
            content: Wording::of(&task.content, Some(length)),
            length,
            characters: Characters::of(&words),
            words,
            agencies: Agencies::of(task, places),
        }
    }

    /// A name of a row beside the official one.
    pub(super) fn beside_name(&self, text: &str) -> Beside<'_> {
        self.name.beside(text, || None)
    }

    /// A content of a row beside the official one.
    pub(super) fn beside_content(&self, text: &str) -> Beside<'_> {
        self.content.beside(text, || self.has_clauses_of(text).then(|| length_of_words(text)))
    }

    /// Whether every clause of a text is one of the content, figures aside.
    fn has_clauses_of(&self, text: &str) -> bool {
        let mut words = String::new();
        text.split([',', '，', ';', '；', '。', '、', '\n']).all(|clause| {
            words.clear();
            // A clause in the clerk's own words nearly always has a character that is not in the content at all.
            let may_be = all_folded(clause, |c| {
                let figure = is_of_a_figure(c);
                if !figure {
                    words.push(c);
                }
                figure || self.characters.may_hold(c)
            });
            may_be && self.words.contains(&words)
        })
    }
}

/// The characters of a text without its figures.
fn words_only(text: &str) -> String {
    let mut words = fold(text);
    words.retain(|c| !is_of_a_figure(c));
    words
}

/// How many characters a text has without its figures.
fn length_of_words(text: &str) -> usize {
    let mut length = 0;
    all_folded(text, |c| {
        length += usize::from(!is_of_a_figure(c));
        true
    });
    length
}

/// Whether a folded character is one of those of which figures consist.
const fn is_of_a_figure(c: char) -> bool {
    c.is_ascii_digit() || c == '.'
}
