//! Which rows stand below a form, or at the head of each printed page?

use super::grid::Seen;
use super::outside::{
    asks_back, is_bare_figure, is_closing, is_closing_phrase, is_note, is_office_line, is_open_label, is_page_mark,
};
use super::rows::Body;
use super::total_words::counts_all;
use crate::list::Field;

/// Digits of the short telephone numbers within a township.
const SHORTEST_TELEPHONE: usize = 5;

impl Body<'_, '_> {
    /// Whether a row holds nothing but what stands below a form: signatures, dates, the office that signs.
    pub(super) fn is_closing_row(&self, cells: &[Seen], texts: &[&str]) -> bool {
        // Most rows hold a figure, which is no part of such a row.
        if !texts.iter().any(|text| is_bare_figure(text)) && close_together(texts) {
            return true;
        }
        // 有疑问找 │ 综合信息室 柯伟平 │ 63384656
        let number = |text: &&str| text.chars().filter(char::is_ascii_digit).count() >= SHORTEST_TELEPHONE;
        if asks_back(texts[0]) && texts[1..].iter().any(number) {
            return true;
        }
        let [only] = cells else { return false };
        if is_closing_phrase(texts[0]) {
            return true;
        }
        let own = [Field::Agencies, Field::Name, Field::Content, Field::Indicator];
        is_office_line(texts[0]) && !self.field(only).is_some_and(|field| own.contains(&field))
    }

    /// Whether a row above the next header repeats word for word the one that stands as high above this header, as do all
    /// rows between: the head of each printed or exported page. The last record of one village above the title of the next
    /// is none.
    pub(super) fn is_head_of_page(&self, row: u32, cells: &[Seen]) -> bool {
        const LINES_OF_HEAD: u32 = 3;
        const LINES_OF_HEADER: u32 = 3;
        let next = self.rows.1 + 1;
        let follows = self.grid.last_row().is_some_and(|last| next <= last) && next - row <= LINES_OF_HEAD;
        let same = |here: u32, above: u32| {
            let (here, above) = (self.grid.row(here), self.grid.row(above));
            let page = |seen: &Seen| is_page_mark(seen.plain());
            let alike = |one: &Seen, other: &Seen| one.cell.text == other.cell.text || page(one) && page(other);
            let equal = |(one, other): (&Seen, &Seen)| one.left() == other.left() && alike(one, other);
            !here.is_empty() && here.len() == above.len() && here.iter().zip(above).all(equal)
        };
        let repeats = |header: u32| {
            let Some(first) = self.rows.0.checked_sub(header) else { return false };
            (row..next).all(|here| first.checked_sub(next - here).is_some_and(|above| same(here, above)))
        };
        let of_task = || {
            let mut names = cells.iter().filter(|seen| self.field(seen).is_some_and(Field::names_task));
            names.any(|seen| self.official.is_task(&seen.cell.text))
        };
        cells.len() >= 2 && follows && (1..=LINES_OF_HEADER).any(repeats) && !of_task()
    }
}

/// Whether all cells of a row stand below forms, or beside what does: 导出时间:2024-07-08 │ 共8条.
fn close_together(texts: &[&str]) -> bool {
    // Of nearly all rows the first cell alone tells that they do not.
    let Some(open) = texts.iter().position(|text| !is_closing(text)) else { return true };
    let closes = |text: &&str| is_closing(text) || is_note(text);
    let tells_beside = |text: &str| is_note(text) || is_open_label(text) || counts_all(text);
    let beside_a_note = || {
        let rest = &texts[open + 1..];
        tells_beside(texts[open]) && rest.iter().all(|text| is_closing(text) || tells_beside(text))
    };
    texts.len() >= 2 && beside_a_note() && (open > 0 || texts.iter().any(closes))
}
