//! Is the same asked in another degree: of all or of some, by duty or by choice, done or only begun?

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::beginnings::Beginnings;
use crate::words::Words;

/// All of it, and by duty.
static IN_FULL: Words = Words::new(
    "全面 全域 全部 全体 全程 全员 普遍 一律 严格 严守 必须 确保 保证 应当 务必 逐一 逐户 逐村 逐个 所有 全覆盖",
);

/// Some of it, or by choice.
static IN_PART: Words = Words::new(
    "部分 个别 重点 少数 多数 半数 抽样 抽查 选择 择优 挑选 鼓励 提倡 倡导 参照 参考 视情 酌情 适当 适度 尽量 尽可能 \
     力争 争取 原则上 自愿 可以 有条件 适时 择机 自行 大体 大部分 具备条件",
);

/// Done.
static DONE: Words = Words::new("建成 完成 创成 竣工 投用 建好");

/// Begun, or not even that.
static BEGUN: Words =
    Words::new("启动 开工 动工 着手 谋划 筹划 筹备 筹建 策划 规划 申报 论证 调研 摸底 摸排 立项 储备 计划 拟建");

/// In the country.
static RURAL: Words = Words::new("农村 乡村 农民 农户 村级");

/// In the town.
static URBAN: Words = Words::new("城区 城镇 城市 市民 集镇 社区");

/// More than what it is held against.
static ABOVE: Words = Words::new("高于 快于 超过 大于 多于 优于 领先");

/// Less.
static BELOW: Words = Words::new("低于 慢于 少于 小于 滞后 落后 不及");

/// As much.
static EVEN: Words = Words::new("持平 同步 不低于 不少于 相当");

/// Up to there.
static WITHIN: Words = Words::new("以内 以下 之内 不超过 不高于");

/// There or thereabouts.
static ABOUT: Words = Words::new("左右 上下 大约 大致");

/// Always.
static ALWAYS: Words = Words::new("常态化 长效 长期 经常 持续 定期 每年 每月 每季 每周");

/// For a time, or once.
static ONCE: Words = Words::new("一次性 突击 临时 短期 阶段性");

/// Here.
static HERE: Words = Words::new("区域 县域 市域 域内 区内 县内 市内 本地 当地 就地");

/// Not here.
static AWAY: Words = Words::new("区外 域外 县外 市外 省外 外地 外省 境外 异地");

/// Kept as it is.
static KEPT: Words = Words::new("保护 保留 保存 修缮 修复");

/// Pulled down.
static PULLED_DOWN: Words = Words::new("拆除 拆旧 拆迁 拆建 拆改 推倒");

/// With care.
static CAREFULLY: Words = Words::new("稳慎 审慎 稳妥 谨慎 慎重");

/// With all speed, or everywhere.
static BOLDLY: Words = Words::new("全面 全域 加快 大胆 迅速 快速 尽快 全力 大力");

/// How often, and for how long.
static CADENCES: Words = Words::new("年度 季度 月度 五年 三年 半年 两年");

/// What excludes each other.
static CONTRARY: &[(&Words, &Words)] = &[
    (&IN_FULL, &IN_PART),
    (&DONE, &BEGUN),
    (&RURAL, &URBAN),
    (&ABOVE, &BELOW),
    (&ABOVE, &EVEN),
    (&BELOW, &EVEN),
    (&WITHIN, &ABOUT),
    (&ALWAYS, &ONCE),
    (&HERE, &AWAY),
    (&KEPT, &PULLED_DOWN),
    (&CAREFULLY, &BOLDLY),
];

/// Which lists a text holds words of: the two of each pair of [`CONTRARY`] in bits beside each other, and [`NAMES_PEOPLE`].
type Degrees = u32;

/// The first list of each pair.
const FIRST: Degrees = 0x5555_5555;
/// See [`PEOPLE`]; not one of the pairs.
const NAMES_PEOPLE: Degrees = 1 << 31;

/// All words with the lists in which they stand.
static LISTED: LazyLock<Beginnings<Degrees>> = LazyLock::new(|| {
    let of_lists = CONTRARY.iter().enumerate().flat_map(|(pair, (one, other))| {
        let marked = |words: &'static Words, bit: Degrees| words.iter().map(move |word| (*word, bit << (2 * pair)));
        marked(one, 1).chain(marked(other, 2))
    });
    Beginnings::new(of_lists.chain(PEOPLE.iter().map(|word| (*word, NAMES_PEOPLE))))
});

