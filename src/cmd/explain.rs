//! `hedui explain`: a finding code in plain Chinese.

use std::io::Write as _;

use anyhow::anyhow;
use clap::Args;

use super::Done;
use crate::findings::{KINDS, explain, kind, markdown};

/// 说明问题：用平常话讲清一个问题代码是什么意思、怎么改
#[derive(Debug, Args)]
#[command(override_usage = "hedui explain [代码]")]
pub struct ExplainArguments {
    /// 问题代码，如 blank-field；不写则列出全部
    #[arg(value_name = "代码", help_heading = "参数")]
    pub code: Option<String>,
    /// 写出问题目录的页面（docs/findings.md）
    #[arg(long, conflicts_with = "code", help_heading = "选项")]
    pub markdown: bool,
}

/// Prints one kind, or all of them.
///
/// # Errors
/// Where there is no such code.
pub fn run(arguments: &ExplainArguments) -> anyhow::Result<Done> {
    let text = if arguments.markdown { markdown() } else { pages(arguments.code.as_deref())? };
    // A closed pipe (`| head`) is no reason to fail.
    let _ = std::io::stdout().write_all(text.as_bytes());
    Ok(Done::Clean)
}

fn pages(code: Option<&str>) -> anyhow::Result<String> {
    let Some(code) = code else {
        let pages: Vec<String> = KINDS.iter().map(|kind| explain(kind)).collect();
        return Ok(pages.join("\n"));
    };
    let known =
        kind(&code.trim().to_lowercase()).or_else(|| KINDS.iter().copied().find(|kind| kind.title == code.trim()));
    let known = known.ok_or_else(|| {
        let near = KINDS.iter().max_by(|one, other| likeness(one.code, code).total_cmp(&likeness(other.code, code)));
        let hint = near.filter(|near| likeness(near.code, code) > 0.6);
        let hint = hint.map_or_else(String::new, |near| format!("，是不是“{}”（{}）", near.code, near.title));
        anyhow!("没有“{code}”这个问题代码{hint}；不写代码可列出全部")
    })?;
    Ok(explain(known))
}

fn likeness(one: &str, other: &str) -> f64 {
    strsim::jaro_winkler(one, other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_code_or_all_of_them() {
        let one = pages(Some("blank-field")).unwrap();
        assert!(one.contains("必填未填") && one.contains("怎么改"));
        assert_eq!(pages(Some("必填未填")).unwrap(), one);
        let all = pages(None).unwrap();
        assert!(KINDS.iter().all(|kind| all.contains(kind.code)));
    }

    #[test]
    fn an_unknown_code_names_the_nearest() {
        let sentence = pages(Some("blank-fields")).unwrap_err().to_string();
        assert!(sentence.contains("“blank-field”"), "{sentence}");
        assert!(!pages(Some("xyz")).unwrap_err().to_string().contains("是不是"));
    }
}
