//! Which words say little in an official text, and which change what is asked?

use super::groups::are_in_one_group;
use crate::words::Words;

/// Groups of characters that turn a meaning when they stand for one another.
pub(super) const TURNING: &[&str] =
    &["上下", "内外", "大小", "增减", "高低", "新旧", "国省市区县镇乡村", "前后", "有无", "年季月周旬"];

/// Pairs of characters that turn a meaning: 深化 and 弱化, 加强 and 减弱.
pub(super) const OPPOSITES: &[&str] = &[
    "深弱", "深浅", "强弱", "加减", "升降", "快慢", "宽严", "多少", "进退", "扩缩", "开关", "上内", "并串", "无少",
    "全半", "增降", "公私", "收放", "先后", "远近", "长短", "轻重", "应可", "须可",
];

/// Words that say little: names end in them, and clerks exchange them freely.
pub(super) static PLAIN: Words = Words::new(
    "建设 推进 工作 提升 实施 开展 行动 工程 机制 情况 完善 落实 加强 做好 搞好 办好 建好 立足 做实 做细 \
     依托 深化 持续 任务 项目 制度 体系 发展 进一步 积极 大力 深入 有序 及 与 和 的 等 了 地 以及 各 为 \
     在 对 中 打造 保持 稳定 稳定在 保持在 达 达到 实现 抓好 强化 健全 推动 优化 以上 确保 做到 服务 \
     围绕 紧盯 聚焦 紧扣 瞄准 突出 做强 做优 做大 擦亮 建立 组织 组织实施 推行 推开 执行 贯彻 加快 加大 \
     加紧 深入 高水平 高质量 高标准 高起点 践行 坚持 坚持和 继续 培育 壮大 发展壮大 补齐",
);

/// Words that tell how eagerly, or in which steps, something is furthered: one of them for another asks the same.
pub(super) static MANNER: Words = Words::new(
    "全面 认真 积极 大胆 切实 扎实 不断 迭代 着力 全力 努力 充分 有效 稳步 逐步 梯度 分步 左右 上下 \
     控制在 控制到 缩小到 缩小至 降到 降至 压到 关心 关注 重视 支持 投入 扶持 促进 提高 增强 改善 帮助 \
     缩小 压 降 加速 提速 拓展 建成 创建 创成 形成 构建 创新争先 比学赶超 争先创优 争先恐后 你追我赶",
);

/// Words that turn what is asked into its opposite, or let it go.
static REVERSING: Words = Words::new(
    "停止 停办 暂停 暂缓 缓建 缓办 停建 取消 撤销 废止 终止 压缩 压减 缩减 收缩 削减 减少 降低 弱化 淡化 \
     放宽 放松 放开 强制 强行 不再 不予 不必 不用 不得 可不 无需 无须 免予 免于 禁止 严禁 限制 推迟 延后 \
     择机 酌情 无偿 自行 允许",
);

/// Words that only try what the list asks for, or do it bit by bit: in place of any other word they ask for less.
static TENTATIVE: Words = Words::new(
    "探索 试点 试行 试办 逐步 分步 梯度 稳步 有序 适时 择机 酌情 研究 有条件 探讨 调研 谋划 考虑 论证 \
     视情 参照 参考 尝试",
);

/// The words of all lists.
pub(super) fn all() -> impl Iterator<Item = &'static str> {
    [&PLAIN, &MANNER, &REVERSING, &TENTATIVE, &STOPPING, &WEIGHTY].into_iter().flat_map(Words::iter).copied()
}

/// Whether a text holds a word that only tries.
pub(super) fn is_tentative(text: &str) -> bool {
    TENTATIVE.stand_in(text)
}

/// Words that stop or let go what is asked, also where a content is told in few words.
static STOPPING: Words = Words::new("暂缓 缓建 缓办 停建 停办 停止 暂停 取消 撤销 废止 终止 放缓 弱化 淡化 不予");

/// The word of a text that stops what is asked, where the official text has none.
pub(super) fn stops(text: &str, official: &str) -> Option<&'static str> {
    if !STOPPING.stand_in(text) || STOPPING.stand_in(official) {
        return None;
    }
    STOPPING.iter().find(|word| text.contains(**word)).copied()
}

/// Words that limit or bind: left out or put in, they change what is asked.
static WEIGHTY: Words = Words::new(
    "力争 争取 不少于 不低于 不超过 以上 以内 以下 全部 全面 全域 每年 累计 均 至少 稳慎 严格 部分 择机 \
     有条件 试点 逐步 原则上 适当 鼓励 探索 左右 基本 年均 禁止 不得 必须 暂缓 一律 只能 仅限 方可",
);

/// Whether a text holds a word that limits or binds.
pub(super) fn weighs(text: &str) -> bool {
    WEIGHTY.stand_in(text)
}

/// Whether a text holds a word that turns what is asked.
pub(super) fn reverses(text: &str) -> bool {
    REVERSING.stand_in(text)
}

/// Whether a text consists of words that say little.
pub(super) fn is_plain(text: &str) -> bool {
    is_made_of(text, &[&PLAIN])
}

/// Whether a text consists of a word that says little and one of two characters behind it that binds nothing: 开展农村.
pub(super) fn is_plain_but_for_a_word(text: &str) -> bool {
    let verbs = PLAIN.beginning(text).filter(|word| word.chars().count() >= 2);
    let mut rests = verbs.map(|word| &text[word.len()..]).filter(|rest| rest.chars().count() == 2);
    rests.any(|rest| !weighs(rest) && !reverses(rest) && !is_tentative(rest))
}

/// Whether one stretch stands for another that asks the same in the same way or in a like one.
pub(super) fn ask_alike(gone: &str, come: &str) -> bool {
    if are_in_one_group(gone, come) {
        return true;
    }
    !gone.is_empty() && !come.is_empty() && [gone, come].into_iter().all(|text| is_made_of(text, &[&PLAIN, &MANNER]))
}

/// Whether what came is what is gone in fewer characters, like verbs before both: 推行城乡 for 实施城区与乡村.
pub(super) fn is_abbreviated(gone: &str, come: &str) -> bool {
    const FEWEST: usize = 2;
    let (gone, come) = (without_verb(gone), without_verb(come));
    let mut rest = gone.chars();
    let within = come.chars().all(|c| rest.any(|other| other == c));
    within && come.chars().count() >= FEWEST
}

/// The text without a verb before it that says little.
pub(super) fn without_verb(text: &str) -> &str {
    let verbs = PLAIN.beginning(text).filter(|word| word.chars().count() >= 2);
    &text[verbs.map(str::len).max().unwrap_or(0)..]
}

/// Whether one plain word stands for a longer one: 好 for 文明, 有特色 for 县域特色. 有偿 for 无偿 is no such thing.
pub(super) fn is_plainer(gone: &str, come: &str) -> bool {
    gone.chars().count() >= 2 && matches!(come, "好" | "有")
}

/// Whether a text only joins what stands on both sides of it.
pub(super) fn only_joins(text: &str) -> bool {
    matches!(text, "和" | "与" | "及" | "以及" | "等" | "的" | "并")
}

/// Whether a text consists of words of some lists, the longest at each place.
fn is_made_of(text: &str, lists: &[&Words]) -> bool {
    let mut rest = text;
    while !rest.is_empty() {
        let known = lists.iter().flat_map(|words| words.beginning(rest));
        let Some(length) = known.map(str::len).max() else { return false };
        rest = &rest[length..];
    }
    true
}
