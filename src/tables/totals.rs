//! Which rows are totals, subtotals and averages, and which only count rows?

use super::counts_in_words::counts_states_in_words;
use super::grid::Seen;
use super::rows::{Body, Draft, Drafted};
use super::table::RowRole;
use super::text::{
    has_at_most, has_section_mark, is_mark_around, is_numeric, is_ordinal, is_status_word, is_village, length, quoted,
};
use super::total_words::{
    carries_over, counts_all, counts_kinds, counts_one_kind, counts_rows, counts_states, counts_with_kinds, is_mean,
    is_sum_alone, names_tally, ranks, sums_up, sums_up_time, total_role,
};
use super::vocabulary::without_translation;
use crate::list::Field;
use crate::location::CellRef;
use crate::numeral::circled;

/// Numbered records from which on a row without a number is something else.
const FEWEST_NUMBERED: usize = 4;
/// Longest word, in characters, that stands where a number would and says that the row counts.
const LONGEST_WORD: usize = 6;
/// At most so many rows below the records compare or count.
const MOST_BELOW: usize = 12;
/// Records above them of which is asked whether they have a number or name an official task.
const RECORDS_COMPARED: usize = 200;

impl Body<'_, '_> {
    /// Whether the row carries a sum over to the next page, or counts rows below them, and why.
    pub(super) fn counts_only(&self, cells: &[Seen], texts: &[&str]) -> Option<String> {
        let first = cells.first()?;
        let bare = texts[0].trim_matches(is_mark_around);
        // In an account book the day stands before it.
        let task =
            cells.iter().zip(texts).find(|(seen, _)| matches!(self.field(seen), Some(Field::Name | Field::Content)));
        let task = task.map_or("", |(_, text)| text.trim_matches(is_mark_around));
        if let Some(carried) = [bare, task].into_iter().find(|words| carries_over(words)) {
            return Some(format!("写着“{carried}”，是转记前面或后面的行"));
        }
        // The words stand over 序号 and the task together, and only figures behind them.
        let over_task = || {
            (first.left()..=first.right()).any(|column| {
                let field = self.columns.iter().find(|candidate| candidate.column == column).and_then(|it| it.field);
                field.is_some_and(Field::names_task)
            })
        };
        let numbered = self.field(first) == Some(Field::Number);
        let figure = |text: &&str| is_numeric(text) || is_dash(text);
        let figures =
            cells.len() >= 2 && texts[1..].iter().all(figure) && texts[1..].iter().any(|text| is_numeric(text));
        let opens_section = || has_section_mark(bare) || has_section_mark(texts[0]);
        let task_beside =
            || cells[1..].iter().any(|seen| matches!(self.field(seen), Some(Field::Name | Field::Content)));
        let heads = || {
            if opens_section() { over_task() || !task_beside() } else { over_task() && !self.official.is_task(bare) }
        };
        let wide = || numbered && !is_ordinal(bare) && heads();
        let counts = figures && (wide() || counts_rows(bare) && self.opens(first) && !self.official.is_task(bare));
        if ranks(bare) && self.opens(first) && (figures || !cells[1..].iter().any(|seen| self.reports(seen))) {
            return Some(format!("写着“{}”，是排名的行", quoted(&first.cell.text)));
        }
        let tally = |text: &&str| {
            counts_states(text) || counts_kinds(text) || counts_with_kinds(text) || counts_states_in_words(text)
        };
        let tallies = || {
            cells.len() >= 2
                && texts[1..].iter().all(|text| is_numeric(text) || tally(text))
                && texts[1..].iter().any(tally)
        };
        // 绿5黄1红1 or 共14件,已办结5件 alone in its row.
        let counted = || counts_states(texts[0]) || counts_with_kinds(texts[0]) && self.opens(first);
        let lone = cells.len() == 1 && counted() && !self.official.is_task(bare);
        // 累计 or 全部 │ 14件,已办结5件: a word where the number of a task would stand, the count where its name would.
        let word = || {
            let characters = bare.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
            has_at_most(bare, LONGEST_WORD) && characters && !is_ordinal(bare) && !is_village(bare)
        };
        let for_name = || {
            let counts = |(seen, text): (&Seen, &&str)| self.field(seen).is_some_and(Field::names_task) && tally(text);
            self.field(first).is_none() && cells.iter().zip(texts).skip(1).any(counts)
        };
        let unnumbered = || word() && (numbered || for_name());
        let named = || names_tally(bare) || counts_rows(bare) || unnumbered();
        let opens = self.opens(first) || self.field(first) == Some(Field::Deadline);
        // 共检索到15条记录 │ 进行中12 │ 进展缓慢1: whatever the states are called.
        let of_all = cells.len() >= 2 && counts_all(bare) && texts[1..].iter().all(|text| counts_one_kind(text));
        if lone || opens && (named() && tallies() || of_all) {
            return Some(format!("写着“{}”，后面只有各种状态的项数，是计数的行", quoted(&first.cell.text)));
        }
        counts.then(|| format!("写着“{}”，后面只有数字，是计数的行", quoted(&first.cell.text)))
    }

