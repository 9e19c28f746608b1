//! What is written in the answer columns of a consolidated workbook?

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::{Decision, Decisions, RefusedDecision, Verdict};
use crate::list::Plan;
use crate::matches::RowKey;
use crate::workbooks::{OWN_SHEET, Sheet, Workbook};

/// Heading of the column in which a person answers.
pub const ANSWER_HEADING: &str = "判定";
/// Heading of the column for the number of another task.
pub const NUMBER_HEADING: &str = "另填编号";
/// Heading of the column for remarks.
pub const REMARK_HEADING: &str = "备注";
/// Heading of the hidden column that holds each row's [`RowKey`].
pub const KEY_HEADING: &str = "行标识";
/// Heading of the column with the township.
pub const TOWNSHIP_HEADING: &str = "填报单位";
/// Heading of the column with the township's words.
pub const WORDS_HEADING: &str = "所报内容";
/// Headings of the candidates; a sheet without them lists decisions made earlier.
pub const CANDIDATE_HEADINGS: [&str; 3] = ["候选1", "候选2", "候选3"];
/// The answers to choose from.
pub const ANSWERS: [&str; 6] = ["候选1", "候选2", "候选3", "另填编号", "不属于清单", "无法判断"];

impl Decisions {
    /// Reads what was answered in a consolidated workbook; `None` where it has no sheet for answers. The sheets are
    /// known by their headings, so that they may be renamed, sorted and saved by any program.
    pub fn read(workbook: &Workbook, plan: &Plan) -> Option<Self> {
        let forms: Vec<Form<'_>> = workbook.sheets.iter().filter_map(Form::of).collect();
        if forms.is_empty() {
            return None;
        }
        let mark = |row: usize| {
            let sheet = workbook.sheets.iter().find(|sheet| sheet.name == OWN_SHEET.0)?;
            sheet.cells().get(row).map(|cell| &*cell.text)
        };
        let other_plan = mark(1).is_some_and(|fingerprint| fingerprint != plan.fingerprint());
        let period = mark(2).and_then(|period| period.parse().ok());
        let (mut answers, mut refused) = (Vec::new(), Vec::new());
        for line in forms.iter().flat_map(Form::lines) {
            match line.decision(plan) {
                Ok(decision) if other_plan && decision.verdict != Verdict::Undecided => {
                    refused.push(decision.refused("当时用的方案与这次不同，任务序号可能已经变动"));
                }
                Ok(decision) => answers.push(decision),
                Err(why) => refused.push(line.refused(why)),
            }
        }
        Some(Self::settle(answers, refused, period))
    }
}

/// A sheet with answers, its columns by their headings.
struct Form<'a> {
    sheet: &'a Sheet,
    header: u32,
    columns: BTreeMap<&'a str, u32>,
}

impl<'a> Form<'a> {
    /// The form on a sheet: the first row that has the headings of answer and key.
    fn of(sheet: &'a Sheet) -> Option<Self> {
        sheet.rows().into_iter().find_map(|header| {
            let columns: BTreeMap<&str, u32> =
                sheet.row(header).iter().map(|cell| (cell.text.trim(), cell.at.column)).collect();
            let is_form = columns.contains_key(ANSWER_HEADING) && columns.contains_key(KEY_HEADING);
            is_form.then_some(Self { sheet, header, columns })
        })
    }

    /// The rows below the headings that hold an answer.
    fn lines(&self) -> impl Iterator<Item = Line<'a>> {
        let fresh = CANDIDATE_HEADINGS.iter().any(|heading| self.columns.contains_key(heading));
        let rows = self.sheet.rows().into_iter().filter(|row| *row > self.header);
        let lines = rows.map(move |row| {
            let text = |heading: &str| {
                let column = self.columns.get(heading)?;
                self.sheet.row(row).iter().find(|cell| cell.at.column == *column).map(|cell| &*cell.text)
            };
            let text = |heading| text(heading).unwrap_or_default();
            Line {
                answer: folded(text(ANSWER_HEADING)),
                number: folded(text(NUMBER_HEADING)),
                remark: text(REMARK_HEADING).trim().to_owned(),
                township: text(TOWNSHIP_HEADING),
                words: text(WORDS_HEADING),
                key: text(KEY_HEADING),
                fresh,
            }
        });
        lines.filter(|line| !(line.answer.is_empty() && line.number.is_empty())).collect::<Vec<_>>().into_iter()
    }
}

/// A text without blanks, full width folded.
fn folded(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).collect()
}

/// A row with an answer.
struct Line<'a> {
    answer: String,
    number: String,
    remark: String,
    township: &'a str,
    words: &'a str,
    key: &'a str,
    fresh: bool,
}

