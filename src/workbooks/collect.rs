//! Which files lie under the arguments?

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::anyhow;
use rayon::prelude::*;

use super::archive;
use super::limits::Limits;
use super::refusal::{Refusal, RefusalReason};
use super::source::{Place, Source};

/// Folders around a file named by itself that may tell whose it is and for when.
const OUTER_FOLDERS: usize = 2;
/// Folders within folders that are walked; nobody files deeper, and a circle of mounts ends here.
const MOST_FOLDERS_DEEP: usize = 16;
/// Files that one run takes; a slip such as naming the whole disk ends here.
const MOST_FILES: usize = 100_000;
/// Files that are opened beside each other to see which of them are archives.
const LOOKED_INTO_TOGETHER: usize = 1000;
/// How the names of our own files begin while they are being written.
pub const OWN_TEMPORARY: &str = ".hedui-";

/// All files under the arguments: folders and archives are walked, the files sorted by the name that the result file
/// shows. Each file comes once, whatever arguments it lies under.
///
/// # Errors
/// An argument that does not exist, a folder that cannot be listed, more than 100,000 files.
pub fn collect(paths: &[PathBuf]) -> anyhow::Result<Vec<Source>> {
    let mut walk = Walk::default();
    for path in paths {
        walk.argument(path)?;
    }
    let mut found = Vec::new();
    let mut listed = walk.listed.into_iter();
    while listed.len() > 0 {
        let some: Vec<Found> = listed.by_ref().take(LOOKED_INTO_TOGETHER).collect();
        let some: Vec<Vec<Found>> = some.into_par_iter().map(Found::looked_into).collect();
        found.extend(some.into_iter().flatten());
        few_enough(found.len())?;
    }
    Ok(named(found))
}

/// That there are not too many files.
fn few_enough(files: usize) -> anyhow::Result<()> {
    anyhow::ensure!(files <= MOST_FILES, "文件超过{MOST_FILES}个，请只指定存放报送材料的文件夹");
    Ok(())
}

/// A file before it has its final name.
struct Found {
    /// Relative to the argument.
    name: String,
    /// With the argument in front.
    long_name: String,
    outer_folder: Option<String>,
    place: Place,
}

impl Found {
    /// The file itself, or the files in it where it is an archive.
    fn looked_into(self) -> Vec<Self> {
        let Place::File(path) = &self.place else { return vec![self] };
        let Some(entries) = archive::walk(path, &Limits::default()) else { return vec![self] };
        let of_entry = |entry: archive::Entry| {
            let outer_folder = self.outer_folder.clone();
            // What is said of the archive as a whole stands under the archive's own name.
            let within = if entry.name.is_empty() { String::new() } else { format!("/{}", entry.name) };
            let (name, long_name) = (format!("{}{within}", self.name), format!("{}{within}", self.long_name));
            Self { name, long_name, outer_folder, place: entry.place }
        };
        entries.into_iter().map(of_entry).collect()
    }
}

#[derive(Default)]
struct Walk {
    listed: Vec<Found>,
    seen: BTreeSet<PathBuf>,
}

impl Walk {
    fn argument(&mut self, path: &Path) -> anyhow::Result<()> {
        let shown = path.display();
        let metadata =
            fs::metadata(path).map_err(|_| anyhow!("找不到“{shown}”，请核对名称和路径是否写对、有没有访问权限"))?;
        let absolute = fs::canonicalize(path).map_err(|_| anyhow!("“{shown}”打不开，请检查访问权限"))?;
        let argument = path.to_string_lossy().trim_end_matches(['/', '\\']).to_owned();
        if metadata.is_dir() {
            let outer_folder = last_name(&absolute);
            return self.folder(path, "", &argument, outer_folder.as_ref(), 0);
        }
        let name = last_name(path).unwrap_or_else(|| argument.clone());
        // Of a file that stands alone nobody saw the folders around it: 大门镇/2024年5月 tells whose and when.
        let folders = absolute.ancestors().skip(1).take(OUTER_FOLDERS).filter_map(last_name);
        let outer_folder = folders.reduce(|inner, outer| format!("{outer}/{inner}"));
        self.file(path, &name, argument, outer_folder)
    }

    fn folder(
        &mut self,
        path: &Path,
        prefix: &str,
        argument: &str,
        outer_folder: Option<&String>,
        depth: usize,
    ) -> anyhow::Result<()> {
        // The system's own words are English; what a clerk can do about it is the same for all of them.
        let listed = |_| anyhow!("文件夹“{}”无法列出，请检查访问权限", path.display());
        let mut entries: Vec<PathBuf> = fs::read_dir(path)
            .map_err(listed)?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<_, _>>()
            .map_err(listed)?;
        entries.sort();
        for entry in entries {
            let Some(own_name) = last_name(&entry) else { continue };
            let name = format!("{prefix}{own_name}");
            let long_name = format!("{argument}/{name}");
            // A link to a folder could lead anywhere, also back.
            let is_link = fs::symlink_metadata(&entry).is_ok_and(|metadata| metadata.is_symlink());
            let is_folder = fs::metadata(&entry).is_ok_and(|metadata| metadata.is_dir());
            match (is_folder, is_link || depth + 1 >= MOST_FOLDERS_DEEP) {
                (true, false) => self.folder(&entry, &format!("{name}/"), argument, outer_folder, depth + 1)?,
                (true, true) => {
                    let sentence = "这是指向别处或嵌套过深的文件夹，没有读取，请将其中的文件直接放入报送文件夹。";
                    let refusal = Refusal::new(RefusalReason::NotReadable, sentence);
                    let outer_folder = outer_folder.cloned();
                    self.push(Found { name, long_name, outer_folder, place: Place::Refused(refusal, 0) })?;
                }
                (false, _) => self.file(&entry, &name, long_name, outer_folder.cloned())?,
            }
        }
        Ok(())
    }

