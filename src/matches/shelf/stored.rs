//! How does a submission stand in few bytes? Without its records first, and where these stand, then each record with its
//! match, so that one of them can be read alone. Many such bytes stand in a file, which has no name, and is gone with the
//! process however it ends.

use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};

use anyhow::{Context, ensure};

use super::outline::{self, Outline, RecordRow};
use super::packed::Packing;
use crate::kept_bytes::KeptBytes;
use crate::list::Field;
use crate::matches::answer::{Match, MatchedSubmission};
use crate::records::{Record, Submission};

/// The bytes of all submissions. What is changed is written again behind everything else.
#[derive(Debug)]
pub(super) struct Store {
    bytes: RwLock<KeptBytes>,
    packing: Packing,
}

/// Where a submission stands among the bytes.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    start: u64,
    /// Where the submission without its records ends, then where each record ends, from the start on.
    ends: Box<[u32]>,
}

impl Store {
    /// Nothing yet. Of more than so many bytes a file lies in the folder.
    pub(super) fn new(in_memory: usize, folder: &Path) -> Self {
        Self { bytes: RwLock::new(KeptBytes::new(in_memory, folder.to_owned())), packing: Packing::default() }
    }

    /// Writes a submission behind all others.
    pub(super) fn keep(&self, filed: MatchedSubmission) -> anyhow::Result<Kept> {
        let (bytes, ends) = self.encode(filed)?;
        let mut kept = self.bytes.write().unwrap_or_else(PoisonError::into_inner);
        Ok(Kept { start: kept.push(&bytes)?, ends: ends.into_boxed_slice() })
    }

    /// A submission with its matches.
    pub(super) fn whole(&self, kept: &Kept) -> anyhow::Result<MatchedSubmission> {
        self.read(kept, 0, kept.ends.last().copied().unwrap_or_default(), |bytes| {
            let (mut submission, rest): (Submission, _) = postcard::take_from_bytes(bytes)?;
            let (_, mut rest): (Vec<RecordRow>, _) = postcard::take_from_bytes(rest)?;
            let mut matches = Vec::with_capacity(kept.ends.len());
            submission.records.reserve_exact(kept.ends.len().saturating_sub(1));
            for _ in kept.ends.iter().skip(1) {
                let (record, answer, further) = self.packing.unpack(rest, None)?;
                submission.records.push(record);
                matches.push(answer);
                rest = further;
            }
            ensure!(rest.is_empty(), "临时文件的内容不对");
            Ok(MatchedSubmission { submission, matches })
        })
    }

    /// A submission without its records.
    pub(super) fn cover(&self, kept: &Kept) -> anyhow::Result<Submission> {
        let end = kept.ends.first().copied().unwrap_or_default();
        self.read(kept, 0, end, |bytes| Ok(postcard::take_from_bytes(bytes)?.0))
    }

    /// A submission without its records, and where these stand.
    pub(super) fn outline(&self, kept: &Kept) -> anyhow::Result<Outline> {
        let end = kept.ends.first().copied().unwrap_or_default();
        let (submission, rows): (Submission, _) = self.read(kept, 0, end, |bytes| Ok(postcard::from_bytes(bytes)?))?;
        let cover = MatchedSubmission { submission, matches: Vec::new() };
        Ok(Outline::new(Arc::new(cover), rows))
    }

    /// One record of a submission, with its match; where only some fields are wanted, without other entries and without reasons.
    pub(super) fn record(
        &self,
        kept: &Kept,
        record: usize,
        wanted: Option<&[Field]>,
    ) -> anyhow::Result<(Record, Match)> {
        let (from, to) = kept.ends.get(record).zip(kept.ends.get(record + 1)).context("没有这一条记录")?;
        self.read(kept, *from, *to, |bytes| {
            let (record, matched, _) = self.packing.unpack(bytes, wanted)?;
            Ok((record, matched))
        })
    }

    /// A submission as bytes, and where its parts end.
    fn encode(&self, mut filed: MatchedSubmission) -> anyhow::Result<(Vec<u8>, Vec<u32>)> {
        let records = std::mem::take(&mut filed.submission.records);
        let mut bytes = postcard::to_stdvec(&(&filed.submission, outline::rows(&records)))?;
        let mut ends = Vec::with_capacity(records.len() + 1);
        ends.push(u32::try_from(bytes.len())?);
        for (record, matched) in records.into_iter().zip(filed.matches) {
            bytes = self.packing.pack(record, matched, bytes)?;
            ends.push(u32::try_from(bytes.len())?);
        }
        Ok((bytes, ends))
    }

    /// Reads the bytes of a submission from one place in it to another.
    fn read<T>(
        &self,
        kept: &Kept,
        from: u32,
        to: u32,
        read: impl FnOnce(&[u8]) -> anyhow::Result<T>,
    ) -> anyhow::Result<T> {
        let bytes = self.bytes.read().unwrap_or_else(PoisonError::into_inner);
        let length = usize::try_from(to.saturating_sub(from))?;
        read(&bytes.read(kept.start + u64::from(from), length)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matches::shelf::tests::filed;

    #[test]
    fn what_is_kept_comes_back_whole_and_record_by_record() {
        let folder = tempfile::tempdir().unwrap();
        for in_memory in [0, 1 << 20] {
            comes_back(&Store::new(in_memory, folder.path()));
        }
    }

    fn comes_back(store: &Store) {
        let all: Vec<MatchedSubmission> = [3, 0, 1]
            .into_iter()
            .enumerate()
            .map(|(place, records)| filed(&place.to_string(), "甲", records))
            .collect();
        let kept: Vec<Kept> = all.iter().map(|one| store.keep(one.clone()).unwrap()).collect();
        for (one, kept) in all.iter().zip(&kept) {
            let back = store.whole(kept).unwrap();
            assert_eq!(format!("{back:?}"), format!("{one:?}"));
            assert_eq!(store.cover(kept).unwrap().file, one.submission.file);
            assert_eq!(store.outline(kept).unwrap().cover().file, one.submission.file);
            for (place, (record, matched)) in one.pairs().enumerate() {
                let alone = store.record(kept, place, None).unwrap();
                assert_eq!(format!("{alone:?}"), format!("{:?}", (record, matched)));
            }
            assert!(store.record(kept, one.matches.len(), None).is_err());
        }
    }
}
