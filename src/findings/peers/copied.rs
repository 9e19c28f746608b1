//! Is a narrative another township's, word for word or nearly?

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::kept_texts::KeptTexts;
use super::pairs::{Pairs, by_first, pair, parted};
use super::{RowPlace, Townships};
use crate::findings::characters::Characters;
use crate::findings::context::{Context, Row, Run, percent, quote, shorten, title_of};
use crate::findings::finding::{Finding, Kind, Severity};
use crate::findings::rules::COPIED_SIMILARITY;
use crate::findings::wording::{Likened, add_folded, fold, share};
use crate::list::{Field, Plan};
use crate::location::CellRef;

pub(in crate::findings) static COPIED_TEXT: Kind = Kind {
    code: "copied-text",
    title: "文字雷同",
    severity: Severity::Warning,
    reports: "进展情况与另一个单位一字不差或者几乎一样。",
    matters: "多半是抄来的，不是本单位的情况。",
    remedy: "请按本单位的实际情况重写。",
    example: "两个街道都写“共排查326户……”：各自改写后消除。",
};

/// Shorter narratives agree by chance.
const SHORTEST: usize = 12;
/// Length of the sequences by which candidates are found.
const SHINGLE: usize = 6;
/// Of texts longer than this only some sequences are looked up.
const LONG: usize = 40;
/// A sequence that stands in more narratives than this is everybody's phrase.
const COMMON: usize = 24;

/// So many sequences, of eight bytes each, are held against each other at a time; with more, those that differ cannot
/// meet, and are taken one share after the other. For each share all texts are cut anew.
const SEQUENCES_TOGETHER: usize = 8_000_000;
/// So many texts are cut into sequences at a time.
const TEXTS_TOGETHER: usize = 1 << 14;

/// A narrative, made comparable.
pub(super) struct Told {
    narrative: Narrative,
    text: String,
    /// How many characters it has.
    length: usize,
}

/// Where a narrative comes from; its text has the same number.
struct Narrative {
    row: RowPlace,
    /// Equal texts have equal ones.
    hash: u64,
    characters: Characters,
}

/// The narratives of all townships.
pub(super) struct Narratives {
    names: Names,
    /// The official contents.
    contents: BTreeMap<u32, Content>,
    list: Vec<Narrative>,
    texts: KeptTexts,
    /// How many sequences there are to be held against each other, more or less.
    sequences: usize,
}

impl Narratives {
    /// None yet.
    pub(super) fn of(run: &Run<'_>) -> Self {
        let contents = run.plan.tasks.iter().map(|task| (task.number, Content::of(&task.content))).collect();
        Self { names: Names::new(run.plan), contents, list: Vec::new(), texts: KeptTexts::default(), sequences: 0 }
    }

    /// Narratives of some submissions that are long enough and no official text, with township names taken out. The
    /// submissions have these places on the shelf.
    pub(super) fn told(&self, context: &Context<'_>, places: &[usize]) -> Vec<Told> {
        let sources = context.sources();
        let mut seen = FxHashSet::default();
        let mut told = Vec::new();
        for (filed, record, row) in context.numbered_rows().filter(|(.., row)| row.township().is_some()) {
            // A merged cell belongs to several rows.
            let place = |at: CellRef| (sources[filed], row.record.sheet, at.row, at.column);
            let Some(entry) = row.entry(Field::Progress).filter(|entry| seen.insert(place(entry.at))) else { continue };
            if context.says_nothing(&entry.text) {
                continue;
            }
            let official = row.task().and_then(|task| self.contents.get(&task.number));
            let text = self.names.folded_without(&row.record.text(Field::Progress));
            let (mut characters, mut hash) = (Characters::default(), HASH_OF_NOTHING);
            for c in text.chars() {
                characters.add(c);
                hash = hash_with(hash, c);
            }
            let length = characters.count();
            let long = length >= SHORTEST + 6 || (length >= SHORTEST && text.bytes().any(|c| c.is_ascii_digit()));
            if long && !official.is_some_and(|official| official.says(&text, &characters)) {
                let row = RowPlace::new(places[filed], record);
                let narrative = Narrative { row, hash, characters };
                told.push(Told { narrative, text, length });
            }
        }
        told
    }

    /// Adds narratives.
    pub(super) fn add(&mut self, run: &Run<'_>, told: Vec<Told>) {
        for Told { narrative, text, length } in told {
            if let Err(error) = self.texts.push(&text) {
                run.submissions.note(&error.into());
                continue;
            }
            self.sequences += if length > LONG { length / 4 } else { length };
            self.list.push(narrative);
        }
    }

    /// Compares all narratives. Each finding comes with the place of its submission.
    pub(super) fn compare(&self, run: &Run<'_>, townships: &Townships) -> Vec<(usize, Finding)> {
        let best = self.best(run, townships).unwrap_or_else(|error| {
            run.submissions.note(&error.into());
            BTreeMap::new()
        });
        let best: Vec<(usize, Likest)> = best.into_iter().collect();
        let copies = best.into_par_iter().filter_map(|(one, likest)| {
            let (own, other) = (self.list[one].row, self.list[likest.other].row);
            let finding = own.with_row(run, |row| other.with_row(run, |other| copy(row, other, likest.alike)))??;
            Some((own.submission(), finding))
        });
        copies.collect()
    }

