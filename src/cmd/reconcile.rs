//! `hedui reconcile`: the main job, from whatever the townships sent to the consolidated workbook.

use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::Args;
use rayon::prelude::*;

use super::outcome::{Gathered, OutcomeArguments};
use super::progress::Progress;
use super::queue::Queue;
use super::reading::ReadingDesk;
use super::slice::Slice;
use super::{Done, Screen, overwriting};
use crate::datasets::{ComingReadings, Identity, Readings};
use crate::matches::MatchSettings;
use crate::workbooks::{Source, collect};

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
    #[command(flatten)]
    outcome: OutcomeArguments,
    /// 允许自动对上的行中错配的最大比例，例如 0.1%；越小，留给人工复核的行越多
    #[arg(long, value_name = "比例", value_parser = share, help_heading = "选项")]
    max_wrong: Option<f64>,
    /// 把读取结果存在这个文件夹，下次只读新的和改过的文件；文件夹随时可以删除
    #[arg(long, value_name = "文件夹", help_heading = "选项")]
    cache: Option<PathBuf>,
    /// 只读全部文件分成若干份后的一份，写成 3/16；各份写出数据集后用 merge 合并
    #[arg(long, value_name = "第几份/份数", requires = "dataset", requires = "period", help_heading = "选项")]
    slice: Option<Slice>,
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
    let outcome = &arguments.outcome;
    outcome.check(&arguments.paths)?;
    if let Some(cache) = &arguments.cache {
        overwriting::refuse_inside("缓存", cache, &arguments.paths)?;
    }
    // The files are looked for while the plan is read; what is wrong with the plan is told first.
    let (plan, sources) = rayon::join(|| outcome.load_plan(screen), || collect(&arguments.paths));
    let plan = plan?;
    let answers = outcome.answers(&plan.plan)?;
    let sources = sources?;
    overwriting::refuse(&outcome.files(), &sources)?;
    let sources = match arguments.slice {
        Some(slice) => slice.of(sources),
        None => sources,
    };
    if sources.is_empty() && arguments.slice.is_some() {
        screen.say("这一份里没有文件");
        return Ok(Done::Clean);
    }
    let settings = arguments.max_wrong.map_or_else(MatchSettings::default, |max_wrong| MatchSettings { max_wrong });
    // It takes its time to name a large plan, and most runs need no name for theirs.
    let named = arguments.cache.is_some() || outcome.dataset.is_some();
    let identity = named.then(|| Identity::new(&plan.plan, settings)).transpose()?;
    let cache = arguments.cache.as_deref().zip(identity.as_ref());
    let desk = ReadingDesk::new(&plan, settings, cache)?;
    let circumstances = outcome.circumstances(&plan);
    let key = desk.key_of_run(&sources, &circumstances);
    if let Some(finished) = desk.cache().zip(key).and_then(|(cache, key)| cache.get_run(key)) {
        return outcome.repeat(&finished, screen);
    }
    let readings = read(&sources, &arguments.paths, &desk, &outcome.folder(), screen)?;
    let finish = outcome.finish(Gathered { readings, identity, asked: outcome.period }, &plan, answers, screen)?;
    // A file may have changed while it was read; then this run is not what its key says.
    if key.is_some() && key == desk.key_of_run(&sources, &outcome.circumstances(&plan)) {
        let kept = outcome.keep(&finish);
        desk.cache().zip(key).zip(kept).into_iter().for_each(|((cache, key), kept)| cache.put_run(key, &kept));
    }
    // The program is about to end: what the matcher knows of a plan is not given back piece by piece.
    std::mem::forget(desk);
    std::mem::forget(plan);
    Ok(finish.done)
}

/// Reads all files; what cannot be read stays in the list with its reason. Where there are many, a temporary file lies in
/// the folder.
fn read(
    sources: &[Source],
    paths: &[PathBuf],
    desk: &ReadingDesk<'_>,
    folder: &Path,
    screen: Screen,
) -> anyhow::Result<Readings> {
    let progress = Progress::new(screen, sources.len());
    let queue = Queue::new(sources);
    let coming = ComingReadings::new(folder);
    let read_some = |_thread| {
        while let Some((place, opened)) = queue.next(desk) {
            for reading in desk.matched(opened) {
                coming.put((place, reading.part), reading)?;
            }
            progress.file_done(&sources[place].file);
        }
        anyhow::Ok(())
    };
    (0..rayon::current_num_threads()).into_par_iter().try_for_each(read_some)?;
    drop(progress);
    let readings = coming.finish()?;
    if readings.shelf.is_empty() {
        bail!("{}中没有文件，请检查是否放有各乡镇街道报来的表格", named(paths));
    }
    screen.say(&format!("读取：{}个文件，其中{}份报表可用", sources.len(), readings.usable()));
    Ok(readings)
}

/// The arguments as a sentence names them.
fn named(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| format!("“{}”", path.display())).collect::<Vec<_>>().join("、")
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
