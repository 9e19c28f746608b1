//! 指标汇总: each indicator by township, summed where that makes sense, against the district's target and the time gone.

use std::collections::BTreeSet;

use rust_xlsxwriter::XlsxError;

use super::matrix::MOST_TOWNSHIPS;
use super::words;
use crate::consolidation::{Consolidation, IndicatorSummary, PACE_LAG, RecordIndex};
use crate::findings::Severity;
use crate::list::{Direction, Field, Indicator, Task};
use crate::location::{CellRef, column_letters};
use crate::outputs::grid::{Cell, Grid, Setup, column};
use crate::outputs::style::{Kind, Paper, Tone};

/// Name of the sheet.
pub(super) const NAME: &str = "指标汇总";
/// Columns left of the townships: number, task, indicator, unit, district's target.
const LEFT: u32 = 7;
/// Townships that an A3 page holds beside the other columns.
const PAGE_TOWNSHIPS: usize = 14;

/// The sheet, a row for each indicator.
pub(super) fn grid(consolidation: &Consolidation) -> Result<Grid, XlsxError> {
    let townships = consolidation.townships.len().min(MOST_TOWNSHIPS);
    let mut columns = vec![
        column("序号", 5.0),
        column("任务名称", 17.0),
        column("指标", 18.0),
        column("计量单位", 8.0),
        column("全区目标", 9.0),
        column("要求", 8.0),
        column("时限", 9.5),
    ];
    let names = consolidation.townships.iter().take(townships).map(|township| township.name.clone());
    columns.extend(names.map(|name| column(name, 10.0)));
    for (title, width) in
        [("全区合计", 10.0), ("距目标还差", 10.0), ("完成率", 9.5), ("时间进度", 8.5), ("进度判断", 11.0)]
    {
        columns.push(column(title, width));
    }
    let mut grid = Grid::new(Setup {
        name: NAME,
        title: format!("{}量化指标汇总", consolidation.period.chinese()),
        lines: vec![
            "各单位数为累计完成数，已换算成本行的计量单位；只取已对应的记录。能相加的指标求全区合计，比率等不能相加的不合计，只看达标单位数。"
                .to_owned(),
            format!(
                "进度判断：完成率低于时间进度{}个百分点以上为“偏慢”；时间进度，“每年”指标按当年已过时间计，其余按{}年至时限已过时间计。",
                PACE_LAG * 100.0,
                consolidation.plan.years[0]
            ),
            "黄底的数有数值异常或超出范围的问题（见“问题清单”），核实之前不作进度判断，写“含存疑数”。"
                .to_owned(),
        ],
        columns,
        paper: Paper::A3Landscape,
        wide: u16::try_from(townships.div_ceil(PAGE_TOWNSHIPS)).unwrap_or(u16::MAX),
        high: 0,
        frozen: 3,
        filter: true,
        repeat: true,
    })?;
    let doubtful = doubtful(consolidation);
    for summary in &consolidation.indicators {
        let Some(task) = consolidation.plan.task(summary.task) else { continue };
        let Some(indicator) = consolidation.indicator(summary) else { continue };
        let mut cells = row(consolidation, summary, task, indicator, townships, grid.next_row() + 1);
        doubt(summary, &doubtful, townships, &mut cells);
        grid.row(&cells)?;
    }
    Ok(grid)
}

/// Kinds of findings after which a value may be something else than it says.
const DOUBTS: [&str; 2] = ["outlier", "out-of-range"];

/// The records whose cumulative value is doubted by a finding that nobody has explained.
fn doubtful(consolidation: &Consolidation) -> BTreeSet<RecordIndex> {
    let doubts = consolidation.findings.iter().filter(|finding| {
        DOUBTS.contains(&finding.kind.code) && finding.severity != Severity::Info && finding.explained.is_none()
    });
    let doubted: BTreeSet<(&str, &str, CellRef)> = doubts
        .filter_map(|finding| {
            let place = finding.place.as_ref()?;
            Some((place.file.as_str(), place.sheet.as_deref()?, place.cell?))
        })
        .collect();
    let records = consolidation.records().filter(|(_, filed, record, _)| {
        let submission = &filed.submission;
        let cell = record.entry(Field::Done).map(|entry| entry.at);
        cell.is_some_and(|at| doubted.contains(&(submission.file.as_str(), submission.sheet_name(record.sheet), at)))
    });
    records.map(|(index, ..)| index).collect()
}

