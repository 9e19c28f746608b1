//! What may a column title mean? Looks titles up in the plan's form and the built-in lists.

use std::borrow::Cow;
use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use super::marks::Marks;
use super::questions;
use super::text::{is_village, length, plain, plain_form};
use super::title_brackets::without_brackets;
use super::title_ends::{TitleEnds, surrounds_titles};
use super::title_parts::by_parts;
pub(crate) use super::title_time::TitleTime;
use super::title_time::{strip_time, without_time};
use super::titles::{GROUPING, OF_ANSWERS, PERIODS, PLACES, TITLES, UNITS};
use crate::list::{Field, Form};
use crate::memo::Memo;
use crate::numeral::circled;
use crate::words::Words;

/// Longest title, in characters: what is longer is a sentence.
const LONGEST_TITLE: usize = 24;

/// White space may be many times as long as the title, and what to write may stand in brackets behind it; what is
/// longer still, in bytes, is a sentence.
const LONGEST_BYTES: usize = 4 * 4 * LONGEST_TITLE;

/// Column titles and the fields they may mean.
pub(crate) struct Vocabulary {
    /// Plain title → fields, likeliest first.
    titles: HashMap<String, Vec<Field>, FxBuildHasher>,
    /// How these titles end: most texts end otherwise.
    ends: TitleEnds,
    /// Titles that were looked up before: a sheet is asked for them from several sides.
    looked_up: Memo<Option<Meaning>>,
    /// Short texts that were looked up for their words alone.
    by_words: Memo<Option<Meaning>>,
}

/// So many looked-up texts are kept; a county's reports share some hundred short ones.
const KEPT_TEXTS: usize = 20_000;

/// Longest text, in bytes, that many cells have alike, such as states and offices.
const LONGEST_ALIKE: usize = 40;

/// What a title may mean.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Meaning {
    /// Possible fields, likeliest first; empty for a column of the township's own that is known as such.
    pub(crate) fields: Vec<Field>,
    /// How it was recognised.
    pub(crate) by: Recognised,
    /// Unit in the brackets of the title.
    pub(crate) unit: Option<String>,
    /// What part of time it tells of.
    pub(crate) time: TitleTime,
    /// The title without its words of time, where it has some: 一季度完成 and 二季度完成 have one core.
    pub(crate) core: Option<String>,
}

/// How a title was recognised, surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Recognised {
    /// A title or synonym in the plan's form, or in the built-in lists.
    Word,
    /// The same after words of time, county or punctuation were taken away.
    Core,
    /// By a part of the title.
    Part,
}

/// How far a title is looked into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Only for what is known by its words.
    Words,
    /// Also for what is known by a part of it.
    Parts,
}

impl Meaning {
    /// That of a column of the township's own.
    pub(crate) const fn own() -> Self {
        Self { fields: Vec::new(), by: Recognised::Part, unit: None, time: TitleTime::Open, core: None }
    }

    /// Whether the title is a word of time and nothing else: 4月, 第14周.
    pub(crate) fn is_bare_time(&self) -> bool {
        self.by == Recognised::Part && self.core.as_ref().is_some_and(String::is_empty)
    }
}

impl Vocabulary {
    /// The vocabulary of a plan: its form's titles and synonyms, then the built-in ones.
    pub(crate) fn new(form: &Form) -> Self {
        let mut titles: HashMap<String, Vec<Field>, FxBuildHasher> = HashMap::default();
        let mut add = |title: &str, field: Field| {
            let fields = titles.entry(plain(title)).or_default();
            if !fields.contains(&field) {
                fields.push(field);
            }
        };
        for column in &form.columns {
            let own = column.synonyms.iter().chain(std::iter::once(&column.title));
            own.for_each(|title| add(title, column.key));
        }
        for (fields, words) in TITLES {
            for word in words.split_whitespace() {
                fields.iter().for_each(|field| add(word, *field));
            }
        }
        titles.remove("");
        let ends = TitleEnds::of(titles.keys().map(String::as_str).chain(COUNTS));
        Self { titles, ends, looked_up: Memo::new(KEPT_TEXTS), by_words: Memo::new(KEPT_TEXTS) }
    }

