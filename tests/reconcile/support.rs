//! Runs the real binary on folders made for one test.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value as Json;

/// An empty folder for one test. Its name states no period and no township: the folder's name is evidence of both.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("reconcile").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// `samples/2024Q1`, or what is named below it.
pub(crate) fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join("2024Q1").join(name)
}

/// The command `hedui reconcile`.
pub(crate) fn reconcile() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hedui"));
    command.arg("reconcile");
    command
}

/// Runs to the end and demands the exit code.
#[track_caller]
pub(crate) fn run(command: &mut Command, code: i32) -> String {
    let Output { status, stdout, stderr } = command.output().unwrap();
    let said = String::from_utf8(stderr).unwrap();
    assert_eq!(status.code(), Some(code), "{said}");
    assert!(stdout.is_empty(), "results go to files, messages to stderr: {}", String::from_utf8_lossy(&stdout));
    said
}

/// A result file.
pub(crate) fn json(path: &Path) -> Json {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// The findings of a result file that bear a code.
pub(crate) fn findings<'a>(result: &'a Json, code: &str) -> Vec<&'a Json> {
    result["findings"].as_array().unwrap().iter().filter(|finding| finding["code"] == code).collect()
}

/// Everything below a folder with its bytes; `None` for a folder.
pub(crate) fn contents(folder: &Path) -> Vec<(PathBuf, Option<Vec<u8>>)> {
    let mut all = Vec::new();
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for entry in entries {
        let bytes = entry.is_file().then(|| fs::read(&entry).unwrap());
        let inside = if entry.is_dir() { contents(&entry) } else { Vec::new() };
        all.push((entry, bytes));
        all.extend(inside);
    }
    all
}
