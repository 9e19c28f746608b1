//! How does a township lay out its table? Titles, columns, their order and their words follow from its habits.

use fastrand::Rng;
use hedui::list::{Field, Indicator, Plan, Task};

use super::sentences;
use super::wording::{self, Freedom};

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    /// Nothing.
    Blank,
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
    /// A share that is shown in percent.
    Percent(f64),
}

/// A table as a township fills it in.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    /// Name of the file without its extension.
    pub(crate) file: String,
    /// Name of the sheet.
    pub(crate) sheet: String,
    /// Title, line below the title, header, records and section rows, signature.
    pub(crate) rows: Vec<Vec<Cell>>,
    /// Place of the header row in `rows`.
    pub(crate) header: usize,
}

/// A township's habits.
#[derive(Debug, Clone)]
pub(crate) struct Habits {
    freedom: Freedom,
    columns: Vec<(Field, &'static str)>,
    statuses: &'static [&'static str; 4],
    sections: bool,
    official_order: bool,
    title: String,
    file: String,
    sheet: &'static str,
}

/// Titles over the columns of the list, then over those that the township fills in; the first is the standard one.
const TITLES: &[(Field, &[&str])] = &[
    (Field::Number, &["序号", "编号", "任务序号"]),
    (Field::Name, &["任务名称", "重点任务", "工作任务", "事项名称", "任务"]),
    (Field::Content, &["主要内容", "具体内容", "工作内容", "任务内容", "目标任务"]),
    (Field::Agencies, &["责任单位", "牵头单位", "责任部门"]),
    (Field::Indicator, &["指标", "指标名称", "考核指标"]),
    (Field::Target, &["目标值", "目标数", "年度目标值", "指标值"]),
    (Field::Unit, &["计量单位", "单位"]),
    (Field::Done, &["累计完成", "完成数", "累计完成数", "截至3月底完成数", "实际完成"]),
    (Field::Rate, &["完成率", "完成比例", "完成率(%)"]),
    (Field::Status, &["进展状态", "状态", "完成状态", "推进状态"]),
    (Field::Progress, &["进展情况", "工作进展", "落实情况", "推进情况", "一季度进展情况"]),
    (Field::Problem, &["存在问题", "存在的问题", "困难问题"]),
    (Field::Plan, &["下一步计划", "下一步打算", "下步工作计划"]),
    (Field::Deadline, &["完成时限", "完成时间", "时限"]),
    (Field::Contact, &["联系人", "联系人及电话", "联络员"]),
    (Field::Remark, &["备注", "说明"]),
];
/// 未启动, 推进中, 已完成, 滞后 in the words of several offices.
const STATUSES: &[[&str; 4]] = &[
    ["未启动", "推进中", "已完成", "滞后"],
    ["未开展", "进行中", "已办结", "进度偏慢"],
    ["尚未启动", "正常推进", "完成", "推进缓慢"],
    ["还没开始", "正在推进", "全部完成", "有点慢"],
];
const DEADLINES: &[&str] = &["2024年12月", "2024-12-31", "2024年底", "长期", "2025年", "2027年12月", "2024年11月底"];

impl Habits {
    /// The habits of a township.
    pub(crate) fn of(township: &str, random: &mut Rng) -> Self {
        let freedom = match random.u8(..20) {
            0..=7 => Freedom::Published,
            8..=12 => Freedom::Shortened,
            _ => Freedom::OwnWords,
        };
        let kept = |field: &Field, random: &mut Rng| match field {
            Field::Name | Field::Progress => true,
            Field::Content | Field::Status | Field::Target | Field::Unit | Field::Done => random.u8(..10) < 8,
            _ => random.u8(..10) < 6,
        };
        let standard = random.bool();
        let mut columns: Vec<(Field, &str)> = Vec::new();
        for (field, titles) in TITLES {
            if kept(field, random) {
                columns.push((*field, titles[if standard { 0 } else { random.usize(..titles.len()) }]));
            }
        }
        // The columns of the list stay in front; one office in three puts the others in an order of its own.
        let own = columns.iter().position(|(field, _)| field.is_reported()).unwrap_or(columns.len());
        if random.u8(..3) == 0 {
            random.shuffle(&mut columns[own..]);
        }
        let title = [
            format!("{township}2024年第一季度重点任务进展情况表"),
            format!("2024年一季度{township}责任分解落实情况汇总表"),
            format!("{township}城乡融合发展任务推进情况（2024年1-3月）"),
            format!("{township}2024年一季度工作台账"),
        ];
        let file = [
            format!("{township}2024年第一季度"),
            format!("{township}一季度报表"),
            format!("2024Q1-{township}"),
            format!("附件2 {township}填报表（2024年一季度）"),
        ];
        Self {
            freedom,
            columns,
            statuses: &STATUSES[random.usize(..STATUSES.len())],
            sections: random.u8(..3) == 0,
            official_order: random.u8(..10) < 7,
            title: title[random.usize(..title.len())].clone(),
            file: file[random.usize(..file.len())].clone(),
            sheet: ["Sheet1", "填报表", "汇总", "一季度"][random.usize(..4)],
        }
    }
}

