//! What does a code mean? The pages for clerks, made from the declarations.

use std::fmt::Write as _;

use super::finding::Kind;
use super::{KINDS, LIMITS};

/// The kind that bears a code.
pub fn kind(code: &str) -> Option<&'static Kind> {
    KINDS.iter().copied().find(|kind| kind.code == code)
}

/// A kind in plain Chinese, for the terminal.
pub fn explain(kind: &Kind) -> String {
    format!(
        "{title}（{code}，{word}）\n  查什么：{reports}\n  为什么：{matters}\n  怎么改：{remedy}\n  例　子：{example}\n",
        title = kind.title,
        code = kind.code,
        word = kind.severity.word(),
        reports = kind.reports,
        matters = kind.matters,
        remedy = kind.remedy,
        example = kind.example,
    )
}

/// The catalogue page `docs/findings.md`.
pub fn markdown() -> String {
    let mut page = String::from(
        "# 问题目录\n\n<!-- 本页由 `hedui explain --markdown` 写出，请改程序里的说明，不要改本页。 -->\n\n\
         每个问题都写明在哪个文件、哪张表、哪一格，写的是什么、应当是什么、怎样改。\
         级别：必改（error）须退回填报单位；核实（warning）须有人看；提示（info）供了解。\
         级别和开关可在方案文件的 `[rules]` 中调整。\n\n| 代码 | 名称 | 级别 |\n| --- | --- | --- |\n",
    );
    let write = "writing to a text cannot fail";
    for kind in KINDS {
        let (code, title, word, key) = (kind.code, kind.title, kind.severity.word(), kind.severity.key());
        writeln!(page, "| [`{code}`](#{code}) | {title} | {word} {key} |").expect(write);
    }
    for kind in KINDS {
        writeln!(
            page,
            "\n## {}\n\n**{}**（{}）\n\n- 查什么：{}\n- 为什么：{}\n- 怎么改：{}\n- 例子：{}",
            kind.code,
            kind.title,
            kind.severity.word(),
            kind.reports,
            kind.matters,
            kind.remedy,
            kind.example
        )
        .expect(write);
    }
    page.push_str(
        "\n## 可调的界限\n\n写在方案文件的 `[rules.limits]` 中。\n\n| 名称 | 默认 | 含义 |\n| --- | --- | --- |\n",
    );
    for limit in LIMITS {
        writeln!(page, "| `{}` | {} | {} |", limit.name, limit.default, limit.about).expect(write);
    }
    page
}
