//! `hedui evaluate`: scores labelled submissions, and fits the matcher's numbers to them.

mod found;
mod report;
mod score;
mod truth;

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use rayon::prelude::*;

pub use found::FindingScore;
pub use score::{Score, ScoredRow};
pub use truth::{Part, Truth, TruthFinding, TruthOutcome, TruthRow};

use super::{Done, Screen};
use crate::list::{Field, Plan};
use crate::location::column_letters;
use crate::matches::{
    Baselines, Labelled, LabelledAnswer, LeftOutFigures, Match, MatchSettings, Model, PlanIndex, fit, match_submission,
};
use crate::outputs::beside;
use crate::records::{self, Record, Submission};
use crate::workbooks::{Limits, collect};

/// 评测：用带标注的报表给对照打分，或据此重新拟合参数（供开发人员使用）
#[derive(Debug, Args)]
#[command(override_usage = "hedui evaluate <文件夹> [选项]")]
pub struct Arguments {
    /// 放有“名称”与“名称.truth”两类文件夹的文件夹
    #[arg(value_name = "文件夹", help_heading = "参数")]
    folder: PathBuf,
    /// 列出每一行对错的明细
    #[arg(long, help_heading = "选项")]
    mistakes: bool,
    /// 用名称以此开头的部分重新拟合，把参数写入 --fit 的文件
    #[arg(long, value_name = "名称", default_value = "development", help_heading = "选项")]
    learn: String,
    /// 重新拟合参数并写入这个文件
    #[arg(long, value_name = "参数.toml", help_heading = "选项")]
    fit: Option<PathBuf>,
    /// 允许自动对上的行中错配的最大比例，0 至 1
    #[arg(long, value_name = "比例", help_heading = "选项")]
    max_wrong: Option<f64>,
}

/// A part with its files read.
struct Loaded {
    name: String,
    plan: Plan,
    /// What each file holds.
    submissions: Vec<Submission>,
    truths: Vec<Truth>,
    run: Option<Truth>,
    index: PlanIndex,
    bare: PlanIndex,
    /// Places of the labelled submissions, each with its truth.
    files: Vec<(usize, Truth)>,
}

impl Loaded {
    /// The labelled submissions and their truths.
    fn labelled(&self) -> impl Iterator<Item = (&Submission, &Truth)> {
        self.files.iter().map(|(place, truth)| (&self.submissions[*place], truth))
    }

    /// The matches of every submission.
    fn matches(&self, model: &Model, settings: MatchSettings) -> Vec<Vec<Match>> {
        let submissions = self.submissions.par_iter();
        submissions.map(|submission| match_submission(submission, &self.index, model, settings)).collect()
    }
}

/// Runs the command.
///
/// # Errors
/// A folder without labelled submissions, a truth file that does not parse, a file that cannot be read.
pub fn run(arguments: &Arguments, screen: Screen) -> anyhow::Result<Done> {
    let loaded = truth::parts(&arguments.folder)?.iter().map(load).collect::<anyhow::Result<Vec<_>>>()?;
    let fitted = match &arguments.fit {
        Some(path) => {
            let (model, left_out) = learn(&loaded, &arguments.learn);
            for (kind, figures) in ["列有常见说法的方案", "没有列常见说法的方案"].iter().zip(left_out)
            {
                screen.say(&format!(
                    "{kind}：拟合时留出的{}行，对数似然 {:.4}，最可能的答案正确 {:.2}%，错配不超过千分之三时可自动对上 {:.1}%",
                    figures.rows,
                    figures.likelihood,
                    figures.right * 100.0,
                    figures.covered * 100.0
                ));
            }
            beside::write(path, model.to_toml()?.as_bytes())?;
            screen.say(&format!("已写出：{}", path.display()));
            Some(model)
        }
        None => None,
    };
    let model = fitted.as_ref().unwrap_or_else(|| Model::built_in());
    let mut settings = MatchSettings::default();
    if let Some(max_wrong) = arguments.max_wrong {
        settings.max_wrong = max_wrong;
    }
    for part in &loaded {
        let matches = part.matches(model, settings);
        report::print(&part.name, &score_part(part, &matches), arguments.mistakes);
        report::print_findings(&found::score(part, &matches), arguments.mistakes);
    }
    Ok(Done::Clean)
}

/// Scores the parts under a folder whose name begins so, with the built-in model.
///
/// # Errors
/// As [`run`].
pub fn scores(folder: &std::path::Path, beginning: &str) -> anyhow::Result<Vec<(String, Score)>> {
    let parts = truth::parts(folder)?;
    let wanted = parts.iter().filter(|part| part.name.starts_with(beginning));
    let loaded = wanted.map(load).collect::<anyhow::Result<Vec<_>>>()?;
    let matches = |part: &Loaded| part.matches(Model::built_in(), MatchSettings::default());
    Ok(loaded.iter().map(|part| (part.name.clone(), score_part(part, &matches(part)))).collect())
}

