//! The evidence that a record's wording gives for "it answers these tasks".

use std::sync::Arc;

use super::evidence::{Evidence, Piece};
use super::held_words::HeldWords;
use super::index::PlanIndex;
use super::parts::Part;
use super::task_words::TaskWords;
use super::telling::Telling;

/// Weight that a good short row reaches: log scale so that long official texts do not drown short ones.
pub(super) const WEIGHT_SCALE: f64 = 6.0;

/// The evidence of a wording for one answer (positions of tasks in the plan); `words`: what it says of each of them alone.
pub(super) fn wording_evidence(
    telling: &Telling,
    tasks: &[usize],
    held: &HeldWords<'_>,
    words: &TaskWords,
    index: &PlanIndex,
) -> Evidence {
    let mut evidence = Evidence::blank();
    words.set(&mut evidence, tasks);
    explained_evidence(&mut evidence, telling, tasks, held, index);
    let known = telling.likeness(tasks, index);
    evidence.set(Piece::WordingBest, known.best);
    evidence.set(Piece::WordingSeveral, known.several);
    evidence.set(Piece::WordingHeld, known.holds);
    part_evidence(&mut evidence, telling, tasks);
    if tasks.len() > 1 {
        several_evidence(&mut evidence, telling, tasks, held, index);
    }
    evidence
}

/// Mean of a value over the tasks of a set.
pub(super) fn mean(tasks: &[usize], value: impl Fn(usize) -> f64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a set has a handful of tasks")]
    let count = tasks.len().max(1) as f64;
    tasks.iter().map(|&task| value(task)).sum::<f64>() / count
}

/// 1 where something holds, else 0.
pub(super) fn indicator(holds: bool) -> f64 {
    if holds { 1.0 } else { 0.0 }
}

/// A part as a share of the whole; 0 where there is no whole.
pub(super) fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

/// How much of the wording the tasks explain: runs of characters, syllables, words that mean the same.
fn explained_evidence(
    evidence: &mut Evidence,
    telling: &Telling,
    tasks: &[usize],
    held: &HeldWords<'_>,
    index: &PlanIndex,
) {
    let vocabulary = &index.characters;
    let shared = held.all.by_any(tasks);
    let [in_name, in_content] = [&held.in_name, &held.in_content].map(|part| held.all.by_any_among(part, tasks));
    evidence.set(Piece::Explained, share(shared, vocabulary.sum(&telling.grams)));
    evidence.set(Piece::CoveredWeight, (1.0 + shared).ln() / WEIGHT_SCALE);
    evidence.set(Piece::NameExplained, share(in_name, vocabulary.sum(telling.name_text.grams(index))));
    evidence.set(Piece::ContentExplained, share(in_content, vocabulary.sum(telling.content_text.grams(index))));
    evidence.set(Piece::SoundsExplained, share(held.sounds.by_any(tasks), index.syllables.sum(telling.sounds(index))));
    evidence.set(Piece::PairsExplained, share(held.pairs.by_any(tasks), telling.pairs_weight));
    evidence.set(Piece::RarestShared, vocabulary.rarity(held.pairs.heaviest_by_any(tasks)));
    let touched = |group: u32| tasks.iter().any(|&task| index.tasks[task].meanings.has(group));
    evidence.set(Piece::MeaningExplained, meaning_share(telling.meanings(), touched, index));
}

/// Share of the weight of some groups of meaning that are touched; 0 where there are none.
pub(super) fn meaning_share(whole: &[u32], touched: impl Fn(u32) -> bool, index: &PlanIndex) -> f64 {
    let weight = |&group: &u32| index.group_weights.get(group as usize).copied().unwrap_or(0.0);
    let total: f64 = whole.iter().map(weight).sum();
    let shared: f64 = whole.iter().filter(|group| touched(**group)).map(weight).sum();
    share(shared, total)
}

/// Where the parts of the name lead: into the set or out of it.
fn part_evidence(evidence: &mut Evidence, telling: &Telling, tasks: &[usize]) {
    if telling.parts.is_empty() {
        return;
    }
    let (mut elsewhere, mut inside) = (0.0, 0.0);
    for part in &telling.parts {
        let within = tasks.iter().map(|&task| part.scores[task]).fold(0.0, f64::max);
        let without = part.best_besides(tasks);
        elsewhere += (without - within).max(0.0);
        inside += indicator(within >= without && within > 0.0);
    }
    #[expect(clippy::cast_precision_loss, reason = "a name has a handful of parts")]
    let count = telling.parts.len() as f64;
    let meant = |part: &Arc<Part>| tasks.iter().map(|&task| part.shares[task]).sum::<f64>();
    evidence.set(Piece::PartsMeant, telling.parts.iter().map(meant).sum::<f64>() / count);
    let most = |task: &usize| telling.parts.iter().map(|part| part.shares[*task]).fold(0.0, f64::max);
    evidence.set(Piece::OwnMeant, tasks.iter().map(most).fold(1.0, f64::min));
    evidence.set(Piece::PartsElsewhere, elsewhere / count);
    if telling.parts.len() > 1 {
        evidence.set(Piece::PartsInside, inside / count);
    }
    if tasks.len() > 1 {
        #[expect(clippy::cast_precision_loss, reason = "a set has a handful of tasks")]
        let differ = telling.parts.len().abs_diff(tasks.len()).min(3) as f64;
        evidence.set(Piece::PartsDiffer, differ / 3.0);
    }
}

