//! Is a plan fit to be worked with? All its faults are told at once, one Chinese sentence each.

use std::collections::{BTreeMap, BTreeSet};

use super::indicators;
use super::plan::{Indicator, Plan, Task};

impl Plan {
    /// What must be corrected before the plan can be used; empty where nothing must.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let [first, last] = self.years;
        if first > last || first < 1949 || last > 2100 {
            faults.push(format!("起止年份写的是 {first}—{last}，应为先起后止的两个年份，如 2023、2027"));
        }
        if self.title.trim().is_empty() {
            faults.push("方案没有标题（title），请填上公布时的标题".to_owned());
        }
        if self.tasks.is_empty() {
            faults.push("方案里一项任务也没有，请先从公布的文件导入".to_owned());
        }
        faults.extend(self.township_faults());
        let mut seen = BTreeSet::new();
        for task in &self.tasks {
            if !seen.insert(task.number) {
                faults.push(format!("序号 {} 用了不止一次，每项任务须有自己的序号", task.number));
            }
            faults.extend(self.task_faults(task));
        }
        faults.extend(self.wording_faults());
        faults.extend(self.form_faults());
        faults
    }

    fn township_faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let mut owners: BTreeMap<&str, &str> = BTreeMap::new();
        for (index, township) in self.townships.iter().enumerate() {
            if township.name.trim().is_empty() {
                faults.push(format!("第 {} 个乡镇街道没有名称", index + 1));
            }
            for name in std::iter::once(&township.name).chain(&township.aliases) {
                if let Some(other) = owners.insert(name, &township.name) {
                    faults.push(if other == township.name {
                        format!("乡镇街道“{other}”的名称或别名“{name}”写了两次")
                    } else {
                        format!("“{name}”既指“{other}”又指“{}”，请只留一处", township.name)
                    });
                }
            }
        }
        faults
    }

    fn task_faults(&self, task: &Task) -> Vec<String> {
        let number = task.number;
        let mut faults = Vec::new();
        if number == 0 {
            faults.push("任务序号应从 1 起，不能为 0".to_owned());
        }
        for (what, text) in [("名称", &task.name), ("内容", &task.content)] {
            if text.trim().is_empty() {
                faults.push(format!("任务 {number} 没有{what}"));
            }
        }
        // Without any roster that is what is missing, not each name.
        for township in task.townships.iter().flatten().filter(|_| !self.townships.is_empty()) {
            if !self.townships.iter().any(|known| &known.name == township) {
                faults.push(format!("任务 {number} 指定的“{township}”不在乡镇街道名册里"));
            }
        }
        for agency in task.leads.iter().chain(&task.supports) {
            if agency.trim().is_empty() {
                faults.push(format!("任务 {number} 有一个空的责任单位"));
            }
        }
        if let Some(deadline) = task.deadline.as_ref().filter(|deadline| !is_date(deadline)) {
            faults.push(format!(
                "任务 {number} 的完成时限写的是“{deadline}”，应如 2025、2025-12 或 2025-12-31，没有截止日期的请空着"
            ));
        }
        faults.extend(task.indicators.iter().flat_map(|indicator| indicator_faults(number, indicator)));
        faults
    }

    fn wording_faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        for (tasks, texts) in &self.wordings {
            for number in tasks.numbers() {
                if !self.tasks.iter().any(|task| task.number == *number) {
                    faults.push(format!("常见说法写给任务 {number}，而方案里没有这一项，请改正序号"));
                }
            }
            if texts.iter().any(|text| text.trim().is_empty()) {
                faults.push(format!("“{tasks}”的常见说法中有一条是空的，请删去"));
            }
        }
        faults
    }

    fn form_faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let mut seen = BTreeSet::new();
        for column in &self.form.columns {
            if column.title.trim().is_empty() {
                faults.push(format!("报送表的“{}”一栏没有表头", column.key.title()));
            }
            if !seen.insert(column.key) {
                faults.push(format!("报送表里“{}”（{}）一栏出现两次", column.title, column.key.key()));
            }
        }
        let words = ["error", "warning", "info"];
        for (code, severity) in &self.rules.severity {
            if !words.contains(&severity.as_str()) {
                faults.push(format!("规则“{code}”的级别写的是“{severity}”，应为 {}", words.join("、")));
            }
        }
        faults
    }
}

fn indicator_faults(number: u32, indicator: &Indicator) -> Vec<String> {
    let mut faults = Vec::new();
    let name = &indicator.name;
    if name.trim().is_empty() {
        faults.push(format!("任务 {number} 有一项指标没有名称"));
    }
    if !indicator.value.is_finite() {
        faults.push(format!("任务 {number} 的指标“{name}”的目标值不是数字"));
    }
    if !indicators::is_recurring(&indicator.when) && !is_date(&indicator.when) {
        let when = &indicator.when;
        faults.push(format!(
            "任务 {number} 的指标“{name}”的时间写的是“{when}”，应为“每年”“每季度”“每月”等，或年份，如 2025"
        ));
    }
    faults
}

/// Whether a text is a date to one of the precisions of a plan: 2025, 2025-12, 2025-12-31.
pub(super) fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let widths = [4, 2, 2];
    let limits = [1949..=2100, 1..=12, 1..=31];
    parts.len() <= 3
        && parts.iter().zip(widths).zip(limits).all(|((part, width), limits)| {
            part.len() == width
                && part.bytes().all(|byte| byte.is_ascii_digit())
                && part.parse().is_ok_and(|number: u16| limits.contains(&number))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::list::{NamedTasks, Township};

    #[test]
    fn all_faults_are_told_at_once() {
        let mut plan = Plan::built_in();
        plan.years = [2027, 2023];
        plan.title.clear();
        plan.townships.push(Township { name: "新城街道".into(), aliases: vec!["大门".into()] });
        plan.tasks[1].number = 1;
        plan.tasks[2].name = " ".into();
        plan.tasks[3].townships = Some(vec!["大门乡".into()]);
        plan.tasks[4].deadline = Some("2025年底".into());
        plan.tasks[5].indicators = vec![Indicator { value: f64::NAN, when: "明年".into(), ..Indicator::default() }];
        plan.rules.severity.insert("overdue".into(), "严重".into());
        plan.wordings = [(NamedTasks::new(vec![3, 90]), vec!["乡村".into()])].into();
        let told = plan.faults().join("\n");
        for expected in [
            "2027—2023",
            "没有标题",
            "“大门”既指",
            "序号 1 用了",
            "任务 3 没有名称",
            "“大门乡”不在",
            "2025年底",
            "没有名称",
            "目标值不是数字",
            "明年",
            "严重",
            "任务 90",
        ] {
            assert!(told.contains(expected), "{expected}: {told}");
        }
        assert_eq!(plan.faults().len(), 12);
    }

    #[test]
    fn dates_are_written_to_one_of_three_precisions() {
        for date in ["2025", "2025-12", "2025-12-31"] {
            assert!(is_date(date), "{date}");
        }
        for text in ["", "25", "2025-13", "2025-00", "2025-1", "2025-12-32", "2025-12-31-1", "20+5", "1948"] {
            assert!(!is_date(text), "{text}");
        }
    }
}
