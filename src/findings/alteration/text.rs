//! Was the wording of the official name or content changed in meaning?

use super::super::context::{quote, shorten, title_of};
use super::super::finding::Finding;
use super::super::wording::{LONGEST, Pieces, share};
use super::alignment::Difference;
use super::judge::{COPIED_ROW, Clerk, Judge, may_be_elsewhere, may_have_other_beginning};
use super::reported::Beside;
use super::words::stops;
use super::{ALTERED_TEXT, Case};
use crate::list::Field;

/// From this share of rows on, the file copies the official text as a habit.
const COPIES: f64 = 0.5;
/// From this share of rows on, a text that begins and ends as the official one was copied from it.
const COPIES_OFTEN: f64 = 0.3;
/// The same for names: a name is changed only where the clerk keeps to the official ones.
const COPIES_NAMES: f64 = 0.75;
/// From this share of rows on, the file copies the contents to the letter.
const TO_THE_LETTER: f64 = 0.85;
/// A content that agrees with the official one to this share, both ways, is a copy with a change.
const CHANGED_COPY: f64 = 0.85;
/// The same where the file does not copy as a habit.
const CLOSE_COPY: f64 = 0.9;
/// A text with few words changed and nothing else is a copy from this share on.
const FEW_CHANGES: f64 = 0.7;
/// A text with one stretch changed in the middle, both ends as they are in the list, is a copy from this share on.
const FRAMED: f64 = 0.6;
/// Short names differ a lot by one word.
const CHANGED_NAME: f64 = 0.5;
/// A content that agrees with the official one to this share was not written in the clerk's own words.
const OFFICIAL_CONTENT: f64 = 0.7;

/// Reports changed words of the name and the content.
pub(super) fn check(case: &Case<'_, '_>, findings: &mut Vec<Finding>) {
    for (field, official) in [(Field::Name, &case.task.name), (Field::Content, &case.task.content)] {
        let entry = if field == Field::Content { case.told.map(|told| told.entry) } else { case.row.entry(field) };
        let beside = case.beside(field).filter(|beside| !official.is_empty() && !beside.is_official());
        let Some((entry, beside)) = entry.zip(beside) else { continue };
        let changes = changes(case, field, beside);
        if changes.is_empty() || case.words.stand_in(&entry.text, official) {
            continue;
        }
        let title = title_of(case.row, field);
        let shown: Vec<String> = changes.iter().map(Change::words).collect();
        let message = format!("“{title}”{}，请改回清单的文字。", shown.join("；"));
        let finding = case.row.finding(&ALTERED_TEXT, entry.at, message).found(shorten(&entry.text, 120));
        findings.push(finding.expected(shorten(official, 120)).fix(format!("“{title}”改回清单的文字")));
    }
}

/// A change as it is shown: what stands there, and what the list says.
struct Change {
    reported: String,
    official: String,
}

impl Change {
    fn words(&self) -> String {
        match (self.reported.as_str(), self.official.as_str()) {
            ("", official) => format!("漏了{}", quote(official)),
            (reported, "") => format!("多了{}", quote(reported)),
            (reported, official) => format!("写的是{}，清单为{}", quote(reported), quote(official)),
        }
    }
}

