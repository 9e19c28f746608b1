//! How is a shelf filled by several threads that read files in any order?

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;

use super::stored::Store;
use super::{Head, Place, Shelf};
use crate::matches::MatchedSubmission;

/// So many records stand in memory as they are, some kilobytes each; with more, all submissions are packed.
const AS_THEY_ARE: usize = 20_000;
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
    filled: Vec<(K, Head, Place)>,
    records: usize,
    store: Option<Arc<Store>>,
}

impl<'a, K: Ord + Send> Filling<'a, K> {
    /// An empty shelf; where it grows, a nameless temporary file lies in the folder.
    pub const fn new(folder: &'a Path) -> Self {
        Self { folder, state: Mutex::new(State { filled: Vec::new(), records: 0, store: None }) }
    }

    /// Adds a submission.
    ///
    /// # Errors
    /// Where it must go to the disk, and cannot be kept there.
    pub fn put(&self, key: K, filed: MatchedSubmission) -> anyhow::Result<()> {
        let head = Head::of(&filed);
        let store = self.store_for(filed.matches.len());
        let stands = match store {
            Some(store) => Place::Stored(store.keep(filed)?),
            None => Place::Memory(Arc::new(filed)),
        };
        self.state().filled.push((key, head, stands));
        Ok(())
    }

    /// The shelf, everything in its place.
    ///
    /// # Errors
    /// As [`Filling::put`].
    pub fn finish(self) -> anyhow::Result<Shelf> {
        let State { mut filled, store, .. } = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        filled.sort_by(|(one, ..), (other, ..)| one.cmp(other));
        let stands = filled.into_par_iter().map(|(_, head, place)| match (place, &store) {
            // What came before there were too many.
            (Place::Memory(filed), Some(store)) => Ok((head, Place::Stored(store.keep(Arc::unwrap_or_clone(filed))?))),
            (place, _) => Ok((head, place)),
        });
        let stands: Vec<(Head, Place)> = stands.collect::<anyhow::Result<_>>()?;
        let (heads, places) = stands.into_iter().unzip();
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
