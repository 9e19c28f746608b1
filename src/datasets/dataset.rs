//! How does a run become a dataset: which rows go into which partition, with which exact forms?

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, anyhow};
use serde::{Deserialize, Serialize};

use super::columnar;
use super::exact_forms::ExactForms;
use super::folder::{self, PreparedFolder};
use super::identity::Identity;
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

/// Writes a dataset beside its place.
///
/// # Errors
/// Where it cannot be written, or something else lies in its place.
pub fn prepare(
    consolidation: &Consolidation,
    mut exact: ExactForms,
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
    let (mut findings, filed) = (findings(consolidation), filed(consolidation));
    let mut townships: Vec<Option<&str>> = findings.keys().chain(filed.keys()).copied().collect();
    townships.sort_unstable();
    townships.dedup();
    let places = consolidation.townships.iter().enumerate();
    let places: BTreeMap<&str, usize> = places.map(|(place, township)| (township.name.as_str(), place)).collect();
    // One township is taken from the shelf at a time.
    for township in townships {
        let submissions = filed.get(&township).into_iter().flatten().map(|place| {
            let matched = consolidation.submissions.get(*place);
            let (part, exact) = exact.take(&matched.submission.file, township)?;
            Ok(Filed { matched, part, exact })
        });
        let share = Share {
            consolidation,
            place: township.and_then(|name| places.get(name)).copied(),
            filed: submissions.collect::<anyhow::Result<_>>()?,
            findings: findings.remove(&township).unwrap_or_default(),
        };
        for (table, rows) in share.tables().into_iter().filter(|(_, rows)| !rows.is_empty()) {
            let bytes = columnar::encode(table, &rows, &run).map_err(|error| anyhow!("数据集无法写出：{error}"))?;
            let place = folder::partition(table.name, consolidation.period, township);
            prepared.add(&place, &bytes)?;
        }
    }
    Ok(prepared)
}

/// The findings of each township, and of none.
fn findings(consolidation: &Consolidation) -> BTreeMap<Option<&str>, Vec<&Finding>> {
    let mut findings: BTreeMap<Option<&str>, Vec<&Finding>> = BTreeMap::new();
    for finding in &consolidation.findings {
        findings.entry(finding.township.as_deref()).or_default().push(finding);
    }
    findings
}

/// The places of the submissions of each township, and of none.
fn filed(consolidation: &Consolidation) -> BTreeMap<Option<&str>, Vec<usize>> {
    let mut filed: BTreeMap<Option<&str>, Vec<usize>> = BTreeMap::new();
    for (place, head) in consolidation.submissions.heads().iter().enumerate() {
        filed.entry(head.township.as_deref()).or_default().push(place);
    }
    filed
}
