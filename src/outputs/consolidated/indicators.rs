//! 指标汇总: each indicator by township, summed where that makes sense, against the district's target and the time gone.
//! Townships beyond the columns of a sheet stand on numbered further ones; what is summed stands on the last.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rust_xlsxwriter::XlsxError;

use super::links::Links;
use super::matrix::{MOST_TOWNSHIPS, listed, shares};
use super::words;
use crate::consolidation::{Consolidation, IndicatorSummary, PACE_LAG, RecordIndex};
use crate::findings::Severity;
use crate::list::{Direction, Field, Indicator, Task};
use crate::location::{CellRef, column_letters};
use crate::outputs::grid::{Cell, Grid, Setup, column};
use crate::outputs::style::{Kind, Paper, Tone};
use crate::records::Record;

/// Name of the sheet.
pub(super) const NAME: &str = "指标汇总";
/// Columns left of the townships: number, task, indicator, unit, district's target.
const LEFT: u32 = 7;
/// Townships that an A3 page holds beside the other columns.
const PAGE_TOWNSHIPS: usize = 14;

/// The sheets, each with a row for each indicator: one, unless there are more townships than a sheet has columns.
pub(super) fn grids(consolidation: &Consolidation, links: &Links<'_>) -> Result<Vec<Grid>, XlsxError> {
    grids_of(consolidation, links, MOST_TOWNSHIPS)
}

/// The sheets, so many townships on each.
fn grids_of(consolidation: &Consolidation, links: &Links<'_>, most: usize) -> Result<Vec<Grid>, XlsxError> {
    let shares = shares(consolidation.townships.len(), most);
    let doubtful = doubtful(consolidation);
    (0..shares.len()).map(|place| grid(consolidation, links, &doubtful, &shares[..=place], shares.len())).collect()
}

/// One sheet: that of the last of these shares of the townships; so many sheets there are.
fn grid(
    consolidation: &Consolidation,
    links: &Links<'_>,
    doubtful: &BTreeSet<RecordIndex>,
    shares: &[Range<usize>],
    sheets: usize,
) -> Result<Grid, XlsxError> {
    let before = shares.len() - 1;
    let places = shares[before].clone();
    let sums = shares.len() == sheets;
    let setup = setup(consolidation, &places, sums, sheets > 1);
    let mut grid = Grid::long_after(before, setup, links.folder())?;
    for summary in &consolidation.indicators {
        let Some(task) = consolidation.plan.task(summary.task) else { continue };
        let Some(indicator) = consolidation.indicator(summary) else { continue };
        let number = grid.next_row() + 1;
        let mut cells = official(consolidation, task, indicator);
        cells.extend(places.clone().map(|place| {
            let value = summary.values.of(place);
            value.map_or_else(Cell::blank, |(value, _)| Cell::number(value))
        }));
        if sums {
            cells.extend(summed(consolidation, summary, indicator, &values(shares, number), number, places.len()));
        }
        doubt(summary, doubtful, &places, sums, &mut cells);
        grid.row(&cells)?;
    }
    Ok(grid)
}

fn setup(consolidation: &Consolidation, places: &Range<usize>, sums: bool, several: bool) -> Setup {
    let of_the_plan = |words: &str| consolidation.plan.in_its_word(words);
    let mut columns = vec![
        column("序号", 5.0),
        column("任务名称", 17.0),
        column("指标", 18.0),
        column("计量单位", 8.0),
        column(of_the_plan("全区目标"), 9.0),
        column("要求", 8.0),
        column("时限", 9.5),
    ];
    let names = consolidation.townships[places.clone()].iter().map(|township| township.name.clone());
    columns.extend(names.map(|name| column(name, 10.0)));
    let ends = [("全区合计", 10.0), ("距目标还差", 10.0), ("完成率", 9.5), ("时间进度", 8.5), ("进度判断", 11.0)];
    if sums {
        columns.extend(ends.map(|(title, width)| column(of_the_plan(title), width)));
    }
    let mut lines = vec![
        of_the_plan(
            "各单位数为累计完成数，已换算成本行的计量单位；只取已对应的记录。能相加的指标求全区合计，比率等不能相加的不合计，只看达标单位数。",
        ),
        format!(
            "进度判断：完成率低于时间进度{}个百分点以上为“偏慢”；时间进度，“每年”指标按当年已过时间计，其余按{}年至时限已过时间计。",
            PACE_LAG * 100.0,
            consolidation.plan.years[0]
        ),
        "黄底的数有数值异常或超出范围的问题（见“问题清单”），核实之前不作进度判断，写“含存疑数”。".to_owned(),
    ];
    if several {
        lines.push(format!(
            "{}{}合计在最后一张表。",
            listed(places, consolidation.townships.len()),
            consolidation.plan.whole()
        ));
    }
    Setup {
        name: NAME,
        title: format!("{}量化指标汇总", consolidation.period.chinese()),
        lines,
        columns,
        paper: Paper::A3Landscape,
        wide: u16::try_from(places.len().div_ceil(PAGE_TOWNSHIPS)).unwrap_or(u16::MAX),
        high: 0,
        frozen: 3,
        filter: true,
        repeat: true,
    }
}

/// Kinds of findings after which a value may be something else than it says.
const DOUBTS: [&str; 2] = ["outlier", "out-of-range"];

