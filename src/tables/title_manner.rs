//! What does a title ask for that is in no list, by the manner in which it asks? How many, whether, which number.

use super::text::{is_status_word, length};
use super::title_time::TitleTime;
use crate::list::Field::{
    self, Agencies, Contact, Content, Deadline, Done, Indicator, Name, Number, PeriodDone, Plan, Problem, Progress,
    Rate, Remark, Status, Target, Unit,
};
use crate::words::Words;

/// Words of a title that tell of what is wanted: 定了多少, 要做几家, 区里派的数.
const WANTED: &[&str] = &[
    "交办", "年初", "认领", "揽", "包", "得", "定", "派", "该", "应", "要", "计划", "下达", "目标", "领", "盘子",
    "分到", "摊到", "plan",
];
/// Words of a title that tell of what was done: 干完多少, 到位数, 建了几家.
const MADE: &[&str] = &[
    "完", "报", "干", "做", "到", "已", "参训", "参加", "参与", "实", "办", "建", "弄", "搞", "成", "共", "交", "累",
    "达", "现", "done", "actual",
];
/// Words of a title that tell of one quarter or month: 这季做的, 三个月里做的.
static OF_PERIOD: Words = Words::new("这季 本季 这个季 当季 单季 三个月 这月 本月 当月 这期 本期 季度");
/// Last words of what counts.
const COUNTS: &[&str] = &["多少", "几多", "几个", "几家", "多少个", "数", "量", "值", "额", "qty", "的数"];

/// What a title means by the manner in which it asks.
pub(super) fn by_manner(core: &str, time: TitleTime) -> Option<&'static [Field]> {
    let words = TitleWords { core, period: time == TitleTime::Period || OF_PERIOD.stand_in(core) };
    words
        .of_the_row()
        .or_else(|| words.of_time_and_people())
        .or_else(|| words.of_state())
        .or_else(|| words.of_figures())
}

fn contains(core: &str, words: &[&str]) -> bool {
    words.iter().any(|word| core.contains(word))
}

fn ends(core: &str, words: &[&str]) -> bool {
    words.iter().any(|word| core.ends_with(word))
}

/// A title, and whether it tells of one quarter or month.
struct TitleWords<'a> {
    core: &'a str,
    period: bool,
}

