//! Which cells of a sheet are labels? Titles that we know, and texts that come again and again with other values beside
//! them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::WIDEST;
use crate::list::Field;
use crate::tables::grid::{Grid, Seen};
use crate::tables::official::Official;
use crate::tables::rows::REPORTED;
use crate::tables::text::{beginning, has_at_most, is_date, is_numeric, is_status_word, one_line, plain};
use crate::tables::vocabulary::{Meaning, Recognised, Vocabulary};
use crate::words::Words;

/// Longest text, in bytes, that may be a label: white space and explanations in brackets make labels long.
const LONGEST_LABEL: usize = 400;
/// Longest label, in characters, of which the words are not known.
const LONGEST_UNKNOWN: usize = 10;
/// Longest text, in characters, over rows that all begin with the same word: 问, 问, 问.
const LONGEST_BAR: usize = 24;
/// So often a text must come again in its column, with other values beside it, before it is believed to be a label.
const COMES_AGAIN: usize = 3;

/// Rows of a sheet in which labels are told by their coming again; cards of a township fill some hundreds.
const ROWS_LOOKED_AT: usize = 3_000;

/// Rows of a sheet in which the label of a row of tasks is looked for.
const ROWS_OF_TASKS: usize = 12;
/// So many tasks must stand in such a row.
const FEWEST_TASKS: usize = 3;

/// What the labels of a sheet are told by.
pub(super) struct Labels<'v, 's> {
    vocabulary: &'v Vocabulary,
    /// Columns and the texts that come again in them as labels do.
    repeated: BTreeMap<(u32, &'s str), Repeated<'s>>,
    /// The text of no known words beside which nothing but official names stand, and its column.
    of_tasks: Option<(u32, &'s str)>,
    pub(super) official: &'v Official,
}

/// A text that comes again in one column.
#[derive(Default)]
struct Repeated<'s> {
    times: usize,
    /// The values beside it, so far as they differ from the one before.
    values: usize,
    last_value: &'s str,
}

impl<'v, 's> Labels<'v, 's> {
    /// The labels of a sheet.
    pub(super) fn new(grid: &Grid<'s>, vocabulary: &'v Vocabulary, official: &'v Official) -> Self {
        let mut texts: HashMap<(u32, &str), Repeated> = HashMap::new();
        let too_long = grid.used_rows().nth(ROWS_LOOKED_AT).is_some();
        for row in grid.used_rows().filter(|_| !too_long) {
            let cells = grid.row(row);
            if cells.len() > WIDEST {
                continue;
            }
            for pair in cells.windows(2).filter(|pair| pair[1].left() == pair[0].right() + 1) {
                let text = without_count(pair[0].plain());
                if !is_short(text) || is_numeric(text) {
                    continue;
                }
                let value = pair[1].plain();
                let entry = texts.entry((pair[0].left(), text)).or_default();
                entry.times += 1;
                entry.values += usize::from(entry.last_value != value);
                entry.last_value = value;
            }
        }
        // Beside 存在问题 there may stand 无 each time.
        let told = [Field::Progress, Field::Problem, Field::Plan];
        let known = |text: &str| {
            let meaning = vocabulary.meaning(text).filter(|meaning| meaning.by == Recognised::Word);
            meaning.is_some_and(|meaning| meaning.fields.first().is_some_and(|field| told.contains(field)))
        };
        // Few texts come again: of them alone is asked what they are.
        let comes_again = |((_, label), text): &((u32, &str), Repeated)| {
            text.times >= COMES_AGAIN
                && (text.values * 3 >= text.times * 2 || known(label))
                && could_be_label(label, vocabulary)
        };
        let repeated = texts.into_iter().filter(comes_again).collect();
        Self { vocabulary, repeated, of_tasks: label_of_tasks(grid, vocabulary, official), official }
    }

    /// The label that a cell is, if it is one: a known title, maybe with a colon, or a text that comes again as labels
    /// do.
    pub(super) fn of(&self, seen: &Seen) -> Option<Meaning> {
        self.known(seen).or_else(|| {
            self.comes_again(seen).then(|| {
                let meaning = self.vocabulary.meaning(without_count(seen.plain()).trim_end_matches(':'));
                meaning.filter(|meaning| !meaning.fields.is_empty()).unwrap_or_else(Meaning::own)
            })
        })
    }

    /// Whether a cell is a label, see [`Self::of`].
    pub(super) fn is_label(&self, seen: &Seen) -> bool {
        self.known(seen).is_some() || self.comes_again(seen)
    }

    /// Whether the text of a cell comes again in its column as labels do.
    pub(super) fn comes_again(&self, seen: &Seen) -> bool {
        !self.repeated.is_empty() && self.repeated.contains_key(&(seen.left(), without_count(seen.plain())))
    }

