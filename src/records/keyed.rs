//! Which rows of a standard template stand for one task, however the sheet was sorted?

use std::collections::BTreeMap;

use super::record::Record;

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
            headings: Vec::new(),
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
