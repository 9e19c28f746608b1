//! Do the words of a clause tell of work that was done, or of none?

use super::lexicon::{DONE, MEASURES, NOTHING_YET, OTHER_WORDS, PREPARING, STOCK, VERBS, VISIBLE};
use crate::numeral::digit;

/// Whether a clause says that nothing was done yet.
pub(super) fn says_nothing_yet(clause: &str) -> bool {
    // 接待 awaits nothing, and 等 after a list only ends it; 说等口筐验收了再讲 puts off.
    let told = OTHER_WORDS.taken_out_of(clause);
    let put_off = told.split_once('等').is_some_and(|(_, rest)| rest.contains('再'));
    NOTHING_YET.stand_in(&told) || told.starts_with('等') || put_off
}

pub(super) fn prepares(clause: &str) -> bool {
    PREPARING.stand_in(clause)
}

/// Whether a clause counts something that was done: a figure with its measure word.
pub(super) fn counts_work(clause: &str) -> bool {
    has_count(clause) && !STOCK.stand_in(clause) && !prepares(clause)
}

/// Whether a figure stands before a measure word: 11期, 二十五次.
fn has_count(clause: &str) -> bool {
    let characters: Vec<char> = clause.chars().collect();
    let is_figure = |c: char| c.is_ascii_digit() || digit(c).is_some() || matches!(c, '十' | '百' | '千');
    (1..characters.len()).any(|at| {
        let before =
            if at >= 2 && matches!(characters[at - 1], '余' | '多' | '来' | '几') { at - 2 } else { at - 1 };
        is_figure(characters[before]) && MEASURES.contains(characters[at])
    })
}

/// Whether a clause tells of work done: a verb of completion, with a figure.
pub(super) fn tells_work(clause: &str) -> bool {
    let figure = clause.chars().any(|c| c.is_ascii_digit()) || has_count(clause);
    says_done(clause) || (figure && VERBS.stand_in(clause)) || tells_something_done(clause)
}

/// Whether a clause holds a word of work that was done, and does not deny it: 评上, 没评上.
fn says_done(clause: &str) -> bool {
    let denied = |at: usize| clause[..at].ends_with(['没', '未', '待', '等']);
    DONE.stand_in(clause) && DONE.iter().any(|word| clause.match_indices(word).any(|(at, _)| !denied(at)))
}

/// Whether a clause says that something that can be seen was done: 已收了, 墙砌好了, 路基做完.
pub(super) fn tells_something_done(clause: &str) -> bool {
    // 试点已在东沙推开.
    let spread = clause
        .split_once('已')
        .is_some_and(|(_, rest)| ["推开", "铺开", "展开"].iter().any(|word| rest.ends_with(word)));
    let characters: Vec<char> = clause.chars().collect();
    spread
        || characters.windows(2).enumerate().any(|(at, pair)| {
            let said = at.checked_sub(1).map(|before| characters[before]);
            let already = matches!(said, Some('已' | '经'));
            let up = pair[1] == '上' && matches!(characters.get(at + 2), None | Some('了'));
            let at_last =
                pair[1] == '完' && at + 2 == characters.len() && !matches!(pair[0], '未' | '没' | '不' | '等' | '待');
            // 已核完两个村: what was done is done, whatever is left. To have held a meeting is no work yet.
            let through = already && pair[1] == '完' && !"开说谈看议摸未没不".contains(pair[0]);
            at_last
                || through
                || VISIBLE.contains(pair[0]) && (matches!(pair[1], '好' | '完') || up || (already && pair[1] == '了'))
        })
}
