//! The plan as the matcher sees it: every task's wordings cut into n-grams, each weighing by how rare it is in the plan.

use std::fmt::Write;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::aside::{Agencies, Headings};
use super::beside::beside;
use super::figures::{Figure, figures};
pub(super) use super::grams::{Grams, union};
use super::holders::{Holders, TaskTexts};
use super::known::{KnownWordings, Wordings};
use super::meanings::{self, Touching, meanings};
use super::plain_text::PlainText;
use super::runs::{TextRuns, character_codes};
use super::scored::ScoredTelling;
use super::telling::{Telling, TellingCells};
pub(super) use super::vocabulary::Vocabulary;
use super::wording::{clauses, plain, sounds};
use crate::list::{Indicator, Plan, Task};
use crate::memo::Memo;

/// The plan, prepared once for all records of a run.
#[derive(Debug)]
pub struct PlanIndex {
    /// Tasks in the plan's order.
    pub(super) tasks: Vec<TaskIndex>,
    /// Position of each official number; of the first task where two bear one number.
    positions: FxHashMap<u32, usize>,
    /// Fingerprint of the plan.
    pub(super) fingerprint: String,
    /// Characters in runs of one to three.
    pub(super) characters: Vocabulary,
    /// Syllables in runs of two and three.
    pub(super) syllables: Vocabulary,
    /// Which tasks hold each run of characters in any of their texts.
    pub(super) task_holders: Holders,
    /// The names and short names of the tasks.
    pub(super) names: TaskTexts,
    /// The clauses of the contents.
    pub(super) clauses: TaskTexts,
    /// Which tasks hold each run of syllables.
    pub(super) syllable_holders: Holders,
    /// Which tasks touch each group of words that mean the same.
    pub(super) meant: Touching,
    /// Which tasks do so by their name.
    pub(super) meant_by_name: Touching,
    /// Weight of each group of words that mean the same: the fewer tasks touch it, the more.
    pub(super) group_weights: Vec<f64>,
    /// Whether the plan lists in which words people speak of its tasks.
    pub(super) lists_wordings: bool,
    /// Wordings under which tasks, and work besides them, are known.
    pub(super) known: KnownWordings,
    /// All names and contents in plain wording: a word that the plan uses is no own work.
    pub(super) all_texts: String,
    /// Texts of cells, and parts of them, that were read before.
    texts: Memo<PlainText>,
    /// Wordings that were scored before.
    scored: Memo<ScoredTelling>,
    /// Headings that were read before.
    headings: Memo<Headings>,
    /// Cells of agencies that were read before.
    agencies: Memo<Option<Agencies>>,
}

/// So many different wordings are kept scored, some 4 KiB each; a county's townships share a few hundred, and each has
/// some of its own that come again in the next sheet.
const KEPT_WORDINGS: usize = 16_000;
/// So many different texts of cells, and parts of them, are kept, some 10 KiB each; the names and contents of a
/// county's rows are combined in many more ways than there are names and contents.
const KEPT_TEXTS: usize = 5000;
/// So many cells of each other kind are kept.
const KEPT_CELLS: usize = 3000;

/// One task as the matcher sees it.
#[derive(Debug)]
pub(super) struct TaskIndex {
    /// Official number.
    pub(super) number: u32,
    /// Plain wordings of the official name and the known short names.
    pub(super) names: Vec<String>,
    /// The characters of each of these names.
    pub(super) names_characters: Vec<Vec<char>>,
    /// Plain wording of the content.
    pub(super) content: String,
    /// Clauses of the content, each with its n-grams.
    pub(super) clauses: Vec<(String, Grams)>,
    /// N-grams of the official name.
    pub(super) name_grams: Grams,
    /// N-grams of the official name and of each short name.
    names_grams: Vec<Grams>,
    /// N-grams of the content.
    pub(super) content_grams: Grams,
    /// N-grams of name and content.
    pub(super) grams: Grams,
    /// Syllable n-grams of name and content.
    pub(super) sounds: Grams,
    /// Groups of words that mean the same, touched by name or content.
    pub(super) meanings: Grams,
    /// Groups touched by the name.
    pub(super) name_meanings: Grams,
    /// Figures in the content.
    pub(super) figures: Vec<Figure>,
    /// Quantified targets.
    pub(super) indicators: Vec<IndicatorIndex>,
    /// Plain wordings of section and subsection.
    pub(super) headings: Vec<String>,
    /// Plain names of the lead agencies without the sign of the county: 区, 县, 市.
    pub(super) leads: Vec<String>,
    /// Plain names of all agencies without the sign of the county: 区, 县, 市.
    pub(super) agencies: Vec<String>,
}

