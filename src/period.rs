//! Reporting periods: a year, a half-year, a quarter, a month or a week.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A reporting period. Written `2024`, `2024H1`, `2024Q1`, `2024-03`, `2024W12`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// Calendar year.
    pub year: u16,
    /// Part of the year.
    pub part: PeriodPart,
}

/// Which part of its year a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PeriodPart {
    /// The whole year.
    Year,
    /// Half-year 1 or 2.
    Half(u8),
    /// Quarter 1 to 4.
    Quarter(u8),
    /// Month 1 to 12.
    Month(u8),
    /// ISO week 1 to 53.
    Week(u8),
}

/// A calendar day. `month` is 1 to 12, `day` 1 to 31.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Day {
    /// Calendar year.
    pub year: u16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month, 1 to 31.
    pub day: u8,
}

impl Period {
    /// A period from its year and part; `None` where the part does not exist (a 13th month).
    pub fn new(year: u16, part: PeriodPart) -> Option<Self> {
        let exists = match part {
            PeriodPart::Year => true,
            PeriodPart::Half(half) => (1..=2).contains(&half),
            PeriodPart::Quarter(quarter) => (1..=4).contains(&quarter),
            PeriodPart::Month(month) => (1..=12).contains(&month),
            PeriodPart::Week(week) => (1..=53).contains(&week),
        };
        (exists && (1949..=2100).contains(&year)).then_some(Self { year, part })
    }

    /// The last day of the period: every judgement of "due" or "late" is made on this day.
    pub fn last_day(self) -> Day {
        let month = match self.part {
            PeriodPart::Year => 12,
            PeriodPart::Half(half) => half * 6,
            PeriodPart::Quarter(quarter) => quarter * 3,
            PeriodPart::Month(month) => month,
            PeriodPart::Week(week) => return last_day_of_week(self.year, week),
        };
        Day { year: self.year, month, day: days_in_month(self.year, month) }
    }

    /// The share of the period's year that has passed at its end, 0 to 1 (序时进度).
    pub fn share_of_year(self) -> f64 {
        match self.part {
            PeriodPart::Year => 1.0,
            PeriodPart::Half(half) => f64::from(half) / 2.0,
            PeriodPart::Quarter(quarter) => f64::from(quarter) / 4.0,
            PeriodPart::Month(month) => f64::from(month) / 12.0,
            PeriodPart::Week(week) => (f64::from(week) / 52.0).min(1.0),
        }
    }

    /// The period as an office writes it: 2024年第一季度.
    pub fn chinese(self) -> String {
        const NUMERALS: [&str; 5] = ["", "一", "二", "三", "四"];
        let year = self.year;
        match self.part {
            PeriodPart::Year => format!("{year}年"),
            PeriodPart::Half(1) => format!("{year}年上半年"),
            PeriodPart::Half(_) => format!("{year}年下半年"),
            PeriodPart::Quarter(quarter) => {
                format!("{year}年第{}季度", NUMERALS[usize::from(quarter.min(4))])
            }
            PeriodPart::Month(month) => format!("{year}年{month}月"),
            PeriodPart::Week(week) => format!("{year}年第{week}周"),
        }
    }
}

impl FromStr for Day {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || format!("“{text}”不是日期，请写成 2024-07-10 的样子");
        let parts: Vec<&str> = text.trim().split('-').collect();
        let [year, month, day] = parts[..] else { return Err(wrong()) };
        let year: u16 = year.parse().map_err(|_| wrong())?;
        let month: u8 = month.parse().map_err(|_| wrong())?;
        let day: u8 = day.parse().map_err(|_| wrong())?;
        let exists = (1949..=2100).contains(&year)
            && (1..=12).contains(&month)
            && (1..=days_in_month(year, month)).contains(&day);
        exists.then_some(Self { year, month, day }).ok_or_else(wrong)
    }
}

