//! Which field does each column of a table hold? Titles propose, the cells below them decide.

use std::sync::Arc;

use super::by_cells::{
    contents_by_text, groups_as_names, needed_by_cells, number_by_cells, second_meanings, tick_columns,
    unknown_by_cells, untitled_by_look,
};
use super::header::HeaderColumn;
use super::headerless::OfficialShare;
use super::look::{Fit, Look};
use super::rows::REPORTED;
use super::table::TableColumn;
use super::text::{is_hint, is_village, length, plain};
use super::total_words::total_role;
use super::vocabulary::{Meaning, Recognised, TitleTime, Vocabulary, unit_in, unit_in_brackets};
use crate::list::Field;

/// A column with all that speaks for its field.
pub(crate) struct Candidate<'h> {
    /// Zero-based column.
    pub(crate) column: u32,
    /// Its titles; absent where nobody wrote one.
    pub(crate) header: Option<&'h HeaderColumn>,
    /// What its cells look like.
    pub(crate) look: Look<'h>,
}

/// One field that a column could hold.
#[derive(Debug, Clone, Copy)]
pub(super) struct Proposal {
    pub(super) field: Field,
    pub(super) by: Recognised,
    pub(super) fit: Fit,
    /// Place of the field among the meanings of the title, likeliest 0.
    pub(super) rank: usize,
    /// 1 where the words of time in the title make it less likely.
    pub(super) time: usize,
}

impl Proposal {
    /// A field that the cells alone speak for.
    pub(super) const fn by_cells(field: Field) -> Self {
        Self { field, by: Recognised::Part, fit: Fit::Good, rank: 0, time: 0 }
    }

    /// Order in which proposals are granted, best first.
    fn order(&self) -> (Fit, usize, Recognised, usize) {
        let against = if self.fit == Fit::Against { Fit::Against } else { Fit::Good };
        (against, self.time, self.by, self.rank)
    }
}

/// Fields that several columns of one table may hold (牵头单位 and 配合单位; 联系人 and 电话).
pub(super) const REPEATABLE: [Field; 7] =
    [Field::Agencies, Field::Contact, Field::Content, Field::Progress, Field::Problem, Field::Plan, Field::Remark];

/// Gives each column its field. `official` tells where official texts stand; `untitled`: whether nobody knows a title.
pub(crate) fn assign<'o>(
    candidates: &[Candidate],
    vocabulary: &Vocabulary,
    caption_unit: Option<&str>,
    official: Option<&dyn Fn() -> &'o OfficialShare>,
    untitled: bool,
) -> Vec<TableColumn> {
    let meanings: Vec<Option<Meaning>> =
        candidates.iter().map(|candidate| candidate.header.and_then(|header| meaning(header, vocabulary))).collect();
    let mut chosen = choose(candidates, &meanings);
    let mut by_look = Vec::new();
    if let Some(official) = official.filter(|_| untitled) {
        by_look.extend(untitled_by_look(candidates, &meanings, &mut chosen, official()));
    }
    by_look.extend(needed_by_cells(candidates, &meanings, &mut chosen));
    if let Some(official) = official {
        by_look.extend(contents_by_text(candidates, &meanings, &mut chosen, official));
        by_look.extend(groups_as_names(candidates, &meanings, &mut chosen, official));
    }
    by_look.extend(unknown_by_cells(candidates, &meanings, &mut chosen));
    by_look.extend(number_by_cells(candidates, &mut chosen));
    let has_unit_column = chosen.iter().flatten().any(|proposal| proposal.field == Field::Unit);
    let column = |(index, candidate): (usize, &Candidate)| {
        let proposal = chosen[index];
        let field = proposal.map(|proposal| proposal.field);
        let own_unit = meanings[index].as_ref().and_then(|meaning| meaning.unit.as_ref());
        let from_caption = caption_unit.filter(|_| !has_unit_column && field.is_some_and(Field::is_quantity));
        TableColumn {
            column: candidate.column,
            title: candidate.header.map_or_else(Arc::default, |header| header.title().into()),
            title_at: candidate.header.map(|header| header.at),
            field,
            unit: own_unit.map(String::as_str).or(from_caption).map(Arc::from),
            why: if by_look.contains(&index) {
                proposal.map_or_else(String::new, |proposal| format!("按栏内所写判断为“{}”", proposal.field))
            } else {
                why(candidate, meanings[index].as_ref(), proposal)
            },
        }
    };
    candidates.iter().enumerate().map(column).collect()
}

/// Lowest titles that only say that figures or words stand there: the title above them says what they are.
const GENERIC: [&str; 14] =
    ["数值", "数量", "数据", "数", "值", "数额", "金额", "数字", "文字", "内容", "名称", "小计", "具体", "数据值"];