    /// Takes the rows right below a total that only count parts of it for totals, too: 其中:牵头任务 │ 12项.
    pub(super) fn find_parts_of_totals(&self, drafts: &mut [Drafted]) {
        let mut below_total = false;
        for drafted in drafts {
            below_total = match drafted.draft {
                Draft::Role(RowRole::Total | RowRole::Subtotal) => true,
                Draft::Role(RowRole::Record) if below_total => {
                    let cells: Vec<Seen> = self.cells(drafted.row).collect();
                    let texts: Vec<&str> = cells.iter().map(Seen::plain).collect();
                    let counted = |text: &&str| is_numeric(text) && text.ends_with(['项', '个', '条', '件']);
                    let [name, counts @ ..] = texts.as_slice() else { continue };
                    let of_state = is_status_word(name.trim_start_matches("其中").trim_matches([':', '-', '—']));
                    // 办结2条 │ 办理中10条 │ 超期1条.
                    let of_kinds = counts.len() >= 2
                        && texts.iter().all(|text| counts_one_kind(text) && text.ends_with(['项', '个', '条', '件']));
                    of_kinds
                        || (of_state || !drafted.reports)
                            && !counts.is_empty()
                            && counts.iter().all(counted)
                            && !is_ordinal(name)
                            && !self.official.is_task(name)
                }
                _ => false,
            };
            if below_total && drafted.draft == Draft::Role(RowRole::Record) {
                drafted.draft = Draft::Role(RowRole::Total);
                drafted.counts_only = true;
                "合计下面的分项，只有项数，是计数的行".clone_into(&mut drafted.why);
            }
        }
    }

    /// Takes the last rows of a table that numbers its records or names official tasks for no records, where they do
    /// neither and hold nothing but figures: 序时进度 │ 50%.
    pub(super) fn find_figures_below(&self, drafts: &mut [Drafted]) {
        let records: Vec<usize> =
            (0..drafts.len()).filter(|index| drafts[*index].draft == Draft::Role(RowRole::Record)).collect();
        let below = records.iter().rev().take(MOST_BELOW + 1);
        let below = below.take_while(|index| self.is_of_figures_alone(drafts[**index].row)).count();
        if !(1..=MOST_BELOW).contains(&below) {
            return;
        }
        let numbered = |index: &&usize| {
            let row = drafts[**index].row;
            is_ordinal(self.text_of(row, Field::Number)) || self.official.is_task(self.text_of(row, Field::Name))
        };
        let (above, below) = records.split_at(records.len() - below);
        let near = &above[above.len().saturating_sub(RECORDS_COMPARED)..];
        let all = near.iter().filter(numbered).count();
        if all < FEWEST_NUMBERED || all * 10 < near.len() * 9 {
            return;
        }
        for index in below {
            drafts[*index].draft = Draft::Role(RowRole::Total);
            drafts[*index].counts_only = true;
            "最后几行没有序号、不是任务，只有数字，是比较或统计的行".clone_into(&mut drafts[*index].why);
        }
    }

    /// Whether a row has no number, names something that is no task and no part of one, and holds only figures.
    fn is_of_figures_alone(&self, row: u32) -> bool {
        let name = self.text_of(row, Field::Name);
        let marked = |c| matches!(c, '其' | '-' | '—' | '·' | '(') || circled(c).is_some();
        let part = is_village(name) || name.starts_with(marked);
        let mut cells = self.cells(row);
        let figures = cells.all(|seen| {
            let text = seen.plain();
            // A target of its own makes a task of it, if an unofficial one.
            let own_target = self.field(&seen) == Some(Field::Target) && !text.ends_with('项');
            let figure = is_numeric(text) || counts_states(text);
            self.field(&seen) == Some(Field::Name) || figure && !own_target
        });
        let numbered = self.cells(row).any(|seen| self.field(&seen) == Some(Field::Number));
        figures && !numbered && !part && length(name) >= 3 && !self.official.is_task(name)
    }

    /// Whether the cell above is the kind of figure that counts one month or quarter alone.
    fn is_other_kind(&self, seen: &Seen) -> bool {
        let above = seen.region.first.row.checked_sub(1).filter(|row| (self.rows.0..=self.rows.1).contains(row));
        let above = above.and_then(|row| self.grid.seen_at(CellRef::new(row, seen.left())));
        let kinds = ["当月", "本月", "当季", "本季", "本季度", "当期", "本期", "本周", "当年"];
        above.is_some_and(|above| kinds.contains(&above.plain()))
    }

