//! `hedui reconcile`: the main job, from whatever the townships sent to the consolidated workbook.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use rayon::prelude::*;

use super::answers::{Answers, Filed, filed_with};
use super::{Done, Screen, overwriting};
use crate::consolidation::{Consolidation, consolidate};
use crate::findings::{self, Previous, Severity};
use crate::list::Plan;
use crate::matches::{MatchSettings, MatchedSubmission, Model, PlanIndex, match_submission, settle_versions};
use crate::outputs::{beside, consolidated, notice, result_file, returns};
use crate::period::{Day, Period};
use crate::records::{self, Submission, SubmissionStatus};
use crate::workbooks::{Limits, Source, collect};

/// 汇总核对：读取报来的表格，逐条对上官方清单，写出汇总表
#[derive(Debug, Args)]
#[command(
    override_usage = "hedui reconcile <文件或文件夹>… -o <汇总.xlsx> [选项]",
    after_help = "示例：hedui reconcile 提交 -o 汇总.xlsx --period 2024Q1 --json 结果.json"
)]
pub struct Arguments {
    /// 报来的文件，或放文件的文件夹（可写多个；压缩包 zip 也会打开）
    #[arg(required = true, value_name = "文件或文件夹", help_heading = "参数")]
    paths: Vec<PathBuf>,
    /// 写出的汇总工作簿
    #[arg(short, long, value_name = "汇总.xlsx", help_heading = "选项")]
    output: PathBuf,
    /// 方案文件（.toml、.json 或 .xlsx）；不写则用内置的洞头区方案
    #[arg(long, value_name = "方案", help_heading = "选项")]
    plan: Option<PathBuf>,
    /// 报送周期，写成 2024、2024H1、2024Q1、2024-03 或 2024W12；不写则取多数报表写明的周期
    #[arg(long, value_name = "周期", help_heading = "选项")]
    period: Option<Period>,
    /// 另写一份结果文件，供其他程序读取
    #[arg(long, value_name = "结果.json", help_heading = "选项")]
    json: Option<PathBuf>,
    /// 上期的汇总工作簿或结果文件（上期 reconcile 写出的），用来比较前后两期
    #[arg(long, value_name = "上期汇总.xlsx", help_heading = "选项")]
    previous: Option<PathBuf>,
    /// 已填好“匹配复核”的汇总工作簿：按其中的判定处理，以前的判定继续有效
    #[arg(long, value_name = "汇总.xlsx", help_heading = "选项")]
    decisions: Option<PathBuf>,
    /// 另给有问题或未报的单位各写一份退回填报表和催报文字，放在这个文件夹
    #[arg(long, value_name = "文件夹", help_heading = "选项")]
    returns: Option<PathBuf>,
    /// 另写一份通报初稿（Word 文档），数字都取自汇总表
    #[arg(long, value_name = "通报.docx", help_heading = "选项")]
    notice: Option<PathBuf>,
    /// 报送截止日期，写成 2024-04-10；用来看谁按时报送，也写进退回材料
    #[arg(long, value_name = "日期", help_heading = "选项")]
    due: Option<Day>,
    /// 允许自动对上的行中错配的最大比例，例如 0.1%；越小，留给人工复核的行越多
    #[arg(long, value_name = "比例", value_parser = share, help_heading = "选项")]
    max_wrong: Option<f64>,
    /// 有这一级别的问题时，退出码为 1：error 为必改，warning 为必改和核实
    #[arg(long, value_name = "级别", hide_possible_values = true, help_heading = "选项")]
    fail_on: Option<FailOn>,
}

/// Levels of `--fail-on`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// Findings that must go back to the township.
    Error,
    /// These, and findings that somebody must look at.
    Warning,
}

impl FailOn {
    /// Whether a finding of this severity counts.
    fn includes(self, severity: Severity) -> bool {
        match self {
            Self::Error => severity == Severity::Error,
            Self::Warning => severity <= Severity::Warning,
        }
    }
}

/// A share as a person writes it: `0.5%` or `0.005`.
fn share(text: &str) -> Result<f64, String> {
    let wrong = || format!("“{text}”不是比例，请写成 0.5% 或 0.005 的样子");
    let (number, scale) = match text.trim().trim_end_matches('％').trim_end_matches('%') {
        number if number.len() < text.trim().len() => (number, 100.0),
        number => (number, 1.0),
    };
    let share = number.trim().parse::<f64>().map_err(|_| wrong())? / scale;
    if (0.0..=0.5).contains(&share) { Ok(share) } else { Err(format!("“{text}”应在 0 与 50% 之间")) }
}

