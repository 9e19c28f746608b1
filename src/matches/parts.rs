//! The parts of a name that marks or words join (农村公路、供水), each with the task that it means.

use std::sync::Arc;

use super::candidates::best_first;
use super::index::PlanIndex;
use super::plain_text::PlainText;
use super::wording::plain;

/// A part that answers no task better than this says nothing.
const LEAST_PART_SCORE: f64 = 0.3;

/// So many tasks are ranked; hardly ever is it asked for one behind them.
const RANKED: usize = 8;

/// A part of a name.
#[derive(Debug)]
pub(super) struct Part {
    /// How well each task of the plan (by position) answers the part alone.
    pub(super) scores: Vec<f64>,
    /// The best tasks, best score first, at most [`RANKED`] of them.
    ranked: Vec<usize>,
    /// How likely each task, and last of all none, is meant by the part's words alone; they add up to 1.
    pub(super) shares: Vec<f64>,
}

/// The parts of what says which task it is, each as it was meant.
pub(super) fn meant_parts(name: &str, content: &str, index: &PlanIndex) -> Vec<Arc<Part>> {
    let parts = parts(name, content, index);
    (0..parts.len()).map(|place| part(&parts, place, index)).collect()
}

impl Part {
    /// What a text says as a part.
    pub(super) fn new(words: &PlainText, index: &PlanIndex) -> Self {
        let (weight, named) = (words.pairs_weight(index), words.names_covered(index));
        let meant = index.meant_by_name.shares(words.meanings());
        let held = index.task_holders.shared(words.pairs(index), &index.characters);
        let shares = words.known_runs(index).shares();
        let likest = words.likest(index);
        let score = |position: usize| {
            let explained = if weight > 0.0 { held[position] / weight } else { 0.0 };
            explained + named[position] + 0.5 * meant[position] + likest[position] + shares[position]
        };
        let scores: Vec<f64> = (0..index.tasks.len()).map(score).collect();
        let ranked = best_first(&scores, RANKED);
        Self { scores, ranked, shares }
    }

    /// The share of the likeliest task.
    fn surest(&self) -> f64 {
        self.shares[..self.scores.len()].iter().copied().fold(0.0, f64::max)
    }

    /// The task that answers the part best, where one does at all.
    pub(super) fn best(&self) -> Option<usize> {
        self.ranked.first().copied().filter(|&task| self.scores[task] >= LEAST_PART_SCORE)
    }

    /// The best score of a task that is none of these; 0 where there is no other.
    pub(super) fn best_besides(&self, tasks: &[usize]) -> f64 {
        if let Some(&best) = self.ranked.iter().find(|task| !tasks.contains(task)) {
            return self.scores[best];
        }
        let besides = self.scores.iter().enumerate().filter(|(task, _)| !tasks.contains(task));
        besides.map(|(_, score)| *score).fold(0.0, f64::max)
    }
}

/// A part as it was meant: of 城镇、农村居民收入 the first one is 城镇居民收入, where that points to a task more surely.
fn part(parts: &[String], place: usize, index: &PlanIndex) -> Arc<Part> {
    /// Longer parts stand for themselves.
    const LONGEST_STUMP: usize = 3;
    let alone = index.text(&parts[place]).part(index);
    let stump = parts[place].chars().count();
    let whole = parts[place + 1..].iter().find(|later| later.chars().count() > LONGEST_STUMP);
    let Some(whole) = whole.filter(|_| stump <= LONGEST_STUMP) else { return alone };
    let rest: String = whole.chars().skip(stump).collect();
    let meant = index.text(&format!("{}{rest}", parts[place])).part(index);
    if meant.surest() > alone.surest() { meant } else { alone }
}

/// The parts of what says which task it is: of the name, and of a content that lists short things.
fn parts(name: &str, content: &str, index: &PlanIndex) -> Vec<String> {
    /// Longer things are sentences, which tell of one task in many words.
    const LONGEST_THING: usize = 14;
    let mut parts: Vec<String> = joined_parts(name, index).collect();
    if parts.is_empty() {
        return joined_parts(content, index).collect();
    }
    // Most contents say at once that they list nothing.
    let short = |thing: String| (thing.chars().count() <= LONGEST_THING).then_some(thing);
    let things: Option<Vec<String>> = joined_parts(content, index).map(short).collect();
    parts.extend(things.filter(|things| things.len() >= 2).unwrap_or_default());
    parts
}

/// The parts of a name that marks or words join: `农村公路、供水` or `景区村创建及乡愁产业`, in plain wording. A joining
/// word that belongs to a term of the plan (和 in 和美乡村) does not part.
fn joined_parts<'a>(name: &'a str, index: &'a PlanIndex) -> impl Iterator<Item = String> + 'a {
    const MOST_PARTS: usize = 8;
    let joins = move |before: &str, character: char, after: &str| match character {
        '、' | '，' | ',' | '；' | ';' | '/' | '+' | '\n' | '。' | '（' | '(' | '）' | ')' | '＋' => true,
        '及' | '与' | '和' | '兼' | '暨' | '同' | '跟' => !in_term(before, character, after, index),
        _ => false,
    };
    let ends = name.char_indices().filter(move |&(place, character)| {
        let after = place + character.len_utf8();
        joins(&name[..place], character, &name[after..])
    });
    let ends = ends.map(|(place, character)| (place, place + character.len_utf8())).chain([(name.len(), name.len())]);
    let mut begin = 0;
    let parts = ends.map(move |(end, next)| &name[std::mem::replace(&mut begin, next)..end]);
    let parts = parts.map(plain).filter(|part| part.chars().count() >= 2);
    parts.take(MOST_PARTS)
}

/// Whether a character forms a run of two with its neighbour before or after that the plan knows.
fn in_term(before: &str, character: char, after: &str, index: &PlanIndex) -> bool {
    let known = |first, second| index.characters.knows(index.characters.runs.pair(first, second));
    before.chars().next_back().is_some_and(|before| known(before, character))
        || after.chars().next().is_some_and(|after| known(character, after))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::list::Plan;

    #[test]
    fn joined_names_come_apart_and_terms_of_the_plan_stay_whole() {
        let index = PlanIndex::new(&Plan::built_in());
        let joined = |name| joined_parts(name, &index).collect::<Vec<String>>();
        assert_eq!(joined("农村人居环境及和美乡村建设"), ["农村人居环境", "和美乡村建设"]);
        assert_eq!(joined("休闲农业、乡愁产业"), ["休闲农业", "乡愁产业"]);
        assert_eq!(joined("清廉村居和民主法治村"), ["清廉村居和民主法治村"]);
    }
}
