//! What may a column title mean? Looks titles up in the plan's form and the built-in lists.

use std::collections::HashMap;
use std::sync::{LazyLock, OnceLock};

use aho_corasick::AhoCorasick;
use rustc_hash::FxBuildHasher;

use super::text::{length, plain};
use super::titles::{EARLIER, GROUPING, PERIODS, PLACES, TITLES, UNITS};
use crate::list::{Field, Form};

/// Longest title, in characters: what is longer is a sentence.
const LONGEST_TITLE: usize = 24;

/// Column titles and the fields they may mean.
pub(crate) struct Vocabulary {
    /// Plain title → fields, likeliest first.
    titles: HashMap<String, Vec<Field>, FxBuildHasher>,
}

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

/// What part of time a title tells of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum TitleTime {
    /// Nothing said.
    #[default]
    Open,
    /// 本期, 一季度, 3月.
    Period,
    /// 累计, 截至, 今年以来, 1—3月.
    Cumulative,
    /// 上期, 去年.
    Earlier,
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
        Self { titles }
    }

    /// What a title means; `None` where it is none that we know.
    pub(crate) fn meaning(&self, title: &str) -> Option<Meaning> {
        // White space may be many times as long as the title, and what to write may stand in brackets behind it;
        // what is longer still is a sentence.
        if title.len() > 4 * 4 * LONGEST_TITLE {
            return None;
        }
        let whole = plain(title);
        if length(&whole) > LONGEST_TITLE && !whole.contains(OPENING) {
            return None;
        }
        let (bare, brackets) = without_brackets(&whole);
        if whole.is_empty() || length(&bare) > LONGEST_TITLE {
            return None;
        }
        let bare = bare.trim_matches(|c: char| "*#:;,.、。·_-—/\\|?!\"'“”".contains(c));
        let unit = brackets.iter().find_map(|inner| unit_in(inner));
        let (core, time) = without_time(bare);
        let timed = (core.len() < bare.len() || strip_time(bare).0.is_empty()).then(|| strip_time(core).0.to_owned());
        let known =
            |fields: Vec<Field>, by| Some(Meaning { fields, by, unit: unit.clone(), time, core: timed.clone() });
        if time == TitleTime::Earlier {
            return known(Vec::new(), Recognised::Part);
        }
        for (word, by) in [(whole.as_str(), Recognised::Word), (bare, Recognised::Word), (core, Recognised::Core)] {
            if let Some(fields) = self.titles.get(word) {
                return known(turned_by_time(fields, time, unit.as_deref()), by);
            }
        }
        if is_own(bare) {
            return known(Vec::new(), Recognised::Word);
        }
        let fields = if is_of_time_to_come(bare) { by_parts_of_plan(core) } else { None };
        let fields = fields.or_else(|| by_parts(core, time))?;
        known(turned_by_time(&fields, time, unit.as_deref()), Recognised::Part)
    }
}

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
    GROUPING.contains(&plain(title))
}

/// Whether the title is of a column that names a township or a village.
pub(crate) fn is_place(title: &str) -> bool {
    PLACES.contains(&plain(title))
}

/// Whether the title is of a column that names the period of a row.
pub(crate) fn is_period(title: &str) -> bool {
    PERIODS.contains(&plain(title))
}

/// Whether a title is known as one of the township's own columns.
fn is_own(bare: &str) -> bool {
    GROUPING.contains(bare) || PLACES.contains(bare) || PERIODS.contains(bare)
}

/// The unit in the brackets of a title, whether the title is known or not: 投资(万元).
pub(crate) fn unit_in_brackets(title: &str) -> Option<String> {
    if title.len() > 4 * 4 * LONGEST_TITLE {
        return None;
    }
    let (_, brackets) = without_brackets(&plain(title));
    brackets.iter().find_map(|inner| unit_in(inner))
}

/// The unit that a text names and nothing else: 万元, 单位:万元, 以亿元计.
pub(crate) fn unit_in(text: &str) -> Option<String> {
    let whole = plain(text);
    let mut inner = whole.as_str();
    for mark in ["计量单位", "金额单位", "数据单位", "货币单位", "单位"] {
        inner = inner.strip_prefix(mark).unwrap_or(inner);
    }
    let inner = inner.trim_start_matches([':', '=', '为']).trim_matches(|c: char| "()[]【】".contains(c));
    UNITS.contains(inner).then(|| inner.to_owned())
}

/// Brackets in a title.
const OPENING: [char; 6] = ['(', '[', '【', '〔', '<', '《'];
/// See [`OPENING`].
const CLOSING: [char; 6] = [')', ']', '】', '〕', '>', '》'];

