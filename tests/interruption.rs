//! Does Ctrl-C leave everything as it was? A run is stopped between writing its outputs and putting them in place.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// Bytes that a pipe holds before a writer must wait (pipe(7)).
const PIPE: usize = 65_536;

fn reconcile(folder: &Path) -> Command {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/2024Q1");
    let mut command = Command::new(env!("CARGO_BIN_EXE_hedui"));
    command.arg("reconcile").arg(samples).arg("-o").arg("汇总.xlsx").args(["--json", "结果.json"]).current_dir(folder);
    command.stdin(Stdio::null()).stdout(Stdio::null());
    command
}

fn names(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

#[test]
fn an_interrupted_run_leaves_the_old_outputs_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("汇总.xlsx"), "the old one").unwrap();
    // The summary is said when all outputs lie beside their places. A run that cannot say it waits there: its
    // standard error is a pipe that is full but for what was said before.
    let whole = reconcile(tempfile::tempdir().unwrap().path()).output().unwrap();
    let said = String::from_utf8(whole.stderr).unwrap();
    let before = said.find("收齐：").unwrap();
    let (mut reader, mut writer) = std::io::pipe().unwrap();
    writer.write_all(&vec![b'.'; PIPE - before - 1]).unwrap();
    let mut child = reconcile(folder.path()).stderr(writer).spawn().unwrap();
    let beside = |name: &String| Path::new(name).extension().is_some_and(|extension| extension == "tmp");
    while names(folder.path()).iter().filter(|name| beside(name)).count() < 2 {
        assert!(child.try_wait().unwrap().is_none(), "the run ended without waiting");
        let old = fs::read(folder.path().join("汇总.xlsx")).unwrap();
        assert_eq!(old, b"the old one", "the summary must be said before the outputs take their places");
        std::thread::sleep(Duration::from_millis(5));
    }
    let killed = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(killed.success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert_eq!(names(folder.path()), ["汇总.xlsx"]);
    assert_eq!(fs::read(folder.path().join("汇总.xlsx")).unwrap(), b"the old one");
    let mut rest = String::new();
    reader.read_to_string(&mut rest).unwrap();
    assert!(rest.ends_with(&said[said[..before].rfind("周期").unwrap()..before]), "{}", &rest[PIPE - before - 1..]);
}
