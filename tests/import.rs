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
    // In which words people speak of the tasks, the office says too.
    assert!(imported.wordings.is_empty() && !shipped.wordings.is_empty());
    shipped.wordings.clear();
    for (shipped, imported) in shipped.townships.iter_mut().zip(&imported.townships) {
        // The office added the old names; the others follow from the official ones.
        assert!(imported.aliases.iter().all(|alias| shipped.aliases.contains(alias)), "{}", shipped.name);
        shipped.aliases.clone_from(&imported.aliases);
    }
    for (shipped, imported) in shipped.tasks.iter_mut().zip(&imported.tasks) {
        // The short names are the office's too: no published text gives them.
        assert!(imported.aliases.is_empty() && !shipped.aliases.is_empty(), "{}", shipped.name);
        shipped.aliases.clear();
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

/// Runs the program; gives its exit code and what it said.
fn hedui(arguments: &[&str]) -> (i32, String) {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_hedui")).args(arguments).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap(), String::from_utf8(said).unwrap())
}

#[test]
fn importing_correcting_in_the_workbook_and_importing_again_keeps_the_corrections() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("import-again");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let [workbook, toml] = ["方案.xlsx", "方案.toml"].map(|name| folder.join(name).to_str().unwrap().to_owned());
    let document = fixture("documents/dongtou.txt").to_str().unwrap().to_owned();
    let (code, said) = hedui(&["import", &document, "-o", &workbook]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("69 项任务") && said.contains("区发改局区住建局"), "{said}");
    // What a clerk corrects in the workbook.
    let mut plan = Plan::load(Path::new(&workbook)).unwrap();
    plan.tasks[62].leads = vec!["区发改局".into()];
    plan.tasks[31].indicators[3].value = 300.0;
    plan.tasks[31].indicators[3].confirmed = true;
    fs::write(&workbook, hedui::outputs::plan_workbook::bytes(&plan).unwrap()).unwrap();
    let (code, said) = hedui(&["import", &document, "-o", &workbook]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("改正全部保留") && said.contains("任务 63"), "{said}");
    assert!(Plan::load(Path::new(&workbook)).unwrap() == plan);
    // A plan workbook is turned into another form without loss.
    assert_eq!(hedui(&["import", &workbook, "-o", &toml]).0, 0);
    assert!(Plan::load(Path::new(&toml)).unwrap() == plan);
    // The corrections stay in that form, too.
    assert_eq!(hedui(&["import", &document, "-o", &toml]).0, 0);
    assert!(Plan::load(Path::new(&toml)).unwrap() == plan);
}

#[test]
fn nothing_is_overwritten_that_is_no_plan() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("import-refusals");
    fs::create_dir_all(&folder).unwrap();
    let document = folder.join("公布.toml");
    fs::copy(fixture("documents/dongtou.txt"), &document).unwrap();
    let other = folder.join("别的.json");
    fs::write(&other, "{}").unwrap();
    let broken = folder.join("坏.toml");
    fs::write(&broken, "schema = \"hedui/plan/1\"\ntitle = \n").unwrap();
    let document = document.to_str().unwrap();
    for (output, told) in [
        (document, "公布的文件本身"),
        (folder.to_str().unwrap(), ".toml"),
        (other.to_str().unwrap(), "不是方案文件"),
        (broken.to_str().unwrap(), "第 2 行"),
        ("方案.doc", ".xlsx"),
    ] {
        let before = fs::read(output).ok();
        let (code, said) = hedui(&["import", document, "-o", output]);
        assert_eq!(code, 2, "{said}");
        assert!(said.contains(told), "{told}: {said}");
        assert_eq!(fs::read(output).ok(), before);
    }
    let (code, said) = hedui(&["import", "没有.txt", "-o", "方案.toml"]);
    assert!(code == 2 && said.contains("没有.txt") && !Path::new("方案.toml").exists(), "{said}");
}

