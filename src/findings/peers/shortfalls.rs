//! Do all townships together reach the district's targets?

use std::collections::BTreeMap;

use super::Peers;
use crate::findings::context::{Context, Row, Run, cite};
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

/// What the townships of some submissions reported for each indicator, by task and position.
pub(super) type SumsOfTownships = BTreeMap<(u32, usize), BTreeMap<String, f64>>;

/// What all townships reported for each indicator: how many of them did, and the sum.
#[derive(Debug, Default)]
pub(super) struct Sums(BTreeMap<(u32, usize), (usize, f64)>);

impl Sums {
    /// Adds further townships.
    pub(super) fn add(&mut self, sums: SumsOfTownships) {
        for (indicator, of_townships) in sums {
            let (townships, total) = self.0.entry(indicator).or_default();
            *townships += of_townships.len();
            *total += of_townships.values().sum::<f64>();
        }
    }
}

/// Targets that are due, and that all townships together fall short of. Only where every township has reported.
pub(in crate::findings) fn check(run: &Run<'_>, peers: &Peers, findings: &mut Vec<Finding>) {
    for task in &run.plan.tasks {
        for (position, indicator) in task.indicators.iter().enumerate() {
            if !indicator.adds_up || indicator.direction == Direction::AtMost || !is_due(run, task, indicator) {
                continue;
            }
            let (reported, total) = peers.sums.0.get(&(task.number, position)).copied().unwrap_or_default();
            let expected =
                run.plan.townships.iter().filter(|township| run.plan.must_report(&township.name, task)).count();
            // A task that no township reports is not theirs to fall short of.
            if expected > 0 && reported == expected && total < indicator.value * (1.0 - 1e-9) {
                findings.push(shortfall(task, indicator, total));
            }
        }
    }
}

/// What the townships of some submissions reported.
pub(super) fn sums(context: &Context<'_>) -> SumsOfTownships {
    let mut sums = SumsOfTownships::new();
    for row in context.rows().filter(|row| row.matched.outcome == Outcome::Matched) {
        let (Some(task), Some(own), Some(township)) = (row.task(), row.indicator(), row.township()) else { continue };
        for (position, indicator) in task.indicators.iter().enumerate().filter(|(_, indicator)| *indicator == own) {
            if let Some(value) = value_in(&row, indicator) {
                let of_townships = sums.entry((task.number, position)).or_default();
                *of_townships.entry(township.to_owned()).or_insert(0.0) += value;
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
fn is_due(run: &Run<'_>, task: &Task, indicator: &Indicator) -> bool {
    let end = run.period.last_day();
    match due(run.plan, task, indicator) {
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
