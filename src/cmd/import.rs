//! `hedui import`: the published document becomes a plan file.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;

use super::{Done, Screen};
use crate::list::import::{self, Defect};
use crate::list::{Plan, PlanFormat};
use crate::outputs::plan_workbook;

/// Heads what a person corrected in the plan that stands at the output.
const KEPT: &str = "已有方案中的改正全部保留，与文件不同的地方";

/// 导入方案：从公布的文件中读出责任分解清单，写成方案文件
#[derive(Debug, Args)]
#[command(override_usage = "hedui import <公布的文件> -o <方案.xlsx>")]
pub struct ImportArguments {
    /// 公布的文件：责任分解表所在的文本、Word（docx）、网页、WPS 或 Excel 表格
    #[arg(value_name = "公布的文件", help_heading = "参数")]
    pub document: PathBuf,
    /// 写出的方案文件，扩展名 .toml、.json 或 .xlsx 决定写成哪一种
    #[arg(short, long, value_name = "方案", help_heading = "选项")]
    pub output: PathBuf,
}

/// Reads the document, writes the plan and tells what was repaired.
///
/// # Errors
/// In Chinese: what could not be read or written, and the way out. Nothing is written then.
pub fn run(arguments: &ImportArguments, screen: Screen) -> anyhow::Result<Done> {
    let ImportArguments { document, output } = arguments;
    let format = PlanFormat::of_name(output)?;
    refuse_to_overwrite(document, output)?;
    let existing = existing(output)?;
    let imported = import::read(document)?;
    let (plan, kept) = match &existing {
        Some(existing) => import::keep_corrections(existing, &imported.plan),
        None => (imported.plan, Vec::new()),
    };
    plan_workbook::save(&plan, output, format)?;
    // What a person has filled in needs no word any more; a first import tells everything.
    let told_again = |defect: &Defect| existing.is_none() || !defect.settled_in(&plan);
    let defects: Vec<Defect> = imported.defects.into_iter().filter(told_again).collect();
    let notes = if existing.is_none() { imported.notes } else { Vec::new() };
    screen.say(told(&plan, &defects, &[("另外请了解", &notes), (KEPT, &kept)], output).trim_end());
    Ok(Done::Clean)
}

fn refuse_to_overwrite(document: &Path, output: &Path) -> anyhow::Result<()> {
    if output.is_dir() {
        bail!("输出“{}”是一个文件夹，请在 -o 后写上方案的文件名，如 方案.xlsx", output.display());
    }
    let same = fs::canonicalize(document).ok().zip(fs::canonicalize(output).ok()).is_some_and(|(a, b)| a == b);
    if same {
        bail!("输出“{}”就是公布的文件本身，为免覆盖，请换一个文件名", output.display());
    }
    Ok(())
}

/// The plan that stands at the output already: its corrections are kept. A file that is no plan is not overwritten.
fn existing(output: &Path) -> anyhow::Result<Option<Plan>> {
    let Ok(bytes) = fs::read(output) else { return Ok(None) };
    if !Plan::is_plan_file(&bytes) {
        bail!("“{}”已经存在，而且不是方案文件，为免覆盖，请在 -o 后换一个文件名", output.display());
    }
    Plan::read(output).map(Some).context("已有的方案读不懂，为免丢失其中的改正，没有覆盖")
}

/// What was read, in the order in which a person checks it.
fn told(plan: &Plan, defects: &[Defect], lists: &[(&str, &[String])], output: &Path) -> String {
    let mut text = String::new();
    let years = plan.years_in_words();
    let (count, townships) = (plan.tasks.len(), plan.townships.len());
    let numbers = plan.tasks.iter().map(|task| task.number);
    let span = numbers.clone().min().zip(numbers.max());
    let span = span.map_or_else(String::new, |(first, last)| format!("（序号 {first} 至 {last}）"));
    // Writing to a string cannot fail.
    let _ = writeln!(text, "《{}》（{years}）：读到 {count} 项任务{span}、{townships} 个乡镇街道。", plan.title);
    if !defects.is_empty() {
        let _ = writeln!(text, "公布的文件有 {} 处需要留意：", defects.len());
        for defect in defects {
            let _ = writeln!(text, "  {}。", defect.sentence());
        }
    }
    for (title, notes) in lists.iter().filter(|(_, notes)| !notes.is_empty()) {
        let _ = writeln!(text, "{title}（{} 处）：", notes.len());
        for note in *notes {
            let _ = writeln!(text, "  {note}。");
        }
    }
    let _ = writeln!(text, "方案已写入“{}”，请核对后使用。", output.display());
    text
}
