//! 总览: the period at a glance, who has filed what, and whether everything that was read is accounted for.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Chart, ChartType, Color, XlsxError};

use super::links::Links;
use crate::consolidation::{Consolidation, LIGHT_RULE, Light, Punctuality, TownshipSummary};
use crate::findings::Severity;
use crate::location::column_letters;
use crate::outputs::grid::{Cell, Grid, Setup, column, number};
use crate::outputs::style::{self, Kind, Look, Paper, Tone};
use crate::period::Day;

/// Name of the sheet.
pub(super) const NAME: &str = "总览";
/// Townships that a chart shows legibly; a longer roster is charted as a whole.
const CHARTED_TOWNSHIPS: usize = 40;
/// Sheet rows of 15 points that a chart covers.
const CHART_ROWS: u32 = 17;
/// Townships from which on the rows are not kept as cells.
const LONG: usize = 1_000;
/// First and last of the counted columns.
const COUNTS: (u16, u16) = (2, 13);
/// Last column.
const LAST: u16 = COUNTS.1;
/// First and last column of a merged stretch.
type Stretch = (u16, u16);
/// Columns of the lists of findings: titles and numbers, by severity.
const KINDS: [(Severity, Stretch, Stretch); 3] =
    [(Severity::Error, (0, 1), (2, 2)), (Severity::Warning, (3, 5), (6, 6)), (Severity::Info, (7, 10), (11, LAST))];
/// Townships up to which the sheet is printed on one page.
const PAGE_TOWNSHIPS: usize = 15;
/// Columns of the lights and of the severities.
const LIGHTS: [(u16, &str, u32); 3] = [(8, "绿", 0x70_AD47), (9, "黄", 0xFF_C000), (10, "红", 0xD9_5F59)];
const SEVERITIES: [(u16, Severity, u32); 3] =
    [(11, Severity::Error, 0xD9_5F59), (12, Severity::Warning, 0xFF_C000), (13, Severity::Info, 0xA6_A6A6)];

/// The sheet.
pub(super) fn grid(consolidation: &Consolidation, links: &Links<'_>) -> Result<Grid, XlsxError> {
    let mut grid = Grid::long_from(
        LONG,
        consolidation.townships.len(),
        links.folder(),
        Setup {
            name: NAME,
            title: format!("{}任务落实情况总览", consolidation.period.chinese()),
            lines: lines(consolidation),
            columns: vec![
                column("填报单位", 13.0),
                column("报送情况", 9.0),
                column("记录数", 8.0),
                column("已对应", 8.0),
                column("待复核", 8.0),
                column("清单外", 8.0),
                column("漏报任务", 8.0),
                column("未填任务", 8.0),
                column("绿灯", 7.0),
                column("黄灯", 7.0),
                column("红灯", 7.0),
                column("必改", 7.0),
                column("核实", 7.0),
                column("提示", 7.0),
            ],
            paper: Paper::A4Portrait,
            wide: 1,
            high: u16::from(consolidation.townships.len() <= PAGE_TOWNSHIPS),
            frozen: 0,
            filter: false,
            repeat: consolidation.townships.len() > CHARTED_TOWNSHIPS,
        },
    )?;
    let first = grid.next_row();
    for (place, township) in consolidation.townships.iter().enumerate() {
        grid.row(&row(consolidation, place, township))?;
    }
    let last = grid.next_row();
    total(&mut grid, consolidation, first, last)?;
    grid.skip(1);
    charts(&mut grid, consolidation, first, last)?;
    if !consolidation.findings.is_empty() {
        kinds(&mut grid, consolidation)?;
    }
    Ok(grid)
}

