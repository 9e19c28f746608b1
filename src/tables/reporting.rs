//! Is a table a report: tasks on one side, what was done about them on the other? And does a sheet only repeat or judge
//! what other sheets report?

use std::collections::BTreeMap;

use super::grid::{Grid, Seen};
use super::header::Header;
use super::headerless::OfficialShare;
use super::layout::{CELLS_COMPARED, Knowledge, ROWS_LOOKED_AT};
use super::places::Place;
use super::rows::REPORTED;
use super::table::TableColumn;
use super::text::{is_status_word, length, plain};
use super::told_below::{leads_down, told_below, told_under};
use super::vocabulary::is_place;
use crate::list::Field;

/// Rows in which the titles of a pivot or of a list of scores are looked for.
const ROWS_WITH_TITLES: usize = 8;

/// Whether a sheet only repeats or judges what other sheets report, or lists what goes with it: a pivot, a list of scores
/// or of materials.
pub(super) fn repeats_figures(grid: &Grid) -> bool {
    if is_list_of_checks(grid) {
        return true;
    }
    let pivot = |text: &str| {
        let sums = ["求和项:", "计数项:", "平均值项:"].iter().any(|word| text.starts_with(word));
        matches!(text, "行标签" | "列标签") || sums
    };
    grid.used_rows().take(ROWS_WITH_TITLES).any(|row| {
        let texts: Vec<&str> = grid.row(row).iter().take(CELLS_COMPARED).map(Seen::plain).collect();
        let materials = |text: &&str| matches!(*text, "材料名称" | "佐证材料名称" | "照片名称" | "文件名称");
        texts.iter().any(|text| pivot(text) || materials(text))
            || counts_answers(&texts)
            || texts.iter().filter(|text| is_score(text)).count() >= 2 && !tells_states(grid)
    })
}

/// Whether a column of a sheet holds the state of nearly every row, as a report has it: who scores himself may tell it beside
/// the scores. A list of scores alone has none.
fn tells_states(grid: &Grid) -> bool {
    const FEWEST: usize = 3;
    let (mut rows, mut states) = (0usize, BTreeMap::<u32, usize>::new());
    for row in grid.used_rows().take(ROWS_LOOKED_AT) {
        let cells = grid.row(row);
        rows += usize::from(cells.len() >= 4);
        for seen in cells.iter().take(CELLS_COMPARED) {
            if is_status_word(seen.plain()) {
                *states.entry(seen.left()).or_default() += 1;
            }
        }
    }
    states.values().any(|count| *count >= FEWEST && count * 3 >= rows * 2)
}

/// Whether plain titles are those of how often each answer was given in a form on the web: 题目 │ 选项 │ 人次 │ 占比. What was
/// answered stands in another sheet.
fn counts_answers(titles: &[impl AsRef<str>]) -> bool {
    const COUNTS: [&str; 14] = [
        "小计",
        "人次",
        "人数",
        "票数",
        "次数",
        "份数",
        "数量",
        "计数",
        "选择人数",
        "选择次数",
        "占比",
        "比例",
        "百分比",
        "占比(%)",
    ];
    let has = |words: &[&str]| titles.iter().any(|title| words.contains(&title.as_ref()));
    has(&["选项", "选项内容", "选项名称", "答案选项"]) && has(&COUNTS)
}

/// Whether a title is of a column of scores: 分值, 自评分, 扣分原因.
fn is_score(title: &str) -> bool {
    let scores = ["得分", "分值", "扣分", "加分", "评分", "总分", "排名", "名次"];
    length(title) <= 8 && scores.iter().any(|word| title.contains(word))
}

