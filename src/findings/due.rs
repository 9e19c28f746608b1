//! When is a quantified target due?

use crate::list::{Indicator, Plan, Task};
use crate::period::{Day, days_in_month};
use crate::records::values::Deadline;

/// When an indicator is due, to the precision published; absent where it comes again (每年, 每季度). The task's
/// deadline counts where the indicator bears no time of its own, and where it tells the month of the same year.
pub fn due(plan: &Plan, task: &Task, indicator: &Indicator) -> Option<Deadline> {
    let own = date(&indicator.when)?;
    let Some(deadline) = task.deadline.as_deref().and_then(date) else { return Some(own) };
    // Where a list names no time for a target, the plan's last year stands for it.
    let by_default = own.year == plan.years[1] && !indicator.quote.contains(&own.year.to_string());
    let finer = own.month.is_none() && (deadline.year == own.year || (by_default && deadline.year < own.year));
    Some(if finer { deadline } else { own })
}

/// The last day that a date to some precision allows.
pub fn last_day(date: Deadline) -> Day {
    let month = date.month.unwrap_or(12);
    let day = date.day.unwrap_or_else(|| days_in_month(date.year, month));
    Day { year: date.year, month, day }
}

/// A date as a plan writes it: 2025, 2025-09, 2025-09-30.
fn date(text: &str) -> Option<Deadline> {
    let mut parts = text.trim_end_matches('年').split('-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next().map(str::parse).transpose().ok()?.filter(|month| (1..=12).contains(month));
    let day = parts.next().map(str::parse).transpose().ok()?;
    Some(Deadline { year, month, day })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_deadline_of_the_task_counts_where_the_indicator_has_no_time_of_its_own() {
        let mut plan = Plan::built_in();
        plan.years = [2023, 2027];
        let task = plan.tasks[0].clone();
        for (when, quote, deadline, expected) in [
            ("2025", "", None, Some("2025")),
            ("2025-09", "", None, Some("2025-09")),
            ("2025-09", "", Some("2025-12"), Some("2025-09")),
            ("2025", "", Some("2025-10"), Some("2025-10")),
            ("2027", "改造12个", Some("2025-06-30"), Some("2025-06-30")),
            ("2027", "到2027年改造12个", Some("2025-06-30"), Some("2027")),
            ("2025", "到2025年改造12个", Some("2027-12"), Some("2025")),
            ("每年", "", Some("2025-10"), None),
        ] {
            let task = Task { deadline: deadline.map(str::to_owned), ..task.clone() };
            let indicator = Indicator { when: when.to_owned(), quote: quote.to_owned(), ..Indicator::default() };
            let found = due(&plan, &task, &indicator).map(Deadline::iso);
            assert_eq!(found.as_deref(), expected, "{when} {quote} {deadline:?}");
        }
    }
}
