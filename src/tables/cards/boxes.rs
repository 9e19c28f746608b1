//! Are states offered with boxes to tick, each box and each state in a cell of its own?
//!
//! ```text
//!  办理状态 │ □ │ 未启动 │ ☑ │ 推进中 │ □ │ 滞后
//! ```

use crate::location::CellRef;
use crate::tables::grid::Seen;
use crate::tables::text::length;

/// Boxes that nobody ticked.
const EMPTY: [&str; 3] = ["□", "☐", "○"];
/// Boxes that somebody ticked.
const TICKED: [&str; 8] = ["☑", "☒", "√", "✓", "✔", "■", "●", "✅"];
/// Longest state that is offered, in characters.
const LONGEST: usize = 8;
/// States that are offered at least.
const FEWEST: usize = 2;

/// What a row of boxes says.
pub(super) struct Choice {
    /// How many cells it has.
    pub(super) cells: usize,
    /// The state behind, or before, the only ticked box.
    pub(super) chosen: Option<CellRef>,
}

/// The choice that begins with the first of some cells: box and state by turns, or state and box.
pub(super) fn choice(cells: &[Seen]) -> Option<Choice> {
    let texts: Vec<&str> = cells.iter().map(Seen::plain).collect();
    let is_box = |text: &&str| EMPTY.contains(text) || TICKED.contains(text);
    let box_at = usize::from(!is_box(texts.first()?));
    let by_turns = |pair: &[&str]| is_box(&pair[box_at]) && !is_box(&pair[1 - box_at]);
    let states = texts.chunks_exact(2).take_while(|pair| by_turns(pair) && length(pair[1 - box_at]) <= LONGEST);
    let states = states.count();
    let boxes = || (0..states).map(|state| &texts[2 * state + box_at]);
    if states < FEWEST || !boxes().any(|text| EMPTY.contains(text)) {
        return None;
    }
    let ticked: Vec<usize> =
        boxes().enumerate().filter(|(_, text)| TICKED.contains(text)).map(|(state, _)| state).collect();
    let chosen = match ticked[..] {
        [only] => Some(cells[2 * only + 1 - box_at].cell.at),
        _ => None,
    };
    Some(Choice { cells: 2 * states, chosen })
}

/// Whether a cell only offers states with boxes, and none is ticked: □未启动 □推进中 □已办结.
pub(super) fn is_unticked(text: &str) -> bool {
    let count = |boxes: &[&str]| boxes.iter().map(|mark| text.matches(mark).count()).sum::<usize>();
    let only_box = EMPTY.contains(&text.trim());
    only_box || count(&EMPTY[..2]) >= FEWEST && count(&TICKED) == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbooks::Cell;

    /// The column of the state that is chosen, -1 where none is; nothing where no states are offered.
    fn chosen(line: &str) -> Option<i64> {
        let cells: Vec<Cell> =
            (0u32..).zip(line.split(' ')).map(|(column, text)| Cell::text(CellRef::new(0, column), text)).collect();
        let seen: Vec<Seen> = cells.iter().map(Seen::alone).collect();
        choice(&seen).map(|choice| choice.chosen.map_or(-1, |at| i64::from(at.column)))
    }

    #[test]
    fn boxes_before_and_behind_their_states() {
        assert_eq!(chosen("□ 未启动 ☑ 推进中 □ 滞后"), Some(3));
        assert_eq!(chosen("未启动 □ 推进中 □ 已办结 √"), Some(4));
        assert_eq!(chosen("□ 未启动 □ 推进中 完成率 40%"), Some(-1));
        assert_eq!(chosen("☑ 未启动 ☑ 推进中 □ 滞后"), Some(-1));
        for line in ["推进中 完成率 40%", "☑ 推进中", "□ □ □", "√ 推进中 √ 滞后"] {
            assert_eq!(chosen(line), None, "{line}");
        }
    }

    #[test]
    fn states_that_wait_for_a_tick() {
        for text in ["□未启动 □推进中 □已办结", "□", "☐是 ☐否"] {
            assert!(is_unticked(text), "{text}");
        }
        for text in ["□未启动 ☑推进中", "√", "推进中", "□无", "建成○处"] {
            assert!(!is_unticked(text), "{text}");
        }
    }
}
