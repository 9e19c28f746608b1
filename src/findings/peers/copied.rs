//! Is a narrative another township's, word for word or nearly?

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;
use rustc_hash::FxBuildHasher;

use crate::findings::context::{Context, Row, percent, quote, shorten, title_of};
use crate::findings::finding::{Finding, Kind, Severity};
use crate::findings::placeholder;
use crate::findings::rules::COPIED_SIMILARITY;
use crate::findings::wording::{Likened, fold, share};
use crate::list::{Field, Plan};

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

/// A narrative, made comparable.
struct Narrative<'a> {
    row: Row<'a>,
    text: String,
}

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let narratives = narratives(context);
    let limit = context.limit(&COPIED_SIMILARITY);
    let compare = |pairs: &[(usize, usize)]| {
        let first = Likened::new(&narratives[pairs[0].0].text);
        let alike = pairs.iter().filter_map(|&(one, other)| {
            let second = Likened::new(&narratives[other].text);
            let possible = first.likeness_at_most(&second) >= limit;
            let alike = possible.then(|| first.likeness(&second)).filter(|alike| *alike >= limit)?;
            Some((one, other, alike))
        });
        alike.collect::<Vec<_>>()
    };
    let pairs = candidates(&narratives);
    let alike: Vec<Vec<_>> = pairs.par_chunk_by(|(one, _), (next, _)| one == next).map(compare).collect();
    let mut best: BTreeMap<usize, (usize, f64)> = BTreeMap::new();
    for (one, other, alike) in alike.into_iter().flatten() {
        for (from, to) in [(one, other), (other, one)] {
            let slot = best.entry(from).or_insert((to, alike));
            if alike > slot.1 {
                *slot = (to, alike);
            }
        }
    }
    findings.extend(
        best.into_iter().map(|(one, (other, alike))| copy(&narratives[one].row, &narratives[other].row, alike)),
    );
}

/// The names of all townships, to be taken out of narratives.
struct Names<'a> {
    /// By their first character, the longest first.
    by_first: HashMap<char, Vec<&'a str>, FxBuildHasher>,
}

impl<'a> Names<'a> {
    fn new(plan: &'a Plan) -> Self {
        let mut by_first: HashMap<char, Vec<&str>, FxBuildHasher> = HashMap::default();
        for township in &plan.townships {
            for name in std::iter::once(&township.name).chain(&township.aliases) {
                if let Some(first) = name.chars().next() {
                    by_first.entry(first).or_default().push(name);
                }
            }
        }
        #[expect(clippy::iter_over_hash_type, reason = "each list is ordered for itself")]
        for names in by_first.values_mut() {
            names.sort_unstable_by_key(|name| (Reverse(name.len()), *name));
        }
        Self { by_first }
    }

    /// The text without the names, looked for once from its beginning to its end however many townships there are.
    fn taken_out_of(&self, text: &str) -> String {
        let mut left = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let named = self.by_first.get(&first).and_then(|names| names.iter().find(|name| rest.starts_with(**name)));
            if let Some(name) = named {
                rest = &rest[name.len()..];
            } else {
                left.push(first);
                rest = &rest[first.len_utf8()..];
            }
        }
        left
    }
}

