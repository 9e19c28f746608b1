//! `hedui merge`: datasets that several runs wrote become the outputs of one run over all their files.

use std::path::PathBuf;

use clap::Args;

use super::outcome::{Gathered, OutcomeArguments};
use super::{Done, Screen};
use crate::datasets::read_back;

/// 合并数据集：把几次核对写出的数据集合在一起，写出的汇总与一次核对全部文件相同
#[derive(Debug, Args)]
#[command(
    override_usage = "hedui merge <数据集>… -o <汇总.xlsx> [选项]",
    after_help = "示例：hedui merge 数据集1 数据集2 -o 汇总.xlsx --json 结果.json"
)]
pub struct Arguments {
    /// reconcile --dataset 写出的文件夹（可写多个）
    #[arg(required = true, value_name = "数据集", help_heading = "参数")]
    datasets: Vec<PathBuf>,
    #[command(flatten)]
    outcome: OutcomeArguments,
}

/// Runs the command.
///
/// # Errors
/// What could not be done, in one Chinese sentence: a folder that is no dataset, or one of another version, plan or
/// setting; and whatever keeps an output from being written.
pub fn run(arguments: &Arguments, screen: Screen) -> anyhow::Result<Done> {
    let outcome = &arguments.outcome;
    outcome.check(&arguments.datasets)?;
    let plan = outcome.load_plan(screen)?;
    let answers = outcome.answers(&plan.plan)?;
    let merged = read_back(&arguments.datasets, &plan.plan, outcome.period, &outcome.folder())?;
    let files = merged.readings.shelf.len();
    screen.say(&format!(
        "读取：{}个数据集，{files}份材料，其中{}份报表可用",
        arguments.datasets.len(),
        merged.readings.usable()
    ));
    if merged.left_aside > 0 {
        screen.say(&format!("其他周期的{}份材料没有并入", merged.left_aside));
    }
    let gathered = Gathered { readings: merged.readings, identity: Some(merged.identity), asked: merged.asked };
    Ok(outcome.finish(gathered, &plan, answers, screen)?.done)
}