    /// The leftmost column in which labels come again that name a task, where others that come again, in any column,
    /// tell what was done: 问1 │ 答 │ 进展状态.
    pub(super) fn column_that_comes_again(&self) -> Option<u32> {
        // Part of a narrative that comes again may sound like a title.
        let known = |text: &str| self.vocabulary.meaning(text).filter(|meaning| meaning.by != Recognised::Part);
        let fields = |text: &str| known(text).map(|meaning| meaning.fields).unwrap_or_default();
        let known: Vec<(u32, Vec<Field>)> = self
            .repeated
            .keys()
            .map(|(column, text)| (*column, fields(text)))
            .filter(|(_, fields)| !fields.is_empty())
            .collect();
        let names = |fields: &[Field]| matches!(fields.first(), Some(Field::Name | Field::Content | Field::Indicator));
        let tells = |fields: &[Field]| fields.first().is_some_and(|field| REPORTED.contains(field));
        let told = known.iter().filter(|(_, fields)| tells(fields)).count();
        let column = known.iter().find(|(_, fields)| names(fields)).map(|(column, _)| *column)?;
        let beside = known.iter().any(|(other, fields)| *other == column && tells(fields));
        (told >= 1 && beside).then_some(column)
    }

    /// The column, not the first one, in which labels come again of which nearly all are known, none of them the task's,
    /// and some of what was done.
    pub(super) fn column_of_known(&self) -> Option<u32> {
        let names = |text: &str| {
            let meaning = self.vocabulary.meaning(text).filter(|meaning| meaning.by != Recognised::Part);
            meaning.is_some_and(|meaning| meaning.fields.first() == Some(&Field::Name))
        };
        if self.repeated.keys().any(|(_, text)| names(text)) {
            return None;
        }
        let columns: BTreeSet<u32> =
            self.repeated.keys().map(|(column, _)| *column).filter(|column| *column > 0).collect();
        columns.into_iter().find(|column| {
            let from = (*column, "");
            let mine: Vec<&str> = self
                .repeated
                .range(from..)
                .take_while(|((other, _), _)| other == column)
                .map(|((_, text), _)| *text)
                .collect();
            let known = mine
                .iter()
                .filter_map(|text| self.vocabulary.meaning(text))
                .filter(|meaning| meaning.by != Recognised::Part && !meaning.fields.is_empty());
            let first: Vec<Field> = known.filter_map(|meaning| meaning.fields.first().copied()).collect();
            let told = first.iter().filter(|field| REPORTED.contains(field)).count();
            first.len() >= 3 && first.len() * 4 >= mine.len() * 3 && told >= 2
        })
    }

    /// The label that a cell is by its words alone.
    pub(super) fn known(&self, seen: &Seen) -> Option<Meaning> {
        if seen.cell.text.len() > LONGEST_LABEL {
            return None;
        }
        let text = seen.plain();
        let of_tasks = self.of_tasks.as_ref().is_some_and(|(column, label)| *column == seen.left() && *label == text);
        if of_tasks || seen.marks.may_be_strokes() && is_corner_of_months(text, self.vocabulary) {
            return Some(Meaning { fields: vec![Field::Name], by: Recognised::Core, ..Meaning::own() });
        }
        self.vocabulary.meaning_by_plain_words(text.trim_end_matches(':'), seen.marks)
    }

    /// The name of a task alone in its row right above a row of labels with their values beside them, as the bar over a
    /// card: 一、重大项目建设.
    pub(super) fn bar_over_card<'g>(&self, grid: &Grid<'g>, row: u32) -> Option<Seen<'g>> {
        let [only] = grid.row(row) else { return None };
        let below = only.region.last.row + 1;
        let cells = grid.row(below);
        // 问 │ 进展如何? │ …, and 问 again below it: the label is the second one.
        let first = |row: u32| grid.row(row).first().map(|seen| (seen.left(), seen.plain()));
        let asked = cells.len() == 3 && first(below) == first(below + 1);
        let [label, value, ..] = &cells[usize::from(asked)..] else { return None };
        let text = only.plain();
        let name = only.cell.text.len() <= LONGEST_LABEL && self.official.is_name(&only.cell.text)
            || asked && has_at_most(text, LONGEST_BAR) && !text.contains(['。', ';', ':']);
        let beside = value.left() == label.right() + 1 && self.known(value).is_none();
        (name && beside && self.known(label).is_some()).then_some(*only)
    }

    /// What a short text beside values of several tasks means, though its words are hardly known: the township's own.
    pub(super) fn unknown(&self, seen: &Seen) -> Option<Meaning> {
        if is_part_of_year(seen) {
            return Some(Meaning::own());
        }
        let text = seen.plain();
        let meaning = || self.vocabulary.meaning(text).unwrap_or_else(Meaning::own);
        could_be_label(text, self.vocabulary).then(meaning)
    }

    /// What a text means that can be nothing but a label where it stands: its words' meaning, else the township's own.
    pub(super) fn told_by_place(&self, seen: &Seen) -> Meaning {
        self.vocabulary.meaning(seen.plain()).unwrap_or_else(Meaning::own)
    }

    /// A cell that holds `label:value`.
    pub(super) fn inside(&self, seen: &Seen) -> Option<(Meaning, String)> {
        if !seen.may_hold_colon() {
            return None;
        }
        let text = beginning(seen.cell.text.trim());
        // Looked for one by one, a byte decides at most places.
        let place = [text.find(':'), text.find('：')].into_iter().flatten().min()?;
        let (title, value) = text.split_at(place);
        let known = |title: &str| self.vocabulary.meaning_by_words(title);
        let meaning = known(title).or_else(|| known(without_count(&plain(title))))?;
        let filled = !value.trim_start_matches([':', '：']).trim().is_empty();
        filled.then(|| (meaning, one_line(title)))
    }

    /// A cell that holds a label and its colon, and nothing behind it.
    pub(super) fn waiting(&self, seen: &Seen) -> Option<Meaning> {
        let waits = seen.cell.text.trim_end().ends_with([':', '：']);
        waits.then(|| self.known(seen)).flatten()
    }
}