/// What speaks for several tasks at once: each must explain something that the others do not.
fn several_evidence(
    evidence: &mut Evidence,
    telling: &Telling,
    tasks: &[usize],
    held: &HeldWords<'_>,
    index: &PlanIndex,
) {
    let total = index.characters.sum(&telling.grams).max(f64::MIN_POSITIVE);
    let (mut gain, mut own_name, mut own_part, mut own_meaning) = (f64::MAX, f64::MAX, f64::MAX, f64::MAX);
    for &task in tasks {
        let others = || tasks.iter().copied().filter(move |&other| other != task);
        let (alone, named) = held.all.by_one_alone(task, tasks, &index.tasks[task].name_grams);
        gain = gain.min(alone / total);
        // None is less than nothing.
        if own_name > 0.0 {
            own_name = own_name.min(covered_alone(named, task, others, index));
        }
        if own_meaning > 0.0 {
            own_meaning = own_meaning.min(meant_alone(telling, task, others, index));
        }
        // A part of the name is the task's own where it says this task better than any other of the set.
        let own = |part: &&Arc<Part>| others().all(|other| part.scores[other] < part.scores[task]);
        let own_parts = telling.parts.iter().filter(own);
        own_part = own_part.min(own_parts.map(|part| part.scores[task]).fold(0.0, f64::max));
    }
    #[expect(clippy::cast_precision_loss, reason = "a set has a handful of tasks")]
    evidence.set(Piece::MoreTasks, (tasks.len() - 1) as f64);
    evidence.set(Piece::OwnGain, gain);
    evidence.set(Piece::OwnNameCovered, own_name);
    evidence.set(Piece::OwnMeaning, own_meaning);
    evidence.set(Piece::OwnPart, own_part);
    let mut spelled: Vec<usize> = telling.parts.iter().filter_map(|part| part.best()).collect();
    spelled.sort_unstable();
    spelled.dedup();
    evidence.set(Piece::PartsSpell, indicator(spelled == tasks));
    let consecutive = tasks.windows(2).all(|pair| pair[0] + 1 == pair[1]);
    evidence.set(Piece::Consecutive, indicator(consecutive));
}

/// Share of what a task's official name holds and the other tasks do not that the wording covers; it shares so much
/// of it.
fn covered_alone<Others: Iterator<Item = usize>>(
    shared: f64,
    task: usize,
    others: impl Fn() -> Others,
    index: &PlanIndex,
) -> f64 {
    if shared <= 0.0 {
        return 0.0;
    }
    let alone = |gram: &&u32| !others().any(|other| index.tasks[other].grams.has(**gram));
    let name = index.tasks[task].name_grams.iter();
    shared / name.filter(alone).fold(0.0, |sum, &gram| sum + index.characters.weight(gram))
}

/// Share of what a task's official name means and the names of the other tasks do not that the wording touches.
fn meant_alone<Others: Iterator<Item = usize>>(
    telling: &Telling,
    task: usize,
    others: impl Fn() -> Others,
    index: &PlanIndex,
) -> f64 {
    let meant = &index.tasks[task].name_meanings;
    let alone =
        meant.iter().copied().filter(|&group| !others().any(|other| index.tasks[other].name_meanings.has(group)));
    meaning_share(&alone.collect::<Vec<u32>>(), |group| telling.meanings().has(group), index)
}

/// The evidence of a wording for answering no task, seen from its single-task answers.
pub(super) fn wording_evidence_for_none(telling: &Telling, singles: &[&Evidence], index: &PlanIndex) -> Evidence {
    let best = |piece: Piece| singles.iter().map(|evidence| evidence.get(piece)).fold(0.0, f64::max);
    let mut evidence = Evidence::blank();
    evidence.set(Piece::None, 1.0);
    evidence.set(Piece::NoneUnknown, telling.unknown);
    evidence.set(Piece::NoneUnexplained, 1.0 - best(Piece::Explained));
    evidence.set(Piece::NoneNameUncovered, 1.0 - best(Piece::NameCoveredByAll));
    evidence.set(Piece::NoneLittleCovered, 1.0 - best(Piece::CoveredWeight));
    evidence.set(Piece::NonePairs, 1.0 - best(Piece::PairsExplained));
    evidence.set(Piece::NoneRarest, 1.0 - best(Piece::RarestShared));
    evidence.set(Piece::NoneMeaning, 1.0 - best(Piece::MeaningExplained));
    evidence.set(Piece::NoneOwnWork, indicator(telling.own_work));
    let known = telling.likeness(&[], index);
    evidence.set(Piece::NoneWordingBest, known.best);
    evidence.set(Piece::NoneWordingSeveral, known.several);
    evidence.set(Piece::NoneWordingUnlike, 1.0 - best(Piece::WordingBest));
    evidence.set(Piece::NoneShort, indicator(telling.length < 5));
    evidence
}