impl TitleWords<'_> {
    /// Numbers of rows, and what is no value of the report: when somebody wrote the row, how it was marked.
    fn of_the_row(&self) -> Option<&'static [Field]> {
        static WRITTEN: Words = Words::new("反馈 填报 更新 上报 录入 创建 登记 交办 接龙 create");
        static MARKED: Words = Words::new("打分 得分 评分 分值 名次 排名 催办 图片 照片 文号 纪要号");
        let core = self.core;
        let submitted = core.starts_with("提交");
        if submitted || ends(core, &["时间", "日期", "time", "date"]) && WRITTEN.stand_in(core) {
            return Some(&[]);
        }
        if MARKED.stand_in(core) {
            return Some(&[]);
        }
        let counts = ["流水号", "受理号", "单号", "任务号", "编码", "代码", "编号", "序列", "ID", "id", "Id"];
        ends(core, &counts).then_some(&[Number])
    }

    /// Until when, and who.
    fn of_time_and_people(&self) -> Option<&'static [Field]> {
        static WHEN: Words = Words::new("什么时候 何时 几时 啥时 哪天 时序要求 时间要求 限办");
        let core = self.core;
        if WHEN.stand_in(core) || ends(core, &["日期", "办结时间"]) {
            return Some(&[Deadline]);
        }
        let managed =
            ends(core, &["管", "抓", "负责", "管的"]) && contains(core, &["部门", "单位", "哪个局", "哪些局"]);
        if managed || ends(core, &["部门", "科室", "处室"]) {
            return Some(&[Agencies]);
        }
        let asks_who = ["谁", "哪个", "啥人", "边个", "@谁"].iter().any(|who| core.starts_with(who));
        if asks_who && length(core) <= 5 || ends(core, &["具体抓"]) {
            return Some(&[Contact, Agencies]);
        }
        ends(core, &["责任"]).then_some(&[Agencies, Contact])
    }

    /// Whether, why, how far, and what then.
    fn of_state(&self) -> Option<&'static [Field]> {
        static WHY: Words = Words::new("为啥 为什么 为何 咋回事 怎么回事 因由 缘由 缘故 理由 症结 卡到 恼火 犯愁 出面");
        let core = self.core;
        if asks_whether(core) || offers_states(core) {
            return Some(&[Status, Progress]);
        }
        if WHY.stand_in(core) {
            return Some(&[Problem]);
        }
        let then =
            ["咋办", "咋弄", "咋搞", "咋整", "怎么办", "怎么走", "何策", "咋干", "怎么破", "个整", "怎么解决", "安排"];
        let planned = ["咋解决", "想法", "预案", "待做"];
        if ends(core, &then) || ends(core, &planned) || matches!(core, "拟" | "整改" | "补短板") {
            return Some(&[Plan, Progress]);
        }
        if ends(core, &["阶段", "环节", "程度", "处于"]) {
            return Some(&[Status, Progress, Rate]);
        }
        if contains(core, &["到哪", "进行到"])
            || ends(core, &["咋样", "咋样了", "怎样", "怎样了", "怎么样", "如何", "结果", "成果", "干出来的"])
        {
            return Some(&[Progress, Status]);
        }
        None
    }

    /// How much.
    fn of_figures(&self) -> Option<&'static [Field]> {
        let core = self.core;
        let short = length(core) <= 12;
        if ends(core, &["几成", "百分之几", "率", "工比", "成比", "%", "rate", "pct", "percent"])
            || core.contains("几成")
        {
            return Some(&[Rate]);
        }
        let done: &'static [Field] = if self.period { &[PeriodDone, Done] } else { &[Done, Status, Progress] };
        if ends(core, &["做的", "干的"]) {
            return Some(if self.period { &[PeriodDone, Progress] } else { &[Progress, Done] });
        }
        let bare = length(core) <= 3;
        let judged = ends(core, &["判定", "评定", "认定", "核定", "审定", "鉴定", "稳定"]);
        if ends(core, &["定", "定的"]) && length(core) <= 4 && !judged || core.starts_with('应') && bare {
            return Some(&[Target]);
        }
        if ends(core, &["至今", "以来", "拢共", "加一起"]) && short || core.starts_with('实') && bare && core != "实施"
        {
            return Some(done);
        }
        if contains(core, &["新增", "增量"]) && short {
            return Some(&[PeriodDone, Done]);
        }
        if short && !core.contains('未') && ends(core, &["完成", "干成", "做成", "办成", "建成"]) {
            return Some(if contains(core, WANTED) { &[Target, Deadline] } else { done });
        }
        if core.starts_with('已') && length(core) <= 4 {
            return Some(&[Done, Progress]);
        }
        if !(short && ends(core, COUNTS)) {
            return None;
        }
        match (contains(core, WANTED), contains(core, MADE)) {
            (true, _) => Some(&[Target]),
            (false, true) => Some(done),
            (false, false) if self.period && length(core) <= 4 => Some(&[PeriodDone]),
            (false, false) => None,
        }
    }
}

/// Words in the titles of an export, in the order in which they decide.
const OF_EXPORTS: &[(&str, &[Field])] = &[
    ("contact", &[Contact]),
    ("tel", &[Contact]),
    ("phone", &[Contact]),
    ("remark", &[Remark]),
    ("memo", &[Remark]),
    ("problem", &[Problem]),
    ("issue", &[Problem]),
    ("deadline", &[Deadline]),
    ("due", &[Deadline]),
    ("nextplan", &[Plan]),
    ("nextstep", &[Plan]),
    ("planqty", &[Target]),
    ("target", &[Target]),
    ("done", &[Done]),
    ("rate", &[Rate]),
    ("percent", &[Rate]),
    ("finish", &[Done]),
    ("actual", &[Done]),
    ("unit", &[Unit]),
    ("progress", &[Progress, Rate]),
    ("status", &[Status, Progress]),
    ("state", &[Status, Progress]),
    ("dept", &[Agencies]),
    ("owner", &[Agencies, Contact]),
    ("name", &[Name, Content]),
    ("title", &[Name, Content]),
    ("content", &[Content, Progress]),
    ("desc", &[Content, Progress]),
    ("plan", &[Plan, Target]),
    ("task", &[Name, Content]),
    ("task", &[Name, Content]),
];