/// Whether columns are those of a reporting table: tasks on one side, what was done about them on the other. A copy of
/// the official list or a list of contacts is none. A table of villages names its task in its title, as does a small
/// table for one task alone.
pub(super) fn is_reporting(
    columns: &[TableColumn],
    titled: impl FnOnce() -> bool,
    told_in_lines: impl FnOnce() -> bool,
) -> Result<(), String> {
    let texts: Vec<String> = columns.iter().map(|column| plain(&column.title)).collect();
    if counts_answers(&texts) {
        return Err("是表单各选项的答题统计，不是各项任务的进展".to_owned());
    }
    if texts.iter().any(|title| is_of_checks(title)) {
        return Err("是检查、核对用的清单，不是各项任务的进展".to_owned());
    }
    let has = |fields: &[Field]| columns.iter().any(|column| column.field.is_some_and(|field| fields.contains(&field)));
    let of_places = columns.iter().any(|column| column.field.is_none() && is_place(&column.title));
    if !has(&[Field::Name, Field::Content, Field::Indicator]) && !of_places && !titled() {
        return Err("像是表头，但没有任务名称或主要内容栏".to_owned());
    }
    let tells = |column: &&TableColumn| {
        column.field.is_some_and(|field| REPORTED.contains(&field)) && !is_score(&plain(&column.title))
    };
    let scores = columns.iter().filter(|column| is_score(&plain(&column.title))).count();
    if scores >= 2 && !columns.iter().any(|column| tells(&column)) {
        return Err("是考核得分表，没有完成数、状态、进展等填报栏".to_owned());
    }
    if !has(&REPORTED) && !told_in_lines() {
        return Err("像是表头，但没有完成数、状态、进展等填报栏".to_owned());
    }
    Ok(())
}

/// Whether a sheet is nothing but a list of checks: its first row of several cells is the header of one, and no row is wider.
fn is_list_of_checks(grid: &Grid) -> bool {
    const WIDEST: usize = 4;
    let mut rows = grid.used_rows().take(ROWS_LOOKED_AT).map(|row| grid.row(row)).filter(|cells| cells.len() >= 2);
    let Some(titles) = rows.next() else { return false };
    let texts: Vec<&str> = titles.iter().take(CELLS_COMPARED).map(Seen::plain).collect();
    let answered = |text: &&str| text.contains("是否") || ["检查人", "核对人", "检查结果", "核对结果"].contains(text);
    titles.len() <= WIDEST
        && texts.iter().any(|text| is_of_checks(text))
        && texts.iter().any(answered)
        && rows.all(|cells| cells.len() <= WIDEST)
}

/// Whether a title is over what somebody ticks off before the report is sent: 检查项 │ 是否到位 │ 检查人.
fn is_of_checks(title: &str) -> bool {
    let what = ["检查", "核对", "自查", "清点"].iter().find_map(|act| title.strip_prefix(act));
    what.is_some_and(|what| matches!(what, "项" | "项目" | "内容" | "事项" | "要点"))
}

/// Lines below tasks that tell what was done, from which on no column need tell it.
const FEWEST_LINES: usize = 2;

/// Whether lines below the tasks of a place tell what was done: 推进: │ 撂荒地复耕80亩.
pub(super) fn tells_in_lines(grid: &Grid, place: &Place) -> bool {
    let rows = grid.used_rows_between(place.body.0, place.body.1).take(ROWS_LOOKED_AT);
    let cells = |row: u32| grid.row_between(row, place.span.0, place.span.1).collect::<Vec<Seen>>();
    rows.filter(|row| goes_on_with_the_task_above(&cells(*row))).count() >= FEWEST_LINES
}

/// Whether a row is a label of what was done with its text, in one cell or beside it.
pub(super) fn goes_on_with_the_task_above(cells: &[Seen]) -> bool {
    match cells {
        [only] => told_below(&only.cell.text).is_some(),
        [arrow, told @ ..] if leads_down(&arrow.cell.text) => {
            told.iter().all(|seen| told_below(&seen.cell.text).is_some())
        }
        [label, _] => told_under(&label.cell.text).contains(&Field::Progress),
        _ => false,
    }
}

