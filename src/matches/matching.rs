//! Matches the records of one submission: each row on its own, then all rows together, then the three bands.

use std::sync::Arc;

use rayon::prelude::*;

use super::answer::{Candidate, DecidedBy, Match, Outcome};
use super::candidates::suggested_aside;
use super::context::{Weighed, add_context};
use super::doubt::{is_vague, may_answer_more, only_narrates};
use super::index::PlanIndex;
use super::indicator::indicator_of;
use super::model::{Model, Numbers, View};
use super::parents::parents;
use super::reasons::{key_reasons, reasons};
use super::row::Row;
use super::row_answers::RowAnswers;
use super::row_evidence::row_evidence;
use crate::list::{Field, Key};
use crate::records::{Record, Submission};

/// What the office set for matching.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MatchSettings {
    /// Largest share of automatic answers that may be expected to be wrong, 0 to 1.
    pub max_wrong: f64,
}

impl Default for MatchSettings {
    /// Six wrong in a thousand automatic answers, as the left-out development rows foretell, whose clerks are harder
    /// than most (docs/matching.md).
    fn default() -> Self {
        Self { max_wrong: 0.006 }
    }
}

/// A confidence that a hidden key gives when the row's text does not speak against it.
const KEY_CONFIDENCE: f64 = 0.9999;
/// Below this probability by the text alone, the text plainly contradicts the key.
const CONTRADICTED: f64 = 0.02;

/// One match per record, in the same order.
pub fn match_submission(
    submission: &Submission,
    index: &PlanIndex,
    model: &Model,
    settings: MatchSettings,
) -> Vec<Match> {
    let numbers = model.numbers(index);
    let weighed = weigh(submission, index, numbers);
    let limit = numbers.limit(settings.max_wrong);
    let records = submission.records.iter().zip(&weighed);
    records.map(|(record, weighed)| settle(record, weighed, index, numbers, limit)).collect()
}

/// All rows with their possible answers and probabilities.
pub(super) fn weigh(submission: &Submission, index: &PlanIndex, numbers: &Numbers) -> Vec<Weighed> {
    let mut rows = all_options(submission, index, Narratives::WhereInDoubt(numbers));
    add_context(&mut rows, index);
    weigh_once(&mut rows, numbers, View::Together);
    rows
}

/// Which narratives are read.
#[derive(Clone, Copy)]
enum Narratives<'a> {
    /// All of them.
    All,
    /// Those of rows whose other cells leave a doubt; each row is weighed on its own.
    WhereInDoubt(&'a Numbers),
}

/// All rows with their possible answers, every narrative read.
pub(super) fn unweighed(submission: &Submission, index: &PlanIndex) -> Vec<Weighed> {
    all_options(submission, index, Narratives::All)
}

fn all_options(submission: &Submission, index: &PlanIndex, narratives: Narratives<'_>) -> Vec<Weighed> {
    // Rows are spread over idle threads: of few files one would be waited for alone.
    let records = submission.records.par_iter().zip(parents(&submission.records));
    let rows: Vec<Row> = records.map(|(record, parent)| Row::new(record, parent, index)).collect();
    let of_parent = |row: &Row| row.parent.map(|parent| rows[parent.place].scored.likeliest_tasks());
    let suggested: Vec<Vec<Vec<usize>>> = rows.iter().map(|row| of_parent(row).unwrap_or_default()).collect();
    let rows = rows.into_par_iter().zip(suggested).zip(&submission.records);
    let rows = rows.map(|((row, more), record)| {
        let mut weighed = options_of(record, row, &more, narratives, index);
        weighed.row.forget_telling();
        weighed
    });
    rows.collect()
}

/// From this probability by its other cells on, a row's narrative is not read: it never changed what became of such a
/// row (docs/matching.md), and takes half the time of matching.
const BEYOND_DOUBT: f64 = 0.995;

