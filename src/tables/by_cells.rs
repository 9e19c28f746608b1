//! What do the cells of a column say beyond its title, or where the title says nothing?

use super::assign::{Candidate, Proposal, REPEATABLE};
use super::headerless::{OfficialShare, fields_by_look};
use super::look::{Fit, Look};
use super::text::{is_status_word, is_village, length, plain};
use super::vocabulary::{Meaning, Recognised, is_grouping};
use crate::list::Field;

/// Longest state, in characters, over a column of ticks: 基本完成, 未达序时进度.
const LONGEST_STATE: usize = 6;

/// Fields that the cells of a column tell without its title, in the order in which they are looked for.
const PLAIN_FIELDS: [Field; 9] = [
    Field::Progress,
    Field::Problem,
    Field::Plan,
    Field::Status,
    Field::Rate,
    Field::Deadline,
    Field::Unit,
    Field::Agencies,
    Field::Contact,
];

/// Where nothing else tells what was done, the columns of villages in which words stand do, all of them: 东沙村 │ 鼻头村.
/// Figures there are each village's share, and no village's is the township's.
fn told_by_villages(candidates: &[Candidate], chosen: &mut [Option<Proposal>]) -> Vec<usize> {
    let of_village = |candidate: &Candidate| {
        let lowest = candidate.header.and_then(|header| header.path.last());
        lowest.is_some_and(|title| is_village(&plain(title)))
    };
    let villages: Vec<usize> = (0..candidates.len()).filter(|index| of_village(&candidates[*index])).collect();
    let (cells, numbers) = villages
        .iter()
        .map(|index| &candidates[*index].look)
        .fold((0, 0), |(cells, numbers), look| (cells + look.cells, numbers + look.numbers() + look.ticks()));
    if villages.len() < 2 || cells < 2 * villages.len() || numbers * 2 > cells {
        return Vec::new();
    }
    for index in &villages {
        chosen[*index] = Some(Proposal::by_cells(Field::Progress));
    }
    villages
}

/// The fields that a column may hold though its title does not say so: 计划完成 over dates is a deadline, 本季落实 over
/// sentences a narrative. They are tried where the cells are none of what the title says.
pub(super) fn second_meanings(look: &Look, fields: &[Field]) -> Vec<Field> {
    let says = |wanted: &[Field]| fields.iter().any(|field| wanted.contains(field));
    let mut second = Vec::new();
    if says(&[Field::Target, Field::Done, Field::PeriodDone, Field::Plan, Field::Progress]) && look.is_of_dates() {
        second.push(Field::Deadline);
    }
    if says(&[Field::Done, Field::PeriodDone, Field::Status, Field::Rate]) && look.fits(Field::Progress) == Fit::Good {
        second.push(Field::Progress);
    }
    if says(&[Field::Indicator]) && look.fits(Field::Indicator) == Fit::Against {
        // 指标 over figures says how much is to be done.
        second.push(Field::Target);
    }
    if fields.first() == Some(&Field::Name) && look.holds_figures_alone() && !look.counts_up() {
        // So does 任务, where the figures are no numbers of rows.
        second.push(Field::Target);
    }
    second.retain(|field| !fields.contains(field));
    second
}

/// The columns of ticks under the states that a task may be in: 已完成 │ 推进中 │ 滞后, and √ in one of them.
pub(super) fn tick_columns(candidates: &[Candidate]) -> Vec<usize> {
    let names_state = |candidate: &Candidate| {
        let Some(title) = candidate.header.and_then(|header| header.path.last()) else { return false };
        let title = plain(title);
        length(&title) <= LONGEST_STATE && is_status_word(&title) && !title.starts_with("是否")
    };
    // Below the ticks their number may be counted.
    let ticked = |candidate: &Candidate| candidate.look.ticks() + candidate.look.numbers() == candidate.look.cells;
    let columns: Vec<usize> =
        (0..candidates.len()).filter(|index| names_state(&candidates[*index]) && ticked(&candidates[*index])).collect();
    let some_tick = columns.iter().any(|index| candidates[*index].look.ticks() > 0);
    if columns.len() >= 2 && some_tick { columns } else { Vec::new() }
}