/// What stands above the table.
fn lines(consolidation: &Consolidation) -> Vec<String> {
    let summary = consolidation.summary;
    let read = consolidation.counted_records();
    let left_out = consolidation.records() - read;
    let ledgers = || consolidation.submissions.heads().iter().map(|head| head.ledger);
    let cells: usize = ledgers().map(|ledger| ledger.cells).sum();
    let in_records: usize = ledgers().map(|ledger| ledger.records).sum();
    let surroundings: usize = ledgers().map(|ledger| ledger.surroundings).sum();
    let unassigned: usize = ledgers().map(|ledger| ledger.unassigned).sum();
    let balanced = ledgers().all(|ledger| ledger.balances());
    let day = consolidation.period.last_day();
    let mut lines = vec![
        format!("方案：{}", consolidation.plan.title),
        format!("方案取自：{}", consolidation.plan_source),
        format!(
            "报送期间：{}（{}）；时限和进度以{}年{}月{}日为准。",
            consolidation.period.chinese(),
            consolidation.period_source,
            day.year,
            day.month,
            day.day
        ),
        format!(
            "应报{}个单位，已报{}个，未报{}个；收到文件{}个；清单任务{}项。",
            summary.townships,
            summary.received,
            summary.townships - summary.received,
            files(consolidation),
            summary.tasks
        ),
        format!(
            "核对一：计入汇总的记录{read}条 ＝ 已对应{} ＋ 待复核{} ＋ 清单外{}{}。",
            summary.matched,
            summary.review,
            summary.extra,
            if read == summary.matched + summary.review + summary.extra {
                "，相符"
            } else {
                "，不符，请告知软件维护人员"
            },
        ),
        format!(
            "核对二：非空单元格{cells}个 ＝ 归入明细{in_records} ＋ 表头标题等{surroundings} ＋ 其他未归集{unassigned}{}。",
            if balanced { "，相符" } else { "，不符，请告知软件维护人员" }
        ),
    ];
    if left_out > 0 {
        lines.push(format!("另有{left_out}条记录不计入汇总：已划去，或已被更正后的报表替代。"));
    }
    if consolidation.findings.iter().any(|finding| finding.township.is_none()) {
        lines.push(
            consolidation
                .plan
                .in_its_word("下表按单位计数；单位不明的文件和涉及全区的问题另见“问题清单”，只计入最下面的分类条数。"),
        );
    }
    lines.extend(LIGHT_RULE.split_inclusive('；').map(str::to_owned));
    if let Some(due) = consolidation.due {
        lines.insert(4, punctuality(consolidation, due));
    }
    lines
}

/// Who filed in time, as far as the files tell.
fn punctuality(consolidation: &Consolidation, due: Day) -> String {
    let [mut timely, mut late, mut undated] = [0usize; 3];
    for place in 0..consolidation.townships.len() {
        match consolidation.punctuality(place) {
            Some(Punctuality::InTime(_)) => timely += 1,
            Some(Punctuality::Late(_)) => late += 1,
            Some(Punctuality::Undated) => undated += 1,
            Some(Punctuality::NotFiled) | None => {}
        }
    }
    format!(
        "报送截止{}年{}月{}日，以表内填报日期为准：按时{timely}个，逾期{late}个，表内未写日期{undated}个。",
        due.year, due.month, due.day
    )
}

/// Files, a file that holds several townships counted once.
fn files(consolidation: &Consolidation) -> usize {
    let names = consolidation.submissions.heads().iter().map(|head| head.file.as_str());
    names.collect::<std::collections::BTreeSet<_>>().len()
}

/// How often each light shows, green to red.
fn lights(consolidation: &Consolidation, place: usize) -> [usize; 3] {
    let shown = consolidation.plan.tasks.iter().filter_map(|task| consolidation.light(task.number, place));
    let mut counts = [0; 3];
    for light in shown {
        counts[match light {
            Light::Green => 0,
            Light::Yellow => 1,
            Light::Red => 2,
        }] += 1;
    }
    counts
}

fn counts(consolidation: &Consolidation, place: usize, township: &TownshipSummary) -> [usize; 12] {
    let [green, yellow, red] = lights(consolidation, place);
    [
        township.rows,
        township.matched,
        township.review,
        township.extra,
        township.missing,
        township.unfilled,
        green,
        yellow,
        red,
        township.errors,
        township.warnings,
        township.infos,
    ]
}

fn row<'a>(consolidation: &Consolidation, place: usize, township: &'a TownshipSummary) -> Vec<Cell<'a>> {
    let unusable = !township.submissions.is_empty() && !township.received;
    let (filed, tone) = match (consolidation.punctuality(place), township.received, unusable) {
        (Some(Punctuality::InTime(_)), ..) => ("按时".to_owned(), Tone::Green),
        (Some(Punctuality::Late(day)), ..) => (format!("逾期\n{}月{}日", day.month, day.day), Tone::Yellow),
        (_, true, _) => ("已报送".to_owned(), Tone::Green),
        (_, false, true) => ("无法使用".to_owned(), Tone::Red),
        (_, false, false) => ("未报送".to_owned(), Tone::Red),
    };
    let mut cells = vec![Cell::text(township.name.as_str()), Cell::centred(filed).tone(tone)];
    cells.extend(counts(consolidation, place, township).map(Cell::count));
    cells
}

