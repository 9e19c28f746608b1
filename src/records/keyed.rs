//! Which rows of a standard template stand for one task, however the sheet was sorted, and was it filled in at all?

use std::collections::BTreeMap;

use super::record::Record;
use super::submission::{Attribution, EvidencePlace};
use crate::period::Period;

/// Rows whose hidden keys name one task are one group: the template asks for status and narratives only in the task's
/// first row, and after sorting that row may stand anywhere.
pub(super) fn group_by_key(records: &mut [Record]) {
    let mut groups: BTreeMap<(String, u32), usize> = BTreeMap::new();
    for record in records {
        let Some(key) = &record.key else { continue };
        let Some(task) = key.task else { continue };
        record.group = *groups.entry((key.township.clone(), task)).or_insert(record.group);
    }
}

/// Whether a file is a standard template that nobody has filled in: its keys tell whose it is, and no row says anything.
pub(super) fn is_blank_form(records: &[Record], township: &Attribution<String>) -> bool {
    records.is_empty() && township.evidence.iter().any(|piece| piece.place == EvidencePlace::Key)
}

/// What a blank form is, in the words of a clerk.
pub(super) fn blank_form_remark(township: &Attribution<String>, period: &Attribution<Period>) -> String {
    let whose = township.value.as_deref().unwrap_or("");
    let when = period.value.map(Period::chinese).unwrap_or_default();
    format!("这是{whose}{when}的空白填报表，还没有填写，不算报送。")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::list::Key;
    use crate::location::CellRef;
    use crate::records::values::Values;

    fn record(group: usize, key: Option<(&str, u32, usize)>) -> Record {
        let period = "2024Q2".parse().unwrap();
        let key = key.map(|(township, task, indicator)| Key {
            plan: "0badcafe".into(),
            period,
            township: township.into(),
            task: Some(task),
            indicator: Some(indicator),
        });
        let at = CellRef::new(u32::try_from(group).unwrap(), 0);
        Record {
            sheet: 0,
            at,
            side_by_side: false,
            entries: Vec::new(),
            values: Values::default(),
            headings: [].into(),
            group,
            key,
            blanks: Vec::new(),
            counted: true,
        }
    }

    #[test]
    fn rows_of_one_task_are_one_group_wherever_they_stand() {
        let mut records = [
            record(0, Some(("北岙街道", 32, 1))),
            record(1, Some(("北岙街道", 7, 0))),
            record(2, Some(("北岙街道", 32, 0))),
            record(3, Some(("东屏街道", 32, 0))),
            record(4, None),
        ];
        group_by_key(&mut records);
        assert_eq!(records.map(|record| record.group), [0, 1, 0, 3, 4]);
    }
}
