//! Which answers are weighed for a record: the likeliest single tasks, and sets of tasks where the row may merge several.

use std::collections::BTreeSet;

use super::index::{PlanIndex, without};
use super::parts::Part;
use super::pool;
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
/// Sets of several tasks that are weighed.
const SETS: usize = 12;
/// A wording that is so like one known for several tasks may mean them.
const LIKE_SEVERAL: f64 = 0.35;
/// A part of the name (or a gain in coverage) below this share names no further task.
const LEAST_SHARE: f64 = 0.12;

/// Sets of tasks (ascending positions in the plan) that a wording may answer; single tasks first, likeliest first.
pub(super) fn candidates(telling: &Telling, index: &PlanIndex) -> Vec<Vec<usize>> {
    let mut singles = ranked_singles(telling, index);
    if singles.first().is_some_and(|&likeliest| is_official(telling, likeliest, index)) {
        // Nobody merges tasks in the official words of one.
        singles.truncate(RIVALS);
        return singles.into_iter().map(|task| vec![task]).collect();
    }
    singles.truncate(SINGLES);
    let mut sets: BTreeSet<Vec<usize>> = BTreeSet::new();
    for &seed in singles.iter().take(SEEDS) {
        grow(telling, seed, &singles, index, &mut sets);
    }
    add_parts(telling, &mut sets);
    add_grown(&telling.likeliest, &mut sets);
    sets.extend(index.known.several(&telling.likenesses, LIKE_SEVERAL).cloned());
    let mut all: Vec<Vec<usize>> = singles.into_iter().map(|task| vec![task]).collect();
    all.extend(sets.into_iter().filter(|set| (2..=pool::MOST).contains(&set.len())).take(SETS));
    all
}

/// Whether the wording is the official name and content of a task, or the one of them where the other is blank.
fn is_official(telling: &Telling, task: usize, index: &PlanIndex) -> bool {
    let task = &index.tasks[task];
    let is = |written: &str, official: &str| written.is_empty() || written == official;
    let both_blank = telling.name.is_empty() && telling.content.is_empty();
    !both_blank && is(&telling.name, &task.names[0]) && is(&telling.content, &task.content)
}

/// What a row's other cells suggest besides: the tasks whose numbers are written, each and all together, and the tasks
/// of which the narrative seems to speak.
pub(super) fn suggested_aside(row: &Row, index: &PlanIndex) -> Vec<Vec<usize>> {
    let numbered: BTreeSet<usize> = row.numbers.iter().filter_map(|&number| index.position(number)).collect();
    let mut suggested: Vec<Vec<usize>> = numbered.iter().map(|&task| vec![task]).collect();
    if (2..=LARGEST_SET).contains(&numbered.len()) {
        suggested.push(numbered.into_iter().collect());
    }
    if !row.narrative.grams.is_empty() {
        let likely = row.narrative.runs.shares();
        let score = |task: usize| row.narrative.names_covered[task] + likely[task];
        suggested.extend(best_first(index, score).into_iter().take(NARRATED).map(|task| vec![task]));
        suggested.extend(narrated_sets(row, index));
    }
    suggested
}

/// The sets of tasks of which the narrative speaks, and such a set with what the wording most likely means.
fn narrated_sets(row: &Row, index: &PlanIndex) -> Vec<Vec<usize>> {
    let mut sets = BTreeSet::new();
    let narrated = index.known.model.likeliest_together(&row.narrative.runs, index.tasks.len());
    add_grown(&narrated, &mut sets);
    let telling = row.telling();
    if telling.runs.count() > 0.0 {
        let firsts: Vec<usize> = telling.likeliest.first().into_iter().chain(narrated.first()).copied().collect();
        add_grown(&firsts, &mut sets);
    }
    sets.into_iter().filter(|set| set.len() > 1).collect()
}

/// Adds a set of tasks, and every smaller one from which it was grown.
fn add_grown(grown: &[usize], sets: &mut BTreeSet<Vec<usize>>) {
    for size in 2..=grown.len() {
        let set: BTreeSet<usize> = grown[..size].iter().copied().collect();
        sets.insert(set.into_iter().collect());
    }
}

/// All tasks by shared n-gram weights, coverage of the official name, sounds, meanings and known wordings, best first.
fn ranked_singles(telling: &Telling, index: &PlanIndex) -> Vec<usize> {
    let total = index.characters.sum(&telling.grams).max(1.0);
    let likely = telling.runs.shares();
    best_first(index, |position| {
        let task = &index.tasks[position];
        let like = index.known.likeness(&telling.likenesses, &[position]).best;
        let heard = index.syllables.coverage(&telling.sounds, &task.sounds);
        let meant = telling.meanings.iter().filter(|group| task.meanings.has(**group)).count();
        #[expect(clippy::cast_precision_loss, reason = "a row touches a handful of groups")]
        let meant = meant as f64 / telling.meanings.len().max(1) as f64;
        let covered = telling.shared[position] / total + telling.names_covered[position];
        covered + like + likely[position] + 0.3 * heard + 0.5 * meant
    })
}

/// All tasks, best score first.
fn best_first(index: &PlanIndex, score: impl Fn(usize) -> f64) -> Vec<usize> {
    let mut ranked: Vec<(f64, usize)> = (0..index.tasks.len()).map(|task| (score(task), task)).collect();
    ranked.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
    ranked.into_iter().map(|(_, task)| task).collect()
}

/// The task with the largest sum of shared n-gram weights plus the coverage of the official name.
pub(super) fn best_by_grams(telling: &Telling, index: &PlanIndex) -> Option<usize> {
    let vocabulary = &index.characters;
    let total = vocabulary.sum(&telling.grams).max(1.0);
    let scored = index.tasks.iter().enumerate().map(|(position, task)| {
        let shared = telling.shared[position] / total;
        (shared + vocabulary.coverage(&task.name_grams, &telling.grams), position)
    });
    scored.max_by(|one, other| one.0.total_cmp(&other.0).then(other.1.cmp(&one.1))).map(|(_, position)| position)
}

/// Adds to a seed, one after the other, the task that explains most of what is not yet explained.
fn grow(telling: &Telling, seed: usize, pool: &[usize], index: &PlanIndex, sets: &mut BTreeSet<Vec<usize>>) {
    let vocabulary = &index.characters;
    let total = vocabulary.sum(&telling.grams).max(f64::MIN_POSITIVE);
    let mut set = vec![seed];
    let mut rest = without(&telling.grams, &index.tasks[seed].grams);
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
fn add_parts(telling: &Telling, sets: &mut BTreeSet<Vec<usize>>) {
    let named: Vec<usize> = telling.parts.iter().filter_map(Part::best).collect();
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
