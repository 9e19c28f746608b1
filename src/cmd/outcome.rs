//! How do readings become the outputs of a run? The steps and options that `reconcile` and `merge` share.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::bail;
use clap::{Args, ValueEnum};

use super::answers::Answers;
use super::coming_index::ComingIndex;
use super::{Done, Screen, overwriting};
use crate::consolidation::{self, Consolidation};
use crate::datasets::{self, ExactForms, Finished, Identity, PreparedFolder, Readings};
use crate::findings::{self, Previous, Severity};
use crate::list::Plan;
use crate::matches::{Head, settle_versions};
use crate::outputs::{beside, consolidated, notice, result_file, returns};
use crate::period::{Day, Period};

/// What is written, and what is known besides the submissions.
#[derive(Debug, Args)]
pub(super) struct OutcomeArguments {
    /// 写出的汇总工作簿（只写数据集时可以不要）
    #[arg(short, long, value_name = "汇总.xlsx", required_unless_present = "dataset", help_heading = "选项")]
    output: Option<PathBuf>,
    /// 方案文件（.toml、.json 或 .xlsx）；不写则用内置的洞头区方案
    #[arg(long, value_name = "方案", help_heading = "选项")]
    plan: Option<PathBuf>,
    /// 报送周期，写成 2024、2024H1、2024Q1、2024-03 或 2024W12；不写则取多数报表写明的周期
    #[arg(long, value_name = "周期", help_heading = "选项")]
    pub(super) period: Option<Period>,
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
    /// 另写一份数据集（Parquet 文件），供数据库查询，也供 merge 合并，放在这个文件夹
    #[arg(long, value_name = "文件夹", help_heading = "选项")]
    pub(super) dataset: Option<PathBuf>,
    /// 报送截止日期，写成 2024-04-10；用来看谁按时报送，也写进退回材料
    #[arg(long, value_name = "日期", help_heading = "选项")]
    due: Option<Day>,
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

/// Everything besides the files that the outputs of a run depend on; absent where they cannot be kept.
pub(super) type Circumstances = Option<Vec<Vec<u8>>>;

/// How a run ended.
pub(super) struct Finish {
    /// What it has to say to the calling script.
    pub(super) done: Done,
    /// What it said of its period and figures.
    said: Vec<String>,
    /// The gravest finding that nobody explained.
    gravest: Option<Severity>,
}

/// The plan of a run, prepared.
pub(super) struct RunPlan {
    /// The plan.
    pub(super) plan: Arc<Plan>,
    /// Where it came from.
    source: String,
    /// The plan as the matcher sees it.
    pub(super) index: ComingIndex,
}

/// What was gathered before anything is settled.
pub(super) struct Gathered {
    /// The readings in the order of their files.
    pub(super) readings: Readings,
    /// What they were read with; told where a dataset is asked for.
    pub(super) identity: Option<Identity>,
    /// The period that was asked for.
    pub(super) asked: Option<Period>,
}

impl OutcomeArguments {
    /// The files that are written whole, the consolidated workbook first.
    pub(super) fn files(&self) -> Vec<&Path> {
        let files = self.output.iter().chain(&self.json).chain(&self.notice);
        files.map(PathBuf::as_path).collect()
    }

    /// Where temporary files lie: where the workbook will, so that they need room on no other disk.
    pub(super) fn folder(&self) -> PathBuf {
        let beside = self.output.as_ref().and_then(|path| path.parent());
        // A file that is named alone lies in the present folder.
        let beside = beside.map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
        beside.filter(|folder| folder.is_dir()).map_or_else(std::env::temp_dir, Path::to_owned)
    }

