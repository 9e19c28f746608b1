//! How does a file become readings: from the cache where nothing changed, else opened, read and matched.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::outcome::{Circumstances, RunPlan, absolute};
use crate::datasets::{Cache, CacheKey, Identity, Reading};
use crate::findings::explanations::explanations;
use crate::matches::{MatchSettings, MatchedSubmission, Model, PlanIndex, match_submission};
use crate::records::Reader;
use crate::workbooks::{Arrival, Delivery, Limits, RefusalReason, Source};

/// Everything that is prepared once to read the files of a run.
pub(super) struct ReadingDesk<'a> {
    reader: Reader,
    index: &'a PlanIndex,
    settings: MatchSettings,
    limits: Limits,
    cache: Option<Cache>,
    /// Whether everything that was read would be read so again.
    lasting: AtomicBool,
}

impl<'a> ReadingDesk<'a> {
    /// A desk for a plan's files.
    ///
    /// # Errors
    /// Where the cache's folder cannot be made.
    pub(super) fn new(plan: &'a RunPlan, identity: &Identity, cache: Option<&Path>) -> anyhow::Result<Self> {
        let limits = Limits::default();
        let cache = cache.map(|folder| Cache::open(folder, identity, &limits)).transpose()?;
        let settings = MatchSettings { max_wrong: identity.max_wrong };
        Ok(Self {
            reader: Reader::new(&plan.plan),
            index: &plan.index,
            settings,
            limits,
            cache,
            lasting: AtomicBool::new(true),
        })
    }

    /// Reads and matches one file: a reading for each submission in it.
    pub(super) fn read(&self, source: &Source) -> Vec<Reading> {
        let mut delivery = source.deliver(&self.limits);
        // Where a file lies is no part of what it says: it may be moved, and the cache still holds.
        let path = delivery.path.take();
        let mut readings = self.read_delivery(delivery);
        for reading in &mut readings {
            reading.matched.submission.path.clone_from(&path);
        }
        readings
    }

    fn read_delivery(&self, delivery: Delivery) -> Vec<Reading> {
        let kept = self.cache.as_ref().and_then(|cache| Some((cache, cache.key(&delivery)?)));
        if let Some(readings) = kept.and_then(|(cache, key)| cache.get(key)) {
            return readings;
        }
        let arrival = delivery.open(&self.limits);
        let readings = self.read_arrival(&arrival);
        // What took too long on a slow machine may be read next time.
        let lasting = arrival.content.as_ref().err().is_none_or(|refusal| refusal.reason != RefusalReason::TooSlow);
        if !lasting {
            self.lasting.store(false, Ordering::Relaxed);
        } else if let Some((cache, key)) = kept {
            cache.put(key, &readings);
        }
        readings
    }

    /// The key of a run over these files under these circumstances; `None` without a cache, and where a file cannot be
    /// read or was not read to its end: next time it may be.
    pub(super) fn key_of_run(&self, sources: &[Source], circumstances: &Circumstances) -> Option<CacheKey> {
        let cache = self.cache.as_ref()?;
        let key = |source: &Source| cache.key(&source.deliver(&self.limits));
        let files: Vec<CacheKey> = sources.par_iter().map(key).collect::<Option<_>>()?;
        // Outputs lead to where the files lie.
        let paths: Vec<String> = sources.iter().filter_map(Source::path).map(absolute).collect();
        let mut circumstances = circumstances.as_ref()?.clone();
        circumstances.push(paths.join("\n").into_bytes());
        self.lasting.load(Ordering::Relaxed).then(|| cache.key_of_run(&files, &circumstances))
    }

    /// The cache, where there is one.
    pub(super) const fn cache(&self) -> Option<&Cache> {
        self.cache.as_ref()
    }

    fn read_arrival(&self, arrival: &Arrival) -> Vec<Reading> {
        let model = Model::built_in();
        let mut explanations = arrival.content.as_ref().map(explanations).unwrap_or_default();
        let submissions = self.reader.read(arrival).into_iter();
        let readings = (0..).zip(submissions).map(|(part, submission)| {
            let matches = match_submission(&submission, self.index, model, self.settings);
            let explanations = std::mem::take(&mut explanations);
            Reading { part, matched: MatchedSubmission { submission, matches }, explanations }
        });
        readings.collect()
    }
}