/// A title without what stands in brackets, and the texts in the brackets.
fn without_brackets(whole: &str) -> (String, Vec<String>) {
    let (mut outside, mut inside, mut depth) = (String::new(), vec![], 0u32);
    for c in whole.chars() {
        match c {
            _ if OPENING.contains(&c) => {
                depth += 1;
                if depth == 1 {
                    inside.push(String::new());
                }
            }
            _ if CLOSING.contains(&c) => depth = depth.saturating_sub(1),
            _ if depth == 0 => outside.push(c),
            _ => {
                if let Some(inner) = inside.last_mut() {
                    inner.push(c);
                }
            }
        }
    }
    if outside.is_empty() { (inside.concat(), inside) } else { (outside, inside) }
}

/// Words of time at the beginning of a title, and what they say. Longer ones come first.
const TIMES: [(&str, TitleTime); 58] = [
    ("截至目前", TitleTime::Cumulative),
    ("截止目前", TitleTime::Cumulative),
    ("今年以来", TitleTime::Cumulative),
    ("年初以来", TitleTime::Cumulative),
    ("年初至今", TitleTime::Cumulative),
    ("到目前为止", TitleTime::Cumulative),
    ("目前为止", TitleTime::Cumulative),
    ("累计至", TitleTime::Cumulative),
    ("截至", TitleTime::Cumulative),
    ("截止", TitleTime::Cumulative),
    ("上半年", TitleTime::Cumulative),
    ("前三季度", TitleTime::Cumulative),
    ("三季度末", TitleTime::Cumulative),
    ("二季度末", TitleTime::Cumulative),
    ("一季度末", TitleTime::Cumulative),
    ("四季度末", TitleTime::Cumulative),
    ("季度末", TitleTime::Cumulative),
    ("季末", TitleTime::Cumulative),
    ("月底", TitleTime::Cumulative),
    ("月末", TitleTime::Cumulative),
    ("底", TitleTime::Cumulative),
    ("第一季度", TitleTime::Period),
    ("第二季度", TitleTime::Period),
    ("第三季度", TitleTime::Period),
    ("第四季度", TitleTime::Period),
    ("一季度", TitleTime::Period),
    ("二季度", TitleTime::Period),
    ("三季度", TitleTime::Period),
    ("四季度", TitleTime::Period),
    ("1季度", TitleTime::Period),
    ("2季度", TitleTime::Period),
    ("3季度", TitleTime::Period),
    ("4季度", TitleTime::Period),
    ("第1季度", TitleTime::Period),
    ("第2季度", TitleTime::Period),
    ("第3季度", TitleTime::Period),
    ("第4季度", TitleTime::Period),
    ("Q1", TitleTime::Period),
    ("Q2", TitleTime::Period),
    ("Q3", TitleTime::Period),
    ("Q4", TitleTime::Period),
    ("本季度", TitleTime::Period),
    ("本季", TitleTime::Period),
    ("本期", TitleTime::Period),
    ("本月", TitleTime::Period),
    ("本周", TitleTime::Period),
    ("当季", TitleTime::Period),
    ("当期", TitleTime::Period),
    ("当月", TitleTime::Period),
    ("季度", TitleTime::Period),
    ("下半年", TitleTime::Period),
    ("年度", TitleTime::Open),
    ("目前", TitleTime::Open),
    ("当前", TitleTime::Open),
    ("今年", TitleTime::Open),
    ("本年", TitleTime::Open),
    ("全年", TitleTime::Open),
    ("我街道", TitleTime::Open),
];

/// The words of time by their first characters, each in the order of the list.
static TIMES_BY_FIRST: LazyLock<ByFirst> = LazyLock::new(|| {
    let mut by_first = ByFirst::default();
    for (word, time) in TIMES {
        by_first.entry(word.chars().next().unwrap_or_default()).or_default().push((word, time));
    }
    by_first
});

