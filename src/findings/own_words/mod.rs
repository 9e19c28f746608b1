//! Do the reporter's own words contradict the status beside them?

use super::context::{Row, quote, shorten, title_of};
use crate::list::Field;
use crate::numeral::digit;
use crate::records::values::written::compact;
use crate::records::values::{Status, status_of};

/// Words of work that is not finished.
const UNFINISHED: &[&str] = &[
    "尚未完成",
    "还未完成",
    "仍未完成",
    "未完成",
    "没有完成",
    "尚未启动",
    "尚未开工",
    "尚未开展",
    "未启动",
    "未开工",
    "还没动工",
    "没有动工",
    "正在推进",
    "正在建设",
    "正在施工",
    "正在实施",
    "正在办理",
    "正在招标",
    "正在编制",
    "正在开展",
    "推进中",
    "施工中",
    "建设中",
    "尚未验收",
    "前期阶段",
    "进度滞后",
    "还差",
    "尚差",
    "尚未报批",
    "尚未批复",
    "尚未办理",
    "尚未安装",
    "尚未交付",
    "尚未动",
    "没验收",
    "未验收",
    "还没",
    "还未",
];

/// Words of work that is finished: beside them, what is unfinished is something else.
const FINISHED: &[&str] = &[
    "已完成",
    "全部完成",
    "已全部",
    "均已",
    "已建成",
    "已竣工",
    "已办结",
    "圆满完成",
    "完成率100%",
    "完成100%",
    "已达",
    "达标",
];

/// Words of beginnings that a finished task has no more.
const BEGINNINGS: &[&str] = &["启动", "开工", "动工", "着手", "招标", "立项", "选址", "开始建设", "开始实施"];

/// Words that put something into the future.
const FUTURE: &[&str] = &["将", "拟", "计划", "尽快", "尽早", "抓紧", "力争", "争取", "准备", "预计", "确保"];

/// Words of another, later piece of work.
const LATER: &[&str] = &[
    "下一批",
    "二期",
    "三期",
    "后续",
    "新一轮",
    "下一轮",
    "明年",
    "下年",
    "第二批",
    "其他",
    "下一年度",
    "新的",
    "另",
    "新增",
    "提升",
];

/// Words that say that nothing has happened.
const NOTHING_YET: &[&str] = &[
    "没有",
    "尚未",
    "未启动",
    "未开工",
    "未开展",
    "还没",
    "没动",
    "未动",
    "暂无",
    "暂未",
    "还未",
    "未列入",
    "待",
    "拟",
    "计划",
    "将",
    "准备",
    "还在",
    "仍在",
    "等待",
    "等上级",
    "等区",
    "下半年",
    "下季度",
];

/// Words that only look like one that says that nothing has happened.
const OTHER_WORDS: &[&str] = &["接待", "招待", "待遇", "期待", "优待", "将军", "计划生育"];

/// Words of preparation: 未启动 beside them is what a careful clerk writes.
const PREPARING: &[&str] = &[
    "前期", "方案", "选址", "调研", "摸底", "谋划", "研究", "讨论", "立项", "可研", "论证", "酝酿", "对接", "申报",
    "摸排", "设计", "踏勘",
];

/// 已完成 beside words of unfinished work: the words, and the status that would fit.
pub(super) fn completed(row: &Row<'_>) -> Option<(String, Status)> {
    for clause in clauses(row, Field::Progress) {
        let finished = FINISHED.iter().any(|word| clause.contains(word));
        if !finished && let Some(word) = UNFINISHED.iter().find(|word| clause.contains(*word)) {
            let whole =
                clauses(row, Field::Progress).iter().any(|clause| FINISHED.iter().any(|word| clause.contains(word)));
            // What is done by its figures, or said to be done elsewhere, may well have something going on beside it.
            if (whole || is_reached(row)) && !word.contains('未') {
                continue;
            }
            return Some((says(row, Field::Progress, &clause), Status::UnderWay));
        }
    }
    for clause in clauses(row, Field::Plan) {
        let later = LATER.iter().any(|word| clause.contains(word));
        let begins = BEGINNINGS.iter().any(|word| clause.contains(word)) && !clause.contains("常态");
        let future = FUTURE.iter().any(|word| clause.contains(word)) || clause.contains("下一步");
        let finishes = ["完成", "建成", "竣工"].iter().any(|word| clause.contains(word)) && future;
        if !later && ((begins && future) || finishes) {
            return Some((says(row, Field::Plan, &clause), Status::UnderWay));
        }
    }
    // A narrative that tells the next step itself: 下一步将启动….
    clauses(row, Field::Progress)
        .into_iter()
        .find(|clause| {
            let begins = BEGINNINGS.iter().any(|word| clause.contains(word));
            clause.contains("下一步") && begins && !LATER.iter().any(|word| clause.contains(word))
        })
        .map(|clause| (says(row, Field::Progress, &clause), Status::UnderWay))
}

/// Whether the figures of the row say that the target is reached.
fn is_reached(row: &Row<'_>) -> bool {
    row.record.values.rate.or_else(|| super::row::completion(row)).is_some_and(|rate| rate >= 0.9995)
}