#[test]
fn lint_finds_the_conflicts_of_the_list_and_of_the_body_against_it() {
    let document = fixture("documents/dongtou.txt").to_str().unwrap().to_owned();
    let (code, said) = hedui(&["lint", "--document", &document]);
    assert_eq!(code, 0, "{said}");
    for told in [
        "引育农创客100名以上",
        "引育农创客300名以上",
        "村级集体资产达10亿元以上",
        "村级集体资产超9.9亿元以上",
        "任务 63",
        "任务 3、21 都叫",
    ] {
        assert!(said.contains(told), "{told}: {said}");
    }
}

#[test]
fn lint_says_nothing_of_what_a_person_has_filled_in() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("lint-settled");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let [document, plan] = ["公布.txt", "方案.toml"].map(|name| folder.join(name).to_str().unwrap().to_owned());
    let text = "某县2025年任务分工\n一、任务\n1.修路。新建公路20公里。\n责任单位：县交通局、县财政局\n完成时限：雨季之后\n2.建园。新建公园2个。\n责任单位：县住建局\n完成时限：2025年底\n";
    fs::write(&document, text).unwrap();
    assert_eq!(hedui(&["import", &document, "-o", &plan]).0, 0);
    let (_, said) = hedui(&["lint", &plan, "--document", &document]);
    for told in ["名册留空", "没有说明由谁牵头", "雨季之后"] {
        assert!(said.contains(told), "{told}: {said}");
    }
    let mut corrected = Plan::load(Path::new(&plan)).unwrap();
    corrected.townships = vec![hedui::list::Township { name: "石桥镇".into(), aliases: Vec::new() }];
    for task in &mut corrected.tasks {
        task.leads = std::mem::take(&mut task.supports);
        task.deadline = Some("2025-12".into());
    }
    fs::write(&plan, corrected.to_toml()).unwrap();
    let (_, said) = hedui(&["lint", &plan, "--document", &document]);
    for told in ["名册留空", "没有说明由谁牵头", "雨季之后"] {
        assert!(!said.contains(told), "{told}: {said}");
    }
}

#[test]
fn lint_compares_the_plan_with_its_document_and_knows_another_list() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("lint-document");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let [document, other, plan] =
        ["公布.txt", "别的.txt", "方案.toml"].map(|name| folder.join(name).to_str().unwrap().to_owned());
    let header = "序号|任务名称|主要内容|牵头单位|配合单位|完成时限";
    let text = format!(
        "某县2025年任务分解表\n{header}\n\
         1|修路|新建农村公路20公里，改造危桥6座。|县交通局|各乡镇|2025年12月\n\n\
         2|植树|植树5.1万亩，抚育森林2万亩。|县林业局|县财政局等部门|2025年12月\n\n\
         3|建园|新建公园2个。|县住建局|各乡镇|2025年9月\n"
    );
    fs::write(&document, text).unwrap();
    let rows = ["教师招聘|招聘教师200名", "冷链建设|新建冷库3座", "窗口服务|办理时限压缩至3个工作日"];
    let rows = rows.iter().enumerate().map(|(index, row)| format!("{}|{row}。|县甲局|县乙局|2025年\n\n", index + 1));
    fs::write(&other, format!("乙县2025年任务分解表\n{header}\n{}", rows.collect::<String>())).unwrap();
    let (_, said) = hedui(&["import", &document, "-o", &plan]);
    for told in ["序号 1 至 3", "读出 5 个指标", "没有写到乡镇街道的是任务 2"] {
        assert!(said.contains(told), "{told}: {said}");
    }
    let (_, said) = hedui(&["lint", &plan, "--document", &document]);
    for told in ["乡镇街道”表是空的", "比对了 3 项任务、5 个指标", "有意改正的除外：无", "等部门"]
    {
        assert!(said.contains(told), "{told}: {said}");
    }
    let (_, said) = hedui(&["lint", &plan, "--document", &other]);
    assert!(said.contains("另一份清单") && said.contains("乙县2025年任务分解表"), "{said}");
    let mut changed = Plan::load(Path::new(&plan)).unwrap();
    changed.tasks[0].indicators.remove(1);
    changed.tasks[1].content = changed.tasks[1].content.replace("5.1", "5.7");
    changed.tasks[1].leads = vec!["县园林局".into()];
    changed.tasks[1].deadline = None;
    changed.tasks.remove(2);
    fs::write(&plan, changed.to_toml()).unwrap();
    let differences = [
        "任务 1 的指标：文件中是“改造危桥至少6座（2025）”，方案中是（无）",
        "任务 2 的内容：文件中是“植树5.1万亩，抚育森林2万亩。”，方案中是“植树5.7万亩，抚育森林2万亩。”",
        "任务 2 的责任单位：文件中是“*县林业局、县财政局”，方案中是“*县园林局、县财政局”",
        "任务 2 的完成时限：文件中是“2025-12”，方案中是（无）",
        "方案中没有文件的任务 3“建园”",
    ];
    let (_, said) = hedui(&["lint", &plan, "--document", &document]);
    for told in differences.iter().chain(&["（5 处）", "等部门"]) {
        assert!(said.contains(told), "{told}: {said}");
    }
    // What a person confirmed is not remarked on any more, and that is said.
    changed.tasks[1].confirmed = true;
    fs::write(&plan, changed.to_toml()).unwrap();
    let (_, said) = hedui(&["lint", &plan, "--document", &document]);
    for told in [differences[0], differences[4], "另有 1 处提示", "另有 3 处不同"] {
        assert!(said.contains(told), "{told}: {said}");
    }
    assert!(!said.contains("等部门") && !said.contains("县园林局"), "{said}");
}

