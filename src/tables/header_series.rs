//! Which titles are years, shares or days in a row, and look like figures?
//!
//! ```text
//!  代码 │ 任务 │ 指标名称 │ 历年实绩     │ 2024                      │ 简要说明
//!       │      │          │ 2022 │ 2023  │ 全年目标 │ 1—3月 │ 上年同期 │
//!
//!  序号 │ 任务 │ 25%  │ 50%  │ 75%  │ 100%  │ 目前情况
//!       │      │ 3/31 │ 6/30 │ 9/30 │ 12/31 │
//! ```

use super::grid::Seen;
use crate::workbooks::Value;

/// Years that a form speaks of.
const YEARS: std::ops::RangeInclusive<u16> = 1990..=2059;
/// So many shares or days must rise beside each other.
const FEWEST_STEPS: usize = 3;
/// So many other titles a header must have, that is one by them alone.
const FEWEST_OTHERS: usize = 3;

/// The cells of a row that are no steps of such a series; `None` where it has none, or too few other cells for a header.
pub(super) fn beside_series<'s>(cells: &[Seen<'s>]) -> Option<Vec<Seen<'s>>> {
    let steps = cells.iter().filter(|seen| share(seen).is_some() || day(seen).is_some()).count();
    if steps < FEWEST_STEPS && !cells.iter().any(|seen| year(seen).is_some()) {
        return None;
    }
    let years: Vec<Option<u16>> = cells.iter().map(year).collect();
    let shares: Vec<Option<f64>> = cells.iter().map(share).collect();
    let days: Vec<Option<f64>> = cells.iter().map(day).collect();
    let in_series = |index: usize| {
        years[index].is_some() && cells[index].width() >= 2
            || runs(cells, &years, index, |one, next| next == one + 1) >= 2
            || runs(cells, &shares, index, |one, next| next > one) >= FEWEST_STEPS
            || runs(cells, &days, index, |one, next| next > one) >= FEWEST_STEPS
    };
    let others: Vec<Seen> =
        cells.iter().enumerate().filter(|(index, _)| !in_series(*index)).map(|(_, seen)| *seen).collect();
    (others.len() < cells.len() && others.len() >= FEWEST_OTHERS).then_some(others)
}

/// How many cells, beside each other without a gap, go on with each other around one of them.
fn runs<T: Copy>(cells: &[Seen], steps: &[Option<T>], index: usize, goes_on: impl Fn(T, T) -> bool) -> usize {
    if steps[index].is_none() {
        return 0;
    }
    let follows = |upper: usize| {
        let beside = cells[upper].left() == cells[upper - 1].right() + 1;
        beside && steps[upper - 1].zip(steps[upper]).is_some_and(|(one, next)| goes_on(one, next))
    };
    let before = (1..=index).rev().take_while(|upper| follows(*upper)).count();
    let behind = (index + 1..cells.len()).take_while(|upper| follows(*upper)).count();
    before + 1 + behind
}

/// The year that a cell names, with or without its word: 2024, 2024年.
fn year(seen: &Seen) -> Option<u16> {
    let text = seen.plain();
    // No year of these begins otherwise.
    if !text.starts_with(['1', '2']) {
        return None;
    }
    let digits = text.trim_end_matches(['年', '度']);
    let whole = digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !whole {
        return None;
    }
    digits.parse().ok().filter(|year| YEARS.contains(year))
}

/// The share of the whole that a cell names: 25%.
fn share(seen: &Seen) -> Option<f64> {
    let text = seen.plain();
    let share: f64 = text.strip_suffix('%')?.parse().ok()?;
    (0.0..=100.0).contains(&share).then_some(share)
}

/// The day that a cell holds, where the program that made the file knew it as one.
fn day(seen: &Seen) -> Option<f64> {
    match seen.cell.value {
        Value::Date(day) => Some(day),
        _ => None,
    }
}

/// Whether a year stands below a title that is merged over several columns, and another title beside it: 历年实绩 over 2022 │
/// 2023.
pub(super) fn is_year_below(seen: &Seen, upper: &[Seen]) -> bool {
    let over = |title: &Seen| title.width() >= 2 && title.left() <= seen.left() && seen.right() <= title.right();
    year(seen).is_some() && upper.iter().any(over)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::location::CellRef;
    use crate::workbooks::Cell;

    fn others(line: &str) -> Option<usize> {
        let cells: Vec<Cell> = (0u32..)
            .zip(line.split(' '))
            .filter(|(_, text)| *text != "-")
            .map(|(column, text)| Cell::text(CellRef::new(0, column), text))
            .collect();
        let seen: Vec<Seen> = cells.iter().map(Seen::alone).collect();
        beside_series(&seen).map(|others| others.len())
    }

    #[test]
    fn years_and_shares_in_a_row_are_told_from_figures() {
        assert_eq!(others("序号 任务 25% 50% 75% 100% 目前情况"), Some(3));
        assert_eq!(others("任务 单位 2022 2023 2024 说明"), Some(3));
        for line in [
            "任务 单位 2024 说明",
            "任务 25% 50% 说明 状态",
            "任务 75% 50% 25% 说明 状态",
            "任务 25% 50% - 75% 说明 状态",
            "任务 2022 2023",
            "任务 单位 2022 2024 说明",
        ] {
            assert_eq!(others(line), None, "{line}");
        }
    }
}
