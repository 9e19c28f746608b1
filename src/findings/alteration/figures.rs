//! Was a figure of the official content changed?

use super::super::context::{quote, title_of};
use super::super::finding::Finding;
use super::super::wording::{LONGEST, Piece, Pieces, in_common_at_most, share};
use super::alignment::{Alignment, align};
use super::reported::Beside;
use super::{ALTERED_TARGET, Case};
use crate::list::Field;
use crate::numeral::digit;
use crate::records::values::unit::{Unit, known_at};

/// From this share of common characters on, a text is a copy of the official content.
const COPY: f64 = 0.8;
/// A copy holds at least this share of the official content.
const WHOLE: f64 = 0.6;
/// From this share of common characters on, a text is a copy of a part of the official content.
const COPIED_PART: f64 = 0.9;
/// From this share of rows on, the file copies the official contents or parts of them as a habit.
const COPIES: f64 = 0.5;
/// Neighbouring characters that must agree on a side of a figure for it to be the same figure.
const NEIGHBOURS: usize = 2;

/// A figure that stands changed: what the row says and what the list says, with the words around it.
struct Changed {
    reported: String,
    official: String,
}

/// Reports the figures of the official content that stand changed in the row.
pub(super) fn check(case: &Case<'_, '_>, findings: &mut Vec<Finding>) {
    for field in [Field::Content, Field::Name] {
        let Some((entry, beside)) = case.row.entry(field).zip(case.beside(field)) else { continue };
        let changes = changes(case, field, beside);
        if changes.is_empty() || case.words.stand_in(&entry.text, &case.task.content) {
            continue;
        }
        let pairs: Vec<String> = changes
            .iter()
            .map(|change| format!("{}，清单为{}", quote(&change.reported), quote(&change.official)))
            .collect();
        let reported: Vec<&str> = changes.iter().map(|change| change.reported.as_str()).collect();
        let official: Vec<&str> = changes.iter().map(|change| change.official.as_str()).collect();
        let title = title_of(case.row, field);
        let message = format!("“{title}”中的数字写成了{}，请改回清单的数字。", pairs.join("；"));
        let finding = case.row.finding(&ALTERED_TARGET, entry.at, message).found(reported.join("；"));
        findings.push(finding.fix(format!("改为{}", quote(&official.join("；")))).expected(official.join("；")));
    }
}

/// The figures of the official content that a field changes, which stands beside its own official text.
fn changes(case: &Case<'_, '_>, field: Field, beside: &Beside<'_>) -> Vec<Changed> {
    let (official, reported, of_content) = (&case.official.content.pieces, beside.of_row(), field == Field::Content);
    if of_content && beside.is_official() {
        return Vec::new();
    }
    if official.list.len().max(reported.list.len()) > LONGEST {
        return Vec::new();
    }
    let numeral = |piece: &Piece| match piece {
        Piece::Char(c) => digit(*c).is_some(),
        Piece::Figure(_) => true,
    };
    let figures = reported.list.iter().any(numeral);
    let at_most = match (figures, of_content) {
        (true, true) => beside.in_common_at_most(),
        (true, false) => in_common_at_most(official, reported),
        (false, _) => 0,
    };
    let of_reported = share(at_most, reported.list.len());
    if !figures || of_reported < COPY {
        return if of_content { larger(official, reported) } else { Vec::new() };
    }
    // Neither a copy of the whole nor one of a part without a word of its own, however the two are laid beside each other.
    if of_reported < COPIED_PART && share(at_most, official.list.len()) < WHOLE {
        return Vec::new();
    }
    if says_the_figures_in_official_clauses(official, reported) {
        return Vec::new();
    }
    let of_name;
    let alignment = if of_content {
        beside.alignment()
    } else {
        of_name = align(official, reported);
        &of_name
    };
    let common = alignment.pairs.len();
    let of_reported = share(common, reported.list.len());
    let whole = of_reported >= COPY && share(common, official.list.len()) >= WHOLE;
    let pairs = alignment.pairs.iter().copied();
    pairs
        .filter_map(|(old, new)| match (official.list[old], reported.list[new]) {
            (Piece::Figure(one), Piece::Figure(other)) if differ(one, other) => Some((old, new, one, other)),
            // The same number in another measure is another target: 80公顷 for 80亩.
            (Piece::Figure(one), Piece::Figure(other)) if measure_differs(official, old, reported, new) => {
                Some((old, new, one, other))
            }
            _ => None,
        })
        .filter(|(old, new, one, other)| {
            let beside = in_one_place(alignment, *old, *new);
            beside || (!differ(*one, *other) && stands_after_the_same(alignment, *old, *new))
        })
        // A clause that stands in the list word for word was only laid beside another one.
        .filter(|(_, new, ..)| !stands_in(reported, *new, official))
        .filter(|(old, _, one, other)| {
            whole || (of_reported >= COPIED_PART && is_nobodys_share(case, official, *old, *one, *other))
        })
        .map(|(old, new, ..)| (old, new))
        .chain(numerals(official, reported, alignment).filter(|_| whole))
        .map(|(old, new)| Changed { reported: around(reported, new), official: around(official, old) })
        .collect()
}

