//! The evidence that a record's wording gives for "it answers these tasks".

use super::evidence::{Evidence, Piece};
use super::holders::TaskSet;
use super::index::{PlanIndex, TaskIndex, union, without};
use super::parts::Part;
use super::telling::Telling;
use super::wording::is_subsequence;

/// Weight that a good short row reaches: log scale so that long official texts do not drown short ones.
pub(super) const WEIGHT_SCALE: f64 = 6.0;

/// The evidence of a wording for a set of tasks (positions in the plan).
pub(super) fn wording_evidence(telling: &Telling, tasks: &[usize], index: &PlanIndex) -> Evidence {
    let mut evidence = Evidence::blank();
    let set = index.task_bits.set(tasks.iter().copied());
    name_evidence(&mut evidence, telling, tasks, index);
    content_evidence(&mut evidence, telling, tasks, index);
    explained_evidence(&mut evidence, telling, tasks, &set, index);
    let known = index.known.likeness(&telling.likenesses, tasks);
    evidence.set(Piece::WordingBest, known.best);
    evidence.set(Piece::WordingSeveral, known.several);
    evidence.set(Piece::WordingHeld, known.holds);
    part_evidence(&mut evidence, telling, tasks, index);
    if tasks.len() > 1 {
        several_evidence(&mut evidence, telling, tasks, index);
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

fn name_evidence(evidence: &mut Evidence, telling: &Telling, tasks: &[usize], index: &PlanIndex) {
    evidence.set(Piece::NameCoveredByAll, mean(tasks, |task| telling.names_covered[task]));
    let name = &telling.name;
    if name.is_empty() {
        return;
    }
    let length = name.chars().count();
    let mean_of = |value: &dyn Fn(&TaskIndex) -> f64| mean(tasks, |task| value(&index.tasks[task]));
    let same = |task: &TaskIndex| indicator(task.names.contains(name));
    evidence.set(Piece::NameSame, mean_of(&same));
    let holds = |task: &TaskIndex| {
        let held = |official: &String| official != name && official.chars().count() >= 3 && name.contains(official);
        indicator(task.names.iter().any(held))
    };
    evidence.set(Piece::NameHolds, mean_of(&holds));
    let within = |task: &TaskIndex| {
        indicator(length >= 3 && task.names.iter().any(|official| official != name && official.contains(name)))
    };
    evidence.set(Piece::NameWithin, mean_of(&within));
    let edit = |task: &TaskIndex| {
        task.names.iter().map(|official| strsim::normalized_levenshtein(official, name)).fold(0.0, f64::max)
    };
    evidence.set(Piece::NameEdit, mean_of(&edit));
    evidence.set(Piece::NameCovered, mean(tasks, |task| telling.name_covered[task]));
    let abbreviates = |task: &TaskIndex| {
        let fits = (3..=8).contains(&length)
            && (task.names.iter().any(|official| is_subsequence(name, official))
                || task.clauses.iter().any(|(clause, _)| is_subsequence(name, clause)));
        indicator(fits)
    };
    evidence.set(Piece::NameAbbreviates, mean_of(&abbreviates));
}

fn content_evidence(evidence: &mut Evidence, telling: &Telling, tasks: &[usize], index: &PlanIndex) {
    // Clerks write the content in the name column as often as in its own.
    let wordings = || [&telling.content, &telling.name].into_iter().filter(|text| !text.is_empty());
    let mean_of = |value: &dyn Fn(&TaskIndex) -> bool| mean(tasks, |task| indicator(value(&index.tasks[task])));
    evidence.set(Piece::ContentSame, mean_of(&|task| wordings().any(|text| *text == task.content)));
    let within = |task: &TaskIndex| {
        wordings().any(|text| text.chars().count() >= 6 && *text != task.content && task.content.contains(text))
    };
    evidence.set(Piece::ContentWithin, mean_of(&within));
    evidence.set(Piece::ContentCovered, mean(tasks, |task| telling.contents_covered[task]));
    evidence.set(Piece::ClauseCovered, mean(tasks, |task| telling.clauses_covered[task]));
    let clause_same = |task: &TaskIndex| {
        let stands = |clause: &String| clause.chars().count() >= 5 && wordings().any(|text| text.contains(clause));
        task.clauses.iter().any(|(clause, _)| stands(clause))
    };
    evidence.set(Piece::ClauseSame, mean_of(&clause_same));
}

/// How much of the wording the tasks explain: runs of characters, syllables, words that mean the same.
fn explained_evidence(evidence: &mut Evidence, telling: &Telling, tasks: &[usize], set: &TaskSet, index: &PlanIndex) {
    let vocabulary = &index.characters;
    let share = |shared: f64, total: f64| if total > 0.0 { shared / total } else { 0.0 };
    let shared = match *tasks {
        [task] => telling.shared[task],
        _ => index.task_bits.shared(&telling.grams, set, vocabulary),
    };
    evidence.set(Piece::Explained, share(shared, vocabulary.sum(&telling.grams)));
    evidence.set(Piece::CoveredWeight, (1.0 + shared).ln() / WEIGHT_SCALE);
    let by_tasks = |grams| share(index.task_bits.shared(grams, set, vocabulary), vocabulary.sum(grams));
    evidence.set(Piece::NameExplained, by_tasks(&telling.name_grams));
    evidence.set(Piece::ContentExplained, by_tasks(&telling.content_grams));
    let heard = index.syllable_bits.shared(&telling.sounds, set, &index.syllables);
    evidence.set(Piece::SoundsExplained, share(heard, index.syllables.sum(&telling.sounds)));
    let pairs = index.task_bits.shared(&telling.pairs, set, vocabulary);
    evidence.set(Piece::PairsExplained, share(pairs, telling.pairs_weight));
    evidence.set(Piece::RarestShared, index.task_bits.rarest(&telling.pairs, set, vocabulary));
    let touched = union(tasks.iter().map(|&task| &index.tasks[task].meanings));
    evidence.set(Piece::MeaningExplained, meaning_share(&telling.meanings, &touched, index));
    let meant = |task: usize| meaning_share(&index.tasks[task].name_meanings, &telling.meanings, index);
    evidence.set(Piece::NameMeant, mean(tasks, meant));
}

/// Share of the weight of some groups of meaning that others touch; 0 where there are none.
pub(super) fn meaning_share(whole: &[u32], touched: &[u32], index: &PlanIndex) -> f64 {
    let weight = |&group: &u32| index.group_weights.get(group as usize).copied().unwrap_or(0.0);
    let total: f64 = whole.iter().map(weight).sum();
    let shared: f64 = whole.iter().filter(|group| touched.binary_search(group).is_ok()).map(weight).sum();
    if total > 0.0 { shared / total } else { 0.0 }
}

/// Where the parts of the name lead: into the set or out of it.
fn part_evidence(evidence: &mut Evidence, telling: &Telling, tasks: &[usize], index: &PlanIndex) {
    if telling.parts.is_empty() {
        return;
    }
    let (mut elsewhere, mut inside) = (0.0, 0.0);
    for part in &telling.parts {
        let within = tasks.iter().map(|&task| part.scores[task]).fold(0.0, f64::max);
        let without = (0..index.tasks.len()).filter(|task| !tasks.contains(task)).map(|task| part.scores[task]);
        let without = without.fold(0.0, f64::max);
        elsewhere += (without - within).max(0.0);
        inside += indicator(within >= without && within > 0.0);
    }
    #[expect(clippy::cast_precision_loss, reason = "a name has a handful of parts")]
    let count = telling.parts.len() as f64;
    let meant = |part: &Part| tasks.iter().map(|&task| part.shares[task]).sum::<f64>();
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
fn several_evidence(evidence: &mut Evidence, telling: &Telling, tasks: &[usize], index: &PlanIndex) {
    let total = index.characters.sum(&telling.grams).max(f64::MIN_POSITIVE);
    let (mut gain, mut own_name, mut own_part, mut own_meaning) = (f64::MAX, f64::MAX, f64::MAX, f64::MAX);
    for &task in tasks {
        let others = || tasks.iter().copied().filter(move |&other| other != task);
        let of_others = index.task_bits.set(others());
        let of_task = index.task_bits.set(std::iter::once(task));
        let alone = |gram: &&u32| !index.task_bits.any_holds(**gram, &of_others);
        let gained = telling.grams.iter().filter(|gram| index.task_bits.any_holds(**gram, &of_task)).filter(alone);
        gain = gain.min(gained.map(|&gram| index.characters.weight(gram)).sum::<f64>() / total);
        own_name = own_name.min(covered_alone(telling, task, &of_others, index));
        let meant_by_others = union(others().map(|other| &index.tasks[other].name_meanings));
        let meant_alone = without(&index.tasks[task].name_meanings, &meant_by_others);
        own_meaning = own_meaning.min(meaning_share(&meant_alone, &telling.meanings, index));
        // A part of the name is the task's own where it says this task better than any other of the set.
        let own = |part: &&Part| others().all(|other| part.scores[other] < part.scores[task]);
        let own_parts = telling.parts.iter().filter(own);
        own_part = own_part.min(own_parts.map(|part| part.scores[task]).fold(0.0, f64::max));
    }
    #[expect(clippy::cast_precision_loss, reason = "a set has a handful of tasks")]
    evidence.set(Piece::MoreTasks, (tasks.len() - 1) as f64);
    evidence.set(Piece::OwnGain, gain);
    evidence.set(Piece::OwnNameCovered, own_name);
    evidence.set(Piece::OwnMeaning, own_meaning);
    evidence.set(Piece::OwnPart, own_part);
    let mut spelled: Vec<usize> = telling.parts.iter().filter_map(Part::best).collect();
    spelled.sort_unstable();
    spelled.dedup();
    evidence.set(Piece::PartsSpell, indicator(spelled == tasks));
    let consecutive = tasks.windows(2).all(|pair| pair[0] + 1 == pair[1]);
    evidence.set(Piece::Consecutive, indicator(consecutive));
}

/// Share of what a task's official name holds and the other tasks do not that the wording covers.
fn covered_alone(telling: &Telling, task: usize, others: &TaskSet, index: &PlanIndex) -> f64 {
    let (mut shared, mut sum) = (0.0, 0.0);
    let alone = index.tasks[task].name_grams.iter().filter(|gram| !index.task_bits.any_holds(**gram, others));
    for &gram in alone {
        let weight = index.characters.weight(gram);
        sum += weight;
        shared += if telling.grams.has(gram) { weight } else { 0.0 };
    }
    if sum > 0.0 { shared / sum } else { 0.0 }
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
    let known = index.known.likeness(&telling.likenesses, &[]);
    evidence.set(Piece::NoneWordingBest, known.best);
    evidence.set(Piece::NoneWordingSeveral, known.several);
    evidence.set(Piece::NoneWordingUnlike, 1.0 - best(Piece::WordingBest));
    evidence.set(Piece::NoneShort, indicator(telling.length < 5));
    evidence
}