/// What the titles over a column mean: the lowest one, read together with those above it where it alone says nothing.
fn meaning(header: &HeaderColumn, vocabulary: &Vocabulary) -> Option<Meaning> {
    let joined = |parts: &[String]| parts.concat();
    let lowest = header.path.last()?;
    let upper = &header.path[..header.path.len() - 1];
    let part = || is_village(lowest) || vocabulary.meaning(lowest).is_none() && !is_sum(lowest);
    let of_village = is_village(lowest) || upper.iter().any(|title| is_of_each_part(title)) && part();
    if upper.iter().any(|title| is_of_assessor(title)) || !upper.is_empty() && of_village {
        // What others judge, and what each village has its share of, is none of the township's own values.
        return Some(Meaning::own());
    }
    if let ([above @ .., _], Some(unit)) = (header.path.as_slice(), unit_in(lowest))
        && !above.is_empty()
        && plain(lowest) != "%"
    {
        let titled = HeaderColumn { path: above.to_vec(), ..*header };
        return Some(Meaning { unit: Some(unit), ..meaning(&titled, vocabulary)? });
    }
    if let [above @ .., _] = header.path.as_slice()
        && !above.is_empty()
        && says_how_to_fill_in(lowest)
    {
        return meaning(&HeaderColumn { path: above.to_vec(), ..*header }, vocabulary);
    }
    let alone = vocabulary.meaning(lowest);
    if header.path.len() == 1 {
        return alone;
    }
    let whole = vocabulary.meaning(&joined(&header.path));
    let upper = vocabulary.meaning(&header.path[0]);
    let earlier =
        |meaning: &Option<Meaning>| meaning.as_ref().is_some_and(|meaning| meaning.time == TitleTime::Earlier);
    let figures_only = GENERIC.contains(&plain(lowest).as_str());
    let nearest = header.path.iter().rev().skip(1).find_map(|title| vocabulary.meaning(title));
    let mut best = if earlier(&upper) {
        upper.clone()
    } else if figures_only && nearest.is_some() {
        nearest
    } else {
        let known = [&whole, &alone].into_iter().flatten().min_by_key(|meaning| meaning.by).cloned();
        known.or_else(|| upper.clone())
    }?;
    let above = header.path.iter().rev().skip(1).find_map(|title| vocabulary.meaning(title));
    let period = above.as_ref().is_some_and(|above| above.time == TitleTime::Period);
    if period && best.time == TitleTime::Open && best.fields.first() == Some(&Field::Done) {
        // 本期 › 完成数: the lower title counts, the upper one says which part of time.
        best.fields.insert(0, Field::PeriodDone);
        best.time = TitleTime::Period;
    }
    if period && best.time == TitleTime::Open && best.fields.first() == Some(&Field::Target) {
        // 本季度 › 计划: the target of the year beside it is nearer.
        best.time = TitleTime::Period;
    }
    // 一季度 › 状态 and 二季度 › 状态 have one core.
    best.core = best.core.or_else(|| whole.and_then(|whole| whole.core));
    let unit_above = || header.path.iter().rev().skip(1).find_map(|title| unit_in_brackets(title));
    best.unit = best.unit.or_else(|| above.and_then(|above| above.unit)).or_else(unit_above);
    Some(best)
}

/// Whether the title over several columns says that each part of the township has one of its own: 各社区完成数.
fn is_of_each_part(title: &str) -> bool {
    const PARTS: [&str; 10] = ["村", "社区", "居", "网格", "片区", "岛", "办", "科室", "站所", "中心"];
    let title = plain(title);
    let rest = title.strip_prefix(['各', '分']);
    rest.is_some_and(|rest| PARTS.iter().any(|part| rest.starts_with(part)))
}

/// Whether a title is that of the sum of the columns beside it: 合计, 全镇.
fn is_sum(title: &str) -> bool {
    total_role(&plain(title)).is_some()
}

/// Whether the title over several columns says that the county's office fills them in: 区专班评定, 考核组审核意见.
fn is_of_assessor(title: &str) -> bool {
    let title = plain(title);
    let by_others = ["区", "县", "市", "上级", "专班", "督查", "考核组", "考评组", "主管部门", "牵头部门"];
    let judges = ["评定", "核定", "评价", "评分", "打分", "考核", "考评", "审核", "核实", "复核", "认定", "填写"];
    length(&title) <= 12
        && by_others.iter().any(|who| title.starts_with(who))
        && judges.iter().any(|word| title.contains(word))
}