    /// What a title means; `None` where it is none that we know. Of a title over several lines that as a whole is none,
    /// the first line counts where the rest says how to fill in the column.
    pub(crate) fn meaning(&self, title: &str) -> Option<Meaning> {
        if title.len() > LONGEST_BYTES {
            return self.look_up(title);
        }
        self.looked_up.get(title, || self.look_up(title)).as_ref().clone()
    }

    /// The same for a title that by its own words, not by a part of them, is that of a field; `None` for any other. Of texts
    /// that may be anything this is told sooner.
    pub(crate) fn meaning_by_words(&self, title: &str) -> Option<Meaning> {
        let of_one_piece = !title.contains(char::is_whitespace) && without_translation(title).is_none();
        let meaning = if of_one_piece {
            self.meaning_of_all(&as_written_today(title), Reach::Words)?
        } else {
            self.meaning(title)?
        };
        (meaning.by != Recognised::Part && !meaning.fields.is_empty()).then_some(meaning)
    }

    /// See [`Self::meaning_by_words`]; of a plain text with its marks, of which nearly always its end tells that it is no title.
    pub(super) fn meaning_by_plain_words(&self, plain: &str, marks: Marks) -> Option<Meaning> {
        if self.ends.are_not_of(plain, marks) {
            return None;
        }
        if plain.len() > LONGEST_ALIKE {
            return self.meaning_by_words(plain);
        }
        self.by_words.get(plain, || self.meaning_by_words(plain)).as_ref().clone()
    }

    fn look_up(&self, title: &str) -> Option<Meaning> {
        let title = as_written_today(title);
        let title = title.as_ref();
        let in_two_languages = without_translation(title).and_then(|title| self.meaning_of_all(title, Reach::Parts));
        in_two_languages.or_else(|| self.meaning_of_all(title, Reach::Parts)).or_else(|| {
            let (first, rest) = title.trim().split_once(char::is_whitespace)?;
            let marks = |c: char| c.is_ascii_digit() || "甲乙丙丁戊".contains(c);
            if length(first) <= 2 && first.chars().all(marks) {
                // 甲 over 任务名称 in one cell only counts the columns.
                return self.meaning_of_all(rest, Reach::Parts);
            }
            let instructs = length(&plain(rest)) > LONGEST_TITLE / 2;
            if instructs { self.meaning_of_all(first, Reach::Parts) } else { None }
        })
    }

    /// What a title means as a whole, so far as is asked.
    fn meaning_of_all(&self, title: &str, reach: Reach) -> Option<Meaning> {
        if title.len() > LONGEST_BYTES {
            return None;
        }
        let whole = plain_form(title);
        let (bare, brackets) = without_brackets(&whole);
        let in_brackets = matches!(bare, Cow::Owned(_));
        // What is taken from the rest of a title leaves its end.
        if reach == Reach::Words && !(self.ends.may_end(&whole) || in_brackets && self.ends.may_end(&bare)) {
            return None;
        }
        let question = questions::asked(&bare, &brackets);
        if whole.is_empty() || question.is_none() && length(&bare) > LONGEST_TITLE {
            return None;
        }
        let bare = question.unwrap_or_else(|| questions::without_number(trimmed(&bare)));
        let unit = brackets.iter().find_map(|inner| unit_in(inner));
        let (core, time) = without_time(bare);
        let known = |fields: Vec<Field>, by| {
            let timed = core.len() < bare.len() || strip_time(bare).0.is_empty();
            let core = timed.then(|| strip_time(core).0.to_owned());
            Some(Meaning { fields, by, unit: unit.clone(), time, core })
        };
        if time == TitleTime::Earlier {
            return known(Vec::new(), Recognised::Part);
        }
        if COUNTS.contains(&bare)
            && let Some(fields) = brackets.iter().find_map(|inner| self.titles.get(inner.as_str()))
        {
            return known(fields.clone(), Recognised::Core);
        }
        for (word, by) in [(whole.as_ref(), Recognised::Word), (bare, Recognised::Word), (core, Recognised::Core)] {
            if let Some(fields) = self.titles.get(word) {
                return known(turned_by_time(fields, time, unit.as_deref()), by);
            }
        }
        if is_own(bare) || OF_ANSWERS.contains(bare) {
            return known(Vec::new(), Recognised::Word);
        }
        if question.is_some_and(|asked| questions::is_of_place(asked) || questions::is_of_period(asked)) {
            return known(Vec::new(), Recognised::Word);
        }
        if reach == Reach::Words {
            return None;
        }
        let fields = question.and_then(questions::fields).map(<[Field]>::to_vec);
        let fields = fields.or_else(|| is_of_time_to_come(bare).then(|| by_parts_of_plan(core)).flatten());
        let in_brackets = || brackets.iter().find_map(|inner| self.titles.get(inner.as_str())).cloned();
        let Some(fields) = fields.or_else(|| by_parts(core, time)).or_else(in_brackets) else {
            // The share of one village is the township's own column.
            return if is_village(bare) { known(Vec::new(), Recognised::Word) } else { None };
        };
        known(turned_by_time(&fields, time, unit.as_deref()), Recognised::Part)
    }
}

