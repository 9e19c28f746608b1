//! How does a plan get out of a file and into one? The file's content, not its name, decides how it is read.

mod explain;
mod json;
mod toml_text;
mod workbook;

use std::fs;
use std::path::Path;

use anyhow::{Context, anyhow, bail};

pub(super) use explain::system as system_words;

use super::plan::{PLAN_SCHEMA, Plan};

/// The plan that is built into the program, `templates/dongtou.toml`, as `build.rs` makes it ready.
const BUILT_IN: &str = include_str!(concat!(env!("OUT_DIR"), "/dongtou.json"));

/// The kinds of plan files, named by the extension of a file that is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanFormat {
    /// Reviewable and versioned text.
    Toml,
    /// For other programs.
    Json,
    /// For a clerk with WPS or Excel.
    Workbook,
}

impl PlanFormat {
    /// The format that a file's name asks for.
    ///
    /// # Errors
    /// One Chinese sentence where the extension is none of the three.
    pub fn of_name(path: &Path) -> anyhow::Result<Self> {
        let extension = path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
        match extension.as_deref() {
            Some("toml") => Ok(Self::Toml),
            Some("json") => Ok(Self::Json),
            Some("xlsx") => Ok(Self::Workbook),
            _ => bail!("方案文件“{}”的扩展名应为 .toml、.json 或 .xlsx，请改一个文件名", path.display()),
        }
    }
}

impl Plan {
    /// The published plan of Dongtou, which is used where no other plan is named.
    ///
    /// # Panics
    /// Never: a test reads the shipped plan.
    pub fn built_in() -> Self {
        json::read(BUILT_IN).expect("the shipped plan is read by a test")
    }

    /// Reads a plan file, TOML, JSON or a plan workbook, that is fit to be worked with.
    ///
    /// # Errors
    /// In Chinese: the file, the line or cell, what was expected there, and the way out; all faults at once.
    pub fn load(path: &Path) -> anyhow::Result<Self> {
        let shown = path.display();
        let plan = Self::read(path)?;
        let faults = plan.faults();
        if !faults.is_empty() {
            let listed: Vec<String> =
                faults.iter().enumerate().map(|(index, fault)| format!("  {}. {fault}", index + 1)).collect();
            bail!("方案文件“{shown}”有 {} 处需要改正，改好后再运行：\n{}", faults.len(), listed.join("\n"));
        }
        Ok(plan)
    }

    /// Reads a plan file whose faults of content, see [`Plan::faults`], are still to be corrected.
    ///
    /// # Errors
    /// In Chinese: the file, the line or cell, what was expected there, and the way out.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let shown = path.display();
        let bytes = fs::read(path)
            .map_err(|error| anyhow!("方案文件“{shown}”打不开（{}），请核对路径和权限", explain::system(&error)))?;
        let mut plan = Self::from_bytes(&bytes).with_context(|| format!("方案文件“{shown}”读不懂"))?;
        plan.fill_in_years();
        Ok(plan)
    }

    /// Reads a plan from the bytes of a plan file; its faults of content are [`Plan::faults`]'.
    ///
    /// # Errors
    /// In Chinese: the line or cell, what was expected there, and the way out.
    pub fn from_bytes(bytes: &[u8]) -> anyhow::Result<Self> {
        if is_binary(bytes) {
            return workbook::read(bytes);
        }
        if bytes.starts_with(b"%PDF") {
            bail!("它是 PDF，不是方案文件；公布的文件请先用 hedui import 导入，PDF 请改用原来的 Word 文件或网页");
        }
        let text = std::str::from_utf8(bytes)
            .map_err(|_| anyhow!("它不是 UTF-8 编码的文本，请用记事本打开，另存为 UTF-8 编码"))?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if !text.contains("hedui/plan/") {
            bail!("它不是方案文件（开头应写明 schema = \"{PLAN_SCHEMA}\"）；公布的文件请先用 hedui import 导入");
        }
        let plan = if text.trim_start().starts_with('{') { json::read(text) } else { toml_text::read(text) }?;
        if plan.schema != PLAN_SCHEMA {
            bail!("schema 写的是“{}”，本程序只认“{PLAN_SCHEMA}”，请改正或换用相应版本的程序", plan.schema);
        }
        Ok(plan)
    }

    /// An indicator that does not say when it is due is due in the plan's last year.
    fn fill_in_years(&mut self) {
        let last = self.years[1].to_string();
        for indicator in self.tasks.iter_mut().flat_map(|task| &mut task.indicators) {
            if indicator.when.is_empty() {
                indicator.when.clone_from(&last);
            }
        }
    }

    /// Whether a file is a plan file already, as opposed to a published document.
    pub fn is_plan_file(bytes: &[u8]) -> bool {
        if is_binary(bytes) {
            return workbook::is_plan(bytes);
        }
        let text = String::from_utf8_lossy(bytes);
        text.lines().take(5).any(|line| line.contains("schema") && line.contains("hedui/plan/"))
    }

    /// The plan as the text of a TOML file.
    pub fn to_toml(&self) -> String {
        toml_text::write(self)
    }

    /// The plan as the text of a JSON file.
    pub fn to_json(&self) -> String {
        json::write(self)
    }
}

