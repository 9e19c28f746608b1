//! The sample quarter against what careful colleagues say of it: rows, values and findings.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::Value as Json;

use crate::support::{folder, json, reconcile, run, sample};

/// Keys of a row's values that the truth states; the narratives are the cells' own text.
const READ_VALUES: [&str; 6] = ["status", "target", "period_done", "done", "rate", "deadline"];

/// File, sheet and row.
type RowPlace = (String, String, u64);
/// Code, then file (or township, of what concerns a township as a whole), sheet, cell, and the task of a missing one.
pub(crate) type FindingPlace = (String, String, String, String, String);

/// **The tolerance.** Whether a difference between our findings and the truth is explained by rows that we leave to
/// a person. A row under review is no mistake, and four kinds of findings follow from its being under review and from
/// nothing else. Put `false` in place of the body, and the findings must equal the truth.
///
/// - `uncertain-match`: ours may stand in any row that is under review. None of the truth may be absent.
/// - `extra-row`: one of the truth may be absent where its row is under review. None may be ours alone.
/// - `missing-task`: ours alone, where a row under review answers the task in truth but names another; or absent,
///   where a row under review names the task but does not answer it.
/// - `duplicate-row`: where the row at its cell, or a row that answers the same task in truth, is under review.
fn explained_by_review(difference: &Difference<'_>) -> bool {
    let Difference { place: (code, file, sheet, cell, task), ours, rows } = difference;
    let number = cell.trim_start_matches(|c: char| c.is_ascii_alphabetic()).parse().unwrap_or(0);
    let at = rows.get(&(file.clone(), sheet.clone(), number));
    let under_review = at.is_some_and(|row| row.review);
    let of_file = || rows.iter().filter(|((of, ..), row)| of == file && row.review).map(|(_, row)| row);
    match code.as_str() {
        "uncertain-match" => *ours && under_review,
        "extra-row" => !*ours && under_review,
        "missing-task" => {
            let task: u64 = task.parse().unwrap();
            of_file().any(|row| {
                let (says, answers) = (row.tasks.contains(&task), row.true_tasks.contains(&task));
                if *ours { answers && !says } else { says && !answers }
            })
        }
        "duplicate-row" => {
            let shares = |row: &Row| at.is_some_and(|at| !row.true_tasks.is_disjoint(&at.true_tasks));
            under_review || of_file().any(shares)
        }
        _ => false,
    }
}

/// A finding that only one side has.
struct Difference<'a> {
    place: &'a FindingPlace,
    /// Whether it is ours; else it is the truth's.
    ours: bool,
    rows: &'a BTreeMap<RowPlace, Row>,
}

/// A row of a submission, as we say and as it is.
struct Row {
    review: bool,
    tasks: BTreeSet<u64>,
    true_tasks: BTreeSet<u64>,
}

/// The truth of every file of the quarter, then that of the run as a whole.
pub(crate) fn truths() -> (Vec<Json>, Json) {
    let folder = sample("").with_file_name("2024Q1.truth");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let (of_run, of_files): (Vec<_>, Vec<_>) = paths.iter().partition(|path| path.ends_with("run.json"));
    (of_files.into_iter().map(|path| json(path)).collect(), json(of_run[0]))
}

fn tasks(row: &Json) -> BTreeSet<u64> {
    row["tasks"].as_array().unwrap().iter().map(|task| task.as_u64().unwrap()).collect()
}

/// A row's place within its file; columns tell apart tables that stand side by side.
fn within(row: &Json) -> (String, u64, String) {
    let column = row["column"].as_str().unwrap_or_default();
    (row["sheet"].as_str().unwrap().to_owned(), row["row"].as_u64().unwrap(), column.to_owned())
}

fn by_place(rows: &Json) -> BTreeMap<(String, u64, String), &Json> {
    let rows = rows.as_array().unwrap();
    let placed: BTreeMap<_, _> = rows.iter().map(|row| (within(row), row)).collect();
    assert_eq!(placed.len(), rows.len(), "no place is listed twice");
    placed
}