/// Whether the lowest title stands in brackets and only says how to fill in the column: (数字), (不超过100字).
fn says_how_to_fill_in(lowest: &str) -> bool {
    let text = plain(lowest);
    let inner = text.strip_prefix('(').and_then(|inner| inner.strip_suffix(')'));
    inner
        .is_some_and(|inner| GENERIC.contains(&inner) || is_hint(inner) || inner.contains('字') || inner.contains('填'))
}

/// Whether a column tells of the same as a later one that is filled in, but for an earlier time: of 一季度完成 and
/// 二季度完成 in the second quarter's report, the first.
fn is_of_earlier_time(index: usize, candidates: &[Candidate], meanings: &[Option<Meaning>]) -> bool {
    let Some(meaning) = &meanings[index] else { return false };
    let reported = meaning.fields.first().is_some_and(|field| REPORTED.contains(field));
    let Some(core) = meaning.core.as_ref().filter(|_| reported) else { return false };
    let title = |at: usize| candidates[at].header.map(|header| header.at);
    // One title merged over several columns is no other time.
    let same = |at: usize| {
        let other = meanings[at].as_ref().filter(|_| title(at) != title(index));
        other.is_some_and(|other| other.core.as_ref() == Some(core) && other.time == meaning.time)
    };
    let filled = |at: usize| candidates[at].look.cells > 0;
    let later = (index + 1..candidates.len()).any(|at| same(at) && filled(at));
    let earlier = || (0..index).any(same);
    later || !filled(index) && earlier()
}

/// The fields of a title in the order that the columns before it speak for: 计划 behind 进展 or 问题 is what comes next,
/// and 措施 right behind 问题 is what is done against it.
fn turned_by_neighbours(fields: &[Field], before: &[Option<Meaning>]) -> Vec<Field> {
    let first = |meaning: &Option<Meaning>| meaning.as_ref().and_then(|meaning| meaning.fields.first().copied());
    let told = before.iter().filter_map(first).any(|field| matches!(field, Field::Progress | Field::Problem));
    let answers = before.last().and_then(first) == Some(Field::Problem);
    let mut turned = fields.to_vec();
    let plan = turned.iter().position(|field| *field == Field::Plan);
    let place =
        if answers { Some(0) } else { turned.iter().position(|field| *field == Field::Content).filter(|_| told) };
    if let (Some(plan), Some(place)) = (plan, place)
        && place < plan
    {
        turned.remove(plan);
        turned.insert(place, Field::Plan);
    }
    turned
}

/// Whether a title tells of the whole plan or project (计划总投资, 五年目标): the target of the year beside it is nearer.
fn is_of_whole_term(candidate: &Candidate) -> bool {
    let lowest = candidate.header.and_then(|header| header.path.last()).map(|title| plain(title)).unwrap_or_default();
    ["总投资", "五年", "2027", "规划", "总规模"].iter().any(|word| lowest.contains(word))
}

/// Cells from which on it tells something that none of them is repeated.
const SOME_CELLS: usize = 4;

/// Whether the cells of a column are words of which none is known for a state and none comes again: short narratives.
fn says_something_else_each_time(look: &Look) -> bool {
    look.cells >= SOME_CELLS && look.statuses() == 0 && look.numbers() == 0 && !look.repeats()
}

/// Whether a column to the right under the same title holds more: of 任务 over groups and their tasks, the tasks are
/// meant.
fn groups_its_neighbour(index: usize, candidates: &[Candidate]) -> bool {
    let Some(header) = candidates[index].header else { return false };
    let cells = candidates[index].look.cells;
    let same = |other: &&Candidate| other.header.is_some_and(|title| title.at == header.at);
    candidates[index + 1..].iter().filter(same).any(|other| other.look.cells > cells)
}

/// Whether another column holds states in nearly every cell, and this one in none: 4月战况 over 签订协议 beside 旗色 over 推进中.
fn states_elsewhere(index: usize, candidates: &[Candidate]) -> bool {
    const FEWEST: usize = 3;
    let own = &candidates[index].look;
    let mut others = candidates.iter().map(|candidate| &candidate.look);
    own.cells >= FEWEST && others.any(|look| look.cells >= FEWEST && look.nearly_all(look.statuses()))
}

