//! Which number, unit and precision does a cell state: 3.2亿, 32000万元, 约30个, 三十余家, 八成, 3-5个, 98％.

mod statement;
#[cfg(test)]
mod tests;

use self::statement::{Stated, state};
use super::model::Quantity;
use super::unit::without_multiplier;
use super::written::{is_blank, is_error_code};
use crate::workbooks::Value;

pub use self::statement::arabic;

/// What was found in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Reading<T> {
    /// Nothing, 无, or a dash.
    Blank,
    /// A value.
    Read(T),
    /// Something else.
    Unreadable,
}

/// Reads the quantity of a cell. `around` is the unit from the number format, the header or the unit column.
pub fn read(value: &Value, text: &str, around: Option<&str>) -> Reading<Quantity> {
    let stated = match value {
        Value::Error(_) | Value::NotCalculated => return Reading::Blank,
        Value::Boolean(_) | Value::Date(_) => return Reading::Unreadable,
        Value::Number(number) => stated_beside(*number, text),
        Value::Text(_) if is_blank(text) || is_error_code(text) => return Reading::Blank,
        Value::Text(_) => match state(text) {
            Some(stated) => stated,
            None => return Reading::Unreadable,
        },
    };
    let unit = unit_of(&stated, around);
    Reading::Read(Quantity { value: stated.value, unit, precision: stated.precision, high: stated.high })
}

/// Reads a quantity out of a bare text, such as a target in the official content.
pub fn read_text(text: &str) -> Option<Quantity> {
    match read(&Value::Text(text.into()), text, None) {
        Reading::Read(quantity) => Some(quantity),
        Reading::Blank | Reading::Unreadable => None,
    }
}

/// A number as stored, with what its number format shows. The stored number is more exact than the one shown,
/// except where the format divides it (Excel's `0,"万元"`).
fn stated_beside(number: f64, text: &str) -> Stated {
    let Some(shown) = state(text) else { return Stated::bare(tidy(number)) };
    let percent = shown.unit.as_deref() == Some("%");
    let stored = if percent { number * 100.0 } else { number };
    let rounding = 0.51 * 0.1f64.powi(decimals(text));
    if (stored - shown.value).abs() <= rounding {
        Stated { value: tidy(stored), ..shown }
    } else if shown.unit.is_some() {
        shown
    } else {
        Stated::bare(tidy(number))
    }
}

/// Number of digits after the decimal point of the first number in a text.
fn decimals(text: &str) -> i32 {
    let after = text.split_once('.').map_or("", |(_, after)| after);
    i32::try_from(after.chars().take_while(char::is_ascii_digit).count()).unwrap_or(0)
}

/// The unit of the cell, else the one around it. A multiplier in the cell replaces the one around it.
fn unit_of(stated: &Stated, around: Option<&str>) -> Option<String> {
    let multiplier = &stated.multiplier;
    match (&stated.unit, around.filter(|unit| !unit.trim().is_empty())) {
        (Some(unit), _) => Some(format!("{multiplier}{unit}")),
        (None, around) if multiplier.is_empty() => around.map(str::to_owned),
        (None, Some(around)) => Some(format!("{multiplier}{}", without_multiplier(around))),
        // Nothing but money is counted in 亿 without saying so.
        (None, None) if multiplier.contains('亿') => Some(format!("{multiplier}元")),
        (None, None) => Some(multiplier.clone()),
    }
}

/// The number without the noise of binary fractions (0.57 × 100 is 57).
pub fn tidy(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() || is_tidy(value) {
        return value;
    }
    format!("{value:.11e}").parse().unwrap_or(value)
}

/// Whether a value is the one nearest to a decimal number of at most twelve digits, four of them behind the point: it has
/// no noise. Nearly all values are such, and need not be written out and read again.
fn is_tidy(value: f64) -> bool {
    let parts = (value * 1e4).round();
    parts.abs() < 1e12 && (parts / 1e4).to_bits() == value.to_bits()
}