    /// For each narrative that is another township's the one that it is most like; of several the first.
    fn best(&self, run: &Run<'_>, townships: &Townships) -> io::Result<BTreeMap<usize, Likest>> {
        let handed_out = self.handed_out(townships);
        let shares = self.sequences / SEQUENCES_TOGETHER + 1;
        let mut best: BTreeMap<usize, Likest> = BTreeMap::new();
        for share in 0..shares {
            let candidates = self.candidates(townships, &handed_out, (share, shares))?;
            let compared = candidates
                .sorted()
                .map(|pairs| by_first(&pairs).map(|of_one| self.alike(run, of_one)).collect::<io::Result<Vec<_>>>());
            let compared = compared.collect::<io::Result<Vec<_>>>()?;
            for (one, other, alike) in compared.into_iter().flatten().flatten() {
                for (from, to) in [(one, other), (other, one)] {
                    let likest = Likest { other: to, alike };
                    let slot = best.entry(from).or_insert(likest);
                    if likest.is_before(slot) {
                        *slot = likest;
                    }
                }
            }
        }
        Ok(best)
    }

    /// Texts that most townships give were handed out to them.
    fn handed_out(&self, townships: &Townships) -> BTreeSet<u64> {
        let mut given: Vec<(u64, Option<u32>)> =
            self.list.iter().map(|one| (one.hash, townships.of_row(one.row))).collect();
        given.par_sort_unstable();
        given.dedup();
        let all: BTreeSet<Option<u32>> = given.iter().map(|(_, township)| *township).collect();
        let of_text = given.chunk_by(|one, next| one.0 == next.0);
        let common = of_text.filter(|from| from.len() >= 4 && share(from.len(), all.len()) > 0.6);
        common.map(|from| from[0].0).collect()
    }

    /// Pairs of narratives of two townships that share a sequence that is not everybody's: of one of several shares of all
    /// sequences.
    fn candidates(
        &self,
        townships: &Townships,
        handed_out: &BTreeSet<u64>,
        (part, parts): (usize, usize),
    ) -> io::Result<Pairs> {
        let of_part = |hash: u64| usize::try_from(hash >> 8).unwrap_or_default() % parts == part;
        let sequences = self.of_each_text(|number, text| {
            let own = !handed_out.contains(&self.list[number as usize].hash);
            let chosen = if own { chosen(text, of_part) } else { Vec::new() };
            chosen.into_iter().map(move |hash| pair(short(hash), number))
        })?;
        let township = |number: u32| townships.of_row(self.list[number as usize].row);
        let candidates = sequences.sorted().flat_map_iter(|sequences| {
            let mut candidates = Vec::new();
            for shared in by_first(&sequences).filter(|shared| (2..=COMMON).contains(&shared.len())) {
                for (position, place) in shared.iter().enumerate() {
                    let one = parted(*place).1;
                    let others = shared[position + 1..].iter().map(|place| parted(*place).1);
                    let others = others.filter(|other| township(one) != township(*other));
                    candidates.extend(others.map(|other| pair(one, other)));
                }
            }
            candidates
        });
        Ok(Pairs::collect(candidates))
    }

    /// The pairs that are made of each text with its number, some thousands of texts in memory at a time.
    fn of_each_text<Made: Iterator<Item = u64>>(&self, make: impl Fn(u32, &str) -> Made + Sync) -> io::Result<Pairs> {
        let mut all = Pairs::collect(rayon::iter::empty());
        for start in (0..self.texts.len()).step_by(TEXTS_TOGETHER) {
            let numbers = start..(start + TEXTS_TOGETHER).min(self.texts.len());
            let texts = self.texts.some(numbers.clone())?;
            let of_number = |number| make(u32::try_from(number).unwrap_or(u32::MAX), &texts.get(number));
            all = all.and(Pairs::collect(numbers.into_par_iter().flat_map_iter(of_number)));
        }
        Ok(all)
    }

    /// The pairs, all of one first narrative, that are alike enough.
    fn alike(&self, run: &Run<'_>, pairs: &[u64]) -> io::Result<Vec<(usize, usize, f64)>> {
        let limit = run.limit(&COPIED_SIMILARITY);
        let numbers = |pair: &u64| {
            let (one, other) = parted(*pair);
            (one as usize, other as usize)
        };
        let may_be = |&(one, other): &(usize, usize)| {
            self.list[one].characters.likeness_at_most(&self.list[other].characters) >= limit
        };
        let mut pairs = pairs.iter().map(numbers).filter(may_be).peekable();
        let Some((one, _)) = pairs.peek() else { return Ok(Vec::new()) };
        let first = Likened::new(self.texts.get(*one)?);
        let mut found = Vec::new();
        for (one, other) in pairs {
            let alike = first.likeness(&Likened::new(self.texts.get(other)?));
            if alike >= limit {
                found.push((one, other, alike));
            }
        }
        Ok(found)
    }
}

