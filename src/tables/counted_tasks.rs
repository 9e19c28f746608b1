//! Which rows only say how many tasks there are, where a task would stand?
//!
//! ```text
//!  责任人 │ 工作事项     │ 进度  │ 眼下状态
//!  郭若男 │ 联农带农     │ 97.4% │ 在干
//!         │ 人居环境整治 │ 57.7% │ 在干
//!  小计   │ 2项          │ 77.6% │
//! ```
//!
//! The word for the sum may stand anywhere, or nowhere: what is counted where the others name their task is the evidence.

use super::figures::is_digit_of_ten;
use super::grid::Seen;
use super::rows::{Body, Draft, Drafted};
use super::table::RowRole;
use super::text::{is_numeric, is_ordinal, length};
use super::total_words::{counts_states, counts_with_kinds, is_mean, names_tally, total_role};
use crate::list::Field;
use crate::location::CellRef;

/// What tasks are counted in; villages, houses and the like are what a task is about.
const COUNTERS: [&str; 13] = [
    "项",
    "件",
    "条",
    "项任务",
    "个任务",
    "件任务",
    "条任务",
    "项工作",
    "个项目",
    "个事项",
    "项事项",
    "项重点任务",
    "项重点工作",
];
/// What indicators are counted in, beside the tasks.
const OF_INDICATORS: [&str; 4] = ["个指标", "项指标", "条指标", "项次"];
/// Words before the count: whose tasks they are, or of when.
const WHOSE: [&str; 30] = [
    "",
    "总",
    "计",
    "合计",
    "总计",
    "小计",
    "共计",
    "总共",
    "全部",
    "以上",
    "本周",
    "本旬",
    "本月",
    "本季",
    "本季度",
    "本期",
    "本年",
    "本年度",
    "全年",
    "上半年",
    "本线",
    "本办",
    "本组",
    "本人",
    "本片",
    "本村",
    "全镇",
    "全乡",
    "全街道",
    "街道",
];
/// Longest word, in characters, of a kind of tasks that are counted: 农业线3.
const LONGEST_KIND: usize = 8;

impl Body<'_, '_> {
    /// Takes the records in which a count stands in the place of the task for totals. Where such counts are as many as the
    /// tasks, the column holds something else.
    pub(super) fn find_counts_of_tasks(&self, drafts: &mut [Drafted]) {
        let has = |field: &Field| self.columns.iter().any(|column| column.field == Some(*field));
        let Some(task) = [Field::Name, Field::Content, Field::Indicator].into_iter().find(has) else { return };
        let is_record = |drafted: &Drafted| drafted.draft == Draft::Role(RowRole::Record);
        let records = || (0..drafts.len()).filter(|index| is_record(&drafts[*index]));
        let counting: Vec<(usize, RowRole)> =
            records().filter_map(|index| Some((index, self.counts_tasks(drafts[index].row, task)?))).collect();
        if counting.is_empty() {
            return;
        }
        let counted = |row: u32| is_count_of_tasks(self.text_of(row, task));
        let names = |row: u32| {
            let mut names = self.cells(row).filter(|seen| self.field(seen) == Some(task));
            names.any(|seen| !seen.cell.text.trim().is_empty()) && !counted(row)
        };
        let counts = records().filter(|index| counted(drafts[*index].row)).count();
        if counts >= records().filter(|index| names(drafts[*index].row)).count() {
            return;
        }
        for (index, role) in counting {
            let row = drafts[index].row;
            let sums = self.cells(row).any(|seen| self.field(&seen).is_some_and(Field::is_quantity));
            drafts[index].draft = Draft::Role(role);
            drafts[index].counts_only = !sums;
            drafts[index].why = format!("任务一栏写的是“{}”，是计数的行", self.text_of(row, task));
        }
    }

