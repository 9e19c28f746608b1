//! Does `hedui import` read published documents of every layout right, and refuse what cannot be read?

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use hedui::list::{Plan, Task, import};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

/// One line of a hand-written table of expected tasks.
fn shown(task: &Task) -> String {
    let inherited = if task.name_inherited { "是" } else { "" };
    let subsection = task.subsection.as_deref().unwrap_or("");
    let [leads, supports] = [&task.leads, &task.supports].map(|agencies| agencies.join("、"));
    let Task { number, name, section, .. } = task;
    format!("{number}\t{name}\t{inherited}\t{section}\t{subsection}\t{leads}\t{supports}")
}

/// The expected lines: number, name, 是 where inherited, section, subsection, leads, supports.
fn expected(name: &str) -> Vec<String> {
    fs::read_to_string(fixture(name)).unwrap().lines().skip(1).map(str::to_owned).collect()
}

#[test]
fn the_published_text_gives_the_tasks_that_a_person_read_in_it() {
    let imported = import::read(&fixture("documents/dongtou.txt")).unwrap();
    let found: Vec<String> = imported.plan.tasks.iter().map(shown).collect();
    for (found, expected) in found.iter().zip(expected("dongtou-tasks.tsv")) {
        assert_eq!(*found, expected);
    }
    assert_eq!(found.len(), 69);
}

#[test]
fn the_shipped_plan_is_the_import_of_the_published_text() {
    let imported = import::read(&fixture("documents/dongtou.txt")).unwrap().plan;
    let mut shipped = Plan::built_in();
    for (shipped, imported) in shipped.townships.iter_mut().zip(&imported.townships) {
        // The office added the old names; the others follow from the official ones.
        assert!(imported.aliases.iter().all(|alias| shipped.aliases.contains(alias)), "{}", shipped.name);
        shipped.aliases.clone_from(&imported.aliases);
    }
    for (shipped, imported) in shipped.tasks.iter().zip(&imported.tasks) {
        assert_eq!(shipped, imported);
    }
    assert_eq!(
        (&shipped.title, shipped.years, &shipped.townships),
        (&imported.title, imported.years, &imported.townships)
    );
    assert!(shipped == imported);
}

#[test]
fn every_slip_of_the_published_list_is_reported() {
    let defects = import::read(&fixture("documents/dongtou.txt")).unwrap().defects;
    let mut told: Vec<String> = defects
        .iter()
        .map(|defect| {
            let task = defect.task.map_or_else(|| "-".to_owned(), |task| task.to_string());
            format!("{task} {:?} {}", defect.kind, if defect.repaired.is_some() { "repaired" } else { "left" })
        })
        .collect();
    told.sort();
    let mut expected = [
        "- BrokenTitle repaired",
        "- BrokenTitle repaired",
        "- Roster repaired",
        "- Years repaired",
        "1 Footnote repaired",
        "19 RunTogether repaired",
        "39 RunTogether repaired",
        "52 StrayWord repaired",
        "63 NoLead left",
        "64 InheritedName repaired",
        "65 InheritedName repaired",
        "68 InheritedName repaired",
        "69 InheritedName repaired",
    ];
    expected.sort_unstable();
    assert_eq!(told, expected, "{:#?}", defects.iter().map(import::Defect::sentence).collect::<Vec<_>>());
}

/// The documents of a folder under `fixtures`, by name.
fn documents(folder: &str) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(fixture(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.retain(|path| path.extension().is_some_and(|extension| extension != "tsv"));
    found.sort();
    found
}

/// One line of an expected table of a layout: without 是 for inherited names.
fn layout_line(task: &Task) -> String {
    let cells: Vec<String> = shown(task).split('\t').map(str::to_owned).collect();
    [&cells[..2], &cells[3..]].concat().join("\t")
}

#[test]
fn layouts_that_offices_publish() {
    let mut wrong = Vec::new();
    for path in documents("documents/layouts") {
        let imported = match import::read(&path) {
            Ok(imported) => imported,
            Err(error) => {
                wrong.push(format!("{error:#}"));
                continue;
            }
        };
        let expected = fs::read_to_string(path.with_extension("expected.tsv")).unwrap();
        let expected: Vec<&str> = expected.lines().skip(1).collect();
        let found: Vec<String> = imported.plan.tasks.iter().map(layout_line).collect();
        if found != expected {
            wrong.push(format!("{}\nfound    {found:#?}\nexpected {expected:#?}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn damaged_documents_are_refused_with_the_way_out() {
    for path in documents("documents/damaged") {
        let error = format!("{:#}", import::read(&path).expect_err(&path.display().to_string()));
        assert!(error.contains("请") && error.contains(path.file_name().unwrap().to_str().unwrap()), "{error}");
    }
}
