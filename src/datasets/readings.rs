//! The readings of all files of a run: the submissions on their shelf, and what else came in the files.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use super::reading::Reading;
use crate::findings::Explanation;
use crate::matches::{Filling, Shelf};
use crate::records::SubmissionStatus;

/// All readings in the order of their files.
#[derive(Debug, Default)]
pub struct Readings {
    /// The submissions as matched by machine.
    pub shelf: Shelf,
    /// For each, the explanations that came with it.
    pub explanations: Vec<Vec<Explanation>>,
}

/// Readings that come from several threads in any order; their keys tell the order in which they will stand.
#[derive(Debug)]
pub struct ComingReadings<'a, K> {
    filling: Filling<'a, K>,
    explanations: Mutex<Vec<(K, Vec<Explanation>)>>,
}

impl<'a, K: Ord + Clone + Send> ComingReadings<'a, K> {
    /// None yet; where there are many, a nameless temporary file lies in the folder.
    pub const fn new(folder: &'a Path) -> Self {
        Self { filling: Filling::new(folder), explanations: Mutex::new(Vec::new()) }
    }

    /// Adds a reading.
    ///
    /// # Errors
    /// See [`Filling::put`].
    pub fn put(&self, key: K, reading: Reading) -> anyhow::Result<()> {
        let mut explanations = self.explanations.lock().unwrap_or_else(PoisonError::into_inner);
        explanations.push((key.clone(), reading.explanations));
        drop(explanations);
        self.filling.put(key, reading.matched)
    }

    /// All readings.
    ///
    /// # Errors
    /// See [`Filling::finish`].
    pub fn finish(self) -> anyhow::Result<Readings> {
        let mut explanations = self.explanations.into_inner().unwrap_or_else(PoisonError::into_inner);
        explanations.sort_by(|(one, _), (other, _)| one.cmp(other));
        let explanations = explanations.into_iter().map(|(_, explanations)| explanations).collect();
        Ok(Readings { shelf: self.filling.finish()?, explanations })
    }
}

impl Readings {
    /// How many of them can be used.
    pub fn usable(&self) -> usize {
        self.shelf.heads().iter().filter(|head| head.status == SubmissionStatus::Read).count()
    }

    /// The place of each among the submissions of its file, from 0. Files of one name (an archive may hold two) count as
    /// one.
    pub(super) fn parts(&self) -> Vec<u32> {
        let heads = self.shelf.heads();
        let mut parts: Vec<u32> = Vec::with_capacity(heads.len());
        for (place, head) in heads.iter().enumerate() {
            let before = place.checked_sub(1).filter(|before| heads[*before].file == head.file);
            parts.push(before.map_or(0, |before| parts[before] + 1));
        }
        parts
    }
}
