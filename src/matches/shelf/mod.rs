//! Where do matched submissions stand until all outputs are written? As they are while they are few, else in few bytes, in
//! memory or on the disk: what a run holds must not grow with the workbooks that a province sends.
//!
//! Of each submission a [`Head`] stays in memory. Everything else is asked for one submission, or one record, at a time.

mod filling;
mod head;
mod outline;
mod packed;
mod stored;

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

pub use self::filling::Filling;
pub use self::head::Head;
pub use self::outline::Outline;
use self::stored::{Kept, Store};
use super::answer::{Match, MatchedSubmission};
use crate::list::Field;
use crate::records::Record;

/// Matched submissions in their order.
#[derive(Debug, Clone, Default)]
pub struct Shelf {
    heads: Vec<Head>,
    places: Vec<Place>,
    store: Option<Arc<Store>>,
    /// Why something could not be read back or kept, the first reason.
    trouble: Arc<Mutex<Option<String>>>,
}

/// Where a submission stands.
#[derive(Debug, Clone)]
enum Place {
    Memory(Arc<MatchedSubmission>),
    Stored(Kept),
}

/// A record with its match, taken from the shelf.
#[derive(Debug, Clone)]
pub enum Shelved {
    /// Of a submission that stands in memory, the record with this index.
    InMemory(Arc<MatchedSubmission>, usize),
    /// Alone, from its bytes.
    Alone(Box<(Record, Match)>),
}

impl Shelved {
    /// The record.
    pub fn record(&self) -> &Record {
        match self {
            Self::InMemory(filed, place) => &filed.submission.records[*place],
            Self::Alone(pair) => &pair.0,
        }
    }

    /// What it answers.
    pub fn matched(&self) -> &Match {
        match self {
            Self::InMemory(filed, place) => &filed.matches[*place],
            Self::Alone(pair) => &pair.1,
        }
    }
}

impl From<Vec<MatchedSubmission>> for Shelf {
    /// All of them in memory, in their order.
    fn from(submissions: Vec<MatchedSubmission>) -> Self {
        let heads = submissions.iter().map(Head::of).collect();
        let places = submissions.into_iter().map(|filed| Place::Memory(Arc::new(filed))).collect();
        Self { heads, places, ..Self::default() }
    }
}

impl Shelf {
    /// All of them on the disk, in their order, in a nameless file of a folder that exists.
    ///
    /// # Errors
    /// Where no file can be made there, or not be written.
    pub fn on_disk(submissions: Vec<MatchedSubmission>, folder: &Path) -> anyhow::Result<Self> {
        let store = Store::new(0, folder);
        let heads = submissions.iter().map(Head::of).collect();
        let places =
            submissions.into_iter().map(|filed| store.keep(filed).map(Place::Stored)).collect::<Result<_, _>>()?;
        Ok(Self { heads, places, store: Some(Arc::new(store)), ..Self::default() })
    }

    /// How many submissions there are.
    pub const fn len(&self) -> usize {
        self.heads.len()
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.heads.is_empty()
    }

    /// What is known of each without taking it from the shelf.
    pub fn heads(&self) -> &[Head] {
        &self.heads
    }

    /// A submission. What cannot be read back comes empty, and [`Shelf::sound`] tells.
    pub fn get(&self, place: usize) -> Arc<MatchedSubmission> {
        match &self.places[place] {
            Place::Memory(filed) => Arc::clone(filed),
            Place::Stored(kept) => Arc::new(self.read_back(|store| store.whole(kept)).unwrap_or_default()),
        }
    }

    /// A submission as [`Shelf::get`] gives it, of which only what stands outside its records is needed; they and their
    /// matches may be missing.
    pub fn cover(&self, place: usize) -> Arc<MatchedSubmission> {
        match &self.places[place] {
            Place::Memory(filed) => Arc::clone(filed),
            Place::Stored(kept) => {
                let submission = self.read_back(|store| store.cover(kept)).unwrap_or_default();
                Arc::new(MatchedSubmission { submission, matches: Vec::new() })
            }
        }
    }

    /// Where the records of a submission stand, and what [`Shelf::cover`] gives.
    pub fn outline(&self, place: usize) -> Outline {
        match &self.places[place] {
            Place::Memory(filed) => Outline::of(filed),
            Place::Stored(kept) => self.read_back(|store| store.outline(kept)).unwrap_or_default(),
        }
    }

    /// All submissions in their order, one at a time.
    pub fn iter(&self) -> impl Iterator<Item = Arc<MatchedSubmission>> {
        (0..self.len()).map(|place| self.get(place))
    }

    /// A record by the place of its submission and its own therein.
    pub fn record(&self, place: usize, record: usize) -> Shelved {
        self.alone(place, record, None)
    }

    /// A record as [`Shelf::record`] gives it, of which only the entries of some fields are needed; others, and why it was
    /// matched, may be missing.
    pub fn fields(&self, place: usize, record: usize, fields: &[Field]) -> Shelved {
        self.alone(place, record, Some(fields))
    }

