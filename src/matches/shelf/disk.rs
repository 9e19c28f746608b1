//! How does a submission stand on the disk? Without its records first, then each record with its match, so that one of
//! them can be read alone. The file has no name, and is gone with the process however it ends.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use crate::matches::answer::{Match, MatchedSubmission};
use crate::records::{Record, Submission};
use anyhow::{Context, ensure};

/// The file. What is changed is written again behind everything else.
#[derive(Debug)]
pub(super) struct Disk {
    file: Mutex<Ended>,
}

/// A file and where it ends.
#[derive(Debug)]
struct Ended {
    file: File,
    end: u64,
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
    pub(super) fn new(folder: &Path) -> anyhow::Result<Self> {
        let file = tempfile::tempfile_in(folder).context("建不成临时文件")?;
        Ok(Self { file: Mutex::new(Ended { file, end: 0 }) })
    }

    /// Writes a submission behind all others.
    pub(super) fn keep(&self, filed: MatchedSubmission) -> anyhow::Result<Kept> {
        let (bytes, ends) = encode(filed)?;
        let mut ended = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let start = ended.end;
        ended.file.seek(SeekFrom::Start(start))?;
        ended.file.write_all(&bytes)?;
        ended.end += u64::try_from(bytes.len())?;
        Ok(Kept { start, ends: ends.into_boxed_slice() })
    }

    /// A submission with its matches.
    pub(super) fn whole(&self, kept: &Kept) -> anyhow::Result<MatchedSubmission> {
        let bytes = self.bytes(kept, 0, kept.ends.last().copied().unwrap_or_default())?;
        let (mut submission, mut rest): (Submission, _) = postcard::take_from_bytes(&bytes)?;
        let mut matches = Vec::with_capacity(kept.ends.len());
        submission.records.reserve_exact(kept.ends.len().saturating_sub(1));
        for _ in kept.ends.iter().skip(1) {
            let (pair, further): ((Record, Match), _) = postcard::take_from_bytes(rest)?;
            submission.records.push(pair.0);
            matches.push(pair.1);
            rest = further;
        }
        ensure!(rest.is_empty(), "临时文件的内容不对");
        Ok(MatchedSubmission { submission, matches })
    }

    /// One record of a submission, with its match.
    pub(super) fn record(&self, kept: &Kept, record: usize) -> anyhow::Result<(Record, Match)> {
        let (from, to) = kept.ends.get(record).zip(kept.ends.get(record + 1)).context("没有这一条记录")?;
        let pair = postcard::from_bytes(&self.bytes(kept, *from, *to)?)?;
        Ok(pair)
    }

    /// Bytes of a submission from one place in it to another.
    fn bytes(&self, kept: &Kept, from: u32, to: u32) -> anyhow::Result<Vec<u8>> {
        let mut bytes = vec![0; usize::try_from(to.saturating_sub(from))?];
        let mut ended = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        ended.file.seek(SeekFrom::Start(kept.start + u64::from(from)))?;
        ended.file.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}

/// A submission as bytes, and where its parts end.
fn encode(mut filed: MatchedSubmission) -> anyhow::Result<(Vec<u8>, Vec<u32>)> {
    let records = std::mem::take(&mut filed.submission.records);
    let mut bytes = postcard::to_stdvec(&filed.submission)?;
    let mut ends = Vec::with_capacity(records.len() + 1);
    ends.push(u32::try_from(bytes.len())?);
    for pair in records.iter().zip(&filed.matches) {
        bytes = postcard::to_extend(&pair, bytes)?;
        ends.push(u32::try_from(bytes.len())?);
    }
    Ok((bytes, ends))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matches::shelf::tests::filed;

    #[test]
    fn what_is_kept_comes_back_whole_and_record_by_record() {
        let folder = tempfile::tempdir().unwrap();
        let disk = Disk::new(folder.path()).unwrap();
        let all: Vec<MatchedSubmission> = [3, 0, 1]
            .into_iter()
            .enumerate()
            .map(|(place, records)| filed(&place.to_string(), "甲", records))
            .collect();
        let kept: Vec<Kept> = all.iter().map(|one| disk.keep(one.clone()).unwrap()).collect();
        for (one, kept) in all.iter().zip(&kept) {
            let back = disk.whole(kept).unwrap();
            assert_eq!(format!("{back:?}"), format!("{one:?}"));
            for (place, (record, matched)) in one.pairs().enumerate() {
                let alone = disk.record(kept, place).unwrap();
                assert_eq!(format!("{alone:?}"), format!("{:?}", (record, matched)));
            }
            assert!(disk.record(kept, one.matches.len()).is_err());
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "the file has no name");
    }
}
