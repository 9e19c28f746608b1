//! How does a run become a dataset: which rows go into which partition, with which exact forms?

use std::collections::{BTreeMap, VecDeque};
use std::path::Path;

use anyhow::{Context, anyhow};
use serde::{Deserialize, Serialize};

use super::columnar;
use super::folder::{self, PreparedFolder};
use super::identity::Identity;
use super::reading::{Reading, encode};
use super::rows::{Filed, Share};
use crate::consolidation::Consolidation;
use crate::findings::Finding;
use crate::period::Period;

/// The schema that datasets state.
pub(super) const DATASET_SCHEMA: &str = "hedui/dataset/1";

/// What a file of a dataset says of the run that wrote it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Run {
    pub(super) schema: String,
    pub(super) identity: Identity,
    pub(super) period: Period,
    /// Whether a person asked for this period; else it is the one that most submissions state.
    pub(super) period_asked: bool,
}

/// The exact forms of a run's readings, taken before decisions and versions change them.
#[derive(Debug)]
pub struct ExactForms {
    identity: Identity,
    /// By file and township.
    forms: BTreeMap<Whose, Parts>,
}

/// File and township.
type Whose = (String, Option<String>);
/// Part and bytes, in the order of the readings.
type Parts = VecDeque<(u32, Vec<u8>)>;

impl ExactForms {
    /// Keeps the readings as they are now. Where files lie is kept from the root of the disk on, so that links from a
    /// workbook written elsewhere lead there.
    ///
    /// # Errors
    /// See [`encode`].
    pub fn of(readings: &mut [Reading], identity: Identity) -> anyhow::Result<Self> {
        let mut forms: BTreeMap<Whose, Parts> = BTreeMap::new();
        for reading in readings {
            let submission = &mut reading.matched.submission;
            if let Some(path) = &mut submission.path {
                *path = std::path::absolute(&*path).unwrap_or_else(|_| path.clone());
            }
            let key = (submission.file.clone(), submission.township.value.clone());
            let bytes = encode(std::slice::from_ref(reading))?;
            forms.entry(key).or_default().push_back((reading.part, bytes));
        }
        Ok(Self { identity, forms })
    }
}

/// Writes a dataset beside its place.
///
/// # Errors
/// Where it cannot be written, or something else lies in its place.
pub fn prepare(
    consolidation: &Consolidation,
    exact: ExactForms,
    period_asked: bool,
    folder: &Path,
) -> anyhow::Result<PreparedFolder> {
    let run = Run {
        schema: DATASET_SCHEMA.to_owned(),
        identity: exact.identity.clone(),
        period: consolidation.period,
        period_asked,
    };
    let run = serde_json::to_string(&run).context("数据集无法写出")?;
    let prepared = PreparedFolder::new(folder)?;
    for share in shares(consolidation, exact)? {
        for (table, rows) in share.tables().into_iter().filter(|(_, rows)| !rows.is_empty()) {
            let bytes = columnar::encode(table, &rows, &run).map_err(|error| anyhow!("数据集无法写出：{error}"))?;
            let place = folder::partition(table.name, consolidation.period, share.township);
            prepared.add(&place, &bytes)?;
        }
    }
    Ok(prepared)
}

/// What belongs to each township, and to none.
fn shares(consolidation: &Consolidation, mut exact: ExactForms) -> anyhow::Result<Vec<Share<'_>>> {
    let mut findings: BTreeMap<Option<&str>, Vec<&Finding>> = BTreeMap::new();
    for finding in &consolidation.findings {
        findings.entry(finding.township.as_deref()).or_default().push(finding);
    }
    let mut filed: BTreeMap<Option<&str>, Vec<Filed>> = BTreeMap::new();
    for matched in &consolidation.submissions {
        let submission = &matched.submission;
        let key = (submission.file.clone(), submission.township.value.clone());
        // Equal names keep their order all the way.
        let form = exact.forms.get_mut(&key).and_then(VecDeque::pop_front);
        let (part, exact) = form.with_context(|| format!("“{}”没有读取结果，数据集无法写出", submission.file))?;
        filed.entry(submission.township.value.as_deref()).or_default().push(Filed { matched, part, exact });
    }
    let places = consolidation.townships.iter().enumerate();
    let places: BTreeMap<&str, usize> = places.map(|(place, township)| (township.name.as_str(), place)).collect();
    let mut townships: Vec<Option<&str>> = findings.keys().chain(filed.keys()).copied().collect();
    townships.sort_unstable();
    townships.dedup();
    let shares = townships.into_iter().map(|township| Share {
        consolidation,
        township,
        place: township.and_then(|name| places.get(name)).copied(),
        filed: filed.remove(&township).unwrap_or_default(),
        findings: findings.remove(&township).unwrap_or_default(),
    });
    Ok(shares.collect())
}
