//! How does a plan look as a workbook that a clerk corrects in WPS or Excel?

use std::path::Path;

use anyhow::Context;
use rust_xlsxwriter::{DataValidation, Workbook, XlsxError};

use super::grid::{Cell, Column, Grid, Setup, column};
use super::style::{Kind, Look, Paper, Tone};
use super::{beside, style};
use crate::list::plan_sheets::{self as sheets, NOBODY, YES, list_in_cell};
use crate::list::{Direction, Field, Plan, PlanFormat, Requirement, Task};

/// Rows below the last one that still carry the drop-downs: a clerk adds rows.
const SPARE_ROWS: u32 = 200;

/// Writes a plan file in one of its three forms, whole or not at all.
///
/// # Errors
/// In Chinese, where the folder or the disk does not let us write.
pub fn save(plan: &Plan, path: &Path, format: PlanFormat) -> anyhow::Result<()> {
    let bytes = match format {
        PlanFormat::Toml => plan.to_toml().into_bytes(),
        PlanFormat::Json => plan.to_json().into_bytes(),
        PlanFormat::Workbook => bytes(plan)?,
    };
    beside::write(path, &bytes)
}

/// The plan as the bytes of a workbook.
///
/// # Errors
/// In Chinese, where the plan does not fit into a workbook.
pub fn bytes(plan: &Plan) -> anyhow::Result<Vec<u8>> {
    workbook(plan).context("方案放不进一个工作簿，请改写成 .toml 文件")
}

fn workbook(plan: &Plan) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&style::properties(&plan.title));
    head(plan)?.end(&mut workbook)?;
    tasks(plan)?.end(&mut workbook)?;
    indicators(plan)?.end(&mut workbook)?;
    wordings(plan)?.end(&mut workbook)?;
    townships(plan)?.end(&mut workbook)?;
    form(plan)?.end(&mut workbook)?;
    rules(plan)?.end(&mut workbook)?;
    workbook.save_to_buffer()
}

fn grid(name: &'static str, hint: &str, titles: &[&'static str], widths: &[f64]) -> Result<Grid, XlsxError> {
    let columns: Vec<Column> = titles.iter().zip(widths).map(|(title, width)| column(*title, *width)).collect();
    Grid::new(Setup {
        name,
        title: name.to_owned(),
        lines: hint.lines().map(str::to_owned).collect(),
        columns,
        paper: Paper::A4Landscape,
        wide: 1,
        frozen: 1,
        high: 0,
        filter: false,
        repeat: true,
    })
}

/// A text that the program must not turn into a number or a date when it is edited.
fn written(text: &str) -> Cell<'_> {
    if text.is_empty() {
        Cell::blank().look(|look| look.kind(Kind::Written))
    } else {
        Cell::text(text).look(|look| look.kind(Kind::Written))
    }
}

fn list(names: &[String]) -> Cell<'static> {
    let text = list_in_cell(names);
    if text.trim().is_empty() { Cell::blank() } else { Cell::text(text) }
}

/// Who must report a task; blank where everybody must.
fn reporters(task: &Task) -> Cell<'static> {
    match task.townships.as_deref() {
        Some([]) => Cell::text(NOBODY),
        names => list(names.unwrap_or_default()),
    }
}

fn yes(yes: bool) -> Cell<'static> {
    if yes { Cell::centred(YES) } else { Cell::blank().look(Look::centred) }
}

/// Offers the words of a column for its rows and some spare ones.
fn offer(grid: &mut Grid, first: u32, column: u16, words: &[&str]) -> Result<(), XlsxError> {
    let validation = DataValidation::new()
        .allow_list_strings(words)?
        .set_error_title("请从下拉列表中选择")?
        .set_error_message(format!("可以填写：{}", words.join("、")))?;
    let last = grid.next_row() + SPARE_ROWS;
    grid.sheet().add_data_validation(first, column, last, column, &validation)?;
    Ok(())
}

fn head(plan: &Plan) -> Result<Grid, XlsxError> {
    let hint = "这是责任分解方案，各表都可以直接修改；请保留表名和表头，格式一行不要改动。";
    let mut grid = grid(sheets::PLAN, hint, &sheets::PLAN_COLUMNS, &[14.0, 90.0])?;
    let years = plan.years.map(|year| year.to_string());
    let values = [&plan.schema, &plan.title, &years[0], &years[1]];
    for (label, value) in sheets::PLAN_LABELS.iter().zip(values) {
        grid.row(&[Cell::text(*label).tone(Tone::Official), written(value)])?;
    }
    Ok(grid)
}

