//! What does one submission give before anything is known of the others, and how is that kept in bytes?

use anyhow::Context;
use serde::{Deserialize, Serialize};

use crate::findings::Explanation;
use crate::matches::MatchedSubmission;

/// A submission as read and as matched by machine: no decision was applied, no version settled, nothing checked.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Reading {
    /// Its place among the submissions of its file, from 0.
    pub part: u32,
    /// The submission with one match per record.
    pub matched: MatchedSubmission,
    /// Explanations that came in the file; with its first submission.
    pub explanations: Vec<Explanation>,
}

/// The exact form: nothing is lost, and the same readings give the same bytes.
///
/// # Errors
/// A path that is no Unicode text.
pub fn encode(readings: &[Reading]) -> anyhow::Result<Vec<u8>> {
    postcard::to_stdvec(readings).context("读取结果无法保存，请检查文件路径中是否有特殊字符")
}

/// Readings from their exact form; `None` where the bytes hold something else, or end early, or go on behind it.
pub fn decode(bytes: &[u8]) -> Option<Vec<Reading>> {
    let (readings, rest) = postcard::take_from_bytes(bytes).ok()?;
    rest.is_empty().then_some(readings)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::list::Plan;
    use crate::matches::{MatchSettings, Model, PlanIndex, match_submission};
    use crate::records::Reader;
    use crate::workbooks::{Limits, collect};

    fn samples() -> Vec<Reading> {
        let plan = Plan::built_in();
        let (reader, index) = (Reader::new(&plan), PlanIndex::new(&plan));
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/2024Q1");
        let sources = collect(&[folder]).unwrap();
        let submissions = sources.iter().flat_map(|source| reader.read(&source.arrive(&Limits::default())));
        let readings = submissions.map(|submission| {
            let matches = match_submission(&submission, &index, Model::built_in(), MatchSettings::default());
            Reading { part: 0, matched: MatchedSubmission { submission, matches }, explanations: Vec::new() }
        });
        readings.collect()
    }

    #[test]
    fn nothing_of_any_sample_is_lost() {
        let readings = samples();
        assert!(readings.iter().map(|reading| reading.matched.matches.len()).sum::<usize>() > 100);
        let bytes = encode(&readings).unwrap();
        let back = decode(&bytes).unwrap();
        // Debug shows every field to the last digit.
        assert!(format!("{readings:?}") == format!("{back:?}"), "a reading came back changed");
        assert_eq!(encode(&back).unwrap(), bytes);
    }

    #[test]
    fn bytes_that_end_early_or_go_on_are_no_readings() {
        let bytes = encode(&samples()[..1]).unwrap();
        for end in [0, 1, bytes.len() / 2, bytes.len() - 1] {
            assert!(decode(&bytes[..end]).is_none(), "{end}");
        }
        assert!(decode(&[&bytes[..], b"\0"].concat()).is_none());
    }
}