/// What is wrong with a submission's own attributes.
fn compare_submission(ours: &Json, truth: &Json) -> Vec<String> {
    let file = truth["file"].as_str().unwrap();
    let mut wrong = Vec::new();
    let ledger = &ours["ledger"];
    let of = |part: &str| ledger[part].as_u64().unwrap();
    if of("cells") != of("records") + of("surroundings") + of("unassigned") {
        wrong.push(format!("{file}: the ledger does not balance: {ledger}"));
    }
    if ours["status"] != truth["status"] {
        wrong.push(format!("{file}: status {}, not {}", ours["status"], truth["status"]));
    }
    // Of a file that is no submission the truth says neither whose it is nor when; its name or folder may still tell.
    if truth["township"].is_null() {
        return wrong;
    }
    if ours["township"] != truth["township"] {
        wrong.push(format!("{file}: township {}, not {}", ours["township"], truth["township"]));
    }
    // The truth gives the period that a file is for. Where the file states another, a finding says so, whether the day
    // it is dated told us what is meant or not.
    let states_another = truth["findings"].as_array().unwrap().iter().any(|one| one["code"] == "wrong-period");
    if ours["period"] != truth["period"] && !states_another {
        wrong.push(format!("{file}: period {}, not {}", ours["period"], truth["period"]));
    }
    wrong
}

/// What is wrong with one row. Only a review may differ from the truth in what it answers.
fn compare_row(ours: &Json, truth: &Json) -> Vec<String> {
    let mut wrong = Vec::new();
    let certain = ours["outcome"] != "review";
    if certain && (ours["outcome"] != truth["outcome"] || tasks(ours) != tasks(truth)) {
        let (ours, truth) = ((&ours["outcome"], &ours["tasks"]), (&truth["outcome"], &truth["tasks"]));
        wrong.push(format!("{} {} without review, not {} {}", ours.0, ours.1, truth.0, truth.1));
    }
    if ours["counted"] != truth["counted"] {
        wrong.push(format!("counted {}, not {}", ours["counted"], truth["counted"]));
    }
    for key in READ_VALUES {
        let (ours, truth) = (&ours["values"][key], &truth["values"][key]);
        if !same_value(ours, truth) {
            wrong.push(format!("{key} {ours}, not {truth}"));
        }
    }
    wrong
}

/// Equal as JSON, 3 and 3.0 being one number.
fn same_value(left: &Json, right: &Json) -> bool {
    match (left, right) {
        (Json::Number(left), Json::Number(right)) => left.as_f64() == right.as_f64(),
        (Json::Object(left), Json::Object(right)) => {
            left.len() == right.len()
                && left.iter().all(|(key, value)| right.get(key).is_some_and(|other| same_value(value, other)))
        }
        _ => left == right,
    }
}

/// The run that this file examines; each test writes into a folder of its own.
fn result(name: &str) -> Json {
    let folder = folder(name);
    let (workbook, result) = (folder.join("汇总.xlsx"), folder.join("结果.json"));
    run(reconcile().arg(sample("")).arg("-o").arg(&workbook).arg("--json").arg(&result), 0);
    assert!(fs::read(&workbook).unwrap().starts_with(b"PK"));
    json(&result)
}

fn submission<'a>(result: &'a Json, file: &Json) -> &'a Json {
    let of_file: Vec<_> = result["submissions"].as_array().unwrap().iter().filter(|one| one["file"] == *file).collect();
    assert_eq!(of_file.len(), 1, "{file}: each sample is one township's");
    of_file[0]
}