fn degrees(text: &str) -> Degrees {
    let at_each_place = text.char_indices().flat_map(|(at, _)| LISTED.of(&text[at..]));
    at_each_place.fold(0, |degrees, (_, degree)| degrees | degree)
}

/// Whether what came asks in another degree than what is gone.
pub(super) fn differs(gone: &str, come: &str) -> bool {
    let (gone, come) = (without_denied(gone), without_denied(come));
    let (before, after) = (degrees(&gone), degrees(&come));
    let only_first = |degrees: Degrees| degrees & FIRST & !(degrees >> 1);
    let only_other = |degrees: Degrees| (degrees >> 1) & FIRST & !degrees;
    let pairs = |degrees: Degrees| degrees & !NAMES_PEOPLE;
    let (old, new) = (pairs(before), pairs(after));
    let contrary = (only_first(old) & only_other(new)) | (only_other(old) & only_first(new)) != 0;
    contrary || (before & after & NAMES_PEOPLE != 0 && are_other_people(&gone, &come))
}

/// People for whom something is done.
static PEOPLE: Words = Words::new(
    "残疾人 老年人 老人 妇女 儿童 低收入农户 困难群众 困难群体 农民工 大学生 企业家 能人 失业人员 小农户 学生 \
     婴幼儿 退役军人",
);

/// Whether two texts, each of which names people, name none in common: 退役军人 for 老年人、残疾人.
fn are_other_people(gone: &str, come: &str) -> bool {
    !PEOPLE.iter().any(|people| gone.contains(people) && come.contains(people))
}

/// Whether the country stands for the town or the other way round.
pub(super) fn is_elsewhere(gone: &str, come: &str) -> bool {
    (RURAL.stand_in(gone) && URBAN.stand_in(come)) || (URBAN.stand_in(gone) && RURAL.stand_in(come))
}

/// A text in which 不低于 holds no 低于.
fn without_denied(text: &str) -> Cow<'_, str> {
    if text.contains('不') {
        text.replace("不低于", "相当").replace("不少于", "相当").into()
    } else {
        text.into()
    }
}

/// Whether words that came make what is asked depend on something, or only thought about: 待上级明确后, 研究建立.
pub(super) fn sets_a_condition(come: &str) -> bool {
    static CONDITIONS: Words = Words::new(
        "研究 谋划 论证 筹划 考虑 条件 前提 必要时 需要时 情况下 意愿 愿意 允许 成熟 仅限 只限 限于 暂时 有需求 可行 视情",
    );
    static LEAVE: Words = Words::new("批准 同意 审批 审核 审定 许可 备案 报批");
    let waits = (come.contains('待') || LEAVE.stand_in(come)) && (come.contains('后') || come.contains('再'));
    waits || CONDITIONS.stand_in(come)
}

/// Whether words that are gone say whom something is for, or that nobody is forced to it.
pub(super) fn are_owed(gone: &str) -> bool {
    PEOPLE.stand_in(gone) || matches!(gone, "自愿" | "有偿")
}

/// The words that stand for a degree.
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    CONTRARY
        .iter()
        .flat_map(|(one, other)| one.iter().chain(other.iter()))
        .chain(CADENCES.iter())
        .chain(PEOPLE.iter())
        .copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_degree_differs_where_one_excludes_the_other() {
        for (gone, come) in [
            ("全面", "重点"),
            ("严格落实", "鼓励落实"),
            ("建成", "启动建设"),
            ("农村", "城区"),
            ("高于", "不低于"),
            ("确保", "力争"),
            ("常态化", "一次性"),
            ("区域", "区外"),
            ("保护", "拆旧建新"),
            ("稳慎", "全面"),
            ("留守儿童、老年人", "退役军人"),
        ] {
            assert!(differs(gone, come) && differs(come, gone), "{gone} {come}");
        }
        for (gone, come) in [
            ("全面", "积极"),
            ("快于", "高于"),
            ("建成", "建设"),
            ("全面", "全面重点"),
            ("城乡", "农村"),
            ("区域", "县域"),
            ("保护", "保护利用"),
            ("稳慎", "稳妥"),
            ("老年人、残疾人", "老年人"),
        ] {
            assert!(!differs(gone, come), "{gone} {come}");
        }
    }

    #[test]
    fn a_condition_is_told_from_a_remark() {
        assert!(sets_a_condition("待上级明确后") && sets_a_condition("有就业意愿的"));
        assert!(sets_a_condition("经主管部门审批后") && !sets_a_condition("完成审批"));
        assert!(!sets_a_condition("我镇同步") && !sets_a_condition("待遇"));
    }
}