/// The row of sums, live.
fn total(grid: &mut Grid, consolidation: &Consolidation, first: u32, last: u32) -> Result<(), XlsxError> {
    let mut sums = [0usize; 12];
    for (place, township) in consolidation.townships.iter().enumerate() {
        for (sum, count) in sums.iter_mut().zip(counts(consolidation, place, township)) {
            *sum += count;
        }
    }
    let mut cells = vec![Cell::text("合计").tone(Tone::Band).look(Look::bold), Cell::blank().tone(Tone::Band)];
    for (column, sum) in (COUNTS.0..).zip(sums) {
        let letters = column_letters(column.into());
        let formula = format!("=SUM({letters}{}:{letters}{last})", first + 1);
        cells.push(Cell::formula(formula, number(sum)).tone(Tone::Band).look(Look::bold));
    }
    grid.row(&cells)?;
    Ok(())
}

/// Two charts side by side: lights and findings, by township where they are few enough, else of all together.
fn charts(grid: &mut Grid, consolidation: &Consolidation, first: u32, last: u32) -> Result<(), XlsxError> {
    if last == first {
        return Ok(());
    }
    let rows = if consolidation.townships.len() <= CHARTED_TOWNSHIPS { (first, last - 1) } else { (last, last) };
    let series = LIGHTS.map(|(column, word, colour)| (column, format!("{word}灯"), colour));
    let lights = stacked("各单位任务灯号（项）", &series, rows);
    let series = SEVERITIES.map(|(column, severity, colour)| (column, severity.word().to_owned(), colour));
    let findings = stacked("各单位问题数（条）", &series, rows);
    let row = grid.next_row();
    grid.sheet().insert_chart_with_offset(row, 0, &lights, 4, 4)?;
    grid.sheet().insert_chart_with_offset(row, 6, &findings, 12, 4)?;
    grid.skip(CHART_ROWS);
    Ok(())
}

/// A stacked column chart of some columns of the table. `rows` are the first and last zero-based row.
fn stacked(title: &str, series: &[(u16, String, u32)], rows: (u32, u32)) -> Chart {
    let mut chart = Chart::new(ChartType::ColumnStacked);
    chart.title().set_name(title).set_font(&font(11));
    for (column, name, colour) in series {
        chart
            .add_series()
            .set_name(name)
            .set_categories((NAME, rows.0, 0, rows.1, 0))
            .set_values((NAME, rows.0, *column, rows.1, *column))
            .set_format(
                rust_xlsxwriter::ChartFormat::new()
                    .set_solid_fill(rust_xlsxwriter::ChartSolidFill::new().set_color(Color::RGB(*colour))),
            )
            .set_gap(60);
    }
    chart.x_axis().set_font(&font(9));
    let mut line = rust_xlsxwriter::ChartLine::new();
    line.set_color(Color::RGB(0xD9_D9D9));
    chart.y_axis().set_font(&font(9)).set_num_format("0").set_major_gridlines_line(&line);
    chart.legend().set_position(rust_xlsxwriter::ChartLegendPosition::Bottom).set_font(&font(9));
    chart.set_width(372).set_height(320);
    chart
}

fn font(size: u32) -> rust_xlsxwriter::ChartFont {
    let mut font = rust_xlsxwriter::ChartFont::new();
    font.set_name(style::BODY_FONT).set_size(size);
    font
}

/// The findings by kind, most frequent first: a list for each severity, side by side, so that all stand on one page.
fn kinds(grid: &mut Grid, consolidation: &Consolidation) -> Result<(), XlsxError> {
    let heading = Look::text().kind(Kind::Heading);
    let lists = KINDS.map(|(severity, titles, counts)| (severity, titles, counts, counted(consolidation, severity)));
    let row = grid.row_of(&[], 22.0)?;
    for (severity, titles, counts, _) in &lists {
        grid.merged(row, *titles, &format!("{}问题", severity.word()), heading)?;
        grid.merged(row, *counts, "条数", heading)?;
    }
    let longest = lists.iter().map(|(.., kinds)| kinds.len()).max().unwrap_or(0);
    for place in 0..longest {
        let row = grid.row_of(&[], style::row_height(1, style::BODY_SIZE))?;
        for (severity, titles, counts, kinds) in &lists {
            let Some((title, count)) = kinds.get(place) else { continue };
            grid.merged(row, *titles, &consolidation.plan.in_its_word(title), Look::text())?;
            let tone = super::findings::tone(*severity);
            grid.merged_count(row, *counts, *count, Cell::count(*count).look(Look::centred).tone(tone).look)?;
        }
    }
    Ok(())
}

/// The kinds of one severity with their numbers, most frequent first.
fn counted(consolidation: &Consolidation, severity: Severity) -> Vec<(&'static str, usize)> {
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    for finding in consolidation.findings.iter().filter(|finding| finding.severity == severity) {
        *counts.entry(finding.kind.title).or_default() += 1;
    }
    let mut kinds: Vec<(&'static str, usize)> = counts.into_iter().collect();
    kinds.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    kinds
}
