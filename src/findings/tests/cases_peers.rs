//! Cases about the other townships, and about decisions.

use super::desk::Desk;
use super::{Case, case};

const TOWNSHIPS: [&str; 6] = ["北岙街道", "东屏街道", "元觉街道", "霓屿街道", "大门镇", "鹿西乡"];
const COPIED: &str = "对辖区经营性自建房逐户过一遍，共排查326户，其中11户下发整改通知书，9户完成加固。";

/// One row for each township, in the order of the roster.
fn each(rows: &[&str]) -> Desk {
    let header = " | 任务名称 | 目标值 | 累计完成 | 进展状态 | 进展情况\n";
    let pairs = TOWNSHIPS.iter().zip(rows);
    pairs.fold(Desk::new(), |desk, (township, row)| desk.files(township, &format!("{header} {row}")))
}

fn narratives(texts: &[&str]) -> Desk {
    let rows: Vec<String> = texts.iter().map(|text| format!("38 | 审查 | | | 推进中 | {text}")).collect();
    each(&rows.iter().map(String::as_str).collect::<Vec<_>>())
}

/// What each township did of a task, with its own target or without.
fn values(task: u32, values: &[&str]) -> Desk {
    let rows: Vec<String> = values.iter().map(|value| format!("{task} | 任务 | {value} | 推进中 | 一。")).collect();
    each(&rows.iter().map(String::as_str).collect::<Vec<_>>())
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = texts();
    cases.extend(outliers());
    cases.extend(shortfalls());
    cases.extend(decisions());
    cases
}

fn texts() -> Vec<Case> {
    let renamed = format!("北岙街道{COPIED}");
    let other = format!("东屏街道{COPIED}");
    let given = "按照全区统一部署，完成系统升级并通过联调测试3次。";
    vec![
        case("copied-text", "word for word", narratives(&[COPIED, COPIED]), &["北岙街道 E4", "东屏街道 E4"]),
        case(
            "copied-text",
            "with the township's name exchanged",
            narratives(&[&renamed, &other]),
            &["北岙街道 E4", "东屏街道 E4"],
        ),
        case(
            "copied-text",
            "nearly",
            narratives(&[COPIED, &COPIED.replace("逐户过一遍", "逐户走了一遍")]),
            &["北岙街道 E4", "东屏街道 E4"],
        ),
        case(
            "copied-text",
            "the same work in own words",
            narratives(&[COPIED, "自建房排查2875栋，C级9栋加固7栋。"]),
            &[],
        ),
        case("copied-text", "short phrases agree by chance", narratives(&["村规划公示中。", "村规划公示中。"]), &[]),
        case(
            "copied-text",
            "fillers",
            narratives(&["按照序时进度正常有序推进中。", "按照序时进度正常有序推进中。"]),
            &[],
        ),
        case("copied-text", "handed out to all", narratives(&[given; 6]), &[]),
    ]
}

fn outliers() -> Vec<Case> {
    let stated = ["12亿元 | 3亿元", "9亿元 | 1.9亿元", "7亿元 | 1.6亿元", "3.2亿元 | 0.74亿元", "15亿元 | 3.6亿元"];
    let with = |index: usize, value: &'static str| {
        let mut all = stated;
        all[index] = value;
        values(1, &all)
    };
    let plain = [" | 120人", " | 80人", " | 95人", " | 60人", " | 110人"];
    let plain_with = |index: usize, value: &'static str| {
        let mut all = plain;
        all[index] = value;
        values(33, &all)
    };
    vec![
        case("outlier", "亿元 for 万元", with(3, " | 7400亿元"), &["霓屿街道 C4"]),
        case("outlier", "ten times too much", with(3, "3.2亿元 | 7.4亿元"), &["霓屿街道 C4"]),
        case("outlier", "a target of ten thousand times", with(3, "32000亿元 | 0.74亿元"), &["霓屿街道 B4"]),
        case("outlier", "far from the others", plain_with(2, " | 9500人"), &["元觉街道 C4"]),
        case("outlier", "a large township among small ones", with(0, "25亿元 | 9亿元"), &[]),
        case("outlier", "twice the others", plain_with(2, " | 230人"), &[]),
        case("outlier", "nothing done yet", plain_with(2, " | 0人"), &[]),
        case("outlier", "more done than asked", with(1, "2亿元 | 2.6亿元"), &[]),
        case("outlier", "a few beside one", values(34, &[" | 1宗", " | 1宗", " | 8宗", " | 2宗", " | 1宗"]), &[]),
        case(
            "outlier",
            "many beside one",
            values(34, &[" | 1宗", " | 1宗", " | 80宗", " | 2宗", " | 1宗"]),
            &["元觉街道 C4"],
        ),
        case("outlier", "as usual", values(1, &stated), &[]),
    ]
}

fn shortfalls() -> Vec<Case> {
    let built = |each: &'static str| {
        let rows = [each; 6].map(|done| format!("23.1 | 文明 | | {done} | 推进中 | 一。"));
        self::each(&rows.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let some = values(23, &[" | 0个", " | 1个"]);
    let yearly = || {
        let rows = ["1 | 项目 | | 9亿元 | 推进中 | 一。"; 6];
        each(&rows)
    };
    vec![
        case("target-shortfall", "due in 2023, two of three", built("0个"), &["– – 23"]),
        case("target-shortfall", "due in 2023, reached", built("1个"), &[]),
        case("target-shortfall", "not everybody has reported", some, &[]),
        case("target-shortfall", "a yearly target in spring", yearly(), &[]),
        case("target-shortfall", "a yearly target at the year's end", yearly().period("2024"), &["– – 1"]),
    ]
}

fn decisions() -> Vec<Case> {
    let gone = || crate::findings::UnappliedDecision {
        township: Some("北岙街道".into()),
        file: Some("北岙街道.xlsx".into()),
        task: Some(60),
        words: "配合做好数字化相关工作".into(),
        why: "这一行已不在提交件中".into(),
    };
    vec![
        case("decision-not-applied", "its row is gone", Desk::new().unapplied(vec![gone()]), &["北岙街道 – 60"]),
        case("decision-not-applied", "all were applied", Desk::new().unapplied(Vec::new()), &[]),
    ]
}