/// Gives columns with a title that nobody knows the field that their cells plainly are, where no other column has it;
/// and takes 说明 for the narrative, where it tells one and no column has it.
pub(super) fn unknown_by_cells(
    candidates: &[Candidate],
    meanings: &[Option<Meaning>],
    chosen: &mut [Option<Proposal>],
) -> Vec<usize> {
    let mut given = Vec::new();
    let fullest_column = candidates.iter().map(|candidate| candidate.look.cells).max().unwrap_or(0);
    let fewest = fullest_column.min(2);
    for field in PLAIN_FIELDS {
        if chosen.iter().flatten().any(|proposal| proposal.field == field) {
            continue;
        }
        let free = |index: &usize| {
            let titled = candidates[*index].header.is_some_and(|header| !header.path.concat().is_empty());
            let remark = chosen[*index].is_some_and(|proposal| proposal.field == Field::Remark);
            // 备注 that is filled in nearly every row tells what was done, where no column does.
            let filled = is_filled(&candidates[*index].look, fullest_column);
            let of_narratives = |meaning: &Meaning| meaning.fields.len() > 1 || filled;
            let explains = remark && meanings[*index].as_ref().is_some_and(of_narratives);
            let unknown = meanings[*index].is_none() && chosen[*index].is_none();
            let untitled_story = candidates[*index].header.is_none() && filled && field == Field::Progress;
            (titled || untitled_story)
                && !(field == Field::Status && is_of_ticks(&candidates[*index]))
                && (unknown || explains && field == Field::Progress)
                && candidates[*index].look.cells >= fewest.max(1)
        };
        let fitting = (0..candidates.len()).filter(free).filter(|index| candidates[*index].look.is_plainly(field));
        // Of several narratives the fullest tells what was done, the first where two are as full; not one that tells of
        // hindrances or plans, where there is another.
        let aside = |look: &Look| {
            field == Field::Progress && [Field::Problem, Field::Plan].iter().any(|one| look.is_plainly(*one))
        };
        let fullest = fitting.max_by_key(|index| {
            let look = &candidates[*index].look;
            (!aside(look), look.cells, std::cmp::Reverse(*index))
        });
        if let Some(index) = fullest {
            chosen[index] = Some(Proposal::by_cells(field));
            given.push(index);
        }
    }
    given.extend(explanations_as_progress(candidates, meanings, chosen, fullest_column));
    given
}

/// Whether nothing but ticks stands below a title: √ below the name of an office says who does it.
fn is_of_ticks(candidate: &Candidate) -> bool {
    candidate.header.is_some() && candidate.look.ticks() == candidate.look.cells
}

/// Gives every column without a known title the field that it looks like, unless another one has it.
pub(super) fn untitled_by_look(
    candidates: &[Candidate],
    meanings: &[Option<Meaning>],
    chosen: &mut [Option<Proposal>],
    official: &OfficialShare,
) -> Vec<usize> {
    let unknown: Vec<usize> = (0..candidates.len()).filter(|index| meanings[*index].is_none()).collect();
    let looks: Vec<(u32, Look)> =
        unknown.iter().map(|index| (candidates[*index].column, candidates[*index].look.clone())).collect();
    let fields = fields_by_look(&looks, official);
    let mut given = Vec::new();
    for (index, field) in unknown.into_iter().zip(fields) {
        let Some(field) = field else { continue };
        let taken = chosen.iter().flatten().any(|proposal| proposal.field == field) && !REPEATABLE.contains(&field);
        let ticks = field == Field::Status && is_of_ticks(&candidates[index]);
        if !taken && !ticks {
            chosen[index] = Some(Proposal::by_cells(field));
            given.push(index);
        }
    }
    given
}

/// Gives the columns that a reporting table cannot do without to those that look like them, where no title named
/// them: the task, and what was done about it. Returns the columns that were so given.
pub(super) fn needed_by_cells(
    candidates: &[Candidate],
    meanings: &[Option<Meaning>],
    chosen: &mut [Option<Proposal>],
) -> Vec<usize> {
    let (mut given, mut by_villages) = (Vec::new(), Vec::new());
    let has = |chosen: &[Option<Proposal>], fields: &[Field]| {
        chosen.iter().flatten().any(|proposal| fields.contains(&proposal.field))
    };
    let mut give = |chosen: &mut [Option<Proposal>], field: Field, suits: &dyn Fn(&Look) -> bool| {
        let free = |index: &usize| {
            let weak =
                chosen[*index].is_none_or(|proposal| proposal.by == Recognised::Part && proposal.fit != Fit::Good);
            let named_other = |meaning: &Meaning| meaning.fields.is_empty() || meaning.fields[0] == Field::Number;
            weak && !meanings[*index].as_ref().is_some_and(named_other) && candidates[*index].look.cells >= 2
        };
        let fitting: Vec<usize> =
            (0..candidates.len()).filter(free).filter(|index| suits(&candidates[*index].look)).collect();
        // Of 一季度 │ 二季度 and nothing else over them, the later one is reported.
        let of_time = |index: &&usize| meanings[**index].as_ref().is_some_and(Meaning::is_bare_time);
        let found = match fitting.first() {
            Some(first) if of_time(&first) => fitting.iter().rfind(of_time),
            first => first,
        };
        if let Some(index) = found.copied() {
            chosen[index] = Some(Proposal::by_cells(field));
            given.push(index);
        }
    };
    if !has(chosen, &[Field::Name, Field::Content, Field::Indicator]) {
        measures_as_tasks(meanings, chosen);
    }
    if !has(chosen, &[Field::Name, Field::Content, Field::Indicator]) {
        give(chosen, Field::Name, &|look| {
            look.fits(Field::Name) == Fit::Good && look.fits(Field::Agencies) != Fit::Good
        });
    }
    let beside = if has(chosen, &[Field::Name]) { None } else { names_beside_contents(candidates, meanings, chosen) };
    if !has(chosen, &[Field::Name]) {
        contents_as_names(candidates, meanings, chosen);
    }
    if !has(chosen, &[Field::Content]) {
        sentences_as_contents(candidates, chosen);
    }
    let reported = [Field::PeriodDone, Field::Done, Field::Rate, Field::Status, Field::Progress];
    if has(chosen, &[Field::Name, Field::Content, Field::Indicator]) && !has(chosen, &reported) {
        by_villages = told_by_villages(candidates, chosen);
    }
    if has(chosen, &[Field::Name, Field::Content, Field::Indicator]) && !has(chosen, &reported) {
        give(chosen, Field::Progress, &|look| look.fits(Field::Progress) == Fit::Good);
        give(chosen, Field::Status, &|look| look.fits(Field::Status) == Fit::Good);
    }
    given.extend(beside.into_iter().chain(by_villages));
    given
}

