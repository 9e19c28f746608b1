//! A name beside the official names of a task: told once for each name, whatever contents it comes with.

use super::index::{PlanIndex, TaskIndex};
use super::plain_text::PlainText;
use super::task_words::{WHOLLY, all_in};
use super::wording::is_subsequence;
use super::wording_evidence::indicator;

/// Whether a name is the official one of a task, holds it, is a part of it, how like it is, whether it abbreviates it.
pub(super) type NameWords = [f64; 5];

/// What a name says of a task at a position.
pub(super) fn name_words(name: &PlainText, position: usize, index: &PlanIndex) -> NameWords {
    let (task, covered, grams) = (&index.tasks[position], name.names_covered(index)[position], name.grams(index));
    if name.text.is_empty() {
        return NameWords::default();
    }
    let (name, characters) = (name.text.as_str(), name.characters());
    let length = characters.len();
    let same = task.names.iter().any(|official| official == name);
    let held = |official: &String| official != name && official.chars().count() >= 3 && name.contains(official);
    let within = |official: &String| official != name && official.contains(name);
    [
        indicator(same),
        indicator(covered >= WHOLLY && task.names.iter().any(held)),
        indicator(length >= 3 && all_in(grams, &task.grams) && task.names.iter().any(within)),
        likest(characters, &task.names_characters),
        indicator((3..=8).contains(&length) && abbreviates(name, task)),
    ]
}

/// Whether a name is a subsequence of an official name or of a clause of the content.
fn abbreviates(name: &str, task: &TaskIndex) -> bool {
    task.names.iter().any(|official| is_subsequence(name, official))
        || task.clauses.iter().any(|(clause, _)| is_subsequence(name, clause))
}

/// The likeness of a name to the likest of some others by their edit distances.
fn likest(name: &Vec<char>, officials: &[Vec<char>]) -> f64 {
    // A bit for the last six bits of each character: most that the name lacks are told by it.
    let bit = |character: char| 1u64 << (u32::from(character) % u64::BITS);
    let bits = name.iter().fold(0, |bits, &character| bits | bit(character));
    let is_in_name = |character: &&char| bits & bit(**character) != 0 && name.contains(character);
    let mut best = 0.0;
    for official in officials {
        let longer = name.len().max(official.len()).max(1);
        #[expect(clippy::cast_precision_loss, reason = "a cell has at most 32,767 characters")]
        let share = |count: usize| count as f64 / longer as f64;
        // Every character that the longer one has more is an edit, and every one that the two do not have in common.
        // Where such a bound is the same fraction as the best, so would be the likeness, and rounded in the same way.
        if share(name.len().min(official.len())) > best && share(official.iter().filter(is_in_name).count()) > best {
            best = best.max(1.0 - share(strsim::generic_levenshtein(official, name)));
        }
    }
    best
}
