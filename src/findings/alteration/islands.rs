//! Which differences between two texts are one, though a character between them is alike?

use std::ops::Range;

use super::super::wording::{Piece, Pieces};
use super::alignment::{Alignment, Difference};
use super::degree;

/// The alignment with what differs on both sides of a lone character taken together, where one side only leaves out or
/// puts in what the other makes good: 有序无偿 for 自愿有偿 are other words, however the two 有 are alike.
pub(super) fn without_islands(alignment: Alignment, old: &Pieces, new: &Pieces) -> Alignment {
    let mut differences: Vec<Difference> = Vec::new();
    for next in alignment.differences {
        match differences.last_mut().and_then(|before| Some((joined(before, &next, old, new)?, before))) {
            Some((joined, before)) => *before = joined,
            None => differences.push(next),
        }
    }
    Alignment { differences, ..alignment }
}

/// Two differences as one, where a lone character parts them within a clause.
fn joined(before: &Difference, next: &Difference, old: &Pieces, new: &Pieces) -> Option<Difference> {
    // 力争 and 争取, 线路 and 路线 are one word in two forms.
    const SHORTEST: usize = 3;
    let alone = next.old.start == before.old.end + 1 && next.new.start == before.new.end + 1;
    let figure = matches!(old.list.get(before.old.end), Some(Piece::Figure(_)));
    if !alone || figure {
        return in_another_degree(before, next, old, new);
    }
    let in_one_clause = |text: &Pieces, before: &Range<usize>, next: &Range<usize>| {
        (before.is_empty() || !text.begins[before.end]) && (next.is_empty() || !text.begins[next.start])
    };
    let makes_good = |lacks: &Difference, has: &Difference| {
        (lacks.new.is_empty() && !has.new.is_empty()) || (lacks.old.is_empty() && !has.old.is_empty())
    };
    let joined = Difference { old: before.old.start..next.old.end, new: before.new.start..next.new.end };
    let other_words = joined.old.len().min(joined.new.len()) >= SHORTEST
        && sorted(&old.text(joined.old.clone())) != sorted(&new.text(joined.new.clone()));
    let is_one = other_words
        && (makes_good(before, next) || makes_good(next, before))
        && in_one_clause(old, &before.old, &next.old)
        && in_one_clause(new, &before.new, &next.new);
    is_one.then_some(joined)
}

/// Two differences of one clause as one, where both together ask in another degree and neither does alone: 低于经济发展
/// for 和经济发展同步.
fn in_another_degree(before: &Difference, next: &Difference, old: &Pieces, new: &Pieces) -> Option<Difference> {
    const BETWEEN: usize = 6;
    const WORD: usize = 2;
    let joined = Difference { old: before.old.start..next.old.end, new: before.new.start..next.new.end };
    let clause = |text: &Pieces, range: &Range<usize>| !(range.start + 1..range.end).any(|at| text.clauses[at]);
    let near = next.old.start - before.old.end <= BETWEEN && clause(old, &joined.old) && clause(new, &joined.new);
    if !near {
        return None;
    }
    let texts = |one: &Difference| (old.text(one.old.clone()), new.text(one.new.clone()));
    // 重点行政村覆盖 for 行政村全覆盖: what 全 says is said by the word behind it, too.
    let behind = |text: &Pieces, from: usize| {
        let end = (from..(from + WORD).min(text.list.len())).take_while(|at| !text.begins[*at]).last();
        end.map_or_else(String::new, |end| text.text(from..end + 1))
    };
    let ((gone, come), (then_gone, then_come)) = (texts(before), texts(next));
    let (then_gone, then_come) = (then_gone + &behind(old, next.old.end), then_come + &behind(new, next.new.end));
    let alone = || [(&gone, &come), (&then_gone, &then_come)].iter().any(|(gone, come)| degree::differs(gone, come));
    let (all_gone, all_come) = (format!("{gone}{then_gone}"), format!("{come}{then_come}"));
    (degree::differs(&all_gone, &all_come) && !alone()).then_some(joined)
}

/// The characters of a text in one order: 类分级 and 级分类 have the same.
fn sorted(text: &str) -> Vec<char> {
    let mut characters: Vec<char> = text.chars().collect();
    characters.sort_unstable();
    characters
}