/// The narrative that another one is most like.
#[derive(Debug, Clone, Copy)]
struct Likest {
    other: usize,
    alike: f64,
}

impl Likest {
    /// Whether it is more alike than another one; of equals the first counts.
    fn is_before(&self, other: &Self) -> bool {
        other.alike.total_cmp(&self.alike).then(self.other.cmp(&other.other)).is_lt()
    }
}

/// The names of all townships, to be taken out of narratives.
struct Names(AhoCorasick);

/// So many names are looked for by a table, of some kilobytes for each: a narrative is walked through in a fifth of the time.
const NAMES_IN_A_TABLE: usize = 2000;

impl Names {
    fn new(plan: &Plan) -> Self {
        let names = plan.townships.iter().flat_map(|township| std::iter::once(&township.name).chain(&township.aliases));
        let names: Vec<&String> = names.filter(|name| !name.is_empty()).collect();
        let kind = (names.len() <= NAMES_IN_A_TABLE).then_some(AhoCorasickKind::DFA);
        // At one place the longest counts: 北岙 within 北岙街道 is no name of its own.
        let finder = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).kind(kind).build(names);
        Self(finder.expect("a roster's names fit an automaton"))
    }

    /// The text without the names, folded. They are looked for once from its beginning to its end, however many townships
    /// there are.
    fn folded_without(&self, text: &str) -> String {
        let mut left = String::with_capacity(text.len());
        let mut end = 0;
        for name in self.0.find_iter(text) {
            add_folded(&text[end..name.start()], &mut left);
            end = name.end();
        }
        add_folded(&text[end..], &mut left);
        left
    }
}

/// The numbers of the sequences of a text by which copies of it are found, as far as they are wanted: of long texts a quarter
/// is enough.
fn chosen(text: &str, is_wanted: impl Fn(u64) -> bool) -> Vec<u64> {
    let long = text.chars().count() > LONG;
    let mut chosen = Vec::new();
    // The hash of nothing, and of the sequences of one character and more that end here.
    let mut ending = [HASH_OF_NOTHING; SHINGLE + 1];
    for (place, c) in text.chars().enumerate() {
        for length in (1..=SHINGLE).rev() {
            ending[length] = hash_with(ending[length - 1], c);
        }
        let hash = ending[SHINGLE];
        if place + 1 >= SHINGLE && (!long || hash % 4 == 0) && is_wanted(hash) {
            chosen.push(hash);
        }
    }
    chosen
}

/// Half of a sequence's number, enough to tell the sequences of a share apart: two that are taken for one cost a comparison.
fn short(hash: u64) -> u32 {
    u32::try_from(hash >> 32).unwrap_or_default()
}

/// See [`hash_with`].
const HASH_OF_NOTHING: u64 = 0xcbf2_9ce4_8422_2325;

/// The hash of characters with one more behind them, FNV-1a: the same on every machine.
fn hash_with(hash: u64, c: char) -> u64 {
    (hash ^ u64::from(c)).wrapping_mul(0x0100_0000_01b3)
}

/// An official content.
struct Content {
    text: Likened<'static>,
    characters: Characters,
}

impl Content {
    fn of(content: &str) -> Self {
        let text = fold(content);
        Self { characters: Characters::of(&text), text: Likened::new(text) }
    }

    /// Whether a text is part of the content, or much like it.
    fn says(&self, text: &str, characters: &Characters) -> bool {
        const MUCH: f64 = 0.6;
        let official = self.text.text();
        let may_be_like = || self.characters.likeness_at_most(characters) > MUCH;
        !official.is_empty()
            && ((self.characters.may_contain(characters) && official.contains(text))
                || (may_be_like() && self.text.likeness(&Likened::new(text)) > MUCH))
    }
}

fn copy(row: &Row<'_>, other: &Row<'_>, alike: f64) -> Finding {
    let text = row.record.text(Field::Progress);
    let from = format!(
        "{}（“{}”第{}行）",
        other.township().unwrap_or_default(),
        other.submission.file,
        other.record.at.row_number()
    );
    let how = if alike > 0.9995 { "一字不差".to_owned() } else { format!("相似度{}", percent(alike)) };
    let title = title_of(row, Field::Progress);
    let words = quote(&shorten(&text, 20));
    let message = format!("“{title}”写的{words}与{from}{how}，请按本单位的实际情况填写。");
    let finding = row.at_field(&COPIED_TEXT, Field::Progress, message).found(shorten(&text, 60));
    finding.expected("本单位的实际情况").fix("按本单位的实际情况重写")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::list::Township;

    #[test]
    fn names_are_taken_out_the_longest_first() {
        let mut plan = Plan::built_in();
        let township = |name: &str, alias: &str| Township { name: name.into(), aliases: vec![alias.into()] };
        plan.townships = vec![township("北岙街道", "北岙"), township("大门镇", "大门")];
        let names = Names::new(&plan);
        for (text, expected) in [
            ("北岙街道已排查326户", "已排查326户"),
            ("北岙、大门镇和大门", "和"),
            ("北门已排查", "北门已排查"),
            ("", ""),
        ] {
            assert_eq!(names.folded_without(text), expected, "{text}");
        }
    }
}