/// Grants proposals, best first, each field once unless it is repeatable.
fn choose(candidates: &[Candidate], meanings: &[Option<Meaning>]) -> Vec<Option<Proposal>> {
    let mut open: Vec<(usize, Proposal)> = Vec::new();
    for (index, meaning) in meanings.iter().enumerate() {
        let Some(meaning) = meaning else { continue };
        if is_of_earlier_time(index, candidates, meanings) {
            continue;
        }
        let mut beyond = second_meanings(&candidates[index].look, &meaning.fields);
        let sounds_told = meaning.fields.contains(&Field::Progress) && !meaning.fields.contains(&Field::Done);
        if sounds_told && candidates[index].look.fits(Field::Done) == Fit::Good {
            // 做到现在 over figures is what was done.
            beyond.push(Field::Done);
        }
        let mut fields = turned_by_neighbours(&meaning.fields, &meanings[..index]);
        if beyond.last() == Some(&Field::Done) && meaning.by == Recognised::Part && sounds_told {
            // 数量 › 干的 over figures is nothing else.
            fields.retain(|field| *field != Field::Progress);
        }
        for (rank, field) in fields.iter().chain(&beyond).enumerate() {
            let fit = candidates[index].look.fits(*field);
            let later = rank > 0 && matches!(field, Field::Status | Field::Rate);
            if later && says_something_else_each_time(&candidates[index].look) {
                continue;
            }
            if *field == Field::Status && candidates[index].look.statuses() == 0 && states_elsewhere(index, candidates)
            {
                continue;
            }
            if *field == Field::Number && meaning.by == Recognised::Part && fit == Fit::Against {
                // 灯号 over 绿灯 counts nothing.
                continue;
            }
            let no_value = meaning.is_bare_time() && field.is_quantity() && fit != Fit::Good;
            if no_value && candidates[index].look.cells > 0 {
                // 第14周 over √ and 开会 counts nothing.
                continue;
            }
            let measured = field.is_quantity() || *field == Field::Rate;
            if meaning.by == Recognised::Part && measured && candidates[index].look.hardly_any_figures() {
                // 我镇要做的 over words is a content, though it sounds like a target.
                continue;
            }
            let of_other_term = meaning.time == TitleTime::Period || is_of_whole_term(&candidates[index]);
            let of_tasks = matches!(field, Field::Name | Field::Content | Field::Indicator | Field::Target);
            if of_tasks && groups_its_neighbour(index, candidates) {
                continue;
            }
            let time = usize::from(*field == Field::Target && of_other_term);
            open.push((index, Proposal { field: *field, by: meaning.by, fit, rank, time }));
        }
    }
    open.sort_by_key(|(index, proposal)| (proposal.order(), *index));
    let mut chosen: Vec<Option<Proposal>> = vec![None; candidates.len()];
    for index in tick_columns(candidates) {
        chosen[index] = Some(Proposal { by: Recognised::Word, ..Proposal::by_cells(Field::Status) });
    }
    for (index, proposal) in open {
        let Some(meaning) = &meanings[index] else { continue };
        let taken = chosen.iter().flatten().any(|granted| granted.field == proposal.field);
        // A column whose cells are not what its only title says keeps the title's field: its cells are wrong there,
        // and a finding says so. Where the title has a second meaning, that one is tried first.
        let only_meaning = meaning.fields.len() == 1 && meaning.by != Recognised::Part;
        let refused = proposal.fit == Fit::Against && !(only_meaning || proposal.rank == 0);
        let second = taken && !REPEATABLE.contains(&proposal.field);
        if chosen[index].is_none() && !refused && !second {
            chosen[index] = Some(proposal);
        }
    }
    chosen
}

/// Why a column was taken for its field, for a clerk.
fn why(candidate: &Candidate, meaning: Option<&Meaning>, proposal: Option<Proposal>) -> String {
    let Some(header) = candidate.header else {
        return "没有表头，作为乡镇自设栏保留".to_owned();
    };
    let title = header.title();
    match (proposal, meaning) {
        (Some(proposal), Some(meaning)) => {
            let by = match proposal.by {
                Recognised::Word if plain(&title) == proposal.field.title() => String::from("与标准表头相同"),
                Recognised::Word => format!("表头“{title}”是“{}”的常用写法", proposal.field),
                Recognised::Core => format!("表头“{title}”去掉时间、单位等字样后是“{}”的常用写法", proposal.field),
                Recognised::Part => format!("表头“{title}”含有“{}”的字眼", proposal.field),
            };
            let by_cells =
                if meaning.fields.len() > 1 && proposal.fit == Fit::Good { "，栏内写的也像" } else { "" };
            by + by_cells
        }
        (None, Some(meaning)) if meaning.time == TitleTime::Earlier => {
            format!("“{title}”是以前各期的数，不作为本期填报")
        }
        (None, Some(meaning)) if meaning.fields.is_empty() => format!("“{title}”是乡镇自设栏"),
        (None, Some(meaning)) if meaning.core.is_some() => format!("“{title}”不是本期的栏，作为乡镇自设栏保留"),
        (None, Some(_)) => format!("“{title}”与前面的栏重复，作为乡镇自设栏保留"),
        (None, None) => format!("不认识表头“{title}”，作为乡镇自设栏保留"),
        (Some(proposal), None) => format!("按栏内所写判断为“{}”", proposal.field),
    }
}
