//! `hedui template`: one standard reporting workbook per township, to be filled in and sent back.

use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::outcome::outside_the_plan;
use super::{Done, Screen};
use crate::findings::Previous;
use crate::list::{Plan, plan_sheets};
use crate::outputs::beside;
use crate::outputs::template::Template;
use crate::period::{Day, Period};

/// 制发填报表：每个乡镇街道一份标准填报表
#[derive(Debug, Args)]
#[command(
    override_usage = "hedui template --period <周期> -o <文件夹> [选项]",
    after_help = "示例：hedui template --period 2024Q2 -o 模板 --due 2024-07-10 --zip"
)]
pub struct Arguments {
    /// 报送周期，写成 2024、2024H1、2024Q1、2024-03 或 2024W12
    #[arg(long, value_name = "周期", help_heading = "选项")]
    period: Period,
    /// 放填报表的文件夹，没有就新建
    #[arg(short, long, value_name = "文件夹", help_heading = "选项")]
    output: PathBuf,
    /// 方案文件（.toml、.json 或 .xlsx）；不写则用内置的洞头区方案
    #[arg(long, value_name = "方案", help_heading = "选项")]
    plan: Option<PathBuf>,
    /// 报送截止日期，写成 2024-07-10；印在表头和填表说明里
    #[arg(long, value_name = "日期", help_heading = "选项")]
    due: Option<Day>,
    /// 上期的汇总工作簿或结果文件（reconcile 写出的），把上期累计数和状态印在空格旁边
    #[arg(long, value_name = "上期汇总.xlsx", help_heading = "选项")]
    previous: Option<PathBuf>,
    /// 另把全部填报表装进一个压缩包，便于下发
    #[arg(long, help_heading = "选项")]
    zip: bool,
}

/// Writes the templates.
///
/// # Errors
/// One Chinese sentence: the plan cannot be read or has no township, or a file cannot be written.
pub fn run(arguments: &Arguments, screen: Screen) -> anyhow::Result<Done> {
    let plan = match &arguments.plan {
        Some(path) => Plan::load(path)?,
        None => Plan::built_in(),
    };
    let source = arguments.plan.as_ref().map_or_else(|| "内置方案".to_owned(), |path| path.display().to_string());
    screen.say(&format!("方案：{}（{source}）", plan.title));
    if let Some(warning) = outside_the_plan(&plan, arguments.period) {
        screen.say(&warning);
    }
    if plan.townships.is_empty() {
        bail!("方案里没有填报单位，请先在方案的“{}”表里写上各乡镇街道，再制发填报表", plan_sheets::TOWNSHIPS);
    }
    if arguments.output.is_file() {
        bail!("“{}”是文件，请给出放填报表的文件夹", arguments.output.display());
    }
    let previous = arguments.previous.as_deref().map(Previous::read).transpose()?;
    let mut files = Vec::new();
    for township in &plan.townships {
        let template = Template {
            due: arguments.due,
            previous: previous.as_ref(),
            ..Template::new(&plan, &township.name, arguments.period)
        };
        let bytes = template.bytes().with_context(|| format!("{}的填报表没有做成", township.name))?;
        files.push((template.file_name(), bytes));
    }
    for (name, bytes) in &files {
        beside::write(&arguments.output.join(name), bytes)?;
    }
    screen.say(&format!("已写出{}份填报表，放在“{}”", files.len(), arguments.output.display()));
    if arguments.zip {
        let path = archive(&arguments.output, arguments.period, &files)?;
        screen.say(&format!("已打包为“{}”", path.display()));
    }
    Ok(Done::Clean)
}

/// Packs the templates into one archive beside them.
fn archive(folder: &Path, period: Period, files: &[(String, Vec<u8>)]) -> anyhow::Result<PathBuf> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    // The archive's own fixed date: the same templates give the same bytes. Workbooks are compressed already.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(zip::DateTime::default());
    for (name, bytes) in files {
        writer.start_file(name.as_str(), options).context("压缩包没有做成")?;
        writer.write_all(bytes).context("压缩包没有做成")?;
    }
    let bytes = writer.finish().context("压缩包没有做成")?.into_inner();
    let path = folder.join(format!("{period}填报表.zip"));
    beside::write(&path, &bytes)?;
    Ok(path)
}
