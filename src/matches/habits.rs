//! How far does a table keep to the habits that most keep to: official numbers, the list's order, each task once?

use super::context::Weighed;
use super::index::PlanIndex;

/// How far the table's numbers are the official ones, 0 to 1: learnt from the rows that their text places, each `told` of
/// a task.
pub(super) fn numbering_trust(rows: &[Weighed], told: &[Option<usize>], index: &PlanIndex) -> f64 {
    let (mut agreeing, mut telling) = (0.5, 1.0);
    for (weighed, told) in rows.iter().zip(told) {
        if let (Some(task), [number]) = (told, &weighed.row.numbers[..]) {
            telling += 1.0;
            if index.tasks[*task].number == *number {
                agreeing += 1.0;
            }
        }
    }
    agreeing / telling
}

/// How far the rows follow the list's order, 0 to 1: the share of telling neighbours of which the second comes after.
pub(super) fn order_trust(rows: &[Weighed], told: &[Option<usize>]) -> f64 {
    let (mut ascending, mut telling) = (0.5, 1.0);
    let pairs = rows.windows(2).zip(told.windows(2)).filter(|(rows, _)| rows[0].row.sheet == rows[1].row.sheet);
    for (_, told) in pairs {
        if let (Some(first), Some(second)) = (told[0], told[1])
            && first != second
        {
            telling += 1.0;
            if first < second && second - first <= 6 {
                ascending += 1.0;
            }
        }
    }
    ascending / telling
}

/// How far the table gives each task once, 0 to 1: in a report by village or by project, the same task comes again and
/// again.
pub(super) fn once_trust(rows: &[Weighed], told: &[Option<usize>]) -> f64 {
    let mut told: Vec<(usize, usize)> =
        rows.iter().zip(told).filter_map(|(weighed, told)| Some(((*told)?, weighed.row.group))).collect();
    told.sort_unstable();
    let by_task = told.chunk_by(|one, other| one.0 == other.0);
    let in_one_group = by_task.filter(|rows| rows.first().map(|row| row.1) == rows.last().map(|row| row.1));
    let once: usize = in_one_group.map(<[_]>::len).sum();
    #[expect(clippy::cast_precision_loss, reason = "a sheet has at most some thousand rows")]
    let (once, all) = (once as f64, told.len() as f64);
    (once + 0.5) / (all + 1.0)
}
