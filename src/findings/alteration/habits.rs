//! How does a file handle the official texts? Learnt from all its rows.

use rustc_hash::FxHashMap;

use super::Answer;
use super::agencies::Cell;
use super::reported::Beside;
use crate::findings::wording::share;

/// How many of a file's rows copy the official text to the letter.
#[derive(Debug, Default)]
pub(super) struct Habits {
    /// Share of the rows with a name that bear the official one.
    pub(super) names: f64,
    /// Share of the rows with a content that copy the official one or a part of it, figures aside.
    pub(super) contents: f64,
    /// Share of the rows with a content that bear the official one to the letter.
    pub(super) exact: f64,
    /// Rows enough copy their content, and not more than one of them leaves out any of it.
    pub(super) never_shortens: bool,
    /// Share of the rows with agencies that bear the official ones.
    pub(super) agencies: f64,
    /// Share of the rows with agencies that name all leads of their task.
    pub(super) leads: f64,
    /// Share of the rows with agencies that name one of the leads at least.
    pub(super) a_lead: f64,
    /// Share of the rows with agencies that mark the leads.
    pub(super) marked: f64,
}

impl Habits {
    /// `times`: how many of the rows answer each task.
    pub(super) fn of(rows: &[Answer<'_, '_>], agencies: &[Option<Cell<'_>>], times: &FxHashMap<u32, usize>) -> Self {
        let titles = rows.iter().filter_map(|one| one.name.as_ref());
        let contents = || rows.iter().filter_map(|one| one.told.as_ref());
        let named = || agencies.iter().flatten().map(|cell| &cell.named);
        Self {
            names: habit(titles.map(Beside::is_exact)),
            contents: habit(contents().map(|told| told.beside.copied().is_some())),
            exact: habit(contents().map(|told| told.beside.is_exact())),
            never_shortens: never_shortens(rows, times),
            agencies: habit(named().map(|named| named.are_official())),
            leads: habit(named().map(|named| named.has_all_leads())),
            a_lead: habit(named().map(|named| named.has_a_lead())),
            marked: habit(named().map(|named| named.has_mark())),
        }
    }
}

/// The share of the rows that do something; one or two rows are no habit.
fn habit(rows: impl Iterator<Item = bool>) -> f64 {
    let (mut all, mut held) = (0, 0);
    for holds in rows {
        all += 1;
        held += usize::from(holds);
    }
    if all < 3 { 0.0 } else { share(held, all) }
}

/// Whether many rows copy their content and one at most leaves out any of it. The rows of a task that has several tell
/// a part each.
fn never_shortens(rows: &[Answer<'_, '_>], times: &FxHashMap<u32, usize>) -> bool {
    const ENOUGH: usize = 15;
    const LEFT_OUT: usize = 6;
    let alone = rows.iter().filter(|one| times.get(&one.task.number) == Some(&1));
    // How many characters each copies, and how many it should.
    let told: Vec<(Option<usize>, usize)> =
        alone.filter_map(|one| Some((one.told.as_ref()?.beside.copied(), one.official.length))).collect();
    let copied = || told.iter().filter_map(|(copied, official)| Some(((*copied)?, *official)));
    let count = copied().count();
    count >= ENOUGH
        && 2 * count >= told.len()
        && copied().filter(|(copied, official)| copied + LEFT_OUT <= *official).count() <= 1
}
