//! What cannot be done is said in one Chinese sentence that names the thing and the way out; nothing is touched.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{contents, folder, reconcile, run, sample};

/// The sample that most cases read.
const SENT: &str = "霓屿_2024年第一季度.csv";

/// A folder with `提交/` and one submission in it, and an earlier workbook that must survive.
fn desk(name: &str) -> PathBuf {
    let desk = folder(name);
    fs::create_dir(desk.join("提交")).unwrap();
    fs::copy(sample(SENT), desk.join("提交").join(SENT)).unwrap();
    fs::write(desk.join("汇总.xlsx"), b"an earlier one").unwrap();
    desk
}

/// Runs in the folder with exit code 2 and gives the sentence; neither a file nor a folder came, went or changed.
#[track_caller]
fn refused<S: AsRef<OsStr>>(desk: &Path, arguments: &[S]) -> String {
    let before = contents(desk);
    let said = run(reconcile().current_dir(desk).arg("--quiet").args(arguments), 2);
    assert!(contents(desk) == before, "something was left or changed in the folder: {said}");
    is_a_chinese_sentence(&said);
    said
}

#[track_caller]
fn is_a_chinese_sentence(said: &str) {
    assert!(said.starts_with("未能完成：") && said.ends_with('\n') && said.lines().count() == 1, "{said}");
    assert!(!said.contains("os error") && !said.contains(": "), "English of the system: {said}");
}

#[test]
fn paths_that_are_not_there_or_hold_nothing() {
    let desk = desk("paths");
    fs::create_dir(desk.join("空文件夹")).unwrap();
    let said = refused(&desk, &["没有此处", "-o", "汇总.xlsx"]);
    assert!(said.contains("找不到“没有此处”，请核对"), "{said}");
    let said = refused(&desk, &["提交", "没有此处", "-o", "汇总.xlsx"]);
    assert!(said.contains("找不到“没有此处”"), "{said}");
    let said = refused(&desk, &["空文件夹", "-o", "汇总.xlsx"]);
    assert!(said.contains("“空文件夹”中没有文件，请检查"), "{said}");
}

#[test]
fn plans_that_do_not_parse() {
    let desk = desk("plans");
    fs::write(desk.join("别的.toml"), "x = 1\n").unwrap();
    fs::write(desk.join("错.toml"), "schema = \"hedui/plan/1\"\ntitle = 5\n").unwrap();
    fs::write(desk.join("坏.xlsx"), b"PK\x03\x04 and then nothing").unwrap();
    for (plan, words) in [
        ("别的.toml", "它不是方案文件"),
        ("错.toml", "第 2 行"),
        ("坏.xlsx", "坏.xlsx"),
        ("没有.toml", "打不开（没有这个文件或文件夹），请核对路径"),
    ] {
        let said = refused(&desk, &["提交", "-o", "汇总.xlsx", "--plan", plan]);
        assert!(said.contains(&format!("“{plan}”")) && said.contains(words), "{said}");
    }
}

#[test]
fn outputs_that_are_inputs_or_no_files() {
    let desk = desk("outputs");
    let sent = format!("提交/{SENT}");
    fs::copy(desk.join("提交").join(SENT), desk.join("方案.toml")).unwrap();
    let cases: [(&[&str], &str); 7] = [
        (&[&sent, "-o", &sent], "正是要读取的文件，请换一个文件名"),
        (&["提交", "-o", &sent], "是报来的文件，请换一个文件名"),
        (&["提交", "-o", "汇总.xlsx", "--json", &sent], "是报来的文件，请换一个文件名"),
        (&["提交", "-o", "方案.toml", "--plan", "方案.toml"], "正是要读取的文件"),
        (&["提交", "-o", "提交"], "“提交”是文件夹，请写出要生成的文件名"),
        (&["提交", "-o", "汇总.xlsx", "--json", "汇总.xlsx"], "写了两次"),
        (&["提交", "-o", "方案.toml/汇总.xlsx"], "不是文件夹，请换一个位置"),
    ];
    for (arguments, words) in cases {
        let said = refused(&desk, arguments);
        assert!(said.contains(words), "{said}");
    }
}