/// Pairs of narratives of two townships that share a sequence that is not everybody's, each pair once, in order.
fn candidates(narratives: &[Narrative<'_>]) -> Vec<(usize, usize)> {
    let sequences = |(index, narrative): (usize, &Narrative<'_>)| {
        let characters: Vec<char> = narrative.text.chars().collect();
        let hashes = characters.windows(SHINGLE).map(hash);
        // Of long texts a quarter of the sequences is enough to find a copy.
        let long = characters.len() > LONG;
        let mut chosen: Vec<u64> = hashes.filter(|hash| !long || hash % 4 == 0).collect();
        chosen.sort_unstable();
        chosen.dedup();
        chosen.into_iter().map(move |hash| (hash, index))
    };
    let mut places: Vec<(u64, usize)> = narratives.par_iter().enumerate().flat_map_iter(sequences).collect();
    places.par_sort_unstable();
    let mut pairs = Vec::new();
    for shared in places.chunk_by(|one, other| one.0 == other.0).filter(|shared| (2..=COMMON).contains(&shared.len())) {
        for (position, (_, one)) in shared.iter().enumerate() {
            for (_, other) in &shared[position + 1..] {
                if narratives[*one].row.township() != narratives[*other].row.township() {
                    pairs.push((*one, *other));
                }
            }
        }
    }
    pairs.par_sort_unstable();
    pairs.dedup();
    pairs
}

/// FNV-1a over characters: the same on every machine.
fn hash(characters: &[char]) -> u64 {
    characters.iter().fold(0xcbf2_9ce4_8422_2325, |hash, c| (hash ^ u64::from(*c)).wrapping_mul(0x0100_0000_01b3))
}

/// Narratives that are long enough, with township names taken out and everybody's phrases left aside.
fn narratives<'a>(context: &Context<'a>) -> Vec<Narrative<'a>> {
    let names = Names::new(context.plan);
    let contents: Vec<(u32, String)> =
        context.plan.tasks.iter().map(|task| (task.number, fold(&task.content))).collect();
    let contents: BTreeMap<u32, Likened<'_>> =
        contents.iter().map(|(number, content)| (*number, Likened::new(content))).collect();
    let mut seen = BTreeSet::new();
    let rows = context.rows().filter(|row| row.township().is_some());
    // A merged cell belongs to several rows.
    let rows = rows.filter(|row| {
        let place = |at| (row.submission.file.as_str(), row.township(), row.record.sheet, at);
        row.entry(Field::Progress).is_some_and(|entry| seen.insert(place(entry.at)))
    });
    let rows: Vec<Row<'a>> = rows.collect();
    let mut narratives: Vec<Narrative<'a>> = rows
        .into_par_iter()
        .filter_map(|row| {
            if placeholder::is_one(&row.entry(Field::Progress)?.text) {
                return None;
            }
            let official = row.task().and_then(|task| contents.get(&task.number));
            let text = fold(&names.taken_out_of(&row.record.text(Field::Progress)));
            let length = text.chars().count();
            let long = length >= SHORTEST + 6 || (length >= SHORTEST && text.chars().any(|c| c.is_ascii_digit()));
            let said_by_the_list = || official.is_some_and(|official| is_said_by(official, &text));
            (long && !said_by_the_list()).then_some(Narrative { row, text })
        })
        .collect();
    // A text that most townships give for the task was handed out to them.
    let mut given: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for narrative in &narratives {
        given.entry(&narrative.text).or_default().extend(narrative.row.township());
    }
    let townships: BTreeSet<&str> = narratives.iter().filter_map(|narrative| narrative.row.township()).collect();
    let handed_out: BTreeSet<String> = given
        .iter()
        .filter(|(_, from)| from.len() >= 4 && share(from.len(), townships.len()) > 0.6)
        .map(|(text, _)| (*text).to_owned())
        .collect();
    narratives.retain(|narrative| !handed_out.contains(&narrative.text));
    narratives
}

/// Whether a text is part of an official content, or much like it.
fn is_said_by(official: &Likened<'_>, text: &str) -> bool {
    const MUCH: f64 = 0.6;
    if official.text().is_empty() {
        return false;
    }
    let liken = || {
        let own = Likened::new(text);
        official.likeness_at_most(&own) > MUCH && official.likeness(&own) > MUCH
    };
    official.text().contains(text) || liken()
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
            ("北岙、大门镇和大门", "、和"),
            ("北门已排查", "北门已排查"),
            ("", ""),
        ] {
            assert_eq!(names.taken_out_of(text), expected, "{text}");
        }
    }
}