/// Whether the text alone in the row above a header, or the name of the sheet, names one task: 任务二:海塘加固.
pub(super) fn is_titled_by_task(grid: &Grid, header: &Header, knowledge: &Knowledge) -> bool {
    let names_task = |text: &str| {
        let text = plain(text);
        let marked = ["任务", "事项", "项目", "工作"].iter().any(|word| {
            let rest = text.strip_prefix(word).unwrap_or_default();
            let counted = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
            counted.starts_with([':', '、', '.']) && length(counted) >= 3
        });
        (3..=60).contains(&length(&text)) && (marked || knowledge.official.is_task(&text))
    };
    let row = header.first_row().checked_sub(1);
    let above = row.map_or(&[][..], |above| grid.row(above));
    // Where tables stand side by side, the caption stands alone over its own.
    let own: Vec<Seen> =
        row.map_or_else(Vec::new, |above| grid.row_between(above, header.left(), header.right()).collect());
    let alone = |cells: &[Seen]| matches!(cells, [only] if names_task(&only.cell.text));
    alone(above) || own.len() < above.len() && alone(&own) || names_task(&grid.sheet.name)
}

/// In a table whose title names the task and whose rows are places, what was taken for names by its cells alone is what was
/// done there: 整治方式 over 业主自拆.
pub(super) fn take_places_for_names(columns: &mut [TableColumn], knowledge: &Knowledge) {
    let of_places = columns.iter().any(|column| column.field.is_none() && is_place(&column.title));
    let told = columns.iter().any(|column| column.field == Some(Field::Progress));
    let lowest =
        |column: &TableColumn| knowledge.vocabulary.meaning(column.title.rsplit('›').next().unwrap_or_default());
    let by_cells = |column: &&mut TableColumn| column.field == Some(Field::Name) && lowest(column).is_none();
    if !of_places || told {
        return;
    }
    for column in columns.iter_mut().filter(by_cells) {
        column.field = Some(Field::Progress);
        "表名就是任务，各行是各村，这一栏写的是怎么做的".clone_into(&mut column.why);
    }
}

/// Whether a table without a known header is a report: official names stand in it, or both states and narratives do, or
/// one of them below titles of which one at least has a word we know (`titled`). A list of telephone numbers, of
/// materials, or any other table of texts is none.
pub(super) fn is_plainly_reporting(columns: &[TableColumn], share: &OfficialShare, titled: bool) -> bool {
    let has = |wanted: Field| columns.iter().any(|column| column.field == Some(wanted));
    let official = columns.iter().any(|column| share.is_official(column.column));
    let (tells, states) = (has(Field::Progress), has(Field::Status));
    official || tells && states || titled && (tells || states)
}

/// Whether the columns below a header are lists to choose from, each with an end of its own: 街道乡镇 │ 进展状态 │ 常用单位. No
/// state comes twice, they end above the other lists, and nothing else is told.
pub(super) fn lists_choices(grid: &Grid, place: &Place, columns: &[TableColumn]) -> bool {
    const FEWEST: usize = 3;
    let tells: Vec<&TableColumn> =
        columns.iter().filter(|column| column.field.is_some_and(|field| REPORTED.contains(&field))).collect();
    let [states] = tells.as_slice() else { return false };
    let figures = columns.iter().any(|column| column.field.is_some_and(Field::is_quantity));
    if states.field != Some(Field::Status) || figures {
        return false;
    }
    let rows: Vec<u32> = grid.used_rows_between(place.body.0, place.body.1).take(ROWS_LOOKED_AT).collect();
    let state = |row: &u32| {
        let seen = grid.row_between(*row, states.column, states.column).next();
        seen.map(|seen| seen.plain())
    };
    let told: Vec<Option<&str>> = rows.iter().map(state).collect();
    let length = told.iter().take_while(|state| state.is_some()).count();
    let mut distinct: Vec<&&str> = told.iter().flatten().collect();
    distinct.sort_unstable();
    distinct.dedup();
    let bare = told.iter().flatten().all(|state| is_status_word(state));
    length >= FEWEST
        && length < rows.len()
        && told[length..].iter().all(Option::is_none)
        && distinct.len() == length
        && bare
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_checks_are_told_by_their_title() {
        for title in ["检查项", "核对内容", "自查事项"] {
            assert!(is_of_checks(title), "{title}");
        }
        for title in ["检查", "检查人", "自查进展情况", "任务项目"] {
            assert!(!is_of_checks(title), "{title}");
        }
    }
}