impl Table {
    /// The table of a township with these habits: one row for each task of the plan.
    pub(crate) fn fill_in(plan: &Plan, township: &str, habits: &Habits, random: &mut Rng) -> Self {
        let titles = habits.columns.iter().map(|(_, title)| Cell::Text((*title).to_owned())).collect();
        let mut rows = vec![
            vec![Cell::Text(habits.title.clone())],
            vec![
                Cell::Text(format!("填报单位：{township}")),
                Cell::Blank,
                Cell::Text("填报日期：2024年4月3日".to_owned()),
            ],
            titles,
        ];
        let mut tasks: Vec<&Task> = plan.tasks.iter().collect();
        if !habits.official_order {
            random.shuffle(&mut tasks);
        }
        let mut section = "";
        for task in tasks {
            if habits.sections && habits.official_order && task.section != section {
                section = &task.section;
                rows.push(vec![Cell::Text(task.section.clone())]);
            }
            let figures = task.indicators.first().map(|indicator| Figures::of(indicator, random));
            let subject = wording::name(&task.name, habits.freedom, random);
            let cells = habits.columns.iter().map(|(field, _)| cell(*field, task, &subject, figures, habits, random));
            rows.push(cells.collect());
        }
        rows.push(vec![Cell::Text("审核人：".to_owned()), Cell::Blank, Cell::Text("填表人：".to_owned())]);
        Self { file: habits.file.clone(), sheet: habits.sheet.to_owned(), rows, header: 2 }
    }
}

/// Target and what was done of it.
#[derive(Debug, Clone, Copy)]
struct Figures {
    target: f64,
    done: f64,
    /// What the township says is done ÷ target.
    rate: f64,
}

impl Figures {
    /// A township's share of an indicator; in one row of sixty the rate is wrong.
    fn of(indicator: &Indicator, random: &mut Rng) -> Self {
        let share = if indicator.adds_up { 0.02 + 0.3 * random.f64() } else { 1.0 };
        let target = rounded(indicator.value * share).max(0.1);
        let done = rounded(target * (0.05 + 0.9 * random.f64()));
        let wrong = random.u8(..60) == 0;
        Self { target, done, rate: (done / target * if wrong { 0.7 } else { 1.0 } * 1000.0).round() / 1000.0 }
    }
}

/// Whole where the number is large, else to two places.
fn rounded(number: f64) -> f64 {
    if number >= 10.0 { number.round() } else { (number * 100.0).round() / 100.0 }
}

/// What the township writes into one cell of a record.
fn cell(field: Field, task: &Task, subject: &str, figures: Option<Figures>, habits: &Habits, random: &mut Rng) -> Cell {
    let figure = |of: fn(Figures) -> f64| figures.map_or(Cell::Blank, |figures| Cell::Number(of(figures)));
    let text = match field {
        Field::Number => return Cell::Number(f64::from(task.number)),
        Field::Target => return figure(|figures| figures.target),
        Field::Done | Field::PeriodDone => return figure(|figures| figures.done),
        Field::Rate => return figures.map_or(Cell::Blank, |figures| Cell::Percent(figures.rate)),
        Field::Name => subject.to_owned(),
        Field::Content => wording::content(&task.content, habits.freedom, random),
        Field::Agencies => task.agencies(),
        Field::Indicator => task.indicators.first().map(|indicator| indicator.name.clone()).unwrap_or_default(),
        Field::Unit => task.indicators.first().map(|indicator| indicator.unit.clone()).unwrap_or_default(),
        Field::Status => status(figures, habits, random),
        // One narrative in eighty says nothing.
        Field::Progress if random.u8(..80) == 0 => "按计划推进".to_owned(),
        Field::Progress => sentences::progress(&task.name, random),
        Field::Problem => sentences::problem(random),
        Field::Plan => sentences::plan(random),
        Field::Deadline => DEADLINES[random.usize(..DEADLINES.len())].to_owned(),
        Field::Contact => sentences::contact(random),
        Field::Remark if random.u8(..6) == 0 => "数据由站所提供".to_owned(),
        Field::Remark => String::new(),
    };
    if text.is_empty() { Cell::Blank } else { Cell::Text(text) }
}

/// The status that fits the figures; one in eighty is left blank.
fn status(figures: Option<Figures>, habits: &Habits, random: &mut Rng) -> String {
    if random.u8(..80) == 0 {
        return String::new();
    }
    let late = random.u8(..20) == 0;
    let word = match figures {
        Some(figures) if figures.done >= figures.target => 2,
        Some(figures) if figures.done > 0.0 => 1,
        _ => usize::from(random.u8(..8) > 0),
    };
    habits.statuses[if late && word == 1 { 3 } else { word }].to_owned()
}
