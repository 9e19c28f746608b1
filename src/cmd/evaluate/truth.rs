//! Labelled submissions: which rows a file holds and what each of them answers, written down by people.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use serde::Deserialize;

/// The schema that truth files state.
const TRUTH_SCHEMA: &str = "hedui/truth/1";

/// The truth about one file.
#[derive(Debug, Clone, Deserialize)]
pub struct Truth {
    schema: String,
    /// Name of the file in its folder.
    #[serde(default)]
    pub file: String,
    /// Official name of the township that filed it.
    #[serde(default)]
    pub township: Option<String>,
    /// The period it reports.
    #[serde(default)]
    pub period: Option<String>,
    /// Its data records.
    #[serde(default)]
    pub rows: Vec<TruthRow>,
    /// What is wrong with it.
    #[serde(default)]
    pub findings: Vec<TruthFinding>,
    /// Whether `findings` names everything; else only what it names is scored.
    #[serde(default = "yes")]
    pub findings_complete: bool,
    /// Whether anybody looked for findings at all; else none is scored.
    #[serde(default = "yes")]
    pub findings_labelled: bool,
}

const fn yes() -> bool {
    true
}

/// What a careful colleague finds wrong.
#[derive(Debug, Clone, Deserialize)]
pub struct TruthFinding {
    /// The contract's code.
    pub code: String,
    /// Official name of the township, where the finding has no file.
    #[serde(default)]
    pub township: Option<String>,
    /// Name of the sheet, where it points at a cell.
    #[serde(default)]
    pub sheet: Option<String>,
    /// The cell in A1 notation.
    #[serde(default)]
    pub cell: Option<String>,
}

/// The truth about one data record.
#[derive(Debug, Clone, Deserialize)]
pub struct TruthRow {
    /// Name of the sheet.
    pub sheet: String,
    /// One-based sheet row.
    pub row: u32,
    /// Letter of the first column, where tables stand side by side.
    #[serde(default)]
    pub column: Option<String>,
    /// Official numbers that the row answers; of an undecidable row the best candidate.
    pub tasks: Vec<u32>,
    /// `matched`, `extra` or `review` (a careful colleague could not tell).
    pub outcome: TruthOutcome,
    /// How the row was worded: exact, edited, reworded, split, merged, extra.
    #[serde(default)]
    pub kind: String,
}

/// What a careful colleague says of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TruthOutcome {
    /// It answers the tasks.
    Matched,
    /// It answers no task.
    Extra,
    /// Nobody could tell.
    Review,
}

/// A folder of submissions with its truth beside it: `NAME/`, `NAME.truth/`, and `NAME.plan.toml` where another plan
/// than the built-in one applies.
#[derive(Debug)]
pub struct Part {
    /// Name of the folder.
    pub name: String,
    /// The folder of submissions.
    pub folder: PathBuf,
    /// Its plan, where it has one of its own.
    pub plan: Option<PathBuf>,
    /// The truth about its files, by file name.
    pub truths: Vec<Truth>,
    /// The truth about the run over all its files, where they belong to one period.
    pub run: Option<Truth>,
}

/// All parts under a folder, by name.
///
/// # Errors
/// No part is found, or a truth file does not parse.
pub(super) fn parts(folder: &Path) -> anyhow::Result<Vec<Part>> {
    let mut parts = Vec::new();
    let mut folders: Vec<PathBuf> = entries(folder)?.into_iter().filter(|path| path.is_dir()).collect();
    folders.push(folder.to_owned());
    for submissions in folders {
        let truth = beside(&submissions, ".truth");
        if truth.is_dir() {
            parts.push(part(&submissions, &truth)?);
        }
    }
    if parts.is_empty() {
        bail!("“{}”中没有带标注的报表：需要并列的“名称”和“名称.truth”两个文件夹", folder.display());
    }
    Ok(parts)
}

fn part(folder: &Path, truth: &Path) -> anyhow::Result<Part> {
    let (mut truths, mut run) = (Vec::new(), None);
    for path in entries(truth)? {
        let text = fs::read_to_string(&path).with_context(|| format!("“{}”打不开", path.display()))?;
        let read: Truth = serde_json::from_str(&text).with_context(|| format!("“{}”不是标注文件", path.display()))?;
        if read.schema != TRUTH_SCHEMA {
            bail!("“{}”的格式应为 {TRUTH_SCHEMA}，写的是 {}", path.display(), read.schema);
        }
        // A file without a name speaks of the whole run, not of rows.
        if read.file.is_empty() {
            run = Some(read);
        } else {
            truths.push(read);
        }
    }
    let plan = beside(folder, ".plan.toml");
    let name = folder.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    Ok(Part { name, folder: folder.to_owned(), plan: plan.is_file().then_some(plan), truths, run })
}

/// `folder` with an ending added to its name.
fn beside(folder: &Path, ending: &str) -> PathBuf {
    let mut name = folder.file_name().unwrap_or_default().to_owned();
    name.push(ending);
    folder.with_file_name(name)
}

/// The entries of a folder, sorted by name.
fn entries(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let listed = fs::read_dir(folder).with_context(|| format!("文件夹“{}”打不开", folder.display()))?;
    let mut paths = listed.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>()?;
    paths.sort();
    Ok(paths)
}
