//! Stage 6: what is missing, wrong or worth knowing. Matched submissions go in, [`Finding`]s come out.
//!
//! Each kind of finding is declared once, in the file of its family, beside the check that reports it:
//!
//! | family | its question |
//! | --- | --- |
//! | `submission` | is there one readable workbook of each township, whose is it, for which period? |
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

use rayon::prelude::*;

mod accepted;
mod alteration;
mod catalogue;
mod cell;
mod context;
mod coverage;
mod decisions;
mod due;
mod duplicates;
pub mod explanations;
mod finding;
mod further_rows;
mod history;
mod own_words;
mod peers;
mod placeholder;
mod plan;
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

pub use catalogue::{explain, kind, markdown};
pub use context::{Context, Explanation, UnappliedDecision};
pub use due::{due, last_day};
pub use finding::{Finding, Kind, Place, Severity};
pub use plan::on_plan;
pub use previous::{Previous, PreviousFinding, PreviousRow};
pub use rules::{LIMITS, Limit};
pub use submission::{OtherPlan, other_plan};

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
    &submission::OLD_TEMPLATE,
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

/// The checks of one family.
type Family = fn(&Context<'_>, &mut Vec<Finding>);

/// All findings of a run, ordered by township, file, sheet, cell and code. The plan's rules are applied.
pub fn check(context: &Context<'_>) -> Vec<Finding> {
    let families: [Family; 9] = [
        submission::check,
        table::check,
        coverage::check,
        duplicates::check,
        alteration::check,
        cell::check,
        status_word::check,
        accepted::check,
        decisions::check,
    ];
    // None of these looks at what another found; their order is that of the list, however many threads there are.
    let found: Vec<Vec<Finding>> = families
        .into_par_iter()
        .map(|family| {
            let mut found = Vec::new();
            family(context, &mut found);
            found
        })
        .collect();
    let mut findings = found.concat();
    // After the values: what follows from a value that is wrong in itself is no finding of its own.
    peers::check(context, &mut findings);
    row::check(context, &mut findings);
    // Last: it looks for findings that stand again.
    history::check(context, &mut findings);
    rules::apply(&context.plan.rules, &mut findings);
    explain_known(context, &mut findings);
    sort(context, &mut findings);
    findings
}

/// Gives findings the explanations that hold as long as the facts are the same.
fn explain_known(context: &Context<'_>, findings: &mut [Finding]) {
    let carried = context.previous.into_iter().flat_map(|previous| &previous.findings);
    let carried = carried.filter_map(|old| {
        let words = old.explained.clone()?;
        let (code, township, task, found) = (old.code.clone(), old.township.clone(), old.task, old.found.clone());
        Some(Explanation { code, township, task, found, words })
    });
    let known: Vec<Explanation> = context.explanations.iter().cloned().chain(carried).collect();
    for finding in findings {
        let same = known.iter().find(|known| {
            known.code == finding.kind.code
                && known.township == finding.township
                && known.task == finding.tasks.first().copied()
                && known.found == finding.found
        });
        if let Some(known) = same {
            finding.explained = Some(known.words.clone());
        }
    }
}

fn sort(context: &Context<'_>, findings: &mut [Finding]) {
    let townships = context.plan.townships.iter().enumerate();
    let ranks: BTreeMap<&str, usize> = townships.map(|(rank, township)| (township.name.as_str(), rank)).collect();
    // What concerns no township of the roster comes last.
    let rank =
        |finding: &Finding| ranks.get(finding.township.as_deref().unwrap_or_default()).copied().unwrap_or(usize::MAX);
    findings.sort_by_cached_key(|finding| {
        let code = finding.kind.code;
        (rank(finding), finding.place.clone(), code, finding.tasks.clone(), finding.message.clone())
    });
}