/// The label that nobody knows beside which the tasks stand in a row: 赛道 │ 粮食安全 │ 和美庭院创建.
fn label_of_tasks<'s>(grid: &Grid<'s>, vocabulary: &Vocabulary, official: &Official) -> Option<(u32, &'s str)> {
    grid.used_rows().take(ROWS_OF_TASKS).find_map(|row| {
        let cells = grid.row(row);
        let [label, tasks @ ..] = cells else { return None };
        let text = label.plain();
        let fits = (FEWEST_TASKS..=WIDEST).contains(&tasks.len())
            && could_be_label(text, vocabulary)
            && vocabulary
                .meaning(text)
                .is_none_or(|meaning| meaning.by == Recognised::Part || meaning.fields.is_empty());
        let is_task = |seen: &Seen| official.is_name(&seen.cell.text);
        // The text alone that is no task itself, over tasks, of which at most a third may be something else.
        let are_tasks = || {
            let mut others = tasks.iter().filter(|seen| !is_task(seen));
            tasks.iter().take(2).any(is_task) && others.nth(tasks.len() / 3).is_none()
        };
        (fits && are_tasks() && !official.is_name(text)).then(|| (label.left(), text))
    })
}

/// Whether a label says of a corner what stands across and what down the side, tasks and a time: 月份\事项, 项目/季度.
fn is_corner_of_months(text: &str, vocabulary: &Vocabulary) -> bool {
    static TIMES: Words = Words::new("月 月份 季 季度 时间 日期 周 周次");
    // One of them stands at one of its ends.
    if TIMES.beginning(text).next().is_none() && !TIMES.end(text) {
        return false;
    }
    let Some((one, other)) = text.split_once(['\\', '/', '╲', '|']) else { return false };
    let of_tasks = |title: &str| {
        let meaning = vocabulary.meaning(title).filter(|meaning| meaning.by != Recognised::Part);
        meaning.is_some_and(|meaning| meaning.fields.contains(&Field::Name))
    };
    TIMES.contains(one) && of_tasks(other) || TIMES.contains(other) && of_tasks(one)
}

/// Whether a cell names a month or a quarter and nothing else, as labels down the side of a book kept month by month do.
pub(super) fn is_part_of_year(seen: &Seen) -> bool {
    /// 十二月份, 第一季度.
    const LONGEST: usize = 4;
    let text = seen.plain();
    let ends = || text.ends_with(['月', '季']) || text.ends_with("月份") || text.ends_with("季度");
    has_at_most(text, LONGEST)
        && ends()
        && !text.contains(['年', '底', '末', '前'])
        && is_date(text.trim_end_matches('份'))
}

/// A label without its count: 问1, 问2, 任务3.
fn without_count(text: &str) -> &str {
    let bare = text.trim_end_matches(':').trim_end_matches(|c: char| c.is_ascii_digit());
    if bare.is_empty() { text } else { bare }
}

/// Whether a text is short enough for a label and none of the values that come again, too.
fn could_be_label(text: &str, vocabulary: &Vocabulary) -> bool {
    // 完成数 sounds like a state, but is a title.
    let state =
        || is_status_word(text) && vocabulary.meaning(text).is_none_or(|meaning| meaning.by == Recognised::Part);
    is_short(text) && !is_numeric(text) && !is_date(text) && !state()
}

/// Whether a text is short enough for a label of which the words are not known.
fn is_short(text: &str) -> bool {
    !text.is_empty() && has_at_most(text, LONGEST_UNKNOWN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::list::Form;
    use crate::location::CellRef;
    use crate::workbooks::Cell;

    #[test]
    fn months_and_their_corner() {
        let is_part = |text: &str| {
            let at = CellRef::new(0, 0);
            let cell = Cell::text(at, text);
            is_part_of_year(&Seen::alone(&cell))
        };
        assert!(["1月", "12月", "十二月份", "一季度", "第3季度"].into_iter().all(is_part));
        assert!(!["2024年1月", "3月底", "月报", "6", "本季度", "3月5日"].into_iter().any(is_part));
        let vocabulary = Vocabulary::new(&Form::default());
        assert!(
            ["月份\\事项", "项目/月份", "任务/季度"].into_iter().all(|text| is_corner_of_months(text, &vocabulary))
        );
        assert!(!["任务/完成", "月份", "乡镇/月份"].into_iter().any(|text| is_corner_of_months(text, &vocabulary)));
    }
}
