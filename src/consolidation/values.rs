//! What did each township report for an indicator? A number and its place for each, of which a province has millions.

use super::model::RecordIndex;

/// One value per township, in the order of the townships.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportedValues(Vec<Reported>);

/// A value and where it stands; no value where it is no number.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Reported {
    value: f64,
    submission: u32,
    record: u32,
}

impl ReportedValues {
    /// No value of any of so many townships.
    pub(super) fn none(townships: usize) -> Self {
        Self(vec![Reported { value: f64::NAN, submission: 0, record: 0 }; townships])
    }

    /// Sets the value of a township.
    pub(super) fn set(&mut self, township: usize, value: f64, (submission, record): RecordIndex) {
        let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        self.0[township] = Reported { value, submission: small(submission), record: small(record) };
    }

    /// The value of a township, and where it stands.
    pub fn of(&self, township: usize) -> Option<(f64, RecordIndex)> {
        self.0.get(township).copied().and_then(Reported::value)
    }

    /// The values of all townships.
    pub fn iter(&self) -> impl Iterator<Item = Option<(f64, RecordIndex)>> {
        self.0.iter().copied().map(Reported::value)
    }
}

impl Reported {
    fn value(self) -> Option<(f64, RecordIndex)> {
        let wide = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
        (!self.value.is_nan()).then(|| (self.value, (wide(self.submission), wide(self.record))))
    }
}
