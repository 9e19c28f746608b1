//! What does an error of the parsing libraries mean in plain Chinese?

use std::io;

/// Says what a message of serde means; whatever is no complaint of serde is a fault of the notation (`TOML`, `JSON`).
pub(super) fn serde(message: &str, notation: &str) -> String {
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let list = |names: &[&str]| names.join("、");
    match (message.split([' ', ':']).next(), quoted.as_slice()) {
        (Some("missing"), [field, ..]) => format!("缺少“{field}”这一项，请补上"),
        (Some("duplicate"), [field, ..]) => format!("“{field}”写了两次，请删去一处"),
        (Some("unknown"), [given]) => format!("不认识“{given}”，请删去"),
        (Some("unknown"), [given, known @ ..]) => format!("不认识“{given}”，这里可以写的有：{}", list(known)),
        (Some("invalid"), _) => invalid(message),
        _ => format!("写法不合 {notation} 的格式，常见原因是引号、括号没有成对，或漏了等号、逗号"),
    }
}

/// `invalid type: string "二", expected u32` and its relatives.
fn invalid(message: &str) -> String {
    let (_, expected) = message.rsplit_once("expected ").unwrap_or(("", message));
    let expected = match expected {
        "u32" | "u16" | "i64" | "usize" => "不带小数的非负整数",
        "f64" => "数字",
        "a string" => "加引号的文字",
        "a boolean" => "true 或 false",
        "a sequence" => "方括号里的若干项",
        "an array of length 2" => "两个年份，如 [2023, 2027]",
        _ => "按方案格式说明填写的内容",
    };
    let given = message.split(": ").nth(1).and_then(|rest| rest.split(", expected").next()).unwrap_or("");
    let words = [
        ("string ", "文字"),
        ("integer ", "整数"),
        ("floating point ", "数字"),
        ("boolean ", ""),
        ("sequence", "若干项的列表"),
        ("map", "一组带名称的项"),
        ("null", "空值"),
    ];
    let given = words.iter().find_map(|(english, chinese)| {
        let value = given.strip_prefix(english)?.trim_matches(['`', '"']);
        Some(if value.is_empty() { (*chinese).to_owned() } else { format!("{chinese}“{value}”") })
    });
    match given {
        Some(given) => format!("这里写的是{given}，应为{expected}"),
        None => format!("这里应为{expected}"),
    }
}

/// The usual reasons of the operating system.
pub(in crate::list) fn system(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "没有这个文件或文件夹".to_owned(),
        io::ErrorKind::PermissionDenied => "没有权限".to_owned(),
        io::ErrorKind::IsADirectory => "这是一个文件夹".to_owned(),
        io::ErrorKind::StorageFull => "磁盘已满".to_owned(),
        _ => format!("系统提示 {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn complaints_of_serde_are_told_in_chinese() {
        for (message, expected) in [
            ("missing field `title`", "缺少“title”这一项，请补上"),
            ("unknown field `nam`, expected one of `name`, `aliases`", "不认识“nam”，这里可以写的有：name、aliases"),
            ("invalid type: string \"二\", expected u32", "这里写的是文字“二”，应为不带小数的非负整数"),
            ("invalid type: boolean `true`, expected a string", "这里写的是“true”，应为加引号的文字"),
            ("invalid length 1, expected an array of length 2", "这里应为两个年份，如 [2023, 2027]"),
        ] {
            assert_eq!(serde(message, "TOML"), expected);
        }
        assert!(serde("expected `.`, `=`", "TOML").contains("TOML"));
    }
}
