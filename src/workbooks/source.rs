//! Where does a file lie, and what arrives when it is read?

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::archive;
use super::limits::Limits;
use super::open::open;
use super::refusal::{Refusal, RefusalReason};
use super::sheet::Workbook;

/// A file that was found under the arguments, not yet read.
#[derive(Debug, Clone)]
pub struct Source {
    /// Name of the file as the result file shows it: relative to the argument it was found under,
    /// `returns.zip/a.xlsx` inside an archive, with the argument in front where two would be equal.
    pub file: String,
    /// Name of the folder that the argument names, or of the two that it lies in, the outer one first: evidence that `file`
    /// does not hold.
    pub outer_folder: Option<String>,
    pub(super) place: Place,
}

/// Where the bytes of a source are.
#[derive(Debug, Clone)]
pub(super) enum Place {
    /// A file on disk.
    File(PathBuf),
    /// A file in an archive: the indices of the entries to walk through, one for each archive on the way.
    Archived(PathBuf, Vec<usize>),
    /// Already known not to be readable.
    Refused(Refusal, u64),
}

/// A file that was read, or the reason why not.
#[derive(Debug, Clone)]
pub struct Arrival {
    /// As in [`Source::file`].
    pub file: String,
    /// As in [`Source::outer_folder`].
    pub outer_folder: Option<String>,
    /// Where the file lies on this machine; absent inside an archive.
    pub path: Option<PathBuf>,
    /// Size in bytes.
    pub size: u64,
    /// SHA-256 of the bytes, hexadecimal; empty where they could not be read.
    pub sha256: String,
    /// The workbook, or why there is none.
    pub content: Result<Workbook, Refusal>,
}

/// The bytes of a file with its hash, not yet opened.
#[derive(Debug, Clone)]
pub struct Delivery {
    /// As in [`Source::file`].
    pub file: String,
    /// As in [`Source::outer_folder`].
    pub outer_folder: Option<String>,
    /// As in [`Arrival::path`].
    pub path: Option<PathBuf>,
    /// Size in bytes.
    pub size: u64,
    /// SHA-256 of the bytes, hexadecimal; empty where they could not be read.
    pub sha256: String,
    bytes: Result<Vec<u8>, Refusal>,
}

impl Delivery {
    /// Opens the file.
    #[must_use]
    pub fn open(self, limits: &Limits) -> Arrival {
        let Self { file, outer_folder, path, size, sha256, bytes } = self;
        let content = bytes.and_then(|bytes| open(&bytes, limits));
        Arrival { file, outer_folder, path, size, sha256, content }
    }
}

impl Source {
    /// The file on disk that holds it: the archive's for a file in an archive, none where it is known not to be readable.
    pub fn path(&self) -> Option<&Path> {
        match &self.place {
            Place::File(path) | Place::Archived(path, _) => Some(path),
            Place::Refused(..) => None,
        }
    }

    /// Bytes of the file on disk; 0 where they cannot be told or are not its own.
    pub fn size(&self) -> u64 {
        match &self.place {
            Place::File(path) => fs::metadata(path).map_or(0, |metadata| metadata.len()),
            Place::Archived(..) | Place::Refused(..) => 0,
        }
    }

    /// Reads and opens the file. Never fails: what cannot be read arrives as a refusal.
    #[must_use]
    pub fn arrive(&self, limits: &Limits) -> Arrival {
        self.deliver(limits).open(limits)
    }

    /// Reads the bytes of the file.
    #[must_use]
    pub fn deliver(&self, limits: &Limits) -> Delivery {
        let (size, sha256, bytes) = match self.bytes(limits) {
            Ok(bytes) => {
                let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
                (size, hexadecimal(&Sha256::digest(&bytes)), Ok(bytes))
            }
            Err((refusal, size)) => (size, String::new(), Err(refusal)),
        };
        let path = match &self.place {
            Place::File(path) => Some(path.clone()),
            Place::Archived(..) | Place::Refused(..) => None,
        };
        Delivery { file: self.file.clone(), outer_folder: self.outer_folder.clone(), path, size, sha256, bytes }
    }

    fn bytes(&self, limits: &Limits) -> Result<Vec<u8>, (Refusal, u64)> {
        match &self.place {
            Place::Refused(refusal, size) => Err((refusal.clone(), *size)),
            Place::File(path) => read_file(path, limits),
            Place::Archived(path, entries) => {
                archive::read_entry(path, entries, limits).map_err(|refusal| (refusal, 0))
            }
        }
    }
}

fn read_file(path: &Path, limits: &Limits) -> Result<Vec<u8>, (Refusal, u64)> {
    let not_readable = |what: &str| Refusal::new(RefusalReason::NotReadable, format!("{what}，没有读取。"));
    let metadata = fs::metadata(path).map_err(|_| (not_readable("文件打不开，可能已被移走或没有访问权限"), 0))?;
    if !metadata.is_file() {
        return Err((not_readable("这不是普通文件"), 0));
    }
    if metadata.len() > limits.file_bytes {
        return Err((over_file_limit(limits), metadata.len()));
    }
    let file = File::open(path).map_err(|_| (not_readable("文件没有访问权限"), metadata.len()))?;
    let mut bytes = Vec::new();
    // The file may grow while it is read.
    file.take(limits.file_bytes.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|_| (not_readable("文件读取中断"), metadata.len()))?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > limits.file_bytes {
        return Err((over_file_limit(limits), metadata.len()));
    }
    Ok(bytes)
}

/// The refusal of a file that is larger than [`Limits::file_bytes`].
pub(super) fn over_file_limit(limits: &Limits) -> Refusal {
    Refusal::too_large(format!("文件超过{}MB", limits.file_bytes / (1024 * 1024)))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
