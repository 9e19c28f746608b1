//! The evidence that stands beside a record's wording: narrative, figures, headings, agencies.

use super::context::Answer;
use super::evidence::{Evidence, Piece};
use super::figures::compare;
use super::held::Held;
use super::index::PlanIndex;
use super::row::{Narrative, Row};
use super::wording_evidence::{WEIGHT_SCALE, indicator, mean, meaning_share};

/// Adds to every answer of a row what its other cells say; "no task" stands last.
pub(super) fn add_row_evidence(row: &Row, answers: &mut [Answer], index: &PlanIndex) {
    let Some((none, naming)) = answers.split_last_mut() else { return };
    narrative_evidence(&row.narrative, naming, index);
    for answer in naming.iter_mut() {
        figure_evidence(&mut answer.evidence, row, &answer.tasks, index);
        let agrees = |task: usize| indicator(row.headings.agree[task]);
        answer.evidence.set(Piece::HeadingAgrees, mean(&answer.tasks, agrees));
        if let Some(agencies) = row.agencies.as_ref() {
            let named = |task: usize| indicator(agencies.lead_named[task]);
            answer.evidence.set(Piece::LeadNamed, mean(&answer.tasks, named));
            answer.evidence.set(Piece::AgenciesAgree, mean(&answer.tasks, |task| agencies.agree[task]));
        }
    }
    let singles = naming.iter().filter(|answer| answer.tasks.len() == 1);
    let narrated = singles.map(|answer| answer.evidence.get(Piece::NarrativeWeight)).fold(0.0, f64::max);
    none.evidence.set(Piece::NoneNarrative, 1.0 - narrated);
    none.evidence.set(Piece::NoneHeading, indicator(row.headings.own_work));
}

fn narrative_evidence(narrative: &Narrative, answers: &mut [Answer], index: &PlanIndex) {
    if narrative.grams.is_empty() {
        return;
    }
    let vocabulary = &index.characters;
    let all = vocabulary.sum(&narrative.grams);
    let held = |grams| Held::new(grams, &index.task_holders, vocabulary);
    let [grams, pairs] = [held(&narrative.grams), held(&narrative.pairs)];
    for Answer { tasks, evidence } in answers {
        let explained = grams.by_any(tasks);
        evidence.set(Piece::NarrativeExplained, if all > 0.0 { explained / all } else { 0.0 });
        evidence.set(Piece::NarrativeWeight, (1.0 + pairs.by_any(tasks)).ln() / WEIGHT_SCALE);
        evidence.set(Piece::NarrativeNames, mean(tasks, |task| narrative.names_covered[task]));
        let touched = |group| narrative.meanings.has(group);
        let meant = |task: usize| meaning_share(&index.tasks[task].name_meanings, touched, index);
        evidence.set(Piece::NarrativeMeans, mean(tasks, meant));
    }
}

fn figure_evidence(evidence: &mut Evidence, row: &Row, tasks: &[usize], index: &PlanIndex) {
    let texts = || tasks.iter().map(|&task| &index.tasks[task].figures);
    if !row.figures.is_empty() {
        let (agreeing, differing) = compare(&row.figures, texts);
        evidence.set(Piece::FiguresAgree, up_to_two(agreeing));
        evidence.set(Piece::FiguresDiffer, up_to_two(differing));
    }
    if !row.narrative.figures.is_empty() {
        evidence.set(Piece::NarrativeFigures, up_to_two(compare(&row.narrative.figures, texts).0));
    }
}

/// 0, ½ for one, 1 for two or more.
fn up_to_two(count: usize) -> f64 {
    match count {
        0 => 0.0,
        1 => 0.5,
        _ => 1.0,
    }
}
