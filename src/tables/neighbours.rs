//! What are headers and tables to their neighbours on the same rows?

use super::across;
use super::grid::Grid;
use super::header::Header;
use super::official::Official;
use super::places::Place;
use super::table::{Layout, Table};
use crate::location::Region;

/// Two headers side by side as one, where neither alone is a report: the tasks on the left, what was done on the right.
pub(super) fn as_one(headers: &[Header], places: &[Place]) -> Option<(Header, Place)> {
    let ([left, right], [first, second]) = (headers, places) else { return None };
    let beside = left.rows == right.rows && left.right() < right.left();
    beside.then(|| {
        let columns = left.columns.iter().chain(&right.columns).cloned().collect();
        let header = Header { rows: left.rows.clone(), columns, lines: left.lines.clone() };
        let body = (first.body.0.min(second.body.0), first.body.1.max(second.body.1));
        (
            header,
            Place {
                span: (first.span.0, second.span.1),
                body,
                side_by_side: false,
                goes_on_broken: first.goes_on_broken,
            },
        )
    })
}

/// Whether the same titles stand side by side below official names: 目标 │ 完成 below each task. They are the tasks' columns
/// and no tables of their own.
pub(super) fn stand_below_tasks(grid: &Grid, headers: &[Header], official: &Official) -> bool {
    let [first, others @ ..] = headers else { return false };
    let titles = |header: &Header| header.columns.iter().filter_map(|column| column.path.last().cloned()).collect();
    let of_first: Vec<String> = titles(first);
    let same = |header: &Header| header.rows == first.rows && titles(header) == of_first;
    let beside = !others.is_empty() && others.iter().all(same);
    beside && across::header(grid, official).is_some_and(|tasks| tasks.rows.contains(&first.last_row()))
}

/// A table whose neighbour on the same rows turned out to report nothing stands alone.
pub(super) fn settle_neighbours(tables: &mut [Table]) {
    let regions: Vec<Region> = tables.iter().map(|table| table.region).collect();
    let of_rows = |table: &Table| table.side_by_side && table.layout == Layout::Rows && table.across.is_empty();
    for (index, table) in tables.iter_mut().enumerate().filter(|(_, table)| of_rows(table)) {
        let rows = table.region;
        let beside = |other: &Region| other.first.row <= rows.last.row && rows.first.row <= other.last.row;
        table.side_by_side = regions.iter().enumerate().any(|(other, region)| other != index && beside(region));
    }
}
