//! Does each task have its row, and each row its task?

use std::collections::BTreeMap;

use super::context::{Context, Row, cite, cite_numbers, quote, shorten, title_of};
use super::finding::{Finding, Kind, Severity};
use super::rules::NUMBERING_SHARE;
use super::wording::share;
use crate::list::{Field, Task};
use crate::location::CellRef;
use crate::matches::Outcome;
use crate::records::SubmissionStatus;

pub(super) static MISSING_TASK: Kind = Kind {
    code: "missing-task",
    title: "任务漏报",
    severity: Severity::Error,
    reports: "清单上要求该单位填报的任务，表里没有对应的行。",
    matters: "汇总表上这一项会显示为没有报送。",
    remedy: "请补报这一项；没有进展的也请填一行，写明“未启动”。",
    example: "表里没有第38项：补填一行后消除。",
};

pub(super) static EXTRA_ROW: Kind = Kind {
    code: "extra-row",
    title: "清单外事项",
    severity: Severity::Warning,
    reports: "这一行不对应清单上的任何一项任务。",
    matters: "清单外的工作不计入汇总；若是任务名称改得认不出，就漏了一项。",
    remedy: "请核对：是清单任务的，写回官方名称或序号；不是的，请删去。",
    example: "“征兵及民兵整组”不在清单内：删去这一行后消除。",
};

pub(super) static UNCERTAIN_MATCH: Kind = Kind {
    code: "uncertain-match",
    title: "对应待确认",
    severity: Severity::Warning,
    reports: "这一行像是某项任务，但把握不够，需要人确认。",
    matters: "对应错了，两项任务的数都会错。",
    remedy: "请在“匹配复核”表中选定；填报单位写上官方序号也可以消除。",
    example: "“配合做好数字化相关工作”像第60项：确认或改选后消除。",
};

pub(super) static NUMBER_MISMATCH: Kind = Kind {
    code: "number-mismatch",
    title: "序号不符",
    severity: Severity::Info,
    reports: "整张表沿用官方序号，但这一行的序号不是所对应任务的序号。",
    matters: "可能是序号写错，也可能是内容错了行。",
    remedy: "请核对序号和内容，改正其中一个。",
    example: "“平等就业制度建设”写32，应为33：改正序号后消除。",
};

/// Finds tasks without rows and rows without tasks.
pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    missing(context, findings);
    for row in context.rows() {
        match row.matched.outcome {
            Outcome::Extra => findings.push(extra(&row)),
            Outcome::Review => findings.push(uncertain(context, &row)),
            Outcome::Matched => {}
        }
    }
    numbers(context, findings);
}

fn missing(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let by_township = context.by_township();
    for (&township, filed) in by_township.iter().filter(|(name, _)| context.prepared.roster.contains_key(*name)) {
        let read: Vec<_> = filed.iter().filter(|matched| matched.submission.status == SubmissionStatus::Read).collect();
        let Some(first) = read.first() else { continue };
        let mut answered: Vec<u32> = read
            .iter()
            .flat_map(|matched| matched.pairs().enumerate().filter(|(index, _)| matched.submission.counts(*index)))
            .filter(|(_, (_, matched))| matched.outcome != Outcome::Extra)
            .flat_map(|(_, (_, matched))| matched.tasks.iter().copied())
            .collect();
        answered.sort_unstable();
        let expected = context.plan.tasks.iter().filter(|task| context.plan.must_report(township, task));
        for task in expected.filter(|task| answered.binary_search(&task.number).is_err()) {
            let message = format!("没有填报{}，请补报这一项的进展。", cite(task));
            let finding = Finding::new(&MISSING_TASK, message).township(Some(township)).tasks(&[task.number]);
            let finding = finding.at(&first.submission.file, None, None).expected(task_words(task));
            findings.push(finding.fix(format!("补填第{}项一行", task.number)));
        }
    }
}

fn task_words(task: &Task) -> String {
    if task.name.is_empty() { shorten(&task.content, 40) } else { task.name.clone() }
}

fn extra(row: &Row<'_>) -> Finding {
    let words = row.words();
    let message =
        format!("{}不在任务清单内，请核对：是清单任务的，写回官方名称或序号；不是的，请删去。", quote(&words));
    row.finding(&EXTRA_ROW, row.record.name_cell(), message).found(words).fix("写回官方名称或序号，或者删去这一行")
}

fn uncertain(context: &Context<'_>, row: &Row<'_>) -> Finding {
    let words = row.words();
    // A candidate of one in a hundred helps nobody who looks at one line.
    let near = row.matched.candidates.iter().filter(|candidate| candidate.probability >= 0.05);
    let candidates: Vec<String> = near
        .filter_map(|candidate| {
            let tasks = match candidate.tasks.as_slice() {
                [] => return None,
                [only] => cite(context.plan.task(*only)?),
                several => format!("{}（合为一行）", cite_numbers(several)),
            };
            Some(format!("{tasks}（把握{:.0}%）", candidate.probability * 100.0))
        })
        .collect();
    let (likely, message) = if candidates.is_empty() {
        ("清单内的一项，或者清单外".to_owned(), format!("{}看不出对应清单中的哪一项，请确认。", quote(&words)))
    } else {
        let likely = candidates.join("，或者");
        let message = format!("{}可能对应{likely}，请确认。", quote(&words));
        (likely, message)
    };
    row.finding(&UNCERTAIN_MATCH, row.record.name_cell(), message)
        .found(words)
        .expected(likely)
        .fix("填报单位写上官方序号，或者由汇总人在“匹配复核”表中选定")
}

/// A row with the number it bears and the number of its task.
struct Numbered<'a> {
    row: Row<'a>,
    written: u32,
    task: u32,
}

/// Numbers that are not the task's, in tables that follow the official numbering.
fn numbers(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut tables: BTreeMap<(&str, usize, CellRef), Vec<Numbered<'_>>> = BTreeMap::new();
    for row in context.rows() {
        let (Some(table), Some(entry), Some(task)) = (row.table(), row.entry(Field::Number), row.task()) else {
            continue;
        };
        let Some(written) = official_number(&entry.text) else { continue };
        let key = (row.submission.file.as_str(), row.record.sheet, table.region.first);
        tables.entry(key).or_default().push(Numbered { row, written, task: task.number });
    }
    for rows in tables.into_values() {
        let right = rows.iter().filter(|one| one.written == one.task).count();
        let part = share(right, rows.len());
        // The clerk's own numbers run on; they agree with the official ones only as far as no task is left out.
        let running = rows.windows(2).all(|pair| pair[1].written == pair[0].written + 1);
        if rows.len() < 3 || part < context.limit(&NUMBERING_SHARE) || (running && part < 0.9) {
            continue;
        }
        for Numbered { row, written, task } in rows.iter().filter(|one| one.written != one.task) {
            let title = title_of(row, Field::Number);
            let message = format!("“{title}”写的是{written}，这一行的内容是{}，请核对后改为{task}。", row.cited());
            let finding = row.at_field(&NUMBER_MISMATCH, Field::Number, message).found(written.to_string());
            findings.push(finding.expected(task.to_string()).fix(format!("“{title}”改为{task}")));
        }
    }
}

/// The whole number that a number cell holds; village numbers such as 1-1 are none.
fn official_number(text: &str) -> Option<u32> {
    let text = crate::records::values::written::compact(text);
    let text = text.trim_matches(|c: char| matches!(c, '.' | '、' | '(' | ')' | '第' | '项'));
    text.strip_suffix(".0").unwrap_or(text).parse().ok()
}
