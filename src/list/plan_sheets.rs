//! How is a plan laid out as a workbook? Sheets, column titles and words, for the reader here and the writer in
//! `outputs`.

use super::form::Requirement;
use super::import::outside_brackets;

/// 方案: schema, title and years, one under the other.
pub const PLAN: &str = "方案";
/// 任务: one row for each task.
pub const TASKS: &str = "任务";
/// 指标: one row for each indicator.
pub const INDICATORS: &str = "指标";
/// 常见说法: in which words people speak of the tasks.
pub const WORDINGS: &str = "常见说法";
/// 乡镇街道: the roster.
pub const TOWNSHIPS: &str = "乡镇街道";
/// 报送表: the columns of the reporting form.
pub const FORM: &str = "报送表";
/// 规则: findings switched off, severities, limits.
pub const RULES: &str = "规则";

/// Titles of the sheet 方案 and the labels in its first column.
pub const PLAN_COLUMNS: [&str; 2] = ["项目", "内容"];
/// Labels of the sheet 方案.
pub const PLAN_LABELS: [&str; 4] = ["格式", "标题", "起始年份", "结束年份"];
/// Title of the column in which a person says of a task or an indicator that it is right; old plan workbooks have none
/// for tasks.
pub const CONFIRMED: &str = "已核对";
/// Titles of the sheet 任务.
pub const TASK_COLUMNS: [&str; 12] = [
    "序号",
    "部分",
    "小节",
    "任务名称",
    "名称沿用上一行",
    "主要内容",
    "牵头单位",
    "配合单位",
    "完成时限",
    "只由这些乡镇街道报送",
    "别名",
    CONFIRMED,
];
/// Titles of the sheet 指标. 任务名称 is there for the reader; it is not read back.
pub const INDICATOR_COLUMNS: [&str; 11] = [
    "任务序号",
    "任务名称",
    "指标名称",
    "方向",
    "目标值",
    "计量单位",
    "时间",
    "各地可以相加",
    "原文",
    "原文位置",
    CONFIRMED,
];
/// Titles of the sheet 常见说法.
pub const WORDING_COLUMNS: [&str; 2] = ["任务序号", "说法"];
/// Titles of the sheet 乡镇街道.
pub const TOWNSHIP_COLUMNS: [&str; 2] = ["名称", "别名"];
/// Titles of the sheet 报送表.
pub const FORM_COLUMNS: [&str; 4] = ["栏目", "表头", "必填", "其他叫法"];
/// Titles of the sheet 规则.
pub const RULE_COLUMNS: [&str; 3] = ["种类", "名称", "取值"];
/// Kinds of rules: switched off, severity, limit.
pub const RULE_KINDS: [&str; 3] = ["停用", "级别", "限值"];

/// The word for yes; a blank means no.
pub const YES: &str = "是";
/// The word for a task that no township reports; a blank means that every township does.
pub const NOBODY: &str = "无";

impl Requirement {
    /// All requirements in the order in which a person chooses.
    pub const ALL: [Self; 5] = [Self::Always, Self::OneOf, Self::WithTarget, Self::WhenLate, Self::Never];

    /// The word that the plan workbook uses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Always => "必填",
            Self::OneOf => "几栏中填一栏",
            Self::WithTarget => "有目标值时必填",
            Self::WhenLate => "滞后时必填",
            Self::Never => "选填",
        }
    }
}

/// Several names in one cell, parted by 、; on lines of their own where a name holds that sign itself.
pub fn list_in_cell(names: &[String]) -> String {
    let parted = names.join("、");
    if split_list(&parted) == names { parted } else { format!("{}\n", names.join("\n")) }
}

/// The names in a cell: one a line, or parted by 、 ， , ; outside brackets.
pub fn split_list(cell: &str) -> Vec<String> {
    let names = if cell.contains('\n') {
        cell.lines().map(str::trim).filter(|name| !name.is_empty()).collect()
    } else {
        outside_brackets(cell, |c| "、，,；;".contains(c))
    };
    names.into_iter().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_survive_a_cell_whatever_their_names_hold() {
        for names in [
            &["区发改局", "区住建局"][..],
            &["区府办(外事办、大数据局)", "区委"],
            &["石桥镇、柳河乡"],
            &["甲,乙", "丙"],
            &[],
        ] {
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            assert_eq!(split_list(&list_in_cell(&names)), names);
        }
    }
}
