//! How do datasets of several runs become the readings of one?

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, bail, ensure};
use rayon::prelude::*;

use super::columnar;
use super::dataset::{DATASET_SCHEMA, Run};
use super::folder::submission_files;
use super::identity::{Identity, PROGRAM};
use super::reading::{Reading, decode};
use super::readings::{ComingReadings, Readings};
use super::tables::SUBMISSIONS;
use crate::list::Plan;
use crate::matches::MatchSettings;
use crate::period::Period;

/// What several datasets hold together.
#[derive(Debug)]
pub struct Merged {
    /// The readings in the order of one run over all files.
    pub readings: Readings,
    /// Program, plan and settings of all of them.
    pub identity: Identity,
    /// The period that was asked for, now or in every one of the runs.
    pub asked: Option<Period>,
    /// Submissions of runs that were asked for another period.
    pub left_aside: usize,
}

/// A submission of which a dataset holds the reading: file, part and hash of the file.
type Held = (String, u32, String);

/// Reads datasets back, into a nameless temporary file of a folder where they are large.
///
/// # Errors
/// In Chinese: what is no dataset or damaged, was written by another version, under another plan or other settings,
/// or holds several periods of which none was asked for.
pub fn read_back(folders: &[PathBuf], plan: &Plan, asked: Option<Period>, temporary: &Path) -> anyhow::Result<Merged> {
    let mut files = Vec::new();
    for folder in folders {
        files.extend(submission_files(folder)?);
    }
    let runs: Vec<Run> = files.par_iter().map(|path| run_of(path)).collect::<anyhow::Result<_>>()?;
    let identity = identity(runs.iter(), plan)?;
    let asked = settle(asked, runs.iter())?;
    let coming = ComingReadings::new(temporary);
    let left_aside = AtomicUsize::new(0);
    let seen: Mutex<BTreeMap<(String, u32), String>> = Mutex::default();
    files.par_iter().zip(&runs).try_for_each(|(path, run)| {
        for reading in readings(path)? {
            if run.period_asked && Some(run.period) != asked {
                left_aside.fetch_add(1, Ordering::Relaxed);
                continue;
            }
            let submission = &reading.matched.submission;
            let held = (submission.file.clone(), reading.part, submission.sha256.clone());
            if is_new(&seen, held.clone())? {
                coming.put((held.0, held.1), reading)?;
            }
        }
        anyhow::Ok(())
    })?;
    let readings = coming.finish()?;
    ensure!(!readings.shelf.is_empty(), "数据集里没有这一周期的报表，请检查 --period 后面的周期");
    Ok(Merged { readings, identity, asked, left_aside: left_aside.into_inner() })
}

/// Whether a submission was not held by another dataset before: slices may overlap.
fn is_new(seen: &Mutex<BTreeMap<(String, u32), String>>, (file, part, sha256): Held) -> anyhow::Result<bool> {
    let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
    match seen.get(&(file.clone(), part)) {
        None => {
            seen.insert((file, part), sha256);
            Ok(true)
        }
        Some(before) if *before == sha256 => Ok(false),
        Some(_) => bail!("几个数据集里都有“{file}”，内容却不同，请先只留一份，或把各处的文件放在不同的文件夹里再读取"),
    }
}

fn damaged(path: &Path) -> String {
    format!("“{}”已损坏，或不是本工具写出的，请重新生成这一数据集", path.display())
}

/// The run that wrote a file.
fn run_of(path: &Path) -> anyhow::Result<Run> {
    let run = columnar::run_of(path).with_context(|| damaged(path))?;
    let run: Run = serde_json::from_str(&run).with_context(|| damaged(path))?;
    ensure!(
        run.schema == DATASET_SCHEMA && run.identity.program == PROGRAM,
        "“{}”由另一版本的软件写出，请用同一版本重新生成",
        path.display()
    );
    Ok(run)
}

/// The readings of one file.
fn readings(path: &Path) -> anyhow::Result<Vec<Reading>> {
    let mut readings = Vec::new();
    for bytes in columnar::read_bytes(path, &SUBMISSIONS).with_context(|| damaged(path))? {
        readings.extend(decode(&bytes).with_context(|| damaged(path))?);
    }
    Ok(readings)
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
