//! Does a narrative say nothing: 无, /, 同上, 按计划推进?

use std::collections::HashSet;
use std::sync::LazyLock;

use rustc_hash::FxBuildHasher;

use crate::records::values::written::{compact, is_blank};
use crate::records::values::{Status, may_state_a_status, status_of};
use crate::words::{Words, cut};

/// Phrases that stand for a narrative and say nothing.
static FILLERS: Words = Words::new(
    "同上 略 见上 同前 同上期 同上季度 按要求完成 已落实 无变化 没变化 没有变化 没什么变化 没有新情况 \
     没新情况 无更新 没更新 还是那样 就那样 同以往 后附 材料另报 材料另附 已上报 无新进展 无进展情况 \
     老样子 照旧 照常 待补充 待补 后补 补报 稍后补报 后续补报 待完善 待更新 待填 待报 待定 暂缺 另附 \
     另报 另行上报 另行汇报 具体情况另行汇报 情况另报 说过了 报过了 已报过 以前报过 xx xxx ok 好 是 有 1 \
     √ ✓ × 已安排 已部署 已布置 已传达 知道了 收到 持续发力 常抓不懈",
);

/// Words of which a clause may consist and say nothing: 按照区里统一部署有序推进.
static EMPTY_WORDS: Words = Words::new(
    "按 按照 依照 根据 遵照 参照 对照 严格 上级 上面 区里 区级 区 县里 市里 镇里 乡里 街道 部门 局里 区局 市局 上级局 有关 相关 文件 \
     精神 要求 部署 统一 安排 计划 方案 规定 程序 时间 节点 时序 序时 进度 任务 工作 目标 各项 项目 清单 正在 正 在 已 已经 均 都 全面 \
     有序 积极 稳步 稳妥 扎实 认真 持续 继续 抓紧 抓好 抓 狠抓 加强 加快 努力 着力 不断 深入 逐步 切实 如期 按期 按时 推进 推动 落实 \
     贯彻 开展 实施 执行 办理 办 进行 做好 做 搞 弄 干 着 中 的 地 好 当中 之中 顺利 正常 良好 平稳 总体 整体 情况 进展 成效 明显 效果 \
     较好 高度 重视 领导 组织 常态化 日常 一切 按部就班 年度 同步 有力 有效 取得 一定 力度 加大 压实 责任 统筹 协调 强化 措施 有条不紊 \
     照 走 原 同上 同前 内容 一直 推 运转 用力 抓实 全力 全力以赴 压茬 挂图作战 配合 对接 主动 主动作为 长效 常态长效 发力 跟进 合力 \
     高质量 高标准 走深走实 有声有色",
);

/// Beginnings of a reference to another place: 详见附表, 见第5行.
const REFERENCES: &[&str] = &["详见", "参见", "参阅", "另见", "请见", "见"];

/// What a reference names.
const PLACES: &[&str] = &[
    "附件", "附表", "附后", "系统", "平台", "材料", "报告", "总结", "文件", "台账", "备注", "上", "下", "前", "后",
    "第", "表", "通报", "通知",
];

/// Steps of work: a status word that names one says something.
static STEPS: Words = Words::new(
    "完成 启动 开工 动工 招标 设计 验收 施工 竣工 建成 收尾 筹备 准备 前期 主体 部署 完工 投用 交付 通车 签约 封顶 投产",
);

/// Whether the text says nothing about what was done.
pub(super) fn is_one(text: &str) -> bool {
    if text.trim().is_empty() {
        return false;
    }
    if is_blank(text) {
        return true;
    }
    let mut any = false;
    // One clause after the other: the first of nearly every narrative says something.
    for clause in text.split([',', '。', ';', '，', '；', '、']) {
        if surely_says_something(clause) {
            return false;
        }
        let clause = compact(clause).to_lowercase();
        if !clause.is_empty() && !is_empty_clause(&clause) {
            return false;
        }
        any |= !clause.is_empty();
    }
    any
}

/// The characters of the words that say nothing.
static CHARACTERS: LazyLock<HashSet<char, FxBuildHasher>> = LazyLock::new(|| {
    [&FILLERS, &EMPTY_WORDS].into_iter().flat_map(Words::iter).flat_map(|word| word.chars()).collect()
});

/// Characters with which a clause begins that refers to another place, see [`refers_elsewhere`].
const REFERRING: &[char] = &['详', '具', '情', '内', '参', '另', '请', '见', '同', '按', '与', '跟', '和'];

/// Whether a clause holds a character of none of the words that say nothing, and refers to nothing. That is so of nearly all,
/// which then need not be cut into words; what [`is_empty_clause`] finds empty is never taken for one.
fn surely_says_something(clause: &str) -> bool {
    // These stand as they are in what is made compact.
    let mut characters = clause.chars().filter(|c| matches!(c, '\u{4e00}'..='\u{9fff}'));
    let Some(first) = characters.next().filter(|first| !REFERRING.contains(first)) else { return false };
    let of_no_word = |c: char| !CHARACTERS.contains(&c);
    (of_no_word(first) || characters.any(of_no_word)) && !may_state_a_status(clause) && !is_blank(clause)
}

