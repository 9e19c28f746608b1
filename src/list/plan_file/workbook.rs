//! How is a plan read back from the workbook that a clerk corrected?

use std::collections::BTreeMap;

use anyhow::{anyhow, bail};

use crate::list::form::{Field, Form, FormColumn, Requirement};
use crate::list::import::dates;
use crate::list::indicators::is_recurring;
use crate::list::plan::{Direction, Indicator, PLAN_SCHEMA, Plan, Rules, Task, Township};
use crate::list::plan_sheets as sheets;
use crate::list::plan_sheets::{YES, split_list};
use crate::list::validation::is_date;
use crate::list::wordings::{NamedTasks, Wordings};
use crate::location::CellRef;
use crate::workbooks::{Cell, Limits, RefusalReason, Sheet, Value, Workbook, open_any};

/// What a person hears who gives the published document where a plan is wanted.
const NO_PLAN: &str =
    "它不是方案文件（.toml、.json 或方案工作簿）；公布的 Word 等文件，请先用 hedui import 文件 -o 方案.xlsx 导入";

/// Whether a workbook is a plan workbook.
pub(super) fn is_plan(bytes: &[u8]) -> bool {
    open_any(bytes, &Limits::for_own_files()).is_ok_and(|workbook| schema(&workbook).is_some())
}

fn sheet<'a>(workbook: &'a Workbook, name: &str) -> Option<&'a Sheet> {
    workbook.sheets.iter().find(|sheet| sheet.name.trim() == name)
}

/// The schema that the sheet 方案 states.
fn schema(workbook: &Workbook) -> Option<&str> {
    let cells = sheet(workbook, sheets::PLAN)?.cells();
    cells.iter().map(|cell| cell.text.trim()).find(|text| text.starts_with("hedui/plan/"))
}

/// Reads a plan workbook.
pub(super) fn read(bytes: &[u8]) -> anyhow::Result<Plan> {
    let workbook = open_any(bytes, &Limits::for_own_files()).map_err(|refusal| match refusal.reason {
        // What a township is told of a letter is no help here.
        RefusalReason::NotAWorkbook => anyhow!(NO_PLAN),
        _ => anyhow!("{}", refusal.sentence),
    })?;
    match schema(&workbook) {
        None => bail!("它不是方案工作簿（没有写明格式的“方案”表）；公布的表格请先用 hedui import 导入"),
        Some(schema) if schema != PLAN_SCHEMA => {
            bail!("“方案”表写的格式是“{schema}”，本程序只认“{PLAN_SCHEMA}”，请换用相应版本的程序")
        }
        Some(_) => {}
    }
    let mut faults = Vec::new();
    let plan = plan(&workbook, &mut faults);
    if faults.is_empty() {
        return Ok(plan);
    }
    bail!("有 {} 处需要改正：\n  {}", faults.len(), faults.join("\n  "))
}

fn plan(workbook: &Workbook, faults: &mut Vec<String>) -> Plan {
    let (title, years) = head(workbook, faults);
    let only_year = (years[0] == years[1]).then_some(years[0]);
    let mut tasks = read_rows(workbook, sheets::TASKS, &sheets::TASK_COLUMNS, faults, |row| task(row, only_year));
    let indicators = read_rows(workbook, sheets::INDICATORS, &sheets::INDICATOR_COLUMNS, faults, |row| {
        Some((row.number("任务序号")?, row.at("任务序号"), indicator(row, only_year)?))
    });
    for (number, at, indicator) in indicators {
        match tasks.iter_mut().find(|task| task.number == number) {
            Some(task) => task.indicators.push(indicator),
            None => faults.push(format!("{at}：任务序号 {number} 不在“任务”表里，请改正或删去这一行")),
        }
    }
    let townships = read_rows(workbook, sheets::TOWNSHIPS, &sheets::TOWNSHIP_COLUMNS, faults, |row| {
        Some(Township { name: row.needed("名称")?, aliases: row.list("别名") })
    });
    let columns = read_rows(workbook, sheets::FORM, &sheets::FORM_COLUMNS, faults, form_column);
    let form = if columns.is_empty() { Form::default() } else { Form { columns } };
    let rules = rules(workbook, faults);
    let wordings = wordings(workbook, faults);
    Plan { schema: PLAN_SCHEMA.to_owned(), title, years, townships, tasks, wordings, form, rules }
}