/// A quantified target as the matcher sees it.
#[derive(Debug)]
pub(super) struct IndicatorIndex {
    /// Plain name.
    pub(super) name: String,
    /// Plain unit.
    pub(super) unit: String,
    /// Target value.
    pub(super) value: f64,
}

impl PlanIndex {
    /// Prepares a plan, without the threads that read files: they may be waiting for it.
    pub fn new(plan: &Plan) -> Self {
        let texts: Vec<Vec<String>> = plan.tasks.iter().map(task_texts).collect();
        let (wordings, (mut characters, syllables, tasks)) = beside(
            || Wordings::of(plan),
            || {
                let characters = Vocabulary::new(&texts, character_codes, true);
                let syllables = Vocabulary::new(&texts, sounds, false);
                let tasks = plan.tasks.iter().map(|task| TaskIndex::new(task, &characters, &syllables));
                let tasks: Vec<TaskIndex> = tasks.collect();
                (characters, syllables, tasks)
            },
        );
        let group_weights = group_weights(&tasks);
        let names: Vec<Vec<&Grams>> = tasks.iter().map(|task| task.names_grams.iter().collect()).collect();
        let clauses: Vec<Vec<&Grams>> =
            tasks.iter().map(|task| task.clauses.iter().map(|(_, grams)| grams).collect()).collect();
        let positions = tasks.iter().enumerate().map(|(position, task)| (task.number, position));
        let all_texts = texts.concat().join("\n");
        let known = KnownWordings::learn(wordings, &mut characters.runs);
        Self {
            positions: positions.rev().collect(),
            task_holders: Holders::new(tasks.iter().map(|task| &task.grams), &characters),
            names: TaskTexts::new(&names, &characters),
            clauses: TaskTexts::new(&clauses, &characters),
            syllable_holders: Holders::new(tasks.iter().map(|task| &task.sounds), &syllables),
            meant: Touching::new(tasks.iter().map(|task| &task.meanings)),
            meant_by_name: Touching::new(tasks.iter().map(|task| &task.name_meanings)),
            tasks,
            fingerprint: plan.fingerprint(),
            characters,
            syllables,
            group_weights,
            lists_wordings: !plan.wordings.is_empty(),
            known,
            all_texts,
            texts: Memo::new(KEPT_TEXTS),
            scored: Memo::new(KEPT_WORDINGS),
            headings: Memo::new(KEPT_CELLS),
            agencies: Memo::new(KEPT_CELLS),
        }
    }

    /// Whether the official name of a task, or a short name that is not too short, stands in a plain text.
    pub(super) fn names_task(&self, text: &str) -> bool {
        /// Shorter names stand in other words by chance.
        const SHORTEST: usize = 4;
        let names = self.tasks.iter().flat_map(|task| &task.names);
        names.filter(|name| name.chars().count() >= SHORTEST).any(|name| text.contains(name))
    }

    /// The runs of characters of a plain text.
    pub(super) fn read(&self, plain: &str) -> TextRuns {
        self.characters.runs.read(&character_codes(plain))
    }

    /// What the plain text of a cell, or of a part of one, says; read once.
    pub(super) fn text(&self, plain: &str) -> Arc<PlainText> {
        self.texts.get(plain, || PlainText::new(plain, self))
    }

    /// What some cells tell, scored once.
    ///
    /// All that they tell comes with it, unless they were scored before.
    pub(super) fn scored(&self, cells: TellingCells<'_>) -> (Arc<ScoredTelling>, Option<Box<Telling>>) {
        let mut told = None;
        let mut score = || ScoredTelling::new(told.insert(Box::new(Telling::new(cells, self))), cells, self);
        let TellingCells { name, content, indicator, narrative } = cells;
        let scored = if narrative.is_empty() {
            self.scored.get(&key(&[name, content, indicator]), score)
        } else {
            // A narrative is a row's own.
            Arc::new(score())
        };
        (scored, told)
    }

