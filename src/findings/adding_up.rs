//! To what do the rows of a table add up, and does a written total agree with it in any of the ways it may be meant?

use super::context::Row;
use crate::list::Field;
use crate::records::values::Quantity;
use crate::records::values::quantity::{self, Reading};
use crate::records::values::unit::convert;
use crate::tables::TableColumn;

/// Which values of the rows a total is over: those of a field, or of a column that the form does not know.
#[derive(Clone, Copy)]
pub(super) struct Of {
    pub(super) field: Option<Field>,
    pub(super) column: u32,
}

pub(super) fn value_of(row: &Row<'_>, of: Of) -> Option<Quantity> {
    let values = &row.record.values;
    match of.field {
        Some(Field::Target) => values.target.clone(),
        Some(Field::PeriodDone) => values.period_done.clone(),
        Some(Field::Done) => values.done.clone(),
        Some(_) => None,
        None => {
            let mut entries = row.record.entries.iter();
            let entry = entries.find(|entry| entry.at.column == of.column && !entry.shared)?;
            match quantity::read(&entry.value, &entry.text, entry.unit.as_deref()) {
                Reading::Read(quantity) => Some(quantity),
                Reading::Blank | Reading::Unreadable => None,
            }
        }
    }
}

/// Whether a column that the form does not know holds amounts that add up: numbers in all its rows, three at least.
pub(super) fn is_summed(column: &TableColumn, rows: &[Row<'_>]) -> bool {
    const FEWEST: usize = 3;
    const NO_AMOUNTS: &[&str] =
        &["率", "比", "号", "电话", "年份", "月份", "日期", "时间", "均", "排名", "名次", "得分"];
    let entries: Vec<_> = rows
        .iter()
        .flat_map(|row| row.record.entries.iter())
        .filter(|entry| entry.at.column == column.column && entry.field.is_none())
        .collect();
    let is_amount = |text: &str| {
        let text = text.trim();
        !text.ends_with('%') && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-'))
    };
    !NO_AMOUNTS.iter().any(|word| column.title.contains(word))
        && entries.len() >= FEWEST
        && entries.iter().all(|entry| is_amount(&entry.text))
}

pub(super) fn unit_of(rows: &[Row<'_>], of: Of) -> Option<String> {
    rows.iter().find_map(|row| value_of(row, of).and_then(|quantity| quantity.unit))
}

/// A row's value in the unit of the total.
struct Addend<'a> {
    tasks: &'a [u32],
    value: f64,
}

/// The sum of the rows, where the stated total agrees with no way of adding them up.
///
/// A row followed by the villages or indicators of its task is their sum already: the total may be meant over the
/// parts, over the wholes, or over everything; and a subtotal over the last task's rows only.
pub(super) fn mismatch(stated: &Quantity, rows: &[Row<'_>], of: Of, subtotal: bool) -> Option<f64> {
    let with_value: Vec<&Row<'_>> = rows.iter().filter(|row| value_of(row, of).is_some()).collect();
    let last = with_value.last()?.matched.tasks.as_slice();
    let tail = with_value.iter().rev().take_while(|row| row.matched.tasks == last).count();
    let tail = addends(stated, &with_value[with_value.len() - tail..], of).filter(|tail| tail.len() >= 2);
    let whole = addends(stated, &with_value, of);
    let parts = whole.as_deref().into_iter().chain(tail.as_deref()).filter(|rows| rows.len() >= 2);
    let agrees = |rows: &[Addend<'_>]| sums(rows).into_iter().any(|sum| is_sum(stated, sum, rows));
    if parts.into_iter().any(agrees) || (subtotal && closes_some(stated, &with_value, of, agrees)) {
        return None;
    }
    let meant = if subtotal { tail.or(whole) } else { whole.or(tail) }?;
    if meant.len() < 2 {
        return None;
    }
    // The first sum over parts where all rows after the first are parts of it, else the sum over everything.
    let sums = sums(&meant);
    let one_task = meant.iter().all(|row| row.tasks == meant[0].tasks) && subtotal && is_parent(&meant);
    if one_task { sums.last().copied() } else { sums.first().copied() }
}

/// Nobody adds up more rows than that by hand.
const MOST: usize = 200;

/// Whether a total amid the rows is the sum of some rows right above it, two at least.
fn closes_some(stated: &Quantity, rows: &[&Row<'_>], of: Of, agrees: impl Fn(&[Addend<'_>]) -> bool) -> bool {
    (2..=rows.len().min(MOST))
        .map_while(|count| addends(stated, &rows[rows.len() - count..], of))
        .any(|above| agrees(&above))
}

/// A column of a total row, and what is written there.
pub(super) type Stated<'a> = (&'a TableColumn, Of, Quantity);

/// From which sheet row on a subtotal closes the rows above it: where all its columns agree, else where one does, the
/// target before what was done.
pub(super) fn start_closed(stated: &[Stated<'_>], rows: &[Row<'_>]) -> Option<u32> {
    let starts = || stated.iter().flat_map(|(_, of, stated)| starts_closed(stated, rows, *of));
    let agrees = |start: &u32| stated.iter().all(|(_, of, stated)| adds_up(stated, &rows_from(rows, *start), *of));
    starts().find(agrees).or_else(|| starts().next())
}

/// The sheet rows from which on the rows right above a total, two at least, add up to it; the nearest first.
pub(super) fn starts_closed(stated: &Quantity, rows: &[Row<'_>], of: Of) -> Vec<u32> {
    let rows: Vec<&Row<'_>> = rows.iter().filter(|row| value_of(row, of).is_some()).collect();
    let above = (2..=rows.len().min(MOST)).map(|count| &rows[rows.len() - count..]);
    above
        .map_while(|above| Some((above[0].record.at.row, addends(stated, above, of)?)))
        .filter(|(_, addends)| agree(stated, addends))
        .map(|(start, _)| start)
        .collect()
}

/// The rows from a sheet row on.
pub(super) fn rows_from<'a>(rows: &[Row<'a>], start: u32) -> Vec<Row<'a>> {
    rows.iter().filter(|row| row.record.at.row >= start).copied().collect()
}

