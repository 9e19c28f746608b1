//! Which answers are weighed for a record: the likeliest single tasks, and sets of tasks where the row may merge several.

use std::collections::BTreeSet;

use super::index::{PlanIndex, without};
use super::row::{Part, Row};

/// Single tasks that are weighed. On the development rows the right task is among the first eight in all but one case.
const SINGLES: usize = 10;
/// Single tasks from which sets are grown.
const SEEDS: usize = 3;
/// Most tasks that one row is believed to answer.
const LARGEST_SET: usize = 6;
/// Sets of several tasks that are weighed.
const SETS: usize = 24;
/// A wording that is so like one known for several tasks may mean them.
const LIKE_SEVERAL: f64 = 0.35;
/// A part of the name (or a gain in coverage) below this share names no further task.
const LEAST_SHARE: f64 = 0.12;

/// Sets of tasks (ascending positions in the plan) that a row may answer; single tasks first, likeliest first.
pub(super) fn candidates(row: &Row, index: &PlanIndex) -> Vec<Vec<usize>> {
    let ranked = ranked_singles(row, index);
    let mut singles: Vec<usize> = ranked.iter().take(SINGLES).copied().collect();
    let numbered: Vec<usize> = row.numbers.iter().filter_map(|&number| index.position(number)).collect();
    for &task in &numbered {
        if !singles.contains(&task) {
            singles.push(task);
        }
    }
    let mut sets: BTreeSet<Vec<usize>> = BTreeSet::new();
    for &seed in singles.iter().take(SEEDS) {
        grow(row, seed, &singles, index, &mut sets);
    }
    add_parts(row, &mut sets);
    sets.extend(index.known.several(&row.likenesses, LIKE_SEVERAL).cloned());
    if (2..=LARGEST_SET).contains(&numbered.len()) {
        let set: BTreeSet<usize> = numbered.into_iter().collect();
        sets.insert(set.into_iter().collect());
    }
    let mut all: Vec<Vec<usize>> = singles.into_iter().map(|task| vec![task]).collect();
    all.extend(sets.into_iter().filter(|set| set.len() > 1).take(SETS));
    all
}

/// All tasks by shared n-gram weights, coverage of the official name, sounds, meanings and narrative, best first.
fn ranked_singles(row: &Row, index: &PlanIndex) -> Vec<usize> {
    let vocabulary = &index.characters;
    let total = vocabulary.sum(&row.grams).max(1.0);
    let likely = row.runs.shares();
    let score = |position: usize| {
        let task = &index.tasks[position];
        let like = index.known.likeness(&row.likenesses, &[position]).best;
        let shared = vocabulary.shared(&row.grams, &task.grams) / total;
        let heard = index.syllables.coverage(&row.sounds, &task.sounds);
        let name = task.name_coverage(&row.grams, vocabulary);
        let meant = row.meanings.iter().filter(|group| task.meanings.contains(group)).count();
        #[expect(clippy::cast_precision_loss, reason = "a row touches a handful of groups")]
        let meant = meant as f64 / row.meanings.len().max(1) as f64;
        let told = task.name_coverage(&row.narrative_grams, vocabulary);
        shared + name + like + likely[position] + 0.3 * heard + 0.5 * meant + 0.3 * told
    };
    let mut ranked: Vec<(f64, usize)> = (0..index.tasks.len()).map(|task| (score(task), task)).collect();
    ranked.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
    ranked.into_iter().map(|(_, task)| task).collect()
}

/// The task with the largest sum of shared n-gram weights plus the coverage of the official name.
pub(super) fn best_by_grams(row: &Row, index: &PlanIndex) -> Option<usize> {
    let vocabulary = &index.characters;
    let total = vocabulary.sum(&row.grams).max(1.0);
    let scored = index.tasks.iter().enumerate().map(|(position, task)| {
        let shared = vocabulary.shared(&row.grams, &task.grams) / total;
        (shared + vocabulary.coverage(&task.name_grams, &row.grams), position)
    });
    scored.max_by(|one, other| one.0.total_cmp(&other.0).then(other.1.cmp(&one.1))).map(|(_, position)| position)
}

/// Adds to a seed, one after the other, the task that explains most of what is not yet explained.
fn grow(row: &Row, seed: usize, pool: &[usize], index: &PlanIndex, sets: &mut BTreeSet<Vec<usize>>) {
    let vocabulary = &index.characters;
    let total = vocabulary.sum(&row.grams).max(f64::MIN_POSITIVE);
    let mut set = vec![seed];
    let mut rest = without(&row.grams, &index.tasks[seed].grams);
    while set.len() < LARGEST_SET {
        let gain = |&task: &usize| {
            let task = &index.tasks[task];
            vocabulary.shared(&rest, &task.grams) / total
                + vocabulary.coverage_besides(&task.name_grams, &index.tasks[seed].grams, &rest)
        };
        let others = pool.iter().filter(|task| !set.contains(task));
        let Some((best, gained)) = others
            .map(|task| (*task, gain(task)))
            .max_by(|one, other| one.1.total_cmp(&other.1).then(other.0.cmp(&one.0)))
        else {
            return;
        };
        if gained < LEAST_SHARE {
            return;
        }
        rest = without(&rest, &index.tasks[best].grams);
        set.push(best);
        let mut sorted = set.clone();
        sorted.sort_unstable();
        sets.insert(sorted);
    }
}

/// The sets that the parts of the name spell out: the best task of each part.
fn add_parts(row: &Row, sets: &mut BTreeSet<Vec<usize>>) {
    let named: Vec<usize> = row.parts.iter().filter_map(Part::best).collect();
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
