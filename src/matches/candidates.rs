//! Which answers are weighed for a record: the likeliest single tasks, and sets of tasks where the row may merge several.

use std::collections::BTreeSet;
use std::ops::Range;

use super::held_words::HeldWords;
use super::index::PlanIndex;
use super::mixtures::Mixtures;
use super::row::Row;
use super::telling::Telling;

/// Single tasks that are weighed. On the development rows the right task is among the first eight in all but one case.
const SINGLES: usize = 8;
/// Single tasks that are weighed where a row bears the official words of the first of them: some names come twice.
const RIVALS: usize = 4;
/// Single tasks of which the narrative seems to speak that are weighed besides.
const NARRATED: usize = 2;
/// Single tasks from which sets are grown.
const SEEDS: usize = 3;
/// Most tasks that one row is believed to answer.
const LARGEST_SET: usize = 6;
/// Wordings known for more tasks tell of none of them.
const MOST_TASKS: usize = 64;
/// Sets of several tasks that are weighed.
const SETS: usize = 12;
/// A wording that is so like one known for several tasks may mean them.
const LIKE_SEVERAL: f64 = 0.35;
/// A part of the name (or a gain in coverage) below this share names no further task.
const LEAST_SHARE: f64 = 0.12;

/// Sets of tasks (ascending positions in the plan) that a wording may answer; single tasks first, likeliest first.
pub(super) fn candidates(
    telling: &Telling,
    held: &HeldWords<'_>,
    mixtures: &mut Mixtures<'_>,
    index: &PlanIndex,
) -> Vec<Vec<usize>> {
    let mut singles = ranked_singles(telling, held, index);
    if singles.first().is_some_and(|&likeliest| is_official(telling, likeliest, index)) {
        // Nobody merges tasks in the official words of one.
        singles.truncate(RIVALS);
        return singles.into_iter().map(|task| vec![task]).collect();
    }
    let mut sets: BTreeSet<Vec<usize>> = BTreeSet::new();
    for &seed in singles.iter().take(SEEDS) {
        grow(seed, &singles, telling, held, index, &mut sets);
    }
    add_parts(telling, &mut sets);
    add_grown(&mixtures.likeliest_together(index.tasks.len()), &mut sets);
    sets.extend(telling.like_several(LIKE_SEVERAL, index).cloned());
    let mut all: Vec<Vec<usize>> = singles.into_iter().map(|task| vec![task]).collect();
    all.extend(sets.into_iter().filter(|set| (2..=MOST_TASKS).contains(&set.len())).take(SETS));
    all
}

/// Whether the wording is the official name and content of a task, or the one of them where the other is blank.
fn is_official(telling: &Telling, task: usize, index: &PlanIndex) -> bool {
    let task = &index.tasks[task];
    let is = |written: &str, official: &str| written.is_empty() || written == official;
    let (name, content) = (telling.name(), telling.content());
    let both_blank = name.is_empty() && content.is_empty();
    !both_blank && is(name, &task.names[0]) && is(content, &task.content)
}

/// What a row's other cells suggest besides: the tasks whose numbers are written, each and all together, and the tasks
/// of which the narrative seems to speak.
pub(super) fn suggested_aside(row: &Row, index: &PlanIndex) -> Vec<Vec<usize>> {
    let mut numbered: Vec<usize> = row.numbers.iter().filter_map(|&number| index.position(number)).collect();
    numbered.sort_unstable();
    numbered.dedup();
    let mut suggested: Vec<Vec<usize>> = numbered.iter().map(|&task| vec![task]).collect();
    if (2..=LARGEST_SET).contains(&numbered.len()) {
        suggested.push(numbered);
    }
    if !row.narrative.grams.is_empty() {
        let likely = row.narrative.runs.shares();
        let score = |task: usize| row.narrative.names_covered[task] + likely[task];
        let scores: Vec<f64> = tasks(index).map(score).collect();
        suggested.extend(best_first(&scores, NARRATED).into_iter().map(|task| vec![task]));
        suggested.extend(narrated_sets(row, index));
    }
    suggested
}

/// The sets of tasks of which the narrative speaks, and such a set with what the wording most likely means.
fn narrated_sets(row: &Row, index: &PlanIndex) -> Vec<Vec<usize>> {
    let mut sets = BTreeSet::new();
    let narrated = Mixtures::new(&index.known.model, &row.narrative.runs).likeliest_together(index.tasks.len());
    add_grown(&narrated, &mut sets);
    let firsts: Vec<usize> = row.scored.likeliest.iter().chain(narrated.first()).copied().collect();
    add_grown(&firsts, &mut sets);
    sets.into_iter().filter(|set| set.len() > 1).collect()
}

/// Adds a set of tasks, and every smaller one from which it was grown.
fn add_grown(grown: &[usize], sets: &mut BTreeSet<Vec<usize>>) {
    for size in 2..=grown.len() {
        let set: BTreeSet<usize> = grown[..size].iter().copied().collect();
        sets.insert(set.into_iter().collect());
    }
}

