//! Which day and time is a serial number, and how is it shown?

use std::fmt::Write as _;

use super::builder::CellStyle;
use super::number_format::{NumberFormat, Token};

/// Serial numbers from here on are no dates: 9999-12-31 is the last day.
pub(super) const FIRST_NO_DATE: f64 = 2_958_466.0;
/// Days between the two epochs that Excel counts from, 1899-12-30 and 1904-01-01.
pub(super) const DAYS_TO_1904: f64 = 1462.0;
const MILLISECONDS_PER_DAY: f64 = 86_400_000.0;

/// A serial number taken apart.
struct Moment {
    year: i64,
    month: usize,
    day: i64,
    weekday: usize,
    /// Whole days, for durations.
    days: i64,
    /// Milliseconds of the day.
    millisecond: i64,
}

/// Whether a serial number is a date.
pub(super) fn is_date(serial: f64) -> bool {
    (0.0..FIRST_NO_DATE).contains(&serial)
}

/// A style that shows a date or time in full where the cell's own format is none for dates.
pub(super) fn dated(style: &CellStyle, serial: f64) -> CellStyle {
    if style.format.is_date() {
        return style.clone();
    }
    let code = match (serial < 1.0, serial.fract() == 0.0) {
        (true, _) => "hh:mm:ss",
        (false, true) => "yyyy-mm-dd",
        (false, false) => "yyyy-mm-dd hh:mm:ss",
    };
    CellStyle { format: NumberFormat::parse(code), ..style.clone() }
}

/// Shows a serial number by date tokens; `None` where it is no date.
pub(super) fn show(serial: f64, tokens: &[Token]) -> Option<String> {
    if !is_date(serial) {
        return None;
    }
    let fraction_digits = fraction_digits(tokens);
    let moment = moment(serial, fraction_digits);
    let noon = tokens.iter().any(|token| matches!(token, Token::Date(letters) if letters.contains('/')));
    let mut text = String::new();
    let mut index = 0;
    while index < tokens.len() {
        match &tokens[index] {
            Token::Date(letters) => {
                let minutes = letters.trim_matches(['[', ']']).starts_with('m') && is_minute(tokens, index);
                text.push_str(&part(&moment, letters, minutes, noon));
                let seconds = letters.trim_matches(['[', ']']).starts_with('s');
                if seconds && fraction_digits > 0 {
                    let scaled = moment.millisecond % 1000 / 10i64.pow(3 - fraction_digits);
                    let width = usize::try_from(fraction_digits).unwrap_or(0);
                    // Writing to a string cannot fail.
                    let _ = write!(text, ".{scaled:0width$}");
                    index += 1;
                    while matches!(tokens.get(index + 1), Some(Token::Digit('0'))) {
                        index += 1;
                    }
                }
            }
            Token::Literal(literal) => text.push_str(literal),
            Token::Slash => text.push('/'),
            Token::Comma => text.push(','),
            Token::Point => text.push('.'),
            Token::Digit(digit) => text.push(*digit),
            _ => {}
        }
        index += 1;
    }
    Some(text)
}

/// Digits behind the seconds (`ss.00`), at most three.
fn fraction_digits(tokens: &[Token]) -> u32 {
    let after_seconds = tokens.windows(2).position(|pair| {
        matches!(&pair[0], Token::Date(letters) if letters.trim_matches(['[', ']']).starts_with('s'))
            && pair[1] == Token::Point
    });
    let Some(at) = after_seconds else { return 0 };
    let digits = tokens[at + 2..].iter().take_while(|token| **token == Token::Digit('0')).take(3).count();
    u32::try_from(digits).unwrap_or(0)
}

/// `m` means minutes behind hours or before seconds, else months.
fn is_minute(tokens: &[Token], index: usize) -> bool {
    let letter = |token: &Token| match token {
        Token::Date(letters) if !letters.contains('/') => letters.trim_matches(['[', ']']).chars().next(),
        _ => None,
    };
    matches!(&tokens[index], Token::Date(letters) if letters.starts_with('['))
        || tokens[..index].iter().rev().find_map(letter) == Some('h')
        || tokens[index + 1..].iter().find_map(letter) == Some('s')
}

#[expect(clippy::cast_possible_truncation, reason = "a date serial is below three million")]
fn moment(serial: f64, fraction_digits: u32) -> Moment {
    let unit = 10i32.pow(3 - fraction_digits.min(3));
    let total = (serial * MILLISECONDS_PER_DAY / f64::from(unit)).round() as i64 * i64::from(unit);
    let (days, millisecond) = (total.div_euclid(86_400_000), total.rem_euclid(86_400_000));
    let (year, month, day) = civil(days);
    Moment { year, month, day, weekday: usize::try_from((days + 6).rem_euclid(7)).unwrap_or(0), days, millisecond }
}