/// A title without a mark that only counts it, and in the words of today.
fn as_written_today(title: &str) -> Cow<'_, str> {
    // Made plain, ③ would be a 3 of the title.
    let title = title.trim_start().trim_start_matches(|c| circled(c).is_some());
    // 办理情形 is 办理情况 in an older hand.
    if title.contains("情形") { Cow::Owned(title.replace("情形", "情况")) } else { Cow::Borrowed(title) }
}

/// A title without its translation behind it: 任务 Task, 本月说明 Remarks of the month. 单位km and 地区GDP bear none.
pub(super) fn without_translation(title: &str) -> Option<&str> {
    let behind = title.rfind(|c: char| ('\u{4e00}'..='\u{9fff}').contains(&c))?;
    let end = behind + title[behind..].chars().next().map_or(0, char::len_utf8);
    let (own, translation) = title.split_at(end);
    let words = translation.trim();
    let mut first = words.chars();
    let capitalised = first.next().is_some_and(|c| c.is_ascii_uppercase()) && first.next()?.is_ascii_lowercase();
    (capitalised && words.chars().all(|c| c.is_ascii() && !c.is_ascii_digit())).then_some(own)
}

/// Titles that only say that something is counted: what, may stand in brackets, as in 数量(目标).
const COUNTS: [&str; 5] = ["数量", "数", "数值", "数据", "指标"];

/// Whether a title begins with a time after the one that is reported: 下半年怎么弄, 下个季度的活.
fn is_of_time_to_come(bare: &str) -> bool {
    ["下半年", "下季", "下个", "下月", "下周", "下期", "下阶段", "下一", "下步", "明年"]
        .iter()
        .any(|word| bare.starts_with(word))
}

/// What a title of a time to come means: the plan for it, or its target.
fn by_parts_of_plan(core: &str) -> Option<Vec<Field>> {
    let target = ["目标", "任务数", "指标", "计划数"].iter().any(|word| core.contains(word));
    (!target).then(|| vec![Field::Plan])
}

/// Whether the title is of a column that groups tasks.
pub(crate) fn is_grouping(title: &str) -> bool {
    is_one_of(title, &GROUPING, |_| false)
}

/// Whether the title is of a column that names a township or a village.
pub(crate) fn is_place(title: &str) -> bool {
    is_one_of(title, &PLACES, questions::is_of_place)
}

/// Whether the title is of a column that names the period of a row.
pub(crate) fn is_period(title: &str) -> bool {
    is_one_of(title, &PERIODS, questions::is_of_period)
}

/// Whether a title is of a column in which a form on the web notes by itself who answered when: 提交时间(自动), 答卷编号.
pub(crate) fn is_of_answers(title: &str) -> bool {
    is_one_of(title, &OF_ANSWERS, |_| false)
}

/// Whether a title is one of some words, as it is or without its brackets, numbering and the words that ask for it, or is a
/// question that asks for such a one.
fn is_one_of(title: &str, words: &Words, asks: impl Fn(&str) -> bool) -> bool {
    let whole = plain(title);
    let bare = || {
        let (bare, brackets) = without_brackets(&whole);
        match questions::asked(&bare, &brackets) {
            Some(asked) => words.contains(asked) || asks(asked),
            None => words.contains(questions::without_number(trimmed(&bare))),
        }
    };
    words.contains(&whole) || length(&whole) <= 2 * LONGEST_TITLE && bare()
}

/// A title without the marks around it.
fn trimmed(bare: &str) -> &str {
    bare.trim_matches(surrounds_titles)
}

/// Whether a title is known as one of the township's own columns.
fn is_own(bare: &str) -> bool {
    GROUPING.contains(bare) || PLACES.contains(bare) || PERIODS.contains(bare)
}