    /// Takes rows that bear a section mark and figures alone for headings, where nearly all other records have a number:
    /// (一)产业 │ 60%.
    pub(super) fn find_counted_headings(&self, drafts: &mut [Drafted]) {
        let is_record = |drafted: &Drafted| drafted.draft == Draft::Role(RowRole::Record);
        let has_number = |row: u32| is_ordinal(self.text_of(row, Field::Number));
        let heads = |row: u32| {
            let mut cells = self.cells(row);
            let named = |first: &Seen| {
                matches!(self.field(first), Some(Field::Name | Field::Indicator)) && has_section_mark(first.plain())
            };
            let marked = cells.next().is_some_and(|first| named(&first));
            let mut others = cells.peekable();
            marked && others.peek().is_some() && others.all(|seen| is_numeric(seen.plain()))
        };
        let records = drafts.iter().filter(|drafted| is_record(drafted));
        let (unmarked, numbered) = records.fold((0, 0), |(unmarked, numbered), drafted| {
            (unmarked + usize::from(!heads(drafted.row)), numbered + usize::from(has_number(drafted.row)))
        });
        if numbered < FEWEST_NUMBERED || numbered * 10 < unmarked * 9 {
            return;
        }
        for drafted in drafts.iter_mut().filter(|drafted| is_record(drafted)) {
            if heads(drafted.row) && !has_number(drafted.row) {
                drafted.draft = Draft::Role(RowRole::Section);
                "没有序号，后面只有数字，是分节标题".clone_into(&mut drafted.why);
            }
        }
    }

    /// Whether a cell stands where a row says what it is about.
    fn opens(&self, seen: &Seen) -> bool {
        let field = self.field(seen);
        matches!(field, None | Some(Field::Number | Field::Name | Field::Content | Field::Indicator | Field::Agencies))
    }

    /// Whether a cell opens a row that names no task, in a column that should hold something else: 二季度总计 below dates.
    fn opens_without_task(&self, seen: &Seen, cells: &[Seen]) -> bool {
        let first = cells.first().is_some_and(|first| first.left() == seen.left());
        let task = |seen: &Seen| self.field(seen).is_some_and(Field::names_task);
        let told =
            self.field(seen).is_some_and(|field| matches!(field, Field::Progress | Field::Problem | Field::Plan));
        first && !told && cells.len() >= 2 && !cells.iter().any(task)
    }

    /// Whether the row is a subtotal or a total, and the word that says so.
    pub(super) fn total(&self, cells: &[Seen], texts: &[&str]) -> Option<(RowRole, String)> {
        cells
            .iter()
            .zip(texts)
            .take(3)
            .filter(|(seen, _)| self.opens(seen) || self.opens_without_task(seen, cells))
            .find_map(|(seen, text)| {
                let bare = text.trim_matches(is_mark_around);
                // 每月记事合计(条) beside its figures: what is counted stands behind the word.
                let short =
                    bare.split(['(', ':']).next().filter(|before| cells.len() >= 2 && before.chars().nth(1).is_some());
                let bare = short.unwrap_or(bare);
                let bare = without_translation(bare).unwrap_or(bare);
                let numbered = || cells.iter().any(|other| self.field(other) == Some(Field::Number));
                let role = total_role(bare).or_else(|| (sums_up(bare) && !numbered()).then_some(RowRole::Total))?;
                // 全乡 beside the name of a task is where the task was done, not a sum; beside 34项 it is one.
                let of_task = (is_sum_alone(bare) || is_mean(bare) || sums_up_time(bare))
                    && cells.iter().zip(texts).any(|(other, text)| {
                        other.left() != seen.left()
                            && matches!(self.field(other), Some(Field::Name | Field::Content))
                            && !is_numeric(text)
                    });
                // So is 发包收入合计 behind a numbered task: an indicator, or what the task is.
                let field_before =
                    |field| cells.iter().any(|other| self.field(other) == Some(field) && other.left() < seen.left());
                let of_task = of_task
                    || matches!(self.field(seen), Some(Field::Indicator | Field::Content))
                        && field_before(Field::Number)
                        && field_before(Field::Name);
                // 累计 below 当月 under one task is the other kind of figure.
                let of_task = of_task || bare.ends_with("累计") && self.is_other_kind(seen);
                (!of_task).then(|| (role, quoted(&seen.cell.text)))
            })
    }
}

/// Whether a text only strikes a place out: —, ——, /.
fn is_dash(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| matches!(c, '-' | '—' | '–' | '/' | '―'))
}