/// The likeliest tasks by shared n-gram weights, coverage of the official name, sounds, meanings and known wordings, best first.
fn ranked_singles(telling: &Telling, held: &HeldWords<'_>, index: &PlanIndex) -> Vec<usize> {
    let total = index.characters.sum(&telling.grams).max(1.0);
    let likely = telling.runs(index).shares();
    let all_sounds = index.syllables.sum(telling.sounds(index));
    let meant = index.meant.shares(telling.meanings());
    let scores = tasks(index).map(|task| {
        let heard = if all_sounds > 0.0 { held.sounds.by_each[task] / all_sounds } else { 0.0 };
        let covered = held.all.by_each[task] / total + telling.names_covered[task];
        covered + telling.likest[task] + likely[task] + 0.3 * heard + 0.5 * meant[task]
    });
    best_first(&scores.collect::<Vec<f64>>(), SINGLES)
}

/// All tasks of the plan.
const fn tasks(index: &PlanIndex) -> Range<usize> {
    0..index.tasks.len()
}

/// The tasks with the best scores, so many of them, the best one first; of equal ones the first.
pub(super) fn best_first(scores: &[f64], most: usize) -> Vec<usize> {
    let mut best: Vec<(f64, usize)> = Vec::with_capacity(most);
    // The score of the last one, once so many are kept.
    let mut least: Option<f64> = None;
    for (task, &score) in scores.iter().enumerate() {
        // Most are no better.
        if least.is_some_and(|least| score.total_cmp(&least).is_le()) {
            continue;
        }
        let better = |other: &(f64, usize)| score.total_cmp(&other.0).is_gt();
        best.truncate(most.saturating_sub(1));
        best.push((score, task));
        // It goes before all that are worse.
        let mut place = best.len() - 1;
        while place > 0 && better(&best[place - 1]) {
            best.swap(place - 1, place);
            place -= 1;
        }
        least = best.get(most - 1).map(|(score, _)| *score);
    }
    best.into_iter().map(|(_, task)| task).collect()
}

/// The task with the largest sum of shared n-gram weights plus the coverage of the official name.
pub(super) fn best_by_grams(telling: &Telling, index: &PlanIndex) -> Option<usize> {
    let vocabulary = &index.characters;
    let total = vocabulary.sum(&telling.grams).max(1.0);
    let shared = index.task_holders.shared(&telling.grams, vocabulary);
    let scored = index.tasks.iter().enumerate().map(|(position, task)| {
        (shared[position] / total + vocabulary.coverage(&task.name_grams, &telling.grams), position)
    });
    scored.max_by(|one, other| one.0.total_cmp(&other.0).then(other.1.cmp(&one.1))).map(|(_, position)| position)
}

/// Adds to a seed, one after the other, the task of some that explains most of what is not yet explained.
fn grow(
    seed: usize,
    tasks: &[usize],
    telling: &Telling,
    held: &HeldWords<'_>,
    index: &PlanIndex,
    sets: &mut BTreeSet<Vec<usize>>,
) {
    let total = index.characters.sum(&telling.grams).max(f64::MIN_POSITIVE);
    let mut set = vec![seed];
    while set.len() < LARGEST_SET {
        let gains = tasks.iter().filter(|task| !set.contains(task)).map(|&task| {
            let (explained, named) = held.all.by_one_alone(task, &set, &index.tasks[task].name_grams);
            (task, explained / total + covered_besides(named, task, seed, index))
        });
        let Some((best, gained)) = gains.max_by(|one, other| one.1.total_cmp(&other.1).then(other.0.cmp(&one.0)))
        else {
            return;
        };
        if gained < LEAST_SHARE {
            return;
        }
        set.push(best);
        let mut sorted = set.clone();
        sorted.sort_unstable();
        sets.insert(sorted);
    }
}

/// The share that so much is of what a task's official name holds and the seed does not.
fn covered_besides(named: f64, task: usize, seed: usize, index: &PlanIndex) -> f64 {
    if named <= 0.0 {
        return 0.0;
    }
    named / index.characters.sum_besides(&index.tasks[task].name_grams, &index.tasks[seed].grams)
}

/// The sets that the parts of the name spell out: the best task of each part.
fn add_parts(telling: &Telling, sets: &mut BTreeSet<Vec<usize>>) {
    let named: Vec<usize> = telling.parts.iter().filter_map(|part| part.best()).collect();
    let distinct: BTreeSet<usize> = named.iter().copied().collect();
    if (2..=LARGEST_SET).contains(&distinct.len()) {
        let set: Vec<usize> = distinct.iter().copied().collect();
        for left_out in 0..set.len() {
            let mut smaller = set.clone();
            smaller.remove(left_out);
            sets.insert(smaller);
        }
        sets.insert(set);
    }
    for pair in named.windows(2).filter(|pair| pair[0] != pair[1]) {
        let mut pair = pair.to_vec();
        pair.sort_unstable();
        sets.insert(pair);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_come_first_and_of_equal_ones_the_one_that_stands_first() {
        assert_eq!(best_first(&[0.1, 0.5, 0.5, 0.9, 0.5], 3), [3, 1, 2]);
        assert_eq!(best_first(&[0.2, 0.3], 3), [1, 0]);
        assert!(best_first(&[], 3).is_empty());
    }
}