#[test]
fn rows_and_submissions_are_those_of_the_truth() {
    let wrong = wrong_rows(&result("rows"));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is wrong with the submissions and rows of a run.
pub(crate) fn wrong_rows(result: &Json) -> Vec<String> {
    let (truths, _) = truths();
    let mut wrong = Vec::new();
    assert_eq!(result["submissions"].as_array().unwrap().len(), truths.len());
    for truth in &truths {
        let ours = submission(result, &truth["file"]);
        wrong.extend(compare_submission(ours, truth));
        let (our_rows, true_rows) = (by_place(&ours["rows"]), by_place(&truth["rows"]));
        let places: BTreeSet<_> = our_rows.keys().chain(true_rows.keys()).collect();
        for place in places {
            let said = match (our_rows.get(place), true_rows.get(place)) {
                (Some(ours), Some(truth)) => compare_row(ours, truth),
                (Some(_), None) => vec!["is no record".to_owned()],
                _ => vec!["was not found".to_owned()],
            };
            wrong.extend(said.iter().map(|said| format!("{} {place:?}: {said}", truth["file"])));
        }
    }
    wrong
}

fn or_dash(value: &Json) -> String {
    value.as_str().unwrap_or("–").to_owned()
}

/// A finding's place; `file` where the finding itself names none.
fn place(finding: &Json, file: &Json) -> FindingPlace {
    let code = or_dash(&finding["code"]);
    let file = if matches!(code.as_str(), "missing-submission" | "duplicate-submission") {
        &finding["township"]
    } else {
        file
    };
    // A missing task has no cell, so that only its number tells it from another; elsewhere the cell tells.
    let task =
        finding["task"].as_u64().filter(|_| code == "missing-task").map_or("–".to_owned(), |task| task.to_string());
    // What has no cell stands for its file as a whole.
    let sheet = if finding["cell"].is_null() { &Json::Null } else { &finding["sheet"] };
    (code, or_dash(file), or_dash(sheet), or_dash(&finding["cell"]), task)
}

/// Our places; a missing task names no file, so it is given the one that counts for its township.
fn our_places(result: &Json) -> Vec<FindingPlace> {
    let submissions = result["submissions"].as_array().unwrap();
    let of_township = |township: &Json| {
        let counts = |one: &&Json| one["status"] == "read" && one["township"] == *township;
        submissions.iter().find(counts).map_or(&Json::Null, |one| &one["file"])
    };
    let places = result["findings"].as_array().unwrap().iter().map(|finding| {
        let file = if finding["file"].is_null() { of_township(&finding["township"]) } else { &finding["file"] };
        place(finding, file)
    });
    places.collect()
}

#[test]
fn findings_are_those_of_the_truth_at_their_cells() {
    assert_eq!(unexplained(&result("findings")), [vec![], vec![]], "missed, and not in the truth");
}

/// The findings that only the truth has, and those that only the run has, but for what rows under review explain.
pub(crate) fn unexplained(result: &Json) -> [Vec<FindingPlace>; 2] {
    let mut rows = BTreeMap::new();
    for truth in &truths().0 {
        let file = &truth["file"];
        let our_rows = by_place(&submission(result, file)["rows"]);
        for (at, truth) in by_place(&truth["rows"]) {
            let Some(ours) = our_rows.get(&at) else { continue };
            let review = ours["outcome"] == "review";
            let row = Row { review, tasks: tasks(ours), true_tasks: tasks(truth) };
            rows.insert((or_dash(file), at.0, at.1), row);
        }
    }
    let [mut missed, mut alarms] = finding_differences(result);
    missed.retain(|place| !explained_by_review(&Difference { place, ours: false, rows: &rows }));
    alarms.retain(|place| !explained_by_review(&Difference { place, ours: true, rows: &rows }));
    [missed, alarms]
}

/// The findings that only the truth has, and those that only the run has.
fn finding_differences(result: &Json) -> [Vec<FindingPlace>; 2] {
    let (truths, of_run) = truths();
    let mut expected = Vec::new();
    for truth in &truths {
        expected.extend(truth["findings"].as_array().unwrap().iter().map(|finding| place(finding, &truth["file"])));
    }
    expected.extend(of_run["findings"].as_array().unwrap().iter().map(|finding| place(finding, &Json::Null)));
    assert!(expected.len() > 100, "{}", expected.len());
    let found = our_places(result);
    [differences(&expected, &found), differences(&found, &expected)]
}

/// What `all` holds and `other` does not, one for one.
fn differences(all: &[FindingPlace], other: &[FindingPlace]) -> Vec<FindingPlace> {
    let mut rest = other.to_vec();
    let mut only = Vec::new();
    for place in all {
        match rest.iter().position(|one| one == place) {
            Some(index) => drop(rest.swap_remove(index)),
            None => only.push(place.clone()),
        }
    }
    only
}

#[test]
fn the_summary_counts_what_the_result_file_lists() {
    let result = result("summary");
    let counted = |outcome: &str| {
        let submissions = result["submissions"].as_array().unwrap().iter();
        let counting = submissions.filter(|one| one["status"] == "read");
        let rows = counting.flat_map(|one| one["rows"].as_array().unwrap());
        rows.filter(|row| row["outcome"] == outcome && row["counted"].is_null()).count()
    };
    let severity = |word: &str| {
        let findings = result["findings"].as_array().unwrap().iter();
        findings.filter(|finding| finding["severity"] == word).count()
    };
    let missing = crate::support::findings(&result, "missing-task").len();
    let summary = serde_json::json!({
        "townships": 6, "received": 5, "tasks": 69,
        "matched": counted("matched"), "review": counted("review"), "extra": counted("extra"), "missing": missing,
        "unfilled": 0,
        "errors": severity("error"), "warnings": severity("warning"), "infos": severity("info"),
    });
    assert_eq!(result["summary"], summary);
}
