//! The reporting form: which fields a township reports, under which titles, and which are required.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A reporting field. The names are the contract's keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// 序号: the official number, as the township wrote it.
    Number,
    /// 任务名称.
    Name,
    /// 主要内容 / 目标任务.
    Content,
    /// 责任单位.
    Agencies,
    /// 指标: a quantified target of the task.
    Indicator,
    /// 目标值.
    Target,
    /// 计量单位 of target and done.
    Unit,
    /// 本期完成.
    PeriodDone,
    /// 累计完成.
    Done,
    /// 完成率: done ÷ target.
    Rate,
    /// 进展状态.
    Status,
    /// 进展情况, a narrative.
    Progress,
    /// 存在问题, a narrative.
    Problem,
    /// 下一步计划, a narrative.
    Plan,
    /// 完成时限.
    Deadline,
    /// 联系人 and telephone.
    Contact,
    /// 备注.
    Remark,
}

impl Field {
    /// All fields in the order of the standard form.
    pub const ALL: [Self; 17] = [
        Self::Number,
        Self::Name,
        Self::Content,
        Self::Agencies,
        Self::Indicator,
        Self::Target,
        Self::Unit,
        Self::PeriodDone,
        Self::Done,
        Self::Rate,
        Self::Status,
        Self::Progress,
        Self::Problem,
        Self::Plan,
        Self::Deadline,
        Self::Contact,
        Self::Remark,
    ];

    /// The contract's key, such as `period_done`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Name => "name",
            Self::Content => "content",
            Self::Agencies => "agencies",
            Self::Indicator => "indicator",
            Self::Target => "target",
            Self::Unit => "unit",
            Self::PeriodDone => "period_done",
            Self::Done => "done",
            Self::Rate => "rate",
            Self::Status => "status",
            Self::Progress => "progress",
            Self::Problem => "problem",
            Self::Plan => "plan",
            Self::Deadline => "deadline",
            Self::Contact => "contact",
            Self::Remark => "remark",
        }
    }

    /// The field that bears a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.key() == key)
    }

    /// Title in the standard form.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Number => "序号",
            Self::Name => "任务名称",
            Self::Content => "主要内容",
            Self::Agencies => "责任单位",
            Self::Indicator => "指标",
            Self::Target => "目标值",
            Self::Unit => "计量单位",
            Self::PeriodDone => "本期完成",
            Self::Done => "累计完成",
            Self::Rate => "完成率",
            Self::Status => "进展状态",
            Self::Progress => "进展情况",
            Self::Problem => "存在问题",
            Self::Plan => "下一步计划",
            Self::Deadline => "完成时限",
            Self::Contact => "联系人",
            Self::Remark => "备注",
        }
    }

    /// Whether the field is one that the township fills in (the others come from the list).
    pub const fn is_reported(self) -> bool {
        !matches!(self, Self::Number | Self::Name | Self::Content | Self::Agencies)
    }

    /// Whether the field says which task a row is about.
    pub const fn names_task(self) -> bool {
        matches!(self, Self::Name | Self::Content | Self::Indicator)
    }

    /// Whether the field holds a number with a unit.
    pub const fn is_quantity(self) -> bool {
        matches!(self, Self::Target | Self::PeriodDone | Self::Done)
    }
}

impl fmt::Display for Field {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.title())
    }
}

/// The reporting form of a plan: its columns in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// Columns in the order of the form.
    pub columns: Vec<FormColumn>,
}

/// One column of the reporting form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormColumn {
    /// Which field it holds.
    pub key: Field,
    /// Title over the column.
    pub title: String,
    /// When a township must fill it in.
    #[serde(default)]
    pub required: Requirement,
    /// Other titles that townships use for it, besides the built-in ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub synonyms: Vec<String>,
}

/// When a column must be filled in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Requirement {
    /// Always.
    Always,
    /// One of the columns so marked must be filled in (name or content).
    OneOf,
    /// Where the township's row has a target.
    WithTarget,
    /// Where the status is 滞后.
    WhenLate,
    /// Never.
    #[default]
    Never,
}

impl Default for Form {
    /// The standard form with the contract's default requirements.
    fn default() -> Self {
        let columns = Field::ALL.into_iter().map(|key| FormColumn {
            key,
            title: key.title().to_owned(),
            required: match key {
                Field::Name | Field::Content => Requirement::OneOf,
                Field::Status | Field::Progress => Requirement::Always,
                Field::Done => Requirement::WithTarget,
                Field::Problem => Requirement::WhenLate,
                _ => Requirement::Never,
            },
            synonyms: Vec::new(),
        });
        Self { columns: columns.collect() }
    }
}

impl Form {
    /// The column that holds a field.
    pub fn column(&self, field: Field) -> Option<&FormColumn> {
        self.columns.iter().find(|column| column.key == field)
    }

    /// When a field must be filled in; a field without a column never.
    pub fn requirement(&self, field: Field) -> Requirement {
        self.column(field).map_or(Requirement::Never, |column| column.required)
    }
}