/// The unit in the brackets of a title, whether the title is known or not: 投资(万元).
pub(crate) fn unit_in_brackets(title: &str) -> Option<String> {
    if title.len() > LONGEST_BYTES {
        return None;
    }
    let (_, brackets) = without_brackets(&plain(title));
    brackets.iter().find_map(|inner| unit_in(inner))
}

/// The unit that a text names and nothing else: 万元, 单位:万元, 以亿元计.
pub(crate) fn unit_in(text: &str) -> Option<String> {
    unit_in_plain(&plain_form(text)).map(str::to_owned)
}

/// See [`unit_in`]; of a plain text.
pub(crate) fn unit_in_plain(plain: &str) -> Option<&str> {
    let mut inner = plain;
    for mark in ["计量单位", "金额单位", "数据单位", "货币单位", "单位"] {
        inner = inner.strip_prefix(mark).unwrap_or(inner);
    }
    let brackets = |c: char| matches!(c, '(' | ')' | '[' | ']' | '【' | '】');
    let inner = inner.trim_start_matches([':', '=', '为']).trim_matches(brackets);
    UNITS.contains(inner).then_some(inner)
}

/// Puts the field first that the words of time and the unit speak for.
fn turned_by_time(fields: &[Field], time: TitleTime, unit: Option<&str>) -> Vec<Field> {
    let mut turned = fields.to_vec();
    let counts = turned.contains(&Field::Done);
    if counts && time == TitleTime::Period && !turned.contains(&Field::PeriodDone) {
        // 一季度完成数 counts the quarter alone; 1—3月完成数 and 截至3月底完成数 count from January.
        let place = turned.iter().position(|field| *field == Field::Done).unwrap_or(0);
        turned.insert(place, Field::PeriodDone);
    }
    if unit == Some("%") {
        if counts && !turned.contains(&Field::Rate) {
            turned.push(Field::Rate);
        }
        promote(&mut turned, Field::Rate);
    } else if unit.is_some() {
        for field in [Field::Target, Field::Done, Field::PeriodDone] {
            promote(&mut turned, field);
        }
    }
    turned
}

/// Moves a field to the front where it is among the possible ones.
fn promote(fields: &mut Vec<Field>, field: Field) {
    if let Some(place) = fields.iter().position(|candidate| *candidate == field) {
        let field = fields.remove(place);
        fields.insert(0, field);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_sooner_is_what_a_title_means_by_its_words() {
        let vocabulary = Vocabulary::new(&Form::default());
        let words = TITLES.iter().flat_map(|(_, words)| words.split_whitespace());
        let words: Vec<&str> = words.chain(OF_ANSWERS.iter().copied()).chain(UNITS.iter().copied()).collect();
        let around =
            ["", "①", "3.", "*", "(万元)", "（必填）", "?", "：", "_?", "一季度", " Task", "\n填数字", "请填写", "甲"];
        for word in words {
            for mark in around {
                for title in [format!("{mark}{word}"), format!("{word}{mark}"), format!("请填写{mark}{word}?")] {
                    let meant = vocabulary.look_up(&title);
                    let sure = meant.filter(|meaning| meaning.by != Recognised::Part && !meaning.fields.is_empty());
                    assert_eq!(vocabulary.meaning_by_words(&title), sure, "{title:?}");
                    let plain = plain(&title);
                    let by_words = vocabulary.meaning_by_words(&plain);
                    assert_eq!(vocabulary.meaning_by_plain_words(&plain, Marks::of(&plain)), by_words, "{plain:?}");
                }
            }
        }
    }

    #[test]
    fn titles_in_two_languages_mean_what_their_own_words_do() {
        let vocabulary = Vocabulary::new(&Form::default());
        let first = |title: &str| vocabulary.meaning(title).and_then(|meaning| meaning.fields.first().copied());
        for (title, field) in [
            ("序号\nNo.", Field::Number),
            ("任务Task", Field::Name),
            ("本月说明 Remarks of the month", Field::Remark),
            ("状态 Status", Field::Status),
        ] {
            assert_eq!(first(title), Some(field), "{title}");
            assert_eq!(first(title), first(without_translation(title).unwrap()), "{title}");
        }
        for bare in ["单位km", "地区GDP", "任务", "Task"] {
            assert_eq!(without_translation(bare), None, "{bare}");
        }
    }
}
