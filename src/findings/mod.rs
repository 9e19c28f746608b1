//! Stage 6: what is missing, wrong or worth knowing. Matched submissions go in, [`Finding`]s come out.
//!
//! Each kind of finding is declared once, in the file of its family, beside the check that reports it:
//!
//! | family | its question |
//! | --- | --- |
//! | `submission` | is there one readable workbook of each township, whose is it, for which period? |
//! | `other_plan` | was it filled in on the template of this plan? |
//! | `table` | has the table its columns, and do its totals add up? |
//! | `coverage` | does each task have its row, and each row its task? |
//! | `duplicates` | is a task told more than once? |
//! | `alteration` | was the official text changed? |
//! | `cell` | is each cell what its column wants? |
//! | `status_word` | does the status say which of the four it is? |
//! | `row` | do the cells of a row agree? |
//! | `history` | does it agree with the previous period? |
//! | `peers` | does it stand beside the other townships? |
//! | `accepted` | which values count as the township accepted them? |
//! | `decisions` | which decisions of a person could not be applied? |
//! | `explanations` | what did people write beside findings? |
//! | `plan` | is the official list itself sound? |
//!
//! Imports `list`, `records` and `matches`, and no later stage.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::matches::MatchedSubmission;
use crate::memo::Memo;

mod accepted;
mod adding_up;
mod alongside;
mod alteration;
mod catalogue;
mod cell;
mod characters;
mod context;
mod coverage;
mod decisions;
mod due;
mod duplicates;
pub mod explanations;
mod finding;
mod further_rows;
mod history;
mod other_plan;
mod own_words;
mod peers;
mod placeholder;
mod plan;
mod prepared;
mod previous;
pub mod previous_workbook;
mod required;
mod row;
mod rules;
mod status_word;
mod submission;
mod table;
#[cfg(test)]
mod tests;
mod wording;

pub use alongside::Alongside;
pub use catalogue::{explain, kind, markdown};
pub use context::{Explanation, Run, UnappliedDecision};
pub use due::{due, last_day};
pub use finding::{Finding, Kind, Place, Severity};
pub use other_plan::{OtherPlan, other_plan};
pub use plan::on_plan;
pub use previous::{Previous, PreviousFinding, PreviousRow};
pub use rules::{LIMITS, Limit};

/// All kinds of findings, wide to narrow: the order of the contract.
pub static KINDS: &[&Kind] = &[
    &submission::MISSING_SUBMISSION,
    &submission::DUPLICATE_SUBMISSION,
    &submission::UNKNOWN_TOWNSHIP,
    &submission::CONFLICTING_TOWNSHIP,
    &submission::UNREADABLE_WORKBOOK,
    &submission::NO_TABLE,
    &submission::HIDDEN_CONTENT,
    &submission::WRONG_PERIOD,
    &other_plan::OLD_TEMPLATE,
    &table::MISSING_COLUMN,
    &coverage::MISSING_TASK,
    &coverage::EXTRA_ROW,
    &duplicates::DUPLICATE_ROW,
    &coverage::UNCERTAIN_MATCH,
    &coverage::NUMBER_MISMATCH,
    &alteration::ALTERED_TEXT,
    &alteration::ALTERED_TARGET,
    &alteration::ALTERED_AGENCIES,
    &required::BLANK_FIELD,
    &required::PLACEHOLDER_TEXT,
    &cell::BAD_NUMBER,
    &cell::BAD_DATE,
    &status_word::BAD_STATUS,
    &cell::FORMULA_ERROR,
    &cell::FORMULA_NOT_CALCULATED,
    &cell::UNIT_MISMATCH,
    &cell::OUT_OF_RANGE,
    &row::RATE_MISMATCH,
    &row::STATUS_CONTRADICTION,
    &row::OVERDUE,
    &row::DATE_OUT_OF_PLAN,
    &history::STATUS_REGRESSED,
    &history::DECREASED,
    &history::REPEATED_TEXT,
    &history::UNREPAIRED,
    &peers::COPIED_TEXT,
    &peers::OUTLIER,
    &table::TOTAL_MISMATCH,
    &peers::TARGET_SHORTFALL,
    &accepted::ACCEPTED_VALUE,
    &decisions::DECISION_NOT_APPLIED,
    &plan::CONFLICTING_TARGETS,
    &plan::LIST_DEFECT,
];

