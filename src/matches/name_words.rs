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
    let name = name.text.as_str();
    if name.is_empty() {
        return NameWords::default();
    }
    let characters: Vec<char> = name.chars().collect();
    let length = characters.len();
    let same = task.names.iter().any(|official| official == name);
    let held = |official: &String| official != name && official.chars().count() >= 3 && name.contains(official);
    let within = |official: &String| official != name && official.contains(name);
    [
        indicator(same),
        indicator(covered >= WHOLLY && task.names.iter().any(held)),
        indicator(length >= 3 && all_in(grams, &task.grams) && task.names.iter().any(within)),
        task.names_characters.iter().fold(0.0, |best, official| liker(best, &characters, official)),
        indicator((3..=8).contains(&length) && abbreviates(name, task)),
    ]
}

/// Whether a name is a subsequence of an official name or of a clause of the content.
fn abbreviates(name: &str, task: &TaskIndex) -> bool {
    task.names.iter().any(|official| is_subsequence(name, official))
        || task.clauses.iter().any(|(clause, _)| is_subsequence(name, clause))
}

/// The larger of a likeness and that of two names by their edit distance.
fn liker(best: f64, name: &[char], official: &[char]) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a cell has at most 32,767 characters")]
    let share = |count: usize| count as f64 / name.len().max(official.len()).max(1) as f64;
    // Every character that the longer one has more is an edit, and every one that the two do not have in common. Where
    // such a bound is the same fraction as the best, so would be the likeness, and rounded in the same way.
    if share(name.len().min(official.len())) <= best {
        return best;
    }
    if share(official.iter().filter(|character| name.contains(character)).count()) <= best {
        return best;
    }
    best.max(1.0 - share(edits(official, name)))
}

/// How many characters must be put in, left out or replaced to make one text of the other.
fn edits(one: &[char], other: &[char]) -> usize {
    if (1..=64).contains(&other.len()) { edits_by_bits(one, other) } else { edits_by_rows(one, other) }
}

/// The same for another text of 1 to 64 characters. Beside each character of the one stands a row of numbers, the edits
/// for each beginning of the other; neighbours in it differ by at most one, so that a bit for each tells where it rises
/// and a bit where it falls (Myers 1999, in the form of Hyyrö 2003).
fn edits_by_bits(one: &[char], other: &[char]) -> usize {
    let last = 1u64 << (other.len() - 1);
    let (mut rises, mut falls, mut edits) = (u64::MAX, 0u64, other.len());
    for character in one {
        let mut same = 0u64;
        for (place, also) in other.iter().enumerate() {
            same |= u64::from(also == character) << place;
        }
        let vertical = same | falls;
        let horizontal = ((same & rises).wrapping_add(rises) ^ rises) | same;
        let (more, fewer) = (falls | !(horizontal | rises), rises & horizontal);
        edits += usize::from(more & last != 0);
        edits -= usize::from(fewer & last != 0);
        let more = more << 1 | 1;
        rises = fewer << 1 | !(vertical | more);
        falls = more & vertical;
    }
    edits
}

/// The same row after row, for texts of any length.
fn edits_by_rows(one: &[char], other: &[char]) -> usize {
    // For each beginning of the other text the edits from what was read of the one.
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (line, character) in one.iter().enumerate() {
        let mut diagonal = line;
        row[0] = line + 1;
        for (place, also) in other.iter().enumerate() {
            let replaced = diagonal + usize::from(character != also);
            diagonal = row[place + 1];
            row[place + 1] = replaced.min(diagonal + 1).min(row[place] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_those_of_the_library() {
        let texts = ["", "四好农村路", "四好农村路建设", "农村公路", "好四路", "建设四好农村路工作"];
        for (one, other) in texts.iter().flat_map(|one| texts.map(|other| (*one, other))) {
            let characters = |text: &str| text.chars().collect::<Vec<_>>();
            assert_eq!(edits(&characters(one), &characters(other)), strsim::levenshtein(one, other), "{one} {other}");
        }
        for (one, other) in [(64, 63), (63, 64), (64, 64), (65, 64), (64, 65), (70, 1), (1, 70)] {
            let text = |length: usize, step: usize| {
                (0..length).map(move |place| ['村', '路', '水', '农'][place * step % 7 % 4])
            };
            let (one, other): (Vec<char>, Vec<char>) = (text(one, 1).collect(), text(other, 3).collect());
            assert_eq!(edits(&one, &other), edits_by_rows(&one, &other));
        }
    }
}