/// Whether all figures of a text stand in clauses that are the list's word for word, and no Chinese numeral stands in it:
/// then none of them was changed.
fn says_the_figures_in_official_clauses(official: &Pieces, reported: &Pieces) -> bool {
    reported.list.iter().enumerate().all(|(at, piece)| match piece {
        Piece::Char(_) => value_of(*piece).is_none(),
        Piece::Figure(_) => stands_in(reported, at, official),
    })
}

/// Figures of a content in the clerk's own words that are larger than the list's for the same thing: 整治村90个 for
/// 环境整治村80个. Smaller ones may be the township's share.
fn larger(official: &Pieces, reported: &Pieces) -> Vec<Changed> {
    /// Characters before a figure that must be the same.
    const SAME: usize = 3;
    let of_what = |text: &Pieces, at: usize| -> Option<(Vec<char>, char)> {
        let character = |piece: &Piece| if let Piece::Char(c) = piece { Some(*c) } else { None };
        let before: Option<Vec<char>> = text.list.get(at.checked_sub(SAME)?..at)?.iter().map(character).collect();
        Some((before?, character(text.list.get(at + 1)?)?))
    };
    let figures = |text: &Pieces| -> Vec<(usize, f64)> {
        let figure =
            |(at, piece): (usize, &Piece)| if let Piece::Figure(value) = piece { Some((at, *value)) } else { None };
        text.list.iter().enumerate().filter_map(figure).collect()
    };
    let of_list = figures(official);
    let changed = figures(reported).into_iter().filter_map(|(at, value)| {
        let what = of_what(reported, at)?;
        let mut same = of_list.iter().filter(|(old, _)| of_what(official, *old).as_ref() == Some(&what));
        let (&(old, listed), None) = (same.next()?, same.next()) else { return None };
        (value > listed).then(|| Changed { reported: around(reported, at), official: around(official, old) })
    });
    changed.collect()
}

/// Chinese numerals of the official content that stand changed, both neighbours as they were: 五大行动 for 六大行动.
fn numerals<'a>(
    official: &'a Pieces,
    reported: &'a Pieces,
    alignment: &'a Alignment,
) -> impl Iterator<Item = (usize, usize)> + 'a {
    alignment.differences.iter().filter_map(move |difference| {
        let (old, new) = (difference.old.start, difference.new.start);
        let single = difference.old.len() == 1 && difference.new.len() == 1;
        let (one, other) = (value_of(*official.list.get(old)?)?, value_of(*reported.list.get(new)?)?);
        (single && one != other).then_some((old, new))
    })
}

/// The value of a Chinese numeral of one character.
fn value_of(piece: Piece) -> Option<u8> {
    match piece {
        Piece::Char('十') => Some(10),
        Piece::Char(c) => digit(c),
        Piece::Figure(_) => None,
    }
}

