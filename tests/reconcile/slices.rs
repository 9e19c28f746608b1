//! `--dataset` and `hedui merge`: many slices give what one run over all their files gives, to the byte.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;

use crate::support::{contents, findings, folder, json, reconcile, run, sample};

/// How many slices.
const SLICES: usize = 16;

fn merge() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hedui"));
    command.arg("merge");
    command
}

/// The samples, most of them a second time with a change and as a correction, and what is no submission: more files
/// than slices, and townships whose versions lie in different slices.
fn sent(folder: &Path) -> PathBuf {
    let sent = folder.join("提交");
    fs::create_dir_all(sent.join("补报")).unwrap();
    let mut files: Vec<PathBuf> = fs::read_dir(sample("")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for path in &files {
        let name = path.file_name().unwrap().to_str().unwrap();
        fs::copy(path, sent.join(name)).unwrap();
        let (stem, extension) = name.rsplit_once('.').unwrap();
        fs::copy(path, sent.join("补报").join(format!("{stem}（更正2）.{extension}"))).unwrap();
    }
    let text = fs::read(sample("霓屿_2024年第一季度.csv")).unwrap();
    // The same file name in two folders: only the folder tells them apart.
    fs::write(sent.join("补报/霓屿_2024年第一季度.csv"), [&text[..], b"\n"].concat()).unwrap();
    fs::write(sent.join("~$北岙.xlsx"), "x").unwrap();
    fs::write(sent.join("坏.xlsx"), "PK").unwrap();
    sent
}

/// Workbook, result file and dataset of a run. Links start from the workbook's folder, so that all lie equally deep.
struct Outputs {
    workbook: Vec<u8>,
    result: Vec<u8>,
    dataset: PathBuf,
}

fn outputs(mut command: Command, folder: &Path, more: &[&str]) -> Outputs {
    let (workbook, result, dataset) = (folder.join("汇总.xlsx"), folder.join("结果.json"), folder.join("数据集"));
    command.arg("-o").arg(&workbook).arg("--json").arg(&result).arg("--dataset").arg(&dataset).args(more);
    run(&mut command, 0);
    Outputs { workbook: fs::read(workbook).unwrap(), result: fs::read(result).unwrap(), dataset }
}

/// What lies in a folder, by relative path.
fn relative(folder: &Path) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
    let contents = contents(folder).into_iter();
    contents.map(|(path, bytes)| (path.strip_prefix(folder).unwrap().to_owned(), bytes)).collect()
}

#[track_caller]
fn assert_same(one: &Outputs, other: &Outputs) {
    assert!(one.result == other.result, "the result files differ");
    assert!(one.workbook == other.workbook, "the workbooks differ");
    let (one, other) = (relative(&one.dataset), relative(&other.dataset));
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    assert!(one == other, "the datasets differ");
}

#[test]
fn sixteen_slices_merged_give_the_bytes_of_one_run() {
    let folder = folder("slices");
    let sent = sent(&folder);
    let mut slices = Vec::new();
    for slice in 1..=SLICES {
        let dataset = folder.join(format!("份{slice}"));
        let share = format!("{slice}/{SLICES}");
        run(reconcile().arg(&sent).args(["--period", "2024Q1", "--slice", &share]).arg("--dataset").arg(&dataset), 0);
        slices.push(dataset);
    }
    let mut whole = reconcile();
    whole.arg(&sent);
    let whole = outputs(whole, &folder.join("整体"), &["--period", "2024Q1", "--due", "2024-04-10"]);
    let result = json(&folder.join("整体/结果.json"));
    // What only all slices together show is there at all.
    assert!(!findings(&result, "missing-submission").is_empty());
    assert!(result["submissions"].as_array().unwrap().iter().any(|one| one["status"] == "superseded"));
    slices.reverse();
    let mut merged = merge();
    merged.args(&slices);
    // The slices were asked for a period, so that merge need not be.
    let merged = outputs(merged, &folder.join("合并"), &["--due", "2024-04-10"]);
    assert_same(&whole, &merged);
    // Datasets laid together are one, and a slice that comes twice counts once.
    let mut again = merge();
    again.arg(&whole.dataset).arg(&slices[3]);
    assert_same(&whole, &outputs(again, &folder.join("再合"), &["--due", "2024-04-10"]));
}

#[test]
fn the_period_that_most_state_is_settled_over_all_slices() {
    let folder = folder("slices-period");
    let files = ["东屏街道一季度汇总.xls", "元觉街道一季度.xlsx", "霓屿_2024年第一季度.csv"].map(sample);
    // Alone, this slice would settle for another period.
    let old = folder.join("大门镇2023年第四季度.csv");
    fs::copy(&files[2], &old).unwrap();
    let mut slices = Vec::new();
    for (place, file) in files.iter().chain([&old]).enumerate() {
        let dataset = folder.join(format!("份{place}"));
        run(reconcile().arg(file).arg("--dataset").arg(&dataset), 0);
        slices.push(dataset);
    }
    let mut whole = reconcile();
    whole.args(&files).arg(&old);
    let whole = outputs(whole, &folder.join("整体"), &[]);
    let mut merged = merge();
    merged.args(&slices);
    assert_same(&whole, &outputs(merged, &folder.join("合并"), &[]));
}

