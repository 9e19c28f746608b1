//! Which of the four status words does a cell mean: 进行中, 已办结, 未开展, 进度偏慢, 正常推进, 按序时进度推进.
//!
//! Every character of the cell must be understood: a sentence of which only a word is known states no status.

use std::collections::HashSet;
use std::sync::LazyLock;

use rustc_hash::FxBuildHasher;

use super::model::Status;
use super::written::{compact, folded};
use crate::beginnings::Beginnings;
use crate::words::cut;

/// What a word contributes to the meaning of the cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    /// A status of its own.
    Is(Status),
    /// Something that was begun or done: 完成, 开工. After 未 it was not.
    Done,
    Begun,
    /// 未, 尚未.
    Not,
    /// 基本, 部分, 即将: what follows is not wholly so.
    Partly,
    /// 80%: what stands beside it is not wholly so.
    Part,
    /// 待, 拟: what follows lies ahead.
    Ahead,
    /// The end of a clause.
    Stop,
    /// Says nothing about the status.
    Neutral,
}

use Status::{Behind, Completed, NotStarted, UnderWay};
use Word::{Ahead, Begun, Done, Is, Neutral, Not, Part, Partly, Stop};

/// The vocabulary, words parted by spaces. The longest word at a place is taken.
const WORDS: &[(Word, &str)] = &[
    (
        Is(NotStarted),
        "未启动 未启 未开 未开展 未开工 未开动 未开建 未开办 尚未启动 还没动 没动 还没动手 没动手 没搞 还没搞 没弄 还没弄 没做 还没做 没干 未办 没办 还没办 未做 未干 未搞 未弄 还没开始 没开始 未开始 尚未开始 没开头 还没开头 没有启动 未签收 待签收 未接收 没上场 前期谋划 谋划 谋划阶段 筹划 空白 未着手 零进展 无进展 没动静 没眉目 没影 未进场 没进场 尚未进场 未行动 没行动 等待 等待中 没动过 没有动静 一点没动 一直没动 至今未动 至今没动 未有进展 没有进展",
    ),
    (
        Is(UnderWay),
        "半成 未完 未销 未销号 未销账 未办妥 未办完 未办好 没办妥 没办完 没办好 还没办完 还没办好 未做完 未做好 没做完 没做好 未弄完 未弄好 没弄完 没弄好 未搞完 未搞好 未干完 推进 推进中 推进当中 进展中 在进行 正推进 弄着 忙着 在干 在办 在忙 在跑 正在弄 正在搞 正在做 正在干 正在跑 刚开始 刚起步 起步阶段 快好了 快完了 快完成 快弄好了 差不多 差不多了 在推 在做 在搞 在弄 做着 在抓 正做 正在办 正在办理 办着 推着 走着 正常办 进行 进行中 建设中 已落实 按计划 按期推进 达到序时进度 达序时 正常进度 正常 顺利 有序 序时 时序 按时序 常态化 长期坚持 长期 持续 实施 建设 施工 在建 办理 \
     落实 开展 执行 推动 在办 在做 在推 在途 前期 筹备 准备 招标 设计 验收中 待验收 收尾 扫尾 \
     在进度内 进度内 在序时内 序时内 跟上进度 跟得上进度 跟得上 合序时 在轨 符合进度 符合预期 达到进度 快于 超序时 超前 较快 良好 半程 过半",
    ),
    (
        Is(Behind),
        "滞后 脱期 误期 拖期 有点慢 有些慢 比较慢 太慢 拖着 卡住 卡着 停着 停了 掉队 跟不上 拖后 耽搁 晚了 慢了 拖了 落下了 偏慢 较慢 过慢 缓慢 迟缓 落后 慢于 延期 逾期 超期 延后 延误 拖延 受阻 停滞 停工 \
     暂停 搁置 不快 慢 低于序时 未达序时 未达进度 未达到序时 未达到进度 不及预期 未达预期 不达标 \
     欠序时 低于进度 低于计划 落后进度 落后计划 慢于进度 不理想 有差距 存在差距 亟需加快 需加快 未按 不正常 困难较大 推进困难 推不动 偏缓 偏后 迟了 卡壳 遇阻 没赶上 赶不上 欠账 欠进度 延迟 未按期 未按时 没按期 没按时 有滞后 存在滞后 有所滞后",
    ),
    (
        Is(Completed),
        "成了 归档 冲线 好了 做成 做成了 已好 弄好 弄完 搞定 搞完 干好 干完 已达到 顺利完成 有序完成 办结 销号 验收通过 通过验收 竣工验收 完毕 了结 结束 完结 结案 已验收 验收合格 已通车 已投产 已运营 已运行 已落成 办理完毕 已到账",
    ),
    (
        Done,
        "完成 达标 竣工 完工 建成 达成 实现 落地 交付使用 做好 搞好 办好 交付 投用 投入使用 结项 做完 办完 办妥 收官 到位 了账 完",
    ),
    (Begun, "启动 开工 动工 动 着手 起步 部署 破题 动手 开局 铺开"),
    (Not, "未 尚未 没有 暂未 还未 仍未 还没有 没 还没 暂不"),
    (Stop, ", ; 。 ， ；"),
    (Partly, "基本 部分 大部分 即将 接近 初步 陆续 阶段性 主体 一期"),
    (Ahead, "待 拟 将 计划于 拟于 预计 有待 等待"),
    (
        Neutral,
        "已 已经 正在 正 全面 全部 全 均 都 中 阶段 进度 进展 状态 工作 任务 项目 年度 目标 \
     本年度 本年 今年 季度 本季度 本期 按 按照 根据 计划 要求 时间 节点 达到 达 符合 与 持平 \
     一致 同步 总体 整体 目前 现 处于 在 进入 稳步 扎实 积极 加快 快速 抓紧 逐步 不断 继续 \
     深入 提前 超额 如期 按期 按时 圆满 情况 的 了 并 且 已全部 良好地 当前 各项 \
     相关 本 该 稍 略 有所 较 于 前 后 方案 指标 预期 快 超过 任务目标  \
     可 能 以 需 作 任何 相对 明显 显著 严重 略微 轻微 稍微 稍稍 稍有 略有 有些 有点 有一定 比较 相当 \
     非常 十分 特别 大幅 仍 仍然 依然 依旧",
    ),
];