/// The calendar day of a serial number. Excel counts a 29 February 1900 that never was; before it, days are one off.
fn civil(days: i64) -> (i64, usize, i64) {
    match days {
        0 => return (1900, 1, 0),
        60 => return (1900, 2, 29),
        _ => {}
    }
    // Days since 0000-03-01; 1899-12-30 is day 693,899 after it.
    let shifted = days + i64::from(days < 60) + 693_899;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, usize::try_from(month).unwrap_or(1), day)
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const CHINESE_WEEKDAYS: [&str; 7] = ["日", "一", "二", "三", "四", "五", "六"];

fn part(moment: &Moment, letters: &str, minutes: bool, noon: bool) -> String {
    let second = moment.millisecond / 1000;
    let hour = second / 3600;
    let hour_shown = match hour % 12 {
        _ if !noon => hour,
        0 => 12,
        other => other,
    };
    let padded = |value: i64| if letters.len() > 1 { format!("{value:02}") } else { value.to_string() };
    let month_name = MONTHS[moment.month - 1];
    let afternoon = usize::from(hour >= 12);
    match letters {
        "[h]" | "[hh]" => (moment.days * 24 + hour).to_string(),
        "[m]" | "[mm]" => (moment.days * 1440 + second / 60).to_string(),
        "[s]" | "[ss]" => (moment.days * 86_400 + second).to_string(),
        "am/pm" => ["AM", "PM"][afternoon].to_owned(),
        "a/p" => ["A", "P"][afternoon].to_owned(),
        "上午/下午" => ["上午", "下午"][afternoon].to_owned(),
        "y" | "yy" => format!("{:02}", moment.year % 100),
        "mmm" if !minutes => month_name[..3].to_owned(),
        "mmmm" if !minutes => month_name.to_owned(),
        "mmmmm" if !minutes => month_name[..1].to_owned(),
        "ddd" => WEEKDAYS[moment.weekday][..3].to_owned(),
        "aaa" => CHINESE_WEEKDAYS[moment.weekday].to_owned(),
        _ => match letters.chars().next() {
            Some('y' | 'e') => moment.year.to_string(),
            Some('m') if minutes => padded(second / 60 % 60),
            Some('m') => padded(i64::try_from(moment.month).unwrap_or(0)),
            Some('d') if letters.len() > 2 => WEEKDAYS[moment.weekday].to_owned(),
            Some('d') => padded(moment.day),
            Some('a') => format!("星期{}", CHINESE_WEEKDAYS[moment.weekday]),
            Some('h') => padded(hour_shown),
            _ => padded(second % 60),
        },
    }
}

/// The serial number of a date in ISO 8601 (`2024-03-31`, `2024-03-31T18:00:00`), or of a time (`PT18H00M00S`).
pub(super) fn parse_iso(text: &str) -> Option<f64> {
    if let Some(duration) = text.strip_prefix("PT") {
        let mut seconds = 0.0;
        let mut number = String::new();
        for c in duration.chars() {
            let factor = match c {
                'H' => 3600.0,
                'M' => 60.0,
                'S' => 1.0,
                _ => {
                    number.push(if c == ',' { '.' } else { c });
                    continue;
                }
            };
            seconds += number.parse::<f64>().ok()? * factor;
            number.clear();
        }
        return Some(seconds / 86_400.0).filter(|serial| is_date(*serial));
    }
    let (date, time) = text.split_once('T').unwrap_or((text, ""));
    let mut numbers = date.split('-').map(|number| number.parse::<i64>().ok());
    let (year, month, day) = (numbers.next()??, numbers.next()??, numbers.next()??);
    if numbers.next().is_some() || !(1..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day)
    {
        return None;
    }
    let clock = time.trim_end_matches('Z');
    let mut seconds = 0.0;
    if !clock.is_empty() {
        for (part, factor) in clock.split(':').zip([3600.0, 60.0, 1.0]) {
            seconds += part.parse::<f64>().ok()? * factor;
        }
    }
    let days = i32::try_from(days_of_civil(year, month, day)).ok()?;
    let serial = f64::from(days) + seconds / 86_400.0;
    Some(serial).filter(|serial| is_date(*serial))
}

/// Excel's serial number of a calendar day.
fn days_of_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    let days = era * 146_097 + day_of_era - 693_899;
    if days < 61 { days - 1 } else { days }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iso_dates_become_serial_numbers() {
        for (text, serial) in [
            ("2024-03-31", Some(45_382.0)),
            ("2024-03-31T18:00:00", Some(45_382.75)),
            ("1900-01-01", Some(1.0)),
            ("1900-02-28", Some(59.0)),
            ("1900-03-01", Some(61.0)),
            ("9999-12-31", Some(2_958_465.0)),
            ("PT18H00M00S", Some(0.75)),
            ("1899-01-01", None),
            ("2024-13-01", None),
            ("2024年3月", None),
        ] {
            assert_eq!(parse_iso(text), serial, "{text}");
        }
    }

    #[test]
    fn every_day_comes_back_from_its_calendar_date() {
        for days in (1..2_958_466).step_by(37).filter(|days| *days != 60) {
            let (year, month, day) = civil(days);
            assert_eq!(days_of_civil(year, i64::try_from(month).unwrap(), day), days, "{year}-{month}-{day}");
        }
    }
}