    /// Refuses outputs that would overwrite one of the inputs, another output, or are folders.
    pub(super) fn check(&self, inputs: &[PathBuf]) -> anyhow::Result<()> {
        let outputs = self.files();
        for (place, &output) in outputs.iter().enumerate() {
            let shown = output.display();
            if output.is_dir() {
                bail!("“{shown}”是文件夹，请写出要生成的文件名，例如“{}”", output.join("汇总.xlsx").display());
            }
            if outputs[..place].contains(&output) {
                bail!("“{shown}”写了两次，两个输出不能是同一个文件");
            }
            let same = |input: &PathBuf| match (fs::canonicalize(input), fs::canonicalize(output)) {
                (Ok(input), Ok(output)) => input == output,
                _ => false,
            };
            if inputs.iter().chain(&self.plan).any(same) {
                bail!("输出“{shown}”正是要读取的文件，请换一个文件名，以免原件被覆盖");
            }
            // The new consolidated workbook carries the decisions on, so it alone may take the old one's place.
            if self.output.as_deref() != Some(output) && self.decisions.iter().any(same) {
                bail!("输出“{shown}”正是 --decisions 要读取的文件，请换一个文件名，以免判定被覆盖");
            }
        }
        if let Some(folder) = self.returns.as_ref().filter(|folder| folder.is_file()) {
            bail!("“{}”是文件，请给出放退回材料的文件夹", folder.display());
        }
        if let Some(folder) = &self.dataset {
            overwriting::refuse_inside("数据集", folder, inputs)?;
            datasets::check_place(folder)?;
        }
        Ok(())
    }

    /// Loads the plan and says which it is.
    pub(super) fn load_plan(&self, screen: Screen) -> anyhow::Result<RunPlan> {
        let (plan, source) = load_plan(self.plan.as_deref())?;
        screen.say(&format!("方案：{source}（{}项任务，{}个乡镇街道）", plan.tasks.len(), plan.townships.len()));
        let plan = Arc::new(plan);
        let index = ComingIndex::of(&plan);
        Ok(RunPlan { plan, source, index })
    }

    /// What people answered since the last run.
    pub(super) fn answers(&self, plan: &Plan) -> anyhow::Result<Answers> {
        self.decisions.as_ref().map_or_else(|| Ok(Answers::default()), |path| Answers::read(path, plan))
    }

    /// Settles the period and what counts, checks everything and writes the outputs.
    pub(super) fn finish(
        &self,
        gathered: Gathered,
        plan: &RunPlan,
        mut answers: Answers,
        screen: Screen,
    ) -> anyhow::Result<Finish> {
        let RunPlan { plan, source, index } = plan;
        let Gathered { readings, identity, asked } = gathered;
        let (period, period_source) = settle_period(asked, readings.shelf.heads())?;
        let mut said = vec![format!("周期：{}（{period_source}）", period.chinese())];
        said.extend(outside_the_plan(plan, period));
        for line in &said {
            screen.say(line);
        }
        let asked_for = identity.filter(|_| self.dataset.is_some());
        let exact = asked_for.map(|identity| ExactForms::of(&readings, identity)).transpose()?;
        let Readings { shelf: mut matched, explanations } = readings;
        answers.decisions.apply(&mut matched, index.get(), period);
        settle_versions(&mut matched, period);
        answers.hear(&explanations, matched.heads());
        let unapplied = answers.unapplied();
        let previous = self.previous.as_deref().map(Previous::read).transpose()?;
        let run = findings::Run {
            period_asked: asked.is_some(),
            previous: previous.as_ref(),
            unapplied: &unapplied,
            explanations: &answers.explanations,
            ..findings::Run::new(plan, period, &matched)
        };
        if let Some(warning) = findings::other_plan(&run).warning() {
            screen.say(&warning);
            said.push(warning);
        }
        let mut gathered = consolidation::Gathered::of(Arc::clone(plan), period, &matched);
        // What was kept to match faster is given back meanwhile.
        let check = || findings::check_alongside(&run, &mut gathered);
        let (found, ()) = rayon::join(check, || index.get().forget());
        matched.sound()?;
        let mut consolidation = gathered.consolidate(source.as_str(), period_source, matched, found);
        consolidation.due = self.due;
        consolidation.decisions = answers.decisions;
        let prepared = self.prepare(&consolidation, exact, asked.is_some())?;
        let summary = summary(&consolidation);
        for line in &summary {
            screen.say(line);
        }
        // What could not be read back is missing in what was prepared: none of it takes its place.
        consolidation.submissions.sound()?;
        prepared.put()?;
        said.extend(summary);
        self.say_written(screen);
        if let Some(folder) = &self.returns {
            let files = returns::write(&consolidation, self.due, folder)?;
            consolidation.submissions.sound()?;
            screen.say(&format!("退回：{}个文件，放在“{}”", files.len(), folder.display()));
        }
        let unexplained = consolidation.findings.iter().filter(|finding| finding.explained.is_none());
        let gravest = unexplained.map(|finding| finding.severity).min();
        // The program is about to end: to give all this back piece by piece takes half a second at 1,000 workbooks.
        std::mem::forget(consolidation);
        Ok(Finish { done: self.done(gravest), said, gravest })
    }

