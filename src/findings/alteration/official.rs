//! The official texts of tasks, made comparable once for all rows.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::named::Agencies;
use super::whole_words::words_of;
use crate::findings::characters::Characters;
use crate::findings::wording::{Pieces, all_folded, fold, pieces};
use crate::list::{Field, Plan, Task};

/// Name and content, cut into pieces.
#[derive(Debug)]
pub(super) struct Wordings {
    pub(super) name: Pieces,
    pub(super) content: Pieces,
}

impl Wordings {
    /// Those of a field.
    pub(super) const fn of(&self, field: Field) -> &Pieces {
        if matches!(field, Field::Name) { &self.name } else { &self.content }
    }
}

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
    pub(super) wordings: Wordings,
    /// Both folded.
    pub(super) name: String,
    pub(super) content: String,
    /// The content without its figures.
    words: String,
    /// How many characters that are, and which.
    pub(super) length: usize,
    characters: Characters,
    /// Where words stand in the name and in the content by which something is asked.
    words_asked: [Vec<Range<usize>>; 2],
    pub(super) agencies: Agencies,
}

impl Official {
    fn of(task: &Task, places: &Arc<[String]>) -> Self {
        let words = words_only(&task.content);
        let wordings = Wordings { name: pieces(&task.name), content: pieces(&task.content) };
        Self {
            words_asked: [words_of(&wordings.name), words_of(&wordings.content)],
            wordings,
            name: fold(&task.name),
            content: fold(&task.content),
            length: words.chars().count(),
            characters: Characters::of(&words),
            words,
            agencies: Agencies::of(task, places),
        }
    }

    /// Whether every clause of a text is one of the content, figures aside.
    pub(super) fn has_clauses_of(&self, text: &str) -> bool {
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

    /// Where words stand in the name or the content by which something is asked.
    pub(super) fn words_asked(&self, field: Field) -> &[Range<usize>] {
        &self.words_asked[usize::from(!matches!(field, Field::Name))]
    }
}

/// The characters of a text without its figures.
fn words_only(text: &str) -> String {
    let mut words = fold(text);
    words.retain(|c| !is_of_a_figure(c));
    words
}

/// How many characters a text has without its figures.
pub(super) fn length_of_words(text: &str) -> usize {
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