/// Runs the command.
///
/// # Errors
/// What could not be done, in one Chinese sentence: a path that does not exist, nothing to read, a plan that does not
/// parse, an output that is an input or a folder, no period.
pub fn run(arguments: &Arguments, screen: Screen) -> anyhow::Result<Done> {
    let outputs = std::iter::once(&arguments.output).chain(&arguments.json).chain(&arguments.notice);
    let outputs: Vec<&Path> = outputs.map(PathBuf::as_path).collect();
    check_outputs(&outputs, arguments)?;
    let (plan, plan_source) = load_plan(arguments.plan.as_deref())?;
    screen.say(&format!("方案：{plan_source}（{}项任务，{}个乡镇街道）", plan.tasks.len(), plan.townships.len()));
    let mut answers = match &arguments.decisions {
        Some(path) => Answers::read(path, &plan)?,
        None => Answers::default(),
    };
    let sources = collect(&arguments.paths)?;
    overwriting::refuse(&outputs, &sources)?;
    let (submissions, explained) = read(&sources, &arguments.paths, &plan, screen)?;
    let (period, period_source) = settle_period(arguments.period, &submissions)?;
    screen.say(&format!("周期：{}（{period_source}）", period.chinese()));
    let matched = match_all(submissions, &plan, period, arguments.max_wrong, &mut answers);
    answers.hear(&explained, &matched);
    let unapplied = answers.unapplied();
    let previous = arguments.previous.as_deref().map(Previous::read).transpose()?;
    let context = findings::Context {
        period_asked: arguments.period.is_some(),
        previous: previous.as_ref(),
        unapplied: &unapplied,
        explanations: &answers.explanations,
        ..findings::Context::new(&plan, period, &matched)
    };
    let found = findings::check(&context);
    let mut consolidation = consolidate(plan, plan_source, period, period_source, matched, found);
    consolidation.due = arguments.due;
    consolidation.decisions = answers.decisions;
    write(&consolidation, arguments, screen)?;
    let level = arguments.fail_on;
    let at_level = consolidation
        .findings
        .iter()
        .any(|finding| finding.explained.is_none() && level.is_some_and(|level| level.includes(finding.severity)));
    Ok(if at_level { Done::FoundAtLevel } else { Done::Clean })
}

/// Writes all outputs and says what there is.
fn write(consolidation: &Consolidation, arguments: &Arguments, screen: Screen) -> anyhow::Result<()> {
    let workbook = consolidated::prepare(consolidation, &arguments.output)?;
    let result = arguments.json.as_ref().map(|path| result_file::prepare(consolidation, path)).transpose()?;
    let notice = arguments.notice.as_ref().map(|path| notice::prepare(consolidation, path)).transpose()?;
    workbook.put()?;
    result.map_or(Ok(()), beside::Prepared::put)?;
    notice.map_or(Ok(()), beside::Prepared::put)?;
    say_summary(consolidation, screen);
    screen.say(&format!("已写出：{}", arguments.output.display()));
    if let Some(path) = &arguments.notice {
        screen.say(&format!("通报初稿：{}", path.display()));
    }
    if let Some(folder) = &arguments.returns {
        let files = returns::write(consolidation, arguments.due, folder)?;
        screen.say(&format!("退回：{}个文件，放在“{}”", files.len(), folder.display()));
    }
    Ok(())
}

/// Refuses outputs that would overwrite an input, another output, or are folders.
fn check_outputs(outputs: &[&Path], arguments: &Arguments) -> anyhow::Result<()> {
    for (place, output) in outputs.iter().enumerate() {
        let shown = output.display();
        if output.is_dir() {
            bail!("“{shown}”是文件夹，请写出要生成的文件名，例如“{}”", output.join("汇总.xlsx").display());
        }
        if outputs[..place].contains(output) {
            bail!("“{shown}”写了两次，两个输出不能是同一个文件");
        }
        let same = |input: &PathBuf| match (fs::canonicalize(input), fs::canonicalize(output)) {
            (Ok(input), Ok(output)) => input == output,
            _ => false,
        };
        if arguments.paths.iter().chain(&arguments.plan).any(same) {
            bail!("输出“{shown}”正是要读取的文件，请换一个文件名，以免原件被覆盖");
        }
        // The new consolidated workbook carries the decisions on, so it alone may take the old one's place.
        if place > 0 && arguments.decisions.iter().any(same) {
            bail!("输出“{shown}”正是 --decisions 要读取的文件，请换一个文件名，以免判定被覆盖");
        }
    }
    if let Some(folder) = arguments.returns.as_ref().filter(|folder| folder.is_file()) {
        bail!("“{}”是文件，请给出放退回材料的文件夹", folder.display());
    }
    Ok(())
}