fn head(workbook: &Workbook, faults: &mut Vec<String>) -> (String, [u16; 2]) {
    let pairs = read_rows(workbook, sheets::PLAN, &sheets::PLAN_COLUMNS, faults, |row| {
        Some((row.text("项目"), (row.text("内容"), row.at("内容"))))
    });
    let pairs: BTreeMap<String, (String, String)> = pairs.into_iter().collect();
    let mut value = |label: &str| {
        let found = pairs.get(label).cloned();
        found.unwrap_or_else(|| {
            faults.push(format!("工作表“{}”缺少“{label}”一行，请补上", sheets::PLAN));
            (String::new(), String::new())
        })
    };
    let [_, title, first, last] = sheets::PLAN_LABELS.map(&mut value);
    let years = [first, last].map(|(text, at)| {
        text.trim_end_matches('年').parse().unwrap_or_else(|_| {
            faults.push(format!("{at}：写的是“{text}”，应为四位数的年份，如 2023"));
            0
        })
    });
    (title.0, years)
}

fn task(row: &mut SheetRow<'_>, only_year: Option<u16>) -> Option<Task> {
    Some(Task {
        number: row.number("序号")?,
        section: row.text("部分"),
        subsection: row.optional("小节"),
        name: row.text("任务名称"),
        name_inherited: row.yes("名称沿用上一行"),
        content: row.text("主要内容"),
        leads: row.list("牵头单位"),
        supports: row.list("配合单位"),
        deadline: row.deadline("完成时限", only_year),
        townships: row.reporters("只由这些乡镇街道报送"),
        aliases: row.list("别名"),
        confirmed: row.yes(sheets::CONFIRMED),
        indicators: Vec::new(),
    })
}

fn indicator(row: &mut SheetRow<'_>, only_year: Option<u16>) -> Option<Indicator> {
    let directions = [Direction::AtLeast, Direction::AtMost, Direction::Equal];
    Some(Indicator {
        name: row.text("指标名称"),
        direction: row.choice("方向", &directions.map(|direction| (direction.word(), direction)))?,
        value: row.quantity("目标值")?,
        unit: row.text("计量单位"),
        when: row.time("时间", only_year)?,
        adds_up: row.yes("各地可以相加"),
        quote: row.text("原文"),
        place: row.text("原文位置"),
        confirmed: row.yes(sheets::CONFIRMED),
    })
}

fn form_column(row: &mut SheetRow<'_>) -> Option<FormColumn> {
    Some(FormColumn {
        key: row.choice("栏目", &Field::ALL.map(|field| (field.title(), field)))?,
        title: row.text("表头"),
        required: row.choice("必填", &Requirement::ALL.map(|requirement| (requirement.word(), requirement)))?,
        synonyms: row.list("其他叫法"),
    })
}

fn wordings(workbook: &Workbook, faults: &mut Vec<String>) -> Wordings {
    let rows = read_rows(workbook, sheets::WORDINGS, &sheets::WORDING_COLUMNS, faults, |row| {
        let tasks: Option<NamedTasks> = row.text("任务序号").parse().ok();
        let tasks = tasks.or_else(|| row.fault("任务序号", "任务序号（几项用顿号分开）或“不属于清单”"))?;
        Some((tasks, row.needed("说法")?))
    });
    let mut wordings = Wordings::new();
    for (tasks, wording) in rows {
        wordings.entry(tasks).or_default().push(wording);
    }
    wordings
}