#[test]
fn a_plan_workbook_takes_what_people_write() {
    let written = |deadline: &str, townships: &[&str]| {
        let mut plan = Plan::built_in();
        plan.tasks[4].deadline = Some(deadline.to_owned());
        plan.tasks[4].townships = Some(townships.iter().map(|name| (*name).to_owned()).collect());
        plan.townships[0].name = " 北岙街道　".to_owned();
        plan.tasks[0].indicators[0].when = "2025年".to_owned();
        hedui::outputs::plan_workbook::bytes(&plan).unwrap()
    };
    for (deadline, expected) in [
        ("2025年12月", Some("2025-12")),
        ("2025/12/31", Some("2025-12-31")),
        ("2025-12-01 0:00:00", Some("2025-12-01")),
        ("2026年底前", Some("2026-12")),
        ("长期坚持", None),
        ("无", None),
    ] {
        let plan = Plan::from_bytes(&written(deadline, &[])).unwrap();
        assert_eq!(plan.tasks[4].deadline.as_deref(), expected, "{deadline}");
        assert_eq!(plan.tasks[4].townships, Some(Vec::new()));
        assert!(!plan.must_report("北岙街道", &plan.tasks[4]) && plan.must_report("北岙街道", &plan.tasks[5]));
        assert_eq!((plan.townships[0].name.as_str(), plan.faults()), ("北岙街道", Vec::new()));
        assert_eq!(plan.tasks[0].indicators[0].when, "2025");
    }
    for words in ["不需报", "都不用报送", "不报"] {
        assert_eq!(Plan::from_bytes(&written("2025", &[words])).unwrap().tasks[4].townships, Some(Vec::new()));
    }
    let told = format!("{:#}", Plan::from_bytes(&written("雨季之后", &[])).unwrap_err());
    assert!(told.contains("工作表“任务”的 I") && told.contains("雨季之后") && told.contains("空着"), "{told}");
}

#[test]
fn a_document_where_a_plan_is_wanted_is_refused_with_the_way_out() {
    let document = fixture("documents/second-county.docx").to_str().unwrap().to_owned();
    for arguments in [vec!["lint", &document], vec!["template", "--period", "2025", "-o", "x", "--plan", &document]] {
        let (code, said) = hedui(&arguments);
        assert!(code == 2 && said.contains("hedui import") && !said.contains("报送。"), "{said}");
    }
}
