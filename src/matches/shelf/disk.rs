//! How does a submission stand on the disk? Without its records first, and where these stand, then each record with its match,
//! so that one of them can be read alone. The file has no name, and is gone with the process however it ends.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, ensure};

use super::outline::{self, Outline, RecordRow};
use super::packed::Titles;
use crate::kept_bytes::KeptBytes;
use crate::matches::answer::{Match, MatchedSubmission};
use crate::records::{Record, Submission};

/// The file. What is changed is written again behind everything else.
#[derive(Debug)]
pub(super) struct Disk {
    bytes: Mutex<KeptBytes>,
    titles: Titles,
}

/// Where a submission stands in the file.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    start: u64,
    /// Where the submission without its records ends, then where each record ends, from the start on.
    ends: Box<[u32]>,
}

impl Disk {
    /// An empty file in a folder.
    pub(super) fn new(folder: &Path) -> Self {
        Self { bytes: Mutex::new(KeptBytes::new(0, folder.to_owned())), titles: Titles::default() }
    }

    /// Writes a submission behind all others.
    pub(super) fn keep(&self, filed: MatchedSubmission) -> anyhow::Result<Kept> {
        let (bytes, ends) = self.encode(filed)?;
        let mut kept = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(Kept { start: kept.push(&bytes)?, ends: ends.into_boxed_slice() })
    }

    /// A submission with its matches.
    pub(super) fn whole(&self, kept: &Kept) -> anyhow::Result<MatchedSubmission> {
        let bytes = self.read(kept, 0, kept.ends.last().copied().unwrap_or_default())?;
        let (mut submission, rest): (Submission, _) = postcard::take_from_bytes(&bytes)?;
        let (_, mut rest): (Vec<RecordRow>, _) = postcard::take_from_bytes(rest)?;
        let mut matches = Vec::with_capacity(kept.ends.len());
        submission.records.reserve_exact(kept.ends.len().saturating_sub(1));
        for _ in kept.ends.iter().skip(1) {
            let (record, answer, further) = self.pair(rest)?;
            submission.records.push(record);
            matches.push(answer);
            rest = further;
        }
        ensure!(rest.is_empty(), "临时文件的内容不对");
        Ok(MatchedSubmission { submission, matches })
    }

    /// A submission without its records.
    pub(super) fn cover(&self, kept: &Kept) -> anyhow::Result<Submission> {
        let end = kept.ends.first().copied().unwrap_or_default();
        Ok(postcard::take_from_bytes(&self.read(kept, 0, end)?)?.0)
    }

    /// A submission without its records, and where these stand.
    pub(super) fn outline(&self, kept: &Kept) -> anyhow::Result<Outline> {
        let end = kept.ends.first().copied().unwrap_or_default();
        let (submission, rows): (Submission, _) = postcard::from_bytes(&self.read(kept, 0, end)?)?;
        let cover = MatchedSubmission { submission, matches: Vec::new() };
        Ok(Outline::new(Arc::new(cover), rows))
    }

    /// One record of a submission, with its match.
    pub(super) fn record(&self, kept: &Kept, record: usize) -> anyhow::Result<(Record, Match)> {
        let (from, to) = kept.ends.get(record).zip(kept.ends.get(record + 1)).context("没有这一条记录")?;
        let bytes = self.read(kept, *from, *to)?;
        let (record, matched, _) = self.pair(&bytes)?;
        Ok((record, matched))
    }

    /// A record with its match at the beginning of some bytes, and what stands behind them.
    fn pair<'a>(&self, bytes: &'a [u8]) -> anyhow::Result<(Record, Match, &'a [u8])> {
        let ((mut record, matched), rest): ((Record, Match), _) = postcard::take_from_bytes(bytes)?;
        let (entries, rest) = self.titles.unpack(rest)?;
        record.entries = entries;
        Ok((record, matched, rest))
    }

    /// A submission as bytes, and where its parts end.
    fn encode(&self, mut filed: MatchedSubmission) -> anyhow::Result<(Vec<u8>, Vec<u32>)> {
        let records = std::mem::take(&mut filed.submission.records);
        let mut bytes = postcard::to_stdvec(&(&filed.submission, outline::rows(&records)))?;
        let mut ends = Vec::with_capacity(records.len() + 1);
        ends.push(u32::try_from(bytes.len())?);
        for (mut record, matched) in records.into_iter().zip(&filed.matches) {
            let entries = std::mem::take(&mut record.entries);
            bytes = postcard::to_extend(&(record, matched), bytes)?;
            bytes = self.titles.pack(&entries, bytes)?;
            ends.push(u32::try_from(bytes.len())?);
        }
        Ok((bytes, ends))
    }

    /// Bytes of a submission from one place in it to another.
    fn read(&self, kept: &Kept, from: u32, to: u32) -> anyhow::Result<Vec<u8>> {
        let bytes = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        let length = usize::try_from(to.saturating_sub(from))?;
        Ok(bytes.read(kept.start + u64::from(from), length)?.into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matches::shelf::tests::filed;

    #[test]
    fn what_is_kept_comes_back_whole_and_record_by_record() {
        let folder = tempfile::tempdir().unwrap();
        let disk = Disk::new(folder.path());
        let all: Vec<MatchedSubmission> = [3, 0, 1]
            .into_iter()
            .enumerate()
            .map(|(place, records)| filed(&place.to_string(), "甲", records))
            .collect();
        let kept: Vec<Kept> = all.iter().map(|one| disk.keep(one.clone()).unwrap()).collect();
        for (one, kept) in all.iter().zip(&kept) {
            let back = disk.whole(kept).unwrap();
            assert_eq!(format!("{back:?}"), format!("{one:?}"));
            assert_eq!(disk.cover(kept).unwrap().file, one.submission.file);
            assert_eq!(disk.outline(kept).unwrap().cover().file, one.submission.file);
            for (place, (record, matched)) in one.pairs().enumerate() {
                let alone = disk.record(kept, place).unwrap();
                assert_eq!(format!("{alone:?}"), format!("{:?}", (record, matched)));
            }
            assert!(disk.record(kept, one.matches.len()).is_err());
        }
    }
}