    /// What there is to say to the calling script.
    fn done(&self, gravest: Option<Severity>) -> Done {
        let at_level = self.fail_on.zip(gravest).is_some_and(|(level, gravest)| level.includes(gravest));
        if at_level { Done::FoundAtLevel } else { Done::Clean }
    }

    /// What the outputs depend on besides the files that were sent. Folders of outputs are written anew each time.
    pub(super) fn circumstances(&self, plan: &RunPlan) -> Circumstances {
        if self.returns.is_some() || self.dataset.is_some() {
            return None;
        }
        let places = [&self.output, &self.json, &self.notice].map(|path| path.as_deref().map(absolute));
        let asked = (self.period.map(|period| period.to_string()), self.due);
        let mut circumstances = vec![serde_json::to_vec(&(&plan.source, places, asked)).ok()?];
        for path in [&self.decisions, &self.previous] {
            circumstances.push(path.as_ref().map_or_else(|| Some(Vec::new()), |path| fs::read(path).ok())?);
        }
        Some(circumstances)
    }

    /// What is kept of a run that has just ended; `None` where its outputs are gone already.
    pub(super) fn keep(&self, finish: &Finish) -> Option<Finished> {
        let outputs = self.files().into_iter().map(|path| fs::read(path).ok()).collect::<Option<_>>()?;
        Some(Finished { said: finish.said.clone(), gravest: finish.gravest, outputs })
    }

    /// Writes the outputs of an earlier run once more.
    pub(super) fn repeat(&self, finished: &Finished, screen: Screen) -> anyhow::Result<Done> {
        let files = self.files().into_iter().zip(&finished.outputs);
        let prepared: Vec<_> =
            files.map(|(path, bytes)| beside::prepare(path, bytes)).collect::<anyhow::Result<_>>()?;
        beside::put_together(prepared.into_iter().map(Some))?;
        screen.say("文件和设置都没有变化，沿用上次的结果");
        for line in &finished.said {
            screen.say(line);
        }
        self.say_written(screen);
        Ok(self.done(finished.gravest))
    }

    /// Writes all outputs beside their places, but the folder of what goes back.
    fn prepare(
        &self,
        consolidation: &Consolidation,
        exact: Option<ExactForms>,
        period_asked: bool,
    ) -> anyhow::Result<PreparedOutputs> {
        let (workbook, others) = rayon::join(
            || self.output.as_ref().map(|path| consolidated::prepare(consolidation, path)).transpose(),
            || {
                let result = self.json.as_ref().map(|path| result_file::prepare(consolidation, path)).transpose()?;
                let notice = self.notice.as_ref().map(|path| notice::prepare(consolidation, path)).transpose()?;
                anyhow::Ok((result, notice))
            },
        );
        let (workbook, (result, notice)) = (workbook?, others?);
        let dataset = self.dataset.as_ref().zip(exact);
        let dataset =
            dataset.map(|(folder, exact)| datasets::prepare(consolidation, exact, period_asked, folder)).transpose()?;
        Ok(PreparedOutputs { files: [workbook, result, notice], dataset })
    }

