//! What a wording says of each task alone. A set of tasks is told by the mean over them, so that a dozen answers that
//! combine the same few tasks are spared the comparing.

use std::sync::OnceLock;

use super::evidence::{Evidence, Piece};
use super::index::{PlanIndex, TaskIndex};
use super::telling::Telling;
use super::wording::is_subsequence;
use super::wording_evidence::{indicator, mean, meaning_share};

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

/// What a wording says of each task, worked out when it is asked for.
#[derive(Debug)]
pub(super) struct TaskWords {
    by_task: Vec<OnceLock<Box<[f64; PIECES.len()]>>>,
}

impl TaskWords {
    /// For a plan of so many tasks.
    pub(super) fn new(tasks: usize) -> Self {
        Self { by_task: std::iter::repeat_with(OnceLock::new).take(tasks).collect() }
    }

    /// Sets what the wording says of some tasks, each of them alone.
    pub(super) fn set(&self, evidence: &mut Evidence, telling: &Telling, tasks: &[usize], index: &PlanIndex) {
        let say = |task: usize| self.by_task[task].get_or_init(|| Box::new(strengths(telling, task, index)));
        for (place, piece) in PIECES.into_iter().enumerate() {
            evidence.set(piece, mean(tasks, |task| say(task)[place]));
        }
    }
}

/// Texts covered by less than this hold nothing word for word: each of their runs would be covered.
const WHOLLY: f64 = 0.999;

/// The strengths of the pieces for one task, in their order.
fn strengths(telling: &Telling, position: usize, index: &PlanIndex) -> [f64; PIECES.len()] {
    let task = &index.tasks[position];
    let name_covered = if telling.name.is_empty() { 0.0 } else { telling.name_covered[position] };
    let [same, holds, within, edit, abbreviates] = name(&telling.name, name_covered, task);
    let clause_covered = telling.clauses_covered[position];
    let [content_same, content_within, clause_same] = content(telling, clause_covered, task);
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
        telling.contents_covered[position],
        clause_covered,
        clause_same,
        meaning_share(&task.name_meanings, |group| telling.meanings.has(group), index),
    ]
}

/// A name beside the official one: the same, holding it, a part of it, how like it, an abbreviation of it.
fn name(name: &str, covered: f64, task: &TaskIndex) -> [f64; 5] {
    if name.is_empty() {
        return [0.0; 5];
    }
    let characters: Vec<char> = name.chars().collect();
    let length = characters.len();
    let same = task.names.iter().any(|official| official == name);
    let held = |official: &String| official != name && official.chars().count() >= 3 && name.contains(official);
    let within = |official: &String| official != name && official.contains(name);
    let abbreviates = || {
        task.names.iter().any(|official| is_subsequence(name, official))
            || task.clauses.iter().any(|(clause, _)| is_subsequence(name, clause))
    };
    [
        indicator(same),
        indicator(covered >= WHOLLY && task.names.iter().any(held)),
        indicator(length >= 3 && task.names.iter().any(within)),
        task.names.iter().fold(0.0, |best, official| liker(best, name, &characters, official)),
        indicator((3..=8).contains(&length) && abbreviates()),
    ]
}

/// The larger of a likeness and that of two names by their edit distance.
fn liker(best: f64, name: &str, characters: &[char], official: &str) -> f64 {
    let length = official.chars().count();
    #[expect(clippy::cast_precision_loss, reason = "a cell has at most 32,767 characters")]
    let share = |common: usize| common as f64 / characters.len().max(length).max(1) as f64;
    // Every character that the two do not have in common is an edit.
    if share(official.chars().filter(|character| characters.contains(character)).count()) <= best {
        return best;
    }
    best.max(strsim::normalized_levenshtein(official, name))
}

/// A wording beside the official content: the same, a piece of it, holding one of its clauses.
fn content(telling: &Telling, clause_covered: f64, task: &TaskIndex) -> [f64; 3] {
    // Clerks write the content in the name column as often as in its own.
    let wordings = || [&telling.content, &telling.name].into_iter().filter(|text| !text.is_empty());
    let within = |text: &String| text.chars().count() >= 6 && *text != task.content && task.content.contains(text);
    let stands = |clause: &String| clause.chars().count() >= 5 && wordings().any(|text| text.contains(clause));
    [
        indicator(wordings().any(|text| *text == task.content)),
        indicator(wordings().any(within)),
        indicator(clause_covered >= WHOLLY && task.clauses.iter().any(|(clause, _)| stands(clause))),
    ]
}
