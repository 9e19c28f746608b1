//! Where do the files of a dataset lie, and how does it come into being whole or not at all?

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::digest;
use super::tables::{SUBMISSIONS, TABLES};
use crate::period::Period;
use crate::workbooks::OWN_TEMPORARY;

/// What Hive, Spark and `DuckDB` take for "no value" in the name of a partition.
const NO_VALUE: &str = "__HIVE_DEFAULT_PARTITION__";
/// Characters that Hive writes as their number in the name of a partition, control characters besides.
const ESCAPED: &str = "\"#%'*/:=?\\{[]^<>|";

/// A dataset that is written whole beside its place. Dropped before it is put there, it is gone without a trace.
#[derive(Debug)]
#[must_use = "the dataset takes its place only when it is put there"]
pub struct PreparedFolder {
    written: tempfile::TempDir,
    target: PathBuf,
}

impl PreparedFolder {
    /// Begins a dataset.
    ///
    /// # Errors
    /// Something else than an earlier dataset lies in its place, or the folder above cannot be written to.
    pub(super) fn new(target: &Path) -> anyhow::Result<Self> {
        check_place(target)?;
        let above = target.parent().filter(|above| *above != Path::new("")).unwrap_or(Path::new("."));
        let failed = || format!("数据集“{}”没有写成，请检查磁盘空间和文件夹的写入权限", target.display());
        fs::create_dir_all(above).with_context(failed)?;
        let mut builder = tempfile::Builder::new();
        builder.prefix(OWN_TEMPORARY).suffix(".tmp");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // A temporary folder is its owner's alone by default; an office shares its results, as the umask allows.
            builder.permissions(fs::Permissions::from_mode(0o777));
        }
        Ok(Self { written: builder.tempdir_in(above).with_context(failed)?, target: target.to_owned() })
    }

    /// Adds a file to a partition, named after its content, so that datasets may be laid together.
    pub(super) fn add(&self, partition: &Path, bytes: &[u8]) -> anyhow::Result<()> {
        let folder = self.written.path().join(partition);
        let file = folder.join(format!("part-{}.parquet", &digest::hexadecimal(&digest::of(&[bytes]))[..16]));
        fs::create_dir_all(&folder).and_then(|()| fs::write(file, bytes)).with_context(|| self.failed())
    }

    /// Puts the dataset in its place; an earlier one there is replaced.
    ///
    /// # Errors
    /// Where the earlier one cannot be removed.
    pub fn put(self) -> anyhow::Result<()> {
        check_place(&self.target)?;
        if self.target.exists() {
            fs::remove_dir_all(&self.target).with_context(|| self.failed())?;
        }
        fs::rename(self.written.path(), &self.target).with_context(|| self.failed())
    }

    fn failed(&self) -> String {
        format!("数据集“{}”没有写成，请检查磁盘空间和文件夹的写入权限", self.target.display())
    }
}

/// Refuses a place where something else lies than an earlier dataset.
///
/// # Errors
/// In Chinese: what lies there, and the way out.
pub fn check_place(target: &Path) -> anyhow::Result<()> {
    let shown = target.display();
    if target.is_file() {
        bail!("“{shown}”是文件，请给出放数据集的文件夹");
    }
    let Ok(entries) = fs::read_dir(target) else { return Ok(()) };
    let ours = |name: &str| TABLES.iter().any(|table| table.name == name);
    for entry in entries {
        let entry = entry.with_context(|| format!("文件夹“{shown}”无法列出，请检查访问权限"))?;
        if !entry.file_name().to_str().is_some_and(ours) {
            bail!("文件夹“{shown}”里有别的内容，数据集请写到新的文件夹，以免其中的文件被删除");
        }
    }
    Ok(())
}

/// The folder of a partition below the dataset's.
pub(super) fn partition(table: &str, period: Period, township: Option<&str>) -> PathBuf {
    let township = township.map_or_else(|| NO_VALUE.to_owned(), escaped);
    Path::new(table).join(format!("period={period}")).join(format!("township={township}"))
}

/// The files of the submissions of a dataset, sorted.
///
/// # Errors
/// The folder is not there, or holds no dataset.
pub(super) fn submission_files(dataset: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let shown = dataset.display();
    if !dataset.is_dir() {
        bail!("找不到数据集“{shown}”，请核对名称和路径是否写对");
    }
    let mut files = Vec::new();
    let start = dataset.join(SUBMISSIONS.name);
    if start.is_dir() {
        walk(&start, &mut files).with_context(|| format!("文件夹“{shown}”无法列出，请检查访问权限"))?;
    }
    if files.is_empty() {
        bail!("“{shown}”不是数据集，merge 后面应是 reconcile --dataset 写出的文件夹");
    }
    files.sort();
    Ok(files)
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            walk(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "parquet") {
            files.push(path);
        }
    }
    Ok(())
}

/// A value as the name of a partition shows it.
fn escaped(value: &str) -> String {
    let mut name = String::new();
    for character in value.chars() {
        if character.is_ascii_control() || ESCAPED.contains(character) {
            // Writing to a string cannot fail.
            let _ = write!(name, "%{:02X}", u32::from(character));
        } else {
            name.push(character);
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn partitions_are_named_as_hive_names_them() {
        let period = "2024-03".parse().unwrap();
        for (township, expected) in [
            (Some("北岙街道"), "values/period=2024-03/township=北岙街道"),
            (Some("a/b=c%"), "values/period=2024-03/township=a%2Fb%3Dc%25"),
            (None, "values/period=2024-03/township=__HIVE_DEFAULT_PARTITION__"),
        ] {
            assert_eq!(partition("values", period, township), Path::new(expected));
        }
    }

    #[test]
    fn only_an_earlier_dataset_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("数据集");
        let write = |bytes: &[u8]| {
            let prepared = PreparedFolder::new(&target)?;
            prepared.add(Path::new("values/period=2024/township=x"), bytes)?;
            prepared.put()
        };
        write(b"one").unwrap();
        write(b"two").unwrap();
        let mut files = Vec::new();
        walk(&target, &mut files).unwrap();
        assert_eq!(files.len(), 1);
        assert_eq!(fs::read(&files[0]).unwrap(), b"two");
        fs::write(target.join("别的.txt"), "x").unwrap();
        assert!(write(b"three").unwrap_err().to_string().contains("别的内容"));
        assert_eq!(fs::read(&files[0]).unwrap(), b"two");
    }
}
