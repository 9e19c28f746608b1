//! Does a heading say in which state the tasks below it are: 【推进中】, 一、已完成(5项)?

use std::collections::BTreeMap;

use super::record::{Entry, Record};
use super::segment::Segmenter;
use super::values::status_of;
use crate::list::Field;
use crate::tables::{TableRow, is_status_word, one_line, plain};
use crate::workbooks::Value;

/// What may stand behind a state in a heading: 已完成的任务, 推进中事项.
const COUNTED: [&str; 8] = ["工作任务", "任务", "事项", "项目", "工作", "类", "部分", "的"];

impl Segmenter<'_, '_> {
    /// The state that a heading gives to the records below it.
    pub(super) fn state_in_heading(&self, row: &TableRow) -> Option<Entry> {
        let first =
            self.grid.row_between(row.row, self.table.region.first.column, self.table.region.last.column).next()?;
        let text = one_line(&first.cell.text);
        let state = state_in(&text)?;
        Some(Entry {
            field: Some(Field::Status),
            title: text,
            at: first.cell.at,
            value: Value::Text(state.clone()),
            text: state,
            unit: None,
            shared: true,
        })
    }
}

/// The state that a heading names; `None` where it names something else.
fn state_in(heading: &str) -> Option<String> {
    let text = plain(heading);
    let text = text.trim_start_matches(|c: char| "(第".contains(c));
    let unnumbered = text.trim_start_matches(|c: char| "一二三四五六七八九十".contains(c) || c.is_ascii_digit());
    let numbered = unnumbered.len() < text.len() && unnumbered.starts_with(['、', ')', '.', ',', ':']);
    let text = if numbered { unnumbered.trim_start_matches(['、', ')', '.', ',', ':']) } else { text };
    let text = text.trim_start_matches(|c: char| "【[◆■▲★●◎".contains(c));
    let mut state = text.split(|c: char| "】](（:".contains(c)).next()?;
    let uncounted = state.trim_end_matches(['项', '个', '件', '条']);
    if uncounted.ends_with(|c: char| c.is_ascii_digit()) {
        state = uncounted.trim_end_matches(|c: char| c.is_ascii_digit());
    }
    while let Some(shorter) = COUNTED.iter().find_map(|word| state.strip_suffix(word)) {
        state = shorter;
    }
    (is_status_word(state) && status_of(state).is_some()).then(|| state.to_owned())
}

/// Gives each record the state of its heading, where it has none of its own. `states` holds for each record, by its
/// place, the heading's.
pub(super) fn give_states(records: &mut [Record], states: &BTreeMap<u32, Entry>) {
    for record in records.iter_mut().filter(|record| record.entry(Field::Status).is_none()) {
        record.entries.extend(states.get(&record.at.row).cloned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_that_are_states() {
        for (heading, state) in [
            ("【推进中】", "推进中"),
            ("一、已完成(5项)", "已完成"),
            ("(二)滞后任务", "滞后"),
            ("■ 未启动 2项", "未启动"),
            ("已完成的事项：", "已完成"),
        ] {
            assert_eq!(state_in(heading).as_deref(), Some(state), "{heading}");
        }
        for heading in ["一、发展目标", "【宜居类】", "乡村建设推进行动", "(三)基础设施建设", "落实粮食安全责任", ""]
        {
            assert_eq!(state_in(heading), None, "{heading}");
        }
    }
}
