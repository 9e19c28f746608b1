//! How is a shelf filled by several threads that read files in any order?

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;

use super::stored::{Kept, Store};
use super::{Head, Place, Shelf};
use crate::matches::MatchedSubmission;

/// So many records stand in memory as they are, some kilobytes each; with more, all submissions are packed.
const AS_THEY_ARE: usize = 100_000;
/// So many submissions that stand as they are, are packed with each further one once there are too many, so that all of them
/// are long before the last one comes.
const PACKED_WITH_EACH: usize = 2;
/// So many bytes of packed submissions stand in memory, those of some 100,000 records; with more, all go to the disk.
const PACKED_IN_MEMORY: usize = 64 << 20;

/// A shelf that is being filled. Keys tell in which order the submissions will stand.
#[derive(Debug)]
pub struct Filling<'a, K> {
    /// Where a temporary file may lie.
    folder: &'a Path,
    state: Mutex<State<K>>,
}

#[derive(Debug)]
struct State<K> {
    as_they_are: Vec<(K, MatchedSubmission)>,
    packed: Vec<(K, Head, Kept)>,
    records: usize,
    store: Option<Arc<Store>>,
}

impl<'a, K: Ord + Send> Filling<'a, K> {
    /// An empty shelf; where it grows, a nameless temporary file lies in the folder.
    pub const fn new(folder: &'a Path) -> Self {
        let state = State { as_they_are: Vec::new(), packed: Vec::new(), records: 0, store: None };
        Self { folder, state: Mutex::new(state) }
    }

    /// Adds a submission.
    ///
    /// # Errors
    /// Where it must go to the disk, and cannot be kept there.
    pub fn put(&self, key: K, filed: MatchedSubmission) -> anyhow::Result<()> {
        let Some(store) = self.store_for(filed.matches.len()) else {
            self.state().as_they_are.push((key, filed));
            return Ok(());
        };
        let earlier = self.state().take_as_they_are(PACKED_WITH_EACH);
        for (key, filed) in earlier.into_iter().chain([(key, filed)]) {
            let packed = (key, Head::of(&filed), store.keep(filed)?);
            self.state().packed.push(packed);
        }
        Ok(())
    }

    /// The shelf, everything in its place.
    ///
    /// # Errors
    /// As [`Filling::put`].
    pub fn finish(self) -> anyhow::Result<Shelf> {
        let State { as_they_are, packed, store, .. } = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        let rest = as_they_are.into_par_iter().map(|(key, filed)| {
            let head = Head::of(&filed);
            let place = match &store {
                // What came before there were too many.
                Some(store) => Place::Stored(store.keep(filed)?),
                None => Place::Memory(Arc::new(filed)),
            };
            Ok((key, head, place))
        });
        let mut filled: Vec<(K, Head, Place)> = rest.collect::<anyhow::Result<_>>()?;
        filled.extend(packed.into_iter().map(|(key, head, kept)| (key, head, Place::Stored(kept))));
        filled.sort_by(|(one, ..), (other, ..)| one.cmp(other));
        let (heads, places) = filled.into_iter().map(|(_, head, place)| (head, place)).unzip();
        Ok(Shelf { heads, places, store, ..Shelf::default() })
    }

    /// What packs submissions, for so many more records; `None` while all stand in memory as they are.
    fn store_for(&self, records: usize) -> Option<Arc<Store>> {
        let mut state = self.state();
        state.records += records;
        if state.records > AS_THEY_ARE && state.store.is_none() {
            state.store = Some(Arc::new(Store::new(PACKED_IN_MEMORY, self.folder)));
        }
        state.store.clone()
    }

    fn state(&self) -> MutexGuard<'_, State<K>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K> State<K> {
    /// Takes some of the submissions that stand as they are, at most so many.
    fn take_as_they_are(&mut self, most: usize) -> Vec<(K, MatchedSubmission)> {
        let from = self.as_they_are.len().saturating_sub(most);
        self.as_they_are.split_off(from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matches::shelf::tests::filed;

    #[test]
    fn more_than_stand_as_they_are_is_packed_in_its_order() {
        let folder = tempfile::tempdir().unwrap();
        let half = u32::try_from(AS_THEY_ARE / 2).unwrap();
        for (sizes, packed) in [([3, half, 5], false), ([half, half, 5], true)] {
            let filling = Filling::new(folder.path());
            for (place, records) in [2, 0, 1].into_iter().zip(sizes) {
                filling.put(place, filed(&place.to_string(), "甲", records)).unwrap();
            }
            let shelf = filling.finish().unwrap();
            let files: Vec<&str> = shelf.heads().iter().map(|head| head.file.as_str()).collect();
            assert_eq!(files, ["0", "1", "2"]);
            assert_eq!(shelf.places.iter().all(|place| matches!(place, Place::Stored(_))), packed);
            assert_eq!(shelf.places.iter().all(|place| matches!(place, Place::Memory(_))), !packed);
            assert_eq!(shelf.get(2).matches.len(), usize::try_from(sizes[0]).unwrap());
        }
    }
}
