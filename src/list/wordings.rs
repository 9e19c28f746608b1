//! In which words do people speak of the tasks, and of work that the list does not ask for?

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Wordings as people use them, by the tasks that they name: part `[wordings]` of the plan file.
pub type Wordings = BTreeMap<NamedTasks, Vec<String>>;

/// The word for work that the list does not ask for.
const NOT_LISTED: &str = "不属于清单";

/// Which tasks a wording names: official numbers, ascending; none for work that the list does not ask for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct NamedTasks(Vec<u32>);

impl NamedTasks {
    /// These tasks, in whatever order they are given.
    pub fn new(mut numbers: Vec<u32>) -> Self {
        numbers.sort_unstable();
        numbers.dedup();
        Self(numbers)
    }

    /// Official numbers, ascending.
    pub fn numbers(&self) -> &[u32] {
        &self.0
    }
}

impl fmt::Display for NamedTasks {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return formatter.write_str(NOT_LISTED);
        }
        let numbers: Vec<String> = self.0.iter().map(u32::to_string).collect();
        formatter.write_str(&numbers.join("、"))
    }
}

impl FromStr for NamedTasks {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        if text == NOT_LISTED {
            return Ok(Self(Vec::new()));
        }
        let numbers = text.split(['、', '，', ',']).map(|number| number.trim().parse::<u32>());
        let numbers: Result<Vec<u32>, _> = numbers.collect();
        numbers.map(Self::new).map_err(|_| format!("“{text}”应为任务序号（如 12，几项写成 6、7）或“{NOT_LISTED}”"))
    }
}

impl TryFrom<String> for NamedTasks {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<NamedTasks> for String {
    fn from(tasks: NamedTasks) -> Self {
        tasks.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tasks_are_written_as_a_person_writes_them() {
        for (text, numbers) in [("12", vec![12]), (" 7、6 ", vec![6, 7]), ("6,7", vec![6, 7]), ("不属于清单", vec![])]
        {
            let tasks: NamedTasks = text.parse().unwrap();
            assert_eq!(tasks.numbers(), numbers);
            assert_eq!(tasks.to_string().parse(), Ok(tasks));
        }
        for text in ["", "甲", "6-7", "6、", "-1"] {
            assert!(text.parse::<NamedTasks>().unwrap_err().contains("不属于清单"), "{text}");
        }
    }
}
