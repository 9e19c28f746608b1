//! `hedui inspect`: how one workbook is read, and why.

use std::io::{self, ErrorKind, Write as _};
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;

use super::{Done, Screen};
use crate::list::Plan;
use crate::outputs::beside;
use crate::outputs::inspection::{Inspection, picture, text};
use crate::records::Reader;
use crate::workbooks::{Arrival, Limits, collect};

/// 查看读法：一个表格是怎样读的，为什么这样读
#[derive(Debug, Args)]
#[command(override_usage = "hedui inspect <文件> [选项]")]
pub struct InspectArguments {
    /// 要查看读法的表格文件（Excel、WPS、csv、网页另存的 xls 等），也可以是装着表格的压缩包
    #[arg(value_name = "文件", help_heading = "参数")]
    pub file: PathBuf,
    /// 方案文件；不写则用内置的洞头方案
    #[arg(long, value_name = "方案", help_heading = "选项")]
    pub plan: Option<PathBuf>,
    /// 以 JSON 输出，供其他程序使用
    #[arg(long, help_heading = "选项")]
    pub json: bool,
    /// 另存一个网页，按读法给每个单元格着色
    #[arg(long, value_name = "网页", help_heading = "选项")]
    pub picture: Option<PathBuf>,
}

/// Shows how the file is read.
///
/// # Errors
/// In Chinese: the file or the plan cannot be found, or the page cannot be written.
pub fn run(arguments: &InspectArguments, screen: Screen) -> anyhow::Result<Done> {
    let plan = match &arguments.plan {
        Some(path) => Plan::read(path)?,
        None => Plan::built_in(),
    };
    if !arguments.file.exists() {
        bail!("找不到“{}”，请检查路径", arguments.file.display());
    }
    let reader = Reader::new(&plan);
    let limits = Limits::default();
    let sources = collect(std::slice::from_ref(&arguments.file))?;
    let arrivals: Vec<Arrival> = sources.iter().map(|source| source.arrive(&limits)).collect();
    let inspections: Vec<Inspection> = arrivals.iter().map(|arrival| Inspection::new(arrival, &reader)).collect();
    let shown =
        if arguments.json { json(&inspections)? } else { inspections.iter().map(text).collect::<Vec<_>>().join("\n") };
    print(shown.as_bytes())?;
    if let Some(path) = &arguments.picture {
        save_picture(path, &arrivals, &reader, screen)?;
    }
    Ok(Done::Clean)
}

/// One object for a file, an array for the files of an archive or folder.
fn json(inspections: &[Inspection]) -> anyhow::Result<String> {
    let text = match inspections {
        [only] => serde_json::to_string_pretty(only),
        several => serde_json::to_string_pretty(several),
    };
    Ok(text.context("不能写成 JSON")? + "\n")
}

/// Writes to the standard output; a reader that has gone away is no fault.
fn print(bytes: &[u8]) -> anyhow::Result<()> {
    let mut output = io::stdout().lock();
    match output.write_all(bytes).and_then(|()| output.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written.context("不能写到屏幕"),
    }
}

/// Writes the page of the only file.
fn save_picture(path: &std::path::Path, arrivals: &[Arrival], reader: &Reader, screen: Screen) -> anyhow::Result<()> {
    let [only] = arrivals else {
        bail!("--picture 只能画一个文件，这里有 {} 个，请指定其中一个", arrivals.len());
    };
    let Some(page) = picture(only, reader) else {
        bail!("“{}”没有读取，画不出来：原因见上", only.file);
    };
    beside::write(path, page.as_bytes())?;
    screen.say(&format!("读法网页已写入“{}”。", path.display()));
    Ok(())
}
