//! Whatever stands in a workbook: is every cell accounted for exactly once?
#![expect(clippy::unwrap_used, reason = "helpers of a test: a record that points nowhere must fail it")]

use std::collections::BTreeSet;
use std::fmt;
use std::sync::LazyLock;

use hedui::list::{Key, Plan};
use hedui::location::{CellRef, Region};
use hedui::records::{KeptRole, Reader};
use hedui::workbooks::{Arrival, Cell, Sheet, Value, Workbook};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// Texts that steer the layout: titles, labels, sections, totals, names, figures, narratives, oddities.
const TEXTS: [&str; 64] = [
    "序号",
    "任务名称",
    "主要内容",
    "责任单位",
    "指标",
    "目标值",
    "计量单位",
    "本期完成",
    "累计完成(万元)",
    "完成率",
    "进展状态",
    "进展情况",
    "存在问题",
    "下一步计划",
    "完成时限",
    "联系人",
    "备注",
    "完成情况",
    "本期",
    "累计",
    "任务",
    "类别",
    "乡镇",
    "村(社区)",
    "一、发展目标",
    "(一)实施乡村产业发展提升行动",
    "【宜居类】",
    "合计",
    "小计",
    "注:以统计局反馈为准。",
    "填报单位:北岙街道",
    "填报单位:",
    "东屏街道",
    "2024年一季度",
    "截至3月底",
    "单位:万元",
    "填表人:林阿海 审核人:苏明",
    "(盖章)",
    "2024年4月8日",
    "1",
    "2",
    "3.5亿元",
    "98%",
    "推进中",
    "已完成",
    "滞后",
    "重大项目建设",
    "村级集体经济",
    "东沙村",
    "其中:海霞村",
    "同上",
    "示例",
    "17个项目春节后已全部复工,一季度完成投资2.86亿元。",
    "区农业农村局、区住建局",
    "任务名称:景区村创建",
    "进展情况:布袋岙拟报金3A。",
    "  ",
    "\u{feff}",
    "#REF!",
    "甲",
    "乙",
    "鹿西乡人民政府",
    "要紧事儿",
    "hedui1|0badcafe|2024Q1|北岙街道|1|ffff",
];

#[derive(Clone)]
struct Drawn {
    cells: Vec<(u32, u32, usize, bool)>,
    merged: Vec<(u32, u32, u32, u32)>,
    hidden: bool,
}

impl fmt::Debug for Drawn {
    /// The sheet as a person would write it down, so that a failing case can be made again by hand.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sheet = sheet(0, self);
        let cells = sheet.cells().iter().map(|cell| format!("{}={}", cell.at, cell.text));
        let merged = sheet.merged.iter().map(Region::a1);
        write!(formatter, "{} merged {}", cells.collect::<Vec<_>>().join(" "), merged.collect::<Vec<_>>().join(" "))
    }
}

fn drawn() -> impl Strategy<Value = Drawn> {
    let cell = (0u32..14, 0u32..9, 0usize..TEXTS.len(), prop::bool::weighted(0.1));
    let merged = (0u32..14, 0u32..9, 0u32..4, 0u32..4);
    (prop::collection::vec(cell, 0..90), prop::collection::vec(merged, 0..6), prop::bool::weighted(0.25))
        .prop_map(|(cells, merged, hidden)| Drawn { cells, merged, hidden })
}

/// The sheet as drawn; under a header row half of the time, so that tables come about.
fn sheet(index: usize, drawn: &Drawn) -> Sheet {
    let mut cells: Vec<Cell> = Vec::new();
    for (row, column, text, struck) in &drawn.cells {
        let at = CellRef::new(*row, *column);
        let mut cell = match TEXTS[*text] {
            "#REF!" => Cell::new(at, Value::Error("#REF!".into()), "#REF!"),
            "甲" => Cell::new(at, Value::NotCalculated, ""),
            text => Cell::text(at, text),
        };
        cell.struck = *struck;
        cells.push(cell);
    }
    if drawn.cells.len().is_multiple_of(2) {
        let titles = ["序号", "任务名称", "目标值", "累计完成", "进展状态", "进展情况"];
        let row = u32::try_from(drawn.cells.len() % 5).unwrap();
        cells.extend((0u32..).zip(titles).map(|(column, title)| Cell::text(CellRef::new(row, column), title)));
    }
    let mut sheet = Sheet::new(format!("第{}页", index + 1), cells);
    sheet.hidden = drawn.hidden;
    sheet.merged = drawn
        .merged
        .iter()
        .map(|(row, column, down, right)| {
            Region::new(CellRef::new(*row, *column), CellRef::new(row + down, column + right))
        })
        .filter(|region| region.first != region.last)
        .collect();
    sheet
}

