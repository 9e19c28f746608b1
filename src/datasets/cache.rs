//! What was read from this very file before, by this very program, under the same plan and settings?
//!
//! An entry is never trusted blindly: its name is the hash of everything that it depends on, and it carries a check of
//! its bytes. Whatever does not agree is read again. The folder may be deleted at any time.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::{Deserialize, Serialize};

use super::digest;
use super::identity::Identity;
use super::reading::{Reading, decode, encode};
use crate::findings::Severity;
use crate::workbooks::{Delivery, Limits, OWN_TEMPORARY};

/// First bytes of an entry; the number is the version of its form.
const MARK: &[u8] = b"hedui/cache/1\n";

/// What a run said and wrote. Of a run in which nothing at all has changed, it holds again.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Finished {
    /// What the run said of its period and figures.
    pub said: Vec<String>,
    /// The gravest finding that nobody explained.
    pub gravest: Option<Severity>,
    /// The bytes of the files that it wrote, in the order of its options.
    pub outputs: Vec<Vec<u8>>,
}

/// A folder of readings.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    /// Hash of everything that holds for all files of the run.
    run: [u8; digest::LENGTH],
}

/// The name of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CacheKey([u8; digest::LENGTH]);

impl Cache {
    /// Opens a folder, and makes it where there is none.
    ///
    /// # Errors
    /// Where it cannot be made.
    pub fn open(folder: &Path, identity: &Identity, limits: &Limits) -> anyhow::Result<Self> {
        fs::create_dir_all(folder).with_context(|| format!("缓存文件夹“{}”建不成，请换一个位置", folder.display()))?;
        let identity = serde_json::to_vec(identity).context("缓存无法建立")?;
        let run = digest::of(&[MARK, &identity, format!("{limits:?}").as_bytes()]);
        Ok(Self { folder: folder.to_owned(), run })
    }

    /// The key of a file: its content, and the names that its attribution looks at. `None` where its bytes could not
    /// be read.
    pub fn key(&self, delivery: &Delivery) -> Option<CacheKey> {
        let outer = delivery.outer_folder.as_deref().map_or(String::new(), |folder| format!("/{folder}"));
        let parts = [&self.run[..], delivery.sha256.as_bytes(), delivery.file.as_bytes(), outer.as_bytes()];
        (!delivery.sha256.is_empty()).then(|| CacheKey(digest::of(&parts)))
    }

    /// The key of a whole run: the keys of its files in order, and everything else that its outputs depend on.
    pub fn key_of_run(&self, files: &[CacheKey], circumstances: &[Vec<u8>]) -> CacheKey {
        let files = files.iter().map(|key| &key.0[..]);
        let parts: Vec<&[u8]> =
            [&self.run[..], b"run"].into_iter().chain(files).chain(circumstances.iter().map(Vec::as_slice)).collect();
        CacheKey(digest::of(&parts))
    }

    /// What was read from the file before; `None` where nothing was kept, or what was kept is damaged.
    pub fn get(&self, key: CacheKey) -> Option<Vec<Reading>> {
        decode(&self.load(key)?)
    }

    /// Keeps what was read.
    pub fn put(&self, key: CacheKey, readings: &[Reading]) {
        if let Ok(bytes) = encode(readings) {
            self.keep(key, &bytes);
        }
    }

    /// The outcome of a run; `None` where nothing was kept, or what was kept is damaged.
    pub fn get_run(&self, key: CacheKey) -> Option<Finished> {
        let bytes = self.load(key)?;
        let (finished, rest) = postcard::take_from_bytes(&bytes).ok()?;
        rest.is_empty().then_some(finished)
    }

    /// Keeps the outcome of a run.
    pub fn put_run(&self, key: CacheKey, finished: &Finished) {
        if let Ok(bytes) = postcard::to_stdvec(finished) {
            self.keep(key, &bytes);
        }
    }

    /// The bytes of an entry, checked.
    fn load(&self, key: CacheKey) -> Option<Vec<u8>> {
        let bytes = fs::read(self.place(key)).ok()?;
        let (check, packed) = bytes.strip_prefix(MARK)?.split_at_checked(digest::LENGTH)?;
        if digest::of(&[&key.0, packed]) != check {
            return None;
        }
        snap::raw::Decoder::new().decompress_vec(packed).ok()
    }

    /// Keeps the bytes of an entry. A full disk is no reason to stop: what could not be kept is read again next time.
    fn keep(&self, key: CacheKey, bytes: &[u8]) {
        let _ = self.try_to_keep(key, bytes);
    }

    fn try_to_keep(&self, key: CacheKey, bytes: &[u8]) -> anyhow::Result<()> {
        let packed = snap::raw::Encoder::new().compress_vec(bytes)?;
        let place = self.place(key);
        let folder = place.parent().unwrap_or(&self.folder);
        fs::create_dir_all(folder)?;
        let mut file = tempfile::Builder::new().prefix(OWN_TEMPORARY).suffix(".tmp").tempfile_in(folder)?;
        for part in [MARK, &digest::of(&[&key.0, &packed]), &packed] {
            file.write_all(part)?;
        }
        file.persist(place)?;
        Ok(())
    }

    fn place(&self, key: CacheKey) -> PathBuf {
        let name = digest::hexadecimal(&key.0);
        self.folder.join(&name[..2]).join(format!("{}.hedui", &name[2..]))
    }
}