/// The vocabulary by the first characters of its words.
static VOCABULARY: LazyLock<Beginnings<Word>> = LazyLock::new(|| {
    Beginnings::new(WORDS.iter().flat_map(|(word, texts)| texts.split_whitespace().map(move |text| (text, *word))))
});

/// The characters of the vocabulary, and what may stand around it.
static CHARACTERS: LazyLock<HashSet<char, FxBuildHasher>> = LazyLock::new(|| {
    WORDS
        .iter()
        .flat_map(|(_, texts)| texts.chars())
        .chain([MARKS, BARS, LAMPS, AROUND_LAMPS].concat().chars())
        .collect()
});

/// Marks around a status word: check marks, numbering, quotes.
const MARKS: &str = ".-、☑√✓✔■●◆★。!:()“”①②③④⑤";

/// Blocks of a bar that shows how far a task is.
const BARS: &str = "■□█▇▓▒░▰▱▉";

/// The colours of a lamp, and what shows them.
const LAMPS: &str = "绿蓝黄红橙灰黑灯色牌旗";

/// What parts a lamp from the words beside it.
const AROUND_LAMPS: &str = "()（）【】[]-—–:：、·";

/// Boxes of a choice, empty and ticked.
const EMPTY_BOXES: [char; 2] = ['□', '☐'];
/// The first byte of each in UTF-8.
const BOXES_BEGIN: u8 = 0xE2;
/// See [`EMPTY_BOXES`].
const TICKED_BOXES: [char; 7] = ['☑', '√', '✓', '✔', '■', '☒', '●'];

/// Whether a cell offers states to tick, and none is ticked.
pub(super) fn is_unticked(text: &str) -> bool {
    offers_boxes(text) && !text.contains(TICKED_BOXES)
}

/// Whether a text holds an empty box. All of them begin with one byte, which nearly all texts lack.
fn offers_boxes(text: &str) -> bool {
    memchr::memchr(BOXES_BEGIN, text.as_bytes()).is_some() && text.contains(EMPTY_BOXES)
}

/// The state ticked among those that a cell offers: □未启动 ☑推进中 □已完成, or with the boxes behind the words; `None`
/// where the cell offers none, or several are ticked.
fn ticked(text: &str) -> Option<String> {
    if !offers_boxes(text) {
        return None;
    }
    let boxes = |c: char| EMPTY_BOXES.contains(&c) || TICKED_BOXES.contains(&c);
    let text = compact(text);
    if text.chars().filter(|c| TICKED_BOXES.contains(c)).count() != 1 {
        return None;
    }
    let (before, after) = text.split_once(TICKED_BOXES)?;
    let chosen = if text.starts_with(boxes) { after.split(boxes).next() } else { before.rsplit(boxes).next() };
    chosen.map(str::to_owned)
}

/// Whether a text may state a status.
pub(super) fn may_state(text: &str) -> bool {
    may_be_understood(text) || offers_boxes(text)
}

