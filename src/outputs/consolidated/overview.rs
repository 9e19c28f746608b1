//! 总览: the period at a glance, who has filed what, and whether everything that was read is accounted for.

use rust_xlsxwriter::XlsxError;

use crate::consolidation::{Consolidation, TownshipSummary};
use crate::outputs::grid::{Cell, Grid, Setup, column};
use crate::outputs::style::{Paper, Tone};

/// Name of the sheet.
pub(super) const NAME: &str = "总览";

/// The sheet, a row for each township and one for all.
pub(super) fn sheet(consolidation: &Consolidation) -> Result<Grid, XlsxError> {
    let mut grid = Grid::new(Setup {
        name: NAME,
        title: format!("{}任务落实情况总览", consolidation.period.chinese()),
        lines: lines(consolidation),
        columns: vec![
            column("填报单位", 14.0),
            column("是否报送", 10.0),
            column("记录数", 9.0),
            column("已对应", 9.0),
            column("待复核", 9.0),
            column("清单外", 9.0),
            column("漏报任务", 9.0),
            column("必改", 9.0),
            column("核实", 9.0),
            column("提示", 9.0),
        ],
        paper: Paper::A4Landscape,
        wide: 1,
        high: 0,
        frozen: 0,
        filter: false,
    })?;
    for township in &consolidation.townships {
        grid.row(&row(township))?;
    }
    Ok(grid)
}

/// What stands above the table.
fn lines(consolidation: &Consolidation) -> Vec<String> {
    let summary = consolidation.summary;
    let read = consolidation.records().filter(|(index, ..)| consolidation.counts(*index)).count();
    let balanced = consolidation.submissions.iter().all(|filed| filed.submission.ledger.balances());
    let cells: usize = consolidation.submissions.iter().map(|filed| filed.submission.ledger.cells).sum();
    vec![
        format!("方案：{}（{}）", consolidation.plan.title, consolidation.plan_source),
        format!("报送期间：{}（{}）", consolidation.period.chinese(), consolidation.period_source),
        format!("应报{}个单位，已报{}个；清单任务{}项。", summary.townships, summary.received, summary.tasks),
        format!(
            "核对：读取记录{read}条 ＝ 已对应{} ＋ 待复核{} ＋ 清单外{}；非空单元格{cells}个，{}。",
            summary.matched,
            summary.review,
            summary.extra,
            if balanced { "全部有去向" } else { "去向不平，请告知软件维护人员" }
        ),
    ]
}

fn row(township: &TownshipSummary) -> [Cell<'_>; 10] {
    let (filed, tone) = if township.received { ("已报送", Tone::Green) } else { ("未报送", Tone::Red) };
    [
        Cell::text(township.name.as_str()),
        Cell::centred(filed).tone(tone),
        Cell::count(township.rows),
        Cell::count(township.matched),
        Cell::count(township.review),
        Cell::count(township.extra),
        Cell::count(township.missing),
        Cell::count(township.errors),
        Cell::count(township.warnings),
        Cell::count(township.infos),
    ]
}