fn tasks(plan: &Plan) -> Result<Grid, XlsxError> {
    let hint = "一项任务一行；几个单位之间用顿号分开；没有截止日期的，完成时限空着；与原文核对过的在“已核对”一栏填“是”，检查时不再提示。\n\
                只由部分乡镇街道报送的任务，在相应一栏写上名称；空着表示都要报送，都不用报送的写“无”。";
    let widths = [6.0, 16.0, 18.0, 18.0, 9.0, 52.0, 20.0, 24.0, 10.0, 14.0, 12.0, 8.0];
    let mut grid = grid(sheets::TASKS, hint, &sheets::TASK_COLUMNS, &widths)?;
    let first = grid.next_row();
    for task in &plan.tasks {
        grid.row(&[
            Cell::number(f64::from(task.number)),
            written(&task.section),
            written(task.subsection.as_deref().unwrap_or("")),
            written(&task.name),
            yes(task.name_inherited),
            written(&task.content),
            list(&task.leads),
            list(&task.supports),
            written(task.deadline.as_deref().unwrap_or("")),
            reporters(task),
            list(&task.aliases),
            yes(task.confirmed),
        ])?;
    }
    offer(&mut grid, first, 4, &[YES])?;
    offer(&mut grid, first, 11, &[YES])?;
    Ok(grid)
}

fn indicators(plan: &Plan) -> Result<Grid, XlsxError> {
    let hint = "请逐行与原文核对：改正后在“已核对”一栏填“是”，以后再次导入不会改动这些行；不是指标的行可以删去。";
    let widths = [8.0, 18.0, 22.0, 7.0, 9.0, 9.0, 8.0, 9.0, 40.0, 12.0, 8.0];
    let mut grid = grid(sheets::INDICATORS, hint, &sheets::INDICATOR_COLUMNS, &widths)?;
    let first = grid.next_row();
    for task in &plan.tasks {
        for indicator in &task.indicators {
            grid.row(&[
                Cell::number(f64::from(task.number)),
                Cell::text(task.name.as_str()).tone(Tone::Official),
                written(&indicator.name),
                Cell::centred(indicator.direction.word()),
                Cell::number(indicator.value),
                written(&indicator.unit),
                written(&indicator.when),
                yes(indicator.adds_up),
                written(&indicator.quote),
                written(&indicator.place),
                yes(indicator.confirmed),
            ])?;
        }
    }
    offer(&mut grid, first, 3, &[Direction::AtLeast, Direction::AtMost, Direction::Equal].map(Direction::word))?;
    offer(&mut grid, first, 7, &[YES])?;
    offer(&mut grid, first, 10, &[YES])?;
    Ok(grid)
}

fn wordings(plan: &Plan) -> Result<Grid, XlsxError> {
    let hint =
        "填报中常见而与清单不同的说法：一行一种，几项任务合写的，序号用顿号分开；不属于清单的工作写“不属于清单”。";
    let mut grid = grid(sheets::WORDINGS, hint, &sheets::WORDING_COLUMNS, &[14.0, 90.0])?;
    for (tasks, texts) in &plan.wordings {
        let tasks = tasks.to_string();
        for text in texts {
            grid.row(&[written(&tasks), written(text)])?;
        }
    }
    Ok(grid)
}

fn townships(plan: &Plan) -> Result<Grid, XlsxError> {
    let hint = "名称写全称；平时用的简称、旧称写在别名一栏，用顿号分开。";
    let mut grid = grid(sheets::TOWNSHIPS, hint, &sheets::TOWNSHIP_COLUMNS, &[20.0, 60.0])?;
    for township in &plan.townships {
        grid.row(&[written(&township.name), list(&township.aliases)])?;
    }
    Ok(grid)
}

fn form(plan: &Plan) -> Result<Grid, XlsxError> {
    let hint = "报送表各栏的顺序、表头和必填要求；乡镇街道常用的其他表头写在最后一栏，用顿号分开。";
    let mut grid = grid(sheets::FORM, hint, &sheets::FORM_COLUMNS, &[14.0, 18.0, 18.0, 50.0])?;
    let first = grid.next_row();
    for column in &plan.form.columns {
        grid.row(&[
            Cell::text(column.key.title()).tone(Tone::Official),
            written(&column.title),
            Cell::text(column.required.word()),
            list(&column.synonyms),
        ])?;
    }
    offer(&mut grid, first, 0, &Field::ALL.map(Field::title))?;
    offer(&mut grid, first, 2, &Requirement::ALL.map(Requirement::word))?;
    Ok(grid)
}

fn rules(plan: &Plan) -> Result<Grid, XlsxError> {
    let hint =
        "停用：名称写问题代码；级别：名称写问题代码，取值写 error、warning 或 info；限值：名称写限值名，取值写数字。";
    let mut grid = grid(sheets::RULES, hint, &sheets::RULE_COLUMNS, &[12.0, 36.0, 20.0])?;
    let first = grid.next_row();
    let [off, severity, limit] = sheets::RULE_KINDS;
    for code in &plan.rules.off {
        grid.row(&[Cell::text(off), written(code), Cell::blank()])?;
    }
    for (code, word) in &plan.rules.severity {
        grid.row(&[Cell::text(severity), written(code), written(word)])?;
    }
    for (name, value) in &plan.rules.limits {
        grid.row(&[Cell::text(limit), written(name), Cell::number(*value)])?;
    }
    offer(&mut grid, first, 0, &sheets::RULE_KINDS)?;
    Ok(grid)
}

