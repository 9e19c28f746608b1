//! Do all townships together reach the district's targets?

use std::collections::BTreeMap;

use crate::findings::context::{Context, Row, cite};
use crate::findings::due::{due, last_day};
use crate::findings::finding::{Finding, Kind, Severity};
use crate::findings::row::with_unit;
use crate::list::{Direction, Indicator, Task};
use crate::matches::Outcome;
use crate::records::values::Precision;
use crate::records::values::unit::convert;

pub(in crate::findings) static TARGET_SHORTFALL: Kind = Kind {
    code: "target-shortfall",
    title: "全区未达目标",
    severity: Severity::Info,
    reports: "到本期应当完成的目标，各单位合计还没有达到。",
    matters: "全区的目标没有完成。",
    remedy: "请查看差在哪些单位，安排补上。",
    example: "文明村镇2023年应建成3个，各单位合计2个。",
};

/// Targets that are due, and that all townships together fall short of. Only where every township has reported.
pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let (all_sums, nothing) = (sums(context), BTreeMap::new());
    for task in &context.plan.tasks {
        for (position, indicator) in task.indicators.iter().enumerate() {
            if !indicator.adds_up || indicator.direction == Direction::AtMost || !is_due(context, task, indicator) {
                continue;
            }
            let sums = all_sums.get(&(task.number, position)).unwrap_or(&nothing);
            let expected =
                context.plan.townships.iter().filter(|township| context.plan.must_report(&township.name, task)).count();
            let total: f64 = sums.values().sum();
            // A task that no township reports is not theirs to fall short of.
            if expected > 0 && sums.len() == expected && total < indicator.value * (1.0 - 1e-9) {
                findings.push(shortfall(task, indicator, total));
            }
        }
    }
}

/// What each township reported for each indicator, by task and position.
fn sums<'a>(context: &Context<'a>) -> BTreeMap<(u32, usize), BTreeMap<&'a str, f64>> {
    let mut sums: BTreeMap<(u32, usize), BTreeMap<&str, f64>> = BTreeMap::new();
    for row in context.rows().filter(|row| row.matched.outcome == Outcome::Matched) {
        let (Some(task), Some(own), Some(township)) = (row.task(), row.indicator(), row.township()) else { continue };
        for (position, indicator) in task.indicators.iter().enumerate().filter(|(_, indicator)| *indicator == own) {
            if let Some(value) = value_in(&row, indicator) {
                *sums.entry((task.number, position)).or_default().entry(township).or_insert(0.0) += value;
            }
        }
    }
    sums
}

fn value_in(row: &Row<'_>, indicator: &Indicator) -> Option<f64> {
    let done = row.record.values.done.as_ref().filter(|done| done.precision != Precision::Range)?;
    convert(done.value, done.unit.as_deref().or(Some(&indicator.unit)), Some(&indicator.unit))
}

/// Whether a target is due by the period's end.
fn is_due(context: &Context<'_>, task: &Task, indicator: &Indicator) -> bool {
    let end = context.period.last_day();
    match due(context.plan, task, indicator) {
        Some(date) => last_day(date) <= end,
        None => indicator.when.starts_with("每年") && end.month == 12,
    }
}

fn shortfall(task: &Task, indicator: &Indicator, total: f64) -> Finding {
    let (sum, target) = (with_unit(total, Some(&indicator.unit)), with_unit(indicator.value, Some(&indicator.unit)));
    let gap = with_unit(indicator.value - total, Some(&indicator.unit));
    let message = format!(
        "{}的“{}”各单位合计{sum}，没有达到目标{target}，还差{gap}，请查看差在哪些单位。",
        cite(task),
        indicator.name
    );
    let finding = Finding::new(&TARGET_SHORTFALL, message).tasks(&[task.number]);
    finding.found(sum).expected(target).fix("查看差在哪些单位")
}
