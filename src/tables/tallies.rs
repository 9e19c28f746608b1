//! Which rows without a task only tell how many records a group or the whole table has, and how they stand on average?

use super::grid::Seen;
use super::rows::Body;
use super::states::state_of_heading;
use super::table::RowRole;
use super::text::{has_section_mark, is_date, is_numeric, is_ordinal, length};
use super::total_words::{is_mean, total_role};
use crate::list::Field;

/// What is counted: 4件, 17项.
const COUNTED: [&str; 12] = ["项", "件", "个", "条", "宗", "起", "家", "处", "项任务", "个任务", "个项目", "件事"];

impl Body<'_, '_> {
    /// The role of a row that names a group and holds but figures and 平均 beside it, and why.
    ///
    /// ```text
    ///  【绿牌】已完成 4件  │      │ 平均 │ 100%
    ///  1 │ 农村供电能力提升 │ 98%  │ …
    ///  全部17件           │      │ 平均 │ 54%
    /// ```
    pub(super) fn tally_of_group(&self, cells: &[Seen], texts: &[&str]) -> Option<(RowRole, &'static str)> {
        let ([first, others @ ..], [text, beside @ ..]) = (cells, texts) else { return None };
        let of_task = |seen: &Seen| self.field(seen).is_some_and(Field::names_task);
        let figures = || beside.iter().all(|text| is_numeric(text) || is_mean(text) || total_role(text).is_some());
        let bare = is_ordinal(text) || is_numeric(text) || is_date(text);
        let names_tasks = self.columns.iter().any(|column| column.field == Some(Field::Name));
        if others.is_empty() || bare || !figures() || !names_tasks || self.official.is_task(text) {
            return None;
        }
        let worded = beside.iter().any(|text| !is_numeric(text));
        let marked = has_section_mark(text) || text.starts_with(['【', '[', '◆', '■', '▲', '●', '★']);
        let grouped = marked || state_of_heading(text).is_some();
        // Where the task would stand, nothing does: (一)发展目标(28分) │ │ 28 │ 26.
        let no_task = !of_task(first) && !others.iter().any(of_task) && !self.is_value_of_group(first);
        if grouped && (no_task || worded) {
            return Some((RowRole::Section, "写的是一组任务，后面只有项数、分数或平均数，是分节标题"));
        }
        let counts = worded && counts_some(text);
        counts.then_some((RowRole::Total, "写的是共有几项，后面只有平均数，是计数的行"))
    }

    /// Whether the row may be a record for all that its first cell says: what a township tells stands there.
    fn is_value_of_group(&self, first: &Seen) -> bool {
        self.field(first).is_some_and(Field::is_quantity) || self.reports(first)
    }
}

/// Whether a text counts something at its end: 全部17件, 绿牌4件, 共12项任务.
fn counts_some(text: &str) -> bool {
    let counted = COUNTED.iter().find_map(|counted| text.strip_suffix(counted));
    counted.is_some_and(|rest| rest.ends_with(|c: char| c.is_ascii_digit()) && length(rest) <= 12)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_at_the_end() {
        for text in ["全部17件", "【绿牌】已完成4件", "共12项任务"] {
            assert!(counts_some(text), "{text}");
        }
        for text in ["17", "改造公厕", "完成4件事情"] {
            assert!(!counts_some(text), "{text}");
        }
    }
}