#[cfg(test)]
mod tests {
    use proptest::collection::{btree_map, vec};
    use proptest::option;
    use proptest::prelude::*;

    use super::*;
    use crate::list::{Form, FormColumn, Indicator, NamedTasks, PLAN_SCHEMA, Rules, Township, Wordings};

    #[test]
    fn the_shipped_plan_survives_the_workbook() {
        let plan = Plan::built_in();
        let back = Plan::from_bytes(&bytes(&plan).unwrap()).unwrap();
        assert!(back == plan);
    }

    /// A text as plans hold it: signs of every sort, digits, line breaks inside, no white space at the ends.
    fn text() -> impl Strategy<Value = String> {
        "[一-龥0-9A-Za-z=+*“”、，。,;；%()（）《》.\\-]{1,12}(\n[一-龥0-9=、]{1,6})?"
    }

    fn names() -> impl Strategy<Value = Vec<String>> {
        vec("[一-龥0-9*=、,()（）.]{1,8}", 0..4)
    }

    fn indicator() -> impl Strategy<Value = Indicator> {
        let direction = prop_oneof![Just(Direction::AtLeast), Just(Direction::AtMost), Just(Direction::Equal)];
        let value = prop_oneof![any::<i32>().prop_map(f64::from), -1e9..1e9f64];
        (text(), direction, value, "[一-龥%/]{0,3}", "每年|20[0-9]{2}", any::<[bool; 2]>(), "[一-龥0-9,]{0,9}")
            .prop_map(|(name, direction, value, unit, when, [adds_up, confirmed], quote)| Indicator {
                name,
                direction,
                value,
                unit,
                when,
                adds_up,
                confirmed,
                place: quote.chars().rev().collect(),
                quote,
            })
    }

    fn task() -> impl Strategy<Value = Task> {
        let texts = (text(), option::of(text()), text(), text(), any::<[bool; 2]>());
        let lists = (names(), names(), option::of(names()), names());
        (texts, lists, option::of("20[0-9]{2}(-1[0-2])?"), vec(indicator(), 0..3)).prop_map(
            |(
                (section, subsection, name, content, [name_inherited, confirmed]),
                (leads, supports, townships, aliases),
                deadline,
                indicators,
            )| {
                Task {
                    number: 0,
                    section,
                    subsection,
                    name,
                    name_inherited,
                    content,
                    leads,
                    supports,
                    deadline,
                    townships,
                    aliases,
                    confirmed,
                    indicators,
                }
            },
        )
    }

    fn wordings() -> impl Strategy<Value = Wordings> {
        btree_map(vec(1..70u32, 0..3).prop_map(NamedTasks::new), vec(text(), 1..4), 0..4)
    }

    fn plan() -> impl Strategy<Value = Plan> {
        let township = (text(), names()).prop_map(|(name, aliases)| Township { name, aliases });
        let requirement = (0..Requirement::ALL.len()).prop_map(|index| Requirement::ALL[index]);
        let column =
            (0..Field::ALL.len(), text(), requirement, names()).prop_map(|(key, title, required, synonyms)| {
                FormColumn { key: Field::ALL[key], title, required, synonyms }
            });
        let form = prop_oneof![Just(Form::default()), vec(column, 1..6).prop_map(|columns| Form { columns })];
        let severity = btree_map("[a-z-]{3,12}", "error|warning|info", 0..3);
        let rules = (vec("[a-z-]{3,12}", 0..3), severity, btree_map("[a-z_]{3,9}", -1e3..1e6f64, 0..3))
            .prop_map(|(off, severity, limits)| Rules { off, severity, limits });
        let lists = (vec(township, 0..4), vec(task(), 0..5), wordings());
        (text(), any::<[u16; 2]>(), lists, form, rules).prop_map(
            |(title, years, (townships, mut tasks, wordings), form, rules)| {
                for (number, task) in (1..).zip(&mut tasks) {
                    task.number = number;
                }
                Plan { schema: PLAN_SCHEMA.to_owned(), title, years, townships, tasks, wordings, form, rules }
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]
        #[test]
        fn no_plan_loses_anything_in_any_of_the_three_forms(plan in plan()) {
            prop_assert_eq!(&Plan::from_bytes(plan.to_toml().as_bytes()).unwrap(), &plan);
            prop_assert_eq!(&Plan::from_bytes(plan.to_json().as_bytes()).unwrap(), &plan);
            prop_assert_eq!(&Plan::from_bytes(&bytes(&plan).unwrap()).unwrap(), &plan);
        }
    }
}
