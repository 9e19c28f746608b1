//! The evidence that stands beside a record's wording: narrative, figures, headings, agencies.

use super::evidence::{Piece, Present};
use super::evidence_list::EvidenceList;
use super::figures::compare;
use super::held::Held;
use super::index::PlanIndex;
use super::kept_answers::KeptAnswers;
use super::mixtures::Mixtures;
use super::row::{Narrative, Row};
use super::scored::{compared_likelihoods, logarithms};
use super::wording_evidence::{WEIGHT_SCALE, indicator, mean, meaning_share};

/// What a row's other cells say for each of some answers, of which "no task" stands last.
pub(super) fn row_evidence(row: &Row, answers: &KeptAnswers, index: &PlanIndex) -> EvidenceList {
    /// So many pieces are there for an answer, on average.
    const USUAL: usize = 4;
    let mut evidence = EvidenceList::with_room(answers.len(), answers.len() * USUAL);
    let narrated = Narrated::new(&row.narrative, index);
    let logarithms = narrative_logarithms(&row.narrative, answers, index);
    let mut likelihoods = compared_likelihoods(&row.narrative.runs, &logarithms);
    // The most that the narrative shares with a single task.
    let mut shared_most = 0.0f64;
    for tasks in answers.tasks() {
        evidence.push_present(Present::NOTHING);
        if let (Some(narrated), false) = (&narrated, tasks.is_empty()) {
            let shared = narrated.add_evidence(tasks, index, &mut evidence);
            shared_most = if tasks.len() == 1 { shared_most.max(shared) } else { shared_most };
        }
        if let Some([whole, by_run]) = likelihoods.next() {
            evidence.add(Piece::NarrativeLikely, whole);
            evidence.add(Piece::NarrativeRunsLikely, by_run);
        }
        if tasks.is_empty() {
            evidence.add(Piece::NoneNarrative, 1.0 - shared_most);
            evidence.add(Piece::NoneHeading, indicator(row.headings.own_work));
        } else {
            add_evidence_aside(row, tasks, index, &mut evidence);
        }
    }
    evidence
}

/// The logarithm of the narrative's likelihood under each of some answers; none where it says nothing.
fn narrative_logarithms(narrative: &Narrative, answers: &KeptAnswers, index: &PlanIndex) -> Vec<f64> {
    if narrative.runs.count() > 0.0 {
        logarithms(&mut Mixtures::new(&index.known.model, &narrative.runs), answers.tasks(), index)
    } else {
        Vec::new()
    }
}

/// A narrative that holds n-grams of the plan, and which of them each task holds.
struct Narrated<'a> {
    narrative: &'a Narrative,
    grams: Held<'a>,
    pairs: Held<'a>,
}

impl<'a> Narrated<'a> {
    fn new(narrative: &'a Narrative, index: &PlanIndex) -> Option<Self> {
        if narrative.grams.is_empty() {
            return None;
        }
        let held = |grams| Held::new(grams, &index.task_holders, &index.characters);
        Some(Self { narrative, grams: held(&narrative.grams), pairs: held(&narrative.pairs) })
    }

    /// Adds what the narrative says for some tasks; how much it shares with them.
    fn add_evidence(&self, tasks: &[usize], index: &PlanIndex, evidence: &mut EvidenceList) -> f64 {
        let narrative = self.narrative;
        let (all, explained) = (index.characters.sum(&narrative.grams), self.grams.by_any(tasks));
        let shared = (1.0 + self.pairs.by_any(tasks)).ln() / WEIGHT_SCALE;
        evidence.add(Piece::NarrativeExplained, if all > 0.0 { explained / all } else { 0.0 });
        evidence.add(Piece::NarrativeWeight, shared);
        evidence.add(Piece::NarrativeNames, mean(tasks, |task| narrative.names_covered[task]));
        let touched = |group| narrative.meanings.has(group);
        let meant = |task: usize| meaning_share(&index.tasks[task].name_meanings, touched, index);
        evidence.add(Piece::NarrativeMeans, mean(tasks, meant));
        shared
    }
}

/// Adds what figures, headings and agencies say for some tasks.
fn add_evidence_aside(row: &Row, tasks: &[usize], index: &PlanIndex, evidence: &mut EvidenceList) {
    let texts = || tasks.iter().map(|&task| &index.tasks[task].figures);
    if !row.narrative.figures.is_empty() {
        evidence.add(Piece::NarrativeFigures, up_to_two(compare(&row.narrative.figures, texts).0));
    }
    if !row.figures.is_empty() {
        let (agreeing, differing) = compare(&row.figures, texts);
        evidence.add(Piece::FiguresAgree, up_to_two(agreeing));
        evidence.add(Piece::FiguresDiffer, up_to_two(differing));
    }
    evidence.add(Piece::HeadingAgrees, mean(tasks, |task| indicator(row.headings.agree[task])));
    if let Some(agencies) = row.agencies.as_ref() {
        evidence.add(Piece::LeadNamed, mean(tasks, |task| indicator(agencies.lead_named[task])));
        evidence.add(Piece::AgenciesAgree, mean(tasks, |task| agencies.agree[task]));
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
