//! Does the same table of an earlier time stand below the one that is reported, left there to compare?
//!
//! ```text
//!  大门镇2024年第三季度工作推进表
//!  任务 │ 三季度末 │ 怎么样了 │ 状态 …
//!
//!  大门镇2024年第二季度工作推进表
//!  任务 │ 二季度末 │ 怎么样了 │ 状态 …
//! ```

use std::collections::BTreeSet;

use super::attribution::Witness;
use super::read::Segment;
use super::record::Record;
use super::submission::EvidencePlace;
use super::told_period;
use crate::list::Field;
use crate::period::{Period, PeriodPart};
use crate::tables::{SheetLayout, Table, plain};
use crate::workbooks::Sheet;

/// Records that such a table has at least.
const FEWEST: usize = 2;

/// What is asked of two tables on one sheet.
struct OfTime<'a> {
    /// The table.
    table: &'a Table,
    /// What the sheet says about it.
    witnesses: &'a [Witness],
    /// Its records.
    records: &'a [Record],
}

impl OfTime<'_> {
    /// The quarter, half-year or month that the table's own title or caption names.
    fn period(&self) -> Option<Period> {
        let own = |witness: &&Witness| matches!(witness.place, EvidencePlace::Title | EvidencePlace::Caption);
        let own: Vec<Witness> = self.witnesses.iter().filter(own).cloned().collect();
        told_period::period(&own).value.filter(|period| period.part != PeriodPart::Year)
    }

    /// What its columns hold.
    fn fields(&self) -> Vec<Option<Field>> {
        self.table.columns.iter().map(|column| column.field).collect()
    }

    /// The tasks that its records name.
    fn tasks(&self) -> BTreeSet<String> {
        let names = self.records.iter().filter_map(|record| record.entry(Field::Name));
        names.map(|entry| plain(&entry.text)).collect()
    }
}

/// The earlier period of a table below another one, where the upper one says the same things of the same tasks at a later
/// time, each under a title of its own. A table of one quarter below that of the quarter before goes on in time, as a
/// ledger does, and counts.
fn left_below(upper: &OfTime<'_>, lower: &OfTime<'_>) -> Option<Period> {
    let below = lower.table.region.first.row > upper.table.region.last.row;
    let reported = lower.records.len() >= FEWEST && below && !lower.table.side_by_side;
    let (later, earlier) = upper.period().filter(|_| reported).zip(lower.period())?;
    let kind = |period: Period| std::mem::discriminant(&period.part);
    let tasks = lower.tasks();
    (kind(later) == kind(earlier)
        && earlier.last_day() < later.last_day()
        && upper.fields() == lower.fields()
        && tasks.len() >= FEWEST
        && tasks.is_subset(&upper.tasks()))
    .then_some(earlier)
}

/// Sets the tables of a sheet aside that are the same as one above them, of an earlier time: they are kept beside the
/// records, and tell nothing of whose and when.
pub(super) fn set_earlier_tables_aside(segments: &mut [Segment], layout: &SheetLayout, sheet: &Sheet) {
    fn of_time<'a>(segment: &'a Segment, layout: &'a SheetLayout) -> OfTime<'a> {
        let table = &layout.tables[segment.place.1];
        OfTime { table, witnesses: &segment.witnesses, records: &segment.records }
    }
    for index in 1..segments.len() {
        let (above, below) = segments.split_at_mut(index);
        let lower = &mut below[0];
        let earlier = above.iter().find_map(|upper| left_below(&of_time(upper, layout), &of_time(lower, layout)));
        let Some(earlier) = earlier else { continue };
        let region = layout.tables[lower.place.1].region;
        lower.set_aside = Some(format!(
            "工作表“{}”第{}—{}行是{earlier}的同一张表，留作对照，没有计入，原文在未归集内容中。",
            sheet.name,
            region.first.row_number(),
            region.last.row_number()
        ));
        lower.records.clear();
        lower.witnesses.clear();
        lower.townships.clear();
        lower.periods.clear();
    }
}