use context::Context;
use peers::Peers;
use prepared::Prepared;

/// The checks of one family.
type Family = fn(&Context<'_>, &mut Vec<Finding>);

/// The families that look at the submissions of one township at a time, and at nothing that another family found.
const FAMILIES: [Family; 8] = [
    submission::check,
    table::check,
    coverage::check,
    duplicates::check,
    alteration::check,
    cell::check,
    status_word::check,
    accepted::check,
];
/// Groups of submissions that are checked beside each other before the next ones are taken from the shelf.
const GROUPS_TOGETHER: usize = 256;

/// Of so many narratives of a group it is kept whether they say nothing.
const NARRATIVES_KEPT: usize = 4096;

/// What is found in the submissions of a group.
struct OfGroup {
    found: Vec<Finding>,
    /// What depends on that: what follows from a value that is wrong in itself is no finding of its own.
    following: Vec<Finding>,
}

/// All findings of a run, ordered by township, file, sheet, cell and code. The plan's rules are applied.
pub fn check(run: &Run<'_>) -> Vec<Finding> {
    check_alongside(run, &mut ())
}

/// As [`check`], and gathers what else is made of the submissions.
pub fn check_alongside<A: Alongside>(run: &Run<'_>, alongside: &mut A) -> Vec<Finding> {
    let (prepared, mut peers) = rayon::join(|| Prepared::of(run), || Peers::of(run));
    let groups = run.submissions.groups();
    let mut by_group: Vec<OfGroup> = Vec::with_capacity(groups.len());
    for together in groups.chunks(GROUPS_TOGETHER) {
        let checked = together.par_iter().map(|group| {
            let filed = taken(run, group);
            let placeholders = Memo::new(NARRATIVES_KEPT);
            let context = run.of(&filed, &prepared, &placeholders);
            let found = by_family(&context);
            let share = peers.share_of(&context, group, &found);
            let following = following(&context, &found);
            (OfGroup { found, following }, share, alongside.share_of(group, &filed))
        });
        // The order is that of the groups, however many threads there are.
        for (of_group, share, share_alongside) in checked.collect::<Vec<_>>() {
            by_group.push(of_group);
            peers.add(run, share);
            alongside.add(share_alongside);
        }
    }
    let group_of = group_of(&groups, run.submissions.len());
    let mut beside_others: BTreeMap<usize, Vec<Finding>> = BTreeMap::new();
    for (place, finding) in peers.compare(run) {
        beside_others.entry(group_of[place]).or_default().push(finding);
    }
    // Of most groups no value is found doubtful beside others, and what follows stands: they are not taken from the shelf
    // again.
    let again = by_group.iter_mut().enumerate();
    let again: Vec<_> = again.filter_map(|(group, own)| Some((group, own, beside_others.remove(&group)?))).collect();
    again.into_par_iter().for_each(|(group, of_group, findings)| {
        let doubtful = findings.iter().any(row::doubts_a_value);
        of_group.found.extend(findings);
        if doubtful {
            let filed = taken(run, &groups[group]);
            let placeholders = Memo::new(NARRATIVES_KEPT);
            of_group.following = following(&run.of(&filed, &prepared, &placeholders), &of_group.found);
        }
    });
    // A list that grows as it is filled would take the room of all of them twice.
    let count = |of_group: &OfGroup| of_group.found.len() + of_group.following.len();
    let mut findings: Vec<Finding> = Vec::with_capacity(by_group.iter().map(count).sum());
    findings.extend(by_group.into_iter().flat_map(|of_group| of_group.found.into_iter().chain(of_group.following)));
    submission::missing(run, &mut findings);
    decisions::check(run, &mut findings);
    peers::shortfalls(run, &peers, &mut findings);
    drop(peers);
    // Last: it looks for findings that stand again.
    history::unrepaired(run, &mut findings);
    rules::apply(&run.plan.rules, &mut findings);
    explain_known(run, &mut findings);
    sort(run, &mut findings);
    findings.shrink_to_fit();
    findings
}

/// The submissions of a group.
fn taken(run: &Run<'_>, group: &[usize]) -> Vec<Arc<MatchedSubmission>> {
    group.iter().map(|place| run.submissions.get(*place)).collect()
}

/// What the cells of a row say together, and what they say after the previous period, where certain values are doubted
/// by other findings.
fn following(context: &Context<'_>, found: &[Finding]) -> Vec<Finding> {
    let mut following = Vec::new();
    row::check(context, found, &mut following);
    history::check(context, &mut following);
    following.into_iter().map(Finding::without_spare_room).collect()
}

/// What all families find.
fn by_family(context: &Context<'_>) -> Vec<Finding> {
    let find = |family: &Family| {
        let mut found = Vec::new();
        family(context, &mut found);
        found
    };
    FAMILIES.iter().flat_map(find).map(Finding::without_spare_room).collect()
}

/// The group of each submission.
fn group_of(groups: &[Vec<usize>], submissions: usize) -> Vec<usize> {
    let mut group_of = vec![0; submissions];
    for (group, places) in groups.iter().enumerate() {
        for place in places {
            group_of[*place] = group;
        }
    }
    group_of
}

/// Gives findings the explanations that hold as long as the facts are the same.
fn explain_known(run: &Run<'_>, findings: &mut [Finding]) {
    let carried = run.previous.into_iter().flat_map(|previous| &previous.findings);
    let carried = carried.filter_map(|old| {
        let words = old.explained.clone()?;
        let (code, township, task, found) = (old.code.clone(), old.township.clone(), old.task, old.found.clone());
        Some(Explanation { code, township, task, found, words })
    });
    let mut known: BTreeMap<(String, Option<String>), Vec<Explanation>> = BTreeMap::new();
    for explanation in run.explanations.iter().cloned().chain(carried) {
        known.entry((explanation.code.clone(), explanation.township.clone())).or_default().push(explanation);
    }
    if known.is_empty() {
        return;
    }
    for finding in findings {
        let of_code = known.get(&(finding.kind.code.to_owned(), finding.township.clone()));
        let same = of_code
            .into_iter()
            .flatten()
            .find(|known| known.task == finding.tasks.first().copied() && known.found == finding.found);
        if let Some(known) = same {
            finding.explained = Some(known.words.clone());
        }
    }
}

fn sort(run: &Run<'_>, findings: &mut [Finding]) {
    let townships = run.plan.townships.iter().enumerate();
    let ranks: BTreeMap<&str, usize> = townships.map(|(rank, township)| (township.name.as_str(), rank)).collect();
    // What concerns no township of the roster comes last.
    let rank =
        |finding: &Finding| ranks.get(finding.township.as_deref().unwrap_or_default()).copied().unwrap_or(usize::MAX);
    let ranked: Vec<usize> = findings.iter().map(rank).collect();
    let key = |place: usize| {
        let finding = &findings[place];
        (ranked[place], &finding.place, finding.kind.code, &finding.tasks, &finding.message)
    };
    let mut order: Vec<usize> = (0..findings.len()).collect();
    order.par_sort_by(|one, other| key(*one).cmp(&key(*other)));
    put_in_order(findings, &order);
}

/// Puts findings into an order, which tells for each place from where what shall stand there comes.
fn put_in_order(findings: &mut [Finding], order: &[usize]) {
    for (place, from) in order.iter().enumerate() {
        // What stood before this place was exchanged for what came from there.
        let mut from = *from;
        while from < place {
            from = order[from];
        }
        findings.swap(place, from);
    }
}
