//! `hedui lint`: the plan itself is checked, alone, against the published document and against an earlier plan.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;

use clap::Args;

use super::{Done, Screen};
use crate::findings::{Finding, on_plan};
use crate::list::Plan;
use crate::list::import::{self, Defect};
use crate::list::lint::{self, Change, ChangeKind, Comparison};
use crate::list::plan_sheets;

/// 检查方案：清单本身有无缺漏、前后不一致，与公布的全文、与以前的方案有何出入
#[derive(Debug, Args)]
#[command(override_usage = "hedui lint [方案] [选项]")]
pub struct LintArguments {
    /// 要检查的方案文件（.toml、.json 或 .xlsx）；不写则检查内置的洞头方案
    #[arg(value_name = "方案", help_heading = "参数")]
    pub plan: Option<PathBuf>,
    /// 公布的全文：方案与它逐项比对，正文里的目标与责任分解对照
    #[arg(long, value_name = "公布的文件", help_heading = "选项")]
    pub document: Option<PathBuf>,
    /// 以前的方案：列出新增、删除、改名、改目标的任务，以及对已发模板和已作决定的影响
    #[arg(long, value_name = "旧方案", help_heading = "选项")]
    pub against: Option<PathBuf>,
}

/// Checks the plan and prints what was found.
///
/// # Errors
/// In Chinese: a file that cannot be read, and the way out.
pub fn run(arguments: &LintArguments, screen: Screen) -> anyhow::Result<Done> {
    let plan = match &arguments.plan {
        Some(path) => Plan::read(path)?,
        None => Plan::built_in(),
    };
    // Writing to a string cannot fail.
    let mut text = String::new();
    let years = plan.years_in_words();
    screen.say(&format!("方案：《{}》（{years}），{} 项任务。", plan.title, plan.tasks.len()));
    list(&mut text, "必须改正才能使用的地方", &faults(&plan));
    let mut gaps = lint::gaps(&plan);
    let mut conflicts = lint::conflicts(&plan);
    let mut compared = String::new();
    if let Some(path) = &arguments.document {
        let document = import::read(path)?;
        let comparison = lint::with_document(&plan, &document.plan);
        compared = with_document(&plan, &document.plan, &comparison);
        // Of another list the plan has nothing to learn.
        if !comparison.another_list {
            conflicts.extend(lint::with_body(&plan, &document.body));
            gaps.extend(untold(document.defects, &gaps, &plan));
        }
    }
    let all = gaps.len() + conflicts.len();
    gaps.retain(|gap| !gap.confirmed_in(&plan));
    conflicts.retain(|conflict| !conflict.confirmed_in(&plan));
    let findings = on_plan(&gaps, &conflicts);
    list(&mut text, "核对出的问题", &findings.iter().map(shown).collect::<Vec<_>>());
    text.push_str(&silent(all - findings.len(), "处提示"));
    if findings.iter().any(|finding| !finding.tasks.is_empty()) {
        let (sheet, column) = (plan_sheets::TASKS, plan_sheets::CONFIRMED);
        let _ = writeln!(text, "  看过没有问题的，在“{sheet}”表的“{column}”一栏填“是”，以后不再提示。");
    }
    text.push_str(&compared);
    if let Some(against) = &arguments.against {
        let old = Plan::read(against)?;
        let changes = lint::changes(&old, &plan);
        list(&mut text, "与旧方案的差别", &changes.iter().map(told).collect::<Vec<_>>());
        text.push_str(&consequences(&changes));
    }
    // A closed pipe behind stdout is no failure of the check.
    let _ = std::io::stdout().write_all(text.as_bytes());
    Ok(Done::Clean)
}

/// The slips of the document that are no gaps of the plan told already, and that nobody has settled in it since.
fn untold(slips: Vec<Defect>, gaps: &[Defect], plan: &Plan) -> Vec<Defect> {
    let told_or_settled = |slip: &Defect| {
        let told = gaps.iter().any(|gap| gap.kind == slip.kind && gap.task == slip.task);
        let dropped = slip.task.is_some_and(|task| plan.task(task).is_none());
        told || dropped || slip.settled_in(plan)
    };
    slips.into_iter().filter(|slip| !told_or_settled(slip)).collect()
}

/// What must be corrected before the plan can be used. A plan without townships can be read, but nobody can be asked.
fn faults(plan: &Plan) -> Vec<String> {
    let mut faults = plan.faults();
    if plan.townships.is_empty() {
        let sheet = plan_sheets::TOWNSHIPS;
        faults.push(format!("“{sheet}”表是空的，请写上每个乡镇街道的全称，否则填报表无法下发，也看不出谁没有报"));
    }
    faults
}

/// One line on what is not told any more, since a person confirmed the tasks concerned.
fn silent(count: usize, what: &str) -> String {
    if count == 0 {
        String::new()
    } else {
        format!("  另有 {count} {what}，所涉及的任务都已标明“已核对”，不再列出。\n")
    }
}

