//! The pieces of evidence for "this record answers these tasks", each a number that a weight multiplies.
//!
//! A piece of evidence is read on its own (name against name, figures against figures …), so that a reviewer can be
//! told which of them spoke for a task and which against it. Similarities lie between 0 and 1; a blank cell gives 0 and
//! is told apart by a piece of its own.

use super::figures::compare;
use super::index::{Grams, PlanIndex, TaskIndex, union, without};
use super::row::{Part, Row};
use super::wording::is_subsequence;

/// Declares the pieces of evidence once: variant, key in the weights file.
macro_rules! pieces {
    ($($(#[doc = $doc:literal])+ $variant:ident = $key:literal,)+) => {
        /// A piece of evidence.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Piece { $($(#[doc = $doc])+ $variant,)+ }

        impl Piece {
            /// All pieces, in the order of the weights file.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// Key in the weights file.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)+ }
            }
        }
    };
}

pieces! {
    /// The name is the official name or a known short name.
    NameSame = "name_same",
    /// The name holds the whole official name and more.
    NameHolds = "name_holds",
    /// The name is a part of the official name.
    NameWithin = "name_within",
    /// Edit similarity of the two names.
    NameEdit = "name_edit",
    /// Share of the official name's weight that the row's name covers.
    NameCovered = "name_covered",
    /// Share of the official name's weight that all of the row's wordings cover.
    NameCoveredByAll = "name_covered_by_all",
    /// Share of the row's name that the task's name and content cover.
    NameExplained = "name_explained",
    /// The name is a subsequence of the official name or of a clause (四好路).
    NameAbbreviates = "name_abbreviates",
    /// The content is the official content.
    ContentSame = "content_same",
    /// The content is a piece of the official content, word for word.
    ContentWithin = "content_within",
    /// Share of the official content's weight that the row covers.
    ContentCovered = "content_covered",
    /// Share of the row's content that the task's wordings cover.
    ContentExplained = "content_explained",
    /// Best coverage of one clause of the official content.
    ClauseCovered = "clause_covered",
    /// A clause of the official content stands in the row word for word.
    ClauseSame = "clause_same",
    /// Share of the known weight of the row's wordings that the tasks cover.
    Explained = "explained",
    /// The covered weight itself, on a logarithmic scale.
    CoveredWeight = "covered_weight",
    /// Share of the row's syllables that the tasks' syllables cover.
    SoundsExplained = "sounds_explained",
    /// Share of the row's runs of two characters, unknown ones included, that the tasks hold.
    PairsExplained = "pairs_explained",
    /// How rare the rarest shared run of characters is.
    RarestShared = "rarest_shared",
    /// How likely the wording is under these tasks, beside the answer under which it is likeliest.
    WordingLikely = "wording_likely",
    /// The same for each run of characters, so that long rows count as short ones.
    RunsLikely = "runs_likely",
    /// Likeness to the likest known wording of exactly these tasks.
    WordingBest = "wording_best",
    /// Mean likeness to the three likest known wordings of exactly these tasks.
    WordingSeveral = "wording_several",
    /// Largest share of a known wording of exactly these tasks that the row holds.
    WordingHeld = "wording_held",
    /// Share of the row's meanings (words that are used for one another) that the tasks touch.
    MeaningExplained = "meaning_explained",
    /// Share of the official name's meanings that the row touches.
    NameMeant = "name_meant",
    /// Share of the narrative that the tasks cover.
    NarrativeExplained = "narrative_explained",
    /// Weight of the runs of two that narrative and tasks share, on a logarithmic scale.
    NarrativeWeight = "narrative_weight",
    /// Share of the official name that the narrative covers.
    NarrativeNames = "narrative_names",
    /// Share of the official name's meanings that the narrative touches.
    NarrativeMeans = "narrative_means",
    /// How likely the narrative is under these tasks, beside the answer under which it is likeliest.
    NarrativeLikely = "narrative_likely",
    /// The same for each run of characters of the narrative.
    NarrativeRunsLikely = "narrative_runs_likely",
    /// Figures of narrative and remark that stand in the official content.
    NarrativeFigures = "narrative_figures",
    /// Figures of the row that stand in the official content.
    FiguresAgree = "figures_agree",
    /// Figures of the row that stand there with another number.
    FiguresDiffer = "figures_differ",
    /// The heading above the row is the task's section.
    HeadingAgrees = "heading_agrees",
    /// The lead agency is named.
    LeadNamed = "lead_named",
    /// Share of the row's agencies that the official list names.
    AgenciesAgree = "agencies_agree",
    /// How many tasks beyond the first.
    MoreTasks = "more_tasks",
    /// Of several tasks: the weight that only the least supported one explains.
    OwnGain = "own_gain",
    /// Of several tasks: coverage of the least covered official name by what is the task's alone.
    OwnNameCovered = "own_name_covered",
    /// Of several tasks: the best coverage of the least supported one by one part of the name.
    OwnPart = "own_part",
    /// Of several tasks: the meanings of the least meant name, apart from the others', that the row touches.
    OwnMeaning = "own_meaning",
    /// Of several tasks: the best tasks of the parts of the name are exactly these.
    PartsSpell = "parts_spell",
    /// Parts of the name that a task outside the set explains better than any inside.
    PartsElsewhere = "parts_elsewhere",
    /// How likely the parts' words mean tasks of the set, on average.
    PartsMeant = "parts_meant",
    /// How likely the part that means the least meant task of the set most surely means it.
    OwnMeant = "own_meant",
    /// Share of the parts of the name whose best task is in the set, where the name has several parts.
    PartsInside = "parts_inside",
    /// Of several tasks: the number of parts differs from the number of tasks by so many.
    PartsDiffer = "parts_differ",
    /// Of several tasks: they follow each other in the list.
    Consecutive = "consecutive",
    /// The number column lists exactly these tasks, as far as the table's numbering can be trusted.
    NumberAgrees = "number_agrees",
    /// The number column says another task, as far as the table's numbering can be trusted.
    NumberDiffers = "number_differs",
    /// The rows above answer tasks just before, as far as the table keeps the list's order.
    AfterNeighbour = "after_neighbour",
    /// The rows below answer tasks just after, as far as the table keeps the list's order.
    BeforeNeighbour = "before_neighbour",
    /// Another record answers the task already.
    AnsweredElsewhere = "answered_elsewhere",
    /// A record next to it answers the same task.
    NeighbourSame = "neighbour_same",
    /// The records that share its task cell answer the same.
    GroupAgrees = "group_agrees",
    /// No task: always 1.
    None = "none",
    /// No task: share of the wording that the plan does not know.
    NoneUnknown = "none_unknown",
    /// No task: what the best task leaves unexplained.
    NoneUnexplained = "none_unexplained",
    /// No task: what the best name leaves uncovered.
    NoneNameUncovered = "none_name_uncovered",
    /// No task: how little the best task covers, on a logarithmic scale.
    NoneLittleCovered = "none_little_covered",
    /// No task: what the best task leaves unexplained of the runs of two characters.
    NonePairs = "none_pairs",
    /// No task: how common the rarest run of characters is that the best task shares.
    NoneRarest = "none_rarest",
    /// No task: how little narrative and best task share.
    NoneNarrative = "none_narrative",
    /// No task: how little of its meaning the best task touches.
    NoneMeaning = "none_meaning",
    /// No task: it names work that townships do besides any plan.
    NoneOwnWork = "none_own_work",
    /// No task: likeness to the likest known wording of work besides the list.
    NoneWordingBest = "none_wording_best",
    /// No task: mean likeness to the three likest known wordings of work besides the list.
    NoneWordingSeveral = "none_wording_several",
    /// No task: what the likest known wording of any task lacks in likeness.
    NoneWordingUnlike = "none_wording_unlike",
    /// No task: the rows beside it answer none.
    NoneNeighbours = "none_neighbours",
    /// No task: a heading says that what follows is the township's own work.
    NoneHeading = "none_heading",
    /// No task: no number where its neighbours have one.
    NoneNumberBlank = "none_number_blank",
    /// No task: the content names nothing of the plan.
    NoneShort = "none_short",
}

/// Number of pieces.
pub(super) const PIECES: usize = Piece::ALL.len();

/// The strength of every piece for one candidate.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence([f64; PIECES]);

impl Evidence {
    /// No evidence at all.
    pub(super) const fn blank() -> Self {
        Self([0.0; PIECES])
    }

    /// Strength of one piece.
    pub fn get(&self, piece: Piece) -> f64 {
        self.0[piece as usize]
    }

    /// Sets the strength of one piece.
    pub(super) fn set(&mut self, piece: Piece, strength: f64) {
        self.0[piece as usize] = strength;
    }

    /// All strengths in the order of [`Piece::ALL`].
    pub(super) const fn strengths(&self) -> &[f64; PIECES] {
        &self.0
    }
}

/// Coverage and raw weight that a good short row reaches: log scale so that long official texts do not drown short ones.
const WEIGHT_SCALE: f64 = 6.0;

/// The evidence of a row's own cells for a set of tasks (positions in the plan).
pub(super) fn evidence(row: &Row, tasks: &[usize], index: &PlanIndex) -> Evidence {
    let mut evidence = Evidence::blank();
    let indexed: Vec<&TaskIndex> = tasks.iter().map(|&task| &index.tasks[task]).collect();
    let grams = union(indexed.iter().map(|task| &task.grams));
    name_evidence(&mut evidence, row, &indexed, &grams, index);
    content_evidence(&mut evidence, row, &indexed, &grams, index);
    let vocabulary = &index.characters;
    evidence.set(Piece::Explained, vocabulary.coverage(&row.grams, &grams));
    evidence.set(Piece::CoveredWeight, (1.0 + vocabulary.shared(&row.grams, &grams)).ln() / WEIGHT_SCALE);
    let heard = union(indexed.iter().map(|task| &task.sounds));
    evidence.set(Piece::SoundsExplained, index.syllables.coverage(&row.sounds, &heard));
    evidence.set(Piece::NarrativeExplained, vocabulary.coverage(&row.narrative_grams, &grams));
    meaning_evidence(&mut evidence, row, &indexed, &grams, index);
    let known = index.known.likeness(&row.likenesses, tasks);
    evidence.set(Piece::WordingBest, known.best);
    evidence.set(Piece::WordingSeveral, known.several);
    evidence.set(Piece::WordingHeld, known.holds);
    side_evidence(&mut evidence, row, &indexed);
    part_evidence(&mut evidence, row, tasks, index);
    if tasks.len() > 1 {
        several_evidence(&mut evidence, row, tasks, index);
    }
    evidence
}

/// Mean of a value over the tasks of a set.
fn mean(tasks: &[&TaskIndex], value: impl Fn(&TaskIndex) -> f64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a set has a handful of tasks")]
    let count = tasks.len().max(1) as f64;
    tasks.iter().map(|task| value(task)).sum::<f64>() / count
}

fn indicator(holds: bool) -> f64 {
    if holds { 1.0 } else { 0.0 }
}

fn name_evidence(evidence: &mut Evidence, row: &Row, tasks: &[&TaskIndex], grams: &Grams, index: &PlanIndex) {
    let vocabulary = &index.characters;
    let covered_by_all = mean(tasks, |task| task.name_coverage(&row.grams, vocabulary));
    evidence.set(Piece::NameCoveredByAll, covered_by_all);
    if row.name.is_empty() {
        return;
    }
    evidence.set(Piece::NameSame, mean(tasks, |task| indicator(task.names.contains(&row.name))));
    let holds = |task: &TaskIndex| {
        task.names.iter().any(|name| name.chars().count() >= 3 && row.name != *name && row.name.contains(name.as_str()))
    };
    evidence.set(Piece::NameHolds, mean(tasks, |task| indicator(holds(task))));
    let within = |task: &TaskIndex| {
        let long_enough = row.name.chars().count() >= 3;
        long_enough && task.names.iter().any(|name| row.name != *name && name.contains(&row.name))
    };
    evidence.set(Piece::NameWithin, mean(tasks, |task| indicator(within(task))));
    evidence.set(Piece::NameEdit, mean(tasks, |task| row.name_edit(task, index)));
    evidence.set(Piece::NameCovered, mean(tasks, |task| task.name_coverage(&row.name_grams, vocabulary)));
    evidence.set(Piece::NameExplained, vocabulary.coverage(&row.name_grams, grams));
    let abbreviates = |task: &TaskIndex| {
        let short = row.name.chars().count();
        let fits = (3..=8).contains(&short)
            && (task.names.iter().any(|name| is_subsequence(&row.name, name))
                || task.clauses.iter().any(|(clause, _)| is_subsequence(&row.name, clause)));
        indicator(fits)
    };
    evidence.set(Piece::NameAbbreviates, mean(tasks, abbreviates));
}

fn content_evidence(evidence: &mut Evidence, row: &Row, tasks: &[&TaskIndex], grams: &Grams, index: &PlanIndex) {
    let vocabulary = &index.characters;
    // Clerks write the content in the name column as often as in its own.
    let wordings = || [&row.content, &row.name].into_iter().filter(|text| !text.is_empty());
    let same = |task: &TaskIndex| indicator(wordings().any(|text| *text == task.content));
    evidence.set(Piece::ContentSame, mean(tasks, same));
    let within = |task: &TaskIndex| {
        let inside =
            |text: &String| text.chars().count() >= 6 && *text != task.content && task.content.contains(text.as_str());
        indicator(wordings().any(inside))
    };
    evidence.set(Piece::ContentWithin, mean(tasks, within));
    evidence.set(Piece::ContentCovered, mean(tasks, |task| vocabulary.coverage(&task.content_grams, &row.grams)));
    evidence.set(Piece::ContentExplained, vocabulary.coverage(&row.content_grams, grams));
    let best_clause = |task: &TaskIndex| {
        task.clauses.iter().map(|(_, clause)| vocabulary.coverage(clause, &row.grams)).fold(0.0, f64::max)
    };
    evidence.set(Piece::ClauseCovered, mean(tasks, best_clause));
    let clause_same = |task: &TaskIndex| {
        let stands =
            |clause: &String| clause.chars().count() >= 5 && wordings().any(|text| text.contains(clause.as_str()));
        indicator(task.clauses.iter().any(|(clause, _)| stands(clause)))
    };
    evidence.set(Piece::ClauseSame, mean(tasks, clause_same));
}

/// Runs of characters with the unknown ones counted, words that mean the same, and the narrative.
fn meaning_evidence(evidence: &mut Evidence, row: &Row, tasks: &[&TaskIndex], grams: &Grams, index: &PlanIndex) {
    let vocabulary = &index.characters;
    if row.pairs_weight > 0.0 {
        evidence.set(Piece::PairsExplained, vocabulary.shared(&row.pairs, grams) / row.pairs_weight);
    }
    evidence.set(Piece::RarestShared, vocabulary.rarest_shared(&row.pairs, grams));
    let touched = union(tasks.iter().map(|task| &task.meanings));
    evidence.set(Piece::MeaningExplained, meaning_share(&row.meanings, &touched, index));
    evidence.set(Piece::NameMeant, mean(tasks, |task| meaning_share(&task.name_meanings, &row.meanings, index)));
    evidence.set(Piece::NarrativeWeight, (1.0 + vocabulary.shared(&row.narrative_pairs, grams)).ln() / WEIGHT_SCALE);
    let named = mean(tasks, |task| task.name_coverage(&row.narrative_grams, vocabulary));
    evidence.set(Piece::NarrativeNames, named);
    let meant = mean(tasks, |task| meaning_share(&task.name_meanings, &row.narrative_meanings, index));
    evidence.set(Piece::NarrativeMeans, meant);
    let official: Vec<_> = tasks.iter().flat_map(|task| task.figures.iter().cloned()).collect();
    evidence.set(Piece::NarrativeFigures, up_to_two(compare(&row.narrative_figures, &official).0));
}

/// Share of the weight of some groups of meaning that others touch; 0 where there are none.
fn meaning_share(whole: &[u32], touched: &[u32], index: &PlanIndex) -> f64 {
    let weight = |&group: &u32| index.group_weights.get(group as usize).copied().unwrap_or(0.0);
    let total: f64 = whole.iter().map(weight).sum();
    let shared: f64 = whole.iter().filter(|group| touched.binary_search(group).is_ok()).map(weight).sum();
    if total > 0.0 { shared / total } else { 0.0 }
}

/// Where the parts of the name lead: into the set or out of it.
fn part_evidence(evidence: &mut Evidence, row: &Row, tasks: &[usize], index: &PlanIndex) {
    if row.parts.is_empty() {
        return;
    }
    let (mut elsewhere, mut inside) = (0.0, 0.0);
    for part in &row.parts {
        let within = tasks.iter().map(|&task| part.scores[task]).fold(0.0, f64::max);
        let without = (0..index.tasks.len()).filter(|task| !tasks.contains(task)).map(|task| part.scores[task]);
        let without = without.fold(0.0, f64::max);
        elsewhere += (without - within).max(0.0);
        inside += indicator(within >= without && within > 0.0);
    }
    #[expect(clippy::cast_precision_loss, reason = "a name has a handful of parts")]
    let count = row.parts.len() as f64;
    let meant = |part: &Part| tasks.iter().map(|&task| part.shares[task]).sum::<f64>();
    evidence.set(Piece::PartsMeant, row.parts.iter().map(meant).sum::<f64>() / count);
    let most = |task: &usize| row.parts.iter().map(|part| part.shares[*task]).fold(0.0, f64::max);
    evidence.set(Piece::OwnMeant, tasks.iter().map(most).fold(1.0, f64::min));
    evidence.set(Piece::PartsElsewhere, elsewhere / count);
    if row.parts.len() > 1 {
        evidence.set(Piece::PartsInside, inside / count);
    }
    if tasks.len() > 1 {
        #[expect(clippy::cast_precision_loss, reason = "a set has a handful of tasks")]
        let differ = row.parts.len().abs_diff(tasks.len()).min(3) as f64;
        evidence.set(Piece::PartsDiffer, differ / 3.0);
    }
}

/// Figures, headings and agencies.
fn side_evidence(evidence: &mut Evidence, row: &Row, tasks: &[&TaskIndex]) {
    let official: Vec<_> = tasks.iter().flat_map(|task| task.figures.iter().cloned()).collect();
    let (agreeing, differing) = compare(&row.figures, &official);
    evidence.set(Piece::FiguresAgree, up_to_two(agreeing));
    evidence.set(Piece::FiguresDiffer, up_to_two(differing));
    let heading = |task: &TaskIndex| {
        let fits = |heading: &String| task.headings.iter().any(|official| alike(heading, official));
        indicator(row.headings.iter().any(fits))
    };
    evidence.set(Piece::HeadingAgrees, mean(tasks, heading));
    if row.agencies.is_empty() {
        return;
    }
    let lead = |task: &TaskIndex| indicator(task.leads.iter().any(|lead| names_agency(row, lead)));
    evidence.set(Piece::LeadNamed, mean(tasks, lead));
    let own: Vec<&String> =
        row.agencies.iter().filter(|name| !name.contains("街道") && !name.contains("乡镇")).collect();
    let agree = |task: &TaskIndex| {
        let known = own.iter().filter(|name| {
            task.agencies.iter().any(|agency| agency.contains(name.as_str()) || name.contains(agency.as_str()))
        });
        #[expect(clippy::cast_precision_loss, reason = "a cell lists a handful of agencies")]
        let share = known.count() as f64 / own.len().max(1) as f64;
        share
    };
    evidence.set(Piece::AgenciesAgree, mean(tasks, agree));
}

fn names_agency(row: &Row, agency: &str) -> bool {
    row.agencies.iter().any(|name| name == agency || name.contains(agency))
}

/// Whether two plain headings mean the same section: one holds the other, or they differ little.
fn alike(heading: &str, official: &str) -> bool {
    const NEAR: f64 = 0.6;
    if heading.chars().count() < 2 || official.is_empty() {
        return false;
    }
    official.contains(heading) || heading.contains(official) || strsim::sorensen_dice(heading, official) >= NEAR
}

/// 0, ½ for one, 1 for two or more.
fn up_to_two(count: usize) -> f64 {
    match count {
        0 => 0.0,
        1 => 0.5,
        _ => 1.0,
    }
}

/// What speaks for several tasks at once: each must explain something that the others do not.
fn several_evidence(evidence: &mut Evidence, row: &Row, tasks: &[usize], index: &PlanIndex) {
    let vocabulary = &index.characters;
    let total = vocabulary.sum(&row.grams).max(f64::MIN_POSITIVE);
    let (mut gain, mut own_name, mut own_part, mut own_meaning) = (f64::MAX, f64::MAX, f64::MAX, f64::MAX);
    for &task in tasks {
        let others = || tasks.iter().filter(move |&&other| other != task);
        let alone = without(&index.tasks[task].grams, &union(others().map(|&other| &index.tasks[other].grams)));
        gain = gain.min(vocabulary.shared(&row.grams, &alone) / total);
        let name_of_others = union(others().map(|&other| &index.tasks[other].grams));
        let name_alone = without(&index.tasks[task].name_grams, &name_of_others);
        own_name = own_name.min(vocabulary.coverage(&name_alone, &row.grams));
        let meant_by_others = union(others().map(|&other| &index.tasks[other].name_meanings));
        let meant_alone = without(&index.tasks[task].name_meanings, &meant_by_others);
        own_meaning = own_meaning.min(meaning_share(&meant_alone, &row.meanings, index));
        // A part of the name is the task's own where it says this task better than any other of the set.
        let own_parts = row.parts.iter().filter(|part| others().all(|&other| part.scores[other] < part.scores[task]));
        own_part = own_part.min(own_parts.map(|part| part.scores[task]).fold(0.0, f64::max));
    }
    #[expect(clippy::cast_precision_loss, reason = "a set has a handful of tasks")]
    evidence.set(Piece::MoreTasks, (tasks.len() - 1) as f64);
    evidence.set(Piece::OwnGain, gain);
    evidence.set(Piece::OwnNameCovered, own_name);
    evidence.set(Piece::OwnMeaning, own_meaning);
    evidence.set(Piece::OwnPart, own_part);
    let mut spelled: Vec<usize> = row.parts.iter().filter_map(Part::best).collect();
    spelled.sort_unstable();
    spelled.dedup();
    evidence.set(Piece::PartsSpell, indicator(spelled == tasks));
    let consecutive = tasks.windows(2).all(|pair| pair[0] + 1 == pair[1]);
    evidence.set(Piece::Consecutive, indicator(consecutive));
}

/// The evidence of a row's own cells for answering no task, seen from its single-task candidates.
pub(super) fn evidence_for_none(row: &Row, singles: &[&Evidence], index: &PlanIndex) -> Evidence {
    let best = |piece: Piece| singles.iter().map(|evidence| evidence.get(piece)).fold(0.0, f64::max);
    let mut evidence = Evidence::blank();
    evidence.set(Piece::None, 1.0);
    evidence.set(Piece::NoneUnknown, row.unknown);
    evidence.set(Piece::NoneUnexplained, 1.0 - best(Piece::Explained));
    evidence.set(Piece::NoneNameUncovered, 1.0 - best(Piece::NameCoveredByAll));
    evidence.set(Piece::NoneLittleCovered, 1.0 - best(Piece::CoveredWeight));
    evidence.set(Piece::NonePairs, 1.0 - best(Piece::PairsExplained));
    evidence.set(Piece::NoneRarest, 1.0 - best(Piece::RarestShared));
    evidence.set(Piece::NoneNarrative, 1.0 - best(Piece::NarrativeWeight));
    evidence.set(Piece::NoneMeaning, 1.0 - best(Piece::MeaningExplained));
    evidence.set(Piece::NoneOwnWork, indicator(row.own_work));
    let known = index.known.likeness(&row.likenesses, &[]);
    evidence.set(Piece::NoneWordingBest, known.best);
    evidence.set(Piece::NoneWordingSeveral, known.several);
    evidence.set(Piece::NoneWordingUnlike, 1.0 - best(Piece::WordingBest));
    let own_work = ["自选", "特色", "自主", "其他", "其它", "本级", "中心工作", "附加"];
    let heading_says = row.headings.iter().any(|heading| own_work.iter().any(|word| heading.contains(word)));
    evidence.set(Piece::NoneHeading, indicator(heading_says));
    evidence.set(Piece::NoneShort, indicator(row.length < 5));
    evidence
}
