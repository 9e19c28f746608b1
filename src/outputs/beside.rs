//! How does a file come into being whole or not at all? It is written beside its place and then renamed.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::{Context, anyhow, bail};

use crate::workbooks::OWN_TEMPORARY;

/// Windows: another program has the file open (sharing violation, lock violation).
const WINDOWS_LOCKED: [i32; 2] = [32, 33];

/// Files that lie beside their places now, all threads taken together.
static BESIDE: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

fn beside_now() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    // A set of paths is whole whatever the thread was doing that came to grief.
    BESIDE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Removes all files that have not taken their places. As long as the answer is kept, no further one comes into being
/// and none takes its place: an interrupted run ends with it in hand.
#[must_use = "dropped, it lets the run go on"]
pub fn abandon() -> impl Sized {
    let mut beside = beside_now();
    for path in std::mem::take(&mut *beside) {
        // What cannot be removed is recognised by its name and skipped by the next run.
        let _ = fs::remove_file(path);
    }
    beside
}

/// A file that is written whole beside its place. Dropped before it is put there, it is gone without a trace.
#[derive(Debug)]
#[must_use = "the file takes its place only when it is put there"]
pub struct Prepared {
    file: tempfile::NamedTempFile,
    /// As the user named it.
    path: PathBuf,
    target: PathBuf,
}

impl Prepared {
    /// Where the file lies until it takes its place.
    pub fn lies(&self) -> &Path {
        self.file.path()
    }

    /// Renames the file over its place.
    ///
    /// # Errors
    /// As [`prepare`], mostly because another program has the old file open.
    pub fn put(self) -> anyhow::Result<()> {
        self.put_while(&mut beside_now())
    }

    fn put_while(self, beside: &mut BTreeSet<PathBuf>) -> anyhow::Result<()> {
        let Self { file, path, target } = self;
        beside.remove(file.path());
        file.persist(&target).map_err(|error| explained(&error.error, &path)).context(failed(&path))?;
        Ok(())
    }
}

/// Renames several files over their places, without an interruption in between.
///
/// # Errors
/// As [`Prepared::put`].
pub fn put_together(files: impl IntoIterator<Item = Option<Prepared>>) -> anyhow::Result<()> {
    let mut beside = beside_now();
    files.into_iter().flatten().try_for_each(|file| file.put_while(&mut beside))
}

/// Writes a file: beside its place first, then renamed over it, so that a full disk or a cut never leaves half a file.
/// Missing folders above it are made.
///
/// # Errors
/// As [`prepare`].
pub fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    prepare(path, bytes)?.put()
}

/// Writes a file beside its place. Several outputs are all prepared before the first is put, so that none is replaced
/// where another cannot be written.
///
/// # Errors
/// One Chinese sentence that names the file and the way out: the place is a folder, the disk is full, the file is
/// open in another program, the folder may not be written to.
pub fn prepare(path: &Path, bytes: &[u8]) -> anyhow::Result<Prepared> {
    prepare_with(path, |file| Ok(file.write_all(bytes)?))
}

/// The same with a file that is written piece by piece.
///
/// # Errors
/// As [`prepare`], and what the writing itself reports.
pub fn prepare_with(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<&mut File>) -> anyhow::Result<()>,
) -> anyhow::Result<Prepared> {
    let target = resolved(path);
    if target.is_dir() {
        bail!("“{}”是文件夹，请给出要写入的文件名", path.display());
    }
    // Renaming over a device or a pipe would take it away from every other program.
    if target.exists() && !target.is_file() {
        bail!("“{}”是设备或管道，不是普通文件，请换一个文件名", path.display());
    }
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder).map_err(|error| explained(&error, path)).context(failed(path))?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(OWN_TEMPORARY).suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // A temporary file is its owner's alone by default; an office shares its results, as the umask allows.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let made = {
        let mut beside = beside_now();
        builder.tempfile_in(folder).inspect(|file| {
            beside.insert(file.path().to_owned());
        })
    };
    let of_system = |error: &io::Error| explained(error, path).context(failed(path));
    let mut file = made.map_err(|error| of_system(&error))?;
    let mut buffer = BufWriter::with_capacity(1 << 16, file.as_file_mut());
    write(&mut buffer).map_err(|error| match io_error(&error) {
        Some(system) => of_system(system),
        None => error,
    })?;
    buffer.flush().map_err(|error| of_system(&error))?;
    drop(buffer);
    file.as_file().sync_all().map_err(|error| of_system(&error))?;
    Ok(Prepared { file, path: path.to_owned(), target })
}