fn list(text: &mut String, title: &str, lines: &[String]) {
    if lines.is_empty() {
        let _ = writeln!(text, "{title}：无。");
        return;
    }
    let _ = writeln!(text, "{title}（{} 处）：", lines.len());
    for (index, line) in lines.iter().enumerate() {
        let _ = writeln!(text, "  {}. {line}", index + 1);
    }
}

fn shown(finding: &Finding) -> String {
    format!("[{} {}] {}。", finding.severity.word(), finding.kind.code, finding.message)
}

/// How the plan compares with its document: what was compared, and each difference in the words of both.
fn with_document(plan: &Plan, document: &Plan, comparison: &Comparison) -> String {
    let targets = |plan: &Plan| plan.tasks.iter().map(|task| task.indicators.len()).sum::<usize>();
    let Comparison { tasks, indicators, .. } = comparison;
    let (own, other) = (plan.tasks.len(), document.tasks.len());
    if comparison.another_list {
        return format!(
            "公布的文件看来是另一份清单：其中《{}》的 {other} 项任务，与方案《{}》的 {own} 项任务只有 {tasks} 项对得上，\
             没有逐项比对，请核对 --document 后面写的文件。\n",
            document.title, plan.title
        );
    }
    let mut text = format!(
        "与公布的文件比对了 {tasks} 项任务、{indicators} 个指标（文件中读出 {other} 项、{} 个，方案中有 {own} 项、{} 个）。\n",
        targets(document),
        targets(plan)
    );
    let mut lines = Vec::new();
    let [titles, years] =
        [[&plan.title, &document.title].map(String::clone), [plan, document].map(Plan::years_in_words)];
    for (what, [own, other]) in [("标题", titles), ("起止年份", years)] {
        if own != other {
            lines.push(format!("{what}：文件中是“{other}”，方案中是“{own}”"));
        }
    }
    lines.extend(comparison.differences.iter().map(differs));
    list(&mut text, "方案与公布的文件不同的地方，请逐一核对，有意改正的除外", &lines);
    text.push_str(&silent(comparison.confirmed, "处不同"));
    text
}

/// A difference between the document and the plan, in the words of both.
fn differs(change: &Change) -> String {
    let [read, own] = change.quoted().map(|text| in_words(&text));
    match (change.kind.subject(), change.before, change.after) {
        (Some(subject), _, Some(after)) => format!("任务 {after} 的{subject}：文件中是{read}，方案中是{own}"),
        (None, None, Some(after)) => format!("文件中没有方案的任务 {after}{own}"),
        (_, before, _) => format!("方案中没有文件的任务 {}{read}", before.unwrap_or_default()),
    }
}

/// A text in quotation marks; where there is none, that.
fn in_words(text: &str) -> String {
    if text.is_empty() { "（无）".to_owned() } else { format!("“{text}”") }
}

fn told(change: &Change) -> String {
    let word = change.kind.word();
    match (change.kind, change.before, change.after) {
        (ChangeKind::Added, _, Some(after)) => format!("{word}：任务 {after}“{}”", change.new),
        (ChangeKind::Removed, Some(before), _) => format!("{word}：原任务 {before}“{}”", change.old),
        (_, Some(before), _) => {
            let [old, new] = change.quoted().map(|text| in_words(&text));
            format!("{word}：原任务 {before}，由{old}改为{new}")
        }
        _ => word.to_owned(),
    }
}

/// What the changes do to templates already sent and to decisions already made.
fn consequences(changes: &[Change]) -> String {
    if changes.is_empty() {
        return "已发出的模板和已作的决定都不受影响。\n".to_owned();
    }
    let numbers = |wanted: &[ChangeKind]| {
        let mut numbers: Vec<u32> =
            changes.iter().filter(|change| wanted.contains(&change.kind)).filter_map(|change| change.before).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers.iter().map(u32::to_string).collect::<Vec<_>>().join("、")
    };
    let mut text = String::from("已发出的模板：仍可回收，程序会注明是旧模板并按任务内容对应");
    let removed = numbers(&[ChangeKind::Removed]);
    if !removed.is_empty() {
        let _ = write!(text, "；原任务 {removed} 的填报会列为清单外事项");
    }
    let added: Vec<String> = changes
        .iter()
        .filter(|change| change.kind == ChangeKind::Added)
        .filter_map(|change| change.after.map(|number| number.to_string()))
        .collect();
    if !added.is_empty() {
        let _ = write!(text, "；新任务 {} 在旧模板里没有行，会列为漏报，建议补发模板", added.join("、"));
    }
    let retargeted = numbers(&[ChangeKind::Retargeted, ChangeKind::Reworded]);
    if !retargeted.is_empty() {
        let _ = write!(text, "；原任务 {retargeted} 的内容或目标在旧模板里是旧的");
    }
    text.push_str("。\n");
    let touched = numbers(&[ChangeKind::Removed, ChangeKind::Renumbered, ChangeKind::Renamed]);
    if touched.is_empty() {
        text.push_str("已作的决定：不受影响。\n");
    } else {
        let _ = writeln!(text, "已作的决定：指向原任务 {touched} 的，请重新核对后再用。");
    }
    text
}
