//! The exact forms of a run's readings, taken before decisions and versions change them.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use anyhow::Context;

use super::identity::Identity;
use super::reading::{Reading, encode};
use super::readings::Readings;
use crate::kept_bytes::KeptBytes;

/// Bytes of exact forms that are kept in memory; what is more goes to a temporary file.
const IN_MEMORY: usize = 64 << 20;

/// The exact forms of all readings.
#[derive(Debug)]
pub struct ExactForms {
    pub(super) identity: Identity,
    /// By file and township.
    places: BTreeMap<Whose, VecDeque<Form>>,
    bytes: KeptBytes,
}

/// File and township.
type Whose = (String, Option<String>);

/// A form's part of its file, and where its bytes are.
#[derive(Debug, Clone, Copy)]
struct Form {
    part: u32,
    start: u64,
    length: usize,
}

impl ExactForms {
    /// Keeps the readings as they are now. Where files lie is kept from the root of the disk on, so that links from a
    /// workbook written elsewhere lead there.
    ///
    /// # Errors
    /// See [`encode`]; where the temporary file cannot be written.
    pub fn of(readings: &Readings, identity: Identity) -> anyhow::Result<Self> {
        let mut places: BTreeMap<Whose, VecDeque<Form>> = BTreeMap::new();
        let mut bytes = KeptBytes::new(IN_MEMORY, std::env::temp_dir());
        let rest = readings.parts().into_iter().zip(&readings.explanations);
        for (filed, (part, explanations)) in readings.shelf.iter().zip(rest) {
            let mut matched = Arc::unwrap_or_clone(filed);
            if let Some(path) = &mut matched.submission.path {
                *path = std::path::absolute(&*path).unwrap_or_else(|_| path.clone());
            }
            let key = (matched.submission.file.clone(), matched.submission.township.value.clone());
            let form = encode(&[Reading { part, matched, explanations: explanations.clone() }])?;
            let start = bytes.push(&form)?;
            places.entry(key).or_default().push_back(Form { part, start, length: form.len() });
        }
        Ok(Self { identity, places, bytes })
    }

    /// Takes the next form of a file and a township: its part and its bytes. Equal names keep their order all the way.
    ///
    /// # Errors
    /// Where there is none, or it cannot be read back.
    pub(super) fn take(&mut self, file: &str, township: Option<&str>) -> anyhow::Result<(u32, Vec<u8>)> {
        let key = (file.to_owned(), township.map(str::to_owned));
        let form = self.places.get_mut(&key).and_then(VecDeque::pop_front);
        let form = form.with_context(|| format!("“{file}”没有读取结果，数据集无法写出"))?;
        Ok((form.part, self.bytes.read(form.start, form.length)?.into_owned()))
    }
}
