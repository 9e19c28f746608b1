//! Do the task and what was done about it stand in one cell, under a title that names both or under none for the task?
//!
//! ```text
//!  序号 │ 任务及上半年进展                     │ 责任科室 │ 进度
//!   1   │ 景区村创建。一是停车场开放;二是…     │ 文旅办   │ 正常
//! ```

use super::grid::{Grid, Seen};
use super::layout::ROWS_LOOKED_AT;
use super::official::Official;
use super::places::Place;
use super::table::TableColumn;
use super::text::{is_numbered, is_numeric, is_ordinal, length, plain};
use crate::list::Field;

/// Cells of such a column that are looked at: official names are compared with each.
const CELLS_LOOKED_AT: usize = 40;
/// Fewest cells that must hold both.
const FEWEST: usize = 3;
/// Longest name of a task in front of what was done, in characters.
const LONGEST_NAME: usize = 32;
/// Shortest text that tells what was done, in characters.
const SHORTEST_TOLD: usize = 5;

/// The column of a table in whose cells the task stands with what was done, where no column names the task.
pub(super) fn column(grid: &Grid, place: &Place, columns: &[TableColumn], official: &Official) -> Option<u32> {
    let names = |column: &TableColumn| column.field.is_some_and(Field::names_task);
    if columns.iter().any(names) {
        return None;
    }
    let told = columns.iter().filter(|column| matches!(column.field, None | Some(Field::Progress)));
    let holds_both = |column: &&TableColumn| {
        let rows = grid.used_rows_between(place.body.0, place.body.1).take(ROWS_LOOKED_AT);
        let cells = |row: u32| grid.row_between(row, place.span.0, place.span.1).collect::<Vec<Seen>>();
        let texts: Vec<&str> = rows
            .map(cells)
            .filter(|cells| cells.len() >= 2)
            .filter_map(|cells| cells.iter().find(|seen| seen.left() == column.column).map(|seen| &*seen.cell.text))
            .take(CELLS_LOOKED_AT)
            .collect();
        let heads: Vec<&str> = texts.iter().filter_map(|text| apart(text)).map(|(name, _)| name).collect();
        let enough = heads.len() >= FEWEST && heads.len() * 3 >= texts.len() * 2;
        let official = || heads.iter().filter(|head| official.is_name(head)).count();
        enough && (names_both(&column.title) || official() * 2 >= texts.len())
    };
    told.into_iter().find(holds_both).map(|column| column.column)
}

/// Whether a title names the task and what was done about it: 任务及上半年进展, 工作事项/落实情况.
fn names_both(title: &str) -> bool {
    let title = plain(title.rsplit('›').next().unwrap_or_default());
    let parted = ["以及", "及", "和", "与", "、", "/", ":", "+"].iter().find_map(|mark| title.split_once(mark));
    parted.is_some_and(|(task, told)| {
        ["任务", "事项", "工作", "项目", "名称", "内容"].iter().any(|word| task.ends_with(word))
            && ["进展", "进度", "完成", "落实", "推进", "开展", "做法", "成效", "情况"]
                .iter()
                .any(|word| told.contains(word))
    })
}

/// The task in front of a text and what was done about it behind; `None` where they do not stand so.
pub(crate) fn apart(text: &str) -> Option<(&str, &str)> {
    const MARKS: [char; 7] = [':', '：', '。', ';', '；', '\n', '—'];
    let text = text.trim();
    if text.lines().filter(|line| is_numbered(line)).count() >= 2 {
        // A list of several tasks in one cell.
        return None;
    }
    if let Some((name, told)) = in_brackets(text) {
        let named = (3..=LONGEST_NAME).contains(&length(&plain(name))) && !is_figure(&plain(name));
        return (named && length(&plain(told)) >= SHORTEST_TOLD).then_some((name, told));
    }
    let place = text.find(MARKS)?;
    let (name, rest) = text.split_at(place);
    let told = rest.trim_start_matches(|c: char| MARKS.contains(&c) || c.is_whitespace() || c == '-');
    let bare = plain(name);
    let named = (3..=LONGEST_NAME).contains(&length(&bare)) && !bare.contains([',', '，']) && !is_figure(&bare);
    (named && length(&plain(told)) >= SHORTEST_TOLD).then(|| (name.trim(), told.trim_end()))
}

/// The task in brackets in front of what was done: 【粮食安全】早稻已种下.
fn in_brackets(text: &str) -> Option<(&str, &str)> {
    const BRACKETS: [(char, char); 3] = [('【', '】'), ('《', '》'), ('〔', '〕')];
    BRACKETS.iter().find_map(|(left, right)| {
        let (name, told) = text.strip_prefix(*left)?.split_once(*right)?;
        Some((name.trim(), told.trim_start_matches([':', '：', '—', '-', ' ']).trim()))
    })
}

/// Whether a text is a figure or a number and no name.
fn is_figure(plain: &str) -> bool {
    is_numeric(plain) || is_ordinal(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_task_and_what_was_done() {
        for (text, expected) in [
            ("景区村创建。一是停车场开放;二是标识翻新。", Some(("景区村创建", "一是停车场开放;二是标识翻新。"))),
            ("农村供水：应急供水船演练一次", Some(("农村供水", "应急供水船演练一次"))),
            ("“三基三主”十大工程——示范村验收2个", Some(("“三基三主”十大工程", "示范村验收2个"))),
            ("【粮食安全】早稻、番薯已种下", Some(("粮食安全", "早稻、番薯已种下"))),
            ("【2024年】三个村", None),
            ("景区村创建", None),
            ("1.粮食安全:早稻种下120亩。\n2.农村供水:换泵两台。", None),
            ("停车场开放,标识翻新。迎接评审会", None),
            ("12:三个村", None),
        ] {
            assert_eq!(apart(text), expected, "{text}");
        }
        assert!(names_both("任务及上半年进展") && names_both("重点工作和推进情况") && names_both("事项/完成情况"));
        assert!(!names_both("进展及成效") && !names_both("困难和问题") && !names_both("工作内容及要求"));
    }
}