    fn alone(&self, place: usize, record: usize, wanted: Option<&[Field]>) -> Shelved {
        match &self.places[place] {
            Place::Memory(filed) => Shelved::InMemory(Arc::clone(filed), record),
            Place::Stored(kept) => {
                let pair = self.read_back(|store| store.record(kept, record, wanted));
                Shelved::Alone(Box::new(pair.unwrap_or_else(|| (Record::empty(), Match::none()))))
            }
        }
    }

    /// Changes a submission.
    pub fn change<T>(&mut self, place: usize, change: impl FnOnce(&mut MatchedSubmission) -> T) -> T {
        let mut filed = Arc::unwrap_or_clone(self.get(place));
        let result = change(&mut filed);
        self.heads[place] = Head::of(&filed);
        match &self.store {
            None => self.places[place] = Place::Memory(Arc::new(filed)),
            Some(store) => match store.keep(filed) {
                Ok(again) => self.places[place] = Place::Stored(again),
                Err(error) => note(&self.trouble, &error),
            },
        }
        result
    }

    /// Puts the submissions into an order.
    pub fn sort_by_key<K: Ord>(&mut self, key: impl Fn(&Head) -> K) {
        let mut order: Vec<usize> = (0..self.len()).collect();
        order.sort_by_cached_key(|place| key(&self.heads[*place]));
        let mut heads: Vec<Option<Head>> = std::mem::take(&mut self.heads).into_iter().map(Some).collect();
        let mut places: Vec<Option<Place>> = std::mem::take(&mut self.places).into_iter().map(Some).collect();
        self.heads = order.iter().filter_map(|place| heads[*place].take()).collect();
        self.places = order.iter().filter_map(|place| places[*place].take()).collect();
    }

    /// Groups of submissions that belong together: of one township, or of one file. The groups stand in the order of
    /// their first submissions, and each in the order of the shelf.
    pub fn groups(&self) -> Vec<Vec<usize>> {
        head::groups(&self.heads)
    }

    /// Whether everything could be kept and read back.
    ///
    /// # Errors
    /// Where something could not: what was made of the shelf is then not to be used.
    pub fn sound(&self) -> anyhow::Result<()> {
        let trouble = self.trouble.lock().unwrap_or_else(PoisonError::into_inner);
        trouble.as_ref().map_or(Ok(()), |reason| Err(anyhow::anyhow!("读到的内容没能全部留住或读回：{reason}")))
    }

    /// Notes that something which belongs to the submissions could not be kept or read back elsewhere.
    pub fn note(&self, error: &anyhow::Error) {
        note(&self.trouble, error);
    }

    fn read_back<T>(&self, read: impl FnOnce(&Store) -> anyhow::Result<T>) -> Option<T> {
        let store = self.store.as_ref()?;
        read(store).inspect_err(|error| note(&self.trouble, error)).ok()
    }
}

/// Notes the first reason why something is missing.
fn note(trouble: &Mutex<Option<String>>, error: &anyhow::Error) {
    let mut trouble = trouble.lock().unwrap_or_else(PoisonError::into_inner);
    trouble.get_or_insert_with(|| error.to_string());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::location::CellRef;
    use crate::matches::{DecidedBy, Outcome};
    use crate::records::values::Values;
    use crate::records::{Attribution, Submission};

    /// A submission with some records.
    pub(super) fn filed(file: &str, township: &str, records: u32) -> MatchedSubmission {
        let record = |row: u32| Record { at: CellRef::new(row, 0), values: Values::default(), ..Record::empty() };
        let matched = |task: u32| Match { outcome: Outcome::Matched, tasks: vec![task], ..Match::none() };
        let submission = Submission {
            file: file.to_owned(),
            township: Attribution { value: Some(township.to_owned()), evidence: Vec::new() },
            records: (0..records).map(record).collect(),
            ..Submission::default()
        };
        MatchedSubmission { submission, matches: (0..records).map(matched).collect() }
    }

    #[test]
    fn a_shelf_on_the_disk_gives_what_one_in_memory_gives() {
        let all = || vec![filed("2", "乙", 2), filed("1", "甲", 3), filed("3", "乙", 0)];
        let folder = tempfile::tempdir().unwrap();
        for mut shelf in [Shelf::from(all()), Shelf::on_disk(all(), folder.path()).unwrap()] {
            shelf.change(0, |filed| filed.matches[1].by = DecidedBy::Decision);
            shelf.sort_by_key(|head| head.file.clone());
            let files: Vec<&str> = shelf.heads().iter().map(|head| head.file.as_str()).collect();
            assert_eq!(files, ["1", "2", "3"]);
            assert_eq!(shelf.iter().map(|filed| filed.matches.len()).collect::<Vec<_>>(), [3, 2, 0]);
            assert_eq!(shelf.cover(1).submission.file, "2");
            assert_eq!(shelf.record(1, 1).matched().by, DecidedBy::Decision);
            assert_eq!(shelf.record(0, 2).record().at, CellRef::new(2, 0));
            shelf.sound().unwrap();
        }
    }
}