/// Reads the files of a part.
fn load(part: &Part) -> anyhow::Result<Loaded> {
    let plan = match &part.plan {
        Some(path) => Plan::load(path)?,
        None => Plan::built_in(),
    };
    let sources = collect(std::slice::from_ref(&part.folder))?;
    let mut truths: BTreeMap<&str, &Truth> = part.truths.iter().map(|truth| (truth.file.as_str(), truth)).collect();
    let limits = Limits::default();
    let read: Vec<Vec<Submission>> =
        sources.par_iter().map(|source| records::read(&source.arrive(&limits), &plan)).collect();
    let submissions: Vec<Submission> = read.into_iter().flatten().collect();
    let mut files = Vec::new();
    for (place, submission) in submissions.iter().enumerate() {
        if let Some(truth) = truths.remove(submission.file.as_str()) {
            files.push((place, truth.clone()));
        }
    }
    if let Some(missing) = truths.keys().next() {
        return Err(anyhow::anyhow!("找不到“{missing}”")).context(format!("“{}”的标注与文件不一致", part.name));
    }
    Ok(Loaded {
        name: part.name.clone(),
        index: PlanIndex::new(&plan),
        bare: PlanIndex::new(&bare(&plan)),
        plan,
        submissions,
        truths: part.truths.clone(),
        run: part.run.clone(),
        files,
    })
}

/// Fits a model to the parts whose name begins with `learnt`. Every row is learnt from twice, with the plan's
/// short names and wordings and without them, for a plan that has none.
fn learn(loaded: &[Loaded], learnt: &str) -> (Model, [LeftOutFigures; 2]) {
    let parts: Vec<&Loaded> = loaded.iter().filter(|part| part.name.starts_with(learnt)).collect();
    let mut labelled = Vec::new();
    for (place, part) in parts.iter().enumerate() {
        for (submission, truth) in part.labelled() {
            let answer = |record: &Record| {
                let row = truth_of(record, submission, truth)?;
                let decidable = row.outcome != TruthOutcome::Review;
                Some(LabelledAnswer { tasks: sorted(&row.tasks), decidable })
            };
            for plan in [2 * place, 2 * place + 1] {
                let answers = submission.records.iter().map(answer).collect();
                labelled.push(Labelled { answers, submission: submission.clone(), plan });
            }
        }
    }
    let plans: Vec<&PlanIndex> = parts.iter().flat_map(|part| [&part.index, &part.bare]).collect();
    fit(&labelled, &plans)
}

/// The plan without short names and wordings, as a new county brings it.
fn bare(plan: &Plan) -> Plan {
    let mut plan = plan.clone();
    plan.tasks.iter_mut().for_each(|task| task.aliases.clear());
    plan.wordings.clear();
    plan
}

/// Scores the matches of a part's submissions.
fn score_part(part: &Loaded, matches: &[Vec<Match>]) -> Score {
    let mut score = Score::default();
    let mut baselines = Baselines::default();
    for (place, truth) in &part.files {
        let (submission, matches) = (&part.submissions[*place], &matches[*place]);
        let mut found = vec![false; truth.rows.len()];
        for (record, one) in submission.records.iter().zip(matches) {
            let place = format!("{} {} {}", submission.file, sheet_name(record, submission), record.at.row_number());
            let Some(position) = truth.rows.iter().position(|row| is_row(row, record, submission)) else {
                score.surplus.push(format!("{place} {}", words(record)));
                continue;
            };
            found[position] = true;
            let row = &truth.rows[position];
            baselines.score(record, &sorted(&row.tasks), &part.index);
            score.rows.push(ScoredRow {
                kind: row.kind.clone(),
                truth: row.outcome,
                truth_tasks: sorted(&row.tasks),
                outcome: one.outcome,
                tasks: one.tasks.clone(),
                confidence: one.confidence,
                none_is_likelier: one.candidates.iter().map(|candidate| candidate.probability).sum::<f64>() < 0.5,
                place,
                words: format!("{} {}", words(record), one.reasons.join("；")),
            });
        }
        let missing = truth.rows.iter().zip(found).filter(|(_, found)| !found);
        score.not_found.extend(missing.map(|(row, _)| format!("{} {} {}", submission.file, row.sheet, row.row)));
    }
    score.baselines = baselines.shares();
    score
}

fn truth_of<'a>(record: &Record, submission: &Submission, truth: &'a Truth) -> Option<&'a TruthRow> {
    truth.rows.iter().find(|row| is_row(row, record, submission))
}

fn is_row(row: &TruthRow, record: &Record, submission: &Submission) -> bool {
    row.sheet == sheet_name(record, submission)
        && row.row == record.at.row_number()
        && row.column.as_ref().is_none_or(|column| *column == column_letters(record.at.column))
}

fn sheet_name<'a>(record: &Record, submission: &'a Submission) -> &'a str {
    submission.sheets.get(record.sheet).map_or("", |sheet| sheet.name.as_str())
}

/// Name and content, shortened.
fn words(record: &Record) -> String {
    const SHOWN: usize = 40;
    let text = format!("{}｜{}", record.text(Field::Name), record.text(Field::Content)).replace('\n', " ");
    text.chars().take(SHOWN).collect()
}

fn sorted(tasks: &[u32]) -> Vec<u32> {
    let mut tasks = tasks.to_vec();
    tasks.sort_unstable();
    tasks
}
