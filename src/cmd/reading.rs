//! How does a file become readings: from the cache where nothing changed, else opened, then matched.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::coming_index::ComingIndex;
use super::outcome::{Circumstances, RunPlan, absolute};
use crate::datasets::{Cache, CacheKey, Identity, Reading};
use crate::findings::Explanation;
use crate::findings::explanations::explanations;
use crate::matches::{MatchSettings, MatchedSubmission, Model, match_submission};
use crate::records::{Reader, Submission};
use crate::workbooks::{Delivery, Limits, RefusalReason, Source};

/// Everything that is prepared once to read the files of a run.
pub(super) struct ReadingDesk<'a> {
    reader: Reader,
    index: &'a ComingIndex,
    settings: MatchSettings,
    limits: Limits,
    cache: Option<Cache>,
    /// Whether everything that was read would be read so again.
    lasting: AtomicBool,
}

/// A file that was opened, its submissions not yet matched.
pub(super) struct Opened {
    path: Option<PathBuf>,
    content: Content,
}

/// What is known of a file's submissions.
enum Content {
    /// Everything, from an earlier run.
    Kept(Vec<Reading>),
    /// What was read now, and the key under which it may be kept.
    Fresh { submissions: Vec<Submission>, explanations: Vec<Explanation>, key: Option<CacheKey> },
}

impl<'a> ReadingDesk<'a> {
    /// A desk for a plan's files, with a cache for what such a program makes of them.
    ///
    /// # Errors
    /// Where the cache's folder cannot be made.
    pub(super) fn new(
        plan: &'a RunPlan,
        settings: MatchSettings,
        cache: Option<(&Path, &Identity)>,
    ) -> anyhow::Result<Self> {
        let limits = Limits::default();
        let cache = cache.map(|(folder, identity)| Cache::open(folder, identity, &limits)).transpose()?;
        Ok(Self {
            reader: Reader::new(&plan.plan),
            index: &plan.index,
            settings,
            limits,
            cache,
            lasting: AtomicBool::new(true),
        })
    }

    /// Whether a file that is opened can be matched without waiting.
    pub(super) fn can_match(&self) -> bool {
        self.index.is_made()
    }

    /// Opens one file: what is needed of it to match its submissions.
    pub(super) fn open(&self, source: &Source) -> Opened {
        let mut delivery = source.deliver(&self.limits);
        // Where a file lies is no part of what it says: it may be moved, and the cache still holds.
        let path = delivery.path.take();
        let key = self.cache.as_ref().and_then(|cache| cache.key(&delivery));
        let kept = self.cache.as_ref().zip(key).and_then(|(cache, key)| cache.get(key));
        let content = match kept {
            Some(readings) => Content::Kept(readings),
            None => self.read(delivery, key),
        };
        Opened { path, content }
    }

    fn read(&self, delivery: Delivery, key: Option<CacheKey>) -> Content {
        let arrival = delivery.open(&self.limits);
        // What took too long on a slow machine may be read next time.
        let lasting = arrival.content.as_ref().err().is_none_or(|refusal| refusal.reason != RefusalReason::TooSlow);
        if !lasting {
            self.lasting.store(false, Ordering::Relaxed);
        }
        let explanations = arrival.content.as_ref().map(explanations).unwrap_or_default();
        let submissions = self.reader.read(&arrival);
        Content::Fresh { submissions, explanations, key: key.filter(|_| lasting) }
    }

    /// The readings of a file, one for each submission in it.
    pub(super) fn matched(&self, opened: Opened) -> Vec<Reading> {
        let Opened { path, content } = opened;
        let mut readings = match content {
            Content::Kept(readings) => readings,
            Content::Fresh { submissions, explanations, key } => {
                let readings = self.matched_fresh(submissions, explanations);
                self.cache.as_ref().zip(key).into_iter().for_each(|(cache, key)| cache.put(key, &readings));
                readings
            }
        };
        for reading in &mut readings {
            reading.matched.submission.path.clone_from(&path);
        }
        readings
    }

    fn matched_fresh(&self, submissions: Vec<Submission>, mut explanations: Vec<Explanation>) -> Vec<Reading> {
        let (index, model) = (self.index.get(), Model::built_in());
        let readings = (0..).zip(submissions).map(|(part, submission)| {
            let matches = match_submission(&submission, index, model, self.settings);
            let explanations = std::mem::take(&mut explanations);
            Reading { part, matched: MatchedSubmission { submission, matches }, explanations }
        });
        readings.collect()
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
}