/// 未启动 beside words of work done.
pub(super) fn not_started(row: &Row<'_>) -> Option<(String, Status)> {
    let clauses = clauses(row, Field::Progress);
    // Two things counted are work done, whatever the verb.
    let counted: Vec<&String> = clauses.iter().filter(|clause| counts_work(clause)).collect();
    let says_nothing_yet = |clause: &String| {
        // 接待 awaits nothing, and 等 after a list only ends it.
        let told = OTHER_WORDS.iter().fold(clause.clone(), |told, word| told.replace(word, ""));
        NOTHING_YET.iter().any(|word| told.contains(word)) || told.starts_with('等')
    };
    if clauses.iter().any(says_nothing_yet) {
        return None;
    }
    let worked = clauses.iter().find(|clause| tells_work(clause) && !prepares(clause));
    let worked = worked.or_else(|| counted.first().copied().filter(|_| counted.len() >= 2))?;
    Some((says(row, Field::Progress, worked), Status::UnderWay))
}

fn prepares(clause: &str) -> bool {
    PREPARING.iter().any(|word| clause.contains(word))
}

/// Measure words of what is counted.
const MEASURES: &str = "个户人次条期份处栋台根家米公亩名项件批场座艘株吨万元宗幢间套只盏本张";

/// Words beside a figure that says what there is or what is asked, not what was done.
const STOCK: &[&str] = &["涉及", "共有", "现有", "辖区", "目标", "任务", "需", "应", "下达", "指标", "预算", "分配"];

/// Whether a clause counts something that was done: a figure with its measure word.
fn counts_work(clause: &str) -> bool {
    has_count(clause) && !STOCK.iter().any(|word| clause.contains(word)) && !prepares(clause)
}

/// Whether a figure stands before a measure word: 11期, 二十五次.
fn has_count(clause: &str) -> bool {
    let characters: Vec<char> = clause.chars().collect();
    let is_figure = |c: char| c.is_ascii_digit() || digit(c).is_some() || matches!(c, '十' | '百' | '千');
    (1..characters.len()).any(|at| {
        let before =
            if at >= 2 && matches!(characters[at - 1], '余' | '多' | '来' | '几') { at - 2 } else { at - 1 };
        is_figure(characters[before]) && MEASURES.contains(characters[at])
    })
}

/// Whether a clause tells of work done: a verb of completion, with a figure.
fn tells_work(clause: &str) -> bool {
    let figure = clause.chars().any(|c| c.is_ascii_digit()) || has_count(clause);
    let completed = [
        "已完成",
        "已建成",
        "已开工",
        "开工了",
        "动工了",
        "已启动",
        "完成投资",
        "建成",
        "竣工",
        "验收",
        "投入使用",
        "正在施工",
        "正在建设",
        "已开播",
        "已开业",
        "已开园",
        "已开课",
        "已投用",
        "已挂牌",
        "已上线",
        "已运行",
        "已运营",
        "已落成",
        "已交付",
        "已通车",
        "已供水",
    ];
    let verbs = [
        "装了", "建了", "修了", "换了", "做了", "办了", "拆了", "发放", "新增", "完成", "带货", "培训", "改造", "新建",
        "安装", "整治", "清理", "投入", "开展", "举办", "发出", "收回", "调度", "通报", "约谈", "走访", "收到", "办结",
        "了",
    ];
    completed.iter().any(|word| clause.contains(word))
        || (figure && verbs.iter().any(|word| clause.contains(word)))
        || tells_something_done(clause)
}

/// Whether a clause says that something that can be seen was done: 已收了, 已经修好.
fn tells_something_done(clause: &str) -> bool {
    const VISIBLE: &str = "收修拆装换种铺挖砌浇刷搬迁付卖买挂运清盖";
    let after = clause.split("已").skip(1).map(|rest| rest.trim_start_matches('经'));
    after.into_iter().any(|rest| {
        let mut characters = rest.chars();
        characters.next().is_some_and(|verb| VISIBLE.contains(verb))
            && characters.next().is_some_and(|next| matches!(next, '了' | '好' | '完'))
    })
}

/// 推进中 beside a narrative that says, as a whole, that nothing was begun or that everything is done.
pub(super) fn under_way(row: &Row<'_>) -> Option<(String, Status)> {
    let text = row.record.text(Field::Progress);
    let bare = compact(&text);
    let first = bare.split(['。', ';', '；']).next().unwrap_or_default();
    match status_of(&bare).or_else(|| status_of(first)) {
        Some(status @ Status::NotStarted) => Some((says(row, Field::Progress, first), status)),
        Some(status @ Status::Completed) if bare == first => Some((says(row, Field::Progress, first), status)),
        _ => None,
    }
}

/// The words of a narrative, as part of a sentence.
fn says(row: &Row<'_>, field: Field, words: &str) -> String {
    format!("“{}”写着{}", title_of(row, field), quote(&shorten(words, 30)))
}

/// The clauses of a field, without spaces.
fn clauses(row: &Row<'_>, field: Field) -> Vec<String> {
    let text = compact(&row.record.text(field));
    text.split(['。', ';', '；', ',', '，', '!']).filter(|clause| !clause.is_empty()).map(str::to_owned).collect()
}