/// Whether the text says that there is no problem: an answer, unless one was asked for.
pub(super) fn denies_problems(text: &str) -> bool {
    static WORDS: Words = Words::new(
        "无 没 没有 暂无 暂 不 不存在 存在 未发现 发现 啥 什么 明显 突出 其他 大 问题 困难 难点 堵点 卡点 难处",
    );
    is_made_of(compact(text).trim_end_matches('。'), &WORDS)
}

fn is_empty_clause(clause: &str) -> bool {
    // A bare 推进中 repeats the status; 未启动 or 已完成 at least answers the question.
    let says = || clause.contains(|c: char| c.is_ascii_digit()) || STEPS.stand_in(clause);
    is_blank(clause)
        || FILLERS.contains(clause)
        || is_made_of(clause, &EMPTY_WORDS)
        || refers_elsewhere(clause)
        || (!says() && status_of(clause) == Some(Status::UnderWay))
}

/// Whether a short clause consists of some words.
fn is_made_of(clause: &str, words: &Words) -> bool {
    /// Longer clauses say something.
    const LONGEST: usize = 24;
    let beginning = |rest: &str| words.beginning(rest).map(|word| ((), word.len())).collect();
    clause.chars().count() <= LONGEST && cut(clause, beginning).is_some()
}

/// Whether a clause only says where something stands, or that it is as it was: 见第5行, 同第3项, 跟上季度一样.
fn refers_elsewhere(clause: &str) -> bool {
    /// A longer clause says what stands there.
    const LONGEST: usize = 10;
    if clause.chars().count() > LONGEST {
        return false;
    }
    // 详情见附件.
    let clause = ["详情", "具体", "情况", "内容"].iter().find_map(|word| clause.strip_prefix(word)).unwrap_or(clause);
    let named = REFERENCES.iter().find_map(|word| clause.strip_prefix(word));
    let placed = named.is_some_and(|rest| PLACES.iter().any(|place| rest.starts_with(place) || rest.ends_with(place)));
    let numbered =
        |rest: &str| rest.ends_with(['项', '条', '行', '号', '期', '月', '季', '面', '度', '年', '样', '次']);
    let same = clause
        .strip_prefix(['同', '按'])
        .or_else(|| clause.strip_prefix("参照"))
        .or_else(|| clause.strip_prefix("参考"));
    // 同1月份.
    let months = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit()) && rest.ends_with("月份");
    let same = same.is_some_and(|rest| (rest.starts_with(['上', '前', '第', '去']) && numbered(rest)) || months(rest));
    let as_before = clause.starts_with(['与', '跟', '和', '同'])
        && ["一样", "一致", "相同"].iter().any(|end| clause.ends_with(end))
        && ["上", "前", "去年", "往", "季度", "月", "期"].iter().any(|word| clause.contains(word));
    placed || same || as_before
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
            "按上级要求办理",
            "按照区里统一部署推进",
            "高度重视，积极推进",
            "详见附表",
            "见第5行",
            "同第3项",
            "同上一条",
            "跟上季度一样",
            "与第二季度相同",
            "详情见附件",
            "积极配合",
            "压茬推进",
            "照计划走",
            "没有新情况",
            "参照上期",
            "老样子",
            "正在抓落实",
            "按区局要求抓好落实",
            "具体情况另行汇报",
            "同1月份",
        ] {
            assert!(is_one(text), "{text}");
        }
    }

    #[test]
    fn what_surely_says_something_is_no_empty_clause() {
        let words = || FILLERS.iter().chain(EMPTY_WORDS.iter()).chain(REFERENCES).copied();
        let others = [
            "无",
            "不涉及",
            "暂无数据",
            "同第3项",
            "参照上期",
            "跟上季度一样",
            "情况见附表",
            "正在做",
            "□推进中☑已完成",
        ];
        let clauses =
            words().chain(others).flat_map(|word| ["", "，", "3", "附件", "上期"].map(|end| format!(" {word}{end}")));
        for clause in clauses {
            let compact = compact(&clause).to_lowercase();
            assert!(!is_empty_clause(&compact) || !surely_says_something(&clause), "{clause}");
        }
        assert!(surely_says_something("累计盘活闲置资产57宗") && surely_says_something("网格员入户走访"));
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
            "同上社村签了协议",
            "积极对接区电力公司，线路走向定了",
            "一路硬化到村口",
            "见了投资方两次",
            "按户发了水桶",
            "见效快的两户先做",
            "落实到村",
            "配合区局上报材料",
            "开会部署",
        ] {
            assert!(!is_one(text), "{text}");
        }
    }
}