#[test]
fn periods_that_are_none_or_not_stated() {
    let desk = desk("periods");
    let said = refused(&desk, &["提交", "-o", "汇总.xlsx", "--period", "2024Q7"]);
    assert!(said.contains("“2024Q7”不是报送周期，请写成"), "{said}");
    fs::rename(desk.join("提交").join(SENT), desk.join("提交").join("甲.csv")).unwrap();
    let rows = "序号,任务名称,进展状态,进展情况\n1,重大项目建设,推进中,已开工三个\n2,文旅融合,推进中,办了两场活动\n";
    fs::write(desk.join("提交").join("甲.csv"), rows).unwrap();
    let said = refused(&desk, &["提交", "-o", "汇总.xlsx"]);
    assert!(said.contains("没有写明报送周期，请用 --period 指定"), "{said}");
}

/// A shell with a limit of 4 KiB on files, which stands for a disk that fills up while the workbook is written.
#[cfg(unix)]
#[test]
fn a_place_that_takes_no_more_bytes() {
    let desk = desk("limit");
    let before = contents(&desk);
    let mut shell = std::process::Command::new("sh");
    // Ignored, the signal becomes the error that a full disk would give.
    shell.arg("-c").arg("trap '' XFSZ; ulimit -f 8; exec \"$0\" reconcile 提交 -o 汇总.xlsx --json 结果.json --quiet");
    let said = run(shell.arg(env!("CARGO_BIN_EXE_hedui")).current_dir(&desk), 2);
    is_a_chinese_sentence(&said);
    assert!(said.contains("“汇总.xlsx”没有写成，原有文件未改动") && said.contains("请换一个"), "{said}");
    assert!(contents(&desk) == before);
}

/// A real disk of 64 KiB, where this machine lets us mount one that nobody else sees.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk() {
    let desk = desk("full");
    fs::create_dir(desk.join("盘")).unwrap();
    let script = "mount -t tmpfs -o size=64k tmpfs 盘 2>/dev/null || exit 99
        echo earlier > 盘/汇总.xlsx
        \"$0\" reconcile 提交 -o 盘/汇总.xlsx --json 盘/结果.json --quiet; code=$?
        test \"$(cat 盘/汇总.xlsx)\" = earlier && test \"$(ls -A 盘)\" = 汇总.xlsx || exit 98
        exit $code";
    let mut shell = std::process::Command::new("unshare");
    shell.args(["-rm", "sh", "-c", script, env!("CARGO_BIN_EXE_hedui")]).current_dir(&desk);
    let Ok(output) = shell.output() else { return eprintln!("skipped: no unshare here") };
    let said = String::from_utf8(output.stderr).unwrap();
    match output.status.code() {
        Some(2) if said.starts_with("未能完成") => {
            is_a_chinese_sentence(&said);
            assert!(said.contains("“盘/汇总.xlsx”没有写成") && said.contains("磁盘空间不足，请清理后再运行"), "{said}");
        }
        Some(98) => panic!("the earlier workbook was changed, or something was left: {said}"),
        Some(0) => panic!("a workbook was written on a full disk"),
        _ => eprintln!("skipped: no disk of our own can be mounted here: {said}"),
    }
}

/// Of two outputs, none is replaced when one cannot be written.
#[test]
fn outputs_are_replaced_together_or_not_at_all() {
    let desk = desk("together");
    fs::write(desk.join("资料"), b"a file").unwrap();
    let said = refused(&desk, &["提交", "-o", "汇总.xlsx", "--json", "资料/结果.json"]);
    assert!(said.contains("“资料/结果.json”没有写成"), "{said}");
}