/// Whether a column is filled in nearly every row.
const fn is_filled(look: &Look, fullest_column: usize) -> bool {
    look.cells * 5 >= fullest_column * 4
}

/// 数据说明 that is filled in nearly every row tells what was done, where no column does.
fn explanations_as_progress(
    candidates: &[Candidate],
    meanings: &[Option<Meaning>],
    chosen: &mut [Option<Proposal>],
    fullest_column: usize,
) -> Option<usize> {
    /// Shorter texts on average are marks.
    const SHORTEST: usize = 4;
    if chosen.iter().flatten().any(|proposal| proposal.field == Field::Progress) {
        return None;
    }
    let explains = |index: &usize| {
        let look = &candidates[*index].look;
        let may_be = meanings[*index].as_ref().is_some_and(|meaning| meaning.fields.contains(&Field::Progress));
        let remark = chosen[*index].is_some_and(|proposal| proposal.field == Field::Remark);
        remark && may_be && is_filled(look, fullest_column) && look.mean_length() >= SHORTEST
    };
    let index = (0..candidates.len()).find(explains)?;
    chosen[index] = Some(Proposal::by_cells(Field::Progress));
    Some(index)
}

/// Gives 主要内容 to the columns under a title that nobody knows in which official contents stand word for word.
pub(super) fn contents_by_text<'o>(
    candidates: &[Candidate],
    meanings: &[Option<Meaning>],
    chosen: &mut [Option<Proposal>],
    official: &dyn Fn() -> &'o OfficialShare,
) -> Vec<usize> {
    /// Shorter texts on average are no contents.
    const SHORTEST: usize = 8;
    if chosen.iter().flatten().any(|proposal| proposal.field == Field::Content) {
        return Vec::new();
    }
    let may_be = |index: &usize| {
        let look = &candidates[*index].look;
        meanings[*index].is_none() && chosen[*index].is_none() && look.numbers() == 0 && look.mean_length() >= SHORTEST
    };
    let unknown: Vec<usize> = (0..candidates.len()).filter(may_be).collect();
    if unknown.is_empty() {
        return unknown;
    }
    let official = official();
    let given: Vec<usize> = unknown.into_iter().filter(|index| official.quotes(candidates[*index].column)).collect();
    for &index in &given {
        chosen[index] = Some(Proposal::by_cells(Field::Content));
    }
    given
}

/// 条线 over official names, in nearly every row one, is the task, where no column has it: a title of the township's own.
pub(super) fn groups_as_names<'o>(
    candidates: &[Candidate],
    meanings: &[Option<Meaning>],
    chosen: &mut [Option<Proposal>],
    official: &dyn Fn() -> &'o OfficialShare,
) -> Option<usize> {
    let of_task = [Field::Name, Field::Content, Field::Indicator];
    if chosen.iter().flatten().any(|proposal| of_task.contains(&proposal.field)) {
        return None;
    }
    let fullest = candidates.iter().map(|candidate| candidate.look.cells).max().unwrap_or(0);
    let grouping = |index: &usize| {
        let own = meanings[*index].as_ref().is_some_and(|meaning| meaning.fields.is_empty());
        let title = candidates[*index].header.and_then(|header| header.path.last());
        let groups = own && title.is_some_and(|title| is_grouping(title));
        let look = &candidates[*index].look;
        groups && is_filled(look, fullest) && !look.repeats() && look.fits(Field::Name) == Fit::Good
    };
    let index = (0..candidates.len()).find(grouping).filter(|index| official().names(candidates[*index].column))?;
    chosen[index] = Some(Proposal::by_cells(Field::Name));
    Some(index)
}