/// Days of a month in the Gregorian calendar.
pub fn days_in_month(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

/// The Sunday that ends an ISO week (ISO 8601: week 1 holds 4 January).
fn last_day_of_week(year: u16, week: u8) -> Day {
    let days_before = u32::from(year - 1) * 365 + u32::from((year - 1) / 4) - u32::from((year - 1) / 100)
        + u32::from((year - 1) / 400);
    // 1 January of year 1 was a Monday; weekday 0 is Monday.
    let weekday_of_fourth = (days_before + 3) % 7;
    let mut ordinal = 4 + 7 * u32::from(week - 1) + 6 - weekday_of_fourth;
    let (mut year, mut month) = (year, 1u8);
    loop {
        let length = u32::from(days_in_month(year, month));
        if ordinal <= length {
            return Day { year, month, day: u8::try_from(ordinal).unwrap_or(1) };
        }
        ordinal -= length;
        month += 1;
        if month > 12 {
            (year, month) = (year + 1, 1);
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = self.year;
        match self.part {
            PeriodPart::Year => write!(formatter, "{year}"),
            PeriodPart::Half(half) => write!(formatter, "{year}H{half}"),
            PeriodPart::Quarter(quarter) => write!(formatter, "{year}Q{quarter}"),
            PeriodPart::Month(month) => write!(formatter, "{year}-{month:02}"),
            PeriodPart::Week(week) => write!(formatter, "{year}W{week:02}"),
        }
    }
}

impl FromStr for Period {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || format!("“{text}”不是报送周期，请写成 2024、2024H1、2024Q1、2024-03 或 2024W12 的样子");
        let (year, rest) = text.trim().split_at_checked(4).ok_or_else(wrong)?;
        let year: u16 = year.parse().map_err(|_| wrong())?;
        let number = |digits: &str| digits.parse::<u8>().map_err(|_| wrong());
        let part = match rest.chars().next() {
            None => PeriodPart::Year,
            Some('H' | 'h') => PeriodPart::Half(number(&rest[1..])?),
            Some('Q' | 'q') => PeriodPart::Quarter(number(&rest[1..])?),
            Some('W' | 'w') => PeriodPart::Week(number(&rest[1..])?),
            Some('-') => PeriodPart::Month(number(&rest[1..])?),
            Some(_) => return Err(wrong()),
        };
        Self::new(year, part).ok_or_else(wrong)
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_the_contract_reads_and_writes_back() {
        for text in ["2024", "2024H1", "2024Q1", "2024-03", "2024W12"] {
            let period: Period = text.parse().unwrap();
            assert_eq!(period.to_string(), text);
        }
    }

    #[test]
    fn periods_that_do_not_exist_are_refused_with_the_forms_expected() {
        for text in ["", "24Q1", "2024Q5", "2024Q0", "2024-13", "2024H3", "2024W54", "2024X1", "二〇二四"] {
            let sentence = text.parse::<Period>().unwrap_err();
            assert!(sentence.contains("2024Q1"), "{sentence}");
        }
    }

    #[test]
    fn a_day_that_does_not_exist_is_refused() {
        assert_eq!("2024-02-29".parse(), Ok(Day { year: 2024, month: 2, day: 29 }));
        for text in ["", "2023-02-29", "2024-13-01", "2024-7", "2024/07/10", "24-07-10"] {
            assert!(text.parse::<Day>().unwrap_err().contains("2024-07-10"), "{text}");
        }
    }

    #[test]
    fn the_last_day_is_the_calendars() {
        for (text, last) in [
            ("2024", (2024, 12, 31)),
            ("2024H1", (2024, 6, 30)),
            ("2024Q1", (2024, 3, 31)),
            ("2024-02", (2024, 2, 29)),
            ("2023-02", (2023, 2, 28)),
            ("2024W01", (2024, 1, 7)),
            ("2024W12", (2024, 3, 24)),
            ("2020W53", (2021, 1, 3)),
        ] {
            let day = text.parse::<Period>().unwrap().last_day();
            assert_eq!((day.year, day.month, day.day), last, "{text}");
        }
    }
}