/// Whether the measures after two figures cannot stand for each other.
fn measure_differs(official: &Pieces, old: usize, reported: &Pieces, new: usize) -> bool {
    let measure = |text: &Pieces, at: usize| {
        let after = text.text(at + 1..text.list.len().min(at + 5));
        let length = known_at(&after)?;
        Unit::parse(&after[..length])
    };
    let (Some(one), Some(other)) = (measure(official, old), measure(reported, new)) else { return false };
    one.factor_to(other).is_none_or(|factor| differ(factor, 1.0))
}

/// Whether the clause around a figure stands in the other text word for word.
fn stands_in(text: &Pieces, at: usize, other: &Pieces) -> bool {
    let start = (0..=at).rev().find(|index| text.begins[*index]).unwrap_or(0);
    let end = (at + 1..text.list.len()).find(|index| text.begins[*index]).unwrap_or(text.list.len());
    let clause = &text.list[start..end];
    clause.len() >= 3 && other.list.windows(clause.len()).any(|window| window == clause)
}

fn differ(one: f64, other: f64) -> bool {
    (one - other).abs() > 1e-9 * one.abs().max(1.0)
}

/// Whether the characters beside both figures agree: on both sides, or well on one.
fn in_one_place(alignment: &Alignment, old: usize, new: usize) -> bool {
    let paired = |old: Option<usize>, new: Option<usize>| {
        old.zip(new).is_some_and(|pair| alignment.pairs.binary_search(&pair).is_ok())
    };
    let before = (1..=NEIGHBOURS).all(|step| paired(old.checked_sub(step), new.checked_sub(step)));
    let after = (1..=NEIGHBOURS).all(|step| paired(Some(old + step), Some(new + step)));
    let next = paired(Some(old + 1), Some(new + 1));
    let last = alignment.pairs.last() == Some(&(old, new));
    (before && (next || last)) || after
}

/// Whether the characters before both figures agree.
fn stands_after_the_same(alignment: &Alignment, old: usize, new: usize) -> bool {
    (1..=NEIGHBOURS).all(|step| {
        let pair = old.checked_sub(step).zip(new.checked_sub(step));
        pair.is_some_and(|pair| alignment.pairs.binary_search(&pair).is_ok())
    })
}

/// Of a text that is no copy of the whole content: whether the changed figure cannot be the township's own share.
/// Where the file copies the list, its figures are meant as the list's; shares and ratios are everybody's; a count or a
/// sum that is larger than the district's is nobody's share.
fn is_nobodys_share(case: &Case<'_, '_>, official: &Pieces, at: usize, one: f64, other: f64) -> bool {
    let everybodys = official.list.get(at + 1) == Some(&Piece::Char('%')) || case.task.content.contains("以内");
    other > one || case.habits.contents >= COPIES || (everybodys && case.habits.contents >= 0.3)
}

/// The figure with the words around it, within its clause.
fn around(text: &Pieces, at: usize) -> String {
    // A clause is quoted from its beginning, a long one from some words before the figure.
    let far_back = at.saturating_sub(18);
    let start = (far_back..=at).rev().find(|index| text.begins[*index]).unwrap_or(at.saturating_sub(7));
    let far = text.list.len().min(at + 4);
    let end = (at + 1..far).find(|index| text.begins[*index]).unwrap_or(far);
    text.text(start..end)
}

#[cfg(test)]
mod tests {
    use super::super::super::wording::pieces;
    use super::*;

    #[test]
    fn a_figure_beside_the_same_words_is_larger_than_the_list_has_it() {
        let official = pieces("打造环境整治村80个,新建示范村16个。");
        let found = |text: &str| larger(&official, &pieces(text)).len();
        assert_eq!(found("连片示范区4个、整治村90个、新建示范村16个"), 1);
        // A smaller one may be the township's share, another measure or another thing is none of the list's.
        for text in ["整治村8个", "整治村90户", "和美庭院90个", "90个"] {
            assert_eq!(found(text), 0, "{text}");
        }
    }
}
