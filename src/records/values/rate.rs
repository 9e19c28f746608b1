//! Which share does a completion rate state: 0.75, 75, "75%", 75.3％, 八成.

use super::model::{Quantity, Status};
use super::quantity::{self, Reading};
use super::unit::convert;
use super::written::compact;
use crate::workbooks::Value;

/// What stands beside the rate and tells whether a bare number is a fraction or a percentage.
#[derive(Debug, Clone, Copy)]
pub(super) struct Beside<'a> {
    /// The township's target.
    pub(super) target: Option<&'a Quantity>,
    /// The cumulative value.
    pub(super) done: Option<&'a Quantity>,
    /// The status.
    pub(super) status: Option<Status>,
}

/// Up to here a bare number is taken for a fraction where nothing else tells: 1.2 is 120 %, not 1.2 %.
const LARGEST_FRACTION: f64 = 1.5;

/// Reads a rate as a fraction: 75.3 % is 0.753.
pub(super) fn read(value: &Value, text: &str, around: Option<&str>, beside: Beside<'_>) -> Reading<f64> {
    if let Some(share) = of_two_numbers(text) {
        return Reading::Read(share);
    }
    let stated = match quantity::read(value, text, None) {
        Reading::Read(stated) => stated,
        Reading::Blank => return Reading::Blank,
        Reading::Unreadable => return Reading::Unreadable,
    };
    match stated.unit.as_deref() {
        Some("%") => Reading::Read(quantity::tidy(stated.value / 100.0)),
        Some("‰") => Reading::Read(quantity::tidy(stated.value / 1000.0)),
        None => Reading::Read(bare(stated.value, around == Some("%"), beside)),
        Some(_) => Reading::Unreadable,
    }
}

/// Decides between 0.75 and 75 %: by done ÷ target where both are there, else by the size of the number.
fn bare(value: f64, percent_column: bool, beside: Beside<'_>) -> f64 {
    let percent = quantity::tidy(value / 100.0);
    if let Some(expected) = expected(beside) {
        let far = |rate: f64| (rate - expected).abs();
        // Only a clear case decides; a rate that is wrong either way is judged by its size.
        if far(percent).min(far(value)) < 0.05 {
            return if far(value) < far(percent) { value } else { percent };
        }
    }
    let fraction = if percent_column {
        (value - 1.0).abs() < f64::EPSILON && beside.status == Some(Status::Completed)
    } else {
        value.abs() <= LARGEST_FRACTION
    };
    if fraction { value } else { percent }
}

fn expected(beside: Beside<'_>) -> Option<f64> {
    let (target, done) = (beside.target?, beside.done?);
    let done = convert(done.value, done.unit.as_deref(), target.unit.as_deref()).or(Some(done.value))?;
    (target.value > 0.0).then(|| done / target.value)
}

/// 3/4, where a clerk wrote the two numbers instead of their share.
fn of_two_numbers(text: &str) -> Option<f64> {
    let text = compact(text);
    let (done, target) = text.split_once('/')?;
    let (done, target): (f64, f64) = (done.parse().ok()?, target.parse().ok()?);
    (target > 0.0 && done >= 0.0 && done <= target).then(|| quantity::tidy(done / target))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALONE: Beside<'_> = Beside { target: None, done: None, status: None };

    fn quantity(value: f64) -> Quantity {
        Quantity { value, unit: Some("个".into()), precision: crate::records::values::Precision::Exact, high: None }
    }

    #[test]
    fn percent_and_fraction_are_one() {
        for (written, expected) in [
            ("75.3%", 0.753),
            ("75.3％", 0.753),
            ("75.3", 0.753),
            ("0.753", 0.753),
            ("100", 1.0),
            ("1", 1.0),
            ("0", 0.0),
            ("120%", 1.2),
            ("八成", 0.8),
            ("百分之七十五", 0.75),
            ("约75%", 0.75),
            ("完成75%", 0.75),
            ("3/4", 0.75),
            ("1.5", 1.5),
            ("1.6", 0.016),
        ] {
            assert_eq!(read(&Value::Text(written.into()), written, None, ALONE), Reading::Read(expected), "{written}");
        }
        assert_eq!(read(&Value::Number(0.753), "75.3%", None, ALONE), Reading::Read(0.753));
        assert_eq!(read(&Value::Number(0.753), "75%", Some("%"), ALONE), Reading::Read(0.753));
        assert_eq!(read(&Value::Number(75.3), "75.3", Some("%"), ALONE), Reading::Read(0.753));
    }

    #[test]
    fn done_and_target_decide_where_a_number_may_be_either() {
        let (target, done, all) = (quantity(200.0), quantity(2.0), quantity(200.0));
        let few = Beside { target: Some(&target), done: Some(&done), status: None };
        assert_eq!(read(&Value::Number(1.0), "1", None, few), Reading::Read(0.01));
        let full = Beside { done: Some(&all), ..few };
        assert_eq!(read(&Value::Number(1.0), "1", Some("%"), full), Reading::Read(1.0));
        assert_eq!(read(&Value::Number(0.5), "0.5", Some("%"), ALONE), Reading::Read(0.005));
    }

    #[test]
    fn other_texts_are_no_rates() {
        for written in ["已完成", "3个", "正常", "5/3", "2024/3"] {
            assert_eq!(read(&Value::Text(written.into()), written, None, ALONE), Reading::Unreadable, "{written}");
        }
        assert_eq!(read(&Value::Text("/".into()), "/", None, ALONE), Reading::Blank);
    }
}