/// A row with its possible answers, its narrative read where it is to be.
fn options_of(
    record: &Record,
    mut row: Row,
    more: &[Vec<usize>],
    narratives: Narratives<'_>,
    index: &PlanIndex,
) -> Weighed {
    let Narratives::WhereInDoubt(numbers) = narratives else {
        row.read_narrative(record, index);
        return options(row, more, index);
    };
    let weighed = |row: Row| {
        let mut weighed = options(row, more, index);
        weigh_once(std::slice::from_mut(&mut weighed), numbers, View::Alone);
        weighed
    };
    let told = weighed(row);
    let narrates = [Field::Progress, Field::Remark].iter().any(|&field| record.entry(field).is_some());
    if !narrates || told.probabilities[told.best()] >= BEYOND_DOUBT {
        return told;
    }
    row = told.row;
    row.read_narrative(record, index);
    weighed(row)
}

/// Sets the probabilities of all answers.
pub(super) fn weigh_once(rows: &mut [Weighed], numbers: &Numbers, view: View) {
    for weighed in rows {
        weighed.probabilities = numbers.probabilities(&weighed.answers, view);
    }
}

/// A row with its possible answers, `more` besides those that it suggests itself; not yet weighed.
pub(super) fn options(row: Row, more: &[Vec<usize>], index: &PlanIndex) -> Weighed {
    let aside = suggested_aside(&row, index);
    let further = row.scored.further(more.iter().chain(&aside));
    let worded = if further.is_empty() {
        Arc::clone(&row.scored.answers)
    } else {
        Arc::new(row.ask_telling(index, |telling| row.scored.answers_and(further, telling, index)))
    };
    let other_cells = row_evidence(&row, &worded, index);
    Weighed { answers: RowAnswers::new(worded, other_cells), row, probabilities: Vec::new() }
}

/// The outcome of one row.
fn settle(record: &Record, weighed: &Weighed, index: &PlanIndex, numbers: &Numbers, limit: f64) -> Match {
    if let Some(key) = &record.key
        && let Some(settled) = settle_by_key(record, key, weighed, index, numbers)
    {
        return settled;
    }
    let best = weighed.best();
    let confidence = weighed.probabilities[best];
    let none = weighed.answers.tasks_of(best).is_empty();
    let doubtful =
        if none { is_vague(&weighed.row, index) || only_narrates(&weighed.row) } else { may_answer_more(weighed) };
    let certain = confidence >= limit && !doubtful;
    let outcome = match (certain, none) {
        (true, true) => Outcome::Extra,
        (true, false) => Outcome::Matched,
        (false, _) => Outcome::Review,
    };
    // A review names the best candidate even where "no task" is likelier: a person needs something to judge.
    let named = if outcome == Outcome::Review && none { best_task(weighed) } else { best };
    let tasks = official_numbers(weighed.answers.tasks_of(named), index);
    let indicator = match *weighed.answers.tasks_of(named) {
        [single] => indicator_of(record, &index.tasks[single].indicators),
        _ => None,
    };
    let mut settled = Match {
        outcome,
        tasks,
        indicator,
        confidence: weighed.probabilities[named],
        by: DecidedBy::Text,
        reasons: reasons(weighed, named, index, numbers),
        // Of a row that is used as it is nobody looks at what else it might have been.
        candidates: if certain && !none { Vec::new() } else { best_candidates(weighed, index, numbers) },
    };
    if none && settled.probably_none() {
        settled.reasons.insert(0, format!("更可能不属于清单(把握{:.0}%)", confidence * 100.0).into());
    }
    settled
}