/// Whether the rows add up to a stated total, or cannot be added up.
pub(super) fn adds_up(stated: &Quantity, rows: &[Row<'_>], of: Of) -> bool {
    let with_value: Vec<&Row<'_>> = rows.iter().filter(|row| value_of(row, of).is_some()).collect();
    let addends = addends(stated, &with_value, of).filter(|addends| addends.len() >= 2);
    addends.is_none_or(|addends| sums(&addends).iter().any(|sum| is_sum(stated, *sum, &addends)))
}

/// The sum of all rows.
pub(super) fn sum_of(stated: &Quantity, rows: &[Row<'_>], of: Of) -> Option<f64> {
    let with_value: Vec<&Row<'_>> = rows.iter().filter(|row| value_of(row, of).is_some()).collect();
    Some(addends(stated, &with_value, of)?.iter().map(|addend| addend.value).sum())
}

/// Whether values add up to a stated total.
fn agree(stated: &Quantity, rows: &[Addend<'_>]) -> bool {
    is_sum(stated, rows.iter().map(|row| row.value).sum(), rows)
}

fn is_sum(stated: &Quantity, sum: f64, rows: &[Addend<'_>]) -> bool {
    (sum - stated.value).abs() <= tolerance(stated, rows)
}

/// Values in the unit of the total; `None` where they do not go together.
fn addends<'a>(stated: &Quantity, rows: &[&Row<'a>], of: Of) -> Option<Vec<Addend<'a>>> {
    let first = rows.iter().find_map(|row| value_of(row, of).and_then(|quantity| quantity.unit));
    let unit = stated.unit.as_deref().or(first.as_deref());
    let addend = |row: &&Row<'a>| {
        let quantity = value_of(row, of).filter(|quantity| quantity.high.is_none())?;
        let value = convert(quantity.value, quantity.unit.as_deref().or(unit), unit)?;
        Some(Addend { tasks: &row.matched.tasks, value })
    };
    rows.iter().map(addend).collect()
}

/// The sums that a total may be meant as: over everything, over the wholes, over the parts.
fn sums(rows: &[Addend<'_>]) -> Vec<f64> {
    let part = |index: &usize| *index > 0 && rows[*index].tasks == rows[*index - 1].tasks;
    let over =
        |chosen: &dyn Fn(&usize) -> bool| (0..rows.len()).filter(chosen).map(|index| rows[index].value).sum::<f64>();
    let mut sums = vec![over(&|_| true)];
    if (0..rows.len()).any(|index| part(&index)) {
        sums.extend([over(&|index| !part(index)), over(&part)]);
    }
    sums
}

/// Whether the first row is the sum of the others, or about so.
fn is_parent(rows: &[Addend<'_>]) -> bool {
    let parts: f64 = rows[1..].iter().map(|row| row.value).sum();
    rows.len() >= 3 && (rows[0].value - parts).abs() <= 0.1 * parts
}

/// Rounded rows add up to a rounded total only within half a unit of the last place each.
fn tolerance(stated: &Quantity, rows: &[Addend<'_>]) -> f64 {
    let decimals = rows.iter().map(|row| places(row.value)).max().unwrap_or(0).max(places(stated.value));
    let count = f64::from(u32::try_from(rows.len()).unwrap_or(u32::MAX));
    if decimals == 0 { 1e-6 } else { 0.5 * 0.1f64.powi(decimals) * count.min(4.0) + 1e-9 }
}

/// Decimal places of a number, at most six.
fn places(value: f64) -> i32 {
    (0..6)
        .find(|places| {
            let scaled = value * 10f64.powi(*places);
            (scaled - scaled.round()).abs() < 1e-6
        })
        .unwrap_or(6)
}
