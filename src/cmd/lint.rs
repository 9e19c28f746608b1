//! `hedui lint`: the plan itself is checked, alone, against the published document and against an earlier plan.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;

use clap::Args;

use super::{Done, Screen};
use crate::findings::{Finding, on_plan};
use crate::list::Plan;
use crate::list::import::{self, Defect};
use crate::list::lint::{self, Change, ChangeKind};

/// 检查方案：清单本身有无缺漏、前后不一致，与公布的全文、与以前的方案有何出入
#[derive(Debug, Args)]
#[command(override_usage = "hedui lint [方案] [选项]")]
pub struct LintArguments {
    /// 要检查的方案文件（.toml、.json 或 .xlsx）；不写则检查内置的洞头方案
    #[arg(value_name = "方案", help_heading = "参数")]
    pub plan: Option<PathBuf>,
    /// 公布的全文：把正文里的目标与责任分解对照
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
    let mut text = String::new();
    // Writing to a string cannot fail.
    let years = plan.years_in_words();
    screen.say(&format!("方案：《{}》（{years}），{} 项任务。", plan.title, plan.tasks.len()));
    list(&mut text, "必须改正才能使用的地方", &plan.faults());
    let mut gaps = lint::gaps(&plan);
    let mut conflicts = lint::conflicts(&plan);
    if let Some(document) = &arguments.document {
        let imported = import::read(document)?;
        conflicts.extend(lint::with_document(&plan, &imported.body));
        let told_or_settled = |defect: &Defect| {
            let told = gaps.iter().any(|gap| gap.kind == defect.kind && gap.task == defect.task);
            told || defect.settled_in(&plan)
        };
        let untold: Vec<_> = imported.defects.into_iter().filter(|defect| !told_or_settled(defect)).collect();
        gaps.extend(untold);
    }
    let findings = on_plan(&gaps, &conflicts);
    list(&mut text, "核对出的问题", &findings.iter().map(shown).collect::<Vec<_>>());
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

fn told(change: &Change) -> String {
    let word = change.kind.word();
    match (change.kind, change.before, change.after) {
        (ChangeKind::Added, _, Some(after)) => format!("{word}：任务 {after}“{}”", change.new),
        (ChangeKind::Removed, Some(before), _) => format!("{word}：原任务 {before}“{}”", change.old),
        (_, Some(before), _) => {
            let blank = |text: &str| if text.is_empty() { "（无）".to_owned() } else { format!("“{text}”") };
            format!("{word}：原任务 {before}，由{}改为{}", blank(&change.old), blank(&change.new))
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