/// The records whose cumulative value is doubted by a finding that nobody has explained.
fn doubtful(consolidation: &Consolidation) -> BTreeSet<RecordIndex> {
    let doubts = consolidation.findings.iter().filter(|finding| {
        DOUBTS.contains(&finding.kind.code) && finding.severity != Severity::Info && finding.explained.is_none()
    });
    let mut doubted: BTreeMap<&str, BTreeSet<(&str, CellRef)>> = BTreeMap::new();
    for place in doubts.filter_map(|finding| finding.place.as_ref()) {
        if let (Some(sheet), Some(cell)) = (place.sheet.as_deref(), place.cell) {
            doubted.entry(&place.file).or_default().insert((sheet, cell));
        }
    }
    let mut records = BTreeSet::new();
    for (file, cells) in doubted {
        for place in consolidation.filed_as(file) {
            let filed = consolidation.submissions.get(place);
            let is_doubted = |record: &Record| {
                let cell = record.entry(Field::Done).map(|entry| entry.at);
                cell.is_some_and(|at| cells.contains(&(filed.submission.sheet_name(record.sheet), at)))
            };
            let rows = filed.submission.records.iter().enumerate().filter(|(_, record)| is_doubted(record));
            records.extend(rows.map(|(record, _)| (place, record)));
        }
    }
    records
}

/// Marks doubted values, and keeps a judgement, where the sheet has one, from resting on them.
fn doubt(
    summary: &IndicatorSummary,
    doubtful: &BTreeSet<RecordIndex>,
    places: &Range<usize>,
    judges: bool,
    cells: &mut [Cell<'_>],
) {
    let is_doubted = |value: Option<(f64, RecordIndex)>| value.is_some_and(|(_, index)| doubtful.contains(&index));
    for (cell, place) in cells[LEFT as usize..].iter_mut().zip(places.clone()) {
        if is_doubted(summary.values.of(place)) {
            cell.look = cell.look.tone(Tone::Yellow);
        }
    }
    let any = summary.values.iter().any(is_doubted);
    if any
        && judges
        && let Some(judgement) = cells.last_mut()
    {
        *judgement = Cell::centred("含存疑数").tone(Tone::Yellow);
    }
}

/// What the list says of an indicator.
fn official<'a>(consolidation: &Consolidation, task: &'a Task, indicator: &'a Indicator) -> Vec<Cell<'a>> {
    vec![
        Cell::centred(task.number.to_string()),
        Cell::text(task.name.as_str()),
        Cell::text(words::indicator_name(task, indicator)),
        Cell::centred(indicator.unit.as_str()),
        Cell::number(indicator.value).tone(Tone::Official),
        Cell::centred(words::side(indicator.direction)),
        Cell::centred(words::due(consolidation, task, indicator)),
    ]
}

/// The cells of all townships in a one-based row, those on earlier sheets included, as a formula names them.
fn values(shares: &[Range<usize>], row: u32) -> String {
    let on_sheets = shares.iter().enumerate().map(|(place, share)| {
        let right = LEFT + u32::try_from(share.len()).unwrap_or(u32::MAX);
        let cells = format!("{}{row}:{}{row}", column_letters(LEFT), column_letters(right.saturating_sub(1)));
        match place {
            _ if place + 1 == shares.len() => cells,
            0 => format!("'{NAME}'!{cells}"),
            further => format!("'{NAME}{}'!{cells}", further + 1),
        }
    });
    on_sheets.collect::<Vec<_>>().join(",")
}

/// What stands right of the townships, of which the sheet lists so many.
fn summed<'a>(
    consolidation: &Consolidation,
    summary: &IndicatorSummary,
    indicator: &'a Indicator,
    values: &str,
    row: u32,
    listed: usize,
) -> [Cell<'a>; 5] {
    let right = LEFT + u32::try_from(listed).unwrap_or(u32::MAX);
    let (target, sum) = (format!("E{row}"), format!("{}{row}", column_letters(right)));
    match summary.sum {
        Some(total) => added_up(consolidation, summary, indicator, values, &target, &sum, total),
        None => not_added_up(summary, indicator),
    }
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
    let gone = consolidation.plan.task(summary.task).map_or(0.0, |task| consolidation.time_gone(task, indicator));
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
fn not_added_up<'a>(summary: &IndicatorSummary, indicator: &Indicator) -> [Cell<'a>; 5] {
    let reported: Vec<f64> = summary.values.iter().flatten().map(|(value, _)| value).collect();
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::list::Plan;
    use crate::outputs::consolidated::links::Ways;

    #[test]
    fn sums_go_over_the_townships_of_all_sheets() {
        assert_eq!(values(&shares(6, 6), 5), "H5:M5");
        assert_eq!(values(&shares(7, 3), 5), "'指标汇总'!H5:J5,'指标汇总2'!H5:J5,H5:H5");
        let period = "2024Q1".parse().unwrap();
        let run = crate::consolidation::consolidate(Plan::built_in(), "", period, "", vec![], vec![]);
        let ways = Ways::new(&run, std::path::Path::new("汇总.xlsx"));
        let links = Links::new(&run, &ways);
        let names = |most| grids_of(&run, &links, most).unwrap().iter().map(Grid::sheet_name).collect::<Vec<_>>();
        assert_eq!(names(MOST_TOWNSHIPS), ["指标汇总"]);
        assert_eq!(names(4), ["指标汇总", "指标汇总2"]);
    }
}