fn rules(workbook: &Workbook, faults: &mut Vec<String>) -> Rules {
    let mut rules = Rules::default();
    let [off, severity, limit] = sheets::RULE_KINDS;
    read_rows(workbook, sheets::RULES, &sheets::RULE_COLUMNS, faults, |row| {
        let kind = row.choice("种类", &sheets::RULE_KINDS.map(|kind| (kind, kind)))?;
        let name = row.needed("名称")?;
        if kind == off {
            rules.off.push(name);
        } else if kind == severity {
            rules.severity.insert(name, row.text("取值"));
        } else if kind == limit {
            rules.limits.insert(name, row.quantity("取值")?);
        }
        Some(())
    });
    rules
}

/// One row of a sheet, its cells found by the titles above them: a clerk may move or insert columns.
struct SheetRow<'a> {
    sheet: &'a Sheet,
    columns: &'a BTreeMap<&'static str, u32>,
    row: u32,
    faults: &'a mut Vec<String>,
}

/// Reads the rows below a sheet's titles; blank rows are passed over. A sheet that is missing is a fault, but for 指标
/// 常见说法, 报送表 and 规则, which may be empty.
fn read_rows<T>(
    workbook: &Workbook,
    name: &str,
    titles: &[&'static str],
    faults: &mut Vec<String>,
    mut read: impl FnMut(&mut SheetRow<'_>) -> Option<T>,
) -> Vec<T> {
    let Some(sheet) = sheet(workbook, name) else {
        if ![sheets::INDICATORS, sheets::WORDINGS, sheets::RULES, sheets::FORM].contains(&name) {
            faults.push(format!("缺少工作表“{name}”，请从原来的方案工作簿中补回"));
        }
        return Vec::new();
    };
    let holds = |row: &u32, title: &str| sheet.column_headed(*row, title).is_some();
    let Some(header) =
        sheet.rows().into_iter().find(|row| titles.iter().filter(|title| holds(row, title)).count() >= 2)
    else {
        faults.push(format!("工作表“{name}”没有表头，应有：{}", titles.join("、")));
        return Vec::new();
    };
    let place = |title: &&'static str| Some((*title, sheet.column_headed(header, title)?));
    let columns: BTreeMap<&'static str, u32> = titles.iter().filter_map(place).collect();
    let needed = titles.iter().copied().filter(|title| *title != sheets::CONFIRMED);
    let missing: Vec<&str> = needed.filter(|title| !columns.contains_key(title)).collect();
    if !missing.is_empty() {
        let row = header + 1;
        faults.push(format!("工作表“{name}”第 {row} 行的表头缺少“{}”，请补上", missing.join("”、“")));
        return Vec::new();
    }
    let mut found = Vec::new();
    for row in sheet.rows().into_iter().filter(|row| *row > header) {
        let filled = columns.values().any(|column| sheet.cell(CellRef::new(row, *column)).is_some());
        if filled {
            found.extend(read(&mut SheetRow { sheet, columns: &columns, row, faults }));
        }
    }
    found
}

/// A date to one of the precisions of a plan.
fn date(text: &str, only_year: Option<u16>) -> Option<String> {
    // A date of the sheet may show the hour of its day.
    let text = text.rsplit_once(' ').filter(|(_, hour)| hour.contains(':')).map_or(text, |(day, _)| day.trim());
    if is_date(text) { Some(text.to_owned()) } else { dates::deadline(text, only_year) }
}

/// 无, 不需报, 都不用报送: no township reports the task.
fn says_nobody(word: &str) -> bool {
    let bare = word.trim_start_matches(['都', '均']);
    let not = ["不需", "不用", "无需", "不"].iter().find_map(|not| bare.strip_prefix(not));
    let not = not.map(|verb| verb.trim_start_matches('要'));
    bare == sheets::NOBODY || not.is_some_and(|verb| ["报", "填", "报送", "填报", "上报"].contains(&verb))
}

impl SheetRow<'_> {
    fn cell(&self, title: &str) -> Option<&Cell> {
        let column = self.columns.get(title)?;
        self.sheet.cell(CellRef::new(self.row, *column))
    }

    /// The place of a cell as a person finds it: 工作表“任务”的 D7.
    fn at(&self, title: &str) -> String {
        let column = self.columns.get(title).copied().unwrap_or(0);
        format!("工作表“{}”的 {}", self.sheet.name, CellRef::new(self.row, column).a1())
    }

    /// The text of a cell; of a number its digits without the format.
    fn text(&self, title: &str) -> String {
        match self.cell(title) {
            None => String::new(),
            Some(Cell { value: Value::Number(number), .. }) => number.to_string(),
            Some(Cell { value: Value::Text(text), .. }) => text.trim().to_owned(),
            Some(cell) => cell.text.trim().to_owned(),
        }
    }

    fn optional(&self, title: &str) -> Option<String> {
        Some(self.text(title)).filter(|text| !text.trim().is_empty())
    }

    fn list(&self, title: &str) -> Vec<String> {
        // The line break at the end tells how the names are parted.
        match self.cell(title) {
            Some(Cell { value: Value::Text(text), .. }) => split_list(text.trim_end_matches('\r')),
            _ => split_list(&self.text(title)),
        }
    }

    /// A deadline as people write it: 2025-12, 2025年12月, a date of the sheet; none where the task has no end.
    fn deadline(&mut self, title: &str, only_year: Option<u16>) -> Option<String> {
        let text = self.optional(title).filter(|text| is_date(text) || !dates::is_standing(text))?;
        let expected = "日期，如 2025、2025-12 或 2025年12月31日；长期坚持、没有截止日期的请空着";
        date(&text, only_year).or_else(|| self.fault(title, expected))
    }

    /// When a target is due: 每年, 2025, 2025年底; blank where nothing says so.
    fn time(&mut self, title: &str, only_year: Option<u16>) -> Option<String> {
        let text = self.text(title);
        if text.is_empty() || is_recurring(&text) {
            return Some(text);
        }
        date(&text, only_year).or_else(|| self.fault(title, "“每年”“每季度”“每月”等，或年份，如 2025"))
    }

    /// Who must report: everybody where the cell is blank, nobody where it says so.
    fn reporters(&self, title: &str) -> Option<Vec<String>> {
        let names = self.list(title);
        match names.as_slice() {
            [] => None,
            [word] if says_nobody(word) => Some(Vec::new()),
            _ => Some(names),
        }
    }

    fn yes(&self, title: &str) -> bool {
        let text = self.text(title);
        [YES, "√", "y", "true", "TRUE", "1"].contains(&text.trim())
    }

    fn fault<T>(&mut self, title: &str, expected: &str) -> Option<T> {
        let text = self.text(title);
        let found = if text.is_empty() { "没有填写".to_owned() } else { format!("写的是“{text}”") };
        let at = self.at(title);
        self.faults.push(format!("{at}：{found}，“{title}”应为{expected}"));
        None
    }

    fn needed(&mut self, title: &str) -> Option<String> {
        self.optional(title).or_else(|| self.fault(title, "一个名称"))
    }

    fn number(&mut self, title: &str) -> Option<u32> {
        self.text(title).trim().parse().ok().or_else(|| self.fault(title, "正整数，如 12"))
    }

    fn quantity(&mut self, title: &str) -> Option<f64> {
        self.text(title).trim().parse().ok().or_else(|| self.fault(title, "数字，如 60 或 1.54（单位另填一栏）"))
    }

    fn choice<T: Copy>(&mut self, title: &str, choices: &[(&str, T)]) -> Option<T> {
        let text = self.text(title);
        let chosen = choices.iter().find(|(word, _)| *word == text.trim()).map(|(_, choice)| *choice);
        let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
        chosen.or_else(|| self.fault(title, &format!("其中之一：{}", words.join("、"))))
    }
}