/// The plan and where it came from.
pub(super) fn load_plan(path: Option<&Path>) -> anyhow::Result<(Plan, String)> {
    let Some(path) = path else { return Ok((Plan::built_in(), "内置的洞头区方案".to_owned())) };
    let plan = Plan::load(path)?;
    let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
    let source = format!("{name}《{}》", plan.title);
    Ok((plan, source))
}

/// Reads all files; what cannot be read stays in the list with its reason.
fn read(
    sources: &[Source],
    paths: &[PathBuf],
    plan: &Plan,
    screen: Screen,
) -> anyhow::Result<(Vec<Submission>, Vec<Filed>)> {
    let limits = Limits::default();
    let read: Vec<(Vec<Submission>, Option<Filed>)> = sources
        .par_iter()
        .map(|source| {
            let arrival = source.arrive(&limits);
            (records::read(&arrival, plan), filed_with(&arrival))
        })
        .collect();
    let (submissions, explained): (Vec<_>, Vec<_>) = read.into_iter().unzip();
    let submissions: Vec<Submission> = submissions.into_iter().flatten().collect();
    if submissions.is_empty() {
        bail!("{}中没有文件，请检查是否放有各乡镇街道报来的表格", named(paths));
    }
    let usable = submissions.iter().filter(|submission| submission.status == SubmissionStatus::Read).count();
    screen.say(&format!("读取：{}个文件，其中{usable}份报表可用", sources.len()));
    Ok((submissions, explained.into_iter().flatten().collect()))
}

/// The arguments as a sentence names them.
fn named(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| format!("“{}”", path.display())).collect::<Vec<_>>().join("、")
}

/// The period of the run: the one asked for, else the one that most submissions state.
fn settle_period(asked: Option<Period>, submissions: &[Submission]) -> anyhow::Result<(Period, String)> {
    if let Some(period) = asked {
        return Ok((period, "由 --period 指定".to_owned()));
    }
    let mut counts: BTreeMap<Period, usize> = BTreeMap::new();
    // A blank form for the next period that lies beside the reports states nothing about them.
    for period in submissions.iter().filter(|one| !one.skipped).filter_map(|submission| submission.period.value) {
        *counts.entry(period).or_default() += 1;
    }
    // Of two periods that equally many state, the later one: the earlier is the old file sent again.
    let most = counts.iter().max_by_key(|(period, count)| (**count, **period));
    let (period, count) = most.context("各份报表都没有写明报送周期，请用 --period 指定，例如 --period 2024Q1")?;
    Ok((*period, format!("{count}份报表写明")))
}

/// Matches all submissions, first by machine, then by what a person decided, and settles which versions count.
fn match_all(
    submissions: Vec<Submission>,
    plan: &Plan,
    period: Period,
    max_wrong: Option<f64>,
    answers: &mut Answers,
) -> Vec<MatchedSubmission> {
    let index = PlanIndex::new(plan);
    let model = Model::built_in();
    let mut settings = MatchSettings::default();
    if let Some(max_wrong) = max_wrong {
        settings.max_wrong = max_wrong;
    }
    let matched = submissions.into_par_iter().map(|submission| {
        let matches = match_submission(&submission, &index, model, settings);
        MatchedSubmission { submission, matches }
    });
    let mut matched: Vec<MatchedSubmission> = matched.collect();
    answers.decisions.apply(&mut matched, &index, period);
    settle_versions(&mut matched, period);
    matched
}

/// The run in three lines.
fn say_summary(consolidation: &Consolidation, screen: Screen) {
    let summary = &consolidation.summary;
    screen.say(&format!("收齐：应报{}个乡镇街道，已报{}个", summary.townships, summary.received));
    screen.say(&format!(
        "对照：对上{}行，待人工复核{}行，不属于清单{}行，缺报任务{}项",
        summary.matched, summary.review, summary.extra, summary.missing
    ));
    screen.say(&format!("问题：必改{}条，核实{}条，提示{}条", summary.errors, summary.warnings, summary.infos));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_as_people_write_them() {
        for (text, expected) in [("0.5%", 0.005), ("0.005", 0.005), ("1％", 0.01), ("0", 0.0)] {
            assert!((share(text).unwrap() - expected).abs() < 1e-12, "{text}");
        }
        for text in ["", "五", "80%", "-1%"] {
            assert!(share(text).is_err(), "{text}");
        }
    }
}
