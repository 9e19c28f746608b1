//! Does a narrative say nothing: 无, /, 同上, 按计划推进?

use crate::records::values::written::{compact, is_blank};
use crate::records::values::{Status, status_of};

/// Phrases that stand for a narrative and say nothing.
const FILLERS: &[&str] = &[
    "同上",
    "略",
    "见上",
    "同前",
    "同上期",
    "同上季度",
    "按要求落实",
    "按要求推进",
    "按要求完成",
    "按照要求落实",
    "按照要求推进",
    "按计划落实",
    "按上级要求落实",
    "按上级部署落实",
    "已落实",
    "正在落实",
    "落实中",
    "正在推进落实",
    "有序推进落实",
    "无变化",
    "无进展情况",
    "正常",
    "正常开展",
    "一切正常",
    "按部就班",
    "待补充",
    "待填",
    "待定",
    "详见附件",
    "见附件",
    "xx",
    "xxx",
    "如期推进",
    "已安排",
    "已部署",
    "常抓不懈",
    "持续发力",
    "抓好落实",
    "认真落实",
    "积极落实",
];

/// Steps of work: a status word that names one says something.
const STEPS: &[&str] = &[
    "完成", "启动", "开工", "动工", "招标", "设计", "验收", "施工", "竣工", "建成", "收尾", "筹备", "准备", "前期",
    "主体", "部署",
];

/// Whether the text says nothing about what was done.
pub(super) fn is_one(text: &str) -> bool {
    if text.trim().is_empty() {
        return false;
    }
    if is_blank(text) {
        return true;
    }
    let text = compact(text).to_lowercase();
    let mut clauses = text.split([',', '。', ';', '，', '；', '、']).filter(|clause| !clause.is_empty()).peekable();
    clauses.peek().is_some() && clauses.all(is_empty_clause)
}

fn is_empty_clause(clause: &str) -> bool {
    // A bare 推进中 repeats the status; 未启动 or 已完成 at least answers the question.
    let says = clause.chars().any(|c| c.is_ascii_digit()) || STEPS.iter().any(|word| clause.contains(word));
    is_blank(clause) || FILLERS.contains(&clause) || (!says && status_of(clause) == Some(Status::UnderWay))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fillers_say_nothing() {
        for text in [
            "无",
            "/",
            "—",
            "同上",
            "同上。",
            "按计划推进",
            "按计划推进中。",
            "正在推进",
            "有序推进",
            "正常推进，无",
            "按要求落实",
            "推进中",
            "按序时进度推进",
            "略",
            "持续推进中",
            "稳步推进，按计划实施",
        ] {
            assert!(is_one(text), "{text}");
        }
    }

    #[test]
    fn a_short_report_says_something() {
        for text in [
            "",
            "尚未启动，待区里部署",
            "已完成3公里",
            "完成80%",
            "方案已报区里",
            "村规划公示中",
            "已建成2家",
            "落实地块2处",
            "未启动",
            "已完成",
            "一季度无安排",
            "按计划推进，已完成招标",
        ] {
            assert!(!is_one(text), "{text}");
        }
    }
}
