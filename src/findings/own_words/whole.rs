//! What do the clauses of a narrative say together: that nothing was begun, or that everything is done?

use super::left::is_left_undone;
use super::lexicon::{MEASURES, OF_THE_PERIOD, STAGES, UPKEEP, WHOLE};
use super::worked::tells_work;
use crate::records::values::quantity::arabic;
use crate::records::values::{Status, status_of};

/// The first characters of the words of [`WHOLE`].
pub(super) const BEGINNINGS_OF_WHOLE: [char; 5] = ['全', '均', '都', '竣', '完'];

/// Their last characters.
pub(super) const ENDINGS_OF_WHOLE: [char; 4] = ['全', '均', '都', '工'];

/// The clause that says that nothing was begun, where the clauses say nothing else: only this one tells of work, or all
/// of them tell of none.
pub(super) fn idle_as_a_whole<'c>(clauses: &[&'c str]) -> Option<&'c str> {
    let idle = |clause: &&&str| status_of(clause) == Some(Status::NotStarted);
    let (first, rest) = clauses.split_first()?;
    let begins = idle(&first);
    // Nearly all narratives begin otherwise, and no more of them needs to be read.
    if !begins && !is_left_undone(first) {
        return None;
    }
    let begins_idle = begins && !rest.iter().any(|clause| tells_work(clause) || clause.contains('已'));
    // 合同未签，未启动.
    let is_idle = begins_idle || clauses.iter().all(|clause| idle(&clause) || is_left_undone(clause));
    clauses.iter().find(|clause| is_idle && idle(clause)).copied()
}

/// Whether all clauses together say that the task is done: 12户全部完成, 已于5月全部完工并投入使用.
pub(super) fn is_all_done(clauses: &[&str]) -> bool {
    // Words first: they leave few narratives whose clauses must be read.
    let of_part = |clause: &&str| STAGES.stand_in(clause) || OF_THE_PERIOD.stand_in(clause);
    if !clauses.iter().any(|clause| WHOLE.stand_in(clause)) || clauses.iter().any(of_part) {
        return false;
    }
    // 四个村都已完工: what all of them are.
    let of_all = |clause: &str| ["都", "均", "全"].iter().filter_map(|word| clause.find(word)).min();
    let done = |clause: &str| {
        let told = without_counts(clause);
        let tail = of_all(&told).map_or("", |at| &told[at..]);
        [told.as_str(), tail].iter().any(|words| status_of(words) == Some(Status::Completed))
    };
    let mut any = false;
    for clause in clauses {
        if done(clause) {
            any = true;
        } else if !UPKEEP.stand_in(clause) {
            return false;
        }
    }
    any
}

/// The clause without what it counts and when: 12户, 于5月.
fn without_counts(clause: &str) -> String {
    let mut left = String::new();
    let mut rest = clause;
    while let Some(c) = rest.chars().next() {
        let length = arabic(rest).map(|(_, length)| length);
        if let Some(length) = length {
            rest = &rest[length..];
            let word = rest.chars().next().filter(|c| MEASURES.contains(*c) || matches!(c, '月' | '日' | '年'));
            rest = &rest[word.map_or(0, char::len_utf8)..];
        } else {
            if !matches!(c, '于' | '底' | '并') {
                left.push(c);
            }
            rest = &rest[c.len_utf8()..];
        }
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beginnings_and_endings_are_those_of_the_words_of_the_whole() {
        assert!(WHOLE.iter().all(|word| word.starts_with(BEGINNINGS_OF_WHOLE) && word.ends_with(ENDINGS_OF_WHOLE)));
    }
}