/// The differences that change the meaning; none where the text is a rewording.
fn changes(case: &Case<'_, '_>, field: Field, beside: &Beside<'_>) -> Vec<Change> {
    let (old, new) = (beside.of_list(), beside.of_row());
    if old.list == new.list || old.list.len().max(new.list.len()) > LONGEST {
        return Vec::new();
    }
    let name = field == Field::Name;
    let copies = if name { case.habits.names >= COPIES_NAMES } else { case.habits.contents >= COPIES };
    let needed = match (name, copies) {
        (true, _) => CHANGED_NAME,
        (false, true) => CHANGED_COPY,
        (false, false) => CLOSE_COPY,
    };
    let common = beside.in_common_at_most();
    if share(common, new.list.len()) < CHANGED_NAME || (name && share(common, old.list.len()) < CHANGED_NAME) {
        return Vec::new();
    }
    // With so little in common it is no copy, however the two are laid beside each other.
    let is_own = |common: usize| {
        let of_new = share(common, new.list.len());
        let near = share(common, old.list.len()).min(of_new);
        if name {
            near < CHANGED_NAME
        } else {
            near < FRAMED && of_new < COPIED_ROW && !may_have_other_beginning(old, new)
        }
    };
    let told_in_own_words = || if name { Vec::new() } else { stopped(case, beside).into_iter().collect() };
    if is_own(common) {
        return told_in_own_words();
    }
    let own_names = name && !copies;
    // A clerk who tells the content in words of their own gives the task a name of their own.
    if name && (is_own_content(case) || (own_names && !may_be_elsewhere(old, new))) {
        return Vec::new();
    }
    // As whole words they have no more in common.
    if is_own(beside.alignment().pairs.len()) {
        return told_in_own_words();
    }
    let alignment = beside.alignment_of_whole_words();
    let pairs = alignment.pairs.len();
    let near = share(pairs, old.list.len()).min(share(pairs, new.list.len()));
    let few = !name && alignment.differences.len() <= 2 && near >= FEW_CHANGES;
    let often = case.habits.contents >= COPIES_OFTEN;
    let framed = !name && often && near >= FRAMED && is_framed(&alignment.differences, old, new);
    let (to_the_letter, is_copy) = (case.habits.exact >= TO_THE_LETTER, near >= needed || framed);
    let never_shortens = !case.part && case.habits.never_shortens;
    let title = &case.task.name;
    let judge = Judge {
        old,
        new,
        title,
        alignment,
        name,
        own_names,
        clerk: Clerk { copies: is_copy, to_the_letter, never_shortens },
    };
    let shown = |difference: &Difference| {
        let wider = widened(difference, old, new);
        Change { reported: new.text(wider.new), official: old.text(wider.old) }
    };
    if is_copy || few {
        let turning = alignment.differences.iter().filter(|difference| judge.turns(difference));
        let changes: Vec<Change> = turning.map(shown).collect();
        if !changes.is_empty() {
            return changes;
        }
    }
    if name {
        return Vec::new();
    }
    match judge.only_change() {
        Some(only) => vec![shown(only)],
        None => stopped(case, beside).into_iter().collect(),
    }
}

/// A content told in few words that stops what the list asks for: 缓建海岛等偏远地区基础网络补盲.
fn stopped(case: &Case<'_, '_>, beside: &Beside<'_>) -> Option<Change> {
    const SHORTEST: usize = 6;
    let length = beside.of_row().list.len();
    let same = share(beside.in_common_at_most(), length) >= FRAMED && length >= SHORTEST;
    let word = stops(case.told.filter(|_| same)?.text, &case.task.content)?;
    Some(Change { reported: word.to_owned(), official: String::new() })
}

/// Whether all that differs lies in one stretch in the middle of both texts.
fn is_framed(differences: &[Difference], old: &Pieces, new: &Pieces) -> bool {
    const LONGEST_STRETCH: usize = 12;
    let (Some(first), Some(last)) = (differences.first(), differences.last()) else { return false };
    let inside = |start: usize, end: usize, text: &Pieces| {
        start >= 2 && end + 2 <= text.list.len() && (1..=LONGEST_STRETCH).contains(&(end - start))
    };
    inside(first.old.start, last.old.end, old) && inside(first.new.start, last.new.end, new)
}

/// A difference of a word or less with the characters around it, within its clause: 自愿无偿 says more than 无.
fn widened(difference: &Difference, old: &Pieces, new: &Pieces) -> Difference {
    const SHORT: usize = 2;
    let Difference { old: one, new: other } = difference.clone();
    if one.is_empty() || other.is_empty() || one.len().max(other.len()) > SHORT {
        return Difference { old: one, new: other };
    }
    let same = |at: usize, there: usize| old.list.get(at).is_some_and(|piece| new.list.get(there) == Some(piece));
    let before = (1..=SHORT)
        .take_while(|step| {
            let inside = *step <= one.start && *step <= other.start;
            inside && !old.begins[one.start + 1 - step] && same(one.start - step, other.start - step)
        })
        .count();
    let after = (0..SHORT)
        .take_while(|step| {
            let (at, there) = (one.end + step, other.end + step);
            same(at, there) && !old.begins[at]
        })
        .count();
    Difference { old: one.start - before..one.end + after, new: other.start - before..other.end + after }
}

/// Whether the row tells the content in the clerk's own words.
fn is_own_content(case: &Case<'_, '_>) -> bool {
    case.beside(Field::Content).is_some_and(|beside| {
        let length = beside.of_row().list.len();
        length > 0 && share(beside.in_common_at_most(), length) < OFFICIAL_CONTENT
    })
}
