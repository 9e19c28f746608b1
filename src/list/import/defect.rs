//! What is wrong with the published list itself, and what was done about it.

use crate::list::plan::{Plan, Task};

/// One gap or slip of a published list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Defect {
    /// What sort of slip it is.
    pub kind: DefectKind,
    /// Official number of the task concerned; absent where the whole list is.
    pub task: Option<u32>,
    /// Where it stands in the published file, as a person looks it up; empty where it stands nowhere.
    pub place: String,
    /// What stands there.
    pub found: String,
    /// What was made of it; absent where it was left as written.
    pub repaired: Option<String>,
}

/// The sorts of slips.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DefectKind {
    /// A column title with characters missing.
    BrokenTitle,
    /// A name that is given once for several rows.
    InheritedName,
    /// A task without any name.
    NoName,
    /// A task without any content.
    NoContent,
    /// A task none of whose agencies is the lead.
    NoLead,
    /// Agencies whose cells fell into lines, so that nothing tells where the leads end.
    LeadBorder,
    /// A list that does not say who leads.
    NoLeadRule,
    /// A task without any agency.
    NoAgencies,
    /// Agencies written one after the other without a separator.
    RunTogether,
    /// Agencies that share a word: 石桥镇、柳河乡人民政府.
    SharedWord,
    /// A word among the agencies that is none.
    StrayWord,
    /// 等部门: the list leaves open who else is responsible.
    OpenEnded,
    /// A footnote inside a cell.
    Footnote,
    /// Numbers with a gap, a repetition or none at all.
    Numbering,
    /// A deadline that is no date.
    Deadline,
    /// The years that the plan covers are broken or missing.
    Years,
    /// The title is missing.
    Title,
    /// The townships cannot be told from the document.
    Roster,
    /// A row that was left out.
    LeftOut,
    /// One name that several tasks bear.
    RepeatedName,
    /// A figure without a unit.
    NoUnit,
}

impl DefectKind {
    /// What is wrong, in the words of an office.
    pub const fn words(self) -> &'static str {
        match self {
            Self::BrokenTitle => "表头缺字",
            Self::InheritedName => "任务名称沿用上一行",
            Self::NoName => "没有任务名称",
            Self::NoContent => "没有主要内容",
            Self::NoLead => "没有标明牵头单位",
            Self::LeadBorder => "牵头单位和配合单位散成几行，中间没有分界，暂以第一行为牵头",
            Self::NoLeadRule => "全文没有说明由谁牵头",
            Self::NoAgencies => "没有责任单位",
            Self::RunTogether => "责任单位连写，中间没有分隔",
            Self::SharedWord => "几个责任单位合用后面的字",
            Self::StrayWord => "责任单位中夹有多余的字",
            Self::OpenEnded => "责任单位以“等”字概括，没有写全",
            Self::Footnote => "单元格内夹有脚注",
            Self::Numbering => "序号不连续、重复或缺失",
            Self::Deadline => "完成时限不是日期，方案里空着",
            Self::Years => "起止年份残缺",
            Self::Title => "没有标题",
            Self::Roster => "乡镇街道名册",
            Self::LeftOut => "有一行没有采用",
            Self::RepeatedName => "几项任务同名",
            Self::NoUnit => "数字没有写明单位",
        }
    }
}

impl Defect {
    /// A slip that was left as written.
    pub(crate) fn left(kind: DefectKind, place: &str, found: impl Into<String>) -> Self {
        Self { kind, task: None, place: place.to_owned(), found: found.into(), repaired: None }
    }

    /// A slip that was repaired, and what was made of it.
    pub(crate) fn repaired(kind: DefectKind, place: &str, found: impl Into<String>, made: impl Into<String>) -> Self {
        Self { repaired: Some(made.into()), ..Self::left(kind, place, found) }
    }

    /// Names the task concerned.
    #[must_use]
    pub(crate) fn of(mut self, task: u32) -> Self {
        self.task = Some(task);
        self
    }

    /// Whether a person has since filled in, in the plan, what the document leaves open.
    pub fn settled_in(&self, plan: &Plan) -> bool {
        let task = plan.tasks.iter().find(|task| Some(task.number) == self.task);
        let named = |task: &Task| !(task.leads.is_empty() && task.supports.is_empty());
        match self.kind {
            DefectKind::Roster => !plan.townships.is_empty(),
            DefectKind::NoLeadRule => plan.tasks.iter().any(|task| !task.leads.is_empty()),
            DefectKind::NoLead => task.is_some_and(|task| !task.leads.is_empty()),
            DefectKind::NoAgencies => task.is_some_and(named),
            DefectKind::Deadline => task.is_some_and(|task| task.deadline.is_some()),
            DefectKind::InheritedName => task.is_some_and(|task| !task.name_inherited),
            _ => false,
        }
    }

    /// Whether a person confirmed, in the plan, the tasks concerned: all of them, where the whole list is.
    pub fn confirmed_in(&self, plan: &Plan) -> bool {
        let Some(task) = self.task else { return plan.tasks.iter().all(|task| task.confirmed) };
        let Some(task) = plan.task(task) else { return false };
        let concerned = |other: &&Task| {
            other.number == task.number || self.kind == DefectKind::RepeatedName && other.name == task.name
        };
        plan.tasks.iter().filter(concerned).all(|task| task.confirmed)
    }

    /// The slip as one sentence: where, what stands there, what was done.
    pub fn sentence(&self) -> String {
        if self.kind == DefectKind::Roster {
            return match &self.repaired {
                Some(made) => format!("乡镇街道名册由{}得出：{made}，请核对", self.place),
                None => format!("{}，请在方案的“乡镇街道”表里补上", self.found),
            };
        }
        if self.kind == DefectKind::Years && self.found.is_empty() {
            return match &self.repaired {
                Some(made) => format!("标题没有写明起止年份，已按全文写作 {made}，请核对"),
                None => "全文没有写明起止年份，暂写作 1949—2100，请在方案里改正".to_owned(),
            };
        }
        let task = self.task.map_or_else(String::new, |task| format!("任务 {task}"));
        let place = if self.place.is_empty() { String::new() } else { format!("（{}）", self.place) };
        let found = if self.found.is_empty() { String::new() } else { format!("，原文为“{}”", self.found) };
        let done = self
            .repaired
            .as_ref()
            .map_or_else(|| "，已照原样保留，请核对".to_owned(), |made| format!("，已按“{made}”处理，请核对"));
        let subject = if task.is_empty() && place.is_empty() { String::new() } else { format!("{task}{place}：") };
        format!("{subject}{}{found}{done}", self.kind.words())
    }
}