/// A match by the hidden key; `None` where the key is of another plan or names no task, so that the text decides.
fn settle_by_key(record: &Record, key: &Key, weighed: &Weighed, index: &PlanIndex, numbers: &Numbers) -> Option<Match> {
    let number = key.task.filter(|_| key.plan == index.fingerprint)?;
    let position = index.position(number)?;
    let by_text = weighed.answers.tasks().zip(&weighed.probabilities);
    let agreeing: f64 = by_text.filter(|(tasks, _)| *tasks == [position]).map(|(_, probability)| probability).sum();
    let blank = record.text(Field::Name).is_empty() && record.text(Field::Content).is_empty();
    let official = index.tasks[position].names.iter().any(|name| **name == *weighed.row.scored.name);
    let contradicted = !blank && !official && agreeing < CONTRADICTED;
    Some(Match {
        outcome: if contradicted { Outcome::Review } else { Outcome::Matched },
        tasks: vec![number],
        indicator: key.indicator,
        confidence: if contradicted { agreeing } else { KEY_CONFIDENCE },
        by: DecidedBy::Id,
        reasons: key_reasons(contradicted),
        candidates: if contradicted { best_candidates(weighed, index, numbers) } else { Vec::new() },
    })
}

/// Index of the most probable answer that names a task.
fn best_task(weighed: &Weighed) -> usize {
    let naming = weighed.answers.tasks().enumerate().filter(|(_, tasks)| !tasks.is_empty());
    let ranked = naming.map(|(index, _)| (weighed.probabilities[index], index));
    ranked.max_by(|one, other| one.0.total_cmp(&other.0).then(other.1.cmp(&one.1))).map_or(0, |(_, index)| index)
}

fn official_numbers(tasks: &[usize], index: &PlanIndex) -> Vec<u32> {
    let mut numbers: Vec<u32> = tasks.iter().map(|&task| index.tasks[task].number).collect();
    numbers.sort_unstable();
    numbers
}

/// The three most probable answers that name a task.
fn best_candidates(weighed: &Weighed, index: &PlanIndex, numbers: &Numbers) -> Vec<Candidate> {
    const SHOWN: usize = 3;
    let mut ranked: Vec<usize> =
        (0..weighed.answers.len()).filter(|&answer| !weighed.answers.tasks_of(answer).is_empty()).collect();
    ranked.sort_by(|&one, &other| {
        weighed.probabilities[other].total_cmp(&weighed.probabilities[one]).then(one.cmp(&other))
    });
    let shown = ranked.into_iter().take(SHOWN);
    shown
        .map(|answer| Candidate {
            tasks: official_numbers(weighed.answers.tasks_of(answer), index),
            probability: weighed.probabilities[answer],
            why: reasons(weighed, answer, index, numbers).join("；"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::list::Plan;
    use crate::matches::row::records::record;

    #[test]
    fn a_narrative_is_read_where_the_name_leaves_a_doubt() {
        let index = PlanIndex::new(&Plan::built_in());
        let numbers = Model::built_in().numbers(&index);
        let narrative = "农家乐提档升级三家，休闲农业产值比去年增一成";
        let is_read = |name: &str| {
            let record = record(&[(Field::Name, name), (Field::Progress, narrative)]);
            let row = Row::new(&record, None, &index);
            let weighed = options_of(&record, row, &[], Narratives::WhereInDoubt(numbers), &index);
            !weighed.row.narrative.grams.is_empty()
        };
        assert!(!is_read("休闲农业规范提升"), "the official name leaves none");
        assert!(is_read("产业发展"));
    }

    #[test]
    fn official_words_are_weighed_for_their_task_and_its_likest_rivals_alone() {
        let index = PlanIndex::new(&Plan::built_in());
        let tasks = |name: &str| {
            let row = Row::new(&record(&[(Field::Name, name)]), None, &index);
            options(row, &[], &index).answers.tasks().map(<[usize]>::to_vec).collect::<Vec<_>>()
        };
        // Two tasks bear this name.
        let official = tasks("和美乡村建设");
        assert!(official.contains(&vec![2]) && official.contains(&vec![20]) && official.contains(&vec![]));
        assert!(official.iter().all(|tasks| tasks.len() < 2));
        assert!(tasks("和美乡村、景区村建设").iter().any(|tasks| tasks.len() > 1));
    }
}
