//! `--cache`: the same bytes with it and without it, and no trust in what lies there.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{contents, folder, json, reconcile, run, sample};

/// Workbook and result file of a run over some files, with a cache or without.
fn outputs(folder: &Path, name: &str, sent: &Path, cache: Option<&Path>, more: &[&str]) -> (Vec<u8>, Vec<u8>) {
    let folder = folder.join(name);
    let (workbook, result) = (folder.join("汇总.xlsx"), folder.join("结果.json"));
    let mut command = reconcile();
    command.arg(sent).arg("-o").arg(&workbook).arg("--json").arg(&result).args(more);
    if let Some(cache) = cache {
        command.arg("--cache").arg(cache);
    }
    run(&mut command, 0);
    (fs::read(workbook).unwrap(), fs::read(result).unwrap())
}

/// The entries of a cache.
fn entries(cache: &Path) -> Vec<PathBuf> {
    contents(cache).into_iter().filter(|(_, bytes)| bytes.is_some()).map(|(path, _)| path).collect()
}

/// A folder with copies of the samples, which a test may change.
fn copies(folder: &Path) -> PathBuf {
    let sent = folder.join("提交");
    fs::create_dir(&sent).unwrap();
    for entry in fs::read_dir(sample("")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, sent.join(path.file_name().unwrap())).unwrap();
    }
    sent
}

#[test]
fn the_outputs_are_the_same_bytes_with_and_without_a_cache() {
    let folder = folder("cache-same");
    let (sent, cache) = (sample(""), folder.join("缓存"));
    let without = outputs(&folder, "without", &sent, None, &[]);
    assert!(without == outputs(&folder, "first", &sent, Some(&cache), &[]));
    let kept = entries(&cache);
    assert!(kept.len() > 5, "every file that could be read is kept");
    // Elsewhere, so that the outputs themselves are made anew.
    assert!(without == outputs(&folder, "second", &sent, Some(&cache), &[]));
    let now = contents(&cache).into_iter().filter(|(path, bytes)| bytes.is_some() && !kept.contains(path));
    assert_eq!(now.count(), 1, "a second run finds every file and adds only its own outcome");
}

#[test]
fn a_damaged_entry_is_read_again_and_repaired() {
    let folder = folder("cache-damaged");
    let (sent, cache) = (sample(""), folder.join("缓存"));
    let without = outputs(&folder, "without", &sent, None, &[]);
    outputs(&folder, "first", &sent, Some(&cache), &[]);
    let sound = contents(&cache);
    let all = entries(&cache);
    for (place, entry) in all.iter().enumerate() {
        let mut bytes = fs::read(entry).unwrap();
        match place % 4 {
            0 => bytes.truncate(bytes.len() / 2),
            1 => *bytes.last_mut().unwrap() ^= 1,
            2 => bytes.clear(),
            // A sound entry under another's name.
            _ => bytes = fs::read(&all[(place + 2) % all.len()]).unwrap(),
        }
        fs::write(entry, bytes).unwrap();
    }
    assert!(without == outputs(&folder, "first", &sent, Some(&cache), &[]));
    assert!(sound == contents(&cache), "damaged entries were not replaced");
}

#[test]
fn a_changed_file_another_name_and_another_setting_are_read_anew() {
    let folder = folder("cache-changed");
    let (sent, cache) = (copies(&folder), folder.join("缓存"));
    let mut kept = 0;
    // Each run adds its outcome besides.
    let mut grows_by = |name: &str, more: &[&str], expected: usize| {
        let cached = outputs(&folder, name, &sent, Some(&cache), more);
        assert!(cached == outputs(&folder, &format!("{name}-without"), &sent, None, more), "{name}");
        let now = entries(&cache).len();
        assert_eq!(now - kept, expected + 1, "{name}");
        kept = now;
    };
    let all = fs::read_dir(&sent).unwrap().count();
    grows_by("first", &[], all);
    grows_by("again", &["--period", "2024Q1"], 0);
    grows_by("stricter", &["--max-wrong", "0.1%"], all);
    let one = sent.join("霓屿_2024年第一季度.csv");
    let text = fs::read(&one).unwrap();
    fs::write(&one, [&text[..], b"\n"].concat()).unwrap();
    grows_by("changed", &[], 1);
    fs::rename(&one, sent.join("大门_2024年第一季度.csv")).unwrap();
    grows_by("renamed", &[], 1);
}

#[test]
fn where_nothing_changed_the_outputs_stand() {
    let folder = folder("cache-again");
    let (sent, cache) = (copies(&folder), folder.join("缓存"));
    let (workbook, result) = (folder.join("汇总.xlsx"), folder.join("结果.json"));
    let outputs = || (fs::read(&workbook).unwrap(), fs::read(&result).unwrap());
    let once = |more: &[&str], code: i32, again: bool| {
        let mut command = reconcile();
        command.arg(&sent).arg("-o").arg(&workbook).arg("--json").arg(&result).args(more);
        run(&mut command, code);
        let expected = outputs();
        fs::remove_file(&workbook).unwrap();
        let said = run(command.arg("--cache").arg(&cache), code);
        assert_eq!(said.contains("沿用"), again, "{said}");
        assert!(outputs() == expected, "{more:?}");
        said
    };
    let first = once(&[], 0, false);
    let again = once(&[], 0, true);
    let figures = |said: &str| -> Vec<String> {
        said.lines().filter(|line| !line.starts_with("读取") && !line.contains("沿用")).map(str::to_owned).collect()
    };
    assert_eq!(figures(&first), figures(&again));
    once(&["--fail-on", "error"], 1, true);
    once(&["--due", "2024-04-10"], 0, false);
    once(&["--period", "2024Q1"], 0, false);
    let decisions = folder.join("判定.xlsx");
    fs::copy(&workbook, &decisions).unwrap();
    once(&["--decisions", decisions.to_str().unwrap()], 0, false);
    once(&["--decisions", decisions.to_str().unwrap()], 0, true);
    fs::remove_file(sent.join("霓屿_2024年第一季度.csv")).unwrap();
    once(&[], 0, false);
}

#[test]
fn the_cache_may_not_lie_among_the_files() {
    let folder = folder("cache-place");
    let sent = copies(&folder);
    let (workbook, cache) = (folder.join("汇总.xlsx"), sent.join("缓存"));
    let said = run(reconcile().arg(&sent).arg("-o").arg(&workbook).arg("--cache").arg(&cache), 2);
    assert!(said.contains("缓存"), "{said}");
    assert!(!cache.exists() && !workbook.exists());
    let result = folder.join("结果.json");
    run(reconcile().arg(&sent).arg("-o").arg(&workbook).arg("--json").arg(&result), 0);
    assert_eq!(json(&result)["schema"], "hedui/result/1");
}
