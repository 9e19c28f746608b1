//! What holds for every run, whatever was sent: the same bytes however often, in whatever order, on however many cores.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{findings, folder, json, reconcile, run, sample};

/// Workbook and result file of a run. Links start from the workbook's folder, so that all lie equally deep.
fn outputs(folder: &Path, name: &str, set: impl FnOnce(&mut Command)) -> (Vec<u8>, Vec<u8>) {
    let folder = folder.join(name);
    let (workbook, result) = (folder.join("汇总.xlsx"), folder.join("结果.json"));
    let mut command = reconcile();
    command.arg("-o").arg(&workbook).arg("--json").arg(&result);
    set(&mut command);
    run(&mut command, 0);
    (fs::read(workbook).unwrap(), fs::read(result).unwrap())
}

#[test]
fn one_thread_or_two_and_once_more_give_the_same_bytes() {
    let folder = folder("threads");
    let with = |name: &str, threads: &str| {
        outputs(&folder, name, |command| {
            command.arg(sample("")).env("RAYON_NUM_THREADS", threads);
        })
    };
    let first = with("one", "1");
    assert!(first == with("two", "2"), "the number of threads shows in the outputs");
    assert!(first == with("again", "2"), "a second run on the same files differs");
}

#[test]
fn the_order_of_the_files_on_the_command_line_changes_nothing() {
    let folder = folder("order");
    let mut files: Vec<PathBuf> = fs::read_dir(sample("")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let with = |name: &str, files: &[PathBuf]| {
        outputs(&folder, name, |command| {
            command.args(files);
        })
    };
    let sorted = with("sorted", &files);
    files.reverse();
    assert!(sorted == with("reversed", &files));
    files.swap(1, 5);
    files.rotate_left(3);
    assert!(sorted == with("mixed", &files));
}

#[test]
fn an_earlier_output_in_the_folder_is_skipped_and_replaced() {
    let folder = folder("own");
    let sent = folder.join("提交");
    fs::create_dir(&sent).unwrap();
    fs::copy(sample("霓屿_2024年第一季度.csv"), sent.join("霓屿_2024年第一季度.csv")).unwrap();
    // The output's name would tell a township and another period, were it taken for a report.
    let (workbook, result) = (sent.join("北岙街道2023Q4汇总.xlsx"), sent.join("北岙街道2023Q4结果.json"));
    let again = || {
        run(reconcile().arg(&sent).arg("-o").arg(&workbook).arg("--json").arg(&result), 0);
        json(&result)
    };
    let first = again();
    let second = again();
    for part in ["period", "summary", "findings"] {
        assert_eq!(first[part], second[part]);
    }
    let files: Vec<&str> =
        second["submissions"].as_array().unwrap().iter().map(|one| one["file"].as_str().unwrap()).collect();
    assert_eq!(files, ["北岙街道2023Q4汇总.xlsx", "北岙街道2023Q4结果.json", "霓屿_2024年第一季度.csv"]);
    for skipped in &second["submissions"].as_array().unwrap()[..2] {
        assert_eq!(skipped["status"], "unreadable");
        assert!(skipped["remarks"][0].as_str().unwrap().contains("已跳过"), "{skipped}");
    }
}

#[test]
fn a_bad_workbook_among_good_ones_is_a_finding_and_the_run_goes_on() {
    let folder = folder("bad-among-good");
    let sent = folder.join("提交");
    fs::create_dir(&sent).unwrap();
    fs::copy(sample("霓屿_2024年第一季度.csv"), sent.join("霓屿_2024年第一季度.csv")).unwrap();
    fs::write(sent.join("坏.xlsx"), b"PK\x03\x04 and then nothing").unwrap();
    fs::write(sent.join("空.xlsx"), b"").unwrap();
    let result = folder.join("结果.json");
    run(reconcile().arg(&sent).arg("-o").arg(folder.join("汇总.xlsx")).arg("--json").arg(&result), 0);
    let result = json(&result);
    let named: Vec<&str> =
        findings(&result, "unreadable-workbook").iter().map(|finding| finding["file"].as_str().unwrap()).collect();
    assert_eq!(named, ["坏.xlsx", "空.xlsx"]);
    assert_eq!(result["summary"]["received"], 1);
    assert!(result["submissions"][2]["rows"].as_array().unwrap().len() > 30);
}

#[test]
fn the_exit_code_tells_of_findings_only_where_asked() {
    let folder = folder("fail-on");
    let run_with = |arguments: &[&str], code| {
        let file = sample("霓屿_2024年第一季度.csv");
        run(reconcile().arg(file).arg("-o").arg(folder.join("汇总.xlsx")).args(arguments), code)
    };
    run_with(&[], 0);
    run_with(&["--fail-on", "error"], 1);
    run_with(&["--fail-on", "warning"], 1);
    assert!(folder.join("汇总.xlsx").is_file(), "the outputs are written all the same");
    assert_eq!(run_with(&["--quiet"], 0), "");
    assert_eq!(run_with(&["--quiet", "--fail-on", "error"], 1), "");
}

#[test]
fn the_run_says_which_plan_and_period_it_used() {
    let folder = folder("says");
    let file = sample("霓屿_2024年第一季度.csv");
    let output = folder.join("汇总.xlsx");
    let said = run(reconcile().arg(&file).arg("-o").arg(&output), 0);
    assert!(said.contains("方案：内置的洞头区方案（69项任务，6个乡镇街道）"), "{said}");
    assert!(said.contains("周期：2024年第一季度（1份报表写明）"), "{said}");
    let plan = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/dongtou.toml");
    let said =
        run(reconcile().arg(&file).arg("-o").arg(&output).arg("--plan").arg(plan).args(["--period", "2024Q1"]), 0);
    assert!(said.contains("方案：dongtou.toml《") && said.contains("由 --period 指定"), "{said}");
}