/// What the title of an export means, by the English words in it: `taskName`, `progress_desc`.
pub(super) fn by_export(core: &str) -> Option<&'static [Field]> {
    let words = core.chars().all(|c| c.is_ascii_alphabetic() || c == '_');
    let core = core.to_ascii_lowercase().replace('_', "");
    let own = ["time", "user", "create", "update"].iter().any(|word| core.contains(word));
    let found = || OF_EXPORTS.iter().find(|(word, _)| core.contains(word)).map(|(_, fields)| *fields);
    if words && !own { found() } else { None }
}

/// What a title means by its last word, where no part of it is known.
pub(super) fn by_last_word(core: &str) -> Option<&'static [Field]> {
    let ends = |words: &[&str]| ends(core, words);
    if ends(&["_no", "#"]) || ends(&["号"]) && (length(core) <= 2 || contains(core, &["任务", "事项", "项目", "条目"]))
    {
        return Some(&[Number]);
    }
    if ends(&[
        "安排",
        "打算",
        "盘算",
        "对策",
        "对策措施",
        "办法",
        "法子",
        "招数",
        "招",
        "策",
        "解法",
        "思路",
        "重点",
        "计划",
    ]) {
        return Some(&[Plan, Progress]);
    }
    if ends(&["清单", "条目", "条款"]) {
        return Some(&[Name, Content]);
    }
    if ends(&["口径"]) {
        return Some(&[Indicator, Content]);
    }
    if ends(&["项", "细目", "考核点"]) {
        return Some(&[Name, Indicator]);
    }
    if ends(&[
        "的坎",
        "疙瘩",
        "软肋",
        "弱项",
        "困惑",
        "不足",
        "欠账",
        "缺口",
        "差距",
        "不顺",
        "不了",
        "不动",
        "不动的",
        "不了的",
        "勿顺",
    ]) {
        return Some(&[Problem]);
    }
    if length(core) <= 5 && ends(&["人", "员", "领导", "干部"]) {
        return Some(&[Contact]);
    }
    if length(core) <= 5 && ends(&["日期", "日子", "时间", "辰光", "最迟"]) {
        return Some(&[Deadline]);
    }
    None
}

/// Whether a title asks a question that is answered with yes or no: 做好没有, 交没交, 办没办完(是/否), 能否交付.
fn asks_whether(core: &str) -> bool {
    let characters: Vec<char> = core.chars().collect();
    let repeats = |three: &[char]| matches!(three[1], '没' | '不' | '勿') && three[0] == three[2];
    let within = ["有没有", "是不是", "能不能", "能否", "是否", "可否", "了吗"].iter().any(|word| core.contains(word));
    let ends = ["没有", "没", "了没", "否", "不", "吗"].iter().any(|word| core.ends_with(word));
    within || characters.windows(3).any(repeats) || ends && (2..=8).contains(&characters.len())
}

/// Whether a title offers the states from which one is to be chosen: 没动/在干/干完了/拖了.
fn offers_states(core: &str) -> bool {
    let parts: Vec<&str> = core.split(['/', '、', '|', ',']).collect();
    let states = parts.iter().filter(|part| is_status_word(part)).count();
    parts.len() >= 3 && states >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_known_by_how_they_ask() {
        for (title, field) in [
            ("完成了几成", Rate),
            ("做好没有", Status),
            ("交没交", Status),
            ("能不能按期", Status),
            ("没动/在干/干完了/拖了,四选一", Status),
            ("定了多少", Target),
            ("干完多少", Done),
            ("没做完咋回事", Problem),
            ("往后咋办", Plan),
        ] {
            assert_eq!(by_manner(title, TitleTime::Open).map(|fields| fields[0]), Some(field), "{title}");
        }
        for (title, field) in [("条目号", Number), ("二季度盘算", Plan), ("更新人", Contact), ("办不下去的坎", Problem)]
        {
            assert_eq!(by_last_word(title).map(|fields| fields[0]), Some(field), "{title}");
        }
        for (title, field) in
            [("taskName", Name), ("progress_desc", Progress), ("nextPlan", Plan), ("contactTel", Contact)]
        {
            assert_eq!(by_export(title).map(|fields| fields[0]), Some(field), "{title}");
        }
        assert_eq!(by_export("create_time"), None);
        assert_eq!(by_manner("判定", TitleTime::Open), None);
        assert_eq!((by_manner("行动口号", TitleTime::Open), by_last_word("行动口号")), (None, None));
        assert_eq!(
            by_manner("图片编号", TitleTime::Open),
            Some(&[][..]),
            "what only shows the row is known as the township's own"
        );
    }
}