/// 主要任务 over short words are names, where no other column has them.
fn contents_as_names(candidates: &[Candidate], meanings: &[Option<Meaning>], chosen: &mut [Option<Proposal>]) {
    let is_content = |index: &usize| chosen[*index].is_some_and(|proposal| proposal.field == Field::Content);
    let contents: Vec<usize> = (0..chosen.len()).filter(is_content).collect();
    let [only] = contents[..] else { return };
    let may_be_name = meanings[only].as_ref().is_some_and(|meaning| meaning.fields.contains(&Field::Name));
    let look = &candidates[only].look;
    if let Some(proposal) = &mut chosen[only]
        && may_be_name
        && look.fits(Field::Name) == Fit::Good
        && look.fits(Field::Content) != Fit::Good
    {
        proposal.field = Field::Name;
    }
}

/// Gives the task's name to the column left of the contents under a title that nobody knows, where it holds short words of
/// its own in nearly every row: 简称, 霓屿叫法.
fn names_beside_contents(
    candidates: &[Candidate],
    meanings: &[Option<Meaning>],
    chosen: &mut [Option<Proposal>],
) -> Option<usize> {
    const LENGTHS: std::ops::RangeInclusive<usize> = 2..=14;
    let content = chosen.iter().position(|proposal| proposal.is_some_and(|given| given.field == Field::Content))?;
    let index = content.checked_sub(1)?;
    let look = &candidates[index].look;
    let unknown = meanings[index].is_none() && chosen[index].is_none() && candidates[index].header.is_some();
    let names = look.fits(Field::Name) == Fit::Good && look.fits(Field::Agencies) != Fit::Good && look.is_varied();
    if !(unknown && names && is_filled(look, candidates[content].look.cells) && LENGTHS.contains(&look.mean_length())) {
        return None;
    }
    chosen[index] = Some(Proposal::by_cells(Field::Name));
    Some(index)
}

/// 指标 over sentences is what is to be done.
fn sentences_as_contents(candidates: &[Candidate], chosen: &mut [Option<Proposal>]) {
    for (candidate, proposal) in candidates.iter().zip(chosen) {
        if let Some(proposal) = proposal
            && proposal.field == Field::Indicator
            && candidate.look.is_plainly(Field::Progress)
        {
            proposal.field = Field::Content;
        }
    }
}

/// Of 工作举措 beside 工作成效, with no column of tasks, the first says what was to be done.
fn measures_as_tasks(meanings: &[Option<Meaning>], chosen: &mut [Option<Proposal>]) {
    let narrates = |proposal: &Option<Proposal>| proposal.is_some_and(|proposal| proposal.field == Field::Progress);
    if chosen.iter().filter(|proposal| narrates(proposal)).count() < 2 {
        return;
    }
    let may_be_content =
        |index: &usize| meanings[*index].as_ref().is_some_and(|meaning| meaning.fields.contains(&Field::Content));
    let first = (0..chosen.len()).filter(|index| narrates(&chosen[*index])).find(may_be_content);
    if let Some(Some(proposal)) = first.map(|index| &mut chosen[index]) {
        proposal.field = Field::Content;
    }
}

/// Gives 序号 to a column of numbers on the left of the tasks over which nobody wrote a title of its own.
pub(super) fn number_by_cells(candidates: &[Candidate], chosen: &mut [Option<Proposal>]) -> Option<usize> {
    let of = |fields: &[Field]| {
        chosen.iter().position(|proposal| proposal.is_some_and(|proposal| fields.contains(&proposal.field)))
    };
    if of(&[Field::Number]).is_some() {
        return None;
    }
    let task = of(&[Field::Name, Field::Content, Field::Indicator])?;
    let titled = |index: usize| {
        let at = candidates[index].header.map(|header| header.at);
        at.is_some() && candidates.iter().filter(|other| other.header.map(|header| header.at) == at).count() == 1
    };
    let counts = |index: usize| {
        let look = &candidates[index].look;
        look.cells >= 2 && look.ordinals() * 4 >= look.cells * 3 && look.counts_up()
    };
    let index = (0..task).find(|index| chosen[*index].is_none() && !titled(*index) && counts(*index))?;
    chosen[index] = Some(Proposal::by_cells(Field::Number));
    Some(index)
}