/// All rows of a table, by column.
fn rows(dataset: &Path, table: &str) -> Vec<BTreeMap<String, Field>> {
    let files = contents(&dataset.join(table)).into_iter().filter(|(_, bytes)| bytes.is_some());
    let rows = files.flat_map(|(path, _)| {
        let reader = SerializedFileReader::new(fs::File::open(path).unwrap()).unwrap();
        let rows: Vec<_> = reader.get_row_iter(None).unwrap().map(Result::unwrap).collect();
        rows
    });
    rows.map(|row| row.get_column_iter().map(|(name, field)| (name.clone(), field.clone())).collect()).collect()
}

#[test]
fn the_tables_hold_the_numbers_of_the_result_file() {
    let folder = folder("dataset-numbers");
    let mut whole = reconcile();
    whole.arg(sent(&folder));
    let whole = outputs(whole, &folder.join("整体"), &["--period", "2024Q1"]);
    let result = json(&folder.join("整体/结果.json"));
    let summary = |name: &str| usize::try_from(result["summary"][name].as_u64().unwrap()).unwrap();
    let matches = rows(&whole.dataset, "matches");
    for outcome in ["matched", "review", "extra"] {
        let counted = matches.iter().filter(|row| {
            row["outcome"] == Field::Str(outcome.to_owned())
                && row["counts"] == Field::Bool(true)
                && row["place"] == Field::Long(0)
        });
        assert_eq!(counted.count(), summary(outcome), "{outcome}");
    }
    let found = rows(&whole.dataset, "findings");
    assert_eq!(found.len(), result["findings"].as_array().unwrap().len());
    for (severity, name) in [("error", "errors"), ("warning", "warnings"), ("info", "infos")] {
        let of_severity = found.iter().filter(|row| row["severity"] == Field::Str(severity.to_owned()));
        assert_eq!(of_severity.count(), summary(name), "{severity}");
    }
    let submissions = result["submissions"].as_array().unwrap();
    assert_eq!(rows(&whole.dataset, "submissions").len(), submissions.len());
    let listed: usize = submissions.iter().map(|one| one["rows"].as_array().unwrap().len()).sum();
    assert_eq!(rows(&whole.dataset, "records").len(), listed);
    let cells: u64 = submissions.iter().map(|one| one["ledger"]["cells"].as_u64().unwrap()).sum();
    let in_ledgers: i64 = rows(&whole.dataset, "ledgers")
        .iter()
        .map(|row| if let Field::Long(cells) = row["cells"] { cells } else { panic!("{row:?}") })
        .sum();
    assert_eq!(u64::try_from(in_ledgers).unwrap(), cells);
}

#[test]
fn what_is_no_dataset_of_this_plan_is_refused() {
    let folder = folder("merge-refused");
    let (file, dataset) = (sample("霓屿_2024年第一季度.csv"), folder.join("数据集"));
    let workbook = folder.join("汇总.xlsx");
    run(reconcile().arg(&file).arg("--dataset").arg(&dataset), 0);
    let refused = |arguments: &[&Path]| {
        let mut command = merge();
        command.args(arguments);
        let said = run(command.arg("-o").arg(&workbook), 2);
        assert!(!workbook.exists());
        said
    };
    let empty = folder.join("空");
    fs::create_dir(&empty).unwrap();
    assert!(refused(&[&empty]).contains("不是数据集"));
    assert!(refused(&[&folder.join("没有")]).contains("找不到"));
    let other = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/findings/plan.toml");
    assert!(refused(&[&dataset, Path::new("--plan"), &other]).contains("--plan"));
    let stricter = folder.join("更严");
    run(reconcile().arg(&file).args(["--max-wrong", "0.1%"]).arg("--dataset").arg(&stricter), 0);
    assert!(refused(&[&dataset, &stricter]).contains("--max-wrong"));
    // A file in the dataset that was cut off.
    let (part, bytes) =
        contents(&dataset.join("submissions")).into_iter().find_map(|(path, bytes)| Some((path, bytes?))).unwrap();
    fs::write(part, &bytes[..bytes.len() / 2]).unwrap();
    assert!(refused(&[&dataset]).contains("损坏"));
    // A folder with something else in it is never replaced.
    let said = run(reconcile().arg(&file).arg("--dataset").arg(&folder), 2);
    assert!(said.contains("别的内容"), "{said}");
    assert!(dataset.exists());
}