    /// Gives back what was kept to match faster: after the last record some hundred megabytes may be in it.
    pub fn forget(&self) {
        self.texts.clear();
        self.scored.clear();
        self.headings.clear();
        self.agencies.clear();
    }

    /// What some headings say.
    pub(super) fn headings(&self, headings: &[String]) -> Arc<Headings> {
        self.headings.get(&key(headings), || Headings::new(headings, self))
    }

    /// What a cell of agencies says.
    pub(super) fn agencies(&self, cell: &str) -> Arc<Option<Agencies>> {
        self.agencies.get(cell, || Agencies::new(cell, self))
    }

    /// Position of a task in the plan's order.
    pub(super) fn position(&self, number: u32) -> Option<usize> {
        self.positions.get(&number).copied()
    }
}

/// Some texts as one: with their lengths, so that no others make the same.
fn key(texts: &[impl AsRef<str>]) -> String {
    let texts = || texts.iter().map(AsRef::as_ref);
    let mut key = String::with_capacity(texts().map(|text| text.len() + "1234:".len()).sum());
    for text in texts() {
        // Writing to a text never fails.
        _ = write!(key, "{}:{text}", text.len());
    }
    key
}

/// What each group of words weighs: the logarithm of how few tasks touch it; most, where none does, for then a row
/// speaks of something that the plan does not.
fn group_weights(tasks: &[TaskIndex]) -> Vec<f64> {
    let mut holders = vec![0u32; meanings::count()];
    for &group in tasks.iter().flat_map(|task| task.meanings.iter()) {
        holders[group as usize] += 1;
    }
    #[expect(clippy::cast_precision_loss, reason = "a plan has far fewer than 2^52 tasks")]
    let count = tasks.len() as f64;
    holders.iter().map(|&holders| ((count + 1.0) / f64::from(holders.max(1))).ln()).collect()
}

/// The wordings of a task that make its n-grams: names and content.
fn task_texts(task: &Task) -> Vec<String> {
    let names = std::iter::once(&task.name).chain(&task.aliases);
    names.chain(std::iter::once(&task.content)).map(|text| plain(text)).collect()
}

impl TaskIndex {
    fn new(task: &Task, characters: &Vocabulary, syllables: &Vocabulary) -> Self {
        let names: Vec<String> = std::iter::once(&task.name).chain(&task.aliases).map(|name| plain(name)).collect();
        let content = plain(&task.content);
        let name_grams = characters.known_codes(&character_codes(&names[0]));
        let content_grams = characters.known_codes(&character_codes(&content));
        let grams_of_each: Vec<Grams> =
            names.iter().map(|name| characters.known_codes(&character_codes(name))).collect();
        let grams = union(grams_of_each.iter().chain([&name_grams, &content_grams]));
        let spoken: Vec<Grams> =
            names.iter().chain([&content]).map(|text| syllables.known_codes(&sounds(text))).collect();
        let agency = |name: &String| plain(name).trim_start_matches(['区', '县', '市']).to_owned();
        Self {
            number: task.number,
            names_grams: grams_of_each,
            clauses: clauses(&task.content)
                .into_iter()
                .map(|clause| {
                    let grams = characters.known_codes(&character_codes(&clause));
                    (clause, grams)
                })
                .collect(),
            meanings: meanings(&format!("{}\n{content}", names.join("\n"))),
            name_meanings: meanings(&names[0]),
            figures: figures(&content),
            indicators: task.indicators.iter().map(IndicatorIndex::new).collect(),
            headings: std::iter::once(&task.section).chain(&task.subsection).map(|text| plain(text)).collect(),
            leads: task.leads.iter().map(agency).collect(),
            agencies: task.leads.iter().chain(&task.supports).map(agency).collect(),
            names_characters: names.iter().map(|name| name.chars().collect()).collect(),
            names,
            content,
            name_grams,
            content_grams,
            grams,
            sounds: union(spoken.iter()),
        }
    }
}

impl IndicatorIndex {
    fn new(indicator: &Indicator) -> Self {
        Self { name: plain(&indicator.name), unit: plain(&indicator.unit), value: indicator.value }
    }
}