/// A zip container or an OLE compound file: a workbook, not a text.
fn is_binary(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK") || bytes.starts_with(b"\xd0\xcf\x11\xe0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_plan_has_no_fault() {
        let plan = Plan::built_in();
        assert_eq!(plan.faults(), Vec::<String>::new());
        assert_eq!((plan.tasks.len(), plan.townships.len(), plan.years), (69, 6, [2023, 2027]));
    }

    #[test]
    fn the_built_in_plan_is_the_one_that_is_shipped() {
        let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/dongtou.toml");
        assert_eq!(Plan::load(&shipped).unwrap(), Plan::built_in());
    }

    #[test]
    fn toml_and_json_carry_the_same_plan() {
        let plan = Plan::built_in();
        assert_eq!(Plan::from_bytes(plan.to_toml().as_bytes()).unwrap(), plan);
        assert_eq!(Plan::from_bytes(plan.to_json().as_bytes()).unwrap(), plan);
    }

    #[test]
    fn the_extension_of_the_output_decides_how_it_is_written() {
        for (name, format) in
            [("a.toml", PlanFormat::Toml), ("b.JSON", PlanFormat::Json), ("方案.xlsx", PlanFormat::Workbook)]
        {
            assert_eq!(PlanFormat::of_name(Path::new(name)).unwrap(), format);
        }
        assert!(PlanFormat::of_name(Path::new("方案.doc")).unwrap_err().to_string().contains(".toml"));
    }

    #[test]
    fn a_plan_that_does_not_parse_names_the_line_and_what_was_expected() {
        let good = Plan::built_in().to_toml();
        for (from, to, expected) in [
            ("number = 2\n", "number = \"二\"\n", "整数"),
            ("number = 2\n", "numer = 2\n", "numer"),
            ("number = 2\n", "number = = 2\n", "TOML"),
            ("number = 2\n", "number = -2\n", "整数"),
        ] {
            let line = good.lines().position(|line| line == "number = 2").unwrap() + 1;
            let error = Plan::from_bytes(good.replacen(from, to, 1).as_bytes()).unwrap_err().to_string();
            assert!(error.contains(&format!("第 {line} 行")) && error.contains(expected), "{error}");
        }
        let error =
            Plan::from_bytes("{\"schema\": \"hedui/plan/1\", \"title\": 3}".as_bytes()).unwrap_err().to_string();
        assert!(error.contains("第 1 行") && error.contains("文字"), "{error}");
        let error = Plan::from_bytes("关于印发方案的通知".as_bytes()).unwrap_err().to_string();
        assert!(error.contains("hedui import"), "{error}");
        let error = Plan::from_bytes(b"\xd6\xd0\xce\xc4").unwrap_err().to_string();
        assert!(error.contains("UTF-8"), "{error}");
        let newer = good.replacen("hedui/plan/1", "hedui/plan/9", 1);
        assert!(Plan::from_bytes(newer.as_bytes()).unwrap_err().to_string().contains("hedui/plan/9"));
    }
}
