//! What was read from this very file before, by this very program, under the same plan and settings?
//!
//! An entry is never trusted blindly: its name is the hash of everything that the reading depends on, and it carries
//! a check of its bytes. Whatever does not agree is read again. The folder may be deleted at any time.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::digest;
use super::identity::Identity;
use super::reading::{Reading, decode, encode};
use crate::workbooks::{Delivery, Limits, OWN_TEMPORARY};

/// First bytes of an entry; the number is the version of its form.
const MARK: &[u8] = b"hedui/cache/1\n";

/// A folder of readings.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    /// Hash of everything that holds for all files of the run.
    run: [u8; digest::LENGTH],
}

/// The name of a file's entry.
#[derive(Debug, Clone, Copy)]
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

    /// What was read from the file before; `None` where nothing was kept, or what was kept is damaged.
    pub fn get(&self, key: CacheKey) -> Option<Vec<Reading>> {
        let bytes = fs::read(self.place(key)).ok()?;
        let (check, packed) = bytes.strip_prefix(MARK)?.split_at_checked(digest::LENGTH)?;
        if digest::of(&[&key.0, packed]) != check {
            return None;
        }
        decode(&snap::raw::Decoder::new().decompress_vec(packed).ok()?)
    }

    /// Keeps what was read. A full disk is no reason to stop: the file is read again next time.
    pub fn put(&self, key: CacheKey, readings: &[Reading]) {
        // Whatever could not be kept is read again.
        let _ = self.try_put(key, readings);
    }

    fn try_put(&self, key: CacheKey, readings: &[Reading]) -> anyhow::Result<()> {
        let packed = snap::raw::Encoder::new().compress_vec(&encode(readings)?)?;
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