/// Reads the status of a cell; `None` where it means none of the four, or more than one.
pub(super) fn read(text: &str) -> Option<Status> {
    if !may_state(text) {
        return None;
    }
    let text = without_bar(text.trim());
    if let Some(chosen) = ticked(text) {
        return read(&chosen);
    }
    let bare = bare(without_lamp(text));
    if share_at(&bare).is_some_and(|(share, after)| share >= 100.0 && after.is_empty()) {
        return Some(Completed);
    }
    let words = words(&bare)?;
    let in_part = words.contains(&Part);
    let mut meaning: Option<Status> = None;
    let (mut negated, mut partly, mut ahead) = (false, in_part, false);
    for (index, word) in words.iter().enumerate() {
        let followed_by_work =
            || words[index + 1..].iter().take_while(|word| **word != Stop).any(|word| *word == Is(UnderWay));
        let status = match word {
            Not => {
                negated = true;
                continue;
            }
            Part | Partly => {
                partly = true;
                continue;
            }
            Ahead => {
                ahead = true;
                continue;
            }
            Stop => {
                (negated, partly, ahead) = (false, in_part, false);
                continue;
            }
            Neutral => continue,
            Is(UnderWay) | Begun if negated || ahead => NotStarted,
            // 完成 before a further word of work is the work's own: 完成前期工作, 完成招标.
            Done if !negated && !partly && !ahead && !followed_by_work() => Completed,
            Is(Behind) if negated => UnderWay,
            Is(Completed) if negated || partly || ahead => UnderWay,
            Begun | Done => UnderWay,
            Is(status) => *status,
        };
        meaning = Some(meaning.map_or(Some(status), |before| together(before, status))?);
        negated = false;
    }
    meaning
}

/// A text without the bar of blocks in front of its words: ■■■□□推进中.
fn without_bar(text: &str) -> &str {
    const SHORTEST: usize = 3;
    let words = text.trim_start_matches(|c: char| BARS.contains(c));
    let blocks = text[..text.len() - words.len()].chars().count();
    if blocks >= SHORTEST && !words.is_empty() { words } else { text }
}

/// A text without the colour of the lamp in front of what it says: 绿灯(已完成), 红 偏慢. A colour alone says nothing.
fn without_lamp(text: &str) -> &str {
    let Some(rest) = text.strip_prefix(['绿', '蓝', '黄', '红', '橙', '灰', '黑']) else { return text };
    let rest = rest.trim_start_matches(['灯', '色', '牌', '旗']);
    let words = rest.trim_matches(|c: char| c.is_whitespace() || AROUND_LAMPS.contains(c));
    if words.chars().count() >= 2 { words } else { text }
}

/// Whether all characters outside brackets are of the vocabulary, of a number, or around it. Nearly all clauses and
/// narratives hold another one, so that they need not be cut into words to know that they state no status.
fn may_be_understood(text: &str) -> bool {
    let mut depth = 0usize;
    folded(text).all(|c| {
        match c {
            '(' | '【' | '[' => depth += 1,
            ')' | '】' | ']' => depth = depth.saturating_sub(1),
            _ => return depth > 0 || c.is_ascii() || CHARACTERS.contains(&c),
        }
        true
    })
}

/// The text without numbering, check marks, brackets and the shares in them.
fn bare(text: &str) -> String {
    let text = compact(text);
    let mut outside = String::new();
    let mut depth = 0usize;
    for c in text.chars() {
        match c {
            '(' | '【' | '[' => depth += 1,
            ')' | '】' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => outside.push(c),
            _ => {}
        }
    }
    let outside = if outside.is_empty() { text.into_owned() } else { outside };
    let marks = |c: char| MARKS.contains(c);
    let digits = outside.trim_start_matches(|c: char| c.is_ascii_digit());
    // A choice of a form on the web bears a letter: B. 推进中.
    let numbering = outside.strip_prefix(|c: char| c.is_ascii_alphabetic()).unwrap_or(digits);
    let numbered = numbering.len() < outside.len() && numbering.starts_with(['.', '、', '-']);
    (if numbered { numbering } else { &outside }).trim_matches(marks).to_owned()
}

/// Cuts a text into words of the vocabulary, the longest first; `None` where it cannot be cut without a rest. 在推进 is 在
/// and 推进, because nothing is 进.
fn words(text: &str) -> Option<Vec<Word>> {
    cut(text, |rest| {
        let mut fitting: Vec<(Word, usize)> = VOCABULARY.of(rest).map(|(text, word)| (word, text.len())).collect();
        fitting.sort_by_key(|(_, length)| std::cmp::Reverse(*length));
        if let Some((share, after)) = share_at(rest) {
            fitting.push((if share < 100.0 { Part } else { Neutral }, rest.len() - after.len()));
        }
        fitting
    })
}

