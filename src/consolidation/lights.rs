//! Is a task in time, to be looked at, or late? The rule that colours the outputs, and the words that explain it.

use super::model::{Consolidation, IndicatorSummary, Light, TaskState};
use super::task_cells::TaskCell;
use crate::findings::{due, last_day};
use crate::list::{Direction, Indicator, Plan, Task};
use crate::matches::Match;
use crate::period::{Period, days_in_month};
use crate::records::Record;
use crate::records::values::{Deadline, Status};

/// How far the share done may stay behind the share of the time gone before the light turns yellow: ten percentage
/// points, the margin that district notices (通报) usually grant; a smaller one turns more lights yellow.
pub const PACE_LAG: f64 = 0.10;

/// The rule in the words that stand beside the colours.
pub const LIGHT_RULE: &str = "红灯：漏报、未填、未报送，进展状态为滞后，或完成时限已过而未完成；\
                              黄灯：待复核、未启动、未写明进展状态，写已完成而与数字或文字矛盾，\
                              或完成率低于时间进度10个百分点以上；\
                              绿灯：其余已报送的任务。";

impl Consolidation {
    /// The light of a task in a township; absent where the township need not report it.
    pub fn light(&self, task: u32, township: usize) -> Option<Light> {
        let cell = self.cell(task, township)?;
        let light = match cell.state {
            TaskState::NotExpected => return None,
            TaskState::Missing | TaskState::Unfilled | TaskState::NoSubmission => Light::Red,
            TaskState::Review => Light::Yellow,
            TaskState::Reported => reported_light(cell),
        };
        Some(light)
    }

    /// The status of a task in a township, see [`TaskCell::status`].
    pub fn status(&self, task: u32, township: usize) -> Option<Status> {
        self.cell(task, township)?.status
    }

    /// The share of an indicator's time that is gone at the period's end, 0 to 1: of the year for 每年 targets, else from the
    /// plan's first day to when it is due.
    pub fn time_gone(&self, task: &Task, indicator: &Indicator) -> f64 {
        time_gone(&self.plan, self.period, task, indicator)
    }

    /// When an indicator is due, as the plan writes it: its own time, or its task's deadline.
    pub fn when(&self, task: &Task, indicator: &Indicator) -> String {
        due(&self.plan, task, indicator).map_or_else(|| indicator.when.clone(), Deadline::iso)
    }

    /// The district's share done of an indicator: sum ÷ target; absent where the indicator does not add up.
    pub fn share_done(&self, summary: &IndicatorSummary) -> Option<f64> {
        let indicator = self.indicator(summary)?;
        (indicator.value > 0.0).then_some(summary.sum? / indicator.value)
    }

    /// The plan's indicator that a summary is about.
    pub fn indicator(&self, summary: &IndicatorSummary) -> Option<&Indicator> {
        self.plan.task(summary.task)?.indicators.get(summary.indicator)
    }
}

/// Light of a task that has at least one matched row.
fn reported_light(cell: &TaskCell) -> Light {
    match cell.status {
        Some(Status::Completed) if cell.contradicted => Light::Yellow,
        Some(Status::Completed) => Light::Green,
        Some(Status::Behind) => Light::Red,
        _ if cell.overdue => Light::Red,
        Some(Status::UnderWay) if !cell.lags => Light::Green,
        _ => Light::Yellow,
    }
}

/// Notes in a cell what the status, deadline and figures of one more of its rows say.
pub(super) fn note_row(cell: &mut TaskCell, plan: &Plan, period: Period, record: &Record, matched: &Match) {
    if let Some(stated) = record.values.status {
        cell.status = Some(match cell.status {
            None => stated,
            Some(before) if before == stated => stated,
            Some(before) if [before, stated].contains(&Status::Behind) => Status::Behind,
            Some(_) => Status::UnderWay,
        });
    }
    cell.overdue |= record.values.deadline.is_some_and(|deadline| last_day(deadline) < period.last_day());
    cell.lags |= lags(plan, period, record, matched);
}

/// Whether a row's share done stays behind the share of the time gone by more than [`PACE_LAG`].
fn lags(plan: &Plan, period: Period, record: &Record, matched: &Match) -> bool {
    let [task] = matched.tasks[..] else { return false };
    let Some(task) = plan.task(task) else { return false };
    let position = matched.indicator.unwrap_or(0);
    let Some(indicator) = task.indicators.get(position) else { return false };
    if !indicator.adds_up || indicator.direction != Direction::AtLeast {
        return false;
    }
    let (Some(done), Some(target)) = (&record.values.done, &record.values.target) else { return false };
    if done.unit != target.unit || target.value <= 0.0 {
        return false;
    }
    done.value / target.value + PACE_LAG < time_gone(plan, period, task, indicator)
}

/// The share of an indicator's time that is gone at the period's end, 0 to 1: of the year for 每年 targets, else
/// from the plan's first day to the end of the year, month or day when it is due.
fn time_gone(plan: &Plan, period: Period, task: &Task, indicator: &Indicator) -> f64 {
    let share_of_year = period.share_of_year();
    let Some(due) = due(plan, task, indicator).map(last_day) else { return share_of_year };
    let first = plan.years[0];
    if due <= period.last_day() {
        return 1.0;
    }
    let months = f64::from(due.month - 1) + f64::from(due.day) / f64::from(days_in_month(due.year, due.month));
    let years = f64::from(due.year.saturating_sub(first)) + months / 12.0;
    ((f64::from(period.year.saturating_sub(first)) + share_of_year) / years).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use crate::consolidation::consolidate;
    use crate::list::{Indicator, Plan, Task};

    #[test]
    fn the_time_gone_knows_months() {
        let mut plan = Plan::built_in();
        for (years, when, deadline, period, expected) in [
            ([2025, 2025], "2025-09", None, "2025Q3", 1.0),
            ([2025, 2025], "2025-10", None, "2025Q3", 0.9),
            ([2025, 2025], "2025", Some("2025-09-30"), "2025Q3", 1.0),
            ([2025, 2025], "2025", Some("2025-12"), "2025Q3", 0.75),
            ([2025, 2025], "2025", None, "2025Q3", 0.75),
            ([2025, 2025], "每年", Some("2025-09"), "2025Q3", 0.75),
            ([2023, 2027], "2027", None, "2024H1", 0.3),
            ([2023, 2027], "2027", Some("2024-06"), "2024Q1", 1.25 / 1.5),
            ([2023, 2027], "2023", None, "2024Q1", 1.0),
        ] {
            plan.years = years;
            let run = consolidate(plan.clone(), "", period.parse().unwrap(), "", vec![], vec![]);
            let task = Task { deadline: deadline.map(str::to_owned), ..plan.tasks[0].clone() };
            let indicator = Indicator { when: when.to_owned(), ..Indicator::default() };
            let gone = run.time_gone(&task, &indicator);
            assert!((gone - expected).abs() < 1e-9, "{years:?} {when} {deadline:?} {period}: {gone}");
        }
    }
}