/// The error of the operating system behind another one.
fn io_error(error: &anyhow::Error) -> Option<&io::Error> {
    error.chain().find_map(|cause| cause.downcast_ref::<io::Error>())
}

/// What every failure begins with.
fn failed(path: &Path) -> String {
    format!("“{}”没有写成，原有文件未改动", path.display())
}

/// The file that a symbolic link leads to, so that the link stays a link.
fn resolved(path: &Path) -> PathBuf {
    let is_link = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.file_type().is_symlink());
    if is_link { fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()) } else { path.to_owned() }
}

/// An error of the operating system as a sentence for a clerk.
fn explained(error: &io::Error, path: &Path) -> anyhow::Error {
    let locked = cfg!(windows)
        && (error.raw_os_error().is_some_and(|code| WINDOWS_LOCKED.contains(&code))
            || (error.kind() == ErrorKind::PermissionDenied && path.is_file()));
    if locked {
        return anyhow!("该文件正被 WPS、Excel 等程序打开，请关闭后再运行，或换一个文件名");
    }
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => anyhow!("磁盘空间不足，请清理后再运行，或写到别的磁盘"),
        ErrorKind::FileTooLarge => anyhow!("文件超过该位置允许的大小，请换一个磁盘或文件夹"),
        ErrorKind::PermissionDenied => anyhow!("没有写入该位置的权限，请换一个文件夹"),
        ErrorKind::ReadOnlyFilesystem => anyhow!("该磁盘只能读取，请换一个文件夹"),
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => {
            anyhow!("路径中有一级是文件而不是文件夹，请换一个位置")
        }
        ErrorKind::InvalidFilename | ErrorKind::InvalidInput => anyhow!("文件名不被系统接受，请换一个文件名"),
        _ => anyhow!("系统提示：{error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(error: &anyhow::Error) -> String {
        format!("{error:#}")
    }

    #[test]
    fn a_file_is_replaced_whole_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("新建/汇总.xlsx");
        write(&path, b"first").unwrap();
        write(&path, b"second").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"second");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn files_are_known_as_long_as_they_lie_beside() {
        let folder = tempfile::tempdir().unwrap();
        let prepared = prepare(&folder.path().join("汇总.xlsx"), b"x").unwrap();
        // Not by `abandon`: other tests write at the same time.
        assert!(beside_now().contains(prepared.file.path()));
        prepared.put().unwrap();
        assert!(!beside_now().iter().any(|path| path.starts_with(folder.path())));
    }

    #[test]
    fn a_folder_in_its_place_is_named_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let error = write(folder.path(), b"x").unwrap_err();
        assert!(sentence(&error).contains("是文件夹"), "{error:#}");
    }

    #[test]
    fn a_file_among_the_folders_of_the_path_is_said() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("资料"), b"x").unwrap();
        let error = write(&folder.path().join("资料/汇总.xlsx"), b"x").unwrap_err();
        assert!(sentence(&error).contains("没有写成") && sentence(&error).contains("不是文件夹"), "{error:#}");
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_never_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let socket = folder.path().join("汇总.xlsx");
        let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        let error = write(&socket, b"x").unwrap_err();
        assert!(sentence(&error).contains("不是普通文件"), "{error:#}");
        assert!(!fs::symlink_metadata(&socket).unwrap().is_file());
    }

    #[test]
    fn a_full_disk_is_said() {
        for kind in [ErrorKind::StorageFull, ErrorKind::QuotaExceeded] {
            let error = explained(&io::Error::from(kind), Path::new("汇总.xlsx"));
            assert!(sentence(&error).contains("磁盘空间不足"), "{error:#}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link_and_the_file_behind_it_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("真.xlsx"), folder.path().join("链接.xlsx"));
        fs::write(&real, b"old").unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        write(&link, b"new").unwrap();
        assert_eq!(fs::read(&real).unwrap(), b"new");
        assert!(fs::symlink_metadata(&link).unwrap().file_type().is_symlink());
    }
}