impl Line<'_> {
    /// The decision of the row; `Err` says why it is none.
    fn decision(&self, plan: &Plan) -> Result<Decision, String> {
        let row = RowKey::parse(self.key).ok_or("隐藏的行标识缺失或被改动")?;
        let verdict = self.verdict(&row, plan)?;
        Ok(Decision {
            row,
            township: self.township(),
            words: self.words.to_owned(),
            verdict,
            remark: self.remark.clone(),
            fresh: self.fresh,
            settled: 0,
        })
    }

    fn verdict(&self, row: &RowKey, plan: &Plan) -> Result<Verdict, String> {
        let candidate = CANDIDATE_HEADINGS.iter().position(|heading| *heading == self.answer);
        let tasks = match (self.answer.as_str(), candidate) {
            ("不属于清单", _) => return self.without_number(Verdict::NotListed),
            ("无法判断", _) => return self.without_number(Verdict::Undecided),
            (_, Some(place)) => {
                let tasks = row.candidates.get(place).ok_or_else(|| format!("这一行没有“{}”", self.answer))?;
                return self.without_number(Verdict::Tasks(self.known(tasks.clone(), plan)?));
            }
            // A number says enough, even where nobody chose 另填编号 beside it.
            ("另填编号" | "", None) => self.numbers()?,
            (other, None) => return Err(format!("判定写的是“{other}”，不在可选的答案中")),
        };
        Ok(Verdict::Tasks(self.known(tasks, plan)?))
    }

    /// The verdict, unless a number beside it says something else.
    fn without_number(&self, verdict: Verdict) -> Result<Verdict, String> {
        let agrees = matches!(&verdict, Verdict::Tasks(tasks) if self.numbers().as_ref() == Ok(tasks));
        if self.number.is_empty() || agrees {
            return Ok(verdict);
        }
        Err(format!("判定选了“{}”，又另填了编号“{}”", self.answer, self.number))
    }

    /// The numbers written in the number column, ascending: 12, 21、22.
    fn numbers(&self) -> Result<Vec<u32>, String> {
        if self.number.is_empty() {
            return Err("选了“另填编号”，但没有填任务序号".to_owned());
        }
        let written = self.number.trim_start_matches('第').trim_end_matches('项');
        let parts = written.split(['、', ',', ';']).filter(|part| !part.is_empty());
        let numbers: Result<Vec<u32>, _> = parts.map(str::parse).collect();
        let mut numbers = numbers.map_err(|_| format!("另填编号“{}”不是任务序号", self.number))?;
        numbers.sort_unstable();
        numbers.dedup();
        Ok(numbers)
    }

    /// The tasks, if the plan has them all.
    fn known(&self, tasks: Vec<u32>, plan: &Plan) -> Result<Vec<u32>, String> {
        match tasks.iter().find(|number| plan.task(**number).is_none()) {
            Some(number) => Err(format!("清单中没有第{number}项")),
            None if tasks.is_empty() => Err(format!("另填编号“{}”不是任务序号", self.number)),
            None => Ok(tasks),
        }
    }

    fn township(&self) -> Option<String> {
        let named = !self.township.is_empty() && !self.township.contains('（');
        named.then(|| self.township.to_owned())
    }

    fn refused(&self, why: String) -> RefusedDecision {
        let file = RowKey::parse(self.key).map(|key| key.file);
        RefusedDecision { township: self.township(), file, task: None, words: self.words.to_owned(), why }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(answer: &str, number: &str) -> Result<Verdict, String> {
        let row = RowKey {
            file: "甲.xlsx".into(),
            sheet: "表".into(),
            at: crate::location::CellRef::new(4, 0),
            wording: "0badcafe".into(),
            candidates: vec![vec![3], vec![21, 22]],
        };
        let (answer, number) = (folded(answer), folded(number));
        let line = Line { answer, number, remark: String::new(), township: "", words: "", key: "", fresh: true };
        line.verdict(&row, &Plan::built_in())
    }

    #[test]
    fn answers_as_people_give_them() {
        for (answer, number, expected) in [
            ("候选1", "", Verdict::Tasks(vec![3])),
            (" 候选２", "", Verdict::Tasks(vec![21, 22])),
            ("候选1", "3", Verdict::Tasks(vec![3])),
            ("另填编号", "12", Verdict::Tasks(vec![12])),
            ("", "第12项", Verdict::Tasks(vec![12])),
            ("另填编号", "２２，21", Verdict::Tasks(vec![21, 22])),
            ("不属于清单", "", Verdict::NotListed),
            ("无法判断", "", Verdict::Undecided),
        ] {
            assert_eq!(verdict(answer, number), Ok(expected), "{answer} {number}");
        }
        for (answer, number, why) in [
            ("候选3", "", "没有“候选3”"),
            ("候选1", "5", "又另填了编号"),
            ("不属于清单", "5", "又另填了编号"),
            ("另填编号", "", "没有填任务序号"),
            ("另填编号", "500", "没有第500项"),
            ("另填编号", "粮食", "不是任务序号"),
            ("另填编号", "、", "不是任务序号"),
            ("是", "", "不在可选的答案中"),
        ] {
            let error = verdict(answer, number).unwrap_err();
            assert!(error.contains(why), "{answer} {number}: {error}");
        }
    }
}
