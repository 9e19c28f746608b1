//! Is a task in time, to be looked at, or late? The rule that colours the outputs, and the words that explain it.

use super::model::{Consolidation, IndicatorSummary, Light, TaskState};
use crate::list::{Direction, Indicator};
use crate::period::Day;
use crate::records::values::Status;

/// How far the share done may stay behind the share of the time gone before the light turns yellow: ten percentage
/// points, the margin that district notices (通报) usually grant; a smaller one turns more lights yellow.
pub const PACE_LAG: f64 = 0.10;

/// The rule in the words that stand beside the colours.
pub const LIGHT_RULE: &str = "红灯：漏报、未报送，进展状态为滞后，或完成时限已过而未完成；\
                              黄灯：待复核、未启动、未写明进展状态，或完成率低于时间进度10个百分点以上；\
                              绿灯：其余已报送的任务。";

impl Consolidation {
    /// The light of a task in a township; absent where the township need not report it.
    pub fn light(&self, task: u32, township: usize) -> Option<Light> {
        let cell = self.cell(task, township)?;
        let light = match cell.state {
            TaskState::NotExpected => return None,
            TaskState::Missing | TaskState::NoSubmission => Light::Red,
            TaskState::Review => Light::Yellow,
            TaskState::Reported => self.reported_light(task, township),
        };
        Some(light)
    }

    /// The status of a task in a township, its rows taken together: late if one is, done or not begun if all are.
    /// Absent where no row states one.
    pub fn status(&self, task: u32, township: usize) -> Option<Status> {
        let records = &self.cell(task, township)?.records;
        let stated: Vec<Status> = records.iter().filter_map(|index| self.record(*index).0.values.status).collect();
        let first = *stated.first()?;
        if stated.contains(&Status::Behind) {
            return Some(Status::Behind);
        }
        Some(if stated.iter().all(|status| *status == first) { first } else { Status::UnderWay })
    }

    /// Light of a task that has at least one matched row.
    fn reported_light(&self, task: u32, township: usize) -> Light {
        let status = self.status(task, township);
        if status == Some(Status::Completed) {
            return Light::Green;
        }
        if status == Some(Status::Behind) || self.is_overdue(task, township) {
            return Light::Red;
        }
        let lags = self.cell(task, township).is_some_and(|cell| cell.records.iter().any(|index| self.lags(*index)));
        if lags || status != Some(Status::UnderWay) { Light::Yellow } else { Light::Green }
    }

    /// Whether the deadline of a row of the task has passed at the period's end.
    fn is_overdue(&self, task: u32, township: usize) -> bool {
        let last = self.period.last_day();
        self.cell(task, township).is_some_and(|cell| {
            let deadlines = cell.records.iter().filter_map(|index| self.record(*index).0.values.deadline);
            let mut passed = deadlines.map(|deadline| {
                let month = deadline.month.unwrap_or(12);
                let day = deadline.day.unwrap_or_else(|| crate::period::days_in_month(deadline.year, month));
                (deadline.year, month, day) < (last.year, last.month, last.day)
            });
            passed.any(|passed| passed)
        })
    }

    /// Whether a row's share done stays behind the share of the time gone by more than [`PACE_LAG`].
    fn lags(&self, index: super::model::RecordIndex) -> bool {
        let (record, matched) = self.record(index);
        let [task] = matched.tasks[..] else { return false };
        let Some(task) = self.plan.task(task) else { return false };
        let position = matched.indicator.unwrap_or(0);
        let Some(indicator) = task.indicators.get(position) else { return false };
        if !indicator.adds_up || indicator.direction != Direction::AtLeast {
            return false;
        }
        let (Some(done), Some(target)) = (&record.values.done, &record.values.target) else { return false };
        if done.unit != target.unit || target.value <= 0.0 {
            return false;
        }
        done.value / target.value + PACE_LAG < self.time_gone(indicator)
    }

    /// The share of an indicator's time that is gone at the period's end, 0 to 1: of the year for 每年 targets, else
    /// from the plan's first day to the end of the year when it is due.
    pub fn time_gone(&self, indicator: &Indicator) -> f64 {
        let share_of_year = self.period.share_of_year();
        let Ok(due) = indicator.when.trim_end_matches('年').parse::<u16>() else { return share_of_year };
        let first = self.plan.years[0];
        if due < self.period.year {
            return 1.0;
        }
        let years = f64::from(due.saturating_sub(first)) + 1.0;
        ((f64::from(self.period.year.saturating_sub(first)) + share_of_year) / years).clamp(0.0, 1.0)
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

    /// The period's last day: the day on which everything is judged.
    pub fn judged_on(&self) -> Day {
        self.period.last_day()
    }
}
