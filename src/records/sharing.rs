//! Which cells does a record share with the records of the same task above and below it?

use super::record::{Entry, Record};
use super::segment::Joined;
use super::values::written;
use crate::list::Field;
use crate::tables::REPORTED;

/// Fields of which one cell, left blank below, speaks for all rows of a task.
const SPOKEN_ONCE: [Field; 7] =
    [Field::Deadline, Field::Contact, Field::Remark, Field::Status, Field::Progress, Field::Problem, Field::Plan];

/// A task row that reports nothing itself, over rows for its parts that do, is no record: its cells are the parts'.
pub(super) fn give_silent_tasks_to_their_parts(records: &mut Vec<Record>, joined: &mut Vec<Joined>) {
    let mut index = 0;
    while index + 1 < records.len() {
        let reports = |record: &Record| {
            let told = REPORTED.into_iter().chain([Field::Target]);
            // A dash says that nothing is to be told here.
            told.into_iter().any(|field| record.entry(field).is_some_and(|entry| !written::is_blank(&entry.text)))
        };
        let heads = joined[index] == Joined::Alone && joined[index + 1] == Joined::Village;
        if !heads || reports(&records[index]) || !reports(&records[index + 1]) {
            index += 1;
            continue;
        }
        let task = records.remove(index);
        joined.remove(index);
        for (record, _) in
            records[index..].iter_mut().zip(&joined[index..]).take_while(|(_, how)| **how == Joined::Village)
        {
            let missing: Vec<Entry> = task
                .entries
                .iter()
                .filter(|entry| !record.entries.iter().any(|own| own.at == entry.at))
                // The dash of the task is no value of its parts; it is kept with them.
                .map(|entry| Entry {
                    shared: true,
                    field: entry.field.filter(|_| !written::is_blank(&entry.text)),
                    ..entry.clone()
                })
                .collect();
            record.entries.extend(missing);
        }
        joined[index] = Joined::Alone;
        index += 1;
    }
}

/// Where one narrative, status or deadline was written for all rows of a task and left blank below, as in files
/// without merged cells, it belongs to all of them. If a second row has its own, blank means blank.
pub(super) fn share_what_is_spoken_once(records: &mut [Record], joined: &[Joined]) {
    let mut start = 0;
    while start < records.len() {
        let mut end = start + 1;
        while end < records.len() && matches!(joined[end], Joined::Blank | Joined::Village) {
            end += 1;
        }
        if end > start + 1 {
            for field in SPOKEN_ONCE {
                let (first, rest) = records[start..end].split_at_mut(1);
                if rest.iter().any(|record| record.entry(field).is_some()) {
                    continue;
                }
                let spoken: Vec<Entry> = first[0]
                    .entries
                    .iter_mut()
                    .filter(|entry| entry.field == Some(field))
                    .map(|entry| {
                        entry.shared = true;
                        entry.clone()
                    })
                    .collect();
                for record in rest {
                    record.entries.extend(spoken.iter().cloned());
                }
            }
        }
        start = end;
    }
}