    /// Says which outputs there are.
    fn say_written(&self, screen: Screen) {
        let written = [("已写出", &self.output), ("数据集", &self.dataset), ("通报初稿", &self.notice)];
        for (what, path) in written {
            if let Some(path) = path {
                screen.say(&format!("{what}：{}", path.display()));
            }
        }
    }
}

/// Outputs that are written and have not taken their places yet.
struct PreparedOutputs {
    files: [Option<beside::Prepared>; 3],
    dataset: Option<PreparedFolder>,
}

impl PreparedOutputs {
    /// Puts them in their places.
    fn put(self) -> anyhow::Result<()> {
        beside::put_together(self.files)?;
        self.dataset.map_or(Ok(()), PreparedFolder::put)
    }
}

/// A path from the root of the disk on.
pub(super) fn absolute(path: &Path) -> String {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).to_string_lossy().into_owned()
}

/// The plan and where it came from.
pub(super) fn load_plan(path: Option<&Path>) -> anyhow::Result<(Plan, String)> {
    let Some(path) = path else { return Ok((Plan::built_in(), "内置的洞头区方案".to_owned())) };
    let plan = Plan::load(path)?;
    let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
    let source = format!("{name}《{}》", plan.title);
    Ok((plan, source))
}

/// The period of the run: the one asked for, else the one that most submissions state.
fn settle_period(asked: Option<Period>, heads: &[Head]) -> anyhow::Result<(Period, String)> {
    if let Some(period) = asked {
        return Ok((period, "由 --period 指定".to_owned()));
    }
    let submissions = || heads.iter();
    // A blank form for the next period that lies beside the reports states nothing about them.
    if let Some((period, count)) = most_stated(submissions().filter(|one| !one.skipped)) {
        return Ok((period, format!("{count}份报表写明")));
    }
    // Where nobody has filled in anything, the forms that were sent out tell for when they were to be filled in.
    let nothing_sent = submissions().all(|one| one.skipped);
    if let Some((period, count)) = most_stated(submissions()).filter(|_| nothing_sent) {
        return Ok((period, format!("没有一份报表填了内容，{count}份空白填报表写明")));
    }
    bail!("各份报表都没有写明报送周期，请用 --period 指定，例如 --period 2024Q1")
}

/// The period that most submissions state; of two that equally many state the later one: the earlier is the old file
/// sent again.
fn most_stated<'a>(submissions: impl Iterator<Item = &'a Head>) -> Option<(Period, usize)> {
    let mut counts: BTreeMap<Period, usize> = BTreeMap::new();
    for period in submissions.filter_map(|head| head.period) {
        *counts.entry(period).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(period, count)| (*count, *period))
}

/// What there is to say where a period lies outside the plan's years.
pub(super) fn outside_the_plan(plan: &Plan, period: Period) -> Option<String> {
    let [first, last] = plan.years;
    let outside = !(first..=last).contains(&period.year);
    outside.then(|| {
        format!(
            "注意：{}不在方案的年份（{}年）之内，请检查 --period 和 --plan",
            period.chinese(),
            plan.years_in_words()
        )
    })
}

/// The run in three lines.
fn summary(consolidation: &Consolidation) -> Vec<String> {
    let summary = &consolidation.summary;
    let unfilled = if summary.unfilled > 0 { format!("，未填任务{}项", summary.unfilled) } else { String::new() };
    vec![
        format!("收齐：应报{}个乡镇街道，已报{}个", summary.townships, summary.received),
        format!(
            "对照：对上{}行，待人工复核{}行，不属于清单{}行，缺报任务{}项{unfilled}",
            summary.matched, summary.review, summary.extra, summary.missing
        ),
        format!("问题：必改{}条，核实{}条，提示{}条", summary.errors, summary.warnings, summary.infos),
    ]
}
