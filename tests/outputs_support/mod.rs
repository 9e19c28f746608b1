//! A small run made by hand: two townships of three, with everything that outputs must show.

pub(crate) mod plan;

use hedui::consolidation::{Consolidation, consolidate};
use hedui::findings::{Finding, Kind, Severity};
use hedui::list::Field;
use hedui::location::CellRef;
use hedui::matches::{Candidate, DecidedBy, Match, MatchedSubmission, Outcome};
use hedui::records::values::{Precision, Quantity, Status, Values};
use hedui::records::{
    Attribution, Entry, KeptCell, KeptRole, Ledger, Record, SheetSummary, Submission, SubmissionStatus,
};
use hedui::tables::OutsideRole;
use hedui::workbooks::Value;

pub(crate) use plan::plan;

pub(crate) static MISSING_TASK: Kind = Kind {
    code: "missing-task",
    title: "任务漏报",
    severity: Severity::Error,
    reports: "",
    matters: "",
    remedy: "",
    example: "",
};

pub(crate) static BLANK_FIELD: Kind = Kind {
    code: "blank-field",
    title: "必填未填",
    severity: Severity::Error,
    reports: "",
    matters: "",
    remedy: "",
    example: "",
};

pub(crate) static OUTLIER: Kind = Kind {
    code: "outlier",
    title: "数值异常",
    severity: Severity::Warning,
    reports: "",
    matters: "",
    remedy: "",
    example: "",
};

pub(crate) fn quantity(value: f64, unit: &str) -> Quantity {
    Quantity { value, unit: Some(unit.into()), precision: Precision::Exact, high: None }
}

pub(crate) fn record(row: u32, texts: &[(Option<Field>, &str, &str)], values: Values) -> Record {
    let entries = (0u32..).zip(texts).map(|(column, (field, title, text))| Entry {
        field: *field,
        title: (*title).into(),
        at: CellRef::new(row, column),
        text: (*text).into(),
        value: Value::Text((*text).into()),
        unit: None,
        shared: false,
    });
    Record {
        sheet: 0,
        at: CellRef::new(row, 0),
        side_by_side: false,
        entries: entries.collect(),
        values,
        headings: [].into(),
        group: row as usize,
        key: None,
        counted: true,
        blanks: Vec::new(),
    }
}

pub(crate) fn matched(tasks: &[u32], indicator: Option<usize>, outcome: Outcome, confidence: f64) -> Match {
    let candidates =
        tasks.iter().map(|task| Candidate { tasks: vec![*task], probability: confidence, why: "名称相同".into() });
    Match {
        outcome,
        tasks: tasks.to_vec(),
        indicator,
        confidence,
        by: DecidedBy::Text,
        reasons: vec!["名称与清单一致".into()],
        candidates: candidates.collect(),
    }
}

/// Texts that must not become a formula, a link or a control character.
pub(crate) const HOSTILE: [&str; 4] =
    ["=HYPERLINK(\"http://x\",\"点我\")", "+1+1|cmd", "甲\u{1}乙", "<r><t>假</t></r>"];

fn submission(file: &str, township: Option<&str>, records: Vec<Record>) -> Submission {
    let kept = vec![
        KeptCell {
            sheet: 0,
            at: CellRef::new(0, 0),
            text: "一季度落实情况表".into(),
            role: KeptRole::Surroundings(OutsideRole::Title),
        },
        KeptCell { sheet: 1, at: CellRef::new(4, 2), text: HOSTILE[0].into(), role: KeptRole::HiddenSheet },
        KeptCell { sheet: 0, at: CellRef::new(40, 0), text: HOSTILE[3].into(), role: KeptRole::Unassigned },
    ];
    let cells: usize = records.iter().map(|record| record.entries.len()).sum();
    Submission {
        file: file.into(),
        size: 12_345,
        sha256: "ab".repeat(32),
        status: SubmissionStatus::Read,
        township: Attribution { value: township.map(str::to_owned), evidence: Vec::new() },
        period: Attribution { value: "2024Q1".parse().ok(), evidence: Vec::new() },
        sheets: vec![
            SheetSummary { name: "填报表".into(), counted: true, cells, ..SheetSummary::default() },
            SheetSummary { name: "底稿".into(), hidden: true, ..SheetSummary::default() },
        ],
        ledger: Ledger { cells: cells + 3, records: cells, surroundings: 1, unassigned: 2 },
        records,
        kept,
        ..Submission::default()
    }
}

/// The run: 北岙街道 with everything, 东屏街道 with one row, 鹿西乡 with nothing.
pub(crate) fn run() -> Consolidation {
    let name = Some(Field::Name);
    let values = |done: Option<Quantity>, status| Values { done, status: Some(status), ..Values::default() };
    let long = "推进".repeat(17_000);
    let beiao = submission(
        "北岙街道.xlsx",
        Some("北岙街道"),
        vec![
            record(
                6,
                &[(name, "任务", "重大项目建设"), (Some(Field::Progress), "进展", "开工3个"), (None, "村居", "小朴村")],
                values(Some(quantity(12.0, "个")), Status::UnderWay),
            ),
            record(
                7,
                &[(name, "任务", "重大项目投资"), (Some(Field::Done), "完成", "32000")],
                values(Some(quantity(32_000.0, "万元")), Status::UnderWay),
            ),
            record(
                8,
                &[(name, "任务", "城镇化"), (Some(Field::Progress), "进展", &long)],
                values(Some(quantity(58.5, "%")), Status::Behind),
            ),
            record(9, &[(name, "任务", HOSTILE[1]), (Some(Field::Remark), "备注", HOSTILE[2])], Values::default()),
            record(10, &[(name, "任务", "规划编制工作")], Values::default()),
        ],
    );
    let dongping = submission(
        "东屏街道.xlsx",
        Some("东屏街道"),
        vec![record(3, &[(name, "任务", "重大项目投资")], values(Some(quantity(1.5, "亿元")), Status::Completed))],
    );
    let submissions = vec![
        MatchedSubmission {
            submission: beiao,
            matches: vec![
                matched(&[1], Some(0), Outcome::Matched, 0.98),
                matched(&[1], Some(1), Outcome::Matched, 0.97),
                matched(&[2], None, Outcome::Matched, 0.9),
                matched(&[], None, Outcome::Extra, 0.8),
                matched(&[3], None, Outcome::Review, 0.55),
            ],
        },
        MatchedSubmission { submission: dongping, matches: vec![matched(&[1], Some(1), Outcome::Matched, 0.99)] },
    ];
    let findings = vec![
        Finding::new(&OUTLIER, "数值偏大").township(Some("北岙街道")).tasks(&[1]).at(
            "北岙街道.xlsx",
            Some("填报表"),
            Some(CellRef::new(7, 1)),
        ),
        Finding::new(&MISSING_TASK, "未报第2项").township(Some("东屏街道")).tasks(&[2]),
        Finding::new(&MISSING_TASK, "未报第3项").township(Some("东屏街道")).tasks(&[3]).fix("补报"),
        Finding::new(&BLANK_FIELD, "“进展情况”未填")
            .township(Some("东屏街道"))
            .tasks(&[1])
            .at("东屏街道.xlsx", Some("填报表"), Some(CellRef::new(3, 2)))
            .found("（空）")
            .expected("本期进展")
            .fix("补填"),
    ];
    let period = "2024Q1".parse().unwrap();
    consolidate(plan(), "测试用方案", period, "由参数指定", submissions, findings)
}