    /// Whether a row counts the tasks where the others name theirs, and as what. It has no number, and beside the count a word
    /// for a sum, or nothing but figures.
    fn counts_tasks(&self, row: u32, task: Field) -> Option<RowRole> {
        let numbered = |seen: Seen| self.field(&seen) == Some(Field::Number) && is_ordinal(seen.plain());
        let of_task = |seen: &Seen| self.field(seen) == Some(task);
        let named = || self.cells(row).filter(of_task).map(|seen| seen.plain());
        let counts = named().next().is_some() && named().all(is_count_of_tasks);
        if !counts || self.cells(row).any(numbered) || self.has_task_from_above(row) {
            return None;
        }
        let others = || self.cells(row).filter(|seen| !of_task(seen)).map(|seen| seen.plain());
        let sums = |text: &str| {
            let bare = text.trim_matches(['(', ')', '【', '】', '[', ']', ':', '—', '-']);
            total_role(bare).or_else(|| names_tally(bare).then_some(RowRole::Total))
        };
        let figure = |text: &str| {
            let struck = text.chars().all(|c| matches!(c, '-' | '—' | '/'));
            is_numeric(text) || struck || is_mean(text) || is_count_of_tasks(text) || tells_of_kinds(text)
        };
        let word = others().find_map(sums);
        let role = if word.is_some() { word } else { named().find_map(sums) };
        let only_figures = || others().all(|text| figure(text) || sums(text).is_some());
        (word.is_some() || only_figures()).then_some(role.unwrap_or(RowRole::Total))
    }

    /// Whether a task is merged over the row from above: what stands in it belongs to that task.
    fn has_task_from_above(&self, row: u32) -> bool {
        let mut columns = self.columns.iter().filter(|column| column.field.is_some_and(Field::names_task));
        columns.any(|column| {
            let seen = self.grid.seen_at(CellRef::new(row, column.column));
            seen.is_some_and(|seen| seen.region.first.row < row)
        })
    }
}

/// Whether a plain text is a number of tasks and nothing else: 4项, 本周12项, 共8项任务, 十五项.
pub(super) fn is_count_of_tasks(text: &str) -> bool {
    let text = text.trim_end_matches('。').trim_matches(['(', ')', '[', ']', '【', '】']);
    let numeral = |c: char| c.is_ascii_digit() || is_digit_of_ten(c);
    let Some(place) = text.find(numeral) else { return false };
    let (whose, behind) = text.split_at(place);
    let whose = whose.trim_end_matches(':');
    let known = WHOSE.contains(&whose) || whose.strip_suffix('共').is_some_and(|whose| WHOSE.contains(&whose));
    let counter = behind.trim_start_matches(numeral);
    let number = length(behind) - length(counter);
    known && (1..=3).contains(&number) && (COUNTERS.contains(&counter) || OF_INDICATORS.contains(&counter))
}

/// Whether a plain text tells how many there are of each kind, whatever the kinds are called: 其中农业线3、建设线4.
fn tells_of_kinds(text: &str) -> bool {
    let kinds = text.trim_end_matches('。').trim_start_matches("其中").trim_start_matches(':');
    let kind = |kind: &str| {
        let Some(place) = kind.find(|c: char| c.is_ascii_digit()) else { return false };
        let (word, behind) = kind.split_at(place);
        let counter = behind.trim_start_matches(|c: char| c.is_ascii_digit());
        (1..=LONGEST_KIND).contains(&length(word.trim_end_matches(':')))
            && matches!(counter, "" | "项" | "件" | "条" | "个")
    };
    counts_states(text) || counts_with_kinds(text) || kinds.split(['、', ',', ';']).all(kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_of_tasks_are_told_from_tasks_and_figures() {
        for text in ["4项", "本周12项", "8项任务", "共16条", "合计:9项", "本线共3件", "十五项", "(21个指标)"]
        {
            assert!(is_count_of_tasks(text), "{text}");
        }
        for text in [
            "",
            "项",
            "3个",
            "12户",
            "一件事",
            "4项整治",
            "3项制度改革",
            "百项千亿工程",
            "项目3件",
            "2024项",
            "农业线3项",
        ] {
            assert!(!is_count_of_tasks(text), "{text}");
        }
    }

    #[test]
    fn counts_of_kinds_are_told_from_narratives() {
        for text in ["其中农业线3、建设线4、文旅线2", "农业3项;建设4项", "推进中4项", "14件,已办结5件"]
        {
            assert!(tells_of_kinds(text), "{text}");
        }
        for text in ["", "总体平稳", "其中", "新建2座码头", "流转土地300亩、复垦12亩,修路3公里"]
        {
            assert!(!tells_of_kinds(text), "{text}");
        }
    }
}