    fn file(&mut self, path: &Path, name: &str, long_name: String, outer_folder: Option<String>) -> anyhow::Result<()> {
        let identity = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
        if !self.seen.insert(identity) {
            return Ok(());
        }
        let own_name = last_name(path).unwrap_or_default();
        let place = match lock_file(&own_name) {
            Some(refusal) => Place::Refused(refusal, fs::metadata(path).map_or(0, |metadata| metadata.len())),
            None => Place::File(path.to_path_buf()),
        };
        self.push(Found { name: name.to_owned(), long_name, outer_folder, place })
    }

    fn push(&mut self, found: Found) -> anyhow::Result<()> {
        self.listed.push(found);
        few_enough(self.listed.len())
    }
}

fn named(found: Vec<Found>) -> Vec<Source> {
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for file in &found {
        *times.entry(file.name.clone()).or_default() += 1;
    }
    let mut sources: Vec<Source> = found
        .into_iter()
        .map(|file| {
            let name = if times[&file.name] > 1 { file.long_name } else { file.name };
            Source { file: name, outer_folder: file.outer_folder, place: file.place }
        })
        .collect();
    // Equal names are left only where an archive holds one name twice: the order of its entries decides.
    sources.sort_by(|left, right| left.file.cmp(&right.file));
    sources
}

fn last_name(path: &Path) -> Option<String> {
    path.file_name().map(|name| name.to_string_lossy().into_owned())
}

/// The refusal of files that programs leave beside documents, by the last part of their name.
pub(super) fn lock_file(name: &str) -> Option<Refusal> {
    let sentence = if name.starts_with("~$") || name.starts_with(".~lock.") {
        "这是表格软件打开文件时留下的临时锁定文件，已跳过。"
    } else if name.starts_with("._") || name == ".DS_Store" {
        "这是苹果电脑留下的附属文件，已跳过。"
    } else if name.starts_with(OWN_TEMPORARY) {
        "这是本工具写到一半的临时文件，已跳过。"
    } else if name.eq_ignore_ascii_case("thumbs.db") || name.eq_ignore_ascii_case("desktop.ini") {
        "这是操作系统留下的附属文件，已跳过。"
    } else {
        return None;
    };
    Some(Refusal::new(RefusalReason::LockFile, sentence))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(sources: &[Source]) -> Vec<&str> {
        sources.iter().map(|source| source.file.as_str()).collect()
    }

    #[test]
    fn names_are_relative_and_the_argument_stands_in_front_only_where_two_are_equal() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a/1.csv", "a/北岙/2.csv", "b/1.csv", "b/~$1.csv"] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        let (a, b) = (folder.path().join("a"), folder.path().join("b"));
        assert_eq!(files(&collect(std::slice::from_ref(&a)).unwrap()), ["1.csv", "北岙/2.csv"]);
        assert_eq!(files(&collect(&[a.join("1.csv")]).unwrap()), ["1.csv"]);
        let alone = collect(&[a.join("北岙/2.csv")]).unwrap();
        assert_eq!(alone[0].outer_folder.as_deref(), Some("a/北岙"));
        let both = collect(&[a.clone(), b.clone()]).unwrap();
        let (long_a, long_b) = (format!("{}/1.csv", a.display()), format!("{}/1.csv", b.display()));
        assert_eq!(files(&both), [long_a.as_str(), long_b.as_str(), "~$1.csv", "北岙/2.csv"]);
        assert_eq!(both[0].outer_folder.as_deref(), Some("a"));
    }

    #[test]
    fn a_file_named_twice_comes_once_and_a_missing_argument_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("1.csv");
        fs::write(&file, "x").unwrap();
        assert_eq!(files(&collect(&[folder.path().into(), file]).unwrap()), ["1.csv"]);
        assert!(collect(&[folder.path().join("missing")]).is_err());
    }

    #[test]
    fn lock_files_are_told_by_the_beginning_of_their_names() {
        for name in ["~$北岙.xlsx", "._北岙.xlsx", ".~lock.北岙.ods#", "Thumbs.db", ".DS_Store", ".hedui-a.tmp"] {
            assert_eq!(lock_file(name).unwrap().reason, RefusalReason::LockFile, "{name}");
        }
        for name in ["北岙~$.xlsx", "$北岙.xlsx", "_北岙.xlsx", "~北岙.xlsx"] {
            assert_eq!(lock_file(name), None, "{name}");
        }
    }
}