fn arrival(workbook: Workbook) -> Arrival {
    Arrival {
        file: "元觉街道.xlsx".into(),
        path: None,
        outer_folder: None,
        size: 1,
        sha256: String::new(),
        content: Ok(workbook),
    }
}

/// Cells that a person sees something in.
fn non_blank(workbook: &Workbook) -> BTreeSet<(usize, CellRef)> {
    let sheets = workbook.sheets.iter().enumerate();
    sheets
        .flat_map(|(index, sheet)| {
            let seen = sheet.cells().iter().filter(|cell| {
                !matches!(cell.value, Value::Text(_))
                    || cell.text.chars().any(|c| !c.is_whitespace() && c != '\u{feff}')
            });
            seen.map(move |cell| (index, cell.at))
        })
        .collect()
}

/// Set at build time to search beyond the fixed cases: `LAYOUTS_AT_RANDOM=1 cargo test --test layouts_ledger`.
const SEED: Option<&str> = option_env!("LAYOUTS_AT_RANDOM");

/// Reads with the built-in plan.
static READER: LazyLock<Reader> = LazyLock::new(|| Reader::new(&Plan::built_in()));

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 120,
        rng_seed: SEED.map_or(RngSeed::Fixed(2024), |_| RngSeed::Random),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_cell_is_lost_or_counted_twice(drawn in prop::collection::vec(drawn(), 1..4)) {
        let sheets = drawn.iter().enumerate().map(|(index, drawn)| sheet(index, drawn)).collect();
        let workbook = Workbook { sheets, ..Workbook::default() };
        let cells = non_blank(&workbook);
        let submissions = READER.read(&arrival(workbook));
        let mut kept: BTreeSet<(usize, CellRef)> = BTreeSet::new();
        let mut in_records: BTreeSet<(usize, CellRef)> = BTreeSet::new();
        let mut sum = 0;
        for submission in &submissions {
            sum += submission.ledger.cells;
            for cell in submission.kept.iter().filter(|cell| cell.role != KeptRole::Comment) {
                prop_assert!(kept.insert((cell.sheet, cell.at)), "{} is kept twice", cell.at);
            }
            for record in &submission.records {
                for entry in &record.entries {
                    in_records.insert((record.sheet, entry.at));
                    prop_assert!(cells.contains(&(record.sheet, entry.at)), "{} is blank", entry.at);
                }
                for (_, at) in &record.blanks {
                    prop_assert!(!cells.contains(&(record.sheet, *at)), "{at} is not blank");
                }
            }
        }
        let both: Vec<_> = kept.intersection(&in_records).collect();
        prop_assert!(both.is_empty(), "in a record and outside: {both:?}");
        let all: BTreeSet<_> = kept.union(&in_records).copied().collect();
        for submission in &submissions {
            prop_assert!(submission.ledger.balances(), "{:?}", submission.ledger);
        }
        prop_assert_eq!(sum, cells.len());
        prop_assert_eq!(all, cells);
    }

    #[test]
    fn the_order_in_which_a_plan_is_learned_changes_nothing(drawn in drawn()) {
        let workbook = Workbook { sheets: vec![sheet(0, &drawn)], ..Workbook::default() };
        let again = Reader::new(&Plan::built_in()).read(&arrival(workbook.clone()));
        prop_assert_eq!(format!("{:?}", READER.read(&arrival(workbook))), format!("{again:?}"));
    }
}

#[test]
fn a_key_that_was_tampered_with_is_still_no_cell_of_the_form() {
    assert!(TEXTS.iter().filter(|text| Key::looks_like(text)).all(|text| Key::parse(text).is_none()));
}