/// Words of time by a character.
type ByFirst = HashMap<char, Vec<(&'static str, TitleTime)>, FxBuildHasher>;

/// A title without the words of time at its beginning, and what part of time they mean.
fn without_time(bare: &str) -> (&str, TitleTime) {
    if EARLIER.stand_in(bare) {
        return (bare, TitleTime::Earlier);
    }
    let up_to = bare.strip_prefix(['到', '至']).is_some_and(|date| date.starts_with(|c: char| c.is_ascii_digit()));
    let mut time = if up_to || bare.contains("累计") { TitleTime::Cumulative } else { TitleTime::Open };
    let mut rest = bare;
    loop {
        let shorter = rest.trim_start_matches(|c: char| "至到的末、,.:-—~".contains(c));
        let (shorter, found) = strip_time(shorter);
        if let Some(found) = found
            && time != TitleTime::Cumulative
            && found != TitleTime::Open
        {
            time = found;
        }
        if shorter == rest || shorter.is_empty() {
            return (if shorter.is_empty() { rest } else { shorter }, time);
        }
        rest = shorter;
    }
}

/// Strips one word of time, such as 2024年, 1-3月 or 截至.
fn strip_time(text: &str) -> (&str, Option<TitleTime>) {
    let mut words = text.chars().next().and_then(|first| TIMES_BY_FIRST.get(&first)).into_iter().flatten();
    if let Some((word, time)) = words.find(|(word, _)| text.starts_with(word)) {
        return (&text[word.len()..], Some(*time));
    }
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    if digits == 0 {
        return (text, None);
    }
    let rest = &text[digits..];
    if digits == 4 && text.starts_with("20") {
        return (rest.strip_prefix('年').unwrap_or(rest), Some(TitleTime::Open));
    }
    if digits > 2 {
        return (text, None);
    }
    if let Some(rest) = rest.strip_prefix("月份").or_else(|| rest.strip_prefix('月')) {
        return (rest, Some(TitleTime::Period));
    }
    let after = rest.trim_start_matches(|c: char| "-—–~至到月".contains(c));
    let more = after.chars().take_while(char::is_ascii_digit).count();
    if after.len() < rest.len() && (1..=2).contains(&more) {
        let tail = &after[more..];
        if let Some(tail) = tail.strip_prefix("月份").or_else(|| tail.strip_prefix('月')) {
            return (tail, Some(TitleTime::Cumulative));
        }
    }
    (text, None)
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

/// Parts of titles and what they mean; the first that is contained decides, so the particular ones come first.
const PARTS: &[(&str, &[Field])] = &[
    ("电话", &[Field::Contact]),
    ("联系人", &[Field::Contact]),
    ("联系方式", &[Field::Contact]),
    ("联络", &[Field::Contact]),
    ("对接", &[Field::Contact, Field::Agencies]),
    ("经手", &[Field::Contact, Field::Agencies]),
    ("经办", &[Field::Contact, Field::Agencies]),
    ("完成时", &[Field::Deadline]),
    ("完成期限", &[Field::Deadline]),
    ("时限", &[Field::Deadline]),
    ("期限", &[Field::Deadline]),
    ("节点", &[Field::Deadline]),
    ("截止", &[Field::Deadline]),
    ("完成率", &[Field::Rate]),
    ("完成比", &[Field::Rate, Field::Done]),
    ("达成率", &[Field::Rate]),
    ("百分比", &[Field::Rate]),
    ("比例", &[Field::Rate]),
    ("占全年", &[Field::Rate]),
    ("占年度", &[Field::Rate]),
    ("下一步", &[Field::Plan]),
    ("下步", &[Field::Plan]),
    ("下阶段", &[Field::Plan]),
    ("下季", &[Field::Plan]),
    ("下月", &[Field::Plan]),
    ("下周", &[Field::Plan]),
    ("下期", &[Field::Plan]),
    ("下一阶段", &[Field::Plan]),
    ("后续", &[Field::Plan]),
    ("打算", &[Field::Plan]),
    ("接下", &[Field::Plan]),
    ("问题", &[Field::Problem]),
    ("困难", &[Field::Problem]),
    ("难点", &[Field::Problem]),
    ("堵点", &[Field::Problem]),
    ("原因", &[Field::Problem]),
    ("短板", &[Field::Problem]),
    ("瓶颈", &[Field::Problem]),
    ("痛点", &[Field::Problem]),
    ("卡点", &[Field::Problem]),
    ("难处", &[Field::Problem]),
    ("协调", &[Field::Problem]),
    ("诉求", &[Field::Problem]),
    ("支持", &[Field::Problem]),
    ("不足", &[Field::Problem]),
    ("麻烦", &[Field::Problem]),
    ("难", &[Field::Problem]),
    ("卡在", &[Field::Problem]),
    ("风险", &[Field::Problem]),
    ("怎么弄", &[Field::Plan, Field::Progress]),
    ("怎么干", &[Field::Plan, Field::Progress]),
    ("是否", &[Field::Status]),
    ("状态", &[Field::Status, Field::Progress]),
    ("亮灯", &[Field::Status]),
    ("计量单位", &[Field::Unit]),
    ("责任单位", &[Field::Agencies]),
    ("牵头", &[Field::Agencies, Field::Contact]),
    ("配合", &[Field::Agencies]),
    ("责任部门", &[Field::Agencies]),
    ("责任领导", &[Field::Contact]),
    ("责任人", &[Field::Contact, Field::Agencies]),
    ("负责人", &[Field::Contact, Field::Agencies]),
    ("要做", &[Field::Target, Field::Content, Field::Name]),
    ("要完成", &[Field::Target, Field::Content, Field::Name]),
    ("要达", &[Field::Target, Field::Content]),
    ("要干", &[Field::Content, Field::Name, Field::Target]),
    ("要办", &[Field::Content, Field::Name, Field::Target]),
    ("目标值", &[Field::Target]),
    ("目标数", &[Field::Target]),
    ("任务数", &[Field::Target]),
    ("计划数", &[Field::Target]),
    ("指标值", &[Field::Target]),
    ("应完成", &[Field::Target]),
    ("累计", &[Field::Done, Field::Progress]),
    ("完成数", &[Field::Done]),
    ("完工", &[Field::Done, Field::Status]),
    ("竣工", &[Field::Done, Field::Status]),
    ("完成值", &[Field::Done]),
    ("合计", &[Field::Done]),
    ("完成量", &[Field::Done]),
    ("完成投资", &[Field::Done]),
    ("实际完成", &[Field::Done, Field::Progress]),
    ("完成情况", &[Field::Progress, Field::Status, Field::Done]),
    ("落实情况", &[Field::Progress, Field::Status]),
    ("进展", &[Field::Progress, Field::Status, Field::Rate]),
    ("进度", &[Field::Progress, Field::Status, Field::Rate]),
    ("成效", &[Field::Progress]),
    ("推进", &[Field::Progress, Field::Status]),
    ("做到", &[Field::Progress, Field::Status]),
    ("做了", &[Field::Progress, Field::Done]),
    ("怎么样", &[Field::Progress, Field::Status]),
    ("工作情况", &[Field::Progress, Field::Status]),
    ("开展情况", &[Field::Progress, Field::Status]),
    ("战况", &[Field::Progress, Field::Status]),
    ("简析", &[Field::Progress, Field::Remark]),
    ("分析", &[Field::Progress, Field::Remark]),
    ("动态", &[Field::Progress, Field::Status]),
    ("怎么做", &[Field::Progress, Field::Plan]),
    ("干了", &[Field::Progress, Field::Done]),
    ("大意", &[Field::Content]),
    ("要求", &[Field::Content, Field::Target, Field::Indicator, Field::Name]),
    ("内容", &[Field::Content, Field::Name]),
    ("指标", &[Field::Indicator, Field::Target]),
    ("目标", &[Field::Target, Field::Content]),
    ("任务", &[Field::Name, Field::Content, Field::Target]),
    ("事项", &[Field::Name, Field::Content]),
    ("项目", &[Field::Name, Field::Content]),
    ("名称", &[Field::Name]),
    ("科室", &[Field::Agencies]),
    ("序号", &[Field::Number]),
    ("编号", &[Field::Number]),
    ("代号", &[Field::Number]),
    ("次序", &[Field::Number]),
    ("备注", &[Field::Remark]),
    ("说明", &[Field::Remark, Field::Progress]),
    ("情况", &[Field::Progress, Field::Status]),
    ("措施", &[Field::Progress, Field::Plan, Field::Content]),
    ("举措", &[Field::Progress, Field::Plan, Field::Content]),
    ("完成", &[Field::Done, Field::Status, Field::Progress]),
];

/// What a title means by its parts. A bare word of time over figures (一季度, 1—3月) is the value of that time.
fn by_parts(core: &str, time: TitleTime) -> Option<Vec<Field>> {
    if length(core) <= 14
        && let Some(fields) = first_part(core)
    {
        return Some(fields.to_vec());
    }
    let bare_time = strip_time(core).0.is_empty();
    match time {
        TitleTime::Period if bare_time => Some(vec![Field::PeriodDone, Field::Progress]),
        TitleTime::Cumulative if bare_time => Some(vec![Field::Done, Field::Progress]),
        _ => None,
    }
}

/// What the first of the parts means that a title contains, in the order of the list, not of the title.
fn first_part(core: &str) -> Option<&'static [Field]> {
    // All parts in one automaton, so that a title is walked through once.
    static FOUND: OnceLock<Option<AhoCorasick>> = OnceLock::new();
    let found = FOUND.get_or_init(|| AhoCorasick::new(PARTS.iter().map(|(part, _)| part)).ok());
    let place = match found {
        Some(found) => found.find_overlapping_iter(core).map(|part| part.pattern().as_usize()).min(),
        None => PARTS.iter().position(|(part, _)| core.contains(part)),
    };
    place.map(|place| PARTS[place].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_part_that_comes_first_in_the_list_decides() {
        for core in ["项目完成时间节点", "完成情况", "项目名称", "存在问题和下一步", "完成", "甲乙", ""]
        {
            let expected = PARTS.iter().find(|(part, _)| core.contains(part)).map(|(_, fields)| *fields);
            assert_eq!(first_part(core), expected, "{core}");
        }
    }
}
