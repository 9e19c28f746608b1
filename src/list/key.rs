//! The hidden key that a row of the standard template carries, so that it is matched whatever happens to the file.
//!
//! A key is one short text in a cell: document properties and defined names do not survive xls, et and ods, a cell
//! does. It names everything, so that a row copied into another workbook still tells where it belongs.

use serde::{Deserialize, Serialize};

use sha2::{Digest, Sha256};

use super::plan::Plan;
use crate::period::Period;

/// First part of every key; the number is the version of the form of keys.
const MARK: &str = "hedui1";

/// What a row of the standard template stands for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Key {
    /// Fingerprint of the plan that the template was made from, see [`Plan::fingerprint`].
    pub plan: String,
    /// Period of the template.
    pub period: Period,
    /// Official name of the township.
    pub township: String,
    /// Official number of the task; absent for the key of the form itself.
    pub task: Option<u32>,
    /// Position of the indicator in its task, from 0; absent where the row is the whole task's.
    pub indicator: Option<usize>,
}

impl Key {
    /// The text of the key: `hedui1|plan|period|township|task.indicator|check`.
    pub fn text(&self) -> String {
        let row = match (self.task, self.indicator) {
            (Some(task), Some(indicator)) => format!("{task}.{indicator}"),
            (Some(task), None) => task.to_string(),
            (None, _) => "form".to_owned(),
        };
        let body = format!("{MARK}|{}|{}|{}|{row}", self.plan, self.period, self.township);
        let check = fingerprint(&[&body], 4);
        format!("{body}|{check}")
    }

    /// Reads a key; `None` where the text is no key or was tampered with (its check does not agree).
    pub fn parse(text: &str) -> Option<Self> {
        let (body, check) = text.trim().rsplit_once('|')?;
        let parts: Vec<&str> = body.split('|').collect();
        let [MARK, plan, period, township, row] = parts[..] else { return None };
        if fingerprint(&[body], 4) != check {
            return None;
        }
        let (task, indicator) = match row.split_once('.') {
            _ if row == "form" => (None, None),
            Some((task, indicator)) => (Some(task.parse().ok()?), Some(indicator.parse().ok()?)),
            None => (Some(row.parse().ok()?), None),
        };
        let period = period.parse().ok()?;
        Some(Self { plan: plan.to_owned(), period, township: township.to_owned(), task, indicator })
    }

    /// Whether a text looks like a key, intact or not.
    pub fn looks_like(text: &str) -> bool {
        text.trim_start().starts_with("hedui1|")
    }
}

impl Plan {
    /// A short name for the plan's official content: the same title, numbers, names and contents give the same eight
    /// characters.
    pub fn fingerprint(&self) -> String {
        let mut parts = vec![self.title.clone()];
        for task in &self.tasks {
            parts.extend([task.number.to_string(), task.name.clone(), task.content.clone()]);
        }
        fingerprint(&parts, 8)
    }
}

/// The first `length` hexadecimal digits of the SHA-256 of some texts.
pub fn fingerprint<T: AsRef<str>>(parts: &[T], length: usize) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.as_ref().as_bytes());
        hasher.update([0]);
    }
    let digest = hasher.finalize();
    let digits = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.take(length).filter_map(|digit| char::from_digit(u32::from(digit), 16)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(task: Option<u32>, indicator: Option<usize>) -> Key {
        let period = "2024Q2".parse().unwrap();
        Key { plan: "0badcafe".into(), period, township: "北岙街道".into(), task, indicator }
    }

    #[test]
    fn keys_survive_the_way_through_a_cell() {
        for key in [key(None, None), key(Some(32), None), key(Some(32), Some(4))] {
            assert_eq!(Key::parse(&format!(" {} ", key.text())), Some(key));
        }
    }

    #[test]
    fn a_key_that_was_changed_by_hand_is_no_key() {
        let text = key(Some(12), None).text();
        let changed = text.replace("|12|", "|13|");
        assert_eq!(Key::parse(&changed), None);
        assert!(Key::looks_like(&changed) && !Key::looks_like("12"));
    }
}