/// A percentage at the beginning of a text, and the text after it.
fn share_at(text: &str) -> Option<(f64, &str)> {
    let (share, length) = super::quantity::arabic(text)?;
    text[length..].strip_prefix('%').map(|after| (share, after))
}

/// The meaning of two words or clauses together; `None` where they contradict each other.
fn together(one: Status, other: Status) -> Option<Status> {
    match (one.min(other), one.max(other)) {
        (low, high) if low == high => Some(low),
        (UnderWay, Completed) => Some(if one == UnderWay && other == Completed { Completed } else { UnderWay }),
        (NotStarted | UnderWay, Behind) => Some(Behind),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_many_clerks() {
        for (status, texts) in [
            (
                NotStarted,
                "未开 尚未破题 尚未动手 还没动手 没破题 未启动 尚未启动 还没动 没动 没搞 还没搞 没弄 还没弄 没做 还没做 没干 未办 没办 还没办 未做 未干 未搞 未弄 还没开始 没开始 未开始 尚未开始 没开头 还没开头 未开展 暂未开展 未开工 尚未开工 未动工 未进场 等待中 未行动 待启动 拟启动 未实施 尚未实施 未推进 谋划中 未部署 没有开展 还未启动 尚未动工 未进行 待开工 暂未启动。",
            ),
            (
                UnderWay,
                "在推进 推进当中 进展中 正在办 未办妥 未做完 没弄好 正在弄 快好了 在推 在做 推进中 进行中 正在推进 有序推进 正常推进 按序时进度 按序时进度推进 按计划推进 稳步推进 持续推进 在建 施工中 建设中 实施中 已启动 已开工 开展中 正在实施 正常 \
                 达到序时进度 已达到序时进度 符合序时进度 快于序时进度 基本完成 部分完成 未完成 即将完成 完成80% 已完成80% 常态化推进 长期坚持 持续开展 前期准备中 前期阶段 筹备中 正在办理 2.推进中 \
                 ②推进中 B.推进中 □未启动☑推进中□已完成□滞后 未启动□推进中√已完成□ 推进中（75%） 加快推进 积极推进 正在建设 全面推进 按时序进度推进 顺利推进 有序开展 进展顺利 ■■■□□推进中 ■□□□□推进中 2-推进中 黄灯(推进中) 未销号 半成 待验收 收尾阶段 按计划实施 已部署 主体完工 稳步推进中 总体正常 进展良好",
            ),
            (
                Completed,
                "绿灯（已完成） 绿灯—已完成 蓝·已完成 已归档 成了 100% 已验收 圆满收官 收官 完 完了 已办妥 办妥了 已到位 做好了 弄好了 已好 已达到 已完成 完成 已办结 办结 全部完成 已全部完成 超额完成 提前完成 已达标 已竣工 完工 已建成 圆满完成 已销号 100%完成 已完成年度目标 已完成（待验收） √已完成 任务已完成 \
                 已验收通过 如期完成 按期完成 已实现 顺利完成 完成年度任务 已完结 已交付",
            ),
            (
                Behind,
                "明显滞后 严重滞后 有些滞后 有点滞后 比较滞后 略有滞后 稍有滞后 进度明显偏慢 仍滞后 非常缓慢 欠进度 有滞后 延迟 未按期 赶不上 脱期 进度偏缓 卡壳了 遇阻 有点慢 卡住了 慢了 滞后 进度滞后 进度偏慢 推进缓慢 慢于序时进度 落后序时进度 未达序时进度 进展缓慢 延期 逾期 已逾期 逾期未完成 停滞 推进受阻 进度较慢 稍滞后 略慢于序时进度 低于序时进度 \
                 推进迟缓 进展偏慢 未达到序时进度 暂停",
            ),
        ] {
            for text in texts.split_whitespace() {
                assert_eq!(read(text), Some(status), "{text}");
            }
        }
    }

    #[test]
    fn what_is_not_wholly_understood_states_no_status() {
        for text in [
            "",
            "无",
            "—",
            "详见附件",
            "未启动/推进中/已完成/滞后",
            "未启动、推进中、已完成、滞后",
            "看情况",
            "已完成道路硬化3公里",
            "张三",
            "2024年完成",
            "村级集体经济",
            "是",
            "正在",
            "完善中",
            "妥善办理",
            "明显",
            "严重",
            "进展不明显",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
