//! How do datasets of several runs become the readings of one?

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};
use rayon::prelude::*;

use super::columnar::read_bytes;
use super::dataset::{DATASET_SCHEMA, Run};
use super::folder::submission_files;
use super::identity::{Identity, PROGRAM};
use super::reading::{Reading, decode};
use super::tables::SUBMISSIONS;
use crate::list::Plan;
use crate::matches::MatchSettings;
use crate::period::Period;

/// What several datasets hold together.
#[derive(Debug)]
pub struct Merged {
    /// The readings in the order of one run over all files.
    pub readings: Vec<Reading>,
    /// Program, plan and settings of all of them.
    pub identity: Identity,
    /// The period that was asked for, now or in every one of the runs.
    pub asked: Option<Period>,
    /// Submissions of runs that were asked for another period.
    pub left_aside: usize,
}

/// Reads datasets back.
///
/// # Errors
/// In Chinese: what is no dataset or damaged, was written by another version, under another plan or other settings,
/// or holds several periods of which none was asked for.
pub fn read_back(folders: &[PathBuf], plan: &Plan, asked: Option<Period>) -> anyhow::Result<Merged> {
    let mut files = Vec::new();
    for folder in folders {
        files.extend(submission_files(folder)?);
    }
    let read: Vec<(Run, Vec<Reading>)> = files.par_iter().map(|path| read(path)).collect::<anyhow::Result<_>>()?;
    let identity = identity(read.iter().map(|(run, _)| run), plan)?;
    let asked = settle(asked, read.iter().map(|(run, _)| run))?;
    let mut merged = Merged { readings: Vec::new(), identity, asked, left_aside: 0 };
    let mut seen: BTreeMap<(String, u32), String> = BTreeMap::new();
    for (run, readings) in read {
        if run.period_asked && Some(run.period) != asked {
            merged.left_aside += readings.len();
            continue;
        }
        for reading in readings {
            let submission = &reading.matched.submission;
            let key = (submission.file.clone(), reading.part);
            match seen.get(&key) {
                None => {
                    seen.insert(key, submission.sha256.clone());
                    merged.readings.push(reading);
                }
                // Slices may overlap.
                Some(sha256) if *sha256 == submission.sha256 => {}
                Some(_) => bail!(
                    "几个数据集里都有“{}”，内容却不同，请先只留一份，或把各处的文件放在不同的文件夹里再读取",
                    submission.file
                ),
            }
        }
    }
    merged.readings.sort_by(|one, other| {
        (&one.matched.submission.file, one.part).cmp(&(&other.matched.submission.file, other.part))
    });
    ensure!(!merged.readings.is_empty(), "数据集里没有这一周期的报表，请检查 --period 后面的周期");
    Ok(merged)
}

/// The readings of one file, and the run that wrote it.
fn read(path: &Path) -> anyhow::Result<(Run, Vec<Reading>)> {
    let damaged = || format!("“{}”已损坏，或不是本工具写出的，请重新生成这一数据集", path.display());
    let (run, exact) = read_bytes(path, &SUBMISSIONS).with_context(damaged)?;
    let run: Run = serde_json::from_str(&run).with_context(damaged)?;
    ensure!(
        run.schema == DATASET_SCHEMA && run.identity.program == PROGRAM,
        "“{}”由另一版本的软件写出，请用同一版本重新生成",
        path.display()
    );
    let mut readings = Vec::new();
    for bytes in exact {
        readings.extend(decode(&bytes).with_context(damaged)?);
    }
    Ok((run, readings))
}

/// The one identity of all runs.
fn identity<'a>(mut runs: impl Iterator<Item = &'a Run>, plan: &Plan) -> anyhow::Result<Identity> {
    let first = runs.next().context("没有数据集")?;
    ensure!(
        runs.all(|run| run.identity == first.identity),
        "各数据集的方案或 --max-wrong 不同，不能合并，请用同样的设置重新生成"
    );
    let max_wrong = first.identity.max_wrong;
    let own = Identity::new(plan, MatchSettings { max_wrong })?;
    ensure!(first.identity == own, "数据集是按另一个方案生成的，请用 --plan 指定生成时的方案");
    Ok(own)
}

/// The period asked for: now, else in all of the runs.
fn settle<'a>(asked: Option<Period>, runs: impl Iterator<Item = &'a Run>) -> anyhow::Result<Option<Period>> {
    if asked.is_some() {
        return Ok(asked);
    }
    let periods: BTreeSet<Period> = runs.filter(|run| run.period_asked).map(|run| run.period).collect();
    ensure!(periods.len() <= 1, "数据集里有{}个周期，请用 --period 指定其中一个", periods.len());
    Ok(periods.into_iter().next())
}