/// Marks doubted values, and keeps a judgement from resting on them.
fn doubt(summary: &IndicatorSummary, doubtful: &BTreeSet<RecordIndex>, townships: usize, cells: &mut [Cell<'_>]) {
    let values = summary.values.iter().take(townships).enumerate();
    let doubted = values.filter(|(_, value)| value.is_some_and(|(_, index)| doubtful.contains(&index)));
    let mut any = false;
    for (place, _) in doubted {
        let cell = &mut cells[LEFT as usize + place];
        cell.look = cell.look.tone(Tone::Yellow);
        any = true;
    }
    if any && let Some(judgement) = cells.last_mut() {
        *judgement = Cell::centred("含存疑数").tone(Tone::Yellow);
    }
}

/// One indicator. `row` is its one-based sheet row.
fn row<'a>(
    consolidation: &Consolidation,
    summary: &IndicatorSummary,
    task: &'a Task,
    indicator: &'a Indicator,
    townships: usize,
    row: u32,
) -> Vec<Cell<'a>> {
    let mut cells = vec![
        Cell::centred(task.number.to_string()),
        Cell::text(task.name.as_str()),
        Cell::text(words::indicator_name(task, indicator)),
        Cell::centred(indicator.unit.as_str()),
        Cell::number(indicator.value).tone(Tone::Official),
        Cell::centred(words::side(indicator.direction)),
        Cell::centred(words::when(indicator)),
    ];
    for place in 0..townships {
        cells.push(summary.values[place].map_or_else(Cell::blank, |(value, _)| Cell::number(value)));
    }
    let right = LEFT + u32::try_from(townships).unwrap_or(u32::MAX);
    let values = format!("{}{row}:{}{row}", column_letters(LEFT), column_letters(right.saturating_sub(1)));
    let (target, sum) = (format!("E{row}"), format!("{}{row}", column_letters(right)));
    match summary.sum {
        Some(total) => cells.extend(added_up(consolidation, summary, indicator, &values, &target, &sum, total)),
        None => cells.extend(not_added_up(summary, indicator, townships)),
    }
    cells
}

/// Sum, gap, rate and pace of an indicator that adds up.
fn added_up<'a>(
    consolidation: &Consolidation,
    summary: &IndicatorSummary,
    indicator: &Indicator,
    values: &str,
    target: &str,
    sum: &str,
    total: f64,
) -> [Cell<'a>; 5] {
    let share = consolidation.share_done(summary);
    let gone = consolidation.time_gone(indicator);
    let (gap, gap_formula) = match indicator.direction {
        Direction::AtLeast => ((indicator.value - total).max(0.0), format!("=MAX(0,{target}-{sum})")),
        Direction::AtMost => ((total - indicator.value).max(0.0), format!("=MAX(0,{sum}-{target})")),
        Direction::Equal => (indicator.value - total, format!("={target}-{sum}")),
    };
    let (judgement, tone) = match share {
        _ if words::reached(indicator, total) => ("已达目标", Tone::Green),
        Some(share) if indicator.direction == Direction::AtLeast && share + PACE_LAG < gone => ("偏慢", Tone::Yellow),
        _ => ("正常", Tone::Green),
    };
    [
        Cell::formula(format!("=SUM({values})"), total).look(crate::outputs::style::Look::bold),
        Cell::formula(gap_formula, gap),
        match share {
            Some(share) => Cell::formula(format!("={sum}/{target}"), share).look(|look| look.kind(Kind::Percent)),
            None => Cell::blank(),
        },
        Cell::percent(gone),
        Cell::centred(judgement).tone(tone),
    ]
}

/// What stands in the place of a sum: nothing, and how many townships have reached the target.
fn not_added_up<'a>(summary: &IndicatorSummary, indicator: &Indicator, townships: usize) -> [Cell<'a>; 5] {
    let reported: Vec<f64> = summary.values[..townships].iter().flatten().map(|(value, _)| *value).collect();
    let reached = reported.iter().filter(|value| words::reached(indicator, **value)).count();
    let (judgement, tone) = match (reported.len(), reached) {
        (0, _) => ("无数据".to_owned(), Tone::Muted),
        (all, reached) if all == reached => (format!("{reached}个单位均达标"), Tone::Green),
        (all, reached) => (format!("{all}个中{reached}个达标"), Tone::Yellow),
    };
    let absent = if indicator.adds_up { "无数据" } else { "不合计" };
    let none = || Cell::centred("—").tone(Tone::Muted);
    [Cell::centred(absent).tone(Tone::Muted), none(), none(), none(), Cell::centred(judgement).tone(tone)]
}
