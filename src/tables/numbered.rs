//! Which rows are parts of the row above by their numbers: 1.1 and 1.2 below 1?

use super::rows::{Body, Draft, Drafted};
use super::table::RowRole;
use super::text::length;
use crate::list::Field;

/// Longest name of a task, in characters, that is compared with the official ones.
const LONGEST_NAME: usize = 60;
/// Rows numbered as parts (1.1 below 1) of which the names are compared with the official ones; real forms have dozens.
const PARTS_COMPARED: usize = 1_000;

impl Body<'_, '_> {
    /// Marks the rows that are parts of the row above by their numbers: 1.1 and 1.2 below 1. Where official tasks stand
    /// below a number that is none and reports nothing, that one is their heading.
    pub(super) fn find_numbered_parts(&self, drafts: &mut [Drafted]) {
        let is_record = |drafted: &Drafted| drafted.draft == Draft::Role(RowRole::Record);
        let names_another = |part: u32, parent: u32| {
            let name = |row: u32| self.text_of(row, Field::Name);
            let short = |name: &str| (1..=LONGEST_NAME).contains(&length(name));
            short(name(part)) && self.official.is_name(name(part)) && !name(part).contains(name(parent))
        };
        let names_task = |row: u32| {
            let names = [Field::Name, Field::Content].map(|field| self.text_of(row, field));
            names.iter().any(|name| length(name) <= LONGEST_NAME && self.official.is_task(name))
        };
        let mut above: Option<(usize, &str)> = None;
        let mut compared = 0;
        for index in 0..drafts.len() {
            if !is_record(&drafts[index]) {
                continue;
            }
            let number = self.text_of(drafts[index].row, Field::Number);
            let inside = above.as_ref().filter(|(_, above)| is_part_number(number, above)).map(|(parent, _)| *parent);
            let Some(parent) = inside else {
                above = (!number.is_empty()).then_some((index, number)).or(above);
                continue;
            };
            compared += 1;
            if drafts[parent].draft == Draft::Role(RowRole::Section) {
                continue;
            }
            if !drafts[parent].reports && self.is_numbered_heading(drafts[parent].row) {
                drafts[parent].draft = Draft::Role(RowRole::Section);
                "下面各条的序号从它分出，是分节标题".clone_into(&mut drafts[parent].why);
                continue;
            }
            let none = !names_task(drafts[index].row) || names_task(drafts[parent].row);
            // 产业发展 alone resembles a task, but tells nothing of it, and other tasks stand below it.
            let heading =
                || self.cells(drafts[parent].row).count() == 2 && names_another(drafts[index].row, drafts[parent].row);
            if compared > PARTS_COMPARED || none && (drafts[parent].reports || !heading()) {
                drafts[index].part = true;
            } else if !drafts[parent].reports {
                drafts[parent].draft = Draft::Role(RowRole::Section);
                "下面各条的序号从它分出，是分节标题".clone_into(&mut drafts[parent].why);
            }
        }
    }

    /// Whether a row holds a number and the name of a kind of tasks (2 │ 乡村产业类), and nothing else.
    fn is_numbered_heading(&self, row: u32) -> bool {
        let kinds = ["类", "方面", "板块", "领域", "部分", "专项"];
        let cells = self.cells(row).count();
        let name = [Field::Name, Field::Content].map(|field| self.text_of(row, field)).concat();
        cells == 2 && length(&name) <= 12 && kinds.iter().any(|kind| name.ends_with(kind))
    }
}

/// Whether a number is one of the parts of another: 1.2 or 1-2 of 1.
fn is_part_number(number: &str, above: &str) -> bool {
    let bare = above.trim_end_matches(['.', '、']);
    let whole = !bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit());
    let rest = number.strip_prefix(bare).and_then(|rest| rest.strip_prefix(['.', '-', '—']));
    whole && rest.is_some_and(|rest| !rest.is_empty() && rest.len() <= 2 && rest.chars().all(|c| c.is_ascii_digit()))
}
